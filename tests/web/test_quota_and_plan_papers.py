"""Papers, sheets and the pages behind services of quota and plans, as each sign-in reaches them."""

from __future__ import annotations

import io
import re
from datetime import date

import docx
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fujing.general.quota.models import QuotaEntry
from fujing.general.quota.queries import quota_of
from fujing.general.quota.sheets import GRANT_COLUMNS
from fujing.kernel.actor import acting
from fujing.kernel.workbooks import workbook
from fujing.recruitment.plans.models import HeadcountPlan
from fujing.recruitment.plans.sheets import LINE_COLUMNS
from fujing.registry.divisions import CITY_TILES
from tests import factories
from tests.clients import client_with
from tests.factories import MIANYANG, PROVINCE, SANTAI, YANTING
from tests.markup import flat
from tests.web.test_establishment_pages import asked, plan

__all__ = ["plan"]
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20
CHANGE = {"amount": 2, "document_number": "1号", "document_date": "2026-02-01", "reason": "调整"}


def text_of(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


@pytest.mark.parametrize("kind", ["request", "sheet"])
def test_both_papers_are_word_and_pdf(plan: HeadcountPlan, kind: str) -> None:
    client = client_with(SANTAI, "hr_officer")
    url = f"/desk/plans/{plan.pk}/paper/?kind={kind}&as="
    assert client.get(f"{url}pdf").content.startswith(b"%PDF-")
    text = text_of(client.get(f"{url}docx").content)
    assert "执勤" in text
    assert client.get(f"{url}exe").status_code == 404


def test_the_request_goes_to_the_superior_with_the_quota_and_every_line(plan: HeadcountPlan) -> None:
    answer = client_with(MIANYANG, "hr_head").get(f"/desk/plans/{plan.pk}/paper/?kind=request&as=docx")
    text = text_of(answer.content)
    for part in (
        "三台县公安局关于报批2026年警务辅助人员用人计划的请示",
        "绵阳市公安局：",
        "核定用人额度5人",
        "本计划共2人",
    ):
        assert part in text, part


def test_the_sheet_says_what_was_entered_from_paper(plan: HeadcountPlan) -> None:
    client_with(MIANYANG, "hr_head").post(f"/desk/plans/{plan.pk}/", {"verb": "pass", "opinion": "同意上报"})
    head = client_with(SANTAI, "hr_head")
    form = {
        "verb": "record_pass",
        "paper-document_number": "三编函〔2026〕2号",
        "paper-document_date": "2026-02-01",
        "paper-scan": SimpleUploadedFile("函.png", PNG),
    }
    assert head.post(f"/desk/plans/{plan.pk}/", form).status_code == 302
    text = text_of(head.get(f"/desk/plans/{plan.pk}/paper/?kind=sheet&as=docx").content)
    assert "同意上报" in text
    assert "代录纸质意见：三编函〔2026〕2号，2026年2月1日" in text
    (scan,) = re.findall(r"/desk/plans/\d+/scans/\d+/", head.get(f"/desk/plans/{plan.pk}/").content.decode())
    for client in (head, client_with(MIANYANG, "hr_head"), asked(SANTAI, "finance")):
        assert client.get(scan).getvalue() == PNG
    assert client_with(YANTING, "hr_head").get(scan).status_code == 404


def test_a_partner_prints_only_plans_of_its_task_and_from_its_turn_on(plan: HeadcountPlan) -> None:
    url = f"/desk/plans/{plan.pk}/paper/?kind=sheet&as=docx"
    establishment, finance = asked(SANTAI, "establishment"), asked(SANTAI, "finance")
    assert {establishment.get(url).status_code, finance.get(url).status_code} == {404}
    client_with(MIANYANG, "hr_head").post(f"/desk/plans/{plan.pk}/", {"verb": "pass"})
    assert (establishment.get(url).status_code, finance.get(url).status_code) == (200, 404)
    assert asked(YANTING, "establishment").get(url).status_code == 404


def test_a_draft_is_marked(plan: HeadcountPlan) -> None:
    head = client_with(SANTAI, "hr_head")
    url = f"/desk/plans/{plan.pk}/paper/?kind=request&as=docx"
    assert docx.Document(io.BytesIO(head.get(url).content)).sections[0].header.paragraphs[0].text == ""
    client_with(MIANYANG, "hr_head").post(f"/desk/plans/{plan.pk}/", {"verb": "return", "opinion": "补充理由"})
    assert docx.Document(io.BytesIO(head.get(url).content)).sections[0].header.paragraphs[0].text == "草稿"


def lines_sheet(rows: list[tuple]) -> SimpleUploadedFile:
    return SimpleUploadedFile("岗位.xlsx", workbook(LINE_COLUMNS, rows))


def test_lines_are_read_into_the_form_and_written_only_when_saved(plan: HeadcountPlan) -> None:
    client = client_with(YANTING, "hr_officer")
    sheet = lines_sheet([("一线执勤", "勤务", 2, None, "巡逻"), ("窗口", "文职", 1, 9000, "户籍")])
    form = {
        "act": "read",
        "year": 2026,
        "reason": "警力不足",
        "file": sheet,
        "lines-TOTAL_FORMS": 4,
        "lines-INITIAL_FORMS": 0,
    }
    page = client.post("/desk/plans/new/", form)
    text = page.content.decode()
    assert page.status_code == 200
    assert "已读入 2 个岗位" in text
    assert "警力不足" in text
    with acting(factories.PROVINCIAL):
        assert HeadcountPlan.objects.filter(organ_code=YANTING).count() == 0
    fields = dict(re.findall(r'<input type="hidden" name="(lines-[A-Z_]+)" value="(\d+)"', text))
    fields |= dict(re.findall(r'name="(lines-\d+-(?:post_name|count|yearly_cost|reason))" value="([^"]*)"', text))
    fields |= {"lines-0-category": "field", "lines-1-category": "civil", "year": "2026", "reason": "警力不足"}
    assert client.post("/desk/plans/new/", fields).status_code == 302
    with acting(factories.PROVINCIAL):
        lines = HeadcountPlan.objects.get(organ_code=YANTING).lines.order_by("pk")
        assert [(line.post_name, line.category, line.count) for line in lines] == [
            ("一线执勤", "field", 2),
            ("窗口", "civil", 1),
        ]


def test_a_bad_sheet_of_lines_keeps_what_was_typed(plan: HeadcountPlan) -> None:
    form = {
        "act": "read",
        "year": 2026,
        "reason": "警力不足",
        "file": lines_sheet([("执勤", "军职", "三", None, "x")]),
        "lines-TOTAL_FORMS": 1,
        "lines-INITIAL_FORMS": 0,
        "lines-0-post_name": "已填岗位",
        "lines-0-category": "field",
        "lines-0-count": 1,
        "lines-0-reason": "x",
    }
    page = client_with(YANTING, "hr_officer").post("/desk/plans/new/", form)
    assert page.status_code == 422
    for part in ("2 处需要修改", "第2行“类别”", "第2行“人数”", "已填岗位", "警力不足"):
        assert part in page.content.decode(), part


def test_an_approved_plan_is_amended_as_a_new_version_with_its_difference(plan: HeadcountPlan) -> None:
    url = f"/desk/plans/{plan.pk}/"
    head = client_with(SANTAI, "hr_head")
    assert head.get(f"{url}amend/").status_code == 403
    deciders = [
        client_with(MIANYANG, "hr_head"),
        *(asked(SANTAI, k) for k in ("establishment", "finance", "government")),
    ]
    for client in deciders:
        client.post(url, {"verb": "pass", "number": "8号", "confirmed": "on"})
    assert 'href="/desk/plans/' + f"{plan.pk}/amend/" in head.get(url).content.decode()
    form = {
        "year": 2026,
        "reason": "增加",
        "lines-TOTAL_FORMS": 1,
        "lines-INITIAL_FORMS": 1,
        "lines-0-post_name": "执勤",
        "lines-0-category": "field",
        "lines-0-count": 5,
        "lines-0-reason": "巡逻",
    }
    answer = head.post(f"{url}amend/", form)
    assert answer.status_code == 302
    page = head.get(answer["Location"]).content.decode()
    assert "与前一版本比较" in page
    assert "增加" in page
    with acting(factories.PROVINCIAL):
        newer = HeadcountPlan.objects.get(version=2)
        assert (newer.previous_id, newer.total) == (plan.pk, 5)
    assert client_with(MIANYANG, "hr_head").get(f"{url}amend/").status_code == 403


def test_a_waiting_plan_is_withdrawn_on_its_page(plan: HeadcountPlan) -> None:
    assert client_with(SANTAI, "hr_officer").post(f"/desk/plans/{plan.pk}/", {"verb": "withdraw"}).status_code == 302
    with acting(factories.PROVINCIAL):
        assert HeadcountPlan.objects.get().state == "withdrawn"


def test_the_superior_sees_the_county_beside_the_request(plan: HeadcountPlan) -> None:
    with acting(factories.PROVINCIAL):
        factories.engagement(factories.person(SANTAI))
    page = flat(client_with(MIANYANG, "hr_head").get(f"/desk/plans/{plan.pk}/"))
    assert re.search(r"勤务／文职</dt>\s*<dd>1／0", page)


def test_quota_is_withdrawn_with_its_scan(plan: HeadcountPlan) -> None:
    head = client_with(MIANYANG, "hr_head")
    scan = SimpleUploadedFile("文件.png", PNG)
    assert head.post("/desk/quota/withdraw/", {**CHANGE, "organ": SANTAI, "scan": scan}).status_code == 302
    with acting(factories.PROVINCIAL):
        assert (quota_of(SANTAI).granted, quota_of(MIANYANG).passed_down) == (3, 8)
    page = client_with(SANTAI, "hr_officer").get("/desk/quota/").content.decode()
    (url,) = re.findall(r"/desk/quota/scans/\d+/", page)
    assert client_with(SANTAI, "hr_officer").get(url).getvalue() == PNG
    assert client_with(YANTING, "hr_head").get(url).status_code == 404


def test_both_sides_of_a_move_read_its_document_and_nobody_else(plan: HeadcountPlan) -> None:
    with acting(factories.PROVINCIAL):
        factories.bureau(YANTING)
    form = {**CHANGE, "giver": SANTAI, "taker": YANTING, "scan": SimpleUploadedFile("文件.png", PNG)}
    assert client_with(MIANYANG, "hr_head").post("/desk/quota/move/", form).status_code == 302
    (url,) = re.findall(r"/desk/quota/scans/\d+/", client_with(YANTING, "hr_head").get("/desk/quota/").content.decode())
    for code in (SANTAI, YANTING, MIANYANG):
        assert client_with(code, "hr_officer").get(url).getvalue() == PNG
    assert client_with(510724000000, "hr_officer").get(url).status_code == 404


def test_withdrawing_more_than_is_free_says_so_and_writes_nothing(plan: HeadcountPlan) -> None:
    answer = client_with(MIANYANG, "hr_head").post("/desk/quota/withdraw/", {**CHANGE, "organ": SANTAI, "amount": 6})
    assert answer.status_code == 422
    assert "最多 5 人" in answer.content.decode()
    with acting(factories.PROVINCIAL):
        assert quota_of(SANTAI).granted == 5


def test_a_file_that_is_no_scan_is_refused_and_nothing_is_written(plan: HeadcountPlan) -> None:
    form = {**CHANGE, "organ": SANTAI, "scan": SimpleUploadedFile("x.png", b"plain text")}
    answer = client_with(MIANYANG, "hr_head").post("/desk/quota/withdraw/", form)
    assert answer.status_code == 422
    assert "未保存" in answer.content.decode()


@pytest.mark.parametrize(("day", "amount"), [("2025-01-09", 0), ("2025-01-10", 5)])
def test_the_quota_of_any_day_is_asked_on_the_page(plan: HeadcountPlan, day: str, amount: int) -> None:
    page = client_with(MIANYANG, "auditor").get(f"/desk/quota/{SANTAI}/?on={day}").content.decode()
    assert f"核定用人额度 <b>{amount}</b> 人" in page
    sheet = client_with(MIANYANG, "auditor").get(f"/desk/quota/{SANTAI}/ledger/?on={day}").content
    assert openpyxl.load_workbook(io.BytesIO(sheet)).active.max_row == (2 if amount else 1)


def test_a_day_that_is_none_is_said_at_the_field(plan: HeadcountPlan) -> None:
    assert client_with(MIANYANG, "auditor").get("/desk/quota/?on=昨天").status_code == 422


def test_the_map_shows_all_21_cities_and_its_export_the_same_numbers(plan: HeadcountPlan) -> None:
    with acting(factories.PROVINCIAL):
        factories.engagement(factories.person(SANTAI))
        for number in range(1, 35):
            if (code := f"51{number:02d}00") in CITY_TILES:
                factories.bureau(int(code) * 10**6)
    client = client_with(PROVINCE, "hr_head")
    page = flat(client.get("/desk/quota/"))
    assert len(set(re.findall(r"--column:(\d);--row:(\d)", page))) == 21
    assert "额度 10 · 在职 1<br>招聘中 0 · 空余 9" in page
    rows = openpyxl.load_workbook(io.BytesIO(client.get(f"/desk/quota/{PROVINCE}/export/").content)).active.values
    assert (str(MIANYANG), "绵阳市公安局", 10, 1, 0, 9) in list(rows)


def test_grants_by_sheet_are_previewed_then_written_once(plan: HeadcountPlan) -> None:
    factories.quota(MIANYANG, 10)
    head = client_with(MIANYANG, "hr_head")
    rows = [
        (str(code), name, 4, "9号", date(2026, 3, 1), "核定")
        for code, name in ((SANTAI, "三台县公安局"), (YANTING, "盐亭县公安局"))
    ]
    page = head.post("/desk/quota/grants/", {"file": SimpleUploadedFile("表.xlsx", workbook(GRANT_COLUMNS, rows))})
    text = page.content.decode()
    assert page.status_code == 200
    assert "盐亭县公安局" in text
    with acting(factories.PROVINCIAL):
        before = QuotaEntry.objects.count()
        assert quota_of(SANTAI).granted == 5
    (confirmed,) = re.findall(r'name="confirmed" value="([^"]+)"', text)
    assert head.post("/desk/quota/grants/", {"confirmed": confirmed + "x"})["Location"] == "/desk/quota/grants/"
    assert client_with(PROVINCE, "hr_head").post("/desk/quota/grants/", {"confirmed": confirmed}).status_code == 302
    for _ in range(2):
        assert head.post("/desk/quota/grants/", {"confirmed": confirmed}).status_code == 302
    with acting(factories.PROVINCIAL):
        assert (quota_of(SANTAI).granted, quota_of(YANTING).granted) == (9, 9)
        assert QuotaEntry.objects.count() == before + 2


def test_the_grant_template_lists_the_subordinates_and_reads_back(plan: HeadcountPlan) -> None:
    sheet = client_with(MIANYANG, "hr_head").get("/desk/quota/grants/template/").content
    codes = [row[0] for row in openpyxl.load_workbook(io.BytesIO(sheet)).active.values]
    assert codes == ["机关代码", str(SANTAI), str(YANTING)]


def test_the_list_of_plans_exports_what_is_seen(plan: HeadcountPlan) -> None:
    client = client_with(SANTAI, "hr_officer")
    for state, rows in (("", 2), ("consent", 2), ("approved", 1)):
        content = client.get(f"/desk/plans/?state={state}&as=xlsx").content
        assert openpyxl.load_workbook(io.BytesIO(content)).active.max_row == rows, state
    lines = openpyxl.load_workbook(io.BytesIO(client.get(f"/desk/plans/{plan.pk}/export/").content)).active
    assert [row[0] for row in lines.values] == ["岗位名称", "执勤"]
    assert openpyxl.load_workbook(io.BytesIO(client.get("/desk/plans/template/").content)).active["B1"].value == "类别"
