"""A report that accuses who was hired, with its statement, and a suggestion of theirs."""

from __future__ import annotations

from fujing.kernel.actor import Actor, acting
from fujing.law.complaints.readers import About
from fujing.management.complaints.keys import key_make, key_unlock
from fujing.management.complaints.models import Report
from fujing.management.complaints.receipts import Story, report_file
from fujing.management.complaints.services import (
    clock_stop,
    hearing_ask,
    identity_release,
    report_accept,
    report_investigate,
)
from fujing.management.complaints.statements import statement_give
from fujing.management.complaints.suggestions import suggestion_make
from fujing.registry.models import Account
from tests import factories
from tests.world.made import County
from tests.world.registry import actor_with

PHRASE = "雪山 草地 江河 大桥 灯火"


def complain(made: County) -> None:
    """Two readers; the accused states; the clock stands still; one reader lets the other know who it was."""
    assert made.engagement is not None
    with acting(factories.PROVINCIAL):
        other = actor_with(factories.account(made.code, "discipline", name=f"督察{made.serial}"))
    reader = made.checkers[1]
    private = {}
    for each in (reader, other):
        with acting(each):
            key_make(actor=each, passphrase=PHRASE)
            private[each] = key_unlock(actor=each, passphrase=PHRASE)
    with acting(Actor(name="访客")) as visitor:
        story = Story(
            kind="complaint",
            organ=made.code,
            about=About.AUXILIARY,
            accused="某人",
            text="态度不好",
            name="反映某",
            phone="13900000000",
        )
        report_file(actor=visitor, story=story)
    with acting(reader):
        report = report_accept(actor=reader, report=Report.objects.get(), term_days=60, term_basis="县局规定")
        report = report_investigate(actor=reader, report=report)
        clock_stop(actor=reader, report=report, reason="等待录像")
        hearing = hearing_ask(actor=reader, report=report, person=made.engagement.person, matter="当日执勤情况")
        identity_release(
            actor=reader, report=report, private=private[reader], second=other.account_id or 0, reason="约时间"
        )
    accused = actor_with(Account(pk=made.applicant.account_id))
    with acting(accused):
        statement_give(actor=accused, hearing=hearing, text="态度正常")
        suggestion_make(actor=accused, text="多发手套")
