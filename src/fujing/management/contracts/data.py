"""What is held about renewals, probations and changes, and when it goes."""

from __future__ import annotations

from fujing.kernel.privacy import internal, officer, personal, sensitive, table
from fujing.management.contracts.models import ContractChange, ProbationReview, Renewal
from fujing.registry.data import FILE

PRIVACY = {
    Renewal: table(
        internal("id organ_code state made_at"),
        personal("engagement person_id after fixed_terms open_ended_due kind term_months same_or_better", *FILE),
        personal("answer_until replied_on request reply reason none_protected extended_until contract", *FILE),
        sensitive("ground", *FILE),
        officer("made_by made_by_id decided_by decided_by_id"),
    ),
    ContractChange: table(
        internal("id organ_code made_at"),
        personal("engagement person_id contract subject before after agreed_on effective_on agreement", *FILE),
        officer("made_by made_by_id"),
    ),
    ProbationReview: table(
        internal("id organ_code state made_at"),
        personal("engagement person_id contract until meets condition opinion reviewed_on report reason", *FILE),
        personal("decided_on", *FILE),
        officer("reviewer made_by made_by_id decided_by decided_by_id"),
    ),
}
