"""Sums of a row: 应发, 扣款, 实发 and the sums of contributions, by the way in which the workbook itself adds up.

What a heading says is certain (基本工资 is in 应发). What it leaves open (an unknown item; whether 事假扣款 is taken
before or after 应发) is read from most of the rows; and a way that isn't the usual one is told as 待核实.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice, product

from fujing.law.pay.workbook.cells import CENT, Odd, decimal, said
from fujing.law.pay.workbook.tables import PayTable, Row
from fujing.law.pay.workbook.telling import Findings
from fujing.law.pay.workbook.words import Heading

Parts = tuple[tuple[Heading, int], ...]
SAMPLED = 400
"""Rows by which a way of adding up is found."""
WAYS = 243
MISREAD = 5
"""Rows of which not one agrees: then it is the columns that were misread, not everybody's pay that is wrong."""
HALF_CENT = CENT // 2


@dataclass(slots=True)
class Way:
    """How a sum comes about. `usual`: as its headings say; `parts` is None where no way fits most rows.

    `instead`: from the sum of deductions as it is printed, so that a wrong one isn't told a second time.
    """

    total: Heading
    parts: Parts | None
    usual: Parts
    rule: str
    instead: Parts = ()


@dataclass(slots=True)
class Ways:
    """All sums of tables with the same headings; `taxed`: what income tax counts as pay, `person`: what it leaves free."""

    tables: list[PayTable]
    found: list[Way] = field(default_factory=list)
    taxed: Parts = ()
    person: Parts = ()


def reckoned(row: Row, parts: Parts) -> int | None:
    """The sum of its parts; None where one can't be told."""
    total = 0
    for each, sign in parts:
        cell = row.known(each.place)
        if cell is None:
            return None
        total += sign * cell
    return total


def alike(one: int, two: int, hidden: int) -> bool:
    """Equal to the 分, where so many parts have digits behind it: each may move the sum by half of one."""
    return abs(one - two) <= max(HALF_CENT - 1, HALF_CENT * hidden)


def agrees(printed: int, row: Row, parts: Parts, total: int) -> bool:
    """A printed sum is that of its parts."""
    return alike(printed, total, sum(bool((row.known(each.place) or 0) % CENT) for each, _ in parts))


def ways(tables: Sequence[PayTable]) -> list[Ways]:
    """Tables of the same headings together."""
    shapes: dict[tuple[Heading, ...], list[PayTable]] = {}
    for table in tables:
        shapes.setdefault(table.shape, []).append(table)
    return [_ways(alike) for alike in shapes.values()]


def _ways(tables: list[PayTable]) -> Ways:
    found = Ways(tables)
    table = tables[0]
    rows = [row for each in tables for row in each.people]
    gross, net = table.one("gross"), table.one("net")
    ahead = table.headings[: gross.place] if gross else table.headings
    cut = [(each, _sign(each, rows)) for each in table.of("absence", "deduction")]
    unknown = [
        each for each in table.of("unknown") if any(isinstance(row.amounts.get(each.place), int) for row in rows)
    ]
    earned = [each for each in table.of("earning") if each in ahead or each.section == "earnings"]
    late = [each for each in table.of("earning") if each not in earned]
    taken: set[int] = set()
    if gross:
        absent, withheld = (
            tuple(part for part in cut if part[0].role == role and part[0] in ahead)
            for role in ("absence", "deduction")
        )
        after = tuple(part for part in cut if part[0].role == "absence" and part[0] not in ahead)
        options: list[list[Parts]] = [
            [absent, ()],
            [(), after],
            [withheld, ()],
            [(), tuple((each, 1) for each in late)],
        ]
        options += [[((each, 1),), (), ((each, -1),)] for each in unknown if each in ahead]
        way = _found(gross, tuple((each, 1) for each in earned), options, rows, "pay.sum.gross")
        if way.usual:
            found.found.append(way)
        taken = {each.place for each, _ in (way.parts if way.parts is not None else way.usual)}
    person = _contributed(table, "person")
    left = tuple(part for part in cut if part[0].place not in taken)
    tax = tuple((each, -1) for each in table.of("tax"))
    found.person = tuple((each, 1) for each, _ in person)
    base: Parts = ((gross, 1),) if gross else tuple((each, 1) for each in earned)
    base += tuple((each, 1) for each in late if each.place not in taken)
    found.taxed = base + tuple(part for part in left if part[0].role == "absence")
    deductions = table.one("deductions")
    minus = (*person, *tax, *left)
    if deductions and minus:
        groups = (person, tax, tuple(part for part in left if part[0].role == "absence"))
        certain = tuple(part for part in left if part[0].role == "deduction")
        turned = [[_turned(group), ()] for group in groups]
        found.found.append(_found(deductions, _turned(certain), turned, rows, "pay.sum.deductions"))
    if net and (gross or earned):
        base += minus if minus else ((deductions, -1),) if deductions else ()
        between = table.headings[gross.place : net.place] if gross else []
        options = [[((each, -1),), ((each, 1),), ()] for each in unknown if each in between]
        way = _found(net, base, options, rows, "pay.sum.net")
        if not minus and deductions is None and any(_differs(row, net, way.parts or ()) for row in rows):
            way.parts = None  # Something was withheld, and no column says what.
        way.instead = _instead(found.found, deductions, way)
        found.found.append(way)
    for side in ("person", "employer"):
        parts = _contributed(table, side, summed=False)
        if (total := table.one("contribution_total", side=side)) and parts:
            others = [part for part in parts if part[0].code in ("housing", "annuity", "extra")]
            certain = tuple(part for part in parts if part not in others)
            options = [[_turned((part,)), ()] for part in others]
            found.found.append(_found(total, _turned(certain), options, rows, "pay.sum.contributions"))
    return found


