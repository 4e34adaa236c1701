"""Text against a post's list (户籍, 证书, 专业): met, not met, or not to be told from the text (None)."""

from __future__ import annotations

import re
from collections.abc import Sequence

NONE_HELD = "无"
SEPARATORS = re.compile(r"[；;\n]")
LICENCE = re.compile(r"(?<![A-Z])([ABC][1-6])(?!\d)")
# 无 in 无人机 and the like is part of a name.
NOT_HELD = re.compile(r"^(?:暂?无(?!人|线|损|障|菌)|没有|尚?未)")
EXPECTED = re.compile(r"^(?:正在|拟|待)|(?:待发|办理中|考取中)$")
BARE_CLASS = re.compile(r"^[ABC][1-6](?:证|照|本)?$")
COVERS = {
    "A1": {"A1", "A3", "B1", "B2", "C1", "C2", "C3", "C4"},
    "A2": {"A2", "B1", "B2", "C1", "C2", "C3", "C4"},
    "A3": {"A3", "C1", "C2", "C3", "C4"},
    "B1": {"B1", "C1", "C2", "C3", "C4"},
    "B2": {"B2", "C1", "C2", "C3", "C4"},
    "C1": {"C1", "C2", "C3", "C4"},
    "C2": {"C2"},
    "C3": {"C3", "C4"},
    "C4": {"C4"},
    "C5": {"C5"},
    "C6": {"C6"},
}
"""Which vehicles a driving licence covers (机动车驾驶证申领和使用规定，准驾车型及代号)."""

UNLIMITED = "不限"
CLASS_OF_MAJORS = re.compile(r"类|等|相关|相近")


def certificates_met(held: str | None, required: Sequence[str]) -> bool | None:
    """All that are required, each `A|B` by either; `无` holds none, empty is not stated."""
    if not required:
        return True
    if held is None:
        return None
    names = [_plain(name) for name in SEPARATORS.split(held) if name.strip()]
    if NONE_HELD in names:
        return False if names == [NONE_HELD] else None
    return _all([_any([_holds(names, _plain(one)) for one in either.split("|")]) for either in required])


def majors_met(major: str | None, required: Sequence[str]) -> bool | None:
    """One of the listed majors; a listed class (计算机类) can't be told from a name."""
    wanted = [_plain(one) for one in required if one.strip() != UNLIMITED]
    if not wanted:
        return True
    if major is None:
        return None
    mine = _plain(major)
    return _any(
        [
            True
            if mine.removesuffix("专业") == one.removesuffix("专业")
            else (None if CLASS_OF_MAJORS.search(one) else False)
            for one in wanted
        ]
    )


def _holds(names: Sequence[str], wanted: str) -> bool | None:
    licence = LICENCE.search(wanted) if "驾" in wanted else None
    outcomes = []
    for name in names:
        met = _licence(name, licence[1], wanted) if licence else _same(name, wanted)
        if met and NOT_HELD.search(name):
            met = False
        elif met and EXPECTED.search(name):
            met = None
        outcomes.append(met)
    return _any(outcomes)


def _licence(name: str, wanted: str, words: str) -> bool | None:
    """The class itself, or with 以上 one that covers it. One that covers it where 以上 isn't written, or is printed
    before it without covering it (B1 for B2以上), is for people to decide."""
    if "驾" not in name and not BARE_CLASS.match(name):
        return False
    held = LICENCE.findall(name)
    if not held:
        return None
    above = words.endswith(("以上", "及以上"))
    if any(wanted == one or (above and wanted in COVERS[one]) for one in held):
        return True
    unclear = any(wanted in COVERS[one] or (above and one < wanted) for one in held)
    return None if unclear else False


def _same(name: str, wanted: str) -> bool | None:
    base = re.sub(r"及?以上$", "", wanted)
    if name == wanted or base in name:
        return True
    # A level above the named one, or a shorter name of the same certificate, can't be told from the words.
    return None if base != wanted or name in wanted else False


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text).upper().replace("（", "(").replace("）", ")")


def _all(outcomes: list[bool | None]) -> bool | None:
    return False if False in outcomes else (None if None in outcomes else True)


def _any(outcomes: list[bool | None]) -> bool | None:
    return True if True in outcomes else (None if None in outcomes else False)
