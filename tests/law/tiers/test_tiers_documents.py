"""Documents of batches and forecasts in full, and the small numbers behind them on both sides of each bound."""

from __future__ import annotations

import copy
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from fujing.law.findings import Outcome
from fujing.law.tiers import evaluate, forecast
from fujing.law.tiers.batch import Status, quota_on
from fujing.law.tiers.document import caps as caps_of
from fujing.law.tiers.document import forecast_document, head
from fujing.law.tiers.graph import UNSAID, Limit
from fujing.law.tiers.places import NO_BOUND, Places, Span, counted, order_keys
from tests.law.tiers.tools import Row, files_of, scheme_of

SCHEME: Row = {
    "name": "推算案例",
    "versions": [
        {
            "from": "2021-03-01",
            "tiers": [
                {"code": "三", "name": "三级", "pay": 100},
                {"code": "二", "name": "二级", "pay": 250.5},
                {"code": "一", "name": "一级", "pay": 400},
            ],
            "trainee": {"years": 0.5, "counted": False},
            "entry": {"table": {"高中": "三"}},
            "edges": [{"path": ["三", "二", "一"], "kind": "selective", "years": 1, "appraisal": {
                "grades": ["优秀", "称职"], "years": "ended", "failing": "blocks"}}],
            "sets": [{"code": "二级以上", "name": "二级以上", "tiers": ["二", "一"]}],
            "caps": [{"set": "二级以上", "share": "1/2", "of": "quota"}],
            "order": ["score"],
            "demotions": [{"grades": ["不称职"]}],
            "continuity": {"leaving": "cancelled", "transfer": "kept"},
        }
    ],
}  # fmt: skip
DAYS = [date(2027, 7, 1), date(2026, 7, 1)]
HIRED = {"hired_on": date(2020, 1, 1), "came_by": "hired", "education": "高中"}
PEOPLE: list[Row] = [
    {"id": "P1", "tier": "三", "since": date(2025, 7, 1), "target": "二", **HIRED, "score": 90},
    {"id": "P2", "tier": "二", "since": date(2024, 7, 1), **HIRED, "score": 80},
    {"id": "P3", "tier": "无", **HIRED, "hired_on": date(2026, 1, 1), "score": 70},
    {"id": "P4", "tier": "一", "since": date(2024, 7, 1), **HIRED, "left_on": date(2026, 7, 1)},
    {"id": "P5", "tier": "无", **HIRED, "hired_on": date(2026, 1, 1), "left_on": date(2027, 7, 1)},
    {"id": "P6", "tier": "无", **HIRED, "hired_on": date(2026, 7, 2)},
    {"id": "P7", "tier": "三", "since": date(2025, 7, 2), **HIRED, "score": 70},
]
"""One who rises, one who falls, two who get their first tier and one of them leaves, one who left, one who comes."""
GRADES = [{"id": f"P{who}", "year": 2025, "grade": "不称职" if who == 2 else "称职"} for who in (1, 2, 4, 7)]


def changed(**version: Any) -> Row:
    scheme = copy.deepcopy(SCHEME)
    scheme["versions"][0] |= version
    return scheme


def run(folder: Path, scheme: Row) -> Row:
    files = files_of(folder, PEOPLE, GRADES, [])
    return forecast_document(forecast(scheme_of(folder, scheme), files, DAYS, [(date(2020, 1, 1), 4)], "称职"))


def test_the_document_of_a_forecast(tmp_path: Path) -> None:
    """In order of the days; who comes later has steps, who has left only those from before."""

    def capped(held: int, free: int) -> list[Row]:
        told = f"二级以上限2人（用人额度4人的50%，向下取整），批前现有{held}人，余{free}人"
        numbers = {"limit": "2", "held": f"{held}", "free": f"{free}", "state": "open", "message": told}
        return [{"set": "二级以上", "of": "用人额度", "share": "1/2", **numbers}]

    def step(year: int, status: str, before: str, after: str) -> Row:
        return {"on": f"{year}-07-01", "status": status, "from": before, "to": after}

    assert run(tmp_path, SCHEME) == {
        "scheme": "推算案例",
        "assumed": "称职",
        "batches": [
            {
                "as_of": "2026-07-01",
                "quota": 4,
                "counts": {"promoted": 1, "entry": 2, "demoted": 1, "not_qualified": 1},
                "caps": capped(1, 1),
                "monthly_cost": "200.00",  # 150.50 more for P1, 100 each for P3 and P5, 150.50 less for P2
            },
            {
                "as_of": "2027-07-01",
                "quota": 4,
                "counts": {"promoted": 2, "entry": 1, "no_place": 2},
                "caps": capped(1, 1),
                "monthly_cost": "400.00",  # 149.50 more for P1, 150.50 for P2, 100 for P6
            },
        ],
        "people": [
            {
                "subject": "P1",
                "steps": [step(2026, "promoted", "三级", "二级"), step(2027, "promoted", "二级", "一级")],
                "tier": "一级",
                "last": "promoted",
            },
            {
                "subject": "P2",
                "steps": [step(2026, "demoted", "二级", "三级"), step(2027, "promoted", "三级", "二级")],
                "tier": "二级",
                "last": "promoted",
            },
            {"subject": "P3", "steps": [step(2026, "entry", "未定级", "三级")], "tier": "三级", "last": "no_place"},
            {"subject": "P5", "steps": [step(2026, "entry", "未定级", "三级")], "tier": "三级", "last": "away"},
            {"subject": "P6", "steps": [step(2027, "entry", "未定级", "三级")], "tier": "三级", "last": "entry"},
            {"subject": "P7", "steps": [], "tier": "三级", "last": "no_place"},
        ],
    }


