"""Duty orders (派勤单) judged by the Measures: a week's plan against the people who are sent, without a database."""

from __future__ import annotations

from fujing.law.duties.check import PlanCheck, check_plan
from fujing.law.duties.orders import Absence, Order, Plan

__all__ = ["Absence", "Order", "Plan", "PlanCheck", "check_plan"]
