"""The rule book of duty orders, in the order of formats/duties: each rule gives one finding an order at most."""

from __future__ import annotations

from dataclasses import dataclass

from fujing.law.duties import ordered, sent
from fujing.law.duties.told import Case, Judge


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the book. `plan` and `roster`: columns without which it isn't asked."""

    id: str
    judge: Judge
    plan: frozenset[str] = frozenset()
    roster: frozenset[str] = frozenset()
    about_person: bool = False
    """Asked only of somebody who is on the roster."""

    def asked(self, case: Case) -> bool:
        """Whether the files say enough for it to be asked."""
        if self.about_person and case.person is None:
            return False
        return self.plan <= case.columns and self.roster <= case.roster_columns


def _rule(judge: Judge, plan: str = "", roster: str = "", about_person: bool = False) -> Rule:
    return Rule(f"duty.{judge.__name__}", judge, frozenset(plan.split()), frozenset(roster.split()), about_person)


EXCLUDED = _rule(sent.excluded, about_person=True)
RULES = (
    _rule(sent.person, "id_number"),
    _rule(ordered.item, "item"),
    _rule(sent.category, "item", "category", about_person=True),
    _rule(ordered.commander, "commander"),
    _rule(ordered.mode, "mode"),
    _rule(ordered.part, "part"),
    _rule(ordered.led, "commander item"),
    _rule(ordered.overlap),
    _rule(sent.induction, roster="inducted_on", about_person=True),
    _rule(sent.card, about_person=True),
    _rule(sent.qualification, "needs", "qualifications", about_person=True),
    _rule(sent.leave),
    _rule(sent.recusal),
    _rule(sent.driving, "drives"),
    _rule(ordered.restraint, "restraint"),
    _rule(ordered.prohibited, "text"),
)
"""In the order of the page; each gives one finding an order at most."""
