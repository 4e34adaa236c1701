"""Whether the certificates that somebody names meet a post's demand; None where the text doesn't tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

NONE_HELD = "无"
# A licence class with those that entitle to drive the same vehicles (公安部机动车驾驶证申领和使用规定).
DRIVING = {
    "A1": {"A1"},
    "A2": {"A2"},
    "A3": {"A3", "A1"},
    "B1": {"B1", "A1", "A2"},
    "B2": {"B2", "A1", "A2"},
    "C1": {"C1", "B1", "B2", "A1", "A2", "A3"},
    "C2": {"C2", "C1", "B1", "B2", "A1", "A2", "A3"},
}
LADDER = ("初级", "中级", "高级")
CLASS = re.compile(r"[ABC][123]")


def holds_all(text: str | None, demanded: Sequence[str]) -> bool | None:
    """All demands met; `甲|乙` is met by either. Empty text is unknown, `无` holds none."""
    if not demanded:
        return True
    if text is None:
        return None
    held = (
        []
        if text.strip() == NONE_HELD
        else [part.strip() for part in re.split(r"[；;、]", text) if part.strip()]
    )
    return _all(_any(_meets(held, name.strip()) for name in demand.split("|")) for demand in demanded)


def _meets(held: Sequence[str], demand: str) -> bool | None:
    return _any(_is(name, demand) for name in held)


def _is(name: str, demand: str) -> bool | None:
    """Whether one certificate is the one demanded or, with 以上, a higher one."""
    wanted = demand.removesuffix("以上").removesuffix("及").rstrip()
    if name == demand or wanted in name:
        return True
    if not demand.endswith("以上"):
        return None if name in wanted and len(name) >= 4 else False
    if "驾驶证" in demand or "驾照" in demand:
        if "驾驶证" not in name and "驾照" not in name and not CLASS.search(name):
            return False
        need, has = CLASS.search(wanted), set(CLASS.findall(name))
        if need is None or not has:
            return None
        return bool(has & DRIVING.get(need.group(), {need.group()}))
    for rank, word in enumerate(LADDER):
        if word in wanted:
            stem = wanted.replace(word, "")
            if stem not in name.replace(word, "") and not any(name == stem + level for level in LADDER):
                return False
            return next((LADDER.index(level) >= rank for level in LADDER if level in name), None)
    return False


def _any(answers: object) -> bool | None:
    found = list(answers)  # type: ignore[call-overload]
    return True if True in found else (None if None in found else False)


def _all(answers: object) -> bool | None:
    found = list(answers)  # type: ignore[call-overload]
    return False if False in found else (None if None in found else True)
