"""违反义务的处理 as its few readers use the pages, each verb right and wrong, and as its person does on the phone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.kernel.models import Reading
from fujing.kernel.todos import waiting
from fujing.management.discipline.models import Hearing, Matter, Measure, Scheme
from fujing.management.discipline.todos import DISCIPLINE
from fujing.management.leaving.models import Departure
from fujing.web.desk.management.todos import PLACES
from tests.clients import client_of
from tests.management.breaches import (
    FACTS,
    HAPPENED,
    WORDS,
    bureau,
    decided,
    invited,
    proposed,
    rules,
    signed_in,
    stated,
)
from tests.management.made import PDF
from tests.web.test_consent_pages import text
from tests.web.test_contract_pages import sent

pytestmark = pytest.mark.django_db
TODAY, YESTERDAY = today().isoformat(), (today() - timedelta(1)).isoformat()
LATER = (today() + timedelta(5)).isoformat()


def upload() -> SimpleUploadedFile:
    return SimpleUploadedFile("材料.pdf", PDF)


def test_from_the_record_to_the_decision_with_each_step_refused_once() -> None:
    made = bureau()
    measure = rules(made)
    office, head = client_of(made.office), client_of(made.head)
    sent(office, "/desk/discipline/new/", {"name": "没有这人"}, 422)
    found = office.post("/desk/discipline/new/", {"name": "甲"})
    page = found["Location"]
    said = {"duty": "15.3", "happened_on": HAPPENED.isoformat(), "facts": FACTS, "title": "监控", "dated": YESTERDAY}
    sent(office, page, said | {"duty": "13.1", "upload": upload()}, 422)
    sent(office, page, said | {"happened_on": LATER, "upload": upload()}, 422)
    sent(office, page, said, 422)
    sent(office, page, said | {"upload": upload()})
    with acting(made.office):
        row = Matter.objects.get()
    page = f"/desk/discipline/{row.pk}/"
    assert FACTS not in text(office, page)
    sent(office, f"{page}evidence/", {"title": " ", "dated": YESTERDAY, "upload": upload()}, 422)
    sent(office, f"{page}evidence/", {"title": "值班表", "dated": YESTERDAY, "upload": upload()})
    invite = {"verb": "invite", "confirmed": "1", "told_on": YESTERDAY}
    sent(office, page, invite | {"answer_until": YESTERDAY, "upload": upload()}, 422)
    sent(office, page, invite | {"answer_until": LATER, "upload": upload()})
    sent(office, f"{page}evidence/", {"title": "晚到的", "dated": YESTERDAY, "upload": upload()}, 422)
    state = {"verb": "state", "confirmed": "1", "answer": WORDS}
    sent(office, page, state | {"answered_on": LATER, "upload": upload()}, 422)
    sent(office, page, state | {"answered_on": TODAY, "upload": upload()})
    propose = {"verb": "propose", "confirmed": "1", "means": "rules", "opinion": "情节较轻", "suspects": "security"}
    sent(office, page, propose | {"governed": "no"}, 422)
    sent(office, page, propose | {"governed": "yes", "measure": measure.pk}, 422)
    sent(office, page, propose | {"governed": "no", "measure": measure.pk})
    assert head.get("/desk/discipline/").status_code == 200
    assert "应移送有权机关" in text(head, page)
    refer = {"kind": "security", "authority": "治安管理大队", "sent_on": LATER}
    sent(office, f"{page}refer/", refer | {"upload": upload()}, 422)
    sent(office, f"{page}refer/", refer | {"sent_on": TODAY, "upload": upload()})
    assert "请先查阅本人的陈述，再决定。" in text(head, page)
    decide = {"verb": "decide", "confirmed": "1", "document_number": "三公处〔2026〕1号"}
    head.post(page, decide)
    sent(head, page, {"act": "read", "reason": " "}, 422)
    answer = head.post(page, {"act": "read", "reason": "决定前查阅"}).content.decode()
    assert FACTS in answer
    assert WORDS in answer
    sent(head, page, decide | {"document_number": " "}, 422)
    sent(head, page, decide)
    with acting(made.office):
        row.refresh_from_db()
        assert (row.state, row.decided_by) == ("decided", made.head.name)
    # Another tab, from before.
    sent(head, page, decide)
    assert "当前状态为" in text(head, page) or row.state == "decided"


def test_papers_of_the_file_leave_a_reading_each() -> None:
    made = bureau()
    row = stated(made)
    client = client_of(made.office)
    page = f"/desk/discipline/{row.pk}/"
    with acting(made.office):
        proof = row.proofs.get()
    for act in ("told", "signed", f"proof-{proof.pk}"):
        answer = client.post(page, {"act": act, "reason": f"核对{act}"})
        assert answer.getvalue().startswith(b"%PDF"), act
    for act in ("asked", "receipt-1", "proof-0", "proof-", "proof-99999999999999999999", "nothing"):
        assert client.post(page, {"act": act, "reason": "核对"}).status_code == 404, act
    with acting(made.office):
        assert Reading.objects.filter(reader=made.office.account_id).count() == 3


def test_who_neither_handles_nor_decides_finds_nothing_of_it() -> None:
    made = bureau()
    row = invited(made)
    for who, status in ((made.hr, 404), (made.head, 404), (made.leader, 404)):
        client = client_of(who)
        assert client.get(f"/desk/discipline/{row.pk}/").status_code == status
        assert f"/desk/discipline/{row.pk}/" not in client.get("/desk/discipline/").content.decode()
    office = client_of(made.office)
    assert f"/desk/discipline/{row.pk}/" in office.get("/desk/discipline/").content.decode()
    assert office.get("/desk/discipline/?as=xlsx").headers["Content-Type"].startswith("text/html")
    with acting(made.office):
        person = row.person_id
    for tab in ("", "?tab=history"):
        assert "违反义务的处理" not in client_of(made.head).get(f"/desk/people/{person}/{tab}").content.decode()


def test_the_person_states_and_asks_on_the_phone() -> None:
    made = bureau()
    measure = rules(made)
    row = invited(made)
    person = client_of(signed_in(made))
    assert "单位认为您违反义务，请您陈述" in text(person, "/me/")
    page = f"/me/breaches/{row.pk}/"
    assert FACTS in text(person, page)
    assert person.get(f"{page}told/").getvalue().startswith(b"%PDF")
    sent(person, page, {"verb": "say", "confirmed": "1", "answer": " "}, 422)
    sent(person, page, {"verb": "say", "confirmed": "1", "answer": WORDS})
    with acting(made.office):
        assert Hearing.objects.get().own
    other = decided(bureau("乙"), measure)
    assert person.get(f"/me/breaches/{other.pk}/").status_code == 404
    # Nothing that the organ does is done from here.
    for verb in ("propose", "withdraw", "decide", "state"):
        assert person.post(page, {"verb": verb, "confirmed": "1"}).status_code == 404


def test_rules_are_entered_and_checked_on_their_page() -> None:
    made = bureau()
    office, head = client_of(made.office), client_of(made.head)
    said = {"title": "办法", "document_number": "1号", "effective_from": "2024-01-01", "upload": upload()}
    sent(office, "/desk/discipline/rules/new/", said | {"title": " ", "upload": upload()}, 422)
    sent(office, "/desk/discipline/rules/new/", said | {"upload": upload()})
    with acting(made.office):
        row = Scheme.objects.get()
    page = f"/desk/discipline/rules/{row.pk}/"
    measure = {"rank": "1", "name": "警告", "clause": "第五条", "months": "6"}
    sent(office, page, measure)
    sent(office, page, measure, 422)
    with acting(made.office):
        entered = Measure.objects.get()
    assert office.post(page, {"remove": "0"}).status_code == 404
    sent(office, page, {"remove": entered.pk})
    assert "没有录入处理种类" in text(head, page)
    sent(office, page, measure)
    sent(head, page, {"verb": "confirm", "confirmed": "1"})
    assert office.get(f"{page}file/").getvalue().startswith(b"%PDF")
    sent(head, page, {"verb": "end", "confirmed": "1", "effective_until": "2023-01-01"}, 422)
    sent(head, page, {"verb": "end", "confirmed": "1", "effective_until": TODAY})
    with acting(made.office):
        row.refresh_from_db()
        assert row.state == "ended"


def test_a_dismissal_is_begun_by_the_personnel_who_see_the_matter_then() -> None:
    made = bureau()
    row = decided(made, means="dismissal")
    page = f"/desk/discipline/{row.pk}/"
    client = client_of(made.hr)
    said = {"verb": "dismiss", "confirmed": "1", "last_day": LATER}
    sent(client, page, said, 422)
    sent(client, page, said | {"way": "breach"})
    with acting(made.hr):
        departure = Departure.objects.get()
    assert f"/desk/leaving/{departure.pk}/" in client.get(page).content.decode()


def test_what_waits_leads_to_the_list_that_shows_it() -> None:
    made = bureau()
    row = proposed(made, rules(made))
    client = client_of(made.head)
    with acting(made.head):
        (todo,) = waiting(made.head, DISCIPLINE)
    assert PLACES[todo.kind] == "desk:breaches?state=proposed"
    assert f"/desk/discipline/{row.pk}/" in client.get("/desk/discipline/?state=proposed").content.decode()
