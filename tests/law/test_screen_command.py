"""`fujing screen` and `fujing schema`: documents, exit codes, absent columns, unreadable files."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
import yaml
from typer.testing import CliRunner, Result

from fujing.cli import app
from fujing.law.citizen_numbers import check_digit
from tests.law.screening_tools import changed, document, written


def announced(folder: Path, **changes: Any) -> Path:
    raw = {
        "title": "公告",
        "organ": {"name": "三台县公安局", "level": "county"},
        "cutoff": "2026-01-22",
        "age_reading": "completed_years",
        "positions": [{"code": "01", "name": "执勤", "category": "field", "headcount": 10}],
        **changes,
    }
    path = folder / "公告.yaml"
    path.write_text(yaml.safe_dump({"announcement": raw}, allow_unicode=True), "utf-8")
    return path


def screen(folder: Path, applicants: Path, *more: str, **changes: Any) -> Result:
    files = ["--announcement", str(announced(folder, **changes)), "--applicants", str(applicants)]
    return CliRunner().invoke(app, ["screen", *files, *more])


def another(person: dict[str, str | None], step: int) -> str:
    """The number of somebody else of the same day and sex."""
    first = str(person["公民身份号码"])[:14] + f"{int(str(person['公民身份号码'])[14:17]) + step:03d}"
    return first + check_digit(first)


@pytest.fixture
def person() -> dict[str, str | None]:
    return changed(document()["底稿"], {})[1]


def test_document_has_the_documented_shape(tmp_path: Path, person: dict) -> None:
    people = [
        person,
        {**person, "报名序号": "A2", "国籍": "缅甸", "公民身份号码": another(person, 2)},
        {**person, "报名序号": "A3", "学历": None, "公民身份号码": another(person, 4)},
    ]
    result = screen(tmp_path, written(tmp_path / "报名表.csv", people), "--json")
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert found["rule_book"]["id"] == "sichuan-345/recruitment"
    assert found["rule_book"]["as_of"] == "2026-01-22"
    assert found["rule_book"]["hash"]
    assert found["counts"] == {"eligible": 1, "ineligible": 1, "undetermined": 1}
    assert [(each["subject"], each["position"], each["outcome"]) for each in found["results"]] == [
        ("A1", "01", "eligible"),
        ("A2", "01", "ineligible"),
        ("A3", "01", "undetermined"),
    ]
    assert found["results"][0]["findings"] == []
    (finding,) = found["results"][1]["findings"]
    assert list(finding) == ["provision", "rule", "outcome", "subject", "message", "facts", "remedy"]
    assert (finding["provision"], finding["outcome"], finding["subject"]) == ("18.1", "violated", "A2")


def test_exit_is_0_without_violations_even_if_something_is_unknown(tmp_path: Path, person: dict) -> None:
    people = written(tmp_path / "报名表.csv", [{**person, "体检": None}])
    assert screen(tmp_path, people, "--json").exit_code == 0
    assert "待核实" in screen(tmp_path, people).stdout


def test_absent_column_is_not_covered_and_empty_cell_is_undetermined(tmp_path: Path, person: dict) -> None:
    absent = {key: value for key, value in person.items() if key not in ("体检", "考察20.3")}
    found = json.loads(screen(tmp_path, written(tmp_path / "a.csv", [absent]), "--json").stdout)
    assert found["results"][0]["outcome"] == "eligible"
    assert {"medical", "ground_20_3"} <= set(found["not_covered"])
    empty = {**person, "体检": None, "考察20.3": None}
    found = json.loads(screen(tmp_path, written(tmp_path / "b.csv", [empty]), "--json").stdout)
    assert found["results"][0]["outcome"] == "undetermined"
    assert {"medical", "ground_20_3"}.isdisjoint(found["not_covered"])


def test_the_three_file_kinds_and_both_headers_read_alike(tmp_path: Path) -> None:
    rows = [{"id": "A1", "position": "01", "birth_date": date(1990, 1, 22), "education": "高中", "ground_20_1": "否"}]
    pl.DataFrame(rows).write_parquet(tmp_path / "报名表.parquet")
    (tmp_path / "报名表.csv").write_bytes(
        "报名序号,报考岗位,出生日期,学历,考察20.1\nA1,01,1990年1月22日,高中,否\n".encode("gb18030")
    )
    book = openpyxl.Workbook()
    book.active.append(["报名序号", "报考岗位", "出生日期", "学历", "考察20.1"])
    book.active.append(["A1", "01", date(1990, 1, 22), "高中", "否"])
    book.save(tmp_path / "报名表.xlsx")
    results = [
        json.loads(screen(tmp_path, tmp_path / f"报名表{suffix}", "--json").stdout)["results"]
        for suffix in (".csv", ".xlsx", ".parquet")
    ]
    assert results[0] == results[1] == results[2]
    assert results[0][0]["findings"][0]["provision"] == "18.3"


def test_every_fault_of_both_files_is_named_with_row_and_column(tmp_path: Path, person: dict) -> None:
    people = [
        {**person, "报考岗位": "09"},
        {**person, "学历": "小学生", "出生日期": "1990/13/1"},
        {**person, "报名序号": "A3", "身高": "1.75", "退役士兵": "有"},
    ]
    result = screen(tmp_path, written(tmp_path / "报名表.csv", people), cutoff="2026-02-30")
    assert result.exit_code == 2
    told = result.stderr
    for expected in (
        "cutoff",
        "第3行“学历” 的值是“小学生”",
        "第3行“出生日期” 的值是“1990/13/1”",
        "第3行“报名序号” 的值是“A1”",
        "第4行“身高” 的值是“1.75”，应为厘米数",
        "第4行“退役士兵” 的值是“有”，应为 是 或 否",
    ):
        assert expected in told


def test_unknown_post_is_unreadable_with_its_row(tmp_path: Path, person: dict) -> None:
    result = screen(tmp_path, written(tmp_path / "报名表.csv", [{**person, "报考岗位": "09"}]))
    assert result.exit_code == 2
    assert "第2行“报考岗位” 的值是“09”，公告没有这个岗位代码，应为 01" in result.stderr


def test_applicant_registered_before_the_measures_gets_article_46_alone(tmp_path: Path, person: dict) -> None:
    people = [
        {**person, "报名日期": "2021-02-28", "国籍": "缅甸", "公民身份号码": another(person, 2)},
        {**person, "报名序号": "A2", "报名日期": "2021-03-01"},
    ]
    result = screen(tmp_path, written(tmp_path / "报名表.csv", people), "--json", cutoff="registration_day")
    first, second = json.loads(result.stdout)["results"]
    assert [(each["provision"], each["outcome"]) for each in first["findings"]] == [("46", "undetermined")]
    assert second["outcome"] == "eligible"


@pytest.mark.parametrize("name", ["announcement", "applicants", "scores", "findings"])
@pytest.mark.parametrize("more", [[], ["--json"]])
def test_schema_is_json_schema(name: str, more: list[str]) -> None:
    result = CliRunner().invoke(app, ["schema", name, *more])
    assert result.exit_code == 0
    assert json.loads(result.stdout)["type"] in ("object", "array")


def test_unknown_schema_is_refused() -> None:
    assert CliRunner().invoke(app, ["schema", "nothing"]).exit_code == 2
