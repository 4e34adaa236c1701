"""Who asks for leave, who gives an opinion, and who decides (Article 36). Three people for each request."""

from __future__ import annotations

from fujing.kernel.actor import Actor
from fujing.kernel.policies import asking
from fujing.kernel.refusals import NotAllowed
from fujing.registry.models import Engagement, bureau_of
from fujing.safeguards.leave.models import LeaveRequest
from fujing.safeguards.leave.states import DECIDERS, HR, UNIT

FOR = ("36",)


def check_keep_leave(actor: Actor) -> None:
    """Who keeps accounts and enters requests for others, in whichever bureau."""
    actor.need(*HR)


def check_keep_leave_of(actor: Actor, organ_code: int) -> None:
    """The personnel of the bureau that employs somebody."""
    check_keep_leave(actor)
    _check_own(actor, organ_code)


def check_correct_leave(actor: Actor, organ_code: int) -> None:
    """The head of personnel corrects the ledger."""
    actor.need("hr_head")
    _check_own(actor, organ_code)


def check_cancel_leave(actor: Actor, request: LeaveRequest) -> None:
    """The person, or the personnel for them."""
    if actor.person_id is not None:
        _check_oneself(actor, request.person_id)
    else:
        check_keep_leave_of(actor, request.organ_code)


def check_advise_leave(actor: Actor, request: LeaveRequest) -> None:
    """The leader of the person's unit; the personnel of the bureau where no unit is on record. Never who asked."""
    if request.unit_id is None:
        check_keep_leave_of(actor, request.organ_code)
    else:
        actor.need(*UNIT)
        if actor.organ_code != request.unit_id:
            raise NotAllowed("由此人的用人单位负责人提出意见。", provisions=FOR)
    if actor.account_id == request.asked_by_id:
        raise NotAllowed("代为申请的人不能提出单位意见，应由另一人办理。", provisions=FOR)


def check_decide_leave(actor: Actor, request: LeaveRequest) -> None:
    """The head of personnel or the leader of the bureau, who neither asked nor gave the opinion."""
    actor.need(*DECIDERS)
    _check_own(actor, request.organ_code)
    if actor.account_id in (request.asked_by_id, request.advised_by_id) or actor.person_id == request.person_id:
        raise NotAllowed("申请或者提出意见的人不能批准，应由另一名负责人办理。", provisions=FOR)


def check_recall(actor: Actor, request: LeaveRequest) -> None:
    """Who decides in the bureau sees to it that somebody is back."""
    actor.need(*DECIDERS)
    _check_own(actor, request.organ_code)


def check_read_leave(actor: Actor, organ_code: int) -> None:
    """Reasons and papers are read by the personnel and by who decides, in the bureau."""
    actor.need(*HR, *DECIDERS)
    _check_own(actor, organ_code)


def check_ask_for(actor: Actor, engagement: Engagement) -> None:
    """The person for themself, or the personnel of the bureau from a paper."""
    if actor.person_id is not None:
        _check_oneself(actor, engagement.person_id)
    else:
        check_keep_leave_of(actor, engagement.organ_code)


def _check_oneself(actor: Actor, person_id: int) -> None:
    """Only the person, by their own sign-in."""
    if actor.person_id is None or actor.person_id != person_id:
        raise NotAllowed("只能由本人登录办理。", provisions=FOR)


def _check_own(actor: Actor, organ_code: int) -> None:
    if actor.organ_code != organ_code or bureau_of(organ_code) != organ_code:
        raise NotAllowed("请假由管理此人的公安机关办理。", provisions=FOR)


can_keep_leave = asking(check_keep_leave)
can_keep_leave_of = asking(check_keep_leave_of)
can_correct_leave = asking(check_correct_leave)
can_cancel_leave = asking(check_cancel_leave)
can_advise_leave = asking(check_advise_leave)
can_decide_leave = asking(check_decide_leave)
can_read_leave = asking(check_read_leave)
can_recall = asking(check_recall)
can_ask_for = asking(check_ask_for)
