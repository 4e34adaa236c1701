"""Who has how much leave, how its days are counted, and what a year's end makes of them (Article 36)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from fujing.kernel.calendar import is_workday
from fujing.law.leave.annual import Away, Worked, annual
from fujing.law.leave.days import counted
from fujing.law.leave.ending import may_go_on, owed_for
from fujing.law.leave.entitled import Entitled
from fujing.law.leave.kinds import GROUNDS, KINDS, LEDGER, Measure
from fujing.law.leave.others import Event, medical_period, of_event
from fujing.law.parameters import Parameters

DAY = date(2026, 11, 28)
LAW = Parameters(DAY)
BEFORE = Parameters(date(1970, 1, 1))
CASES = yaml.safe_load((Path(__file__).parent / "cases" / "leave.yaml").read_text("utf-8"))


def at(year: int, month: int, day: int) -> datetime:
    """The first moment of a day; the law's days have no zone."""
    return datetime.combine(date(year, month, day), time())


def facts(case: dict[str, Any]) -> tuple[Worked, Away]:
    worked = Worked(
        case.get("hired", date(2020, 5, 1)),
        case.get("left"),
        case.get("since", date(2012, 5, 1)),
        case.get("born", date(1985, 3, 1)),
        case.get("continuous"),
    )
    paid, sick = (None if case.get(key, 0) is None else Decimal(str(case.get(key, 0))) for key in ("paid", "sick"))
    return worked, Away(paid, sick, case.get("last_year", False))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_the_days_of_a_year_are_as_the_table_says(case: dict[str, Any]) -> None:
    worked, away = facts(case)
    found = annual(LAW, worked, 2026, DAY, away)
    least, most = map(Decimal, case["days"])
    assert (found.least, found.most) == (least, most), found.because
    assert found.days == (least if least == most else None)
    assert case.get("says", "") in found.because
    assert case.get("needs", "") in "；".join(found.needs)
    assert bool(found.needs) == (least != most)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_a_fact_that_is_blanked_makes_nothing_certain_that_was_not(case: dict[str, Any]) -> None:
    worked, away = facts(case)
    known = annual(LAW, worked, 2026, DAY, away)
    blanked = [(replace(worked, **{key: None}), away) for key in ("hired", "since", "born", "continuous")]
    blanked += [(worked, replace(away, **{key: None})) for key in ("paid_personal", "sick", "last_year")]
    if worked.hired is not None and worked.since is not None and worked.since > worked.hired:
        pytest.skip("a proven day that contradicts the hiring is read as the hiring")
    for each in blanked:
        found = annual(LAW, each[0], 2026, DAY, each[1])
        assert found.least <= known.least
        assert found.most is not None
        assert known.most is not None
        assert found.most >= known.most
        assert found.needs or found.days is not None


def test_without_a_figure_nothing_is_certain() -> None:
    worked, away = facts({})
    found = annual(BEFORE, worked, 2026, DAY, away)
    assert (found.least, found.most, found.days) == (0, None, None)
    assert found.said == "天数待核实"


