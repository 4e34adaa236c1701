"""People of the bureau itself without unit or responsible officer today (5.p1)."""

from __future__ import annotations

from collections.abc import Iterator

from fujing.compliance.oversight.gaps import lacking_counts
from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.todos import Todo
from fujing.registry.policies import can_lead


def gap_todos(actor: Actor) -> Iterator[Todo]:
    """Counted as the page behind each, where unit and officer are given."""
    code = actor.organ_code or 0
    if not can_lead(actor) or code % 10**6:
        return
    counts = lacking_counts(code, code + 10**6 - 1, today())
    for name, what in (("unit", "在职人员没有用人单位"), ("officer", "在职人员没有责任民警")):
        count = counts[name]
        yield Todo(f"without_{name}", count, what, total=f"共 {count} 人", provision="5.p1")
