"""Generated rosters: mostly orderly people, and everything that can be wrong with one, near every threshold."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path
from random import Random

from tests.law.roster_oracle import Row, plus_months
from tests.law.roster_tools import document, id_number

HEADER = list(document()["底稿"]["人员"])
ORGAN_HEADER = list(document()["底稿"]["机关"])
TODAYS = [date(2026, 1, 22), date(2026, 2, 28), date(2024, 2, 29), date(2025, 12, 31), date(2026, 3, 31)]
CODES = ["510722000000", "510104000000", "510100000000", "510104120000", "519999000000", "500101000000", None]


def mostly(pick: Random, usual: str | None, *others: str | None, odd: float = 0.06) -> str | None:
    return pick.choice(others) if pick.random() < odd else usual


def near(pick: Random, *days: date) -> str:
    """A day within a few days of one of these."""
    return (pick.choice(days) + timedelta(days=pick.choice([-2, -1, -1, 0, 0, 0, 1, 1, 2]))).isoformat()


def joined(pick: Random, today: date) -> str | None:
    thresholds = [
        date(2021, 3, 1),
        date(today.year - 1, 1, 1),
        date(today.year, 1, 1),
        today,
        plus_months(today, -1),
        plus_months(today, -2),
    ]
    anywhere = date(2019, 1, 1) + timedelta(days=pick.randrange((today - date(2019, 1, 1)).days))
    return mostly(pick, anywhere.isoformat(), None, near(pick, *thresholds), odd=0.4)


def number(pick: Random, hired: date, place: int) -> str | None:
    born = date(1990, 1, 1) + timedelta(days=pick.randrange(4000))
    edge = pick.choice([plus_months(hired, -18 * 12), plus_months(hired, -36 * 12)])
    usual = id_number(pick.choice([born.isoformat(), born.isoformat(), near(pick, edge)]), place % 1000)
    wrong = usual[:17] + ("1" if usual[17] != "1" else "2")
    return mostly(pick, usual, None, wrong, usual[:6] + usual[8:17], id_number("1995-02-30"), id_number("1996-05-05"))


def education_day(pick: Random, today: date) -> str | None:
    edges = [date(today.year, 1, 1), date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)]
    usual = date(today.year, 1, 1) + timedelta(days=pick.randrange(20))
    return mostly(pick, usual.isoformat(), None, "无", near(pick, *edges), near(pick, *edges), odd=0.3)


def contract(pick: Random, hired: date, today: date) -> Row:
    kind = mostly(pick, "固定期限", "无固定期限", "未签", None, odd=0.2)
    begin = pick.choice([hired, hired, date.fromisoformat(near(pick, plus_months(hired, 1)))])
    months = pick.choice([2, 3, 11, 12, 35, 36, 36, 36, 60])
    end = plus_months(begin, months) - timedelta(days=1) + timedelta(days=pick.choice([-1, 0, 0, 1]))
    end = max(begin, pick.choice([end, end, date.fromisoformat(near(pick, today, today + timedelta(days=60)))]))
    limit = plus_months(begin, pick.choice([0, 1, 2, 6])) - timedelta(days=1)
    return {
        "合同类型": kind,
        "合同起始": mostly(pick, None if kind == "未签" else begin.isoformat(), None),
        "合同终止": mostly(pick, end.isoformat() if kind == "固定期限" else None, None, "无"),
        "合同次数": mostly(pick, "1", "2", "3", None, odd=0.4),
        "试用期终止": mostly(pick, None, near(pick, limit), near(pick, today), "无", odd=0.5),
    }


def person(pick: Random, today: date, place: int) -> Row:
    start = joined(pick, today)
    hired = date.fromisoformat(start) if start else date(2023, 5, 31)
    category = mostly(pick, pick.choice(["勤务", "勤务", "文职"]), None, "协警", "治安联防")
    gone = mostly(pick, None, near(pick, today), "2026-12-31", odd=0.15)
    returned = [mostly(pick, None, "未收回", "2026-01-05", odd=0.5) for _ in range(3)]
    soon = today + timedelta(days=30)
    row: Row = {
        "姓名": f"张{place}",
        "公民身份号码": number(pick, hired, place),
        "类别": category,
        "管理机关代码": pick.choices(CODES, [30, 30, 10, 3, 1, 1, 2])[0],
        "用人单位": mostly(pick, "三台县公安局潼川派出所", None, "潼川镇护村队"),
        "岗位": mostly(pick, "巡逻", None, "食堂", "后勤装备", "群防群治"),
        "学历": mostly(pick, pick.choice(["高中", "大专", "本科", "技校"]), None, "初中", "小学", odd=0.15),
        "用工方式": mostly(pick, "直接聘用", "购买服务", None, odd=0.15),
        "入职日期": start,
        **contract(pick, hired, today),
        "层级": mostly(pick, "一级", None, "无", odd=0.2),
        "月应发工资": mostly(pick, f"{pick.randrange(300000, 500000) / 100:.2f}", None, odd=0.01),
        **{name: mostly(pick, "是", "否", None) for name in ("养老", "医疗", "失业", "工伤", "公积金", "意外险")},
        "岗前培训日期": mostly(pick, near(pick, hired), None, "无", odd=0.2),
        **{
            name: education_day(pick, today)
            for name in ("政治教育", "纪律教育", "廉洁教育", "保密教育", "年度培训日期")
        },
        "上年度考核": mostly(pick, "合格", None, "未考核", "不称职", "基本合格", "优秀", odd=0.4),
        "工作证号": mostly(pick, f"C{place}", None, "无", "C7"),
        "工作证有效期": mostly(pick, "2029-12-31", None, near(pick, today, soon), odd=0.3),
        "资质证书": mostly(
            pick, "无", None, f"驾驶证:{near(pick, today)}；救护员证:2030-01-01", "驾驶证", "驾驶证:长期", odd=0.3
        ),
        "离职日期": gone if not gone or not start or gone >= start else None,
        **dict(zip(("证件收回", "服装收回", "标识收回"), returned, strict=True)),
    }
    return {name: row[name] for name in HEADER}


def organs(pick: Random, size: int) -> dict[str, Row] | None:
    if pick.random() < 0.1:
        return None
    found: dict[str, Row] = {}
    for code in pick.sample([*CODES[:3], "510700000000"], pick.randrange(1, 5)):
        count = str(pick.choice([0, size // 3, size // 2, size]))
        income = f"{pick.randrange(4000000, 5500000) / 100:.2f}"
        found[str(code)] = {
            "代码": code,
            "名称": mostly(pick, "某公安局", None),
            "用人额度": mostly(pick, count, None),
            "批准计划数": mostly(pick, count, None),
            "上年度城镇居民人均可支配收入": mostly(pick, income, None),
            "收入口径来源": mostly(pick, "统计公报", None),
        }
    return found


def roster(seed: int, size: int) -> tuple[list[Row], dict[str, Row] | None, date]:
    pick = Random(seed)
    today = pick.choice(TODAYS)
    return [person(pick, today, place) for place in range(size)], organs(pick, size), today


def as_csv(path: Path, rows: list[Row], header: list[str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path
