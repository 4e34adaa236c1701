"""The enforcement register: for each of the 128 provisions, how it is alive in the system and where.

An entry says how far its provision is carried (`state`), and names code (`fujing.….name`) and tests
(`tests/….py::name`); both are looked up in the source, so that a name that no longer exists is found without
importing anything. Beside them it declares what may be taken away for a proof (`removals`): the named tests must
notice each (`make mutation`).
"""

from __future__ import annotations

import ast
from collections import Counter
from enum import StrEnum
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

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


class State(StrEnum):
    """How far the system carries a provision today."""

    CARRIED = "carried"
    PARTLY = "partly"
    OPEN = "open"
    DECLARATORY = "declaratory"

    @property
    def label(self) -> str:
        """The word that officers see."""
        return STATE_LABELS[self]


STATE_LABELS = {
    State.CARRIED: "已落实",
    State.PARTLY: "部分落实",
    State.OPEN: "未落实",
    State.DECLARATORY: "宣示性条文",
}


class Removal(BaseModel):
    """One deliberate fault that the entry's tests must notice: a passage of a file, or a guarantee of the database."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: str | None = None
    """Path below the project's root, of the file in which `text` stands once and becomes `replacement`."""
    text: str = ""
    replacement: str = ""
    drop: str | None = None
    """`constraint name` or `trigger name`: taken out of the migrated database by its name in the model."""

    @model_validator(mode="after")
    def _one_or_the_other(self) -> Self:
        if bool(self.file and self.text) == bool(self.drop):
            raise ValueError("removal: file and text, or drop")
        if self.drop and self.drop.partition(" ")[0] not in ("constraint", "trigger"):
            raise ValueError("removal: drop is `constraint name` or `trigger name`")
        return self

    @property
    def name(self) -> str:
        """One line that tells it from the others."""
        return self.drop or f"{self.file}：{' '.join(self.text.split())}"


class Entry(BaseModel):
    """One provision's place in the system: what carries it, what proves that, and what is lacking."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    provision: str
    kinds: tuple[Kind, ...] = Field(min_length=1)
    state: State
    carried_by: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    lacks: str | None = Field(None, min_length=1)
    """What is not there yet, in Chinese; of a provision that is partly carried or open, and only of those."""
    note: str = ""
    """How it is carried, or why there is nothing to carry; may be empty while it is open."""
    removals: tuple[Removal, ...] = Field((), exclude=True)

    @model_validator(mode="after")
    def _state_is_what_the_rest_says(self) -> Self:
        if (self.state in (State.CARRIED, State.PARTLY)) != bool(self.carried_by):
            raise ValueError(f"{self.provision}: carried_by belongs to what is carried or partly carried")
        if (self.state in (State.PARTLY, State.OPEN)) != bool(self.lacks):
            raise ValueError(f"{self.provision}: lacks belongs to what is partly carried or open")
        if (self.state == State.DECLARATORY) != (self.kinds == (Kind.DECLARATORY,)):
            raise ValueError(f"{self.provision}: a declaratory provision has that kind alone")
        if self.state != State.OPEN and not self.note:
            raise ValueError(f"{self.provision}: a note says how, or why not")
        return self


class Register(BaseModel):
    """All entries in the order of the text, and what is wrong with them."""

    model_config = ConfigDict(frozen=True)

    provisions: int
    counts: dict[State, int]
    entries: tuple[Entry, ...]
    missing: tuple[str, ...]
    """Provisions without exactly one entry; names of code or tests that don't exist; removals that fit nowhere."""

    def __getitem__(self, provision: str) -> Entry:
        return next(entry for entry in self.entries if entry.provision == provision)

    @property
    def complete(self) -> bool:
        """Nothing missing, open or carried in part."""
        return not (self.missing or self.counts[State.PARTLY] or self.counts[State.OPEN])


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
    counted = Counter(entry.state for entry in ordered)
    counts = {state: counted[state] for state in State}
    return Register(provisions=len(found), counts=counts, entries=tuple(ordered), missing=tuple(missing))


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
    if (root / "tests").is_dir():
        faults += [f"{entry.provision}：{why}" for removal in entry.removals if (why := _unfit(removal, root))]
    return faults


def _unfit(removal: Removal, root: Path) -> str | None:
    """Why a declared removal takes nothing away any more."""
    if removal.drop:
        name = removal.drop.split()[1]
        known = any(f'"{name}"' in text for text in _sources(root))
        return None if known else f"没有可以撤去的 {removal.drop}"
    file = root / str(removal.file)
    times = _text(file).count(removal.text) if file.is_file() else 0
    return None if times == 1 else f"可以撤去的文字在 {removal.file} 中应有一处，实有{times}处：{removal.text.strip()}"


@cache
def _text(file: Path) -> str:
    return file.read_text("utf-8")


@cache
def _sources(root: Path) -> tuple[str, ...]:
    """Where guarantees are declared: the models, not their migrations."""
    files = (root / "src" / "fujing").rglob("*.py")
    return tuple(_text(file) for file in sorted(files) if "migrations" not in file.parts)


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
