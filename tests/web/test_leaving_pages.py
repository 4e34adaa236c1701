"""离职: the list, the beginning, one departure with what it lacks, its file and the handing back, as officers use them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.kernel.models import Reading
from fujing.kernel.todos import waiting
from fujing.law.leaving.ways import WAYS
from fujing.management.leaving.models import ClearanceItem, Departure, Evidence
from fujing.management.leaving.todos import LEAVING
from fujing.registry.models import Engagement
from fujing.web.desk.management.todos import PLACES
from fujing.web.desk.wings import place_of
from tests import factories
from tests.clients import client_of
from tests.factories import SANTAI
from tests.management.departures import STEPS, Bureau, asked, at, bureau, drafted, of, proven
from tests.management.made import PDF
from tests.web.test_consent_pages import text
from tests.web.test_contract_pages import sent
from tests.web.test_recruitment_todos import rows_of

pytestmark = pytest.mark.django_db
IN = {"last_day": (today() + timedelta(30)).isoformat(), "reason": "本人家庭原因"}


def upload() -> SimpleUploadedFile:
    return SimpleUploadedFile("材料.pdf", PDF)


def page_of(row: Departure) -> str:
    return f"/desk/leaving/{row.pk}/"


def test_somebody_resigns_from_the_dossier_to_the_certificate() -> None:
    made = bureau()
    hr, head = client_of(made.hr), client_of(made.head)
    start = f"/desk/leaving/engagements/{made.engagement.pk}/"
    assert start in text(hr, f"/desk/people/{made.engagement.person_id}/")
    chooser = text(hr, start)
    assert all(f"?way={way}" in chooser for way in WAYS)
    sent(hr, f"{start}?way=resigned", {**IN, "reason": ""}, 422)
    sent(hr, f"{start}?way=resigned", IN)
    with acting(made.hr):
        row = Departure.objects.get()
    page = page_of(row)
    shown = text(hr, page)
    assert "本人书面解除通知" in shown
    assert "材料还缺 1 项" in shown
    sent(hr, f"{page}evidence/", {"kind": "letter", "dated": today().isoformat(), "note": ""}, 422)
    sent(hr, f"{page}evidence/", {"kind": "letter", "dated": today().isoformat(), "note": "", "upload": upload()})
    sent(hr, page, {"verb": "check"})
    assert "由人事负责人、机关负责人办理。" in text(hr, page)
    assert "今后不得招聘" not in sent(head, page, {"verb": "decide"}, 200)
    sent(head, page, {"verb": "decide", "confirmed": "1"})
    early = {"verb": "notify", "notice_on": today().isoformat(), "last_day": (today() + timedelta(29)).isoformat()}
    assert f"最早为{today() + timedelta(30)}" in sent(hr, page, early, 422)
    sent(hr, page, {**early, "last_day": IN["last_day"]})
    with acting(made.hr):
        items = list(ClearanceItem.objects.order_by("pk"))
    said = {f"outcome_{item.pk}": "returned" for item in items} | {f"note_{item.pk}": "" for item in items}
    sent(hr, f"{page}items/", {**said, "other": "对讲机 7 号"})
    assert "还有物品没有交接。" in text(hr, page)
    with acting(made.hr):
        other = ClearanceItem.objects.get(kind="other")
    sent(hr, f"{page}items/", {**said, f"outcome_{other.pk}": "lost", f"note_{other.pk}": "", "other": ""}, 422)
    sent(hr, f"{page}items/", {**said, f"outcome_{other.pk}": "lost", f"note_{other.pk}": "已赔偿", "other": ""})
    sent(hr, page, {"verb": "clear"})
    assert f"最后工作日为 {IN['last_day']}，当日起办理。" in text(hr, page)


def test_the_last_steps_end_the_employment_and_give_the_certificate() -> None:
    made = bureau()
    hr = client_of(made.hr)
    with acting(made.hr):
        row = at(made, "resigned", "cleared", last_day=today())
    page = page_of(row)
    assert "额度随之空出" in sent(hr, page, {"verb": "end"}, 200)
    sent(hr, page, {"verb": "end", "confirmed": "1"})
    with acting(made.hr):
        assert Engagement.objects.get(pk=made.engagement.pk).exit_kind == "resigned"
    for kind in ("pdf", "docx"):
        answer = hr.get(f"{page}certificate/?as={kind}")
        assert answer.status_code == 200
        assert "attachment" in answer["Content-Disposition"]
    sent(hr, page, {"verb": "certify", "confirmed": "1", "certificate_on": today().isoformat()})
    assert "已办结" in text(hr, page)
    # Nobody begins once more: the beginning leads to what is there.
    assert hr.get(f"/desk/leaving/engagements/{made.engagement.pk}/")["Location"] == page


@pytest.mark.parametrize("way", WAYS)
def test_each_way_has_its_form_and_its_page_says_what_is_lacking(way: str) -> None:
    made = of(way)
    hr = client_of(made.hr)
    start = f"/desk/leaving/engagements/{made.engagement.pk}/?way={way}"
    form = text(hr, start)
    assert ("损害的金额或者情况" in form) is (way == "dereliction")
    assert ("由谁提出" in form) is (way == "agreed")
    given = {"damage": "12万元", "statute": "劳动法第二十五条", "proposed_by_bureau": "yes", "age_or_health": ""}
    sent(hr, start, IN | given)
    with acting(made.hr):
        row = Departure.objects.get()
        assert row.placement_due is (False if WAYS[way].health is False else None)
    shown = text(hr, page_of(row))
    for need in asked(way):
        assert need.label in shown
    assert shown.count("?kind=") == len(asked(way))
    assert ("违法解除的后果" in shown) is WAYS[way].by.startswith("单位")
    with acting(made.hr):
        proven(made, row, enumerate(asked(way)))
    assert "?kind=" not in text(hr, page_of(row))
    assert "送决定" in text(hr, page_of(row))


def test_evidence_older_than_what_it_follows_is_told_as_such() -> None:
    made = bureau()
    with acting(made.hr):
        row = drafted(made, "breach")
        needs = asked("breach")
        proven(made, row, [(5, needs[2]), (1, needs[3])])
    assert "日期在前一项之前" in text(client_of(made.hr), page_of(row))


def test_each_to_do_leads_to_as_many_rows_as_it_counts() -> None:
    made = bureau()
    with acting(made.hr):
        at(made, "breach", "notified", last_day=today())
    other = Bureau(made.hr, made.head, bureau(name="乙").engagement)
    with acting(made.hr):
        at(other, "resigned", "checked")
    for who, kinds in ((made.hr, {"departure_notified"}), (made.head, {"departure_notified", "departure_checked"})):
        with acting(who):
            todos = {todo.kind: todo for todo in waiting(who, LEAVING)}
        assert set(todos) == kinds
        for todo in todos.values():
            assert rows_of(client_of(who), place_of(todo, PLACES)) == todo.count == 1


def test_what_evidence_says_and_its_paper_are_opened_for_a_reason_only() -> None:
    made = bureau()
    hr = client_of(made.hr)
    with acting(made.hr):
        row = drafted(made, "resigned")
        proven(made, row, enumerate(asked("resigned")))
        piece = Evidence.objects.get()
    page = f"/desk/leaving/evidence/{piece.pk}/"
    assert "已核实" not in text(hr, page)
    sent(hr, page, {"act": "read", "reason": ""}, 422)
    assert "已核实" in sent(hr, page, {"act": "read", "reason": "核对"}, 200)
    answer = hr.post(page, {"act": "file", "reason": "核对原件"})
    assert b"".join(answer.streaming_content) == PDF
    with acting(made.hr):
        assert list(Reading.objects.order_by("pk").values_list("reason", flat=True)) == ["核对", "核对原件"]
    assert "核对原件" in text(hr, page)
    sent(hr, page, {"act": "remove"})
    with acting(made.hr):
        assert not Evidence.objects.exists()


def test_who_decides_marks_where_the_law_leaves_it_open() -> None:
    made = bureau()
    with acting(made.hr):
        row = at(made, "dereliction", "checked")
    head, page = client_of(made.head), page_of(row)
    assert "今后不得招聘为警务辅助人员" in sent(head, page, {"verb": "decide"}, 200)
    sent(head, page, {"verb": "decide", "confirmed": "1"}, 422)
    sent(head, page, {"verb": "decide", "confirmed": "1", "marked": "yes"})
    assert "适用第二十条第（七）项，由决定人认定" in text(head, page)
    sent(
        client_of(made.hr),
        f"{page}evidence/",
        {"kind": "answer", "dated": today().isoformat(), "note": "", "upload": upload()},
    )


@pytest.mark.parametrize("role", ["organ_leader", "police_officer", "finance"])
def test_who_only_decides_reads_and_others_are_not_let_in(role: str) -> None:
    made = bureau()
    with acting(made.hr):
        row = at(made, "breach", "checked")
    with acting(factories.PROVINCIAL):
        who = factories.officer(SANTAI, role)
    client = client_of(who)
    inside = role == "organ_leader"
    for url in ("/desk/leaving/", page_of(row)):
        assert client.get(url).status_code == (200 if inside else 403)
    assert client.get(f"{page_of(row)}evidence/").status_code == 403
    assert client.post(page_of(row), {"verb": "withdraw", "reason": "误办"}).status_code == 403
    if inside:
        assert "登记材料" not in text(client, page_of(row))
        sent(client, page_of(row), {"verb": "decide", "confirmed": "1"})


@pytest.mark.parametrize("state", STEPS)
def test_a_departures_page_and_the_list_cost_a_bounded_number_of_queries(state: str) -> None:
    made = bureau()
    with acting(made.hr):
        row = at(made, "breach", state, last_day=today())
    client = client_of(made.hr)
    for url, most in ((page_of(row), 30), ("/desk/leaving/", 16)):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        assert len(queries) <= most, (url, len(queries))


def test_superiors_look_on_and_do_nothing() -> None:
    made = bureau()
    with acting(made.hr):
        row = at(made, "breach", "checked")
    with acting(factories.PROVINCIAL):
        city: Actor = factories.officer(factories.MIANYANG, "hr_head")
    client = client_of(city)
    assert "由管理此人的公安机关办理。" in text(client, page_of(row))
    assert client.post(page_of(row), {"verb": "decide", "confirmed": "1"}).status_code == 403
