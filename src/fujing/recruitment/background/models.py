"""Background checks: two who check, and what they found."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from fujing.kernel.checks import Checked
from fujing.kernel.fields import EncryptedField
from fujing.kernel.history import append_only, tracked
from fujing.kernel.signatures import Mark, account_of, changes, signed
from fujing.kernel.territory import ACCOUNT, ORGAN, RowPolicy, within_territory
from fujing.recruitment.applications.models import Application
from fujing.recruitment.background.states import CHECK, CheckState


class BackgroundCheck(Checked):
    """考察 of one applicant by two named people. Findings are encrypted; the applicant is heard before a no."""

    organ_code = models.BigIntegerField("招聘机关")
    application = models.OneToOneField(Application, models.PROTECT, related_name="check_of", verbose_name="报名")
    applicant_account = models.BigIntegerField("报名账号")
    # Empty while a checker who declared a conflict of interest is not replaced.
    first_checker = models.BigIntegerField("考察人一", null=True, blank=True)
    first_name = models.CharField("考察人一姓名", max_length=60, blank=True)
    second_checker = models.BigIntegerField("考察人二", null=True, blank=True)
    second_name = models.CharField("考察人二姓名", max_length=60, blank=True)
    state = models.CharField("状态", max_length=10, choices=CheckState, default=CheckState.OPEN)
    # Addresses with 、 between them: as personal as the findings, so only whoever may read those opens it.
    grounds_told = EncryptedField("告知的情形", null=True, blank=True)
    told_at = models.DateTimeField("告知时间", null=True, blank=True)
    answer_until = models.DateField("陈述截止", null=True, blank=True)
    answer = EncryptedField("本人陈述", null=True, blank=True)
    reasons = EncryptedField("结论的理由", null=True, blank=True)
    decided_by = models.CharField("决定人", max_length=100, blank=True)
    decided_by_id = account_of("决定人")
    decided_at = models.DateTimeField("决定时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "考察"
        constraints = [
            within_territory("background"),
            RowPolicy(name="background_own", using=f"applicant_account = {ACCOUNT} AND told_at IS NOT NULL"),
            models.CheckConstraint(
                name="background_two_checkers",
                condition=~Q(first_checker=F("second_checker")),
                violation_error_message="考察应由两人进行（第二十条）。",
                violation_error_code="20",
            ),
            models.CheckConstraint(
                name="background_heard_first",
                condition=~Q(state="adverse") | Q(told_at__isnull=False, answer_until__isnull=False),
                violation_error_message="作出不合格结论前应告知本人并听取陈述（第二十条）。",
                violation_error_code="20",
            ),
        ]
        triggers = [
            tracked("background"),
            signed("background", Mark("decided_by", changes("decided_at"))),
            CHECK.trigger(),
        ]

    @property
    def grounds(self) -> list[str]:
        """The addresses of the grounds that the applicant was told."""
        return str(self.grounds_told).split("、") if self.grounds_told else []


_CHECK = "EXISTS (SELECT 1 FROM background_backgroundcheck c WHERE c.id = check_of_id AND %s)"
CHECKING = _CHECK % f"{ACCOUNT} IN (c.first_checker, c.second_checker)"
# The checkers themselves, and the personnel head of the recruiting organ, who decides; nobody else of the territory.
DECIDING = f"""({CHECKING} OR organ_code = {ORGAN} AND EXISTS (SELECT 1 FROM registry_roleassignment r
    WHERE r.account_id = {ACCOUNT} AND r.role = 'hr_head' AND r.organ_code = {ORGAN} AND r.span @> current_date))"""


class ConflictDeclaration(models.Model):
    """What a named checker declared about an interest in the applicant, before recording anything."""

    organ_code = models.BigIntegerField("招聘机关")
    check_of = models.ForeignKey(BackgroundCheck, models.PROTECT, related_name="declarations", verbose_name="考察")
    checker = models.BigIntegerField("考察人")
    checker_name = models.CharField("考察人姓名", max_length=60)
    conflict = models.BooleanField("有利害关系")
    made_at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "回避声明"
        constraints = [
            within_territory("conflict_declaration"),
            models.UniqueConstraint(
                fields=["check_of", "checker", "conflict"],
                name="conflict_declared_once",
                violation_error_message="您已作过此声明。",
            ),
        ]
        triggers = [
            append_only("conflict_declaration"),
            signed("conflict_declaration", Mark("checker_name", account="checker")),
        ]


class BackgroundFinding(Checked):
    """What one checker found on one ground: present or absent, with the evidence. Conduct (18.2) counts as one."""

    organ_code = models.BigIntegerField("招聘机关")
    check_of = models.ForeignKey(BackgroundCheck, models.PROTECT, related_name="findings", verbose_name="考察")
    checker = models.BigIntegerField("考察人")
    checker_name = models.CharField("考察人姓名", max_length=60)
    provision = models.CharField("条文", max_length=6)
    content = EncryptedField("结论和依据")
    made_at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "考察结论"
        constraints = [
            RowPolicy(name="background_finding_readers", using=DECIDING, command="SELECT"),
            RowPolicy(name="background_finding_own", using=f"checker = {ACCOUNT} AND {CHECKING}", command="INSERT"),
            models.UniqueConstraint(
                fields=["check_of", "checker", "provision"],
                name="background_finding_once",
                violation_error_message="该考察人对此情形已有结论。",
            ),
        ]
        triggers = [
            append_only("background_finding", erasable=True),
            signed("background_finding", Mark("checker_name", account="checker")),
        ]
