"""会商 pages: one question on one page for 人社, what is needed and since when for the bureau (17.p1, 21.p2, 22)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.recruitment.campaigns.consents import consents_ask
from fujing.recruitment.campaigns.models import Campaign, Consent, Entrustment
from fujing.recruitment.campaigns.services import campaign_draft
from tests import factories, world
from tests.clients import client_with
from tests.factories import SANTAI

# An account number that no account of the tests gets: who asked may not record the answer.
HEAD = replace(factories.territorial(SANTAI, "hr_head"), account_id=990_001)


@pytest.fixture
def asked(db: None) -> Campaign:
    """A draft that is to be organised jointly and simplified, sent to the department."""
    plan = factories.approved_plan(SANTAI)
    with acting(factories.PROVINCIAL):
        factories.partner(SANTAI, "hrss")
    with acting(HEAD):
        document = world.without_fitness(organiser={"mode": "joint_hrss"}, title="招聘无人机操控辅警公告")
        campaign = campaign_draft(actor=HEAD, document=document, plan=plan)
        return consents_ask(actor=HEAD, campaign=campaign)


def questions(campaign: Campaign) -> list[Consent]:
    with acting(HEAD):
        return list(Consent.objects.filter(campaign=campaign).order_by("id"))


def text(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, url
    return str(response.content.decode())


def test_the_department_goes_from_its_home_page_through_its_questions(asked: Campaign) -> None:
    joint, simplified = questions(asked)
    client = client_with(joint.assigned_organ, "partner_hrss")
    home = text(client, "/desk/")
    assert f"/desk/consents/{joint.pk}/" in home
    assert f"/desk/consents/{simplified.pk}/" in home
    page = text(client, f"/desk/consents/{simplified.pk}/")
    assert "省去<b>体能测试</b>" in page
    assert "急需无人机操控人员" in page
    assert "招聘项目</a>" not in page
    response = client.post(f"/desk/consents/{joint.pk}/", {"verb": "pass", "opinion": ""})
    assert response["Location"] == f"/desk/consents/{simplified.pk}/"
    response = client.post(f"/desk/consents/{simplified.pk}/", {"verb": "pass", "number": ""})
    assert response.status_code == 422
    assert "请填写文号。" in response.content.decode()
    client.post(f"/desk/consents/{simplified.pk}/", {"verb": "pass", "number": "三人社函〔2026〕5号"})
    with acting(HEAD):
        assert Campaign.objects.get(pk=asked.pk).state == "agreed"
    assert "/desk/consents/" not in text(client, "/desk/").split("</nav>")[-1]


def test_a_refused_return_keeps_what_was_typed(asked: Campaign) -> None:
    simplified = questions(asked)[1]
    client = client_with(simplified.assigned_organ, "partner_hrss")
    said = {"verb": "return", "number": "三人社函〔2026〕9号", "opinion": ""}
    response = client.post(f"/desk/consents/{simplified.pk}/", said)
    html = response.content.decode()
    assert response.status_code == 422
    assert "退回或不同意应写明理由。" in html
    assert "三人社函〔2026〕9号" in html


def test_the_campaign_says_what_is_needed_by_whom_and_since_when(asked: Campaign) -> None:
    page = text(client_with(SANTAI, "hr_officer"), f"/desk/campaigns/{asked.pk}/")
    for consent in questions(asked):
        assert f'href="/desk/consents/{consent.pk}/"' in page
    assert page.count("三台县人力资源和社会保障局") == 2
    assert f"{today():%Y-%m-%d}" in page
    assert 'value="publish"' not in page
    assert 'value="revise"' in page


def test_a_paper_answer_is_recorded_with_its_scan_and_read_by_both(asked: Campaign) -> None:
    joint = questions(asked)[0]
    head = client_with(SANTAI, "hr_head")
    said: dict[str, Any] = {
        "verb": "record_pass",
        "paper-document_number": "三人社函〔2026〕6号",
        "paper-document_date": f"{today()}",
        "paper-opinion": "",
    }
    url = f"/desk/consents/{joint.pk}/"
    assert head.post(url, said).status_code == 422
    scan = SimpleUploadedFile("复函.pdf", b"%PDF-1.4 consent")
    assert head.post(url, said | {"paper-scan": scan}).status_code == 302
    for client in (head, client_with(joint.assigned_organ, "partner_hrss")):
        assert "代录纸质意见 三人社函〔2026〕6号" in text(client, url)
        assert client.get(f"{url}scan/").getvalue() == b"%PDF-1.4 consent"


def test_another_department_is_not_asked_and_sees_nothing(asked: Campaign) -> None:
    (first, _) = questions(asked)
    with acting(factories.PROVINCIAL):
        elsewhere = factories.partner(factories.YANTING, "hrss").code
        finance = factories.partner(SANTAI, "finance").code
    text(client_with(elsewhere, "partner_hrss"), f"/desk/consents/{first.pk}/", 404)
    text(client_with(finance, "partner_finance"), f"/desk/consents/{first.pk}/", 403)


def test_counts_on_the_list_are_those_of_the_rows(asked: Campaign) -> None:
    client = client_with(questions(asked)[0].assigned_organ, "partner_hrss")
    page = text(client, "/desk/consents/?state=waiting")
    assert "待办理 <b>2</b>" in page
    assert page.count("data-row") == 2


def test_an_entrustment_is_recorded_on_its_page_and_a_wrong_one_refused_there(db: None) -> None:
    plan = factories.approved_plan(SANTAI)
    with acting(HEAD):
        document = world.document(organiser={"mode": "entrusted"})
        campaign = campaign_draft(actor=HEAD, document=document, plan=plan)
    client = client_with(SANTAI, "hr_officer")
    url = f"/desk/campaigns/{campaign.pk}/entrustment/"
    assert f'href="{url}"' in text(client, f"/desk/campaigns/{campaign.pk}/")
    said = {
        "institution": "某某劳务派遣有限公司",
        "kind": "labour_dispatch",
        "signs": "entrusted",
        "document_number": "三公委〔2026〕1号",
        "document_date": f"{today()}",
    }
    refused = client.post(url, said)
    assert refused.status_code == 422
    assert "不能受委托签订劳动合同" in refused.content.decode()
    assert "请上传委托文件" in refused.content.decode()
    right = said | {"institution": "绵阳市人才发展有限公司", "kind": "hr_service"}
    paper = SimpleUploadedFile("委托书.pdf", b"%PDF-1.4 entrusted")
    assert client.post(url, right | {"document": paper}).status_code == 302
    assert "绵阳市人才发展有限公司" in text(client, f"/desk/campaigns/{campaign.pk}/")
    assert client.get(f"{url}paper/").getvalue() == b"%PDF-1.4 entrusted"
    with acting(HEAD):
        assert Entrustment.objects.get().signs == "entrusted"
