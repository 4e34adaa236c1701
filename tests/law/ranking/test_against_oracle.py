"""The ranking agrees with the slow oracle on generated cases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from fujing.cli.ranking import rank_files
from fujing.law.ranking import PostRanking
from tests.law.ranking.generated import case
from tests.law.ranking.slow_oracle import rank_slowly

BATCH = 20


def ranked(folder: Path, announcement: Any, applicants: Any, scores: Any) -> list[PostRanking]:
    (folder / "a.json").write_text(json.dumps({"announcement": announcement}), "utf-8")
    yes = {True: "是", False: "否"}
    rows = [
        {key: yes.get(value, value) if isinstance(value, bool) else value for key, value in person.items()}
        for person in applicants
    ]
    pl.DataFrame(rows).write_csv(folder / "p.csv")
    schema = ("id", "stage", "item", "score", "judge")
    pl.DataFrame(scores, schema=dict.fromkeys(schema, pl.String)).write_csv(folder / "s.csv")
    return rank_files(folder / "a.json", folder / "p.csv", folder / "s.csv")


def plain(ranking: PostRanking) -> dict[str, Any]:
    return {
        "position": ranking.position,
        "headcount": ranking.headcount,
        "opened": ranking.opened,
        "stages": [(stage.kind, stage.entered, stage.passed) for stage in ranking.stages],
        "ranking": {line.subject: (line.total, line.rank, line.status) for line in ranking.ranking},
    }


@pytest.mark.parametrize("start", range(0, 400, BATCH))
def test_ranking_agrees_with_the_slow_oracle(tmp_path: Path, start: int) -> None:
    for seed in range(start, start + BATCH):
        files = case(seed)
        assert [plain(r) for r in ranked(tmp_path, *files)] == rank_slowly(*files), f"seed {seed}"


def test_the_order_of_the_rows_changes_nothing(tmp_path: Path) -> None:
    announcement, applicants, scores = case(5)
    once = ranked(tmp_path, announcement, applicants, scores)
    assert ranked(tmp_path, announcement, applicants[::-1], scores[::-1]) == once


def test_the_generated_cases_reach_every_status_and_opening() -> None:
    results = [post for seed in range(400) for post in rank_slowly(*case(seed))]
    statuses = {line[2] for post in results for line in post["ranking"].values()}
    assert statuses == {"hire", "reserve", "out", "tie"}
    assert {post["opened"] for post in results} == {True, False}
