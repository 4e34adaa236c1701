"""Periodic work of the retention of applicants' data."""

from __future__ import annotations

from fujing.kernel.daily import daily
from fujing.recruitment.retention.services import erase_overdue


@daily("fujing.erase_overdue_applicants", "删除到期的报名资料", cron="0 19 * * *")
def erase_overdue_applicants(timestamp: int) -> int:
    """Nightly: 19:00 UTC is 03:00 in China. A night that was missed is made up on the next."""
    return erase_overdue()
