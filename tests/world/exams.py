"""The written exam: its room, its tickets, its door."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from fujing.recruitment.exams.attendance import invigilator_name
from fujing.recruitment.exams.models import Sitting
from fujing.recruitment.exams.services import Hall, seats_assign, sitting_arrange, sitting_move
from fujing.registry.models import Account
from tests.world.made import County


def arranged(made: County, *, capacity: int = 30) -> Sitting:
    """The written exam in one room, two days from now, places not drawn yet."""
    starts = timezone.now() + timedelta(days=2)
    return sitting_arrange(
        actor=made.hr,
        campaign=made.campaign,
        stage="written",
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        place=f"{made.application.name}中学",
        rooms=[Hall("第一考场", capacity)],
    )


def sit(made: County) -> Sitting:
    """The same with tickets out and somebody named for the door."""
    sitting = arranged(made)
    seats_assign(actor=made.hr, sitting=sitting)
    account = Account.objects.get(pk=made.checkers[0].account_id)
    invigilator_name(actor=made.hr, sitting=sitting, account=account)
    return sitting_move(actor=made.hr, sitting=sitting, verb="release")
