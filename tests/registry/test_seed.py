"""The synthetic province: the same for the same number, true organs, valid people, within the quota."""

from __future__ import annotations

import itertools
from datetime import date
from random import Random

import pytest
import typer
from django.db.models import F, Sum

from fujing.cli.demo.cast import ACCOUNTS
from fujing.cli.demo.registry import seed_accounts
from fujing.cli.seed import quota_wanted, seed, seed_quota
from fujing.general.quota.models import QuotaAccount, QuotaEntry
from fujing.kernel.actor import Actor, acting
from fujing.kernel.fields import kept_columns
from fujing.kernel.models import HistoryEntry
from fujing.law.citizen_numbers import is_well_formed
from fujing.law.jurisdiction import divisions
from fujing.registry import seed as seeding
from fujing.registry.models import Account, Assignment, Contract, Engagement, Organ, Person, Post
from fujing.registry.names import pinyin_keys
from fujing.registry.seed import SEEDER, bureaus_weighted, drawn_people, organs
from fujing.registry.states import Level, OrganKind
from tests.factories import PROVINCE, SANTAI

SANTAI_DIVISION = divisions()["510722"]


def drawn(number: int, count: int = 3000) -> list[Person]:
    return list(drawn_people(Random(number), SANTAI_DIVISION, count))


def told(people: list[Person]) -> list[tuple[str, str, str]]:
    return [(person.name, str(person.id_number), str(person.phone)) for person in people]


def test_the_same_number_gives_the_same_people() -> None:
    assert told(drawn(1, 200)) == told(drawn(1, 200))
    assert told(drawn(1, 200)) != told(drawn(2, 200))


def test_numbers_are_valid_agree_with_the_person_and_never_repeat() -> None:
    people = drawn(1)
    for person in people:
        number = str(person.id_number)
        assert is_well_formed(number)
        assert number[6:14] == f"{person.birth_date:%Y%m%d}"
        assert (int(number[16]) % 2 == 1) == (person.sex == "male")
    assert len({person.id_number for person in people}) == len(people)


def test_seeded_people_are_found_as_others_are(db: None) -> None:
    """They are written many at once."""
    drew = drawn(1)[:5]
    with acting(SEEDER):
        Person.objects.bulk_create(drew)
        for person in Person.objects.filter(pk__in=[each.pk for each in drew]):
            sources = {name: getattr(person, name) for name in ("name", "id_number", "phone")}
            assert {name: getattr(person, name) for name in kept_columns(Person, **sources)} == kept_columns(
                Person, **sources
            )
            assert (person.pinyin, person.initials) == pinyin_keys(person.name)


def test_the_province_has_21_cities_and_183_counties_with_their_partners() -> None:
    made = list(organs())
    bureaus = [organ for organ in made if organ.kind == OrganKind.PUBLIC_SECURITY]
    levels = [organ.level for organ in bureaus]
    assert (levels.count(Level.PROVINCE), levels.count(Level.CITY), levels.count(Level.COUNTY)) == (1, 21, 183)
    names = {organ.code: organ.name for organ in bureaus}
    assert names[PROVINCE] == "四川省公安厅"
    assert names[SANTAI] == "三台县公安局"
    assert names[510104000000] == "成都市公安局锦江区分局"
    assert sum(organ.kind == OrganKind.PARTNER for organ in made) == 5 * 205
    assert len({organ.code for organ in made}) == len(made)
    stations = [o for o in made if o.kind == OrganKind.STATION and o.parent_id == SANTAI]
    departments = [o for o in made if o.kind == OrganKind.DEPARTMENT and o.parent_id == SANTAI]
    assert (len(departments), len(stations)) == (4, 6)


@pytest.mark.parametrize("people", [1, 18, 600, 4999, 5000, 100_000])
def test_everybody_is_placed_and_the_quota_adds_up(people: int) -> None:
    placed = {division.code: count for division, count in bureaus_weighted(people)}
    assert sum(placed.values()) == people
    assert min(placed.values()) >= 0
    province, cities, counties = quota_wanted(people)
    assert all(counties[int(code) * 10**6] >= count for code, count in placed.items())
    assert sum(counties.values()) <= sum(cities.values()) <= sum(province.values())


