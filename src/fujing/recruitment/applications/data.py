"""What is held about applicants, and when it goes (Personal Information Protection Law 19, 47)."""

from __future__ import annotations

from fujing.kernel.privacy import STRUCK, About, End, internal, officer, personal, sensitive, table
from fujing.recruitment.applications.models import (
    Application,
    Attachment,
    OwnCopy,
    ScreeningBlock,
    ScreeningRun,
    Verification,
)

TIMED = (About.APPLICANT, End.CAMPAIGN)
# Names nobody once the rest is gone; counts of an ended campaign need it.
KEPT = (About.APPLICANT, End.RECORD)

PRIVACY = {
    Application: table(
        internal("id organ_code campaign position state violated undetermined rule_book inputs_digest screened_at"),
        internal("submitted_at handed_in_at missing complete_until erased_at"),
        personal("account_id sex verified_at nationality education withdrawn_on", *KEPT),
        # Whoever has the code reads how the application stands, and may ask for the account by it.
        sensitive("receipt", *KEPT),
        personal("name", *TIMED, mask="name"),
        personal("pinyin initials", *TIMED, told=False),
        sensitive("id_number", *TIMED, mask="id_number"),
        # Still nobody else's, so that the number of applications of one person can't be read from it.
        sensitive("id_index", *TIMED, erased="sha256(uuid_send(gen_random_uuid()))", told=False),
        sensitive("phone", *TIMED, mask="phone"),
        sensitive("id_tail_index phone_index", *TIMED, told=False),
        personal("birth_date", *TIMED, erased="date_trunc('year', {column})"),
        personal("major household certificates veteran martyr_kin bravery police_school skill scarce_skill", *TIMED),
        personal("height_cm naked_vision corrected_vision weight_kg", *TIMED),
        personal("bonus_points bonus_proof", *TIMED),
        personal("review_note", *TIMED, erased=STRUCK),
        officer("reviewed_by reviewed_by_id bonus_by bonus_by_id"),
    ),
    Verification: table(
        internal("id organ_code rule provision bit rule_book at"),
        personal("application", *KEPT),
        personal("source seen", *TIMED, erased=STRUCK),
        officer("by_id by"),
    ),
    ScreeningRun: table(
        internal("id organ_code campaign started_at rule_book inputs_digest eligible undetermined ineligible"),
        officer("made_by made_by_id"),
    ),
    ScreeningBlock: table(
        internal("id organ_code run first last violated undetermined"), personal("applications", *KEPT)
    ),
    # Attachments and their files go whole.
    Attachment: table(
        internal("id organ_code kind"), personal("application account_id file", *TIMED, erased="{column}")
    ),
    OwnCopy: table(internal("id organ_code at"), personal("application account_id", *KEPT)),
}
