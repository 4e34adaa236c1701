"""What is held about breaches of duty, and when it goes."""

from __future__ import annotations

from fujing.kernel.privacy import internal, officer, personal, sensitive, table
from fujing.management.discipline.models import Asking, Hearing, Matter, Measure, Proof, Referral, Scheme
from fujing.registry.data import FILE

PRIVACY = {
    Scheme: table(
        internal(
            "id organ_code state title document_number effective_from effective_until ask_days file entered_at reason"
        ),
        officer("entered_by entered_by_id confirmed_by confirmed_by_id"),
    ),
    Measure: table(internal("id organ_code scheme rank name clause months")),
    Matter: table(
        internal("id organ_code state recorded_at report"),
        personal("engagement person_id duty happened_on told_on means measure governed statute suspects", *FILE),
        personal("document_number decided_on measure_words effect_until ask_until departure ended_on reason", *FILE),
        sensitive("facts opinion", *FILE),
        officer("recorded_by recorded_by_id proposed_by proposed_by_id decided_by decided_by_id"),
    ),
    Proof: table(
        internal("id organ_code recorded_at"),
        personal("matter title dated file", *FILE),
        officer("recorded_by recorded_by_id"),
    ),
    Hearing: table(
        internal("id organ_code state told_at own"),
        personal("matter told_on answer_until told_file answered_on answer_file", *FILE),
        sensitive("answer", *FILE),
        officer("told_by told_by_id answered_by answered_by_id"),
    ),
    Referral: table(
        internal("id organ_code recorded_at"),
        personal("matter kind authority sent_on receipt", *FILE),
        officer("recorded_by recorded_by_id"),
    ),
    Asking: table(
        internal("id organ_code own"),
        personal("matter asked_on file outcome answered_on", *FILE),
        sensitive("text answer", *FILE),
        officer("recorded_by recorded_by_id answered_by answered_by_id"),
    ),
}
