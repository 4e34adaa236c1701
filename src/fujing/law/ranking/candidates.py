"""A candidate on the way through the stages of one post."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from fujing.law.formats.announcement import PRIORITY_GROUPS, Announcement
from fujing.law.formats.applicants import CONDITIONS
from fujing.law.ranking.scoring import whole


@dataclass(slots=True)
class Candidate:
    """Points are integers in units of the rounding's last digit, sums in 10⁻⁶ of it."""

    id: str
    sex: str | None
    group: int
    """Place of the first priority group that one belongs to; one beyond the last for none."""
    bonus: int
    """Bonus points, 10⁻⁶ point, already capped."""
    points: dict[str, int] = field(default_factory=dict)
    """By stage kind, or `paper:` and name."""
    sum: int = 0
    why: str | None = None
    """Set once the candidate is out."""
    stage: str | None = None
    """The kind of the stage at which that happened."""


def candidates_by_post(announcement: Announcement, applicants: pl.DataFrame) -> dict[str, list[Candidate]]:
    """Everyone who applied, by post and in the order of the reference number."""
    frame = applicants.select("id", "position", "sex", group=_group(announcement), bonus=_bonus(announcement)).sort(
        "id"
    )
    people: dict[str, list[Candidate]] = {}
    for person, post, sex, group, bonus in frame.iter_rows():
        people.setdefault(post, []).append(Candidate(person, sex, group, bonus))
    return people


def priority_groups(announcement: Announcement) -> tuple[tuple[str, ...], ...]:
    """The stated groups; unstated, Article 19's five without an order among them."""
    return announcement.priority_groups if announcement.priority_groups is not None else (PRIORITY_GROUPS,)


def _group(announcement: Announcement) -> pl.Expr:
    groups = [[name for name in group if name in CONDITIONS] for group in priority_groups(announcement)]
    member = [
        pl.when(pl.any_horizontal(pl.col(group))).then(pl.lit(place)) for place, group in enumerate(groups) if group
    ]
    return pl.coalesce(*member, pl.lit(len(groups)))


def _bonus(announcement: Announcement) -> pl.Expr:
    """The sum of what applies, up to the cap; several groups in one `when` are any of them, as in a relaxation."""
    bonus = announcement.bonus
    points = bonus.points if bonus else ()
    total = pl.lit(0, pl.Int64)
    for point in points:
        applies = pl.any_horizontal(pl.col(list(point.when)))
        total = total + pl.when(applies).then(whole(point.add)).otherwise(0)
    return total if bonus is None or bonus.cap is None else pl.min_horizontal(total, pl.lit(whole(bonus.cap)))
