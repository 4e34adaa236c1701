"""What the database holds of leave, whoever writes (Article 36)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F

from fujing.duties.orders.services import order_give, order_withdraw
from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.kernel.refusals import Refusal, speaking
from fujing.law.leave.others import Event
from fujing.registry.roster import reading
from fujing.safeguards.leave.models import LeaveEntry, LeaveRequest, LeaveYear, WorkRecord
from fujing.safeguards.leave.queries import moment
from fujing.safeguards.leave.states import LeaveState
from tests import factories
from tests.duties.made import MONDAY as DUTY_DAY
from tests.duties.made import drafted, given_by_sql, somebody, unit
from tests.factories import SANTAI
from tests.management.made import committed
from tests.safeguards.leaves import DAY, Station, account, advise, ask, monday, station, taken

pytestmark = pytest.mark.django_db
S = LeaveState


def request(made: Station, **said: Any) -> LeaveRequest:
    """A request past the service."""
    first = monday(4)
    given: dict[str, Any] = {
        "organ_code": made.engagement.organ_code,
        "engagement": made.engagement,
        "person_id": made.engagement.person_id,
        "name": "甲",
        "kind": "sick",
        "span": (moment(first), moment(first + DAY)),
        "asked_span": (moment(first), moment(first + DAY)),
        "days": 1,
        "calendar_days": 1,
        "asked_by": made.hr.name,
    }
    return LeaveRequest.objects.create(**(given | said))


def entry(made: Station, row: LeaveYear, **said: Any) -> LeaveEntry:
    """A line past the service."""
    given: dict[str, Any] = {
        "organ_code": row.organ_code,
        "account": row,
        "person_id": row.person_id,
        "kind": "correction",
        "days": Decimal(-1),
        "reason": "核对",
        "made_by": made.head.name,
    }
    return LeaveEntry.objects.create(**(given | said))


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"days": 0}, "天数应大于零"),
        ({"days": 2}, "不超过日历天数"),
        ({"state": "advised"}, "不能从"),
        ({"ground": "dates"}, "应写明另行安排的时间"),
        ({"agreed": False}, "应写明理由"),
    ],
)
def test_what_the_database_does_not_keep(said: dict[str, Any], sentence: str) -> None:
    made = station()
    with acting(made.hr), pytest.raises(Refusal, match=sentence), speaking(), transaction.atomic():
        request(made, **said)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"state": "advised"}, "用人单位提出意见以后"),
        ({"state": "approved", "decided_by": "甲"}, "不能从"),
        ({"kind": "annual"}, "不得改动"),
        ({"span": (moment(date(2026, 1, 5)), moment(date(2026, 1, 6)))}, "只随召回或者提前返岗缩短"),
    ],
)
def test_what_was_asked_stays_and_takes_its_steps(said: dict[str, Any], sentence: str) -> None:
    made = station()
    row = ask(made, monday(), 1, "sick")
    with acting(made.head), pytest.raises(Refusal, match=sentence), speaking(), transaction.atomic():
        LeaveRequest.objects.filter(pk=row.pk).update(**said)


@pytest.mark.parametrize(
    ("kind", "said", "sentence"),
    [
        ("sick", {"state": "refused", "ground": "work", "answer": "忙"}, "不能因这一情形不批准"),
        ("sick", {"state": "refused", "ground": "facts", "answer": " "}, "应写明情形和理由"),
        ("personal", {"state": "refused", "ground": "", "answer": "忙"}, "不能因这一情形不批准"),
        ("personal", {"state": "approved"}, "应写明是否带薪"),
        ("parents", {"state": "approved"}, "应写明所依据的文件"),
    ],
)
def test_a_decision_has_what_its_kind_asks_for(kind: str, said: dict[str, Any], sentence: str) -> None:
    made = station()
    row = advise(made, ask(made, monday(), 1, kind, **_event(kind)))
    with acting(made.head), pytest.raises(Refusal, match=sentence), speaking(), transaction.atomic():
        LeaveRequest.objects.filter(pk=row.pk).update(decided_by=made.head.name, **said)


def _event(kind: str) -> dict[str, Any]:
    return {"event": Event(date(1960, 1, 1))} if kind == "parents" else {}


def test_who_asked_or_gave_the_opinion_does_not_decide() -> None:
    made = station()
    row = advise(made, ask(made, monday(), 1, "sick"))
    with acting(made.unit), pytest.raises(Refusal, match="三个人办理"), speaking(), transaction.atomic():
        LeaveRequest.objects.filter(pk=row.pk).update(state="approved", decided_by=made.unit.name)


def test_nothing_is_deleted_and_what_was_recorded_is_not_rewritten() -> None:
    made = station()
    row = ask(made, monday(), 1)
    with acting(made.head):
        for rows in (LeaveRequest.objects.filter(pk=row.pk), LeaveEntry.objects.all(), LeaveYear.objects.all()):
            with pytest.raises(Refusal), speaking(), transaction.atomic():
                rows._raw_delete(rows.db)
        for said in ({"days": F("days") + 1}, {"reason": "x"}):
            with pytest.raises(Refusal, match="只能新增"), speaking(), transaction.atomic():
                LeaveEntry.objects.update(**said)
        with pytest.raises(Refusal, match="只随台账变动"), speaking(), transaction.atomic():
            LeaveYear.objects.update(balance=99)


def test_no_balance_goes_below_zero_also_for_the_database() -> None:
    made = station()
    row = account(made, today().year)
    assert row.balance == 5
    with acting(made.head):
        entry(made, row, days=Decimal(-5))
        with pytest.raises(Refusal, match="余额不足"), speaking(), transaction.atomic():
            entry(made, row, days=Decimal("-0.5"))
        row.refresh_from_db()
        assert row.balance == 0


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"kind": "carried_out", "days": 1}, "天数不能为零"),
        ({"kind": "waived", "days": 1}, "天数不能为零"),
        ({"days": 0}, "天数不能为零"),
        ({"kind": "use", "days": -1}, "应注明哪一次请假"),
        ({"kind": "carried_in", "days": 1}, "应注明"),
        ({"reason": " "}, "应写明事由"),
    ],
)
def test_a_line_of_the_ledger_says_what_it_is(said: dict[str, Any], sentence: str) -> None:
    made = station()
    row = account(made, today().year)
    with acting(made.head), pytest.raises(Refusal, match=sentence), speaking(), transaction.atomic():
        entry(made, row, **said)


def test_days_come_over_as_many_as_went_and_from_the_year_before() -> None:
    made = station()
    now, last = account(made, today().year), account(made, today().year - 1)
    with acting(made.head):
        out = entry(made, last, kind="carried_out", days=-2)
        for into, days in ((now, 3), (last, 2)):
            with pytest.raises(Refusal, match="与上一年度转出的相同"), speaking(), transaction.atomic():
                entry(made, into, kind="carried_in", days=days, against=out)
        entry(made, now, kind="carried_in", days=2, against=out)


def test_an_account_is_of_a_kind_with_a_balance_and_once_a_year() -> None:
    made = station()
    row = account(made, today().year)
    given = {"organ_code": row.organ_code, "engagement": made.engagement, "person_id": row.person_id}
    for said, sentence in (({"year": row.year}, "已经核定过"), ({"year": 2020, "kind": "sick"}, "没有年度余额")):
        with acting(made.hr), pytest.raises(Refusal, match=sentence), speaking(), transaction.atomic():
            LeaveYear.objects.create(**given, **said)  # type: ignore[misc]


def test_a_record_of_work_says_something_that_was() -> None:
    made = station()
    given = {
        "organ_code": made.engagement.organ_code,
        "engagement": made.engagement,
        "person_id": made.engagement.person_id,
        "recorded_by": made.hr.name,
    }
    for said, sentence in (
        ({"source": "档案"}, "应写明起算日"),
        ({"since": date(2010, 1, 1), "source": " "}, "应写明起算日"),
        ({"since": today() + DAY, "source": "档案"}, "不能晚于今天"),
    ):
        with acting(made.hr), pytest.raises(Refusal, match=sentence), speaking(), transaction.atomic():
            WorkRecord.objects.create(**given, **said)  # type: ignore[arg-type]


def test_the_ledger_says_what_the_requests_say() -> None:
    made = station()
    row = ask(made, monday(), 2)
    with acting(made.head):
        year = LeaveYear.objects.get(engagement=made.engagement)
        acts: list[Callable[[], object]] = [
            lambda: LeaveRequest.objects.filter(pk=row.pk).update(state=S.CANCELLED),
            lambda: entry(made, year, kind="back", days=1, request=row),
            lambda: request(made, kind="annual", asked_by=made.head.name),
        ]
        for act in acts:
            with pytest.raises(Refusal, match="不一致"):
                done(act)


def done(act: Callable[[], object]) -> None:
    """An act past the service, and its commit."""
    with speaking(), transaction.atomic():
        act()
        committed()


def test_two_leaves_never_share_a_moment() -> None:
    made, first = station(), monday()
    ask(made, first, 0.5, "sick")
    with acting(made.hr):
        span = (moment(first), moment(first + DAY))
        with pytest.raises(Refusal, match="时间重叠"), speaking(), transaction.atomic():
            request(made, span=span, asked_span=span)
    assert ask(made, first + DAY, 0.5, "sick").state == S.ASKED


def test_nobody_on_leave_is_sent_and_nobody_who_is_sent_gets_leave() -> None:

    made = unit()
    who = somebody(made)
    order, later = drafted(made, [who]), drafted(made, [who])
    with acting(made.leader):
        order_give(actor=made.leader, order=order)
    with acting(factories.PROVINCIAL):
        hr, head, adviser = (factories.officer(SANTAI, role) for role in ("hr_officer", "hr_head", "hr_officer"))
    span = (moment(DUTY_DAY), moment(DUTY_DAY + DAY))
    with acting(hr):
        row = LeaveRequest.objects.create(
            organ_code=who.organ_code,
            engagement=who,
            person_id=who.person_id,
            name="甲",
            kind="sick",
            span=span,
            asked_span=span,
            days=1,
            calendar_days=1,
            asked_by=hr.name,
        )
    with acting(adviser):
        LeaveRequest.objects.filter(pk=row.pk).update(state="advised", agreed=True, advised_by=adviser.name)
    with acting(head), pytest.raises(Refusal, match="已派勤1次"), speaking(), transaction.atomic():
        LeaveRequest.objects.filter(pk=row.pk).update(state="approved", decided_by=head.name)
    with acting(made.leader):
        order_withdraw(actor=made.leader, order=order, reason="本人生病")
    with acting(head):
        LeaveRequest.objects.filter(pk=row.pk).update(state="approved", decided_by=head.name)
    with (
        acting(made.leader),
        reading(made.leader),
        pytest.raises(Refusal, match="已批准的请假"),
        speaking(),
        transaction.atomic(),
    ):
        given_by_sql(made, later)
    with acting(made.leader), pytest.raises(Refusal) as told, transaction.atomic():
        order_give(actor=made.leader, order=later)
    assert "36" in told.value.provisions


def test_leave_that_is_cut_is_never_made_longer() -> None:
    made, first = station(), monday()
    row = taken(made, first, 2, "sick")
    with acting(made.head), pytest.raises(Refusal, match="缩短"), speaking(), transaction.atomic():
        LeaveRequest.objects.filter(pk=row.pk).update(
            state="recalled",
            returned_why="安保",
            returned_by=made.head.name,
            span=(moment(first), moment(first + 5 * DAY)),
        )
    with acting(made.head), pytest.raises(Refusal, match="应写明理由"), speaking(), transaction.atomic():
        LeaveRequest.objects.filter(pk=row.pk).update(state="recalled", returned_by=made.head.name)
    with acting(made.hr), pytest.raises(Refusal, match="还没有结束"), speaking(), transaction.atomic():
        LeaveRequest.objects.filter(pk=row.pk).update(state="ended")
    begun = taken(made, today() - 2 * DAY, 4, "sick") if first > today() + 3 * DAY else None
    if begun is not None:
        with acting(made.hr), pytest.raises(Refusal, match="已经开始"), speaking(), transaction.atomic():
            LeaveRequest.objects.filter(pk=begun.pk).update(state="cancelled")


def test_a_row_is_of_its_person_and_bureau() -> None:
    made = station(("甲", "乙"))
    row = account(made, today().year)
    second = made.bureau.people[1]
    with acting(made.head), pytest.raises(Exception, match="leave_entry_of_its_year"), transaction.atomic():
        entry(made, row, person_id=second.person_id)