def test_without_the_pay_of_a_tier_there_is_no_cost(tmp_path: Path) -> None:
    """Only where somebody comes to or from it."""
    for unpaid, costs in ((0, [None, None]), (1, [None, None]), (2, ["200.00", None])):
        tiers = copy.deepcopy(SCHEME["versions"][0]["tiers"])
        del tiers[unpaid]["pay"]
        assert [each["monthly_cost"] for each in run(tmp_path, changed(tiers=tiers))["batches"]] == costs


@pytest.mark.parametrize(
    ("trainee", "steps"),
    [
        ({"years": 0.5, "counted": True}, ["2026-07-01", "2027-01-01"]),
        ({"years": 0.5, "counted": False}, ["2026-07-01", "2027-07-01"]),
        ("none", ["2026-07-01", "2027-01-01"]),
    ],
)
def test_a_first_tier_counts_from_the_end_of_the_traineeship_or_its_beginning(
    tmp_path: Path, trainee: Any, steps: list[str]
) -> None:
    days = [date(2026, 7, 1), date(2026, 12, 31), date(2027, 1, 1), date(2027, 6, 30), date(2027, 7, 1)]
    scheme = scheme_of(tmp_path, changed(trainee=trainee, caps=[{"set": "二级以上", "share": 1, "of": "quota"}]))
    found = forecast(scheme, files_of(tmp_path, [PEOPLE[2]], [], []), days, [(date(2020, 1, 1), 4)], "称职")
    (person,) = forecast_document(found)["people"]
    assert [each["on"] for each in person["steps"]] == steps


def test_before_the_scheme_nobody_moves(tmp_path: Path) -> None:
    """What doesn't depend on the scheme is said all the same."""
    scheme, files = scheme_of(tmp_path, SCHEME), files_of(tmp_path, PEOPLE[:4], GRADES[:3], [])
    batch = evaluate(scheme, files, date(2021, 2, 28), [(date(2021, 3, 1), 4)])
    assert head(batch) == {
        "scheme": "推算案例",
        "as_of": "2021-02-28",
        "quota": None,
        "counts": {"undetermined": 3},
        "caps": [],
        "unsaid": ["方案没有在2021-02-28施行的规定"],
    }
    nothing = {"cancelled": False, "to": None, "edge": -1, "ahead": 0}
    statuses = ("undetermined", "undetermined", "away", "undetermined")
    assert batch.people.to_dicts() == [{"p": at, "status": said, **nothing} for at, said in enumerate(statuses)]
    run = forecast(scheme, files, [date(2021, 2, 28)])
    assert run.after.equals(run.facts.state)
    assert forecast_document(run)["batches"][0]["monthly_cost"] == "0.00"


def test_the_quota_is_the_last_that_has_begun() -> None:
    quota = [(date(2027, 1, 1), 5), (date(2026, 1, 1), 9)]
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1), date(2030, 1, 1))
    assert [quota_on(quota, day) for day in days] == [None, 9, 9, 5, 5]


def test_what_a_status_comes_to() -> None:
    found: dict[Outcome, list[str]] = {}
    for status in Status:
        found.setdefault(status.outcome, []).append(status)
    assert found == {
        Outcome.SATISFIED: ["promoted", "entry"],
        Outcome.VIOLATED: ["demoted", "not_qualified", "no_place", "top", "trainee", "away"],
        Outcome.UNDETERMINED: ["unsettled", "choose", "undetermined"],
    }


@pytest.mark.parametrize(
    ("low", "high", "said", "bounded"),
    [
        (0, 0, "0", True),
        (3, 3, "3", True),
        (0, 1, "0至1", True),
        (2, NO_BOUND - 1, f"2至{NO_BOUND - 1}", True),
        (2, NO_BOUND, "不少于2", False),
    ],
)
def test_a_number_that_is_known_only_between_two(low: int, high: int, said: str, bounded: bool) -> None:
    assert (str(Span(low, high)), Span(low, high).bounded) == (said, bounded)


def limit(share: str | None, base: frozenset[int] | None) -> Limit:
    return Limit("上", frozenset({1, 2}), None if share is None else Fraction(share), base, "底", None)


