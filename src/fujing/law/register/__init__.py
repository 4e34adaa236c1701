"""The enforcement register: for each of the 128 provisions, how it is alive in the system and where.

An entry names code (`fujing.….name`) and tests (`tests/….py::name`); both are looked up in the source, so
that a name that no longer exists is found without importing anything.
"""

from __future__ import annotations

import ast
from enum import StrEnum
from functools import cache
from importlib import resources
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

import fujing
from fujing.law.provisions import measures

SOURCE = Path(fujing.__file__).parent.parent
ROOT = SOURCE.parent


class Kind(StrEnum):
    """How a provision can be alive in the software."""

    GATE = "gate"
    PROCEDURE = "procedure"
    DUTY = "duty"
    RECORD = "record"
    RIGHT = "right"
    DECLARATORY = "declaratory"

    @property
    def label(self) -> str:
        """The word that officers see."""
        return LABELS[self]


LABELS = {
    Kind.GATE: "强制",
    Kind.PROCEDURE: "程序",
    Kind.DUTY: "义务",
    Kind.RECORD: "留痕",
    Kind.RIGHT: "权利",
    Kind.DECLARATORY: "宣示",
}


class Entry(BaseModel):
    """One provision's place in the system. Nothing in `carried_by`: not carried, and `note` says why."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    provision: str
    kinds: tuple[Kind, ...] = Field(min_length=1)
    carried_by: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    note: str = Field(min_length=1)


class Register(BaseModel):
    """All entries in the order of the text, and what is wrong with them."""

    model_config = ConfigDict(frozen=True)

    provisions: int
    entries: tuple[Entry, ...]
    missing: tuple[str, ...]
    """Provisions without exactly one entry, and names of code or tests that don't exist."""

    def __getitem__(self, provision: str) -> Entry:
        return next(entry for entry in self.entries if entry.provision == provision)


@cache
def register(root: Path = ROOT) -> Register:
    """The register, checked against the text, the source and (where they are installed) the tests."""
    found: dict[str, list[Entry]] = {address: [] for address in measures().provisions}
    missing = []
    for entry in _entries():
        if entry.provision not in found:
            missing.append(f"{entry.provision}：办法没有这一条文")
            continue
        found[entry.provision].append(entry)
    for address, entries in found.items():
        if len(entries) != 1:
            missing.append(f"{address}：应有一条登记，实有{len(entries)}条")
    ordered = [entry for entries in found.values() for entry in entries]
    for entry in ordered:
        missing += _faults(entry, root)
    return Register(provisions=len(found), entries=tuple(ordered), missing=tuple(missing))


def _entries() -> list[Entry]:
    folder = resources.files("fujing.law.register")
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda f: f.name)
    return [Entry.model_validate(raw) for file in files for raw in yaml.safe_load(file.read_text("utf-8"))]


def _faults(entry: Entry, root: Path) -> list[str]:
    faults = [f"{entry.provision}：没有 {name}" for name in entry.carried_by if not is_code(name)]
    if (root / "tests").is_dir():
        faults += [f"{entry.provision}：没有测试 {name}" for name in entry.tests if not is_test(name, root)]
    if entry.carried_by and not entry.tests:
        faults.append(f"{entry.provision}：写了代码而没有测试")
    return faults


def is_code(name: str) -> bool:
    """Whether a dotted name is a module of ours, or something defined in one (a class's own names included)."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        file = SOURCE.joinpath(*parts[:length])
        for module in (file.with_suffix(".py"), file / "__init__.py"):
            if module.is_file():
                return _defines(module, tuple(parts[length:]))
    return False


def is_test(name: str, root: Path = ROOT) -> bool:
    """Whether `tests/….py::name` (or `::Class::name`) is defined."""
    file, *parts = name.split("::")
    return (root / file).is_file() and bool(parts) and _defines(root / file, tuple(parts))


def _defines(file: Path, path: tuple[str, ...]) -> bool:
    return not path or path in _names(file)


@cache
def _names(file: Path) -> frozenset[tuple[str, ...]]:
    return frozenset(_walk(ast.parse(file.read_text("utf-8")).body, ()))


def _walk(body: list[ast.stmt], within: tuple[str, ...]) -> list[tuple[str, ...]]:
    names = []
    for statement in body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.append((*within, statement.name))
        if isinstance(statement, ast.ClassDef):
            names += _walk(statement.body, (*within, statement.name))
        targets = statement.targets if isinstance(statement, ast.Assign) else []
        if isinstance(statement, ast.AnnAssign):
            targets = [statement.target]
        names += [(*within, target.id) for target in targets if isinstance(target, ast.Name)]
    return names
