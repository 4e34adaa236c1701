"""Quota accounts and the ledger behind them. The account's CHECKs are the guarantee; the ledger is the story."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q

from fujing.general.quota.states import EntryKind
from fujing.kernel.history import append_only, tracked
from fujing.kernel.models import StoredFile
from fujing.kernel.signatures import Mark, account_of, changes, signed
from fujing.kernel.territory import within_territory


class QuotaAccount(models.Model):
    """What one organ was given, passed down, uses and has promised; all in persons.

    `recorded_excess`: by how many people it was over its quota when its roster was imported; only recorded people add to
    it, and every grant and leaver lessens it, so that nobody is hired into it (docs/adr/0011-moving-in.md).
    """

    organ_code = models.BigIntegerField("机关", primary_key=True)
    granted = models.PositiveIntegerField("核定额度", default=0)
    passed_down = models.PositiveIntegerField("已下达", default=0)
    in_service = models.PositiveIntegerField("在职", default=0)
    reserved = models.PositiveIntegerField("招聘中", default=0)
    recorded_excess = models.PositiveIntegerField("导入时超出", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "用人额度"
        constraints = [
            within_territory("quota"),
            models.CheckConstraint(
                name="quota_never_exceeded",
                condition=Q(granted__gte=F("passed_down") + F("in_service") + F("reserved") - F("recorded_excess")),
                violation_error_message="超出用人额度：下达、在职与招聘中之和不得超过核定额度（第六条）。",
                violation_error_code="6.p1 6.p2",
            ),
        ]
        triggers = [
            tracked("quota"),
            pgtrigger.Trigger(
                name="quota_excess_lessens",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                NEW.recorded_excess := least(
                    NEW.recorded_excess,
                    greatest(0, NEW.passed_down + NEW.in_service + NEW.reserved - NEW.granted));
                RETURN NEW;
                """,
            ),
        ]

    @property
    def free(self) -> int:
        """How many more may be planned, passed down or hired."""
        return self.granted - self.passed_down - self.in_service - self.reserved

    @property
    def kept(self) -> int:
        """The organ's own quota, without what it passed down."""
        return self.granted - self.passed_down


class QuotaEntry(models.Model):
    """One line of the ledger of an organ. The sum of `amount` up to a day is its quota on that day."""

    organ_code = models.BigIntegerField("机关")
    kind = models.CharField("事项", max_length=10, choices=EntryKind)
    amount = models.IntegerField("数量（人）")
    counterpart_code = models.BigIntegerField("对方机关", null=True, blank=True)
    document_number = models.CharField("文号", max_length=60)
    document_date = models.DateField("文件日期")
    reason = models.CharField("事由", max_length=300)
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, verbose_name="扫描件")
    made_by = models.CharField("办理人", max_length=100)
    made_by_id = account_of("办理人")
    made_at = models.DateTimeField("办理时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "额度台账"
        indexes = [models.Index(fields=["organ_code", "document_date"], name="quota_entry_day")]
        constraints = [
            within_territory("quota_entry"),
            models.CheckConstraint(
                name="quota_entry_not_zero", condition=~Q(amount=0), violation_error_message="额度变动数量不能为零。"
            ),
        ]
        triggers = [append_only("quota_entry"), signed("quota_entry", Mark("made_by"))]


class LocalFigures(models.Model):
    """What quota is measured against in one year (6.p1): police officers and residents of an organ's area."""

    organ_code = models.BigIntegerField("机关")
    year = models.PositiveSmallIntegerField("年度")
    police_officers = models.PositiveIntegerField("民警（人）")
    residents = models.PositiveIntegerField("常住人口（人）")
    source = models.CharField("数据来源", max_length=200)
    made_by = models.CharField("填报人", max_length=100)
    made_by_id = account_of("填报人")

    class Meta:
        verbose_name = verbose_name_plural = "配备基数"
        constraints = [
            within_territory("local_figures"),
            models.UniqueConstraint(
                fields=["organ_code", "year"],
                name="local_figures_once",
                violation_error_message="本年度的配备基数已填报。",
            ),
        ]
        triggers = [
            tracked("local_figures"),
            signed("local_figures", Mark("made_by", changes("police_officers", "residents", "source"))),
        ]
