"""Objects of the contracts: organ and person of a renewal are its employment's."""

from __future__ import annotations

from fujing.kernel.objects import same_parent

OBJECTS = (
    same_parent(
        "renewal_of_its_person",
        "contracts_renewal",
        "engagement_id, organ_code, person_id",
        "registry_engagement",
        "id, organ_code, person_id",
        needs=("registry",),
    ),
)
