"""Terms: working days by the State Council's arrangement, from the library or the installation's own file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fujing.kernel.calendar import UnusableArrangement, is_workday, term_ends
from fujing.kernel.refusals import Refusal

# A year that no library has; its arrangement is made up.
YEAR = """
- year: 2099
  source: 虚构的放假安排
  holidays: [2099-01-01, 2099-01-02]
  workdays: [2099-01-04]
"""


@pytest.fixture
def arranged(tmp_path: Path, settings: Any) -> Path:
    settings.HOLIDAYS = tmp_path / "放假安排.yaml"
    settings.HOLIDAYS.write_text(YEAR, "utf-8")
    return settings.HOLIDAYS


@pytest.mark.parametrize(
    ("begins", "days", "ends"),
    [
        (date(2026, 9, 29), 3, date(2026, 10, 9)),  # 国庆节放假，10月8日上班
        (date(2026, 11, 24), 5, date(2026, 12, 1)),
        (date(2026, 12, 30), 1, date(2026, 12, 31)),
    ],
)
def test_working_days_leave_out_weekends_and_holidays(begins: date, days: int, ends: date) -> None:
    assert term_ends(begins, days, "working") == ends


def test_calendar_days_count_every_day() -> None:
    assert term_ends(date(2026, 9, 29), 3, "calendar") == date(2026, 10, 2)


def test_a_year_without_an_arrangement_is_refused_not_guessed() -> None:
    assert is_workday(date(2099, 1, 5)) is None
    with pytest.raises(Refusal, match="2099年的放假安排尚未公布或者没有录入"):
        term_ends(date(2099, 1, 1), 1, "working")


def test_the_installations_own_year_counts_days_off_and_worked_weekends(arranged: Path) -> None:
    # 1月1日星期四、2日放假，3日星期六，4日星期日调休上班。
    assert [is_workday(date(2099, 1, day)) for day in range(1, 6)] == [False, False, False, True, True]
    assert term_ends(date(2098, 12, 31), 2, "calendar") == date(2099, 1, 2)
    assert term_ends(date(2098, 12, 31), 2, "working") == date(2099, 1, 5)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (YEAR.replace("虚构的放假安排", "''"), "没有写来源文件"),
        (YEAR.replace("2099-01-04", "2098-01-04"), "2098-01-04不是这一年的日期"),
        (YEAR.replace("workdays", "worked"), "不是放假安排"),
        ("- year: [", "不是放假安排"),
    ],
)
def test_a_file_that_can_not_be_trusted_is_refused(arranged: Path, text: str, told: str) -> None:
    arranged.write_text(text, "utf-8")
    with pytest.raises(UnusableArrangement, match=told):
        is_workday(date(2099, 1, 5))
