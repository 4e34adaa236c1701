"""Batch after batch: who rises when, if later years are appraised as assumed; nobody moves on what isn't known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import polars as pl

from fujing.law.formats.tier_scheme import TierScheme
from fujing.law.formats.tiers import TierFiles
from fujing.law.tiers.batch import Batch, Judging, Quota, Status, entry_day
from fujing.law.tiers.facts import Facts
from fujing.law.tiers.graph import Graphs

MOVES = (Status.PROMOTED, Status.ENTRY, Status.DEMOTED)


@dataclass(frozen=True, slots=True)
class Forecast:
    """The batches in turn; `after`: everybody's tier and its day when the last is done."""

    facts: Facts
    batches: list[Batch]
    after: pl.DataFrame
    assumed: str | None

    def moves(self) -> pl.DataFrame:
        """Everybody's steps: person, day, status, tier before and after."""
        found = [
            batch.people.join(batch.state.select("p", "node"), on="p", maintain_order="left")
            .filter(pl.col("status").is_in([str(each) for each in MOVES]))
            .select("p", pl.lit(batch.day).alias("on"), "status", "node", "to")
            for batch in self.batches
        ]
        return pl.concat(found).sort("p", "on", maintain_order=True)

    def cost(self, batch: Batch) -> Decimal | None:
        """元 a month that the batch's moves add; None where the scheme prints no pay for a tier that counts."""
        graphs, total = self.facts.graphs, Decimal(0)
        before = batch.people.join(batch.state.select("p", "node"), on="p").filter(
            pl.col("status").is_in([str(each) for each in MOVES])
        )
        for node, to, people in before.group_by("node", "to").len().iter_rows():
            paid = [
                graphs.pay[graphs.codes[each]] if each is not None and each >= 0 else Decimal(0) for each in (node, to)
            ]
            if paid[0] is None or paid[1] is None:
                return None
            total += (paid[1] - paid[0]) * people
        return total


def forecast(
    scheme: TierScheme, files: TierFiles, days: Sequence[date], quota: Quota = (), assumed: str | None = None
) -> Forecast:
    """Batches on the days given, in their order. `assumed`: the grade of every year after the last that is known."""
    facts = Facts(Graphs(scheme), files, max(days), assumed)
    state, batches = facts.state, list[Batch]()
    for day in sorted(days):
        batch = Judging(facts, state, day, quota).batch()
        batches.append(batch)
        state = moved(batch)
    return Forecast(facts, batches, state, assumed)


def moved(batch: Batch) -> pl.DataFrame:
    """The state after a batch. A first tier counts from the end of 见习, or from its beginning where that time counts."""
    if batch.graph is None:
        return batch.state
    trainee = batch.graph.trainee
    counted = trainee is not None and trainee.counted is True
    moves, entry = (pl.col("status").is_in([str(each) for each in found]) for found in (MOVES, (Status.ENTRY,)))
    begun = pl.coalesce("since", "hired_on") if counted else entry_day(batch.graph)
    return (
        batch.state.join(batch.people.select("p", "status", "to"), on="p", maintain_order="left")
        .with_columns(
            since=pl.when(entry).then(begun).when(moves).then(pl.lit(batch.day)).otherwise(pl.col("since")),
            node=pl.when(moves).then(pl.col("to")).otherwise(pl.col("node")),
            target=pl.when(moves).then(None).otherwise(pl.col("target")),
        )
        .drop("status", "to")
    )
