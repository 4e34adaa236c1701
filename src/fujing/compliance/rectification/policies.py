"""Who may take a step: the side that the step belongs to, and nobody else."""

from __future__ import annotations

from fujing.compliance.rectification.models import Notice
from fujing.compliance.rectification.queries import subjects_below
from fujing.compliance.rectification.states import DRAFTERS, NOTICE, RUNNING, NoticeState, Side, side_of
from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.policies import asking
from fujing.kernel.refusals import NotAllowed, Refusal
from fujing.kernel.transitions import Transition
from fujing.registry.models import Organ
from fujing.registry.states import OrganKind


def sides(notice: Notice) -> dict[Side, int | None]:
    """The organ on each side of a notice; the province has no superior."""
    superior = Organ.objects.filter(pk=notice.issuer_code).values_list("parent_id", flat=True).first()
    return {Side.ISSUER: notice.issuer_code, Side.SUBJECT: notice.subject_code, Side.SUPERIOR: superior}


def check_step(actor: Actor, notice: Notice, verb: str) -> Transition:
    """The move for a verb. Refuses a wrong state, another side (403), a wrong role (403), and urging before overdue."""
    move = NOTICE.check(actor, notice.state, verb)
    if actor.organ_code is None or actor.organ_code != sides(notice)[side_of(verb)]:
        raise NotAllowed(f"此步骤由{side_of(verb).label}办理。", provisions=("5.p2",))
    if verb == "urge" and not is_overdue(notice):
        raise Refusal(f"期限到 {notice.due_on} 届满，尚未逾期，不需催办。", provisions=("5.p2",))
    return move


def is_overdue(notice: Notice) -> bool:
    """Whether an answer is owed and its last day is over."""
    return notice.due_on is not None and notice.state in RUNNING and notice.due_on < today()


def moves_of(actor: Actor, notice: Notice) -> list[Transition]:
    """Steps that the actor may take now, in the order of the table: the page's buttons."""
    at = sides(notice)
    return [
        move
        for move in NOTICE.open_to(actor, notice.state)
        if actor.organ_code == at[side_of(move.verb)] and (move.verb != "urge" or is_overdue(notice))
    ]


def check_draft_notice(actor: Actor) -> None:
    """Who draws up notices, in an organ with bureaus below it."""
    actor.need(*DRAFTERS)
    if not subjects_below(actor.organ_code or 0).exists():
        raise NotAllowed("本机关没有下级公安机关，不能发出督导整改通知。", provisions=("5.p2",))


def check_send_to(actor: Actor, subject: Organ) -> None:
    """A notice goes to a bureau below the actor's own."""
    actor.need(*DRAFTERS)
    superiors = {subject.parent_id, subject.parent.parent_id if subject.parent else None}
    if subject.kind != OrganKind.PUBLIC_SECURITY or actor.organ_code not in superiors:
        raise NotAllowed(f"{subject.name}不是本机关的下级公安机关，不能向其发出督导整改通知。", provisions=("5.p2",))


def check_revise_notice(actor: Actor, notice: Notice) -> None:
    """Only the issuer changes a notice, and only before it is sent."""
    actor.need(*DRAFTERS)
    if actor.organ_code != notice.issuer_code:
        raise NotAllowed("只有发出机关可以改动通知。", provisions=("5.p2",))
    if notice.state != NoticeState.DRAFT:
        raise Refusal("通知发出后内容不得改动，可撤回后重新发出。", provisions=("5.p2",))


can_step = asking(check_step)
can_draft_notice = asking(check_draft_notice)
can_send_to = asking(check_send_to)
can_revise_notice = asking(check_revise_notice)
