"""The announcement is the same through form and file: every part's page gives back what a file said, and changes only
what was changed."""

from __future__ import annotations

import re
import types
from collections.abc import Iterator
from typing import Any, Union, get_args, get_origin

import pytest
from django.utils.datastructures import MultiValueDict
from pydantic import BaseModel

from fujing.law.formats.announcement import Announcement
from fujing.web.desk.recruitment.announcement.parts import Part
from fujing.web.desk.recruitment.announcement.pieces import SECTIONS, Piece, post_piece, stage_piece
from fujing.web.desk.recruitment.announcement.stages import SimplifiedForm
from tests.web.announcement_pieces import DOCUMENTS, pieces, read, sent_back


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_pages_that_nobody_changed_keep_the_announcement_to_the_letter(name: str) -> None:
    document = made = DOCUMENTS[name]
    for piece in pieces(document):
        form, rows, back = sent_back(piece, made)
        assert back is not None, (piece.title, form.errors, [each.formset.errors for each in rows])
        made = back
        assert made == document, piece.title


OF_THE_SYSTEM = ("organ.", "plan.", "simplified.consent.")
"""What no form asks: the bureau and its plan are registered, and consent is 人社's answer."""


def typed_in(target: Part) -> tuple[Part, dict[str, str]]:
    """The announcement typed into empty forms, and for each of its keys the page that asked it."""
    document: Part = {"positions": []}
    asked: dict[str, str] = {}

    def type_in(piece: Piece, wanted: Piece, title: str) -> None:
        nonlocal document
        before = set(keys_of(document))
        form, _, _ = sent_back(wanted, target)
        bound, back = (
            piece.form(form.data, initial=piece.initial(document)),
            piece.rows(piece.read(document), form.data),
        )
        bound.fields.pop("plan", None)
        if bound.fields.get("retention_months"):
            bound.fields["retention_months"].required = False
        assert bound.is_valid(), (title, bound.errors)
        assert all(each.formset.is_valid() for each in back), (title, [each.formset.errors for each in back])
        document = piece.revised(document, bound, back)
        asked.update(dict.fromkeys(set(keys_of(document)) - before, title))

    for index, stage in enumerate(target.get("stages") or ()):
        document["stages"] = [*document.get("stages", []), {"kind": stage["kind"]}]
        asked["stages[].kind"] = "招聘程序"
        type_in(*(stage_piece(index, "环节", everything=True),) * 2, f"环节 {stage['kind']}")
    for post in target["positions"]:
        type_in(post_piece(""), post_piece(str(post["code"])), "岗位")
    for section in SECTIONS.values():
        type_in(section, section, section.title)
    dropped = (target.get("simplified") or {}).get("dropped") or []
    if dropped:
        form = SimplifiedForm(MultiValueDict({"dropped": dropped}), document=target)
        assert form.is_valid(), form.errors
        document["simplified"] = {"dropped": form.cleaned_data["dropped"]}
        asked["simplified.dropped"] = "招聘程序"
    return document, asked


def without_the_systems(document: Part) -> Part:
    made = {key: value for key, value in document.items() if key not in {"organ", "plan", "simplified"}}
    dropped = (document.get("simplified") or {}).get("dropped")
    return made | {"organ": DOCUMENTS["example"]["organ"]} | ({"simplified": {"dropped": dropped}} if dropped else {})


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_every_announcement_can_be_typed_in(name: str) -> None:
    target = DOCUMENTS[name]
    made, _ = typed_in(target)
    assert read(without_the_systems(made)).model_dump() == read(without_the_systems(target)).model_dump()


def test_every_key_of_the_format_has_a_page_that_asks_it() -> None:
    asked: dict[str, str] = {}
    for document in DOCUMENTS.values():
        asked |= typed_in(document)[1]
    wanted = {key for key in keys_of_the_format(Announcement) if not key.startswith(OF_THE_SYSTEM)}
    assert wanted - asked.keys() == set()
    assert asked.keys() <= wanted, asked.keys() - wanted


def keys_of(value: Any, path: str = "") -> Iterator[str]:
    """The dotted paths of a document's values; [] for an item of a list, * for a key that the document chooses."""
    if isinstance(value, dict):
        chosen = path.endswith(("scores_by_position", ".weights")) or path == "scores_by_position[].pass"
        for name, inside in value.items():
            yield from keys_of(inside, f"{path}.{'*' if chosen else name}".strip("."))
        if path == "stages[].gate" and not value:
            yield path
    elif isinstance(value, list) and any(isinstance(each, dict) for each in value):
        for each in value:
            yield from keys_of(each, f"{path}[]" if isinstance(each, dict) else path)
    elif value is not None:
        yield re.sub(r"(scores_by_position\.\*\.(weights|pass))\..*", r"\1", path)


def keys_of_the_format(kind: Any, path: str = "") -> Iterator[str]:
    """The same paths from the models of the format, so that a new key of theirs asks for its page."""
    parts = list(parts_in(kind))
    if not parts or plain_too(kind):
        yield path
    for part, way in parts:
        for name, field in part.model_fields.items():
            yield from keys_of_the_format(field.annotation, f"{path}{way}.{field.alias or name}".strip("."))


def parts_in(kind: Any) -> Iterator[tuple[type[BaseModel], str]]:
    """The models inside a type, each with what its path gains."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind, ""
    elif get_origin(kind) is dict:
        yield from ((part, f".*{way}") for part, way in parts_in(get_args(kind)[1]))
    elif get_origin(kind) is tuple:
        yield from ((part, f"[]{way}") for each in get_args(kind) for part, way in parts_in(each))
    else:
        yield from (found for each in get_args(kind) for found in parts_in(each))


def plain_too(kind: Any) -> bool:
    """Whether the type also takes a plain value beside a model: a number or a model, true or a model; also in a list."""
    if get_origin(kind) is tuple:
        return plain_too(get_args(kind)[0])
    others = [each for each in get_args(kind) if each is not type(None) and not list(parts_in(each))]
    return bool(others) and get_origin(kind) in {Union, types.UnionType}


def test_every_field_is_used_by_some_announcement() -> None:
    asked, used = set(), set()
    for document in DOCUMENTS.values():
        for piece in pieces(document):
            for name, value in piece.form.initial_of(piece.read(document)).items():
                asked.add((piece.form, name))
                used |= {(piece.form, name)} if value not in (None, "", [], False) else set()
    assert asked - used == set()