def _fits(row: Row, total: Heading, parts: Parts) -> bool:
    right, printed = reckoned(row, parts), row.known(total.place)
    return right is not None and printed is not None and agrees(printed, row, parts, right)


def _differs(row: Row, total: Heading, parts: Parts) -> bool:
    """Surely another sum than that of its parts."""
    right, printed = reckoned(row, parts), row.amounts.get(total.place)
    return right is not None and isinstance(printed, int) and not agrees(printed, row, parts, right)


def _instead(ways: Sequence[Way], deductions: Heading | None, net: Way) -> Parts:
    """The way of 实发 with the sum of deductions in the place of what it is the sum of."""
    summed = next((way.parts for way in ways if way.total == deductions), None)
    if not summed or deductions is None or net.parts is None:
        return ()
    within = {each.place for each, _ in summed}
    return (*(part for part in net.parts if part[0].place not in within), (deductions, -1))


def _turned(parts: Iterable[tuple[Heading, int]]) -> Parts:
    return tuple((each, -sign) for each, sign in parts)


def _sign(each: Heading, rows: Sequence[Row]) -> int:
    """A deduction written below zero is added, one above zero taken off."""
    cells = [cell for row in rows if isinstance(cell := row.amounts.get(each.place), int)]
    return 1 if sum(cell < 0 for cell in cells) > sum(cell > 0 for cell in cells) else -1


def _contributed(table: PayTable, side: str, *, summed: bool = True) -> Parts:
    """A side's contributions, each once: of a sum and its parts, the parts."""
    single = table.of("contribution", side=side)
    if any(each.code in ("pension", "medical", "unemployment") for each in single):
        single = [each for each in single if each.code != "social"]
    totals = table.of("contribution_total", side=side)[:1]
    social = {"pension", "medical", "unemployment", "social", "injury", "maternity"}
    if summed and totals and not any(each.code in social for each in single):
        housing_apart = "金" not in totals[0].title
        single = [*totals, *(single if housing_apart else [])]
    return tuple((each, -1) for each in single)


def _found(total: Heading, certain: Parts, options: list[list[Parts]], rows: Sequence[Row], rule: str) -> Way:
    """The way that most rows are added up; of equal ones the most usual."""
    options = [option for option in options if any(option)]
    usual = (*certain, *(part for option in options for part in option[0]))
    judged = [row for row in rows if isinstance(row.amounts.get(total.place), int)]
    judged = judged[:: max(1, len(judged) // SAMPLED)]
    if not options:
        misread = len(judged) >= MISREAD and not any(_fits(row, total, usual) for row in judged)
        return Way(total, None if misread else usual, usual, rule)
    best, most = usual, 0
    for chosen in islice(product(*options), WAYS):
        parts = (*certain, *(part for option in chosen for part in option))
        fits = sum(_fits(row, total, parts) for row in judged)
        if fits > most:
            best, most = parts, fits
        if fits == len(judged):
            break
    return Way(total, best if most * 2 > len(judged) else None, usual, rule)


def check_sums(found: Findings, judged: Sequence[Ways]) -> None:
    """Each row's sums; a table whose way can't be told is 待核实 at the sum's heading."""
    for each in judged:
        for way in each.found:
            first = each.tables[0]
            if way.parts is None:
                names = "、".join(part.title for part, _ in way.usual)
                found.undetermined(
                    way.rule,
                    f"认不出“{way.total.title}”由哪些列相加（试过{names}），这一列没有核对",
                    first,
                    None,
                    way.total,
                )
                continue
            if way.parts != way.usual:
                _unusual(found, way, first)
            for table in each.tables:
                for row in table.people:
                    _check(found, way, table, row)


def _unusual(found: Findings, way: Way, table: PayTable) -> None:
    chosen = dict.fromkeys(each.place for each, _ in way.parts or ())
    left_out = [each.title for each, _ in way.usual if each.place not in chosen]
    usual = {each.place for each, _ in way.usual}
    taken_in = [each.title for each, _ in way.parts or () if each.place not in usual]
    how = [f"不含{'、'.join(left_out)}"] * bool(left_out) + [f"含{'、'.join(taken_in)}"] * bool(taken_in)
    if how:
        message = f"多数人的“{way.total.title}”{'，'.join(how)}，按这种算法核对；是否应这样算，请核实"
        found.undetermined(way.rule, message, table, None, way.total)


def _check(found: Findings, way: Way, table: PayTable, row: Row) -> None:
    assert way.parts is not None
    printed, right = row.amounts.get(way.total.place), reckoned(row, way.parts)
    if right is None or isinstance(printed, Odd):
        return
    if printed is None:
        if right:
            message = f"没有填写“{way.total.title}”，按各项应为{said(right)}元"
            found.undetermined(way.rule, message, table, row, way.total, right=decimal(right))
        return
    if agrees(printed, row, way.parts, right):
        return
    other = reckoned(row, way.instead) if way.instead else None
    if other is not None and agrees(printed, row, way.instead, other):
        return
    shown = " ".join(
        f"{'＋' if sign > 0 else '－'}{each.title}{said(cell)}"
        for each, sign in way.parts
        if (cell := row.known(each.place))
    )
    message = f"“{way.total.title}”写{said(printed)}元，按 {shown.lstrip('＋')} 应为{said(right)}元，差{said(printed - right)}元"
    remedy = f"改为{said(right)}元，或者更正组成它的各项"
    found.violated(
        way.rule, message, table, row, way.total, remedy=remedy, printed=decimal(printed), right=decimal(right)
    )
