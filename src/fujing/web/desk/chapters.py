"""The wings of the desk in the order of the Measures, and the rooms that they furnish."""

from __future__ import annotations

from fujing.web.desk.compliance.wing import COMPLIANCE
from fujing.web.desk.duties.wing import DUTY
from fujing.web.desk.general.wing import GENERAL
from fujing.web.desk.management.wing import MANAGEMENT
from fujing.web.desk.recruitment.wing import RECRUITMENT
from fujing.web.desk.registry.wing import REGISTRY
from fujing.web.desk.safeguards.wing import SAFEGUARDS
from fujing.web.desk.wings import Wing

WINGS: tuple[Wing, ...] = (GENERAL, RECRUITMENT, REGISTRY, DUTY, MANAGEMENT, SAFEGUARDS, COMPLIANCE)
"""A new chapter begins with one line here."""
