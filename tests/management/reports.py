"""Reports of Santai at any step, with readers who have keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.core.files.uploadedfile import UploadedFile

from fujing.kernel.actor import Actor, acting
from fujing.law.complaints.readers import About
from fujing.management.complaints.keys import key_make, key_unlock, keys_of
from fujing.management.complaints.models import Hearing, Report
from fujing.management.complaints.queries import messages_of
from fujing.management.complaints.receipts import Story, report_file
from fujing.management.complaints.services import (
    hearing_ask,
    report_accept,
    report_answer,
    report_conclude,
    report_heard,
    report_investigate,
)
from fujing.management.complaints.statements import statement_give
from fujing.registry.models import Engagement
from tests import factories
from tests.factories import MIANYANG, SANTAI
from tests.registry.activated import own, serving

VISITOR = Actor(name="访客")
PHRASE = "雪山 草地 江河 大桥 灯火"
STORY = Story(
    kind="complaint",
    organ=SANTAI,
    about=About.AUXILIARY,
    accused="王建华",
    text="夜里在广场推搡摆摊的人",
    happened="昨晚",
)


@dataclass(frozen=True)
class Reader:
    """Somebody with a key, and the private half that they unlocked."""

    actor: Actor
    private: bytes


def reader(code: int = SANTAI, name: str = "") -> Reader:
    """A discipline officer of the bureau who made a key."""
    with acting(factories.PROVINCIAL):
        factories.bureau(code)
        actor = factories.officer(code, "discipline", name=name)
    with acting(actor):
        key_make(actor=actor, passphrase=PHRASE)
        return Reader(actor, key_unlock(actor=actor, passphrase=PHRASE))


def filed(story: Story = STORY, *, uploads: Sequence[UploadedFile] = (), **changes: object) -> str:
    """What a visitor hands in; gives the code."""
    with acting(VISITOR):
        return report_file(actor=VISITOR, story=replace(story, **changes), uploads=uploads)  # type: ignore[arg-type]


def newest(who: Reader) -> Report:
    """The report that somebody sees last."""
    with acting(who.actor):
        return Report.objects.order_by("-pk")[0]


@dataclass(frozen=True)
class Case:
    """A report, who reads it, and whom it accuses."""

    code: str
    reader: Reader
    other: Reader
    accused: Actor
    engagement: Engagement

    @property
    def report(self) -> Report:
        """The row as it is now."""
        with acting(self.reader.actor):
            return Report.objects.get(pk=newest(self.reader).pk)


def case(**changes: object) -> Case:
    """One report at Santai with two readers; the accused has a sign-in of their own."""
    engagement = serving()
    with acting(factories.PROVINCIAL):
        account = factories.account(SANTAI, "auxiliary", name="王建华", person_id=engagement.person_id)
    first, second = reader(name="周督察"), reader(name="吴督察")
    return Case(filed(**changes), first, second, own(account), engagement)


STEPS = ("received", "accepted", "investigated", "heard", "concluded", "answered")


def brought(made: Case, state: str) -> Report:
    """The report at a step, by the services."""
    actor, report = made.reader.actor, made.report
    for step in STEPS[STEPS.index(report.state) + 1 : STEPS.index(state) + 1]:
        if step == "heard":
            stated(made, asked(made, report))
        with acting(actor):
            if step == "accepted":
                report = report_accept(actor=actor, report=report)
            elif step == "investigated":
                report = report_investigate(actor=actor, report=report)
            elif step == "heard":
                report = report_heard(actor=actor, report=report)
            elif step == "concluded":
                report = report_conclude(actor=actor, report=report, finding="unfounded", text="监控显示没有推搡")
            else:
                report = report_answer(actor=actor, report=report, text="经查不属实，谢谢您的监督")
    return report


def asked(made: Case, report: Report, matter: str = "昨晚广场执勤时的举止") -> Hearing:
    """The accused is told what to answer to."""
    with acting(made.reader.actor):
        return hearing_ask(actor=made.reader.actor, report=report, person=made.engagement.person, matter=matter)


def stated(made: Case, hearing: Hearing, text: str = "当时在劝离，没有推搡") -> Hearing:
    """The accused answers on their own page."""
    with acting(made.accused):
        return statement_give(actor=made.accused, hearing=hearing, text=text)


def above() -> Reader:
    """A reader of the city."""
    return reader(MIANYANG, name="郑督察")


def opened(who: Reader, report: Report) -> list[tuple[str, str]]:
    """What a reader reads: kinds with their words."""
    with acting(who.actor):
        keys = keys_of(actor=who.actor, report=report, private=who.private)
        return [(each.what, each.text) for each in messages_of(report, keys)]
