"""The parts of an announcement that have a page each: how a part is read from the document, and how it goes back."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fujing.web.desk.announcement.forms import (
    BasicsForm,
    PostForm,
    ScoringForm,
    TermsForm,
    post_rows,
    scoring_rows,
)
from fujing.web.desk.announcement.parts import Part, PartForm, Rows, put
from fujing.web.desk.announcement.stages import StageForm, stage_rows


@dataclass(frozen=True, slots=True)
class Piece:
    """One page's part."""

    title: str
    form: type[PartForm]
    read: Callable[[Part], Part]
    write: Callable[[Part, Part], None]
    rows: Callable[[Part, Any], list[Rows]] = lambda part, posted: []

    def revised(self, document: Part, form: PartForm, rows: list[Rows]) -> Part:
        """The document with the answers of a valid form and its rows."""
        document = json.loads(json.dumps(document))
        part = form.written_into(self.read(document))
        for each in rows:
            each.write(part)
        self.write(document, part)
        return document


def _top(
    title: str, form: type[PartForm], keys: tuple[str, ...], rows: Any = lambda part, posted: []
) -> Piece:
    """A piece that consists of these keys of the announcement."""

    def write(document: Part, part: Part) -> None:
        for key in keys:
            put(document, key, part.get(key))

    return Piece(
        title, form, lambda document: {key: document[key] for key in keys if key in document}, write, rows
    )


SECTIONS = {
    "basics": _top("基本情况", BasicsForm, ("title", "organiser", "registration", "cutoff", "age_reading")),
    "scoring": _top(
        "计分和排名", ScoringForm,
        ("opening", "rounding", "bonus", "tie_break", "priority_groups", "scores_by_position"), scoring_rows,
    ),
    "terms": _top("递补、合同和其他", TermsForm, ("reserve", "contract", "extra_disqualifiers")),
}  # fmt: skip


def post_piece(code: str) -> Piece:
    """A post; without a code a new one. A post's new code is used wherever the announcement names it."""

    def read(document: Part) -> Part:
        return next((each for each in document["positions"] if str(each["code"]) == code), {}) if code else {}

    def write(document: Part, part: Part) -> None:
        if not code:
            document["positions"] = [*document["positions"], part]
            return
        document["positions"] = [
            part if str(each["code"]) == code else each for each in document["positions"]
        ]
        if part["code"] != code:
            _renamed(document, code, part["code"])

    return Piece(f"岗位 {code}" if code else "新的岗位", PostForm, read, write, post_rows)


def stage_piece(index: int, label: str) -> Piece:
    """The step at that place, from 0."""

    def read(document: Part) -> Part:
        found = document.get("stages") or []
        return found[index] if index < len(found) else {}

    def write(document: Part, part: Part) -> None:
        document["stages"][index] = part

    return Piece(label, StageForm, read, write, stage_rows)


def _renamed(document: Part, old: str, new: str) -> None:
    for stage in document.get("stages") or ():
        if old in (stage.get("positions") or ()):
            stage["positions"] = [new if each == old else each for each in stage["positions"]]
    scores = document.get("scores_by_position") or {}
    put(document, "scores_by_position", {
        f"{new}{key[len(old):]}" if key.partition(":")[0] == old else key: value for key, value in scores.items()
    })  # fmt: skip


def post_removed(document: Part, code: str) -> None:
    """A post goes with its own weights; a step that was only for it goes too."""
    document["positions"] = [each for each in document["positions"] if str(each["code"]) != code]
    for stage in document.get("stages") or ():
        if code in (stage.get("positions") or ()):
            stage["positions"] = [each for each in stage["positions"] if each != code]
    document["stages"] = [stage for stage in document.get("stages") or () if stage.get("positions") != []]
    scores = document.get("scores_by_position") or {}
    put(document, "scores_by_position", {
        key: value for key, value in scores.items() if key.partition(":")[0] != code
    })  # fmt: skip
