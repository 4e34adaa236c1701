"""The accused's side: what they are told, and their statement, sealed as it is sent (Article 31)."""

from __future__ import annotations

from django.db.models import QuerySet

from fujing.kernel import boxes
from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.locks import relocked
from fujing.kernel.refusals import existing, stated
from fujing.management.complaints.models import Hearing
from fujing.management.complaints.policies import check_state
from fujing.management.complaints.sealing import STATEMENT
from fujing.management.complaints.states import HEARD_OUT


def own_hearings(actor: Actor) -> QuerySet[Hearing]:
    """What the actor was asked to answer to, the latest first."""
    return Hearing.objects.filter(person_id=actor.person_id or 0).order_by("-pk")


def own_hearing(actor: Actor, pk: int) -> Hearing:
    """One of them, or 404."""
    return existing(own_hearings(actor).filter(pk=pk).first(), "没有这份陈述通知")


def statement_give(*, actor: Actor, hearing: Hearing, text: str) -> Hearing:
    """The accused's own statement: sealed to the readers, not read again by anybody else."""
    check_state(actor, hearing)
    return hearing_end(actor=actor, hearing=hearing, verb="state", text=text)


def hearing_end(*, actor: Actor, hearing: Hearing, verb: str, text: str) -> Hearing:
    """End a hearing by a statement or by its recorded refusal."""
    row = relocked(hearing)
    move = HEARD_OUT.check(actor, row.state, verb)
    text = stated(text, "text", "请填写内容。", refusal="没有提交。", provisions=("31",))
    row.statement = boxes.sealed(bytes(row.file_key), text.encode(), f"{STATEMENT} {row.pk}")
    row.state, row.ended_on, row.ended_by = move.target, today(), actor.name
    row.save(update_fields=["statement", "state", "ended_on", "ended_by"])
    return row


def statement_read(private: bytes, hearing: Hearing) -> str:
    """What was stated, for whoever has the file's key. Raises Sealed."""
    return boxes.unsealed(private, bytes(hearing.statement or b""), f"{STATEMENT} {hearing.pk}").decode()
