"""经费预算: a bureau's year, its territory, drawing up, the finance department's decision, payments by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from fujing.general.budget.models import Budget
from fujing.general.budget.papers import request_of
from fujing.general.budget.policies import case_of
from fujing.general.budget.queries import (
    Dossier,
    accounts_of,
    budget_for,
    budget_in_force,
    budgets_for,
    dossier_of,
    executions,
    facts_now,
    ledger_of,
    reading,
    requests_of,
)
from fujing.general.budget.services import (
    Voucher,
    budget_decide,
    budget_draft,
    budget_revise,
    budget_submit,
    budget_withdraw,
    spending_record,
)
from fujing.general.budget.states import BUDGET, OWED, PROPOSERS, UNSENT, BudgetKind, BudgetState
from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.files import file_response
from fujing.kernel.locks import locked
from fujing.registry.models import Organ, territory_of
from fujing.web.acts import perform
from fujing.web.audience import MONEY, PARTNER_MONEY
from fujing.web.desk.approvals import (
    OpinionForm,
    PaperForm,
    answer_forms,
    answered,
    approval_context,
    own_acts,
    sent_step,
    step_of,
)
from fujing.web.desk.common import DateField, need
from fujing.web.desk.general.quota import organ_seen
from fujing.web.desk.sheets import PRINTERS, download
from fujing.web.lists import paged
from fujing.web.seen import Seen

FIRST_YEAR = 2021  # the Measures took effect


class BudgetForm(forms.Form):
    """One amount for each kind that 8.p1 names."""

    year = forms.IntegerField(label="年度", min_value=FIRST_YEAR, max_value=2100)
    reason = forms.CharField(label="说明", widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, label in BudgetKind.choices:
            self.fields[kind] = forms.DecimalField(
                label=f"{label}（元）", min_value=Decimal(0), max_digits=14, decimal_places=2
            )

    def amounts(self) -> dict[str, Decimal]:
        return {kind: self.cleaned_data[kind] for kind in BudgetKind.values}


class SpendingForm(forms.Form):
    kind = forms.ChoiceField(label="项目", choices=BudgetKind.choices)
    year = forms.IntegerField(label="预算年度", min_value=FIRST_YEAR, max_value=2100)
    amount = forms.DecimalField(label="金额（元）", min_value=Decimal("0.01"), max_digits=14, decimal_places=2)
    document_number = forms.CharField(label="凭证号", max_length=60)
    document_date = DateField(label="支出日期")
    reason = forms.CharField(label="事由", max_length=300)


def _year(request: HttpRequest) -> int:
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdigit() and FIRST_YEAR <= int(asked) <= 2100 else today().year


def overview(request: HttpRequest, code: int | None = None) -> HttpResponse:
    """A bureau's year: six kinds, the ledger, the versions. The finance department sees what it is asked."""
    actor = need(request, *MONEY, *PARTNER_MONEY)
    if actor.has(*PARTNER_MONEY):
        return render(request, "general/budget/asked.html", {"budgets": _named(list(budgets_for(actor)[:100]))})
    organ = organ_seen(actor, code or actor.organ_code or 0)
    year, kind = _year(request), request.GET.get("kind", "")
    accounts = accounts_of(organ.code, year)
    for account in accounts:
        used = account.committed + account.spent
        account.percent = min(100, int(100 * used / account.budgeted)) if account.budgeted else 0  # type: ignore[attr-defined]
    chosen = kind if kind in BudgetKind.values else ""
    own = actor.organ_code == organ.code
    ledger, pager = paged(request, ledger_of(organ.code, year, chosen))
    context = {
        "organ": organ,
        "year": year,
        "years": [str(each) for each in range(FIRST_YEAR, today().year + 2)],
        "accounts": accounts,
        "ledger": ledger,
        "kind": chosen,
        **pager,
        "kinds": BudgetKind.choices,
        "budget": budget_in_force(organ.code, year),
        "versions": budgets_for(actor).filter(organ_code=organ.code, year=year),
        "may_draft": own and actor.has(*PROPOSERS),
        "may_spend": own and actor.has("finance"),
        "has_below": Organ.objects.filter(parent_id=organ.code, kind="public_security").exists(),
        "total": {
            name: sum((getattr(each, name) for each in accounts), Decimal(0))
            for name in ("budgeted", "committed", "spent", "free")
        },
    }
    return render(request, "general/budget/year.html", context)


