"""What was verified and found not to be so: it waits to be mended."""

from __future__ import annotations

from collections.abc import Iterator

from fujing.compliance.verification.queries import verifications_for
from fujing.compliance.verification.states import VERIFIERS, Result, VerificationState
from fujing.kernel.actor import Actor
from fujing.kernel.todos import Todo

KINDS = {"finding_verification": {"standing": "verified_untrue"}}


def verification_todos(actor: Actor) -> Iterator[Todo]:
    """One line with the number, as the list behind it counts."""
    if actor.has(*VERIFIERS):
        waiting = verifications_for(actor).filter(state=VerificationState.STANDING, result=Result.UNTRUE)
        count = waiting.count()
        yield Todo("verified_untrue", count, "核实不属实待整改", total=f"共 {count} 项", provision="5.p1")
