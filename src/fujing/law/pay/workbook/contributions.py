"""Insurance and housing fund (Article 34): rate times base, bases within their bounds, both sides, no month missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, partial

from fujing.law.parameters import Parameters
from fujing.law.pay.workbook.cells import CENT, MICRO, Odd, decimal, rounded, said
from fujing.law.pay.workbook.figures import Bounds, Figures
from fujing.law.pay.workbook.months import in_force
from fujing.law.pay.workbook.sums import MISREAD
from fujing.law.pay.workbook.tables import PayTable, Row
from fujing.law.pay.workbook.telling import Findings, cited
from fujing.law.pay.workbook.words import KIND_LABELS, Heading

SIDES = {"person": "个人", "employer": "单位"}
SHARED = ("social", "pension", "unemployment", "injury", "maternity")
"""Bases within the bounds of 社保, whatever name they stand under; that of medical insurance has its own."""
SOCIAL = ("pension", "medical", "unemployment", "injury", "maternity")
SAMPLED = 400
FINEST = 2000
"""Rates are read as multiples of a two-thousandth (0.05 %)."""
JIAO, YUAN = 10 * CENT, MICRO


def _up(unit: int) -> Callable[[int], int]:
    return lambda number: -(-number // unit) * unit


ROUNDINGS: tuple[Callable[[int], int], ...] = (
    rounded,
    lambda number: rounded(number, JIAO),
    lambda number: rounded(number, YUAN),
    _up(CENT),
    _up(JIAO),
    _up(YUAN),
    lambda number: number // CENT * CENT,
    lambda number: number // YUAN * YUAN,
)
"""How amounts are cut to 分, 角 or 元 in practice, the usual first; which one, the workbook's own rows show."""


@dataclass(frozen=True, slots=True)
class Rate:
    """`why`: where it stands; None: only what most rows of the workbook come to, which proves nothing."""

    value: Fraction
    why: str | None


@dataclass(slots=True)
class Column:
    """One side of one contribution in one table, with its base."""

    table: PayTable
    amount: Heading
    base: Heading | None

    @property
    def label(self) -> str:
        return f"{KIND_LABELS[self.amount.code]}（{SIDES[self.amount.side]}）"

    @property
    def paid(self) -> bool:
        return any((row.known(self.amount.place) or 0) > 0 for row in self.table.people)

    def pairs(self) -> Iterator[tuple[Row, int, int]]:
        """Rows with both a base and an amount above 0."""
        if self.base is None:
            return
        for row in self.table.people:
            base, paid = row.amounts.get(self.base.place), row.amounts.get(self.amount.place)
            if isinstance(base, int) and isinstance(paid, int) and base > 0 and paid > 0:
                yield row, base, paid


def check_contributions(found: Findings, tables: Sequence[PayTable], figures: Figures) -> None:
    columns: dict[tuple[str, str], list[Column]] = {}
    for table in tables:
        for amount in table.of("contribution"):
            if amount.code in (*SOCIAL, "housing", "annuity"):
                base = _base(table, amount.code)
                columns.setdefault((amount.code, amount.side), []).append(Column(table, amount, base))
    for (code, side), alike in columns.items():
        _rated(found, code, side, alike, figures)
    for table in tables:
        _bases(found, table, figures)
        _both_sides(found, table)
    _missing_bounds(found, tables, figures)


def _base(table: PayTable, code: str) -> Heading | None:
    own = table.one("base", code)
    return own or (table.one("base", "social") if code in SOCIAL else None)


