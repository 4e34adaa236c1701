"""What the system knows of a period beside each heading, and what it doesn't: for everybody of a round at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from django.db.models import Q

from fujing.law.formats.roster import EDUCATIONS
from fujing.management.leaving.models import Hearing
from fujing.registry.models import Assignment, Engagement
from fujing.registry.moving_in.queries import standing_records

UNKNOWN = {
    "duty": "派勤和出勤没有登记在系统中，请查单位的记录",
    "performance": "工作量、任务完成情况和表彰没有登记在系统中，请查单位的记录",
    "conduct": "投诉、处分和表现没有登记在系统中，请查单位和督察的记录",
    "education": "培训和考试没有登记在系统中，请查培训的记录",
}
"""What nothing in the system tells, said beside each heading so that nobody takes silence for good conduct."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A line beside a heading; not `known`: what the system can't tell."""

    said: str
    known: bool = True


Facts = dict[str, list[Fact]]


def facts_of(engagements: Sequence[Engagement], first: date, last: date) -> dict[int, Facts]:
    """By employment: what is on record of a period, both days inclusive, in three queries."""
    found: dict[int, Facts] = {each.pk: defaultdict(list) for each in engagements}
    _places(found, first, last)
    _hearings(found, first, last)
    _trainings(found, first, last)
    for lines in found.values():
        for heading, words in UNKNOWN.items():
            lines[heading].append(Fact(words, known=False))
    return found


def kept(lines: Facts) -> dict[str, list[dict[str, object]]]:
    """As a sheet keeps them."""
    return {heading: [asdict(each) for each in said] for heading, said in lines.items()}


def _places(found: dict[int, Facts], first: date, last: date) -> None:
    rows = Assignment.objects.filter(engagement__in=list(found), span__overlap=(first, last + timedelta(1)))
    for row in rows.select_related("unit", "post", "officer").order_by("span"):
        who = f"责任民警 {row.officer.name}" if row.officer else "没有责任民警"
        since = max(row.span.lower, first)
        until = min(row.span.upper - timedelta(1), last) if row.span.upper else last
        said = f"{since}至{until} {row.unit.short_name} {row.post.name}，{who}"
        found[row.engagement_id]["duty"].append(Fact(said))


def _hearings(found: dict[int, Facts], first: date, last: date) -> None:
    rows = Hearing.objects.filter(departure__engagement__in=list(found), told_on__range=(first, last))
    for engagement, day, way in rows.order_by("told_on").values_list("departure__engagement", "told_on", "way"):
        label = dict(Hearing._meta.get_field("way").choices or ()).get(way, way)
        found[engagement]["conduct"].append(Fact(f"{day}书面告知拟解除劳动合同：{label}"))


def _trainings(found: dict[int, Facts], first: date, last: date) -> None:
    dated = {f"educated_{key}": label for key, label in EDUCATIONS.items()} | {"trained_on": "年度培训"}
    within = Q()
    for name in dated:
        within |= Q(**{f"{name}__range": (first, last)})
    rows = standing_records().filter(within, engagement__in=list(found)).order_by("period")
    for row in rows.only("engagement_id", *dated):
        for name, label in dated.items():
            day = getattr(row, name)
            if day is not None and first <= day <= last and row.engagement_id is not None:
                found[row.engagement_id]["education"].append(Fact(f"花名册记载：{label} {day}"))
