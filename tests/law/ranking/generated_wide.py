"""Wider announcements than `generated`: three posts with stages of their own, weights and lines by sex, gates of every
shape, fractions of ratios, stages that nobody of a post took, and so few applicants and scores that most cuts tie."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.law.ranking.generated import MARKS, MODES

Row = dict[str, Any]
CODES = ("01", "02", "03")
ITEMS = ("跳高", "长跑", "引体")
GROUPS = (
    [["martyr_kin"], ["veteran", "skill"]],
    [["martyr_kin", "veteran", "bravery", "police_school", "skill"]],
    [["scarce_skill"], ["veteran"], ["martyr_kin"]],
)


def wide_case(seed: int) -> tuple[Row, list[Row], list[Row]]:
    """Announcement, applicants and scores of one seed."""
    pick = Random(seed)
    announcement = _announcement(pick)
    # An uneven share leaves some posts below the opening ratio, with one applicant or with none.
    share = pick.choice(((1, 1, 1), (8, 1, 1), (5, 3, 0), (1, 12, 2)))
    applicants = [
        {
            "id": f"B{number:03d}",
            "position": pick.choices(CODES, share)[0],
            "sex": pick.choice(("male", "female")),
            **{mark: pick.random() < 0.3 for mark in MARKS},
        }
        for number in range(pick.randint(3, 40))
    ]
    pick.shuffle(applicants)
    few = pick.choice((("60",), ("60", "61"), ("59.5", "60", "60.5", "61", "61.005", "75")))
    scores = []
    for stage in announcement["stages"]:
        for code in stage.get("positions", CODES):
            people = [person["id"] for person in applicants if person["position"] == code]
            # Held for the post, by nobody, or by a single one of them.
            taken = pick.choices((people, [], people[:1]), (90, 8, 2))[0]
            scores += [row for person in taken for row in _rows(pick, person, stage, few)]
    pick.shuffle(scores)
    return announcement, applicants, scores


def _announcement(pick: Random) -> Row:
    exams = [stage for stage in (_written(pick), *_others(pick)) if pick.random() < 0.9]
    pick.shuffle(exams)
    for stage in exams:
        if pick.random() < 0.5:
            stage["admit"] = {
                "ratio": pick.choice((1, 1.2, 1.5, 1.67, 2, 2.5)),
                "ties": pick.choice(("admit_all", "tie_break")),
            }
    announcement: Row = {
        "title": "公告",
        "organ": {"name": "公安局", "level": "county"},
        "positions": [
            {"code": code, "name": "岗位", "category": category, "headcount": pick.randint(1, 5)}
            for code, category in zip(CODES, ("field", "civil", "field"), strict=True)
        ],
        "stages": [
            {"kind": "announcement"},
            {"kind": "registration"},
            {"kind": "qualification_review"},
            *exams,
            {"kind": "medical", "admit": {"ratio": pick.choice((1, 1.5))}},
            {"kind": "background", **({"positions": ["01", "03"]} if pick.random() < 0.3 else {})},
            {"kind": "publicity"},
            {"kind": "hire"},
        ],
    }
    kinds = [stage["kind"] for stage in exams]
    ties = ["priority", *kinds]
    ties += ["paper:公安基础" for stage in exams if "papers" in stage]
    by_sex = {f"{code}:{sex}": _special(pick) for code in CODES for sex in ("male", "female")}
    optional: Row = {
        "rounding": {"digits": pick.choice((0, 1, 2, 3)), "mode": pick.choice(MODES)},
        "tie_break": pick.sample(ties, pick.randint(0, len(ties))),
        "priority_groups": pick.choice(GROUPS),
        "reserve": {"months": 6},
        "opening": {
            "ratio": pick.choice((1, 1.5, 2.25, 3)),
            "if_short": pick.choice(("cut_posts", "open_if_competitive", "cancel")),
        },
        "bonus": {
            "points": [{"when": ["veteran", "skill"], "add": 2}, {"when": "bravery", "add": 0.5}],
            "on": pick.choice(("written", "total")),
            **({"cap": pick.choice((0, 2.25))} if pick.random() < 0.5 else {}),
        },
        "scores_by_position": {
            key: value
            for key, value in {**{code: _special(pick) for code in CODES}, **by_sex}.items()
            if pick.random() < 0.4
        },
    }
    return announcement | {key: value for key, value in optional.items() if pick.random() < 0.65}


def _special(pick: Random) -> Row:
    """Weights and pass lines of a post, or of one sex on it; a missing kind keeps what is more general."""
    kinds = ("written", "interview", "skills", "fitness")
    weights = {kind: pick.choice((0, 0.1, 0.25, 0.6)) for kind in kinds if pick.random() < 0.5}
    lines = {kind: pick.choice((60, 60.5)) for kind in kinds if pick.random() < 0.2}
    return {"weights": weights, "pass": lines}


def _written(pick: Random) -> Row:
    written: Row = {"kind": "written", "full": 100, "weight": pick.choice((0.3, 0.5))}
    if pick.random() < 0.5:
        written["papers"] = [{"name": "行测", "weight": 0.55}, {"name": "公安基础", "weight": 0.45}]
    if pick.random() < 0.5:
        written["pass"] = pick.choice((60, {"civil": 60.5}, {"field": 60, "civil": 61}))
    return written


def _others(pick: Random) -> list[Row]:
    interview: Row = {"kind": "interview", "weight": 0.5, "panel": {"combine": pick.choice(("mean", "sum"))}}
    if pick.random() < 0.7:
        interview["panel"]["drop"] = "extremes"
    skills: Row = {"kind": "skills", "weight": 0.3, "positions": pick.choice((["02"], ["02", "03"], ["01", "03"]))}
    return [_fitness(pick), interview, skills, {"kind": "psychological", "gate": True}]


def _fitness(pick: Random) -> Row:
    fitness: Row = {"kind": "fitness"}
    if pick.random() < 0.5:
        fitness["positions"] = pick.choice((["01"], ["01", "03"]))
    if pick.random() < 0.4:
        fitness["scored"] = {"items": list(ITEMS[:2]), "combine": pick.choice(("mean", "sum")), "item_floor": 60}
        fitness["weight"] = 0.2
        return fitness
    gate: Row = pick.choice(
        ({}, {"need": "all"}, {"items": list(ITEMS), "need": "all"}, {"items": list(ITEMS), "need": 2})
    )
    if gate and pick.random() < 0.5:
        gate = gate | {"item_floor": 60}
    fitness["gate"] = gate or True
    return fitness


def _rows(pick: Random, person: str, stage: Row, few: tuple[str, ...]) -> list[Row]:
    kind = stage["kind"]
    if kind in ("announcement", "registration"):
        return []
    if kind in ("qualification_review", "medical", "background", "publicity", "hire"):
        return [_row(person, kind, pick.choice(("不合格", "放弃", "合格")))] if pick.random() < 0.15 else []
    if pick.random() < 0.03:
        return []
    if pick.random() < 0.03:
        return [_row(person, kind, pick.choice(("缺考", "违纪", "放弃", "不合格")))]
    if stage.get("gate"):
        return _gate_rows(pick, person, stage, few)
    if "papers" in stage:
        names = [paper["name"] for paper in stage["papers"] if pick.random() < 0.97]
        return [_row(person, kind, pick.choice(few), item=name) for name in names]
    if "panel" in stage:
        return [_row(person, kind, pick.choice(few), judge=judge) for judge in "甲乙丙丁"[: pick.choice((1, 2, 3, 4))]]
    if "scored" in stage:
        items = [item for item in stage["scored"]["items"] if pick.random() < 0.95]
        return [_row(person, kind, pick.choice(few), item=item) for item in items]
    return [_row(person, kind, pick.choice(few))]


def _gate_rows(pick: Random, person: str, stage: Row, few: tuple[str, ...]) -> list[Row]:
    gate = stage["gate"] if isinstance(stage["gate"], dict) else {}
    if not gate.get("items") or pick.random() < 0.3:
        return [_row(person, stage["kind"], pick.choice(("合格", "合格", "合格", "不合格")))]
    words = ("合格", "合格", "合格", "合格", "不合格", "缺考")
    rows = [
        _row(person, stage["kind"], pick.choice(few if "item_floor" in gate else words), item=item)
        for item in gate["items"]
        if pick.random() < 0.95
    ]
    # Sometimes the verdict on all stands beside the items, and does not always agree with them.
    return [*rows, _row(person, stage["kind"], "合格")] if pick.random() < 0.15 else rows


def _row(person: str, kind: str, score: str, item: str = "", judge: str = "") -> Row:
    return {"id": person, "stage": kind, "item": item, "score": score, "judge": judge}
