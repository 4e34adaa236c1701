"""A run as the document of formats/pay."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from fujing.law.findings import Finding, Outcome
from fujing.law.formats.pay_scheme import OWN_ITEMS
from fujing.law.pay.exact import Exact, whole
from fujing.law.pay.floor import FloorCheck
from fujing.law.pay.money import cents, yuan
from fujing.law.pay.run import MonthRun, Run

TOTALS = ("gross", "net", "cost", "tax")


class Cents:
    """A month's columns as whole 分, taken out of the run once."""

    def __init__(self, month: MonthRun, people: int) -> None:
        slip = month.slip
        self.month = month
        self.served, self.open = month.month.served.to_list(), month.open.to_list()
        self.items = {code: _cents(each, people) for code, each in slip.items.items()}
        self.contributions = [
            (
                each.code,
                each.counted.to_list(),
                *(_cents(part, people) for part in (each.base, each.person, each.employer)),
            )
            for each in slip.contributions
        ]
        figures = {
            "gross": slip.gross.amount,
            "taxable": slip.taxable,
            "tax": slip.withheld.tax,
            "recovery": slip.withheld.recovery,
            "carried": slip.carried,
            "net": slip.net.amount,
            "cost": slip.cost.amount,
        }
        self.figures = {key: _cents(each, people) for key, each in figures.items()}
        self.label = f"{month.month.first:%Y-%m}"

    def document(self, subject: str, row: int) -> dict[str, Any] | None:
        """One slip, or None where there is none."""
        if not self.served[row]:
            return None
        head: dict[str, Any] = {"subject": subject, "month": self.label}
        if self.open[row]:
            return head | {"outcome": "undetermined", "missing": self.month.missing(row)}
        figures = {key: yuan(each[row]) for key, each in self.figures.items()}
        items = [
            {"code": code, "amount": yuan(each[row])}
            for code, each in self.items.items()
            if code not in OWN_ITEMS or each[row]
        ]
        contributions = [
            {"code": code, "base": yuan(base[row]), "person": yuan(person[row]), "employer": yuan(employer[row])}
            for code, counted, base, person, employer in self.contributions
            if counted[row]
        ]
        gross = figures.pop("gross")
        return head | {"outcome": "computed", "items": items, "gross": gross, "contributions": contributions, **figures}


def slips(run: Run) -> Iterator[dict[str, Any]]:
    """By person as in the people file, then month."""
    months = [Cents(month, len(run.people)) for month in run.months]
    for row, subject in enumerate(run.people):
        for month in months:
            slip = month.document(subject, row)
            if slip is not None:
                yield slip


def totals(run: Run) -> dict[str, str]:
    """Sums over the computed slips."""
    sums = dict.fromkeys(TOTALS, Fraction(0))
    for month in run.months:
        slip = month.slip
        parts = (slip.gross.amount, slip.net.amount, slip.cost.amount, slip.withheld.tax)
        for key, part in zip(TOTALS, parts, strict=True):
            sums[key] += month.total(part)
    return {key: yuan(cents(each)) for key, each in sums.items()}


def floor(check: FloorCheck) -> dict[str, Any]:
    """The comparison of Article 33; what is missing stands in `message`."""
    said = {
        "annualised": None if check.annualised is None else yuan(cents(check.annualised)),
        "income": None if check.income is None else yuan(cents(check.income)),
        "outcome": str(check.outcome),
    }
    return said | ({"message": check.message} if check.outcome is Outcome.UNDETERMINED else {})


def findings(run: Run) -> list[Finding]:
    """Slips whose net is below zero."""
    return [
        Finding(
            provision="33",
            rule="pay.net_below_zero",
            outcome=Outcome.ADVICE,
            subject=subject,
            message=f"{month.month.first:%Y-%m}实发工资为{yuan(amount)}元，低于零",
            facts={"month": f"{month.month.first:%Y-%m}", "net": yuan(amount)},
            remedy="核对扣回、缴费和请假天数，差额与本人书面约定",
        )
        for month in run.months
        for subject, amount, computed in zip(
            run.people, _cents(month.slip.net.amount, len(run.people)), month.computed.to_list(), strict=True
        )
        if computed and amount < 0
    ]


def _cents(number: Exact, people: int) -> list[int]:
    """Whole 分 of everybody; a printed amount is one already."""
    scaled = number.spread(people).values * whole(100)
    return (scaled // whole(number.denominator)).to_list()
