"""开通码: the slip of paper by which somebody who serves opens their own sign-in, or opens it again."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q

from fujing.kernel.checks import Checked
from fujing.kernel.history import tracked
from fujing.kernel.refusals import RAISED
from fujing.kernel.signatures import Mark, account_of, signed
from fujing.kernel.territory import PERSON, RowPolicy, within_territory
from fujing.registry.models.people import Engagement

CODE = "decode(nullif(current_setting('fujing.activation', true), ''), 'hex')"
MOST_FAILURES = 5
"""Wrong last digits after which a code opens nothing."""


class Activation(Checked):
    """One code that the managing organ gave somebody. The code itself is nowhere, only its blind index.

    It opens the sign-in until `until`, once, together with the last four characters of the citizen number. `reason` says
    why somebody who had a sign-in gets another code, and by which card they were known. `account_id` is what it opened.
    """

    class Outcome(models.TextChoices):
        USED = "used", "已开通"
        REPLACED = "replaced", "已换发"
        SPENT = "spent", "输错次数过多，已作废"

    organ_code = models.BigIntegerField("管理机关")
    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="activations", verbose_name="用工")
    person_id = models.BigIntegerField("人员", editable=False)
    code_index = models.BinaryField("开通码索引", max_length=32, unique=True)
    issued_by = models.CharField("发放人", max_length=100)
    issued_by_id = account_of("发放人")
    issued_at = models.DateTimeField("发放时间", auto_now_add=True)
    until = models.DateTimeField("失效时间")
    reason = models.CharField("再次发放的事由", max_length=200, blank=True)
    failures = models.PositiveSmallIntegerField("输错次数", default=0)
    outcome = models.CharField("结果", max_length=8, choices=Outcome, blank=True)
    ended_at = models.DateTimeField("办结时间", null=True, blank=True)
    account_id = models.BigIntegerField("开通的账号", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "开通码"
        indexes = [models.Index(fields=["organ_code"], name="activation_organ")]
        constraints = [
            within_territory("activation"),
            RowPolicy(name="activation_own", using=f"person_id = {PERSON}", command="SELECT"),
            # Whoever has the code ends the one row that it belongs to.
            RowPolicy(name="activation_code", using=f"code_index = {CODE}", command="UPDATE"),
            models.UniqueConstraint(
                fields=["person_id"],
                condition=Q(outcome=""),
                name="activation_one_at_a_time",
                violation_error_message="此人的开通码刚由其他人发放，请重新打开本页。",
                violation_error_code="14",
            ),
            models.CheckConstraint(
                name="activation_ends_later",
                condition=Q(until__gt=F("issued_at")),
                violation_error_message="开通码的失效时间应在发放时间之后。",
                violation_error_code="14",
            ),
            models.CheckConstraint(
                name="activation_few_failures",
                condition=Q(failures__lt=MOST_FAILURES) | Q(outcome="spent", failures=MOST_FAILURES),
                violation_error_message=f"输错{MOST_FAILURES}次的开通码应作废。",
                violation_error_code="14",
            ),
            models.CheckConstraint(
                name="activation_ended_whole",
                condition=Q(outcome="", ended_at__isnull=True, account_id__isnull=True)
                | Q(outcome="used", ended_at__isnull=False, account_id__isnull=False)
                | Q(outcome__in=["replaced", "spent"], ended_at__isnull=False, account_id__isnull=True),
                violation_error_message="办结的开通码应写明时间，已开通的还应写明账号。",
                violation_error_code="14",
            ),
        ]
        triggers = [
            tracked("activation"),
            signed("activation", Mark("issued_by")),
            pgtrigger.Trigger(
                name="activation_once",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=f"""
                IF OLD.outcome <> '' OR (NEW.code_index, NEW.person_id, NEW.engagement_id, NEW.until, NEW.issued_by)
                    IS DISTINCT FROM (OLD.code_index, OLD.person_id, OLD.engagement_id, OLD.until, OLD.issued_by) THEN
                    RAISE EXCEPTION '开通码只能用一次，发放以后不能改。' USING ERRCODE = '{RAISED}', DETAIL = '14';
                END IF;
                RETURN NEW;
                """,
            ),
        ]

    def clean(self) -> None:
        self.person_id = self.engagement.person_id
