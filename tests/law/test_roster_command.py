"""`fujing roster check` and `template`: what machines and people get, the three reports, the exit codes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from fujing.cli import app
from fujing.kernel.clock import today
from fujing.law.engine import Rule
from fujing.law.formats.roster import COLUMNS, LABELS, ORGAN_COLUMNS
from fujing.law.provisions import cite
from fujing.law.rulebooks.people import LEAVERS, ORGANS, PEOPLE, SCOPE
from fujing.law.rulebooks.people.titles import TITLES
from tests.law.roster_generated import ORGAN_HEADER, as_csv, roster
from tests.law.roster_tools import cell, document, id_number, person, written
from tests.law.schema_validator import faults

BASE = document()["底稿"]["人员"]
ORGAN = {key: cell(value) for key, value in document()["底稿"]["机关"].items()}
VIOLATING = {"层级": "无", "养老": "否", "工作证有效期": "2026-02-01"}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["roster", *map(str, arguments)])


def good(folder: Path) -> Path:
    return written(folder / "册.xlsx", [person(BASE)], [ORGAN])


def bad(folder: Path) -> Path:
    other = {"公民身份号码": id_number("1996-01-01"), "姓名": "<b>李四</b>", "工作证号": "C2"}
    return written(folder / "册.xlsx", [person(BASE, VIOLATING), person(BASE, other)], [ORGAN])


def checked(path: Path, *options: object) -> Result:
    return run("check", path, "--as-of", "2026-01-22", *options)


def test_the_document_has_the_documented_shape_and_exit_codes(tmp_path: Path) -> None:
    result = checked(bad(tmp_path), "--json")
    assert (result.exit_code, result.stderr) == (1, "")
    document = json.loads(result.stdout)
    assert set(document) == {"as_of", "organs", "findings", "counts", "not_covered"}
    assert document["as_of"] == "2026-01-22"
    assert document["organs"] == [{"code": "510722000000", "name": "三台县公安局", "in_service": 2, "quota": 10}]
    assert document["counts"] == {"23.p1": 1, "34": 1}
    assert document["not_covered"] == []
    first, *rest = document["findings"]
    assert first == {
        "provision": "23.p1",
        "rule": "roster.tier",
        "outcome": "violated",
        "subject": cell(BASE["公民身份号码"]),
        "message": "没有评定层级，试用期已于2024-08-31届满（第二十三条第一款）",
        "facts": {"tier": "无", "probation_to": "2024-08-31"},
        "remedy": "按层级方案评定层级",
        "row": 2,
    }
    assert [each["row"] for each in rest] == [2, 2, None, None, None]
    good_one = checked(good(tmp_path), "--json")
    assert (good_one.exit_code, json.loads(good_one.stdout)["counts"]) == (0, {})


def test_the_findings_are_valid_by_the_public_schema(tmp_path: Path) -> None:
    schema = json.loads(CliRunner().invoke(app, ["schema", "findings"]).stdout)
    found = json.loads(checked(bad(tmp_path), "--json").stdout)["findings"]
    assert faults(found, schema, schema) == []


def test_people_read_tables_in_chinese(tmp_path: Path) -> None:
    result = checked(bad(tmp_path))
    assert result.exit_code == 1
    for said in ("1个机关", "三台县公安局", "不符合", "按层级方案评定层级"):
        assert said in result.stdout.replace("\n", "")
    assert "roster." not in result.stdout


def test_absent_columns_are_named_once_on_the_terminal(tmp_path: Path) -> None:
    path = as_csv(tmp_path / "册.csv", [{"姓名": "甲", "层级": "一级"}], ["姓名", "层级"])
    result = checked(path)
    assert result.exit_code == 0
    assert "花名册没有下列各列，未核对：公民身份号码、类别" in result.stdout
    assert json.loads(checked(path, "--json").stdout)["not_covered"][:2] == ["公民身份号码", "类别"]


def test_the_day_is_today_unless_said_and_a_wrong_one_is_refused_in_chinese(tmp_path: Path) -> None:
    assert json.loads(run("check", good(tmp_path), "--json").stdout)["as_of"] == today().isoformat()
    wrong = run("check", good(tmp_path), "--as-of", "2026年")
    assert wrong.exit_code == 2
    assert "应为日期，如 2026-01-22" in wrong.stderr


def test_the_page_is_one_file_with_numbers_organs_and_findings(tmp_path: Path) -> None:
    page = tmp_path / "报告.html"
    result = checked(bad(tmp_path), "--html", page, "--json")
    assert result.exit_code == 1
    assert "已写到" in result.stderr
    text = page.read_text("utf-8")
    assert not re.search(r"(?:src|href)=[\"']?[^\"'#]|url\(|@import|<script|https?:", text)
    order = [text.index(part) for part in ('class="numbers"', 'id="organs"', "第四章", "第五章")]
    assert order == sorted(order)
    assert "@page{size:A4" in text
    for said in ("没有评定层级，试用期已于2024-08-31届满", "按层级方案评定层级", cite("34"), "在职2人，用人额度10人"):
        assert said in text
    assert str(cell(BASE["公民身份号码"])) not in text
    assert "$" not in text


def test_what_a_file_says_is_no_markup_on_the_page(tmp_path: Path) -> None:
    page = tmp_path / "报告.html"
    odd = {"姓名": "<script>甲</script>", "用人单位": "<b>$title</b>", "类别": "<i>", "资质证书": "<u>证</u>"}
    organ = ORGAN | {"名称": "<img src=x>"}
    checked(written(tmp_path / "册.xlsx", [person(BASE, odd)], [organ]), "--html", page)
    text = page.read_text("utf-8")
    assert not re.search("<script|<img|<b>[$]|<i>|<u>", text)
    assert "&lt;script&gt;甲" in text
    assert "&lt;b&gt;$title" in text


def test_the_page_lists_the_first_of_very_many_and_says_so(tmp_path: Path) -> None:
    people = [
        person(BASE, {"公民身份号码": f"号码:19{70 + n // 28}-05-{n % 28 + 1:02d}", "工作证号": f"C{n}", "层级": "无"})
        for n in range(205)
    ]
    page = tmp_path / "报告.html"
    checked(written(tmp_path / "册.xlsx", people, [ORGAN]), "--html", page)
    assert "不符合205人" in page.read_text("utf-8")
    assert "只列出前200人，另有5人见 Excel 报告" in page.read_text("utf-8")


def sheet_rows(path: Path, name: str) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(path)[name].iter_rows(values_only=True))


def test_the_workbook_has_every_finding_on_its_chapters_sheet(tmp_path: Path) -> None:
    rows, organs, day = roster(3, 120)
    assert organs
    path = written(
        tmp_path / "册.xlsx", rows, [{name: organ[name] for name in ORGAN_HEADER} for organ in organs.values()]
    )
    result = run("check", path, "--as-of", day, "--json", "--xlsx", tmp_path / "结论.xlsx")
    found = json.loads(result.stdout)["findings"]
    book = openpyxl.load_workbook(tmp_path / "结论.xlsx")
    assert book.sheetnames == [
        "汇总", "机关", "第一章 总则", "第二章 职责", "第三章 招聘", "第四章 管理", "第五章 保障", "第七章 附则",
    ]  # fmt: skip
    listed = {(row[0], row[5]) for name in book.sheetnames[2:] for row in sheet_rows(tmp_path / "结论.xlsx", name)[1:]}
    assert listed == {(each["row"], each["message"]) for each in found if each["row"]}
    told = {(row[0], row[4]) for row in sheet_rows(tmp_path / "结论.xlsx", "机关")[1:]}
    assert told == {(each["subject"], each["message"]) for each in found if not each["row"]}


def test_a_chapter_longer_than_a_sheet_goes_on_on_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fujing.law.roster.reports.workbook.ROWS", 3)
    people = [
        person(BASE, {"公民身份号码": f"号码:1990-05-{n:02d}", "工作证号": f"C{n}", "层级": "无"}) for n in range(1, 9)
    ]
    checked(written(tmp_path / "册.xlsx", people, [ORGAN]), "--xlsx", tmp_path / "结论.xlsx")
    named = ["第四章 管理", "第四章 管理（续1）", "第四章 管理（续2）"]
    rows = [row[0] for name in named for row in sheet_rows(tmp_path / "结论.xlsx", name)[1:]]
    assert rows == list(range(2, 10))


def test_the_annotated_copy_colours_cells_and_keeps_the_rest(tmp_path: Path) -> None:
    path = bad(tmp_path)
    original = openpyxl.load_workbook(path)
    original["花名册"]["A1"].font = openpyxl.styles.Font(italic=True)
    original["花名册"].column_dimensions["A"].width = 33
    original.save(path)
    checked(path, "--annotated", tmp_path / "副本.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "副本.xlsx")["花名册"]
    header = {each.value: each.column for each in sheet[1]}
    assert sheet["A1"].font.italic
    assert sheet.column_dimensions["A"].width == 33
    colours = {
        name: sheet.cell(2, header[name]).fill.fgColor.rgb[2:] for name in ("层级", "养老", "工作证有效期", "姓名")
    }
    assert colours == {"层级": "FBE9E7", "养老": "FBE9E7", "工作证有效期": "E6F0F8", "姓名": "000000"}
    assert sheet.cell(2, header["核对结果"]).value.splitlines() == [
        "不符合：没有评定层级，试用期已于2024-08-31届满（第二十三条第一款）",
        "不符合：没有办理养老保险（第三十四条）",
        "提示：工作证2026-02-01到期，距2026-01-22还有10天（第二十六条）",
    ]
    assert sheet.cell(3, header["核对结果"]).value is None
    assert sheet.max_column == len(BASE) + 1
    organs = openpyxl.load_workbook(tmp_path / "副本.xlsx")["机关"]
    assert "在职2人，用人额度10人" in organs.cell(2, 7).value


def test_the_copy_of_a_text_file_with_a_title_is_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "册.csv"
    path.write_text("花名册,\n姓名,层级\n甲,无\n", "gb18030")
    checked(path, "--annotated", tmp_path / "副本.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "副本.xlsx").active
    assert [each.value for each in sheet[2]] == ["姓名", "层级", "核对结果"]
    assert sheet["C3"].value == "不符合：没有评定层级（第二十三条第一款）"
    assert sheet["B3"].fill.fgColor.rgb == "00FBE9E7"


def test_a_report_never_overwrites_the_roster_and_a_place_that_can_not_be_written_is_refused_first(
    tmp_path: Path,
) -> None:
    path = bad(tmp_path)
    before = path.read_bytes()
    result = checked(path, "--annotated", path, "--html", tmp_path / "没有" / "报告.html", "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "册.xlsx 是花名册本身，报告应写到另一个文件" in result.stderr
    assert "报告.html：无法打开：没有这个文件" in result.stderr
    assert path.read_bytes() == before


def test_the_empty_template_and_a_filled_one_go_through_the_check(tmp_path: Path) -> None:
    path = tmp_path / "花名册.xlsx"
    assert run("template", path).exit_code == 0
    empty = checked(path, "--json")
    assert (empty.exit_code, json.loads(empty.stdout)["findings"]) == (0, [])
    assert json.loads(empty.stdout)["not_covered"] == []
    book = openpyxl.load_workbook(path)
    for place, value in enumerate(person(BASE, VIOLATING).values(), 1):
        book["花名册"].cell(2, place, value)
    for place, value in enumerate(ORGAN.values(), 1):
        book["机关"].cell(2, place, value)
    book.save(path)
    filled = checked(path, "--json")
    assert (filled.exit_code, json.loads(filled.stdout)["counts"]) == (1, {"23.p1": 1, "34": 1})


def test_the_template_offers_words_notes_and_provisions_for_every_column(tmp_path: Path) -> None:
    path = tmp_path / "花名册.xlsx"
    run("template", path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[:3] == ["花名册", "机关", "说明"]
    for name, columns in (("花名册", COLUMNS), ("机关", ORGAN_COLUMNS)):
        sheet = book[name]
        assert [each.value for each in sheet[1]] == [column.label for column in columns]
        assert all(each.comment and each.comment.text for each in sheet[1])
    lists = {
        str(each.sqref): each.formula1 for each in book["花名册"].data_validations.dataValidation if each.type == "list"
    }
    assert lists["C2:C501"] == '"文职,勤务"'
    assert "未签" in next(words for words in lists.values() if "固定期限" in words)
    explained = list(book["说明"].iter_rows(min_row=3, values_only=True))
    assert [row[1] for row in explained] == [column.label for column in (*COLUMNS, *ORGAN_COLUMNS)]
    assert all(row[2] for row in explained)


def rules() -> list[Rule]:
    return [rule for book in (SCOPE, PEOPLE, LEAVERS, ORGANS) for rule in book.rules]


def test_every_rule_has_a_title_and_shows_what_has_a_label() -> None:
    assert set(TITLES) == {rule.id for rule in rules()}
    for book in (SCOPE, PEOPLE, LEAVERS, ORGANS):
        known = book.facts.declared()
        assert all(name in known for rule in book.rules for name in rule.shows)


@pytest.mark.parametrize("name", ["people", "organs"])
def test_the_schema_names_every_column(name: str) -> None:
    schema = json.loads(CliRunner().invoke(app, ["schema", "roster"]).stdout)
    columns = COLUMNS if name == "people" else ORGAN_COLUMNS
    properties = schema["properties"][name]["items"]["properties"]
    assert [each["title"] for each in properties.values()] == [column.label for column in columns]
    assert set(properties) <= set(LABELS)
