"""考核: rounds, sheets, scores by page and by sheet, papers and the list of the best, as officers use them."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.kernel.refusals import NotAllowed, Refusal
from fujing.law.appraisal.scheme import HEADINGS
from fujing.management.appraisal.asking import asked_keep, asked_receive
from fujing.management.appraisal.models import Opinion, Reconsideration, Round, Sheet
from fujing.management.appraisal.services import round_decide, round_draft, round_propose, round_publicise
from fujing.web.desk.management.appraisals import said_in
from tests import factories
from tests.clients import client_of
from tests.factories import YANTING
from tests.management.appraisals import (
    SCHEME,
    YEAR,
    Bureau,
    bureau,
    closed,
    opened,
    proposed,
    publicised,
    reported,
    scored,
    sheets_of,
)
from tests.management.made import PDF
from tests.registry.activated import opened as activated
from tests.registry.activated import own as signed_in
from tests.web.test_consent_pages import text
from tests.web.test_contract_pages import sent

pytestmark = pytest.mark.django_db
LIST = "/desk/appraisals/"


def round_page(round_: Round) -> str:
    return f"{LIST}{round_.pk}/"


def sheet_page(sheet: Sheet) -> str:
    return f"{LIST}sheets/{sheet.pk}/"


def filled(**changes: Any) -> dict[str, Any]:
    """The form of the usual scheme."""
    said = {key: "" if value is None else value for key, value in said_in(SCHEME).items()}
    return {"year": YEAR, "when": "year-1", **said, **changes}


def points(value: object) -> dict[str, object]:
    return dict.fromkeys(HEADINGS, value)


def test_a_round_is_drawn_up_opened_scored_and_decided_on_the_pages() -> None:
    made = bureau(["甲", "乙"])
    hr, head, officer, unit = (client_of(each) for each in (made.hr, made.head, made.officer, made.unit))
    assert "新建考核批次" in text(hr, LIST)
    refused = hr.post(f"{LIST}new/", filled(duty=31))
    assert refused.status_code == 422
    assert "权重合计应为 100，现为 101。" in refused.content.decode()
    sent(hr, f"{LIST}new/", filled())
    with acting(made.hr):
        round_ = Round.objects.get()
    page = round_page(round_)
    sent(hr, f"{page}edit/", filled(share=40))
    assert "不超过参加考核并确定等次的人数的 40%" in text(hr, page)
    confirm = hr.post(page, {"verb": "open"})
    assert "为每名在职人员建立考核表" in confirm.content.decode()
    sent(hr, page, {"verb": "open", "confirmed": "1"})
    found = sheets_of(made, round_)
    for sheet in found.values():
        sent(hr, f"{sheet_page(sheet)}report/", {"words": ""}, 422)
        sent(hr, f"{sheet_page(sheet)}report/", {"words": "全年出勤"})
    shown = text(officer, f"{LIST}waiting/")
    assert all(name in shown for name in found)
    form = text(officer, f"{sheet_page(found['甲'])}score/")
    assert "派勤和出勤没有登记在系统中" in form
    assert "全年出勤" in form
    answer = officer.post(
        f"{sheet_page(found['甲'])}score/", {**points("95.5"), "words": "认真", "absent_days": "0"}, follow=True
    )
    assert "接着评乙。" in answer.content.decode()
    assert "给乙评分" in answer.content.decode()
    sent(officer, f"{sheet_page(found['乙'])}score/", {**points("101"), "words": "认真", "absent_days": "0"}, 422)
    sent(officer, f"{sheet_page(found['乙'])}score/", {**points("75"), "words": "尚可", "absent_days": "2"})
    for name, value in (("甲", 90), ("乙", 70)):
        assert "责任民警的评语" in text(unit, f"{sheet_page(found[name])}score/")
        sent(unit, f"{sheet_page(found[name])}score/", {**points(value), "words": "同意"})
    sent(hr, page, {"verb": "propose"})
    shown = text(hr, page)
    assert "现拟 0 人。" in shown
    assert "取整为0人" in shown
    assert "由另一名负责人决定" not in text(head, page)
    with acting(made.hr):
        assert {each.name: each.grade for each in Sheet.objects.all()} == {"甲": "合格", "乙": "合格"}
    sent(head, page, {"verb": "decide", "confirmed": "1"})
    sent(hr, page, {"verb": "publicise", "confirmed": "1"})
    assert "本人申请复核到" in text(hr, page)


def test_the_list_of_a_round_counts_who_waits_at_whom_and_narrows_by_it() -> None:
    made = bureau(["甲", "乙", "丙"])
    round_ = opened(made)
    found = sheets_of(made, round_)
    reported(made, found["甲"])
    scored(made, found["乙"], 80)
    hr = client_of(made.hr)
    shown = text(hr, round_page(round_))
    assert all(words in shown for words in ("待本人自评 <b>1</b>", "待责任民警 <b>1</b>", "已评分 <b>1</b>"))
    narrowed = text(hr, f"{round_page(round_)}?state=officer")
    assert sheet_page(found["甲"]) in narrowed
    assert sheet_page(found["乙"]) not in narrowed


def test_an_officer_sees_the_own_people_and_a_neighbour_nobody() -> None:
    made = bureau(["甲"])
    round_ = opened(made)
    sheet = sheets_of(made, round_)["甲"]
    with acting(factories.PROVINCIAL):
        factories.bureau(YANTING)
        strangers = [factories.officer(YANTING, "hr_head"), factories.officer(factories.SANTAI, "police_officer")]
    for actor in strangers:
        client = client_of(actor)
        for further in ("", "report/", "score/", "paper/", "file/"):
            assert client.get(f"{sheet_page(sheet)}{further}").status_code == 404
    assert client_of(strangers[0]).get(round_page(round_)).status_code == 404
    for actor in (made.officer, made.unit, made.hr, made.leader, made.discipline):
        assert client_of(actor).get(sheet_page(sheet)).status_code == 200
    assert client_of(made.officer).get(f"{sheet_page(sheet)}settle/").status_code == 403


def filled_in(client: Client, round_: Round, **cells: Any) -> SimpleUploadedFile:
    """The sheet as it was handed out, its scores filled in, a cell of the first row changed."""
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{round_page(round_)}scores/template/").content))
    page = book.active
    head = {cell.value: cell.column for cell in page[1]}
    people = [row for row in range(2, page.max_row + 1) if page.cell(row, 1).value]
    for row in people:
        for label in HEADINGS.values():
            page.cell(row, head[label], 88.5)
        page.cell(row, head["缺勤日数"], 0)
        page.cell(row, head["评语"], "认真")
    for label, value in cells.items():
        page.cell(people[0], head[label]).value = value
    content = io.BytesIO()
    book.save(content)
    return SimpleUploadedFile("评分.xlsx", content.getvalue())


def test_scores_go_out_and_come_in_by_excel_whole_or_not_at_all() -> None:
    made = bureau(["甲", "乙"])
    round_ = opened(made)
    for sheet in sheets_of(made, round_).values():
        reported(made, sheet)
    officer = client_of(made.officer)
    address = f"{round_page(round_)}scores/"
    for cells, words in (
        ({"履职情况": 100.5}, "0 至 100"),
        ({"工作绩效": 88.123}, "最多两位小数"),
        ({"评语": None}, "不能为空"),
        ({"姓名": "丙"}, "与考核表不符，应为"),
        ({"考核表": 10**9}, "不是等您评分的考核表"),
        ({"缺勤日数": 400}, "0至366"),
    ):
        answer = officer.post(address, {"file": filled_in(officer, round_, **cells)})
        assert answer.status_code == 422, cells
        assert words in answer.content.decode(), cells
    answer = officer.post(address, {"file": filled_in(officer, round_)})
    assert answer.status_code == 200
    shown = answer.content.decode()
    assert "共 2 人" in shown
    assert "88.5" in shown
    with acting(made.hr):
        assert not Opinion.objects.exists()
    confirmed = answer.context["confirmed"]
    sent(client_of(made.unit), address, {"confirmed": confirmed})
    with acting(made.hr):
        assert not Opinion.objects.exists()
    sent(officer, address, {"confirmed": confirmed})
    with acting(made.hr):
        assert set(Sheet.objects.values_list("state", "absent_days")) == {("unit", 0)}
    # Sent again, nobody waits any more: nothing is written twice.
    sent(officer, address, {"confirmed": confirmed})
    with acting(made.hr):
        assert Opinion.objects.count() == 2


def test_who_is_unknown_is_settled_and_equals_are_proposed_on_their_pages() -> None:
    made = bureau(["甲", "乙"])
    round_ = opened(made)
    for sheet in sheets_of(made, round_).values():
        scored(made, sheet, 92, absent=None)
    hr = client_of(made.hr)
    answer = hr.post(round_page(round_), {"verb": "propose"}, follow=True)
    assert "是否参加考核待核实（共 2 人）" in answer.content.decode()
    for sheet in sheets_of(made, round_).values():
        assert "核实是否参加" in text(hr, sheet_page(sheet))
        sent(hr, f"{sheet_page(sheet)}settle/", {"reason": "查考勤，没有缺勤"})
    sent(hr, round_page(round_), {"verb": "propose"})
    first, second = sheets_of(made, round_).values()
    assert "同为92分，由机关研究确定" in text(hr, f"{sheet_page(first)}grade/")
    sent(hr, f"{sheet_page(first)}grade/", {"grade": "优秀", "reason": ""}, 422)
    sent(hr, f"{sheet_page(first)}grade/", {"grade": "优秀", "reason": "急难任务多"})
    sent(hr, f"{sheet_page(second)}grade/", {"grade": "良好", "reason": "名额已满"}, 422)
    sent(hr, f"{sheet_page(second)}grade/", {"grade": "合格", "reason": "名额已满"})
    sent(client_of(made.head), round_page(round_), {"verb": "decide", "confirmed": "1"})


def test_a_result_is_questioned_and_answered_on_the_pages() -> None:
    made = bureau(["甲", "乙"])
    round_ = publicised(made, {"甲": 95, "乙": 75})
    sheet = sheets_of(made, round_)["乙"]
    hr, leader = client_of(made.hr), client_of(made.leader)
    late = (today() + timedelta(1)).isoformat()
    said = {"kind": "person", "said": "培训分数有误"}
    sent(hr, f"{sheet_page(sheet)}ask/", {**said, "asked_on": late}, 422)
    file = SimpleUploadedFile("复核申请.pdf", PDF)
    sent(hr, f"{sheet_page(sheet)}ask/", {**said, "asked_on": today().isoformat(), "upload": file})
    with acting(made.hr):
        row = Reconsideration.objects.get()
    page = f"{LIST}asked/{row.pk}/"
    assert b"%PDF" in b"".join(hr.get(f"{page}?as=file"))
    assert "由没有参与评分、拟定和决定的人答复。" in text(client_of(made.head), page)
    assert client_of(made.head).post(page, {"verb": "keep", "answer": "维持", "confirmed": "1"}).status_code == 403
    sent(leader, page, {"verb": "change", "answer": "扣分有误", "grade": "合格", "confirmed": "1"}, 422)
    sent(leader, page, {"verb": "change", "answer": "迟到多次", "grade": "基本合格", "confirmed": "1"})
    shown = text(hr, sheet_page(sheet))
    assert "改定等次" in shown
    assert "第三十二条第（二）项" in shown
    assert f"/desk/leaving/engagements/{sheet.engagement_id}/" in shown


def test_what_follows_from_a_grade_is_shown_where_it_is_given_and_in_the_dossier() -> None:
    made = bureau(["甲", "乙"])
    round_ = closed(made, {"甲": 95, "乙": 75})
    sheet = sheets_of(made, round_)["甲"]
    hr = client_of(made.hr)
    shown = text(hr, sheet_page(sheet))
    for words in ("等次用在哪里", "层级晋升批次", "考核系数", "合同期满是否续订", "列入优秀警务辅助人员名单"):
        assert words in shown
    assert "不能胜任工作的办理" not in shown
    tab = text(hr, f"/desk/people/{sheet.person_id}/?tab=appraisals")
    assert sheet_page(sheet) in tab
    assert "95" in tab


def test_papers_are_word_and_pdf_and_the_notice_has_no_points() -> None:
    made = bureau(["甲", "乙"])
    round_ = publicised(made, {"甲": 95, "乙": 75})
    sheet = sheets_of(made, round_)["甲"]
    hr = client_of(made.hr)
    for address in (f"{sheet_page(sheet)}paper/", f"{round_page(round_)}notice/"):
        assert hr.get(address).content[:4] == b"%PDF"
        assert hr.get(f"{address}?as=docx").content[:2] == b"PK"
    assert client_of(made.unit).get(f"{sheet_page(sheet)}paper/").status_code == 200
    assert client_of(made.unit).get(f"{round_page(round_)}notice/").status_code == 403


def test_a_years_grades_go_to_a_batch_of_promotions_and_to_the_list_of_the_best() -> None:
    made = bureau(["甲", "乙"])
    round_ = closed(made, {"甲": 95, "乙": 75})
    hr = client_of(made.hr)
    found = sheets_of(made, round_)
    book = openpyxl.load_workbook(io.BytesIO(hr.get(f"{round_page(round_)}tiers/").content))
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert rows[0] == ["人员编号", "年度", "等次"]
    assert sorted(rows[1:]) == sorted(
        [[str(found["甲"].person_id), YEAR, "优秀"], [str(found["乙"].person_id), YEAR, "合格"]]
    )
    shown = text(hr, "/desk/outstanding/")
    assert "甲" in shown
    assert "优秀从90分起" in shown
    assert "三公辅〔2025〕3号" in shown
    assert "没有符合条件的内容" in text(hr, "/desk/outstanding/?grade=特别优秀")
    with acting(made.hr):
        draft = round_draft(actor=made.hr, period="half", year=YEAR, part=1, scheme=SCHEME)
    assert hr.get(f"{round_page(draft)}tiers/").status_code == 404


def test_a_round_costs_the_same_for_two_as_for_six() -> None:
    found = []
    for names in (["甲", "乙"], ["甲", "乙", "丙", "丁", "戊", "己"]):
        made = bureau(names, code=factories.SANTAI if len(names) == 2 else YANTING)
        round_ = opened(made)
        client = client_of(made.hr)
        client.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(round_page(round_)).status_code == 200
        found.append(len(queries))
    assert found[0] == found[1]
    assert found[0] <= 24


def test_the_home_page_leads_each_to_what_waits() -> None:
    made = bureau(["甲", "乙"])
    round_ = opened(made)
    reported(made, sheets_of(made, round_)["甲"])
    assert f"{LIST}waiting/" in text(client_of(made.officer), "/desk/")
    assert f"{LIST}?state=opened" in text(client_of(made.hr), "/desk/")


def test_who_proposed_is_told_that_another_decides() -> None:
    made = bureau(["甲", "乙"])
    made = Bureau(made.head, made.head, made.leader, made.discipline, made.officer, made.unit, made.people)
    round_ = proposed(made, {"甲": 95, "乙": 75})
    head = client_of(made.head)
    assert "拟定等次的人不能决定自己的拟定" in text(head, round_page(round_))
    sent(head, round_page(round_), {"verb": "decide", "confirmed": "1"})
    with acting(made.leader):
        assert Round.objects.get().state == "proposed"
        round_decide(actor=made.leader, round_=round_)


def test_units_and_officers_are_refreshed_by_a_button() -> None:
    made = bureau(["甲"])
    round_ = opened(made)
    answer = client_of(made.hr).post(round_page(round_), {"act": "refresh"}, follow=True)
    assert "更新 0 人" in answer.content.decode()
    assert client_of(made.officer).post(round_page(round_), {"act": "refresh"}).status_code == 403


def test_a_person_reports_sees_the_grade_when_it_is_public_and_asks_for_another_look_by_phone() -> None:
    made = bureau(["甲", "乙"])
    account = activated(made.people[0], phone="13812345601")
    phone = client_of(account)
    round_ = opened(made)
    sheet, other = sheets_of(made, round_).values()
    page = f"/me/appraisals/{sheet.pk}/"
    assert "填写自评" in text(phone, "/me/")
    assert "派勤和出勤没有登记在系统中" in text(phone, page)
    assert phone.get(f"/me/appraisals/{other.pk}/").status_code == 404
    sent(phone, page, {"words": " "}, 422)
    sent(phone, page, {"words": "全年出勤，抓获嫌疑人两名"})
    assert phone.post(page, {"words": "再写一次"}).status_code == 200
    for each, value in ((sheet, 75), (other, 95)):
        scored(made, sheets_of(made, round_)[each.name], value)
    with acting(made.hr):
        assert Sheet.objects.get(pk=sheet.pk).self_report == "全年出勤，抓获嫌疑人两名"
        round_propose(actor=made.hr, round_=round_)
    assert "合格" not in text(phone, page)
    assert "公示以后可以看到等次" in text(phone, "/me/appraisals/")
    with acting(made.head):
        round_decide(actor=made.head, round_=round_)
    assert "75分" not in text(phone, page)
    with acting(made.hr):
        round_publicise(actor=made.hr, round_=round_)
    shown = text(phone, page)
    assert "总分 75。75分，合格从70分起" in shown
    assert "等次用在哪里" in shown
    assert "申请复核" in text(phone, "/me/")
    sent(phone, page, {"said": ""}, 422)
    sent(phone, page, {"said": "抓获嫌疑人没有计入工作绩效"})
    with acting(made.leader):
        row = Reconsideration.objects.get()
        assert (row.kind, row.received_by_id, row.state) == ("person", account.pk, "asked")
        asked_keep(actor=made.leader, asked=row, answer="已计入工作绩效")
    assert "已计入工作绩效" in text(phone, page)
    assert phone.post(page, {"said": "再申请"}).status_code == 200
    with acting(made.hr):
        assert Reconsideration.objects.count() == 1


def test_a_person_asks_for_nobody_else_also_for_the_database() -> None:
    made = bureau(["甲", "乙"])
    own_actor = signed_in(activated(made.people[0], phone="13812345602"))
    round_ = publicised(made, {"甲": 95, "乙": 75})
    sheet, other = sheets_of(made, round_).values()
    row = {"organ_code": sheet.organ_code, "said": "不服", "received_by": "甲", "asked_on": today()}
    with acting(own_actor):
        for kind, about in (("other", sheet), ("person", other)):
            with pytest.raises(DatabaseError), transaction.atomic():
                Reconsideration.objects.create(kind=kind, sheet=about, person_id=about.person_id, **row)
        with pytest.raises((NotAllowed, Refusal)):
            asked_receive(actor=own_actor, sheet=other, kind="person", said="不服", asked_on=today())
        assert not Reconsideration.objects.exists()
        Reconsideration.objects.create(kind="person", sheet=sheet, person_id=sheet.person_id, **row)
