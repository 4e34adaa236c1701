"""What waits about rectification notices, on either side (5.p2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Value

from fujing.compliance.rectification.policies import is_overdue
from fujing.compliance.rectification.queries import waiting_notices
from fujing.compliance.rectification.states import ANSWERERS, DRAFTERS, SIGNERS
from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.todos import MOST, Todo
from fujing.registry.models import Organ

KINDS = {"rectification": dict.fromkeys(("draft", "sent", "received", "answered", "returned"), "notice")}
WORDS = {
    "send": (SIGNERS, "督导整改通知待发出"),
    "receive": (DRAFTERS, "督导整改通知待签收"),
    "answer": (ANSWERERS, "督导整改待答复"),
    "review": (SIGNERS, "整改答复待审核"),
    "overdue": (SIGNERS, "发出的通知逾期未答复"),
    "escalated": (SIGNERS, "下级通知逾期，待催办"),
}


def notice_todos(actor: Actor) -> Iterator[Todo]:
    """Notices that the actor's organ has to deal with, with the organ on the other side."""
    if not actor.has(*DRAFTERS):
        return
    found = _found(actor)
    own = actor.organ_code or 0
    others = {row.subject_code if row.issuer_code == own else row.issuer_code for row in found}
    names = dict(Organ.objects.filter(pk__in=others).values_list("code", "name")) if others else {}
    for row in found:
        # A deadline that is over while nothing is owed any more is nobody's.
        due = None if row.due_on and row.due_on < today() and not is_overdue(row) else row.due_on
        other = row.subject_code if row.issuer_code == own else row.issuer_code
        yield Todo(
            "notice",
            1,
            f"{WORDS[row.waits][1]}：{row.title}",
            row.pk,
            county=names.get(other, ""),
            provision="5.p2",
            due=due,
        )


def _found(actor: Actor) -> list[Any]:
    """Notices with the kind that they wait as (`waits`), at most MOST of each, in one query."""
    kinds = {kind: rows for kind, rows in waiting_notices(actor, today()).items() if actor.has(*WORDS[kind][0])}
    first, *others = (rows.annotate(waits=Value(kind))[:MOST] for kind, rows in kinds.items())
    order = list(kinds)
    return sorted(
        first.union(*others, all=True), key=lambda row: (order.index(row.waits), row.due_on or date.min, row.pk)
    )
