"""The end of a year of annual leave: what may go on to the next, and what is owed for what was never arranged.

Regulations on Paid Annual Leave of Employees 5: leave goes on by one year at most; for days that the bureau did not
arrange the daily pay is 300 %, the usual pay included; who writes that they don't want them has the usual pay alone.
"""

from __future__ import annotations

from decimal import Decimal

from fujing.law.parameters import Parameters

STATUTE = "职工带薪年休假条例第五条"


def may_go_on(p: Parameters, left: Decimal, came: Decimal, used: Decimal) -> Decimal | None:
    """How many of the days that are `left` may go on to the next year; None where no figure applies.

    `came` is what came from the year before, which is used first and does not go on again.
    """
    years = p["leave.annual.carry_years"]
    if years is None:
        return None
    if years < 1:
        return Decimal(0)
    stale = max(Decimal(0), came - used)
    return max(Decimal(0), left - stale)


def owed_for(p: Parameters, days: Decimal) -> str:
    """What is owed for days that were not arranged, in words; no amount, which is the pay's to reckon."""
    percent = p["leave.annual.unpaid_percent"]
    if percent is None:
        return f"{days.normalize():f}天应休未休，没有登记{p.day}适用的规定，应付的待核实"
    return (
        f"{days.normalize():f}天应休未休，每天按日工资的{percent}%支付，"
        f"其中{percent - 100}%在正常工资以外另付（{STATUTE}第三款）"
    )
