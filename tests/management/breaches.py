"""A breach of duty of somebody of Santai at any step, graded by rules of the county's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.management.discipline.models import Matter, Measure, Scheme
from fujing.management.discipline.own import own_asking
from fujing.management.discipline.schemes import measure_add, scheme_confirm, scheme_enter
from fujing.management.discipline.services import (
    matter_decide,
    matter_decline,
    matter_invite,
    matter_open,
    matter_propose,
    matter_record,
    matter_state,
)
from fujing.registry.models import Engagement
from tests import factories
from tests.factories import SANTAI
from tests.management.made import PDF
from tests.registry.activated import opened, own, serving

HAPPENED = today() - timedelta(20)
TOLD = today() - timedelta(15)
FACTS = "夜间值守时擅自离岗一小时，群众报警无人接待。"
WORDS = "当时送一名突发疾病的群众去医院。"
NUMBER = "三公处〔2026〕3号"
PROPOSAL: dict[str, Any] = {"means": "rules", "governed": False, "suspects": "none", "opinion": "情节较轻，已认识错误"}


@dataclass(frozen=True)
class Bureau:
    """Santai's discipline officer, clerk, personnel head and leader, and whom it is about."""

    office: Actor
    hr: Actor
    head: Actor
    leader: Actor
    engagement: Engagement


def bureau(name: str = "甲") -> Bureau:
    engagement = serving(SANTAI, name)
    with acting(factories.PROVINCIAL):
        roles = ("discipline", "hr_officer", "hr_head", "organ_leader")
        return Bureau(*(factories.officer(SANTAI, role, name=f"{name}{role}") for role in roles), engagement)


def paper(name: str = "材料.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF)


def entered(made: Bureau, since: date = date(2021, 3, 1), **said: Any) -> Measure:
    """Rules that nobody checked yet, with one measure of six months."""
    given = {"title": "警务辅助人员违规违纪处理办法", "document_number": "局发〔2024〕5号", "ask_days": 30} | said
    months = given.pop("months", 6)
    with acting(made.office):
        scheme = scheme_enter(actor=made.office, effective_from=since, upload=paper("办法.pdf"), **given)
        return measure_add(actor=made.office, scheme=scheme, rank=1, name="警告", clause="第五条", months=months)


def rules(made: Bureau, since: date = date(2021, 3, 1), **said: Any) -> Measure:
    """The same, checked by the head."""
    measure = entered(made, since, **said)
    with acting(made.head):
        scheme_confirm(actor=made.head, scheme=measure.scheme)
    return measure


def recorded(made: Bureau, by: Actor | None = None, **said: Any) -> Matter:
    given = {"duty": "15.3", "happened_on": HAPPENED, "facts": FACTS, "title": "监控记录", "dated": HAPPENED} | said
    who = by or made.office
    with acting(who):
        row = matter_record(actor=who, engagement=made.engagement, upload=paper(), **given)
        row.refresh_from_db()  # the database signs it
        return row


def invited(made: Bureau, **said: Any) -> Matter:
    row = recorded(made, **said)
    with acting(made.office):
        return matter_invite(
            actor=made.office, matter=row, told_on=TOLD, answer_until=TOLD + timedelta(5), upload=paper()
        )


def stated(made: Bureau, **said: Any) -> Matter:
    row = invited(made, **said)
    with acting(made.office):
        return matter_state(
            actor=made.office, matter=row, answered_on=TOLD + timedelta(1), answer=WORDS, upload=paper()
        )


def declined(made: Bureau) -> Matter:
    row = invited(made)
    with acting(made.office):
        return matter_decline(
            actor=made.office, matter=row, answered_on=TOLD + timedelta(1), answer="本人表示不说", upload=paper()
        )


def proposed(made: Bureau, measure: Measure | None, **said: Any) -> Matter:
    row = stated(made)
    with acting(made.office):
        return matter_propose(actor=made.office, matter=row, measure=measure, **(PROPOSAL | said))


def decided(made: Bureau, measure: Measure | None = None, **said: Any) -> Matter:
    """Decided by the head; without a measure nothing is to follow."""
    means = {} if measure is not None else {"means": "none"}
    row = proposed(made, measure, **(means | said))
    with acting(made.head):
        matter_open(actor=made.head, matter=row, reason="决定前查阅")
        return matter_decide(actor=made.head, matter=row, document_number=NUMBER)


def signed_in(made: Bureau, phone: str = "13812345678") -> Actor:
    """The person by their own sign-in."""
    return own(opened(made.engagement, phone))


def asked(made: Bureau) -> Matter:
    """The person doesn't accept what was decided."""
    row = decided(made, rules(made))
    person = signed_in(made)
    with acting(person):
        return own_asking(actor=person, matter=row, text="有医院的就诊记录")


def scheme_of(measure: Measure) -> Scheme:
    return Scheme.objects.get(pk=measure.scheme_id)
