"""Sensitive fields of a person are masked; each is opened alone, with a reason, and the reading is kept."""

from __future__ import annotations

from fujing.kernel.actor import Actor
from fujing.kernel.privacy import label_of, names_of
from fujing.kernel.readings import value_opened
from fujing.kernel.refusals import Refusal
from fujing.registry.models import Person
from fujing.registry.policies import check_reveal


def revealable() -> dict[str, str]:
    """The fields of a person that are opened one by one, as officers call them."""
    return {name: label_of(Person, name) for name in names_of(Person, reveal=True)}


def sensitive_reveal(*, actor: Actor, person: Person, field: str, reason: str) -> str:
    """The full value of one field. Only the organ's personnel staff; refuses without a reason."""
    check_reveal(actor)
    if field not in names_of(Person, reveal=True):
        raise Refusal("没有这个项目。")
    value_opened(
        actor=actor,
        row=person,
        what=label_of(Person, field),
        reason=reason,
        organ_code=person.organ_code,
        person_id=person.pk,
    )
    return str(getattr(person, field) or "未登记")
