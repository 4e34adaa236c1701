"""Somebody of the county who broke a duty: heard, decided by the county's own rules, and asking for a reconsideration."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.management.discipline.own import own_asking, own_statement
from fujing.management.discipline.schemes import measure_add, scheme_confirm, scheme_enter
from fujing.management.discipline.services import (
    matter_decide,
    matter_invite,
    matter_open,
    matter_propose,
    matter_record,
    referral_record,
)
from fujing.registry.models import Account
from tests.world.made import County
from tests.world.registry import actor_with


def discipline(made: County) -> None:
    """From the rules to the decision that the person doesn't accept."""
    assert made.engagement is not None
    office = made.checkers[1]
    with acting(office):
        scheme = scheme_enter(
            actor=office,
            title="警务辅助人员违规违纪处理办法",
            document_number="局发〔2024〕5号",
            effective_from=date(2024, 1, 1),
            ask_days=30,
            upload=SimpleUploadedFile("办法.pdf", b"%PDF-1.4 rules"),
        )
        measure = measure_add(actor=office, scheme=scheme, rank=1, name="警告", clause="第五条", months=6)
    with acting(made.head):
        scheme_confirm(actor=made.head, scheme=scheme)
    with acting(office):
        row = matter_record(
            actor=office,
            engagement=made.engagement,
            duty="15.3",
            happened_on=today(),
            facts="夜间值守时离岗一小时",
            title="监控记录",
            dated=today(),
            upload=SimpleUploadedFile("监控.pdf", b"%PDF-1.4 evidence"),
        )
    with acting(office):
        row = matter_invite(
            actor=office,
            matter=row,
            told_on=today(),
            answer_until=today() + timedelta(5),
            upload=SimpleUploadedFile("告知书.pdf", b"%PDF-1.4 telling"),
        )
    own = actor_with(Account(pk=made.applicant.account_id))
    with acting(own):
        own_statement(actor=own, matter=row, answer="当时去送医")
    with acting(office):
        row = matter_propose(
            actor=office,
            matter=row,
            means="rules",
            measure=measure,
            governed=False,
            suspects="security",
            opinion="情节较轻",
        )
        referral_record(
            actor=office,
            matter=row,
            kind="security",
            authority="潼川派出所",
            sent_on=today(),
            upload=SimpleUploadedFile("回执.pdf", b"%PDF-1.4 receipt"),
        )
    with acting(made.head):
        matter_open(actor=made.head, matter=row, reason="决定前查阅")
        row = matter_decide(actor=made.head, matter=row, document_number="局处〔2026〕1号")
    with acting(own):
        own_asking(actor=own, matter=row, text="有就诊记录")
