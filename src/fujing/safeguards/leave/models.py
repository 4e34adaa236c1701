"""Requests for leave, and the balance of annual leave as a ledger (Article 36).

Of each person and year one account; every change of it is an entry, and the database adds them up.
"""

from __future__ import annotations

from datetime import date, datetime

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from fujing.kernel.checks import Checked
from fujing.kernel.clock import TODAY, ZONE
from fujing.kernel.fields import EncryptedField
from fujing.kernel.history import append_only, tracked
from fujing.kernel.models import StoredFile
from fujing.kernel.refusals import RAISED
from fujing.kernel.signatures import Mark, account_of, changes, signed
from fujing.kernel.territory import PERSON, RowPolicy, within_territory
from fujing.kernel.triggers import columns
from fujing.law.leave.kinds import KINDS, LEDGER
from fujing.registry.models import Engagement, Organ
from fujing.registry.models.people import Same
from fujing.safeguards.leave.states import GRANTED, LEAVE, LIVE, EntryKind, Ground, LeaveKind, LeaveState

S = LeaveState
E = EntryKind
LEAVES = (E.CARRIED_OUT, E.USE, E.UNARRANGED, E.WAIVED)
COMES = (E.CARRIED_IN, E.BACK)


class WorkRecord(Checked):
    """What papers say of somebody's work before: `since` is the day from which cumulative work counts, `continuous` whether
    twelve months had been worked without a gap when they were hired. The latest record counts."""

    organ_code = models.BigIntegerField("管理机关")
    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="work_records", verbose_name="用工")
    person_id = models.BigIntegerField("人员", editable=False)
    since = models.DateField("累计工作起算日", null=True, blank=True)
    continuous = models.BooleanField("入职前已连续工作满12个月", null=True, blank=True)
    source = models.CharField("依据的材料", max_length=300)
    recorded_by = models.CharField("登记人", max_length=100)
    recorded_by_id = account_of("登记人")
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "累计工作年限"
        indexes = [models.Index(fields=["engagement", "-id"], name="work_record_latest")]
        constraints = [
            within_territory("work_record"),
            RowPolicy(name="work_record_own", using=f"person_id = {PERSON}", command="SELECT"),
            models.CheckConstraint(
                name="work_record_says_something",
                condition=Q(source__regex=r"\S") & (Q(since__isnull=False) | Q(continuous__isnull=False)),
                violation_error_message="应写明起算日或者是否连续工作满12个月，以及依据的材料（第三十六条）。",
                violation_error_code="36",
            ),
        ]
        triggers = [
            append_only("work_record"),
            signed("work_record", Mark("recorded_by")),
            pgtrigger.Trigger(
                name="work_record_in_time",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=f"""
                IF NEW.since > {TODAY} THEN
                    RAISE EXCEPTION '累计工作起算日不能晚于今天（第三十六条）。' USING ERRCODE = '{RAISED}', DETAIL = '36';
                END IF;
                RETURN NEW;
                """,
            ),
        ]

    def clean(self) -> None:
        self.person_id = self.engagement.person_id


