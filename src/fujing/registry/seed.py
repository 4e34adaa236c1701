"""A deterministic synthetic province: true organs and division codes, invented people.

The same `seed` gives the same people. History triggers stay on: seeded rows have a history like any other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from random import Random

from django.db.backends.postgresql.psycopg_any import DateRange

from fujing.kernel import cipher
from fujing.kernel.actor import Actor, acting
from fujing.law.jurisdiction import Division, divisions
from fujing.law.rulebooks.background import check_digit
from fujing.registry.divisions import PARTNER_CODES, bureau_name, organ_code, partner_name
from fujing.registry.models import Assignment, Contract, Engagement, Organ, Person, Post, pinyin_keys
from fujing.registry.states import Category, ContractKind, OrganKind, Source

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁蔡蒋余"
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂建华文志国玉春红梅兰辉鹏飞宇浩然晨思雨欣怡佳琪子轩一诺嘉瑞"
)
DEPARTMENTS = ("政治处", "指挥中心", "治安管理大队", "交通警察大队")
STATIONS = ("城关派出所", "东城派出所", "西城派出所", "城南派出所")
POSTS = (
    ("接警值守", "civil", ["9.1"]),
    ("窗口服务", "civil", ["9.1"]),
    ("巡逻防控", "field", ["10.3"]),
    ("交通协勤", "field", ["11.2"]),
)
EDUCATIONS = ("high_school", "junior_college", "bachelor")
BATCH = 2000
SEEDER = Actor(
    name="演示数据", account_id=0, roles=frozenset({"hr_head"}), organ_code=510000000000, lo=510000000000, hi=519999999999,
    reason="建立演示数据",
)  # fmt: skip
FIRST_DAY = date(2021, 3, 1)


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
        for number, unit in enumerate(
            (*DEPARTMENTS, *(STATIONS if division.level == "county" else ())), start=1
        ):
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
                code=code + offset, name=partner_name(division, partner), short_name=partner_name(division, partner),
                kind=OrganKind.PARTNER, level=division.level, partner_kind=partner,
            )  # fmt: skip


def seed_organs() -> int:
    """Write all organs and posts once; returns how many organs there are."""
    with acting(SEEDER):
        if not Organ.objects.exists():
            Organ.objects.bulk_create(organs(), batch_size=BATCH)
            units = Organ.objects.filter(kind__in=[OrganKind.DEPARTMENT, OrganKind.STATION])
            Post.objects.bulk_create(
                (
                    Post(
                        organ_code=unit.managing_code, unit=unit, name=name, category=category, duties=duties
                    )
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


def seed_people(people: int, seed: int) -> Seeded:
    """Write the people that are missing up to `people`, county by county, each batch in one transaction."""
    count = seed_organs()
    random = Random(seed)  # noqa: S311 - invented people, no secret
    made = 0
    with acting(SEEDER, read_only=True):
        present = set(Person.objects.values_list("organ_code", flat=True).distinct())
    for division, wanted in bureaus_weighted(people):
        code = organ_code(division)
        drawn = _drawn(random, division, wanted)
        if code in present or not wanted:
            list(drawn)  # keeps the numbers of the other counties as they are
            continue
        with acting(SEEDER):
            places = _places(code)
        serial = 0
        while batch := list(islice(drawn, BATCH)):
            with acting(SEEDER):
                _write(random, code, batch, places, serial)
            serial += len(batch)
            made += len(batch)
    return Seeded(count, made)


def _drawn(random: Random, division: Division, count: int) -> Iterator[Person]:
    for serial in range(count):
        name = random.choice(SURNAMES) + "".join(
            random.choice(GIVEN) for _ in range(random.choice((1, 2, 2)))
        )
        born = date(1985, 1, 1) + timedelta(days=random.randrange(20 * 365))
        first = f"{division.code}{born:%Y%m%d}{serial % 1000:03d}"
        pinyin, initials = pinyin_keys(name)
        yield Person(
            organ_code=organ_code(division), name=name, pinyin=pinyin, initials=initials,
            sex="male" if int(first[16]) % 2 else "female", birth_date=born, id_number=first + check_digit(first),
            phone=f"13{random.randrange(10**9):09d}", education=random.choice(EDUCATIONS), household=f"四川省{division.name}",
            veteran=random.random() < 0.1,
        )  # fmt: skip


def _places(code: int) -> dict[str, list[Post]]:
    posts = list(Post.objects.filter(organ_code=code).order_by("id"))
    return {category: [post for post in posts if post.category == category] for category in Category.values}


def _write(
    random: Random, code: int, people: list[Person], places: dict[str, list[Post]], serial: int
) -> None:
    Person.objects.bulk_create(people)
    engagements, contracts, assignments = [], [], []
    for person in people:
        starts = FIRST_DAY + timedelta(days=random.randrange(1500))
        category = random.choice((Category.CIVIL, Category.FIELD, Category.FIELD))
        engagements.append(
            Engagement(
                organ_code=code, person=person, category=category, source=Source.BEFORE_MEASURES,
                span=DateRange(starts, None), identity_key=cipher.identity_key(str(person.id_number)),
            )
        )  # fmt: skip
    Engagement.objects.bulk_create(engagements)
    for number, engagement in enumerate(engagements, start=serial):
        starts = engagement.span.lower
        post = random.choice(places[engagement.category])
        assignments.append(
            Assignment(
                organ_code=code, engagement=engagement, person_id=engagement.person_id, unit_id=post.unit_id, post=post,
                span=DateRange(starts, None),
            )
        )  # fmt: skip
        ends = date(
            starts.year + 3 * (1 + (date(2026, 12, 31) - starts).days // 1096),
            starts.month,
            min(starts.day, 28),
        )
        contracts.append(
            Contract(
                organ_code=code, engagement=engagement, person_id=engagement.person_id, number=f"{code}-S{number:06d}",
                kind=ContractKind.FIXED, sequence=1, signed_on=starts, signer="公安机关", term_months=36, probation_months=2,
                span=DateRange(starts, ends),
            )
        )  # fmt: skip
    Assignment.objects.bulk_create(assignments)
    Contract.objects.bulk_create(contracts)
