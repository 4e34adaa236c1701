"""A roster of 20,000 people from the Excel file to every finding, beside frictionless, which checks types and ranges alone.

Ours is the whole command, start included, by which a bureau is told what the Measures say of each row; the peer reads the
same file in this process. 150,000 people, and the reports, are measured with it.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench.commands import finished, fujing, made, peak, quickest
from tests.law.roster_generated import ORGAN_HEADER, roster
from tests.law.roster_tools import written

PEOPLE, MANY = 20_000, 150_000
DAY = "2026-01-22"
RUNS = 3
LIMITS = {"json": 3.0, "reports": 5.0, "many": 30.0}
"""Seconds; and so many times the peer's time ours may take at most."""
FASTER, MEMORY = 5, 600
TYPES = {"月应发工资": "number", "合同次数": "integer"}
RANGES = {"月应发工资": {"minimum": 0}, "合同次数": {"minimum": 0, "maximum": 99}}
WORDS = {
    "类别": ["文职", "勤务"],
    "用工方式": ["直接聘用", "购买服务"],
    "合同类型": ["固定期限", "无固定期限", "未签"],
    **{name: ["是", "否"] for name in ("养老", "医疗", "失业", "工伤", "公积金", "意外险")},
}


def make(path: Path, people: int) -> None:
    rows, organs, _ = roster(3, people)
    assert organs
    written(path, rows, [{name: organ[name] for name in ORGAN_HEADER} for organ in organs.values()])


def check(path: Path, *options: str) -> list[str]:
    """`fujing roster check --json`."""
    return fujing("roster", "check", str(path), "--as-of", DAY, "--json", *options)


def frictionless(path: Path) -> Callable[[], object]:
    """The same sheet: its dates, numbers and words, and their ranges."""
    from frictionless import Detector, Resource, Schema
    from frictionless.formats import ExcelControl

    header = list(roster(3, 1)[0][0])
    fields = []
    for name in header:
        kind = TYPES.get(name, "string")
        constraints = RANGES.get(name, {}) | ({"enum": WORDS[name]} if name in WORDS else {})
        dated = name.endswith("日期") and name not in ("岗前培训日期", "年度培训日期")
        fields.append({"name": name, "type": "date" if dated else kind, "constraints": constraints})

    def run() -> object:
        resource = Resource(
            path=path.name,
            basepath=str(path.parent),
            control=ExcelControl(sheet="花名册"),
            schema=Schema.from_descriptor({"fields": fields}),
            detector=Detector(schema_sync=True),
        )
        return resource.validate(limit_errors=10**9).stats["errors"]

    return run


def main() -> int:
    folder = Path(tempfile.mkdtemp())
    few, many = made(folder / "花名册.xlsx", make, PEOPLE), made(folder / "全省.xlsx", make, MANY)
    with_reports = check(few, "--html", str(folder / "r.html"), "--xlsx", str(folder / "r.xlsx"))
    ours = quickest(finished(check(few)), RUNS)
    reports = quickest(finished(with_reports), RUNS)
    memory = peak(with_reports)
    all_of_them = quickest(finished(check(many)), 1)
    peer = quickest(frictionless(few), 1)
    print(f"{PEOPLE:,} people, start included, best of {RUNS}; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(f"fujing, every rule, JSON               {ours:6.2f} s")
    print(f"fujing, with HTML and findings workbook{reports:6.2f} s   {memory:.0f} MB at most")
    print(f"frictionless, types and ranges alone   {peer:6.2f} s   {peer / ours:.1f} × ours")
    print(f"{MANY:,} people")
    print(f"fujing, every rule, JSON               {all_of_them:6.2f} s")
    met = ours < LIMITS["json"] and reports < LIMITS["reports"] and all_of_them < LIMITS["many"] and memory < MEMORY
    return int(not met or peer < FASTER * ours)


if __name__ == "__main__":
    sys.exit(main())
