"""One request of a person to correct one thing in their own file."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q

from fujing.kernel.checks import Checked
from fujing.kernel.fields import EncryptedField
from fujing.kernel.history import tracked
from fujing.kernel.models import StoredFile
from fujing.kernel.refusals import RAISED
from fujing.kernel.signatures import Mark, account_of, changes, signed
from fujing.kernel.territory import ACCOUNT, PERSON, RowPolicy, within_territory
from fujing.kernel.triggers import columns
from fujing.management.corrections.states import CORRECTABLE, CORRECTION, CorrectionState
from fujing.registry.models import Engagement

UNPROVEN = [key for key, each in CORRECTABLE.items() if not each.proof]
SAID = ("organ_code", "engagement_id", "person_id", "field", "wished", "said", "file_id", "asked_by", "asked_by_id")
FROM_THE_PERSON = pgtrigger.Trigger(
    name="correction_from_the_person",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    declare=[("mine", "bigint")],
    func=f"""
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION '更正申请不得删除，本人可以撤回。' USING ERRCODE = '{RAISED}', DETAIL = '14.7';
    END IF;
    SELECT person_id INTO mine FROM registry_account WHERE id = {ACCOUNT};
    IF TG_OP = 'UPDATE' AND ({columns("NEW", SAID)})
        IS DISTINCT FROM ({columns("OLD", SAID)}) THEN
        RAISE EXCEPTION '本人申请的内容不得改动。' USING ERRCODE = '{RAISED}', DETAIL = '14.7';
    ELSIF (TG_OP = 'INSERT' OR NEW.state = 'taken_back') AND mine IS DISTINCT FROM NEW.person_id THEN
        RAISE EXCEPTION '更正只能由本人登录申请、撤回。' USING ERRCODE = '{RAISED}', DETAIL = '14.7';
    ELSIF TG_OP = 'UPDATE' AND NEW.state <> 'taken_back' AND mine IS NOT NULL THEN
        RAISE EXCEPTION '更正由管理机关核对，不能由本人确认。' USING ERRCODE = '{RAISED}', DETAIL = '14.7';
    END IF;
    RETURN NEW;
    """,
)
"""Asked and taken back by the person alone, confirmed by anybody else; and what was asked stays as it was."""


class Correction(Checked):
    """`field` is a key of CORRECTABLE; `wished` is the value as it should be, in the file's own form, for `other` in words.

    `said` is why, in the person's words; `answer` is what the organ answers.
    """

    organ_code = models.BigIntegerField("管理机关")
    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="corrections", verbose_name="用工")
    person_id = models.BigIntegerField("人员", editable=False)
    field = models.CharField(
        "更正内容", max_length=12, choices=[(key, each.label) for key, each in CORRECTABLE.items()]
    )
    state = models.CharField("状态", max_length=10, choices=CorrectionState, default=CorrectionState.ASKED)
    wished = EncryptedField("应当是")
    said = EncryptedField("本人的说明", null=True, blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="证明材料"
    )
    asked_by = models.CharField("申请人", max_length=100)
    asked_by_id = account_of("申请人")
    asked_at = models.DateTimeField("申请时间", auto_now_add=True)
    answer = models.CharField("答复", max_length=500, blank=True)
    settled_by = models.CharField("办理人", max_length=100, blank=True)
    settled_by_id = account_of("办理人")
    settled_on = models.DateField("办理日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "更正申请"
        indexes = [models.Index(fields=["organ_code", "state"], name="correction_waiting")]
        constraints = [
            within_territory("correction"),
            RowPolicy(name="correction_own", using=f"person_id = {PERSON}", command="SELECT"),
            models.UniqueConstraint(
                fields=["person_id", "field"],
                condition=Q(state="asked"),
                name="correction_one_at_a_time",
                violation_error_message="这一项已经申请更正，正待核对。",
                violation_error_code="14.7",
            ),
            models.CheckConstraint(
                name="correction_is_proven",
                condition=Q(field__in=UNPROVEN) | Q(file__isnull=False),
                violation_error_message="更正这一项应附证明材料。",
                violation_error_code="14.7",
            ),
            models.CheckConstraint(
                name="correction_settled_whole",
                condition=Q(state="asked", settled_by="", settled_on__isnull=True, answer="")
                | Q(state="taken_back", settled_on__isnull=False, answer="") & ~Q(settled_by="")
                | Q(state="confirmed", settled_on__isnull=False) & ~Q(settled_by="")
                | Q(state="declined", settled_on__isnull=False, answer__regex=r"\S") & ~Q(settled_by=""),
                violation_error_message="办理应写明办理人和日期，不予更正的应写明理由。",
                violation_error_code="14.7",
            ),
        ]
        triggers = [
            tracked("correction"),
            signed("correction", Mark("asked_by"), Mark("settled_by", changes("state"))),
            CORRECTION.trigger(),
            FROM_THE_PERSON,
        ]

    def clean(self) -> None:
        self.person_id = self.engagement.person_id
