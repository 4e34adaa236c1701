"""The pages of notices and guidance, and the to-dos that lead there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fujing.compliance.guidance.models import Guidance
from fujing.compliance.rectification.models import Notice
from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from tests.clients import client_with
from tests.compliance import made
from tests.compliance.made import CITY, COUNTY
from tests.factories import MIANYANG, PROVINCE, SANTAI, YANTING

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 test"


@pytest.fixture(autouse=True)
def organs(db: None) -> None:
    made.bureaus()


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def notice_form(**changes: object) -> dict[str, object]:
    return {
        "subject": SANTAI,
        "number": "绵公督〔2026〕7号",
        "title": "责任民警未落实",
        "provisions": "第五条第一款、39",
        "facts": "有 12 人没有责任民警。",
        "demand": "逐人明确。",
        "term_days": 10,
        "term_unit": "calendar",
        **changes,
    }


def test_a_notice_goes_its_whole_way_through_the_pages() -> None:
    city, county = client_with(MIANYANG, "hr_head"), client_with(SANTAI, "hr_head")
    evidence = SimpleUploadedFile("检查记录.pdf", PDF)
    answer = city.post("/desk/notices/new/", notice_form(evidence=evidence))
    assert answer.status_code == 302
    url = answer["Location"]
    assert county.get(url).status_code == 404
    assert city.post(url, {"verb": "send", "confirmed": "1"}).status_code == 302
    assert "督导整改通知待签收：责任民警未落实" in page(county, "/desk/")
    assert "第三十九条" in page(county, url)
    assert b"".join(county.get(f"{url}evidence/").streaming_content) == PDF
    assert county.post(url, {"verb": "receive", "confirmed": "1"}).status_code == 302
    assert "督导整改待答复" in page(county, "/desk/")
    refused = county.post(url, {"verb": "answer", "measures_taken": "已明确。"})
    assert refused.status_code == 422
    assert "已明确。" in refused.content.decode()
    proof = SimpleUploadedFile("名册.pdf", PDF)
    form = {"verb": "answer", "measures_taken": "已明确。", "done_on": f"{today()}", "file": proof}
    assert county.post(url, form).status_code == 302
    assert "整改答复待审核" in page(city, "/desk/")
    with acting(CITY):
        file = Notice.objects.get().steps.get(verb="answer").pk
    assert b"".join(city.get(f"{url}files/{file}/").streaming_content) == PDF
    returned = {"verb": "return", "reason": "名单不全", "term_days": 5, "term_unit": "calendar"}
    assert city.post(url, returned).status_code == 302
    assert "名单不全" in page(county, url)
    again = {"verb": "answer", "measures_taken": "已补全。", "done_on": f"{today()}"}
    assert county.post(url, again).status_code == 302
    assert city.post(url, {"verb": "accept", "opinion": "同意", "confirmed": "1"}).status_code == 302
    assert "已销号" in page(county, url)
    assert "没有需要您办理的步骤" in page(county, url)


def test_another_county_finds_neither_notice_nor_its_files() -> None:
    notice = made.received()
    other = client_with(YANTING, "hr_head")
    for path in ("", "evidence/", "files/1/", "edit/"):
        assert other.get(f"/desk/notices/{notice.pk}/{path}").status_code == 404
    assert other.post(f"/desk/notices/{notice.pk}/", {"verb": "answer"}).status_code in {404, 422}
    assert notice.title not in page(other, "/desk/notices/")
    assert notice.title in page(client_with(MIANYANG, "hr_head"), "/desk/notices/")


def test_the_other_sides_step_is_forbidden_on_the_page() -> None:
    notice = made.received()
    url = f"/desk/notices/{notice.pk}/"
    form = {"verb": "answer", "measures_taken": "代答", "done_on": f"{today()}"}
    assert client_with(MIANYANG, "hr_head").post(url, form).status_code == 403
    assert client_with(SANTAI, "hr_head").post(url, {"verb": "withdraw", "reason": "不办"}).status_code == 403
    assert client_with(SANTAI, "hr_officer").post(url, form).status_code == 403
    assert 'value="answer"' not in page(client_with(MIANYANG, "hr_head"), url)


def test_a_form_with_errors_says_all_of_them_and_keeps_what_was_typed() -> None:
    city = client_with(MIANYANG, "hr_head")
    answer = city.post("/desk/notices/new/", notice_form(provisions="第九十九条、47", demand=""))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert text.count("没有“") >= 2
    assert "有 12 人没有责任民警。" in text
    assert "请填写。" in text


def test_a_draft_is_changed_before_it_is_sent_and_not_after() -> None:
    notice = made.drafted()
    city, url = client_with(MIANYANG, "hr_officer"), f"/desk/notices/{notice.pk}/"
    assert "第五条第一款" in page(city, f"{url}edit/")
    assert city.post(f"{url}edit/", notice_form(title="改过的标题")).status_code == 302
    assert "改过的标题" in page(city, url)
    assert city.post(url, {"verb": "send", "confirmed": "1"}).status_code == 403
    assert client_with(MIANYANG, "hr_head").post(url, {"verb": "send", "confirmed": "1"}).status_code == 302
    assert city.get(f"{url}edit/").status_code == 404


def test_an_overdue_notice_waits_at_the_city_and_at_the_province(monkeypatch: pytest.MonkeyPatch) -> None:
    notice = made.overdue(monkeypatch, 3)
    assert "发出的通知逾期未答复" in page(client_with(MIANYANG, "hr_head"), "/desk/")
    province = client_with(PROVINCE, "hr_head")
    home = page(province, "/desk/")
    assert "下级通知逾期，待催办" in home
    assert "已逾期 3 日" in home
    url = f"/desk/notices/{notice.pk}/"
    assert province.post(url, {"verb": "urge", "reason": "三日内答复"}).status_code == 302
    assert "待催办" not in page(province, "/desk/")
    assert "三日内答复" in page(client_with(SANTAI, "hr_head"), url)


def test_the_home_page_names_only_what_the_role_may_do() -> None:
    made.drafted()
    made.received(number="绵公督〔2026〕8号")
    assert "待发出" in page(client_with(MIANYANG, "hr_head"), "/desk/")
    assert "待发出" not in page(client_with(MIANYANG, "hr_officer"), "/desk/")
    assert "待答复" in page(client_with(SANTAI, "organ_leader"), "/desk/")
    assert "待答复" not in page(client_with(SANTAI, "hr_officer"), "/desk/")


def test_the_list_of_notices_is_filtered_by_links(monkeypatch: pytest.MonkeyPatch) -> None:
    late = made.overdue(monkeypatch, 2, number="绵公督〔2026〕1号", title="逾期的通知")
    made.sent(title="在途的通知")
    city = client_with(MIANYANG, "hr_head")
    assert late.title in page(city, "/desk/notices/?state=overdue")
    assert "在途的通知" not in page(city, "/desk/notices/?state=overdue")
    assert "没有符合条件的内容" in page(city, "/desk/notices/?side=received")


def test_guidance_is_published_read_and_signed_for_on_the_pages() -> None:
    province, county = client_with(PROVINCE, "hr_head"), client_with(SANTAI, "hr_officer")
    form = {
        "number": "川公通〔2026〕15号",
        "title": "责任民警",
        "issued_on": f"{today()}",
        "provisions": "5.p1",
        "text": "每人一名。",
        "force_from": f"{today()}",
        "file": SimpleUploadedFile("文件.pdf", PDF),
    }
    answer = province.post("/desk/guidance/new/", form)
    assert answer.status_code == 302
    url = answer["Location"]
    assert county.get(url).status_code == 404
    again = {**form, "title": "落实责任民警"}
    del again["file"]
    assert province.post(f"{url}edit/", again).status_code == 302
    assert province.post(url, {"verb": "publish", "confirmed": "1"}).status_code == 302
    assert "指导文件待签收" in page(county, "/desk/")
    assert "落实责任民警" in page(county, "/desk/guidance/?state=unsigned")
    assert b"".join(county.get(f"{url}file/").streaming_content) == PDF
    assert page(province, url).count("未签收") == 3
    assert county.post(url, {"verb": "sign"}).status_code == 302
    assert page(province, url).count("未签收") == 2
    assert "指导文件待签收" not in page(county, "/desk/")
    assert "三台县公安局" in page(county, url)
    assert "盐亭县公安局" not in page(county, url)
    assert county.post(url, {"verb": "revoke"}).status_code == 403
    with acting(COUNTY):
        assert Guidance.objects.get().state == "published"


def test_a_county_has_no_form_for_guidance_that_works() -> None:
    county = client_with(SANTAI, "hr_head")
    assert "拟定文件" not in page(county, "/desk/guidance/")
    form = {
        "number": "1",
        "title": "1",
        "issued_on": f"{today()}",
        "provisions": "7",
        "text": "1",
        "force_from": f"{today()}",
    }
    assert county.post("/desk/guidance/new/", form).status_code == 403


def test_dates_of_force_in_the_wrong_order_are_told_at_the_field() -> None:
    form = {
        "number": "1",
        "title": "1",
        "issued_on": f"{today()}",
        "provisions": "7",
        "text": "1",
        "force_from": f"{today()}",
        "force_until": f"{today() - timedelta(days=1)}",
    }
    answer = client_with(PROVINCE, "hr_head").post("/desk/guidance/new/", form)
    assert answer.status_code == 422
    assert 'id="id_force_until_errors"' in answer.content.decode()
