"""What is left of an erasure: how many, by which rule."""

from __future__ import annotations

from fujing.kernel.privacy import internal, officer, table
from fujing.recruitment.retention.models import ErasureRecord

PRIVACY = {
    ErasureRecord: table(
        internal("id organ_code campaign applications files rule made_at"), officer("made_by made_by_id")
    )
}
