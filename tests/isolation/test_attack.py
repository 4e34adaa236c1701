"""Somebody of one county asks for the rows of another: by every address, parameter, field and file, in ten roles.

`make attack` asks 157,500 times, the suite a share of it; the requests follow from the seed.
"""

from __future__ import annotations

import io
import os
import sys
from time import perf_counter
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from fujing.kernel.actor import acting
from fujing.kernel.models import HistoryEntry
from fujing.recruitment.applications.models import Application
from tests import factories, world
from tests.clients import client_of
from tests.factories import SANTAI, YANTING
from tests.hostile.pages import arguments
from tests.hostile.sending import Answer, Asked, Judge
from tests.hostile.visitors import account_of
from tests.hostile.wanderer import Wanderer
from tests.isolation.test_everything import OPEN_TO_ALL, ours

REQUESTS = int(os.environ.get("REQUESTS", "600"))
SEED = int(os.environ.get("SEED", "345"))
ROLES = (
    "hr_officer",
    "hr_head",
    "organ_leader",
    "unit_leader",
    "police_officer",
    "finance",
    "discipline",
    "auditor",
    "system_admin",
)
NAMES = {SANTAI: "三台本地某", YANTING: "盐亭秘密某"}
# What finds somebody without being the whole name, which a search would only say again.
BEGINNINGS = {SANTAI: ("三台", "三台本", "santai", "stbd"), YANTING: ("盐亭", "盐亭秘", "yanting", "ytmm")}
# Announcements and results are for everybody; numbers are for nobody.
PUBLISHED = ("/announcements/", "/status/", "/receipt/")


def territory(code: int) -> tuple[int, int]:
    return code, code + 10**6 - 1


def rows_of(code: int) -> set[str]:
    """The number of every row of a county, whatever it is a row of, and the codes of its organs."""
    found = {str(code), str(code + 100), str(code + 910000)}
    with acting(factories.PROVINCIAL):
        for model in ours():
            fields = {field.name for field in model._meta.get_fields()}
            if "organ_code" in fields:
                rows = model._default_manager.filter(organ_code__range=territory(code))
                found |= {str(pk) for pk in rows.values_list("pk", flat=True)}
    return found


def secrets_of(county: world.County) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Texts that only rows of the county hold: every name, and what is published nowhere either."""
    with acting(county.head):
        stated = Application.objects.get(pk=county.application.pk)
    numbers = (str(stated.id_number), str(stated.phone), stated.receipt)
    return (NAMES[county.code], *numbers), numbers


def text_of(answer: Answer) -> str:
    """Everything that can be read in an answer, also inside a sheet or a paper."""
    if answer.body[:4] == b"PK\x03\x04":
        with ZipFile(io.BytesIO(answer.body)) as package:
            return "\n".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())
    if answer.body[:5] == b"%PDF-" and len(answer.body) > 1000:
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.body)).pages)
    return answer.body.decode("utf-8", "replace")


def guard(county: world.County) -> Judge:
    """Says when somebody of elsewhere was told of the county or changed it."""
    names, numbers = secrets_of(county)

    def judge(asked: Asked, answer: Answer) -> str:
        open_page = asked.path.split("?")[0] in {"/", "/law/"} or asked.path.startswith(PUBLISHED)
        text = text_of(answer)
        told = [secret for secret in (numbers if open_page else names) if secret in text]
        if told:
            return f"{told} of {county.code} told on {asked.path.split('?')[0]}"
        if asked.method == "POST" and asked.path.startswith("/desk/") and changes_of(county.code) != before:
            return f"{county.code} changed by {asked.path.split('?')[0]}"
        return f"status {answer.status}: {answer.cause}" if answer.status >= 500 else ""

    before = changes_of(county.code)
    return judge


def changes_of(code: int) -> int:
    """How long the county's history is."""
    with acting(factories.territorial(code)):
        return HistoryEntry.objects.filter(organ_code__range=territory(code)).count()


def officers(county: world.County) -> dict[str, Client]:
    """The ten roles of a county."""
    with acting(factories.PROVINCIAL):
        accounts = {f"{role}@{county.code}": account_of(county.code, role) for role in ROLES}
    found = {name: client_of(account) for name, account in accounts.items()}
    return found | {f"applicant@{county.code}": client_of(county.applicant)}


def attackers(visitors: dict[str, Client], own: world.County, other: world.County) -> Wanderer:
    """Those of one county, who know every address of the other's rows, and their numbers."""
    ids = sorted(rows_of(other.code) - rows_of(own.code))
    wanderer = Wanderer(visitors, SEED, spoilt=(ids, ids, ids, BEGINNINGS[other.code]), ids=ids, judge=guard(other))
    theirs = [reverse(name, kwargs=values) for name, values in arguments(other).items() if name not in OPEN_TO_ALL]
    for who in visitors:
        wanderer.tell(who, theirs)
    return wanderer


@pytest.fixture
def sides(db: None) -> list[Wanderer]:
    counties = [
        world.finish(world.county(code, NAMES[code], number)) for code, number in ((SANTAI, 101), (YANTING, 102))
    ]
    # Everybody is there before anybody asks: what changes afterwards was changed by asking.
    both = [(officers(own), own, other) for own, other in (counties, counties[::-1])]
    return [attackers(*side) for side in both]


def test_nobody_is_told_of_another_county(sides: list[Wanderer], capsys: pytest.CaptureFixture) -> None:
    began = perf_counter()
    for side in sides:
        side.wander(REQUESTS // 2)
    with capsys.disabled():
        for side in sides:
            sys.stdout.write(f"seed {SEED}, {perf_counter() - began:.0f} s: {side.report}\n")
    faults = {cause: asked for side in sides for cause, asked in side.faults.items()}
    told = "\n".join(f"{cause}\n    {asked}" for cause, asked in faults.items())
    assert not faults, f"seed {SEED}\n{told}"


def test_the_guard_notices_who_is_told_and_what_is_changed(sides: list[Wanderer]) -> None:
    """The same requests by those whose county it is: were nothing noticed of them, nothing would be of anybody."""
    side, elsewhere = sides
    side.judge = elsewhere.judge
    # Few requests change something, and which do hangs on the rows that earlier tests made.
    for _ in range(10):
        side.wander(200)
        noticed = [any(word in cause for cause in side.faults) for word in (" told on ", " changed by ")]
        if all(noticed):
            break
    assert noticed == [True, True]
