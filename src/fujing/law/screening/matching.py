"""Text against a post's list (户籍, 证书, 专业): met, not met, or not to be told from the text (None)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

NONE_HELD = "无"
SEPARATORS = re.compile(r"[;\n]")
PARTS = re.compile(r"[;\n、,/]")
CLASSES = re.compile(r"(?:[ABC][1-6]|[DEFMNP])")
BARE_CLASSES = re.compile(r"^(?:(?:[ABC][1-6]|[DEFMNP])[\s+&、,/]*)+(?:驾?照|驾?证|本|类|型)?$")
# 无 in 无人机 and the like is part of a name.
NOT_HELD = re.compile(r"^(?:暂?无(?!人|线|损|障|菌)|没有|尚?未)")
EXPECTED = re.compile(r"^(?:正在|拟|待)|(?:待发|办理中|考取中)$")
VAGUE = re.compile(r"^(?:有|是|已有|已取得|具备|符合|齐全|若干|多个|[见详].*|.*(?:附件|原件|复印件|材料|档案))$")
"""Says that there is something, and not what."""
COVERS = {
    "A1": {"A3", "B1", "B2", "C1", "C2", "C3", "C4"},
    "A2": {"B1", "B2", "C1", "C2", "C3", "C4"},
    "A3": {"C1", "C2", "C3", "C4"},
    "B1": {"C1", "C2", "C3", "C4"},
    "B2": {"C1", "C2", "C3", "C4"},
    "C1": {"C2", "C3", "C4"},
    "C3": {"C4"},
    "D": {"E", "F"},
    "E": {"F"},
}
"""Which vehicles a driving licence covers beside its own (机动车驾驶证申领和使用规定，准驾车型及代号)."""

UNLIMITED = "不限"
CLASS_OF_MAJORS = re.compile(r"类|等|相关|相近")
MAJOR_CODE = re.compile(r"\d{4,7}[A-Z]{0,3}")
BRACKETS = re.compile(r"\(([^()]*)\)")
LEVEL = re.compile(r"^(?:专升本|本科|大专|专科|大学|研究生|硕士|博士|学士|全日制|函授|自考|成教|成人教育|统招|专业)*$")
A_NAME = re.compile(r"^[\u4e00-\u9fff]{2,}$")


def certificates_met(held: str | None, required: Sequence[str]) -> bool | None:
    """All that are required, each `A|B` by either; `无` holds none, empty is not stated."""
    if not required:
        return True
    if held is None:
        return None
    text = _plain(held, keep=";\n、,/")
    names = [name for name in SEPARATORS.split(text) if name]
    if NONE_HELD in names:
        return False if names == [NONE_HELD] else None
    # Several things in one cell; a name that has such a sign in itself is also looked at as a whole.
    names = list(dict.fromkeys([*names, *(part for name in names for part in PARTS.split(name) if part)]))
    if not names:
        return None
    return _all([_any([_holds(names, _plain(one)) for one in either.split("|")]) for either in required])


def majors_met(major: str | None, required: Sequence[str]) -> bool | None:
    """One of the listed majors; a listed class (计算机类) can't be told from a name.

    Codes, levels and the word 专业 beside a name don't matter. What isn't plainly another major's name is not told.
    """
    wanted = [_plain(one) for one in required if one.strip() != UNLIMITED]
    if not wanted:
        return True
    if major is None:
        return None
    mine = [part for part in PARTS.split(_plain(major, keep=";\n、,/")) if part]
    return _any([_major(one, other) for one in mine for other in wanted]) if mine else None


def _major(mine: str, wanted: str) -> bool | None:
    my_codes, codes = set(MAJOR_CODE.findall(mine)), set(MAJOR_CODE.findall(wanted))
    if my_codes & codes:
        return True
    (name, aside), (asked, _) = _major_name(mine), _major_name(wanted)
    if name == asked:
        return None if aside else True
    if CLASS_OF_MAJORS.search(asked):
        return None
    # 法律（法学）, 计算机应用 for 计算机: near enough to be looked at, and so is what is no name at all.
    near = not A_NAME.match(name) or not asked or name in asked or asked in name or VAGUE.match(name)
    return None if near or any(asked in each for each in aside) else False


def _major_name(text: str) -> tuple[str, list[str]]:
    """The bare name, and what its brackets say besides codes and levels."""
    inside = [MAJOR_CODE.sub("", each) for each in BRACKETS.findall(text)]
    bare = MAJOR_CODE.sub("", BRACKETS.sub("", text)).removesuffix("专业").strip("-:. ")
    return bare, [each for each in inside if not LEVEL.match(each)]


def _holds(names: Sequence[str], wanted: str) -> bool | None:
    licence = CLASSES.search(wanted) if "驾" in wanted else None
    outcomes = []
    for name in names:
        met = _licence(name, licence[0], wanted) if licence else _same(name, wanted)
        if met and NOT_HELD.search(name):
            met = False
        elif (met and EXPECTED.search(name)) or (met is False and VAGUE.match(name)):
            met = None
        outcomes.append(met)
    return _any(outcomes)


def _licence(name: str, wanted: str, words: str) -> bool | None:
    """The class itself, or with 以上 one that covers it. One that covers it where 以上 isn't written, or is printed
    before it without covering it (B1 for B2以上), is for people to decide."""
    if "驾" not in name and not BARE_CLASSES.match(name):
        return False
    held = CLASSES.findall(name)
    if not held:
        return None
    above = words.endswith("以上")
    if any(wanted == one or (above and wanted in COVERS.get(one, ())) for one in held):
        return True
    unclear = any(wanted in COVERS.get(one, ()) or (above and one < wanted) for one in held)
    return None if unclear else False


def _same(name: str, wanted: str) -> bool | None:
    base = re.sub(r"及?以上$", "", wanted)
    if name == wanted or base in name:
        return True
    # A level above the named one, or a shorter name of the same certificate, can't be told from the words.
    return None if base != wanted or name in wanted else False


def _plain(text: str, keep: str = "") -> str:
    """Plain forms of full-width characters, capitals, and no spaces (but what is kept)."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(each for each in plain if each in keep or not each.isspace())


def _all(outcomes: list[bool | None]) -> bool | None:
    return False if False in outcomes else (None if None in outcomes else True)


def _any(outcomes: list[bool | None]) -> bool | None:
    return True if True in outcomes else (None if None in outcomes else False)
