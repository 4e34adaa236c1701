"""A published campaign, applicants with accounts of their own, and applications in any state."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import ZONE, today
from fujing.kernel.models import Decision
from fujing.law.citizen_numbers import check_digit
from fujing.recruitment.applications.models import Application
from fujing.recruitment.applications.review import application_review
from fujing.recruitment.applications.services import applicant_sign_up, application_save, application_submit
from fujing.recruitment.background.models import BackgroundCheck
from fujing.recruitment.background.services import check_open, conflict_declare, finding_record
from fujing.recruitment.background.states import GROUNDS
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.campaigns.services import campaign_draft, campaign_publish
from fujing.registry.authentication import reveal
from fujing.registry.models import Account
from fujing.registry.queries import account_with_roles, actor_of
from tests import factories
from tests.factories import SANTAI

VISITOR = Actor(name="访客")
PASSWORD = "fujing-test-2026"
FACTS: dict[str, Any] = {"education": "high_school", "household": "四川省绵阳市三台县", "certificates": "无"}
COMPLETE: dict[str, Any] = {"missing": ["education"], "until": today() + timedelta(days=3)}
_serial = count(1)


def citizen_number(born: date = date(1998, 5, 5), *, division: int = 510722) -> str:
    """A valid citizen number that no other test uses."""
    first = f"{division}{born:%Y%m%d}{next(_serial) % 1000:03d}"
    return first + check_digit(first)


def head(code: int = SANTAI) -> Actor:
    """The bureau's personnel head, with an account: who may read findings is decided by accounts."""
    with acting(factories.PROVINCIAL):
        factories.bureau(code)
        return factories.officer(code, "hr_head", name="人事负责人")


def announcement(code: int, headcount: int, cutoff: date | str) -> dict[str, Any]:
    now = timezone.now().astimezone(ZONE)
    return {
        "title": f"{code}公开招聘警务辅助人员公告",
        "organ": {"code": code, "name": "县公安局", "level": "county"},
        "organiser": {"mode": "alone"},
        "cutoff": f"{cutoff}",
        "age_reading": "completed_years",
        "registration": {
            "from": (now - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M"),
            "to": (now + timedelta(days=5)).strftime("%Y-%m-%dT%H:%M"),
        },
        "positions": [
            {"code": "01", "name": "一线执勤", "category": "field", "headcount": headcount, "conditions": {}}
        ],
        "stages": [
            {"kind": "announcement"},
            {"kind": "registration"},
            {"kind": "qualification_review"},
            {"kind": "written", "full": 100, "pass": 60, "weight": 0.5},
            {"kind": "fitness", "gate": True},
            {"kind": "interview", "weight": 0.5},
            {"kind": "medical"},
            {"kind": "background"},
            {"kind": "publicity", "days": 7, "unit": "working"},
            {"kind": "hire"},
        ],
    }


def campaign(code: int = SANTAI, headcount: int = 2, cutoff: date | str = "") -> Campaign:
    """Published by the head of the bureau under an approved plan; registration is open."""
    plan = factories.approved_plan(code, count=headcount)
    with acting(head(code)) as actor:
        document = announcement(code, headcount, cutoff or today())
        return campaign_publish(actor=actor, campaign=campaign_draft(actor=actor, document=document, plan=plan))


def applicant(number: str = "", name: str = "李小明") -> Actor:
    """Somebody who signed up as visitors do."""
    phone = f"139{next(_serial):08d}"
    with acting(VISITOR):
        account = applicant_sign_up(
            actor=VISITOR, name=name, id_number=number or citizen_number(), phone=phone, password=PASSWORD
        )
        reveal("login", "")  # as at the end of the request: a test's transaction goes on
    with acting(replace(VISITOR, account_id=account.pk)):
        signed_in = account_with_roles(account.pk)
    assert signed_in is not None
    return actor_of(signed_in)


def application(
    to: Campaign, state: str = "submitted", by: Actor | None = None, **facts: Any
) -> tuple[Application, Actor]:
    """An application led to a state by its lawful way, and its applicant."""
    own = by or applicant()
    with acting(own):
        made = application_save(actor=own, campaign=to, position=to.positions.get(), facts={**FACTS, **facts})
        if state != "draft":
            made = application_submit(actor=own, application=made)
    verb = {"qualified": "qualify", "rejected": "reject", "returned": "return"}.get(state)
    if verb:
        with acting(head(to.organ_code)) as officer:
            made = application_review(
                actor=officer,
                application=made,
                verb=verb,
                note="学历证书不清楚",
                **(COMPLETE if verb == "return" else {}),
            )
    return made, own


def checkers(code: int = SANTAI) -> tuple[tuple[Account, Actor], tuple[Account, Actor]]:
    """Two officers of a bureau who may check, as accounts and as actors."""
    found = []
    with acting(head(code)):
        for role in ("hr_officer", "discipline"):
            actor = factories.officer(code, role, name=f"考察人{role}")
            found.append((Account.objects.get(pk=actor.account_id or 0), actor))
    return found[0], found[1]


def recorded(check: BackgroundCheck, checker: Actor, exists: tuple[str, ...] = ()) -> None:
    """One checker's declaration and findings on all grounds."""
    with acting(checker):
        conflict_declare(actor=checker, check=check, conflict=False)
        for ground in GROUNDS:
            finding_record(
                actor=checker,
                check=check,
                provision=ground,
                exists=ground in exists,
                evidence="派出所证明" if ground in exists else "",
            )


def background(of: Application, exists: tuple[str, ...] = ()) -> tuple[BackgroundCheck, tuple[Actor, Actor]]:
    """A check whose two checkers found these grounds, still open."""
    (one, first), (other, second) = checkers(of.organ_code)
    with acting(head(of.organ_code)) as actor:
        check = check_open(actor=actor, application=of, first=one, second=other)
    recorded(check, first, exists)
    recorded(check, second, exists)
    return check, (first, second)


def decisions_of(of: Application) -> QuerySet[Decision]:
    """What was decided about an application, oldest first."""
    return Decision.objects.filter(subject_table=of._meta.db_table, subject_id=of.pk).order_by("id")
