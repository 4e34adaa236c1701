"""Every step says what follows, is confirmed where it can't be undone, stands on a page, and waits for somebody."""

from __future__ import annotations

from importlib import import_module
from pkgutil import walk_packages
from typing import TypeVar

import pytest

import fujing
from fujing.kernel.transitions import TransitionTable
from fujing.web.acts import Deeds
from fujing.web.desk.approvals import Approval
from fujing.web.desk.chapters import WINGS
from tests.arch.test_transition_tables import tables

T = TypeVar("T")
# An answer is a row of its own that moves together with what it is about, by the verbs of that table.
ANSWERS_TO = {"plan_task": "plan", "budget_task": "budget"}
TABLES = [table for table in tables() if table.name not in ANSWERS_TO]
# Tables whose buttons stand in the rows of a page that asks more than one field for each.
IN_ROWS = {
    "attendance": "登记到考的页面按每个座位列出（web/desk/recruitment/door.py）",
    "score_entry": "双录的页面按每次录入列出（web/desk/recruitment/entries.py）",
    "hire": "聘用和放弃各有一页（web/desk/recruitment/hiring.py）",
}
# States from which somebody may move a row, and nothing waits: why.
NOBODY_WAITS = {
    ("complaint", "declined"): "重新审查不是必须的",
    ("complaint", "answered"): "重新调查不是必须的",
    ("appraisal_sheet", "scored"): "考核批次的待办提醒拟定等次",
    ("appraisal_sheet", "ungraded"): "重新列入不是必须的",
    ("application", "draft"): "本人还在填写，提交不提交由本人决定",
    ("application", "qualified"): "只有更正和放弃，都不是必须的",
    ("application", "rejected"): "只有更正，不是必须的",
    ("application", "withdrawn"): "重新报名由本人决定",
    ("attendance", "expected"): "未登记的座位由考试的待办提醒",
    ("attendance", "present"): "只有更正",
    ("attendance", "absent"): "只有更正",
    ("attendance", "misconduct"): "只有更正",
    ("guidance", "published"): "废止不是必须的",
    ("roster_import", "imported"): "撤回导入不是必须的",
    ("score_entry", "waiting"): "第二次录入在同一页面等待核对，由录入人自己安排",
    ("plan", "draft"): "拟定人还在填写",
    ("plan", "approved"): "调整计划不是必须的",
    ("budget", "draft"): "拟定人还在填写",
    ("plan", "withdrawn"): "撤回的是否再报由拟定人决定",
    ("budget", "withdrawn"): "撤回的是否再报由拟定人决定",
    ("budget", "issued"): "调整预算不是必须的",
    ("consent", "passed"): "收回同意不是必须的",
    ("card", "valid"): "停用、挂失和收回都不是必须的",
    ("holding", "held"): "交回、遗失和报废都不是必须的",
    ("holding", "lost"): "找回不是必须的",
    ("discipline_scheme", "confirmed"): "停用不是必须的",
    ("discipline_hearing", "told"): "随案卷的待办提醒",
    ("card", "suspended"): "何时恢复由停止执勤的处理决定",
}
OWN = {("plan", "returned"): "plan_returned"}


def modules(ending: str) -> list[object]:
    names = [found.name for found in walk_packages(fujing.__path__, "fujing.")]
    return [import_module(name) for name in names if name.startswith("fujing.web") or name.endswith(ending)]


def declared(kind: type[T]) -> list[T]:
    """What the pages declare of a kind: Deeds of any page, Approval of those that decide."""
    found = {id(value): value for module in modules(".acts") for value in vars(module).values()}
    return [value for value in found.values() if isinstance(value, kind)]


def kinds() -> dict[tuple[str, str], str]:
    """By table and state: the kind of to-do that the section's `todos.py` gives."""
    found = {}
    for name in [each.name for each in walk_packages(fujing.__path__, "fujing.") if each.name.endswith(".todos")]:
        for table, states in getattr(import_module(name), "KINDS", {}).items():
            found |= {(table, state): kind for state, kind in states.items()}
    return found


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)
def test_every_step_says_what_follows(table: TransitionTable) -> None:
    assert [f"{move.source} {move.verb}" for move in table.transitions if not move.follows.endswith("。")] == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_what_cant_be_undone_is_looked_at_twice(table: TransitionTable) -> None:
    assert [f"{move.source} {move.verb}" for move in table.transitions if not move.undo and not move.second_look] == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_verb_has_a_button_or_a_reason_why_not(table: TransitionTable) -> None:
    verbs = {move.verb for move in table.transitions}
    pages = [each for each in declared(Deeds) if each.table is table]
    approvals = [each for each in declared(Approval) if each.table is table]
    if table.name in IN_ROWS:
        assert not pages
        return
    offered = {verb for each in pages for verb in (*each.of, *each.links)}
    offered |= {verb for each in approvals for verb in each.decides | each.own | each.links}
    explained = {verb: why for each in (*pages, *approvals) for verb, why in each.elsewhere.items()}
    assert verbs - offered - explained.keys() == set()
    assert all(why.endswith("。") for why in explained.values())


def test_no_page_offers_a_verb_that_its_table_does_not_have() -> None:
    for each in declared(Deeds):
        verbs = {move.verb for move in each.table.transitions}
        assert {*each.of, *each.elsewhere, *each.links} <= verbs, each.table.name
    for each in declared(Approval):
        verbs = {move.verb for move in each.table.transitions}
        assert each.own | each.links | {*each.elsewhere} <= verbs, each.table.name


@pytest.mark.parametrize(("answer", "subject"), ANSWERS_TO.items())
def test_an_answer_is_given_by_the_verbs_of_what_it_is_about(answer: str, subject: str) -> None:
    by_name = {table.name: table for table in tables()}
    given = {move.verb for move in by_name[answer].transitions if not move.roles}
    assert given == {move.verb for move in by_name[answer].transitions}
    # What nobody answers any more lapses with the withdrawal or with another's answer.
    known = {move.verb for move in by_name[subject].transitions} | {"lapse"}
    assert given - known <= {"refuse"}


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)
def test_every_state_with_a_next_actor_waits_for_somebody_or_says_why_not(table: TransitionTable) -> None:
    known = {**kinds(), **OWN}
    for state in {move.source for move in table.transitions if move.roles and move.verb not in {"withdraw", "cancel"}}:
        key = (table.name, str(state))
        assert (key in known) != (key in NOBODY_WAITS), key


def test_every_kind_of_todo_has_its_page() -> None:
    places = {kind for wing in WINGS for kind in wing.todos}
    assert set(kinds().values()) <= places
