"""经费预算: drawing one up, and its page of the kind 审批 with its papers."""

from __future__ import annotations

from decimal import Decimal
from operator import itemgetter
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from fujing.general.budget.models import Budget
from fujing.general.budget.papers import request_of
from fujing.general.budget.policies import can_write_budget, case_of
from fujing.general.budget.queries import Dossier, budget_for, dossier_of, facts_now, reading, requests_of
from fujing.general.budget.services import budget_decide, budget_draft, budget_revise, budget_submit, budget_withdraw
from fujing.general.budget.states import BUDGET, OWED, PROPOSERS, UNSENT, BudgetKind, BudgetState
from fujing.kernel.actor import Actor
from fujing.kernel.files import file_response
from fujing.kernel.locks import relocked
from fujing.web import values
from fujing.web.acts import perform
from fujing.web.audience import MONEY, PARTNER_MONEY
from fujing.web.columns import Column, table_of
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
from fujing.web.desk.common import FIRST_YEAR, LAST_YEAR
from fujing.web.desk.general.budget import year_asked
from fujing.web.desk.registry.undated import undated_figures
from fujing.web.doors import door
from fujing.web.form_pages import form_page
from fujing.web.numbers import NumberField
from fujing.web.requests import Request
from fujing.web.seen import Seen
from fujing.web.sheets import paper_kind, printed


