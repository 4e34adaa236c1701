"""A stage's score from its rows, for all candidates at once and in exact integers."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import repeat
from math import lcm

import polars as pl

from fujing.law.formats.announcement import Announcement
from fujing.law.formats.fitness import asked_items, shown
from fujing.law.formats.scores import FAILURES, REVIEWS, STAGE_LABELS
from fujing.law.formats.stages import Gate, Stage, items_of
from fujing.law.formats.values import SCALE
from fujing.law.ranking.rounding import divide

Result = tuple[int | None, str | None, tuple[int | None, ...]]
"""One candidate at one stage: points in units of the rounding's last digit, why they fell out, the
points in 10⁻⁶ of each part that `parts_of` names."""

Results = dict[int, dict[str, Result]]
"""By place of the stage in the announcement, then by candidate."""


def stage_results(announcement: Announcement, scores: pl.DataFrame) -> dict[str, Results]:
    """By post: the result of everyone with a row, at each stage that anyone of the post took."""
    found: dict[str, Results] = {}
    stages = announcement.stages or ()
    if "sex" not in scores.columns:
        scores = scores.with_columns(sex=pl.lit(None, pl.String))
    for (place,), rows in scores.group_by("place", maintain_order=True):
        index = int(str(place))
        stage = stages[index]
        combined = _reviewed(rows, stage) if stage.kind in REVIEWS else _combined(rows, stage, announcement)
        papers = [f"part {number}" for number in range(len(parts_of(announcement, stage)))]
        for (post,), part in combined.group_by("position", maintain_order=True):
            per_paper = zip(*(part[paper].to_list() for paper in papers), strict=True) if papers else repeat(())
            results = zip(part["score"].to_list(), part["failure"].to_list(), per_paper, strict=False)
            found.setdefault(str(post), {})[index] = dict(zip(part["id"].to_list(), results, strict=True))
    return found


def parts_of(announcement: Announcement, stage: Stage) -> list[tuple[str, str]]:
    """What of a stage is kept beside its score, as key and item: its papers, and items that order equals."""
    papers = [(f"paper:{paper.name}", paper.name) for paper in stage.papers]
    ordering = [key.removeprefix("item:") for key in announcement.tie_break if key.startswith("item:")]
    measured = set(asked_items(announcement, stage, None))
    unlisted = not measured and (stage.scored is not None or isinstance(stage.gate, Gate))
    return papers + [(f"item:{item}", item) for item in ordering if unlisted or item in measured]


def _reviewed(rows: pl.DataFrame, stage: Stage) -> pl.DataFrame:
    label = STAGE_LABELS[stage.kind]
    return rows.group_by("position", "id", maintain_order=True).agg(
        score=pl.lit(None, pl.Int64), failure=_word_failure(label)
    )


def _word_failure(label: str) -> pl.Expr:
    """The gravest word among the rows."""
    return pl.coalesce(pl.when((pl.col("word") == word).any()).then(pl.lit(f"{label}{word}")) for word in FAILURES)


def _combined(rows: pl.DataFrame, stage: Stage, announcement: Announcement) -> pl.DataFrame:
    label = STAGE_LABELS[stage.kind]
    if isinstance(stage.gate, Gate) or stage.gate is True:
        score, failure = pl.lit(None, pl.Int64), _gate_failure(stage, announcement)
    else:
        score, failure = _score(stage, announcement), _failure(stage, announcement, label)
    papers = {
        f"part {number}": pl.col("points").filter(pl.col("item") == item).first()
        for number, (_, item) in enumerate(parts_of(announcement, stage))
    }
    return rows.group_by("position", "id", maintain_order=True).agg(score=score, failure=failure, **papers)


def _score(stage: Stage, announcement: Announcement) -> pl.Expr:
    """Points in units of the rounding's last digit; null where a part is missing."""
    points, rounding = pl.col("points"), announcement.rounding
    unit = 10 ** (SCALE - rounding.digits)
    if stage.papers:
        weights = [Fraction(paper.weight) for paper in stage.papers]
        under = lcm(*(weight.denominator for weight in weights))
        parts = [
            points.filter(pl.col("item") == paper.name).first() * int(weight * under)
            for paper, weight in zip(stage.papers, weights, strict=True)
        ]
        total = parts[0]
        for part in parts[1:]:
            total = total + part
        return divide(total, pl.lit(unit * under), rounding.mode)
    total, count = points.sum(), points.count().cast(pl.Int64)
    combine = "mean"
    if stage.panel:
        combine = stage.panel.combine
        if stage.panel.drop == "extremes":
            several = count >= 3
            total = total - pl.when(several).then(points.min() + points.max()).otherwise(0)
            count = count - pl.when(several).then(2).otherwise(0)
    elif stage.scored:
        combine = stage.scored.combine
    by = pl.when(count > 0).then(count if combine == "mean" else 1) * unit
    return divide(total, by, rounding.mode)


