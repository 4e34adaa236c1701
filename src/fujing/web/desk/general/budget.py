"""经费预算: a bureau's year, its territory, drawing up, the finance department's decision, payments by hand."""

from __future__ import annotations

from dataclasses import dataclass
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
from fujing.web import values
from fujing.web.acts import perform
from fujing.web.audience import MONEY, PARTNER_MONEY
from fujing.web.columns import Column, table_of
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
from fujing.web.desk.common import FIRST_YEAR, LAST_YEAR, DateField, names_organs, need, state_column
from fujing.web.desk.general.quota import organ_seen
from fujing.web.lists import Link, address, filter_links, list_of, list_response
from fujing.web.seen import Seen
from fujing.web.sheets import paper_kind, printed

MOST = 1000
"""The province's bureaus are all on one page."""


class BudgetForm(forms.Form):
    """One amount for each kind that 8.p1 names."""

    year = forms.IntegerField(label="年度", min_value=FIRST_YEAR, max_value=LAST_YEAR)
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
    year = forms.IntegerField(label="预算年度", min_value=FIRST_YEAR, max_value=LAST_YEAR)
    amount = forms.DecimalField(label="金额（元）", min_value=Decimal("0.01"), max_digits=14, decimal_places=2)
    document_number = forms.CharField(label="凭证号", max_length=60)
    document_date = DateField(label="支出日期")
    reason = forms.CharField(label="事由", max_length=300)


ASKED = (
    Column("organ", "机关", "organ_name", link=lambda row: reverse("desk:budget", args=[row.pk])),
    Column("year", "年度", kind="integer"),
    Column("version", "版本", lambda row: f"第 {row.version} 版"),
    Column("total", "合计", kind="money", unit="元"),
    state_column(),
    Column("document_number", "文号"),
)
LEDGER = (
    Column("document_date", "日期", kind="date"),
    Column("account", "项目", "account.get_kind_display"),
    Column("kind", "事项", "get_kind_display"),
    Column("amount", "金额", kind="money", unit="元"),
    Column("document_number", "文号或凭证"),
    Column("reason", "事由", wrap=True),
    Column("made_by", "办理人"),
)
VERSIONS = (
    Column(
        "version", "版本", lambda row: f"第 {row.version} 版", link=lambda row: reverse("desk:budget", args=[row.pk])
    ),
    Column("total", "合计", kind="money", unit="元"),
    state_column(),
    Column("document_number", "文号"),
    Column("proposed_by", "编制人"),
)
SITUATIONS = {"超支": "red", "没有预算": "amber", "正常": "green"}


def _situation(account: Any) -> str:
    return "超支" if account.overspent else "正常" if account.budgeted else "没有预算"


def _used(account: Any) -> int | None:
    """Per cent of the budget that is committed or spent; a total of nothing has none."""
    return min(100, int(100 * (account.committed + account.spent) / account.budgeted)) if account.budgeted else None


def _kinds(request: HttpRequest) -> tuple[Column, ...]:
    return (
        Column(
            "kind", "项目", "get_kind_display", link=lambda row: address(request, kind=row.kind) if row.kind else ""
        ),
        Column("budgeted", "预算", kind="money", unit="元"),
        Column("committed", "承付", kind="money", unit="元"),
        Column("spent", "支出", kind="money", unit="元"),
        Column("free", "余额", kind="money", unit="元"),
        Column("used", "执行", _used, "integer", unit="%"),
        Column(
            "situation",
            "情况",
            lambda row: _situation(row) if row.kind else None,
            colour=lambda row: SITUATIONS[_situation(row)],
        ),
    )


@dataclass(frozen=True, slots=True)
class Whole:
    """All six kinds together."""

    budgeted: Decimal
    committed: Decimal
    spent: Decimal
    free: Decimal
    kind: str = ""

    def get_kind_display(self) -> str:
        """The word in the first column."""
        return "合计"


def _year(request: HttpRequest) -> int:
    return values.number(request.GET, "year", today().year, least=FIRST_YEAR, most=LAST_YEAR)


