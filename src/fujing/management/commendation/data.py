"""What is held about commendations and objections, and when it goes."""

from __future__ import annotations

from fujing.kernel.privacy import internal, officer, personal, sensitive, table
from fujing.management.commendation.models import Commendation, Objection
from fujing.registry.data import FILE

PRIVACY = {
    Commendation: table(
        internal("id organ_code state made_at commitment"),
        personal("engagement person_id title deed achieved_on evidence amount reason", *FILE),
        personal("publicised_from publicised_until document_number decided_on", *FILE),
        officer("made_by made_by_id checked_by checked_by_id decided_by decided_by_id"),
    ),
    Objection: table(
        internal("id organ_code commendation recorded_at"),
        personal("received_on upheld answer", *FILE),
        sensitive("text", *FILE),
        officer("recorded_by recorded_by_id answered_by answered_by_id"),
    ),
}
