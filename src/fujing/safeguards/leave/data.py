"""What is held about leave, and when it goes."""

from __future__ import annotations

from fujing.kernel.privacy import internal, officer, personal, sensitive, table
from fujing.registry.data import FILE
from fujing.safeguards.leave.models import LeaveEntry, LeaveRequest, LeaveYear, WorkRecord

PRIVACY = {
    WorkRecord: table(
        internal("id organ_code recorded_at"),
        personal("engagement person_id since continuous source", *FILE),
        officer("recorded_by recorded_by_id"),
    ),
    LeaveYear: table(
        internal("id organ_code kind year"), personal("engagement person_id balance open_days because needs", *FILE)
    ),
    LeaveRequest: table(
        internal("id organ_code state is_open own asked_at unit ground"),
        personal("engagement person_id name kind span asked_span days calendar_days working_days", *FILE),
        personal("event_on babies difficult checkup paper paid basis answer offered_from offered_until", *FILE),
        personal("agreed advice returned_why asked_by asked_by_id", *FILE),
        sensitive("reason", *FILE),
        officer("advised_by advised_by_id decided_by decided_by_id returned_by returned_by_id"),
    ),
    LeaveEntry: table(
        internal("id organ_code account kind request against made_at"),
        personal("person_id days reason", *FILE),
        officer("made_by made_by_id"),
    ),
}
