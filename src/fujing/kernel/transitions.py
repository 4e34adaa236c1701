"""Transition tables: one declaration makes the trigger, the checks, the buttons and the diagram."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypedDict

import pgtrigger

from fujing.kernel.actor import Actor
from fujing.kernel.refusals import RAISED, NotAllowed, Refusal
from fujing.kernel.triggers import listed


class Told(TypedDict, total=False):
    """What several transitions say alike of an act; the fields are those of `Transition`."""

    follows: str
    undo: str
    reason: bool
    second_look: bool


@dataclass(frozen=True, slots=True)
class Transition:
    """From `source` by `verb` to `target`, open to any of `roles`, as `provision` provides.

    `follows` says in a sentence what happens then, `undo` how it can be taken back (empty: it can't), `reason` whether
    the act asks why, `second_look` whether the person confirms it on a page that shows whom it touches.
    """

    source: str
    verb: str
    target: str
    roles: tuple[str, ...]
    provision: str
    label: str = ""
    follows: str = ""
    undo: str = ""
    reason: bool = False
    second_look: bool = False

    def open_to(self, actor: Actor) -> bool:
        """Whether the actor's roles may make this move; a move without roles is made by the system."""
        return actor.has(*self.roles)


class TransitionTable:
    """All lawful moves of one entity. `states` is the enum with Chinese labels; `initial` where a row may begin."""

    def __init__(self, name: str, states: type, initial: Iterable[str], transitions: Iterable[Transition]) -> None:
        self.name = name
        self.states = states
        self.initial = tuple(str(state) for state in initial)
        self.transitions = tuple(transitions)

    def label(self, state: str) -> str:
        """The state as officers read it."""
        return str(self.states(state).label)  # type: ignore[call-arg]

    def from_state(self, state: str) -> list[Transition]:
        """Moves that start in a state, in the order of the table."""
        return [move for move in self.transitions if move.source == state]

    def open_to(self, actor: Actor, state: str) -> list[Transition]:
        """Moves that the actor's roles may make from a state: the page's buttons."""
        return [move for move in self.from_state(state) if move.open_to(actor)]

    def check(self, actor: Actor, state: str, verb: str) -> Transition:
        """The move for a verb; refuses with the state's name when it does not start here, 403 for a wrong role."""
        moves = [move for move in self.from_state(state) if move.verb == verb]
        if not moves:
            raise Refusal(f"当前状态为“{self.label(state)}”，不能办理此步骤。", provisions=self.provisions(verb))
        for move in moves:
            if move.open_to(actor):
                return move
        raise NotAllowed("您的账号没有办理此步骤的权限。", provisions=self.provisions(verb))

    def reachable(self, state: str) -> set[str]:
        """States that can still come after this one, itself excluded unless it comes back."""
        found: set[str] = set()
        edge = {state}
        while edge:
            edge = {str(move.target) for move in self.transitions if move.source in edge} - found
            found |= edge
        return found

    def told(self, source: str, target: str) -> str:
        """What happened between two states, in the table's own words; empty if no move leads there."""
        labels = (move.label for move in self.transitions if (move.source, move.target) == (source, target))
        return next(labels, "")

    def provisions(self, verb: str) -> tuple[str, ...]:
        """Provisions behind a verb."""
        return tuple(sorted({move.provision for move in self.transitions if move.verb == verb and move.provision}))

    def trigger(self, field: str = "state") -> pgtrigger.Trigger:
        """Refuses, in the database, a row that begins elsewhere or moves otherwise."""
        pairs = " OR ".join(
            f"(OLD.{field} = '{source}' AND NEW.{field} = '{target}')"
            for source, target in sorted({(move.source, move.target) for move in self.transitions})
        )
        initial = listed(self.initial)
        return pgtrigger.Trigger(
            name=f"{self.name}_moves",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.Update,
            func=f"""
            IF TG_OP = 'INSERT' THEN
                IF NEW.{field} NOT IN ({initial}) THEN
                    RAISE EXCEPTION '不能从“%”状态开始。', NEW.{field} USING ERRCODE = '{RAISED}';
                END IF;
            ELSIF NEW.{field} IS DISTINCT FROM OLD.{field} AND NOT ({pairs}) THEN
                RAISE EXCEPTION '不能从“%”变为“%”。', OLD.{field}, NEW.{field} USING ERRCODE = '{RAISED}';
            END IF;
            RETURN NEW;
            """,
        )

    def mermaid(self) -> str:
        """The table as a state diagram for docs."""
        lines = ["stateDiagram-v2"]
        lines += [f"    {state.value}: {state.label}" for state in self.states]  # type: ignore[attr-defined]
        lines += [f"    [*] --> {state}" for state in self.initial]
        lines += [
            f"    {move.source} --> {move.target}: {move.label or move.verb}（{'、'.join(move.roles)}）"
            for move in self.transitions
        ]
        return "\n".join(lines)
