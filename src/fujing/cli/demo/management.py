"""Who is leaving 盐亭 in the demo: a notice that was received, and somebody who was told of a dismissal; made once."""

from __future__ import annotations

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from fujing.cli.demo.cast import YANTING
from fujing.cli.demo.registry import signed_in
from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.kernel.papers import Paper, Text, pdf
from fujing.management.leaving.hearings import hearing_tell
from fujing.management.leaving.models import Resignation
from fujing.management.leaving.resignations import resignation_receive
from fujing.management.leaving.services import departure_draft
from fujing.registry.models import Engagement
from fujing.registry.seed import SEEDER


def scan(title: str) -> SimpleUploadedFile:
    """A paper that says that it is invented."""
    return SimpleUploadedFile(f"{title}.pdf", pdf(Paper(title=title, blocks=(Text("虚构文件，仅供演示。"),))))


def seed_leaving() -> None:
    """One who gives notice and one who may still answer; nothing where the county has no people."""
    with acting(SEEDER):
        if Resignation.objects.exists():
            return
        open_now = Engagement.objects.filter(organ_code=YANTING, span__endswith__isnull=True)
        serving = list(open_now.filter(contracts__isnull=False).distinct().order_by("pk")[:2])
    if len(serving) < 2:
        return
    with acting(signed_in("yanting_hr")) as hr:
        resignation_receive(
            actor=hr,
            engagement=serving[0],
            way="resigned",
            dated=today() - timedelta(6),
            received_on=today() - timedelta(5),
            reason="回乡照顾父母",
            upload=scan("辞职书"),
        )
        departure = departure_draft(
            actor=hr, engagement=serving[1], way="absent", reason="连续十日没有到岗", last_day=today() + timedelta(10)
        )
        hearing_tell(
            actor=hr,
            departure=departure,
            told_on=today() - timedelta(2),
            answer_until=today() + timedelta(5),
            upload=scan("拟解除劳动合同告知书"),
        )
