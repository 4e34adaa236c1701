"""Rounds of Santai at any step, with who scores, decides and answers in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.law.appraisal.scheme import HEADINGS, Scheme, usual
from fujing.law.parameters import Parameters
from fujing.management.appraisal.asking import asked_receive
from fujing.management.appraisal.models import Reconsideration, Round, Sheet
from fujing.management.appraisal.services import (
    round_close,
    round_decide,
    round_draft,
    round_open,
    round_propose,
    round_publicise,
)
from fujing.management.appraisal.sheets import Scored, sheet_report, sheet_score
from fujing.registry.models import Account, Assignment, Engagement
from tests import factories
from tests.factories import SANTAI

YEAR = today().year - 1
SCHEME = usual(Parameters(today())).model_copy(
    update={
        "share": 50,
        "base": "graded",
        "months": 6,
        "absent_days": 60,
        "probation": False,
        "publicity_days": 5,
        "reconsider_days": 5,
        "document": "三公辅〔2025〕3号",
    }
)
STATION = SANTAI + 100


@dataclass(frozen=True)
class Bureau:
    """Who acts in a bureau's appraisals, and the people of its station."""

    hr: Actor
    head: Actor
    leader: Actor
    discipline: Actor
    officer: Actor
    unit: Actor
    people: list[Engagement] = field(default_factory=list)


def bureau(names: Sequence[str] = ("甲", "乙"), *, code: int = SANTAI) -> Bureau:
    """A bureau with a station, whose people have served since 2021 under one responsible officer."""
    factories.quota(code, len(names))
    with acting(factories.PROVINCIAL):
        station = factories.unit(code)
        post = factories.post(station.code)
        roles = ("hr_officer", "hr_head", "organ_leader", "discipline", "police_officer")
        hr, head, leader, discipline, officer = (factories.officer(code, role) for role in roles)
        made = Bureau(hr, head, leader, discipline, officer, factories.officer(station.code, "unit_leader"))
        for name in names:
            engagement = factories.engagement(factories.person(code, name))
            Assignment.objects.create(
                organ_code=code,
                engagement=engagement,
                person_id=engagement.person_id,
                unit=station,
                post=post,
                officer=Account.objects.get(pk=officer.account_id),
                span=DateRange(date(2021, 1, 1), None),
            )
            made.people.append(engagement)
    return made


def drafted(made: Bureau, scheme: Scheme = SCHEME, *, period: str = "year", year: int = YEAR, part: int = 1) -> Round:
    """A round of last year."""
    with acting(made.hr):
        return round_draft(actor=made.hr, period=period, year=year, part=part, scheme=scheme)


def opened(made: Bureau, scheme: Scheme = SCHEME, **more: Any) -> Round:
    """A round whose people wait for their self-reports."""
    round_ = drafted(made, scheme, **more)
    with acting(made.hr):
        return round_open(actor=made.hr, round_=round_)


def points(value: object) -> dict[str, Decimal]:
    """The same points for each heading."""
    return {key: Decimal(str(value)) for key in HEADINGS}


def reported(made: Bureau, sheet: Sheet) -> Sheet:
    """The clerk enters somebody's self-report."""
    with acting(made.hr):
        return sheet_report(actor=made.hr, sheet=sheet, words="全年出勤，完成巡逻任务。")


def scored(made: Bureau, sheet: Sheet, value: object, *, absent: int | None = 0, until: str = "scored") -> Sheet:
    """Both score the same; the officer says how long the person was away."""
    for state, who in (("officer", made.officer), ("unit", made.unit)):
        if sheet.state == "self":
            sheet = reported(made, sheet)
        if sheet.state == state and until != state:
            with acting(who):
                said = Scored(points(value), "工作认真。", absent if state == "officer" else None)
                sheet = sheet_score(actor=who, sheet=sheet, scored=said)
    return sheet


def sheets_of(made: Bureau, round_: Round) -> dict[str, Sheet]:
    """The sheets of a round by name, as they are now."""
    with acting(made.hr):
        return {each.name: each for each in Sheet.objects.filter(round=round_).order_by("pk")}


def proposed(made: Bureau, values: Mapping[str, object], scheme: Scheme = SCHEME) -> Round:
    """A round in which everybody has the points given, its grades proposed by the clerk."""
    round_ = opened(made, scheme)
    for name, sheet in sheets_of(made, round_).items():
        scored(made, sheet, values[name])
    with acting(made.hr):
        return round_propose(actor=made.hr, round_=round_)


def decided(made: Bureau, values: Mapping[str, object], scheme: Scheme = SCHEME) -> Round:
    """The same, decided by the personnel head."""
    round_ = proposed(made, values, scheme)
    with acting(made.head):
        return round_decide(actor=made.head, round_=round_)


def publicised(made: Bureau, values: Mapping[str, object], scheme: Scheme = SCHEME) -> Round:
    """The same, in publicity from today on."""
    round_ = decided(made, values, scheme)
    with acting(made.hr):
        return round_publicise(actor=made.hr, round_=round_)


def past(made: Bureau, values: Mapping[str, object], scheme: Scheme = SCHEME) -> Round:
    """A round whose terms ended yesterday, written with those days at the moment in which it becomes public."""
    round_ = decided(made, values, scheme)
    with acting(made.hr):
        Round.objects.filter(pk=round_.pk).update(
            state="publicised",
            publicity_from=today() - timedelta(20),
            publicity_to=today() - timedelta(10),
            reconsider_until=today() - timedelta(1),
        )
        return Round.objects.get(pk=round_.pk)


def closed(made: Bureau, values: Mapping[str, object], scheme: Scheme = SCHEME) -> Round:
    """A round whose grades are final."""
    round_ = past(made, values, scheme)
    with acting(made.hr):
        return round_close(actor=made.hr, round_=round_)


def asked(made: Bureau, sheet: Sheet, kind: str = "person") -> Reconsideration:
    """Somebody's result is questioned today."""
    with acting(made.hr):
        return asked_receive(actor=made.hr, sheet=sheet, kind=kind, said="教育培训的分数有误", asked_on=today())
