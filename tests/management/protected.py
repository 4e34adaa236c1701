"""Protection cases of Santai at any step: somebody with a sign-in of their own, who handles, and who decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.management.protection.clarifying import clarification_agree, clarification_propose, clarification_refuse
from fujing.management.protection.models import Clarification, Measure, ProtectionCase, Referral
from fujing.management.protection.services import (
    Told,
    measure_record,
    protection_accept,
    protection_open,
    referral_end,
    referral_record,
)
from fujing.registry.models import Engagement
from tests import factories
from tests.factories import SANTAI
from tests.registry.activated import own, serving

TOLD: dict[str, Any] = {
    "kind": "harm",
    "happened_on": today(),
    "place": "城关农贸市场门口",
    "duty": "协助民警疏导交通",
    "commander": "何民警",
    "told": "劝离占道摊位时被推倒",
    "against": "摆摊的男子",
    "harmed": ("body",),
    "damage": "手臂擦伤",
}
NOTICE = "经查，反映我局辅警推搡群众的情况不属实。"


@dataclass(frozen=True)
class Protected:
    """Who was harmed, and the officers of the bureau."""

    engagement: Engagement
    person: Actor
    hr: Actor
    discipline: Actor
    chief: Actor


def protected(code: int = SANTAI, name: str = "王建华") -> Protected:
    """Somebody of a bureau with a sign-in, a clerk, a discipline officer and a leader."""
    engagement = serving(code, name)
    with acting(factories.PROVINCIAL):
        account = factories.account(code, "auxiliary", name=name, person_id=engagement.person_id)
        officers = [factories.officer(code, role) for role in ("hr_officer", "discipline", "organ_leader")]
    return Protected(engagement, own(account), *officers)


def opened(made: Protected, **said: Any) -> ProtectionCase:
    """Opened by the person themself."""
    with acting(made.person):
        return protection_open(actor=made.person, engagement=made.engagement, told=Told(**(TOLD | said)))


def handled(made: Protected, **said: Any) -> ProtectionCase:
    """Opened, and accepted by the discipline officer."""
    row = opened(made, **said)
    with acting(made.discipline):
        return protection_accept(actor=made.discipline, case=row)


def measured(made: Protected, row: ProtectionCase, **said: Any) -> Measure:
    given = {"kind": "visit", "taken_on": today(), "handler": "唐督察", "note": "到家中看望"} | said
    with acting(made.discipline):
        return measure_record(actor=made.discipline, case=row, **given)


def referred(made: Protected, row: ProtectionCase, *, ended: bool = False, **said: Any) -> Referral:
    given = {
        "to_whom": "public_order",
        "body": "城关派出所",
        "referred_on": today(),
        "receipt": "三公（城关）受案字〔2026〕101号",
        "handler": "唐督察",
    } | said
    with acting(made.discipline):
        made_one = referral_record(actor=made.discipline, case=row, **given)
        if ended:
            made_one = referral_end(
                actor=made.discipline,
                referral=made_one,
                outcome="punished",
                outcome_on=today(),
                outcome_text="行政拘留五日",
            )
    return made_one


def proposed(made: Protected, row: ProtectionCase, **said: Any) -> Clarification:
    given = {"form": "notice", "scope": 4, "text": NOTICE} | said
    with acting(made.discipline):
        return clarification_propose(actor=made.discipline, case=row, **given)


def agreed(made: Protected, row: ProtectionCase, scope: int = 3, **said: Any) -> Clarification:
    """What the person agreed to on their own page."""
    asked = proposed(made, row, **said)
    with acting(made.person):
        return clarification_agree(actor=made.person, clarification=asked, agreed_scope=scope)


def declined(made: Protected, row: ProtectionCase) -> Clarification:
    """What the person doesn't want known."""
    asked = proposed(made, row)
    with acting(made.person):
        return clarification_refuse(actor=made.person, clarification=asked)
