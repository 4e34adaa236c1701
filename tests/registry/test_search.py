"""People are found however their name is typed, and by their whole number."""

from __future__ import annotations

import pytest
import structlog

from fujing.kernel.actor import acting
from fujing.recruitment.applications.models import Application
from fujing.registry.models import Person
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
    ("text", "number"),
    [
        ("51072219960115001x", "51072219960115001X"),
        ("510722 19960115 0011", "510722199601150011"),
        ("５１０７２２１９９６０１１５００１１", "510722199601150011"),
        ("51072219960115", ""),
        ("张三", ""),
    ],
)
def test_a_whole_number_is_a_number(text: str, number: str) -> None:
    assert as_number(text) == number


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


def test_a_number_finds_its_person_in_the_own_county_and_is_logged_without_it(people: list[Person]) -> None:
    number = people[0].id_number
    with structlog.testing.capture_logs() as logs:
        main = client_with(SANTAI, "hr_officer").get("/desk/people/", {"q": number}).content.decode().split("<main")[1]
    assert "张三丰" in main
    assert "阿依" not in main
    assert [each for each in logs if each["event"] == "number looked up" and each["account"]]
    assert number not in str(logs)
    other = client_with(YANTING, "hr_officer").get("/desk/people/", {"q": number}).content.decode().split("<main")[1]
    assert "张三丰" not in other


def test_the_review_queue_finds_by_number_and_by_a_name_with_spaces(db: None) -> None:
    made = world.county(SANTAI, "王报名", 101)
    with acting(factories.PROVINCIAL):
        application = Application.objects.get(campaign=made.campaign)
    client = client_with(SANTAI, "hr_officer")
    for text, found in ((application.id_number, True), ("王 报名", True), ("510722199601150011", False), ("李", False)):
        page = client.get(f"/desk/campaigns/{made.campaign.pk}/applications/", {"q": text}).content.decode()
        assert (f"/desk/applications/{application.pk}/" in page) is found, text
