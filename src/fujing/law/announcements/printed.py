"""What applicants and the public need to read in it: pay, places of work, whom to ask and whom to tell (第二十一条)."""

from __future__ import annotations

from collections.abc import Iterator

from fujing.law.findings import Finding, Outcome
from fujing.law.formats.announcement import Announcement
from fujing.law.provisions import cite


def printed(announcement: Announcement) -> Iterator[Finding]:
    """公开、接受社会监督：待遇、工作地点、咨询和监督的联系方式都写明."""
    missing = list(not_printed(announcement))
    if missing:
        yield Finding(
            provision="21.p1",
            rule="announcement.printed",
            outcome=Outcome.ADVICE,
            message=f"公告未写{'、'.join(missing)}；招聘应当公开，接受社会监督（{cite('21.p1')}）",
            facts={"missing": missing},
            remedy=f"写明{'、'.join(missing)}",
        )


def not_printed(announcement: Announcement) -> Iterator[str]:
    """What of it the announcement leaves out, in the words that officers use."""
    contacts = announcement.contacts
    if announcement.pay is None:
        yield "工资待遇"
    if not announcement.workplaces:
        yield "工作地点"
    if contacts is None or not (contacts.consultation or contacts.supervision):
        yield "联系方式"
        return
    if not contacts.consultation:
        yield "咨询电话"
    if not contacts.supervision:
        yield "监督电话"
