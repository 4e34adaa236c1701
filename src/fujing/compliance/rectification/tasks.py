"""Periodic work on notices."""

from __future__ import annotations

from procrastinate.contrib.django import app

from fujing.compliance.rectification.services import escalate_overdue
from fujing.kernel.clock import today


@app.periodic(cron="0 22 * * *")
@app.task(name="fujing.escalate_overdue_notices")
def escalate_overdue_notices(timestamp: int) -> int:
    """Before the offices open: 22:00 UTC is 06:00 in China. A day that was missed is made up on the next."""
    return escalate_overdue(today())
