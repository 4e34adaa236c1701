"""What is held of reports: boxes, and the few words that their way needs."""

from __future__ import annotations

from fujing.kernel.privacy import About, End, internal, officer, personal, sensitive, table
from fujing.management.complaints.models import (
    ClockStop,
    Envelope,
    Hearing,
    IdentityBox,
    IdentityRelease,
    Message,
    ReaderKey,
    Report,
    Suggestion,
)

CITIZEN = (About.CITIZEN, End.RECORD)
PERSON = (About.AUXILIARY, End.DOSSIER)
READER = (About.OFFICER, End.RECORD)

PRIVACY = {
    ReaderKey: table(
        internal("id made_at ended_at"), officer("account_id"), sensitive("public salt box", *READER, told=False)
    ),
    Report: table(
        internal("id kind channel state round first_code handler_code target_code received_on accepted_on"),
        internal("term_days term_unit term_basis extended finding concluded_on answered_on named"),
        sensitive("dialogue_key file_key receipt_index receipt_box", *CITIZEN, told=False),
        officer("made_by made_by_id"),
    ),
    Envelope: table(
        internal("id report key made_at ended_at"), officer("account_id"), sensitive("box", *CITIZEN, told=False)
    ),
    Message: table(
        internal("id report box made_at"), sensitive("content", *CITIZEN, told=False), officer("made_by made_by_id")
    ),
    IdentityBox: table(internal("id report"), officer("first second"), sensitive("box", *CITIZEN, told=False)),
    IdentityRelease: table(
        internal("id report released_at opened_at"),
        sensitive("inner reason opened_reason", *CITIZEN, told=False),
        officer("second released_by released_by_id opened_by opened_by_id"),
    ),
    Hearing: table(
        internal("id report round state asked_on ended_on"),
        personal("person_id", *PERSON),
        sensitive("matter file_key statement", *PERSON, told=False),
        officer("asked_by asked_by_id ended_by ended_by_id"),
    ),
    ClockStop: table(internal("id report since resumed"), officer("made_by made_by_id")),
    Suggestion: table(
        internal("id organ_code state made_at answered_on"),
        personal("person_id answer", *PERSON),
        sensitive("text", *PERSON),
        officer("answered_by answered_by_id"),
    ),
}
