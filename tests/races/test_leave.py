"""Two requests for the last days at the same moment, and an approval beside another (Article 36)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fujing.kernel.actor import acting
from fujing.kernel.calendar import arrangements as read
from fujing.kernel.refusals import Refusal
from fujing.safeguards.leave.ledger import leave_correct
from fujing.safeguards.leave.models import LeaveRequest, LeaveYear
from fujing.safeguards.leave.services import leave_ask
from tests.races.overlap import Act, overlapping
from tests.safeguards.leaves import Station, account, arrangements, asked, balance, monday, station

pytestmark = pytest.mark.race


@pytest.fixture(autouse=True)
def arranged(settings: Any, tmp_path: Path) -> None:
    settings.HOLIDAYS = arrangements(tmp_path)
    read.cache_clear()


def asking(made: Station, weeks: int) -> Act:
    """The person asks for the whole five days of a week."""

    def act() -> object:
        return leave_ask(actor=made.person, engagement=made.engagement, asked=asked(monday(weeks), 5))

    return made.person, act


def test_the_last_days_go_to_one_of_two_requests(committed: None) -> None:
    made = station()
    got, told = overlapping(asking(made, 1), asking(made, 2))
    assert isinstance(got, LeaveRequest)
    assert isinstance(told, Refusal)
    assert "余额" in str(told.errors) + told.message
    assert balance(made, monday().year) == 0


def test_two_corrections_at_once_are_both_booked_and_never_overdraw(committed: None) -> None:
    made = station()
    row = account(made, monday().year)

    def correcting(days: int) -> Act:
        return made.head, lambda: leave_correct(actor=made.head, account=row, days=days, reason="核对")  # type: ignore[arg-type]

    got, told = overlapping(correcting(-3), correcting(-3))
    assert not isinstance(got, Refusal)
    assert isinstance(told, Refusal)
    with acting(made.hr):
        assert LeaveYear.objects.get(pk=row.pk).balance == 2