class BudgetForm(forms.Form):
    """One amount for each kind that 8.p1 names."""

    year = forms.IntegerField(label="年度", min_value=FIRST_YEAR, max_value=LAST_YEAR)
    reason = forms.CharField(label="说明", widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, label in BudgetKind.choices:
            self.fields[kind] = NumberField(
                label=f"{label}（元）", min_value=Decimal(0), max_digits=14, decimal_places=2
            )

    def amounts(self) -> dict[str, Decimal]:
        return {kind: self.cleaned_data[kind] for kind in BudgetKind.values}


@door(*PROPOSERS)
def edit(request: Request, pk: int | None = None) -> HttpResponse:
    """Draw up a budget, change a draft, or adjust the one in force (`?adjusts=`)."""
    actor = request.actor
    budget = budget_for(actor, pk) if pk else None
    number = values.number(request.GET, "adjusts")
    adjusts = budget_for(actor, number) if number else None
    source = budget or adjusts
    start: dict[str, Any] = {"year": year_asked(request)}
    if source:
        start = {"year": source.year, "reason": budget.reason if budget else ""}
        start |= {line.kind: line.amount for line in source.lines.all()}
    seen = Seen(request, content_of(budget) if budget else {})
    form = BudgetForm(values.sent(request), initial=start)
    form.fields["year"].disabled = source is not None
    if request.method == "POST" and form.is_valid():
        amounts, reason, year = form.amounts(), form.cleaned_data["reason"], form.cleaned_data["year"]
        saved = perform(
            request,
            lambda: (
                _revised(actor, budget, amounts, reason, seen)
                if budget
                else budget_draft(actor=actor, year=year, amounts=amounts, reason=reason, adjusts=adjusts)
            ),
            form,
        )
        if saved:
            messages.success(request, "已保存，尚未报送。")
            return redirect("desk:budget", saved.pk)
    title = "调整经费预算" if adjusts or (budget and budget.previous_id) else "编制经费预算"
    return form_page(
        request,
        form,
        title=title,
        intro="没有经费的项目填 0，六项都要写明。",
        back=reverse("desk:budget", args=[budget.pk]) if budget else reverse("desk:budgets"),
        seen=seen.token,
    )


def content_of(budget: Budget) -> dict[str, str]:
    """What the form shows of a budget, by the name that officers read."""
    return {"说明": budget.reason} | {
        line.get_kind_display(): f"{line.amount:,.2f} 元" for line in budget.lines.order_by("pk")
    }


def _revised(actor: Actor, budget: Budget, amounts: dict[str, Decimal], reason: str, seen: Seen) -> Budget:
    fresh = relocked(budget)
    seen.check(fresh, content_of(fresh))
    return budget_revise(actor=actor, budget=fresh, amounts=amounts, reason=reason)


@door(*MONEY, *PARTNER_MONEY)
def detail(request: Request, pk: int) -> HttpResponse:
    """A budget on the page of the kind 审批: what is asked, the figures to judge it by, its route, the answer."""
    actor = request.actor
    budget = budget_for(actor, pk)
    dossier = dossier_of(actor, budget)
    case = case_of(budget, dossier.requests[-1] if dossier.requests else None)
    verb = values.words(request.POST, "verb")
    given = answer_forms(request, case, "下达文号")
    if request.method == "POST" and _act(request, actor, budget, verb, given):
        return redirect("desk:budget", pk)
    context = _context(actor, budget, dossier) | approval_context(actor, case, dossier.waiting, given)
    context |= own_acts(actor, case, APPROVAL.own)
    return render(request, "general/budget/detail.html", context, status=422 if verb else 200)


APPROVAL = Approval(
    BUDGET,
    own=frozenset({"submit", "withdraw"}),
    links=frozenset({"revise"}),
    elsewhere={"supersede": "调整后的预算下达时自动替代。"},
)


def _act(
    request: Request, actor: Actor, budget: Budget, verb: str, given: tuple[OpinionForm, PaperForm]
) -> Budget | None:
    if verb in APPROVAL.own:
        call = budget_submit if verb == "submit" else budget_withdraw
        return perform(request, lambda: call(actor=actor, budget=budget))
    return answered(
        request,
        actor,
        budget.organ_code,
        given,
        lambda **said: budget_decide(actor=actor, budget=budget, verb=verb, **said),
    )


LINES = (
    Column("label", "项目", itemgetter("label")),
    Column("was", "原预算", itemgetter("was"), "money", "元"),
    Column("amount", "预算", itemgetter("amount"), "money", "元"),
    Column("mark", "变动", itemgetter("mark"), colour=lambda line: "amber"),
    Column("used", "已承付和支出", itemgetter("used"), "money", "元"),
    Column("rule", "执行规则", lambda line: "依法应付，超支照记并提示" if line["owed"] else "不得超支", wrap=True),
)


def _mark(was: Decimal | None, amount: Decimal) -> str:
    """What to look at: an amount that the new version changes, and a kind for which there is nothing."""
    if was is not None and was != amount:
        return "有调整"
    return "" if amount else "没有预算"


def _context(actor: Actor, budget: Budget, dossier: Dossier) -> dict[str, Any]:
    before = dossier.before
    amounts = {line.kind: line.amount for line in budget.lines.all()}
    used = {account.kind: account.committed + account.spent for account in dossier.accounts}
    lines = [
        {
            "label": label,
            "amount": amounts[kind],
            "was": before.get(kind),
            "mark": _mark(before.get(kind), amounts[kind]),
            "owed": kind in OWED,
            "used": used[kind],
        }
        for kind, label in BudgetKind.choices
    ]
    total = sum(amounts.values(), Decimal(0))
    each = total / dossier.in_service if dossier.in_service else None
    return {
        "title": f"{dossier.organ_name}{budget.year}年经费预算",
        "budget": budget,
        "state_of": budget,
        "facts": [
            ("合计", f"{total:,.2f} 元"),
            ("版本", f"第 {budget.version} 版"),
            ("文号", budget.document_number or "—"),
        ],
        "figures": [
            Figure("预算合计", f"{total:,.2f}", "元"),
            *([Figure("原预算", f"{sum(before.values(), Decimal(0)):,.2f}", "元")] if before else []),
            Figure("已承付和支出", f"{sum(used.values(), Decimal(0)):,.2f}", "元"),
            Figure("在职", dossier.in_service, "人"),
            Figure("人均", f"{each:,.2f}" if each is not None else "—", "元"),
            *undated_figures(actor, budget.organ_code, dossier.undated),
        ],
        "lines": table_of([each for each in LINES if before or each.key != "was"], lines, "预算项目"),
        "route": _route(budget, dossier),
        "requests": dossier.requests,
        "links": _links(actor, budget) if can_write_budget(actor, budget.organ_code) else [],
    }


def _links(actor: Actor, budget: Budget) -> list[tuple[str, str]]:
    links = {move.verb: move.label for move in BUDGET.open_to(actor, budget.state)}
    if budget.state == BudgetState.DRAFT or "revise" in links:
        return [(links.get("revise", "修改"), reverse("desk:budget_edit", args=[budget.pk]))]
    if budget.state == BudgetState.ISSUED:
        return [("调整", f"{reverse('desk:budget_new')}?adjusts={budget.pk}")]
    return []


def _route(budget: Budget, dossier: Dossier) -> list[dict[str, Any]]:
    """Round by round: who sent it, then the finance department."""
    steps: list[dict[str, Any]] = []
    waiting, last = dossier.waiting, dossier.requests[-1].round if dossier.requests else 0
    tasks = {task.round: task for task in dossier.tasks}
    for request in dossier.requests:
        task = tasks[request.round]
        url = f"{reverse('desk:budget_scan', args=[budget.pk])}?round={task.round}" if task.scan_id else ""
        steps.append(sent_step(dossier.organ_name, request, last))
        steps.append(step_of(task, "财政部门审核", now=task is waiting, scan_url=url))
    return steps


@door(*MONEY, *PARTNER_MONEY)
def scan(request: Request, pk: int) -> HttpResponseBase:
    """The scanned document behind the decision of a round, by default the last."""
    actor = request.actor
    budget = budget_for(actor, pk)
    asked = values.number(request.GET, "round")
    with reading(actor, budget):
        tasks = budget.tasks.filter(scan__isnull=False).select_related("scan").order_by("-round")
        task = (tasks if asked is None else tasks.filter(round=asked)).first()
    if task is None or task.scan is None:
        raise Http404("没有扫描件")
    return file_response(task.scan)


@door(*MONEY, *PARTNER_MONEY)
def paper(request: Request, pk: int) -> HttpResponse:
    """The request for funds `as` docx or pdf: of a `round`, by default the last; a draft prints what it would send."""
    actor = request.actor
    budget = budget_for(actor, pk)
    suffix, asked = paper_kind(request), values.words(request.GET, "round")
    with reading(actor, budget):
        rounds = requests_of(budget)
        sent = next((each for each in rounds if str(each.round) == asked), None) if asked else None
        if asked and sent is None:
            raise Http404("没有这次报送")
        if sent is None and rounds and budget.state not in UNSENT:
            sent = rounds[-1]
        facts = sent.facts if sent else facts_now(budget)
    if sent and not sent.intact:
        raise Http404("报送内容与摘要不符")
    made = request_of(budget, facts, sent, rounds[-1].round if rounds else 0)
    return printed(made, suffix)
