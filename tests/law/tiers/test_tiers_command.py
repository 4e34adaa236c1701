"""`fujing tiers` as officers and scripts use it: answers, bad files, explanation, forecast, template, schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from fujing.cli import app
from fujing.law.formats.schemas import SCHEMAS
from fujing.law.formats.tiers import APPRAISALS_COLUMNS, HONOURS_COLUMNS, PEOPLE_COLUMNS
from fujing.law.formats.tiers_template import NOTES
from fujing.law.tiers.batch import STATUS_LABELS, Status
from fujing.law.tiers.schemes import reference_schemes
from tests.law.schema_validator import faults as schema_faults

SCHEME = """\
tier_scheme:
  name: 示例方案
  versions:
    - from: 2021-03-01
      tiers: [{code: 七, name: 七级, pay: 100}, {code: 六, name: 六级, pay: 200}, {code: 五, name: 五级, pay: 300}]
      trainee: none
      entry: {table: {高中: 七, 大专: 六}}
      edges:
        - {path: [七, 六], kind: natural, years: 3, appraisal: {grades: [优秀, 称职], years: ended, failing: uncounted}, clause: 第五条}
        - {path: [六, 五], kind: selective, years: 4, appraisal: {grades: [优秀, 称职], years: ended, failing: blocks}}
      sets: [{code: 五级, name: 五级, tiers: [五]}]
      caps: [{set: 五级, share: 0.3, of: quota}]
      order: [score]
      demotions: []
      continuity: {leaving: cancelled, transfer: kept}
