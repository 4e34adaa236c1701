"""Somebody of the county who was reported falsely and threatened on duty: what is done, and what would be said in public."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.management.protection.clarifying import clarification_propose
from fujing.management.protection.services import (
    Told,
    measure_record,
    protection_accept,
    protection_open,
    referral_record,
    term_set,
)
from fujing.registry.models import Account
from tests.world.made import County
from tests.world.registry import actor_with


def protect(made: County) -> None:
    """Opened on the phone with a picture; accepted, answered, referred, and a clarification that waits for a word."""
    assert made.engagement is not None
    person, handler = actor_with(Account(pk=made.applicant.account_id)), made.checkers[1]
    told = Told(
        kind="smear",
        happened_on=today(),
        place="农贸市场",
        duty="协助民警疏导交通",
        told="被人拍了视频，配上假话传到网上",
        against="发视频的人",
        harmed=("name",),
        damage="邻里议论",
    )
    with acting(person):
        picture = SimpleUploadedFile("截图.pdf", b"%PDF-1.4 picture")
        row = protection_open(actor=person, engagement=made.engagement, told=told, upload=picture)
    with acting(handler):
        row = protection_accept(actor=handler, case=row)
        measure_record(actor=handler, case=row, kind="removal", taken_on=today(), handler="督察", note="已要求平台删除")
        referral_record(
            actor=handler,
            case=row,
            to_whom="public_order",
            body="城关派出所",
            referred_on=today(),
            receipt=f"受案〔2026〕{made.serial}号",
            handler="督察",
        )
        clarification_propose(actor=handler, case=row, form="notice", scope=4, text="经查，网传视频不实。")
        term_set(actor=handler, step="accept", starts=today(), days=3, unit="working", basis="县局规定")
