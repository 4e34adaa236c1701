"""The steps of recruitment, their order, and when they may be simplified (第二十一条)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from fujing.law.findings import Finding, Outcome
from fujing.law.formats.announcement import Announcement, Position, Simplified, Stage
from fujing.law.provisions import cite

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

HRSS = re.compile(r"人社|人力资源")
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


def procedure(announcement: Announcement) -> Iterator[Finding]:
    """公告、报名、资格审查、考试、体能测试、体检、考察、公示；简化须有人社部门同意且岗位急需."""
    consent = _consent(announcement.simplified)
    if consent is not None:
        yield consent
        yield from _simplified_posts(announcement)
    yield from _steps(announcement, consented=consent is not None and consent.outcome is Outcome.SATISFIED)


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


def _consent(simplified: Simplified | None) -> Finding | None:
    if simplified is None:
        return None
    consent, remedy = simplified.consent, "商同级人力资源社会保障部门同意，写明文号和日期"
    outcome = Outcome.VIOLATED
    if consent is None or not (consent.by or consent.number or consent.date):
        message = "简化程序没有同级人力资源社会保障部门的同意"
    elif consent.by is None:
        outcome, message = Outcome.UNDETERMINED, "简化程序的同意文件未写由哪个部门作出"
    elif not HRSS.search(consent.by):
        message = f"简化程序由{consent.by}同意，应由同级人力资源社会保障部门同意"
    else:
        outcome, remedy = Outcome.SATISFIED, ""
        message = f"简化程序已由{consent.by}同意{f'（{consent.number}）' if consent.number else ''}"
    return _finding("21.p2", outcome, message, rule="announcement.simplified_consent", remedy=remedy)


def _simplified_posts(announcement: Announcement) -> Iterator[Finding]:
    """Posts that go without a dropped step must be scarce; if all steps are listed, every post counts."""
    assert announcement.simplified is not None
    dropped = announcement.simplified.dropped
    affected = [
        post
        for post in announcement.positions
        if not {stage.kind for stage in stages_of(announcement, post)}.issuperset(dropped)
    ] or announcement.positions
    for post in affected:
        if post.scarce is None:
            yield _finding(
                "21.p2",
                Outcome.VIOLATED,
                f"岗位{post.code}（{post.name}）未标明专业性较强或者急需紧缺，不得简化程序",
                rule="announcement.simplified_posts",
                subject=post.code,
                remedy="写明急需紧缺的理由，或者按完整程序招聘",
            )


def _steps(announcement: Announcement, *, consented: bool) -> Iterator[Finding]:
    dropped: set[str] = set(announcement.simplified.dropped) if announcement.simplified else set()
    forbidden = [kind for kind in NEVER_DROPPED if kind in dropped]
    if forbidden:
        listed = "、".join(LABELS[kind] for kind in forbidden)
        yield _finding(
            "21.p1", Outcome.VIOLATED, f"简化程序去掉了{listed}，这些环节任何情况下不得省略", remedy="恢复这些环节"
        )
    if not announcement.stages:
        yield _finding("21.p1", Outcome.UNDETERMINED, "公告未写招聘程序，无法核对各环节", remedy="写明各环节和先后")
        return
    found = bool(forbidden)
    for subject, steps in _shared(
        announcement, lambda post: _lacking(announcement, post, dropped if consented else set())
    ):
        found = True
        yield _finding(
            "21.p1", Outcome.VIOLATED, f"程序缺少{'、'.join(steps)}", subject=subject, remedy="补上缺少的环节"
        )
    for subject, reversals in _shared(announcement, lambda post: out_of_order(stages_of(announcement, post))):
        found = True
        listed = "；".join(reversals)
        yield _finding("21.p1", Outcome.VIOLATED, f"程序先后颠倒：{listed}", subject=subject, remedy="调整先后")
    if not found:
        message = "除依法简化的环节外，程序齐全，先后相符" if dropped else "程序各环节齐全，先后相符"
        yield _finding("21.p1", Outcome.SATISFIED, message)


def _lacking(announcement: Announcement, post: Position, dropped: set[str]) -> list[str]:
    """Missing steps of a post, without those lawfully dropped."""
    excused = dropped.difference(NEVER_DROPPED) if post.scarce else set()
    return [step for step in missing_steps(stages_of(announcement, post)) if excused.isdisjoint(STEPS[step])]


def _shared(
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


def _finding(
    provision: str,
    outcome: Outcome,
    message: str,
    *,
    rule: str = "announcement.procedure",
    subject: str | None = None,
    remedy: str = "",
) -> Finding:
    return Finding(
        provision=provision,
        rule=rule,
        outcome=outcome,
        subject=subject,
        message=f"{message}（{cite(provision)}）",
        remedy=remedy or None,
    )
