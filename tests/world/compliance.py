"""Supervision from above."""

from __future__ import annotations

from fujing.compliance.guidance.services import Document, guidance_draft, guidance_publish, guidance_sign
from fujing.compliance.rectification.services import Content, notice_draft, notice_receive, notice_send
from fujing.compliance.verification.services import Found, Subject, verification_note
from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from tests import factories
from tests.world.made import County


def supervise(made: County) -> None:
    """A notice of the city that the county signed for, and a document of the city that it read."""
    with acting(factories.PROVINCIAL):
        organ = factories.bureau(made.code)
    city = factories.territorial(organ.parent_id or 0, "hr_head")
    with acting(city):
        said = Content(
            f"督{made.code}", f"{made.application.name}督导", ["5.p1"], "没有责任民警", "明确", 10, "calendar"
        )
        made.notice = notice_send(actor=city, notice=notice_draft(actor=city, subject=organ, content=said))
        paper = Document(f"指{made.code}", "指导", today(), ["5.p1"], today(), "每人应有责任民警。")
        made.guidance = guidance_publish(actor=city, guidance=guidance_draft(actor=city, document=paper))
    with acting(made.head):
        notice_receive(actor=made.head, notice=made.notice)
        guidance_sign(actor=made.head, guidance=made.guidance)
        verification_note(actor=made.head, of=_open_finding(made), found=Found("评定表", today(), "true", "已评定"))


def _open_finding(made: County) -> Subject:
    """What a check of the registry could not tell of the county's applicant."""
    application = made.application
    return Subject(
        made.code,
        application.id_number,
        application.name,
        "roster.tier",
        "23.p1",
        "undetermined",
        "层级空白，待核实（第二十三条第一款）",
        {"tier": None, "probation_to": None},
        today(),
    )
