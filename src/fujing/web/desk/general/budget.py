"""经费预算: a bureau's year, its territory, payments by hand."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from fujing.general.budget.policies import can_spend, can_write_budget
from fujing.general.budget.queries import accounts_of, budget_in_force, budgets_for, executions, ledger_of
from fujing.general.budget.services import Voucher, spending_record
from fujing.general.budget.states import SPENDERS, BudgetKind
from fujing.kernel.clock import today
from fujing.registry.models import territory_of
from fujing.registry.queries import bureaus_under, organ_for
from fujing.web import values
from fujing.web.acts import perform
from fujing.web.audience import MONEY, PARTNER_MONEY, sees
from fujing.web.columns import Column, table_of
from fujing.web.desk.common import FIRST_YEAR, LAST_YEAR, DateField, names_organs, state_column
from fujing.web.doors import door
from fujing.web.form_pages import form_page
from fujing.web.lists import Link, address, filter_links, list_of, list_response
from fujing.web.numbers import NumberField
from fujing.web.requests import Request

MOST = 1000
"""The province's bureaus are all on one page."""


class SpendingForm(forms.Form):
    kind = forms.ChoiceField(label="项目", choices=BudgetKind.choices)
    year = forms.IntegerField(label="预算年度", min_value=FIRST_YEAR, max_value=LAST_YEAR)
    amount = NumberField(label="金额（元）", min_value=Decimal("0.01"), max_digits=14, decimal_places=2)
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


def _kinds(request: Request) -> tuple[Column, ...]:
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


def year_asked(request: Request) -> int:
    """The year in the address, the present one without it."""
    return values.number(request.GET, "year", today().year, least=FIRST_YEAR, most=LAST_YEAR)


@door(*MONEY, *PARTNER_MONEY)
def overview(request: Request, code: int | None = None) -> HttpResponse:
    """A bureau's year: six kinds, the ledger, the versions. The finance department sees what it is asked."""
    actor = request.actor
    if sees(actor, PARTNER_MONEY):
        asked = list_of(
            request,
            ASKED,
            budgets_for(actor),
            "经费预算",
            dress=names_organs(organ_name="organ_code"),
            empty="没有报请审核的预算。",
        )
        return list_response(request, asked, "general/budget/asked.html")
    organ = organ_for(actor, code or actor.organ_code or 0)
    year, kind = year_asked(request), values.words(request.GET, "kind")
    accounts = accounts_of(organ.code, year)
    chosen = kind if kind in BudgetKind.values else ""
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
        "may_draft": can_write_budget(actor, organ.code) and in_force is None,
        "may_adjust": can_write_budget(actor, organ.code) and in_force is not None,
        "may_spend": can_spend(actor, organ.code),
        "has_below": bureaus_under(organ.code).exists(),
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


@door(*MONEY)
def territory(request: Request, code: int) -> HttpResponse:
    """Every bureau of a territory in one year: who has no budget, which kinds have no money or are overspent."""
    actor = request.actor
    organ = organ_for(actor, code)
    year = year_asked(request)
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
    )
    return list_response(request, context, "general/budget/territory.html")


@door(*SPENDERS)
def spend(request: Request) -> HttpResponse:
    """A payment entered by the bureau's finance office."""
    actor = request.actor
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
    return form_page(
        request,
        form,
        title="登记支出",
        intro="奖励、装备、服装、训练经费不得超出预算；薪酬和社保超出预算照记，并提示调整。",
        submit="登记",
        back=reverse("desk:budgets"),
    )
