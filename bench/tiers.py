"""20,000 people in batches for 20 years under every reference scheme, and after each batch the caps counted again.

Two runs of each scheme. As it was seen: what its text doesn't say is 待核实 and nobody moves on it. Filled in: the blanks
closed by `filled` below, which are assumptions of this bench and no law, so that people rise and caps are met.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from math import floor
from pathlib import Path
from random import Random
from typing import Any

import polars as pl

from fujing.law.formats.tier_scheme import QUOTA as QUOTA_BASE
from fujing.law.formats.tier_scheme import Appraised, Cap, Edge, TierScheme, TierSet, Trainee, Version
from fujing.law.formats.tiers import TierFiles
from fujing.law.tiers import Batch, forecast
from fujing.law.tiers.schemes import reference_schemes
from tests.law.tiers.tools import files_of

PEOPLE, YEARS, FIRST = 20_000, 20, 2026
LIMIT = 20.0
"""Seconds for all schemes, as seen and filled in, from the people as they were read."""
DAYS = [date(FIRST + each, 7, 1) for each in range(YEARS)]
QUOTA = [(date(2020, 1, 1), 22_000), (date(2035, 1, 1), 15_000)]
"""Fewer later: bases shrink and nobody is demoted for it."""


def filled(scheme: TierScheme) -> TierScheme:
    """The same scheme with assumed figures where it has none: in force, three years a tier, half of a base, ranked."""
    return scheme.model_copy(update={"versions": tuple(_version(each) for each in scheme.versions)})


def _version(version: Version) -> Version:
    edges = version.edges
    if edges is None:
        path = tuple(tier.code for tier in version.tiers if tier.code != _trainee_tier(version))
        edges = (Edge(path=path),)
    appraised = Appraised(grades=("优秀", "称职", "合格"), years="ended", failing="uncounted")
    done = []
    for edge in edges:
        given = edge.appraisal.grades if isinstance(edge.appraisal, Appraised) else None
        done.append(
            edge.model_copy(
                update={
                    "years": 36 if edge.years is None else edge.years,
                    "kind": edge.kind or "natural",
                    "appraisal": appraised.model_copy(update={"grades": given or appraised.grades}),
                    "shorten": tuple(each.model_copy(update={"years": 12, "most": 12}) for each in edge.shorten),
                    "further": (),
                }
            )
        )
    trainee = version.trainee or "none"
    if isinstance(trainee, Trainee):
        trainee = trainee.model_copy(update={"years": trainee.years or 6, "counted": bool(trainee.counted)})
    sets, caps = (
        version.sets,
        tuple(each.model_copy(update={"share": each.share or 0.5}) for each in version.caps or ()),
    )
    if version.caps is None:
        half = tuple(tier.code for tier in version.tiers if tier.code != _trainee_tier(version))
        upper = half[len(half) // 2 :]
        sets = (TierSet(code="upper", name="上半", tiers=upper), TierSet(code="top", name="最高", tiers=upper[-1:]))
        caps = (Cap(set="upper", share=Decimal("0.4"), of=QUOTA_BASE), Cap(set="top", share=Decimal("0.3"), of="upper"))
    update = {"start": date(2021, 3, 1), "edges": tuple(done), "trainee": trainee, "sets": sets, "caps": caps}
    return version.model_copy(update=update | {"order": ("excellent", "tenure", "service"), "demotions": ()})


def passing(scheme: TierScheme) -> str:
    """The scheme's own word for a year that passes."""
    said = [each.appraisal for version in scheme.versions for each in version.edges or ()]
    words = [each.grades for each in said if isinstance(each, Appraised) and each.grades]
    return "合格" if any("合格" in each for each in words) else "称职"


def _trainee_tier(version: Version) -> str | None:
    return version.trainee.tier if isinstance(version.trainee, Trainee) else None


def people(scheme: TierScheme, folder: Path, number: int) -> TierFiles:
    """People of every tier, some with gaps; always the same ones."""
    random, passed = Random(23), passing(scheme)
    version = scheme.versions[0]
    tiers = [tier.code for tier in version.tiers]
    rows, grades, honours = [], [], []
    for at in range(number):
        hired = date(random.randint(2008, FIRST - 1), random.randint(1, 12), random.randint(1, 28))
        since = date(random.randint(hired.year, FIRST - 1), 12, 31)
        tier = tiers[min(int(random.expovariate(0.5)), len(tiers) - 1)]
        leaves = date(random.randint(FIRST, FIRST + 30), 6, 30)
        rows.append(
            {"id": f"P{at}", "tier": tier, "since": since, "hired_on": hired, "left_on": leaves, "came_by": "hired",
             "education": random.choice(("高中", "大专", "本科", "硕士")), "score": random.randint(60, 100)}
        )  # fmt: skip
        for year in range(since.year, FIRST):
            if random.random() > 0.01:
                grades.append(
                    {"id": f"P{at}", "year": year, "grade": random.choices(("优秀", passed, "基本称职"), (3, 14, 1))[0]}
                )
        if random.random() < 0.05:
            honours.append({"id": f"P{at}", "on": date(random.randint(2020, FIRST), 3, 1), "honour": "二级表彰"})
    return files_of(folder, rows, grades, honours)


def exceeded(batches: list[Batch], after: Any) -> Iterator[str]:
    """Caps that a batch broke: more people than before it, and more than the share of the base counted before it."""
    states = [*(batch.state for batch in batches[1:]), after]
    for batch, state in zip(batches, states, strict=True):
        for places in batch.places:
            limit = places.limit_of
            if limit.share is None:
                continue
            base = batch.quota if limit.base is None else count(batch.state, batch.day, limit.base)
            held, now = (count(each, batch.day, limit.tiers) for each in (batch.state, state))
            if base is not None and now > max(held, floor(limit.share * base)):
                yield f"{batch.day} {limit.name}: {now} of {floor(limit.share * base)}, {held} before"


def count(state: pl.DataFrame, day: date, tiers: frozenset[int]) -> int:
    """People in service with one of these tiers, counted apart from the batch's own count."""
    return sum(
        node in tiers and (left is None or left > day) and (hired is None or hired <= day)
        for node, hired, left in state.select("node", "hired_on", "left_on").iter_rows()
    )


def main() -> int:
    folder = Path(tempfile.mkdtemp())
    total, broken, lines = 0.0, list[str](), []
    for name, seen in reference_schemes().items():
        files = people(seen, folder, PEOPLE)
        taken, moved = [], []
        for scheme in (seen, filled(seen)):
            began = time.perf_counter()
            found = forecast(scheme, files, DAYS, QUOTA, passing(seen))
            taken.append(time.perf_counter() - began)
            broken += [f"{name}: {each}" for each in exceeded(found.batches, found.after)]
            moved.append(len(found.moves()))
        total += sum(taken)
        lines.append(
            f"{name:20} as seen {taken[0]:5.2f} s {moved[0]:7,} steps   filled in {taken[1]:5.2f} s {moved[1]:7,} steps"
        )
    print(f"{PEOPLE:,} people × {YEARS} yearly batches; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print("\n".join(lines))
    print(f"all schemes, as seen and filled in {total:6.2f} s; caps exceeded {len(broken)}")
    print("\n".join(broken[:20]))
    return int(total > LIMIT or bool(broken))


if __name__ == "__main__":
    sys.exit(main())
