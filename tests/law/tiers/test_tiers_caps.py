"""Caps: counted before the batch, rounded down, never exceeded by it; nobody is demoted because a base shrinks."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import permutations, product
from pathlib import Path
from random import Random
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fujing.law.tiers import Batch, evaluate, forecast
from fujing.law.tiers.batch import Status
from fujing.law.tiers.document import caps
from fujing.law.tiers.graph import Limit
from fujing.law.tiers.places import Places, Span, give, positions
from tests.law.tiers import generated
from tests.law.tiers.tools import files_of, found, scheme_of

DAY = date(2026, 7, 1)
SCHEME: dict[str, Any] = {
    "name": "名额案例",
    "versions": [
        {
            "from": "2021-03-01",
            "tiers": [{"code": each, "name": f"{each}级"} for each in ("四", "三", "二", "一")],
            "trainee": "none",
            "entry": {"table": {"高中": "四"}},
            "edges": [{"path": ["四", "三", "二", "一"], "kind": "selective", "years": 3, "appraisal": "none"}],
            "sets": [
                {"code": "三级以上", "name": "三级以上", "tiers": ["三", "二", "一"]},
                {"code": "一级", "name": "一级", "tiers": ["一"]},
            ],
            "caps": [
                {"set": "三级以上", "share": "3/10", "of": "quota"},
                {"set": "一级", "share": "3/10", "of": "三级以上"},
            ],
            "order": ["score"],
            "demotions": [],
            "continuity": {"leaving": "cancelled", "transfer": "kept"},
        }
    ],
}


def crowd(held: dict[str, int], ready: dict[str, list[Any]]) -> list[dict[str, Any]]:
    """People who hold a tier since yesterday, and others who have been long enough in one, by their scores."""
    rows = [(tier, date(2026, 6, 30), None) for tier, number in held.items() for _ in range(number)]
    rows += [(tier, date(2022, 1, 1), score) for tier, scores in ready.items() for score in scores]
    return [
        {"id": f"{tier}{at}", "tier": tier, "since": since, "hired_on": date(2020, 1, 1), "score": score}
        for at, (tier, since, score) in enumerate(rows)
    ]


def batch(folder: Path, people: list[dict[str, Any]], quota: int | None, scheme: dict[str, Any] = SCHEME) -> Batch:
    known = [] if quota is None else [(date(2020, 1, 1), quota)]
    return evaluate(scheme_of(folder, scheme), files_of(folder, people, [], []), DAY, known)


def statuses(of: Batch) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for subject, (status, _) in found(of).items():
        told.setdefault(subject[0], []).append(status)
    return told


def test_thirty_percent_of_the_quota_and_thirty_percent_of_those(tmp_path: Path) -> None:
    of = batch(tmp_path, crowd({"三": 8, "二": 6}, {"四": [90, 80, 70], "二": [95, 85, 75, 65, 60]}), 69)
    # 30 % of 69 is 20.7: 20 places, 19 held. 30 % of those 19 is 5.7: 5 places, none held.
    assert [(each["limit"], each["held"], each["free"]) for each in caps(of)] == [("20", "19", "1"), ("5", "0", "5")]
    assert statuses(of)["四"] == ["promoted", "no_place", "no_place"]
    assert statuses(of)["二"][6:] == ["promoted"] * 5


@pytest.mark.parametrize(
    ("grades", "said"),
    [
        (("优秀", "优秀", "称职", "称职"), ["promoted", "no_place"]),
        (("优秀", "优秀", None, "称职"), ["unsettled", "unsettled"]),
    ],
)
def test_whose_grade_of_a_year_is_unknown_may_be_ahead(
    tmp_path: Path, grades: tuple[str | None, ...], said: list[str]
) -> None:
    """One place for who was 优秀 more often; a year that nobody knows may be one of them."""
    scheme = copy.deepcopy(SCHEME)
    scheme["versions"][0]["order"] = ["excellent"]
    known = ("优秀", "优秀", "优秀", "称职")
    rows = [
        {"id": who, "year": 2022 + at, "grade": grade}
        for who, of_years in (("四0", known), ("四1", grades))
        for at, grade in enumerate(of_years)
        if grade
    ]
    files = files_of(tmp_path, crowd({}, {"四": [None, None]}), rows, [])
    of = evaluate(scheme_of(tmp_path, scheme), files, DAY, [(date(2020, 1, 1), 4)])
    assert statuses(of)["四"] == said


def test_places_are_counted_before_the_batch(tmp_path: Path) -> None:
    """Who rises from 四 into the set makes the base of 一 larger, but only for the next batch."""
    of = batch(tmp_path, crowd({"二": 2}, {"四": [90, 80], "二": [70]}), 20)
    assert [(each["limit"], each["held"], each["free"]) for each in caps(of)] == [("6", "3", "3"), ("0", "0", "0")]
    assert statuses(of) == {"二": ["not_qualified"] * 2 + ["no_place"], "四": ["promoted", "promoted"]}


def test_rising_inside_a_set_needs_no_place_in_it(tmp_path: Path) -> None:
    of = batch(tmp_path, crowd({"二": 6}, {"三": [90], "四": [95]}), 20)
    assert statuses(of)["三"] == ["promoted"]
    assert statuses(of)["四"] == ["no_place"]


@pytest.mark.parametrize(("quota", "state", "free"), [(41, "open", "2"), (34, "full", "0"), (20, "frozen", "0")])
def test_a_base_that_shrinks_freezes_and_demotes_nobody(tmp_path: Path, quota: int, state: str, free: str) -> None:
    of = batch(tmp_path, crowd({"三": 10}, {"四": [90]}), quota)
    first = caps(of)[0]
    assert (first["state"], first["free"]) == (state, free)
    assert statuses(of)["四"] == (["promoted"] if state == "open" else ["no_place"])
    assert set(statuses(of)["三"]) == {"not_qualified"}


def test_a_quota_that_shrinks_later_holds_the_forecast(tmp_path: Path) -> None:
    people = crowd({"三": 3}, {"四": [90, 80, 70, 60]})
    quota = [(date(2020, 1, 1), 10), (date(2027, 1, 1), 6), (date(2028, 1, 1), 20)]
    days = [date(year, 7, 1) for year in (2026, 2027, 2028)]
    run = forecast(scheme_of(tmp_path, SCHEME), files_of(tmp_path, people, [], []), days, quota)
    assert [each.quota for each in run.batches] == [10, 6, 20]
    assert [each.places[0].state for each in run.batches] == ["full", "frozen", "open"]
    assert [statuses(each)["四"].count("promoted") for each in run.batches] == [0, 0, 3]


def test_equals_at_the_last_place_are_told_and_not_guessed(tmp_path: Path) -> None:
    of = batch(tmp_path, crowd({}, {"四": [90, 80, 80, 70]}), 7)
    assert statuses(of)["四"] == ["promoted", "unsettled", "unsettled", "no_place"]


def test_equals_who_all_have_a_place_rise(tmp_path: Path) -> None:
    assert statuses(batch(tmp_path, crowd({}, {"四": [80, 80, 80]}), 10))["四"] == ["promoted"] * 3


def test_an_unknown_score_may_be_anywhere(tmp_path: Path) -> None:
    of = batch(tmp_path, crowd({}, {"四": [90, None, 80]}), 7)
    assert statuses(of)["四"] == ["promoted", "unsettled", "unsettled"]


def test_without_an_order_nobody_is_ahead(tmp_path: Path) -> None:
    scheme = copy.deepcopy(SCHEME)
    del scheme["versions"][0]["order"]
    assert statuses(batch(tmp_path, crowd({}, {"四": [90, 80, 70]}), 7, scheme))["四"] == ["unsettled"] * 3
    assert statuses(batch(tmp_path, crowd({}, {"四": [90, 80]}), 7, scheme))["四"] == ["promoted"] * 2


def test_a_person_without_a_known_tier_may_hold_a_place(tmp_path: Path) -> None:
    people = crowd({}, {"四": [90, 80]})
    people.append(people[0] | {"id": "丁", "tier": None})
    of = batch(tmp_path, people, 7)
    assert caps(of)[0]["held"] == "0至1"
    assert statuses(of)["四"] == ["promoted", "unsettled"]


def test_who_may_qualify_and_is_ahead_leaves_the_place_open(tmp_path: Path) -> None:
    people = crowd({}, {"四": [90, 80]})
    people[0]["since"] = None
    assert statuses(batch(tmp_path, people, 4))["四"] == ["undetermined", "unsettled"]


def test_without_a_quota_the_places_are_unknown(tmp_path: Path) -> None:
    of = batch(tmp_path, crowd({"三": 1}, {"四": [90]}), None)
    assert caps(of)[0]["message"].startswith("三级以上限不详（用人额度不详的30%，向下取整），批前现有1人，余不详")
    assert statuses(of)["四"] == ["unsettled"]


def broken(before: Batch, after: pl.DataFrame) -> Iterator[str]:
    """Sets that a batch filled above their share of what was counted before, but for who was demoted into them."""
    for places in before.places:
        limit = places.limit_of
        if limit.share is None:
            continue
        base = before.quota if limit.base is None else inside(before, before.state, limit.base)
        held, now = inside(before, before.state, limit.tiers), inside(before, after, limit.tiers)
        fallen = before.people.filter((pl.col("status") == Status.DEMOTED) & pl.col("to").is_in(list(limit.tiers)))
        if base is None:
            continue
        if now - len(fallen) > max(held, int(limit.share * base)):
            yield f"{before.day} {limit.name}: {held}, {now} of {limit.share} of {base}"


def inside(of: Batch, state: pl.DataFrame, tiers: frozenset[int]) -> int:
    return sum(
        node in tiers and (hired is None or hired <= of.day) and (left is None or left > of.day)
        for node, hired, left in state.select("node", "hired_on", "left_on").iter_rows()
    )


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(seed=st.integers(min_value=0), unknown=st.sampled_from([0, 0.1]), quota=st.integers(0, 60))
def test_no_batch_ever_exceeds_a_cap(tmp_path: Path, seed: int, unknown: float, quota: int) -> None:
    random = Random(seed)
    scheme = generated.scheme(random)
    people, grades, honours = generated.people(random, scheme, 40, unknown)
    days = [generated.DAY, date(2026, 9, 1), date(2027, 3, 1), date(2028, 3, 1)]
    change = [(date(2020, 1, 1), quota), (date(2027, 1, 1), quota // 2)]
    run = forecast(scheme_of(tmp_path, scheme), files_of(tmp_path, people, grades, honours), days, change, "称职")
    states = [*(each.state for each in run.batches[1:]), run.after]
    for each, after in zip(run.batches, states, strict=True):
        assert list(broken(each, after)) == []


def limits(*free: tuple[int, int]) -> list[Places]:
    nothing = Span(0, 0)
    return [
        Places(Limit("", frozenset(), Fraction(1), None, "", None), nothing, nothing, nothing, Span(*each))
        for each in free
    ]


def every_way(
    must: list[bool], inside: list[list[bool]], free: list[Span], before: list[list[bool]]
) -> list[set[bool]]:
    """What becomes of each in every order that the keys admit, whoever else turns out to qualify; first come, first served."""
    number = len(must)
    met: list[set[bool]] = [set() for _ in must]
    orders = [
        order
        for order in permutations(range(number))
        if not any(before[late][early] for at, early in enumerate(order) for late in order[at + 1 :])
    ]
    for places in product(*(range(each.low, each.high + 1) for each in free)):
        for able in product(*((True,) if each else (True, False) for each in must)):
            for order in orders:
                left = list(places)
                for one in order:
                    sets = [at for at in range(len(left)) if inside[at][one]]
                    given = able[one] and all(left[at] > 0 for at in sets)
                    for at in sets if given else ():
                        left[at] -= 1
                    met[one].add(given)
    return met


@settings(deadline=None, max_examples=600)
@given(data=st.data())
def test_a_place_is_sure_or_gone_only_if_it_is_in_every_way(data: st.DataObject) -> None:
    """Against every order and every outcome of what isn't known, tried one by one."""
    number = data.draw(st.integers(1, 5))
    key = st.one_of(st.none(), st.integers(0, 2))
    keys = [[data.draw(key), data.draw(key)] for _ in range(number)]
    must = [data.draw(st.booleans()) for _ in range(number)]
    sets = data.draw(st.integers(1, 2))
    inside = [[data.draw(st.booleans()) for _ in range(number)] for _ in range(sets)]
    low = [data.draw(st.integers(0, 3)) for _ in range(sets)]
    free = [Span(each, each + data.draw(st.integers(0, 1))) for each in low]
    before = [[surely(one, other) for other in keys] for one in keys]
    ways = every_way(must, inside, free, before)
    frame = pl.DataFrame({"a": [a for a, _ in keys], "b": [b for _, b in keys]}, schema={"a": pl.Int64, "b": pl.Int64})
    enters = list(zip(limits(*((each.low, each.high) for each in free)), map(pl.Series, inside), strict=True))
    told = give(pl.Series(must), enters, frame)
    single = sets == 1
    known = all(None not in each for each in keys) and len({tuple(each) for each in keys}) == number
    exact = single or (known and all(must) and all(each.low == each.high for each in free))
    for at, way in enumerate(ways):
        if told.sure[at]:
            assert way == {True}
        if told.out[at]:
            assert way == {False}
        if exact and must[at]:
            assert bool(told.sure[at]) is (way == {True})
            assert bool(told.out[at]) is (way == {False})


def surely(one: list[int | None], other: list[int | None]) -> bool:
    for a, b in zip(one, other, strict=True):
        if a is None or b is None:
            return False
        if a != b:
            return a < b
    return False


def test_the_positions_of_an_order() -> None:
    keys = pl.DataFrame({"a": [1, 2, 1, None], "b": [5, None, 5, 1]}, schema={"a": pl.Int64, "b": pl.Int64})
    best, worst = positions(keys)
    assert best[0] == worst[0] == best[2] == worst[2]
    assert best[1] > worst[0]
    assert best[1] < worst[1]
    assert best[3] == min(best)
    assert worst[3] == max(worst)
