"""The admission ticket on paper."""

from __future__ import annotations

from django.utils import timezone

from fujing.kernel.papers import Card, Paper, Text
from fujing.kernel.privacy import masked
from fujing.law.formats.scores import STAGE_LABELS
from fujing.recruitment.applications.models import Application
from fujing.recruitment.exams.models import Seat

RULES = (
    "1.入场时出示本准考证和身份证原件。",
    "2.按准考证上的考场和座位就座。",
    "3.违纪由两名监考人记录，本人可以在网上陈述一次。",
)


def ticket_paper(application: Application, seat: Seat, *, photo: str, code: str) -> Paper:
    """准考证 with the facts of the page; `photo` and `code` are SVG, an empty photo leaves the frame blank."""
    sitting = seat.sitting
    starts, ends = timezone.localtime(sitting.starts_at), timezone.localtime(sitting.ends_at)
    facts = (
        ("姓名", application.name),
        ("身份号码", masked(application, "id_number")),
        ("准考证号", seat.ticket),
        ("报考岗位", str(application.position)),
        ("时间", f"{starts:%Y年%-m月%-d日 %H:%M}–{ends:%H:%M}"),
        ("地点", sitting.place),
        ("考场座位", f"{seat.room.name} {seat.number} 号"),
        *((("携带物品", sitting.bring),) if sitting.bring else ()),
    )
    return Paper(
        title=f"{STAGE_LABELS[sitting.stage]}准考证",
        blocks=(
            Text(application.campaign.title.removesuffix("公告")),
            Card(facts, photo, code),
            *(Text(rule) for rule in RULES),
        ),
        code=f"准考证 {seat.ticket}",
    )
