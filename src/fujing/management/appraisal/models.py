"""Rounds, the sheet of each person in one, who scored what, and requests to look at a result again."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from fujing.kernel.checks import Checked
from fujing.kernel.history import append_only, tracked, tracked_in_bulk, undeletable
from fujing.kernel.models import StoredFile
from fujing.kernel.signatures import Mark, account_of, changes, signed
from fujing.kernel.territory import ACCOUNT, HI, LO, PERSON, RowPolicy, within_territory
from fujing.law.appraisal.scheme import HEADINGS, Scheme
from fujing.management.appraisal.gates import (
    ANSWERED_BY_ANOTHER,
    ASKED_IN_TIME,
    BY_ANOTHER,
    BY_POINTS,
    BY_STEPS,
    STAYS,
    WITHIN_SHARE,
)
from fujing.management.appraisal.states import (
    ASKED,
    ROUND,
    SHEET,
    AskedBy,
    AskedState,
    Period,
    RoundState,
    SheetState,
    Step,
)
from fujing.registry.models import Account, Engagement, Organ

PUBLIC = [RoundState.PUBLICISED, RoundState.CLOSED]
OF_SCORER = (
    "EXISTS (SELECT 1 FROM appraisal_sheet s WHERE s.id = sheet_id "
    f"AND (s.unit_id BETWEEN {LO} AND {HI} OR s.officer_id = {ACCOUNT}))"
)
"""An opinion on somebody of the own unit, or of whom one is responsible for, wherever one's own account stands."""


def _points(key: str) -> models.DecimalField:
    return models.DecimalField(HEADINGS[key], max_digits=5, decimal_places=2)


def _between(key: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"appraisal_opinion_{key}_points",
        condition=Q(**{f"{key}__gte": 0, f"{key}__lte": 100}),
        violation_error_message=f"{HEADINGS[key]}的评分应在 0 至 100 之间（第二十五条）。",
        violation_error_code="25",
    )