"""
PEOPLE = """\
人员编号,姓名,层级,任现层级日期,入职日期,学历,得分
P1,张三,七级,2023-07-01,2023-07-01,高中,
P2,李四,七级,2023-07-02,2023-07-02,高中,
P3,王五,七级,,2020-01-01,高中,
P4,赵六,无,,2026-01-01,大专,
"""
GRADES = "人员编号,年度,等次\n" + "".join(f"{who},{year},称职\n" for who in ("P1", "P2") for year in (2023, 2024, 2025))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("scheme.yaml", SCHEME), ("people.csv", PEOPLE), ("grades.csv", GRADES)):
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def run(folder: Path, command: str, *more: str) -> Result:
    files = [f"--scheme={folder}/scheme.yaml", f"--people={folder}/people.csv", f"--appraisals={folder}/grades.csv"]
    return CliRunner().invoke(app, ["tiers", command, *files, *more])


def batch(folder: Path, *more: str) -> dict[str, Any]:
    result = run(folder, "batch", "--day=2026-07-01", "--quota=10", "--json", *more)
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_the_document_of_a_batch(folder: Path) -> None:
    document = batch(folder)
    assert list(document) == ["scheme", "as_of", "quota", "counts", "caps", "unsaid", "people"]
    assert document["counts"] == {"promoted": 1, "entry": 1, "not_qualified": 1, "undetermined": 1}
    assert [
        (each["subject"], each["from"], each["to"], each["status"], each["outcome"]) for each in document["people"]
    ] == [
        ("P1", "七级", "六级", "promoted", "satisfied"),
        ("P2", "七级", "六级", "not_qualified", "violated"),
        ("P3", "七级", "六级", "undetermined", "undetermined"),
        ("P4", "未定级", "六级", "entry", "satisfied"),
    ]
    assert document["caps"] == [
        {"set": "五级", "of": "用人额度", "share": "3/10", "limit": "3", "held": "0", "free": "3", "state": "open",
         "message": "五级限3人（用人额度10人的30%，向下取整），批前现有0人，余3人"}
    ]  # fmt: skip
    assert document["unsaid"] == []
    findings = [finding for each in document["people"] for finding in each["findings"]]
    assert schema_faults(findings, SCHEMAS["findings"](), SCHEMAS["findings"]()) == []


def test_the_table_for_people_says_why(folder: Path) -> None:
    result = run(folder, "batch", "--day=2026-07-01", "--quota=10")
    assert result.exit_code == 0
    said = "".join(result.stdout.split()).replace("│", "")
    assert "示例方案，2026-07-01：符合条件，有名额1人，可以首次评定1人，不符合条件1人，待核实1人" in said


def test_one_person_is_explained(folder: Path) -> None:
    result = run(folder, "batch", "--day=2026-07-01", "--explain=P2", "--json")
    said = json.loads(result.stdout)
    assert (
        said["findings"][1]["message"]
        == "自2023-07-02起任七级，要求满3年，2026-07-02满，方案第五条（第二十三条第一款）"
    )
    assert said["findings"][1]["outcome"] == "violated"
    assert run(folder, "batch", "--explain=P2").exit_code == 0
    unknown = run(folder, "batch", "--explain=P9")
    assert (unknown.exit_code, unknown.stderr) == (2, "人员表中没有编号 P9\n")


def test_a_forecast_moves_people_on_the_grade_that_is_assumed(folder: Path) -> None:
    result = run(folder, "forecast", "--first=2026-07-01", "--quota=10", "--assume=称职", "--json")
    document = json.loads(result.stdout)
    assert [each["as_of"] for each in document["batches"]] == [f"{year}-07-01" for year in range(2026, 2031)]
    steps = {each["subject"]: [(step["on"], step["to"]) for step in each["steps"]] for each in document["people"]}
    assert steps == {
        "P1": [("2026-07-01", "六级"), ("2030-07-01", "五级")],
        "P2": [("2027-07-01", "六级")],
        "P3": [],
        "P4": [("2026-07-01", "六级"), ("2030-07-01", "五级")],
    }
    assert {each["subject"]: (each["tier"], each["last"]) for each in document["people"]} == {
        "P1": ("五级", "promoted"),
        "P2": ("六级", "not_qualified"),
        "P3": ("七级", "undetermined"),
        "P4": ("五级", "promoted"),
    }
    assert [each["monthly_cost"] for each in document["batches"]] == ["300.00", "100.00", "0.00", "0.00", "200.00"]


def test_without_an_assumption_nobody_rises_on_years_to_come(folder: Path) -> None:
    document = json.loads(run(folder, "forecast", "--first=2026-07-01", "--quota=10", "--json").stdout)
    moved = [step["on"] for each in document["people"] for step in each["steps"]]
    assert moved == ["2026-07-01", "2026-07-01"]
    assert document["batches"][1]["counts"] == {"not_qualified": 2, "undetermined": 2}


def test_a_forecast_for_people(folder: Path) -> None:
    result = run(folder, "forecast", "--first=2026-07-01", "--quota=10", "--assume=称职", "--years=2")
    assert result.exit_code == 0
    assert "有变动的3人" in result.stdout


def test_every_fault_of_all_files_is_told_at_once(folder: Path) -> None:
    (folder / "scheme.yaml").write_text(SCHEME.replace("of: quota", "of: 额度"), "utf-8")
    (folder / "people.csv").write_text(
        PEOPLE.replace("2023-07-02,2023", "2023-13-02,2023") + "P1,张三,七级,,,,\n", "utf-8"
    )
    (folder / "grades.csv").write_text(GRADES + "P1,2025,优秀\nP8,2025,称职\n", "utf-8")
    result = run(folder, "batch")
    assert result.exit_code == 2
    assert result.stdout == ""
    said = result.stderr.replace(f"{folder}/", "").splitlines()
    assert said == [
        "scheme.yaml：tier_scheme.versions[0].caps[0].of 的值是“额度”，应为 quota 或者 sets 中的集合",
        "people.csv：第3行“任现层级日期” 的值是“2023-13-02”，应为日期，如 2026-01-22",
    ]


def test_rows_that_contradict_each_other_are_faults(folder: Path) -> None:
    head, first, *others = PEOPLE.splitlines()
    rows = [f"{head},离职日期", f"{first},2023-06-30", *(f"{each}," for each in others), "P2,张三,七级,,,,,"]
    (folder / "people.csv").write_text("\n".join(rows), "utf-8")
    (folder / "grades.csv").write_text(GRADES + "P1,2025,优秀\nP8,2025,称职\n", "utf-8")
    (folder / "honours.csv").write_text("人员编号,授予日期,名称\nP7,2025-01-01,嘉奖\n", "utf-8")
    result = run(folder, "batch", f"--honours={folder}/honours.csv")
    said = sorted(result.stderr.replace(f"{folder}/", "").splitlines())
    assert said == sorted(
        [
            "people.csv：第2行“离职日期” 的值是“2023-06-30”，早于入职日期2023-07-01",
            "people.csv：第2行“离职日期” 的值是“2023-06-30”，早于任现层级日期2023-07-01",
            "people.csv：第6行“人员编号” 的值是“P2”，人员编号重复，一人应只占一行",
            "grades.csv：第9行“人员编号” 的值是“P8”，人员表中没有这个编号",
            "grades.csv：第8行“年度” 的值是“2025”，同一人同一年度有两行，应只占一行",
            "honours.csv：第2行“人员编号” 的值是“P7”，人员表中没有这个编号",
        ]
    )


@pytest.mark.parametrize("quota", ["十", "2027-02-30=5", "-1", "=5x"])
def test_a_quota_that_is_none_is_refused(folder: Path, quota: str) -> None:
    result = run(folder, "batch", f"--quota={quota}")
    assert result.exit_code == 2


def test_a_quota_from_a_day_on(folder: Path) -> None:
    document = batch(folder, "--quota=2026-07-01=5")
    assert document["quota"] == 5


def test_a_lawful_scheme_ends_with_zero_and_an_unlawful_one_with_one(folder: Path) -> None:
    result = CliRunner().invoke(app, ["tiers", "check", str(folder / "scheme.yaml"), "--json"])
    assert (result.exit_code, json.loads(result.stdout)["outcome"]) == (0, "satisfied")
    (folder / "scheme.yaml").write_text(SCHEME.replace("pay: 300", "pay: 200"), "utf-8")
    result = CliRunner().invoke(app, ["tiers", "check", str(folder / "scheme.yaml")])
    assert result.exit_code == 1
    (folder / "scheme.yaml").write_text("tier_scheme: {}", "utf-8")
    result = CliRunner().invoke(app, ["tiers", "check", str(folder / "scheme.yaml")])
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 2


def test_the_template_is_read_by_what_it_asks(folder: Path) -> None:
    path = folder / "batch.xlsx"
    assert CliRunner().invoke(app, ["tiers", "template", str(path)]).exit_code == 0
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[:3] == ["人员", "年度考核", "表彰奖励"]
    for name, columns in (("人员", PEOPLE_COLUMNS), ("年度考核", APPRAISALS_COLUMNS), ("表彰奖励", HONOURS_COLUMNS)):
        assert [cell.value for cell in book[name][1]] == [column.label for column in columns]
    assert set(NOTES) == {
        column.key for columns in (PEOPLE_COLUMNS, APPRAISALS_COLUMNS, HONOURS_COLUMNS) for column in columns
    }


def test_one_workbook_serves_as_all_three_files(folder: Path) -> None:
    path = folder / "batch.xlsx"
    CliRunner().invoke(app, ["tiers", "template", str(path)])
    book = openpyxl.load_workbook(path)
    book["人员"].append(["P1", "张三", "七级", "2023-07-01", "2023-07-01"])
    book["年度考核"].append(["P1", 2025, "称职"])
    book.save(path)
    files = [f"--{name}={path}" for name in ("people", "appraisals", "honours")]
    arguments = ["tiers", "batch", f"--scheme={folder}/scheme.yaml", *files, "--day=2026-07-01", "--json"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout)["counts"] == {"undetermined": 1}


def test_the_schemes_of_other_places_are_listed_and_printed(folder: Path) -> None:
    listed = CliRunner().invoke(app, ["tiers", "template", "--scheme=全部"])
    assert listed.exit_code == 0
    for name in reference_schemes():
        printed = CliRunner().invoke(app, ["tiers", "template", f"--scheme={name}"])
        assert printed.stdout.startswith("#")
    assert CliRunner().invoke(app, ["tiers", "template", "--scheme=none"]).exit_code == 2


def test_the_example_leaves_nothing_unsaid_and_is_lawful(folder: Path) -> None:
    printed = CliRunner().invoke(app, ["tiers", "template", "--scheme=示例", str(folder / "example.yaml")])
    assert printed.exit_code == 0
    checked = CliRunner().invoke(app, ["tiers", "check", str(folder / "example.yaml"), "--json"])
    assert (checked.exit_code, json.loads(checked.stdout)["outcome"]) == (0, "satisfied")


def test_every_status_has_its_word() -> None:
    assert set(STATUS_LABELS) == set(Status)
