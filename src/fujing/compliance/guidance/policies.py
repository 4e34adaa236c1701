"""Who guides: an organ with bureaus below it; and who signs for what came from above (5.p2)."""

from __future__ import annotations

from fujing.compliance.guidance.models import Guidance
from fujing.compliance.guidance.queries import to_read
from fujing.compliance.guidance.states import DRAFTERS
from fujing.kernel.actor import Actor
from fujing.kernel.policies import asking
from fujing.kernel.refusals import NotAllowed, Refusal
from fujing.registry.queries import own_organ
from fujing.registry.states import Level


def check_guide(actor: Actor) -> None:
    """Only an organ with bureaus below it draws up documents."""
    actor.need(*DRAFTERS)
    organ = own_organ(actor)
    if not organ.manages or organ.level == Level.COUNTY:
        raise NotAllowed("本机关没有下级公安机关，不能发布指导文件。", provisions=("5.p2",))


def check_issue(actor: Actor, guidance: Guidance) -> None:
    """Only the organ that issued a document acts on it."""
    if actor.organ_code != guidance.organ_code:
        raise NotAllowed("只有发布机关可以办理此步骤。", provisions=("5.p2",))


def check_sign(actor: Actor, guidance: Guidance) -> None:
    """A document from above is signed for once, while it stands."""
    actor.need(*DRAFTERS)
    if not to_read(actor).filter(pk=guidance.pk).exists():
        raise Refusal("该文件不需要本机关签收，或者已经签收、废止。", provisions=("5.p2",))


can_guide = asking(check_guide)
can_issue = asking(check_issue)
can_sign = asking(check_sign)
