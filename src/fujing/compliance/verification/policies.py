"""Who verifies: personnel, for people and bureaus of their own territory (5.p1)."""

from __future__ import annotations

from fujing.compliance.verification.models import FindingVerification
from fujing.compliance.verification.states import VERIFIERS, Result, VerificationState
from fujing.kernel.actor import Actor
from fujing.kernel.policies import asking
from fujing.kernel.refusals import NotAllowed, Refusal


def check_verify(actor: Actor, organ_code: int) -> None:
    """Personnel, within their territory."""
    actor.need(*VERIFIERS)
    if not actor.covers(organ_code):
        raise NotAllowed("只能核实本机关辖区内的人员和机关。")


def check_mend(verification: FindingVerification) -> None:
    """Only what was found untrue is mended."""
    if verification.state == VerificationState.STANDING and verification.result != Result.UNTRUE:
        raise Refusal("核实为不属实的才需要整改。")


can_verify = asking(check_verify)
can_mend = asking(check_mend)
