"""What waits about guidance: documents to sign for, drafts to publish (5.p2)."""

from __future__ import annotations

from collections.abc import Iterator

from fujing.compliance.guidance.models import Guidance
from fujing.compliance.guidance.queries import to_read
from fujing.compliance.guidance.states import DRAFTERS, SIGNERS, GuidanceState
from fujing.kernel.actor import Actor
from fujing.kernel.todos import MOST, Todo

KINDS = {"guidance": {"draft": "guidance_draft"}}


def guidance_todos(actor: Actor) -> Iterator[Todo]:
    """Documents to sign for as one list, and each of the organ's drafts for who publishes."""
    if actor.has(*DRAFTERS):
        count = to_read(actor).count()
        yield Todo("guidance", count, "指导文件待签收", total=f"共 {count} 份", provision="5.p2")
    if actor.has(*SIGNERS):
        drafts = Guidance.objects.filter(organ_code=actor.organ_code or 0, state=GuidanceState.DRAFT).order_by("pk")
        for row in drafts[:MOST]:
            yield Todo("guidance_draft", 1, "指导文件待发布", row.pk, matter=row.title, provision="5.p2")
