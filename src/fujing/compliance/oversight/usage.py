"""Article 7, as far as posts and people go: what a bureau's units have and use, and what its plans gave.

Workload from duty orders is not known to the system yet; nothing here judges how busy anybody is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q

from fujing.compliance.oversight.gaps import serving_on
from fujing.law.findings import Finding, Outcome
from fujing.recruitment.plans.models import PlanLine
from fujing.recruitment.plans.states import PlanState
from fujing.registry.models import Assignment, Organ, Post
from fujing.registry.states import Category, OrganKind

# From how many days after approval a free place is worth a sentence. The Measures name no number; this is the house's.
LONG_DAYS = 180


@dataclass(slots=True)
class UnitUse:
    """One unit's posts and people by category, people hired by plans, and posts where nobody serves."""

    unit: Organ
    posts: dict[str, int]
    people: dict[str, int]
    by_plan: int
    empty_posts: int

    @property
    def total_posts(self) -> int:
        """Posts of both categories."""
        return sum(self.posts.values())

    @property
    def total_people(self) -> int:
        """People of both categories."""
        return sum(self.people.values())


@dataclass(frozen=True, slots=True)
class LineUse:
    """One line of an approved plan: places given, taken and free, and for how many days since approval."""

    line: PlanLine
    taken: int
    free: int
    days: int


def units_of(code: int, day: date) -> list[UnitUse]:
    """The bureau's departments and stations, those without people first."""
    lo, hi = code, code + 10**6 - 1
    units = Organ.objects.filter(kind__in=[OrganKind.DEPARTMENT, OrganKind.STATION], code__range=(lo, hi))
    none = dict.fromkeys(map(str, Category), 0)
    found = {unit.code: UnitUse(unit, {**none}, {**none}, 0, 0) for unit in units.order_by("code")}
    now = Assignment.objects.filter(organ_code__range=(lo, hi), span__contains=day)
    serving = now.filter(engagement__in=serving_on(lo, hi, day).values("pk"))
    posts = Post.objects.filter(organ_code__range=(lo, hi)).values("unit_id", "category")
    empty = Q(~Exists(serving.filter(post=OuterRef("pk"))))
    for row in posts.annotate(posts=Count("pk"), empty=Count("pk", filter=empty)).order_by("unit_id"):
        if unit := found.get(row["unit_id"]):
            unit.posts[row["category"]] = row["posts"]
            unit.empty_posts += row["empty"]
    people = serving.values("unit_id", category=F("engagement__category"))
    counted = people.annotate(people=Count("pk"), by_plan=Count("pk", filter=Q(engagement__slot__isnull=False)))
    for group in counted.order_by("unit_id"):
        if unit := found.get(group["unit_id"]):
            unit.people[group["category"]] = group["people"]
            unit.by_plan += group["by_plan"]
    return sorted(found.values(), key=lambda use: (use.total_people > 0, use.unit.code))


def lines_of(lo: int, hi: int, day: date) -> list[LineUse]:
    """Lines of approved plans in a territory, free places first, those waiting longest first."""
    lines = (
        PlanLine.objects.filter(organ_code__range=(lo, hi), plan__state=PlanState.APPROVED)
        .select_related("plan")
        .annotate(free=Count("slots", filter=Q(slots__engagement__isnull=True)), given=Count("slots"))
    )
    uses = [
        LineUse(line, line.given - line.free, line.free, (day - (line.plan.approved_on or day)).days)  # type: ignore[attr-defined]
        for line in lines
    ]
    return sorted(uses, key=lambda use: (use.free == 0, -use.days, use.line.pk))


def suggestions(units: list[UnitUse], lines: list[LineUse]) -> list[Finding]:
    """Sentences worth a look, each with its numbers; none of them is an order."""
    found = [
        Finding(
            provision="7",
            rule="oversight.empty_unit",
            outcome=Outcome.ADVICE,
            subject=use.unit.short_name,
            message=f"设岗位 {use.total_posts} 个，现在无人在岗。",
            remedy="核对岗位是否仍有需要，或者调配人员。",
        )
        for use in units
        if use.total_posts and not use.total_people
    ]
    found += [
        Finding(
            provision="7",
            rule="oversight.long_unfilled",
            outcome=Outcome.ADVICE,
            subject=use.line.post_name,
            message=(
                f"{use.line.plan}批准 {use.line.count} 人，{use.line.plan.approved_on} 批准后已 {use.days} 天，"
                f"仍空缺 {use.free} 个名额。"
            ),
            remedy="抓紧招聘，或者修订用人计划、交回额度。",
        )
        for use in lines
        if use.free and use.days >= LONG_DAYS
    ]
    found += [
        Finding(
            provision="7",
            rule="oversight.empty_posts",
            outcome=Outcome.ADVICE,
            subject=use.unit.short_name,
            message=f"设岗位 {use.total_posts} 个，其中 {use.empty_posts} 个无人在岗，在岗 {use.total_people} 人。",
            remedy="核对空岗是否仍有需要。",
        )
        for use in units
        if use.empty_posts and use.total_people
    ]
    return found
