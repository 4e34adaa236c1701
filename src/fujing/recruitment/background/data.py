"""What is held about background checks, and when it goes (Personal Information Protection Law 19, 47)."""

from __future__ import annotations

from fujing.kernel.privacy import internal, officer, personal, sensitive, table
from fujing.recruitment.applications.data import KEPT, TIMED
from fujing.recruitment.background.models import BackgroundCheck, BackgroundFinding, ConflictDeclaration

PRIVACY = {
    BackgroundCheck: table(
        internal("id organ_code state told_at answer_until decided_at"),
        personal("application applicant_account", *KEPT),
        sensitive("grounds_told answer reasons", *TIMED),
        officer("first_checker first_name second_checker second_name decided_by decided_by_id"),
    ),
    ConflictDeclaration: table(internal("id organ_code check_of made_at"), officer("checker checker_name conflict")),
    BackgroundFinding: table(
        internal("id organ_code check_of provision made_at"),
        sensitive("content", *TIMED),
        officer("checker checker_name"),
    ),
}
