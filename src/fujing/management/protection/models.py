"""Protection cases, what is done in them, and what is made public with the person's consent (Articles 28 and 44)."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from fujing.duties.orders.models import DutyOrder
from fujing.kernel.calendar import TermUnit
from fujing.kernel.checks import Checked
from fujing.kernel.fields import EncryptedField
from fujing.kernel.history import append_only, tracked
from fujing.kernel.models import Decision, StoredFile
from fujing.kernel.signatures import Mark, account_of, changes, signed
from fujing.kernel.territory import PERSON, RowPolicy, within_territory
from fujing.management.protection.gates import (
    CASE_STAYS,
    CONCLUDED,
    CONSENT,
    MEASURE_DATE,
    NOT_BY_ACCUSED,
    REFERRAL_OUTCOME,
    of_open_case,
)
from fujing.management.protection.states import (
    CLARIFICATION,
    KIND_CHOICES,
    PROTECTION,
    SCOPE_CHOICES,
    ClarificationState,
    Finding,
    Form,
    Harmed,
    MeasureKind,
    Outcome,
    ProtectionState,
    ReferredTo,
    Source,
    Step,
)
from fujing.registry.models import Account, Engagement

P = ProtectionState


def _own(name: str) -> RowPolicy:
    """The harmed person sees how far it is."""
    return RowPolicy(name=f"{name}_own", using=f"person_id = {PERSON}", command="SELECT")


class ProtectionCase(Checked):
    """Somebody obstructed, threatened or harmed on duty, wrongly reported, or wrongly held accountable.

    `duty` is what they were doing and `commander` under whom; `order` is the duty order, where one is in this system.
    `told` is what happened, `against` who did it as far as that is known, `damage` what came of it. `accused` is an officer
    of the bureau whom the case is about, `decision` the act that held the person accountable: neither they nor who decided
    it act in the case. `without_why`: why it is concluded without what is otherwise done.
    """

    organ_code = models.BigIntegerField("管理机关")
    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="protections", verbose_name="用工")
    person_id = models.BigIntegerField("人员", editable=False)
    kind = models.CharField("类别", max_length=14, choices=KIND_CHOICES)
    state = models.CharField("状态", max_length=10, choices=ProtectionState, default=P.OPENED)
    source = models.CharField("提出", max_length=6, choices=Source)
    happened_on = models.DateField("发生日期")
    happened_at = models.CharField("发生时间", max_length=40, blank=True)
    place = models.CharField("地点", max_length=100)
    duty = models.CharField("正在履行的职责", max_length=200)
    commander = models.CharField("指挥民警", max_length=60, blank=True)
    order = models.ForeignKey(DutyOrder, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="派勤单")
    told = EncryptedField("经过")
    against = EncryptedField("对方", null=True, blank=True)
    harmed = ArrayField(
        models.CharField(max_length=8, choices=Harmed), verbose_name="受到损害的", default=list, blank=True
    )
    damage = EncryptedField("损害情况", null=True, blank=True)
    accused = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="涉及的本机关人员"
    )
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="追究的决定"
    )
    opened_by = models.CharField("提出人", max_length=100)
    opened_by_id = account_of("提出人")
    opened_at = models.DateTimeField("提出时间", auto_now_add=True)
    accepted_by = models.CharField("受理人", max_length=100, blank=True)
    accepted_by_id = account_of("受理人")
    accepted_on = models.DateField("受理日期", null=True, blank=True)
    corrected_on = models.DateField("纠正日期", null=True, blank=True)
    corrected_by_whom = models.CharField("作出纠正的部门", max_length=100, blank=True)
    correction_number = models.CharField("纠正文号", max_length=60, blank=True)
    correction = models.CharField("纠正的内容", max_length=500, blank=True)
    finding = models.CharField("结论", max_length=9, choices=Finding, blank=True)
    conclusion = models.CharField("结论说明", max_length=1000, blank=True)
    without_why = models.CharField("没有采取措施、移送的理由", max_length=500, blank=True)
    concluded_on = models.DateField("办结日期", null=True, blank=True)
    decided_by = models.CharField("决定人", max_length=100, blank=True)
    decided_by_id = account_of("决定人")

    class Meta:
        verbose_name = verbose_name_plural = "维权案件"
        indexes = [
            models.Index(fields=["organ_code", "state"], name="protection_waiting"),
            models.Index(fields=["person_id"], name="protection_person"),
        ]
        constraints = [
            within_territory("protection"),
            _own("protection"),
            models.CheckConstraint(
                name="protection_told",
                condition=Q(place__regex=r"\S", duty__regex=r"\S"),
                violation_error_message="应写明地点和正在履行的职责。",
                violation_error_code="28.p1",
            ),
            models.CheckConstraint(
                name="protection_accepted",
                condition=~Q(state__in=[P.HANDLING, P.CONCLUDED]) | (Q(accepted_on__isnull=False) & ~Q(accepted_by="")),
                violation_error_message="受理应写明受理人和日期。",
                violation_error_code="28.p1",
            ),
            models.CheckConstraint(
                name="protection_decided_by_another",
                condition=Q(accused__isnull=True) | Q(decided_by_id__isnull=True) | ~Q(decided_by_id=F("accused_id")),
                violation_error_message="涉及本人的维权案件，应由他人决定。",
                violation_error_code="28.p2",
            ),
            models.CheckConstraint(
                name="protection_concluded",
                condition=Q(state=P.CONCLUDED, conclusion__regex=r"\S", concluded_on__isnull=False)
                & ~Q(decided_by="")
                & ~Q(finding="")
                | Q(state=P.DECLINED, finding="", conclusion__regex=r"\S", concluded_on__isnull=False)
                & ~Q(decided_by="")
                | ~Q(state__in=[P.CONCLUDED, P.DECLINED])
                & Q(finding="", conclusion="", without_why="", concluded_on__isnull=True, decided_by=""),
                violation_error_message="办结、不予受理应写明结论、理由、决定人和日期。",
                violation_error_code="28.p1",
            ),
            models.CheckConstraint(
                name="protection_corrected_whole",
                condition=Q(corrected_on__isnull=True, corrected_by_whom="", correction_number="", correction="")
                | Q(
                    corrected_on__isnull=False,
                    corrected_by_whom__regex=r"\S",
                    correction_number__regex=r"\S",
                    correction__regex=r"\S",
                ),
                violation_error_message="纠正应写明部门、文号、日期和内容。",
                violation_error_code="28.p2",
            ),
        ]
        triggers = [
            tracked("protection"),
            signed(
                "protection",
                Mark("opened_by"),
                Mark("accepted_by", f"{changes('state')} AND NEW.state = 'handling'"),
                Mark("decided_by", f"{changes('state')} AND NEW.state IN ('concluded', 'declined')"),
            ),
            PROTECTION.trigger(),
            CASE_STAYS,
            NOT_BY_ACCUSED,
            CONCLUDED,
        ]

    def clean(self) -> None:
        self.person_id = self.engagement.person_id


class Part(Checked):
    """Something of a case, with the person whose it is: what they may see."""

    organ_code = models.BigIntegerField("管理机关")
    case = models.ForeignKey(ProtectionCase, models.PROTECT, related_name="%(class)ss", verbose_name="维权案件")
    person_id = models.BigIntegerField("人员", editable=False)
    recorded_by = models.CharField("登记人", max_length=100)
    recorded_by_id = account_of("登记人")
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        abstract = True


class Evidence(Part):
    """A paper, photograph or recording."""

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="材料")
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "维权材料"
        constraints = [within_territory("protection_evidence"), _own("protection_evidence")]
        triggers = [
            tracked("protection_evidence"),
            signed("protection_evidence", Mark("recorded_by")),
            of_open_case("protection_evidence", ("id", "file_id", "note", "case_id"), states="'opened', 'handling'"),
        ]


class Measure(Part):
    """What the bureau did, on which day, and who did it."""

    kind = models.CharField("措施", max_length=8, choices=MeasureKind)
    taken_on = models.DateField("日期")
    handler = models.CharField("办理人", max_length=60)
    note = models.CharField("内容", max_length=500)

    class Meta:
        verbose_name = verbose_name_plural = "维权措施"
        constraints = [
            within_territory("protection_measure"),
            _own("protection_measure"),
            models.CheckConstraint(
                name="protection_measure_told",
                condition=Q(handler__regex=r"\S", note__regex=r"\S"),
                violation_error_message="措施应写明办理人和内容。",
                violation_error_code="28.p1",
            ),
        ]
        triggers = [
            tracked("protection_measure"),
            signed("protection_measure", Mark("recorded_by")),
            of_open_case("protection_measure", ("id", "case_id", "kind", "taken_on", "handler", "note")),
            MEASURE_DATE,
        ]


class Referral(Part):
    """Who did it, or who accused falsely, is handed over to be held liable: to whom, when, the receipt, and what came of it."""

    to_whom = models.CharField("移送处理", max_length=12, choices=ReferredTo)
    body = models.CharField("接收单位", max_length=100)
    referred_on = models.DateField("移送日期")
    receipt = models.CharField("回执、受案文号", max_length=60)
    handler = models.CharField("移送人", max_length=60)
    outcome = models.CharField("处理结果", max_length=9, choices=Outcome, blank=True)
    outcome_on = models.DateField("结果日期", null=True, blank=True)
    outcome_text = models.CharField("结果说明", max_length=500, blank=True)
    outcome_by = models.CharField("结果登记人", max_length=100, blank=True)
    outcome_by_id = account_of("结果登记人")

    class Meta:
        verbose_name = verbose_name_plural = "移送"
        constraints = [
            within_territory("protection_referral"),
            _own("protection_referral"),
            models.CheckConstraint(
                name="protection_referral_told",
                condition=Q(body__regex=r"\S", receipt__regex=r"\S", handler__regex=r"\S"),
                violation_error_message="移送应写明接收单位、回执文号和移送人。",
                violation_error_code="44",
            ),
            models.CheckConstraint(
                name="protection_referral_outcome",
                condition=Q(outcome="", outcome_on__isnull=True, outcome_text="", outcome_by="")
                | (Q(outcome_on__isnull=False, outcome_text__regex=r"\S") & ~Q(outcome="") & ~Q(outcome_by="")),
                violation_error_message="处理结果应写明日期和说明。",
                violation_error_code="44",
            ),
        ]
        triggers = [
            tracked("protection_referral"),
            signed("protection_referral", Mark("recorded_by"), Mark("outcome_by", changes("outcome"))),
            of_open_case(
                "protection_referral", ("id", "case_id", "to_whom", "body", "referred_on", "receipt", "handler")
            ),
            REFERRAL_OUTCOME,
        ]


class Clarification(Part):
    """What is to be said in public, in which form and how far. `agreed_scope` is the widest that the person agrees to,
    `published_scope` how far it went; neither is wider than the one before it."""

    state = models.CharField("状态", max_length=9, choices=ClarificationState, default=ClarificationState.PROPOSED)
    form = models.CharField("形式", max_length=8, choices=Form)
    scope = models.PositiveSmallIntegerField("拟公开的范围", choices=SCOPE_CHOICES)
    text = models.CharField("澄清的内容", max_length=1000)
    agreed_scope = models.PositiveSmallIntegerField("本人同意的范围", choices=SCOPE_CHOICES, null=True, blank=True)
    consent_paper = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="本人书面意见"
    )
    consented_on = models.DateField("本人表示意见的日期", null=True, blank=True)
    consented_by = models.CharField("本人或者登记人", max_length=100, blank=True)
    consented_by_id = account_of("本人或者登记人")
    published_scope = models.PositiveSmallIntegerField("公开的范围", choices=SCOPE_CHOICES, null=True, blank=True)
    published_on = models.DateField("公开日期", null=True, blank=True)
    published_where = models.CharField("在哪里公开", max_length=200, blank=True)
    published_by = models.CharField("公开办理人", max_length=100, blank=True)
    published_by_id = account_of("公开办理人")

    class Meta:
        verbose_name = verbose_name_plural = "澄清"
        indexes = [models.Index(fields=["organ_code", "state"], name="clarification_waiting")]
        constraints = [
            within_territory("protection_clarification"),
            _own("protection_clarification"),
            models.CheckConstraint(
                name="protection_clarification_told",
                condition=Q(text__regex=r"\S"),
                violation_error_message="应写明澄清的内容。",
                violation_error_code="28.p2",
            ),
            models.CheckConstraint(
                name="protection_clarification_agreed",
                condition=Q(state__in=["proposed", "dropped"])
                | Q(state="refused", consented_on__isnull=False) & ~Q(consented_by="")
                | Q(
                    state__in=["agreed", "published"],
                    agreed_scope__isnull=False,
                    agreed_scope__lte=F("scope"),
                    consented_on__isnull=False,
                )
                & ~Q(consented_by=""),
                violation_error_message="应写明本人同意的范围和日期，不宽于拟公开的范围。",
                violation_error_code="28.p2",
            ),
            models.CheckConstraint(
                name="protection_clarification_within_consent",
                condition=~Q(state="published")
                & Q(published_scope__isnull=True, published_on__isnull=True, published_where="", published_by="")
                | Q(
                    state="published",
                    published_scope__isnull=False,
                    published_scope__lte=F("agreed_scope"),
                    published_on__isnull=False,
                    published_where__regex=r"\S",
                )
                & ~Q(published_by=""),
                violation_error_message="公开的范围不能宽于本人同意的范围，并应写明日期和在哪里公开。",
                violation_error_code="28.p2",
            ),
        ]
        triggers = [
            tracked("protection_clarification"),
            signed(
                "protection_clarification",
                Mark("recorded_by"),
                Mark("consented_by", f"{changes('state')} AND NEW.state IN ('agreed', 'refused')"),
                Mark("published_by", f"{changes('state')} AND NEW.state = 'published'"),
            ),
            CLARIFICATION.trigger(),
            of_open_case("protection_clarification", ("id", "case_id", "form", "scope", "text")),
            CONSENT,
        ]


class ProtectionTerm(models.Model):
    """A bureau's own term for one step, in force from `starts` (inclusive) until the next: so many days, by which rule."""

    organ_code = models.BigIntegerField("管理机关")
    step = models.CharField("步骤", max_length=8, choices=Step)
    starts = models.DateField("起用日期")
    days = models.PositiveSmallIntegerField("期限")
    unit = models.CharField("单位", max_length=8, choices=TermUnit, default=TermUnit.WORKING)
    basis = models.CharField("依据", max_length=100)
    made_by = models.CharField("录入人", max_length=100)
    made_by_id = account_of("录入人")

    class Meta:
        verbose_name = verbose_name_plural = "维权期限"
        constraints = [
            within_territory("protection_term"),
            models.UniqueConstraint(
                fields=["organ_code", "step", "starts"],
                name="protection_term_once",
                violation_error_message="这一步骤从这天起的期限已经录入。",
                violation_error_code="28.p2",
            ),
            models.CheckConstraint(
                name="protection_term_has_basis",
                condition=Q(days__gt=0, basis__regex=r"\S"),
                violation_error_message="期限应大于零，并写明依据。",
                violation_error_code="28.p2",
            ),
        ]
        triggers = [
            tracked("protection_term"),
            append_only("protection_term"),
            signed("protection_term", Mark("made_by")),
        ]
