"""Whole small workbooks as an officer would check them: `workbook_cases.yaml`, on both sides of each bound, by the command."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from typer.testing import CliRunner

from fujing.cli import app
from tests.law.roster_tools import id_number

DOCUMENT = yaml.safe_load((Path(__file__).parent / "workbook_cases.yaml").read_text("utf-8"))
BASE, CASES = DOCUMENT["base"], DOCUMENT["cases"]
FIRST = 3
"""The first person's row."""


def cell(value: Any) -> Any:
    return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 and value[4] == "-" else value


def written(path: Path, case: dict[str, Any]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    headings = BASE["headings"]
    for name in case.get("sheets", BASE["sheets"]):
        page = book.create_sheet(name)
        page.append(["三台县公安局辅警工资表"])
        page.append(headings)
        rows = []
        for number, person in enumerate(BASE["people"], FIRST):
            row = dict(zip(headings, person, strict=True)) | {"身份证号": id_number(person[2], number)}
            rows.append(row | case.get("rows", {}).get(name, {}).get(number, {}))
            page.append([cell(value) for value in rows[-1].values()])
        sums = {key: sum(row[key] for row in rows if isinstance(row[key], int | float)) for key in headings[5:]}
        page.append(["合计", None, None, None, None, *(round(value, 4) for value in sums.values())])
        page.append([f"共{len(rows)}人"])
    for place, value in case.get("cells", {}).items():
        sheet, _, at = place.partition("!")
        right = str(book[sheet][at].value)
        wrong = right[:17] + ("1" if right[17:] != "1" else "2")
        book[sheet][at] = wrong if value == "号码错" else value
    book.save(path)
    return path


def said(folder: Path, case: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    options = {key: value for key, value in (BASE["options"] | case.get("options", {})).items() if value is not None}
    path = written(folder / "工资表.xlsx", case)
    result = CliRunner().invoke(app, ["pay", "check", str(path), "--json", *(f"--{key}={value}" for key, value in options.items())])  # fmt: skip
    assert result.exit_code in (0, 1), result.output
    return result.exit_code, json.loads(result.stdout)


def test_there_are_cases_enough() -> None:
    assert len(CASES) >= 45
    assert len({case["name"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case_is_judged_as_the_table_says(tmp_path: Path, case: dict[str, Any]) -> None:
    code, document = said(tmp_path, case)
    found = Counter(
        " ".join(filter(None, (each["cell"], each["rule"], each["outcome"])))
        for each in document["findings"]
        if each["outcome"] != "satisfied"
    )
    assert found == Counter(case["found"])
    assert code == any(each.endswith("violated") for each in case["found"])
    for each in document["findings"]:
        assert (each["sheet"] is None) == (each["cell"] is None)
        assert each["message"].startswith("待核实：") == (each["outcome"] == "undetermined")


def test_a_finding_says_what_is_right_and_why(tmp_path: Path) -> None:
    case = next(case for case in CASES if case["name"].startswith("养老少一分"))
    (found,) = (each for each in said(tmp_path, case)[1]["findings"] if each["cell"])
    assert found == {
        "provision": "34",
        "rule": "pay.contribution.person",
        "outcome": "violated",
        "subject": id_number("1990-01-01", FIRST),
        "message": "养老保险（个人）写399.99元，社保基数5,000.00×8%应为400.00元，差-0.01元（表头写明）",
        "facts": {"printed": "399.99", "right": "400.00", "rate": "8%"},
        "remedy": "改为400.00元，或者更正基数",
        "month": "2026-01",
        "sheet": "2026年1月",
        "cell": "K3",
    }


def test_a_parameter_is_cited_with_its_trust(tmp_path: Path) -> None:
    case = next(case for case in CASES if case["name"] == "个税多扣十元")
    (found,) = (each for each in said(tmp_path, case)[1]["findings"] if each["cell"])
    assert found["message"] == (
        "“个人所得税”写61.63元，累计应发8,160.92－5,000×1个月－个人缴费1,440.00－专项附加扣除0.00，已预扣0.00，应为51.63元"
        "（个人所得税预扣率表一（国家税务总局公告2018年第61号）；公告附件，未逐字核对，2026-11-26核对）"
    )