def _named(budgets: list[Budget]) -> list[Budget]:
    names = dict(Organ.objects.filter(pk__in={budget.organ_code for budget in budgets}).values_list("code", "name"))
    for budget in budgets:
        budget.organ_name = names[budget.organ_code]  # type: ignore[attr-defined]
    return budgets


def territory(request: HttpRequest, code: int) -> HttpResponse:
    """Every bureau of a territory in one year: who has no budget, which kinds have no money or are overspent."""
    actor = need(request, *MONEY)
    organ = organ_seen(actor, code)
    year = _year(request)
    rows = executions(*territory_of(organ.code), year)
    chosen = request.GET.get("show", "")
    filters = {
        "": ("全部", rows),
        "none": ("没有下达", [row for row in rows if not row.issued]),
        "missing": ("缺项", [row for row in rows if row.issued and row.missing]),
        "over": ("超支", [row for row in rows if row.overspent]),
    }
    context = {
        "organ": organ,
        "year": year,
        "rows": filters.get(chosen, filters[""])[1],
        "chosen": chosen,
        "counts": [(key, label, len(found)) for key, (label, found) in filters.items()],
    }
    return render(request, "general/budget/territory.html", context)


def edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Draw up a budget, change a draft, or adjust the one in force (`?adjusts=`)."""
    actor = need(request, *PROPOSERS)
    budget = budget_for(actor, pk) if pk else None
    adjusts = budget_for(actor, int(number)) if (number := request.GET.get("adjusts", "")).isdigit() else None
    source = budget or adjusts
    start: dict[str, Any] = {"year": _year(request)}
    if source:
        start = {"year": source.year, "reason": budget.reason if budget else ""}
        start |= {line.kind: line.amount for line in source.lines.all()}
    seen = Seen(request, content_of(budget) if budget else {})
    form = BudgetForm(request.POST or None, initial=start)
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
    context = {
        "form": form,
        "title": title,
        "intro": "没有经费的项目填 0，六项都要写明。",
        "submit": "保存",
        "back": reverse("desk:budget", args=[budget.pk]) if budget else reverse("desk:budgets"),
        "seen": seen.token,
    }
    return render(request, "kinds/form_page.html", context, status=422 if form.errors else 200)


def content_of(budget: Budget) -> dict[str, str]:
    """What the form shows of a budget, by the name that officers read."""
    return {"说明": budget.reason} | {
        line.get_kind_display(): f"{line.amount:,.2f} 元" for line in budget.lines.order_by("pk")
    }


def _revised(actor: Actor, budget: Budget, amounts: dict[str, Decimal], reason: str, seen: Seen) -> Budget:
    (fresh,) = locked(Budget.objects.filter(pk=budget.pk))
    seen.check(fresh, content_of(fresh))
    return budget_revise(actor=actor, budget=fresh, amounts=amounts, reason=reason)


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A budget on the page of the kind 审批: what is asked, the figures to judge it by, its route, the answer."""
    actor = need(request, *MONEY, *PARTNER_MONEY)
    budget = budget_for(actor, pk)
    dossier = dossier_of(actor, budget)
    case = case_of(budget, dossier.requests[-1] if dossier.requests else None)
    verb = request.POST.get("verb", "")
    given = answer_forms(request, case, "下达文号")
    if request.method == "POST" and _act(request, actor, budget, verb, given):
        return redirect("desk:budget", pk)
    context = _context(actor, budget, dossier) | approval_context(actor, case, dossier.waiting, given)
    context |= own_acts(actor, case, OWN)
    return render(request, "general/budget/detail.html", context, status=422 if verb else 200)


