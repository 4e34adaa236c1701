"""A bureau with a scheme that another approved, a few people and what is said of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.backends.postgresql.psycopg_any import DateRange

from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.law.formats.pay_template import example_scheme
from fujing.registry.models import Engagement, Person
from fujing.safeguards.payroll.facts import facts_say
from fujing.safeguards.payroll.models import PayRun
from fujing.safeguards.payroll.services import run_approve, run_draft, run_lock, run_submit, scheme_decide, scheme_enter
from tests import factories
from tests.factories import SANTAI
from tests.law.pay import generated

YEAR = generated.YEAR
PDF = b"%PDF-1.4 scheme"
STANDING: dict[str, Any] = {
    "tier": "七级",
    "post_grade": "一线",
    "appraisal": "称职",
    "social_base": Decimal(5000),
    "housing_base": Decimal(5000),
}


def first(month: int, year: int = YEAR) -> date:
    return date(year, month, 1)


def scheme_text(code: int, year: int = YEAR) -> str:
    text = example_scheme().replace("510722000000", str(code))
    return (
        text.replace("2026-01-01", f"{year}-01-01")
        .replace("from: 2026-01", f"from: {year}-01")
        .replace("year: 2025", f"year: {year - 1}")
    )


@dataclass
class Payroll:
    clerk: Actor
    money: Actor
    head: Actor
    people: list[Person]
    code: int

    def say(self, person: Person, month: int = 1, **facts: Any) -> None:
        with acting(self.clerk):
            hired = Engagement.objects.get(person=person).span
            known = {"hired_on": hired.lower, "left_on": hired.upper, "category": "勤务"}
            facts_say(
                actor=self.clerk,
                source="考勤表",
                people=[{"id": person.pk, "since": first(month), **STANDING, **known, **facts}],
                months=[],
            )

    def brought(self, person: Person, month: int, **facts: Any) -> None:
        with acting(self.clerk):
            rows = [{"id": person.pk, "month": first(month), **facts}]
            facts_say(actor=self.clerk, source="考勤表", people=[], months=rows)

    def draft(self, month: int) -> PayRun:
        with acting(self.clerk):
            return run_draft(actor=self.clerk, month=first(month))

    def submitted(self, month: int) -> PayRun:
        run = self.draft(month)
        with acting(self.clerk):
            return run_submit(actor=self.clerk, run=run)

    def approved(self, month: int) -> PayRun:
        run = self.submitted(month)
        with acting(self.head):
            return run_approve(actor=self.head, run=run)

    def locked(self, month: int) -> PayRun:
        run = self.approved(month)
        with acting(self.money):
            return run_lock(actor=self.money, run=run)


def payroll(code: int = SANTAI, people: int = 2, *, since: date = date(2021, 1, 1), text: str = "") -> Payroll:
    """The scheme is in force, everybody's standing facts are said from January on."""
    factories.quota(code, people + 5)
    with acting(factories.PROVINCIAL):
        clerk, money, head = (factories.officer(code, role) for role in ("hr_officer", "finance", "hr_head"))
        persons = [factories.person(code, name=f"辅警{number}") for number in range(people)]
        for person in persons:
            made = factories.engagement(person)
            if since != made.span.lower:
                Engagement.objects.filter(pk=made.pk).update(span=DateRange(since, None))
    made_here = Payroll(clerk, money, head, persons, code)
    entered(made_here, text)
    for person in persons:
        made_here.say(person)
    return made_here


def entered(made: Payroll, text: str = "") -> None:
    with acting(made.clerk):
        row = scheme_enter(
            actor=made.clerk,
            text=text or scheme_text(made.code),
            document_number="三公〔2026〕3号",
            document_date=today(),
            upload=SimpleUploadedFile("方案.pdf", PDF),
        )
    with acting(made.head):
        scheme_decide(actor=made.head, scheme=row, verb="approve")
