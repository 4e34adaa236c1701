"""The ranking agrees with the slow oracle on generated cases."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from fujing.cli.ranking import rank_files
from fujing.law.formats.announcement import read_announcement
from fujing.law.ranking import PostRanking, hire_lists
from fujing.law.ranking.hiring import Dropout
from tests.law.ranking.generated import CONFIRMED_DAY, case, dropouts
from tests.law.ranking.generated_new import new_case
from tests.law.ranking.generated_wide import wide_case
from tests.law.ranking.slow_oracle import hire_slowly, rank_slowly

BATCH = 20
CONFIRMED = date(2026, 6, 30)


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
        files = case(seed, heavy=seed % 2 == 1)
        assert [plain(r) for r in ranked(tmp_path, *files)] == rank_slowly(*files), f"seed {seed}"


@pytest.mark.parametrize("start", range(0, 600, BATCH))
def test_ranking_of_wide_announcements_agrees_with_the_slow_oracle(tmp_path: Path, start: int) -> None:
    for seed in range(start, start + BATCH):
        files = wide_case(seed)
        assert [plain(r) for r in ranked(tmp_path, *files)] == rank_slowly(*files), f"seed {seed}"


@pytest.mark.parametrize("start", range(0, 600, BATCH))
def test_ranking_by_the_further_keys_agrees_with_the_slow_oracle(tmp_path: Path, start: int) -> None:
    for seed in range(start, start + BATCH):
        files = new_case(seed)
        assert [plain(r) for r in ranked(tmp_path, *files)] == rank_slowly(*files), f"seed {seed}"


@pytest.mark.parametrize("start", range(0, 400, BATCH))
def test_hire_list_agrees_with_the_slow_oracle(tmp_path: Path, start: int) -> None:
    for seed in range(start, start + BATCH):
        announcement, applicants, scores = files = case(seed, heavy=True)
        drops = dropouts(seed, applicants)
        told = [
            Dropout(each["id"], "hire", "放弃", CONFIRMED + timedelta(days=each["day"] - CONFIRMED_DAY))
            for each in drops
        ]
        rankings = ranked(tmp_path, *files)
        lists = hire_lists(read_announcement(tmp_path / "a.json"), rankings, told, confirmed_on=CONFIRMED)
        found = [{place.subject: place.status for place in made.places} for made in lists]
        # The twelve months after 30 June 2026 have 365 days.
        slow = announcement | ({"reserve": {"days": 365}} if "reserve" in announcement else {})
        assert found == hire_slowly(slow, applicants, scores, drops, CONFIRMED_DAY), f"seed {seed}"


def test_the_generated_hire_lists_are_heavy_with_ties_absences_and_substitutions() -> None:
    statuses: Counter[str] = Counter()
    substituted = absent = 0
    for seed in range(400):
        announcement, applicants, scores = case(seed, heavy=True)
        slow = announcement | ({"reserve": {"days": 365}} if "reserve" in announcement else {})
        before = hire_slowly(slow, applicants, scores, [], CONFIRMED_DAY)
        after = hire_slowly(slow, applicants, scores, dropouts(seed, applicants), CONFIRMED_DAY)
        statuses.update(status for post in after for status in post.values())
        substituted += sum(
            one[who] != "hire" and two[who] == "hire" for one, two in zip(before, after, strict=True) for who in one
        )
        absent += sum(row["score"] == "缺考" for row in scores)
    assert min(statuses[status] for status in ("hire", "reserve", "out", "tie")) > 50
    assert substituted > 100
    assert absent > 300


def test_the_order_of_the_rows_changes_nothing(tmp_path: Path) -> None:
    announcement, applicants, scores = case(5)
    once = ranked(tmp_path, announcement, applicants, scores)
    assert ranked(tmp_path, announcement, applicants[::-1], scores[::-1]) == once


def test_the_generated_cases_reach_every_status_and_opening() -> None:
    results = [post for seed in range(400) for post in rank_slowly(*case(seed))]
    statuses = {line[2] for post in results for line in post["ranking"].values()}
    assert statuses == {"hire", "reserve", "out", "tie"}
    assert {post["opened"] for post in results} == {True, False}


def test_the_wide_cases_are_heavy_with_ties_closures_and_stages_that_nobody_took() -> None:
    statuses: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for seed in range(600):
        announcement, applicants, scores = wide_case(seed)
        ends = rank_slowly(announcement, applicants, scores)
        statuses.update(line[2] for post in ends for line in post["ranking"].values())
        taken = {(row["id"], row["stage"]) for row in scores}
        posts = {person["id"]: person["position"] for person in applicants}
        held = {(posts[person], kind) for person, kind in taken}
        for post, told in zip(announcement["positions"], ends, strict=True):
            short = not told["opened"]
            seen["closed " + announcement["opening"]["if_short"] if short else "open"] += 1
            seen["cut"] += told["opened"] and told["headcount"] < post["headcount"]
            seen["not taken"] += any(
                entered and (post["code"], kind) not in held
                for kind, entered, _ in told["stages"]
                if kind in ("written", "interview", "skills", "fitness", "psychological")
            )
            ranks = Counter(line[1] for line in told["ranking"].values() if line[1] is not None)
            seen["equal"] += any(number > 1 for number in ranks.values())
        seen["by sex"] += any(":" in key for key in announcement.get("scores_by_position", {}))
    assert min(statuses[status] for status in ("hire", "reserve", "out", "tie")) > 200
    for what in (
        "closed cut_posts",
        "closed open_if_competitive",
        "closed cancel",
        "cut",
        "not taken",
        "equal",
        "by sex",
    ):
        assert seen[what] > 40, f"{what}: {seen[what]}"
