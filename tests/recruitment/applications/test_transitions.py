"""Every role in every state with every verb, from the two tables; and the same by the database."""

from __future__ import annotations

from itertools import product

import pytest
from django.db import transaction

from fujing.kernel.actor import Actor, acting
from fujing.kernel.refusals import NotAllowed, Refusal, speaking
from fujing.kernel.transitions import TransitionTable
from fujing.recruitment.applications.models import Application, BackgroundCheck
from fujing.recruitment.applications.states import APPLICATION, CHECK
from fujing.registry.states import Role
from tests.recruitment.applications import made

TABLES = [APPLICATION, CHECK]


def combinations(table: TransitionTable) -> list[tuple[TransitionTable, str, str]]:
    verbs = dict.fromkeys(move.verb for move in table.transitions)
    return [(table, str(state), verb) for state, verb in product(table.states, verbs)]  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("table", "state", "verb"), [each for table in TABLES for each in combinations(table)],
    ids=lambda value: getattr(value, "name", value),
)  # fmt: skip
@pytest.mark.parametrize("role", list(Role))
def test_only_the_tables_roles_move(table: TransitionTable, state: str, verb: str, role: str) -> None:
    actor = Actor(name="某人", roles=frozenset({role}))
    moves = [move for move in table.transitions if (move.source, move.verb) == (state, verb)]
    if not moves:
        with pytest.raises(Refusal, match="当前状态为"):
            table.check(actor, state, verb)
    elif any(role in move.roles for move in moves):
        assert table.check(actor, state, verb) in moves
    else:
        with pytest.raises(NotAllowed):
            table.check(actor, state, verb)


def test_who_moves_an_application_is_an_applicant_or_a_reviewer_and_never_both() -> None:
    for move in APPLICATION.transitions:
        reviewing = move.verb in {"return", "qualify", "reject"}
        assert move.roles == (("hr_officer", "hr_head") if reviewing else ("applicant",))


@pytest.mark.parametrize("state", [str(each) for each in APPLICATION.states][1:])
@pytest.mark.django_db
def test_the_database_refuses_an_application_that_begins_late(state: str) -> None:
    draft, actor = made.application(made.campaign(), "draft")
    draft.pk, draft.state, draft.receipt = None, state, "NEWRECEIPT22"
    with acting(actor), pytest.raises(Refusal, match="不能从"), speaking(), transaction.atomic():
        draft.save(force_insert=True)


def _force(row: Application | BackgroundCheck, table: TransitionTable, source: str, target: str) -> None:
    """Write `target` over `source`, reached by lawful moves only, as an UPDATE that asks no service."""
    route = _route(table, source)
    objects = type(row).objects.filter(pk=row.pk)
    filled = {"submitted_at": "2026-01-22T09:00+08:00", "reviewed_by": "某人", "review_note": "理由"}
    if isinstance(row, BackgroundCheck):
        filled = {"told_at": "2026-01-22T09:00+08:00", "answer_until": "2026-02-01"}
    for state in [*route, target]:
        objects.update(state=state, **filled)


def _route(table: TransitionTable, goal: str) -> list[str]:
    """States on the shortest lawful way from the beginning to `goal`, without the first."""
    ways: list[list[str]] = [[state] for state in table.initial]
    for way in ways:
        if way[-1] == goal:
            return way[1:]
        ways += [[*way, move.target] for move in table.from_state(way[-1]) if move.target not in way]
    raise AssertionError(goal)


def pairs(table: TransitionTable) -> list[tuple[str, str]]:
    states = [str(state) for state in table.states]  # type: ignore[attr-defined]
    return [(source, target) for source, target in product(states, states) if source != target]


@pytest.mark.django_db
def test_the_database_moves_an_application_only_as_the_table_says() -> None:
    row, _ = made.application(made.campaign(), "draft")
    with acting(made.head()):
        _try_all(row, APPLICATION)


@pytest.mark.django_db
def test_the_database_moves_a_check_only_as_the_table_says() -> None:
    application, _ = made.application(made.campaign(), "qualified")
    check, _ = made.background(application)
    with acting(made.head()):
        _try_all(check, CHECK)


class Undone(Exception):
    """Ends an attempt so that the next begins from the same row."""


def _try_all(row: Application | BackgroundCheck, table: TransitionTable) -> None:
    lawful = {(move.source, move.target) for move in table.transitions}
    for source, target in pairs(table):
        outcome = "moved"
        try:
            with speaking(), transaction.atomic():
                _force(row, table, source, target)
                raise Undone
        except Undone:
            pass
        except Refusal as refusal:
            outcome = refusal.message
        expected = "moved" if (source, target) in lawful else f"不能从“{source}”变为“{target}”。"
        assert outcome == expected
