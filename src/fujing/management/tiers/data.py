"""What is held about tiers, and when it goes."""

from __future__ import annotations

from fujing.kernel.privacy import internal, officer, personal, sensitive, table
from fujing.management.tiers.models import Batch, Candidate, Holding, Objection, PastFact, Scheme
from fujing.registry.data import FILE

PRIVACY = {
    Scheme: table(
        internal("id organ_code name text rules document_number document_date scan state adopted_on reason made_at"),
        officer("made_by made_by_id adopted_by adopted_by_id"),
    ),
    Batch: table(
        internal("id organ_code title day scheme state judged_at quota places unsaid publicised_from publicised_until"),
        internal("document_number decided_on reason made_at"),
        officer("made_by made_by_id proposed_by proposed_by_id decided_by decided_by_id"),
    ),
    Holding: table(
        internal("id organ_code batch ended_batch"),
        personal("engagement person_id tier name span since recorded_on source document_number scan ended_how", *FILE),
        officer("recorded_by recorded_by_id"),
    ),
    PastFact: table(
        internal("id organ_code recorded_at"),
        personal("engagement person_id kind on word document_number scan", *FILE),
        officer("recorded_by recorded_by_id"),
    ),
    Candidate: table(
        internal("id organ_code batch chosen"),
        personal("engagement person_id name unit tier tier_name to_tier to_name status effective target", *FILE),
        personal("score further findings left_out", *FILE),
    ),
    Objection: table(
        internal("id organ_code batch recorded_at"),
        personal("candidate received_on upheld answer", *FILE),
        sensitive("text", *FILE),
        officer("recorded_by recorded_by_id answered_by answered_by_id"),
    ),
}
