"""`fujing duty check` and `fujing duty template` as officers and scripts use them."""

from __future__ import annotations

import json
from datetime import date, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from fujing.cli import app
from fujing.law.formats.duties import ABSENCE_COLUMNS, COLUMNS

NUMBER, OTHER = "510722199001010014", "510722199001010022"
HEADERS = [column.label for column in COLUMNS]
KEYS = [column.key for column in COLUMNS]
ORDER = [
    "1",
    NUMBER,
    "2026-03-02",
    "08:00",
    "12:00",
    "10.3",
    "协助民警巡逻",
    "潼川镇",
    "张警官",
    None,
    None,
    "否",
    "否",
    None,
]
ABSENCE_HEADERS = [column.label for column in ABSENCE_COLUMNS]
ROSTER_HEADERS = ["姓名", "公民身份号码", "类别", "入职日期", "离职日期", "岗前培训日期", "工作证号", "工作证有效期", "资质证书", "岗位", "用人单位"]  # fmt: skip
PERSON = ["李明", NUMBER, "勤务", "2022-03-01", None, "2022-03-01", "SC001", "2027-12-31", "急救证:2027-01-01", "巡逻", "潼川派出所"]  # fmt: skip


def changed(**cells: Any) -> list[Any]:
    return [cells.get(key, cell) for key, cell in zip(KEYS, ORDER, strict=True)]


def book(file: Path, **sheets: list[list[Any]]) -> Path:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)  # type: ignore[arg-type]
    for name, rows in sheets.items():
        sheet: Any = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    workbook.save(file)
    return file


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    return book(tmp_path / "花名册.xlsx", 花名册=[ROSTER_HEADERS, PERSON])


def run(plan: Path, roster: Path, *options: str, env: dict[str, str] | None = None) -> Result:
    return CliRunner().invoke(app, ["duty", "check", str(plan), "--roster", str(roster), *options], env=env)


def document(result: Result) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def rules(result: Result) -> list[str]:
    return [finding["rule"] for finding in document(result)["findings"]]


def test_a_lawful_plan_ends_with_zero(tmp_path: Path, roster: Path) -> None:
    plan = book(tmp_path / "p.xlsx", 派勤=[HEADERS, ORDER], 请假=[ABSENCE_HEADERS])
    result = run(plan, roster, "--json")
    assert result.exit_code == 0
    assert document(result) == {"orders": 1, "findings": [], "counts": {}, "not_covered": []}


def test_a_violation_is_told_with_row_subject_facts_and_remedy(tmp_path: Path, roster: Path) -> None:
    rows = [HEADERS, ORDER, changed(id="2", date="2026-03-03", text="路口现场开具罚单")]
    result = run(book(tmp_path / "p.xlsx", 派勤=rows), roster, "--json")
    assert result.exit_code == 1
    told = document(result)
    (finding,) = told["findings"]
    assert {key: finding[key] for key in ("provision", "rule", "outcome", "subject", "row")} == {
        "provision": "13.6",
        "rule": "duty.prohibited",
        "outcome": "violated",
        "subject": "2",
        "row": 3,
    }
    assert "开具罚单" in finding["message"]
    assert finding["remedy"]
    assert (told["orders"], told["counts"], told["not_covered"]) == (2, {"13.6": 1}, ["请假"])


def test_what_is_only_undetermined_ends_with_zero(tmp_path: Path, roster: Path) -> None:
    result = run(book(tmp_path / "p.xlsx", 派勤=[HEADERS, changed(item=None)]), roster, "--json")
    assert (result.exit_code, rules(result), document(result)["counts"]) == (0, ["duty.item"], {})


def test_the_table_for_people_is_chinese(tmp_path: Path, roster: Path) -> None:
    result = run(book(tmp_path / "p.xlsx", 派勤=[HEADERS, changed(commander="无")]), roster)
    assert result.exit_code == 1
    assert "1条派勤，不符合1处，待核实0处" in result.stdout
    assert "没有指挥民警" in result.stdout.replace("\n", "")
    assert "未核对：请假" in result.stdout