def overview(request: HttpRequest, code: int | None = None) -> HttpResponse:
    """A bureau's year: six kinds, the ledger, the versions. The finance department sees what it is asked."""
    actor = need(request, *MONEY, *PARTNER_MONEY)
    if actor.has(*PARTNER_MONEY):
        asked = list_of(
            request,
            ASKED,
            budgets_for(actor),
            "经费预算",
            dress=names_organs(organ_name="organ_code"),
            empty="没有报请审核的预算。",
        )
        return list_response(request, asked, "general/budget/asked.html")
    organ = organ_seen(actor, code or actor.organ_code or 0)
    year, kind = _year(request), values.words(request.GET, "kind")
    accounts = accounts_of(organ.code, year)
    chosen = kind if kind in BudgetKind.values else ""
    own = actor.organ_code == organ.code
    years = [(str(each), str(each)) for each in range(FIRST_YEAR, today().year + 2)]
    sums = [
        sum((getattr(each, name) for each in accounts), Decimal(0))
        for name in ("budgeted", "committed", "spent", "free")
    ]
    total = Whole(sums[0], sums[1], sums[2], sums[3])
    context = list_of(
        request,
        LEDGER,
        ledger_of(organ.code, year, chosen),
        f"{year}年经费预算台账",
        filters=[("项目", filter_links(request, "kind", BudgetKind.choices))],
        empty="还没有台账。",
    )
    in_force = budget_in_force(organ.code, year)
    versions = list(budgets_for(actor).filter(organ_code=organ.code, year=year))
    context |= {
        "organ": organ,
        "year": year,
        "years": [Link(label, address(request, year=value, kind=""), value == str(year)) for value, label in years],
        "accounts": table_of(_kinds(request), accounts, "各项执行", total=total),
        "budget": in_force,
        "versions": table_of(VERSIONS, versions, "各版预算") if versions else None,
        "may_draft": own and actor.has(*PROPOSERS) and in_force is None,
        "may_adjust": own and actor.has(*PROPOSERS) and in_force is not None,
        "may_spend": own and actor.has("finance"),
        "has_below": Organ.objects.filter(parent_id=organ.code, kind="public_security").exists(),
        "total": total,
    }
    return list_response(request, context, "general/budget/year.html", name=f"{organ.name}{year}年经费预算台账")


def _gaps(row: Any) -> str:
    """What is wrong with a bureau's budget, in words."""
    if not row.issued:
        return "没有下达"
    return "；".join([*(f"缺{kind}" for kind in row.missing), *(f"{kind}超支" for kind in row.overspent)])


def _bureaus(year: int) -> tuple[Column, ...]:
    def page(row: Any) -> str:
        return f"{reverse('desk:budget_organ', args=[row.organ.code])}?year={year}"

    return (
        Column("organ", "机关", "organ.short_name", link=page),
        Column("budgeted", "预算", kind="money", unit="元", sort="-budgeted"),
        Column("committed", "承付", kind="money", unit="元", sort="-committed"),
        Column("spent", "支出", kind="money", unit="元", sort="-spent"),
        Column("gaps", "情况", _gaps, colour=lambda row: "red" if not row.issued or row.overspent else "amber"),
    )


def territory(request: HttpRequest, code: int) -> HttpResponse:
    """Every bureau of a territory in one year: who has no budget, which kinds have no money or are overspent."""
    actor = need(request, *MONEY)
    organ = organ_seen(actor, code)
    year = _year(request)
    rows = executions(*territory_of(organ.code), year)
    found = {
        "none": [row for row in rows if not row.issued],
        "missing": [row for row in rows if row.issued and row.missing],
        "over": [row for row in rows if row.overspent],
    }
    shows = [("none", "没有下达"), ("missing", "缺项"), ("over", "超支")]
    counts = {"": len(rows), **{name: len(some) for name, some in found.items()}}
    context = list_of(
        request,
        _bureaus(year),
        found.get(values.words(request.GET, "show"), rows),
        f"{organ.name}辖区{year}年经费预算执行",
        filters=[("情况", filter_links(request, "show", shows, counts))],
        size=MOST,
        empty="没有符合条件的机关。",
    )
    return list_response(request, context, "general/budget/territory.html")


def edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Draw up a budget, change a draft, or adjust the one in force (`?adjusts=`)."""
    actor = need(request, *PROPOSERS)
    budget = budget_for(actor, pk) if pk else None
    number = values.number(request.GET, "adjusts")
    adjusts = budget_for(actor, number) if number else None
    source = budget or adjusts
    start: dict[str, Any] = {"year": _year(request)}
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
    verb = values.words(request.POST, "verb")
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
    form = SpendingForm(values.sent(request), initial={"year": today().year, "document_date": today()})
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
    asked = values.number(request.GET, "round")
    with reading(actor, budget):
        tasks = budget.tasks.filter(scan__isnull=False).select_related("scan").order_by("-round")
        task = (tasks if asked is None else tasks.filter(round=asked)).first()
    if task is None or task.scan is None:
        raise Http404("没有扫描件")
    return file_response(task.scan)


def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The request for funds `as` docx or pdf: of a `round`, by default the last; a draft prints what it would send."""
    actor = need(request, *MONEY, *PARTNER_MONEY)
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
