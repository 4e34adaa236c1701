"""Somebody of the county who is on a draft for tomorrow: who was hired lacks a card, so it stays one."""

from __future__ import annotations

from datetime import timedelta

from fujing.duties.orders.queries import midnight
from fujing.duties.orders.services import Said, order_draft
from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.registry.models import Account
from tests import factories
from tests.world.made import County


def send(made: County) -> None:
    """A bureau's leader drafts a patrol with who was hired."""
    assert made.engagement is not None
    with acting(factories.PROVINCIAL):
        chief = factories.officer(made.code, "organ_leader")
    morning = midnight(today() + timedelta(1)) + timedelta(hours=8)
    with acting(chief):
        order_draft(
            actor=chief,
            unit=made.code,
            said=Said(
                morning,
                morning + timedelta(hours=4),
                item="10.3",
                mode="led",
                part="assist",
                text="协助民警巡逻",
                place="潼川镇",
                commander=Account.objects.get(pk=made.checkers[0].account_id or 0),
            ),
            people=[made.engagement],
        )
