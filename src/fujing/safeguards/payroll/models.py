"""Schemes, facts, runs, slips and their lines (Article 33). Money is whole 分, months are their first day.

Whatever is said is added, never changed; a run reads what was said until its instant. Slips and lines are written once,
with their run, and judged together when it is submitted (docs/adr/0019-pay-runs.md).
"""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from fujing.general.budget.models import BudgetEntry
from fujing.kernel.checks import Checked
from fujing.kernel.clock import TODAY
from fujing.kernel.history import append_only, tracked
from fujing.kernel.models import StoredFile
from fujing.kernel.refusals import RAISED
from fujing.kernel.signatures import Mark, account_of, changes, signed
from fujing.kernel.territory import ACCOUNT, ORGAN, PERSON, RowPolicy, within_territory
from fujing.kernel.triggers import columns, listed
from fujing.law.pay.late import SUMS
from fujing.registry.models import Person
from fujing.safeguards.payroll.states import OPEN, READERS, RUN, SCHEME, Outcome, RunState, SchemeState

R, S = RunState, SchemeState
OWN_ORGAN = f"organ_code = (SELECT p.organ_code FROM registry_person p WHERE p.id = {PERSON})"
# Asked once a statement: it names nothing of the row.
PAYS = f"""organ_code = {ORGAN} AND EXISTS (SELECT 1 FROM registry_roleassignment r WHERE r.account_id = {ACCOUNT}
    AND r.organ_code = {ORGAN} AND r.role IN ({listed(READERS)}) AND r.span @> {TODAY})"""


def for_payroll(name: str) -> RowPolicy:
    """Amounts of people: for payroll and who approves, each of the bureau itself; no superior sees them."""
    return RowPolicy(name=f"{name}_payroll", using=PAYS)


def own(name: str, more: str = "") -> RowPolicy:
    """The person reads their own."""
    return RowPolicy(name=f"{name}_own", using=f"person_id = {PERSON}{more}", command="SELECT")


def month_field(label: str) -> models.DateField:
    """The first day of a month."""
    return models.DateField(label)


def cents(label: str) -> models.BigIntegerField:
    """An amount in 分."""
    return models.BigIntegerField(f"{label}（分）", default=0)


def sum_fields() -> dict[str, models.BigIntegerField]:
    labels = ("应发", "个人缴费", "单位缴费", "个人所得税", "追偿", "实发", "用人成本")
    return {name: cents(label) for name, label in zip(SUMS, labels, strict=True)}


ADD_UP = Q(net=F("gross") - F("contributions") - F("tax") - F("recovery"), cost=F("gross") + F("employer"))


def first_of_month(name: str, field: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"{name}_first_of_month",
        condition=Q(**{f"{field}__day": 1}),
        violation_error_message="月份应写作当月一日。",
        violation_error_code="33",
    )


def adds_up(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"{name}_adds_up",
        condition=ADD_UP,
        violation_error_message="实发应等于应发减去个人缴费、个人所得税和追偿，用人成本应等于应发加上单位缴费。",
        violation_error_code="33",
    )


