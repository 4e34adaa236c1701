"""年休假: days of a calendar year by cumulative work, what takes them away, and the parts of a year.

Regulations on Paid Annual Leave of Employees 2 to 5. Where a text can be read in several ways (the year in which somebody
reaches 10 years), or a fact isn't known, the answer is every number that is possible, from the fewest to the most.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from fujing.kernel.numbers import bare
from fujing.law.leave.entitled import Entitled
from fujing.law.parameters import Parameters
from fujing.law.periods import months_later

STATUTE = "职工带薪年休假条例第三条"
NOT_DUE = "职工带薪年休假条例第四条"
SINCE = "累计工作起算日（劳动合同、社会保险缴费记录或者档案）"
CONTINUOUS = "入职前是否已连续工作满12个月"
PAID = "本年带薪事假累计天数"
SICK = "本年病假累计天数"
LAST_YEAR = "上一年度已休年休假后，是否又请满了不再享受的病假或者带薪事假"
WHICH = "本单位对当年满年限的怎样计算"


@dataclass(frozen=True, slots=True)
class Worked:
    """What is known of somebody's work; None where it isn't.

    `hired`: first day with this bureau. `left`: last day, inclusive. `since`: the day from which cumulative work counts, as
    papers prove it. `continuous`: whether twelve months had been worked without a gap on the day of hiring.
    """

    hired: date | None
    left: date | None = None
    since: date | None = None
    born: date | None = None
    continuous: bool | None = None


@dataclass(frozen=True, slots=True)
class Away:
    """What takes a year's leave away: working days of paid personal leave, all days of sick leave, and whether last
    year's leave was had although it was then not due."""

    paid_personal: Decimal | None = Decimal(0)
    sick: Decimal | None = Decimal(0)
    last_year: bool | None = False


class _Year(NamedTuple):
    """A calendar year of one person: its part with this bureau, both days inclusive, and the day that is looked from."""

    first: date
    last: date
    begins: date
    ends: date
    at: date


def annual(p: Parameters, worked: Worked, year: int, day: date, away: Away) -> Entitled:
    """The days of a calendar year, as the facts stand on a day."""
    bands = p["leave.annual.bands"]
    if None in (bands, p["leave.working_age"], p["leave.annual.sick_months"], p["leave.annual.paid_personal"]):
        return Entitled(Decimal(0), None, f"没有登记{p.day}适用的年休假规定", ("适用的规定",))
    if worked.hired is None:
        return Entitled(Decimal(0), Decimal(bands[-1][1]), "入职日期空白，年休假天数待核实", ("入职日期",))
    if worked.hired.year > year or (worked.left is not None and worked.left.year < year):
        return Entitled(Decimal(0), Decimal(0), f"{year}年不在本单位工作")
    found = _possible(p, worked, year, day, away)
    least, most = min(found), max(found)
    needs = tuple(_needs(p, worked, year, day, away)) if least != most else ()
    return Entitled(least, most, _because(p, worked, _year(worked, year, day), away), needs)


def band(bands: Any, starts: date, day: date) -> int:
    """Days a year of who has worked from one day to another."""
    return max((days for after, days in bands if months_later(starts, 12 * after) <= day), default=0)


def _year(worked: Worked, year: int, day: date) -> _Year:
    assert worked.hired is not None
    first, last = date(year, 1, 1), date(year, 12, 31)
    begins, ends = max(first, worked.hired), min(last, worked.left or last)
    return _Year(first, last, begins, ends, min(max(day, begins), ends))


def _possible(p: Parameters, worked: Worked, year: int, day: date, away: Away) -> set[Decimal]:
    """Every number of days that facts and readings allow."""
    span = _year(worked, year, day)
    return {days for starts in _starts(p, worked, span) for days in _from(p, worked, span, away, starts)}


def _earliest(p: Parameters, worked: Worked, span: _Year) -> date:
    """The first day on which work can have begun: at the working age, where the day of birth is known."""
    assert worked.hired is not None
    if worked.born is not None:
        return min(worked.hired, months_later(worked.born, 12 * p["leave.working_age"]))
    return min(worked.hired, months_later(span.first, -12 * (max(after for after, _ in p["leave.annual.bands"]) + 1)))


def _starts(p: Parameters, worked: Worked, span: _Year) -> list[date]:
    """The days from which work may count: the proven one, or all at which the answer can change."""
    assert worked.hired is not None
    if worked.since is not None:
        return [min(worked.since, worked.hired)]
    earliest, latest = _earliest(p, worked, span), worked.hired
    turns = {months_later(latest, -12)}
    for after, _ in p["leave.annual.bands"]:
        turns |= {months_later(turn, -12 * after) for turn in (span.begins, span.at, months_later(latest, 12))}
    near = {turn + timedelta(days=step) for turn in turns for step in range(-3, 4)}
    found = {earliest, latest} | {each for each in near if earliest < each < latest}
    if worked.continuous:
        found = {each for each in found if months_later(each, 12) <= latest} or {earliest}
    return sorted(found)


