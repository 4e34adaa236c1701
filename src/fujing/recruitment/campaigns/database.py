"""Objects of the campaigns: what applications refer to together."""

from __future__ import annotations

from fujing.kernel.objects import key

OBJECTS = (
    key("campaign_of_organ", "campaigns_campaign", "id, organ_code"),
    key("position_of_campaign", "campaigns_position", "id, campaign_id"),
)
