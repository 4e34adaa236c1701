"""What is held about duty orders, and when it goes."""

from __future__ import annotations

from fujing.duties.orders.models import DutyAssignment, DutyOrder
from fujing.kernel.privacy import internal, officer, personal, table
from fujing.registry.data import FILE

PRIVACY = {
    DutyOrder: table(
        internal("id organ_code unit state span item mode part needs restraint made_at"),
        internal("place basis vehicle equipment"),
        personal("text emergency withdrawn_why released_why", *FILE),
        officer("commander commander_name released_by released_by_id made_by made_by_id given_by given_by_id"),
    ),
    DutyAssignment: table(internal("id organ_code order live"), personal("engagement person_id span drives", *FILE)),
}
