"""The demo's budget and figures of 三台. Imported after Django is set up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from fujing.cli.demo.papers import paper_decision
from fujing.cli.demo.registry import signed_in
from fujing.general.budget.models import Budget
from fujing.general.budget.services import Voucher, budget_decide, budget_draft, budget_submit, spending_record
from fujing.general.quota.services import figures_record
from fujing.kernel.actor import acting
from fujing.kernel.clock import today


def seed_budget() -> None:
    """A budget of 三台 for this year, issued on paper, a payment and the figures behind the ratios; once."""
    year = today().year
    amounts = {
        "pay": 9_600_000,
        "commendation": 120_000,
        "insurance": 3_100_000,
        "equipment": 260_000,
        "uniform": 180_000,
    }
    finance, head = signed_in("santai_finance"), signed_in("santai_head")
    with acting(finance):
        if Budget.objects.exists():
            return
        money = {kind: Decimal(amount) for kind, amount in amounts.items()}
        budget = budget_draft(actor=finance, year=year, amounts=money, reason=f"{year}年辅警经费")
        budget = budget_submit(actor=finance, budget=budget)
    with acting(head):
        budget_decide(
            actor=head,
            budget=budget,
            verb="record_pass",
            paper=paper_decision(head, f"三财预〔{year}〕18号", min(date(year, 1, 20), today())),
        )
        figures_record(actor=head, year=year, police_officers=520, residents=950_000, source="虚构数据，仅供演示")
    with acting(finance):
        voucher = Voucher(f"{year}年记字第31号", min(date(year, 1, 25), today()), "一月工资")
        spending_record(actor=finance, year=year, kind="pay", amount=Decimal(802_450), voucher=voucher)
