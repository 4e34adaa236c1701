"""Somebody of the county who is proposed for a commendation that somebody objects to."""

from __future__ import annotations

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.management.commendation.services import (
    commendation_check,
    commendation_propose,
    commendation_publicise,
    objection_record,
)
from tests.world.made import County


def commend(made: County) -> None:
    """Who was hired is proposed, checked and made public, and one objection waits."""
    assert made.engagement is not None
    with acting(made.hr):
        row = commendation_propose(
            actor=made.hr,
            engagement=made.engagement,
            title="嘉奖",
            deed="协助抓获盗窃嫌疑人",
            achieved_on=today(),
            upload=SimpleUploadedFile("事迹.pdf", b"%PDF-1.4 deed"),
        )
    with acting(made.head):
        row = commendation_check(actor=made.head, commendation=row)
    with acting(made.hr):
        commendation_publicise(actor=made.hr, commendation=row, starts=today(), until=today() + timedelta(7))
        objection_record(actor=made.hr, commendation=row, received_on=today(), text="当时不在场")
