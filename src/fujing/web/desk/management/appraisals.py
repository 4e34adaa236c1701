"""考核: the rounds of a bureau, the scheme of one, and a round with everybody in it."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.counts import counted_by
from fujing.kernel.numbers import bare
from fujing.kernel.transitions import Transition
from fujing.law.appraisal.scheme import BASES, HEADINGS, Grade, Scheme, usual
from fujing.law.parameters import Parameters
from fujing.management.appraisal.models import Round
from fujing.management.appraisal.papers import publicity_paper
from fujing.management.appraisal.policies import can_open_rounds, can_run_round
from fujing.management.appraisal.queries import (
    asked_of,
    proposals,
    results_of,
    round_for,
    rounds_for,
    sheets_for,
    sheets_in,
    sheets_waiting,
)
from fujing.management.appraisal.services import (
    MONTHS,
    places_refresh,
    round_cancel,
    round_close,
    round_decide,
    round_draft,
    round_open,
    round_propose,
    round_publicise,
    round_return,
)
from fujing.management.appraisal.states import BEING_SCORED, LASTING, ROUND, Period, RoundState, SheetState
from fujing.registry.models import Person
from fujing.web import values
from fujing.web.acts import Deed, Deeds, Touched, act_context, perform, take
from fujing.web.audience import APPRAISING, HR, PERSONNEL, sees
from fujing.web.columns import Column, table_of, unlinked
from fujing.web.desk.common import FIRST_YEAR, LAST_YEAR, of_own_bureau, state_column, timeline_of
from fujing.web.desk.wings import Tab
from fujing.web.doors import door
from fujing.web.form_pages import form_page
from fujing.web.lists import filter_links, list_of, list_response, narrowed
from fujing.web.requests import Request
from fujing.web.sheets import paper_kind, printed

WHEN = {
    "year-1": (Period.YEAR, 1, "年度"),
    "half-1": (Period.HALF, 1, "上半年"),
    "half-2": (Period.HALF, 2, "下半年"),
    **{f"quarter-{part}": (Period.QUARTER, part, f"第{part}季度") for part in range(1, 5)},
}
YES_NO = [("", "没有规定"), ("yes", "确定等次"), ("no", "不确定等次")]
ROUNDS = (
    Column("title", "考核批次", link=lambda row: reverse("desk:appraisal", args=[row.pk])),
    state_column(),
    Column("first", "考核期起", kind="date", sort="first"),
    Column("last", "考核期止", kind="date", sort="last"),
    Column("people", "人数", kind="integer"),
    Column("unfinished", "没有评完", kind="integer"),
    Column("made_by", "经办人", phone="folded"),
)


def points(value: Decimal | None) -> str:
    """Points as they are read: no zeros behind, nothing rounded."""
    return "" if value is None else bare(value)


SHEETS = (
    Column("name", "姓名", link=lambda row: reverse("desk:appraisal_sheet", args=[row.pk])),
    Column("unit", "用人单位", lambda row: row.unit.short_name if row.unit else None, sort="unit", empty="未安排"),
    state_column("办到哪一步"),
    Column("officer", "责任民警", lambda row: row.officer.name if row.officer else None, empty="未指定"),
    Column("due", "参加", lambda row: {True: "参加", False: "不参加", None: "待核实"}[row.due]),
    Column("total", "总分", lambda row: points(row.total), sort="-total"),
    Column("standing", "等次", empty="还没有"),
    Column("because", "理由", lambda row: row.grade_because or row.due_because, wrap=True, phone="folded"),
)


class SchemeForm(forms.Form):
    """A round's period and scheme. What isn't filled in stays undetermined: nothing is taken for granted."""

    year = forms.IntegerField(label="年度", min_value=FIRST_YEAR, max_value=LAST_YEAR)
    when = forms.ChoiceField(label="考核期", choices=[(key, label) for key, (_, _, label) in WHEN.items()])
    duty, performance, conduct, education = (
        forms.IntegerField(label=label, min_value=1, max_value=97) for label in HEADINGS.values()
    )
    officer_share = forms.IntegerField(
        label="责任民警评分所占比重", min_value=0, max_value=100, help_text="其余为用人单位评分所占的比重"
    )
    grades = forms.CharField(
        label="等次和分数线",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="从高到低，每行一个：名称、分数线，如 优秀 90；最低的等次从 0 分起",
    )
    limited = forms.IntegerField(
        label="限制比例的等次", min_value=1, max_value=3, help_text="从最高的等次起，有几个等次合计不超过下面的比例"
    )
    share = forms.IntegerField(
        label="比例", min_value=0, max_value=100, required=False, help_text="没有规定的不填，不填不能评定这些等次"
    )
    base = forms.ChoiceField(label="比例的基数", choices=[("", "没有规定"), *BASES.items()], required=False)
    months = forms.IntegerField(
        label="考核期内工作满几个月的确定等次", min_value=0, max_value=12, required=False, help_text="没有规定的不填"
    )
    absent_days = forms.IntegerField(
        label="缺勤超过多少日的不确定等次", min_value=0, max_value=366, required=False, help_text="没有规定的不填"
    )
    probation = forms.ChoiceField(label="考核期末在试用期的", choices=YES_NO, required=False)
    publicity_days = forms.IntegerField(label="公示", min_value=1, max_value=60, required=False)
    reconsider_days = forms.IntegerField(label="公示结束后申请复核的期限", min_value=1, max_value=60, required=False)
    document = forms.CharField(label="依据的文件和文号", max_length=200, required=False)
    groups = (
        ("考核期", ("year", "when")),
        ("四项内容的权重，合计 100", ("duty", "performance", "conduct", "education", "officer_share")),
        ("等次", ("grades", "limited", "share", "base")),
        ("谁确定等次", ("months", "absent_days", "probation")),
        ("公示和复核", ("publicity_days", "reconsider_days", "document")),
    )
    units = {
        **dict.fromkeys((*HEADINGS, "officer_share", "share"), "%"),
        "months": "个月",
        "absent_days": "日",
        **dict.fromkeys(("publicity_days", "reconsider_days"), "个工作日"),
        "limited": "个",
    }
    provisions = {"duty": ("25",)}

    def clean_grades(self) -> list[tuple[str, Decimal]]:
        """Names and bounds, line by line."""
        found = []
        for line in self.cleaned_data["grades"].splitlines():
            words = line.replace("，", " ").replace("：", " ").split()
            if not words:
                continue
            try:
                name, at_least = words
                bound = Decimal(at_least)
            except (ValueError, InvalidOperation):
                raise forms.ValidationError(f"“{line.strip()}”应写成名称和分数线，如 优秀 90。") from None
            if not bound.is_finite() or bound != round(bound, 2):
                raise forms.ValidationError(f"“{line.strip()}”的分数线应为数字，最多两位小数。")
            found.append((name, bound))
        return found

    def scheme(self) -> Scheme:
        """The scheme as the law reads it."""
        data = self.cleaned_data
        return Scheme(
            weights={key: data[key] for key in HEADINGS},
            grades=tuple(
                Grade(name=name, at_least=bound, limited=place < data["limited"])
                for place, (name, bound) in enumerate(data["grades"])
            ),
            base=data["base"] or None,
            probation={"yes": True, "no": False}.get(data["probation"]),
            **{
                key: data[key]
                for key in (
                    *("officer_share", "share", "months", "absent_days"),
                    *("publicity_days", "reconsider_days", "document"),
                )
            },
        )


def said_in(scheme: Scheme) -> dict[str, Any]:
    """A scheme as the form shows it."""
    return {
        **scheme.model_dump(exclude={"weights", "grades", "probation"}),
        **scheme.weights,
        "grades": "\n".join(f"{grade.name} {bare(grade.at_least)}" for grade in scheme.grades),
        "limited": sum(grade.limited for grade in scheme.grades),
        "probation": {True: "yes", False: "no", None: ""}[scheme.probation],
    }


@door(*APPRAISING)
def appraisals(request: Request) -> HttpResponse:
    """The rounds that the actor sees."""
    actor = request.actor
    rows, steps = narrowed(request, rounds_for(actor), "state", RoundState.choices)
    unfinished = Count("sheets", filter=Q(sheets__state__in=BEING_SCORED))
    found = rows.annotate(people=Count("sheets"), unfinished=unfinished)
    context = list_of(request, ROUNDS, found, "考核", filters=[("步骤", steps)], empty="还没有考核批次。")
    context["summary"] = "本人自评、责任民警和用人单位评分、机关决定、公示和复核以后，等次作为层级、薪酬和合同的依据。"
    context["may_draft"] = can_open_rounds(actor)
    return list_response(request, context, "management/appraisals.html")


@door(*PERSONNEL)
def appraisal_draft(request: Request) -> HttpResponse:
    """Draw up a round; what it begins with are the parameters of today, and empty where there is none."""
    start = {"year": today().year - 1, "when": "year-1", **said_in(_last_scheme(request.actor))}
    return _drafted(request, None, start, back=reverse("desk:appraisals"))


def _last_scheme(actor: Actor) -> Scheme:
    """The bureau's last scheme, to go on with; else the usual one."""
    last = rounds_for(actor).filter(organ_code=actor.organ_code or 0).first()
    return last.rules if last else usual(Parameters(today()))


