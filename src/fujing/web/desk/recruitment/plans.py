"""用人计划: list, form, dossier with route and decision."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fujing.general.quota.queries import quota_of
from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.locks import relocked
from fujing.recruitment.plans.models import HeadcountPlan
from fujing.recruitment.plans.policies import can_propose, can_write_plan, case_of, check_amend_plan
from fujing.recruitment.plans.queries import Dossier, dossier_of, free_slots, plan_for, plans_for, waiting_tasks
from fujing.recruitment.plans.services import Line, plan_decide, plan_draft, plan_revise, plan_submit, plan_withdraw
from fujing.recruitment.plans.sheets import LINE_COLUMNS, lines_read
from fujing.recruitment.plans.states import PLAN, PlanState
from fujing.registry.moving_in.queries import undated_people
from fujing.registry.states import Category
from fujing.web import values
from fujing.web.acts import perform
from fujing.web.audience import HR, PARTNERS, PERSONNEL
from fujing.web.columns import Column, Table, table_of
from fujing.web.desk.approvals import (
    Approval,
    Figure,
    OpinionForm,
    PaperForm,
    answer_forms,
    answered,
    approval_context,
    own_acts,
    sent_step,
    step_of,
)
from fujing.web.desk.common import FIRST_YEAR, LAST_YEAR, MOST_HEADCOUNT, names_organs, state_column
from fujing.web.desk.registry.undated import undated_figures
from fujing.web.doors import door
from fujing.web.lists import filter_links, list_of, list_response
from fujing.web.numbers import NumberField
from fujing.web.requests import Request
from fujing.web.seen import Seen, any_of
from fujing.web.sheets import faults_of


class PlanForm(forms.Form):
    year = forms.IntegerField(label="年度", min_value=FIRST_YEAR, max_value=LAST_YEAR)
    reason = forms.CharField(label="总的理由", widget=forms.Textarea(attrs={"rows": 3}))


class LineForm(forms.Form):
    post_name = forms.CharField(
        label="岗位名称", max_length=80, widget=forms.TextInput(attrs={"aria-label": "岗位名称"})
    )
    category = forms.ChoiceField(
        label="类别", choices=[("", "请选择"), *Category.choices], widget=forms.Select(attrs={"aria-label": "类别"})
    )
    count = forms.IntegerField(
        label="人数", min_value=1, max_value=MOST_HEADCOUNT, widget=forms.NumberInput(attrs={"aria-label": "人数"})
    )
    yearly_cost = NumberField(
        label="年度经费（元）",
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"aria-label": "年度经费（元）"}),
    )
    reason = forms.CharField(label="用人理由", max_length=300, widget=forms.TextInput(attrs={"aria-label": "用人理由"}))


Lines = forms.formset_factory(LineForm, extra=3, min_num=1, validate_min=True, max_num=200)


COLUMNS = (
    Column("organ", "机关", "organ_name", link=lambda plan: reverse("desk:plan", args=[plan.pk])),
    Column("year", "年度", kind="integer", sort="-year"),
    Column("version", "版本", kind="integer"),
    Column("headcount", "人数", lambda plan: plan.headcount or 0, "integer", sort="-headcount"),
    state_column(),
    Column("number", "批准文号"),
    Column("approved_on", "批准日期", kind="date", sort="-approved_on"),
)


@door(*HR, *PARTNERS)
def listing(request: Request) -> HttpResponse:
    actor = request.actor
    chosen = values.words(request.GET, "state")
    plans = plans_for(actor).filter(**({"state": chosen} if chosen in PlanState.values else {}))
    context = list_of(
        request,
        COLUMNS,
        plans,
        "用人计划",
        dress=names_organs(organ_name="organ_code"),
        filters=[("状态", filter_links(request, "state", PlanState.choices))],
    )
    context |= {"waiting": list(waiting_tasks(actor)), "may_draft": can_propose(actor)}
    return list_response(request, context, "recruitment/plans.html")


LINES = (
    Column("post_name", "岗位"),
    Column("category", "类别", "get_category_display"),
    Column("count", "人数", kind="integer"),
    Column("yearly_cost", "年度经费", kind="money", unit="元"),
    Column("reason", "理由", wrap=True),
)
CHANGES = (
    Column("post_name", "岗位"),
    Column("category", "类别"),
    Column("was", "原人数", kind="integer"),
    Column("now", "现人数", kind="integer"),
    Column("label", "变化", colour=lambda row: "" if row.was == row.now else "amber"),
)


class LinesForm(forms.Form):
    file = forms.FileField(label="岗位表", help_text="Excel 或 CSV，第一行为列名")


@door(*PERSONNEL)
def edit(request: Request, pk: int | None = None) -> HttpResponse:
    actor = request.actor
    return _form(request, actor, plan_for(actor, pk) if pk else None)


@door(*PERSONNEL)
def amend(request: Request, pk: int) -> HttpResponse:
    """A new version of an approved plan, which stays in force until the new one is approved."""
    actor = request.actor
    plan = plan_for(actor, pk)
    check_amend_plan(actor, plan)
    return _form(request, actor, None, amends=plan)


def _form(
    request: Request, actor: Actor, plan: HeadcountPlan | None, amends: HeadcountPlan | None = None
) -> HttpResponse:
    start: dict[str, Any] = {"year": today().year}
    rows: list[dict[str, Any]] = []
    source = plan or amends
    if source:
        start = {"year": source.year, "reason": source.reason}
        rows = [dict(row) for row in source.lines.values(*(column.key for column in LINE_COLUMNS))]
    seen = Seen(request, content_of(plan) if plan else {})
    reading = values.words(request.POST, "act") == "read"
    form = PlanForm(values.sent(request), initial=start)
    lines = Lines(values.sent(request), initial=rows, prefix="lines")
    sheet = LinesForm(request.POST, request.FILES) if reading else LinesForm()
    faults: Table | None = None
    if reading:
        # The form is the preview: what was read stands in it, nothing is written before it is saved.
        form = PlanForm(initial={key: values.token(request.POST, key) for key in ("year", "reason")})
        if sheet.is_valid():
            table = lines_read(sheet.cleaned_data["file"])
            faults = faults_of(table)
            if not faults:
                lines = Lines(initial=table.rows, prefix="lines")
                messages.info(request, f"已读入 {len(table.rows)} 个岗位，请核对后保存。")
    elif request.method == "POST" and form.is_valid() and lines.is_valid():
        entered = [Line(**line.cleaned_data) for line in lines if line.cleaned_data.get("post_name")]
        data = form.cleaned_data
        saved = perform(request, lambda: _save(actor, plan, amends, data, entered, seen), form)
        if saved:
            messages.success(request, "已保存，尚未报送。")
            return redirect("desk:plan", saved.pk)
    own = actor.organ_code or 0
    quota = quota_of(own)
    replaced = amends or (plan.previous if plan else None)
    given_back = sum(free_slots(replaced).values()) if replaced else 0
    context = {
        "form": form,
        "lines": lines,
        "plan": plan,
        "amends": amends,
        "quota": quota,
        "undated": undated_figures(actor, own, undated_people(own, own, today()).count()),
        "sheet": sheet,
        "faults": faults,
        "most": quota.free + given_back,
        "seen": seen.token,
    }
    failed = request.method == "POST" and (not reading or bool(faults or sheet.errors))
    return render(request, "recruitment/plan_form.html", context, status=422 if failed else 200)


def content_of(plan: HeadcountPlan) -> dict[str, str]:
    """What the form shows of a plan, by the name that officers read."""
    lines = {
        f"岗位“{line.post_name}”（{line.get_category_display()}）": f"{line.count} 人，年度经费 {any_of(line.yearly_cost)} 元，"
        f"{line.reason}"
        for line in plan.lines.all()
    }
    return {"理由": plan.reason, **lines}


def _save(
    actor: Actor,
    plan: HeadcountPlan | None,
    amends: HeadcountPlan | None,
    data: dict[str, Any],
    lines: list[Line],
    seen: Seen,
) -> HeadcountPlan:
    if plan is None:
        return plan_draft(actor=actor, year=data["year"], reason=data["reason"], lines=lines, amends=amends)
    fresh = relocked(plan)
    seen.check(fresh, content_of(fresh))
    return plan_revise(actor=actor, plan=fresh, reason=data["reason"], lines=lines)


@door(*HR, *PARTNERS)
def detail(request: Request, pk: int) -> HttpResponse:
    """A plan on the page of the kind 审批: what is asked, the figures to judge it by, its route, the answer."""
    actor = request.actor
    plan = plan_for(actor, pk)
    dossier = dossier_of(actor, plan)
    case = case_of(plan, dossier.requests[-1] if dossier.requests else None)
    verb = values.words(request.POST, "verb")
    given = answer_forms(request, case, "批准文号" if plan.state == PlanState.GOVERNMENT else "")
    if request.method == "POST" and _act(request, actor, plan, verb, given):
        return redirect("desk:plan", plan.pk)
    context = _context(actor, plan, dossier) | approval_context(actor, case, dossier.waiting, given)
    context |= own_acts(actor, case, APPROVAL.own - {"submit" if plan.level == "province" else "submit_provincial"})
    return render(request, "recruitment/plan.html", context, status=422 if verb else 200)


APPROVAL = Approval(
    PLAN,
    own=frozenset({"submit", "submit_provincial", "withdraw"}),
    links=frozenset({"revise"}),
    elsewhere={"supersede": "新版本批准时自动替代。"},
)


def _act(
    request: Request, actor: Actor, plan: HeadcountPlan, verb: str, given: tuple[OpinionForm, PaperForm]
) -> HeadcountPlan | None:
    if verb in APPROVAL.own:
        act = plan_withdraw if verb == "withdraw" else plan_submit
        return perform(request, lambda: act(actor=actor, plan=plan))
    return answered(
        request, actor, plan.organ_code, given, lambda **said: plan_decide(actor=actor, plan=plan, verb=verb, **said)
    )


def _context(actor: Actor, plan: HeadcountPlan, dossier: Dossier) -> dict[str, Any]:
    own = actor.organ_code == plan.organ_code
    free = dossier.free if own else {}
    spare = Column("free", "空余名额", lambda line: free.get(line.pk), "integer")
    quota, standing = dossier.quota, dossier.standing
    return {
        "title": f"{dossier.organ_name}{plan.year}年用人计划",
        "plan": plan,
        "state_of": plan,
        "facts": [
            ("合计", f"{plan.headcount or 0} 人"),  # type: ignore[attr-defined]
            ("版本", f"第 {plan.version} 版"),
            ("批准文号", plan.number or "—"),
        ],
        "lines": table_of((*LINES, spare) if free else LINES, plan.lines.all(), "计划岗位"),
        "figures": [
            Figure("核定额度", quota.granted, "人"),
            Figure("在职", quota.in_service, "人"),
            Figure("招聘中", quota.reserved, "人"),
            Figure("空余", quota.free, "人"),
            Figure("勤务／文职", f"{standing.field}／{standing.civil}", "人"),
            *undated_figures(actor, plan.organ_code, standing.undated),
        ],
        "findings": [dossier.cost],
        "unfilled": standing.unfilled,
        "changes": table_of(CHANGES, dossier.changes, "与前一版本比较") if dossier.changes else None,
        "route": _route(plan, dossier),
        "requests": dossier.requests,
        "links": _links(actor, plan) if can_write_plan(actor, plan) else [],
    }


def _links(actor: Actor, plan: HeadcountPlan) -> list[tuple[str, str]]:
    links = {move.verb: move.label for move in PLAN.open_to(actor, plan.state)}
    if plan.state == PlanState.DRAFT or "revise" in links:
        return [(links.get("revise", "修改"), reverse("desk:plan_edit", args=[plan.pk]))]
    return [("修订", reverse("desk:plan_amend", args=[plan.pk]))] if plan.state == PlanState.APPROVED else []


def _route(plan: HeadcountPlan, dossier: Dossier) -> list[dict[str, Any]]:
    """Round by round: who sent it, then each organ that is asked."""
    steps: list[dict[str, Any]] = []
    waiting, last = dossier.waiting, dossier.requests[-1].round if dossier.requests else 0
    for request in dossier.requests:
        steps.append(sent_step(dossier.organ_name, request, last))
        for task in dossier.tasks:
            if task.round == request.round:
                url = reverse("desk:plan_scan", args=[plan.pk, task.scan_id]) if task.scan_id else ""
                label = PlanState(task.step).label.removeprefix("待")
                steps.append(step_of(task, label, now=task is waiting, scan_url=url))
    return steps
