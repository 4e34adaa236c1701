"""用人计划: list, form, dossier with route and decision."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fujing.general.quota.queries import quota_of
from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.files import file_store
from fujing.recruitment.plans.models import HeadcountPlan
from fujing.recruitment.plans.queries import (
    changes_of,
    cost_of,
    figures_of,
    free_slots,
    plan_for,
    plans_for,
    standing_of,
    waiting_tasks,
    whole_route,
)
from fujing.recruitment.plans.services import (
    Line,
    Paper,
    plan_decide,
    plan_draft,
    plan_revise,
    plan_submit,
    plan_withdraw,
)
from fujing.recruitment.plans.sheets import LINE_COLUMNS, lines_read
from fujing.recruitment.plans.states import PLAN, PlanState
from fujing.registry.models import Organ
from fujing.registry.states import Category
from fujing.web.acts import perform
from fujing.web.audience import HR, PARTNERS
from fujing.web.columns import Column
from fujing.web.desk.common import DateField, names_organs, need, state_column
from fujing.web.desk.sheets import faults_of
from fujing.web.lists import filter_links, list_of, list_response


class PlanForm(forms.Form):
    year = forms.IntegerField(label="年度", min_value=2021, max_value=2100)
    reason = forms.CharField(label="总的理由", widget=forms.Textarea(attrs={"rows": 3}))


class LineForm(forms.Form):
    post_name = forms.CharField(
        label="岗位名称", max_length=80, widget=forms.TextInput(attrs={"aria-label": "岗位名称"})
    )
    category = forms.ChoiceField(
        label="类别", choices=[("", "请选择"), *Category.choices], widget=forms.Select(attrs={"aria-label": "类别"})
    )
    count = forms.IntegerField(label="人数", min_value=1, widget=forms.NumberInput(attrs={"aria-label": "人数"}))
    yearly_cost = forms.DecimalField(
        label="年度经费（元）",
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"aria-label": "年度经费（元）"}),
    )
    reason = forms.CharField(label="用人理由", max_length=300, widget=forms.TextInput(attrs={"aria-label": "用人理由"}))


Lines = forms.formset_factory(LineForm, extra=3, min_num=1, validate_min=True, max_num=200)


class DecisionForm(forms.Form):
    opinion = forms.CharField(
        label="意见", required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text="退回或不同意时必填"
    )


class ApprovalForm(DecisionForm):
    number = forms.CharField(label="批准文号", required=False, max_length=60)


class PaperForm(DecisionForm):
    document_number = forms.CharField(label="文号", max_length=60)
    document_date = DateField(label="文件日期")
    scan = forms.FileField(label="扫描件", required=False)
    prefix = "paper"


COLUMNS = (
    Column("organ", "机关", "organ_name", link=lambda plan: reverse("desk:plan", args=[plan.pk])),
    Column("year", "年度", kind="integer", sort="-year"),
    Column("version", "版本", kind="integer"),
    Column("headcount", "人数", lambda plan: plan.headcount or 0, "integer", sort="-headcount"),
    state_column(),
    Column("number", "批准文号"),
    Column("approved_on", "批准日期", kind="date", sort="-approved_on"),
)


def listing(request: HttpRequest) -> HttpResponse:
    actor = need(request, *HR, *PARTNERS)
    chosen = request.GET.get("state", "")
    plans = plans_for(actor).filter(**({"state": chosen} if chosen in PlanState.values else {}))
    context = list_of(
        request,
        COLUMNS,
        plans,
        "用人计划",
        dress=names_organs(organ_name="organ_code"),
        filters=[("状态", filter_links(request, "state", PlanState.choices))],
    )
    context |= {"waiting": list(waiting_tasks(actor)), "may_draft": actor.has("hr_officer", "hr_head")}
    return list_response(request, context, "recruitment/plans.html")


class LinesForm(forms.Form):
    file = forms.FileField(label="岗位表", help_text="Excel 或 CSV，第一行为列名")


def edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    actor = need(request, "hr_officer", "hr_head")
    return _form(request, actor, plan_for(actor, pk) if pk else None)


def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """A new version of an approved plan, which stays in force until the new one is approved."""
    actor = need(request, "hr_officer", "hr_head")
    plan = plan_for(actor, pk)
    check_in_force(actor, plan)
    return _form(request, actor, None, amends=plan)


def check_in_force(actor: Actor, plan: HeadcountPlan) -> None:
    if (plan.organ_code, plan.state) != (actor.organ_code, PlanState.APPROVED):
        raise PermissionDenied("只能修订本机关已批准并在执行的用人计划。")


def _form(
    request: HttpRequest, actor: Actor, plan: HeadcountPlan | None, amends: HeadcountPlan | None = None
) -> HttpResponse:
    start: dict[str, Any] = {"year": today().year}
    rows: list[dict[str, Any]] = []
    source = plan or amends
    if source:
        start = {"year": source.year, "reason": source.reason}
        rows = [dict(row) for row in source.lines.values(*(column.key for column in LINE_COLUMNS))]
    reading = request.POST.get("act") == "read"
    form = PlanForm(request.POST or None, initial=start)
    lines = Lines(request.POST or None, initial=rows, prefix="lines")
    sheet = LinesForm(request.POST, request.FILES) if reading else LinesForm()
    faults: list[dict[str, str]] = []
    if reading:
        # The form is the preview: what was read stands in it, nothing is written before it is saved.
        form = PlanForm(initial={key: request.POST.get(key, "") for key in ("year", "reason")})
        if sheet.is_valid():
            table = lines_read(sheet.cleaned_data["file"])
            faults = faults_of(table)
            if not faults:
                lines = Lines(initial=table.rows, prefix="lines")
                messages.info(request, f"已读入 {len(table.rows)} 个岗位，请核对后保存。")
    elif request.method == "POST" and form.is_valid() and lines.is_valid():
        entered = [Line(**line.cleaned_data) for line in lines if line.cleaned_data.get("post_name")]
        data = form.cleaned_data
        saved = perform(request, lambda: _save(actor, plan, amends, data, entered), form)
        if saved:
            messages.success(request, "已保存，尚未报送。")
            return redirect("desk:plan", saved.pk)
    quota = quota_of(actor.organ_code or 0)
    replaced = amends or (plan.previous if plan else None)
    given_back = sum(free_slots(replaced).values()) if replaced else 0
    context = {
        "form": form,
        "lines": lines,
        "plan": plan,
        "amends": amends,
        "quota": quota,
        "sheet": sheet,
        "faults": faults,
        "most": quota.free + given_back,
    }
    failed = request.method == "POST" and (not reading or bool(faults or sheet.errors))
    return render(request, "recruitment/plan_form.html", context, status=422 if failed else 200)


def _save(
    actor: Actor, plan: HeadcountPlan | None, amends: HeadcountPlan | None, data: dict[str, Any], lines: list[Line]
) -> HeadcountPlan:
    if plan is None:
        return plan_draft(actor=actor, year=data["year"], reason=data["reason"], lines=lines, amends=amends)
    return plan_revise(actor=actor, plan=plan, reason=data["reason"], lines=lines)


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    actor = need(request, *HR, *PARTNERS)
    plan = plan_for(actor, pk)
    verb = request.POST.get("verb", "")
    recording = verb.startswith("record_")
    last_step = plan.state == PlanState.GOVERNMENT
    form_class = ApprovalForm if last_step else DecisionForm
    form = form_class(request.POST if verb and not recording else None)
    paper = PaperForm(request.POST, request.FILES) if recording else PaperForm()
    if request.method == "POST" and _act(request, actor, plan, verb, paper if recording else form):
        return redirect("desk:plan", plan.pk)
    return render(request, "recruitment/plan.html", _context(actor, plan, form, paper), status=422 if verb else 200)


def _act(request: HttpRequest, actor: Actor, plan: HeadcountPlan, verb: str, form: forms.Form) -> Any:
    if verb in {"submit", "submit_provincial"}:
        return perform(request, lambda: plan_submit(actor=actor, plan=plan))
    if verb == "withdraw":
        return perform(request, lambda: plan_withdraw(actor=actor, plan=plan))
    if not form.is_valid():
        return None
    data = form.cleaned_data
    if not verb.startswith("record_"):
        return perform(request, lambda: plan_decide(actor=actor, plan=plan, verb=verb, **data), form)
    upload = data.get("scan")

    def record() -> HeadcountPlan:
        scan = file_store(actor=actor, organ_code=plan.organ_code, upload=upload) if upload else None
        document = Paper(data["document_number"], data["document_date"], scan)
        return plan_decide(actor=actor, plan=plan, verb=verb, opinion=data["opinion"], paper=document)

    return perform(request, record, form)


def _context(actor: Actor, plan: HeadcountPlan, form: forms.Form, paper: PaperForm) -> dict[str, Any]:
    tasks = whole_route(actor, plan)
    now = next((task for task in tasks if task.step == plan.state and task.state == "waiting"), None)
    moves = PLAN.open_to(actor, plan.state)
    own = actor.organ_code == plan.organ_code
    proposer = actor.account_id in plan.authors
    deciding = [(m.verb, m.label) for m in moves if m.verb in {"pass", "return", "refuse"}]
    may_decide = bool(now and now.assigned_organ == actor.organ_code and not proposer)
    recording = [(m.verb, m.label) for m in moves if m.verb.startswith("record_")] if own and not proposer else []
    skip = "submit" if plan.level == "province" else "submit_provincial"
    mine = [
        (m.verb, m.label) for m in moves if m.verb in {"submit", "submit_provincial", "withdraw"} and m.verb != skip
    ]
    free = free_slots(plan) if plan.state == PlanState.APPROVED and own else {}
    lines = list(plan.lines.all())
    for line in lines:
        line.free = free.get(line.pk)  # type: ignore[attr-defined]
    waits_for = (
        f"现在由{now.assigned_name}办理。" if now else f"当前状态为“{plan.get_state_display()}”，没有需要您办理的步骤。"
    )
    return {
        "plan": plan,
        "lines": lines,
        "tasks": tasks,
        "free": free,
        "quota": figures_of(actor, plan),
        "organ_name": Organ.objects.get(pk=plan.organ_code).name,
        "decision": form if may_decide and deciding else None,
        "decide_verbs": deciding,
        "own_verbs": mine if own else [],
        "paper": paper if recording else None,
        "paper_verbs": recording,
        "may_edit": own and plan.state in {"draft", "returned"} and actor.has("hr_officer", "hr_head"),
        "why_not": waits_for,
        "may_amend": own and plan.state == PlanState.APPROVED and actor.has("hr_officer", "hr_head"),
        "changes": changes_of(plan) if own or actor.covers(plan.organ_code) else [],
        "standing": standing_of(actor, plan),
        "cost": cost_of(actor, plan),
    }
