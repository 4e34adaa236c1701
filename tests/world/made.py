"""What is known of a county once it is made."""

from __future__ import annotations

from dataclasses import dataclass

from fujing.compliance.guidance.models import Guidance
from fujing.compliance.rectification.models import Notice
from fujing.kernel.actor import Actor
from fujing.recruitment.applications.models import Application
from fujing.recruitment.campaigns.models import Campaign, Consent
from fujing.recruitment.exams.models import Sitting
from fujing.registry.models import Engagement


@dataclass
class County:
    """Who acts in one county, and what they made."""

    code: int
    serial: int
    hr: Actor
    head: Actor
    checkers: tuple[Actor, Actor]
    campaign: Campaign
    applicant: Actor
    application: Application
    engagement: Engagement | None = None
    notice: Notice | None = None
    guidance: Guidance | None = None
    sitting: Sitting | None = None
    consent: Consent | None = None
