"""What is held of protection cases, and when it goes."""

from __future__ import annotations

from fujing.kernel.privacy import internal, officer, personal, sensitive, table
from fujing.management.protection.models import (
    Clarification,
    Evidence,
    Measure,
    ProtectionCase,
    ProtectionTerm,
    Referral,
)
from fujing.registry.data import FILE

PART = (internal("id organ_code case recorded_at"), officer("recorded_by recorded_by_id"))

PRIVACY = {
    ProtectionCase: table(
        internal("id organ_code state source opened_at accepted_on concluded_on corrected_on"),
        personal("engagement person_id kind happened_on happened_at place duty order harmed", *FILE),
        personal("finding conclusion without_why correction correction_number opened_by opened_by_id decision", *FILE),
        sensitive("told against damage", *FILE),
        officer("commander accused accepted_by accepted_by_id corrected_by_whom decided_by decided_by_id"),
    ),
    Evidence: table(*PART, personal("person_id file note", *FILE)),
    Measure: table(*PART, personal("person_id kind taken_on note", *FILE), officer("handler")),
    Referral: table(
        *PART,
        personal("person_id to_whom body referred_on receipt outcome outcome_on outcome_text", *FILE),
        officer("handler outcome_by outcome_by_id"),
    ),
    Clarification: table(
        *PART,
        internal("state published_on"),
        personal(
            "person_id form scope text agreed_scope consent_paper consented_on consented_by consented_by_id", *FILE
        ),
        personal("published_scope published_where", *FILE),
        officer("published_by published_by_id"),
    ),
    ProtectionTerm: table(internal("id organ_code step starts days unit basis"), officer("made_by made_by_id")),
}
