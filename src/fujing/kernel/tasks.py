"""Periodic work of the kernel."""

from __future__ import annotations

from fujing.kernel import seal, sealed_uploads
from fujing.kernel.daily import daily


@daily("fujing.seal_history", "封存变更留痕", cron="30 2 * * *")
def seal_history(timestamp: int) -> int:
    """Seal the days that ended, well after midnight so that no open transaction can still add to them."""
    return seal.seal_days()


@daily("fujing.sweep_uploads", "清除过期的核对文件", cron="*/10 * * * *")
def sweep_uploads(timestamp: int) -> int:
    """Remove sealed uploads whose hour is over, be their owners gone without a word."""
    return sealed_uploads.sweep()
