"""A batch and a forecast as JSON documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from fujing.law.tiers.batch import Batch, Status
from fujing.law.tiers.check import unsaid
from fujing.law.tiers.explanation import Telling, told
from fujing.law.tiers.forecast import Forecast


def caps(batch: Batch) -> list[dict[str, Any]]:
    """Each cap as it stood before the batch."""
    return [
        {
            "set": each.limit_of.name,
            "of": each.limit_of.base_name,
            "share": None if each.limit_of.share is None else str(each.limit_of.share),
            "limit": str(each.limit),
            "held": str(each.held),
            "free": str(each.free),
            "state": each.state,
            "message": told(each),
        }
        for each in batch.places
    ]


def head(batch: Batch) -> dict[str, Any]:
    """What a batch says but of single people."""
    graph = batch.graph
    return {
        "scheme": batch.facts.graphs.scheme.name,
        "as_of": batch.day.isoformat(),
        "quota": batch.quota,
        "counts": batch.counts(),
        "caps": caps(batch),
        "unsaid": [said for _, said in unsaid(graph.version)] if graph else [f"方案没有在{batch.day}施行的规定"],
    }


def people_documents(batch: Batch) -> Iterator[dict[str, Any]]:
    """Everybody in service, as in the people file."""
    telling = Telling(batch)
    for person, row in enumerate(telling.rows):
        if row["status"] != Status.AWAY:
            yield telling.document(person)


def forecast_document(found: Forecast) -> dict[str, Any]:
    """Batch by batch what it comes to, and everybody's steps."""
    graphs = found.facts.graphs
    batches = []
    for batch in found.batches:
        cost = found.cost(batch)
        batches.append(head(batch) | {"monthly_cost": None if cost is None else f"{cost:.2f}"})
        del batches[-1]["scheme"], batches[-1]["unsaid"]
    last = found.batches[-1]
    steps = {person: [] for person, status in last.people.select("p", "status").iter_rows() if status != Status.AWAY}  # type: dict[int, list[dict[str, Any]]]
    for person, day, status, node, to in found.moves().iter_rows():
        steps.setdefault(person, []).append(
            {"on": day.isoformat(), "status": status, "from": graphs.name(node), "to": graphs.name(to)}
        )
    stopped = dict(last.people.select("p", "status").iter_rows())
    node = dict(found.after.select("p", pl.col("node")).iter_rows())
    return {
        "scheme": graphs.scheme.name,
        "assumed": found.assumed,
        "batches": batches,
        "people": [
            {
                "subject": found.facts.ids[person],
                "steps": steps[person],
                "tier": graphs.name(node[person]),
                "last": stopped[person],
            }
            for person in sorted(steps)
        ],
    }
