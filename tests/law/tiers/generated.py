"""Random schemes and people of every kind, with what isn't known and what a scheme doesn't say."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

Row = dict[str, Any]
DAY = date(2026, 3, 1)
GRADES = ("优秀", "称职", "基本称职", "不称职")
HONOURS = ("嘉奖", "三等功")


def maybe(random: Random, value: Any, share: float = 0.2) -> Any:
    return None if random.random() < share else value


def version(random: Random, open_: float, start: date | None, end: date | None, size: int) -> Row:
    low, high = (f"L{at}" for at in range(size)), (f"H{at}" for at in range(random.choice((0, 0, 2, 3))))
    low, high = list(low), list(high)
    trainee = random.choice(("none", {"tier": "T"}, {}, None))
    if isinstance(trainee, dict):
        told = {
            "years": maybe(random, random.choice((0.5, 1)), open_),
            "counted": maybe(random, random.random() < 0.5, open_),
        }
        trainee = clean(trainee | told)
    tiers = [{"code": each, "name": f"{each}级", "ladder": "低"} for each in low]
    tiers += [{"code": each, "name": f"{each}级", "ladder": "高"} for each in high]
    if isinstance(trainee, dict) and trainee.get("tier"):
        tiers.insert(0, {"code": "T", "name": "见习", "ladder": "低"})
    cut = random.randint(1, size - 1) if size > 2 else 1
    paths = [each for each in (low[: cut + 1], low[cut:], high) if len(each) > 1]
    if high:
        paths.append([random.choice(low[1:]), high[0]])
    sets = [
        {"code": "上", "name": "上层", "tiers": low[cut:] + high},
        {"code": "顶", "name": "顶层", "tiers": [low[-1]]},
    ]
    if high:
        sets += [{"code": "高", "name": "高列", "tiers": high}, {"code": "首", "name": "高首", "tiers": [high[0]]}]
    caps = [
        clean({"set": each["code"], "share": maybe(random, random.choice((0.3, 0.5, "1/3", 0.1)), open_ / 2),
         "of": random.choice(["quota", *(other["code"] for other in sets if other is not each)])})
        for each in sets if random.random() < 0.7
    ]  # fmt: skip
    words = random.sample(("score", "excellent", "tenure", "service"), random.randint(1, 3))
    demotions = [{"grades": ["不称职"], "years": 1}, {"grades": ["基本称职", "不称职"], "years": 2, "down": 2}]
    keep = {each: maybe(random, random.choice(("cancelled", "kept")), open_) for each in ("leaving", "transfer")}
    return clean(
        {
            "from": start, "to": end, "tiers": tiers,
            "edges": maybe(random, [edge(random, path, open_) for path in paths], open_ / 4),
            "entry": maybe(random, {"table": {"高中": low[0], "大专": random.choice(low), "本科": low[-1]}}, open_),
            "trainee": trainee, "sets": sets, "caps": maybe(random, caps, open_ / 2),
            "order": maybe(random, words, open_),
            "demotions": random.choice((None, [], demotions[:1], demotions)),
            "continuity": maybe(random, clean(keep), open_ / 2),
        }
    )  # fmt: skip


def edge(random: Random, path: list[str], open_: float) -> Row:
    grades = random.choice((["优秀", "称职"], ["优秀", "称职", "基本称职"]))
    appraisal: Any = clean({
        "grades": maybe(random, grades, open_ / 2),
        "years": maybe(random, random.choice(("ended", "whole")), open_),
        "failing": maybe(random, random.choice(("blocks", "uncounted", "restarts")), open_),
    })  # fmt: skip
    appraisal = random.choice((appraisal, appraisal, appraisal, "none", maybe(random, appraisal, open_)))
    shorten: list[Row] = []
    if isinstance(appraisal, dict) and appraisal.get("grades") and random.random() < 0.5:
        shorten.append(
            {
                "by": "grade",
                "words": random.choice((["优秀"], ["优秀", "称职"])),
                "years": maybe(random, 0.5, open_),
                "most": random.choice((None, 1)),
            }
        )
    if random.random() < 0.4:
        shorten.append(
            {
                "by": "honour",
                "words": random.choice((None, ["三等功"], list(HONOURS))),
                "years": maybe(random, 1, open_),
                "most": random.choice((None, 1, 2)),
            }
        )
    return clean(
        {
            "path": path, "kind": maybe(random, random.choice(("natural", "selective")), open_ / 2),
            "years": maybe(random, random.choice((0, 0.5, 1, 2, 3)), open_ / 2),
            "service": random.choice((None, None, None, 4)), "appraisal": appraisal,
            "shorten": [clean(each) for each in shorten],
            "further": ["民主测评"] if random.random() < 0.15 else [],
        }
    )  # fmt: skip


def clean(row: Row) -> Row:
    return {key: value for key, value in row.items() if value is not None}


def scheme(random: Random) -> Row:
    open_ = random.choice((0.0, 0.0, 0.15, 0.4))
    size = random.randint(2, 5)
    if random.random() < 0.2:
        turn = date(2027, 1, 1)
        found = [version(random, open_, date(2021, 3, 1), turn, size), version(random, open_, turn, None, size)]
    else:
        found = [version(random, open_, maybe(random, date(2021, 3, 1), open_ / 3), None, size)]
    return {"name": "随机方案", "versions": found}


def any_day(random: Random, first: date, last: date) -> date:
    """Often one on which something turns: a year's or a month's first or last day, or the batch's own."""
    day = first + timedelta(random.randrange((last - first).days + 1))
    turned = random.choice(
        (
            day,
            day,
            day.replace(month=1, day=1),
            day.replace(month=12, day=31),
            day.replace(month=3, day=1),
            day.replace(day=1),
        )
    )
    return min(max(turned, first), last)


