"""Parts of an announcement that name each other must agree; checked on the raw values, so that
these faults are reported together with those of the single values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Contradiction = tuple[str, str, str]
"""Path, value and what was expected."""


def contradictions(raw: Any) -> Iterator[Contradiction]:
    """Every reference inside the announcement that points nowhere or twice. A post named only in stages or weights is
    allowed: an excerpt may leave that post out."""
    if not isinstance(raw, dict):
        return
    posts = [post.get("code") for post in _mappings(raw.get("positions"))]
    for index, code in enumerate(posts):
        if code is not None and str(code) in map(str, posts[:index]):
            yield f"announcement.positions[{index}].code", str(code), "岗位代码重复，应各不相同"
    yield from _score_keys(raw)
    yield from _tie_break(raw)


def _score_keys(raw: dict[str, Any]) -> Iterator[Contradiction]:
    by_position = raw.get("scores_by_position")
    for key in by_position if isinstance(by_position, dict) else ():
        _, colon, sex = str(key).partition(":")
        if colon and sex not in ("male", "female"):
            expected = "应为岗位代码，或者岗位代码加 :male、:female，如 02:female"
            yield f"announcement.scores_by_position.{key}", str(key), expected


def _tie_break(raw: dict[str, Any]) -> Iterator[Contradiction]:
    stages = _mappings(raw.get("stages"))
    # Lists, because a raw value may be anything.
    kinds = [stage.get("kind") for stage in stages]
    papers = [paper.get("name") for stage in stages for paper in _mappings(stage.get("papers"))]
    for index, key in enumerate(_items(raw.get("tie_break"))):
        if not isinstance(key, str) or key in WORDS:
            continue
        path = f"announcement.tie_break[{index}]"
        if key.startswith("paper:"):
            if stages and key.removeprefix("paper:") not in papers:
                yield path, key, "没有这个科目，应为 paper: 加 papers 中的科目名称"
        elif key.startswith("item:"):
            if stages and not any(_has_item(stage, key.removeprefix("item:")) for stage in stages):
                yield path, key, "没有这个项目，应为 item: 加环节中的项目名称"
        elif key not in SCORED_KINDS:
            yield path, key, "应为 priority、unrounded、education、计分环节、paper:科目或者 item:项目"
        elif stages and key not in kinds:
            yield path, key, "stages 中没有这个环节"


def _has_item(stage: dict[str, Any], name: str) -> bool:
    """The stage lists the item, or measures items that it doesn't list."""
    parts = [part for part in (stage.get("gate"), stage.get("scored")) if isinstance(part, dict)]
    listed = [
        each.get("name") if isinstance(each, dict) else each for part in parts for each in _items(part.get("items"))
    ]
    return name in listed if listed else bool(parts)


WORDS = ("priority", "unrounded", "education")
"""What may order equals besides scores."""

SCORED_KINDS = ("written", "fitness", "interview", "skills", "psychological")


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _mappings(value: Any) -> list[dict[str, Any]]:
    return [item for item in _items(value) if isinstance(item, dict)]
