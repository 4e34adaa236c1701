"""Announcements with applicants and scores, deliberately full of ties, absences and failures."""

from __future__ import annotations

from random import Random
from typing import Any

Row = dict[str, Any]
MARKS = ("veteran", "martyr_kin", "bravery", "police_school", "skill", "scarce_skill")
MODES = ("half_up", "half_even", "half_down", "up", "down")


CONFIRMED_DAY = 100
"""Dropouts are dated in days; this is the one on which the hire list is confirmed."""


def dropouts(seed: int, applicants: list[Row]) -> list[Row]:
    """Who gives up on which day: before and after confirmation, inside and beyond the reserve's year."""
    pick = Random(seed)
    days = (50, CONFIRMED_DAY, CONFIRMED_DAY + 1, 200, CONFIRMED_DAY + 365, CONFIRMED_DAY + 366, 600)
    return [{"id": person["id"], "day": pick.choice(days)} for person in applicants if pick.random() < 0.4]


def case(seed: int, *, heavy: bool = False) -> tuple[Row, list[Row], list[Row]]:
    """Announcement, applicants and scores of one seed; `heavy` with few different scores."""
    pick = Random(seed)
    announcement = _announcement(pick)
    codes = [post["code"] for post in announcement["positions"]]
    applicants = [
        {
            "id": f"A{number:03d}",
            "position": pick.choice(codes),
            "sex": pick.choice(("male", "female")),
            **{mark: pick.random() < 0.25 for mark in MARKS},
        }
        for number in range(pick.randint(3, 40))
    ]
    pick.shuffle(applicants)
    held = {stage["kind"]: pick.random() < 0.93 for stage in announcement["stages"]}
    scores = [
        row
        for person in applicants
        for stage in announcement["stages"]
        if person["position"] in stage.get("positions", codes) and held[stage["kind"]]
        for row in _rows(pick, person["id"], stage, heavy=heavy)
    ]
    pick.shuffle(scores)
    return announcement, applicants, scores


def _announcement(pick: Random) -> Row:
    papers = [{"name": "行测", "weight": 0.6}, {"name": "公安基础", "weight": 0.4}]
    written: Row = {"kind": "written", "full": 100, "weight": pick.choice((0.4, 0.5, 0.33))}
    if pick.random() < 0.5:
        written["papers"] = papers
    if pick.random() < 0.6:
        written["pass"] = pick.choice((60, 61.5, {"civil": 60, "field": 62}))
    fitness: Row = {"kind": "fitness", "gate": True}
    if pick.random() < 0.5:
        scored: Row = {"combine": pick.choice(("mean", "sum"))}
        if pick.random() < 0.5:
            scored["item_floor"] = 60
        fitness = {"kind": "fitness", "scored": scored, "weight": 0.2}
    interview: Row = {"kind": "interview", "weight": 0.5, "panel": {"combine": pick.choice(("mean", "mean", "sum"))}}
    if pick.random() < 0.7:
        interview["panel"]["drop"] = "extremes"
    exams = [fitness, interview, {"kind": "skills", "weight": 0.3, "positions": ["02"]}]
    for stage in exams:
        if pick.random() < 0.6:
            stage["admit"] = {"ratio": pick.choice((1, 1.5, 2, 3)), "ties": pick.choice(("admit_all", "tie_break"))}
    pick.shuffle(exams)
    announcement: Row = {
        "title": "公告",
        "organ": {"name": "公安局", "level": "county"},
        "positions": [
            {"code": "01", "name": "执勤", "category": "field", "headcount": pick.randint(1, 6)},
            {"code": "02", "name": "文职", "category": "civil", "headcount": pick.randint(1, 3)},
        ],
        "stages": [
            {"kind": "announcement"},
            {"kind": "registration"},
            written,
            *exams,
            {"kind": "medical", "admit": {"ratio": 1}},
            {"kind": "background"},
            {"kind": "publicity"},
        ],
        "rounding": {"digits": pick.choice((0, 1, 2, 2, 3)), "mode": pick.choice(MODES)},
    }
    ties = ["priority", "written", "interview"] + (["paper:公安基础"] if "papers" in written else [])
    optional: Row = {
        "tie_break": pick.sample(ties, pick.randint(0, len(ties))),
        "priority_groups": pick.choice(
            ([["martyr_kin"], ["veteran", "skill"]], [["veteran"], ["martyr_kin"], ["bravery"]])
        ),
        "reserve": {"months": 12},
        "opening": {
            "ratio": pick.choice((2, 3, 2.5)),
            "if_short": pick.choice(("cut_posts", "open_if_competitive", "cancel")),
        },
        "bonus": {
            "points": [{"when": "veteran", "add": 5}, {"when": "bravery", "add": 2.5}],
            "on": pick.choice(("written", "total")),
            **({"cap": 6} if pick.random() < 0.5 else {}),
        },
        "scores_by_position": {
            "02": {"weights": {"written": 0.15, "interview": 0.15, "skills": 0.7}, "pass": {"interview": 61}},
            "02:female": {"weights": {"written": 0.25}},
        },
    }
    for key, value in optional.items():
        if pick.random() < 0.55:
            announcement[key] = value
    return announcement


def _rows(pick: Random, person: str, stage: Row, *, heavy: bool) -> list[Row]:
    kind = stage["kind"]
    if kind in ("announcement", "registration"):
        return []
    if kind in ("medical", "background", "publicity"):
        word = pick.choice(("不合格", "放弃", "合格"))
        return [_row(person, kind, word)] if pick.random() < 0.12 else []
    if pick.random() < 0.05:
        return []
    if pick.random() < 0.05:
        return [_row(person, kind, pick.choice(("缺考", "违纪", "放弃")))]
    if stage.get("gate"):
        return [_row(person, kind, pick.choice(("合格", "合格", "合格", "不合格")))]

    def points() -> str:
        return pick.choice(("61", "62") if heavy else ("59", "60", "60", "61", "61.5", "62", "60.25", "61.125", "70"))

    if "papers" in stage:
        names = [paper["name"] for paper in stage["papers"]]
        return [_row(person, kind, points(), item=name) for name in names if pick.random() < 0.97]
    if "panel" in stage:
        return [_row(person, kind, points(), judge=judge) for judge in "甲乙丙丁戊"[: pick.randint(1, 5)]]
    if "scored" in stage:
        return [_row(person, kind, points(), item=item) for item in ("跳高", "长跑")]
    return [_row(person, kind, points())]


def _row(person: str, kind: str, score: str, item: str = "", judge: str = "") -> Row:
    return {"id": person, "stage": kind, "item": item, "score": score, "judge": judge}
