"""Cumulative withholding, as far as the workbook has the months: what isn't there is 待核实, never assumed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import count, takewhile

from fujing.law.parameters import Parameters
from fujing.law.pay.exact import Bracket
from fujing.law.pay.workbook.cells import CENT, MICRO, Odd, decimal, rounded, said
from fujing.law.pay.workbook.cells import at as cell_name
from fujing.law.pay.workbook.months import Month, in_force
from fujing.law.pay.workbook.sums import Parts, Ways, reckoned
from fujing.law.pay.workbook.tables import PayTable, Row, by_month
from fujing.law.pay.workbook.telling import Findings, cited
from fujing.law.pay.workbook.words import BONUS, Heading

SHOWN = 10
"""Cells that a sentence names."""
KEY = "pay.tax.brackets"


@dataclass(slots=True)
class Year:
    """One person's months so far, millionths: `taxable` without any special deduction that isn't written."""

    months: int = 0
    gross: int = 0
    deducted: int = 0
    special: int = 0
    withheld: int = 0
    right: int = 0


def check_tax(found: Findings, judged: Sequence[Ways]) -> None:
    """From the year's first month on. People who join later count from their first month, or as 首次就业 from January."""
    parts = {id(table): (ways.taxed, ways.person) for ways in judged for table in ways.tables}
    years: dict[int | None, list[tuple[Month, PayTable, Row]]] = defaultdict(list)
    for each in by_month([table for ways in judged for table in ways.tables]):
        if each[1].one("tax") and parts[id(each[1])][0]:
            years[each[0].year].append(each)
    for year, rows in years.items():
        there = {month.month for month, _, _ in rows}
        known = list(takewhile(there.__contains__, count(1)))
        lacks = f"没有{len(known) + 1}月的工资表"
        if year is None or Parameters(in_force(rows[0][0]))[KEY] is None:
            known, lacks = [], "不知道是哪一年" if year is None else f"{year}年还没有按累计预扣"
        _later(found, [each for each in rows if each[0].month not in known], parts, lacks)
        people: dict[str, list[tuple[Month, PayTable, Row]]] = defaultdict(list)
        for each in rows:
            if each[0].month in known:
                people[each[2].key].append(each)
        lower: dict[int, list[tuple[PayTable, Row]]] = defaultdict(list)
        for own in people.values():
            _year(found, own, parts, lower)
        for those in lower.values():
            _lower(found, those)


def taxed(taxable: int, brackets: Sequence[Bracket]) -> int:
    """What is due on a cumulative income, to the 分."""
    fitting = (each for each in brackets if each[0] is None or taxable <= each[0] * MICRO)
    _, percent, quick = next(fitting)
    return rounded(Fraction(taxable * percent, 100) - quick * MICRO)


def _year(
    found: Findings,
    rows: list[tuple[Month, PayTable, Row]],
    parts: dict[int, tuple[Parts, Parts]],
    lower: dict[int, list[tuple[PayTable, Row]]],
) -> None:
    months = [month for month, _, _ in rows]
    if len(set(months)) < len(months):
        return  # Told as standing twice; whose tax it is can't be said.
    so_far, bonus = Year(), False
    start = months[0].month
    for month, table, row in rows:
        at = table.one("tax")
        assert at is not None
        assert month.first is not None
        gross, own = (reckoned(row, each) for each in parts[id(table)])
        printed = row.amounts.get(at.place)
        special_at = table.one("special")
        special = row.known(special_at.place) if special_at else 0
        if gross is None or own is None or special is None or isinstance(printed, Odd):
            found.undetermined("pay.tax", f"{month}起应发、缴费、扣除或者个税有文字，累计预扣没有核对", table, row, at)
            return
        bonus = bonus or any(row.known(each.place) != 0 for each in table.of("earning") if BONUS.search(each.title))
        so_far.months += 1
        so_far.gross, so_far.deducted, so_far.special = (
            so_far.gross + gross,
            so_far.deducted + own,
            so_far.special + special,
        )
        parameters = Parameters(month.first)
        due = _due(so_far, so_far.months, parameters)
        rights = {max(0, due - so_far.withheld), max(0, due - so_far.right)}
        first_job = max(0, _due(so_far, month.month, parameters) - so_far.withheld)
        paid = printed or 0
        judged = _Judged(found, table, row, at, paid, max(0, due - so_far.withheld), so_far, month, parameters)
        if min(abs(paid - each) for each in rights) >= CENT:
            if bonus:
                judged.unknown("有全年一次性奖金，可以单独计税，累计预扣不能重算")
            elif so_far.months < month.month - start + 1:
                judged.unknown("其间有月份没有此人，累计预扣不能重算")
            elif start > 1 and first_job <= paid < max(rights):
                judged.unknown(f"自{start}月起发工资，是否当年首次就业、以前在别处有无收入没有写明")
            elif special_at is None and paid < max(rights):
                lower[id(table)].append((table, row))
            else:
                judged.wrong()
        so_far.withheld += paid
        so_far.right += max(0, due - so_far.right)