@pytest.mark.parametrize(
    ("start", "end"),
    [(time(8), time(12)), ("8:00", "12：00"), ("８:００", "12:00:00"), ("8时", "12时00分"), ("8点30分", "24:00")],
)
def test_times_are_read_as_people_and_excel_write_them(tmp_path: Path, roster: Path, start: Any, end: Any) -> None:
    plan = book(tmp_path / "p.xlsx", 派勤=[HEADERS, changed(start=start, end=end)])
    assert run(plan, roster).exit_code == 0


@pytest.mark.parametrize("day", [date(2026, 3, 2), "2026/3/2", "2026.3.2", "20260302", "2026年3月2日"])
def test_dates_are_read_in_their_five_forms(tmp_path: Path, roster: Path, day: Any) -> None:
    away = [ABSENCE_HEADERS, [NUMBER, day, day, "请假", None]]
    result = run(book(tmp_path / "p.xlsx", 派勤=[HEADERS, changed(date=day)], 请假=away), roster, "--json")
    assert rules(result) == ["duty.leave"]


@pytest.mark.parametrize("cell", ["/", "—", "未填", "无"])
def test_a_cell_that_says_nothing_names_no_officer(tmp_path: Path, roster: Path, cell: str) -> None:
    plan = book(tmp_path / "p.xlsx", 派勤=[HEADERS, changed(commander=cell)])
    assert rules(run(plan, roster, "--json")) == ["duty.commander"]


def test_english_keys_title_rows_and_further_columns_do_not_matter(tmp_path: Path, roster: Path) -> None:
    rows = [["潼川派出所第10周排班表"], [None], [*KEYS, "备注"], [*changed(commander=None), "下雨改期"]]
    away = [["id_number", "from", "to", "kind", "matter"], [NUMBER, None, None, "回避", "潼川"]]
    result = run(book(tmp_path / "p.xlsx", 派勤=rows, 请假=away), roster, "--json")
    assert rules(result) == ["duty.commander", "duty.recusal"]
    assert {finding["row"] for finding in document(result)["findings"]} == {4}
    assert "备注" in result.stderr


@pytest.mark.parametrize("key", KEYS)
def test_an_absent_column_is_not_covered_and_found_nothing_in(tmp_path: Path, roster: Path, key: str) -> None:
    place = KEYS.index(key)
    rows = [[cell for at, cell in enumerate(row) if at != place] for row in (HEADERS, ORDER)]
    result = run(book(tmp_path / "p.xlsx", 派勤=rows, 请假=[ABSENCE_HEADERS]), roster, "--json")
    told = document(result)
    assert told["not_covered"] == [HEADERS[place]]
    days = ["duty.induction", "duty.card"] if key == "date" else []
    assert [finding["rule"] for finding in told["findings"] if finding["outcome"] == "violated"] == []
    assert [finding["rule"] for finding in told["findings"]] == days


@pytest.mark.parametrize(
    "column", ["类别", "岗前培训日期", "工作证号", "工作证有效期", "资质证书", "入职日期", "离职日期"]
)
def test_a_column_that_the_roster_has_not_is_not_covered(tmp_path: Path, column: str) -> None:
    place = ROSTER_HEADERS.index(column)
    rows = [[cell for at, cell in enumerate(row) if at != place] for row in (ROSTER_HEADERS, PERSON)]
    plan = book(tmp_path / "p.xlsx", 派勤=[HEADERS, changed(needs="急救证")], 请假=[ABSENCE_HEADERS])
    told = document(run(plan, book(tmp_path / "r.xlsx", 花名册=rows), "--json"))
    assert (told["findings"], told["not_covered"]) == ([], [column])


