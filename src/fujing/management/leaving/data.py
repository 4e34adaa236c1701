"""What is held about those who leave, and when it goes."""

from __future__ import annotations

from fujing.kernel.privacy import internal, officer, personal, sensitive, table
from fujing.management.leaving.models import ClearanceItem, Departure, Evidence, Hearing, Resignation
from fujing.registry.data import FILE

PRIVACY = {
    Departure: table(
        internal("id organ_code state made_at"),
        personal("engagement person_id way last_day statute damage proposed_by_bureau", *FILE),
        personal("placement_due average_pay marked heard notice_on notice_days paid_instead", *FILE),
        personal("certificate_on withdrawn_why", *FILE),
        sensitive("reason age_or_health", *FILE),
        officer("made_by made_by_id checked_by checked_by_id decided_by decided_by_id"),
    ),
    Hearing: table(
        internal("id organ_code state told_at own"),
        personal("departure way told_on answer_until told_file answered_on answer_file", *FILE),
        sensitive("answer", *FILE),
        officer("told_by told_by_id answered_by answered_by_id"),
    ),
    Resignation: table(
        internal("id organ_code state received_at own"),
        personal("engagement person_id way dated received_on notice_days last_day file departure", *FILE),
        personal("withdrawn_on withdrawn_file", *FILE),
        sensitive("receipt reason", *FILE),
        officer("received_by received_by_id settled_by settled_by_id"),
    ),
    Evidence: table(
        internal("id organ_code recorded_at"),
        personal("departure kind dated file", *FILE),
        sensitive("note", *FILE),
        officer("recorded_by recorded_by_id"),
    ),
    ClearanceItem: table(
        internal("id organ_code"),
        personal("departure kind name card holding outcome note confirmed_on", *FILE),
        officer("confirmed_by confirmed_by_id"),
    ),
}
