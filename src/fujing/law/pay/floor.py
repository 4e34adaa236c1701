"""Article 33: the organ's overall standard of pay against last year's income of the same locality."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from fujing.law.findings import Outcome
from fujing.law.pay.exact import Exact
from fujing.law.pay.money import Gross, cents, yuan
from fujing.law.pay.run import MonthRun, Run

PROVISION = "33"


@dataclass(frozen=True, slots=True)
class FloorCheck:
    """`annualised`: gross of twelve whole months per person, 元, None where no slip tells it."""

    outcome: Outcome
    annualised: Fraction | None
    income: Fraction | None
    message: str


def check_floor(run: Run) -> FloorCheck:
    """`violated` below the income; undetermined where the figure, its source or a slip is missing or its year is wrong."""
    floor = run.scheme.floor
    income = Fraction(floor.income) if floor and floor.income is not None else None
    shares = sum((month.total(month.month.days / month.month.length) for month in run.months), Fraction(0))
    paid = sum((_gross(month, month.slip.gross) for month in run.months), Fraction(0))
    still_open = sum((month.month.served & month.open).sum() for month in run.months)
    annualised = 12 * paid / shares if shares and not still_open else None
    lacks = []
    if income is None:
        lacks.append("缺少上一年度本地城镇居民人均可支配收入")
    if floor is not None:
        if floor.source is None:
            lacks.append("收入数字没有写明来源")
        if floor.year is None:
            lacks.append("收入数字没有写明年度")
        elif floor.year != run.year - 1:
            lacks.append(f"收入数字是{floor.year}年的，应为{run.year - 1}年")
    if still_open:
        lacks.append(f"有{still_open}张工资单待核实")
    if annualised is None and not still_open:
        lacks.append("没有工资单")
    if lacks or annualised is None or income is None:
        return FloorCheck(Outcome.UNDETERMINED, annualised, income, "总体薪酬标准待核实：" + "，".join(lacks))
    where = floor.locality if floor and floor.locality else "本地"
    paid_a_year, due_a_year = yuan(cents(annualised)), yuan(cents(income))
    said = f"人均年应发{paid_a_year}元，{where}{run.year - 1}年城镇居民人均可支配收入{due_a_year}元"
    if annualised < income:
        return FloorCheck(Outcome.VIOLATED, annualised, income, f"{said}，低于这一标准")
    return FloorCheck(Outcome.SATISFIED, annualised, income, f"{said}，不低于这一标准")


def _gross(month: MonthRun, gross: Gross[Exact]) -> Fraction:
    return month.total(gross.amount)
