"""Terms in calendar days and in working days of the statutory calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import chinese_calendar
import yaml
from django.conf import settings
from django.db.models import TextChoices

from fujing.kernel.refusals import Refusal

SATURDAY = 5


class TermUnit(TextChoices):
    CALENDAR = "calendar", "日"
    WORKING = "working", "个工作日"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A year's holidays as the State Council arranged them: days off, and weekends that are worked in exchange."""

    source: str
    holidays: frozenset[date]
    workdays: frozenset[date]


class UnusableArrangement(ValueError):
    """The file of arrangements can't be used; the message says why."""


def is_workday(day: date) -> bool | None:
    """Whether a day is worked; None in a year whose arrangement is neither in the library nor in the installation's file."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        own = arrangements(settings.HOLIDAYS).get(day.year) if settings.HOLIDAYS else None
    if own is None:
        return None
    return day in own.workdays or (day.weekday() < SATURDAY and day not in own.holidays)


@cache
def arrangements(path: Path) -> dict[int, Arrangement]:
    """The installation's own years, for the weeks between the State Council's notice and the library's next version.

    Raises UnusableArrangement: a year without source, or a day of another year.
    """
    try:
        rows = yaml.safe_load(path.read_text("utf-8"))
        found = {
            row["year"]: Arrangement(row["source"], frozenset(row["holidays"]), frozenset(row["workdays"]))
            for row in rows
        }
    except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
        raise UnusableArrangement(f"{path} 不是放假安排：{error}") from error
    for year, made in found.items():
        strange = sorted(f"{day}" for day in made.holidays | made.workdays if getattr(day, "year", None) != year)
        if strange or not made.source:
            raise UnusableArrangement(
                f"{path} 的{year}年：{'、'.join(strange)}不是这一年的日期。"
                if strange
                else f"{path} 的{year}年没有写来源文件。"
            )
    return found


def term_ends(from_day: date, days: int, unit: str) -> date:
    """Last day, inclusive, of a term of `days` that begins on the day after `from_day`.

    Working days need the State Council's arrangement of holidays; a year without one yet is refused.
    """
    if unit == TermUnit.CALENDAR:
        return from_day + timedelta(days=days)
    day = from_day
    while days:
        day += timedelta(days=1)
        worked = is_workday(day)
        if worked is None:
            message = f"{day.year}年的放假安排尚未公布或者没有录入，不能按工作日计算期限。"
            remedy = "请系统管理员录入国务院办公厅的放假安排，或者改用自然日。"
            raise Refusal(message, remedy=remedy, errors={"term_days": [f"{message}{remedy}"]})
        days -= worked
    return day
