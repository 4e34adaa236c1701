"""Leave from the request to the return, its balance, and who may do what (Article 36)."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Sum

from fujing.duties.orders.facts import known
from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.kernel.models import Decision
from fujing.kernel.refusals import NotAllowed, Refusal
from fujing.kernel.todos import waiting
from fujing.law.leave.others import Event
from fujing.management.training.queries import standing_of
from fujing.registry.states import Role
from fujing.safeguards.leave.ledger import leave_correct, year_settle, years_grant
from fujing.safeguards.leave.models import LeaveEntry, LeaveRequest, LeaveYear
from fujing.safeguards.leave.queries import annual_of, claims_for, leave_between, moment, requests_for
from fujing.safeguards.leave.services import (
    leave_advise,
    leave_approve,
    leave_ask,
    leave_cancel,
    leave_end,
    leave_recall,
    leave_refuse,
    work_record,
)
from fujing.safeguards.leave.states import GRANTED, LEAVE, LIVE, LeaveState
from fujing.safeguards.leave.todos import LEAVES
from tests import factories
from tests.factories import SANTAI, YANTING
from tests.management.made import committed
from tests.safeguards.leaves import (
    DAY,
    Station,
    account,
    advise,
    approve,
    ask,
    asked,
    balance,
    monday,
    noon,
    proven,
    station,
    taken,
)

pytestmark = pytest.mark.django_db
S = LeaveState


def test_from_the_request_on_the_phone_to_the_recall_with_its_days_given_back() -> None:
    made, first = station(), monday()
    row = ask(made, first, 5)
    assert (row.state, row.days, row.working_days, row.own) == (S.ASKED, 5, 5, True)
    assert balance(made, first.year) == 0
    with acting(made.unit):
        (waits,) = waiting(made.unit, LEAVES)
        assert (waits.kind, waits.count) == ("leave_of_unit", 1)
    row = advise(made, row)
    with acting(made.head):
        (waits,) = waiting(made.head, LEAVES)
        assert (waits.kind, waits.count) == ("leave_advised", 1)
    row = approve(made, row)
    with acting(made.hr):
        (away,) = known("absences", [made.engagement.pk])[made.engagement.pk]
        assert (away.start, away.end) == (first, first + 4 * DAY)
    with acting(made.head):
        row = leave_recall(actor=made.head, request=row, back_at=noon(first + 2 * DAY), reason="重大活动安保")
        assert (row.state, row.days) == (S.RECALLED, Decimal("2.5"))
        (had,) = leave_between(made.engagement, first, first + 6 * DAY)
        assert (had.working, had.last) == (Decimal("2.5"), first + 2 * DAY)
        assert list(Decision.objects.filter(kind="请假").order_by("pk").values_list("outcome", flat=True)) == [
            "批准",
            "提前返岗",
        ]
    assert balance(made, first.year) == Decimal("2.5")


def test_more_than_the_balance_is_refused_at_its_field_with_what_is_still_to_be_found_out() -> None:
    made, first = station(), monday()
    ask(made, first, 5)
    with acting(made.person), pytest.raises(Refusal) as told, transaction.atomic():
        leave_ask(actor=made.person, engagement=made.engagement, asked=asked(first + 7 * DAY))
    (said,) = told.value.errors["until"]
    assert "余额0天，申请1天" in said
    assert "累计工作起算日" in said


def test_what_papers_prove_is_granted_at_once_and_only_once() -> None:
    made = station()
    year = today().year
    assert (account(made, year).balance, account(made, year).open_days > 0) == (5, True)
    proven(made, date(year - 12, 1, 5))
    found = account(made, year)
    assert (found.balance, found.open_days, found.needs) == (10, 0, "")
    assert "每年10天" in found.because
    with acting(made.hr):
        assert found.entries.count() == 2
    with acting(made.hr):
        for since, source in ((None, "档案"), (today() + DAY, "档案"), (date(2010, 1, 1), " ")):
            with pytest.raises(Refusal), transaction.atomic():
                work_record(actor=made.hr, engagement=made.engagement, since=since, continuous=None, source=source)


def test_sick_leave_of_months_takes_annual_leave_that_was_not_taken_yet() -> None:
    made = station()
    year = today().year
    proven(made, date(year - 6, 1, 5))
    assert account(made, year).balance == 5
    first = date(year, 1, 6)
    taken(made, first, 70, "sick")
    assert account(made, year).balance == 0
    assert "病假累计70天" in account(made, year).because


def test_who_was_on_leave_for_the_whole_year_lacks_no_training_of_it() -> None:
    made, year = station(), today().year - 1
    taken(made, date(year, 1, 1), 100, "sick")
    with acting(made.hr):
        assert False in {each.holds for each in standing_of(made.engagement, year).owed}
    taken(made, date(year, 4, 11), (date(year + 1, 1, 1) - date(year, 4, 11)).days, "sick")
    with acting(made.hr):
        owed = [each for each in standing_of(made.engagement, year).owed if each.kind != "induction"]
    assert owed
    assert all(each.holds and "全年不在岗" in each.because for each in owed)


def test_leave_is_told_by_its_days_and_measured_by_its_kind() -> None:
    made, first = station(), monday()
    sick = taken(made, first, 7, "sick")
    assert (sick.days, sick.working_days) == (7, 5)
    half = taken(made, first + 7 * DAY, 0.5)
    assert (half.days, half.working_days) == (Decimal("0.5"), Decimal("0.5"))
    hours = taken(made, first + 9 * DAY, 0.125, "personal", paid=False)
    assert hours.days == Decimal("0.375")
    with acting(made.hr):
        had = leave_between(made.engagement, first, first + 20 * DAY)
        assert [(each.kind, each.working, each.paid) for each in had] == [
            ("sick", Decimal(5), None),
            ("annual", Decimal("0.5"), None),
            ("personal", Decimal("0.375"), False),
        ]
        (part,) = leave_between(made.engagement, first + 4 * DAY, first + 5 * DAY)
        assert (part.working, part.calendar) == (1, 2)


@pytest.mark.parametrize(
    ("kind", "days", "more", "field"),
    [
        ("annual", 0.125, {}, "from_part"),
        ("annual", -1, {}, "until"),
        ("maternity", 30, {"event": Event(today(), False, 1)}, "kind"),
        ("spouse", 10, {}, "event_on"),
        ("childcare", 15, {"event": Event(today() - 400 * DAY)}, "until"),
        ("childcare", 1, {"event": Event(today() - 1200 * DAY)}, "until"),
        ("bereavement", 7, {"event": Event(today())}, "until"),
    ],
)
def test_what_cannot_be_asked_is_refused_at_its_field(kind: str, days: float, more: Any, field: str) -> None:
    made = station()
    with acting(factories.PROVINCIAL):
        made.engagement.person.sex = "male"
        made.engagement.person.save()
    with acting(made.person), pytest.raises(Refusal) as told, transaction.atomic():
        leave_ask(actor=made.person, engagement=made.engagement, asked=asked(monday(), days, kind, **more))
    assert set(told.value.errors) == {field}


def test_weekends_need_no_leave_and_days_before_the_employment_have_none() -> None:
    made = station()
    for first in (monday() + 5 * DAY, date(2020, 12, 7)):
        with acting(made.person), pytest.raises(Refusal) as told, transaction.atomic():
            leave_ask(actor=made.person, engagement=made.engagement, asked=asked(first))
        assert set(told.value.errors) == {"first"}


def test_days_that_no_figure_gives_are_approved_only_with_their_document() -> None:
    made = station()
    row = advise(made, ask(made, monday(), 5, "parents", event=Event(date(1960, 1, 1))))
    assert row.is_open
    with acting(made.head), pytest.raises(Refusal) as told, transaction.atomic():
        leave_approve(actor=made.head, request=row)
    assert set(told.value.errors) == {"basis"}
    assert approve(made, row, basis="省老年人权益保障条例").basis


def test_annual_leave_is_moved_never_refused_and_its_days_come_back() -> None:
    made, first = station(), monday()
    row = advise(made, ask(made, first, 3), agreed=False, advice="重大活动安保")
    for said in (
        {"ground": "work", "answer": "忙"},
        {"ground": "facts", "answer": "不符"},
        {"ground": "dates", "answer": "安保"},
        {"ground": "dates", "answer": " ", "offered_from": first + 14 * DAY, "offered_until": first + 16 * DAY},
    ):
        with acting(made.head), pytest.raises(Refusal), transaction.atomic():
            leave_refuse(actor=made.head, request=row, **said)  # type: ignore[arg-type]
    with acting(made.head):
        row = leave_refuse(
            actor=made.head,
            request=row,
            ground="dates",
            answer="重大活动安保",
            offered_from=first + 14 * DAY,
            offered_until=first + 16 * DAY,
        )
    assert (row.state, row.offered_from) == (S.REFUSED, first + 14 * DAY)
    assert balance(made, first.year) == 5


def test_personal_leave_is_paid_or_not_and_may_be_refused_for_work() -> None:
    made, first = station(), monday()
    row = advise(made, ask(made, first, 1, "personal"))
    with acting(made.head):
        with pytest.raises(Refusal) as told, transaction.atomic():
            leave_approve(actor=made.head, request=row)
        assert set(told.value.errors) == {"paid"}
        assert leave_refuse(actor=made.head, request=row, ground="work", answer="警力不足").state == S.REFUSED


def test_a_unit_that_disagrees_says_why() -> None:
    made = station()
    row = ask(made, monday())
    with acting(made.unit), pytest.raises(Refusal) as told, transaction.atomic():
        leave_advise(actor=made.unit, request=row, agreed=False)
    assert set(told.value.errors) == {"advice"}


def test_what_was_cancelled_is_free_again_and_what_began_is_not_cancelled() -> None:
    made, first = station(), monday()
    row = ask(made, first, 2)
    with acting(made.person):
        assert leave_cancel(actor=made.person, request=row).state == S.CANCELLED
    assert balance(made, first.year) == 5
    row = taken(made, first, 2)
    with acting(made.person):
        assert leave_cancel(actor=made.person, request=row).state == S.CANCELLED
    assert balance(made, first.year) == 5
    begun = taken(made, today() - 10 * DAY, 5, "sick")
    with acting(made.person), pytest.raises(Refusal, match="已经开始"), transaction.atomic():
        leave_cancel(actor=made.person, request=begun)
    with acting(made.hr):
        assert leave_end(actor=made.hr, request=begun).state == S.ENDED


def test_leave_that_lasts_is_not_ended_and_the_return_lies_within_it() -> None:
    made, first = station(), monday()
    row = taken(made, first, 2)
    with acting(made.hr), pytest.raises(Refusal, match="还没有结束"), transaction.atomic():
        leave_end(actor=made.hr, request=row)
    for back, reason, field in (
        (moment(first), "安保", "back_at"),
        (moment(first + 2 * DAY), "安保", "back_at"),
        (moment(first) + timedelta(hours=9), "安保", "back_at"),
        (noon(first), " ", "reason"),
    ):
        with acting(made.head), pytest.raises(Refusal) as told, transaction.atomic():
            leave_recall(actor=made.head, request=row, back_at=back, reason=reason)
        assert set(told.value.errors) == {field}


def test_a_year_ends_with_days_that_go_on_days_given_up_and_days_that_are_owed() -> None:
    made = station()
    year = today().year - 1
    proven(made, date(year - 12, 1, 5))
    last = account(made, year)
    assert last.balance == 10
    head = made.head
    for carried, waived, field in ((11, 0, "carried"), (8, 3, "carried"), (-1, 0, "carried")):
        with acting(head), pytest.raises(Refusal) as told, transaction.atomic():
            year_settle(actor=head, account=last, carried=Decimal(carried), waived=Decimal(waived), reason="安保")
        assert field in told.value.errors
    with acting(head):
        done = year_settle(actor=head, account=last, carried=Decimal(6), waived=Decimal(1), reason="重大活动安保")
        assert done.balance == 0
        (claim,) = claims_for(head)
        assert (claim.days, "300%" in claim.reason) == (-3, True)
        now = LeaveYear.objects.get(engagement=made.engagement, year=year + 1)
        assert now.balance == annual_of(made.engagement, year + 1).least + 6
        with pytest.raises(Refusal, match="还没有结束"), transaction.atomic():
            year_settle(actor=head, account=now, carried=Decimal(0), waived=Decimal(0), reason="x")


def test_a_correction_has_its_reason_and_never_goes_below_zero() -> None:
    made = station()
    row = account(made, today().year)
    for days, reason, field in ((0, "错", "days"), (-6, "错", "days"), (1, " ", "reason")):
        with acting(made.head), pytest.raises(Refusal) as told, transaction.atomic():
            leave_correct(actor=made.head, account=row, days=Decimal(days), reason=reason)
        assert set(told.value.errors) == {field}
    with acting(made.hr), pytest.raises(NotAllowed), transaction.atomic():
        leave_correct(actor=made.hr, account=row, days=Decimal(1), reason="错")
    with acting(made.head):
        leave_correct(actor=made.head, account=row, days=Decimal(-2), reason="上线以前已休2天")
    assert balance(made, today().year) == 3


def test_a_bureau_grants_a_year_to_everybody_who_serves() -> None:
    made = station(("甲", "乙"))
    with acting(made.hr):
        assert years_grant(actor=made.hr, year=today().year) == 2
        assert set(LeaveYear.objects.values_list("balance", flat=True)) == {5}
        with pytest.raises(Refusal), transaction.atomic():
            years_grant(actor=made.hr, year=2020)


@pytest.mark.parametrize("seed", range(4))
def test_balance_ledger_and_pay_agree_after_any_sequence(seed: int) -> None:
    chance, made = random.Random(seed), station()
    proven(made, date(today().year - 25, 1, 5))
    first, year = monday(), monday().year
    account(made, year)
    corrected = Decimal(0)
    for _ in range(40):
        rows = list(_all(made))
        act = chance.choice(("ask", "ask", "advise", "approve", "refuse", "cancel", "recall", "correct"))
        try:
            with acting(made.head), transaction.atomic():
                row = chance.choice(rows) if rows else None
                if act == "ask":
                    start = first + DAY * chance.randrange(0, 8)
                    ask(made, start, chance.choice((0.5, 1, 1.5, 2, 4)))
                elif act == "correct":
                    days = Decimal(chance.choice((-1, 1, 2)))
                    leave_correct(actor=made.head, account=LeaveYear.objects.get(year=year), days=days, reason="核对")
                    corrected += days
                elif row is not None and act == "advise":
                    advise(made, row)
                elif row is not None and act == "approve":
                    approve(made, row)
                elif row is not None and act == "refuse":
                    leave_refuse(
                        actor=made.head,
                        request=row,
                        ground="dates",
                        answer="安保",
                        offered_from=first,
                        offered_until=first,
                    )
                elif row is not None and act == "cancel":
                    _cancelled(made, row)
                elif row is not None:
                    back = row.begins + timedelta(hours=12 * chance.randrange(1, 8))
                    leave_recall(actor=made.head, request=row, back_at=back, reason="安保")
        except Refusal:
            pass
        with acting(made.hr):
            due = annual_of(made.engagement, year).least
            committed()
            now = LeaveYear.objects.get(year=year)
            held = sum((row.days for row in _all(made) if row.state in LIVE), Decimal(0))
            booked = LeaveEntry.objects.filter(account=now).aggregate(days=Sum("days"))["days"]
            assert now.balance == booked == due + corrected - held >= 0
            paid = leave_between(made.engagement, date(year, 1, 1), date(year, 12, 31))
            granted_days = sum((row.days for row in _all(made) if row.state in GRANTED), Decimal(0))
            assert sum((each.working or 0 for each in paid), Decimal(0)) == granted_days


def _cancelled(made: Station, row: LeaveRequest) -> LeaveRequest:
    with acting(made.person):
        return leave_cancel(actor=made.person, request=row)


def _all(made: Station) -> list[LeaveRequest]:
    return list(LeaveRequest.objects.filter(engagement=made.engagement).order_by("pk"))


ACTS = {
    "advise": lambda actor, row: leave_advise(actor=actor, request=row, agreed=True),
    "approve": lambda actor, row: leave_approve(actor=actor, request=row),
    "refuse": lambda actor, row: leave_refuse(
        actor=actor,
        request=row,
        ground="dates",
        answer="安保",
        offered_from=today() + 30 * DAY,
        offered_until=today() + 31 * DAY,
    ),
    "cancel": lambda actor, row: leave_cancel(actor=actor, request=row),
    "recall": lambda actor, row: leave_recall(actor=actor, request=row, back_at=noon(row.first), reason="安保"),
    "end": lambda actor, row: leave_end(actor=actor, request=row),
}


def in_state(made: Station, state: str) -> LeaveRequest:
    """A request that came there by its acts; for `ended` one that is over."""
    first = monday()
    row = ask(made, first, 1)
    if state == S.CANCELLED:
        return _cancelled(made, row)
    if state != S.ASKED:
        row = advise(made, row)
    if state in (S.APPROVED, S.RECALLED):
        row = approve(made, row)
    with acting(made.head):
        if state == S.RECALLED:
            row = ACTS["recall"](made.head, row)
        elif state == S.REFUSED:
            row = ACTS["refuse"](made.head, row)
    if state == S.ENDED:
        _cancelled(made, row)
        row = taken(made, today() - 20 * DAY, 5, "sick")
        with acting(made.hr):
            row = leave_end(actor=made.hr, request=row)
    return row


@pytest.mark.parametrize("state", S.values)
def test_every_role_does_what_the_table_says_and_nothing_else(state: str) -> None:
    made = station()
    row = in_state(made, state)
    table = {(move.verb, role): move for move in LEAVE.from_state(state) for role in move.roles}
    with acting(factories.PROVINCIAL):
        roles = [role for role in Role.values if not role.startswith(("partner", "applicant", "auxiliary"))]
        actors = [(role, factories.officer(SANTAI + 100 if role == "unit_leader" else SANTAI, role)) for role in roles]
    actors.append(("auxiliary", made.person))
    for verb, (role, actor) in product(ACTS, actors):
        allowed = (verb, role) in table and (verb, role) not in {("advise", "hr_officer"), ("advise", "hr_head")}
        early = verb == "end"
        with acting(actor):
            try:
                with transaction.atomic():
                    ACTS[verb](actor, row)
                    done = True
                    transaction.set_rollback(True)
            except Refusal:
                done = False
        assert done == (allowed and not early), (verb, role)


def test_three_people_handle_a_request_and_nobody_their_own() -> None:
    made, first = station(), monday()
    with acting(made.head):
        row = leave_ask(actor=made.head, engagement=made.engagement, asked=asked(first))
    assert not row.own
    row = advise(made, row)
    with acting(made.head), pytest.raises(NotAllowed, match="不能批准"), transaction.atomic():
        leave_approve(actor=made.head, request=row)
    with acting(made.bureau.leader):
        assert leave_approve(actor=made.bureau.leader, request=row).state == S.APPROVED


def test_another_bureau_unit_or_person_neither_reads_nor_acts() -> None:
    made, other = station(), station(("乙",), code=YANTING)
    row = ask(made, monday())
    with acting(factories.PROVINCIAL):
        second = factories.officer(factories.unit(SANTAI, 2, "北坝派出所").code, "unit_leader")
    for actor in (other.hr, other.unit, second, other.person):
        with acting(actor):
            assert not requests_for(actor).exists()
            assert not LeaveRequest.objects.exists()
    strangers: list[tuple[Actor, str]] = [
        (second, "advise"),
        (other.unit, "advise"),
        (other.head, "approve"),
        (other.person, "cancel"),
        (other.hr, "cancel"),
    ]
    for actor, verb in strangers:
        with acting(actor), pytest.raises(NotAllowed), transaction.atomic():
            ACTS[verb](actor, row)
    with acting(other.person), pytest.raises(NotAllowed), transaction.atomic():
        leave_ask(actor=other.person, engagement=made.engagement, asked=asked(monday()))
    with acting(made.person):
        assert [each.pk for each in LeaveRequest.objects.all()] == [row.pk]
