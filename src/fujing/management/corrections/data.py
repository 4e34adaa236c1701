"""What is held of a request to correct a file, and when it goes."""

from __future__ import annotations

from fujing.kernel.privacy import internal, officer, personal, sensitive, table
from fujing.management.corrections.models import Correction
from fujing.registry.data import FILE

PRIVACY = {
    Correction: table(
        internal("id organ_code state asked_at settled_on"),
        personal("engagement person_id field file answer asked_by asked_by_id", *FILE),
        sensitive("wished said", *FILE),
        officer("settled_by settled_by_id"),
    )
}
