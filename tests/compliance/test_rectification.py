"""Rectification notices: who takes which step, what neither side can write, and what happens after the deadline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from procrastinate.contrib.django import app

from fujing.compliance.rectification.models import Notice, NoticeStep
from fujing.compliance.rectification.policies import moves_of
from fujing.compliance.rectification.queries import notices_for, waiting_notices
from fujing.compliance.rectification.services import (
    escalate_overdue,
    notice_accept,
    notice_answer,
    notice_draft,
    notice_extend,
    notice_receive,
    notice_return,
    notice_revise,
    notice_send,
    notice_urge,
    notice_withdraw,
)
from fujing.kernel.actor import Actor, acting
from fujing.kernel.calendar import term_ends
from fujing.kernel.clock import today
from fujing.kernel.models import HistoryEntry
from fujing.kernel.refusals import NotAllowed, Refusal, speaking
from tests import factories
from tests.compliance import made
from tests.compliance.made import CITY, COUNTY, DEPARTMENT, OTHER
from tests.factories import MIANYANG, SANTAI, YANTING, territorial

pytestmark = pytest.mark.django_db

STEPS: dict[str, Callable[[Actor, Notice], Notice]] = {
    "send": lambda who, notice: notice_send(actor=who, notice=notice),
    "receive": lambda who, notice: notice_receive(actor=who, notice=notice),
    "answer": lambda who, notice: notice_answer(
        actor=who, notice=notice, measures_taken="已逐人明确。", done_on=today()
    ),
    "accept": lambda who, notice: notice_accept(actor=who, notice=notice),
    "return": lambda who, notice: notice_return(
        actor=who, notice=notice, reason="名单不全。", term_days=5, term_unit="calendar"
    ),
    "extend": lambda who, notice: notice_extend(
        actor=who, notice=notice, due_on=today() + timedelta(days=30), reason="汛期任务重。"
    ),
    "withdraw": lambda who, notice: notice_withdraw(actor=who, notice=notice, reason="情况已核实。"),
    "urge": lambda who, notice: notice_urge(actor=who, notice=notice, text="市局应于三日内督促答复。"),
}


@pytest.fixture(autouse=True)
def organs(db: None) -> None:
    made.bureaus()


def step(verb: str, who: Actor, notice: Notice) -> Notice:
    with acting(who), transaction.atomic():
        return STEPS[verb](who, notice)


def at(state: str) -> Notice:
    """A notice of the city to the county, brought to a state by its own people."""
    if state == "draft":
        return made.drafted()
    notice = made.sent()
    way = {
        "sent": (),
        "received": ("receive",),
        "answered": ("receive", "answer"),
        "returned": ("receive", "answer", "return"),
    }
    for verb in way[state]:
        notice = step(verb, COUNTY if verb in {"receive", "answer"} else CITY, notice)
    return notice


def test_a_notice_goes_from_draft_to_resolved_and_back_once() -> None:
    notice = at("returned")
    assert notice.state == "returned"
    notice = step("answer", COUNTY, notice)
    notice = step("accept", CITY, notice)
    assert notice.state == "resolved"
    with acting(COUNTY):
        told = list(notice.steps.order_by("pk").values_list("verb", "acting_code"))
    assert told == [
        ("send", MIANYANG),
        ("receive", SANTAI),
        ("answer", SANTAI),
        ("return", MIANYANG),
        ("answer", SANTAI),
        ("accept", MIANYANG),
    ]


@pytest.mark.parametrize(
    ("state", "verb"),
    [
        ("draft", "send"),
        ("draft", "withdraw"),
        ("sent", "receive"),
        ("sent", "extend"),
        ("sent", "withdraw"),
        ("received", "answer"),
        ("received", "extend"),
        ("answered", "accept"),
        ("answered", "return"),
        ("answered", "withdraw"),
        ("returned", "answer"),
    ],
)
def test_a_step_is_refused_to_the_other_side_and_to_other_roles(state: str, verb: str) -> None:
    notice = at(state)
    own, other = (COUNTY, CITY) if verb in {"receive", "answer"} else (CITY, COUNTY)
    for who in (other, DEPARTMENT, replace(own, roles=frozenset({"auditor"}))):
        # A draft is not even there for the subject: its lock finds no row.
        with pytest.raises((NotAllowed, ValueError)):
            step(verb, who, notice)
    step(verb, own, notice)
    with acting(own):
        assert notice.steps.latest("pk").verb == verb


@pytest.mark.parametrize(
    ("state", "target", "who"),
    [
        ("sent", "received", CITY),
        ("received", "answered", CITY),
        ("returned", "answered", CITY),
        ("answered", "resolved", COUNTY),
        ("answered", "returned", COUNTY),
        ("sent", "withdrawn", COUNTY),
        ("answered", "resolved", DEPARTMENT),
    ],
)
def test_the_database_refuses_the_step_of_the_other_side(state: str, target: str, who: Actor) -> None:
    notice = at(state)
    with acting(who), pytest.raises(Refusal, match="另一方"), speaking(), transaction.atomic():
        Notice.objects.filter(pk=notice.pk).update(state=target)


@pytest.mark.parametrize(
    ("verb", "who"),
    [("answer", CITY), ("receive", CITY), ("accept", COUNTY), ("extend", COUNTY), ("withdraw", DEPARTMENT)],
)
def test_the_database_refuses_a_line_of_the_other_side(verb: str, who: Actor) -> None:
    notice = at("received")
    for claimed in (notice.issuer_code, notice.subject_code):
        with acting(who), pytest.raises(Refusal, match="另一方"), speaking(), transaction.atomic():
            NoticeStep.objects.create(
                organ_code=SANTAI, notice=notice, verb=verb, acting_code=claimed, text="代写", day=today(), by="某人"
            )


def test_the_subject_cannot_change_a_word_of_the_notice_nor_its_deadline() -> None:
    notice = at("received")
    for change in ({"due_on": today() + timedelta(days=99)}, {"demand": "不用整改"}):
        with acting(COUNTY), pytest.raises(Refusal, match="只有发出机关"), speaking(), transaction.atomic():
            Notice.objects.filter(pk=notice.pk).update(**change)


def test_a_sent_notice_keeps_its_words_and_is_never_deleted() -> None:
    notice = at("sent")
    with acting(CITY), pytest.raises(Refusal, match="内容不得改动"), speaking(), transaction.atomic():
        Notice.objects.filter(pk=notice.pk).update(facts="另一件事")
    with acting(CITY), pytest.raises(Refusal, match="不得删除"), speaking(), transaction.atomic():
        made.drafted(number="绵公督〔2026〕8号").delete()
    with acting(CITY), pytest.raises(Refusal, match="只能新增"), speaking(), transaction.atomic():
        NoticeStep.objects.update(text="改过")
    with acting(CITY), pytest.raises(Refusal, match="内容不得改动"):
        notice_revise(actor=CITY, notice=notice, content=made.content())


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"provisions": []}, "所涉条文"),
        ({"facts": ""}, "发现的问题"),
        ({"due_on": date(2020, 1, 1)}, "晚于发出日期"),
        ({"organ_code": MIANYANG}, "内容不得改动"),
    ],
)
def test_a_notice_without_its_parts_is_refused_by_the_database(change: dict[str, Any], says: str) -> None:
    draft = made.drafted(number="绵公督〔2026〕8号")
    notice = made.sent() if says in {"晚于发出日期", "内容不得改动"} else draft
    with acting(CITY), pytest.raises(Refusal, match=says), speaking(), transaction.atomic():
        Notice.objects.filter(pk=notice.pk).update(**change)


def test_a_draft_kept_from_the_subject_stays_with_its_issuer() -> None:
    draft = made.drafted()
    with acting(CITY), pytest.raises(Refusal, match="归发出机关"), speaking(), transaction.atomic():
        Notice.objects.filter(pk=draft.pk).update(organ_code=SANTAI)
    with acting(COUNTY):
        assert not Notice.objects.exists()
        assert not HistoryEntry.objects.filter(tracked="rectification_notice").exists()
    with acting(DEPARTMENT):
        assert not notices_for(DEPARTMENT).exists()


def test_what_was_written_before_sending_never_reaches_the_subjects_history() -> None:
    draft = made.drafted(facts="初稿：怀疑弄虚作假。")
    with acting(CITY):
        notice = notice_revise(actor=CITY, notice=draft, content=made.content())
    step("send", CITY, notice)
    with acting(COUNTY):
        entries = HistoryEntry.objects.filter(tracked="rectification_notice")
        assert entries.exists()
        assert not any("初稿" in f"{entry.before}{entry.after}" for entry in entries)


def test_a_notice_goes_only_downward() -> None:
    for issuer, subject in ((COUNTY, MIANYANG), (CITY, 510800000000), (COUNTY, YANTING), (CITY, MIANYANG)):
        with acting(factories.PROVINCIAL):
            organ = factories.bureau(subject)
        with acting(issuer), pytest.raises(NotAllowed, match="下级公安机关"):
            notice_draft(actor=issuer, subject=organ, content=made.content())
        row = Notice(
            organ_code=issuer.organ_code,
            issuer_code=issuer.organ_code,
            subject_code=subject,
            number="1",
            title="1",
            provisions=["5.p1"],
            facts="1",
            demand="1",
            term_days=1,
            term_unit="calendar",
            drafted_by="某人",
        )
        with acting(issuer), pytest.raises(Refusal, match="上级公安机关向下级"), speaking(), transaction.atomic():
            row.save()


def test_the_province_may_write_to_a_county_itself() -> None:
    notice = made.sent(DEPARTMENT, SANTAI)
    for who in (COUNTY, CITY):
        with acting(who):
            assert notices_for(who).get() == notice


def test_a_county_never_sees_the_notice_of_another_and_the_city_sees_both() -> None:
    own, other = made.sent(), made.sent(subject=YANTING, number="绵公督〔2026〕9号")
    with acting(COUNTY):
        assert list(Notice.objects.all()) == [own]
        assert not NoticeStep.objects.exclude(notice=own).exists()
    with acting(OTHER):
        assert list(Notice.objects.all()) == [other]
    with acting(CITY):
        assert set(notices_for(CITY)) == {own, other}


@pytest.mark.parametrize(("days", "late"), [(-1, False), (0, False), (1, True)])
def test_a_notice_is_overdue_on_the_day_after_its_last_day(
    monkeypatch: pytest.MonkeyPatch, days: int, late: bool
) -> None:
    notice = made.overdue(monkeypatch, days)
    assert (today() - notice.due_on).days == days
    for who, kind in ((CITY, "overdue"), (DEPARTMENT, "escalated")):
        with acting(who):
            assert waiting_notices(who, today())[kind].exists() is late
    with acting(DEPARTMENT):
        assert any(move.verb == "urge" for move in moves_of(DEPARTMENT, notice)) is late
    assert escalate_overdue(today()) == late
    with acting(DEPARTMENT):
        assert NoticeStep.objects.filter(verb="escalate").exists() is late


def test_escalation_is_recorded_once_for_each_missed_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    notice = made.overdue(monkeypatch, 3)
    assert (escalate_overdue(today()), escalate_overdue(today())) == (1, 0)
    with acting(COUNTY):
        line = notice.steps.get(verb="escalate")
        assert (line.acting_code, line.day, line.by) == (factories.PROVINCE, notice.due_on, "逾期升级任务")
    with acting(DEPARTMENT), pytest.raises(Refusal, match="已经升级"), speaking(), transaction.atomic():
        NoticeStep.objects.create(
            organ_code=SANTAI,
            notice=notice,
            verb="escalate",
            acting_code=factories.PROVINCE,
            day=notice.due_on,
            by="某人",
        )


def test_the_daily_task_escalates_without_anybody_signed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    notice = made.overdue(monkeypatch)
    assert app.tasks["fujing.escalate_overdue_notices"](timestamp=0) == 1
    with acting(CITY):
        assert notice.steps.filter(verb="escalate").exists()


def test_nobody_escalates_a_notice_that_is_not_overdue(monkeypatch: pytest.MonkeyPatch) -> None:
    notice = made.overdue(monkeypatch, 0)
    with acting(DEPARTMENT), pytest.raises(Refusal, match="未逾期"), speaking(), transaction.atomic():
        NoticeStep.objects.create(
            organ_code=SANTAI,
            notice=notice,
            verb="escalate",
            acting_code=factories.PROVINCE,
            day=notice.due_on,
            by="某人",
        )
    with pytest.raises(Refusal, match="尚未逾期"):
        step("urge", DEPARTMENT, notice)


def test_urging_settles_the_escalation_until_the_next_missed_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    notice = made.overdue(monkeypatch)
    step("urge", DEPARTMENT, notice)
    with acting(DEPARTMENT):
        assert not waiting_notices(DEPARTMENT, today())["escalated"].exists()
    notice = step("extend", CITY, notice)
    with acting(DEPARTMENT):
        assert waiting_notices(DEPARTMENT, notice.due_on + timedelta(days=1))["escalated"].get() == notice


def test_an_answer_stops_the_clock_and_a_return_starts_it_again(monkeypatch: pytest.MonkeyPatch) -> None:
    notice = step("answer", COUNTY, made.overdue(monkeypatch))
    assert escalate_overdue(today()) == 0
    notice = step("return", CITY, notice)
    assert notice.due_on == today() + timedelta(days=5)


def test_a_notice_of_the_province_has_nobody_to_escalate_to(monkeypatch: pytest.MonkeyPatch) -> None:
    with made.on_day(monkeypatch, today() - timedelta(days=20)):
        made.sent(DEPARTMENT, MIANYANG)
    assert escalate_overdue(today()) == 0
    with acting(DEPARTMENT):
        waiting = waiting_notices(DEPARTMENT, today())
        assert waiting["overdue"].exists()
        assert not waiting["escalated"].exists()


def test_an_extension_is_later_than_the_deadline_and_has_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    notice = made.sent()
    with acting(CITY):
        with pytest.raises(Refusal, match="应晚于原期限"):
            notice_extend(actor=CITY, notice=notice, due_on=notice.due_on, reason="忙")
        with pytest.raises(Refusal, match="延期理由"):
            notice_extend(actor=CITY, notice=notice, due_on=notice.due_on + timedelta(days=1), reason=" ")
        extended = notice_extend(actor=CITY, notice=notice, due_on=notice.due_on + timedelta(days=1), reason="汛期")
    with acting(COUNTY):
        line = extended.steps.get(verb="extend")
        assert (line.day, line.text) == (extended.due_on, "汛期")


@pytest.mark.parametrize("verb", ["answer", "return", "withdraw", "urge", "extend"])
def test_a_step_without_its_words_is_refused_by_the_database(monkeypatch: pytest.MonkeyPatch, verb: str) -> None:
    notice = made.overdue(monkeypatch)
    who = {"answer": COUNTY, "urge": DEPARTMENT}.get(verb, CITY)
    with acting(who), pytest.raises(Refusal, match="应写明内容或者理由"), speaking(), transaction.atomic():
        NoticeStep.objects.create(
            organ_code=SANTAI, notice=notice, verb=verb, acting_code=who.organ_code, day=notice.due_on, by="某人"
        )


def test_measures_cannot_be_finished_tomorrow() -> None:
    notice = at("received")
    with acting(COUNTY), pytest.raises(Refusal, match="不能晚于今天"):
        notice_answer(actor=COUNTY, notice=notice, measures_taken="将办", done_on=today() + timedelta(days=1))


def test_a_term_counts_from_the_day_after_and_knows_the_holidays() -> None:
    eve = date(2026, 9, 30)
    assert term_ends(eve, 3, "calendar") == date(2026, 10, 3)
    assert term_ends(eve, 1, "working") == date(2026, 10, 8)
    with pytest.raises(Refusal, match="2027年的放假安排尚未公布"):
        term_ends(date(2026, 12, 30), 5, "working")


def test_an_unknown_provision_is_told_at_its_field() -> None:
    with acting(CITY), pytest.raises(Refusal) as refused:
        notice_draft(actor=CITY, subject=factories.bureau(SANTAI), content=made.content(provisions=["99"]))
    assert refused.value.errors == {"provisions": ["办法中没有条文 99。"]}


@pytest.mark.parametrize("role", ["hr_officer", "police_officer", "unit_leader", "auditor"])
def test_only_signing_roles_send(role: str) -> None:
    draft = made.drafted()
    with pytest.raises(NotAllowed):
        step("send", territorial(MIANYANG, role), draft)


def test_the_database_refuses_a_write_by_a_third_organ() -> None:
    notice = at("received")
    with acting(OTHER):
        assert Notice.objects.filter(pk=notice.pk).update(state="answered") == 0
    with acting(OTHER), pytest.raises(DatabaseError), transaction.atomic():
        NoticeStep.objects.create(
            organ_code=YANTING, notice=notice, verb="answer", acting_code=YANTING, text="代答", day=today(), by="某人"
        )
