"""Who was scored by fewer judges of a panel than others of the same post.

FORMATS combines the judges' scores that are there, so a row that was forgotten changes a mean without a trace, and
where extremes are dropped even the rule. It can't be refused: judges recuse themselves, and rooms have panels of
their own. So it is said, and an officer decides whether the row is missing.
"""

from __future__ import annotations

import polars as pl

from fujing.law.formats.announcement import Announcement

NAMED = 5
"""So many numbers are named in a sentence; the rest are counted."""

Panel = frozenset[str]


def panel_gaps(announcement: Announcement, scores: pl.DataFrame) -> dict[str, list[str]]:
    """By post: a sentence for each smaller part of a panel, with who was scored by it and which judges are missing."""
    rows = scores.filter(
        (pl.col("kind") == "interview") & pl.col("judge").is_not_null() & pl.col("points").is_not_null()
    )
    if rows.is_empty():
        return {}
    panels = (
        rows.group_by("position", "id", maintain_order=True)
        .agg(pl.col("judge").unique().sort())
        .group_by("position", "judge", maintain_order=True)
        .agg(pl.col("id").sort())
    )
    by_post: dict[str, dict[Panel, list[str]]] = {}
    for position, judges, people in panels.iter_rows():
        by_post.setdefault(position, {})[frozenset(judges)] = people
    posts = (post.code for post in announcement.positions)
    return {post: said for post in posts if (said := _sentences(post, by_post.get(post, {})))}


def _sentences(post: str, panels: dict[Panel, list[str]]) -> list[str]:
    said = []
    for panel, people in panels.items():
        # Of several larger panels the one that most people had is the likeliest to be the whole one.
        larger = [other for other in panels if panel < other]
        if larger:
            whole = max(larger, key=lambda other: (len(panels[other]), sorted(other)))
            named = "、".join(people[:NAMED]) + (f"等{len(people)}人" if len(people) > NAMED else "")
            said.append(
                f"岗位{post}面试：{named}只有{len(panel)}名评委的成绩，缺{'、'.join(sorted(whole - panel))}；"
                f"同岗位有{len(panels[whole])}人由{len(whole)}名评委打分。除评委回避外，应补上成绩后重新排名"
            )
    return said