def test_a_small_province_is_mostly_santai() -> None:
    placed = {division.code: count for division, count in bureaus_weighted(600)}
    assert placed["510722"] > 300


@pytest.fixture
def small(db: None) -> Actor:
    seed(60, 1)
    return SEEDER


def test_quota_is_never_exceeded_and_some_is_free(small: Actor) -> None:
    with acting(small):
        serving = Engagement.objects.filter(span__endswith__isnull=True).count()
        assert QuotaAccount.objects.aggregate(total=Sum("in_service"))["total"] == serving
        over = F("passed_down") + F("in_service") + F("reserved")
        assert not QuotaAccount.objects.filter(granted__lt=over).exists()
        santai = QuotaAccount.objects.get(pk=SANTAI)
        assert santai.free > 0
        for account in QuotaAccount.objects.all():
            lines = QuotaEntry.objects.filter(organ_code=account.organ_code)
            assert lines.aggregate(total=Sum("amount"))["total"] == account.granted
        assert not QuotaEntry.objects.filter(document_number="").exists()


def test_everybody_has_a_place_a_contract_and_a_history(small: Actor) -> None:
    with acting(small):
        assert Person.objects.count() == Engagement.objects.count() == Assignment.objects.count() == 60
        assert not Engagement.objects.filter(contracts__isnull=True).exists()
        assert not Assignment.objects.exclude(span=F("engagement__span")).exists()
        assert not Assignment.objects.exclude(post__unit=F("unit")).exists()
        for engagement in Engagement.objects.prefetch_related("contracts"):
            spans = sorted(contract.span for contract in engagement.contracts.all())
            assert spans[0].lower == engagement.span.lower
            assert all(first.upper == second.lower for first, second in itertools.pairwise(spans))
            assert engagement.span.upper in {None, spans[-1].upper}
            if engagement.span.upper is None:
                assert spans[-1].upper >= date(2026, 11, 30)
        assert Contract.objects.filter(probation_months__gt=0).count() == 60
    auditor = Actor(
        name="审计",
        account_id=0,
        lo=PROVINCE,
        hi=PROVINCE + 10**10 - 1,
        admin_lo=PROVINCE,
        admin_hi=PROVINCE + 10**10 - 1,
    )
    with acting(auditor):
        assert HistoryEntry.objects.filter(tracked="registry_person", actor="演示数据").count() == 60


def test_a_second_run_adds_nothing_and_says_so(small: Actor, capsys: pytest.CaptureFixture[str]) -> None:
    with acting(small):
        before = (Organ.objects.count(), Post.objects.count(), QuotaEntry.objects.count())
    seed(60, 1)
    assert "人员 60 人，未再写入" in capsys.readouterr().err
    with acting(small):
        assert before == (Organ.objects.count(), Post.objects.count(), QuotaEntry.objects.count())
        assert Person.objects.count() == 60


def test_more_people_than_the_quota_was_granted_for_are_refused(
    small: Actor, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit):
        seed(6000, 1)
    assert "换一个空的数据目录" in capsys.readouterr().err
    with acting(small):
        assert Person.objects.count() == 60


def test_an_interrupted_run_is_completed_with_the_same_people(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = bureaus_weighted(60)
    seeding.seed_organs()
    assert seed_quota(60)
    with monkeypatch.context() as broken:
        broken.setattr(seeding, "bureaus_weighted", lambda people: whole[:3])
        seeding.seed_people(60, 1)
    seed(60, 1)
    with acting(SEEDER):
        assert Person.objects.count() == 60
        division, count = whole[5]
        there = Person.objects.filter(organ_code=int(division.code) * 10**6).order_by("pk")
        alone = drawn_people(Random(f"1:{int(division.code) * 10**6}"), division, count)
        assert [person.id_number for person in there] == [person.id_number for person in alone]


def test_demo_accounts_are_made_once_and_their_units_exist(small: Actor) -> None:
    seed_accounts()
    seed_accounts()
    with acting(small):
        assert Account.objects.filter(username__in=ACCOUNTS).count() == len(ACCOUNTS)
        codes = {code for _, code, _ in ACCOUNTS.values()}
        assert Organ.objects.filter(pk__in=codes).count() == len(codes)
