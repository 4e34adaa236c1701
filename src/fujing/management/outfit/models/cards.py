"""Work cards (Article 26), and the receipts that people sign for what they are handed."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from fujing.kernel.checks import Checked
from fujing.kernel.fields import BlindIndexField, EncryptedField
from fujing.kernel.history import append_only, tracked
from fujing.kernel.models import StoredFile
from fujing.kernel.receipts import code
from fujing.kernel.signatures import Mark, account_of, changes, signed
from fujing.kernel.territory import PERSON, RowPolicy, within_territory
from fujing.management.outfit.gates import BY_ITS_PERSON, STAYS, WHOSE
from fujing.management.outfit.states import CARD, HELD, CardState, SignedOn
from fujing.registry.models import Engagement
from fujing.registry.models.people import Same

CODE_LENGTH = 26
CODE_CONTEXT = "outfit.card"


def card_code() -> str:
    """What stands in a card's QR code: 26 characters of 32, so 130 bits by chance alone."""
    return code(CODE_LENGTH)


class HandOver(Checked):
    """What somebody was handed, in the words to which they put their name; never changed. `signed_on`: whose device."""

    organ_code = models.BigIntegerField("管理机关")
    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="hand_overs", verbose_name="用工")
    person_id = models.BigIntegerField("人员", editable=False)
    text = models.TextField("签收的原文")
    signed_as = models.CharField("签收人", max_length=60)
    signed_on = models.CharField("签收方式", max_length=10, choices=SignedOn)
    signed_at = models.DateTimeField("签收时间", auto_now_add=True)
    handed_by = models.CharField("发放人", max_length=100)
    handed_by_id = account_of("发放人")

    class Meta:
        verbose_name = verbose_name_plural = "签收"
        indexes = [models.Index(fields=["organ_code"], name="hand_over_organ")]
        constraints = [
            within_territory("hand_over"),
            RowPolicy(name="hand_over_own", using=f"person_id = {PERSON}", command="SELECT"),
            models.CheckConstraint(
                name="hand_over_says_what",
                condition=Q(text__regex=r"\S", signed_as__regex=r"\S"),
                violation_error_message="签收应有签收的内容和本人姓名。",
                violation_error_code="26",
            ),
        ]
        triggers = [
            tracked("hand_over"),
            append_only("hand_over"),
            signed("hand_over", Mark("handed_by")),
            BY_ITS_PERSON,
        ]

    def clean(self) -> None:
        self.person_id = self.engagement.person_id


class Card(Checked):
    """One work card. `span` is the term printed on it, half-open; `number` is the organ's, by year.

    `code` is what its QR code holds, sealed for the printer; the site finds it by a keyed digest, so that nobody who has
    the tables alone can print a card that passes, or tell whose a scanned one is. `why` and `ended_on` are of the last stop.
    """

    organ_code = models.BigIntegerField("管理机关")
    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="cards", verbose_name="用工")
    person_id = models.BigIntegerField("人员", editable=False)
    year = models.PositiveSmallIntegerField("年度")
    serial = models.PositiveIntegerField("序号")
    number = models.CharField("工作证编号", max_length=20)
    code = EncryptedField("查验码", default=card_code)
    code_index = BlindIndexField("查验码索引", source="code", context=CODE_CONTEXT)
    photo = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="照片")
    state = models.CharField("状态", max_length=10, choices=CardState, default=CardState.REQUESTED)
    span = DateRangeField("有效期")
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced", verbose_name="所换的证"
    )
    hand_over = models.OneToOneField(
        HandOver, models.PROTECT, null=True, blank=True, related_name="card", verbose_name="签收"
    )
    issued_on = models.DateField("发放日期", null=True, blank=True)
    why = models.CharField("停用、挂失、注销的事由", max_length=500, blank=True)
    ended_on = models.DateField("挂失、注销日期", null=True, blank=True)
    made_by = models.CharField("申领人", max_length=100)
    made_by_id = account_of("申领人")
    made_at = models.DateTimeField("申领时间", auto_now_add=True)
    changed_by = models.CharField("办理人", max_length=100, blank=True)
    changed_by_id = account_of("办理人")

    class Meta:
        verbose_name = verbose_name_plural = "工作证"
        indexes = [
            models.Index(fields=["organ_code", "state"], name="card_waiting"),
            models.Index(fields=["person_id"], name="card_person"),
        ]
        constraints = [
            within_territory("card"),
            RowPolicy(name="card_own", using=f"person_id = {PERSON}", command="SELECT"),
            models.UniqueConstraint(
                fields=["number"], name="card_number_once", violation_error_message="这个工作证编号已经使用。"
            ),
            models.UniqueConstraint(
                fields=["organ_code", "year", "serial"],
                name="card_serial_once",
                violation_error_message="这个工作证编号已经使用。",
            ),
            models.UniqueConstraint(
                fields=["code_index"], name="card_code_once", violation_error_message="这个查验码已经使用。"
            ),
            models.UniqueConstraint(
                fields=["engagement"],
                condition=Q(state="requested"),
                name="card_requested_once",
                violation_error_message="此人已经申领工作证，正待发放。",
                violation_error_code="26",
            ),
            ExclusionConstraint(
                name="card_one_at_a_time",
                expressions=[(Same("person_id"), RangeOperators.OVERLAPS), ("span", RangeOperators.OVERLAPS)],
                condition=Q(state__in=HELD),
                violation_error_message="一人同一时间只能有一张有效的工作证，应先收回或者挂失旧证（第二十六条）。",
                violation_error_code="26",
            ),
            models.CheckConstraint(
                name="card_has_a_term",
                condition=Q(span__startswith__isnull=False, span__endswith__isnull=False),
                violation_error_message="工作证应有起止日期。",
                violation_error_code="26",
            ),
            models.CheckConstraint(
                name="card_issued_whole",
                condition=Q(state="requested", hand_over__isnull=True, issued_on__isnull=True)
                | Q(state="revoked")
                | Q(photo__isnull=False, hand_over__isnull=False, issued_on__isnull=False),
                violation_error_message="工作证有照片并由本人签收以后才能使用（第二十六条）。",
                violation_error_code="26",
            ),
            models.CheckConstraint(
                name="card_stop_explained",
                condition=~Q(state__in=["suspended", "lost", "revoked"]) | Q(why__regex=r"\S"),
                violation_error_message="停用、挂失、注销应写明事由。",
                violation_error_code="26",
            ),
            models.CheckConstraint(
                name="card_ended_on_a_day",
                condition=Q(state__in=["lost", "revoked"], ended_on__isnull=False)
                | (~Q(state__in=["lost", "revoked"]) & Q(ended_on__isnull=True)),
                violation_error_message="挂失、注销应写明日期。",
                violation_error_code="26",
            ),
        ]
        triggers = [
            tracked("card"),
            signed("card", Mark("made_by"), Mark("changed_by", changes("state"))),
            CARD.trigger(),
            WHOSE,
            STAYS,
        ]

    def __str__(self) -> str:
        return self.number

    def clean(self) -> None:
        self.person_id = self.engagement.person_id
