"""Who may do what is said once: in the tables and policies of a section; pages ask."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import fujing
from fujing.kernel.policies import asking
from fujing.kernel.refusals import NotAllowed, Refusal
from fujing.registry.states import Role

SOURCE = Path(fujing.__file__).parent
NOBODY_DECIDES = {"recruitment/retention": "到期自动删除，没有人办理"}
# Where a role may stand by its name: tables and what goes with them, policies, and the doors of the pages.
ROOMS_OF_ROLES = ("states.py", "policies.py", "audience.py", "migrations")
OTHER_WORDS = {
    ("cli/demo/cast.py", None): "谁演哪个角色",
    ("cli/demo/recruitment.py", "applicant"): "演示的报名人",
    ("registry/seed.py", "hr_head"): "建立示例数据的账号",
    ("kernel/privacy.py", "applicant"): "资料是关于谁的",
    ("kernel/privacy.py", "auxiliary"): "资料是关于谁的",
    ("law/formats/roster.py", "discipline"): "教育的种类",
    ("law/complaints/readers.py", "discipline"): "被反映的是谁",
    ("law/complaints/readers.py", "auxiliary"): "被反映的是谁",
    ("management/training/apps.py", "training"): "章节的名称",
    ("management/discipline/apps.py", "discipline"): "章节的名称",
    ("general/budget/todos.py", "finance"): "预算的状态",
    ("recruitment/plans/todos.py", "finance"): "计划的状态",
}
# To-dos go to whom a table names; a seat's door is found by reading.
ASKS_ROLES = ("policies.py", "todos.py", "web/audience.py", "kernel/actor.py", "kernel/transitions.py")
READS_FOR = {"recruitment/exams/queries.py": "监考人只读自己的考场，没有指定的不读"}


def sections() -> list[str]:
    return sorted(str(path.parent.relative_to(SOURCE)) for path in SOURCE.rglob("services.py"))


def policies() -> list[ModuleType]:
    found = sorted(SOURCE.rglob("policies.py"))
    names = [".".join(path.relative_to(SOURCE).with_suffix("").parts) for path in found if path.parent.name != "kernel"]
    return [import_module(f"fujing.{name}") for name in names]


def sources() -> Iterator[tuple[str, ast.AST]]:
    for path in sorted(SOURCE.rglob("*.py")):
        yield str(path.relative_to(SOURCE)), ast.parse(path.read_text())


@pytest.mark.parametrize("section", sections())
def test_every_section_with_acts_has_its_policies(section: str) -> None:
    assert (SOURCE / section / "policies.py").exists() != (section in NOBODY_DECIDES)


@pytest.mark.parametrize("module", policies(), ids=lambda module: module.__name__)
def test_every_check_of_an_actor_has_its_question_that_asks_it(module: ModuleType) -> None:
    own = {name: value for name, value in vars(module).items() if getattr(value, "__module__", "") == module.__name__}
    checks = {name for name, value in own.items() if name.startswith("check_") and _first(value) == "actor"}
    assert checks
    for name in checks:
        can = getattr(module, name.replace("check_", "can_", 1), None)
        assert getattr(can, "__wrapped__", None) is own[name], name


def _first(function: object) -> str:
    return next(iter(inspect.signature(function).parameters), "")  # type: ignore[arg-type]


def test_a_role_is_named_only_in_tables_policies_and_doors() -> None:
    found = {
        (name, node.value)
        for name, tree in sources()
        if not any(room in name.split("/") for room in ROOMS_OF_ROLES)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and node.value in set(Role.values)
    }
    known = {name for name, word in OTHER_WORDS if word is None}
    assert {each for each in found if each[0] not in known} == {each for each in OTHER_WORDS if each[1] is not None}
    assert known <= {name for name, _ in found}


def test_only_policies_and_doors_ask_for_roles() -> None:
    asking_roles = {
        name
        for name, tree in sources()
        if not name.endswith(ASKS_ROLES)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in {"has", "need"}
    }
    assert asking_roles == set(READS_FOR)


def test_whether_somebody_may_is_what_the_check_would_say() -> None:
    def check(number: int) -> None:
        if number == 0:
            raise NotAllowed("不行")
        if number == 1:
            raise Refusal("不行")
        if number == 2:
            raise ValueError(number)

    can = asking(check)
    assert [can(0), can(1), can(3)] == [False, False, True]
    with pytest.raises(ValueError, match="2"):
        can(2)
