"""The parts of the workbook's check: headings, months, numbers, formulas, and files that can't be used."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from fujing.cli import app
from fujing.law.pay.workbook.cells import MICRO, Odd, amount, at, day, rounded, said
from fujing.law.pay.workbook.months import Month, month_of
from fujing.law.pay.workbook.words import heading, plain
from tests.law.pay.workbooks import correct
from tests.law.pay.workbooks.layouts import sections, wide


@pytest.mark.parametrize(
    ("texts", "meant"),
    [
        (["序号"], "serial"),
        (["姓　　名"], "name"),
        (["身份证号码"], "id_number"),
        (["银行卡号"], "account"),
        (["工号"], "code"),
        (["单位"], "text"),
        (["应发合计"], "gross"),
        (["应发工资", "小计"], "gross"),
        (["应发工资（元）"], "gross"),
        (["扣款合计"], "deductions"),
        (["代扣款项", "小计"], "deductions"),
        (["实发工资"], "net"),
        (["本月实发"], "net"),
        (["个人所得税"], "tax"),
        (["代扣个税"], "tax"),
        (["应扣税"], "tax"),
        (["养老保险", "单位"], "contribution pension employer"),
        (["住房公积金", "个人"], "contribution housing person"),
        (["累计个税"], "ignored"),
        (["专项附加扣除"], "special"),
        (["社保缴费基数"], "base social"),
        (["公积金基数"], "base housing"),
        (["医保基数"], "base medical"),
        (["养老保险（个人8%）"], "contribution pension person 8%"),
        (["代扣款项", "养老"], "contribution pension person"),
        (["单位缴纳部分", "医疗"], "contribution medical employer"),
        (["单位承担", "工伤保险0.4%"], "contribution injury employer 0.4%"),
        (["住房公积金"], "contribution housing person"),
        (["公积金单位部分"], "contribution housing employer"),
        (["代扣社保"], "contribution social person"),
        (["大病医疗"], "contribution extra person"),
        (["单位缴纳合计"], "contribution_total employer"),
        (["个人缴纳部分", "合计"], "contribution_total person"),
        (["生育津贴"], "earning"),
        (["基本工资"], "earning"),
        (["夜班补贴"], "earning"),
        (["应发工资", "岗位"], "earning"),
        (["事假扣款"], "absence"),
        (["扣病假工资"], "absence"),
        (["病假天数"], "absence_days"),
        (["应出勤天数"], "days_due"),
        (["实际出勤"], "days"),
        (["加班小时"], "count"),
        (["工会费"], "deduction"),
        (["代扣款项", "其他"], "deduction"),
        (["伙食补贴"], "earning"),
        (["伙食费"], "deduction"),
        (["入职日期"], "hired_on"),
        (["合计"], "sum"),
        (["其他"], "unknown"),
        ([], "blank"),
    ],
)
def test_a_heading_means_what_bureaus_mean_by_it(texts: list[str], meant: str) -> None:
    found = heading(0, [plain(text) for text in texts])
    rate = f"{float(found.rate * 100):g}%" if found.rate is not None else ""
    assert " ".join(filter(None, (found.role, found.code, found.side, rate))) == meant


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2026年3月", Month(2026, 3)),
        ("２０２６年３月辅警工资表", Month(2026, 3)),
        ("202603", Month(2026, 3)),
        ("2026-03", Month(2026, 3)),
        ("2026.12", Month(2026, 12)),
        ("3月", Month(None, 3)),
        ("十一月", Month(None, 11)),
        ("2026年度三月份", Month(2026, 3)),
        ("7", Month(None, 7)),
        ("1-3月", None),
        ("1月至3月", None),
        ("发放日期：3月15日", None),
        ("工资表", None),
        ("13", None),
    ],
)
def test_a_month_is_read_as_it_is_written(text: str, month: Month | None) -> None:
    assert month_of(text) == month


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        (1, MICRO),
        (0.1 + 0.2, 300_000),
        ("", None),
        (None, None),
        ("—", None),
        ("1,200.50元", Odd("1,200.50元", 1200_500_000)),
        ("１２", Odd("１２", 12 * MICRO)),
        ("-3", Odd("-3", -3 * MICRO)),
        ("待定", Odd("待定")),
        (True, Odd("True")),
    ],
)
def test_a_cell_is_a_number_or_says_that_it_isnt(cell: Any, read: Any) -> None:
    assert amount(cell) == read


def test_numbers_dates_and_places_are_said_as_officers_write_them() -> None:
    assert [said(each) for each in (0, MICRO, -1234_500_000, 1_234_000)] == ["0.00", "1.00", "-1,234.50", "1.234"]
    assert [rounded(each) for each in (4_999, 5_000, -5_000, 14_999)] == [0, 10_000, -10_000, 10_000]
    assert [at(0, 0), at(9, 25), at(2, 26), at(0, 701)] == ["A1", "Z10", "AA3", "ZZ1"]
    assert [day(each) for each in ("2026.1.5", "20260105", "2026年1月5日", "2026-02-30", 5)] == [date(2026, 1, 5)] * 3 + [None] * 2  # fmt: skip


def run(path: Path, *more: str) -> Result:
    return CliRunner().invoke(app, ["pay", "check", str(path), *more])


@pytest.fixture
def book(tmp_path: Path) -> Path:
    random = Random(2)
    persons = correct.people(random, 6, 2)
    return wide(persons, 2, correct.slips(persons, 2, {}, absence_in_gross=True)).written(tmp_path / "工资表.xlsx")


def test_the_document_has_its_keys(book: Path) -> None:
    result = run(book, "--json")
    assert result.exit_code == 0
    document = json.loads(result.stdout)
    assert list(document) == ["sheets", "counts", "not_covered", "findings"]
    assert document["sheets"][0] == {"sheet": "1月", "months": ["2026-01"], "people": 6, "rows": 6}
    assert document["counts"] == {}
    assert "养老保险（单位）" in document["not_covered"]
    assert {each["rule"] for each in document["findings"]} == {"pay.base.floor", "pay.minimum_wage", "pay.floor"}
    assert {each["outcome"] for each in document["findings"]} == {"undetermined"}


def test_the_table_names_the_cell(book: Path) -> None:
    opened = openpyxl.load_workbook(book)
    opened["1月"]["Z4"] = 1
    opened.save(book)
    result = run(book)
    assert result.exit_code == 1
    assert "不符合2处" in result.stdout
    assert "Z4" in result.stdout


def test_the_copy_is_coloured_and_lists_every_finding(book: Path, tmp_path: Path) -> None:
    opened = openpyxl.load_workbook(book)
    opened["1月"]["Z4"] = 1
    opened["1月"]["B5"] = "=赵六"
    opened.save(book)
    copy = tmp_path / "副本.xlsx"
    assert run(book, f"--xlsx={copy}").exit_code == 1
    told = openpyxl.load_workbook(copy)
    assert told.sheetnames == ["核对结果", "1月", "2月"]
    assert told["1月"]["Z4"].fill.fgColor.rgb == "00FBE9E7"
    assert told["1月"]["Z4"].comment.text.startswith("不符合：“实发工资”写1.00元")
    assert told["1月"]["Z5"].comment is None
    listed = [(row[0].value, row[1].value, row[5].value) for row in told["核对结果"].iter_rows(min_row=2)]
    assert ("1月", "Z4", "不符合") in listed


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("没有.xlsx", None, "无法打开：没有这个文件"),
        ("表.xls", b"x", "是旧格式（.xls），请用表格软件另存为 .xlsx 再用"),
        ("表.csv", b"a,b", "应为 .xlsx 文件"),
        ("表.xlsx", b"x", "不是可用的 Excel 文件，可能已损坏、加了密码或者不是 .xlsx"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path: Path, name: str, content: bytes | None, fault: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    result = run(tmp_path / name, "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"{tmp_path / name} {fault}\n"


def test_a_workbook_without_a_pay_table_is_unreadable(tmp_path: Path) -> None:
    opened = openpyxl.Workbook()
    opened.worksheets[0].append(["姓名", "电话"])
    opened.save(tmp_path / "表.xlsx")
    result = run(tmp_path / "表.xlsx")
    assert result.exit_code == 2
    assert "没有找到工资表的表头" in result.stderr


def test_sheets_and_columns_that_were_not_judged_are_named(book: Path) -> None:
    opened = openpyxl.load_workbook(book)
    opened.create_sheet("说明").append(["填表须知"])
    opened["1月"]["AC3"], opened["1月"]["AC4"] = "神秘数", 7
    opened.save(book)
    missing = json.loads(run(book, "--json").stdout)["not_covered"]
    assert {"工作表“说明”", "列“神秘数”"} <= set(missing)


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        (["--minimum-wage=两千"], "应为金额（元），如 2200 或 4246.80"),
        (["--rate=医疗2%"], "费率“医疗2%”应写成 医疗个人=2% 这样"),
        (["--year=2025"], "--year、--locality、--source 说明 --floor，应一起写"),
        (["--pay-year=26"], "--pay-year"),
    ],
)
def test_options_that_cannot_be_used_are_refused(book: Path, more: list[str], fault: str) -> None:
    result = run(book, *more)
    assert result.exit_code == 2
    assert fault in result.stderr


def test_a_rate_that_was_given_makes_a_difference_a_violation(tmp_path: Path) -> None:
    """Without it a rate of most rows proves nothing; with it the same cell is wrong."""
    random = Random(4)
    persons = correct.people(random, 8, 1)
    wrong = {(2, 1, "e_medical"): correct.Decimal("1.00")}
    path = sections(persons, 1, correct.slips(persons, 1, wrong, absence_in_gross=False)).written(tmp_path / "表.xlsx")

    def outcomes(*more: str) -> list[str]:
        return [each["outcome"] for each in json.loads(run(path, "--json", *more).stdout)["findings"] if each["rule"] == "pay.contribution.employer"]  # fmt: skip

    assert outcomes() == ["undetermined"]
    assert outcomes("--rate=医疗单位=6.5%") == ["violated"]


def test_a_year_that_nobody_says_leaves_the_tax_open(tmp_path: Path) -> None:
    random = Random(2)
    persons = correct.people(random, 6, 2)
    laid = wide(persons, 2, correct.slips(persons, 2, {}, absence_in_gross=True))
    for sheet in laid.sheets:
        laid.put(sheet, 0, 0, "辅警工资发放表")
    path = laid.written(tmp_path / "表.xlsx")
    document = json.loads(run(path, "--json").stdout)
    assert [each["months"] for each in document["sheets"]] == [["1月"], ["2月"]]
    assert any(each["rule"] == "pay.tax" and "不知道是哪一年" in each["message"] for each in document["findings"])
    dated = json.loads(run(path, "--json", "--pay-year=2026").stdout)
    assert [each["months"] for each in dated["sheets"]] == [["2026-01"], ["2026-02"]]
    assert not any("不知道是哪一年" in each["message"] for each in dated["findings"])


def test_what_was_withheld_without_a_column_is_open(tmp_path: Path) -> None:
    opened = openpyxl.Workbook()
    opened.worksheets[0].title = "2026年1月"
    for row in (["姓名", "应发工资", "实发工资"], ["李明", 3500, 2500], ["王芳", 3500, 3500], ["合计", 7000, 6000]):
        opened.worksheets[0].append(row)
    opened.save(tmp_path / "表.xlsx")
    result = run(tmp_path / "表.xlsx", "--json")
    assert result.exit_code == 0
    found = [(each["cell"], each["outcome"]) for each in json.loads(result.stdout)["findings"] if each["rule"] == "pay.sum.net"]  # fmt: skip
    assert found == [("C1", "undetermined")]


def test_a_column_of_which_no_row_agrees_was_misread_and_is_open(tmp_path: Path) -> None:
    """Five people: not everybody's pay is wrong. Of four, each is named."""

    def outcomes(people: int) -> set[tuple[str, str]]:
        opened = openpyxl.Workbook()
        opened.worksheets[0].title = "2026年1月"
        opened.worksheets[0].append(["姓名", "基本工资", "应发合计", "社保基数", "养老8%", "实发工资"])
        for name in "甲乙丙丁戊"[:people]:
            opened.worksheets[0].append([f"王{name}", 3000, 3500, 5000, 300, 3200])
        opened.save(tmp_path / "表.xlsx")
        findings = json.loads(run(tmp_path / "表.xlsx", "--json").stdout)["findings"]
        return {(each["cell"], each["outcome"]) for each in findings if each["rule"] in ("pay.sum.gross", "pay.contribution.rate", "pay.contribution.person")}  # fmt: skip

    assert outcomes(5) == {("C1", "undetermined"), ("E1", "undetermined")}
    assert outcomes(4) == {(f"{column}{row}", "violated") for column in "CE" for row in range(2, 6)}


def test_rates_are_exact() -> None:
    from fujing.law.pay.workbook.contributions import times

    assert times(1, Fraction(1, 2)) == 1
    assert times(4246_800_000, Fraction(8, 100)) == 339_744_000
