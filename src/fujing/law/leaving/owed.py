"""What an ending costs: severance (Labour Contract Law 46 and 47), and twice that if it was unlawful (87)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from fujing.law.contracts import SEVERANCE, Said, severance_months
from fujing.law.leaving.ways import WAYS
from fujing.law.parameters import Parameters

DUE = "劳动合同法第四十六条"
CAP = "劳动合同法第四十七条第二款"
UNLAWFUL = "劳动合同法第八十七条"


@dataclass(frozen=True, slots=True)
class Owed:
    """Months of average pay and their amount in 元; None where it can't be told, and why."""

    months: Decimal | None
    amount: Decimal | None
    because: str


def severance_due(way: str, proposed_by_bureau: bool | None) -> Said:
    """Whether an ending owes severance."""
    found = WAYS[way]
    if way == "agreed":
        if proposed_by_bureau is None:
            return Said(None, f"由谁提出解除没有写明，是否支付经济补偿待核实（{DUE}）")
        return Said(proposed_by_bureau, f"{'单位' if proposed_by_bureau else '本人'}提出协商解除（{DUE}）")
    if found.severance is None:
        return Said(None, f"所依据的条文是否要求经济补偿待核实（{DUE}）")
    return Said(found.severance, f"{found.label}（{DUE}）")


def severance(
    p: Parameters,
    way: str,
    began: date,
    last_day: date,
    *,
    proposed_by_bureau: bool | None = None,
    average: Decimal | None = None,
) -> Owed:
    """What is owed; `average` is the person's average pay of the last twelve months in 元/月."""
    due = severance_due(way, proposed_by_bureau)
    if due.holds is None:
        return Owed(None, None, due.because)
    if not due.holds:
        return Owed(Decimal(0), Decimal(0), f"{due.because}，不支付经济补偿")
    return _counted(p, began, last_day, average, due.because)


def exposure(p: Parameters, began: date, last_day: date, *, average: Decimal | None = None) -> Owed:
    """What the bureau would owe, were the ending found unlawful."""
    times = p["leaving.unlawful.times"]
    if times is None:
        return Owed(None, None, f"没有登记{last_day}适用的规定，赔偿金待核实")
    found = _counted(p, began, last_day, average, "如果被认定违法解除")
    months, amount = (None if each is None else each * times for each in (found.months, found.amount))
    return Owed(months, amount, f"{found.because}；赔偿金为其{times}倍（{UNLAWFUL}）")


def _counted(p: Parameters, began: date, last_day: date, average: Decimal | None, why: str) -> Owed:
    counted = severance_months(p, began, last_day + timedelta(days=1))
    years, times = p["leaving.severance.cap_years"], p["leaving.severance.cap_times"]
    if counted is None or years is None or times is None:
        return Owed(None, None, f"{why}，没有登记{last_day}适用的规定，经济补偿待核实")
    months, long = counted
    said = f"{why}，{long}"
    local = p["leaving.severance.local_average"]
    if average is None or local is None:
        lacks = "、".join(
            word for word, value in (("本人月平均工资", average), ("当地职工月平均工资", local)) if value is None
        )
        told = f"{lacks}没有登记，是否封顶和金额待核实（{CAP}）"
        if months > years:
            return Owed(None, None, f"{said}，{told}")
        return Owed(months, None, f"{said}，经济补偿{months}个月工资（{SEVERANCE}）；{told}")
    limit = Decimal(local) * times
    if average <= limit:
        return Owed(months, months * average, f"{said}，经济补偿{months}个月工资（{SEVERANCE}）")
    capped = min(months, Decimal(years))
    return Owed(
        capped,
        capped * limit,
        f"{said}，月工资高于当地平均工资{times}倍，按{limit}元计，最多{years}年，经济补偿{capped}个月（{CAP}）",
    )
