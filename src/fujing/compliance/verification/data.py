"""What verifications hold: of an auxiliary, or of an organ."""

from __future__ import annotations

from fujing.compliance.verification.models import FindingVerification
from fujing.kernel.privacy import internal, officer, personal, sensitive, table
from fujing.registry.data import FILE

PRIVACY = {
    FindingVerification: table(
        internal("id organ_code rule provision outcome result checked_on noted_on replaces state closed_on"),
        personal("name message source reason closed_why", *FILE),
        sensitive("subject", *FILE, mask="id_number"),
        sensitive("about facts", *FILE, told=False),
        officer("noted_by noted_by_id closed_by closed_by_id"),
    )
}
