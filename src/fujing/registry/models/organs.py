"""Organs and posts."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from fujing.kernel.history import tracked
from fujing.kernel.territory import administered, everyone_reads, within_territory
from fujing.registry.states import Category, Level, OrganKind, PartnerKind


def territory_of(code: int) -> tuple[int, int]:
    """First and last organ code below an organ, both inclusive: a province, a city, a county bureau, or one unit."""
    for size in (10**10, 10**8, 10**6):
        if code % size == 0:
            return code, code + size - 1
    return code, code


def bureau_of(code: int) -> int:
    """Code of the bureau to which a department or station belongs; a bureau's own."""
    return code // 10**6 * 10**6


def bureau_range(code: int) -> tuple[int, int]:
    """First and last organ code of a bureau with its departments and stations, both inclusive, none of those below."""
    bureau = bureau_of(code)
    return bureau, bureau + 10**6 - 1


class Organ(models.Model):
    """A bureau, one of its departments or stations, or a partner department. Twelve digits after GA/T 380."""

    code = models.BigIntegerField("机构代码", primary_key=True)
    name = models.CharField("名称", max_length=100)
    short_name = models.CharField("简称", max_length=50)
    kind = models.CharField("性质", max_length=20, choices=OrganKind)
    level = models.CharField("层级", max_length=10, choices=Level)
    partner_kind = models.CharField("部门职能", max_length=20, choices=PartnerKind, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级"
    )

    class Meta:
        verbose_name = verbose_name_plural = "机构"
        constraints = [
            # Names of public organs are public; only people of the territory keep them.
            everyone_reads("organ"),
            within_territory("organ", "code"),
            administered("organ", "code"),
            models.CheckConstraint(
                name="organ_code_twelve_digits",
                condition=models.Q(code__gte=10**11, code__lt=10**12),
                violation_error_message="机构代码应为十二位数字。",
            ),
            models.CheckConstraint(
                name="organ_partner_has_kind",
                condition=models.Q(kind="partner") ^ models.Q(partner_kind=""),
                violation_error_message="职能部门应注明职能，其他机构不填。",
            ),
        ]
        triggers = [tracked("organ")]

    def __str__(self) -> str:
        return self.name

    @property
    def territory(self) -> tuple[int, int]:
        """First and last organ code that this organ oversees, both inclusive; a unit or partner only itself."""
        return territory_of(self.code)

    @property
    def manages(self) -> bool:
        """Whether the organ may plan, recruit and sign (17.p1); departments and stations may not (17.p2)."""
        return self.kind in {OrganKind.PUBLIC_SECURITY, OrganKind.JUDICIAL}

    @property
    def managing_code(self) -> int:
        """Code of the bureau to which a department or station belongs; a bureau's own."""
        return bureau_of(self.code)


class Post(models.Model):
    """A post in a unit. Its category is the person's category (3.p2); 18.6 conditions belong to announcements."""

    organ_code = models.BigIntegerField("管理机关")
    unit = models.ForeignKey(Organ, models.PROTECT, related_name="posts", verbose_name="用人单位")
    name = models.CharField("岗位名称", max_length=80)
    category = models.CharField("类别", max_length=5, choices=Category)
    duties = ArrayField(models.CharField(max_length=6), verbose_name="工作事项", default=list, blank=True)
    scarce_reason = models.CharField("急需理由", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "岗位"
        constraints = [
            within_territory("post"),
            models.UniqueConstraint(
                fields=["unit", "name"], name="post_name_in_unit", violation_error_message="该单位已有同名岗位。"
            ),
            models.CheckConstraint(
                name="post_category_known",
                condition=models.Q(category__in=["civil", "field"]),
                violation_error_message="岗位应为文职或勤务之一。",
                violation_error_code="3.p2",
            ),
        ]
        triggers = [tracked("post")]

    def __str__(self) -> str:
        return self.name