def _failure(stage: Stage, announcement: Announcement, label: str) -> pl.Expr:
    reasons = [_word_failure(label)]
    if stage.papers:
        reasons += [_missing(label, paper.name) for paper in stage.papers]
    elif stage.scored:
        reasons += _missing_items(stage, announcement, items_of(stage.scored.items), label)
    if stage.scored and stage.scored.item_floor is not None:
        floor = stage.scored.item_floor
        reasons.append(_below_floor(f"{label}有单项低于{floor}分", floor))
    return pl.coalesce(reasons)


def _missing(label: str, item: str) -> pl.Expr:
    there = (pl.col("item") == item).fill_null(value=False).any()
    return pl.when(~there).then(pl.lit(f"{label}的{item}缺考"))


def _missing_items(stage: Stage, announcement: Announcement, items: list[str], label: str) -> list[pl.Expr]:
    """Each item that is asked of somebody of that sex and has no result."""
    asked = {sex: asked_items(announcement, stage, sex) for sex in ("male", "female")}
    return [pl.when(_asked(item, asked)).then(_missing(label, item)) for item in items]


def _asked(item: str, asked: dict[str, list[str]]) -> pl.Expr:
    sexes = [sex for sex, items in asked.items() if item in items]
    if len(sexes) == len(asked):
        return pl.lit(value=True)
    return pl.col("sex").is_in(sexes).fill_null(value=False).first()


def _below_floor(said: str, floor: Decimal) -> pl.Expr:
    """The sentence with the first item under the lowest points that a single item needs; null if none is."""
    below = pl.col("points") < whole(floor)
    item, points = (pl.col(name).filter(below).first() for name in ("item", "points"))
    return pl.when(below.any()).then(pl.format("{}：{}{}", pl.lit(said), item.fill_null("单项"), shown(points)))


def _gate_failure(stage: Stage, announcement: Announcement) -> pl.Expr:
    """Why a gate is not passed. Where a standard is named, all its items are needed unless `need` says how many;
    a result without an item is the verdict on all of them."""
    label = STAGE_LABELS[stage.kind]
    gate = stage.gate if isinstance(stage.gate, Gate) else Gate.model_validate({})
    passed = (pl.col("word") == "合格").fill_null(value=False)
    if gate.item_floor is not None:
        passed = passed | (pl.col("points") >= whole(gate.item_floor)).fill_null(value=False)
    overall = (passed & pl.col("item").is_null()).any()
    reasons: list[pl.Expr] = []
    refused = pl.lit(value=False)
    if isinstance(gate.need, int):
        enough = passed.sum() >= gate.need
        grave = [word for word in FAILURES if word == "违纪"]
        some = pl.col("item").is_not_null().any() & passed.any()
        counted = pl.format("{}不合格：合格{}项，应合格{}项", pl.lit(label), passed.sum(), pl.lit(gate.need))
        reasons.append(pl.when(some).then(counted))
    else:
        male, female = (len(asked_items(announcement, stage, sex)) for sex in ("male", "female"))
        items = pl.col("item").is_not_null().sum()
        asked = pl.when(pl.col("sex").first() == "female").then(female).otherwise(male)
        enough = passed.all() & (pl.len() >= asked)
        grave = [word for word in FAILURES if word != "不合格"]
        refused = (pl.col("word") == "不合格").any()
        if gate.item_floor is not None:
            refused = refused | (pl.col("points") < whole(gate.item_floor)).any()
        reasons += _short_items(stage, gate, announcement, label)
        few = pl.format("{}不合格：只有{}项成绩，应有{}项", pl.lit(label), items, asked)
        reasons.append(pl.when((items > 0) & (items < asked)).then(few))
    absent = pl.when((pl.col("word") == "缺考").fill_null(value=False).all()).then(pl.lit(f"{label}缺考"))
    words = [pl.when((pl.col("word") == word).any()).then(pl.lit(f"{label}{word}")) for word in grave]
    failed = refused | ~(overall | enough)
    why = pl.coalesce(absent, *reasons, pl.lit(f"{label}不合格"))
    return pl.coalesce(*words, pl.when(failed).then(why))


def _short_items(stage: Stage, gate: Gate, announcement: Announcement, label: str) -> list[pl.Expr]:
    """The item that fell short, by its number where there is one, and a listed item without a result beside others."""
    failed = (pl.col("word") == "不合格") & pl.col("item").is_not_null()
    item = pl.col("item").filter(failed).first()
    reasons = [
        pl.format("{}的{}", pl.lit(label), pl.col("said").drop_nulls().first()),
        pl.when(failed.any()).then(pl.format("{}的{}不合格", pl.lit(label), item)),
    ]
    if gate.item_floor is not None:
        reasons.append(_below_floor(f"{label}不合格，有单项低于{gate.item_floor}分", gate.item_floor))
    some = pl.col("item").is_not_null().any()
    missing = _missing_items(stage, announcement, items_of(gate.items), label)
    return reasons + [pl.when(some).then(each) for each in missing]


def whole(number: Decimal | Fraction) -> int:
    """A number of at most six decimals as an exact integer of 10⁻⁶."""
    return int(Fraction(number) * 10**SCALE)
