"""What somebody owes of education and training, until when, and whether they have it (Article 24).

The Measures name kinds, not hours. How many hours a year's kind takes stands in the bureau's plan of the year; where
nobody entered any, whether they are enough is undetermined.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from fujing.kernel.numbers import bare
from fujing.law.contracts import Said
from fujing.law.formats.roster import NONE
from fujing.law.parameters import Parameters
from fujing.law.rulebooks.people.facts import EFFECTIVE
from fujing.law.training.kinds import INDUCTION, KINDS, SPECIAL

UNASKED: Literal["unasked"] = "unasked"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a bureau's plan asks of a kind in a year: hours each, and whether also of those who began within the year.

    None where it doesn't say so. `topic` is that of a 专项培训.
    """

    hours: Decimal | None = None
    newcomers: bool | None = None
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What somebody took of one kind in one year (of 岗前培训: ever).

    `hours` are those of what counts, `times` how often; `unclear` is how often it isn't known yet whether it counts.
    `said` is what a roster says: the last day, 无, None for an empty cell, and UNASKED where no roster tells of them.
    `last` is the last day of what counts.
    """

    hours: Decimal = Decimal(0)
    times: int = 0
    unclear: int = 0
    said: date | Literal["无", "unasked"] | None = UNASKED
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Away:
    """A time in which somebody did not serve: both days inclusive, None where one isn't known."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Owed:
    """One kind for one person: `holds` True is done or not owed, False lacking, None unknown; `until` is the last day on
    which it is in time, None where that is the first duty."""

    kind: str
    topic: str
    holds: bool | None
    until: date | None
    because: str

    @property
    def label(self) -> str:
        """The kind as officers read it, with its topic."""
        return f"{KINDS[self.kind]}（{self.topic}）" if self.topic else KINDS[self.kind]

    def late(self, day: date) -> bool:
        """Whether it lacks after its last day."""
        return self.holds is False and self.until is not None and self.until < day


def hours_needed(p: Parameters, kind: str, asked: Asked | None) -> Decimal | None:
    """Hours that one person takes of a kind: the greater of the law's and the plan's; None where neither is entered."""
    said = (p["training.hours"] or {}).get(kind)
    given = [Decimal(str(said))] if said is not None else []
    if asked is not None and asked.hours is not None:
        given.append(asked.hours)
    return max(given, default=None)


def owed_in_year(
    p: Parameters,
    kind: str,
    year: int,
    began: date | None,
    taken: Taken,
    asked: Asked | None = None,
    *,
    away: Iterable[Away] = (),
    applies: bool | None = True,
) -> Owed:
    """One of the four educations, 年度培训 or a 专项培训 in a calendar year.

    `applies`: whether the plan asks it of this person's post; None where that isn't known.
    """
    done = _taken(p, kind, asked, taken, year)
    due = _due(year, began, asked, list(away), applies)
    topic = asked.topic if asked is not None and kind == SPECIAL else ""
    return _owed(kind, topic, due, done, date(year, 12, 31))


def owed_before_duty(
    p: Parameters, began: date | None, taken: Taken, asked: Asked | None = None, *, first_duty: date | None = None
) -> Owed:
    """岗前培训, before the first duty, of everybody who began under the Measures. `first_duty` is None before it."""
    done = _taken(p, INDUCTION, asked, taken, None)
    last = taken.last if taken.last is not None else taken.said if isinstance(taken.said, date) else None
    if done.holds and first_duty is not None and last is not None and last > first_duty:
        done = Said(False, f"{last}才参加岗前培训，晚于{first_duty}首次上岗")
    if began is None:
        due = Said(None, "入职日期空白，是否在本办法施行后聘用待核实")
    elif began < EFFECTIVE:
        due = Said(False, f"{began}入职，在本办法施行以前，不要求岗前培训")
    else:
        due = Said(True, "")
    return _owed(INDUCTION, "", due, done, first_duty)


def _owed(kind: str, topic: str, due: Said, done: Said, until: date | None) -> Owed:
    """Done, or not owed: whichever decides is what is said."""
    if done.holds:
        holds: bool | None = True
        because = done.because
    elif due.holds is False:
        holds, because = True, due.because
    elif due.holds is None:
        holds, because = None, f"{due.because}；{done.because}"
    else:
        holds, because = done.holds, done.because
    return Owed(kind, topic, holds, until, because)


def _due(year: int, began: date | None, asked: Asked | None, away: list[Away], applies: bool | None) -> Said:
    """Whether something is owed in a year by who began on a day."""
    if applies is False:
        return Said(False, "计划没有要求这个岗位参加")
    if began is not None and began.year > year:
        return Said(False, f"{began}入职，{year}年没有在职")
    throughout = [_throughout(year, each) for each in away]
    if True in throughout:
        return Said(False, f"{year}年全年不在岗")
    if None in throughout:
        return Said(None, f"请假或者停职的起止日期没有填全，{year}年是否全年不在岗待核实")
    if applies is None:
        return Said(None, "岗位没有登记，计划是否要求参加待核实")
    if began is None:
        return Said(None, f"入职日期空白，{year}年是否全年在职待核实")
    if began > date(year, 1, 1):
        newcomers = asked.newcomers if asked is not None else None
        if newcomers is None:
            return Said(None, f"{began}入职，计划没有写明年中入职的当年是否参加")
        return Said(newcomers, "" if newcomers else f"{began}入职，计划不要求年中入职的当年参加")
    return Said(True, "")


def _throughout(year: int, away: Away) -> bool | None:
    """Whether an absence covers the whole year; None where a day that decides isn't known."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    from_first = None if away.first is None else away.first <= first
    to_last = None if away.last is None else away.last >= last
    if False in (from_first, to_last):
        return False
    return None if None in (from_first, to_last) else True


def _taken(p: Parameters, kind: str, asked: Asked | None, taken: Taken, year: int | None) -> Said:
    """Whether what somebody took is enough."""
    needed, when = hours_needed(p, kind, asked), f"{year}年" if year else ""
    said = taken.said if isinstance(taken.said, date) and (year is None or taken.said.year == year) else None
    if kind == INDUCTION and said is not None:
        return Said(True, f"花名册写明{said}岗前培训合格")
    if needed is not None and taken.times and taken.hours >= needed:
        return Said(True, f"{when}已完成{bare(taken.hours)}学时，应当{bare(needed)}学时")
    there = [f"{when}已完成{bare(taken.hours)}学时"] if taken.times else []
    if taken.unclear:
        there.append(f"{taken.unclear}次是否计入待核实")
    if said is not None:
        there.append(f"花名册写明{said}参加，没有学时")
    if needed is None and there:
        return Said(None, f"{'，'.join(there)}；没有登记学时要求，是否足够待核实")
    rest = f"应当{bare(needed)}学时" if needed is not None else "没有登记学时要求"
    if taken.unclear or said is not None:
        return Said(None, f"{'，'.join(there)}；{rest}，待核实")
    if not taken.times and taken.said is None:
        return Said(None, f"花名册没有填{KINDS[kind]}日期，{when}没有登记，待核实")
    if there:
        assert needed is not None
        return Said(False, f"{there[0]}，应当{bare(needed)}学时，还差{bare(needed - taken.hours)}学时")
    never = "花名册写明没有参加过，" if taken.said == NONE else ""
    return Said(False, f"{never}{when}没有参加{KINDS[kind]}")
