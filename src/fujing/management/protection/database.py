"""Objects of the protection cases: whose they are."""

from __future__ import annotations

from fujing.kernel.objects import key, same_parent

OBJECTS = (
    same_parent(
        "protection_of_its_person",
        "protection_protectioncase",
        "engagement_id, organ_code, person_id",
        "registry_engagement",
        "id, organ_code, person_id",
        needs=("registry",),
    ),
    # The duty order is one by which this very person was sent.
    same_parent(
        "protection_of_its_duty",
        "protection_protectioncase",
        "order_id, engagement_id",
        "orders_dutyassignment",
        "order_id, engagement_id",
        needs=("orders",),
    ),
    key("protection_of_organ", "protection_protectioncase", "id, organ_code, person_id"),
    *(
        same_parent(
            f"protection_{name}_of_its_case",
            f"protection_{name}",
            "case_id, organ_code, person_id",
            "protection_protectioncase",
            "id, organ_code, person_id",
        )
        for name in ("evidence", "measure", "referral", "clarification")
    ),
)
