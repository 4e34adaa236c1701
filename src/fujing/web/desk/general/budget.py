"""经费预算: a bureau's year, its territory, drawing up, the finance department's decision, payments by hand."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fujing.general.budget.models import Budget
from fujing.general.budget.queries import accounts_of, budget_for, budget_in_force, budgets_for, executions, ledger_of
from fujing.general.budget.services import (
    Voucher,
    budget_decide,
    budget_draft,
    budget_revise,
    budget_submit,
    budget_withdraw,
    spending_record,
)
from fujing.general.budget.states import BUDGET, OWED, PROPOSERS, BudgetKind
from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.files import file_response, file_store
from fujing.registry.models import Organ, territory_of
from fujing.web.acts import perform
from fujing.web.audience import MONEY, PARTNER_MONEY
from fujing.web.columns import Column, table_of
from fujing.web.desk.common import DateField, names_organs, need, state_column
from fujing.web.desk.general.quota import organ_seen
from fujing.web.lists import Link, address, filter_links, list_of, list_response

MOST = 1000
"""The province's bureaus are all on one page."""
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


class DecisionForm(forms.Form):
    document_number = forms.CharField(label="文号", max_length=60, required=False, help_text="下达时必填")
    document_date = DateField(label="文件日期", required=False)
    opinion = forms.CharField(
        label="意见", required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text="退回时必填"
    )


class PaperForm(DecisionForm):
    scan = forms.FileField(label="扫描件", required=False)
    prefix = "paper"


class SpendingForm(forms.Form):
    kind = forms.ChoiceField(label="项目", choices=BudgetKind.choices)
    year = forms.IntegerField(label="预算年度", min_value=FIRST_YEAR, max_value=2100)
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
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdigit() and FIRST_YEAR <= int(asked) <= 2100 else today().year


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
    year, kind = _year(request), request.GET.get("kind", "")
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
        found.get(request.GET.get("show", ""), rows),
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
    adjusts = budget_for(actor, int(number)) if (number := request.GET.get("adjusts", "")).isdigit() else None
    source = budget or adjusts
    start: dict[str, Any] = {"year": _year(request)}
    if source:
        start = {"year": source.year, "reason": budget.reason if budget else ""}
        start |= {line.kind: line.amount for line in source.lines.all()}
    form = BudgetForm(request.POST or None, initial=start)
    form.fields["year"].disabled = source is not None
    if request.method == "POST" and form.is_valid():
        amounts, reason, year = form.amounts(), form.cleaned_data["reason"], form.cleaned_data["year"]
        saved = perform(
            request,
            lambda: (
                budget_revise(actor=actor, budget=budget, amounts=amounts, reason=reason)
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
        "back": reverse("desk:budgets"),
    }
    return render(request, "kinds/form_page.html", context, status=422 if form.errors else 200)


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    actor = need(request, *MONEY, *PARTNER_MONEY)
    budget = budget_for(actor, pk)
    verb = request.POST.get("verb", "")
    recording = verb.startswith("record_")
    form = DecisionForm(request.POST if verb in {"pass", "return"} else None)
    paper = PaperForm(request.POST, request.FILES) if recording else PaperForm()
    if request.method == "POST" and _act(request, actor, budget, verb, paper if recording else form):
        return redirect("desk:budget", pk)
    return render(
        request, "general/budget/detail.html", _context(actor, budget, form, paper), status=422 if verb else 200
    )


def _act(request: HttpRequest, actor: Actor, budget: Budget, verb: str, form: DecisionForm) -> Any:
    if verb in {"submit", "withdraw"}:
        call = budget_submit if verb == "submit" else budget_withdraw
        return perform(request, lambda: call(actor=actor, budget=budget))
    if not form.is_valid():
        return None
    data = dict(form.cleaned_data)
    upload = data.pop("scan", None)

    def decide() -> Budget:
        scan = file_store(actor=actor, organ_code=budget.organ_code, upload=upload) if upload else None
        return budget_decide(actor=actor, budget=budget, verb=verb, scan=scan, **data)

    return perform(request, decide, form)


def _context(actor: Actor, budget: Budget, form: DecisionForm, paper: PaperForm) -> dict[str, Any]:
    moves = BUDGET.open_to(actor, budget.state)
    own, proposer = actor.organ_code == budget.organ_code, actor.account_id == budget.proposed_by_id
    before = {line.kind: line.amount for line in budget.previous.lines.all()} if budget.previous else {}
    amounts = {line.kind: line.amount for line in budget.lines.all()}
    lines = [
        {"label": label, "amount": amounts[kind], "was": before.get(kind), "owed": kind in OWED}
        for kind, label in BudgetKind.choices
    ]
    deciding = [(move.verb, move.label) for move in moves if move.verb in {"pass", "return"}]
    recording = [(move.verb, move.label) for move in moves if move.verb.startswith("record_")]
    acts = [(move.verb, move.label) for move in moves if move.verb in {"submit", "withdraw"}]
    asked = actor.organ_code == budget.assigned_organ and not proposer
    return {
        "budget": budget,
        "lines": lines,
        "organ": Organ.objects.get(pk=budget.organ_code),
        "before": bool(before),
        "finance": Organ.objects.filter(pk=budget.assigned_organ or 0).first(),
        "decision": form if asked and deciding else None,
        "decide_verbs": deciding,
        "paper": paper if own and recording and not proposer else None,
        "paper_verbs": recording,
        "own_verbs": acts if own else [],
        "may_edit": own and budget.state in {"draft", "returned"} and actor.has(*PROPOSERS),
        "may_adjust": own and budget.state == "issued" and actor.has(*PROPOSERS),
    }


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


def scan(request: HttpRequest, pk: int) -> HttpResponse:
    """The scanned document behind a decision recorded on paper."""
    budget = budget_for(need(request, *MONEY, *PARTNER_MONEY), pk)
    if budget.scan is None:
        raise Http404("没有扫描件")
    return file_response(budget.scan)  # type: ignore[return-value]
