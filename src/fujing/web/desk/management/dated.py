"""What the management of people knows of somebody on a day: work card, training of the year, last appraisal."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils.timezone import localtime

from fujing.kernel.knowledge import Rows
from fujing.kernel.numbers import bare
from fujing.law.training.kinds import ABSENT
from fujing.management.appraisal.models import Sheet
from fujing.management.outfit.models import Card
from fujing.management.training.models import Attendance, Enrolment
from fujing.web.audience import HR, OFFICERS
from fujing.web.desk.wings import Dated


def _card(rows: Rows, day: date) -> str:
    """The card that was in somebody's hands and in its term."""
    held = [
        row
        for row in rows[Card]
        if row.issued_on and row.issued_on <= day and (row.ended_on is None or day < row.ended_on) and day in row.span
    ]
    return "、".join(f"{row.number}，{row.issued_on}发放" for row in held)


def _training(rows: Rows, day: date) -> str:
    """The classes of the year that were over by the end of the day and were attended."""
    came = {row.enrolment_id: row for row in rows[Attendance] if row.stands and row.result != ABSENT}
    counted = [
        came[row.pk]
        for row in rows[Enrolment]
        if row.active and row.pk in came and row.ends_at and localtime(row.ends_at).date() <= day
        if localtime(row.ends_at).year == day.year
    ]
    return f"当年已参加{len(counted)}次，{bare(sum((row.hours for row in counted), Decimal()))}学时" if counted else ""


def _appraisal(rows: Rows, day: date) -> str:
    """The last grade that was decided by the end of the day."""
    known = [row for row in rows[Sheet] if row.stands and row.round.decided_on and row.round.decided_on <= day]
    last = max(known, key=lambda row: (row.round.decided_on, row.pk), default=None)
    return f"{last.round.title}：{last.stands}" if last else ""


MANAGEMENT_DATED = (
    Dated("工作证", OFFICERS, {Card: ()}, _card),
    Dated("教育培训", OFFICERS, {Enrolment: (), Attendance: ()}, _training),
    Dated("最近一次考核", HR, {Sheet: ("round",)}, _appraisal),
)