def _lower(found: Findings, those: list[tuple[PayTable, Row]]) -> None:
    """Less than without any special deduction, and no column says who has one: told once for a sheet."""
    table = those[0][0]
    at = table.one("tax")
    assert at is not None
    cells = "、".join(cell_name(row.row, at.place) for _, row in those[:SHOWN])
    cells += f"等{len(those)}格" if len(those) > SHOWN else ""
    message = f"没有专项附加扣除一列；{cells}少于按没有扣除计算的数，有多少扣除没有写明"
    found.undetermined(
        "pay.tax", message, table, None, at, remedy="加一列每月的专项附加扣除再核对", count=str(len(those))
    )


def _due(so_far: Year, months: int, parameters: Parameters) -> int:
    basic = parameters["pay.tax.basic_deduction"] * MICRO
    return taxed(max(0, so_far.gross - basic * months - so_far.deducted - so_far.special), parameters[KEY])


@dataclass(slots=True)
class _Judged:
    found: Findings
    table: PayTable
    row: Row
    at: Heading
    paid: int
    right: int
    so_far: Year
    month: Month
    parameters: Parameters

    def _reckoning(self) -> str:
        basic = self.parameters["pay.tax.basic_deduction"]
        so_far = self.so_far
        return (
            f"累计应发{said(so_far.gross)}－{basic:,}×{so_far.months}个月－个人缴费{said(so_far.deducted)}"
            f"－专项附加扣除{said(so_far.special)}，已预扣{said(so_far.withheld)}"
        )

    def wrong(self) -> None:
        message = (
            f"“{self.at.title}”写{said(self.paid)}元，{self._reckoning()}，应为{said(self.right)}元（{cited(KEY)}）"
        )
        facts = {"printed": decimal(self.paid), "right": decimal(self.right)}
        self.found.violated(
            "pay.tax", message, self.table, self.row, self.at, remedy=f"改为{said(self.right)}元", **facts
        )

    def unknown(self, why: str) -> None:
        message = f"“{self.at.title}”写{said(self.paid)}元，{self._reckoning()}，按此应为{said(self.right)}元；{why}"
        self.found.undetermined("pay.tax", message, self.table, self.row, self.at, printed=decimal(self.paid))


def _later(
    found: Findings, rows: list[tuple[Month, PayTable, Row]], parts: dict[int, tuple[Parts, Parts]], lacks: str
) -> None:
    """Where an earlier month is missing only this is sure: who earns too little for any tax has none to pay."""
    still_open: dict[tuple[str, Month], list[tuple[PayTable, Row]]] = defaultdict(list)
    for month, table, row in rows:
        at = table.one("tax")
        assert at is not None
        gross, own = (reckoned(row, each) for each in parts[id(table)])
        printed = row.amounts.get(at.place)
        basic = Parameters(in_force(month))["pay.tax.basic_deduction"]
        below = basic and gross is not None and own is not None and gross - own <= basic * MICRO
        if below and isinstance(printed, int) and printed > 0:
            message = f"本月应发减个人缴费不超过{basic:,}元，“{at.title}”却有{said(printed)}元；{lacks}，是否补扣以前的，请核实"
            found.undetermined("pay.tax", message, table, row, at, printed=decimal(printed))
            continue
        if not below or printed:
            still_open[table.sheet, month].append((table, row))
    for (_, month), those in still_open.items():
        table = those[0][0]
        message = f"{lacks}，{month}有{len(those)}人的累计预扣不能重算"
        found.undetermined("pay.tax", message, table, None, table.one("tax"), remedy="附上一月起各月的工资表再核对")