class Round(Checked):
    """One appraisal of a bureau's people for a period; `first` and `last` day inclusive, `scheme` frozen once it is open.

    Publicity runs from `publicity_from` to `publicity_to`; the person may ask until `reconsider_until`, all inclusive.
    """

    organ_code = models.BigIntegerField("管理机关")
    title = models.CharField("名称", max_length=100)
    period = models.CharField("考核类别", max_length=10, choices=Period)
    first = models.DateField("考核期起")
    last = models.DateField("考核期止")
    scheme = models.JSONField("考核方案")
    state = models.CharField("状态", max_length=10, choices=RoundState, default=RoundState.DRAFTED)
    publicity_from = models.DateField("公示开始", null=True, blank=True)
    publicity_to = models.DateField("公示结束", null=True, blank=True)
    reconsider_until = models.DateField("申请复核截止", null=True, blank=True)
    why = models.CharField("退回或者取消的事由", max_length=500, blank=True)
    made_by = models.CharField("经办人", max_length=100)
    made_by_id = account_of("经办人")
    proposed_by = models.CharField("拟定人", max_length=100, blank=True)
    proposed_by_id = account_of("拟定人")
    decided_by = models.CharField("决定人", max_length=100, blank=True)
    decided_by_id = account_of("决定人")
    decided_on = models.DateField("决定日期", null=True, blank=True)
    made_at = models.DateTimeField("建立时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "考核批次"
        indexes = [models.Index(fields=["organ_code", "state"], name="appraisal_round_waiting")]
        constraints = [
            within_territory("appraisal_round"),
            # A station's own account sees its bureau's rounds; who is in one and works elsewhere, it doesn't.
            RowPolicy(
                name="appraisal_round_of_unit",
                using=f"organ_code = {LO} / 1000000 * 1000000 AND {LO} = {HI}",
                command="SELECT",
            ),
            RowPolicy(
                name="appraisal_round_own",
                using=f"EXISTS (SELECT 1 FROM appraisal_sheet s WHERE s.round_id = appraisal_round.id "
                f"AND s.person_id = {PERSON})",
                command="SELECT",
            ),
            models.UniqueConstraint(
                fields=["organ_code", "period", "first"],
                condition=~Q(state="cancelled"),
                name="appraisal_round_once",
                violation_error_message="本机关这一考核期已有考核批次（第二十五条）。",
                violation_error_code="25",
            ),
            models.CheckConstraint(
                name="appraisal_round_in_order",
                condition=Q(first__lte=F("last")),
                violation_error_message="考核期的最后一日不能早于第一日。",
                violation_error_code="25",
            ),
            models.CheckConstraint(
                name="appraisal_round_decided_by_another",
                condition=~Q(state__in=["decided", "publicised", "closed"])
                | Q(decided_by_id__isnull=False, proposed_by_id__isnull=False, decided_on__isnull=False)
                & ~Q(decided_by_id=F("proposed_by_id")),
                violation_error_message="拟定等次的人不能决定自己的拟定，应由另一名负责人决定（第二十五条）。",
                violation_error_code="25",
            ),
            models.CheckConstraint(
                name="appraisal_round_publicity_dated",
                condition=~Q(state__in=PUBLIC)
                | Q(
                    publicity_from__isnull=False,
                    publicity_to__isnull=False,
                    reconsider_until__isnull=False,
                    publicity_from__lte=F("publicity_to"),
                    publicity_to__lte=F("reconsider_until"),
                ),
                violation_error_message="公示应写明开始、结束和申请复核的期限（第二十五条）。",
                violation_error_code="25",
            ),
        ]
        triggers = [
            tracked("appraisal_round"),
            signed(
                "appraisal_round",
                Mark("made_by"),
                Mark("proposed_by", f"{changes('state')} AND NEW.state = 'proposed'"),
                Mark("decided_by", f"{changes('state')} AND NEW.state = 'decided'"),
            ),
            ROUND.trigger(),
            WITHIN_SHARE,
            STAYS,
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def rules(self) -> Scheme:
        """The scheme as the law reads it."""
        return Scheme.model_validate(self.scheme)


class Sheet(Checked):
    """One person in one round. `name`, `post`, `unit` and `officer` are those of the day on which it was made.

    `facts`: what the system knew of the period by heading, collected on `facts_on`. `absent_days` is what the officer
    said, `due` whether the person takes part (None: nobody can tell), `total` exact points. `grade` is the organ's,
    `result` what stands when the round is over.
    """

    organ_code = models.BigIntegerField("管理机关")
    round = models.ForeignKey(Round, models.PROTECT, related_name="sheets", verbose_name="考核批次")
    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="appraisals", verbose_name="用工")
    person_id = models.BigIntegerField("人员", editable=False)
    name = models.CharField("姓名", max_length=60)
    post = models.CharField("岗位", max_length=80, blank=True)
    unit = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, verbose_name="用人单位")
    officer = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="责任民警"
    )
    state = models.CharField("状态", max_length=10, choices=SheetState, default=SheetState.SELF)
    facts = models.JSONField("本期记载", default=dict)
    facts_on = models.DateField("汇集日期")
    self_report = models.TextField("本人自评", blank=True)
    self_file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="自评材料"
    )
    self_on = models.DateField("自评日期", null=True, blank=True)
    self_missing = models.BooleanField("本人没有提交自评", default=False)
    self_by = models.CharField("自评登记人", max_length=100, blank=True)
    self_by_id = account_of("自评登记人")
    absent_days = models.PositiveSmallIntegerField("缺勤日数", null=True, blank=True)
    due = models.BooleanField("参加考核", null=True, blank=True)
    due_because = models.CharField("是否参加的理由", max_length=500, blank=True)
    total = models.DecimalField("总分", max_digits=9, decimal_places=6, null=True, blank=True)
    grade = models.CharField("等次", max_length=20, blank=True)
    grade_because = models.CharField("等次的理由", max_length=500, blank=True)
    graded_by = models.CharField("定等次的人", max_length=100, blank=True)
    graded_by_id = account_of("定等次的人")
    result = models.CharField("最终等次", max_length=20, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "考核表"
        indexes = [
            models.Index(fields=["round", "state"], name="appraisal_sheet_waiting"),
            models.Index(fields=["organ_code", "state"], name="appraisal_sheet_organ"),
            models.Index(fields=["unit", "state"], name="appraisal_sheet_unit"),
            models.Index(fields=["person_id"], name="appraisal_sheet_person"),
            models.Index(fields=["organ_code", "result"], condition=~Q(result=""), name="appraisal_sheet_result"),
        ]
        constraints = [
            within_territory("appraisal_sheet"),
            within_territory("appraisal_sheet_unit", "unit_id"),
            RowPolicy(name="appraisal_sheet_officer", using=f"officer_id = {ACCOUNT}"),
            RowPolicy(name="appraisal_sheet_own", using=f"person_id = {PERSON}", command="SELECT"),
            # The person writes the self-report and nothing else (trigger), while it waits for that.
            RowPolicy(
                name="appraisal_sheet_self",
                using=f"person_id = {PERSON} AND state = 'self'",
                check=f"person_id = {PERSON} AND state IN ('self', 'officer')",
                command="UPDATE",
            ),
            models.UniqueConstraint(
                fields=["round", "engagement"],
                name="appraisal_sheet_once",
                violation_error_message="此人在这个批次已有考核表（第二十五条）。",
                violation_error_code="25",
            ),
            models.CheckConstraint(
                name="appraisal_sheet_total_points",
                condition=Q(total__isnull=True) | Q(total__gte=0, total__lte=100),
                violation_error_message="总分应在 0 至 100 之间（第二十五条）。",
                violation_error_code="25",
            ),
            models.CheckConstraint(
                name="appraisal_sheet_grade_reasoned",
                condition=Q(grade="") | Q(grade_because__regex=r"\S", graded_by__regex=r"\S"),
                violation_error_message="等次应写明理由和拟定人（第二十五条）。",
                violation_error_code="25",
            ),
            models.CheckConstraint(
                name="appraisal_sheet_ungraded_reasoned",
                condition=~Q(state="ungraded") | Q(grade="", result="", due_because__regex=r"\S"),
                violation_error_message="不确定等次的应写明理由，并且没有等次（第二十五条）。",
                violation_error_code="25",
            ),
        ]
        triggers = [
            *tracked_in_bulk("appraisal_sheet"),
            signed("appraisal_sheet", Mark("self_by"), Mark("graded_by", changes("grade"))),
            SHEET.trigger(),
            BY_STEPS,
            BY_POINTS,
            undeletable("appraisal_sheet_not_deleted", "考核表不得删除，可以改为不确定等次。", "25"),
        ]

    @property
    def stands(self) -> str:
        """The final grade, else the organ's."""
        return self.result or self.grade


class Opinion(Checked):
    """What the responsible officer or the unit scored, with words; the latest of a step counts."""

    organ_code = models.BigIntegerField("管理机关")
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="opinions", verbose_name="考核表")
    step = models.CharField("评分人", max_length=10, choices=Step)
    duty = _points("duty")
    performance = _points("performance")
    conduct = _points("conduct")
    education = _points("education")
    words = models.TextField("评语")
    scored_by = models.CharField("评分人姓名", max_length=100)
    scored_by_id = account_of("评分人")
    scored_at = models.DateTimeField("评分时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "考核评分"
        constraints = [
            within_territory("appraisal_opinion"),
            RowPolicy(name="appraisal_opinion_of_scorer", using=OF_SCORER),
            *(_between(key) for key in HEADINGS),
            models.CheckConstraint(
                name="appraisal_opinion_worded",
                condition=Q(words__regex=r"\S"),
                violation_error_message="评分应写评语（第二十五条）。",
                violation_error_code="25",
            ),
        ]
        triggers = [append_only("appraisal_opinion"), signed("appraisal_opinion", Mark("scored_by")), BY_ANOTHER]


class Reconsideration(Checked):
    """A result that is questioned: by the person (复核) or by others during publicity (异议), and the answer.

    `grade` is the new one where it was changed.
    """

    organ_code = models.BigIntegerField("管理机关")
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="reconsiderations", verbose_name="考核表")
    person_id = models.BigIntegerField("人员", editable=False)
    kind = models.CharField("类别", max_length=10, choices=AskedBy)
    state = models.CharField("状态", max_length=10, choices=AskedState, default=AskedState.ASKED)
    asked_on = models.DateField("提出日期")
    said = models.TextField("理由")
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="书面材料"
    )
    received_by = models.CharField("登记人", max_length=100)
    received_by_id = account_of("登记人")
    answer = models.TextField("核查情况和答复", blank=True)
    grade = models.CharField("改定的等次", max_length=20, blank=True)
    answered_on = models.DateField("答复日期", null=True, blank=True)
    answered_by = models.CharField("答复人", max_length=100, blank=True)
    answered_by_id = account_of("答复人")

    class Meta:
        verbose_name = verbose_name_plural = "考核复核"
        indexes = [models.Index(fields=["organ_code", "state"], name="appraisal_asked_waiting")]
        constraints = [
            within_territory("appraisal_asked"),
            RowPolicy(name="appraisal_asked_own", using=f"person_id = {PERSON} AND kind = 'person'", command="SELECT"),
            RowPolicy(name="appraisal_asked_self", using=f"person_id = {PERSON} AND kind = 'person'", command="INSERT"),
            models.UniqueConstraint(
                fields=["sheet"],
                condition=Q(kind="person"),
                name="appraisal_asked_once",
                violation_error_message="此人已对这次考核申请过复核（第二十五条）。",
                violation_error_code="25",
            ),
            models.CheckConstraint(
                name="appraisal_asked_worded",
                condition=Q(said__regex=r"\S"),
                violation_error_message="复核和异议应写明理由（第二十五条）。",
                violation_error_code="25",
            ),
            models.CheckConstraint(
                name="appraisal_answer_whole",
                condition=Q(state="asked", answer="", grade="", answered_by="")
                | Q(state__in=["kept", "changed"], answer__regex=r"\S", answered_on__isnull=False)
                & ~Q(answered_by="")
                & (Q(state="kept", grade="") | Q(state="changed") & ~Q(grade="")),
                violation_error_message="答复应写明核查情况、答复人和日期，改定的写明等次（第二十五条）。",
                violation_error_code="25",
            ),
        ]
        triggers = [
            tracked("appraisal_asked"),
            signed("appraisal_asked", Mark("received_by"), Mark("answered_by", changes("state"))),
            ASKED.trigger(),
            ASKED_IN_TIME,
            ANSWERED_BY_ANOTHER,
        ]
