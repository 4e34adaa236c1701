"""The moves of an application and of a background check, as the database holds them."""

from __future__ import annotations

from itertools import product

import pytest
from django.db import transaction

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.kernel.refusals import Refusal, speaking
from fujing.kernel.transitions import TransitionTable
from fujing.recruitment.applications.models import Application
from fujing.recruitment.applications.states import APPLICATION
from fujing.recruitment.background.models import BackgroundCheck
from fujing.recruitment.background.states import CHECK
from tests.recruitment.applications import made


def test_who_moves_an_application_is_an_applicant_or_a_reviewer_and_never_both() -> None:
    for move in APPLICATION.transitions:
        reviewing = move.verb in {"return", "qualify", "reject"}
        expected = (
            ("hr_head",) if move.verb == "correct" else ("hr_officer", "hr_head") if reviewing else ("applicant",)
        )
        assert move.roles == expected


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
        if table is APPLICATION:  # nobody reviewed what was only handed in
            filled["reviewed_by"] = "某人" if state in {"returned", "qualified", "rejected"} else ""
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
        Application.objects.filter(pk=row.pk).update(missing=["major"], complete_until=today())
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
