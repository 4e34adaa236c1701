"""Objects of the corrections: whose they are."""

from __future__ import annotations

from fujing.kernel.objects import same_parent

OBJECTS = (
    same_parent(
        "correction_of_its_person",
        "corrections_correction",
        "engagement_id, organ_code, person_id",
        "registry_engagement",
        "id, organ_code, person_id",
        needs=("registry",),
    ),
)
