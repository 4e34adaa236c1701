"""What the quota's tables hold: figures of organs."""

from __future__ import annotations

from fujing.general.quota.models import LocalFigures, QuotaAccount, QuotaEntry
from fujing.kernel.privacy import internal, officer, table

PRIVACY = {
    QuotaAccount: internal("organ_code granted passed_down in_service reserved recorded_excess"),
    QuotaEntry: table(
        internal("id organ_code kind amount counterpart_code document_number document_date reason scan made_at"),
        officer("made_by made_by_id"),
    ),
    LocalFigures: table(internal("id organ_code year police_officers residents source"), officer("made_by made_by_id")),
}
