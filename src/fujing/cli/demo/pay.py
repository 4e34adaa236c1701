"""The demo's pay of 三台: two months paid, a late fact between them, one reckoning that was returned. Made once."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from fujing.cli.demo.cast import SANTAI
from fujing.cli.demo.management import scan
from fujing.cli.demo.registry import signed_in
from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.law.formats.pay_template import example_scheme
from fujing.safeguards.payroll.facts import facts_say, served_in, service_of
from fujing.safeguards.payroll.models import PayRun
from fujing.safeguards.payroll.services import (
    run_approve,
    run_draft,
    run_lock,
    run_return,
    run_submit,
    scheme_decide,
    scheme_enter,
)


def seed_pay() -> None:
    """A scheme for this year, everybody's facts, and the last months."""
    with acting(signed_in("santai_hr")) as clerk:
        if PayRun.objects.exists():
            return
        this = today().replace(day=1)
        before = (this - timedelta(1)).replace(day=1)
        earlier = (before - timedelta(1)).replace(day=1)
        if earlier.year != this.year:  # a scheme of one year pays the months of that year
            earlier = before = this
        year = earlier.year
        served = served_in(SANTAI, year)
        text = example_scheme().replace("2026", str(year)).replace("year: 2025", f"year: {year - 1}")
        scheme = scheme_enter(
            actor=clerk,
            text=text,
            document_number=f"三公辅〔{year}〕3号",
            document_date=date(year, 1, 8),
            upload=scan("薪酬方案"),
        )
    with acting(signed_in("santai_leader")) as leader:
        scheme_decide(actor=leader, scheme=scheme, verb="approve")
    with acting(signed_in("santai_hr")) as clerk:
        people = [
            {
                "id": person,
                "since": date(year, 1, 1),
                "tier": ("七级", "六级")[place % 2],
                "post_grade": ("一线", "一线", "机关")[place % 3],
                "appraisal": ("称职", "称职", "称职", "优秀", "基本称职")[place % 5],
                "social_base": Decimal(4300 + place % 7 * 100) if place % 41 != 40 else None,
                "housing_base": Decimal(4300),
                **service_of(employments),
            }
            for place, (person, employments) in enumerate(sorted(served.items()))
        ]
        facts_say(actor=clerk, source="辅警办年初核定", people=people, months=[])
        shifts = [{"id": each["id"], "month": earlier, "night_shifts": 4} for each in people[::3]]
        facts_say(actor=clerk, source="各所队考勤表", people=[], months=shifts)
    if before == earlier:
        _paid(this)
        return
    _paid(earlier)
    with acting(signed_in("santai_hr")) as clerk:
        late = [{"id": people[1]["id"], "month": earlier, "night_shifts": 2}]
        late += [{"id": each["id"], "month": before, "night_shifts": 5} for each in people[::4]]
        facts_say(actor=clerk, source="各所队考勤表，补报上月夜班", people=[], months=late)
    _returned(before)
    _paid(before)


def _returned(month: date) -> None:
    with acting(signed_in("santai_hr")) as clerk:
        run = run_submit(actor=clerk, run=run_draft(actor=clerk, month=month))
    with acting(signed_in("santai_head")) as head:
        run_return(actor=head, run=run, reason="巡特警大队的夜班没有报齐，补报后重新核算")


def _paid(month: date) -> None:
    with acting(signed_in("santai_hr")) as clerk:
        run = run_submit(actor=clerk, run=run_draft(actor=clerk, month=month))
    with acting(signed_in("santai_head")) as head:
        run = run_approve(actor=head, run=run)
    with acting(signed_in("santai_finance")) as finance:
        run_lock(actor=finance, run=run)
