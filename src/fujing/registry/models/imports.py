"""A roster (花名册) that was imported: the file, the day for which it speaks, and the organ's figures in it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from fujing.kernel.history import tracked
from fujing.kernel.signatures import Mark, account_of, changes, signed
from fujing.kernel.territory import within_territory
from fujing.registry.states import ROSTER_IMPORT, ImportState

FIGURES = {
    "name": "organ_name",
    "quota": "quota",
    "planned": "planned",
    "income": "income",
    "income_source": "income_source",
}
"""The figures of the sheet 机关, and in which column of an import each is kept."""


class RosterImport(models.Model):
    """One file and one organ (docs/adr/0011-moving-in.md).

    `columns` and `organ_columns` are the keys of the columns that the file had, of the roster and of the sheet 机关; a
    column that isn't there says nothing. The organ's figures are those of the sheet; pay and income in 元.
    """

    organ_code = models.BigIntegerField("管理机关")
    file_name = models.CharField("文件名", max_length=200)
    digest = models.CharField("文件摘要", max_length=64)
    as_of = models.DateField("基准日")
    columns = ArrayField(models.CharField(max_length=30), verbose_name="列")
    organ_columns = ArrayField(models.CharField(max_length=30), verbose_name="机关表的列", default=list)
    organ_name = models.TextField("机关表的名称", blank=True)
    quota = models.PositiveIntegerField("用人额度", null=True)
    planned = models.PositiveIntegerField("批准计划数", null=True)
    income = models.DecimalField("上年度城镇居民人均可支配收入", max_digits=18, decimal_places=6, null=True)
    income_source = models.TextField("收入口径来源", blank=True)
    created = models.PositiveIntegerField("新增人数", default=0)
    changed = models.PositiveIntegerField("更新人数", default=0)
    state = models.CharField("状态", max_length=12, choices=ImportState, default=ImportState.IMPORTED)
    reason = models.CharField("撤回事由", max_length=300, blank=True)
    made_by = models.CharField("导入人", max_length=100)
    made_by_id = account_of("导入人")
    made_at = models.DateTimeField("导入时间", auto_now_add=True)
    taken_back_by = models.CharField("撤回人", max_length=100, blank=True)
    taken_back_by_id = account_of("撤回人")
    request_id = models.CharField("请求", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "花名册导入"
        indexes = [models.Index(fields=["organ_code", "-id"], name="roster_import_organ")]
        constraints = [
            within_territory("roster_import"),
            models.CheckConstraint(
                name="roster_import_taken_back_says_why",
                condition=models.Q(state="imported", reason="", taken_back_by="")
                | (models.Q(state="taken_back") & ~models.Q(reason="") & ~models.Q(taken_back_by="")),
                violation_error_message="撤回导入应写明撤回人和事由。",
            ),
        ]
        triggers = [
            tracked("roster_import"),
            ROSTER_IMPORT.trigger(),
            signed("roster_import", Mark("made_by"), Mark("taken_back_by", changes("reason"))),
        ]

    def __str__(self) -> str:
        return f"{self.file_name}（{self.as_of}）"