@door(*PERSONNEL)
def appraisal_edit(request: Request, pk: int) -> HttpResponse:
    """Change a scheme before its round is opened."""
    row = round_for(request.actor, pk)
    part = (row.first.month - 1) // MONTHS[Period(row.period)] + 1
    start = {"year": row.first.year, "when": f"{row.period}-{part}", **said_in(row.rules)}
    return _drafted(request, row, start, back=reverse("desk:appraisal", args=[pk]))


def _drafted(request: Request, row: Round | None, start: dict[str, Any], back: str) -> HttpResponse:
    actor = request.actor
    form = SchemeForm(values.sent(request), initial=start)
    if request.method == "POST" and form.is_valid():
        period, part, _ = WHEN[form.cleaned_data["when"]]
        done = perform(
            request,
            lambda: round_draft(
                actor=actor, period=period, year=form.cleaned_data["year"], part=part, scheme=form.scheme(), round_=row
            ),
            form,
        )
        if done:
            messages.success(request, "方案已保存，开始考核以前可以修改。")
            return redirect("desk:appraisal", done.pk)
    return form_page(
        request,
        form,
        title="修改考核方案" if row else "新建考核批次",
        intro="没有规定的不填：系统不替机关规定，依赖它的结论为待核实。开始考核以后方案不得改动",
        back=back,
    )


