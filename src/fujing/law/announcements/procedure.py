"""Are the steps of recruitment all there and in order (第二十一条第一款)."""

from __future__ import annotations

from collections.abc import Iterator

from fujing.law.announcements.consent import consented
from fujing.law.announcements.reasons import says_nothing
from fujing.law.announcements.steps import LABELS, NEVER_DROPPED, STEPS, missing_steps, out_of_order, shared, stages_of
from fujing.law.findings import Finding, Outcome
from fujing.law.formats.announcement import Announcement
from fujing.law.formats.posts import Position
from fujing.law.provisions import cite

__all__ = ["LABELS", "NEVER_DROPPED", "procedure"]


def procedure(announcement: Announcement) -> Iterator[Finding]:
    """公告、报名、资格审查、考试、体能测试、体检、考察、公示；简化须有人社部门同意且岗位急需."""
    dropped: set[str] = set(announcement.simplified.dropped) if announcement.simplified else set()
    forbidden = [kind for kind in NEVER_DROPPED if kind in dropped]
    if forbidden:
        listed = "、".join(LABELS[kind] for kind in forbidden)
        yield _finding(Outcome.VIOLATED, f"简化程序去掉了{listed}，这些环节任何情况下不得省略", remedy="恢复这些环节")
    if not announcement.stages:
        yield _finding(Outcome.UNDETERMINED, "公告未写招聘程序，无法核对各环节", remedy="写明各环节和先后")
        return
    consent = consented(announcement)
    outcome = consent.outcome if consent else Outcome.VIOLATED
    # What is dropped by a consent that can't be told yet is neither lawful nor unlawful.
    excused = dropped if outcome is not Outcome.VIOLATED else set()
    found = bool(forbidden)
    for subject, steps in shared(announcement, lambda post: _lacking(announcement, post, excused)):
        found = True
        yield _finding(Outcome.VIOLATED, f"程序缺少{'、'.join(steps)}", subject=subject, remedy="补上缺少的环节")
    for subject, reversals in shared(announcement, lambda post: out_of_order(stages_of(announcement, post))):
        found = True
        yield _finding(Outcome.VIOLATED, f"程序先后颠倒：{'；'.join(reversals)}", subject=subject, remedy="调整先后")
    if found:
        return
    for subject, steps in shared(announcement, lambda post: _unproven(announcement, post, outcome)):
        found = True
        message = f"程序没有{'、'.join(steps)}，能否简化还不能核对：人力资源社会保障部门的同意或者急需的理由没有写清"
        remedy = "写明同意简化的部门全称、文号、日期和急需的理由"
        yield _finding(Outcome.UNDETERMINED, message, subject=subject, remedy=remedy)
    if not found:
        message = "除依法简化的环节外，程序齐全，先后相符" if dropped else "程序各环节齐全，先后相符"
        yield _finding(Outcome.SATISFIED, message)


def _lacking(announcement: Announcement, post: Position, dropped: set[str]) -> list[str]:
    """Missing steps of a post, without those lawfully dropped."""
    excused = dropped.difference(NEVER_DROPPED) if post.scarce else set()
    return [step for step in missing_steps(stages_of(announcement, post)) if excused.isdisjoint(STEPS[step])]


def _unproven(announcement: Announcement, post: Position, consent: Outcome) -> list[str]:
    """Dropped steps of a post whose consent or reason can't be told yet."""
    doubtful = consent is Outcome.UNDETERMINED or (post.scarce is not None and says_nothing(post.scarce.reason))
    return missing_steps(stages_of(announcement, post)) if doubtful else []


def _finding(outcome: Outcome, message: str, *, subject: str | None = None, remedy: str = "") -> Finding:
    return Finding(
        provision="21.p1",
        rule="announcement.procedure",
        outcome=outcome,
        subject=subject,
        message=f"{message}（{cite('21.p1')}）",
        remedy=remedy or None,
    )
