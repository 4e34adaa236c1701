"""Complaints: who reads, the way from receipt to answer, and what the database never lets happen (14.5, 31)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.kernel.refusals import NotAllowed, NotFound, Refusal, speaking
from fujing.kernel.todos import waiting
from fujing.law.complaints.readers import About
from fujing.management.complaints import services
from fujing.management.complaints.keys import filling, keys_of, reveal_receipt
from fujing.management.complaints.models import (
    ClockStop,
    Envelope,
    Hearing,
    IdentityBox,
    IdentityRelease,
    Message,
    ReaderKey,
    Report,
)
from fujing.management.complaints.queries import due_of, hearings_of, is_overdue, messages_of, report_for, reports_for
from fujing.management.complaints.receipts import by_code, report_file, reporter_say
from fujing.management.complaints.services import (
    clock_extend,
    clock_resume,
    clock_stop,
    hearing_ask,
    hearing_record,
    report_accept,
    report_conclude,
    report_decline,
    report_give_back,
    report_heard,
    report_not_found,
    report_note,
    report_reopen,
    report_say,
    report_take,
    report_transfer,
)
from fujing.management.complaints.statements import own_hearing, own_hearings, statement_give
from fujing.management.complaints.states import COMPLAINT, ReportState
from fujing.management.complaints.todos import COMPLAINTS
from fujing.registry.states import Role
from tests import factories
from tests.factories import MIANYANG, SANTAI, YANTING
from tests.management.reports import STORY, VISITOR, above, asked, brought, case, filed, newest, opened, reader, stated

pytestmark = pytest.mark.django_db


def told(code: str) -> list[tuple[str, str]]:
    """What the reporter reads."""
    with acting(VISITOR), by_code(code) as found:
        assert found is not None
        return [(each.what, each.text) for each in messages_of(found.report, found.keys)]


def test_from_the_report_to_the_answer_through_the_receipt() -> None:
    made = case()
    report = brought(made, "accepted")
    with acting(made.reader.actor):
        report_say(actor=made.reader.actor, report=report, text="是哪个广场")
        report_note(actor=made.reader.actor, report=report, text="已调监控")
    with acting(VISITOR), by_code(made.code.lower().replace("-", " ")) as found:
        assert found is not None
        reporter_say(known=found, text="县政府前的广场")
    report = brought(made, "answered")
    assert (report.state, report.finding, report.handler_code) == ("answered", "unfounded", SANTAI)
    assert told(made.code) == [
        ("report", STORY.text),
        ("message", "是哪个广场"),
        ("message", "县政府前的广场"),
        ("answer", "经查不属实，谢谢您的监督"),
    ]
    # The other reader has it, too, and the file with it.
    assert ("note", "已调监控") in opened(made.other, report)
    assert ("conclusion", "监控显示没有推搡") in opened(made.other, report)
    with acting(made.other.actor):
        keys = keys_of(actor=made.other.actor, report=report, private=made.other.private)
        assert [each.text for each in hearings_of(report, keys)] == ["当时在劝离，没有推搡"]


def test_nobody_but_its_readers_sees_a_row_whatever_their_office() -> None:
    made = case()
    brought(made, "heard")
    with acting(factories.PROVINCIAL):
        others = [factories.officer(SANTAI, role) for role in ("hr_officer", "hr_head", "organ_leader", "auditor")]
        others += [factories.officer(MIANYANG, "discipline"), factories.officer(SANTAI, "discipline")]
        others += [factories.officer(SANTAI, role) for role in ("system_admin", "security_admin", "audit_admin")]
    for actor in (*others, made.accused, VISITOR, factories.PROVINCIAL):
        with acting(actor):
            for model in (Report, Envelope, Message, IdentityBox, IdentityRelease, ClockStop, ReaderKey):
                assert not model.objects.exists(), (actor.roles, model)
            assert Hearing.objects.exists() == (actor == made.accused)
            with pytest.raises(NotFound):
                report_for(actor, made.report.pk)


def test_a_namesake_of_the_accused_gets_no_key_and_a_leader_is_accused_at_the_superior_bureau() -> None:
    here, city = reader(name="王建华"), above()
    filed()
    assert newest(city).handler_code == MIANYANG
    with acting(here.actor):
        assert not Report.objects.exists()
    third = reader(name="周督察")
    filed(about=About.LEADER, accused="李局长")
    with acting(third.actor):
        assert not Report.objects.exists()
    with acting(city.actor):
        assert reports_for(city.actor).count() == 2


def test_without_any_reader_nothing_is_taken_and_nothing_is_stored() -> None:
    with acting(factories.PROVINCIAL):
        factories.bureau(SANTAI)
        factories.officer(SANTAI, "discipline")
    with pytest.raises(Refusal, match="没有收下任何内容"):
        filed()
    assert Report.objects.count() == 0


def test_a_code_of_nothing_finds_nothing_and_another_code_opens_nothing() -> None:
    made = case()
    other = filed(text="另一件事")
    with acting(VISITOR), by_code("AAAAABBBBBCCCCCDDDDD") as nothing:
        assert nothing is None
    with acting(VISITOR), by_code(other) as second:
        assert second is not None
    with acting(VISITOR), by_code(made.code) as first:
        assert first is not None
        assert first.report.pk != second.report.pk
        assert {each.what for each in messages_of(first.report, second.keys)} == {"broken"}


@pytest.mark.parametrize("refused", [True, False])
def test_no_conclusion_without_statement_or_recorded_refusal_neither_by_service_nor_by_sql(refused: bool) -> None:
    made = case()
    report = brought(made, "investigated")
    actor = made.reader.actor

    def forced(state: str) -> None:
        values = {"finding": "founded", "concluded_on": today()} if state == "concluded" else {}
        Report.objects.filter(pk=report.pk).update(state=state, **values)

    def stays_open(told: str, raised: str) -> None:
        with acting(actor):
            with pytest.raises(Refusal, match=told), speaking(), transaction.atomic():
                report_heard(actor=actor, report=report)
            with pytest.raises(Refusal, match=raised), speaking(), transaction.atomic():
                forced("heard")
            with pytest.raises(Refusal), speaking(), transaction.atomic():
                report_conclude(actor=actor, report=report, finding="founded", text="属实")
            with pytest.raises(Refusal), speaking(), transaction.atomic():
                forced("concluded")

    stays_open("没有听取当事人的陈述和申辩", "没有听取当事人的陈述和申辩")
    hearing = asked(made, report)
    stays_open("还有当事人没有陈述", "还有1名当事人")
    with acting(actor):
        with pytest.raises(Refusal, match="应有记录、日期和提交人"), speaking(), transaction.atomic():
            Hearing.objects.filter(pk=hearing.pk).update(state="given")
        if refused:
            hearing_record(actor=actor, hearing=hearing, text="当面告知后表示不作陈述，两人在场", refused=True)
    if not refused:
        stated(made, hearing)
    with acting(actor):
        report = report_heard(actor=actor, report=report)
        # Another one who is asked holds it again.
        with acting(factories.PROVINCIAL):
            second = factories.person(SANTAI, "李四")
        late = hearing_ask(actor=actor, report=report, person=second, matter="同一件事")
        with pytest.raises(Refusal, match="不能作结论"), speaking(), transaction.atomic():
            report_conclude(actor=actor, report=report, finding="founded", text="属实")
        with pytest.raises(Refusal, match="还有1名当事人"), speaking(), transaction.atomic():
            forced("concluded")
        hearing_record(actor=actor, hearing=late, text="在场，没有看见", refused=False)
        report = report_conclude(actor=actor, report=report, finding="founded", text="属实")
    assert report.state == "concluded"


def test_a_new_round_asks_for_a_new_hearing() -> None:
    made = case()
    report = brought(made, "answered")
    actor = made.reader.actor
    with acting(actor):
        report = report_reopen(actor=actor, report=report, reason="有新的录像")
        assert (report.state, report.round, report.finding) == ("investigated", 2, "")
        with pytest.raises(Refusal, match="没有听取当事人"):
            report_heard(actor=actor, report=report)
    stated(made, asked(made, report))
    with acting(actor):
        assert report_heard(actor=actor, report=report).state == "heard"


def test_nobody_is_concluded_about_where_nobody_was_found() -> None:
    made = case()
    report = brought(made, "investigated")
    actor = made.reader.actor
    with acting(actor):
        done = report_not_found(actor=actor, report=report, reason="监控已经覆盖")
        assert (done.state, done.finding) == ("concluded", "unidentified")
    second = case()
    report = brought(second, "investigated")
    asked(second, report)
    with acting(second.reader.actor), pytest.raises(Refusal, match="已经通知当事人"), speaking(), transaction.atomic():
        report_not_found(actor=second.reader.actor, report=report, reason="查不到")


def test_the_accused_reads_what_they_are_told_states_once_and_sees_nothing_else() -> None:
    made = case()
    hearing = asked(made, brought(made, "investigated"), "昨晚执勤的举止")
    with acting(made.accused):
        assert [each.matter for each in own_hearings(made.accused)] == ["昨晚执勤的举止"]
        assert own_hearing(made.accused, hearing.pk).pk == hearing.pk
        done = statement_give(actor=made.accused, hearing=hearing, text="没有推搡")
        assert (done.state, "没有推搡".encode() in bytes(done.statement or b"")) == ("given", False)
        with pytest.raises(Refusal, match="已陈述"):
            statement_give(actor=made.accused, hearing=hearing, text="改一下")
        with pytest.raises(Refusal, match="不得改动"), speaking(), transaction.atomic():
            Hearing.objects.filter(pk=hearing.pk).update(matter="别的事")
    with acting(factories.PROVINCIAL):
        stranger = factories.account(SANTAI, "auxiliary", person_id=factories.person(SANTAI, "别人").pk)
        actor = factories.actor_of(factories.account_with_roles(stranger.pk))
    with acting(actor):
        assert not own_hearings(actor).exists()
        with pytest.raises(NotAllowed):
            statement_give(actor=actor, hearing=hearing, text="冒名")


def test_a_transfer_is_taken_or_given_back_and_only_one_bureau_reads_then() -> None:
    made, city = case(), above()
    report = brought(made, "accepted")
    mine = made.reader
    with acting(mine.actor):
        with pytest.raises(Refusal) as nobody:
            report_transfer(actor=mine.actor, report=report, private=mine.private, target=YANTING, reason="不属本局")
        assert set(nobody.value.errors) == {"target"}
        report = report_transfer(
            actor=mine.actor, report=report, private=mine.private, target=MIANYANG, reason="涉及市局"
        )
        with pytest.raises(NotAllowed):
            report_take(actor=mine.actor, report=report)
    assert opened(city, report)[0] == ("report", STORY.text)
    with acting(city.actor):
        report = report_give_back(actor=city.actor, report=report, reason="由县局办理")
        assert not Report.objects.exists()
    with acting(mine.actor):
        assert (report.state, report.handler_code) == ("received", SANTAI)
        report = report_transfer(
            actor=mine.actor, report=report, private=mine.private, target=MIANYANG, reason="涉及市局"
        )
    with acting(city.actor):
        report = report_take(actor=city.actor, report=report)
        assert (report.state, report.handler_code, report.target_code) == ("received", MIANYANG, None)
        report_accept(actor=city.actor, report=report)
    with acting(mine.actor):
        assert not Report.objects.exists()
    assert told(made.code)[0] == ("report", STORY.text)


def test_the_term_stops_resumes_and_is_longer_and_is_undetermined_where_none_is_stated() -> None:
    made = case()
    actor = made.reader.actor
    with acting(actor):
        with pytest.raises(Refusal, match="应写明依据"), speaking(), transaction.atomic():
            Report.objects.filter(pk=made.report.pk).update(term_days=60)
        report = report_accept(actor=actor, report=made.report, term_days=60, term_basis="市局规定")
        first = due_of(report)
        assert first is not None
        assert (first - today()).days == 60
        clock_stop(actor=actor, report=report, reason="等待鉴定")
        assert due_of(report) is None
        assert is_overdue(report, today()) is False
        with pytest.raises(Refusal, match="已经停止"):
            clock_stop(actor=actor, report=report, reason="等待鉴定")
        clock_resume(actor=actor, report=report)
        assert due_of(report) == first
        report = clock_extend(actor=actor, report=report, days=30, reason="情况复杂")
        assert ((due_of(report) or today()) - today()).days == 90
        with pytest.raises(Refusal, match="没有停止"):
            clock_resume(actor=actor, report=report)
    second = case()
    with acting(second.reader.actor):
        report = report_accept(actor=second.reader.actor, report=second.report)
        assert (due_of(report), is_overdue(report, today())) == (None, None)
        with pytest.raises(Refusal, match="没有规定期限"):
            clock_extend(actor=second.reader.actor, report=report, days=5, reason="情况复杂")
    assert ("extended", "情况复杂") in told(made.code)


def test_the_terms_of_a_list_cost_one_query_however_many_they_are(django_assert_num_queries: Any) -> None:
    made = case()
    for _ in range(2):
        brought(made, "accepted")
        filed()
    brought(made, "accepted")
    with acting(made.reader.actor):
        rows = reports_for(made.reader.actor).filter(accepted_on__isnull=False)
        assert len(rows) > 1
        with django_assert_num_queries(2):
            assert [due_of(each) for each in rows.all()] == [None] * len(rows)


def test_who_declines_says_why_and_may_look_again() -> None:
    made = case()
    actor = made.reader.actor
    with acting(actor):
        with pytest.raises(Refusal) as refused:
            report_decline(actor=actor, report=made.report, reason=" ")
        assert set(refused.value.errors) == {"reason"}
        report = report_decline(actor=actor, report=made.report, reason="反映的是民警，请向督察部门反映")
        assert report_reopen(actor=actor, report=report, reason="补充了材料").state == "received"
    assert ("declined", "反映的是民警，请向督察部门反映") in told(made.code)


@pytest.mark.parametrize("channel", ["phone", "letter", "visit"])
def test_what_an_officer_types_is_a_discipline_officers_and_the_code_is_the_reporters(channel: str) -> None:
    first = reader(name="周督察")
    with acting(first.actor):
        code = report_file(actor=first.actor, story=STORY, channel=channel)
        report = newest(first)
        assert (report.channel, report.made_by_id) == (channel, first.actor.account_id)
    assert told(code) == [("report", STORY.text)]
    with acting(factories.PROVINCIAL):
        clerk = factories.officer(SANTAI, "hr_officer")
    with acting(clerk), pytest.raises(NotAllowed):
        report_file(actor=clerk, story=STORY, channel=channel)


def test_what_was_received_said_and_sealed_stays() -> None:
    made = case(name="李举报", phone="13900001111")
    report = brought(made, "concluded")
    with acting(made.reader.actor):
        for act, sentence in (
            (lambda: Report.objects.filter(pk=report.pk).update(receipt_box=b"1"), "不得改动"),
            (lambda: Report.objects.filter(pk=report.pk).update(finding="founded"), "结论不得改动"),
            (lambda: Report.objects.filter(pk=report.pk)._raw_delete("default"), "不得删除"),
            (lambda: Message.objects.update(content=b"1"), "只能新增"),
            (lambda: Message.objects.all().delete(), "只能新增"),
            (lambda: IdentityBox.objects.update(second=9), "只能新增"),
            (lambda: Hearing.objects.all().delete(), "不得删除"),
            (lambda: Hearing.objects.update(statement=b"1"), "不得改动"),
            (lambda: ReaderKey.objects.update(public=b"1" * 32), "只能停用"),
        ):
            with pytest.raises(Refusal, match=sentence), speaking(), transaction.atomic():
                act()
        with filling(report.pk), pytest.raises(Refusal, match="只能停用"), speaking(), transaction.atomic():
            Envelope.objects.update(box=b"1")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"made_by": "周督察"}, "网上提交的没有登记人"),
        ({"channel": "phone"}, "应有登记人"),
        ({"state": "accepted"}, "不能从"),
        ({"target_code": MIANYANG}, "移送应写明"),
        ({"finding": "founded"}, "作结论应写明"),
    ],
)
def test_what_the_database_does_not_take(said: dict[str, Any], sentence: str) -> None:
    made = case()
    row = made.report
    row.pk = None
    row.receipt_index = b"2" * 32
    for name, value in said.items():
        setattr(row, name, value)
    with acting(VISITOR):
        reveal_receipt(b"2" * 32)
        with pytest.raises(Refusal, match=sentence), speaking(), transaction.atomic():
            row.save(force_insert=True)


@pytest.mark.parametrize("state", ["received", "accepted", "investigated", "answered"])
def test_every_role_in_every_state_without_a_key_does_nothing(state: str) -> None:
    made = case()
    report = brought(made, state)
    verbs = sorted({move.verb for move in COMPLAINT.transitions})
    for role in Role:
        with acting(factories.PROVINCIAL):
            actor = made.accused if role == Role.AUXILIARY else factories.officer(SANTAI, role)
        for verb in verbs:
            act = getattr(services, f"report_{'heard' if verb == 'hear' else verb}")
            given: dict[str, Any] = {name: "写明理由" for name in ("reason", "text") if name in act.__annotations__}
            if verb == "transfer":
                given |= {"private": made.reader.private, "target": MIANYANG}
            if verb == "conclude":
                given |= {"finding": "founded"}
            with acting(actor), pytest.raises((NotAllowed, NotFound)), transaction.atomic():
                act(actor=actor, report=report, **given)


def test_what_waits_is_a_number_for_its_readers_alone() -> None:
    made = case()
    with acting(factories.PROVINCIAL):
        head = factories.officer(SANTAI, "hr_head", "discipline")

    def kinds(actor: Actor) -> dict[str, int]:
        with acting(actor):
            return {each.kind: each.count for each in waiting(actor, COMPLAINTS)}

    assert kinds(made.reader.actor) == {"complaint_received": 1}
    assert kinds(head) == {}
    brought(made, "concluded")
    assert kinds(made.reader.actor) == {"complaint_concluded": 1}


def test_the_table_begins_with_receipt_and_every_state_is_reached() -> None:
    assert COMPLAINT.reachable("received") == {str(state) for state in ReportState}
