"""Pages of leave: the phone of who asks, the unit, and the bureau (Article 36)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.kernel.models import Reading
from fujing.safeguards.leave.models import LeaveRequest, LeaveYear, WorkRecord
from fujing.safeguards.leave.states import LeaveState
from fujing.web.me.leave import LEAVES
from tests.clients import client_of
from tests.factories import YANTING
from tests.markup import flat
from tests.safeguards.leaves import DAY, Station, account, advise, ask, balance, monday, proven, station, taken

pytestmark = pytest.mark.django_db
S = LeaveState


def form(first: date, until: date, kind: str = "annual", **more: str) -> dict[str, str]:
    said = {"kind": kind, "first": first.isoformat(), "until": until.isoformat(), "from_part": "am", "until_part": "pm"}
    return said | more


def only(made: Station) -> LeaveRequest:
    with acting(made.hr):
        return LeaveRequest.objects.get()


def test_somebody_asks_on_the_phone_sees_what_became_of_it_and_takes_it_back() -> None:
    made, first = station(), monday()
    phone = client_of(made.person)
    assert "还没有核定" in flat(phone.get("/me/leave/"))
    answer = phone.post("/me/leave/ask/", form(first, first + 6 * DAY))
    row = only(made)
    assert answer.headers["Location"] == f"/me/leave/{row.pk}/"
    assert row.days == 5
    page = flat(phone.get("/me/leave/"))
    assert "余额 <b>0</b> 天" in page
    assert "还要查明：累计工作起算日" in page
    with acting(made.person):
        card = LEAVES.card(made.person)
        assert card is not None
        assert "余额 0 天" in card.said
    assert "待单位意见" in flat(phone.get(f"/me/leave/{row.pk}/"))
    phone.post(f"/me/leave/{row.pk}/", {"verb": "cancel"})
    assert only(made).state == S.CANCELLED
    assert balance(made, first.year) == 5


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"until_days": 13}, "余额5天，申请10天"),
        ({"hour_from": "09:00"}, "起止时间都要填"),
        ({"hour_from": "09:00", "hour_until": "11:00"}, "不按小时"),
        ({"until_days": -1}, "结束应晚于开始"),
        ({"kind": "spouse"}, "请填写子女出生日期"),
        ({"first": "x"}, "请填写有效日期"),
        ({"kind": "holiday"}, "holiday"),
    ],
)
def test_what_cannot_be_asked_is_said_at_its_field(more: dict[str, Any], words: str) -> None:
    made, first = station(), monday()
    days = more.pop("until_days", 0) if "until_days" in more else 0
    said = form(first, first + days * DAY) | more
    answer = client_of(made.person).post("/me/leave/ask/", said)
    assert answer.status_code == 422
    assert words in flat(answer)
    with acting(made.hr):
        assert not LeaveRequest.objects.exists()


def test_the_unit_gives_its_opinion_the_head_approves_and_calls_back() -> None:
    made, first = station(), monday()
    row = ask(made, first, 2)
    unit, head = client_of(made.unit), client_of(made.head)
    page = f"/desk/leaves/{row.pk}/"
    assert "甲" in flat(unit.get("/desk/leaves/?state=asked"))
    assert "提出意见" in flat(unit.get(page))
    assert unit.post(page, {"verb": "advise", "agreed": "no", "advice": "", "confirmed": "1"}).status_code == 422
    unit.post(page, {"verb": "advise", "agreed": "yes", "advice": "", "confirmed": "1"})
    assert only(made).state == S.ADVISED
    assert "批准" in flat(head.get(page))
    head.post(page, {"verb": "approve", "basis": "", "confirmed": "1"})
    assert only(made).state == S.APPROVED
    assert "甲" in flat(unit.get(f"/desk/leaves/away/?year={first.year}&month={first.month}"))
    back = {"verb": "recall", "back_at": f"{first + DAY}T00:00", "reason": "重大活动安保", "confirmed": "1"}
    head.post(page, back)
    assert (only(made).state, only(made).days) == (S.RECALLED, 1)
    assert head.post(page, back).status_code == 302
    assert only(made).days == 1


def test_refused_leave_tells_the_other_time_on_the_phone() -> None:
    made, first = station(), monday()
    row = advise(made, ask(made, first, 2))
    head = client_of(made.head)
    said = {"verb": "refuse", "ground": "dates", "answer": "重大活动安保", "confirmed": "1"}
    refused = head.post(f"/desk/leaves/{row.pk}/", said)
    assert refused.status_code == 422
    assert "请写明另行安排的时间" in flat(refused)
    later = {"offered_from": f"{first + 14 * DAY}", "offered_until": f"{first + 15 * DAY}"}
    head.post(f"/desk/leaves/{row.pk}/", said | later)
    page = flat(client_of(made.person).get(f"/me/leave/{row.pk}/"))
    assert "重大活动安保" in page
    assert f"{first + 14 * DAY}" in page


def test_papers_are_recorded_the_year_is_granted_corrected_and_ended() -> None:
    made = station()
    year = today().year
    hr, head = client_of(made.hr), client_of(made.head)
    answer = hr.post(f"/desk/leave-years/engagements/{made.engagement.pk}/record/", {"source": "档案"})
    assert answer.status_code == 422
    hr.post(
        f"/desk/leave-years/engagements/{made.engagement.pk}/record/",
        {"since": f"{year - 12}-01-05", "continuous": "yes", "source": "社会保险缴费记录"},
    )
    with acting(made.hr):
        assert WorkRecord.objects.get().continuous is True
    assert "10" in flat(hr.get("/desk/leave-years/"))
    hr.post(f"/desk/leave-years/?year={year - 1}")
    with acting(made.hr):
        now, last = LeaveYear.objects.order_by("-year")
    assert (now.year, last.year, last.balance) == (year, year - 1, 10)
    head.post(f"/desk/leave-years/{now.pk}/correct/", {"days": "-2", "reason": "上线以前已休"})
    assert balance(made, year) == 8
    assert "年度结转" in flat(head.get(f"/desk/leave-years/{last.pk}/"))
    assert (
        head.post(
            f"/desk/leave-years/{last.pk}/settle/", {"carried": "11", "waived": "0", "reason": "安保"}
        ).status_code
        == 422
    )
    head.post(f"/desk/leave-years/{last.pk}/settle/", {"carried": "4", "waived": "0", "reason": "安保"})
    assert (balance(made, year - 1), balance(made, year)) == (0, 12)
    assert "每天按日工资的300%支付" in flat(head.get(f"/desk/leave-years/{last.pk}/"))
    assert client_of(made.hr).get(f"/desk/leave-years/{now.pk}/correct/").status_code == 403


def test_the_clerk_asks_from_a_paper_and_the_file_shows_it() -> None:
    made, first = station(), monday()
    proven(made, date(2010, 1, 5))
    hr = client_of(made.hr)
    hr.post(f"/desk/leaves/engagements/{made.engagement.pk}/ask/", form(first, first, "personal", reason="家中有事"))
    assert not only(made).own
    page = flat(hr.get(f"/desk/people/{made.engagement.person_id}/?tab=leave"))
    assert "事假" in page
    assert "家中有事" not in page
    page = f"/desk/leaves/{only(made).pk}/"
    assert "家中有事" not in flat(hr.get(page))
    assert hr.post(page, {"act": "read", "reason": ""}).status_code == 422
    assert "家中有事" in flat(hr.post(page, {"act": "read", "reason": "核对申请"}))
    with acting(made.hr):
        assert Reading.objects.get(what="请假事由").reason == "核对申请"
    assert "家中有事" not in flat(client_of(made.unit).post(page, {"act": "read", "reason": "看看"}))


def test_another_bureau_finds_nothing_and_a_stranger_unit_sees_no_request() -> None:
    made, other = station(), station(("乙",), code=YANTING)
    row, year = taken(made, monday()), account(made, monday().year)
    for who in (other.hr, other.head, other.unit):
        assert client_of(who).get(f"/desk/leaves/{row.pk}/").status_code == 404
    assert client_of(other.head).get(f"/desk/leave-years/{year.pk}/").status_code == 404
    assert client_of(other.person).get(f"/me/leave/{row.pk}/").status_code == 404
    assert client_of(made.unit).get("/desk/leave-years/").status_code == 403