OWN = frozenset({"submit", "withdraw"})


def _act(
    request: HttpRequest, actor: Actor, budget: Budget, verb: str, given: tuple[OpinionForm, PaperForm]
) -> Budget | None:
    if verb in OWN:
        call = budget_submit if verb == "submit" else budget_withdraw
        return perform(request, lambda: call(actor=actor, budget=budget))
    return answered(
        request,
        actor,
        budget.organ_code,
        given,
        lambda **said: budget_decide(actor=actor, budget=budget, verb=verb, **said),
    )


def _context(actor: Actor, budget: Budget, dossier: Dossier) -> dict[str, Any]:
    own = actor.organ_code == budget.organ_code
    before = dossier.before
    amounts = {line.kind: line.amount for line in budget.lines.all()}
    used = {account.kind: account.committed + account.spent for account in dossier.accounts}
    lines = [
        {"label": label, "amount": amounts[kind], "was": before.get(kind), "owed": kind in OWED, "used": used[kind]}
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
            ("预算合计", f"{total:,.2f}", "元"),
            *([("原预算", f"{sum(before.values(), Decimal(0)):,.2f}", "元")] if before else []),
            ("已承付和支出", f"{sum(used.values(), Decimal(0)):,.2f}", "元"),
            ("在职", dossier.in_service, "人"),
            ("人均", f"{each:,.2f}" if each is not None else "—", "元"),
        ],
        "lines": lines,
        "before": bool(before),
        "route": _route(budget, dossier),
        "requests": dossier.requests,
        "links": _links(actor, budget) if own and actor.has(*PROPOSERS) else [],
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


def spend(request: HttpRequest) -> HttpResponse:
    """A payment entered by the bureau's finance office."""
    actor = need(request, "finance")
    form = SpendingForm(request.POST or None, initial={"year": today().year, "document_date": today()})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        voucher = Voucher(data["document_number"], data["document_date"], data["reason"])
        entry = perform(
            request,
            lambda: spending_record(
                actor=actor, year=data["year"], kind=data["kind"], amount=data["amount"], voucher=voucher
            ),
            form,
        )
        if entry:
            messages.success(request, f"已记支出 {data['amount']:,.2f} 元。")
            entry.account.refresh_from_db()
            if entry.account.overspent:
                over = -entry.account.free
                messages.warning(
                    request, f"“{entry.account.get_kind_display()}”已超出预算 {over:,.2f} 元，请申请调整。"
                )
            return redirect(f"{reverse('desk:budgets')}?year={data['year']}")
    context = {
        "form": form,
        "title": "登记支出",
        "intro": "奖励、装备、服装、训练经费不得超出预算；薪酬和社保超出预算照记，并提示调整。",
        "submit": "登记",
        "back": reverse("desk:budgets"),
    }
    return render(request, "kinds/form_page.html", context, status=422 if form.errors else 200)


def scan(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The scanned document behind the decision of a round, by default the last."""
    actor = need(request, *MONEY, *PARTNER_MONEY)
    budget = budget_for(actor, pk)
    asked = request.GET.get("round", "")
    with reading(actor, budget):
        tasks = budget.tasks.filter(scan__isnull=False).select_related("scan").order_by("-round")
        task = (tasks.filter(round=int(asked)) if asked.isdecimal() else tasks).first()
    if task is None or task.scan is None:
        raise Http404("没有扫描件")
    return file_response(task.scan)


def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The request for funds `as` docx or pdf: of a `round`, by default the last; a draft prints what it would send."""
    actor = need(request, *MONEY, *PARTNER_MONEY)
    budget = budget_for(actor, pk)
    suffix, asked = request.GET.get("as", "pdf"), request.GET.get("round", "")
    if suffix not in PRINTERS:
        raise Http404("没有这种文件")
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
    printer, content_type = PRINTERS[suffix]
    return download(printer(made), f"{made.title}.{suffix}", content_type)
