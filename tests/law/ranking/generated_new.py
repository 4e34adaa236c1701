"""Announcements with what real ones needed besides: exemptions, lines on the total, refills, further tie-breaks."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.law.ranking.generated import case

Row = dict[str, Any]
LEVELS = ("high_school", "junior_college", "bachelor")


def new_case(seed: int) -> tuple[Row, list[Row], list[Row]]:
    """A generated case with some of the further keys of FORMATS on top."""
    announcement, applicants, scores = case(seed, heavy=seed % 2 == 0)
    pick = Random(seed + 10_000)
    for person in applicants:
        person["education"] = pick.choice(LEVELS)
        person["bonus_points"] = pick.choice(("0", "1", "2.5", "7"))
    stages = {stage["kind"]: stage for stage in announcement["stages"]}
    interview, written = stages["interview"], stages["written"]
    if pick.random() < 0.4:
        written["exempt"] = pick.choice((["martyr_kin"], ["martyr_kin", "skill"]))
    if pick.random() < 0.3:
        interview["exempt"] = "police_school"
    if pick.random() < 0.5:
        interview["pass_if_uncontested"] = pick.choice((60.5, 61.5))
    for stage in announcement["stages"]:
        if "admit" in stage and pick.random() < 0.5:
            stage["admit"]["plus"] = pick.choice((0, 1, 2))
    if pick.random() < 0.4:
        announcement["total_pass"] = pick.choice((30, 45, 49.5))
    if pick.random() < 0.7:
        extra = ["unrounded", "education", *(["item:长跑"] if "scored" in stages["fitness"] else [])]
        announcement["tie_break"] = pick.sample(extra, pick.randint(1, len(extra))) + announcement.get("tie_break", [])
    if pick.random() < 0.5 and "bonus" in announcement:
        announcement["bonus"] |= {"column": True, "range": [0, 10]}
    if pick.random() < 0.6:
        sources = pick.choice((["medical"], ["medical", "background"], ["medical", "background", "publicity"]))
        announcement["refill"] = {"times": pick.choice((0, 1, 2, "unlimited")), "from": sources}
    return announcement, applicants, scores
