"""Organs, accounts and people for tests, made through the models' own validation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import count

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.backends.postgresql.psycopg_any import DateRange

from fujing.general.budget.models import Budget
from fujing.general.budget.services import budget_decide, budget_draft, budget_submit
from fujing.general.budget.states import BudgetKind
from fujing.general.quota.services import quota_grant
from fujing.kernel.actor import Actor, acting
from fujing.kernel.approvals import Paper
from fujing.kernel.clock import today
from fujing.kernel.files import file_store
from fujing.kernel.models import StoredFile
from fujing.law.citizen_numbers import check_digit
from fujing.law.jurisdiction import divisions
from fujing.management.contracts.models import Renewal
from fujing.recruitment.plans.models import HeadcountPlan
from fujing.recruitment.plans.queries import plan_for
from fujing.recruitment.plans.services import Line, plan_decide, plan_draft, plan_submit
from fujing.registry.divisions import PARTNER_CODES, bureau_name, partner_name
from fujing.registry.models import Account, Engagement, Organ, Person, Post, RoleAssignment, territory_of
from fujing.registry.queries import account_with_roles, actor_of
from fujing.registry.states import Level, OrganKind, PartnerKind

SANTAI = 510722000000
YANTING = 510723000000
MIANYANG = 510700000000
PROVINCE = 510000000000
PASSWORD = "fujing-test-2026"
_numbers = count(1)


def bureau(code: int) -> Organ:
    """The true bureau of a division with its superiors; existing ones are reused."""
    division = divisions()[str(code // 10**6)]
    parent = bureau(int(division.parent) * 10**6) if division.parent else None
    organ, _ = Organ.objects.get_or_create(
        code=code,
        defaults={
            "name": bureau_name(division),
            "short_name": bureau_name(division),
            "kind": OrganKind.PUBLIC_SECURITY,
            "level": division.level,
            "parent": parent,
        },
    )
    return organ


def unit(bureau_code: int, number: int = 1, name: str = "城关派出所") -> Organ:
    """A dispatched station of a bureau."""
    parent = bureau(bureau_code)
    organ, _ = Organ.objects.get_or_create(
        code=bureau_code + number * 100,
        defaults={
            "name": parent.name + name,
            "short_name": name,
            "kind": OrganKind.STATION,
            "level": Level.COUNTY,
            "parent": parent,
        },
    )
    return organ


def partner(bureau_code: int, kind: str) -> Organ:
    """The same-level department of that kind."""
    division = divisions()[str(bureau_code // 10**6)]
    organ, _ = Organ.objects.get_or_create(
        code=bureau_code + PARTNER_CODES[PartnerKind(kind)],
        defaults={
            "name": partner_name(division, PartnerKind(kind)),
            "short_name": PartnerKind(kind).label,
            "kind": OrganKind.PARTNER,
            "level": division.level,
            "partner_kind": kind,
        },
    )
    return organ


def account(organ_code: int | None, *roles: str, name: str = "", person_id: int | None = None) -> Account:
    """An account with roles from 2021 on; the password is PASSWORD. One that reads a person's file is that human's."""
    number = next(_numbers)
    made = Account.objects.create_user(
        username=f"user{number}",
        password=PASSWORD,
        name=name or f"张{number}",
        organ_code=organ_code,
        person_id=person_id,
        id_number=Person.objects.get(pk=person_id).id_number if person_id else None,
    )
    RoleAssignment.objects.bulk_create(
        [
            RoleAssignment(account=made, organ_code=organ_code, role=role, span=DateRange(date(2021, 3, 1), None))
            for role in roles
        ]
    )
    return made


def officer(organ_code: int, *roles: str, name: str = "") -> Actor:
    """An actor with an account in an organ."""
    made = account_with_roles(account(organ_code, *(roles or ("hr_officer",)), name=name).pk)
    assert made is not None
    return actor_of(made)


def post(unit_code: int, name: str = "巡逻防控", category: str = "field") -> Post:
    """A post in a unit."""
    return Post.objects.create(organ_code=unit_code // 10**6 * 10**6, unit_id=unit_code, name=name, category=category)


PROVINCIAL = Actor(
    name="省厅经办",
    account_id=0,
    roles=frozenset({"hr_officer"}),
    organ_code=PROVINCE,
    lo=PROVINCE,
    hi=PROVINCE + 10**10 - 1,
)
CORRECTING = replace(PROVINCIAL, reason="更正")
"""The same, where a test changes what was recorded of a place."""


def territorial(organ_code: int, *roles: str) -> Actor:
    """An actor of an organ without an account row, for tests below the web."""
    lo, hi = territory_of(organ_code)
    return Actor(
        name="经办", account_id=1, roles=frozenset(roles or ("hr_officer",)), organ_code=organ_code, lo=lo, hi=hi
    )


def quota(code: int, amount: int) -> None:
    """Quota granted step by step down to a bureau, by each superior in turn."""
    with acting(PROVINCIAL):
        chain = [bureau(code)]
        while chain[-1].parent is not None:
            chain.append(chain[-1].parent)
    for each in reversed(chain):
        giver = each.parent or each
        with acting(territorial(giver.code, "hr_head")):
            quota_grant(
                actor=territorial(giver.code, "hr_head"),
                organ=each,
                amount=amount,
                document_number="川编发〔2025〕1号",
                document_date=date(2025, 1, 10),
                reason="年度核定",
            )


def approved_plan(code: int, count: int = 2, category: str = "field") -> HeadcountPlan:
    """A county plan taken through all four steps by four sign-ins."""
    quota(code, count)
    with acting(PROVINCIAL):
        superior = bureau(code).parent
        partners = [(kind, partner(code, kind)) for kind in ("establishment", "finance", "government")]
    assert superior is not None
    proposer = replace(territorial(code, "hr_officer"), account_id=101)
    with acting(proposer):
        plan = plan_draft(
            actor=proposer, year=2026, reason="警力不足", lines=[Line("一线执勤", category, count, "巡逻防控")]
        )
        plan_submit(actor=proposer, plan=plan)
    deciders = [replace(territorial(superior.code, "hr_head"), account_id=102)]
    deciders += [
        replace(territorial(organ.code, f"partner_{kind}"), account_id=103 + index, lo=None, hi=None)
        for index, (kind, organ) in enumerate(partners)
    ]
    for decider in deciders:
        with acting(decider):
            plan = plan_decide(actor=decider, plan=plan_for(decider, plan.pk), verb="pass", number="三府函〔2026〕8号")
    return plan


def issued_budget(code: int, amount: int = 1_000_000, year: int = 2026) -> Budget:
    """The same amount in 元 for each kind, proposed by the finance office and issued by the finance department."""
    with acting(PROVINCIAL):
        department = partner(code, "finance")
    proposer = replace(territorial(code, "finance"), account_id=104)
    with acting(proposer):
        amounts = {kind: Decimal(amount) for kind in BudgetKind.values}
        budget = budget_draft(actor=proposer, year=year, amounts=amounts, reason="年度预算")
        budget = budget_submit(actor=proposer, budget=budget)
    decider = replace(territorial(department.code, "partner_finance"), account_id=105, lo=None, hi=None)
    with acting(decider):
        return budget_decide(actor=decider, budget=budget, verb="pass", number=f"{code}财预〔{year}〕5号")


def scan_of(code: int) -> StoredFile:
    """A scanned paper in a bureau's territory; the same content each time."""
    with acting(territorial(code, "hr_head")) as actor:
        upload = SimpleUploadedFile("复函.pdf", b"%PDF-1.4 answer on paper")
        return file_store(actor=actor, organ_code=code, upload=upload)


