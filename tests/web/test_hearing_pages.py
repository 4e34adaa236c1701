"""告知和陈述: told, answered word for word, and read before the decision, as officers and deciders use the pages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.kernel.models import Reading
from fujing.kernel.todos import waiting
from fujing.management.leaving.models import Departure, Hearing
from fujing.management.leaving.services import departure_check
from fujing.management.leaving.todos import LEAVING
from fujing.web.desk.management.todos import PLACES
from fujing.web.desk.wings import place_of
from tests import factories
from tests.clients import client_of
from tests.factories import SANTAI
from tests.management.departures import asked, at, bureau, drafted, proven, told
from tests.management.made import PDF
from tests.web.test_consent_pages import text
from tests.web.test_contract_pages import sent

pytestmark = pytest.mark.django_db
UNTIL = (today() + timedelta(4)).isoformat()
TODAY = today().isoformat()
SAID = {"answered_on": TODAY, "answer": "那天我已请假。\n有短信为证。"}


def upload() -> SimpleUploadedFile:
    return SimpleUploadedFile("材料.pdf", PDF)


def page_of(row: Hearing) -> str:
    return f"/desk/leaving/hearings/{row.pk}/"


def test_from_the_telling_over_the_answer_to_the_decision() -> None:
    made = bureau()
    hr, head = client_of(made.hr), client_of(made.head)
    with acting(made.hr):
        row = drafted(made, "breach")
        proven(made, row, enumerate(asked("breach")))
        departure_check(actor=made.hr, departure=row)
    page = f"/desk/leaving/{row.pk}/"
    assert "还没有书面告知本人、听取陈述和申辩。" in text(head, page)
    for kind in ("pdf", "docx"):
        assert hr.get(f"{page}telling/?as={kind}").status_code == 200
    sent(hr, f"{page}tell/", {"told_on": TODAY, "answer_until": TODAY, "upload": upload()}, 422)
    sent(hr, f"{page}tell/", {"told_on": TODAY, "answer_until": UNTIL, "upload": upload()})
    with acting(made.hr):
        hearing = Hearing.objects.get()
    assert f"本人陈述的期限到{UNTIL}届满，现在不能决定。" in text(head, page)
    sent(hr, page_of(hearing), {"verb": "answer", "confirmed": "1", **SAID}, 422)
    sent(hr, page_of(hearing), {"verb": "answer", "confirmed": "1", **SAID, "upload": upload()})
    assert "请先查阅本人的陈述，再决定。" in text(head, page)
    assert head.post(page, {"verb": "decide", "confirmed": "1"}).status_code == 302
    with acting(made.hr):
        assert Departure.objects.get().state == "checked"
    assert "有短信为证" not in text(head, page_of(hearing))
    sent(head, page_of(hearing), {"act": "read", "reason": ""}, 422)
    assert "那天我已请假。<br>有短信为证。" in sent(head, page_of(hearing), {"act": "read", "reason": "决定"}, 200)
    sent(head, page, {"verb": "decide", "confirmed": "1"})
    assert "本人已陈述申辩" in text(head, page)
    assert "登记告知本人" not in text(hr, page)
    assert "没有需要您办理的步骤" in text(hr, page_of(hearing))


def test_a_term_that_ended_unanswered_is_said_and_the_decision_states_it() -> None:
    made = bureau()
    with acting(made.hr):
        row = at(made, "breach", "checked")
        hearing = Hearing.objects.get()
    assert "已满，本人没有陈述" in text(client_of(made.hr), page_of(hearing))
    page = f"/desk/leaving/{row.pk}/"
    assert "期限届满，本人没有陈述" in text(client_of(made.hr), page)
    sent(client_of(made.head), page, {"verb": "decide", "confirmed": "1"})
    assert "陈述期满，本人没有陈述" in text(client_of(made.hr), page)


@pytest.mark.parametrize("act", ["told", "signed"])
def test_the_papers_are_opened_for_a_reason_only(act: str) -> None:
    made = bureau()
    hr = client_of(made.hr)
    with acting(made.hr):
        hearing = told(made, drafted(made, "breach"))
    sent(hr, page_of(hearing), {"act": act, "reason": ""}, 422)
    answer = hr.post(page_of(hearing), {"act": act, "reason": "核对"})
    if act == "signed":
        assert answer.status_code == 404
        sent(hr, page_of(hearing), {"verb": "answer", "confirmed": "1", **SAID, "upload": upload()})
        answer = hr.post(page_of(hearing), {"act": act, "reason": "核对"})
    assert b"".join(answer.streaming_content) == PDF
    with acting(made.hr):
        assert Reading.objects.filter(reason="核对").exists()


def test_a_way_of_the_persons_own_shows_no_hearing() -> None:
    made = bureau()
    with acting(made.hr):
        row = drafted(made, "agreed")
    shown = text(client_of(made.hr), f"/desk/leaving/{row.pk}/")
    assert "告知和陈述" not in shown
    assert "登记告知本人" not in shown


def test_the_to_do_opens_the_hearing_itself() -> None:
    made = bureau()
    with acting(made.hr):
        hearing = told(made, drafted(made, "breach"), until=today() + timedelta(2))
        todo, _ = waiting(made.hr, LEAVING)
    assert place_of(todo, PLACES) == page_of(hearing)
    assert "已告知，待本人陈述" in text(client_of(made.hr), "/desk/")


@pytest.mark.parametrize(("role", "reads"), [("organ_leader", True), ("police_officer", False), ("discipline", False)])
def test_leaders_read_and_others_are_not_let_in(role: str, reads: bool) -> None:
    made = bureau()
    with acting(made.hr):
        hearing = told(made, drafted(made, "breach"))
    with acting(factories.PROVINCIAL):
        client = client_of(factories.officer(SANTAI, role))
    for url in (page_of(hearing), f"/desk/leaving/{hearing.departure_id}/telling/"):
        assert client.get(url).status_code == (200 if reads else 403)
    assert client.get(f"/desk/leaving/{hearing.departure_id}/tell/").status_code == 403
    assert client.post(page_of(hearing), {"verb": "answer", "confirmed": "1", **SAID}).status_code == 403
