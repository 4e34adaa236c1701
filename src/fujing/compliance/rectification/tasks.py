"""Periodic work on notices."""

from __future__ import annotations

from fujing.compliance.rectification.services import escalate_overdue
from fujing.kernel.clock import today
from fujing.kernel.daily import daily


@daily("fujing.escalate_overdue_notices", "逾期整改通知升级", cron="0 22 * * *")
def escalate_overdue_notices(timestamp: int) -> int:
    """Before the offices open: 22:00 UTC is 06:00 in China. A day that was missed is made up on the next."""
    return escalate_overdue(today())
