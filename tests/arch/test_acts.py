"""Every step says what follows, is confirmed where it can't be undone, stands on a page, and waits for somebody."""

from __future__ import annotations

from importlib import import_module
from pkgutil import walk_packages

import pytest

import fujing
from fujing.kernel.transitions import TransitionTable
from fujing.web.acts import Deeds
from fujing.web.desk.chapters import WINGS
from tests.arch.test_transition_tables import tables

# Told on their approval page, by the form that decides: filled in with it.
DECIDED_ON_APPROVAL_PAGES = {"plan", "plan_task", "budget", "consent"}
TABLES = [table for table in tables() if table.name not in DECIDED_ON_APPROVAL_PAGES]
# Tables whose buttons stand in the rows of a page that asks more than one field for each.
IN_ROWS = {
    "attendance": "登记到考的页面按每个座位列出（web/desk/recruitment/door.py）",
    "score_entry": "双录的页面按每次录入列出（web/desk/recruitment/entries.py）",
    "hire": "聘用和放弃各有一页（web/desk/recruitment/hiring.py）",
}
# States from which somebody may move a row, and nothing waits: why.
NOBODY_WAITS = {
    ("application", "draft"): "本人还在填写，提交不提交由本人决定",
    ("application", "qualified"): "只有更正和放弃，都不是必须的",
    ("application", "rejected"): "只有更正，不是必须的",
    ("application", "withdrawn"): "重新报名由本人决定",
    ("attendance", "expected"): "未登记的座位由考试的待办提醒",
    ("attendance", "present"): "只有更正",
    ("attendance", "absent"): "只有更正",
    ("attendance", "misconduct"): "只有更正",
    ("guidance", "published"): "废止不是必须的",
    ("score_entry", "waiting"): "第二次录入在同一页面等待核对，由录入人自己安排",
    ("plan", "draft"): "拟定人还在填写",
    ("plan", "approved"): "调整计划不是必须的",
    ("budget", "draft"): "拟定人还在填写",
    ("budget", "returned"): "由经费预算页面列出",
    ("budget", "issued"): "调整预算不是必须的",
    ("consent", "passed"): "收回同意不是必须的",
}
OWN = {("plan", "returned"): "plan_returned"}


def modules(ending: str) -> list[object]:
    names = [found.name for found in walk_packages(fujing.__path__, "fujing.")]
    return [import_module(name) for name in names if name.startswith("fujing.web") or name.endswith(ending)]


def deeds() -> list[Deeds]:
    """What every page carries out."""
    found = {id(value): value for module in modules(".acts") for value in vars(module).values()}
    return [value for value in found.values() if isinstance(value, Deeds)]


def kinds() -> dict[tuple[str, str], str]:
    """By table and state: the kind of to-do that the section's `todos.py` gives."""
    found = {}
    for name in [each.name for each in walk_packages(fujing.__path__, "fujing.") if each.name.endswith(".todos")]:
        for table, states in getattr(import_module(name), "KINDS", {}).items():
            found |= {(table, state): kind for state, kind in states.items()}
    return found


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_step_says_what_follows(table: TransitionTable) -> None:
    assert [f"{move.source} {move.verb}" for move in table.transitions if not move.follows.endswith("。")] == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_what_cant_be_undone_is_looked_at_twice(table: TransitionTable) -> None:
    assert [f"{move.source} {move.verb}" for move in table.transitions if not move.undo and not move.second_look] == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_verb_has_a_button_or_a_reason_why_not(table: TransitionTable) -> None:
    verbs = {move.verb for move in table.transitions}
    pages = [each for each in deeds() if each.table is table]
    if table.name in IN_ROWS:
        assert not pages
        return
    offered = {verb for each in pages for verb in (*each.of, *each.links)}
    explained = {verb: why for each in pages for verb, why in each.elsewhere.items()}
    assert verbs - offered - explained.keys() == set()
    assert all(why.endswith("。") for why in explained.values())


def test_no_page_offers_a_verb_that_its_table_does_not_have() -> None:
    for each in deeds():
        verbs = {move.verb for move in each.table.transitions}
        assert {*each.of, *each.elsewhere, *each.links} <= verbs, each.table.name


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)
def test_every_state_with_a_next_actor_waits_for_somebody_or_says_why_not(table: TransitionTable) -> None:
    known = {**kinds(), **OWN}
    for state in {move.source for move in table.transitions if move.roles and move.verb not in {"withdraw", "cancel"}}:
        key = (table.name, str(state))
        assert (key in known) != (key in NOBODY_WAITS), key


def test_every_kind_of_todo_has_its_page() -> None:
    places = {kind for wing in WINGS for kind in wing.todos}
    assert set(kinds().values()) <= places
