"""How an employment ends before its term: the departure, its evidence, and what is handed back."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from fujing.kernel.checks import Checked
from fujing.kernel.fields import EncryptedField
from fujing.kernel.history import tracked
from fujing.kernel.models import StoredFile
from fujing.kernel.signatures import Mark, account_of, changes, signed
from fujing.kernel.territory import PERSON, RowPolicy, within_territory
from fujing.law.leaving.ways import CLEARANCE, PIECES, WAYS, WITH_DAMAGE, WITH_STATUTE, Proof
from fujing.management.leaving.gates import (
    AS_RESIGNED,
    BY_BUREAU,
    EVIDENCE_STAYS,
    HANDED_BACK,
    HEARD_FIRST,
    IN_TIME,
    ITEM_STAYS,
    STAYS,
    WHOLE,
)
from fujing.management.leaving.states import DECIDED, DEPARTURE, NOTIFIED, DepartureState, Heard, Outcome
from fujing.management.outfit.models import Card, Holding
from fujing.registry.models import Engagement

NOTICE_BY_BUREAU = [way for way, found in WAYS.items() if found.notice == "bureau"]
MARKED = [way for way, found in WAYS.items() if found.mark]
NEVER_MARKED = [way for way, found in WAYS.items() if found.mark is False]
NO_PAPER = [kind for kind, piece in PIECES.items() if piece.without_paper]


class Departure(Checked):
    """One ending of one employment. `last_day` is the last day of work, inclusive.

    `placement_due` is what Article 37 asked when it was checked, empty where that isn't known. `notice_days` lie
    between `notice_on` (the notice reached its addressee) and `last_day`. `marked`: barred by 20.7 from being hired
    again. `average_pay` is the person's average pay of the last twelve months in 元/月.
    """

    organ_code = models.BigIntegerField("管理机关")
    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="departures", verbose_name="用工")
    person_id = models.BigIntegerField("人员", editable=False)
    way = models.CharField("离职情形", max_length=20, choices=[(key, way.label) for key, way in WAYS.items()])
    state = models.CharField("状态", max_length=10, choices=DepartureState, default=DepartureState.DRAFTED)
    reason = EncryptedField("事由")
    last_day = models.DateField("最后工作日")
    statute = models.CharField("所依据的法律、法规", max_length=200, blank=True)
    damage = models.CharField("损害的金额或者情况", max_length=300, blank=True)
    proposed_by_bureau = models.BooleanField("由单位提出", null=True, blank=True)
    age_or_health = models.BooleanField("因年龄和身体条件", null=True, blank=True)
    placement_due = models.BooleanField("应提供转岗就业帮助", null=True, blank=True)
    average_pay = models.DecimalField("月平均工资（元）", max_digits=12, decimal_places=2, null=True, blank=True)
    marked = models.BooleanField("适用第二十条第（七）项", null=True, blank=True)
    heard = models.CharField("本人陈述", max_length=10, choices=Heard, blank=True)
    notice_on = models.DateField("通知日期", null=True, blank=True)
    notice_days = models.PositiveSmallIntegerField("提前通知天数", null=True, blank=True)
    paid_instead = models.BooleanField("额外支付一个月工资", default=False)
    certificate_on = models.DateField("出具证明日期", null=True, blank=True)
    withdrawn_why = models.CharField("撤回或者退回的事由", max_length=500, blank=True)
    made_by = models.CharField("经办人", max_length=100)
    made_by_id = account_of("经办人")
    checked_by = models.CharField("核对人", max_length=100, blank=True)
    checked_by_id = account_of("核对人")
    decided_by = models.CharField("决定人", max_length=100, blank=True)
    decided_by_id = account_of("决定人")
    made_at = models.DateTimeField("办理时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "离职办理"
        indexes = [models.Index(fields=["organ_code", "state"], name="departure_waiting")]
        constraints = [
            within_territory("departure"),
            RowPolicy(name="departure_own", using=f"person_id = {PERSON}", command="SELECT"),
            models.UniqueConstraint(
                fields=["engagement"],
                condition=~Q(state="withdrawn"),
                name="departure_one_at_a_time",
                violation_error_message="此人已在办理离职。",
                violation_error_code="32",
            ),
            models.CheckConstraint(
                name="departure_way_known",
                condition=Q(way__in=list(WAYS)),
                violation_error_message="离职情形应为办法或者法律规定的情形之一（第三十二条、第三十九条）。",
                violation_error_code="32",
            ),
            models.CheckConstraint(
                name="departure_statute_named",
                condition=~Q(way__in=WITH_STATUTE) | Q(statute__regex=r"\S"),
                violation_error_message="以其他法定情形解除的，应写明所依据的法律、法规条文（第三十二条第（六）项）。",
                violation_error_code="32.6",
            ),
            models.CheckConstraint(
                name="departure_damage_told",
                condition=~Q(way__in=WITH_DAMAGE) | Q(damage__regex=r"\S"),
                violation_error_message="严重失职的，应写明损害的金额或者不良影响的情况（第三十二条第（四）项）。",
                violation_error_code="32.4",
            ),
            models.CheckConstraint(
                name="departure_decided_by_another",
                condition=~Q(state__in=DECIDED)
                | (
                    ~Q(decided_by="")
                    & Q(decided_by_id__isnull=False, made_by_id__isnull=False)
                    & ~Q(decided_by_id=F("made_by_id"))
                ),
                violation_error_message="经办人不能决定自己经办的离职，应由另一名负责人决定。",
                violation_error_code="32",
            ),
            models.CheckConstraint(
                name="departure_mark_by_way",
                condition=Q(marked__isnull=True) & ~Q(state__in=DECIDED)
                | Q(marked__isnull=False)
                & (~Q(way__in=MARKED) | Q(marked=True))
                & (~Q(way__in=NEVER_MARKED) | Q(marked=False)),
                violation_error_message="违纪违规被解除和擅自离职的适用第二十条第（七）项；其余情形由决定人认定。",
                violation_error_code="20.7",
            ),
            models.CheckConstraint(
                name="departure_heard_stated",
                condition=~Q(state__in=DECIDED, way__in=BY_BUREAU) | Q(heard__in=Heard.values),
                violation_error_message="单位解除的，决定应写明本人是否陈述申辩。",
                violation_error_code="20.7",
            ),
            models.CheckConstraint(
                name="departure_notice_told",
                condition=~Q(state__in=NOTIFIED) | Q(notice_on__isnull=False, notice_days__isnull=False),
                violation_error_message="应写明通知的日期和提前通知的天数，天数待核实的不能办理（第三十九条）。",
                violation_error_code="39",
            ),
            # Labour Contract Law 40: thirty days, or a month's pay instead.
            models.CheckConstraint(
                name="departure_notice_by_bureau",
                condition=~Q(state__in=NOTIFIED, way__in=NOTICE_BY_BUREAU)
                | Q(paid_instead=True)
                | Q(notice_days__isnull=False, notice_days__gte=30),
                violation_error_message="应提前三十日书面通知，或者额外支付一个月工资（劳动合同法第四十条）。",
                violation_error_code="32.2",
            ),
            models.CheckConstraint(
                name="departure_certified_on_a_day",
                condition=Q(state="closed", certificate_on__isnull=False, certificate_on__gte=F("last_day"))
                | (~Q(state="closed") & Q(certificate_on__isnull=True)),
                violation_error_message="应写明出具证明的日期，不早于最后工作日。",
                violation_error_code="39",
            ),
        ]
        triggers = [
            tracked("departure"),
            signed(
                "departure",
                Mark("made_by"),
                Mark("checked_by", f"{changes('state')} AND NEW.state = 'checked'"),
                Mark("decided_by", f"{changes('state')} AND NEW.state = 'decided'"),
            ),
            DEPARTURE.trigger(),
            WHOLE,
            IN_TIME,
            HANDED_BACK,
            STAYS,
            AS_RESIGNED,
            HEARD_FIRST,
        ]

    def clean(self) -> None:
        self.person_id = self.engagement.person_id


class Evidence(Checked):
    """One piece of evidence of a departure: what it shows, the day it is from, the paper, and who recorded it."""

    organ_code = models.BigIntegerField("管理机关")
    departure = models.ForeignKey(Departure, models.PROTECT, related_name="evidence", verbose_name="离职办理")
    kind = models.CharField("材料", max_length=30, choices=[(key, piece.label) for key, piece in PIECES.items()])
    dated = models.DateField("材料日期")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="文件")
    note = EncryptedField("说明", null=True, blank=True)
    recorded_by = models.CharField("登记人", max_length=100)
    recorded_by_id = account_of("登记人")
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "离职材料"
        constraints = [
            within_territory("departure_evidence"),
            models.CheckConstraint(
                name="departure_evidence_known",
                condition=Q(kind__in=list(PIECES)),
                violation_error_message="没有这种离职材料。",
                violation_error_code="32",
            ),
            models.CheckConstraint(
                name="departure_evidence_there",
                condition=Q(file__isnull=False) | Q(kind__in=NO_PAPER, note__isnull=False),
                violation_error_message="材料应上传文件；核实没有四十二条情形和转岗就业帮助的，可以只写明依据或者内容。",
                violation_error_code="32",
            ),
        ]
        triggers = [tracked("departure_evidence"), signed("departure_evidence", Mark("recorded_by")), EVIDENCE_STAYS]

    @property
    def proof(self) -> Proof:
        """As the law reads it."""
        return Proof(self.kind, self.dated)


class ClearanceItem(Checked):
    """One thing that whoever leaves hands back, and who confirmed what became of it. `card` or `holding`: which it is."""

    organ_code = models.BigIntegerField("管理机关")
    departure = models.ForeignKey(Departure, models.PROTECT, related_name="items", verbose_name="离职办理")
    kind = models.CharField("类别", max_length=10, choices=[*CLEARANCE.items(), ("other", "其他物品")])
    name = models.CharField("物品", max_length=60)
    card = models.ForeignKey(Card, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="工作证")
    holding = models.ForeignKey(
        Holding, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="领用物品"
    )
    outcome = models.CharField("交接结果", max_length=10, choices=Outcome, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)
    confirmed_by = models.CharField("确认人", max_length=100, blank=True)
    confirmed_by_id = account_of("确认人")
    confirmed_on = models.DateField("确认日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "离职交接物品"
        constraints = [
            within_territory("clearance_item"),
            models.UniqueConstraint(
                fields=["departure", "kind", "name"],
                name="clearance_item_once",
                violation_error_message="这件物品已经在交接清单上。",
                violation_error_code="26",
            ),
            models.CheckConstraint(
                name="clearance_item_confirmed",
                condition=Q(outcome="", confirmed_by="", confirmed_on__isnull=True)
                | (Q(outcome__in=Outcome.values, confirmed_on__isnull=False) & ~Q(confirmed_by="")),
                violation_error_message="交接结果应写明何人、何时确认。",
                violation_error_code="26",
            ),
            models.CheckConstraint(
                name="clearance_item_loss_explained",
                condition=~Q(outcome="lost") | Q(note__regex=r"\S"),
                violation_error_message="遗失的，应说明处理情况。",
                violation_error_code="26",
            ),
        ]
        triggers = [
            tracked("clearance_item"),
            signed("clearance_item", Mark("confirmed_by", changes("outcome"))),
            ITEM_STAYS,
        ]
