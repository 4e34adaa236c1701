"""What the registry's tables need beside their models."""

from __future__ import annotations

from fujing.kernel.objects import Closed, DatabaseObject, key

OBJECTS = (
    # Almost everybody's engagement is open. Without being told, the planner takes it for one in two hundred, and under
    # row security it looks up each person's contracts one by one.
    DatabaseObject(
        "statistics",
        "engagement_open",
        "CREATE STATISTICS engagement_open ON (upper(span)) FROM registry_engagement;",
        "DROP STATISTICS engagement_open",
    ),
    # Whoever writes a row about an employment names the organ and the person in it.
    key("engagement_of_organ_and_person", "registry_engagement", "id, organ_code, person_id"),
)
CLOSED: tuple[Closed, ...] = ()
