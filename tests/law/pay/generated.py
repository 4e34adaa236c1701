"""Generated schemes, people and months as plain dictionaries: texts for numbers, so that nothing is ever a float."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import yaml

YEAR = 2026
APPRAISALS = ["优秀", "称职", "基本称职", "不称职"]
COUNTS = ["night_shifts", "duty_days", "overtime_weekday", "overtime_restday", "overtime_holiday"]


def money(random: Random, low: int, high: int) -> str:
    return f"{random.randint(low, high)}.{random.randint(0, 99):02}"


def scheme(random: Random) -> dict[str, Any]:
    """Every kind of item and both month rules; amounts with odd decimals so that halves of a cent come about."""
    items: list[dict[str, Any]] = [
        {"code": "base", "name": "基本工资", "kind": "fixed", "amount": money(random, 1500, 9000), "prorate": True, "hourly": True},
        {"code": "tier", "name": "层级工资", "kind": "table", "by": "tier", "table": {t: money(random, 100, 6000) for t in "七六五"}, "prorate": True, "hourly": random.random() < 0.5},
        {"code": "post", "name": "岗位工资", "kind": "table", "by": "post_grade", "table": {"一线": "600", "机关": "400.005"}, "prorate": True},
        {"code": "seniority", "name": "工龄工资", "kind": "seniority", "amount": money(random, 10, 90), "cap_years": random.randint(2, 20), "prorate": random.random() < 0.5},
        {"code": "performance", "name": "绩效工资", "kind": "appraisal", "amount": money(random, 500, 20000), "factors": dict(zip(APPRAISALS, ["1.2", "1", "0.625", "0"], strict=True)), "prorate": True},
        {"code": "night", "name": "夜班津贴", "kind": "unit", "of": "night_shifts", "amount": "30.5"},
        {"code": "duty", "name": "值班津贴", "kind": "unit", "of": "duty_days", "amount": "45.125"},
        {"code": "overtime", "name": "加班工资", "kind": "overtime"},
        {"code": "year_end", "name": "年终奖励", "kind": "once", "month": random.randint(1, 12), "amount": money(random, 1000, 90000)},
    ]  # fmt: skip
    changed = f"{YEAR}-{random.randint(2, 12):02}"
    social = [
        {"from": f"{YEAR}-01", "floor": "4246.80", "ceiling": "21234", "employer": "0.16", "person": "0.08"},
        {"from": changed, "floor": "4511.35", "ceiling": "22556.75", "employer": "0.155", "person": "0.0805"},
    ]
    housing = [{"from": "2025-07", "floor": "2100", "ceiling": "27000", "employer": "0.12", "person": "0.07"}]
    return {
        "organ": "510722000000",
        "effective": f"{YEAR}-01-01",
        "items": items,
        "absence": {"sick_rate": random.choice(["0.6", "0.8", "1", "0"])},
        "contributions": [
            {"code": "pension", "name": "养老保险", "base": "social", "month_rule": "any_day", "values": social},
            {
                "code": "medical",
                "name": "医疗保险",
                "base": "social",
                "month_rule": "joined_by_15",
                "values": social[:1],
            },
            {
                "code": "housing",
                "name": "住房公积金",
                "base": "housing",
                "month_rule": "joined_by_15",
                "round": "yuan",
                "values": housing,
            },
        ],
        "minimum_wage": money(random, 1800, 2400),
        "floor": {"income": "40000", "year": YEAR - 1, "locality": "三台县", "source": "统计公报"},
    }


def people(random: Random, count: int) -> list[dict[str, Any]]:
    return [person(random, f"P{number}") for number in range(1, count + 1)]


def person(random: Random, number: str) -> dict[str, Any]:
    hired = date(YEAR - random.choice([0, 0, 1, 2, 8, 25]), random.randint(1, 12), random.choice([1, 14, 15, 16, 28]))
    left = hired + timedelta(random.randint(1, 800)) if random.random() < 0.3 else None
    if left and random.random() < 0.5:
        left = left.replace(day=random.choice([1, 15, 16]))
    if left and left < hired:
        left = hired

    def sometimes(value: Any) -> Any:
        return None if random.random() < 0.02 else value

    return {
        "id": number,
        "tier": sometimes(random.choice("七六五")),
        "post_grade": sometimes(random.choice(["一线", "机关"])),
        "hired_on": sometimes(hired),
        "left_on": left,
        "appraisal": sometimes(random.choice(APPRAISALS)),
        "social_base": sometimes(money(random, 2000, 30000)),
        "housing_base": sometimes(random.choice(["2100", "27000", "2099.99", money(random, 1500, 40000)])),
        "special_deductions": random.choice([None, "1000", "3000", "433.33"]),
        "first_job": random.choice([True, False, None]),
    }


def months(random: Random, person: dict[str, Any]) -> dict[int, dict[str, str]]:
    """Rows for some of the months in which this person is surely in service."""
    found = {}
    for month in range(1, 13):
        first = date(YEAR, month, 1)
        after = date(YEAR + month // 12, month % 12 + 1, 1)
        outside = (person["hired_on"] and person["hired_on"] >= after) or (
            person["left_on"] and person["left_on"] <= first
        )
        if outside or random.random() < 0.5:
            continue
        row = {key: f"{random.randint(0, 24) / 2:g}" for key in random.sample(COUNTS, 2)}
        if random.random() < 0.4:
            row["personal_leave_days"] = f"{random.choice([1, 5, 40, 62]) / 2:g}"
        if random.random() < 0.4:
            row["sick_leave_days"] = f"{random.choice([1, 5, 40, 62]) / 2:g}"
        if random.random() < 0.3:
            row["back_pay"] = random.choice(["-", "-", ""]) + money(random, 0, 9000)
        if random.random() < 0.2:
            row["recovery_due"] = money(random, 0, 20000)
        found[month] = row
    return found


class Plain(yaml.SafeDumper):
    """Numbers stand in the file as they are written here, unquoted."""


def _text(dumper: Plain, text: str) -> yaml.Node:
    number = text.replace(".", "", 1).isdigit() and len(text) < 12
    kind = "tag:yaml.org,2002:float" if "." in text else "tag:yaml.org,2002:int"
    return dumper.represent_scalar(kind if number else "tag:yaml.org,2002:str", text)


Plain.add_representer(str, _text)


def scheme_file(scheme: dict[str, Any]) -> str:
    return str(yaml.dump({"pay_scheme": scheme}, Dumper=Plain, allow_unicode=True, sort_keys=False))
