"""The parts of a candidate's result, as officers' ranking and the candidate's own page print them alike (21.p1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from fujing.law.announcements.wording import number
from fujing.law.formats.announcement import Announcement
from fujing.law.formats.posts import Position
from fujing.law.formats.scores import EXAMS, FAILURES, STAGE_LABELS
from fujing.law.formats.stages import Stage
from fujing.law.ranking.totals import Totals
from fujing.recruitment.selection.models import Candidate


def exams_of(announcement: Announcement, post: str | None) -> list[Stage]:
    """The stages that are taken for a post, or for any, in the announced order."""
    return [
        stage
        for stage in announcement.stages or ()
        if stage.kind in EXAMS and (post is None or stage.positions is None or post in stage.positions)
    ]


def part_of(row: Candidate, *, kind: str, order: Sequence[str]) -> str | None:
    """The result of one stage: its points, what it ended with, or 合格 at a gate that was passed.

    `order` are the kinds of all stages as announced; nothing for a stage that the candidate didn't reach.
    """
    points = (row.finding.get("facts") or {}).get("scores", {}).get(STAGE_LABELS[kind])
    if points is not None:
        return str(points)
    if row.stage == kind:
        return next((word for word in FAILURES if row.why.endswith(word)), None)
    behind = row.rank is not None or (row.stage in order and order.index(row.stage) > order.index(kind))
    return "合格" if behind else None


def bonus_of(row: Candidate) -> str | None:
    """The points that were added, where the announcement counts such."""
    return (row.finding.get("facts") or {}).get("bonus")


def lines_of(announcement: Announcement, post: Position, stage: Stage, sex: str) -> tuple[tuple[str, str], ...]:
    """The pass line of a stage for a post and a sex in words, as (label, words): also where fewer enter than are hired."""
    if stage.is_gate:
        return (("合格线", "只分合格与不合格"),)
    lines = Totals(announcement, post, [stage])
    line = lines.pass_line(stage, sex, contested=True)
    said = (("合格线", "公告没有规定" if line is None else number(line)),)
    if stage.pass_if_uncontested is None:
        return said
    alone = lines.pass_line(stage, sex, contested=False)
    return (*said, ("人数不多于招聘人数时", f"合格线 {number(alone or 0)}"))


class Part(NamedTuple):
    """One line of a result: of a stage, of the points added, or of the total. `line` is the pass line in words."""

    label: str
    result: str | None
    line: str = ""


def parts_of(row: Candidate, announcement: Announcement, sex: str) -> list[Part]:
    """A candidate's result stage by stage, the points added where there are such, and last the total."""
    post = announcement.position(row.position.code)
    order = [stage.kind for stage in announcement.stages or ()]
    parts = [
        Part(
            STAGE_LABELS[stage.kind],
            part_of(row, kind=stage.kind, order=order),
            "；".join(
                words if label == "合格线" else f"{label}{words}"
                for label, words in lines_of(announcement, post, stage, sex)
            ),
        )
        for stage in exams_of(announcement, post.code)
    ]
    if announcement.bonus is not None:
        parts.append(Part("加分", bonus_of(row)))
    return [*parts, Part("总成绩", None if row.total is None else str(row.total))]
