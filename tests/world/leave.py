"""Somebody of the county whose papers are seen, whose balance was corrected, and who asks for leave."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.safeguards.leave.ledger import leave_correct
from fujing.safeguards.leave.models import LeaveYear
from fujing.safeguards.leave.queries import moment
from fujing.safeguards.leave.services import Asked, leave_ask, work_record
from tests.world.made import County


def rest(made: County) -> None:
    """Who was hired asks for two days of sick leave by the clerk."""
    assert made.engagement is not None
    with acting(made.hr):
        work_record(
            actor=made.hr,
            engagement=made.engagement,
            since=date(2010, 1, 1),
            continuous=True,
            source="社会保险缴费记录",
        )
        begins = moment(today())
        leave_ask(
            actor=made.hr,
            engagement=made.engagement,
            asked=Asked("sick", begins, begins + timedelta(days=2), reason="感冒发烧"),
        )
    with acting(made.head):
        account = LeaveYear.objects.get(engagement=made.engagement)
        leave_correct(actor=made.head, account=account, days=Decimal(1), reason="补记上线以前的天数")
