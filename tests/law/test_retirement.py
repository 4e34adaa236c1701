"""When somebody reaches the statutory retirement age: the decision of 2024 and its table by month of birth."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from fujing.law.parameters import Parameters
from fujing.law.retirement import latest_birth, retirement, retirement_age

LAW = Parameters(date(2026, 11, 27))
BEFORE = Parameters(date(2024, 12, 31))


@pytest.mark.parametrize(
    ("kind", "born", "years", "months", "day"),
    [
        # 男职工：原六十周岁，每四个月延迟一个月，到六十三周岁
        ("male", "1964-12-31", 60, 0, "2024-12-31"),
        ("male", "1965-01-01", 60, 1, "2025-02-01"),
        ("male", "1965-04-30", 60, 1, "2025-05-30"),
        ("male", "1965-05-01", 60, 2, "2025-07-01"),
        ("male", "1976-08-31", 62, 11, "2039-07-31"),
        ("male", "1976-09-01", 63, 0, "2039-09-01"),
        ("male", "1990-06-15", 63, 0, "2053-06-15"),
        # 原五十五周岁的女职工：每四个月延迟一个月，到五十八周岁
        ("female_staff", "1969-12-31", 55, 0, "2024-12-31"),
        ("female_staff", "1970-01-31", 55, 1, "2025-02-28"),
        ("female_staff", "1981-08-01", 57, 11, "2039-07-01"),
        ("female_staff", "1981-09-01", 58, 0, "2039-09-01"),
        # 原五十周岁的女职工：每二个月延迟一个月，到五十五周岁
        ("female_worker", "1974-12-31", 50, 0, "2024-12-31"),
        ("female_worker", "1975-02-28", 50, 1, "2025-03-28"),
        ("female_worker", "1975-03-01", 50, 2, "2025-05-01"),
        ("female_worker", "1984-10-31", 54, 11, "2039-09-30"),
        ("female_worker", "1984-11-01", 55, 0, "2039-11-01"),
    ],
)
def test_the_age_by_month_of_birth(kind: str, born: str, years: int, months: int, day: str) -> None:
    age = retirement_age(LAW, date.fromisoformat(born), kind)
    assert age == (years, months, date.fromisoformat(day))


@pytest.mark.parametrize(
    ("born", "words"), [("1964-12-31", "60周岁"), ("1965-01-01", "60周岁1个月"), ("1990-06-15", "63周岁")]
)
def test_an_age_is_told_in_years_and_months_if_there_are_any(born: str, words: str) -> None:
    assert str(retirement_age(LAW, date.fromisoformat(born), "male")) == words


def test_before_2025_nothing_was_raised() -> None:
    assert retirement_age(BEFORE, date(1990, 6, 15), "male") == (60, 0, date(2050, 6, 15))


def test_a_womans_age_depends_on_her_post_and_is_told_both_ways() -> None:
    said = retirement(LAW, date(1975, 3, 1), "female")
    assert said.earliest == (50, 2, date(2025, 5, 1))
    assert said.latest == (56, 4, date(2031, 7, 1))
    assert said.because == (
        "1975-03-01出生，法定退休年龄：其他女职工50周岁2个月，2025年05月；管理、技术岗位的女职工56周岁4个月，2031年07月"
    )


def test_a_mans_is_one() -> None:
    said = retirement(LAW, date(1965, 1, 1), "male")
    assert said.earliest == said.latest == (60, 1, date(2025, 2, 1))
    assert said.because == "1965-01-01出生，法定退休年龄：男职工60周岁1个月，2025年02月"


def test_an_unknown_figure_is_not_an_age() -> None:
    unknown = Parameters(date(2026, 11, 27), {"contract.retirement": None})
    said = retirement(unknown, date(1965, 1, 1), "male")
    assert (said.earliest, said.latest) == (None, None)
    assert said.because == "没有登记2026-11-27适用的法定退休年龄，待核实"
    assert retirement_age(unknown, date(1965, 1, 1), "male") is None
    assert latest_birth(unknown, "male", date(2026, 11, 27)) is None


@pytest.mark.parametrize(("sex", "kind"), [("male", "male"), ("female", "female_worker")])
def test_who_was_born_until_a_day_has_reached_it_and_nobody_later(sex: str, kind: str) -> None:
    for year in range(2020, 2048):
        for day in (date(year, 5, 31), date(year, 3, 1), date(year, 2, 28)):
            latest = latest_birth(LAW, sex, day)
            assert latest is not None
            reached, later = (retirement_age(LAW, born, kind) for born in (latest, latest + timedelta(1)))
            assert reached is not None
            assert later is not None
            assert reached.day <= day < later.day, (day, latest)


@pytest.mark.parametrize(
    ("sex", "day", "born"),
    [
        ("male", "2024-12-31", "1964-12-31"),
        ("male", "2025-02-01", "1965-01-01"),
        ("female", "2040-01-01", "1985-01-01"),
    ],
)
def test_the_latest_birth(sex: str, day: str, born: str) -> None:
    assert latest_birth(LAW, sex, date.fromisoformat(day)) == date.fromisoformat(born)


@pytest.mark.parametrize("day", [date(year, 9, 1) for year in (2025, 2028, 2029, 2034, 2039, 2044)])
def test_whole_years_are_those_of_the_announcements(day: date) -> None:
    """`recruitment.age.retirement` tells whole years of who reaches the age then; this is the same law by the month."""
    whole = Parameters(day)["recruitment.age.retirement"]
    for sex, kind, base in (("male", "male", 60), ("female", "female_staff", 55)):
        ages = [
            retirement_age(LAW, date(day.year - base - more, month, 1), kind)
            for more in range(4)
            for month in range(1, 13)
        ]
        reached = max((age for age in ages if age and age.day <= day), key=lambda age: age.day)
        assert reached.years == whole[sex], (sex, day, reached)