def people(random: Random, scheme_: Row, number: int, unknown: float) -> tuple[list[Row], list[Row], list[Row] | None]:
    codes = list(dict.fromkeys(tier["code"] for each in scheme_["versions"] for tier in each["tiers"]))
    rows, grades, honours = [], [], list[Row]()
    for at in range(number):
        hired = any_day(random, date(2015, 1, 1), date(2026, 6, 1))
        since = any_day(random, hired, max(hired, DAY))
        if random.random() < 0.1:
            since = any_day(random, date(2013, 1, 1), hired)
        tier = random.choice([*codes, *codes, "无"])
        row = {
            "id": f"P{at}", "tier": maybe(random, tier, unknown / 3),
            "since": None if tier == "无" else maybe(random, since, unknown), "hired_on": maybe(random, hired, unknown / 2),
            "left_on": None if random.random() < 0.9 else any_day(random, max(hired, since), date(2029, 1, 1)),
            "came_by": random.choice((None, "hired", "hired", "transferred")),
            "trainee_until": None if random.random() < 0.7 else any_day(random, hired, date(2027, 1, 1)),
            "education": random.choice((None, "高中", "大专", "本科", "其他")),
            "target": random.choice((None, None, random.choice(codes))),
            "score": maybe(random, random.choice((70, 80, 80.5, 90)), unknown), "further": random.choice((True, True, False, None)),
        }  # fmt: skip
        rows.append(row)
        blanks = 2 if random.random() < unknown * 2 else 0
        years = list(range(min(hired, since).year, DAY.year))
        missing = set(random.sample(years, min(blanks, len(years))))
        lean = random.choice(((4, 5, 1, 0), (1, 8, 1, 1), (0, 1, 0, 0)))
        for year in years:
            if year not in missing:
                grades.append({"id": row["id"], "year": year, "grade": random.choices(GRADES, lean)[0]})
            elif random.random() < 0.5:
                grades.append({"id": row["id"], "year": year, "grade": None})
        if random.random() < 0.3:
            honours.append(
                {
                    "id": row["id"],
                    "on": any_day(random, date(2016, 1, 1), date(2027, 1, 1)),
                    "honour": random.choice(HONOURS),
                }
            )
    return rows, grades, None if random.random() < 0.15 else honours
