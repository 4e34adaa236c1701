"""Pay (Articles 33, 34, 36 and 42.p2): a scheme, people and their months become slips, exactly and without a database."""

from __future__ import annotations

from fujing.law.pay.floor import FloorCheck, check_floor
from fujing.law.pay.run import Run, compute

__all__ = ["FloorCheck", "Run", "check_floor", "compute"]
