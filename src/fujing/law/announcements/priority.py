"""Whom the announcement prefers among equals (第十九条)."""

from __future__ import annotations

from collections.abc import Iterator

from fujing.law.findings import Finding, Outcome
from fujing.law.formats.announcement import PRIORITY_GROUPS, Announcement
from fujing.law.provisions import cite

ITEMS = {group: f"19.{number}" for number, group in enumerate(PRIORITY_GROUPS, start=1)}


def priority(announcement: Announcement) -> Iterator[Finding]:
    """同等条件下优先的五类人员应当列全，不增不减；优先不是加分."""
    rewarded = sorted(
        {
            condition
            for point in (announcement.bonus.points if announcement.bonus else ())
            for condition in point.when
            if condition in ITEMS
        },
        key=PRIORITY_GROUPS.index,
    )
    if announcement.priority_groups is not None:
        yield _groups({name for group in announcement.priority_groups for name in group})
    yield from _order(announcement)
    if rewarded:
        listed = "、".join(cite(ITEMS[group]) for group in rewarded)
        yield Finding(
            provision="19",
            rule="announcement.priority_bonus",
            outcome=Outcome.ADVICE,
            message=f"对{listed}的人员加分；第十九条只在同等条件下优先，加分另需依据",
            facts={"bonus_for": rewarded},
            remedy="写明加分的依据，或者改为同分时优先",
        )


def _order(announcement: Announcement) -> Iterator[Finding]:
    """Among equals the people of Article 19 come before any other difference."""
    order = announcement.tie_break
    if order and order[0] != "priority":
        place = f"排在第{order.index('priority') + 1}位" if "priority" in order else "没有列入"
        yield Finding(
            provision="19",
            rule="announcement.tie_break",
            outcome=Outcome.ADVICE,
            message=f"同分排序中优先人员{place}；第十九条是同等条件下优先，应当排在最前",
            facts={"tie_break": order},
            remedy="把优先人员（priority）排在同分排序的第一位",
        )


def _groups(stated: set[str]) -> Finding:
    missing = [group for group in PRIORITY_GROUPS if group not in stated]
    others = sorted(stated - set(PRIORITY_GROUPS))
    reasons = []
    if missing:
        reasons.append("未列" + "、".join(cite(ITEMS[group]) for group in missing))
    if others:
        reasons.append(f"另列“{'、'.join(others)}”，与第十九条所列范围不同")
    return Finding(
        provision="19",
        rule="announcement.priority",
        outcome=Outcome.ADVICE if reasons else Outcome.SATISFIED,
        message="优先招聘的人员" + ("；".join(reasons) if reasons else "与第十九条所列五项一致"),
        facts={"missing": missing, "others": others},
        remedy="按第十九条五项列全" if reasons else None,
    )
