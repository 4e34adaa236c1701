"""Objects of the commendations: whose they are."""

from __future__ import annotations

from fujing.kernel.objects import key, same_parent

OBJECTS = (
    same_parent(
        "commendation_of_its_person",
        "commendation_commendation",
        "engagement_id, organ_code, person_id",
        "registry_engagement",
        "id, organ_code, person_id",
        needs=("registry",),
    ),
    key("commendation_of_organ", "commendation_commendation", "id, organ_code"),
    same_parent(
        "objection_of_its_commendation",
        "commendation_objection",
        "commendation_id, organ_code",
        "commendation_commendation",
        "id, organ_code",
    ),
)
