"""Periodic work of the retention of applicants' data."""

from __future__ import annotations

from procrastinate.contrib.django import app

from fujing.recruitment.retention.services import erase_overdue


@app.periodic(cron="0 19 * * *")
@app.task(name="fujing.erase_overdue_applicants")
def erase_overdue_applicants(timestamp: int) -> int:
    """Nightly: 19:00 UTC is 03:00 in China. A night that was missed is made up on the next."""
    return erase_overdue()