def _from(p: Parameters, worked: Worked, span: _Year, away: Away, starts: date) -> Iterator[Decimal]:
    """The days of the year by each reading, were work to count from `starts`."""
    assert worked.hired is not None
    if months_later(starts, 12) > worked.hired:
        before: tuple[bool, ...] = (False,)
    else:
        before = (True, False) if worked.continuous is None else (worked.continuous,)
    for had in before:
        due = worked.hired if had else months_later(worked.hired, 12)
        if due > span.at:
            yield Decimal(0)
            continue
        counted = max(span.begins, due)
        # Whoever reaches a band within the year: by the old rate, by the new one, or the days of each part.
        bands = p["leave.annual.bands"]
        for rate in {band(bands, starts, counted), band(bands, starts, span.at)}:
            for begins in {span.begins, counted}:
                yield from _left(p, away, rate, _part(span, begins, rate))


def _part(span: _Year, begins: date, rate: int) -> Decimal:
    """The days of a part of the year, a fraction of a day not counted; the whole year has the whole rate."""
    if begins == span.first and span.ends == span.last:
        return Decimal(rate)
    return Decimal(((span.ends - begins).days + 1) * rate // 365)


def _left(p: Parameters, away: Away, rate: int, days: Decimal) -> Iterator[Decimal]:
    """What is left of the days; both where it isn't known whether they are lost."""
    lost = [away.last_year]
    lost.append(None if away.paid_personal is None else away.paid_personal >= p["leave.annual.paid_personal"])
    lost.append(_too_sick(p, away, rate))
    if True not in lost:
        yield days
    if True in lost or None in lost:
        yield Decimal(0)


def _too_sick(p: Parameters, away: Away, rate: int) -> bool | None:
    """Whether sick leave reached the months of a band. How many days so many months are is nowhere said: between the
    shortest and the longest months that follow one another it is open."""
    months = dict(p["leave.annual.sick_months"]).get(rate)
    if months is None or away.sick is None:
        return None
    lengths = [(months_later(at, months) - at).days for at in (date(2025, month, 1) for month in range(1, 13))]
    if away.sick >= max(lengths):
        return True
    return False if away.sick < min(lengths) else None


def _needs(p: Parameters, worked: Worked, year: int, day: date, away: Away) -> Iterator[str]:
    """What has to be found out: each unknown fact of which the answer depends, else how the text is read."""
    span, asked = _year(worked, year, day), False
    tries = [
        (SINCE, worked.since, [(replace(worked, since=each), away) for each in _starts(p, worked, span)]),
        (CONTINUOUS, worked.continuous, [(replace(worked, continuous=each), away) for each in (True, False)]),
        (PAID, away.paid_personal, [(worked, replace(away, paid_personal=Decimal(each))) for each in (0, 366)]),
        (SICK, away.sick, [(worked, replace(away, sick=Decimal(each))) for each in (0, 366)]),
        (LAST_YEAR, away.last_year, [(worked, replace(away, last_year=each)) for each in (False, True)]),
    ]
    for label, value, each in tries:
        if value is None and len({frozenset(_possible(p, *one[:1], year, day, one[1])) for one in each}) > 1:
            asked = True
            yield label
    if not asked:
        yield WHICH


def _because(p: Parameters, worked: Worked, span: _Year, away: Away) -> str:
    bands = p["leave.annual.bands"]
    assert worked.hired is not None
    if worked.since is None:
        earliest = _earliest(p, worked, span)
        fewest, most = band(bands, worked.hired, span.at), band(bands, earliest, span.at)
        said = f"累计工作起算日没有登记，{worked.hired}入职"
        if worked.born is not None:
            said += f"、最早{earliest}满{p['leave.working_age']}周岁"
        said += f"，每年{fewest}天" if fewest == most else f"，每年{fewest}至{most}天"
    else:
        starts = min(worked.since, worked.hired)
        years = max((n for n in range(61) if months_later(starts, 12 * n) <= span.at), default=0)
        said = f"{starts}起累计工作，到{span.at}满{years}年，每年{band(bands, starts, span.at)}天"
    said += f"（{STATUTE}）"
    if months_later(worked.hired, 12) > span.at and worked.continuous is not True:
        said += f"；{worked.hired}入职，{CONTINUOUS}" + ("待核实" if worked.continuous is None else "：没有")
    if span.begins > span.first or span.ends < span.last:
        said += f"；当年在本单位{span.begins}至{span.ends}，按日历天数折算，不足一整天的不计"
    if away.last_year:
        said += f"；上一年度已休而不再享受，本年不享受（{NOT_DUE}）"
    if away.paid_personal is not None and away.paid_personal >= p["leave.annual.paid_personal"]:
        said += f"；本年带薪事假累计{bare(away.paid_personal)}天，不享受（{NOT_DUE}）"
    if away.sick:
        said += f"；本年病假累计{bare(away.sick)}天（{NOT_DUE}）"
    return said
