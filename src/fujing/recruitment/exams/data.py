"""What exams hold of who sat them, and when it goes."""

from __future__ import annotations

from fujing.kernel.privacy import STRUCK, About, End, internal, officer, personal, public, table
from fujing.recruitment.exams.models import Elimination, Invigilator, Room, Seat, Sitting

KEPT = (About.APPLICANT, End.RECORD)

PRIVACY = {
    Sitting: table(
        public("campaign stage starts_at ends_at place bring"),
        internal("id organ_code state seed"),
        officer("made_by made_by_id"),
    ),
    Room: internal("id organ_code sitting name capacity"),
    Seat: table(
        internal("id organ_code sitting room marked_at"),
        personal("application account_id number ticket attendance stated_at", *KEPT),
        personal("happened statement", About.APPLICANT, End.CAMPAIGN, erased=STRUCK),
        officer("first_invigilator second_invigilator marked_by marked_by_id"),
    ),
    Elimination: table(internal("id organ_code sitting"), personal("application account_id stage why", *KEPT)),
    Invigilator: table(internal("id organ_code sitting room"), officer("account name named_by named_by_id")),
}
