"""Who was hired reads the own file with the account that they applied with, finds something wrong in it, and signs in to a class."""

from __future__ import annotations

from fujing.kernel.actor import acting
from fujing.management.corrections.services import correction_ask
from fujing.registry.activation.services import activation_issue, activation_join, activation_try
from tests.world.made import County
from tests.world.registry import actor_with
from tests.world.training import sign_in_to_class


def serve_oneself(made: County) -> None:
    """A code from the head, joined by the applicant's account; then a request to correct the phone number."""
    engagement = made.engagement
    assert engagement is not None
    with acting(made.head):
        code = activation_issue(actor=made.head, engagement=engagement).code
        tail = str(engagement.person.id_number)[-4:]
    with acting(made.applicant):
        proof = activation_try(code=code, tail=tail)
        assert proof is not None
        account = activation_join(actor=made.applicant, proof=proof, code=code)
    own = actor_with(account)
    with acting(own):
        correction_ask(actor=own, engagement=engagement, field="phone", wished="13700009999", said="换了手机")
    sign_in_to_class(made, own)
