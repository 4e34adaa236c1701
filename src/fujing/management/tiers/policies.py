"""Who keeps the scheme, who draws up batches and who decides them."""

from __future__ import annotations

from fujing.kernel.actor import Actor
from fujing.kernel.policies import asking
from fujing.kernel.refusals import NotAllowed
from fujing.management.tiers.states import DECIDERS, HR
from fujing.registry.models import Organ

FOR = ("23.p1",)


def check_manage_tiers(actor: Actor) -> None:
    """The personnel of a bureau of the county level or above keep its scheme and batches."""
    actor.need(*HR)
    organ = Organ.objects.filter(pk=actor.organ_code or 0).first()
    if organ is None or not organ.manages:
        raise NotAllowed("层级管理由县级以上公安机关办理。", provisions=FOR)


def check_manage_tiers_of(actor: Actor, organ_code: int) -> None:
    """Only of the own bureau."""
    check_manage_tiers(actor)
    _check_own(actor, organ_code)


def check_return_batch(actor: Actor, organ_code: int) -> None:
    """Whoever proposes or decides sends a list back."""
    actor.need(*HR, *DECIDERS)
    _check_own(actor, organ_code)


def check_decide_tiers(actor: Actor, organ_code: int) -> None:
    """The leader of the bureau decides on its scheme and its batches."""
    actor.need(*DECIDERS)
    _check_own(actor, organ_code)


def check_read_tier_objection(actor: Actor, organ_code: int) -> None:
    """Who answers an objection, and who decides over it."""
    actor.need(*HR, *DECIDERS)
    _check_own(actor, organ_code)


def _check_own(actor: Actor, organ_code: int) -> None:
    if actor.organ_code != organ_code:
        raise NotAllowed("层级由管理此人的公安机关办理。", provisions=FOR)


can_manage_tiers = asking(check_manage_tiers)
can_manage_tiers_of = asking(check_manage_tiers_of)
can_return_batch = asking(check_return_batch)
can_decide_tiers = asking(check_decide_tiers)
can_read_tier_objection = asking(check_read_tier_objection)
