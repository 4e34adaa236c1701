"""What an announcement must say before anyone can be ranked by it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from fujing.law.formats.announcement import Announcement
from fujing.law.formats.applicants import CONDITIONS
from fujing.law.formats.documents import DocumentError, Fault
from fujing.law.formats.scores import EXAMS
from fujing.law.formats.values import SCALE


def require_rankable(file: str, announcement: Announcement) -> None:
    """Raise DocumentError with everything that a ranking needs and the announcement leaves open."""
    faults = [Fault(file, f"announcement.{path}", value, wanted) for path, value, wanted in _open(announcement)]
    if faults:
        raise DocumentError(faults)


def _open(announcement: Announcement) -> Iterator[tuple[str, str, str]]:
    if not announcement.stages:
        yield "stages", "", "没有写招聘环节，无法排名"
    yield from _endless_weights(announcement)
    bonus = announcement.bonus
    if bonus and bonus.points and bonus.on is None:
        yield "bonus.on", "", "没有写加在哪里，应为 written 或 total"
    for post in announcement.positions:
        seen = set()
        for place, stage in enumerate(announcement.stages or ()):
            if stage.kind in EXAMS and (stage.positions is None or post.code in stage.positions):
                if stage.kind in seen:
                    yield f"stages[{place}].kind", stage.kind, f"岗位{post.code}有两个同类环节，成绩无法对应"
                seen.add(stage.kind)
    if "priority" in announcement.tie_break:
        for place, group in enumerate(announcement.priority_groups or ()):
            for number, name in enumerate(group):
                if name not in CONDITIONS:
                    yield (
                        f"priority_groups[{place}][{number}]",
                        name,
                        f"报名表没有这一项，应为 {'、'.join(CONDITIONS)}",
                    )


def _endless_weights(announcement: Announcement) -> Iterator[tuple[str, str, str]]:
    """Totals are exact in 10⁻⁶, which 1/3 is not a multiple of."""
    weights = {}
    for place, stage in enumerate(announcement.stages or ()):
        weights[f"stages[{place}].weight"] = stage.weight
        weights |= {f"stages[{place}].papers[{at}].weight": paper.weight for at, paper in enumerate(stage.papers)}
    for key, scores in announcement.scores_by_position.items():
        weights |= {f"scores_by_position.{key}.weights.{kind}": weight for kind, weight in scores.weights.items()}
    for path, weight in weights.items():
        if weight is not None and (Fraction(weight) * 10**SCALE).denominator != 1:
            yield path, str(weight), "排名只按六位小数以内的权重计算，应改写为小数"
