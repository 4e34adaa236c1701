"""One month by the formulas of formats/pay, written once: for everybody at once, or for one slip that is explained."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from operator import add
from typing import Any, Generic, Protocol

import polars as pl

from fujing.law.formats.pay import LABELS
from fujing.law.formats.pay_scheme import OWN_ITEMS, Contribution, Scheme
from fujing.law.parameters import Parameters, parameter_book
from fujing.law.pay.exact import Exact, constant
from fujing.law.pay.facts import Month
from fujing.law.pay.money import CENT, YUAN, Cost, Employer, Gross, N, Net, Withheld, cost_of, net_of

OVERTIME = ("overtime_weekday", "overtime_restday", "overtime_holiday")


class Reckoner(Protocol[N]):
    """Who reckons: takes facts in, and hears of each figure on the slip and each step between (not `printed`)."""

    def given(self, fact: Exact, name: str, source: str, provision: str) -> N: ...
    def holds(self, mask: pl.Series) -> Any: ...
    def figure(self, code: str, name: str, number: N, provision: str, *, printed: bool) -> N: ...


class Everybody:
    """All people at once."""

    def given(self, fact: Exact, name: str, source: str, provision: str) -> Exact:
        return fact

    def holds(self, mask: pl.Series) -> pl.Series:
        return mask

    def figure(self, code: str, name: str, number: Exact, provision: str, *, printed: bool) -> Exact:
        return number


@dataclass(frozen=True, slots=True)
class Before:
    """What earlier slips of the year leave to the next: sums in 元, their number, and what is still to recover."""

    gross: Exact = field(default_factory=lambda: constant(0))
    contributions: Exact = field(default_factory=lambda: constant(0))
    special: Exact = field(default_factory=lambda: constant(0))
    tax: Exact = field(default_factory=lambda: constant(0))
    slips: Exact = field(default_factory=lambda: constant(0))
    carried: Exact = field(default_factory=lambda: constant(0))


@dataclass(frozen=True, slots=True)
class Contributed(Generic[N]):
    """One contribution of a month; `counted`: for whom the month counts."""

    code: str
    counted: Any
    base: N
    person: N
    employer: N


@dataclass(frozen=True, slots=True)
class Slip(Generic[N]):
    """A month's amounts, 元. The own items (leave, back pay) are those of `pay_scheme.OWN_ITEMS`."""

    items: dict[str, N]
    gross: Gross[N]
    contributions: list[Contributed[N]]
    withheld: Withheld[N]
    taxable: N
    carried: N
    net: Net[N]
    cost: Cost[N]


