"""What a named officer verified about an undetermined finding. It says what is so; it never changes an outcome."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q

from fujing.compliance.verification.states import VERIFICATION, Result, VerificationState
from fujing.kernel.checks import Checked
from fujing.kernel.fields import EncryptedField
from fujing.kernel.history import tracked, undeletable
from fujing.kernel.refusals import RAISED
from fujing.kernel.signatures import Mark, account_of, changes, signed
from fujing.kernel.territory import within_territory

ENDED = ("state", "closed_by", "closed_by_id", "closed_on", "closed_why")
"""All that ever changes in a row."""


class FindingVerification(Checked):
    """One note on one finding: rule, whom or which organ, and the facts on which the finding rested.

    `about` is the finding's identity, a keyed digest of rule and subject; `facts` one of the facts that it showed, so
    that changed facts are noticed and nothing of them is kept here. `subject` is the citizen number or the organ's
    code. `message` is the finding's sentence as the officer read it. `checked_on` is the day on which it was verified.
    """

    organ_code = models.BigIntegerField("管理机关")
    subject = EncryptedField("公民身份号码或者机关代码")
    name = models.CharField("姓名或者机关", max_length=60)
    rule = models.CharField("事项", max_length=60)
    provision = models.CharField("条文", max_length=12)
    outcome = models.CharField("核对结论", max_length=12)
    message = models.TextField("核对说明")
    about = models.BinaryField("核对项索引", max_length=32)
    facts = models.BinaryField("事实索引", max_length=32)
    result = models.CharField("核实结果", max_length=6, choices=Result)
    source = models.CharField("核实依据", max_length=200)
    checked_on = models.DateField("核实日期")
    reason = models.CharField("核实情况", max_length=500)
    noted_by = models.CharField("核实人", max_length=100)
    noted_by_id = account_of("核实人")
    noted_on = models.DateField("记载日期")
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="替代"
    )
    state = models.CharField("状态", max_length=10, choices=VerificationState, default=VerificationState.STANDING)
    closed_by = models.CharField("办结人", max_length=100, blank=True)
    closed_by_id = account_of("办结人")
    closed_on = models.DateField("办结日期", null=True, blank=True)
    closed_why = models.CharField("办结事由", max_length=500, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "核实"
        indexes = [models.Index(fields=["organ_code", "-id"], name="finding_verification_organ")]
        constraints = [
            within_territory("finding_verification"),
            models.CheckConstraint(
                name="finding_verification_of_the_undetermined",
                condition=Q(outcome="undetermined"),
                violation_error_message="只有待核实的结论可以核实；不符合的应当整改，核实不能改变结论。",
            ),
            models.CheckConstraint(
                name="finding_verification_says_how",
                condition=Q(source__regex=r"\S", reason__regex=r"\S", noted_by__regex=r"\S"),
                violation_error_message="核实应写明依据、情况和核实人。",
            ),
            models.CheckConstraint(
                name="finding_verification_has_happened",
                condition=Q(checked_on__lte=F("noted_on")),
                violation_error_message="核实日期不能晚于今天。",
            ),
            models.CheckConstraint(
                name="finding_verification_result_known",
                condition=Q(result__in=Result.values),
                violation_error_message="核实结果应为属实或者不属实。",
            ),
            models.CheckConstraint(
                name="finding_verification_ended_by_somebody",
                condition=Q(state="standing", closed_by="", closed_why="", closed_on__isnull=True)
                | (~Q(state="standing") & ~Q(closed_by="") & Q(closed_why__regex=r"\S", closed_on__isnull=False)),
                violation_error_message="更正、撤销和办结应写明何人、何时、何故。",
            ),
            models.CheckConstraint(
                name="finding_verification_mended_was_untrue",
                condition=~Q(state="mended") | Q(result="untrue"),
                violation_error_message="核实为不属实的才需要整改。",
            ),
            models.UniqueConstraint(
                fields=["organ_code", "about"],
                condition=Q(state="standing"),
                name="finding_verification_stands_once",
                violation_error_message="这一项刚由他人核实，请刷新后查看。",
            ),
        ]
        triggers = [
            tracked("finding_verification"),
            signed("finding_verification", Mark("noted_by"), Mark("closed_by", changes("state"))),
            VERIFICATION.trigger(),
            pgtrigger.Trigger(
                name="finding_verification_kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=f"""
                IF to_jsonb(NEW) - '{{{",".join(ENDED)}}}'::text[] <> to_jsonb(OLD) - '{{{",".join(ENDED)}}}'::text[] THEN
                    RAISE EXCEPTION '核实的内容不得改动，可以更正。' USING ERRCODE = '{RAISED}';
                END IF;
                RETURN NEW;
                """,
            ),
            undeletable("finding_verification_stays", "核实不得删除，可以撤销。"),
        ]

    def __str__(self) -> str:
        return f"{self.name}：{self.message}"
