"""What the campaigns' tables hold: announcements."""

from __future__ import annotations

from fujing.kernel.privacy import internal, officer, public, table
from fujing.recruitment.campaigns.models import Campaign, Consent, Entrustment, Position

PRIVACY = {
    Campaign: table(
        public("title document registration_from registration_to published_at cancelled_because ended_on state"),
        internal("id organ_code plan findings retention_months drafted_at"),
        officer("published_by published_by_id drafted_by drafted_by_id authors"),
    ),
    Position: table(public("campaign code name category headcount"), internal("id organ_code line")),
    Consent: table(
        internal(
            "id organ_code campaign purpose round document facts digest dropped assigned_organ assigned_name state asked_at opinion"
            " decided_at document_number document_date on_behalf scan"
        ),
        officer("asked_by asked_by_id authors decided_by decided_by_id"),
    ),
    Entrustment: table(
        internal("id organ_code campaign institution kind signs document_number document_date document"),
        officer("recorded_by recorded_by_id"),
    ),
}
