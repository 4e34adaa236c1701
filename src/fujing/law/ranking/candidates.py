"""A candidate on the way through the stages of one post."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

import polars as pl

from fujing.law.education import LEVELS
from fujing.law.formats.announcement import PRIORITY_GROUPS, Announcement
from fujing.law.formats.applicants import CONDITIONS
from fujing.law.formats.values import SCALE
from fujing.law.ranking.applicants import with_absent
from fujing.law.ranking.scoring import whole


@dataclass(slots=True)
class Candidate:
    """Points are integers of 10⁻⁶, sums in 10⁻⁶ of it divided by the post's common denominator of weights."""

    id: str
    sex: str | None
    group: int
    """Place of the first priority group that one belongs to; one beyond the last for none."""
    bonus: int
    """Bonus points, 10⁻⁶ point, already capped."""
    points: dict[str, int] = field(default_factory=dict)
    """By stage kind, or `paper:` or `item:` and name."""
    sum: int = 0
    why: str | None = None
    """Set once the candidate is out."""
    stage: str | None = None
    """The kind of the stage at which that happened."""
    level: int = -1
    """Education as a rank, -1 where it isn't known."""
    exempt: frozenset[str] = frozenset()
    """The kinds of the stages that one passes without taking them."""
    spared: int = 0
    """The weights of the stages taken by others and spared to this candidate."""
    weights: int = 0
    """The weights of all stages so far; kept only for who is exempt."""

    @property
    def running(self) -> int | Fraction:
        """The exact sum so far; a spared weight moves to the stages that were taken, in proportion."""
        if not self.spared or self.weights == self.spared:
            return self.sum
        return Fraction(self.sum * self.weights, self.weights - self.spared)

    @property
    def uncompared(self) -> bool:
        """Spared all that counted so far: there is nothing to compare with the others' sums."""
        return bool(self.spared) and self.weights == self.spared


def candidates_by_post(announcement: Announcement, applicants: pl.DataFrame) -> dict[str, list[Candidate]]:
    """Everyone who applied, by post and in the order of the reference number."""
    spared = {stage.kind: list(stage.exempt) for stage in announcement.stages or () if stage.exempt}
    frame = with_absent(applicants)
    frame = frame.select(
        "id",
        "position",
        "sex",
        group=_group(announcement),
        bonus=_bonus(announcement),
        level=_level() if "education" in announcement.tie_break else pl.lit(-1),
        **{f"exempt {kind}": pl.any_horizontal(marks) for kind, marks in spared.items()},
    ).sort("id")
    people: dict[str, list[Candidate]] = {}
    kinds = list(spared)
    for person, post, sex, group, bonus, level, *exempt in frame.iter_rows():
        made = Candidate(person, sex, group, bonus, level=level)
        if kinds:
            made.exempt = frozenset(kind for kind, free in zip(kinds, exempt, strict=True) if free)
        people.setdefault(post, []).append(made)
    return people


def priority_groups(announcement: Announcement) -> tuple[tuple[str, ...], ...]:
    """The stated groups; unstated, Article 19's five without an order among them."""
    return announcement.priority_groups if announcement.priority_groups is not None else (PRIORITY_GROUPS,)


def _level() -> pl.Expr:
    levels = {level: place for place, level in enumerate(LEVELS)}
    return pl.col("education").replace_strict(levels, default=-1, return_dtype=pl.Int64)


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
    if bonus and bonus.column:
        total = total + (pl.col("bonus_points").cast(pl.Float64) * 10**SCALE).round().cast(pl.Int64).fill_null(0)
    return total if bonus is None or bonus.cap is None else pl.min_horizontal(total, pl.lit(whole(bonus.cap)))
