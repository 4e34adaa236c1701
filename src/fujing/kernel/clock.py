"""Today, where the system is used."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
TODAY = f"(now() AT TIME ZONE '{ZONE.key}')::date"
"""The same in SQL, for triggers."""


def today() -> date:
    """The date in China, whatever the machine's own time zone is."""
    return datetime.now(tz=ZONE).date()
