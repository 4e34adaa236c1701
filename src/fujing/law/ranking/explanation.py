"""Why somebody stands where the ranking has them: provision, scores, weights and dates as a finding."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from fujing.kernel.numbers import bare
from fujing.law.announcements.conditions import CONDITION
from fujing.law.findings import Finding, Outcome
from fujing.law.formats.announcement import Announcement
from fujing.law.formats.scores import STAGE_LABELS
from fujing.law.formats.stages import Stage
from fujing.law.formats.values import SCALE
from fujing.law.provisions import cite
from fujing.law.ranking.candidates import Candidate, priority_groups
from fujing.law.ranking.posts import Placing, PostRanking

GROUNDS = {"qualification_review": "18", "psychological": "18.5", "medical": "18.5", "background": "20"}
"""What a failed stage rests on; every other one on the procedure itself (21.p1)."""

OUTCOMES = {"hire": Outcome.SATISFIED, "tie": Outcome.UNDETERMINED, "choose": Outcome.UNDETERMINED}
"""Of every other line: it failed a stage, or it is told what came of it."""

REMEDIES = {"tie": "按公告的同分规则排定先后", "choose": "由本人书面选定，其余岗位按放弃递补"}


def explain(announcement: Announcement, ranking: PostRanking, subject: str) -> Finding:
    """One line of the ranking with everything that decided it. KeyError if the post has no such applicant."""
    line = next((line for line in ranking.ranking if line.subject == subject), None)
    if line is None:
        raise KeyError(subject)
    return explain_line(announcement, ranking, line)


def explain_line(announcement: Announcement, ranking: PostRanking, line: Placing) -> Finding:
    """The same for a line at hand: explaining a whole post looks nothing up."""
    provision = ground_of(line)
    outcome = OUTCOMES.get(line.status) or (Outcome.VIOLATED if line.stage else Outcome.ADVICE)
    return Finding(
        provision=provision,
        rule=f"ranking.{line.stage or line.status}",
        outcome=outcome,
        subject=line.subject,
        message=f"{line.why}（{cite(provision)}）",
        facts=_facts(announcement, ranking, line),
        remedy=REMEDIES.get(line.status),
    )


def ground_of(line: Placing) -> str:
    """The provision behind a line: giving up and sitting no exam are matters of procedure, a tie is Article 19's."""
    if line.status == "tie":
        return "19"
    if line.status == "choose":
        return "5.p1"
    if line.stage is None or line.why.endswith(("放弃", "缺考")):
        return "21.p1"
    return GROUNDS.get(line.stage, "21.p1")


def _facts(announcement: Announcement, ranking: PostRanking, line: Placing) -> dict[str, Any]:
    person, post = ranking.people[line.subject], announcement.position(ranking.position)
    stages = [stage for stage in announcement.stages or () if stage.positions is None or post.code in stage.positions]
    facts: dict[str, Any] = {
        "position": ranking.position,
        "headcount": ranking.headcount,
        "announced_headcount": post.headcount,
        "total": line.total,
        "rank": line.rank,
        "scores": {STAGE_LABELS[s.kind]: _points(person, s.kind) for s in stages if s.kind in person.points},
        "papers": {
            paper.name: _points(person, f"paper:{paper.name}")
            for stage in stages
            for paper in stage.papers
            if f"paper:{paper.name}" in person.points
        },
        "bonus": _plain(person.bonus),
        "priority": _group(announcement, person),
        "cuts": {STAGE_LABELS[count.kind]: count.cut for count in ranking.stages if count.cut},
    }
    failed: Stage | None = next((stage for stage in stages if stage.kind == line.stage), None)
    if failed is not None:
        facts |= {"stage": STAGE_LABELS[failed.kind], "date": failed.date}
    return facts


def _points(person: Candidate, key: str) -> str:
    return _plain(person.points[key])


def _plain(points: int) -> str:
    """10⁻⁶ points as printed on a score sheet: 76.00 is 76."""
    return bare(Decimal(points).scaleb(-SCALE))


def _group(announcement: Announcement, person: Candidate) -> list[str]:
    """The first priority group that one belongs to, in words; empty for none."""
    groups = priority_groups(announcement)
    return [CONDITION.get(name, name) for name in groups[person.group]] if person.group < len(groups) else []