class PayScheme(Checked):
    """The scheme of a bureau in the open format (formats/pay), frozen as it was handed in, with the paper it rests on."""

    organ_code = models.BigIntegerField("管理机关")
    version = models.PositiveIntegerField("第几版")
    state = models.CharField("状态", max_length=10, choices=SchemeState, default=S.ENTERED)
    text = models.TextField("方案（YAML）")
    effective = models.DateField("施行日期")
    document_number = models.CharField("文号", max_length=60)
    document_date = models.DateField("文件日期")
    scan = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="扫描件")
    reason = models.CharField("不予核准的理由", max_length=500, blank=True)
    made_by = models.CharField("录入人", max_length=100)
    made_by_id = account_of("录入人")
    decided_by = models.CharField("核准人", max_length=100, blank=True)
    decided_by_id = account_of("核准人")
    made_at = models.DateTimeField("录入时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "薪酬方案"
        constraints = [
            within_territory("pay_scheme"),
            RowPolicy(name="pay_scheme_own", using=f"state = 'approved' AND {OWN_ORGAN}", command="SELECT"),
            models.UniqueConstraint(
                fields=["organ_code", "version"],
                name="pay_scheme_version_once",
                violation_error_message="已有同一版的薪酬方案，请重新打开页面。",
            ),
            models.CheckConstraint(
                name="pay_scheme_by_document",
                condition=Q(document_number__regex=r"\S", text__regex=r"\S"),
                violation_error_message="薪酬方案应写明文号、文件日期，并附扫描件。",
                violation_error_code="33",
            ),
            models.CheckConstraint(
                name="pay_scheme_approved_by_another",
                condition=Q(state=S.ENTERED)
                | Q(decided_by_id__isnull=False, made_by_id__isnull=False) & ~Q(decided_by_id=F("made_by_id")),
                violation_error_message="录入人不能核准自己录入的薪酬方案，应由另一人核准。",
                violation_error_code="33",
            ),
        ]
        triggers = [
            tracked("pay_scheme"),
            signed("pay_scheme", Mark("made_by"), Mark("decided_by", f"{changes('state')}")),
            SCHEME.trigger(),
            pgtrigger.Trigger(
                name="pay_scheme_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=f"""
                IF TG_OP = 'DELETE' OR
                    {changes("organ_code", "version", "text", "effective", "document_number", "document_date", "scan_id")}
                THEN
                    RAISE EXCEPTION '录入的薪酬方案不得改动或者删除，修改应录入新的方案。'
                        USING ERRCODE = '{RAISED}', DETAIL = '33';
                END IF;
                RETURN NEW;
                """,
            ),
        ]


class FactSheet(models.Model):
    """What was said at one time of people and months, and by whom; `source` is where it comes from."""

    organ_code = models.BigIntegerField("管理机关")
    source = models.CharField("来源", max_length=200)
    said_by = models.CharField("填报人", max_length=100)
    said_by_id = account_of("填报人")
    known_at = models.DateTimeField("填报时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "薪酬事实填报"
        indexes = [models.Index(fields=["organ_code", "id"], name="pay_sheet_organ")]
        constraints = [for_payroll("pay_sheet")]
        triggers = [append_only("pay_sheet"), signed("pay_sheet", Mark("said_by"))]


class StandingFacts(models.Model):
    """What somebody is paid by from a month on, until the next that is said; empty is not known."""

    organ_code = models.BigIntegerField("管理机关")
    sheet = models.ForeignKey(FactSheet, models.PROTECT, related_name="standing", verbose_name="填报")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="人员")
    since = month_field("自月份")
    category = models.CharField("类别", max_length=10, blank=True)
    tier = models.CharField("层级", max_length=40, blank=True)
    post_grade = models.CharField("岗位等级", max_length=40, blank=True)
    hired_on = models.DateField("入职日期", null=True)
    left_on = models.DateField("离职日期", null=True)
    appraisal = models.CharField("上年度考核", max_length=40, blank=True)
    social_base = models.BigIntegerField("社保基数（分）", null=True)
    housing_base = models.BigIntegerField("公积金基数（分）", null=True)
    special_deductions = models.BigIntegerField("专项附加扣除（分）", null=True)
    first_job = models.BooleanField("首次就业", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "薪酬人员事实"
        indexes = [models.Index(fields=["organ_code", "person", "since"], name="pay_standing_person")]
        constraints = [
            for_payroll("pay_standing"),
            own("pay_standing"),
            first_of_month("pay_standing", "since"),
            models.CheckConstraint(
                name="pay_standing_not_negative",
                condition=(Q(social_base__isnull=True) | Q(social_base__gte=0))
                & (Q(housing_base__isnull=True) | Q(housing_base__gte=0))
                & (Q(special_deductions__isnull=True) | Q(special_deductions__gte=0)),
                violation_error_message="缴费基数和专项附加扣除不能小于零。",
                violation_error_code="34",
            ),
        ]
        triggers = [append_only("pay_standing")]


class MonthFacts(models.Model):
    """What one month brought somebody; what isn't said is none. Days and hours may be halves."""

    organ_code = models.BigIntegerField("管理机关")
    sheet = models.ForeignKey(FactSheet, models.PROTECT, related_name="months", verbose_name="填报")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="人员")
    month = month_field("月份")
    night_shifts = models.DecimalField("夜班", max_digits=9, decimal_places=6, default=0)
    duty_days = models.DecimalField("值班", max_digits=9, decimal_places=6, default=0)
    overtime_weekday = models.DecimalField("平日加班小时", max_digits=9, decimal_places=6, default=0)
    overtime_restday = models.DecimalField("休息日加班小时", max_digits=9, decimal_places=6, default=0)
    overtime_holiday = models.DecimalField("节假日加班小时", max_digits=9, decimal_places=6, default=0)
    personal_leave_days = models.DecimalField("事假天数", max_digits=9, decimal_places=6, default=0)
    sick_leave_days = models.DecimalField("病假天数", max_digits=9, decimal_places=6, default=0)
    back_pay = cents("补发")
    recovery_due = cents("追偿")

    class Meta:
        verbose_name = verbose_name_plural = "薪酬月份事实"
        indexes = [models.Index(fields=["organ_code", "month", "person"], name="pay_month_person")]
        constraints = [for_payroll("pay_month"), own("pay_month"), first_of_month("pay_month", "month")]
        triggers = [append_only("pay_month")]


KEPT = (
    *("organ_code", "month", "pays_since", "scheme_id", "schemes", "facts_until", "previous_id", "codes", "people"),
    *("undetermined", "paid", "owed", "basis", "digest", "made_by", "made_by_id", "made_at", *SUMS),
)
RUN_STAYS = pgtrigger.Trigger(
    name="pay_run_stays",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func=f"""
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION '薪酬核算不得删除，可以作废。' USING ERRCODE = '{RAISED}', DETAIL = '33';
    ELSIF TG_OP = 'UPDATE' AND OLD.state = 'locked' THEN
        RAISE EXCEPTION '已发放的薪酬不得改动，差额在下一个月补发或者扣回。' USING ERRCODE = '{RAISED}', DETAIL = '33';
    ELSIF TG_OP = 'UPDATE' AND ({columns("NEW", KEPT)}) IS DISTINCT FROM ({columns("OLD", KEPT)}) THEN
        RAISE EXCEPTION '核算结果不得改动，可以作废后重新核算。' USING ERRCODE = '{RAISED}', DETAIL = '33';
    ELSIF TG_OP = 'INSERT' AND NEW.month > {TODAY} THEN
        RAISE EXCEPTION '不能核算以后的月份。' USING ERRCODE = '{RAISED}', DETAIL = '33';
    ELSIF TG_OP = 'INSERT' AND EXISTS (SELECT FROM payroll_payrun r
        WHERE r.organ_code = NEW.organ_code AND r.state = 'locked' AND r.month >= NEW.month) THEN
        RAISE EXCEPTION '这个月或者以后的月份已经发放，差额在下一个月补发或者扣回。'
            USING ERRCODE = '{RAISED}', DETAIL = '33';
    END IF;
    RETURN NEW;
    """,
)
"""A run is made once and never changed; months go forward only."""


def _parts(begins: str) -> str:
    return f"coalesce(sum(a.cents) FILTER (WHERE a.code LIKE '{begins}%'), 0)"


RUN_ADDS_UP = pgtrigger.Trigger(
    name="pay_run_adds_up",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func=f"""
    IF OLD.state <> 'draft' OR NEW.state <> 'submitted' THEN
        RETURN NEW;
    ELSIF EXISTS (SELECT FROM payroll_payline l CROSS JOIN LATERAL (
            SELECT {_parts("item.")} AS gross, {_parts("person.")} AS contributions, {_parts("employer.")} AS employer,
                {_parts("tax")} AS tax, {_parts("recovery")} AS recovery
            FROM unnest(NEW.codes, l.amounts) AS a (code, cents)) s
        WHERE l.run_id = NEW.id AND (cardinality(l.amounts) <> cardinality(NEW.codes)
            OR (l.gross, l.contributions, l.employer, l.tax, l.recovery)
                IS DISTINCT FROM (s.gross, s.contributions, s.employer, s.tax, s.recovery))) THEN
        RAISE EXCEPTION '有明细的各项之和与合计不一致，不能报审。' USING ERRCODE = '{RAISED}', DETAIL = '33';
    ELSIF EXISTS (SELECT FROM (SELECT * FROM payroll_payslip WHERE run_id = NEW.id) s FULL JOIN (
            SELECT slip_id, sum(gross) AS gross, sum(contributions) AS contributions, sum(employer) AS employer,
                sum(tax) AS tax, sum(recovery) AS recovery FROM payroll_payline WHERE run_id = NEW.id GROUP BY slip_id) l
            ON l.slip_id = s.id
        WHERE (s.gross, s.contributions, s.employer, s.tax, s.recovery) IS DISTINCT FROM
                (coalesce(l.gross, 0), coalesce(l.contributions, 0), coalesce(l.employer, 0), coalesce(l.tax, 0),
                coalesce(l.recovery, 0))) THEN
        RAISE EXCEPTION '有工资单与它的明细之和不一致，不能报审。' USING ERRCODE = '{RAISED}', DETAIL = '33';
    ELSIF (SELECT (count(*), coalesce(sum(gross), 0), coalesce(sum(net), 0), coalesce(sum(cost), 0), coalesce(sum(paid), 0),
            coalesce(sum(owes), 0)) IS DISTINCT FROM
            (NEW.people::bigint, NEW.gross::numeric, NEW.net::numeric, NEW.cost::numeric, NEW.paid::numeric,
            NEW.owed::numeric)
        FROM payroll_payslip WHERE run_id = NEW.id) THEN
        RAISE EXCEPTION '合计与各张工资单之和不一致，不能报审。' USING ERRCODE = '{RAISED}', DETAIL = '33';
    END IF;
    RETURN NEW;
    """,
)
"""What is approved is what the lines say: items make lines, lines make slips, slips make the run."""


class PayRun(Checked):
    """One reckoning of a bureau's month by what was known then. `schemes`: scheme by the month it holds from;
    `codes`: what each line's amounts are of; `pays_since`: the first month that the system pays; `basis`: what besides
    facts it was reckoned by; `digest`: of every slip and line."""

    organ_code = models.BigIntegerField("管理机关")
    month = month_field("月份")
    state = models.CharField("状态", max_length=10, choices=RunState, default=R.DRAFT)
    pays_since = month_field("本系统发放自")
    scheme = models.ForeignKey(PayScheme, models.PROTECT, related_name="runs", verbose_name="薪酬方案")
    schemes = models.JSONField("各月的方案", default=dict)
    facts_until = models.BigIntegerField("事实截至")
    previous = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", verbose_name="上次发放")
    codes = ArrayField(models.CharField(max_length=60), verbose_name="项目", default=list)
    people = models.PositiveIntegerField("人数", default=0)
    undetermined = models.PositiveIntegerField("待核实人数", default=0)
    gross, contributions, employer, tax, recovery, net, cost = sum_fields().values()
    paid = cents("发放")
    owed = cents("结转待扣")
    basis = models.CharField("核算依据摘要", max_length=64)
    digest = models.CharField("工资单摘要", max_length=64)
    reason = models.CharField("退回或者作废的理由", max_length=500, blank=True)
    pay_entry = models.OneToOneField(
        BudgetEntry, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="薪酬支出"
    )
    insurance_entry = models.OneToOneField(
        BudgetEntry, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="社保支出"
    )
    made_by = models.CharField("核算人", max_length=100)
    made_by_id = account_of("核算人")
    decided_by = models.CharField("审批人", max_length=100, blank=True)
    decided_by_id = account_of("审批人")
    locked_by = models.CharField("发放人", max_length=100, blank=True)
    locked_by_id = account_of("发放人")
    made_at = models.DateTimeField("核算时间", auto_now_add=True)
    locked_on = models.DateField("发放日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "月度薪酬"
        constraints = [
            within_territory("pay_run"),
            RowPolicy(name="pay_run_own", using=f"state = 'locked' AND {OWN_ORGAN}", command="SELECT"),
            models.UniqueConstraint(
                fields=["organ_code"],
                condition=Q(state__in=OPEN),
                name="pay_run_one_open",
                violation_error_message="本机关还有一次核算没有办结，办结或者作废后才能再核算。",
                violation_error_code="33",
            ),
            models.UniqueConstraint(
                fields=["organ_code", "month"],
                condition=Q(state=R.LOCKED),
                name="pay_run_locked_once",
                violation_error_message="这个月已经发放，差额在下一个月补发或者扣回。",
                violation_error_code="33",
            ),
            first_of_month("pay_run", "month"),
            adds_up("pay_run"),
            models.CheckConstraint(
                name="pay_run_approved_by_another",
                condition=~Q(state__in=[R.APPROVED, R.LOCKED])
                | Q(decided_by_id__isnull=False, made_by_id__isnull=False) & ~Q(decided_by_id=F("made_by_id")),
                violation_error_message="核算人不能审批自己的核算，应由另一人审批。",
                violation_error_code="33",
            ),
            models.CheckConstraint(
                name="pay_run_locked_by_somebody",
                condition=~Q(state=R.LOCKED) | Q(locked_by_id__isnull=False, locked_on__isnull=False),
                violation_error_message="确认发放应写明发放人和日期。",
                violation_error_code="33",
            ),
        ]
        triggers = [
            tracked("pay_run"),
            signed(
                "pay_run",
                Mark("made_by"),
                Mark("decided_by", f"{changes('state')} AND NEW.state IN ('approved', 'returned')"),
                Mark("locked_by", f"{changes('state')} AND NEW.state = 'locked'"),
            ),
            RUN.trigger(),
            RUN_STAYS,
            RUN_ADDS_UP,
        ]


def _of_draft(name: str, joined: str) -> pgtrigger.Trigger:
    """Rows are added to a run that is still a draft of the same bureau, all at once."""
    return pgtrigger.Trigger(
        name=f"{name}_of_draft",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        referencing=pgtrigger.Referencing(new="added"),
        func=f"""
        PERFORM 1 FROM payroll_payrun WHERE id IN (SELECT run_id FROM added) FOR SHARE;
        IF EXISTS (SELECT FROM added a LEFT JOIN payroll_payrun r ON r.id = a.run_id AND r.organ_code = a.organ_code
            AND r.state = 'draft' {joined} WHERE r.id IS NULL OR other.id IS NULL) THEN
            RAISE EXCEPTION '工资单和明细只随本机关的核算写入，报审后不得增加。' USING ERRCODE = '{RAISED}', DETAIL = '33';
        END IF;
        RETURN NULL;
        """,
    )


class PaySlip(models.Model):
    """What a run pays somebody: the sums of its lines, less what was still owed from earlier slips.

    `paid` goes to the bank; what would be below zero is owed and brought into the next slip. `missing`: why the month is
    undetermined.
    """

    organ_code = models.BigIntegerField("管理机关")
    run = models.ForeignKey(
        PayRun, models.PROTECT, db_constraint=False, db_index=False, related_name="slips", verbose_name="月度薪酬"
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="人员")
    name = models.CharField("姓名", max_length=60)
    outcome = models.CharField("结论", max_length=12, choices=Outcome)
    missing = ArrayField(models.CharField(max_length=60), verbose_name="缺少", default=list)
    gross, contributions, employer, tax, recovery, net, cost = sum_fields().values()
    brought = cents("上次结转待扣")
    paid = cents("发放")
    owes = cents("结转下次待扣")

    class Meta:
        verbose_name = verbose_name_plural = "工资单"
        constraints = [
            for_payroll("pay_slip"),
            own("pay_slip", " AND EXISTS (SELECT 1 FROM payroll_payrun r WHERE r.id = run_id AND r.state = 'locked')"),
            models.UniqueConstraint(
                fields=["run", "person"], name="pay_slip_once", violation_error_message="一人一次只有一张工资单。"
            ),
            adds_up("pay_slip"),
            models.CheckConstraint(
                name="pay_slip_never_below_zero",
                condition=Q(paid__gte=0, owes__gte=0, brought__gte=0, paid=F("owes") + F("net") - F("brought"))
                & (Q(paid=0) | Q(owes=0)),
                violation_error_message="发放不能小于零，不足扣回的结转下次。",
                violation_error_code="33",
            ),
            models.CheckConstraint(
                name="pay_slip_says_what_is_missing",
                condition=Q(outcome=Outcome.COMPUTED, missing__len=0)
                | Q(outcome=Outcome.UNDETERMINED, missing__len__gt=0),
                violation_error_message="待核实的工资单应写明缺少什么。",
                violation_error_code="33",
            ),
        ]
        triggers = [
            append_only("pay_slip"),
            _of_draft(
                "pay_slip",
                "LEFT JOIN registry_person other ON other.id = a.person_id AND other.organ_code = a.organ_code",
            ),
        ]


class PayLine(models.Model):
    """What a slip pays of one month: the open one, or the difference of an earlier one. `amounts` as the run's codes."""

    organ_code = models.BigIntegerField("管理机关")
    run = models.ForeignKey(
        PayRun, models.PROTECT, db_constraint=False, db_index=False, related_name="lines", verbose_name="月度薪酬"
    )
    slip = models.ForeignKey(
        PaySlip, models.PROTECT, db_constraint=False, db_index=False, related_name="lines", verbose_name="工资单"
    )
    person_id = models.BigIntegerField("人员")
    month = month_field("所属月份")
    amounts = ArrayField(models.BigIntegerField(), verbose_name="各项（分）")
    gross, contributions, employer, tax, recovery, net, cost = sum_fields().values()

    class Meta:
        verbose_name = verbose_name_plural = "工资单明细"
        constraints = [
            for_payroll("pay_line"),
            own("pay_line", " AND EXISTS (SELECT 1 FROM payroll_payrun r WHERE r.id = run_id AND r.state = 'locked')"),
            models.UniqueConstraint(
                fields=["run", "person_id", "month"],
                name="pay_line_once",
                violation_error_message="一张工资单每个所属月份只有一行明细。",
            ),
            first_of_month("pay_line", "month"),
            adds_up("pay_line"),
        ]
        triggers = [
            append_only("pay_line"),
            _of_draft(
                "pay_line",
                "LEFT JOIN payroll_payslip other ON (other.id, other.run_id, other.person_id) ="
                " (a.slip_id, a.run_id, a.person_id)",
            ),
        ]
