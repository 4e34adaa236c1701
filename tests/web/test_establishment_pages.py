"""Quota and plan pages: what each sign-in reaches, what it may do there, and how many queries it costs."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fujing.general.quota.queries import quota_of
from fujing.kernel.actor import Actor, acting
from fujing.recruitment.plans.models import HeadcountPlan
from fujing.recruitment.plans.services import Line, plan_draft, plan_submit
from fujing.registry.states import PARTNER_ROLES
from tests import factories
from tests.clients import client_with
from tests.factories import MIANYANG, PROVINCE, SANTAI, YANTING, territorial

MOST = 12


@pytest.fixture
def plan(db: None) -> HeadcountPlan:
    """A county plan waiting for the superior's consent; its departments are registered."""
    factories.quota(SANTAI, 5)
    factories.quota(YANTING, 5)
    with acting(factories.PROVINCIAL):
        for kind in ("establishment", "finance", "government"):
            factories.partner(SANTAI, kind)
            factories.partner(YANTING, kind)
    proposer = replace(territorial(SANTAI), account_id=10**6)
    with acting(proposer):
        made = plan_draft(actor=proposer, year=2026, reason="警力不足", lines=[Line("执勤", "field", 2, "巡逻")])
        return plan_submit(actor=proposer, plan=made)


def asked(code: int, kind: str) -> Client:
    with acting(factories.PROVINCIAL):
        organ = factories.partner(code, kind)
    return client_with(organ.code, f"partner_{kind}")


def test_a_plan_goes_its_whole_way_through_the_pages(plan: HeadcountPlan) -> None:
    url = f"/desk/plans/{plan.pk}/"
    clients = [client_with(MIANYANG, "hr_head")]
    clients += [asked(SANTAI, kind) for kind in ("establishment", "finance", "government")]
    for client in clients:
        assert client.get(url).status_code == 200
        form = {"verb": "pass", "opinion": "同意", "number": "三府函〔2026〕8号", "confirmed": "on"}
        assert client.post(url, form).status_code == 302
    with acting(factories.PROVINCIAL):
        plan.refresh_from_db()
        assert (plan.state, quota_of(SANTAI).reserved) == ("approved", 2)


def test_a_paper_decision_is_shown_as_entered_on_behalf(plan: HeadcountPlan) -> None:
    url = f"/desk/plans/{plan.pk}/"
    client_with(MIANYANG, "hr_head").post(url, {"verb": "pass"})
    head = client_with(SANTAI, "hr_head")
    form = {"verb": "record_pass", "paper-document_number": "三编函〔2026〕2号", "paper-document_date": "2026-02-01"}
    assert head.post(url, {"verb": "record_pass"}).status_code == 422
    assert head.post(url, form).status_code == 422
    scan = SimpleUploadedFile("函.pdf", b"%PDF-1.4 answer")
    assert head.post(url, form | {"paper-scan": scan}).status_code == 302
    page = head.get(url).content.decode()
    assert "三编函〔2026〕2号" in page
    assert "代录" in page


@pytest.mark.parametrize("role", sorted(PARTNER_ROLES))
def test_a_partner_reaches_no_persons_data_by_url(plan: HeadcountPlan, role: str) -> None:
    with acting(factories.PROVINCIAL):
        person = factories.person(SANTAI)
        factories.engagement(person)
    client = asked(SANTAI, role.removeprefix("partner_"))
    for path in (
        "people/",
        "people/?as=xlsx",
        f"people/{person.pk}/",
        "quota/",
        f"quota/{SANTAI}/",
        "quota/grant/",
        "quota/move/",
        "plans/new/",
        "accounts/",
        "trail/",
    ):
        answer = client.get(f"/desk/{path}")
        assert answer.status_code in {403, 404}, path
        assert person.name not in answer.content.decode(), path
    for path in ("", "plans/"):
        assert person.name not in client.get(f"/desk/{path}").content.decode(), path


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", ["department", "bureau"])
def test_another_county_knows_nothing_of_the_plan(plan: HeadcountPlan, who: str, method: str) -> None:
    client = asked(YANTING, "finance") if who == "department" else client_with(YANTING, "hr_head")
    assert f"/desk/plans/{plan.pk}/" not in client.get("/desk/plans/").content.decode()
    assert getattr(client, method)(f"/desk/plans/{plan.pk}/", {"verb": "pass"}).status_code == 404


@pytest.mark.parametrize("role", ["hr_officer", "auditor", "police_officer"])
def test_only_quota_roles_open_the_grant_form(plan: HeadcountPlan, role: str) -> None:
    client = client_with(MIANYANG, role)
    assert client.get("/desk/quota/grant/").status_code == 403
    assert client_with(MIANYANG, "hr_head").get("/desk/quota/grant/").status_code == 200


def test_a_move_is_confirmed_by_leaving_the_form(plan: HeadcountPlan) -> None:
    form = {
        "giver": SANTAI,
        "taker": YANTING,
        "amount": 2,
        "document_number": "1",
        "document_date": "2026-02-01",
        "reason": "调整",
    }
    answer = client_with(MIANYANG, "hr_head").post("/desk/quota/move/", form)
    assert (answer.status_code, answer.headers.get("Location")) == (302, "/desk/quota/")
    with acting(factories.PROVINCIAL):
        assert (quota_of(SANTAI).granted, quota_of(YANTING).granted) == (3, 7)


def test_a_move_beyond_what_is_free_says_so_in_the_form(plan: HeadcountPlan) -> None:
    form = {
        "giver": SANTAI,
        "taker": YANTING,
        "amount": 6,
        "document_number": "1",
        "document_date": "2026-02-01",
        "reason": "调整",
    }
    answer = client_with(MIANYANG, "hr_head").post("/desk/quota/move/", form)
    assert answer.status_code == 422
    assert "最多 5 人" in answer.content.decode()
    with acting(factories.PROVINCIAL):
        assert quota_of(YANTING).granted == 5


def test_a_plan_above_quota_is_refused_on_its_page_and_writes_nothing(plan: HeadcountPlan) -> None:
    form = {
        "year": 2026,
        "reason": "x",
        "lines-TOTAL_FORMS": 1,
        "lines-INITIAL_FORMS": 0,
        "lines-0-post_name": "执勤",
        "lines-0-category": "field",
        "lines-0-count": 6,
        "lines-0-reason": "x",
    }
    answer = client_with(SANTAI, "hr_officer").post("/desk/plans/new/", form)
    assert answer.status_code == 422
    assert answer.content.decode().count("计划合计 6 人，超出空余用人额度 5 人（第十六条第二款）") == 1
    with acting(factories.PROVINCIAL):
        assert HeadcountPlan.objects.count() == 1


@pytest.mark.parametrize("path", ["quota/", f"quota/{MIANYANG}/", "plans/", "plans/{plan}/"])
def test_pages_cost_few_queries_however_many_organs_there_are(plan: HeadcountPlan, province: Actor, path: str) -> None:
    with acting(factories.PROVINCIAL):
        for number in range(1, 15):
            factories.bureau(PROVINCE + number * 10**8) if number not in {2, 12} else None
    client = client_with(PROVINCE, "hr_head")
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"/desk/{path.format(plan=plan.pk)}").status_code == 200
    asked_for = [
        query["sql"] for query in queries if query["sql"].startswith("SELECT") and "set_config" not in query["sql"]
    ]
    assert len(asked_for) <= MOST, "\n".join(asked_for)
