"""Duty orders and who is sent by them (Articles 4, 9 to 13, 26, 27)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from fujing.duties.orders.gates import CARRIED, GIVEN, OF_DRAFT, STAYS
from fujing.duties.orders.states import DUTY_ORDER, LIVE, MODE_CHOICES, PART_CHOICES, OrderState
from fujing.kernel.checks import Checked
from fujing.kernel.clock import ZONE
from fujing.kernel.history import tracked
from fujing.kernel.signatures import Mark, account_of, changes, signed
from fujing.kernel.territory import PERSON, RowPolicy, within_territory
from fujing.registry.models import Account, Engagement, Organ
from fujing.registry.models.people import Same

LONGEST = timedelta(hours=24)


class DutyOrder(Checked):
    """One piece of work of a unit, from `span`'s first moment until its last, the last not included, 24 hours at most.

    `mode`: how it is commanded; `part`: what of it is the auxiliaries'. A draft may lack anything but its time. `needs` are
    the certificates that the work requires; `released_why` is an officer's reason for wording that may be either.
    """

    organ_code = models.BigIntegerField("管理机关")
    unit = models.ForeignKey(Organ, models.PROTECT, related_name="duty_orders", verbose_name="用人单位")
    state = models.CharField("状态", max_length=10, choices=OrderState, default=OrderState.DRAFT)
    span = DateTimeRangeField("时间")
    item = models.CharField("事项", max_length=10, blank=True)
    mode = models.CharField("指挥方式", max_length=8, choices=MODE_CHOICES, blank=True)
    part = models.CharField("辅警承担", max_length=7, choices=PART_CHOICES, blank=True)
    text = models.CharField("内容", max_length=500, blank=True)
    place = models.CharField("地点", max_length=100, blank=True)
    commander = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, verbose_name="指挥民警")
    commander_name = models.CharField("指挥民警姓名", max_length=60, blank=True, editable=False)
    basis = models.CharField("法律依据", max_length=200, blank=True)
    needs = ArrayField(models.CharField(max_length=60), verbose_name="所需资质", default=list, blank=True)
    restraint = models.BooleanField("约束性警械", default=False)
    emergency = models.CharField("紧急情形", max_length=200, blank=True)
    vehicle = models.CharField("车船", max_length=60, blank=True)
    equipment = models.CharField("装备", max_length=200, blank=True)
    released_why = models.CharField("放行理由", max_length=500, blank=True)
    released_by = models.CharField("放行民警", max_length=100, blank=True)
    released_by_id = account_of("放行民警")
    withdrawn_why = models.CharField("撤回理由", max_length=300, blank=True)
    made_by = models.CharField("草拟人", max_length=100)
    made_by_id = account_of("草拟人")
    given_by = models.CharField("派勤人", max_length=100, blank=True)
    given_by_id = account_of("派勤人")
    made_at = models.DateTimeField("草拟时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "派勤单"
        indexes = [models.Index(fields=["unit", "state"], name="duty_order_of_unit")]
        constraints = [
            within_territory("duty_order"),
            RowPolicy(
                name="duty_order_own",
                using="state <> 'draft' AND EXISTS (SELECT 1 FROM orders_dutyassignment a"
                f" WHERE a.order_id = orders_dutyorder.id AND a.person_id = {PERSON})",
                command="SELECT",
            ),
            models.CheckConstraint(
                name="duty_order_has_its_time",
                condition=Q(span__isempty=False, span__startswith__isnull=False, span__endswith__isnull=False),
                violation_error_message="派勤应有起止时间，止应晚于起。",
                violation_error_code="4",
            ),
            models.CheckConstraint(
                name="duty_order_of_a_day",
                condition=Q(span__endswith__lte=F("span__startswith") + LONGEST),
                violation_error_message="一张派勤单不超过二十四小时，更长的分开派。",
                violation_error_code="4",
            ),
            models.CheckConstraint(
                name="duty_order_of_its_bureau",
                condition=Q(unit_id__gte=F("organ_code"), unit_id__lt=F("organ_code") + 10**6),
                violation_error_message="用人单位应是本机关或者本机关的内设、派出机构。",
                violation_error_code="4",
            ),
            models.CheckConstraint(
                name="duty_order_given_by_somebody",
                condition=~Q(state__in=LIVE) | ~Q(given_by=""),
                violation_error_message="派勤应有派勤人。",
                violation_error_code="4",
            ),
            models.CheckConstraint(
                name="duty_order_released_by_somebody",
                condition=Q(released_why="", released_by="") | (Q(released_why__regex=r"\S") & ~Q(released_by="")),
                violation_error_message="放行应写明理由和放行的民警。",
                violation_error_code="13",
            ),
            models.CheckConstraint(
                name="duty_order_withdrawn_for_a_reason",
                condition=~Q(state="withdrawn") | Q(given_by="") | Q(withdrawn_why__regex=r"\S"),
                violation_error_message="撤回派勤应写明理由。",
                violation_error_code="4",
            ),
        ]
        triggers = [
            tracked("duty_order"),
            signed(
                "duty_order",
                Mark("made_by"),
                Mark("given_by", f"{changes('state')} AND NEW.state = 'ordered'"),
                Mark("released_by", changes("released_why")),
            ),
            DUTY_ORDER.trigger(),
            STAYS,
            GIVEN,
            CARRIED,
        ]

    def __str__(self) -> str:
        return f"派勤单{self.pk}"

    def clean(self) -> None:
        self.commander_name = self.commander.name if self.commander else ""

    @property
    def begins(self) -> datetime:
        """The first moment, in China."""
        return self.span.lower.astimezone(ZONE)

    @property
    def ends(self) -> datetime:
        """The moment at which it is over, in China."""
        return self.span.upper.astimezone(ZONE)


class DutyAssignment(Checked):
    """Somebody who is sent by an order, and whether they drive. `live` once it is ordered, until it is withdrawn."""

    organ_code = models.BigIntegerField("管理机关")
    order = models.ForeignKey(DutyOrder, models.PROTECT, related_name="people", verbose_name="派勤单")
    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="duties", verbose_name="用工")
    person_id = models.BigIntegerField("人员", editable=False)
    span = DateTimeRangeField("时间", editable=False)
    live = models.BooleanField("已派", default=False, editable=False)
    drives = models.BooleanField("驾驶车船", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "派勤人员"
        indexes = [models.Index(fields=["order"], name="duty_assignment_of_order")]
        constraints = [
            within_territory("duty_assignment"),
            RowPolicy(name="duty_assignment_own", using=f"person_id = {PERSON} AND live", command="SELECT"),
            models.UniqueConstraint(
                fields=["order", "engagement"],
                name="duty_assignment_once",
                violation_error_message="此人已在这张派勤单上。",
                violation_error_code="4",
            ),
            ExclusionConstraint(
                name="duty_assignment_one_at_a_time",
                expressions=[(Same("person_id"), RangeOperators.OVERLAPS), ("span", RangeOperators.OVERLAPS)],
                condition=Q(live=True),
                violation_error_message="与已派的派勤时间重叠，一人不能同时在两处（第四条）。",
                violation_error_code="4",
            ),
        ]
        triggers = [tracked("duty_assignment"), OF_DRAFT]

    def clean(self) -> None:
        self.person_id = self.engagement.person_id
        self.span = self.order.span
