"""What guidance holds: documents of organs."""

from __future__ import annotations

from fujing.compliance.guidance.models import Guidance, GuidanceReading
from fujing.kernel.privacy import internal, officer, table

PRIVACY = {
    Guidance: table(
        internal(
            "id organ_code number title issued_on provisions text file force_from force_until replaces state published_on"
            " revoked_on revoked_why"
        ),
        officer("published_by published_by_id"),
    ),
    GuidanceReading: table(internal("id organ_code guidance at"), officer("read_by read_by_id")),
}
