"""找回账号: that somebody asked for a way back into an applicant's account, how, and how it ended."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q

from fujing.kernel.checks import Checked
from fujing.kernel.history import tracked
from fujing.kernel.refusals import RAISED
from fujing.kernel.signatures import Mark, account_of, signed
from fujing.kernel.territory import ACCOUNT, RowPolicy, within_territory
from fujing.recruitment.applications.models import Application

CODE = "decode(nullif(current_setting('fujing.recovery', true), ''), 'hex')"


class Recovery(Checked):
    """One request. The code itself is nowhere, only its blind index; neither is the number that is to be used."""

    class Way(models.TextChoices):
        RECEIPT = "receipt", "凭回执码申请"
        DESK = "desk", "现场核验身份证"
        SMS = "sms", "登记手机收到的短信"

    class Outcome(models.TextChoices):
        DONE = "done", "已重设"
        STOPPED = "stopped", "已撤回"

    organ_code = models.BigIntegerField("招聘机关")
    application = models.ForeignKey(Application, models.PROTECT, related_name="recoveries", verbose_name="报名")
    account_id = models.BigIntegerField("报名账号")
    # The account that the wanted number is the name of now: it is told as well, and may stop it.
    holder_id = models.BigIntegerField("号码现在的账号", null=True, blank=True)
    way = models.CharField("方式", max_length=8, choices=Way)
    code_index = models.BinaryField("口令索引", max_length=32, unique=True)
    asked_at = models.DateTimeField("申请时间")
    ready_at = models.DateTimeField("可以办理的时间")
    until = models.DateTimeField("失效时间")
    reason = models.CharField("事由", max_length=200, blank=True)
    made_by = models.CharField("经办人", max_length=100, blank=True)
    made_by_id = account_of("经办人")
    outcome = models.CharField("结果", max_length=8, choices=Outcome, blank=True)
    ended_at = models.DateTimeField("办结时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "账号找回"
        indexes = [models.Index(fields=["account_id"], name="recovery_account")]
        constraints = [
            within_territory("recovery"),
            RowPolicy(name="recovery_own", using=f"{ACCOUNT} IN (account_id, holder_id)"),
            # Whoever has the code sees the one request that it belongs to.
            RowPolicy(name="recovery_code", using=f"code_index = {CODE}", command="SELECT"),
            models.CheckConstraint(
                name="recovery_desk_says_why",
                condition=~Q(way="desk") | ~(Q(reason="") | Q(made_by="")),
                violation_error_message="现场办理应写明事由和经办人。",
            ),
            models.CheckConstraint(
                name="recovery_in_order",
                condition=Q(ready_at__gte=F("asked_at"), until__gt=F("ready_at")),
                violation_error_message="失效时间应在可以办理的时间之后。",
            ),
            models.CheckConstraint(
                name="recovery_ended_has_outcome",
                condition=Q(outcome="", ended_at__isnull=True) | (~Q(outcome="") & Q(ended_at__isnull=False)),
                violation_error_message="办结应写明结果和时间。",
            ),
        ]
        triggers = [
            tracked("recovery"),
            signed("recovery", Mark("made_by")),
            pgtrigger.Trigger(
                name="recovery_once",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=f"""
                IF coalesce(current_setting('fujing.erasing', true), '') <> 'on' AND (
                    OLD.outcome <> '' OR NEW.account_id <> OLD.account_id OR NEW.ready_at <> OLD.ready_at
                    OR NEW.until <> OLD.until OR NEW.code_index <> OLD.code_index) THEN
                    RAISE EXCEPTION '已经办结的找回申请不能再改。' USING ERRCODE = '{RAISED}';
                END IF;
                RETURN NEW;
                """,
            ),
        ]
