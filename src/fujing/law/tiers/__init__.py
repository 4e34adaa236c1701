"""Tiers (层级, Articles 23 and 25): a scheme, people and their appraisals become a promotion batch or a forecast."""

from __future__ import annotations

from fujing.law.tiers.batch import Batch, evaluate
from fujing.law.tiers.check import check_scheme
from fujing.law.tiers.forecast import Forecast, forecast

__all__ = ["Batch", "Forecast", "check_scheme", "evaluate", "forecast"]