def _touched(row: Round) -> Touched:
    counted = counted_by(sheets_in(row))
    said = "、".join(f"{label} {counted[key]} 人" for key, label in SheetState.choices if counted.get(key))
    return Touched(f"{row.title}：{said or '为每名在职人员建立考核表'}。")


def _why_not(actor: Actor, row: Round, move: Transition) -> str:
    if move.verb == "decide" and row.proposed_by_id == actor.account_id:
        return "拟定等次的人不能决定自己的拟定，由另一名负责人决定。"
    if move.verb == "open" and row.last > today():
        return f"考核期到{row.last}，期满以后开始。"
    if move.verb == "close" and row.reconsider_until is not None and today() <= row.reconsider_until:
        return f"公示和申请复核的期限到{row.reconsider_until}届满。"
    return ""


DEEDS = Deeds(
    ROUND,
    {
        "open": Deed(lambda actor, row, data: round_open(actor=actor, round_=row), None, _touched),
        "propose": Deed(lambda actor, row, data: round_propose(actor=actor, round_=row)),
        "decide": Deed(lambda actor, row, data: round_decide(actor=actor, round_=row), None, _touched),
        "return": Deed(lambda actor, row, data: round_return(actor=actor, round_=row, **data), None, _touched),
        "publicise": Deed(lambda actor, row, data: round_publicise(actor=actor, round_=row), None, _touched),
        "close": Deed(lambda actor, row, data: round_close(actor=actor, round_=row), None, _touched),
        "cancel": Deed(lambda actor, row, data: round_cancel(actor=actor, round_=row, **data), None, _touched),
    },
    whose=of_own_bureau,
    why_not=_why_not,
)
ASKED = (
    Column("name", "姓名", "sheet.name", link=lambda row: reverse("desk:appraisal_asked", args=[row.pk])),
    Column("kind", "类别", "get_kind_display"),
    state_column(),
    Column("asked_on", "提出日期", kind="date"),
    Column("answered_by", "答复人"),
)


@door(*APPRAISING)
def appraisal(request: Request, pk: int) -> HttpResponse:
    """One round: its scheme, who waits at whom, everybody's points and grades, and what may be done."""
    actor = request.actor
    row = round_for(actor, pk)
    if values.words(request.POST, "act") == "refresh":
        changed = perform(request, lambda: places_refresh(actor=actor, round_=row))
        if changed is not None:
            messages.success(request, f"已按现在的岗位安排更新 {changed} 人的单位和责任民警。")
        return redirect("desk:appraisal", pk)
    if "verb" in request.POST:
        return take(request, actor, row, DEEDS, back=reverse("desk:appraisal", args=[pk]), subject=row.title)
    rows = sheets_for(actor, row)
    found, steps = narrowed(request, rows, "state", SheetState.choices)
    grades = [(grade.name, grade.name) for grade in row.rules.grades]
    grade = values.choice(request.GET, "grade", dict(grades), "")
    found = found.filter(Q(standing=grade)) if grade else found
    links = [("步骤", steps)]
    if row.state in (RoundState.PROPOSED, *LASTING):
        counted = {name: number for name, number in counted_by(rows, "standing").items() if name}
        links.append(("等次", filter_links(request, "grade", grades, counted)))
    context = list_of(request, SHEETS, found, row.title, filters=links, empty="开始考核时，为每名在职人员建立考核表。")
    runs = can_run_round(actor, row)
    questioned = asked_of(sheets_in(row)) if row.state in LASTING else []
    context |= {
        "row": row,
        "said": _said(row),
        "best": _best(row, rows) if row.state == RoundState.PROPOSED else "",
        "asked": table_of(ASKED if sees(actor, HR) else unlinked(ASKED), questioned, "复核和异议")
        if questioned
        else None,
        "may_edit": runs and row.state == RoundState.DRAFTED,
        "may_refresh": runs and row.state == RoundState.OPENED,
        "may_score": row.state == RoundState.OPENED,
        "may_print": row.state in (RoundState.PUBLICISED, RoundState.CLOSED) and runs,
        "may_export": row.state == RoundState.CLOSED and row.period == Period.YEAR and runs,
        "timeline": timeline_of([row]),
        **act_context(actor, row, DEEDS),
    }
    return list_response(
        request, context, "management/appraisal.html", name=f"{row.title}结果", signers=("经办", "负责人")
    )


