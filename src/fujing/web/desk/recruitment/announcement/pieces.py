"""The parts of an announcement that have a page each: how a part is read from the document, and how it goes back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from fujing.web.desk.recruitment.announcement.forms import BasicsForm
from fujing.web.desk.recruitment.announcement.parts import Part, PartForm, Rows, put
from fujing.web.desk.recruitment.announcement.posts import PostForm, post_rows
from fujing.web.desk.recruitment.announcement.scoring import ScoringForm, scoring_rows
from fujing.web.desk.recruitment.announcement.stages import EveryStageForm, StageForm, stage_rows
from fujing.web.desk.recruitment.announcement.terms import PrintedForm, TermsForm
from fujing.web.values import number_of


@dataclass(frozen=True, slots=True)
class Piece:
    """One page's part."""

    title: str
    form: type[PartForm]
    read: Callable[[Part], Part]
    write: Callable[[Part, Part], None]
    rows: Callable[[Part, Any], list[Rows]] = lambda part, posted: []
    proposed: Mapping[str, Any] = field(default_factory=dict)
    """What the form offers where the part says nothing."""

    def initial(self, document: Part) -> dict[str, Any]:
        part = self.read(document)
        return {**self.form.initial_of(part), **({} if part else self.proposed)}

    def revised(self, document: Part, form: PartForm, rows: list[Rows]) -> Part:
        """The document with the answers of a valid form and its rows."""
        document = json.loads(json.dumps(document))
        part = form.written_into(self.read(document))
        for each in rows:
            each.write(part)
        self.write(document, part)
        return document


def _top(title: str, form: type[PartForm], keys: tuple[str, ...], rows: Any = lambda part, posted: []) -> Piece:
    """A piece that consists of these keys of the announcement."""

    def write(document: Part, part: Part) -> None:
        for key in keys:
            put(document, key, part.get(key))

    def read(document: Part) -> Part:
        return {key: document[key] for key in keys if key in document}

    return Piece(title, form, read, write, rows)


def _scoring(document: Part) -> Part:
    """What the page of the scoring changes, and the kinds of steps that a post may weigh otherwise."""
    part = _SCORING.read(document)
    steps = document.get("stages") or ()
    return part | {"stages": [{key: stage[key] for key in ("kind", "weight") if key in stage} for stage in steps]}


_SCORING = _top(
    "计分和排名",
    ScoringForm,
    ("opening", "rounding", "bonus", "total_pass", "tie_break", "priority_groups", "scores_by_position"),
    scoring_rows,
)
SECTIONS = {
    "basics": _top("基本情况", BasicsForm, ("title", "organiser", "registration", "cutoff", "age_reading")),
    "scoring": replace(_SCORING, read=_scoring),
    "terms": _top("递补、合同和其他", TermsForm, ("reserve", "refill", "contract", "extra_disqualifiers")),
    "printed": _top("待遇、地点和联系方式", PrintedForm, ("pay", "workplaces", "exam_day", "papers", "contacts")),
}


def post_piece(code: str, document: Part | None = None) -> Piece:
    """A post; without a code a new one, for which the next code and the usual ages are offered.

    A post's new code is used wherever the announcement names it.
    """
    proposed = {"code": next_code(document), "age_min": 18, "age_max": 35} if document and not code else {}

    def read(document: Part) -> Part:
        return next((each for each in document["positions"] if str(each["code"]) == code), {}) if code else {}

    def write(document: Part, part: Part) -> None:
        if not code:
            document["positions"] = [*document["positions"], part]
            return
        document["positions"] = [part if str(each["code"]) == code else each for each in document["positions"]]
        if part["code"] != code:
            _renamed(document, code, part["code"])

    return Piece(f"岗位 {code}" if code else "新的岗位", PostForm, read, write, post_rows, proposed)


def next_code(document: Part) -> str:
    """The first code of two digits behind the highest number in use."""
    numbers = [number for post in document["positions"] if (number := number_of(str(post["code"]))) is not None]
    return f"{max(numbers, default=0) + 1:02d}"


def post_copied(document: Part, code: str) -> str:
    """The post once more, behind itself and under a code of its own, which is given back; its own weights too."""
    new, posts = next_code(document), document["positions"]
    place = next(index for index, post in enumerate(posts) if str(post["code"]) == code)
    posts.insert(place + 1, {**json.loads(json.dumps(posts[place])), "code": new})
    for stage in document.get("stages") or ():
        if code in (stage.get("positions") or ()):
            stage["positions"].append(new)
    scores = document.get("scores_by_position") or {}
    scores |= {f"{new}{key[len(code) :]}": value for key, value in scores.items() if key.partition(":")[0] == code}
    return new


def parts_changed(before: Part, after: Part) -> list[str]:
    """The parts in which two documents differ, in words."""
    sections = [SECTIONS["basics"], _SCORING, SECTIONS["terms"], SECTIONS["printed"]]
    changed = [piece.title for piece in sections if piece.read(before) != piece.read(after)]
    was, now = ({str(post["code"]): post for post in document["positions"]} for document in (before, after))
    changed += [f"岗位 {code}" for code in {**was, **now} if was.get(code) != now.get(code)]
    steps = ("stages", "simplified")
    return changed + (["招聘程序"] if any(before.get(key) != after.get(key) for key in steps) else [])


def stage_piece(index: int, label: str, *, everything: bool = False) -> Piece:
    """The step at that place, from 0; `everything` asks also what is unusual for its kind."""

    def read(document: Part) -> Part:
        found = document.get("stages") or []
        return found[index] if index < len(found) else {}

    def write(document: Part, part: Part) -> None:
        document["stages"][index] = part

    form = EveryStageForm if everything else StageForm
    return Piece(label, form, read, write, lambda part, posted: stage_rows(part, posted, everything=everything))


def _renamed(document: Part, old: str, new: str) -> None:
    for stage in document.get("stages") or ():
        if old in (stage.get("positions") or ()):
            stage["positions"] = [new if each == old else each for each in stage["positions"]]
    scores = document.get("scores_by_position") or {}
    put(
        document,
        "scores_by_position",
        {f"{new}{key[len(old) :]}" if key.partition(":")[0] == old else key: value for key, value in scores.items()},
    )


def post_removed(document: Part, code: str) -> None:
    """A post goes with its own weights; a step that was only for it goes too."""
    document["positions"] = [each for each in document["positions"] if str(each["code"]) != code]
    for stage in document.get("stages") or ():
        if code in (stage.get("positions") or ()):
            stage["positions"] = [each for each in stage["positions"] if each != code]
    if document.get("stages"):
        document["stages"] = [stage for stage in document["stages"] if stage.get("positions") != []]
    scores = document.get("scores_by_position") or {}
    put(document, "scores_by_position", {key: value for key, value in scores.items() if key.partition(":")[0] != code})
