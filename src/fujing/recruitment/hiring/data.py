"""What hires hold, and when it goes."""

from __future__ import annotations

from fujing.kernel.privacy import STRUCK, About, End, internal, officer, personal, table
from fujing.recruitment.hiring.models import Hire

TIMED = (About.APPLICANT, End.CAMPAIGN)

PRIVACY = {
    Hire: table(
        internal("id organ_code state"),
        personal("application declined_on", About.APPLICANT, End.RECORD),
        personal("engagement", About.AUXILIARY, End.DOSSIER),
        personal("reason", *TIMED, erased=STRUCK),
        personal("proof", *TIMED),
        officer("decided_by decided_by_id"),
    )
}
