"""Every transition table: every role in every state with every verb moves as the table says, and not otherwise."""

from __future__ import annotations

from importlib import import_module
from itertools import product
from pkgutil import walk_packages

import pytest

import fujing
from fujing.kernel.actor import Actor
from fujing.kernel.refusals import NotAllowed, Refusal
from fujing.kernel.transitions import TransitionTable
from fujing.registry.states import Role


def tables() -> list[TransitionTable]:
    """All tables of the house: each section keeps its own in `states.py`."""
    names = [found.name for found in walk_packages(fujing.__path__, "fujing.")]
    rooms = [import_module(name) for name in names if name.endswith(".states")]
    found = {id(value): value for room in rooms for value in vars(room).values()}
    return [value for value in found.values() if isinstance(value, TransitionTable)]


def outcome(table: TransitionTable, role: str, state: str, verb: str) -> str:
    """The state that the role reaches, or how it is refused."""
    try:
        return table.check(Actor(name="某人", roles=frozenset({role})), state, verb).target
    except NotAllowed:
        return "403"
    except Refusal:
        return "409"


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)
def test_only_the_tables_roles_move(table: TransitionTable) -> None:
    verbs = {move.verb for move in table.transitions}
    for state, verb, role in product(map(str, table.states), verbs, Role):  # type: ignore[call-overload]
        moves = [move for move in table.transitions if (move.source, move.verb) == (state, verb)]
        expected = next((move.target for move in moves if role in move.roles), "403" if moves else "409")
        assert outcome(table, role, state, verb) == expected, (state, verb, role)


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)
def test_every_state_is_reached_and_every_role_exists(table: TransitionTable) -> None:
    reached = {*table.initial, *(move.target for move in table.transitions)}
    assert reached == set(map(str, table.states))  # type: ignore[call-overload]
    assert {role for move in table.transitions for role in move.roles} <= set(map(str, Role))
