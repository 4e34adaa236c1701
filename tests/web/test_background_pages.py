"""考察 page: what the head, the two who check and everybody else see, and what is refused in which words."""

from __future__ import annotations

import pytest
from django.test import Client

from fujing.kernel.actor import Actor, acting
from fujing.recruitment.applications.models import Application
from fujing.recruitment.background.models import BackgroundFinding
from fujing.recruitment.background.services import check_open
from fujing.recruitment.background.states import GROUNDS
from tests.clients import client_of, client_with
from tests.factories import MIANYANG, SANTAI
from tests.recruitment.applications import made
from tests.web.test_consent_pages import text


@pytest.fixture
def course(db: None) -> tuple[Application, Actor, Actor, Actor]:
    """Somebody qualified whose check is open; the head and the two who check."""
    application, _ = made.application(made.campaign(), "qualified")
    (one, first), (other, second) = made.checkers()
    head = made.head()
    with acting(head):
        check_open(actor=head, application=application, first=one, second=other)
    return application, head, first, second


def url_of(application: Application) -> str:
    return f"/desk/applications/{application.pk}/background/"


def post(client: Client, url: str, **data: str) -> str:
    return str(client.post(url, data, follow=True).content.decode())


def answers(**changes: str) -> dict[str, str]:
    found = {f"found_{ground.replace('.', '_')}": "absent" for ground in GROUNDS}
    return {"act": "record", "no_conflict": "on", **found, **changes}


def test_only_who_checks_and_who_decides_sees_the_look_up(course: tuple[Application, Actor, Actor, Actor]) -> None:
    application, head, first, _ = course
    for actor in (head, first):
        assert "全省查询：没有" in text(client_of(actor), url_of(application))
    for stranger in (
        client_with(SANTAI, "police_officer"),
        client_with(SANTAI, "organ_leader"),
        client_with(MIANYANG, "hr_head"),
    ):
        page = text(stranger, url_of(application))
        assert "考察中" in page
        for hidden in ("全省查询", "查阅结论", "作出结论", "填写考察结论"):
            assert hidden not in page, hidden


def test_every_ground_found_needs_its_evidence_said_at_its_field(
    course: tuple[Application, Actor, Actor, Actor],
) -> None:
    application, _, first, _ = course
    client = client_of(first)
    data = answers(found_20_3="exists", found_20_5="exists", no_conflict="")
    response = client.post(url_of(application), data)
    page = response.content.decode()
    assert response.status_code == 422
    for said in ("认定第二十条第（三）项，请写明依据", "认定第二十条第（五）项，请写明依据", "有利害关系的应当回避"):
        assert said in page, said
    with acting(first):
        assert not BackgroundFinding.objects.exists()


def test_nobody_reads_the_others_findings_before_giving_their_own(
    course: tuple[Application, Actor, Actor, Actor],
) -> None:
    application, _, first, _ = course
    client = client_of(first)
    assert "查阅结论" not in text(client, url_of(application))
    post(client, url_of(application), **answers())
    assert "查阅结论" in text(client, url_of(application))


def test_the_head_is_told_who_has_not_found_yet_and_reads_what_exists_first(
    course: tuple[Application, Actor, Actor, Actor],
) -> None:
    application, head, first, second = course
    client, url = client_of(head), url_of(application)
    post(client_of(first), url, **answers(found_20_9="exists", evidence_20_9="体检医院证明"))
    page = post(client, url, verb="clear", confirmed="1", reasons="")
    assert f"{second.name}还有 10 项没有填写" in page
    assert f"{first.name}还有" not in page
    post(client_of(second), url, **answers())
    read = post(client, url, act="read", reason="作出结论").split("<tbody")[1]
    assert read.index("体检医院证明") < read.index("不存在")
    assert "品行端正" in read
    assert "作出结论" in text(client, url).split("查阅记录")[1]
