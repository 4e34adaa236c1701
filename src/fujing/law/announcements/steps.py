"""The steps of Article 21, their names and their partial order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from fujing.law.formats.announcement import Announcement
from fujing.law.formats.posts import Position
from fujing.law.formats.stages import Stage

STEPS: dict[str, tuple[str, ...]] = {
    "发布招聘公告": ("announcement",),
    "自愿报名": ("registration",),
    "资格审查": ("qualification_review",),
    "考试": ("written", "interview", "skills"),
    "体能测试": ("fitness",),
    "体检": ("medical",),
    "考察": ("background",),
    "公示": ("publicity",),
}
ORDER = (
    ("announcement",),
    ("registration",),
    ("qualification_review",),
    ("written", "interview", "skills", "fitness"),
    ("medical", "background"),
    ("publicity",),
    ("hire",),
)
"""Steps of one row are free among themselves; added steps (心理测试) are free altogether."""

NEVER_DROPPED = ("announcement", "qualification_review", "background", "publicity")
LABELS = {
    "announcement": "公告",
    "registration": "报名",
    "qualification_review": "资格审查",
    "written": "笔试",
    "fitness": "体能测试",
    "interview": "面试",
    "skills": "技能测试",
    "psychological": "心理测试",
    "medical": "体检",
    "background": "考察",
    "publicity": "公示",
    "hire": "聘用",
}


def stages_of(announcement: Announcement, post: Position) -> list[Stage]:
    """The stages that a post goes through, in order."""
    return [stage for stage in announcement.stages or () if stage.positions is None or post.code in stage.positions]


def missing_steps(stages: Iterable[Stage]) -> list[str]:
    """Steps of Article 21 without a stage."""
    kinds = {stage.kind for stage in stages}
    return [step for step, carriers in STEPS.items() if kinds.isdisjoint(carriers)]


def out_of_order(stages: list[Stage]) -> list[str]:
    """What should come before what, for each pair whose order contradicts Article 21.

    A repeated step counts by its first occurrence as predecessor and by its last as successor:
    a second qualification review or an extra publicity of scores breaks nothing.
    """
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for place, stage in enumerate(stages):
        first.setdefault(stage.kind, place)
        last[stage.kind] = place
    return [
        f"{LABELS[before]}应在{LABELS[after]}之前"
        for row, kinds in enumerate(ORDER)
        for before in kinds
        for after in (kind for later in ORDER[row + 1 :] for kind in later)
        if before in first and after in last and first[before] > last[after]
    ]


def shared(
    announcement: Announcement, faults: Callable[[Position], list[str]]
) -> Iterator[tuple[str | None, list[str]]]:
    """Faults with their subject: the whole announcement where all posts share them, else each post."""
    by_post = {post.code: faults(post) for post in announcement.positions}
    first = next(iter(by_post.values()))
    if first and all(others == first for others in by_post.values()):
        yield None, first
        return
    for code, found in by_post.items():
        if found:
            yield code, found
