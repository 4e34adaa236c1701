"""Generated plans, judged by the rules and by the slow oracle: the same findings on the same rows."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from fujing.law.citizen_numbers import check_digit
from fujing.law.duties import check_plan
from fujing.law.duties.people import people_of
from fujing.law.formats.duties import ABSENCE_COLUMNS, COLUMNS, read_plan
from fujing.law.formats.roster import read_roster
from tests.law.duties.oracle import TEXTS, Row, findings

MONDAY = date(2026, 3, 2)
WEEK = [(MONDAY + timedelta(days=each)).isoformat() for each in range(7)]
NEAR = [(MONDAY + timedelta(days=each)).isoformat() for each in range(-2, 9)]
HALF_HOURS = [f"{hour:02}:{half}" for hour in range(24) for half in ("00", "30")]
PEOPLE_HEADERS = (
    "姓名", "公民身份号码", "类别", "用人单位", "岗位", "入职日期", "离职日期", "岗前培训日期", "工作证号", "工作证有效期", "资质证书",
)  # fmt: skip


def number(place: int) -> str:
    first = f"5107221990{1 + place % 12:02}{1 + place // 12 % 28:02}{place % 1000:03}"
    return first + check_digit(first)


def people(chance: random.Random) -> list[Row]:
    return [
        {
            "姓名": f"人{place}",
            "公民身份号码": number(place if chance.random() > 0.03 else place - 1),
            "类别": chance.choices(["勤务", "文职", "", "其他"], [12, 6, 1, 1])[0],
            "用人单位": "潼川派出所",
            "岗位": chance.choices(["巡逻", "护村队", "食堂帮厨"], [30, 1, 1])[0],
            "入职日期": chance.choice(["", "2022-03-01", "2024-05-01", *NEAR[1:4]]),
            "离职日期": chance.choices(["", chance.choice(NEAR[4:])], [8, 1])[0],
            "岗前培训日期": chance.choices(["2022-03-01", "无", "", chance.choice(NEAR)], [8, 1, 1, 3])[0],
            "工作证号": chance.choices([f"SC{place:05}", "无", ""], [10, 1, 1])[0],
            "工作证有效期": chance.choices(["2027-12-31", "", chance.choice(NEAR)], [8, 1, 3])[0],
            "资质证书": certificates(chance),
        }
        for place in range(1, 61)
    ]


def certificates(chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.2:
        return chance.choice(["", "无"])
    held = chance.sample(["急救证", "无人机操控证", "机动车驾驶证C1"], chance.randint(1, 3))
    return "；".join(
        name + chance.choices([f":{chance.choice(NEAR)}", ":2028-01-01", ""], [3, 6, 1])[0] for name in held
    )


def orders(chance: random.Random, size: int) -> list[Row]:
    numbers = [number(place) for place in range(1, 61)]
    return [
        {
            "序号": str(place + 1),
            "公民身份号码": chance.choices(
                [chance.choice(numbers), number(900), "510722199001010011", ""], [60, 1, 1, 1]
            )[0],
            "日期": chance.choice(WEEK),
            "起": chance.choice(HALF_HOURS),
            "止": chance.choice(HALF_HOURS),
            "事项": chance.choices(
                ["10.3", "10.1", "11.2", "9.1", "9.4", "10.10", "11.4", "", "10.11", "9.5", "12.1", "巡逻"],
                [12, 3, 6, 4, 1, 1, 1, 1, 1, 1, 1, 1],
            )[0],
            "内容": chance.choice(list(TEXTS)),
            "地点": chance.choice(["潼川镇", "永兴超市门口", ""]),
            "指挥民警": chance.choices(["张警官", "李警官", "无", ""], [10, 10, 1, 1])[0],
            "法律依据": chance.choice(["", "无", "公通字〔2016〕1号"]),
            "所需资质": chance.choices(["", "无", "急救证", "急救证；无人机操控证", "潜水证"], [10, 1, 3, 3, 1])[0],
            "驾驶车船": chance.choices(["是", "否", ""], [2, 5, 5])[0],
            "约束性警械": chance.choices(["是", "否", ""], [2, 5, 5])[0],
            "紧急情形": chance.choice(["", "无", "持械伤人"]),
        }
        for place in range(size)
    ]


def absences(chance: random.Random) -> list[Row]:
    rows = []
    for _ in range(40):
        kind = chance.choice(["请假", "停职", "回避"])
        first, last = sorted(chance.sample(NEAR, 2))
        days = ("", "") if kind == "回避" else (first, last)
        matter = chance.choice(["永兴超市", "潼川", "别处"]) if kind == "回避" else ""
        rows.append(
            {"公民身份号码": number(chance.randint(1, 60)), "起": days[0], "止": days[1], "情形": kind, "事由": matter}
        )
    return rows


def written(file: Path, **sheets: tuple[tuple[str, ...], list[Row]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, (headers, rows) in sheets.items():
        sheet: Any = book.create_sheet(name)
        sheet.append(list(headers))
        for row in rows:
            sheet.append([row[header] or None for header in headers])
    book.save(file)
    return file


@pytest.mark.parametrize("seed", range(4))
def test_generated_plans_are_judged_as_the_oracle_says(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    roster, plan, away = people(chance), orders(chance, 500), absences(chance)
    most = chance.choice([2, 5])
    plan_file = written(
        tmp_path / "排班.xlsx",
        派勤=(tuple(column.label for column in COLUMNS), plan),
        请假=(tuple(column.label for column in ABSENCE_COLUMNS), away),
    )
    roster_file = written(tmp_path / "花名册.xlsx", 花名册=(PEOPLE_HEADERS, roster))
    judged = check_plan(read_plan(plan_file), people_of(read_roster(roster_file)), most_led=most)
    ours = {(each.row, each.rule, each.provision, str(each.outcome)) for each in judged.findings}
    assert len(ours) == len(judged.findings)
    expected = findings(plan, away, roster, most)
    assert ours - expected == set()
    assert expected - ours == set()
    assert {rule for _, rule, _, _ in expected} >= {"duty.person", "duty.excluded", "duty.overlap", "duty.prohibited"}