def test_every_fault_of_both_files_and_sheets_is_named_at_once(tmp_path: Path) -> None:
    rows = [
        HEADERS,
        changed(start="上午", date="三月二日", drives="有时"),
        changed(end="25:00"),
        changed(id_number=5.1072219900101e17),
    ]
    away = [ABSENCE_HEADERS, [NUMBER, "2026-03-05", "2026-03-01", "休假", None]]
    plan = book(tmp_path / "排班.xlsx", 派勤=rows, 请假=away)
    people = book(tmp_path / "花名册.xlsx", 花名册=[ROSTER_HEADERS, [*PERSON[:3], "不详", *PERSON[4:]]])
    result = run(plan, people, "--json")
    assert result.exit_code == 2
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    for place in (
        "工作表“派勤”第2行“日期”",
        "工作表“派勤”第2行“起”",
        "工作表“派勤”第2行“驾驶车船”",
        "工作表“派勤”第3行“止”",
        "工作表“派勤”第4行“公民身份号码”",
        "工作表“请假”第2行“止”",
        "工作表“请假”第2行“情形”",
        "第2行“入职日期”",
    ):
        assert sum(place in line for line in lines) == 1, place
    assert len(lines) == 8


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 nothing", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_what_is_no_workbook_is_refused_with_a_sentence(tmp_path: Path, roster: Path, content: bytes) -> None:
    (tmp_path / "p.xlsx").write_bytes(content)
    result = run(tmp_path / "p.xlsx", roster, "--json")
    assert result.exit_code == 2
    assert "p.xlsx" in result.stderr


def test_a_plan_without_its_sheet_is_refused(tmp_path: Path, roster: Path) -> None:
    result = run(book(tmp_path / "p.xlsx", 排班=[HEADERS, ORDER]), roster)
    assert result.exit_code == 2
    assert "缺少工作表“派勤”" in result.stderr
    assert run(tmp_path / "none.xlsx", roster).exit_code == 2
    assert run(roster.with_suffix(".csv"), roster).exit_code == 2


def test_the_most_that_one_officer_leads_can_be_set(tmp_path: Path, roster: Path) -> None:
    plan = book(tmp_path / "p.xlsx", 派勤=[HEADERS, ORDER, changed(id="2", id_number=OTHER)])
    assert rules(run(plan, roster, "--json")) == ["duty.person"]
    assert rules(run(plan, roster, "--json", "--most-led", "1")) == ["duty.led", "duty.person", "duty.led"]
    assert run(plan, roster, "--most-led", "0").exit_code == 2


def test_an_organ_adds_words_by_option_or_environment(tmp_path: Path, roster: Path) -> None:
    plan = book(tmp_path / "p.xlsx", 派勤=[HEADERS, changed(text="夜间巡河")])
    words = tmp_path / "词库.yaml"
    words.write_text("additions: {decisions: {phrases: [夜间巡河]}}", "utf-8")
    assert rules(run(plan, roster, "--json")) == []
    assert rules(run(plan, roster, "--json", "--lexicon", str(words))) == ["duty.prohibited"]
    assert rules(run(plan, roster, "--json", env={"FUJING_LEXICON": str(words)})) == ["duty.prohibited"]
    words.write_text("additions: {decision: {phrases: [夜间巡河]}}", "utf-8")
    result = run(plan, roster, "--json", "--lexicon", str(words))
    assert (result.exit_code, "additions.decision" in result.stderr) == (2, True)


def test_the_template_is_filled_in_and_read(tmp_path: Path, roster: Path) -> None:
    file = tmp_path / "空表.xlsx"
    assert CliRunner().invoke(app, ["duty", "template", str(file)]).exit_code == 0
    workbook = openpyxl.load_workbook(file)
    assert workbook.sheetnames == ["派勤", "请假", "说明"]
    orders = workbook["派勤"]
    assert [cell.value for cell in orders[1]] == HEADERS
    notes = {cell.value: cell.comment.text for cell in orders[1] if cell.comment}
    assert list(notes) == HEADERS
    assert "第二十七条第一款" in notes["驾驶车船"]
    offered = {str(each.sqref).split(":")[0]: each.formula1 for each in orders.data_validations.dataValidation}
    assert "10.10" in offered["F2"]
    assert offered["L2"] == '"是,否"'
    for place, cell in enumerate(changed(commander="无"), 1):
        orders.cell(2, place, cell)
    workbook.save(file)
    result = run(file, roster, "--json")
    assert (document(result)["orders"], rules(result), document(result)["not_covered"]) == (1, ["duty.commander"], [])


def test_the_template_goes_down_a_pipe() -> None:
    result = CliRunner().invoke(app, ["duty", "template"])
    assert result.exit_code == 0
    assert result.stdout_bytes.startswith(b"PK")
