"""The demo's leave of 三台: a year that was granted, one request that waits for the unit, one that waits to be approved, one
that is approved. Made once."""

from __future__ import annotations

from datetime import date, timedelta

from fujing.cli.demo.cast import SANTAI
from fujing.cli.demo.registry import signed_in
from fujing.kernel.actor import acting
from fujing.kernel.calendar import is_workday
from fujing.kernel.clock import today
from fujing.registry.models import Engagement
from fujing.registry.seed import SEEDER
from fujing.safeguards.leave.ledger import year_grant
from fujing.safeguards.leave.models import LeaveRequest
from fujing.safeguards.leave.queries import moment
from fujing.safeguards.leave.services import Asked, leave_ask, work_record

KINDS = ("annual", "sick", "personal")


def seed_leave() -> None:
    """Three of the county's people; nothing where it has none."""
    with acting(SEEDER):
        if LeaveRequest.objects.exists():
            return
        serving = list(
            Engagement.objects.filter(
                organ_code=SANTAI, span__endswith__isnull=True, span__startswith__lt=date(2024, 1, 1)
            )
            .select_related("person")
            .order_by("pk")[5:8]
        )
    if len(serving) < len(KINDS):
        return
    day = today() - timedelta(21)
    while is_workday(day) is not True:
        day += timedelta(1)
    begins = moment(day)
    with acting(signed_in("santai_hr")) as hr:
        work_record(actor=hr, engagement=serving[0], since=date(2012, 7, 1), continuous=True, source="社会保险缴费记录")
        for engagement, kind in zip(serving, KINDS, strict=True):
            year_grant(actor=hr, engagement=engagement, year=day.year)
            asked = Asked(kind, begins, begins + timedelta(days=1), reason="" if kind == "annual" else "家中有事")
            leave_ask(actor=hr, engagement=engagement, asked=asked)
