"""A deterministic synthetic province: true organs and division codes, invented people.

The same `seed` gives the same people. History triggers stay on: seeded rows have a history like any other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, islice
from random import Random

from django.db.backends.postgresql.psycopg_any import DateRange

from fujing.kernel import cipher
from fujing.kernel.actor import Actor, acting
from fujing.law.citizen_numbers import check_digit, is_male
from fujing.law.jurisdiction import Division, divisions
from fujing.registry.divisions import PARTNER_CODES, PROVINCE, bureau_name, organ_code, partner_name
from fujing.registry.models import Assignment, Contract, Engagement, Organ, Person, Post, territory_of
from fujing.registry.states import Category, ContractKind, OrganKind, Source

# Each surname with how often it occurs.
SURNAMES = dict(
    zip(
        "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭肖田董潘袁蔡蒋余",
        (*(72, 74, 68, 54, 46, 32, 22, 21, 20, 20), *[13] * 7, *[10] * 5, *[8] * 7, *[6] * 10),
        strict=True,
    )
)
MALE = "伟强磊军洋勇涛明超刚建华文志国鹏飞宇浩辉平杰诺嘉瑞晨轩"
FEMALE = "芳娜敏静丽艳娟秀霞桂玉春红梅兰雨欣怡佳琪思燕莉萍婷雪"
DEPARTMENTS = ("政治处", "指挥中心", "治安管理大队", "交通警察大队")
STATIONS = ("城关派出所", "东城派出所", "西城派出所", "城南派出所", "城北派出所", "河东派出所")
POSTS = (
    ("接警值守", "civil", ["9.1"]),
    ("窗口服务", "civil", ["9.1"]),
    ("巡逻防控", "field", ["10.3"]),
    ("交通协勤", "field", ["11.2"]),
)
LEFT_SHARE = 0.05
EDUCATIONS = ("high_school", "junior_college", "bachelor")
BATCH = 2000
EVERYWHERE = territory_of(PROVINCE)
SEEDER = Actor(
    name="演示数据",
    account_id=0,
    roles=frozenset({"hr_head"}),
    organ_code=PROVINCE,
    lo=EVERYWHERE[0],
    hi=EVERYWHERE[1],
    reason="建立演示数据",
)
FIRST_DAY = date(2021, 3, 1)
# A contract that ends after this day is not yet followed by another.
LAST_DAY = date(2026, 11, 30)


@dataclass(frozen=True, slots=True)
class Seeded:
    """What a run made."""

    organs: int
    people: int


def organs() -> Iterator[Organ]:
    """Bureaus, their departments and stations, and the five partner departments of each level."""
    codes = divisions()
    for division in codes.values():
        code, name = organ_code(division), bureau_name(division)
        parent = organ_code(codes[division.parent]) if division.parent else None
        yield Organ(
            code=code,
            name=name,
            short_name=name,
            kind=OrganKind.PUBLIC_SECURITY,
            level=division.level,
            parent_id=parent,
        )
        for number, unit in enumerate((*DEPARTMENTS, *(STATIONS if division.level == "county" else ())), start=1):
            kind = OrganKind.DEPARTMENT if unit in DEPARTMENTS else OrganKind.STATION
            yield Organ(
                code=code + number * 100,
                name=name + unit,
                short_name=unit,
                kind=kind,
                level=division.level,
                parent_id=code,
            )
        for partner, offset in PARTNER_CODES.items():
            yield Organ(
                code=code + offset,
                name=partner_name(division, partner),
                short_name=partner_name(division, partner),
                kind=OrganKind.PARTNER,
                level=division.level,
                partner_kind=partner,
            )


def seed_organs() -> int:
    """Write all organs and posts once; returns how many organs there are."""
    with acting(SEEDER):
        if not Organ.objects.exists():
            Organ.objects.bulk_create(organs(), batch_size=BATCH)
            units = Organ.objects.filter(kind__in=[OrganKind.DEPARTMENT, OrganKind.STATION])
            Post.objects.bulk_create(
                (
                    Post(organ_code=unit.managing_code, unit=unit, name=name, category=category, duties=duties)
                    for unit in units
                    for name, category, duties in POSTS
                ),
                batch_size=BATCH,
            )
        return Organ.objects.count()


def bureaus_weighted(people: int, favourite: str = "510722") -> list[tuple[Division, int]]:
    """How many people each county bureau gets; a small province is mostly its favourite county."""
    counties = [division for division in divisions().values() if division.level == "county"]
    if people < 5000:
        near = [division for division in counties if division.parent == "510700"]
        others = [division for division in near if division.code != favourite]
        share = people // (2 * len(others)) if others else 0
        return [(divisions()[favourite], people - share * len(others))] + [(each, share) for each in others]
    base, extra = divmod(people, len(counties))
    return [(division, base + (index < extra)) for index, division in enumerate(counties)]


def people_present() -> int:
    """How many people there are already."""
    with acting(SEEDER, read_only=True):
        return Person.objects.count()


def seed_people(people: int, seed: int) -> Seeded:
    """Write everybody, county by county, each county in one transaction; a county with people is left alone.

    Every county has its own random source: what one gets does not depend on which others are there already.
    """
    count = seed_organs()
    made = 0
    with acting(SEEDER, read_only=True):
        present = set(Person.objects.values_list("organ_code", flat=True).distinct())
    for division, wanted in bureaus_weighted(people):
        code = organ_code(division)
        if code in present or not wanted:
            continue
        random = Random(f"{seed}:{code}")  # noqa: S311 - invented people, no secret
        drawn = drawn_people(random, division, wanted)
        serial = 0
        with acting(SEEDER):
            places = _places(code)
            while batch := list(islice(drawn, BATCH)):
                _write(random, code, batch, places, serial)
                serial += len(batch)
        made += serial
    return Seeded(count, made)


def drawn_people(random: Random, division: Division, count: int) -> Iterator[Person]:
    """Invented people of a county, not yet written; no two share a citizen number."""
    surnames, weights = tuple(SURNAMES), tuple(accumulate(SURNAMES.values()))
    used: set[str] = set()
    while len(used) < count:
        born = date(1975, 1, 1) + timedelta(days=random.randrange(30 * 365))
        first = f"{division.code}{born:%Y%m%d}{random.randrange(1, 1000):03d}"
        if first in used:
            continue
        used.add(first)
        male = is_male(first)
        given = random.choices(MALE if male else FEMALE, k=random.choice((1, 2, 2)))
        name = random.choices(surnames, cum_weights=weights)[0] + "".join(given)
        yield Person(
            organ_code=organ_code(division),
            name=name,
            sex="male" if male else "female",
            birth_date=born,
            id_number=first + check_digit(first),
            phone=f"13{random.randrange(10**9):09d}",
            education=random.choice(EDUCATIONS),
            household=f"四川省{division.name}",
            veteran=random.random() < 0.1,
        )


def _places(code: int) -> dict[str, list[Post]]:
    posts = list(Post.objects.filter(organ_code=code).order_by("id"))
    return {category: [post for post in posts if post.category == category] for category in Category.values}


def _write(random: Random, code: int, people: list[Person], places: dict[str, list[Post]], serial: int) -> None:
    Person.objects.bulk_create(people)
    engagements: list[Engagement] = []
    contracts: list[Contract] = []
    assignments: list[Assignment] = []
    for person in people:
        starts = FIRST_DAY + timedelta(days=random.randrange(1500))
        stayed = timedelta(days=random.randrange(90, 500))
        left = min(starts + stayed, LAST_DAY) if random.random() < LEFT_SHARE else None
        category = random.choice((Category.CIVIL, Category.FIELD, Category.FIELD))
        engagements.append(
            Engagement(
                organ_code=code,
                person=person,
                category=category,
                source=Source.BEFORE_MEASURES,
                span=DateRange(starts, left),
                exit_kind="resigned" if left else "",
                exit_note="本人申请辞职" if left else "",
                identity_key=cipher.identity_key(str(person.id_number)),
            )
        )
    Engagement.objects.bulk_create(engagements)
    signer = bureau_name(divisions()[str(code // 10**6)])
    for number, engagement in enumerate(engagements, start=serial):
        starts, left = engagement.span.lower, engagement.span.upper
        post = random.choice(places[engagement.category])
        assignments.append(
            Assignment(
                organ_code=code,
                engagement=engagement,
                person_id=engagement.person_id,
                unit_id=post.unit_id,
                post=post,
                span=DateRange(starts, left),
            )
        )
        contracts += _contracts(engagement, signer, f"{code}-S{number:06d}")
    Assignment.objects.bulk_create(assignments)
    Contract.objects.bulk_create(contracts)


def _contracts(engagement: Engagement, signer: str, number: str) -> Iterator[Contract]:
    """Three years with probation, and three more for whoever stayed on; cut short for whoever left."""
    starts, left = engagement.span.lower, engagement.span.upper
    for sequence in (1, 2):
        ends = _months_later(starts, 36)
        yield Contract(
            organ_code=engagement.organ_code,
            engagement=engagement,
            person_id=engagement.person_id,
            number=f"{number}-{sequence}",
            kind=ContractKind.FIXED,
            sequence=sequence,
            signed_on=starts,
            signer=signer,
            term_months=36,
            probation_months=2 if sequence == 1 else 0,
            probation_until=_months_later(starts, 2) if sequence == 1 else None,
            span=DateRange(starts, min(ends, left or ends)),
        )
        if ends >= (left or LAST_DAY):
            return
        starts = ends


def _months_later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, min(day.day, 28))
