"""What an announcement must say before anyone can be ranked by it."""

from __future__ import annotations

from collections.abc import Iterator

from fujing.law.formats.announcement import Announcement
from fujing.law.formats.applicants import CONDITIONS
from fujing.law.formats.documents import DocumentError, Fault
from fujing.law.formats.scores import EXAMS


def require_rankable(file: str, announcement: Announcement) -> None:
    """Raise DocumentError with everything that a ranking needs and the announcement leaves open."""
    faults = [Fault(file, f"announcement.{path}", value, wanted) for path, value, wanted in _open(announcement)]
    if faults:
        raise DocumentError(faults)


def _open(announcement: Announcement) -> Iterator[tuple[str, str, str]]:
    if not announcement.stages:
        yield "stages", "", "没有写招聘环节，无法排名"
    bonus = announcement.bonus
    if bonus and (bonus.points or bonus.column) and bonus.on is None:
        yield "bonus.on", "", "没有写加在哪里，应为 written 或 total"
    for post in announcement.positions:
        seen = set()
        for place, stage in enumerate(announcement.stages or ()):
            if stage.kind in EXAMS and (stage.positions is None or post.code in stage.positions):
                kind = stage.only_for or stage.kind
                if kind in seen:
                    yield f"stages[{place}].kind", stage.kind, f"岗位{post.code}有两个同类环节，成绩无法对应"
                seen.add(kind)
    if "priority" in announcement.tie_break:
        for place, group in enumerate(announcement.priority_groups or ()):
            for number, name in enumerate(group):
                if name not in CONDITIONS:
                    yield (
                        f"priority_groups[{place}][{number}]",
                        name,
                        f"报名表没有这一项，应为 {'、'.join(CONDITIONS)}",
                    )