class MonthFormulas(Generic[N]):
    """The steps of formats/pay ("The month"), in their order."""

    def __init__(self, scheme: Scheme, month: Month, before: Before, reckoner: Reckoner[N]) -> None:
        self.scheme, self.month, self.before, self.reckoner = scheme, month, before, reckoner
        self.parameters = Parameters(month.first)

    def slip(self) -> Slip[N]:
        items = self._items()
        gross = Gross(self._figure("gross", "应发工资", self._sum(list(items.values())), "33"))
        contributions = self._contributions()
        person = self._sum([each.person for each in contributions])
        employer = Employer(self._sum([each.employer for each in contributions]))
        taxable, tax = self._tax(gross, person)
        recovery, carried = self._recovery(gross, person, tax)
        withheld = Withheld(person, tax, recovery)
        net = Net(self._figure("net", "实发工资", net_of(gross, withheld).amount, "33"))
        cost = Cost(self._figure("cost", "用人成本", cost_of(gross, employer).amount, "34"))
        return Slip(items, gross, contributions, withheld, taxable, carried, net, cost)

    def _items(self) -> dict[str, N]:
        """Steps 1 to 3: the scheme's items, leave and back pay, each rounded once."""
        served = self._given(self.month.days, "本月在职天数", "人员表：入职日期、离职日期")
        share = self._step("share", "在职比例", served / self._given(self.month.length, "本月天数"), "33")
        scheme = self.scheme.items
        full = {item.code: self._full(item) for item in scheme if item.kind != "overtime"}
        hourly = self._sum([full[item.code] for item in scheme if item.hourly])
        full |= {item.code: self._overtime(hourly) for item in scheme if item.kind == "overtime"}
        items = {}
        for item in scheme:
            amount = full[item.code] * share if item.prorate else full[item.code]
            items[item.code] = self._figure(item.code, item.name, amount.rounded(CENT), "33")
        prorated = [item.code for item in scheme if item.prorate]
        daily = self._sum([full[code] for code in prorated]) / self._parameter("pay.days_a_month")
        daily = self._step("daily", "日工资", daily, "33")
        most = self._sum([items[code] for code in prorated])
        personal = (self._row("personal_leave_days") * daily).rounded(CENT).at_most(most)
        kept = self._constant(Fraction(self.scheme.absence.sick_rate), "病假保留工资的比例", "方案 sick_rate")
        lost = self._row("sick_leave_days") * daily * (self._constant(1, "全部") - kept)
        items["personal_leave"] = self._own("personal_leave", -personal, "36")
        left = most + items["personal_leave"]
        items["sick_leave"] = self._own("sick_leave", -lost.rounded(CENT).at_most(left), "36")
        items["back_pay"] = self._own("back_pay", self._row("back_pay"), "33")
        return items

    def _full(self, item: Any) -> N:
        """Step 2: the full amount of an item."""
        path = f"方案 items：{item.code}"
        if item.kind == "table":
            return self._given(self.month.full[item.code], f"{item.name}标准", f"{path}；人员表：{LABELS[item.by]}")
        if item.kind == "fixed":
            return self._given(self.month.full[item.code], f"{item.name}标准", path)
        amount = self._constant(Fraction(item.amount), f"{item.name}标准", path)
        if item.kind == "unit":
            return amount * self._row(item.of)
        times = {
            "seniority": ("本月一日的工龄（整年）", "人员表：入职日期", "33"),
            "appraisal": ("考核系数", f"{path}；人员表：上年度考核", "25"),
            "once": ("本月发放（1是，0否）", "人员表：入职日期、离职日期", "33"),
        }[item.kind]
        return amount * self._given(self.month.full[item.code], *times)

    def _overtime(self, hourly: N) -> N:
        percents = self.parameters["pay.overtime.percent"]
        cited = _cited("pay.overtime.percent")
        hours = self._sum(
            [
                self._constant(Fraction(percent, 100), f"{LABELS[key]}的倍数", cited) * self._row(key)
                for key, percent in zip(OVERTIME, percents, strict=True)
            ]
        )
        return hourly / self._parameter("pay.days_a_month") / self._parameter("pay.hours_a_day") * hours

    def _contributions(self) -> list[Contributed[N]]:
        """Step 5."""
        return [self._contributed(each) for each in self.scheme.contributions if each.on(self.month.first)]

    def _contributed(self, each: Contribution) -> Contributed[N]:
        values = each.on(self.month.first)
        assert values is not None
        since = f"方案 contributions：{each.code}，自{values.start:%Y-%m}"
        counted = self.reckoner.holds(self.month.counted[each.month_rule])
        base = self._given(
            self.month.bases[each.base], f"{each.name}申报基数", f"人员表：{LABELS[f'{each.base}_base']}"
        )
        if values.floor is not None:
            base = base.at_least(self._constant(Fraction(values.floor), f"{each.name}基数下限", since))
        if values.ceiling is not None:
            base = base.at_most(self._constant(Fraction(values.ceiling), f"{each.name}基数上限", since))
        base = self._step(f"{each.code}.clamped", f"{each.name}基数（上下限以内）", base, "34")
        unit = YUAN if each.round == "yuan" else CENT
        parts = {}
        for part, label, rate in (("person", "个人", values.person), ("employer", "单位", values.employer)):
            rated = base * self._constant(Fraction(rate), f"{each.name}{label}费率", since)
            parts[part] = self._figure(
                f"{each.code}.{part}", f"{each.name}（{label}）", rated.rounded(unit).where(counted), "34"
            )
        shown = self._figure(f"{each.code}.base", f"{each.name}基数", base.rounded(CENT).where(counted), "34")
        return Contributed(each.code, counted, shown, parts["person"], parts["employer"])

    def _tax(self, gross: Gross[N], person: N) -> tuple[N, N]:
        """Step 6: cumulative withholding."""
        before, earlier = self.before, "本年以前各月工资单"
        first_job = self.month.first_job
        slips = (before.slips + constant(1)).where(~first_job)
        months = slips + constant(self.month.first.month).where(first_job)
        taxable = (
            (self._given(before.gross, "以前各月应发", earlier) + gross.amount)
            - self._parameter("pay.tax.basic_deduction")
            * self._given(months, "累计月数", "首次就业的自一月起，否则为工资单数")
            - (self._given(before.contributions, "以前各月个人缴费", earlier) + person)
            - (self._given(before.special, "以前各月专项附加扣除", earlier) + self._special())
        ).at_least(self._constant(0, "零"))
        taxable = self._figure("taxable", "累计应纳税所得额", taxable.rounded(CENT), "33")
        cited = parameter_book()["pay.tax.brackets"]
        due = taxable.taxed(self.parameters["pay.tax.brackets"]).rounded(CENT)
        due = self._figure("tax_due", f"累计应预扣税额（{cited.statute}）", due, "33")
        tax = (due - self._given(before.tax, "以前各月已预扣", earlier)).at_least(self._constant(0, "零"))
        return taxable, self._figure("tax", "本月预扣个人所得税", tax, "33")

    def _special(self) -> N:
        return self._given(self.month.special, LABELS["special_deductions"], f"人员表：{LABELS['special_deductions']}")

    def _recovery(self, gross: Gross[N], person: N, tax: N) -> tuple[N, N]:
        """Step 7 (42.p2): what is taken this month, and what is carried."""
        due = self._row("recovery_due") + self._given(self.before.carried, "上月结转的追偿", "本年以前各月工资单")
        percent = self.parameters["pay.recovery.percent"]
        share = self._constant(Fraction(percent, 100), "每月扣除的最高比例", _cited("pay.recovery.percent"))
        lowest = self._constant(Fraction(self.scheme.minimum_wage), "月最低工资", "方案 minimum_wage")
        rest = gross.amount - person - tax - lowest
        taken = due.at_most((gross.amount * share).rounded(CENT)).at_most(rest).at_least(self._constant(0, "零"))
        taken = self._figure("recovery", "本月扣回追偿", taken.rounded(CENT), "42.p2")
        return taken, self._figure("carried", "结转下月的追偿", due - taken, "42.p2")

    def _given(self, fact: Exact, name: str, source: str = "", provision: str = "") -> N:
        return self.reckoner.given(fact, name, source, provision)

    def _constant(self, number: Fraction | int, name: str, source: str = "") -> N:
        return self._given(constant(number), name, source)

    def _parameter(self, key: str) -> N:
        return self._constant(Fraction(self.parameters[key]), parameter_book()[key].label, _cited(key))

    def _row(self, key: str) -> N:
        return self._given(self.month.rows[key], LABELS[key], f"月份表：{LABELS[key]}")

    def _own(self, code: str, number: N, provision: str) -> N:
        return self._figure(code, OWN_ITEMS[code], number, provision)

    def _figure(self, code: str, name: str, number: N, provision: str) -> N:
        return self.reckoner.figure(code, name, number, provision, printed=True)

    def _step(self, code: str, name: str, number: N, provision: str) -> N:
        return self.reckoner.figure(code, name, number, provision, printed=False)

    def _sum(self, numbers: list[N]) -> N:
        return reduce(add, numbers) if numbers else self._constant(0, "零")


def _cited(key: str) -> str:
    parameter = parameter_book()[key]
    return f"{parameter.statute}（{parameter.source}）"
