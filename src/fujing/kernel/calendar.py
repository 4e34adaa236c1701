"""Terms in calendar days and in working days of the statutory calendar."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
from django.db.models import TextChoices

from fujing.kernel.refusals import Refusal


class TermUnit(TextChoices):
    CALENDAR = "calendar", "日"
    WORKING = "working", "个工作日"


def term_ends(from_day: date, days: int, unit: str) -> date:
    """Last day, inclusive, of a term of `days` that begins on the day after `from_day`.

    Working days need the State Council's arrangement of holidays; a year without one yet is refused.
    """
    if unit == TermUnit.CALENDAR:
        return from_day + timedelta(days=days)
    day = from_day
    while days:
        day += timedelta(days=1)
        try:
            days -= chinese_calendar.is_workday(day)
        except NotImplementedError as unknown:
            message = f"{day.year}年的放假安排尚未公布，不能按工作日计算期限。"
            raise Refusal(
                message, remedy="可改用自然日。", errors={"term_days": [f"{message}可改用自然日。"]}
            ) from unknown
    return day
