"""People are found however their name is typed, by pinyin, by their number, its last four characters, and by phone."""

from __future__ import annotations

import pgtrigger
import pytest

from fujing.kernel.actor import acting
from fujing.kernel.fields import kept_columns
from fujing.kernel.models import HistoryEntry
from fujing.kernel.operations import fill_kept
from fujing.recruitment.applications.models import Application
from fujing.registry.models import Account, Person
from fujing.registry.search import as_number, typed
from tests import factories, world
from tests.clients import client_with
from tests.factories import SANTAI, YANTING


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("张 三", "张三"),
        ("张　三 ", "张三"),
        ("阿依•古丽", "阿依·古丽"),
        ("阿依・古丽", "阿依·古丽"),
        ("ＷＪＨ", "WJH"),
    ],
)
def test_what_is_typed_is_read_without_spaces_and_with_one_kind_of_dot(text: str, name: str) -> None:
    assert typed(text) == name


@pytest.mark.parametrize(
    ("text", "column", "number"),
    [
        ("51072219960115001x", "id_index", "51072219960115001X"),
        ("510722 19960115 0011", "id_index", "510722199601150011"),
        ("５１０７２２１９９６０１１５００１１", "id_index", "510722199601150011"),
        ("0011", "id_tail_index", "0011"),
        ("001ｘ", "id_tail_index", "001X"),
        ("138 0816 0001", "phone_index", "13808160001"),
        ("51072219960115", "", ""),
        ("001", "", ""),
        ("X001", "", ""),
        ("23808160001", "", ""),
        ("张三", "", ""),
    ],
)
def test_a_number_is_told_by_how_it_is_written(text: str, column: str, number: str) -> None:
    kind, read = as_number(text) or (None, "")
    assert (kind.column if kind else "", read) == (column, number)


@pytest.fixture
def people(db: None) -> list[Person]:
    factories.quota(SANTAI, 9)
    with acting(factories.PROVINCIAL):
        factories.bureau(YANTING)
        made = [factories.person(SANTAI, name) for name in ("张三丰", "阿依·古丽", "买买提•江")]
        for each in made:
            factories.engagement(each)
    return made


@pytest.mark.parametrize("path", ["people/", "search/"])
@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("张 三", "张三丰"),
        ("张　三丰", "张三丰"),
        ("阿依・古丽", "阿依·古丽"),
        ("买买提·江", "买买提•江"),
        ("ZHANG San", "张三丰"),
    ],
)
def test_names_are_found_however_they_are_typed(people: list[Person], path: str, text: str, name: str) -> None:
    main = client_with(SANTAI, "hr_officer").get(f"/desk/{path}", {"q": text}).content.decode().split("<main")[1]
    assert name in main


def test_a_number_finds_its_person_in_the_own_county(people: list[Person]) -> None:
    number = people[0].id_number
    main = client_with(SANTAI, "hr_officer").get("/desk/people/", {"q": number}).content.decode().split("<main")[1]
    assert "张三丰" in main
    assert "阿依" not in main
    other = client_with(YANTING, "hr_officer").get("/desk/people/", {"q": number}).content.decode().split("<main")[1]
    assert "张三丰" not in other


@pytest.mark.parametrize("path", ["people/", "search/"])
def test_last_four_digits_and_phone_find_their_person_in_the_own_county(people: list[Person], path: str) -> None:
    with acting(factories.PROVINCIAL):
        people[0].phone = "13808160001"
        people[0].save()
    tail = str(people[0].id_number)[-4:]
    others = [each.name for each in people[1:] if str(each.id_number)[-4:] != tail]
    for text in (tail, "13808160001"):
        main = client_with(SANTAI, "hr_officer").get(f"/desk/{path}", {"q": text}).content.decode().split("<main")[1]
        assert "张三丰" in main
        assert not [name for name in others if name in main]
        main = client_with(YANTING, "hr_officer").get(f"/desk/{path}", {"q": text}).content.decode().split("<main")[1]
        assert "张三丰" not in main


def test_the_same_digits_have_another_digest_in_every_column(people: list[Person]) -> None:
    """Nobody who reads the tables can lay an applicant beside a person by the last four digits."""
    found = [
        kept_columns(model, id_number="510722199601150011", phone="510722199601150011")
        for model in (Person, Account, Application)
    ]
    digests = [each[name] for each in found for name in ("id_tail_index", "phone_index")]
    assert len(set(digests)) == 6


def test_what_an_import_computes_is_what_saving_keeps(people: list[Person]) -> None:
    with acting(factories.PROVINCIAL):
        person = people[1]
        sources = {"name": "曾强", "id_number": "51072219960115001X", "phone": "13808160002"}
        computed = kept_columns(Person, **sources)
        for name, value in sources.items():
            setattr(person, name, value)
        person.save()
        person.refresh_from_db()
        kept = {name: getattr(person, name) for name in computed}
    assert {name: bytes(value) if isinstance(value, memoryview) else value for name, value in kept.items()} == computed
    assert computed["pinyin"] == "zengqiang"
    assert set(computed) == {"pinyin", "initials", "id_index", "id_tail_index", "phone_index"}


def test_rows_from_before_are_filled_without_a_history(people: list[Person]) -> None:
    with acting(factories.PROVINCIAL):
        wanted = list(Person.objects.order_by("pk").values_list("pinyin", "id_tail_index"))
        with pgtrigger.ignore():
            Person.objects.update(pinyin="", id_tail_index=b"", phone_index=b"")
        entries = HistoryEntry.objects.count()
        fill_kept(Person)
        assert list(Person.objects.order_by("pk").values_list("pinyin", "id_tail_index")) == wanted
        assert set(Person.objects.values_list("phone_index", flat=True)) == {None}
        assert HistoryEntry.objects.count() == entries


def test_an_account_is_found_by_pinyin_and_number(db: None) -> None:
    with acting(factories.PROVINCIAL):
        officer = factories.account(SANTAI, "hr_officer")
        officer.name, officer.phone, officer.id_number = "曾强", "13808160003", "51072219960115001X"
        officer.save()
    client = client_with(SANTAI, "system_admin")
    for text, found in (("zq", True), ("001X", True), ("13808160003", True), ("13808160004", False)):
        main = client.get("/desk/accounts/", {"q": text}).content.decode().split("<main")[1]
        assert ("曾强" in main) is found, text


def test_the_review_queue_finds_by_number_pinyin_and_by_a_name_with_spaces(db: None) -> None:
    made = world.county(SANTAI, "王报名", 101)
    with acting(factories.PROVINCIAL):
        application = Application.objects.get(campaign=made.campaign)
    client = client_with(SANTAI, "hr_officer")
    tail, phone = str(application.id_number)[-4:], application.phone
    yes = (application.id_number, tail, phone, "王 报名", "wangbao", "WBM")
    no = ("510722199601150011", "13999999999", "李", "li")
    for text, found in [*((each, True) for each in yes), *((each, False) for each in no)]:
        page = client.get(f"/desk/campaigns/{made.campaign.pk}/applications/", {"q": text}).content.decode()
        assert (f"/desk/applications/{application.pk}/" in page) is found, text