def _rated(found: Findings, code: str, side: str, columns: list[Column], figures: Figures) -> None:
    pairs = [pair for column in columns for pair in column.pairs()]
    sample = pairs[:: max(1, len(pairs) // SAMPLED)]
    common = _common(sample)
    usual = cache(partial(_rounding, sample))
    for column in columns:
        if not column.paid:
            continue
        rate = _rate(code, side, column, figures) or (Rate(common, None) if common else None)
        _bounded_rate(found, code, side, column, rate)
        pairs_here = list(column.pairs())
        if not column.base or not pairs_here:
            continue
        if rate is None:
            message = f"{column.label}的费率没有给出，各人缴费与基数之比也不一致，没有核对"
            _unread(found, column, message, "写明费率及其来源")
            continue
        rounding = usual(rate.value)
        if len(pairs_here) >= MISREAD and not any(_right(base, paid, rate, rounding) for _, base, paid in pairs_here):
            message = f"{column.label}没有一个人是“{column.base.title}”的{percent(rate.value)}，这一列没有核对"
            _unread(found, column, message, "核对费率、基数是不是这两列")
            continue
        for row, base, paid in pairs_here:
            _check(found, column, column.base, row, base, paid, rate, rounding)


def _unread(found: Findings, column: Column, message: str, remedy: str) -> None:
    """A column that can't be judged is open at its heading."""
    rule, table, heading = "pay.contribution.rate", column.table, column.amount
    found.undetermined(rule, message, table, None, heading, provision="34", remedy=remedy)


def _rate(code: str, side: str, column: Column, figures: Figures) -> Rate | None:
    """As it was given, as the heading prints it, or as the law fixes it."""
    if (code, side) in figures.rates:
        return Rate(figures.rates[code, side], figures.cited)
    if column.amount.rate is not None:
        return Rate(column.amount.rate, "表头写明")
    if code == "pension":
        key = "pay.contribution.pension.percent"
        percents = Parameters(in_force(column.table.month))[key]
        return Rate(Fraction(percents[side == "person"]) / 100, cited(key)) if percents else None
    return None


def _common(sample: Sequence[tuple[Row, int, int]]) -> Fraction | None:
    """The rate of most rows."""
    counted: Counter[Fraction] = Counter()
    for _, base, paid in sample:
        rate = Fraction(round(Fraction(paid, base) * FINEST), FINEST)
        if abs(base * rate - paid) <= YUAN:
            counted[rate] += 1
    return next((rate for rate, count in counted.items() if count * 2 > len(sample)), None)


def _rounding(sample: Sequence[tuple[Row, int, int]], rate: Fraction) -> Callable[[int], int]:
    def fits(way: Callable[[int], int]) -> int:
        return sum(way(times(base, rate)) == paid for _, base, paid in sample)

    best = max(ROUNDINGS, key=fits)
    return best if fits(best) * 2 > len(sample) else ROUNDINGS[0]


def times(base: int, rate: Fraction) -> int:
    """To the nearest millionth."""
    return (2 * base * rate.numerator + rate.denominator) // (2 * rate.denominator)


def percent(rate: Fraction) -> str:
    return f"{float(rate * 100):g}%"


def _right(base: int, paid: int, rate: Rate, rounding: Callable[[int], int]) -> bool:
    exact = times(base, rate.value)
    return abs(rounding(exact) - paid) < CENT // 2 or bool(paid % CENT and abs(exact - paid) < CENT)


def _check(
    found: Findings,
    column: Column,
    of: Heading,
    row: Row,
    base: int,
    paid: int,
    rate: Rate,
    rounding: Callable[[int], int],
) -> None:
    right = rounding(times(base, rate.value))
    if _right(base, paid, rate, rounding):
        return
    reckoning = f"{of.title}{said(base)}×{percent(rate.value)}"
    if rate.why is None:
        message = f"{column.label}写{said(paid)}元，本表多数人为基数的{percent(rate.value)}，按此应为{said(right)}元；费率没有给出"
        found.undetermined(
            f"pay.contribution.{column.amount.side}",
            message,
            column.table,
            row,
            column.amount,
            provision="34",
            remedy="写明费率及其来源，或者核对基数和缴费",
            printed=decimal(paid),
            right=decimal(right),
        )
        return
    message = f"{column.label}写{said(paid)}元，{reckoning}应为{said(right)}元，差{said(paid - right)}元（{rate.why}）"
    found.violated(
        f"pay.contribution.{column.amount.side}",
        message,
        column.table,
        row,
        column.amount,
        provision="34",
        remedy=f"改为{said(right)}元，或者更正基数",
        printed=decimal(paid),
        right=decimal(right),
        rate=percent(rate.value),
    )


def _bounded_rate(found: Findings, code: str, side: str, column: Column, rate: Rate | None) -> None:
    """The rates that the law bounds: the housing fund's, and the employer's alone for work injury."""
    key = f"pay.contribution.{code}.range"
    if code == "injury" and side == "person":
        message = "工伤保险由单位缴纳，职工个人不缴纳（《中华人民共和国社会保险法》第三十三条）"
        found.violated(
            "pay.contribution.rate",
            message,
            column.table,
            None,
            column.amount,
            provision="34",
            remedy="退还个人缴纳的部分",
        )
    if rate is None or code not in ("housing", "injury"):
        return
    bounds = Parameters(in_force(column.table.month))[key]
    if bounds is None:
        return
    low, high = (Fraction(each) / 100 for each in bounds)
    if not low <= rate.value <= high:
        message = f"{column.label}按{percent(rate.value)}缴纳，应在{percent(low)}至{percent(high)}之间（{cited(key)}）"
        # The rate of work injury moves with each trade and employer around its range.
        tell = found.violated if code == "housing" else found.undetermined
        tell(
            "pay.contribution.rate",
            message,
            column.table,
            None,
            column.amount,
            provision="34",
            rate=percent(rate.value),
        )


def _bases(found: Findings, table: PayTable, figures: Figures) -> None:
    """Each base within the bounds that were given."""
    for base in table.of("base"):
        bounds = figures.housing if base.code == "housing" else figures.social if base.code in SHARED else Bounds()
        amounts = [each for each in table.of("contribution") if _base(table, each.code) == base]
        for row in table.people:
            cell = row.amounts.get(base.place)
            paid = any((row.known(each.place) or 0) > 0 for each in amounts)
            if isinstance(cell, Odd):
                continue
            if not cell:
                if paid:
                    message = f"“{base.title}”没有填写，缴费不能核对"
                    found.undetermined(
                        "pay.base.floor", message, table, row, base, provision="34", remedy="填写缴费基数"
                    )
                continue
            for rule, bound, wrong, remedy in (
                ("pay.base.floor", bounds.floor, "低于下限", "补缴差额"),
                ("pay.base.ceiling", bounds.ceiling, "高于上限", "退还多缴"),
            ):
                if bound is not None and (cell < bound if rule == "pay.base.floor" else cell > bound):
                    message = f"“{base.title}”{said(cell)}元，{wrong}{said(bound)}元，应按{said(bound)}元缴纳（{figures.cited}）"
                    found.violated(
                        rule,
                        message,
                        table,
                        row,
                        base,
                        provision="34",
                        remedy=f"基数改为{said(bound)}元，各项缴费重新计算，{remedy}",
                        printed=decimal(cell),
                        right=decimal(bound),
                    )


def _missing_bounds(found: Findings, tables: Sequence[PayTable], figures: Figures) -> None:
    for housing, label, bounds in ((False, "社保", figures.social), (True, "公积金", figures.housing)):
        has = any((each.code == "housing") is housing for table in tables for each in table.of("base"))
        lacks = [word for word, value in (("下限", bounds.floor), ("上限", bounds.ceiling)) if value is None]
        if has and lacks:
            message = f"没有给出当地{label}缴费基数的{'和'.join(lacks)}，基数是否过低或者过高没有核对"
            found.undetermined("pay.base.floor", message, provision="34", remedy="写明数字及其文号后再核对")


def _both_sides(found: Findings, table: PayTable) -> None:
    """The housing fund is the same on both sides; a contribution that only one side pays isn't one."""
    for code in ("pension", "medical", "unemployment", "housing"):
        person, employer = (table.one("contribution", code, side) for side in ("person", "employer"))
        if person is None or employer is None:
            continue
        for row in table.people:
            own, theirs = row.amounts.get(person.place), row.amounts.get(employer.place)
            if isinstance(own, Odd) or isinstance(theirs, Odd):
                continue
            own, theirs = own or 0, theirs or 0
            if (own > 0) != (theirs > 0):
                blank, paid = (employer, own) if own > 0 else (person, theirs)
                other = "个人" if own > 0 else "单位"
                message = f"{KIND_LABELS[code]}{other}缴了{said(paid)}元，“{blank.title}”没有缴；两方应同月缴纳"
                found.violated(
                    "pay.contribution.sides",
                    message,
                    table,
                    row,
                    blank,
                    provision="34",
                    remedy="核对缴费凭证，补缴或者更正",
                )
            elif code == "housing" and own != theirs and person.rate == employer.rate:
                message = f"住房公积金单位缴{said(theirs)}元，个人缴{said(own)}元，同一单位两方比例应相同（{cited('pay.contribution.housing.range')}）"
                found.undetermined(
                    "pay.contribution.sides",
                    message,
                    table,
                    row,
                    employer,
                    provision="34",
                    printed=decimal(theirs),
                    right=decimal(own),
                )
