"""Roster files as people have them: what is read, and every fault by cell, all at once, exit 2."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from typer.testing import CliRunner, Result

from fujing.cli import app
from fujing.law.formats.documents import DocumentError
from fujing.law.formats.roster import Roster, read_roster
from tests.law.roster_tools import compound, document, id_number, person
from tests.steps import steps

BASE = person(document()["底稿"]["人员"])
HEADER = list(BASE)
DAYS = [
    date(2026, 1, 22),
    "2026-01-22",
    "2026/1/22",
    "2026.1.22",
    "20260122",
    20260122,
    "2026年1月22日",
    "２０２６－０１－２２",
    " 2026-01-22 ",
]
NO_DAYS = [
    "2026-02-30",
    "22/1/2026",
    "2026年1月",
    "2026-01-22 08:00:00",
    datetime(2026, 1, 22, 8),  # noqa: DTZ001
    "26-01-22",
    "去年",
    "无",
    "/",
    46044,
    "0026-01-22",
]


def book(path: Path, *rows: list[Any], sheet: str = "花名册") -> Path:
    made = openpyxl.Workbook()
    made.active.title = sheet
    for row in rows:
        made.active.append(row)
    made.save(path)
    return path


def rows_of(*changes: dict[str, Any]) -> list[list[Any]]:
    return [HEADER, *(list((BASE | change).values()) for change in changes)]


def read(folder: Path, *changes: dict[str, Any]) -> Roster:
    return read_roster(book(folder / "册.xlsx", *rows_of(*changes)))


def faults(path: Path) -> list[str]:
    try:
        read_roster(path)
    except DocumentError as error:
        return [
            str(fault).rpartition("：" if "无法打开" in str(fault) else f"{path}")[2].lstrip("： ")
            for fault in error.faults
        ]
    return []


def check(path: Path, *options: str) -> Result:
    return CliRunner().invoke(app, ["roster", "check", str(path), "--as-of", "2026-01-22", *options])


@pytest.mark.parametrize("written", DAYS, ids=repr)
def test_real_dates_and_the_five_written_forms_are_read(tmp_path: Path, written: Any) -> None:
    assert read(tmp_path, {"年度培训日期": written}).people["trained_on"].to_list() == [date(2026, 1, 22)]


@pytest.mark.parametrize("written", NO_DAYS, ids=repr)
def test_any_other_date_is_a_fault_by_cell(tmp_path: Path, written: Any) -> None:
    (told,) = faults(book(tmp_path / "册.xlsx", *rows_of({"入职日期": written})))
    assert told.startswith("第2行“入职日期” 的值是")


def test_a_date_without_its_format_says_how_to_mend_it(tmp_path: Path) -> None:
    (told,) = faults(book(tmp_path / "册.xlsx", *rows_of({"入职日期": 45352})))
    assert told == (
        "第2行“入职日期” 的值是“45352”，应为日期，如 2026-01-22；像是没有设成日期格式的日期，请把单元格格式设为日期"
    )


@pytest.mark.parametrize("system", ["1900", "1904"])
def test_both_date_systems_of_excel_are_read(tmp_path: Path, system: str) -> None:
    made = openpyxl.Workbook()
    if system == "1904":
        made.epoch = CALENDAR_MAC_1904
    for row in rows_of({"入职日期": date(2024, 3, 1)}):
        made.active.append(row)
    made.save(tmp_path / "册.xlsx")
    assert read_roster(tmp_path / "册.xlsx").people["hired_on"].to_list() == [date(2024, 3, 1)]


def test_statements_are_told_apart_from_empty_cells(tmp_path: Path) -> None:
    never, empty, done = (
        read(tmp_path, {"岗前培训日期": cell, "证件收回": other}).people.row(0, named=True)
        for cell, other in (("无", "未收回"), (None, None), ("2024-02-20", "2026-01-01"))
    )
    key, said = "inducted_on", "inducted_on_said"
    assert [(row[key], row[said]) for row in (never, empty, done)] == [
        (None, "无"),
        (None, None),
        (date(2024, 2, 20), None),
    ]
    assert [row["returned_card_said"] for row in (never, empty, done)] == ["未收回", None, None]


@pytest.mark.parametrize(
    ("written", "pay"),
    [
        (5000, "5000"),
        (4567.89, "4567.89"),
        ("5,000.50", "5000.5"),
        ("5000元", "5000"),
        ("12,345.60元", "12345.6"),
        ("５０００", "5000"),
        ("５，０００．００元", "5000"),
        ("￥5,000", "5000"),
    ],
)
def test_amounts_with_separators_and_yuan_are_read_exactly(tmp_path: Path, written: Any, pay: str) -> None:
    assert read(tmp_path, {"月应发工资": written}).people["monthly_pay"].to_list() == [Decimal(pay)]


@pytest.mark.parametrize("written", ["5千", "-1", "5,00", "约5000", "1e3", "5000 6000"])
def test_other_amounts_are_faults(tmp_path: Path, written: str) -> None:
    (told,) = faults(book(tmp_path / "册.xlsx", *rows_of({"月应发工资": written})))
    assert told == f"第2行“月应发工资” 的值是“{written}”，应为不小于0的金额（元），如 5,000.00"


def test_full_width_small_x_and_spaces_are_read_as_their_plain_forms(tmp_path: Path) -> None:
    number = next(n for n in (id_number("1995-06-15", place) for place in range(99)) if n.endswith("X"))
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in number.lower())
    found = read(
        tmp_path,
        {"公民身份号码": f" {wide[:6]} {wide[6:]} ", "管理机关代码": "５１０７２２００００００", "层级": " 无 "},
    )
    assert found.people.select("id_number", "organ_code", "tier").row(0) == (number, "510722000000", "无")


def test_every_fault_of_both_sheets_is_named_at_once(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    for row in rows_of(
        {"离职日期": "2024-02-01", "学历": "博士后", "养老": "有"},
        {"合同终止": "2024-02-29", "用工方式": "劳务派遣", "合同类型": "三年", "合同次数": "一"},
        {"证件收回": "无", "管理机关代码": "51072200000", "月应发工资": "保密"},
    ):
        made.active.append(row)
    organs = made.create_sheet("机关")
    organs.append(["代码", "用人额度", "用人额度"])
    organs.append(["510722000000", "十"])
    organs.append([None, 3])
    organs.append(["510722000000", 3])
    made.save(tmp_path / "册.xlsx")
    result = check(tmp_path / "册.xlsx", "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert [line.partition("册.xlsx：")[2] for line in result.stderr.splitlines()] == [
        "第2行“学历” 的值是“博士后”，应为 小学、初中、高中、普通高中、中专、职高、职业高中、技校、大专、专科、大学专科、本科、大学本科、"
        "硕士、硕士研究生、博士、博士研究生、primary、junior_middle、high_school、junior_college、bachelor、master、doctor",
        "第2行“养老” 的值是“有”，应为 是 或 否",
        "第2行“离职日期” 的值是“2024-02-01”，早于入职日期2024-03-01",
        "第3行“用工方式” 的值是“劳务派遣”，应为 直接聘用、购买服务",
        "第3行“合同类型” 的值是“三年”，应为 固定期限、无固定期限、未签",
        "第3行“合同次数” 的值是“一”，应为整数，0至99，或者 无",
        "第3行“合同终止” 的值是“2024-02-29”，早于合同起始2024-03-01",
        "第4行“月应发工资” 的值是“保密”，应为不小于0的金额（元），如 5,000.00",
        "第4行“证件收回” 的值是“无”，应为日期，如 2026-01-22，或者 未收回",
        "第4行“管理机关代码” 的值是“51072200000”，应为十二位机关代码，如 510722000000",
        "工作表“机关”第1行“用人额度” 列名重复，只能出现一次",
        "工作表“机关”第2行“用人额度” 的值是“十”，应为整数，0至999999",
        "工作表“机关”第3行“代码” 不能为空",
        "工作表“机关”第4行“代码” 的值是“510722000000”，机关代码重复，应各占一行",
    ]


def test_a_same_day_of_joining_and_leaving_and_a_contract_of_one_day_are_no_faults(tmp_path: Path) -> None:
    assert read(tmp_path, {"离职日期": "2024-03-01", "合同终止": "2024-03-01"}).people.height == 1


def test_titles_above_the_header_and_merged_cells_are_tolerated(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.append(["三台县公安局警务辅助人员花名册"])
    sheet.append(["填表人：李四", None, None, "2026年1月"])
    for row in rows_of({}, {"用人单位": None, "岗位": "接警"}, {"用人单位": "三台县公安局潼川派出所"}):
        sheet.append(row)
    sheet.append(["制表：李四　审核：王五"])
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(HEADER))
    unit = HEADER.index("用人单位") + 1
    sheet.merge_cells(start_row=4, end_row=5, start_column=unit, end_column=unit)
    sheet.merge_cells(start_row=7, end_row=7, start_column=1, end_column=8)
    made.save(tmp_path / "册.xlsx")
    found = read_roster(tmp_path / "册.xlsx")
    assert found.people["row"].to_list() == [4, 5, 6]
    assert found.people["unit"].to_list() == ["三台县公安局巡特警大队"] * 2 + ["三台县公安局潼川派出所"]
    assert found.notes == ("第7行是一格合并的文字，已略过",)


@pytest.mark.parametrize("merged", ["A1:A3", "A2:C9", "D1:E5", "A9:B12"])
def test_cells_merged_beyond_the_last_row_or_column_mean_nothing(tmp_path: Path, merged: str) -> None:
    made = openpyxl.Workbook()
    made.active.append(["姓名", "层级"])
    made.active.append(["甲", "一级"])
    made.active.merge_cells(merged)
    made.save(tmp_path / "册.xlsx")
    result = check(tmp_path / "册.xlsx", "--annotated", str(tmp_path / "副本.xlsx"))
    assert result.exit_code in (0, 2)


def test_a_header_of_two_rows_is_read(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    insured = ["养老", "医疗", "失业"]
    sheet.append(["姓名", "公民身份号码", "社会保险", None, None, "层级"])
    sheet.append([None, None, *insured, None])
    for column in (1, 2, 6):
        sheet.merge_cells(start_row=1, end_row=2, start_column=column, end_column=column)
    sheet.merge_cells("C1:E1")
    sheet.append(["王建国", BASE["公民身份号码"], "是", "否", "是", "三级"])
    made.save(tmp_path / "册.xlsx")
    people = read_roster(tmp_path / "册.xlsx").people
    assert people.select("row", "name", "insured_medical", "tier").rows() == [(3, "王建国", False, "三级")]


def test_the_peoples_sheet_is_found_by_its_header(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.active.title = "填表须知"
    made.active.append(["一、姓名按身份证填写"])
    made.create_sheet("机关").append(["代码", "名称", "用人额度"])
    made["机关"].append(["510722000000", "三台县公安局", 5])
    people = made.create_sheet("Sheet3")
    for row in rows_of({}):
        people.append(row)
    made.save(tmp_path / "册.xlsx")
    found = read_roster(tmp_path / "册.xlsx")
    assert found.people["name"].to_list() == ["王建国"]
    assert found.organs is not None
    assert found.organs["quota"].to_list() == [5]


def test_two_sheets_of_people_are_refused_because_one_would_be_lost(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.active.title = "在职"
    for name in ("在职", "离职"):
        sheet = made["在职"] if name == "在职" else made.create_sheet(name)
        for row in rows_of({}):
            sheet.append(row)
    made.save(tmp_path / "册.xlsx")
    assert faults(tmp_path / "册.xlsx") == ["工作表“在职”、“离职”都是这种表，不知道以哪一张为准，应只留一张"]


def test_hidden_rows_are_judged_and_told(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    for row in rows_of({}, {"公民身份号码": id_number("1996-01-01"), "工作证号": "C2", "层级": "无"}):
        made.active.append(row)
    made.active.row_dimensions[3].hidden = True
    made.save(tmp_path / "册.xlsx")
    result = check(tmp_path / "册.xlsx", "--json")
    assert result.exit_code == 1
    assert '"rule":"roster.tier","outcome":"violated"' in result.stdout
    assert "有1行是隐藏的，照常读取" in result.stderr


def test_formulas_count_by_their_stored_value_and_without_one_are_faults(tmp_path: Path) -> None:
    made = xlsxwriter.Workbook(tmp_path / "册.xlsx")
    sheet = made.add_worksheet()
    for number, row in enumerate(rows_of({}, {"公民身份号码": id_number("1996-01-01"), "工作证号": "C2"})):
        for place, cell in enumerate(row):
            if cell is not None:
                sheet.write_string(number, place, cell)
    pay = HEADER.index("月应发工资")
    sheet.write_formula(1, pay, "=4000+800", None, 4800)
    sheet.write_formula(2, pay, "=4000+900", None, "")
    sheet.write_formula(2, HEADER.index("层级"), '="三"&"级"', None, "三级")
    sheet.write_formula(2, HEADER.index("类别"), "=VLOOKUP(1,A1:B2,9)", None, "#N/A")
    made.close()
    assert faults(tmp_path / "册.xlsx") == [
        "第3行“类别” 的值是“#N/A”，公式出错，没有结果，请改正后再用",
        "第3行“月应发工资” 是没有计算结果的公式，请用表格软件打开并保存一次，或者直接填写",
    ]
    uncomputed = book(tmp_path / "未算.xlsx", *rows_of({"月应发工资": "=4000+800"}))
    assert faults(uncomputed) == ["第2行“月应发工资” 是没有计算结果的公式，请用表格软件打开并保存一次，或者直接填写"]


def test_a_formula_behind_a_blank_cell_with_borders_is_named_by_its_own_column(tmp_path: Path) -> None:
    made = xlsxwriter.Workbook(tmp_path / "册.xlsx")
    sheet, bordered = made.add_worksheet(), made.add_format({"border": 1})
    for number, row in enumerate(rows_of({})):
        for place, cell in enumerate(row):
            if cell is not None:
                sheet.write_string(number, place, cell)
    pay = HEADER.index("月应发工资")
    sheet.write_blank(1, pay - 1, None, bordered)
    sheet.write_formula(1, pay, "=4000+800", None, "")
    made.close()
    assert faults(tmp_path / "册.xlsx") == [
        "第2行“月应发工资” 是没有计算结果的公式，请用表格软件打开并保存一次，或者直接填写"
    ]


def test_a_number_that_excel_cut_says_how_to_mend_it(tmp_path: Path) -> None:
    told = faults(
        book(
            tmp_path / "册.xlsx",
            [*HEADER, "银行卡号"],
            [*(BASE | {"公民身份号码": 510722199506150019}).values(), 6222020200112233445],
            [*(BASE | {"公民身份号码": "5.1072E+17", "工作证号": "C2"}).values(), None],
            [*(BASE | {"公民身份号码": 5.10722199506151e17, "工作证号": "C3"}).values(), None],
        )
    )
    assert [each.split(" ")[0] for each in told] == [f"第{row}行“公民身份号码”" for row in (2, 3, 4)]
    assert all("先把这一列的格式设为文本，再按原件重新填写" in each for each in told)
    text = tmp_path / "册.csv"
    text.write_text("姓名,公民身份号码,管理机关代码\n甲,5.10722E+17,5.10722E+11\n", "utf-8")
    assert ["科学计数法" in each for each in faults(text)] == [True, True]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
def test_csv_in_the_encodings_of_excel(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "册.csv"
    lines = (
        "花名册\n姓名,公民身份号码,入职日期,月应发工资,备注\n王建国,"
        + str(BASE["公民身份号码"])
        + ',2024/3/1,"5,000.00元",好\n'
    )
    path.write_bytes(lines.encode(encoding))
    found = read_roster(path)
    assert found.people.drop("id_number").rows() == [(3, "王建国", date(2024, 3, 1), Decimal(5000))]
    assert found.organs is None
    assert found.notes == ("备注 各列不用于核对，已略过",)


def test_english_keys_other_names_and_any_order_of_columns(tmp_path: Path) -> None:
    path = book(
        tmp_path / "册.xlsx", ["备注", "tier", "身份证号", "name"], ["甲", "一级", BASE["公民身份号码"], "王建国"]
    )
    found = read_roster(path)
    assert found.people.select("name", "id_number", "tier").rows() == [("王建国", BASE["公民身份号码"], "一级")]
    assert found.notes == ("备注 各列不用于核对，已略过",)
    result = check(path, "--json")
    assert result.stderr.count("\n") == 1
    assert "备注 各列不用于核对" in result.stderr


def test_headers_laid_out_with_spaces_and_line_breaks_are_read(tmp_path: Path) -> None:
    path = book(tmp_path / "册.xlsx", ["姓　名", "公民身份\n号码", " 层 级 "], ["甲", BASE["公民身份号码"], "一级"])
    assert read_roster(path).people.columns == ["row", "name", "id_number", "tier"]


def test_repeated_headers_are_named(tmp_path: Path) -> None:
    assert faults(book(tmp_path / "册.xlsx", ["姓名", "层级", "层级"], ["甲", "一级", "二级"])) == [
        "第1行“层级” 列名重复，只能出现一次"
    ]


def test_rows_keep_the_sheets_numbers_over_empty_ones(tmp_path: Path) -> None:
    rows = rows_of({}, {})
    path = book(tmp_path / "册.xlsx", *rows[:2], [None] * len(HEADER), [" "] * len(HEADER), rows[2])
    assert read_roster(path).people["row"].to_list() == [2, 5]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("册.xls", compound("Workbook"), "是旧格式（.xls），请用表格软件另存为 .xlsx 再用"),
        ("册.xlsx", compound("Workbook"), "是旧格式（.xls），请用表格软件另存为 .xlsx 再用"),
        ("册.xlsx", compound("EncryptionInfo", "EncryptedPackage"), "加了密码，请用表格软件取消密码后保存再用"),
        ("册.xlsx", b"\x89PNG\x00\xff" * 3_500_000, "不是可用的 Excel 文件，可能已损坏、加了密码或者不是 .xlsx"),
        ("册.csv", b"\x89PNG\x00\xff" * 3_500_000, "不是文字文件，应为 UTF-8 或 GB18030 编码的 CSV"),
        ("册.csv", "一二三，。；\n".encode() * 1_100_000, "没有找到花名册的表头，应有 姓名、公民身份号码、类别 等列"),
        ("册.xlsx", b"", "不是可用的 Excel 文件，可能已损坏、加了密码或者不是 .xlsx"),
        ("册.docx", b"PK", "应为 .csv、.xlsx 或 .parquet 文件"),
    ],
    ids=["xls", "xls named xlsx", "password", "rubbish", "rubbish csv", "20 MB of words", "empty", "another kind"],
)
def test_what_is_no_roster_is_refused_with_the_reason_and_not_read_piece_by_piece(
    tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    (tmp_path / name).write_bytes(content)
    results = []
    assert steps(lambda: results.append(check(tmp_path / name, "--json"))) < 200_000
    (result,) = results
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr


def test_a_workbook_cut_short_is_refused(tmp_path: Path) -> None:
    whole = book(tmp_path / "册.xlsx", *rows_of({})).read_bytes()
    (tmp_path / "册.xlsx").write_bytes(whole[: len(whole) // 2])
    assert check(tmp_path / "册.xlsx").exit_code == 2
    with zipfile.ZipFile(tmp_path / "别的.xlsx", "w") as packed:
        packed.writestr("别的.txt", "别的")
    assert check(tmp_path / "别的.xlsx").exit_code == 2


@pytest.mark.parametrize("missing", [True, False], ids=["no file", "a folder"])
def test_a_file_that_can_not_be_opened_says_why(tmp_path: Path, missing: bool) -> None:
    path = tmp_path / "册.xlsx"
    if not missing:
        path.mkdir()
    result = check(path)
    assert result.exit_code == 2
    assert ("没有这个文件" if missing else "这是文件夹") in result.stderr


def _formatted(path: Path, fill: Callable[[Any, Any], None]) -> Path:
    made = xlsxwriter.Workbook(path, {"constant_memory": True})
    fill(made.add_worksheet(), made.add_format({"bg_color": "#EEEEEE"}))
    made.close()
    return path


def test_three_hundred_thousand_empty_formatted_rows_take_no_step_each(tmp_path: Path) -> None:
    def fill(sheet: Any, grey: Any) -> None:
        for row in range(300_001):
            for place in range(3):
                if row < 2:
                    sheet.write_string(row, place, (["姓名", "层级", "类别"], ["甲", "一级", "勤务"])[row][place])
                else:
                    sheet.write_blank(row, place, None, grey)

    path = _formatted(tmp_path / "册.xlsx", fill)
    people = []
    assert steps(lambda: people.append(read_roster(path).people)) < 20_000
    assert people[0].height == 1


def test_a_day_before_the_measures_is_refused(tmp_path: Path) -> None:
    path = book(tmp_path / "册.xlsx", *rows_of({}))
    result = CliRunner().invoke(app, ["roster", "check", str(path), "--as-of", "2021-02-28"])
    assert result.exit_code == 2
    assert "本办法自2021-03-01施行" in result.stderr
    assert CliRunner().invoke(app, ["roster", "check", str(path), "--as-of", "2021-03-01"]).exit_code in (0, 1)


def test_a_cell_that_says_nothing_is_empty_save_a_category_which_is_a_word_or_a_violation(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    for row in ([*HEADER], [*(BASE | {"类别": "/", "用人单位": "/", "岗位": "详见附件", "层级": "待定"}).values()]):
        made.active.append(row)
    organs = made.create_sheet("机关")
    for row in (
        ["代码", "名称", "收入口径来源"],
        ["510722000000", "三台县公安局", "见附件"],
        ["510723000000", "/", "统计局"],
    ):
        organs.append(row)
    made.save(tmp_path / "册.xlsx")
    found = read_roster(tmp_path / "册.xlsx")
    assert found.people.select("category", "unit", "post", "tier").row(0) == ("/", None, None, None)
    assert found.organs is not None
    assert found.organs["income_source"].to_list() == [None, "统计局"]


def test_columns_that_neither_sheet_has_are_absent(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.active.append(["姓名", "备注"])
    made.active.append(["甲", "好"])
    organs = made.create_sheet("机关")
    for row in (["代码", "名称", "电话"], ["510722000000", "三台县公安局", "1"]):
        organs.append(row)
    made.save(tmp_path / "册.xlsx")
    found = read_roster(tmp_path / "册.xlsx")
    assert (found.absent[0], found.absent[-4:]) == (
        "公民身份号码", ["用人额度", "批准计划数", "上年度城镇居民人均可支配收入", "收入口径来源"],
    )  # fmt: skip
    assert len(found.absent) == len(HEADER) - 1 + 4
    assert found.notes == ("备注 各列不用于核对，已略过", "工作表“机关”电话 各列不用于核对，已略过")
