"""Whom 盐亭 lets go and takes on in the demo: a notice that was received, somebody who was told of a dismissal, and two in
probation; made once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.backends.postgresql.psycopg_any import DateRange

from fujing.cli.demo.cast import YANTING
from fujing.cli.demo.registry import signed_in
from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.kernel.papers import Paper, Text, pdf
from fujing.law.periods import months_later
from fujing.management.contracts.models import ProbationReview
from fujing.management.contracts.probation import probation_review
from fujing.management.leaving.hearings import hearing_tell
from fujing.management.leaving.models import Resignation
from fujing.management.leaving.resignations import resignation_receive
from fujing.management.leaving.services import departure_draft
from fujing.registry.models import Assignment, Contract, Engagement
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


def seed_probation() -> None:
    """Two whose first two months end soon: one waits for the review, one for the decision."""
    with acting(SEEDER):
        if ProbationReview.objects.exists():
            return
        serving = Engagement.objects.filter(organ_code=YANTING, span__endswith__isnull=True, contracts__isnull=False)
        begun = list(serving.distinct().order_by("-pk")[:2])
        for days, engagement in zip((50, 57), begun, strict=False):
            _began(engagement, days)
    if len(begun) < 2:
        return
    with acting(signed_in("yanting_hr")) as hr:
        probation_review(
            actor=hr,
            engagement=begun[1],
            meets=True,
            opinion="服从管理，熟悉巡逻防控工作，能够胜任岗位",
            reviewer="责任民警",
            reviewed_on=today() - timedelta(1),
            upload=scan("试用期考核表"),
        )


def _began(engagement: Engagement, days: int) -> None:
    """As if somebody had begun so many days ago, with a first contract of three years."""
    starts = today() - timedelta(days)
    first, *later = engagement.contracts.order_by("sequence")
    Contract.objects.filter(pk__in=[each.pk for each in later]).delete()
    with acting(replace(SEEDER, reason="演示：试用期内的人员")):
        Assignment.objects.filter(engagement=engagement).update(span=DateRange(starts, None))
    Engagement.objects.filter(pk=engagement.pk).update(span=DateRange(starts, None))
    Contract.objects.filter(pk=first.pk).update(
        signed_on=starts, probation_until=months_later(starts, 2), span=DateRange(starts, months_later(starts, 36))
    )
