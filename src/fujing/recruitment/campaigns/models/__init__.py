"""Campaigns, and what others have to say about them."""

from __future__ import annotations

from fujing.recruitment.campaigns.models.campaigns import OPEN, PUBLIC, Campaign, Position, exact
from fujing.recruitment.campaigns.models.consents import Consent, Entrustment

__all__ = ["OPEN", "PUBLIC", "Campaign", "Consent", "Entrustment", "Position", "exact"]