def paper(code: int, number: str = "三财函〔2026〕3号", day: date | None = None) -> Paper:
    """A decision on paper with all that it needs, dated today unless another day is given."""
    return Paper(number, day or today(), scan_of(code))


def person(code: int, name: str = "王建华", number: int | None = None) -> Person:
    """Somebody with a valid citizen number; the actor must see the bureau."""
    serial = next(_numbers) if number is None else number
    first = f"{code // 10**6}19950315{serial % 1000:03d}"
    made = Person(
        organ_code=code,
        name=name,
        sex="male" if serial % 2 else "female",
        birth_date=date(1995, 3, 15),
        id_number=first + check_digit(first),
        education="high_school",
    )
    made.clean()
    made.save()
    return made


def engagement(who: Person, source: str = "before_measures", category: str = "field") -> Engagement:
    """An open engagement from 2021 on."""
    made = Engagement(
        organ_code=who.organ_code, person=who, category=category, source=source, span=DateRange(date(2021, 1, 1), None)
    )
    made.clean()
    made.save()
    return made


def run_out(who: Engagement, after: date, since: date | None = None) -> None:
    """An employment that its bureau didn't renew: it ran out the day before `after`."""
    row = Renewal(
        organ_code=who.organ_code,
        engagement=who,
        after=after,
        state="ending",
        reason="岗位撤销",
        none_protected=True,
        made_by="经办",
        decided_by="负责人",
    )
    row.clean()
    row.save()
    Renewal.objects.filter(pk=row.pk).update(state="ended")
    who.span, who.exit_kind = DateRange(since or who.span.lower, after), "contract_expired"
    who.save()
