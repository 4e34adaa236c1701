"""What is held of a way back into an account: that it was asked for, by whom, and how it ended."""

from __future__ import annotations

from fujing.kernel.privacy import STRUCK, About, End, internal, officer, personal, sensitive, table
from fujing.recruitment.recovery.models import Recovery

KEPT = (About.APPLICANT, End.RECORD)

PRIVACY = {
    Recovery: table(
        internal("id organ_code way asked_at ready_at until outcome ended_at"),
        personal("application account_id holder_id", *KEPT),
        # Of a code that opens nothing once its day is over.
        sensitive("code_index", *KEPT, told=False),
        personal("reason", About.APPLICANT, End.CAMPAIGN, erased=STRUCK),
        officer("made_by made_by_id"),
    )
}
