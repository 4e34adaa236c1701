"""What is added up while somebody types: weights to 100%, places to those of the plan. Publication checks it anyway."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from fujing.law.announcements.steps import stages_of
from fujing.law.formats.announcement import Announcement
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.campaigns.readiness import places_left


@dataclass(frozen=True, slots=True)
class Sum:
    """Fields (a CSS selector) that are added to `others`, what other pages keep; `whole` is what they may come to."""

    says: str
    fields: str
    others: str = ""
    whole: int | None = None
    """Places of the plan; None where shares are added up to 1."""


def weights_beside(announcement: Announcement, index: int) -> list[Sum]:
    """For the page of one step: the weights of the other steps, for each group of posts that has other ones.

    A post with a weight of its own for this step isn't changed by the page.
    """
    stage = (announcement.stages or ())[index]
    found: dict[tuple[str, ...], list[str]] = {}
    for post in announcement.positions:
        steps = stages_of(announcement, post)
        scores = announcement.scores_by_position.get(post.code)
        own: Mapping[str, Fraction] = {str(kind): Fraction(of) for kind, of in scores.weights.items()} if scores else {}
        if any(each is stage for each in steps) and stage.kind not in own:
            weights = [own.get(each.kind, Fraction(each.weight or 0)) for each in steps if each is not stage]
            found.setdefault(tuple(str(weight) for weight in weights if weight), []).append(post.code)
    several = len(found) > 1
    return [
        Sum(f"{'、'.join(codes)}岗位各环节权重" if several else "各环节权重", "#id_weight", " ".join(others))
        for others, codes in found.items()
    ]


def places_beside(campaign: Campaign, code: str) -> list[Sum]:
    """For the page of one post: the places of the other posts against those that the plan has left."""
    if campaign.plan is None:
        return []
    others = sum(post.headcount for post in campaign.announcement.positions if post.code != code)
    return [Sum("各岗位共招", "#id_headcount", str(others), max(sum(places_left(campaign).values()), 0))]


def of_first_draft(campaign: Campaign) -> Sequence[Sum]:
    """For the page of a first draft: everything is on it."""
    left = max(sum(places_left(campaign).values()), 0) if campaign.plan else None
    places = [] if left is None else [Sum("各岗位共招", '[name^="positions-"][name$="-headcount"]', "", left)]
    return [Sum("各环节权重", "#id_written_weight, #id_interview_weight"), *places]


PAPERS = Sum("各科目权重", '[name^="papers-"][name$="-weight"]')
