"""辞职: a written notice from the dossier to the receipt, and what the receipt answers on a phone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.kernel.models import Reading
from fujing.kernel.todos import waiting
from fujing.management.leaving.models import ClearanceItem, Departure, Resignation
from fujing.management.leaving.resignations import resignation_confirm
from fujing.management.leaving.todos import LEAVING
from fujing.web.desk.management.todos import PLACES
from fujing.web.desk.wings import place_of
from tests import factories
from tests.clients import client_of
from tests.factories import SANTAI
from tests.management.departures import Bureau, at, bureau
from tests.management.made import PDF
from tests.management.test_resignations import received
from tests.web.test_consent_pages import text
from tests.web.test_contract_pages import sent
from tests.web.test_recruitment_todos import rows_of

pytestmark = pytest.mark.django_db
TODAY = today().isoformat()
SAID = {"way": "resigned", "dated": TODAY, "received_on": TODAY, "wished": "", "reason": "回乡照顾父母"}


def upload() -> SimpleUploadedFile:
    return SimpleUploadedFile("辞职书.pdf", PDF)


def page_of(row: Resignation) -> str:
    return f"/desk/resignations/{row.pk}/"


def answered(code: str) -> str:
    answer = Client().post("/status/", {"receipt": code})
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_follows_is_shown_before_the_notice_is_received_with_a_receipt() -> None:
    made = bureau()
    hr = client_of(made.hr)
    chooser = text(hr, f"/desk/leaving/engagements/{made.engagement.pk}/")
    start = f"/desk/leaving/engagements/{made.engagement.pk}/resign/"
    assert 'href="resign/?way=resigned"' in chooser
    assert "checked" in text(hr, f"{start}?way=resigned_fault")
    last_day = (today() + timedelta(30)).isoformat()
    shown = sent(hr, start, {**SAID, "act": "weigh"}, 200)
    for words in (last_day, "工作证、服装、标识", "不支付经济补偿", "不影响今后报名", "登记收到，给出回执"):
        assert words in shown
    with acting(made.hr):
        assert not Resignation.objects.exists()
    early = {**SAID, "wished": (today() + timedelta(29)).isoformat()}
    assert f"最早为{last_day}" in sent(hr, start, {**early, "act": "weigh"}, 422)
    assert "请写明本人所说的单位过错" in sent(hr, start, {**SAID, "way": "resigned_fault", "reason": ""}, 422)
    sent(hr, start, {**SAID, "act": "receive"}, 422)
    sent(hr, start, {**SAID, "act": "receive", "upload": upload()})
    with acting(made.hr):
        row = Resignation.objects.get()
    shown = text(hr, page_of(row))
    assert row.receipt in shown
    assert "回乡" not in shown
    for kind in ("pdf", "docx"):
        answer = hr.get(f"{page_of(row)}receipt/?as={kind}")
        assert answer.status_code == 200
        assert "attachment" in answer["Content-Disposition"]


def test_the_person_looks_up_by_the_receipt_how_far_it_is_and_what_to_hand_back() -> None:
    made = bureau()
    with acting(made.hr):
        row = received(made, ago=5)
    shown = answered(f"{row.receipt[:4]}-{row.receipt[4:]}")
    assert "已收到，待确认" in shown
    assert "您可以书面撤回" in shown
    assert made.engagement.person.name not in shown.split("<main", 1)[1]
    sent(client_of(made.hr), page_of(row), {"verb": "confirm"}, 200)
    sent(client_of(made.hr), page_of(row), {"verb": "confirm", "confirmed": "1"})
    assert "单位正在整理材料" in answered(row.receipt)
    with acting(made.hr):
        departure = Departure.objects.get()
    page = f"/desk/leaving/{departure.pk}/"
    assert page_of(row) in text(client_of(made.hr), page)
    sent(client_of(made.hr), page, {"verb": "check"})
    sent(client_of(made.head), page, {"verb": "decide", "confirmed": "1"})
    # The days stand there already.
    form = sent(client_of(made.hr), page, {"verb": "notify"}, 200)
    assert f'value="{row.received_on}"' in form
    assert f'value="{row.last_day}"' in form
    sent(client_of(made.hr), page, {"verb": "notify", "notice_on": row.received_on, "last_day": row.last_day})
    with acting(made.hr):
        ClearanceItem.objects.filter(kind="card").update(
            outcome="returned", confirmed_by=made.hr.name, confirmed_on=today()
        )
    shown = answered(row.receipt)
    assert "服装、标识、装备" in shown
    assert "工作证" not in shown.split("<main", 1)[1]


def test_a_last_day_that_came_unconfirmed_tells_the_person_where_to_ask() -> None:
    made = bureau()
    with acting(made.hr):
        row = received(made, ago=30)
    assert "最后工作日已到，单位还没有确认" in answered(row.receipt)
    assert "没有这个回执码" in answered("ABCDEFGHJKLM")


def test_it_is_taken_back_on_its_page_with_a_scan() -> None:
    made = bureau()
    hr = client_of(made.hr)
    with acting(made.hr):
        row = received(made, ago=2)
    sent(hr, page_of(row), {"verb": "withdraw", "withdrawn_on": TODAY}, 422)
    sent(hr, page_of(row), {"verb": "withdraw", "confirmed": "1", "withdrawn_on": TODAY, "upload": upload()})
    assert "本人已撤回" in text(hr, page_of(row))
    assert "您已书面撤回" in answered(row.receipt)


def test_why_it_is_not_confirmed_or_taken_back_is_said_on_its_page() -> None:
    made = bureau()
    with acting(made.hr):
        at(made, "breach", "drafted")
        row = received(made, way="resigned_fault")
    shown = text(client_of(made.hr), page_of(row))
    assert "正在办理“违法违纪或者严重违反规章制度”，请先撤回。" in shown
    assert "通知当日生效，没有撤回的期间。" in shown


def test_the_notice_is_opened_for_a_reason_only() -> None:
    made = bureau()
    hr = client_of(made.hr)
    with acting(made.hr):
        row = received(made, reason="回乡照顾父母")
    assert "回乡" not in text(hr, page_of(row))
    sent(hr, page_of(row), {"act": "read", "reason": ""}, 422)
    assert "回乡照顾父母" in sent(hr, page_of(row), {"act": "read", "reason": "核对"}, 200)
    answer = hr.post(page_of(row), {"act": "file", "reason": "核对原件"})
    assert b"".join(answer.streaming_content) == PDF
    with acting(made.hr):
        assert list(Reading.objects.order_by("pk").values_list("reason", flat=True)) == ["核对", "核对原件"]
    assert "核对原件" in text(hr, page_of(row))


def test_the_to_do_leads_to_as_many_rows_as_it_counts() -> None:
    made, other = bureau(), bureau(name="乙")
    with acting(made.hr):
        received(made)
        other_row = received(Bureau(made.hr, made.head, other.engagement))
        resignation_confirm(actor=made.hr, resignation=other_row)
        todo, _ = waiting(made.hr, LEAVING)
    assert rows_of(client_of(made.hr), place_of(todo, PLACES)) == todo.count == 1


@pytest.mark.parametrize(("role", "reads"), [("organ_leader", True), ("police_officer", False), ("finance", False)])
def test_leaders_read_and_others_are_not_let_in(role: str, reads: bool) -> None:
    made = bureau()
    with acting(made.hr):
        row = received(made)
    with acting(factories.PROVINCIAL):
        client = client_of(factories.officer(SANTAI, role))
    for url in ("/desk/resignations/", page_of(row), f"{page_of(row)}receipt/"):
        assert client.get(url).status_code == (200 if reads else 403)
    assert client.get(f"/desk/leaving/engagements/{made.engagement.pk}/resign/").status_code == 403
    assert client.post(page_of(row), {"verb": "confirm", "confirmed": "1"}).status_code == 403


def test_pages_of_notices_cost_a_bounded_number_of_queries() -> None:
    made = bureau()
    with acting(made.hr):
        row = received(made)
    client = client_of(made.hr)
    for url, most in ((page_of(row), 26), ("/desk/resignations/", 16)):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        assert len(queries) <= most, (url, len(queries))
