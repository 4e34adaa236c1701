"""Somebody of the county who is leaving: a notice of the own, and a dismissal that was decided with all its evidence."""

from __future__ import annotations

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.law.leaving.ways import WAYS, Step
from fujing.management.contracts.models import Renewal
from fujing.management.contracts.renewals import renewal_withdraw
from fujing.management.leaving.hearings import hearing_answer, hearing_open, hearing_tell
from fujing.management.leaving.resignations import resignation_receive
from fujing.management.leaving.services import (
    departure_check,
    departure_decide,
    departure_draft,
    evidence_record,
    items_confirm,
)
from tests.world.made import County


def leave(made: County) -> None:
    """Who was hired gives notice and is dismissed for a breach; that the contract ends with its term is taken back before."""
    engagement = made.engagement
    assert engagement is not None
    with acting(made.hr):
        renewal_withdraw(actor=made.hr, renewal=Renewal.objects.get(engagement=engagement), reason="改为解除")
        resignation_receive(
            actor=made.hr,
            engagement=engagement,
            way="resigned_fault",
            dated=today(),
            received_on=today(),
            reason="加班费未足额支付",
            upload=SimpleUploadedFile("辞职书.pdf", b"%PDF-1.4 notice"),
        )
        departure = departure_draft(
            actor=made.hr, engagement=engagement, way="breach", reason="屡次旷工", last_day=today()
        )
        for place, need in enumerate(need for need in WAYS["breach"].needs if need.step is Step.CHECK):
            evidence_record(
                actor=made.hr,
                departure=departure,
                kind=need.kinds[0],
                dated=today() - timedelta(20 - place),
                upload=SimpleUploadedFile("材料.pdf", b"%PDF-1.4 evidence"),
                note="见附件",
            )
        hearing = hearing_tell(
            actor=made.hr,
            departure=departure,
            told_on=today() - timedelta(12),
            answer_until=today() + timedelta(3),
            upload=SimpleUploadedFile("告知书.pdf", b"%PDF-1.4 telling"),
        )
        hearing = hearing_answer(
            actor=made.hr,
            hearing=hearing,
            answered_on=today() - timedelta(10),
            answer="那几天家人住院，我打过电话请假。",
            upload=SimpleUploadedFile("陈述.pdf", b"%PDF-1.4 statement"),
        )
        departure = departure_check(actor=made.hr, departure=departure)
    with acting(made.head):
        hearing_open(actor=made.head, hearing=hearing, reason="决定前查阅")
        departure = departure_decide(actor=made.head, departure=departure)
        first = departure.items.filter(card=None, holding=None).order_by("pk")[0]
        items_confirm(actor=made.head, departure=departure, said={first.pk: ("returned", "")})
