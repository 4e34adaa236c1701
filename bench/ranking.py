"""Ranks 200,000 candidates of one announcement, from files to the JSON document, and times a peer.

The peer is what a spreadsheet script does: csv rows, dictionaries, Decimal arithmetic, the same
announcement without checks of the input. Run: python bench/ranking.py [candidates]
"""

from __future__ import annotations

import csv
import random
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import redirect_stdout
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from fujing.cli.ranking import rank_files, write_json

ANNOUNCEMENT = """
announcement:
  title: 公告
  organ: {name: 公安局, level: county}
  positions:
    - {code: "01", name: 执勤, category: field, headcount: 20000}
    - {code: "02", name: 文职, category: civil, headcount: 5000}
  stages:
    - {kind: written, full: 100, pass: 40, weight: 0.5, papers: [{name: 行测, weight: 0.6}, {name: 公安基础, weight: 0.4}]}
    - {kind: interview, full: 100, weight: 0.5, panel: {combine: mean, drop: extremes}, admit: {ratio: 2, ties: admit_all}}
    - {kind: medical, admit: {ratio: 1}}
    - {kind: hire}
  tie_break: [priority, written, interview]
  reserve: {months: 12}
"""
CENT = Decimal("0.01")


def write_files(folder: Path, number: int) -> tuple[Path, Path, Path]:
    """The three files; judges' scores are given for everyone who may reach the interview."""
    chance = random.Random(7)
    paths = folder / "announcement.yaml", folder / "applicants.csv", folder / "scores.csv"
    paths[0].write_text(ANNOUNCEMENT, "utf-8")
    with (
        paths[1].open("w", encoding="utf-8", newline="") as people,
        paths[2].open("w", encoding="utf-8", newline="") as rows,
    ):
        applicants, scores = csv.writer(people), csv.writer(rows)
        applicants.writerow(["报名序号", "报考岗位", "性别", "退役士兵"])
        scores.writerow(["报名序号", "环节", "科目", "成绩", "评委"])
        for index in range(number):
            code = f"A{index:07d}"
            applicants.writerow([code, chance.choice(("01", "01", "01", "02")), "男", chance.choice("是否")])
            for paper in ("行测", "公安基础"):
                scores.writerow([code, "笔试", paper, f"{chance.uniform(30, 99):.1f}", ""])
            if index % 3 == 0:
                for judge in "甲乙丙丁戊":
                    scores.writerow([code, "面试", "", f"{chance.uniform(60, 95):.1f}", judge])
    return paths


def naive(applicants: Path, scores: Path) -> dict[str, list[tuple[str, Decimal]]]:
    """Totals in order, the obvious way."""
    rows: dict[tuple[str, str], list[tuple[str, Decimal]]] = defaultdict(list)
    with scores.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            rows[row["报名序号"], row["环节"]].append((row["科目"], Decimal(row["成绩"])))
    weights = {"行测": Decimal("0.6"), "公安基础": Decimal("0.4")}
    order: dict[str, list[tuple[str, Decimal]]] = {}
    with applicants.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            code = row["报名序号"]
            written = sum((weights[item] * score for item, score in rows[code, "笔试"]), Decimal(0))
            written = written.quantize(CENT, ROUND_HALF_UP)
            panel = sorted(score for _, score in rows[code, "面试"])[1:-1]
            interview = (sum(panel, Decimal(0)) / max(1, len(panel))).quantize(CENT, ROUND_HALF_UP)
            total = ((written + interview) / 2).quantize(CENT, ROUND_HALF_UP)
            order.setdefault(row["报考岗位"], []).append((code, total))
    return {post: sorted(people, key=lambda pair: -pair[1]) for post, people in order.items()}


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    with tempfile.TemporaryDirectory() as folder:
        paths = write_files(Path(folder), number)
        start = time.perf_counter()
        rankings = rank_files(*paths)
        ranked = time.perf_counter() - start
        with Path(folder, "out.json").open("w", encoding="utf-8") as out, redirect_stdout(out):
            write_json(rankings)
        written = time.perf_counter() - start
        start = time.perf_counter()
        naive(*paths[1:])
        peer = time.perf_counter() - start
    print(f"{number} 人：核对并排名 {ranked:.2f} 秒，连同输出 {written:.2f} 秒")
    print(f"不核对、只算总分的对照脚本 {peer:.2f} 秒，为排名的 {peer / ranked:.1f} 倍")


if __name__ == "__main__":
    main()
