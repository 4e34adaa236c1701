"""Objects of the duty orders: whose they are."""

from __future__ import annotations

from fujing.kernel.objects import key, same_parent

OBJECTS = (
    key("duty_order_of_organ", "orders_dutyorder", "id, organ_code"),
    same_parent(
        "duty_assignment_of_its_order",
        "orders_dutyassignment",
        "order_id, organ_code",
        "orders_dutyorder",
        "id, organ_code",
    ),
    same_parent(
        "duty_assignment_of_its_person",
        "orders_dutyassignment",
        "engagement_id, organ_code, person_id",
        "registry_engagement",
        "id, organ_code, person_id",
        needs=("registry",),
    ),
)
