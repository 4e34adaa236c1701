"""The log of readings: who read whose sensitive value, when and why; of a look-up, that it was made."""

from __future__ import annotations

import pytest
from django.db import transaction

from fujing.kernel import readings
from fujing.kernel.actor import Actor, acting
from fujing.kernel.models import Reading
from fujing.kernel.refusals import NotAllowed, Refusal, speaking
from fujing.kernel.signatures import SENTENCE
from fujing.registry.models import Person
from fujing.registry.reading_log import Wanted, readings_page
from fujing.registry.search import whom
from fujing.registry.sensitive import sensitive_reveal
from tests import factories
from tests.clients import client_with
from tests.factories import SANTAI, YANTING


@pytest.fixture
def person(db: None) -> Person:
    factories.quota(SANTAI, 9)
    with acting(factories.PROVINCIAL):
        factories.bureau(YANTING)
        made = factories.person(SANTAI, "张三丰")
        factories.engagement(made)
    return made


def officer_of(organ: int, *roles: str, name: str = "") -> Actor:
    with acting(factories.PROVINCIAL):
        return factories.officer(organ, *roles, name=name)


def test_each_look_up_by_a_number_is_a_row_without_the_number(person: Person) -> None:
    client, number = client_with(SANTAI, "hr_officer"), str(person.id_number)
    for text in (number, number[-4:], "13808160001", "张三丰", "zsf"):
        assert client.get("/desk/people/", {"q": text}).status_code == 200
    with acting(factories.PROVINCIAL):
        rows = list(Reading.objects.order_by("pk"))
    assert [row.what for row in rows] == ["公民身份号码", "公民身份号码后四位", "手机号"]
    assert {row.organ_code for row in rows} == {SANTAI}
    assert all(row.reader and row.reader_name and row.request_id for row in rows)
    # Ids and times have digits of their own; no other column says any.
    said = {(row.tracked, row.row_id, row.person_id, row.account_id, row.reason) for row in rows}
    assert said == {("", None, None, None, "")}
    assert len({bytes(row.sought or b"") for row in rows}) == 3
    assert all(number[-4:].encode() not in bytes(row.sought or b"") for row in rows)


def test_a_look_up_that_cannot_be_kept_is_not_answered(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader without an account of this name can't be written: the database refuses the row."""
    client = client_with(SANTAI, "hr_officer")
    client.raise_request_exception = False
    note = readings._note

    def as_another(reading: Reading) -> None:
        note(reading)
        reading.reader_name = "某" * 200

    monkeypatch.setattr(readings, "_note", as_another)
    answer = client.get("/desk/people/", {"q": str(person.id_number)})
    assert answer.status_code >= 500
    assert "张三丰" not in answer.content.decode()


def test_too_many_look_ups_in_an_hour_are_refused_and_names_go_on(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readings, "MOST_LOOKED_UP", 2)
    client = client_with(SANTAI, "hr_officer")
    said = [client.get("/desk/people/", {"q": text}) for text in ("0001", "0002", "0003", "张三丰")]
    assert [each.status_code for each in said] == [200, 200, 409, 200]
    assert "一小时内按号码查人已达2次" in said[2].content.decode()
    with acting(factories.PROVINCIAL):
        assert Reading.objects.count() == 2
    other = client_with(SANTAI, "hr_officer")
    assert other.get("/desk/people/", {"q": "0003"}).status_code == 200


def test_the_log_is_read_in_the_own_territory_by_the_audit_administrator_and_by_whom_it_is_about(
    person: Person,
) -> None:
    with acting(officer_of(SANTAI, "hr_officer")) as reader:
        sensitive_reveal(actor=reader, person=person, field="id_number", reason="办理社保")
        whom(reader, str(person.id_number))
    for organ, seen in ((SANTAI, 2), (YANTING, 0)):
        with acting(officer_of(organ, "audit_admin")) as auditor:
            assert len(readings_page(auditor, Wanted(), limit=9)[0]) == seen
        with acting(factories.territorial(organ, "hr_head")) as head, pytest.raises(NotAllowed):
            readings_page(head, Wanted(), limit=9)
    with acting(Actor(name="张三丰", account_id=10**9, person_id=person.pk)):
        (mine,) = Reading.objects.all()
        assert (mine.what, mine.reason) == ("公民身份号码", "办理社保")


def test_a_reading_is_never_changed_nor_written_in_anothers_name(person: Person) -> None:
    with acting(officer_of(SANTAI, "hr_officer")) as reader:
        sensitive_reveal(actor=reader, person=person, field="phone", reason="通知培训")
        with pytest.raises(Refusal, match="只能新增"), speaking(), transaction.atomic():
            Reading.objects.update(reason="")
        row = Reading(organ_code=SANTAI, kind="trail", what="查阅记录", reader=(reader.account_id or 0) + 1)
        with pytest.raises(Refusal, match=SENTENCE), speaking(), transaction.atomic():
            row.save()
        with pytest.raises(Refusal, match="对象和事由"), speaking(), transaction.atomic():
            Reading.objects.create(organ_code=SANTAI, kind="opened", what="手机号", reader_name=reader.name)


def test_the_page_tells_who_read_what_and_finds_who_looked_for_a_number(person: Person) -> None:
    number = str(person.id_number)
    with acting(officer_of(SANTAI, "hr_officer", name="李经办")) as reader:
        sensitive_reveal(actor=reader, person=person, field="id_number", reason="办理社保")
    client_with(SANTAI, "hr_head").get("/desk/people/", {"q": number})
    auditor = client_with(SANTAI, "audit_admin")

    def rows(**query: str) -> list[str]:
        html = auditor.get("/desk/readings/", query).content.decode().split("<tbody")[1].split("</tbody")[0]
        return html.split("<tr")[1:]

    everything = rows()
    assert len(everything) == 2
    assert "李经办" in everything[1]
    assert "办理社保" in everything[1]
    assert f"人员 第{person.pk}号" in everything[1]
    assert "按号码查人" in everything[0]
    # Each look at the page is itself in the log from then on.
    assert "查看留痕" in rows()[0]
    (found,) = rows(number=number)
    assert "按号码查人" in found
    assert len(rows(who="李经办")) == 1
    assert len(rows(kind="opened")) == 1
    assert "没有符合条件的内容" in auditor.get("/desk/readings/", {"number": "0000"}).content.decode()
    assert client_with(SANTAI, "hr_head").get("/desk/readings/").status_code in (403, 404)