def _best(row: Round, rows: Any) -> str:
    """How many of the best may be given, how many are, and why."""
    sheets = list(rows)
    limited = {grade.name for grade in row.rules.grades if grade.limited}
    given = sum(each.grade in limited for each in sheets)
    _, found = proposals(row, [each for each in sheets if each.state in (SheetState.SCORED, SheetState.UNGRADED)])
    return f"现拟 {given} 人。{found.because}"


def _said(row: Round) -> list[tuple[str, str]]:
    """The scheme in words; what isn't said is said to be missing."""
    scheme = row.rules
    weights = "、".join(f"{label} {scheme.weights[key]}%" for key, label in HEADINGS.items())
    grades = "、".join(f"{grade.name} {bare(grade.at_least)} 分起" for grade in scheme.grades)
    limited = "、".join(grade.name for grade in scheme.grades if grade.limited)
    return [
        ("考核期", f"{row.first}至{row.last}"),
        ("权重", f"{weights}；责任民警占 {scheme.officer_share}%，用人单位占 {100 - scheme.officer_share}%"),
        ("等次", grades),
        (f"{limited}的名额", f"不超过{BASES[scheme.base]}的 {scheme.share}%" if scheme.base else "没有规定，不能评定"),
        ("工作月数", "没有规定" if scheme.months is None else f"满 {scheme.months} 个月的确定等次"),
        ("缺勤", "没有规定" if scheme.absent_days is None else f"超过 {scheme.absent_days} 日的不确定等次"),
        ("试用期", {True: "确定等次", False: "不确定等次", None: "没有规定"}[scheme.probation]),
        ("公示", _public(row)),
        ("依据", scheme.document or "没有登记"),
        ("经办、拟定、决定", "、".join(filter(None, (row.made_by, row.proposed_by, row.decided_by)))),
        *([("退回或者取消", row.why)] if row.why else []),
    ]


def _public(row: Round) -> str:
    if row.publicity_from:
        return f"{row.publicity_from}至{row.publicity_to}，本人申请复核到{row.reconsider_until}（含当日）"
    days, further = row.rules.publicity_days, row.rules.reconsider_days
    if not days or not further:
        return "没有规定期限，不能公示"
    return f"{days} 个工作日，结束后 {further} 个工作日内可以申请复核"


WAITING = (
    *SHEETS[:2],
    Column(
        "round", "考核批次", "round.title", link=lambda row: reverse("desk:appraisal", args=[row.round_id]), act=True
    ),
    *SHEETS[2:4],
)


@door(*APPRAISING)
def appraisal_waiting(request: Request) -> HttpResponse:
    """The sheets of all open rounds that wait for the actor."""
    rows = sheets_waiting(request.actor)
    context = list_of(request, WAITING, rows, "等我办理的考核表", empty="没有等您办理的考核表。")
    context["summary"] = "打开一份考核表，登记自评，或者对照本期记载逐项评分；评分也可以在考核批次里用表格一次办完。"
    return list_response(request, context)


@door(*PERSONNEL)
def appraisal_notice(request: Request, pk: int) -> HttpResponse:
    """The grades as they are made public, as a paper."""
    actor = request.actor
    row = round_for(actor, pk)
    return printed(publicity_paper(row, list(sheets_for(actor, row))), paper_kind(request))


OWN = (
    Column("round", "考核", "round.title", link=lambda row: reverse("desk:appraisal_sheet", args=[row.pk])),
    Column("total", "总分", lambda row: points(row.total)),
    Column(
        "grade", "等次", lambda row: row.result or (f"{row.grade}（还没有办结）" if row.grade else None), empty="没有"
    ),
    state_column("办到哪一步"),
    Column("because", "理由", lambda row: row.grade_because or row.due_because, wrap=True),
)


def _tab(actor: Actor, person: Person) -> dict[str, Any]:
    return {"table": table_of(OWN, results_of(person), "考核", empty="还没有考核。")}


APPRAISAL_TAB = Tab("appraisals", "考核", HR, "management/appraisal_tab.html", _tab)
