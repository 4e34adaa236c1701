"""What waits in the wing of compliance, and where each is done."""

from __future__ import annotations

from collections.abc import Iterator

from fujing.compliance.guidance.todos import guidance_todos
from fujing.compliance.oversight.todos import gap_todos
from fujing.compliance.rectification.todos import notice_todos
from fujing.compliance.verification.todos import verification_todos
from fujing.kernel.actor import Actor
from fujing.kernel.todos import Todo

PLACES = {
    "notice": "desk:notice",
    "guidance": "desk:guidances?state=unsigned",
    "guidance_draft": "desk:guidance",
    "verified_untrue": "desk:verifications?state=standing&result=untrue",
    "without_unit": "desk:responsible?without=unit",
    "without_officer": "desk:responsible?without=officer",
}


def compliance_todos(actor: Actor) -> Iterator[Todo]:
    """Notices, guidance, and people without unit or officer."""
    yield from notice_todos(actor)
    yield from guidance_todos(actor)
    yield from verification_todos(actor)
    yield from gap_todos(actor)
