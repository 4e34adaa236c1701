"""What scores, rankings, publicity and objections hold, and when it goes."""

from __future__ import annotations

from fujing.kernel.privacy import STRUCK, About, End, internal, officer, personal, sensitive, table
from fujing.recruitment.selection.models import (
    Candidate,
    Objection,
    Publicised,
    PublicityNotice,
    Ranking,
    ScoreCheck,
    ScoreEntry,
    ScoreRelease,
    StageScore,
)

TIMED = (About.APPLICANT, End.CAMPAIGN)
# By the application's number, which names nobody once the application is erased: the ranking can be proved again.
KEPT = (About.APPLICANT, End.RECORD)
# One notice names many: only the one applicant's entry in it goes.
ENTRY = (
    "(SELECT jsonb_agg(CASE WHEN (entry ->> 'application')::bigint = application"
    ' THEN entry || \'{{"name": "{struck}", "id_number": ""}}\' ELSE entry END)'
    " FROM jsonb_array_elements({column}) entry)"
)

PRIVACY = {
    StageScore: table(
        internal("id organ_code stage item judge"),
        personal("application score", *KEPT),
        officer("entered_by entered_by_ids"),
    ),
    ScoreEntry: table(
        internal("id organ_code campaign stage place entered_at state"),
        personal("scores", *KEPT),
        officer("account_id entered_by"),
    ),
    ScoreRelease: table(
        internal("id organ_code campaign stage check_until released_at entered"), officer("released_by released_by_id")
    ),
    ScoreCheck: table(
        internal("id organ_code stage state asked_at answered_at"),
        personal("application account_id", *KEPT),
        personal("text answer", *TIMED, erased=STRUCK),
        officer("answered_by answered_by_id"),
    ),
    Ranking: table(
        internal("id organ_code campaign inputs made_at"), personal("document", *KEPT), officer("made_by made_by_id")
    ),
    Candidate: table(
        internal("id organ_code ranking position"),
        personal("application account_id total rank status stage why finding", *KEPT),
    ),
    PublicityNotice: table(
        internal("id organ_code campaign number ranking starts ends"),
        personal("names", *TIMED, erased=ENTRY),
        officer("made_by made_by_id"),
    ),
    Publicised: table(internal("id organ_code notice"), personal("application account_id", *KEPT)),
    Objection: table(
        internal("id organ_code notice state answered_at raised_at"),
        personal("application", *KEPT),
        sensitive("receipt", About.CITIZEN, End.RECORD),
        personal("about", *TIMED),
        personal("text answer", *TIMED, erased=STRUCK),
        sensitive("contact", About.CITIZEN, End.CAMPAIGN),
        officer("answered_by answered_by_id"),
    ),
}
