"""What the person says of the ending: a notice of their own, or an answer to what the bureau means to do."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from fujing.kernel.checks import Checked
from fujing.kernel.fields import EncryptedField
from fujing.kernel.hearings import HearingFields, hearing_checks
from fujing.kernel.history import tracked
from fujing.kernel.models import StoredFile
from fujing.kernel.receipts import receipt
from fujing.kernel.signatures import Mark, account_of, changes, signed
from fujing.kernel.territory import PERSON, RowPolicy, within_territory
from fujing.law.leaving.ways import BY_PERSON, WAYS
from fujing.management.leaving.gates import (
    BY_BUREAU,
    HEARING_OF_ONESELF,
    HEARING_STAYS,
    RESIGNATION_OF_ONESELF,
    RESIGNATION_STAYS,
)
from fujing.management.leaving.models.departures import Departure
from fujing.management.leaving.states import HEARING, RESIGNATION, ResignationState
from fujing.registry.models import Engagement


class Resignation(Checked):
    """A person's own written notice that the employment ends (Articles 14.6 and 39; Labour Contract Law 37 and 38).

    `own`: sent by the person's own sign-in, and `file` is then the paper that was made of it. `received_on` is the day on which the bureau received it, from which `notice_days` are counted; `last_day` is the last
    day of work, inclusive. `receipt` acknowledges it and answers without sign-in. `reason` is in the person's words.
    """

    organ_code = models.BigIntegerField("管理机关")
    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="resignations", verbose_name="用工")
    person_id = models.BigIntegerField("人员", editable=False)
    receipt = models.CharField("回执码", max_length=12, unique=True, default=receipt)
    state = models.CharField("状态", max_length=10, choices=ResignationState, default=ResignationState.RECEIVED)
    way = models.CharField("情形", max_length=20, choices=[(key, WAYS[key].label) for key in BY_PERSON])
    dated = models.DateField("通知的落款日期")
    received_on = models.DateField("收到日期")
    reason = EncryptedField("本人写明的理由", null=True, blank=True)
    notice_days = models.PositiveSmallIntegerField("提前通知天数")
    last_day = models.DateField("最后工作日")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="书面通知")
    own = models.BooleanField("本人登录提交", default=False)
    received_by = models.CharField("登记人", max_length=100)
    received_by_id = account_of("登记人")
    received_at = models.DateTimeField("登记时间", auto_now_add=True)
    settled_by = models.CharField("办理人", max_length=100, blank=True)
    settled_by_id = account_of("办理人")
    departure = models.OneToOneField(
        Departure, models.PROTECT, null=True, blank=True, related_name="resignation", verbose_name="离职办理"
    )
    withdrawn_on = models.DateField("撤回日期", null=True, blank=True)
    withdrawn_file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="书面撤回"
    )

    class Meta:
        verbose_name = verbose_name_plural = "本人辞职"
        indexes = [models.Index(fields=["organ_code", "state"], name="resignation_waiting")]
        constraints = [
            within_territory("resignation"),
            RowPolicy(name="resignation_own", using=f"person_id = {PERSON}", command="SELECT"),
            models.UniqueConstraint(
                fields=["engagement"],
                condition=Q(state="received"),
                name="resignation_one_at_a_time",
                violation_error_message="此人的书面通知已经收到，正待确认。",
                violation_error_code="14.6",
            ),
            models.CheckConstraint(
                name="resignation_notice_by_way",
                condition=Q(way="resigned", notice_days__gte=3) | Q(way="resigned_fault"),
                violation_error_message="本人辞职提前三十日书面通知，试用期内提前三日（劳动合同法第三十七条）。",
                violation_error_code="39",
            ),
            models.CheckConstraint(
                name="resignation_fault_told",
                condition=~Q(way="resigned_fault") | Q(reason__isnull=False),
                violation_error_message="因单位过错解除的，应写明本人所说的过错（劳动合同法第三十八条）。",
                violation_error_code="39",
            ),
            models.CheckConstraint(
                name="resignation_written_before_received",
                condition=Q(dated__lte=F("received_on")),
                violation_error_message="通知的落款日期不能晚于收到日期。",
                violation_error_code="14.6",
            ),
            models.CheckConstraint(
                name="resignation_confirmed_to_a_departure",
                condition=Q(state="confirmed", departure__isnull=False)
                | (~Q(state="confirmed") & Q(departure__isnull=True)),
                violation_error_message="确认本人的通知，应同时开始办理离职。",
                violation_error_code="14.6",
            ),
            models.CheckConstraint(
                name="resignation_withdrawn_in_time",
                condition=Q(
                    state="withdrawn",
                    withdrawn_file__isnull=False,
                    withdrawn_on__isnull=False,
                    withdrawn_on__gte=F("received_on"),
                    withdrawn_on__lt=F("last_day"),
                )
                | (~Q(state="withdrawn") & Q(withdrawn_on__isnull=True, withdrawn_file__isnull=True)),
                violation_error_message="撤回应有本人的书面材料，并在最后工作日以前提出。",
                violation_error_code="14.6",
            ),
        ]
        triggers = [
            tracked("resignation"),
            signed("resignation", Mark("received_by"), Mark("settled_by", changes("state"))),
            RESIGNATION.trigger(),
            RESIGNATION_OF_ONESELF,
            RESIGNATION_STAYS,
        ]

    def clean(self) -> None:
        self.person_id = self.engagement.person_id


class Hearing(HearingFields):
    """A person is told why the bureau means to end the employment, and what they say to it (Articles 20.7 and 32).

    `way` is what they were told of.
    """

    departure = models.ForeignKey(Departure, models.PROTECT, related_name="hearings", verbose_name="离职办理")
    way = models.CharField("告知的情形", max_length=20, choices=[(key, WAYS[key].label) for key in BY_BUREAU])

    class Meta:
        verbose_name = verbose_name_plural = "告知和陈述"
        indexes = [models.Index(fields=["organ_code", "state"], name="hearing_waiting")]
        constraints = [
            within_territory("hearing"),
            RowPolicy(
                name="hearing_own",
                using="EXISTS (SELECT 1 FROM leaving_departure d"
                f" WHERE d.id = departure_id AND d.person_id = {PERSON})",
                command="SELECT",
            ),
            *hearing_checks("hearing", "20.7"),
        ]
        triggers = [
            tracked("hearing"),
            signed("hearing", Mark("told_by"), Mark("answered_by", changes("state"))),
            HEARING.trigger(),
            HEARING_OF_ONESELF,
            HEARING_STAYS,
        ]
