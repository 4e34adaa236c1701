"""Places under caps: counted before the batch, given in the scheme's order, never to somebody who might not be ahead.

A place is sure for whoever qualifies, if in each set that they enter even everybody who might be ahead or equal
leaves one. There is none for whoever in one set has as many people surely ahead as there are places, counting those
who qualify and whom no other set can stop: they take the places, or find them taken. Who is out takes none from those
behind. What is neither is 待核实: a tie, an unknown, an order that the scheme doesn't say.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from math import floor
from sys import maxsize

import polars as pl

from fujing.law.formats.tier_scheme import Key
from fujing.law.tiers.graph import UNSAID, Limit

NO_BOUND = maxsize
AHEAD, BEHIND = -maxsize, maxsize


@dataclass(frozen=True, slots=True)
class Span:
    """A number that is known, or only between which numbers it is."""

    low: int
    high: int

    def __str__(self) -> str:
        if self.low == self.high:
            return str(self.low)
        return f"{self.low}至{self.high}" if self.bounded else f"不少于{self.low}"

    @property
    def bounded(self) -> bool:
        """Whether it is known how many there are at most."""
        return self.high < NO_BOUND


@dataclass(frozen=True, slots=True)
class Places:
    """A cap on one day. `base` and `held`: how many people were counted; `limit`: how many there may be at most."""

    limit_of: Limit
    base: Span
    held: Span
    limit: Span
    free: Span

    @property
    def state(self) -> str:
        """`open`, `full` (not one more), `frozen` (already above: nobody rises, nobody is demoted) or `undetermined`."""
        if self.held.low > self.limit.high:
            return "frozen"
        if self.free.low > 0:
            return "open"
        return "full" if self.free.high == 0 else "undetermined"


def counted(limit: Limit, held: dict[int, Span], unknown: int, quota: int | None) -> Places:
    """The places of a cap. `held`: people by tier; `unknown`: people in service whose tier isn't known."""
    if limit is UNSAID:
        return Places(limit, Span(0, NO_BOUND), Span(0, NO_BOUND), Span(0, NO_BOUND), Span(0, NO_BOUND))
    inside = _people(limit.tiers, held, unknown)
    if limit.base is not None:
        base = _people(limit.base, held, unknown)
    else:
        base = Span(0, NO_BOUND) if quota is None else Span(quota, quota)
    low = 0 if limit.share is None else floor(limit.share * base.low)
    high = floor(limit.share * base.high) if limit.share is not None and base.bounded else NO_BOUND
    free = Span(max(low - inside.high, 0), NO_BOUND if high >= NO_BOUND else max(high - inside.low, 0))
    return Places(limit, base, inside, Span(low, high), free)


def _people(tiers: frozenset[int], held: dict[int, Span], unknown: int) -> Span:
    found = [held[tier] for tier in tiers if tier in held]
    return Span(sum(each.low for each in found), sum(each.high for each in found) + unknown)


def positions(keys: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    """The best and the worst place that each row may have in the order; equal numbers are equal.

    Columns in the order of their weight, lower is ahead. Behind the first null anything is possible.
    """
    names = keys.columns
    open_ = [pl.any_horizontal(pl.col(names[: at + 1]).is_null()) for at in range(len(names))]
    sides = [
        keys.select(
            *(
                pl.when(still).then(pl.lit(bound, dtype=pl.Int64)).otherwise(pl.col(name)).alias(name)
                for name, still in zip(names, open_, strict=True)
            )
        )
        for bound in (AHEAD, BEHIND)
    ]
    both = pl.concat(sides).with_row_index("at").sort(names)
    changed = pl.any_horizontal(pl.col(name).ne_missing(pl.col(name).shift()) for name in names)
    place = both.with_columns(place=changed.cast(pl.Int64).cum_sum()).sort("at")["place"]
    return place[: len(keys)], place[len(keys) :]


def order_keys(order: tuple[Key, ...] | None, rows: pl.DataFrame) -> pl.DataFrame:
    """What the scheme orders by, lower ahead; a scheme without an order has one unknown key."""
    meant = {
        "score": pl.col("score").rank("dense", descending=True).cast(pl.Int64),
        "excellent": -pl.col("excellent"),
        "tenure": pl.col("since").to_physical().cast(pl.Int64),
        "service": pl.when((pl.col("came_by") == "transferred").fill_null(False))
        .then(None)
        .otherwise(pl.col("hired_on").to_physical().cast(pl.Int64)),
    }
    if order is None:
        return pl.DataFrame({"unsaid": pl.repeat(None, len(rows), dtype=pl.Int64, eager=True)})
    return rows.select(**{f"{at}": meant[key] for at, key in enumerate(order)})


@dataclass(frozen=True, slots=True)
class Given:
    """What became of each row: a place is `sure`, there is none (`out`), or neither is. `ahead`: who may be ahead."""

    sure: pl.Series
    out: pl.Series
    ahead: pl.Series


def give(must: pl.Series, enters: list[tuple[Places, pl.Series]], keys: pl.DataFrame) -> Given:
    """Places for rows that qualify (`must`) or may; `enters`: which rows need a place under each cap."""
    best, worst = positions(keys)
    nobody = pl.repeat(False, len(must), eager=True)
    out = nobody
    while True:
        ahead = pl.repeat(0, len(must), dtype=pl.Int64, eager=True)
        room = list[pl.Series]()
        for places, inside in enters:
            running = inside & ~out
            # Whoever runs is among those who may be ahead of themselves.
            before = best.filter(running).sort().search_sorted(worst, side="right").cast(pl.Int64) - running.cast(
                pl.Int64
            )
            room.append(~inside | (before < places.free.low))
            ahead = before.zip_with(inside & (before > ahead), ahead)
        gone = out
        for at, (places, inside) in enumerate(enters):
            unstopped = reduce(pl.Series.__and__, room[:at] + room[at + 1 :], must)
            takers = worst.filter(inside & unstopped).sort().search_sorted(best, side="left").cast(pl.Int64)
            gone = gone | (inside & (takers >= places.free.high))
        if gone.equals(out):
            return Given(reduce(pl.Series.__and__, room, must) & ~out, out, ahead)
        out = gone
