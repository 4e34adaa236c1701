"""`fujing pay` as officers and scripts use it: answers, bad files, the workbook of slips, the template, the schema."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from fujing.cli import app
from fujing.law.formats.documents import DocumentError, read_document
from fujing.law.formats.pay import MONTHS_COLUMNS, PEOPLE_COLUMNS
from fujing.law.formats.pay_scheme import read_scheme
from fujing.law.formats.pay_template import NOTES, example_scheme
from fujing.law.formats.schemas import SCHEMAS
from tests.law.schema_validator import faults as schema_faults

PERSON = "P1,李明,勤务,七级,一线,2025-06-01,,称职,5000,5000,,"
HEADERS = [",".join(column.label for column in columns) for columns in (PEOPLE_COLUMNS, MONTHS_COLUMNS)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return files(tmp_path)


def files(folder: Path, people: str = PERSON, months: str = "P1,2026-01,3,,,,,,,,", scheme: str | None = None) -> Path:
    (folder / "scheme.yaml").write_text(scheme or example_scheme(), "utf-8")
    (folder / "people.csv").write_text(f"{HEADERS[0]}\n{people}\n", "utf-8")
    (folder / "months.csv").write_text(f"{HEADERS[1]}\n{months}\n", "utf-8")
    return folder


def run(folder: Path, *more: str) -> Result:
    paths = [
        f"--{name}={folder / file}"
        for name, file in (("scheme", "scheme.yaml"), ("people", "people.csv"), ("months", "months.csv"))
    ]
    return CliRunner().invoke(app, ["pay", "compute", *paths, "--year=2026", *more])


def told(result: Result, folder: Path) -> list[str]:
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    return [line.replace(f"{folder}/", "") for line in result.stderr.splitlines()]


def test_the_document_has_the_keys_of_the_format_in_their_order(folder: Path) -> None:
    document = json.loads(run(folder, "--through=2", "--json").stdout)
    assert list(document) == ["year", "through", "slips", "floor", "totals"]
    slip = document["slips"][0]
    assert list(slip) == [
        "subject",
        "month",
        "outcome",
        "items",
        "gross",
        "contributions",
        "taxable",
        "tax",
        "recovery",
        "carried",
        "net",
        "cost",
    ]
    assert [list(each) for each in slip["contributions"]] == [["code", "base", "person", "employer"]] * 2
    assert (document["year"], document["through"], len(document["slips"])) == (2026, 2, 2)
    assert document["floor"] == {"annualised": "41340.00", "income": "40000.00", "outcome": "satisfied"}
    assert document["totals"] == {"gross": "6890.00", "net": "5290.00", "cost": "9290.00", "tax": "0.00"}


def test_below_the_floor_exits_with_1(folder: Path) -> None:
    files(folder, scheme=example_scheme().replace("income: 40000", "income: 41400.01"))
    assert run(folder, "--through=2", "--json").exit_code == 1
    assert "低于这一标准" in run(folder, "--through=2").stdout


def test_the_table_names_what_is_missing_in_the_words_of_the_file(folder: Path) -> None:
    result = run(files(folder, PERSON.replace("称职", "")), "--through=1")
    assert result.exit_code == 0
    assert "上年度考核" in result.stdout.replace("\n", "").replace("│", "").replace(" ", "")


def test_the_workbook_of_slips_holds_what_the_document_says(folder: Path) -> None:
    files(folder, f"{PERSON}\nP2,王芳,文职,六级,机关,2026-03-16,,,5000,5000,,")
    result = run(folder, "--through=4", f"--xlsx={folder / '工资单.xlsx'}", "--json")
    header, *rows = openpyxl.load_workbook(folder / "工资单.xlsx").active.iter_rows(values_only=True)  # type: ignore[union-attr]
    slips = json.loads(result.stdout)["slips"]
    assert len(rows) == len(slips) == 6
    for row, slip in zip(rows, slips, strict=True):
        cells = dict(zip(header, row, strict=True))
        assert (cells["人员编号"], cells["月份"]) == (slip["subject"], slip["month"])
        if slip["outcome"] == "computed":
            assert [f"{cells[key]:.2f}" for key in ("应发工资", "实发工资", "用人成本")] == [
                slip["gross"],
                slip["net"],
                slip["cost"],
            ]
        else:
            assert (cells["应发工资"], cells["缺少"]) == (None, "上年度考核")


def test_every_fault_of_all_three_files_is_told_at_once(folder: Path) -> None:
    scheme = (
        example_scheme()
        .replace("prorate: true, hourly: true}", "prorata: true}", 1)
        .replace("sick_rate: 0.6", "sick_rate: 1.6")
    )
    scheme = (
        scheme.replace("kind: overtime", "kind: overtyme")
        .replace("month: 12,", "month: 13,")
        .replace("from: 2026-01,", "from: 2026-13,", 1)
    )
    people = "\n".join([
        PERSON, PERSON, "P2,,,,,2026-02-30,,,,,,", "P3,,,,,2026-03-02,2026-03-01,,-1,50.555,abc,也许", ",无编号,,,,,,,,,,",
        "P4,,,,,46023,,,,,,",
    ])  # fmt: skip
    months = "\n".join([
        "P1,2026-01,3,,,,,,,,", "P1,2026-01,1,,,,,,,,", "P9,2026-01,1,,,,,,,,", "P1,2025-05,1,,,,,,,,", "P1,2024-12,,,,,,,,,",
        "P1,五月,1,,,,,,,,", "P1,2026-03,-1,,,,,40,,1.234,-5",
    ])  # fmt: skip
    assert told(run(files(folder, people, months, scheme), "--json"), folder) == [
        "scheme.yaml：pay_scheme.items[0].prorata 的值是“true”，没有这个键，请核对拼写",
        "scheme.yaml：pay_scheme.items[6].kind 应为 fixed、table、seniority、appraisal、unit、overtime、once",
        "scheme.yaml：pay_scheme.items[7].month 的值是“13”，应不大于12",
        "scheme.yaml：pay_scheme.absence.sick_rate 的值是“1.6”，应不大于1",
        "scheme.yaml：pay_scheme.contributions[0].values[0].from 的值是“2026-13”，应为月份，如 2026-01",
        "people.csv：第3行“人员编号” 的值是“P1”，人员编号重复，一人应只占一行",
        "people.csv：第4行“入职日期” 的值是“2026-02-30”，应为日期，如 2026-01-22",
        "people.csv：第5行“社保基数” 的值是“-1”，应为不小于0的金额（元），如 5,000.00",
        "people.csv：第5行“专项附加扣除” 的值是“abc”，应为不小于0的金额（元），如 5,000.00",
        "people.csv：第5行“首次就业” 的值是“也许”，应为 是 或 否",
        "people.csv：第5行“公积金基数” 的值是“50.555”，最多两位小数",
        "people.csv：第5行“离职日期” 的值是“2026-03-01”，早于入职日期2026-03-02",
        "people.csv：第6行“人员编号” 不能为空",
        "people.csv：第7行“入职日期” 的值是“46023”，应为日期，如 2026-01-22；像是没有设成日期格式的日期，请把单元格格式设为日期",
        "months.csv：第3行“月份” 的值是“2026-01”，同一人同一月份有两行，应只占一行",
        "months.csv：第4行“人员编号” 的值是“P9”，人员表中没有这个编号",
        "months.csv：第5行“月份” 的值是“2025-05”，应为2026年的月份，如 2026-05",
        "months.csv：第6行“月份” 的值是“2024-12”，应为2026年的月份，如 2026-05",
        "months.csv：第7行“月份” 的值是“五月”，应为月份，如 2026-05",
        "months.csv：第8行“夜班” 的值是“-1”，应为数字，最多六位小数，0至31",
        "months.csv：第8行“事假天数” 的值是“40”，应为数字，最多六位小数，0至31",
        "months.csv：第8行“追偿” 的值是“-5”，应为不小于0的金额（元），如 5,000.00",
        "months.csv：第8行“补发” 的值是“1.234”，最多两位小数",
    ]


def test_a_month_outside_service_is_a_fault_and_the_first_and_last_day_are_not(folder: Path) -> None:
    people = PERSON.replace("2025-06-01,", "2026-03-31,2026-05-02")
    rows = "\n".join(f"P1,2026-{month:02},1,,,,,,,," for month in range(1, 13))
    outside = told(run(files(folder, people, rows)), folder)
    assert [line.split("“")[2][:7] for line in outside] == [
        f"2026-{month:02}" for month in (1, 2, 6, 7, 8, 9, 10, 11, 12)
    ]
    assert outside[0].endswith("这个月不在职（2026-03-31入职、2026-05-02离职）")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("pay_scheme:", "notes: 1\npay_scheme:", "notes 没有这个键，最外层应只有 pay_scheme"),
        ("pay_scheme:", "scheme:", "pay_scheme 缺少，最外层应有 pay_scheme"),
        ("effective: 2026-01-01", "effective: 2026-01-02", "pay_scheme.effective 的值是“2026-01-02”，方案自这一天起施行，不能核算2026年全年"),
        ("code: tier", "code: base", "pay_scheme.items[0].code 的值是“base”，重复，每项应不同"),
        ("code: night", "code: back_pay", "pay_scheme.items[5].code 的值是“back_pay”，是系统自己的项目，请另取一个"),
        ("kind: overtime", "kind: overtime, hourly: true", "pay_scheme.items[6].hourly 的值是“true”，加班工资不能计入小时工资"),
        ("floor: 4246.80, ceiling: 21234", "floor: 21235, ceiling: 21234", "pay_scheme.contributions[0].values[0] 下限高于上限"),
        ("minimum_wage: 2200", "", "pay_scheme.minimum_wage 缺少，必须填写"),
        ("amount: 1800", "amount: -1", "pay_scheme.items[0].amount 的值是“-1”，应不小于0"),
        ("amount: 1800", "amount: '1800'", "pay_scheme.items[0].amount 的值是“1800”，应为数字"),
        ("organ: 510722000000", "organ: 5107", "pay_scheme.organ 的值是“5107”，应为12位数字"),
    ],
)  # fmt: skip
def test_a_fault_of_the_scheme_is_told_by_its_path(folder: Path, old: str, new: str, fault: str) -> None:
    assert f"scheme.yaml：{fault}" in told(run(files(folder, scheme=example_scheme().replace(old, new, 1))), folder)


def test_unknown_and_missing_columns_are_faults(folder: Path) -> None:
    (folder / "months.csv").write_text("人员编号,月份,夜班次\nP1,2026-01,1\n", "utf-8")
    (folder / "people.csv").write_text("姓名\n李明\n", "utf-8")
    lines = told(run(folder), folder)
    assert any(line.startswith("months.csv：第1行“夜班次” 没有这一列") for line in lines)
    assert "people.csv：第1行“人员编号” 缺少这一列（id）" in lines


def test_english_keys_and_months_as_excel_turns_them_are_read(folder: Path) -> None:
    (folder / "people.csv").write_text(
        "id,tier,post_grade,hired_on,appraisal,social_base,housing_base\nP1,七级,一线,2025-06-01,称职,5000,5000\n",
        "utf-8",
    )
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(["id", "month", "night_shifts", "back_pay"])
    sheet.append(["P1", date(2026, 1, 1), 3, -10.1])
    sheet.append(["P1", "2026年2月", 1, None])
    book.save(folder / "months.xlsx")
    result = CliRunner().invoke(
        app,
        [
            "pay",
            "compute",
            f"--scheme={folder / 'scheme.yaml'}",
            f"--people={folder / 'people.csv'}",
            f"--months={folder / 'months.xlsx'}",
            "--year=2026",
            "--through=2",
            "--json",
        ],
    )
    assert [slip["gross"] for slip in json.loads(result.stdout)["slips"]] == ["3479.90", "3430.00"]


@pytest.mark.parametrize("system", [1900, 1904])
def test_dates_of_both_systems_of_excel_are_the_same_day(folder: Path, system: int) -> None:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.MAC_EPOCH if system == 1904 else openpyxl.utils.datetime.WINDOWS_EPOCH
    sheet: Any = book.active
    sheet.append(HEADERS[0].split(","))
    sheet.append(["P1", "李明", "勤务", "七级", "一线", date(2026, 1, 16), None, "称职", 5000, 5000, None, None])
    book.save(folder / "people.xlsx")
    result = CliRunner().invoke(
        app,
        [
            "pay",
            "compute",
            f"--scheme={folder / 'scheme.yaml'}",
            f"--people={folder / 'people.xlsx'}",
            f"--months={folder / 'months.csv'}",
            "--year=2026",
            "--through=1",
            "--json",
        ],
    )
    assert json.loads(result.stdout)["slips"][0]["items"][0] == {"code": "base", "amount": "929.03"}


def test_a_slip_is_explained_with_numbers_sources_and_provisions(folder: Path) -> None:
    result = run(folder, "--explain=P1", "--month=2026-01", "--json")
    assert result.exit_code == 0
    assert len(result.stdout.encode()) < 20_000
    figures = {each["code"]: each for each in json.loads(result.stdout)["figures"]}
    assert (figures["night"]["amount"], figures["night"]["formula"]) == ("90.00", "30 × 3")
    assert figures["pension.person"]["provision"] == "34"
    assert figures["recovery"]["provision"] == "42.p2"
    assert "方案 contributions：pension，自2026-01" in json.dumps(figures["pension.person"], ensure_ascii=False)
    assert "个人所得税法" in json.dumps(figures["taxable"], ensure_ascii=False)
    assert "30 × 3" in run(folder, "--explain=P1", "--month=2026-01").stdout


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        (["--explain=P9", "--month=2026-01"], "人员表中没有编号 P9"),
        (["--explain=P1"], "--explain 和 --month 应一起写"),
        (["--explain=P1", "--month=2025-01"], "--month 应在2026年1月至12月之内"),
    ],
)
def test_what_cannot_be_explained_is_said(folder: Path, more: list[str], fault: str) -> None:
    assert fault in "".join(told(run(folder, *more), folder))


def asked(folder: Path, *more: str) -> Result:
    paths = [
        f"--{name}={folder / file}"
        for name, file in (("scheme", "scheme.yaml"), ("people", "people.csv"), ("months", "months.csv"))
    ]
    return CliRunner().invoke(app, ["pay", "explain", *more, *paths])


def test_the_command_of_its_own_says_the_same_of_a_slip(folder: Path) -> None:
    result = asked(folder, "P1", "2026-01", "--json")
    assert result.exit_code == 0
    assert len(result.stdout.encode()) < 20_000
    assert json.loads(result.stdout) == json.loads(run(folder, "--explain=P1", "--month=2026-01", "--json").stdout)
    assert "30 × 3" in asked(folder, "P1", "2026-01", "--year=2026").stdout


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        (["P9", "2026-01"], "人员表中没有编号 P9"),
        (["P1", "2026-01", "--year=2025"], "月份应在2025年之内"),
        (["P1", "2026-13"], "2026-13"),
        (["P1"], "MONTH"),
    ],
)
def test_the_command_of_its_own_says_what_it_cannot_explain(folder: Path, more: list[str], fault: str) -> None:
    assert fault in "".join(told(asked(folder, *more), folder))


def test_an_undetermined_slip_names_what_is_missing_in_the_words_of_the_files(folder: Path) -> None:
    files(folder, people="P1,李明,勤务,七级,一线,2025-06-01,,,5000,5000,,")
    result = asked(folder, "P1", "2026-01")
    assert result.exit_code == 0
    assert result.stdout == "P1 2026-01：待核实，缺少 上年度考核\n"


def test_the_template_has_both_sheets_and_is_read_as_both_files(folder: Path) -> None:
    target = folder / "核算.xlsx"
    assert CliRunner().invoke(app, ["pay", "template", str(target)]).exit_code == 0
    book = openpyxl.load_workbook(target)
    assert book.sheetnames[:3] == ["人员", "月份", "说明"]
    assert [cell.value for cell in book["人员"][1]] == HEADERS[0].split(",")
    assert [cell.value for cell in book["月份"][1]] == HEADERS[1].split(",")
    assert all(cell.comment for sheet in ("人员", "月份") for cell in book[sheet][1])
    book["人员"].append(["P1", "李明", "勤务", "七级", "一线", date(2025, 6, 1), None, "称职", 5000, 5000, None, None])
    book["月份"].append(["P1", "2026-01", 3])
    book.save(target)
    result = CliRunner().invoke(
        app,
        [
            "pay",
            "compute",
            f"--scheme={folder / 'scheme.yaml'}",
            f"--people={target}",
            f"--months={target}",
            "--year=2026",
            "--through=1",
            "--json",
        ],
    )
    assert json.loads(result.stdout)["slips"][0]["gross"] == "3490.00"


def test_every_column_has_its_note() -> None:
    assert set(NOTES) == {column.key for column in (*PEOPLE_COLUMNS, *MONTHS_COLUMNS)}


def test_the_example_scheme_is_read_and_fits_the_schema(folder: Path) -> None:
    printed = CliRunner().invoke(app, ["pay", "template", "--scheme"]).stdout
    (folder / "example.yaml").write_text(printed, "utf-8")
    assert read_scheme(folder / "example.yaml", 2026).items[0].name == "基本工资"
    document = json.loads(json.dumps(read_document(folder / "example.yaml"), default=float))
    schema = SCHEMAS["pay_scheme"]()
    assert schema_faults(document, schema, schema) == []
    document["pay_scheme"]["items"][0]["amounts"] = 1
    assert schema_faults(document, schema, schema)


def test_a_folder_for_a_file_is_told(folder: Path) -> None:
    with pytest.raises(DocumentError):
        read_scheme(folder)
