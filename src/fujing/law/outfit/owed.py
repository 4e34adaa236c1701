"""What somebody is owed of uniform, insignia and equipment, and what of it they still lack (Articles 14.1, 26 and 27).

The Measures name what is owed, not how much: how many of which item, for whom and for how long is a bureau's own standard,
dated, with the document in which it stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

PROVISIONS = {"uniform": "26", "insignia": "26", "equipment": "27.p1"}
"""By kind of item: what owes it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a standard: so many of an item for a category (empty: both), or for one post, on the days of its span.

    `until` is the day after the last one, None without an end.
    """

    item: int
    quantity: int
    category: str
    post: int | None
    since: date
    until: date | None

    def runs(self, day: date) -> bool:
        """Whether it applies on a day."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece in somebody's hands; `worn_from` is the day from which it counts as worn out, None if it doesn't wear out."""

    item: int
    worn_from: date | None

    def serves(self, day: date) -> bool:
        """Whether it is still good on a day."""
        return self.worn_from is None or day < self.worn_from


@dataclass(frozen=True, slots=True)
class Owed:
    """An item that somebody is owed: how many, how many good ones they have, and how many they lack.

    None where the category or the post isn't known, and what is owed depends on it.
    """

    item: int
    due: int | None
    have: int
    lacks: int | None
    because: str


def owed(lines: Iterable[Line], pieces: Iterable[Piece], *, category: str, post: int | None, day: date) -> list[Owed]:
    """Every item of the standard that applies to somebody on a day. A line for their post stands for that of the category."""
    have = Counter(piece.item for piece in pieces if piece.serves(day))
    by_item: dict[int, list[Line]] = {}
    for line in lines:
        if line.runs(day):
            by_item.setdefault(line.item, []).append(line)
    found = (_owed(item, there, have, category, post) for item, there in by_item.items())
    return [each for each in found if each is not None]


def _owed(item: int, lines: list[Line], have: Mapping[int, int], category: str, post: int | None) -> Owed | None:
    held = have.get(item, 0)
    of_posts = [line for line in lines if line.post is not None]
    if of_posts and post is None:
        return Owed(item, None, held, None, "岗位没有登记，按岗位的配发标准待核实")
    own = [line for line in of_posts if line.post == post]
    if not own and category == "" and any(line.post is None and line.category for line in lines):
        return Owed(item, None, held, None, "类别没有登记，按类别的配发标准待核实")
    fitting = own or [line for line in lines if line.post is None and line.category in ("", category)]
    if not fitting:
        return None
    # Of the two that may fit, that for the category says it more exactly.
    line = max(fitting, key=lambda each: bool(each.category))
    lacks = max(0, line.quantity - held)
    whose = "按岗位的标准" if line.post is not None else "按类别的标准" if line.category else "按全体的标准"
    return Owed(item, line.quantity, held, lacks, f"{whose}应配{line.quantity}，现有{held}，缺{lacks}")