def slow(worked: Worked, year: int, day: date, away: Away) -> set[Decimal]:
    """The same, day by day: every start of work, every reading, each day of the year counted."""

    def anniversary(start: date, years: int) -> date:
        try:
            return start.replace(year=start.year + years)
        except ValueError:
            return date(start.year + years, 2, 28)

    def rate(start: date, at: date) -> int:
        full = 0
        while anniversary(start, full + 1) <= at:
            full += 1
        return 15 if full >= 20 else 10 if full >= 10 else 5 if full >= 1 else 0

    assert worked.hired is not None
    year_days = [date(year, 1, 1) + timedelta(days=n) for n in range(366)]
    year_days = [each for each in year_days if each.year == year]
    here = [each for each in year_days if each >= worked.hired and (worked.left is None or each <= worked.left)]
    if not here:
        return {Decimal(0)}
    at = min(max(day, here[0]), here[-1])
    if worked.since is not None:
        starts = [min(worked.since, worked.hired)]
    else:
        first = anniversary(worked.born, 16) if worked.born else anniversary(date(year, 1, 1), -21)
        first = min(first, worked.hired)
        starts = [first + timedelta(days=n) for n in range((worked.hired - first).days + 1)]
        if worked.continuous:
            starts = [each for each in starts if anniversary(each, 1) <= worked.hired] or [first]
    found: set[Decimal] = set()
    for start in starts:
        if anniversary(start, 1) > worked.hired:
            options = [False]
        else:
            options = [True, False] if worked.continuous is None else [worked.continuous]
        for had in options:
            due = worked.hired if had else anniversary(worked.hired, 1)
            if due > at:
                found.add(Decimal(0))
                continue
            from_due = [each for each in here if each >= due]
            for rated in {rate(start, from_due[0]), rate(start, at)}:
                for span in (here, from_due):
                    whole = len(span) == len(year_days)
                    days = Decimal(rated if whole else len(span) * rated // 365)
                    months = {5: (59, 62), 10: (89, 92), 15: (120, 123)}[rated]
                    lost = [
                        away.last_year,
                        None if away.paid_personal is None else away.paid_personal >= 20,
                        None if away.sick is None or months[0] <= away.sick < months[1] else away.sick >= months[1],
                    ]
                    if True not in lost:
                        found.add(days)
                    if lost != [False, False, False]:
                        found.add(Decimal(0))
    return found


DATES = st.dates(date(1996, 1, 1), date(2027, 12, 31))


@given(
    hired=DATES,
    since=st.none() | DATES,
    lived=st.none() | st.integers(16 * 365, 30 * 365),
    left=st.none() | st.dates(date(2025, 6, 1), date(2027, 6, 1)),
    continuous=st.sampled_from([None, True, False]),
    day=st.dates(date(2025, 1, 1), date(2027, 12, 31)),
    paid=st.sampled_from([None, 0, 19, 20]),
    sick=st.sampled_from([None, 0, 58, 59, 61, 62, 88, 91, 92, 119, 122, 123]),
    last_year=st.sampled_from([False, False, True, None]),
)
@settings(max_examples=250, deadline=None)
def test_the_rule_and_a_day_by_day_count_agree(
    hired: date,
    since: date | None,
    lived: int | None,
    left: date | None,
    continuous: bool | None,
    day: date,
    paid: int | None,
    sick: int | None,
    last_year: bool | None,
) -> None:
    if left is not None and left < hired:
        left = None
    born = None if lived is None else hired - timedelta(days=lived)
    worked = Worked(hired, left, since, born, continuous)
    away = Away(None if paid is None else Decimal(paid), None if sick is None else Decimal(sick), last_year)
    found, expected = annual(LAW, worked, 2026, day, away), slow(worked, 2026, day, away)
    assert (found.least, found.most) == (min(expected), max(expected))


MOMENTS = [
    # A week with a holiday and a shifted weekend: 2026-02-14 (Saturday) is worked, 15 to 23 February is the Spring Festival.
    ("2026-02-12 00:00", "2026-02-15 00:00", 3, 3),
    ("2026-02-15 00:00", "2026-02-24 00:00", 9, 0),
    ("2026-11-26 00:00", "2026-11-27 00:00", 1, 1),
    ("2026-11-26 00:00", "2026-11-26 12:00", 0.5, 0.5),
    ("2026-11-26 12:00", "2026-11-27 12:00", 1, 1),
    ("2026-11-27 12:00", "2026-11-30 12:00", 3, 1),
    ("2026-11-26 09:00", "2026-11-26 11:00", 0.25, 0.25),
    ("2026-11-26 08:00", "2026-11-26 20:00", 1, 1),
    ("2026-11-28 09:00", "2026-11-28 11:00", 0.25, 0),
]


@pytest.mark.parametrize(("begins", "ends", "calendar", "working"), MOMENTS)
def test_days_are_counted_by_the_calendar_of_the_year(begins: str, ends: str, calendar: float, working: float) -> None:
    found = counted(datetime.fromisoformat(begins), datetime.fromisoformat(ends), is_workday)
    assert (found.calendar, found.worked) == (Decimal(str(calendar)), Decimal(str(working)))


def test_a_leave_over_new_year_is_counted_by_year_and_an_unknown_year_leaves_it_open() -> None:
    span = at(2025, 12, 30), at(2026, 1, 6)
    found = counted(*span, is_workday)
    assert found.working[2025] == sum(bool(is_workday(date(2025, 12, day))) for day in (30, 31))
    assert found.working[2026] == sum(bool(is_workday(date(2026, 1, day))) for day in range(1, 6))
    half_known = counted(*span, lambda day: None if day.year == 2026 else is_workday(day))
    assert half_known.worked is None
    assert half_known.unknown == (2026,)
    assert half_known.of("annual") is None
    assert half_known.of("maternity") == (7, 7)


@given(start=st.integers(0, 400), length=st.integers(1, 60), cut=st.integers(0, 59))
def test_a_leave_that_is_cut_is_as_long_as_its_parts(start: int, length: int, cut: int) -> None:
    begins = at(2025, 1, 1) + timedelta(hours=12 * start)
    ends, middle = begins + timedelta(hours=12 * length), begins + timedelta(hours=12 * min(cut, length))
    whole, first, rest = (counted(*each, is_workday) for each in ((begins, ends), (begins, middle), (middle, ends)))
    assert whole.calendar == first.calendar + rest.calendar
    assert whole.worked == (first.worked or 0) + (rest.worked or 0)


def test_where_no_text_says_which_days_count_both_readings_are_given() -> None:
    found = counted(at(2026, 11, 26), at(2026, 11, 30), is_workday)
    assert found.of("annual") == (2, 2)
    assert found.of("spouse") == (2, 4)
    assert Entitled(Decimal(3), Decimal(3), "").holds(*found.of("spouse")) is None  # type: ignore[misc]
    assert Entitled(Decimal(4), Decimal(4), "").holds(*found.of("spouse")) is True  # type: ignore[misc]
    assert Entitled(Decimal(1), Decimal(1), "").holds(*found.of("spouse")) is False  # type: ignore[misc]


MEDICAL = [
    (date(2024, 1, 1), date(2024, 1, 1), 3),
    (date(2021, 11, 29), date(2021, 11, 29), 3),
    (date(2021, 11, 28), date(2021, 11, 28), 6),
    (date(2022, 1, 1), date(2016, 11, 28), 6),
    (date(2021, 11, 28), date(2016, 11, 28), 9),
    (date(2016, 11, 28), date(2016, 11, 28), 12),
    (date(2011, 11, 28), date(2011, 11, 28), 18),
    (date(2006, 11, 28), date(2006, 11, 28), 24),
]


@pytest.mark.parametrize(("hired", "since", "months"), MEDICAL)
def test_the_medical_period_follows_both_years(hired: date, since: date, months: int) -> None:
    assert medical_period(LAW, Worked(hired, since=since), DAY).days == months


def test_a_medical_period_with_unknown_years_is_open() -> None:
    found = medical_period(LAW, Worked(date(2024, 1, 1)), DAY)
    assert (found.least, found.most, found.days) == (3, 6, None)
    assert found.needs
    assert medical_period(LAW, Worked(date(2024, 1, 1), born=date(2005, 1, 1)), DAY).days == 3
    assert medical_period(LAW, Worked(None), DAY).days is None


EVENTS = [
    ("maternity", Event(DAY, difficult=False, babies=1), 158, 158),
    ("maternity", Event(DAY, difficult=True, babies=1), 173, 173),
    ("maternity", Event(DAY, difficult=False, babies=3), 188, 188),
    ("maternity", Event(DAY, difficult=None, babies=1), 158, 173),
    ("maternity", Event(DAY, difficult=False, babies=None), 158, None),
    ("spouse", Event(DAY), 20, 20),
    ("childcare", Event(date(2023, 11, 29)), 10, 10),
    ("childcare", Event(date(2023, 11, 28)), 0, 0),
    ("childcare", Event(None), 0, 10),
    ("bereavement", Event(DAY), 1, 3),
    ("marriage", Event(DAY, checkup=True), 1, None),
    ("parents", Event(date(1960, 1, 1)), 0, None),
    ("personal", Event(), 0, None),
]


@pytest.mark.parametrize(("kind", "event", "least", "most"), EVENTS)
def test_what_one_event_gives(kind: str, event: Event, least: int, most: int | None) -> None:
    found = of_event(LAW, kind, event)
    assert (found.least, found.most) == (least, most)
    assert bool(found.needs) == (least != most)
    assert found.because


def test_marriage_before_the_change_that_is_not_confirmed() -> None:
    law = Parameters(date(2024, 12, 31))
    assert of_event(law, "marriage", Event(checkup=True)).days == 5
    assert of_event(law, "marriage", Event(checkup=False)).days == 3
    assert (of_event(law, "marriage", Event()).least, of_event(law, "marriage", Event()).most) == (3, 5)


@pytest.mark.parametrize("kind", [key for key in KINDS if key not in LEDGER])
def test_before_there_was_a_figure_no_number_is_certain(kind: str) -> None:
    assert of_event(BEFORE, kind, Event(DAY)).days is None


def test_what_the_law_grants_is_refused_for_facts_or_moved_and_only_personal_leave_for_work() -> None:
    assert {key for key, kind in KINDS.items() if "work" in kind.grounds} == {"personal"}
    assert KINDS["annual"].grounds == ("dates",)
    assert all(kind.grounds and set(kind.grounds) <= set(GROUNDS) for kind in KINDS.values())
    assert KINDS["annual"].measure is Measure.WORKING


@pytest.mark.parametrize(
    ("left", "came", "used", "goes_on"),
    [(5, 0, 0, 5), (5, 3, 0, 2), (5, 3, 3, 5), (4, 3, 1, 2), (2, 3, 0, 0), (0, 0, 5, 0)],
)
def test_what_came_from_the_year_before_does_not_go_on_again(left: int, came: int, used: int, goes_on: int) -> None:
    assert may_go_on(LAW, Decimal(left), Decimal(came), Decimal(used)) == goes_on


def test_what_was_not_arranged_is_said_with_its_percentage_and_without_a_figure_left_open() -> None:
    assert "5天应休未休，每天按日工资的300%支付，其中200%" in owed_for(LAW, Decimal(5))
    assert "待核实" in owed_for(BEFORE, Decimal(5))
    assert may_go_on(BEFORE, Decimal(5), Decimal(0), Decimal(0)) is None


@pytest.mark.parametrize(("least", "most"), list(product((0, 5), (None, 5))))
def test_what_is_certain_is_said_apart_from_what_is_not(least: int, most: int | None) -> None:
    said = Entitled(Decimal(least), None if most is None else Decimal(most), "").said
    assert ("待核实" in said) == (least != most)
