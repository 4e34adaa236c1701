"""Departures with their evidence and what is handed back, and what the person says."""

from fujing.management.leaving.models.departures import ClearanceItem, Departure, Evidence
from fujing.management.leaving.models.said import Hearing, Resignation

__all__ = ["ClearanceItem", "Departure", "Evidence", "Hearing", "Resignation"]
