"""Whether a major is among those that a post names; None where only a catalogue could tell."""

from __future__ import annotations

from collections.abc import Sequence


def is_one_of(major: str | None, demanded: Sequence[str]) -> bool | None:
    """A named major is met by its own name; `计算机类` is met by its stem and otherwise left open."""
    if not demanded or "不限" in demanded:
        return True
    if major is None:
        return None
    unsure = False
    for name in demanded:
        stem = name.removesuffix("类")
        if name in major or stem in major:
            return True
        unsure = unsure or name.endswith("类")
    return None if unsure else False