@pytest.mark.parametrize(
    ("share", "base", "quota", "unknown", "expected", "state"),
    [
        # Base, held, limit and free: from and to. One holds tier 1; one or two hold tier 2; four hold tier 0.
        ("1/2", None, 9, 0, ((9, 9), (2, 3), (4, 4), (1, 2)), "open"),
        ("1/2", None, 7, 0, ((7, 7), (2, 3), (3, 3), (0, 1)), "undetermined"),
        ("1/2", None, 5, 0, ((5, 5), (2, 3), (2, 2), (0, 0)), "full"),
        ("1/2", None, 4, 0, ((4, 4), (2, 3), (2, 2), (0, 0)), "full"),
        ("1/2", None, 3, 0, ((3, 3), (2, 3), (1, 1), (0, 0)), "frozen"),
        ("1/2", None, 9, 1, ((9, 9), (2, 4), (4, 4), (0, 2)), "undetermined"),
        ("1/2", None, None, 0, ((0, NO_BOUND), (2, 3), (0, NO_BOUND), (0, NO_BOUND)), "undetermined"),
        (None, None, 9, 0, ((9, 9), (2, 3), (0, NO_BOUND), (0, NO_BOUND)), "undetermined"),
        (None, frozenset({0}), 9, 0, ((4, 4), (2, 3), (0, NO_BOUND), (0, NO_BOUND)), "undetermined"),
        ("3/4", frozenset({0, 1, 9}), None, 0, ((5, 5), (2, 3), (3, 3), (0, 1)), "undetermined"),
        ("1", frozenset({0, 2}), 1, 1, ((5, 7), (2, 4), (5, 7), (1, 5)), "open"),
    ],
)  # fmt: skip
def test_the_places_of_a_cap(
    share: str | None, base: frozenset[int] | None, quota: int | None, unknown: int, expected: Any, state: str
) -> None:
    held = {0: Span(4, 4), 1: Span(1, 1), 2: Span(1, 2), 3: Span(7, 7)}
    places = counted(limit(share, base), held, unknown, quota)
    found = (places.base, places.held, places.limit, places.free)
    assert tuple((each.low, each.high) for each in found) == expected
    assert places.state == state


def test_what_a_scheme_does_not_say_has_any_number_of_places() -> None:
    anything = Span(0, NO_BOUND)
    assert counted(UNSAID, {0: Span(4, 4)}, 1, 9) == Places(UNSAID, anything, anything, anything, anything)


def test_who_comes_first_by_each_key() -> None:
    """Lower is ahead; what isn't known, and how long somebody served who was transferred, has no place."""
    rows = pl.DataFrame(
        {
            "score": [Decimal("80.5"), Decimal("80.500001"), None, Decimal(90)],
            "excellent": [1, 2, None, 0],
            "since": [date(2020, 1, 2), date(2020, 1, 1), None, date(2020, 1, 2)],
            "hired_on": [date(2019, 1, 2), date(2019, 1, 1), date(2019, 1, 1), None],
            "came_by": ["hired", None, "transferred", "hired"],
        },
        schema_overrides={"score": pl.Decimal(18, 6)},
    )
    keys = order_keys(("score", "excellent", "tenure", "service"), rows)
    score, excellent, tenure, service = (keys[name].to_list() for name in keys.columns)
    assert score[3] < score[1] < score[0]
    assert excellent == [-1, -2, None, 0]
    assert tenure[1] + 1 == tenure[0] == tenure[3]
    assert service[1] + 1 == service[0]
    assert (score[2], tenure[2], service[2], service[3]) == (None, None, None, None)
    assert order_keys(None, rows).to_dict(as_series=False) == {"unsaid": [None] * 4}


def test_a_set_counts_a_tier_with_all_its_steps(tmp_path: Path) -> None:
    """Named by the tier, a set has each 档次; named by one of them, only that."""
    tiers = [
        {"code": "三", "name": "三级"},
        {"code": "二甲", "name": "二级甲", "tier": "二"},
        {"code": "二乙", "name": "二级乙", "tier": "二"},
        {"code": "一", "name": "一级"},
    ]
    sets = [{"code": each, "name": each, "tiers": each.split("、")} for each in ("二、一", "二乙", "一、三")]
    caps = [{"set": each["code"], "share": "1/2", "of": "quota"} for each in sets]
    edges = [{"path": ["三", "二甲", "二乙", "一"], "years": 1, "appraisal": "none"}]
    scheme = scheme_of(tmp_path, changed(tiers=tiers, sets=sets, caps=caps, edges=edges))
    held = ("三", "二甲", "二甲", "二乙", "一", "一级", "一")
    people = [{"id": f"P{at}", "tier": tier, "since": date(2026, 1, 1), **HIRED} for at, tier in enumerate(held)]
    batch = evaluate(scheme, files_of(tmp_path, people, [], []), date(2026, 7, 1), [(date(2020, 1, 1), 9)])
    assert {each["set"]: each["held"] for each in caps_of(batch)} == {"二、一": "6", "二乙": "1", "一、三": "4"}