class LeaveYear(Checked):
    """Somebody's account of a kind for a calendar year, in days; `because` is how the law reckoned it last, `open_days` what
    it leaves to be found out."""

    organ_code = models.BigIntegerField("管理机关")
    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="leave_years", verbose_name="用工")
    person_id = models.BigIntegerField("人员", editable=False)
    kind = models.CharField("假期", max_length=12, choices=LeaveKind, default="annual")
    year = models.PositiveSmallIntegerField("年度")
    balance = models.DecimalField("余额（天）", max_digits=6, decimal_places=3, default=0, editable=False)
    open_days = models.DecimalField("待核实（天）", max_digits=6, decimal_places=3, default=0)
    because = models.CharField("核定依据", max_length=600, blank=True)
    needs = models.CharField("还要查明", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "年休假年度"
        indexes = [models.Index(fields=["organ_code", "year"], name="leave_year_of_bureau")]
        constraints = [
            within_territory("leave_year"),
            RowPolicy(name="leave_year_own", using=f"person_id = {PERSON}", command="SELECT"),
            models.UniqueConstraint(
                fields=["engagement", "kind", "year"],
                name="leave_year_once",
                violation_error_message="这一年度的年休假已经核定过。",
                violation_error_code="36",
            ),
            models.CheckConstraint(
                name="leave_year_of_a_ledger",
                condition=Q(kind__in=LEDGER),
                violation_error_message="这种假期没有年度余额。",
                violation_error_code="36",
            ),
            models.CheckConstraint(
                name="leave_balance_not_negative",
                condition=Q(balance__gte=0),
                violation_error_message="年休假余额不足，不能超过余额请假（第三十六条）。",
                violation_error_code="36",
            ),
        ]
        triggers = [
            tracked("leave_year"),
            pgtrigger.Trigger(
                name="leave_year_by_ledger",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=f"""
                IF TG_OP = 'INSERT' AND NEW.balance = 0 OR TG_OP = 'UPDATE' AND (pg_trigger_depth() > 1
                    OR ({columns("NEW", ("organ_code", "engagement_id", "person_id", "kind", "year", "balance"))})
                    IS NOT DISTINCT FROM
                    ({columns("OLD", ("organ_code", "engagement_id", "person_id", "kind", "year", "balance"))})) THEN
                    RETURN NEW;
                END IF;
                RAISE EXCEPTION '年休假余额只随台账变动，不能直接改动。' USING ERRCODE = '{RAISED}', DETAIL = '36';
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}年{self.get_kind_display()}"

    def clean(self) -> None:
        self.person_id = self.engagement.person_id


NOT_ALLOWED = " OR ".join(
    f"(kind = '{key}' AND ground NOT IN ({', '.join(repr(ground) for ground in kind.grounds)}))"
    for key, kind in KINDS.items()
)
"""SQL: whether a kind is refused on a ground that isn't one of its own; the table is the law's."""
SAID = (
    *("organ_code", "engagement_id", "person_id", "name", "unit_id", "kind", "asked_span", "event_on", "babies"),
    *("difficult", "checkup", "reason", "paper_id", "is_open", "asked_by", "asked_by_id", "own"),
)


class LeaveRequest(Checked):
    """Somebody asks for leave in `span`, from a moment until another, the last not included; `asked_span` is what was asked.

    `days` are those that count for the kind, `calendar_days` all of them, `working_days` those that are worked. `is_open`: the
    law or the facts don't say for certain that so many are due, so that an approval names its document in `basis`.
    `paid`: whether personal leave is paid. `offered_from` to `offered_until`, inclusive: another time that is offered.
    """

    organ_code = models.BigIntegerField("管理机关")
    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="leaves", verbose_name="用工")
    person_id = models.BigIntegerField("人员", editable=False)
    name = models.CharField("姓名", max_length=60, editable=False)
    unit = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="用人单位")
    kind = models.CharField("假期", max_length=12, choices=LeaveKind)
    state = models.CharField("状态", max_length=10, choices=LeaveState, default=S.ASKED)
    span = DateTimeRangeField("时间")
    asked_span = DateTimeRangeField("申请的时间", editable=False)
    days = models.DecimalField("天数", max_digits=6, decimal_places=3, validators=[MinValueValidator(0)])
    calendar_days = models.DecimalField("日历天数", max_digits=6, decimal_places=3)
    working_days = models.DecimalField("工作日", max_digits=6, decimal_places=3, null=True, blank=True)
    event_on = models.DateField("有关日期", null=True, blank=True)
    babies = models.PositiveSmallIntegerField(
        "生育几个婴儿", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(9)]
    )
    difficult = models.BooleanField("难产", null=True, blank=True)
    checkup = models.BooleanField("参加婚前医学检查", null=True, blank=True)
    reason = EncryptedField("事由", null=True, blank=True)
    paper = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="材料")
    is_open = models.BooleanField("天数待核实", default=False)
    asked_by = models.CharField("申请人", max_length=100)
    asked_by_id = account_of("申请人")
    own = models.BooleanField("本人提交", default=False)
    agreed = models.BooleanField("单位同意", null=True, blank=True)
    advice = models.CharField("单位意见", max_length=300, blank=True)
    advised_by = models.CharField("提意见的人", max_length=100, blank=True)
    advised_by_id = account_of("提意见的人")
    paid = models.BooleanField("带薪", null=True, blank=True)
    basis = models.CharField("批准所依据的文件", max_length=200, blank=True)
    ground = models.CharField("不批准的情形", max_length=6, choices=Ground, blank=True)
    answer = models.CharField("理由", max_length=300, blank=True)
    offered_from = models.DateField("另行安排的第一天", null=True, blank=True)
    offered_until = models.DateField("另行安排的最后一天（含当日）", null=True, blank=True)
    decided_by = models.CharField("批准人", max_length=100, blank=True)
    decided_by_id = account_of("批准人")
    returned_why = models.CharField("返岗的理由", max_length=300, blank=True)
    returned_by = models.CharField("办理返岗的人", max_length=100, blank=True)
    returned_by_id = account_of("办理返岗的人")
    asked_at = models.DateTimeField("申请时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "请假"
        indexes = [
            models.Index(fields=["organ_code", "state"], name="leave_waiting"),
            models.Index(fields=["unit", "state"], name="leave_of_unit"),
            models.Index(fields=["engagement"], name="leave_of_engagement"),
        ]
        constraints = [
            within_territory("leave_request"),
            within_territory("leave_request_unit", "unit_id"),
            RowPolicy(name="leave_request_own", using=f"person_id = {PERSON}", command="SELECT"),
            ExclusionConstraint(
                name="leave_one_at_a_time",
                expressions=[(Same("person_id"), RangeOperators.OVERLAPS), ("span", RangeOperators.OVERLAPS)],
                condition=Q(state__in=LIVE),
                violation_error_message="与已申请或者已批准的请假时间重叠（第三十六条）。",
                violation_error_code="36",
            ),
            models.CheckConstraint(
                name="leave_has_days",
                condition=Q(days__gt=0, calendar_days__gte=F("days"))
                | (Q(state=S.RECALLED, days__gte=0, calendar_days__gte=F("days"))),
                violation_error_message="请假天数应大于零，不超过日历天数。",
                violation_error_code="36",
            ),
            models.CheckConstraint(
                name="leave_advised",
                condition=Q(state__in=[S.ASKED, S.CANCELLED]) | (Q(agreed__isnull=False) & ~Q(advised_by="")),
                violation_error_message="用人单位提出意见以后才能决定请假（第三十六条）。",
                violation_error_code="36",
            ),
            models.CheckConstraint(
                name="leave_advice_is_reasoned",
                condition=~Q(agreed=False) | Q(advice__regex=r"\S"),
                violation_error_message="单位不同意的，应写明理由。",
                violation_error_code="36",
            ),
            models.CheckConstraint(
                name="leave_decided_by_another",
                condition=~Q(state__in=[*GRANTED, S.REFUSED])
                | (
                    Q(decided_by_id__isnull=False, asked_by_id__isnull=False, advised_by_id__isnull=False)
                    & ~Q(decided_by_id=F("asked_by_id"))
                    & ~Q(decided_by_id=F("advised_by_id"))
                    & ~Q(advised_by_id=F("asked_by_id"))
                ),
                violation_error_message="申请、提意见和批准请假应由三个人办理（第三十六条）。",
                violation_error_code="36",
            ),
            models.CheckConstraint(
                name="leave_open_days_by_document",
                condition=~Q(state__in=GRANTED) | Q(is_open=False) | Q(basis__regex=r"\S"),
                violation_error_message="天数待核实的请假，批准时应写明所依据的文件（第三十六条）。",
                violation_error_code="36",
            ),
            models.CheckConstraint(
                name="leave_personal_paid_or_not",
                condition=~Q(state__in=GRANTED) | ~Q(kind="personal") | Q(paid__isnull=False),
                violation_error_message="批准事假应写明是否带薪（第三十六条）。",
                violation_error_code="36",
            ),
            models.CheckConstraint(
                name="leave_refused_for_a_reason",
                condition=~Q(state=S.REFUSED) | (~Q(ground="") & Q(answer__regex=r"\S")),
                violation_error_message="不批准应写明情形和理由（第三十六条）。",
                violation_error_code="36",
            ),
            models.CheckConstraint(
                name="leave_moved_to_another_time",
                condition=~Q(ground="dates")
                | Q(offered_from__isnull=False, offered_until__isnull=False, offered_until__gte=F("offered_from")),
                violation_error_message="时间另行安排的，应写明另行安排的时间（第三十六条）。",
                violation_error_code="36",
            ),
            models.CheckConstraint(
                name="leave_returned_for_a_reason",
                condition=~Q(state=S.RECALLED) | (Q(returned_why__regex=r"\S") & ~Q(returned_by="")),
                violation_error_message="召回或者提前返岗应写明理由。",
                violation_error_code="36",
            ),
        ]
        triggers = [
            tracked("leave_request"),
            signed(
                "leave_request",
                Mark("asked_by"),
                Mark("advised_by", f"{changes('state')} AND NEW.state = 'advised'"),
                Mark("decided_by", f"{changes('state')} AND NEW.state IN ('approved', 'refused')"),
                Mark("returned_by", f"{changes('state')} AND NEW.state = 'recalled'"),
            ),
            LEAVE.trigger(),
            pgtrigger.Trigger(
                name="leave_request_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=f"""
                IF TG_OP = 'DELETE' THEN
                    RAISE EXCEPTION '请假申请不得删除，可以取消。' USING ERRCODE = '{RAISED}', DETAIL = '36';
                ELSIF TG_OP = 'INSERT' THEN
                    NEW.asked_span := NEW.span;
                    RETURN NEW;
                ELSIF ({columns("NEW", SAID)}) IS DISTINCT FROM ({columns("OLD", SAID)}) THEN
                    RAISE EXCEPTION '申请的内容不得改动，可以取消后重新申请。' USING ERRCODE = '{RAISED}', DETAIL = '36';
                ELSIF (NEW.span, NEW.days, NEW.calendar_days, NEW.working_days) IS DISTINCT FROM
                    (OLD.span, OLD.days, OLD.calendar_days, OLD.working_days) AND NOT (
                    OLD.state = 'approved' AND NEW.state = 'recalled' AND NEW.span <@ OLD.span
                    AND lower(NEW.span) = lower(OLD.span) AND NEW.days <= OLD.days) THEN
                    RAISE EXCEPTION '请假的时间和天数只随召回或者提前返岗缩短。' USING ERRCODE = '{RAISED}', DETAIL = '36';
                ELSIF NEW.state = 'refused' AND ({NOT_ALLOWED.replace("kind", "NEW.kind").replace("ground", "NEW.ground")}) THEN
                    RAISE EXCEPTION '这种假期不能因这一情形不批准（第三十六条）。' USING ERRCODE = '{RAISED}', DETAIL = '36';
                ELSIF NEW.state = 'cancelled' AND OLD.state = 'approved' AND lower(NEW.span) <= now() THEN
                    RAISE EXCEPTION '请假已经开始，不能取消，可以办理提前返岗。' USING ERRCODE = '{RAISED}', DETAIL = '36';
                ELSIF NEW.state = 'ended' AND OLD.state = 'approved' AND upper(NEW.span) > now() THEN
                    RAISE EXCEPTION '请假还没有结束，不能销假；提前返岗的另行办理。' USING ERRCODE = '{RAISED}', DETAIL = '36';
                END IF;
                RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}的{self.get_kind_display()}"

    def clean(self) -> None:
        self.person_id, self.name = self.engagement.person_id, self.engagement.person.name
        self.asked_span = self.asked_span or self.span

    @property
    def begins(self) -> datetime:
        """The first moment, in China."""
        return self.span.lower.astimezone(ZONE)

    @property
    def ends(self) -> datetime:
        """The moment at which it is over, in China."""
        return self.span.upper.astimezone(ZONE)

    @property
    def first(self) -> date:
        """The first day that it touches."""
        return self.begins.date()


class LeaveEntry(Checked):
    """One line of the ledger, in days with their sign. A correction is a line of its own with its reason; days that go on to
    the next year are two lines, the second `against` the first."""

    organ_code = models.BigIntegerField("管理机关")
    account = models.ForeignKey(LeaveYear, models.PROTECT, related_name="entries", verbose_name="年度")
    person_id = models.BigIntegerField("人员", editable=False)
    kind = models.CharField("事项", max_length=12, choices=EntryKind)
    days = models.DecimalField("天数", max_digits=6, decimal_places=3)
    request = models.ForeignKey(
        LeaveRequest, models.PROTECT, null=True, blank=True, related_name="entries", verbose_name="请假"
    )
    against = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="follower", verbose_name="所依据的台账"
    )
    reason = models.CharField("事由", max_length=600)
    made_by = models.CharField("办理人", max_length=100)
    made_by_id = account_of("办理人")
    made_at = models.DateTimeField("办理时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "年休假台账"
        indexes = [models.Index(fields=["account", "id"], name="leave_entry_in_order")]
        constraints = [
            within_territory("leave_entry"),
            RowPolicy(name="leave_entry_own", using=f"person_id = {PERSON}", command="SELECT"),
            models.CheckConstraint(
                name="leave_entry_signed",
                condition=(Q(kind__in=LEAVES, days__lt=0) | Q(kind__in=COMES, days__gt=0))
                | (Q(kind__in=[E.GRANT, E.CORRECTION]) & ~Q(days=0)),
                violation_error_message="台账的天数不能为零：转入和退回是正数，请假、转出和未休是负数。",
                violation_error_code="36",
            ),
            models.CheckConstraint(
                name="leave_entry_of_its_matter",
                condition=(
                    Q(kind__in=[E.USE, E.BACK], request__isnull=False) | ~Q(kind__in=[E.USE, E.BACK]) & Q(request=None)
                )
                & (Q(kind=E.CARRIED_IN, against__isnull=False) | ~Q(kind=E.CARRIED_IN) & Q(against=None)),
                violation_error_message="请假和退回应注明哪一次请假，转入应注明转出的台账。",
                violation_error_code="36",
            ),
            models.CheckConstraint(
                name="leave_entry_is_reasoned",
                condition=Q(reason__regex=r"\S"),
                violation_error_message="台账应写明事由。",
                violation_error_code="36",
            ),
        ]
        triggers = [
            append_only("leave_entry"),
            signed("leave_entry", Mark("made_by")),
            pgtrigger.Trigger(
                name="leave_entry_counts",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                declare=[("of_year", "record"), ("other", "record")],
                func=f"""
                -- The update waits for whoever books on the same account, and the check looks at what both come to.
                UPDATE leave_leaveyear SET balance = balance + NEW.days
                    WHERE id = NEW.account_id RETURNING engagement_id, year INTO of_year;
                IF NOT FOUND THEN
                    RAISE EXCEPTION '台账应记入本机关的年度。' USING ERRCODE = '{RAISED}', DETAIL = '36';
                ELSIF NEW.against_id IS NOT NULL THEN
                    SELECT e.kind, e.days, y.engagement_id, y.year INTO other FROM leave_leaveentry e
                        JOIN leave_leaveyear y ON y.id = e.account_id WHERE e.id = NEW.against_id;
                    IF (other.kind, other.days, other.engagement_id, other.year) IS DISTINCT FROM
                        ('carried_out', -NEW.days, of_year.engagement_id, of_year.year - 1) THEN
                        RAISE EXCEPTION '转入的天数应与上一年度转出的相同。' USING ERRCODE = '{RAISED}', DETAIL = '36';
                    END IF;
                END IF;
                RETURN NEW;
                """,
            ),
        ]
