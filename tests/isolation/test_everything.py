"""Two counties with something in every table: nothing of one is visible to the other, by model or by URL."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.apps import apps
from django.db import connection, models
from django.test import Client
from django.urls import get_resolver, reverse

from fujing.kernel.actor import Actor, acting
from tests import world
from tests.clients import client_of
from tests.factories import SANTAI, YANTING
from tests.hostile.pages import SAMPLES, arguments, ask, urls

# Published by their own policy, for everybody.
PUBLIC = {
    "registry.Organ",
    "campaigns.Campaign",
    "campaigns.Position",
    "selection.PublicityNotice",
    "selection.ScoreRelease",
    "exams.Sitting",
    "kernel.HistorySeal",
}
# Written by a superior for everybody below it: tests/compliance/test_guidance.py says who reads and who doesn't.
FROM_ABOVE = {"guidance.Guidance"}
# Seen by who holds a key to a report, and by no office: tests/management/test_complaints.py, tests/isolation/test_canary.py.
SEALED = {
    f"complaints.{name}"
    for name in (
        *("ReaderKey", "Report", "Envelope", "Message", "IdentityBox", "IdentityRelease", "Hearing", "ClockStop"),
    )
}
SECRET = "盐亭秘密某"
OWN = "三台本地某"


def ours() -> list[type[models.Model]]:
    found = [model for model in apps.get_models() if model.__module__.startswith("fujing.")]
    return [model for model in found if model._meta.label not in PUBLIC | FROM_ABOVE]


@pytest.fixture
def counties(committed: None) -> tuple[world.County, world.County]:
    own = world.finish(world.county(SANTAI, OWN, 101))
    other = world.finish(world.county(YANTING, SECRET, 102))
    return own, other


def inside(model: type[models.Model], code: int) -> models.QuerySet:
    """Rows of a county, found through organ_code or through the account that the row belongs to."""
    fields = {field.name for field in model._meta.get_fields()}
    return (
        model.objects.filter(organ_code__range=(code, code + 10**6 - 1))
        if "organ_code" in fields
        else model.objects.all()
    )  # type: ignore[attr-defined]


# Both counties belong to the city whose guidance they read.
OPEN_TO_ALL = {
    # A field of the own file, whoever asks.
    "me:correct",
    "desk:guidance",
    "public:announcement",
    "public:may_apply",
    "public:publicity",
    "public:home",
    # The answer is the same for every code that is none: tests/web/public/test_cards.py.
    "public:card",
    "law:index",
    "law:provision",
}


def test_no_row_of_another_county_is_visible(counties: tuple[world.County, world.County]) -> None:
    own, other = counties
    empty = []
    for model in ours():
        with acting(other.head):
            present = inside(model, YANTING).exists() or model._meta.label in SEALED
        if not present:
            empty.append(model._meta.label)
            continue
        with acting(own.head):
            assert not inside(model, YANTING).exists(), model._meta.label
        with acting(Actor(name="无辖区")):
            assert not model.objects.exists(), model._meta.label  # type: ignore[attr-defined]
    assert empty == [], "these tables were not tried"


def test_no_page_of_another_county_answers(counties: tuple[world.County, world.County]) -> None:
    own, other = counties
    mine, theirs = arguments(own), arguments(other)
    for actor in (own.head, own.hr, own.applicant):
        client = client_of(actor)
        for name, parameters in theirs.items():
            if name in OPEN_TO_ALL:
                continue
            status, body = ask(client, reverse(name, kwargs=parameters))
            assert SECRET not in body, (name, actor.name)
            if parameters:
                assert status in {302, 403, 404}, (name, actor.name, status)
    client = client_of(own.head)
    answered = {name for name, parameters in mine.items() if ask(client, reverse(name, kwargs=parameters))[0] == 200}
    assert {
        "desk:plan",
        "desk:campaign",
        "desk:application",
        "desk:background",
        "desk:person",
        "desk:hires",
        "desk:medical",
        "desk:results",
        "desk:entries",
        "desk:campaign_paper",
        "desk:approval",
        "desk:contract_paper",
        "desk:renewal",
        "desk:renewal_document",
        "desk:commendation",
        "desk:leave_request",
        "desk:leave_year",
        "desk:commendation_objection",
        "desk:protection",
        "desk:clarification",
        "desk:tier_batch",
        "desk:tier_candidate",
        "desk:tier_objection",
        "desk:contract_change",
        "desk:contract_change_document",
        "desk:probation",
        "desk:probation_paper",
        "desk:probation_report",
        "desk:exam",
        "desk:notice",
        "desk:guidance",
        "desk:oversight_behind",
        "desk:consent",
        "desk:entrustment",
        "desk:sittings",
        "desk:sitting",
        "desk:seat",
        "desk:seat_photo",
    } <= answered


def test_eight_threads_see_each_only_their_own(counties: tuple[world.County, world.County]) -> None:
    clients = [(client_of(county.head), name) for county, name in zip(counties, (OWN, SECRET), strict=True)]

    def roster(number: int) -> tuple[int, bool, bool]:
        client, _ = clients[number % 2]
        # A client keeps cookies only; each thread has a connection of its own.
        fresh = Client()
        fresh.cookies = client.cookies
        text = fresh.get("/desk/people/").content.decode()
        connection.close()
        return number % 2, OWN in text, SECRET in text

    with ThreadPoolExecutor(8) as threads:
        for side, own, secret in threads.map(roster, range(80)):
            assert (own, secret) == (side == 0, side == 1)


def test_search_and_exports_know_only_their_own(counties: tuple[world.County, world.County]) -> None:
    own, _ = counties
    client = client_of(own.head)
    for text in (SECRET, "yanting", "ytmm"):
        assert SECRET not in client.get("/desk/people/", {"q": text}).content.decode().replace(
            f"“{SECRET}”", ""
        ).replace(f'value="{SECRET}"', "")
    sheet = client.get("/desk/people/?as=xlsx")
    assert sheet.status_code == 200
    (other,) = (each for each in counties if each.code == YANTING)
    assert client.get(f"/desk/campaigns/{other.campaign.pk}/ranking/?as=xlsx").status_code == 404


def test_every_url_needs_a_sign_in_unless_it_is_public(db: None) -> None:
    client = Client()
    for name, parameters in urls(get_resolver().url_patterns):
        if name.startswith("desk:"):
            response = client.get(reverse(name, kwargs={each: SAMPLES[each] for each in parameters}))
            assert response.status_code == 302, name
            assert "/accounts/login/" in response["Location"], name
