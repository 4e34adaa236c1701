"""Who may act on exams: who arranges them, who stands at the door, who sat."""

from __future__ import annotations

from fujing.kernel.actor import Actor
from fujing.kernel.policies import asking
from fujing.kernel.refusals import NotAllowed
from fujing.recruitment.campaigns.policies import only_the_organ
from fujing.recruitment.exams.models import Seat
from fujing.recruitment.exams.queries import stands_at
from fujing.recruitment.exams.states import HR


def check_arrange(actor: Actor, organ_code: int) -> None:
    """Only the recruiting organ's personnel people, a superior's neither (17.p1)."""
    actor.need(*HR)
    only_the_organ(actor, organ_code, "办理考务")


def check_mark(actor: Actor, seat: Seat) -> None:
    """Who marks a seat: the recruiting organ's, or who was named for that room or sitting."""
    if not can_arrange(actor, seat.organ_code) and not stands_at(actor, seat):
        raise NotAllowed("只有招聘机关的经办和这个考场的监考人可以登记到考情况。", provisions=("21.p1",))


def check_answer_misconduct(actor: Actor, seat: Seat) -> None:
    """Only who sat there answers what was recorded."""
    if seat.account_id != actor.account_id:
        raise NotAllowed("只有本人可以陈述。", provisions=("21.p1",))


can_arrange = asking(check_arrange)
can_mark = asking(check_mark)
can_answer_misconduct = asking(check_answer_misconduct)
