"""How a labour contract goes on after its term: Labour Contract Law 14, 42, 44 to 47, to which Article 39 leads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from fujing.law.parameters import Parameters
from fujing.law.periods import months_later

TERMS = "劳动合同法第十四条第二款"
ENDING = "劳动合同法第四十四条第（一）项、第四十六条第（五）项"
SEVERANCE = "劳动合同法第四十七条第一款"
EXTENSION = "劳动合同法第四十五条"
PROTECTED = {
    "hazard": "从事接触职业病危害作业，未进行离岗前职业健康检查，或者疑似职业病在诊断、医学观察期间",
    "injury": "在本单位患职业病或者因工负伤，并被确认丧失或者部分丧失劳动能力",
    "illness": "患病或者非因工负伤，在规定的医疗期内",
    "maternity": "女职工在孕期、产期、哺乳期",
    "near_retirement": "在本单位连续工作满十五年，且距法定退休年龄不足五年",
}
"""What makes a term run on until it is over (Labour Contract Law 42 and 45). Each is found by a named person."""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer with its reason: `holds` is None where a fact is missing, and then `because` names it."""

    holds: bool | None
    because: str


def open_ended_due(p: Parameters, began: date, fixed_terms: int | None, starts: date) -> Said:
    """Whether a contract from `starts` on is to be without a term, unless the person asks for one in writing.

    `began` is the first day with this bureau, `fixed_terms` how many fixed terms followed one another so far.
    """
    years, after = p["contract.open_ended.years"], p["contract.open_ended.after"]
    if years is None or after is None:
        return Said(None, f"没有登记{starts}适用的规定，是否应为无固定期限待核实")
    if months_later(began, 12 * years) <= starts:
        return Said(True, f"{began}起在本单位工作，到{starts}连续满{years}年（{TERMS}第（一）项）")
    if fixed_terms is None:
        return Said(None, "已连续订立几次固定期限合同没有记载，是否应为无固定期限待核实")
    if fixed_terms >= after:
        return Said(True, f"已连续订立{fixed_terms}次固定期限合同（{TERMS}第（三）项）")
    return Said(False, f"连续订立固定期限合同{fixed_terms}次，工作未满{years}年，可以续订固定期限")


@dataclass(frozen=True, slots=True)
class Severance:
    """Months of average pay that are owed when a term ends; None where it can't be told, and why."""

    months: Decimal | None
    because: str


def severance_on_expiry(
    p: Parameters, began: date, after: date, *, refused_by_person: bool, same_or_better: bool | None
) -> Severance:
    """What an expired term owes. `after` is the day after the last one.

    Nothing if the person refused a contract on the same or better terms; `same_or_better` is None if nothing was
    offered. One month's average pay for each year, half a month for a rest below half a year.
    """
    if refused_by_person and same_or_better:
        return Severance(Decimal(0), f"单位维持或者提高约定条件续订，本人不同意，不支付经济补偿（{ENDING}）")
    counted = severance_months(p, began, after)
    if counted is None:
        return Severance(None, f"没有登记{after}适用的规定，经济补偿待核实")
    months, long = counted
    who = "本人不同意降低条件的续订" if refused_by_person else "单位不续订"
    return Severance(months, f"{who}，{long}，经济补偿{months}个月工资（{SEVERANCE}）")


def severance_months(p: Parameters, began: date, after: date) -> tuple[Decimal, str] | None:
    """Months of average pay for the years of service until the day before `after`, and those years in words.

    One for each year, half a month for a rest below half a year; None where no parameter applies.
    """
    half_below, counted_from = p["contract.severance.half_below"], p["contract.severance.since"]
    if half_below is None or counted_from is None:
        return None
    since = max(began, counted_from)
    months = 0
    while months_later(since, months + 1) <= after:
        months += 1
    years, rest = divmod(months, 12)
    days = months_later(since, months) < after
    part = Decimal(1) if rest >= half_below else Decimal("0.5") if rest or days else Decimal(0)
    long = f"{years}年{rest}个月" + ("零几天" if days else "")
    return years + part, f"{since}至{after - timedelta(days=1)}共{long}"


UNSIGNED = "劳动合同法第八十二条第一款、实施条例第六条、第七条"


@dataclass(frozen=True, slots=True)
class Unsigned:
    """Days of work for which twice the pay is owed as nothing was signed: both inclusive, None where there are none.

    `known` is False where the law's figures for the day aren't.
    """

    first: date | None
    last: date | None
    because: str
    known: bool = True


def unsigned(p: Parameters, began: date, signed_on: date | None, day: date) -> Unsigned:
    """What is owed until `day` (inclusive) for work without a first written contract, signed on `signed_on` if at all.

    From the second month on until the day before the signature, to the end of the first year at most; then the
    contract is taken to be open-ended. What comes after a contract that ran out is not reckoned here.
    """
    grace, most = p["contract.signing.months"], p["contract.unsigned.months"]
    if grace is None or most is None:
        return Unsigned(None, None, f"没有登记{day}适用的规定，二倍工资待核实", known=False)
    first, over = months_later(began, grace), months_later(began, most)
    last = min(over, signed_on or over) - timedelta(days=1)
    if last < first or day < first:
        return Unsigned(None, None, f"{first}前订立书面劳动合同，不涉及二倍工资")
    open_ended = f"；{over}起视为已订立无固定期限合同" if signed_on is None and over <= day else ""
    last = min(last, day)
    return Unsigned(first, last, f"{first}至{last}应每月支付二倍工资{open_ended}（{UNSIGNED}）")
