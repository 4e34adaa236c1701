"""Today, where the system is used."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")


def today() -> date:
    """The date in China, whatever the machine's own time zone is."""
    return datetime.now(tz=ZONE).date()
