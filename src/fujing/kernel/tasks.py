"""Periodic work of the kernel."""

from __future__ import annotations

from procrastinate.contrib.django import app

from fujing.kernel import seal


@app.periodic(cron="30 2 * * *")
@app.task(name="fujing.seal_history")
def seal_history(timestamp: int) -> int:
    """Seal the days that ended, well after midnight so that no open transaction can still add to them."""
    return seal.seal_days()
