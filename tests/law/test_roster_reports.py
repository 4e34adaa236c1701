"""The three reports of a small roster, part by part: page, workbook and annotated copy, word for word."""

from __future__ import annotations

import io
import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from fujing.law.formats.roster import read_roster
from fujing.law.provisions import measures
from fujing.law.roster import RosterCheck, check_roster
from fujing.law.roster.reports import people_by_row, write
from fujing.law.roster.reports.annotated import AnnotatedCopy
from fujing.law.roster.reports.document import JsonDocument
from fujing.law.roster.reports.html import HtmlReport
from fujing.law.roster.reports.workbook import ROWS, WorkbookReport
from tests.law.roster_tools import DAY, cell, document, id_number, person, written

BASE = document()["底稿"]["人员"]
ORGAN = {key: cell(value) for key, value in document()["底稿"]["机关"].items()}
FIRST, SECOND = cell(BASE["公民身份号码"]), id_number("1996-01-01")


@pytest.fixture
def check(tmp_path: Path) -> RosterCheck:
    """Two people of one bureau: the first has no tier, pension and a card that ends soon, the second no training."""
    people = [
        person(BASE, {"层级": "无", "养老": "否", "工作证有效期": "2026-02-01"}),
        person(
            BASE, {"公民身份号码": SECOND, "姓名": "李<四>", "工作证号": "C2", "岗前培训日期": "null", "养老": "否"}
        ),
    ]
    return check_roster(read_roster(written(tmp_path / "册.xlsx", people, [ORGAN])), DAY)


def page(check: RosterCheck, folder: Path) -> str:
    write(check, [HtmlReport(check, folder / "报告.html")])
    return (folder / "报告.html").read_text("utf-8")


def lines(html: str) -> list[str]:
    """What a reader sees, one line a block, cells parted by |."""
    html = re.sub(r"<(?:td|th)\b[^>]*>", "|", html)
    html = re.sub(r"<(?:tr|p|h\d|li|div|br|table|/thead|ul)\b[^>]*>", "\n", html)
    return [line.strip() for line in unescape(re.sub(r"<[^>]+>", "", html)).splitlines() if line.strip()]


def part(html: str, start: str, end: str) -> list[str]:
    return lines(html[html.index(start) : html.index(end)])


def test_the_page_word_for_word(check: RosterCheck, tmp_path: Path) -> None:
    html = page(check, tmp_path)
    assert part(html, "<header>", "<section") == [
        "警务辅助人员花名册体检报告",
        "册.xlsx　基准日 2026-01-22　依据《四川省公安机关警务辅助人员管理办法》",
    ]
    assert part(html, '<section class="numbers"', '<section class="scroll">') == [
        "2在职人数1个机关",
        "3不符合涉及2人",
        "1待核实涉及1人",
        "1提示涉及1人",
    ]
    assert part(html, '<section class="scroll">', '<section class="scroll" id="organs">') == [
        "|条文|事项|不符合|待核实|提示|比较",
        "|第二十三条第一款|层级|1|||",
        "|第二十四条|岗前培训||1||",
        "|第二十六条|工作证|||1|",
        "|第三十四条|养老保险|2|||",
    ]
    assert part(html, "<main", "<footer") == [
        "第四章　管理",
        "第二十三条第一款　层级",
        measures()["23.p1"].text,
        "不符合1人　按层级方案评定层级",
        "|行|姓名|用人单位|说明",
        "|2|王建国|三台县公安局巡特警大队|没有评定层级，试用期已于2024-08-31届满",
        "第二十四条　岗前培训",
        measures()["24"].text,
        "待核实1人　补充材料后重新核对",
        "|行|姓名|用人单位|说明",
        "|3|李<四>|三台县公安局巡特警大队|岗前培训日期空白，待核实",
        "第二十六条　工作证",
        measures()["26"].text,
        "提示1人　到期前换发工作证",
        "|行|姓名|用人单位|说明",
        "|2|王建国|三台县公安局巡特警大队|工作证2026-02-01到期，距2026-01-22还有10天",
        "第五章　保障",
        "第三十四条　养老保险",
        measures()["34"].text,
        "不符合2人　为其办理养老保险并补缴",
        "|行|姓名|用人单位|说明",
        "|2|王建国|三台县公安局巡特警大队|没有办理养老保险",
        "|3|李<四>|三台县公安局巡特警大队|没有办理养老保险",
    ]
    assert part(html, "<footer", "<p>不符合") == []
    assert re.search(r"规则册 sichuan-345\.people@[0-9a-f]{16}<", html)


def test_the_pages_bars_colours_and_links(check: RosterCheck, tmp_path: Path) -> None:
    html = page(check, tmp_path)
    assert re.findall(r'<a href="(.+?)">.+?<td class=bars>(.+?)(?=<tr>|</tbody>)', html) == [
        ("#roster.tier", '<i class=violated style="width:50.0%"></i>'),
        ("#roster.induction", '<i class=undetermined style="width:50.0%"></i>'),
        ("#roster.card", '<i class=advice style="width:50.0%"></i>'),
        ("#roster.insurance_pension", '<i class=violated style="width:100.0%"></i>'),
    ]
    assert re.findall(r'<h3 id="(.+?)">', html) == [
        "roster.tier",
        "roster.induction",
        "roster.card",
        "roster.insurance_pension",
    ]
    assert re.findall('class="number (.*?)">', html) == ["", "violated", "undetermined", "advice"]
    assert re.findall("<p><b class=(.+?)>", html) == ["violated", "undetermined", "advice", "violated"]


def test_a_rule_that_is_broken_by_one_and_open_of_another_has_two_bars(tmp_path: Path) -> None:
    people = [person(BASE, {"养老": "否"}), person(BASE, {"公民身份号码": SECOND, "工作证号": "C2", "养老": "null"})]
    html = page(check_roster(read_roster(written(tmp_path / "册.xlsx", people, [ORGAN])), DAY), tmp_path)
    assert re.findall("<td class=bars>(.+?)(?=<tr>|</tbody>)", html) == [
        '<i class=violated style="width:100.0%"></i><i class=undetermined style="width:100.0%"></i>'
    ]


PAY = "人均一年60,000.00元"
ORGANS: list[tuple[dict[str, Any], list[str]]] = [
    (
        {},
        [
            "|三台县公安局",
            "510722000000|2|10|符合 在职2人，用人额度10人|符合 2021-03-01以来直接聘用2人，批准计划数10人"
            f"|符合 {PAY}，上年度城镇居民人均可支配收入47,336.00元（四川省统计局2025年公报）",
        ],
    ),
    (
        {"名称": None, "用人额度": "1", "上年度城镇居民人均可支配收入": "99999"},
        [
            "|510722000000|2|1|不符合 在职2人，超过用人额度1人，超出1人",
            "停止新增，按程序申请调剂或者核增额度|符合 2021-03-01以来直接聘用2人，批准计划数10人"
            f"|不符合 {PAY}，上年度城镇居民人均可支配收入99,999.00元（四川省统计局2025年公报），低39,999.00元",
            "提高总体薪酬标准，报本级财政保障",
        ],
    ),
    (
        {"用人额度": None},
        [
            "|三台县公安局",
            "510722000000|2||待核实 在职2人，缺用人额度，待核实|符合 2021-03-01以来直接聘用2人，批准计划数10人"
            f"|符合 {PAY}，上年度城镇居民人均可支配收入47,336.00元（四川省统计局2025年公报）",
        ],
    ),
]


@pytest.mark.parametrize(("changes", "said"), ORGANS)
def test_the_pages_organs(changes: dict[str, Any], said: list[str], tmp_path: Path) -> None:
    people = [person(BASE), person(BASE, {"公民身份号码": SECOND, "工作证号": "C2"})]
    path = written(tmp_path / "册.xlsx", people, [ORGAN | changes])
    html = page(check_roster(read_roster(path), DAY), tmp_path)
    assert part(html, '<section class="scroll" id="organs">', "<main")[2:] == said


def test_what_a_roster_does_not_have_is_noted_on_the_page(tmp_path: Path) -> None:
    path = tmp_path / "册.csv"
    path.write_text("姓名,籍贯\n甲,三台\n", "utf-8")
    check = check_roster(read_roster(path), DAY)
    html = page(check, tmp_path)
    notes = part(html, "<footer", "<p>不符合")
    assert notes == [
        "花名册没有下列各列，未核对：公民身份号码、类别、管理机关代码、用人单位、岗位、学历、用工方式、入职日期、合同类型、"
        "合同起始、合同终止、合同次数、试用期终止、层级、月应发工资、养老、医疗、失业、工伤、公积金、意外险、岗前培训日期、"
        "政治教育、纪律教育、廉洁教育、保密教育、年度培训日期、上年度考核、工作证号、工作证有效期、资质证书、离职日期、"
        "证件收回、服装收回、标识收回",
        "籍贯 各列不用于核对，已略过",
    ]
    assert part(html, '<section class="numbers"', '<section class="scroll">')[0] == "1在职人数0个机关"
    assert part(html, "<main", "<footer") == []
    assert people_by_row(check, "name", "unit") == {2: ("甲", "")}


def test_the_page_lists_two_hundred_and_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fujing.law.roster.reports.html.LISTED", 2)
    for count, more in ((2, []), (3, ["只列出前2人，另有1人见 Excel 报告。"])):
        people = [
            person(BASE, {"公民身份号码": id_number("1990-05-01", n), "工作证号": f"C{n}", "层级": "无"})
            for n in range(1, count + 1)
        ]
        path = written(tmp_path / "册.xlsx", people, [ORGAN])
        told = part(page(check_roster(read_roster(path), DAY), tmp_path), "<main", "<footer")
        assert told[3] == f"不符合{count}人　按层级方案评定层级"
        assert len(told[5:7]) == 2
        assert told[7:] == more


def rows(path: Path | io.BytesIO, sheet: str) -> list[tuple[Any, ...]]:
    return [
        tuple(cell or "" for cell in row) for row in openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)
    ]


def test_the_workbook_cell_by_cell(check: RosterCheck, tmp_path: Path) -> None:
    path = tmp_path / "结论.xlsx"
    write(check, [WorkbookReport(check, path)])
    assert rows(path, "汇总") == [
        ("花名册：册.xlsx", "", "", ""),
        ("基准日：2026-01-22", "", "", ""),
        ("在职人数：2人", "", "", ""),
        ("未核对的列：无", "", "", ""),
        ("", "", "", ""),
        ("条文", "事项", "结论", "数量"),
        ("第二十三条第一款", "层级", "不符合", 1),
        ("第二十四条", "岗前培训", "待核实", 1),
        ("第二十六条", "工作证", "提示", 1),
        ("第三十四条", "养老保险", "不符合", 2),
        ("第六条第一款", "用人额度", "符合", 1),
        ("第十六条第三款", "用人计划", "符合", 1),
        ("第三十三条", "总体薪酬", "符合", 1),
    ]
    heading = ("行", "姓名", "公民身份号码", "事项", "结论", "说明", "怎么办")
    assert rows(path, "第四章 管理") == [
        heading,
        (
            2,
            "王建国",
            FIRST,
            "层级",
            "不符合",
            "没有评定层级，试用期已于2024-08-31届满（第二十三条第一款）",
            "按层级方案评定层级",
        ),
        (
            2,
            "王建国",
            FIRST,
            "工作证",
            "提示",
            "工作证2026-02-01到期，距2026-01-22还有10天（第二十六条）",
            "到期前换发工作证",
        ),
        (3, "李<四>", SECOND, "岗前培训", "待核实", "岗前培训日期空白，待核实（第二十四条）", "补充材料后重新核对"),
    ]
    assert rows(path, "第五章 保障") == [
        heading,
        (2, "王建国", FIRST, "养老保险", "不符合", "没有办理养老保险（第三十四条）", "为其办理养老保险并补缴"),
        (3, "李<四>", SECOND, "养老保险", "不符合", "没有办理养老保险（第三十四条）", "为其办理养老保险并补缴"),
    ]
    bureau = ("510722000000", "三台县公安局")
    assert [row[:4] for row in rows(path, "机关")] == [
        ("机关代码", "名称", "事项", "结论"),
        *((*bureau, title, "符合") for title in ("用人额度", "用人计划", "总体薪酬")),
    ]


def test_the_workbook_prints_on_a4_with_its_headings_on_each_page(check: RosterCheck, tmp_path: Path) -> None:
    write(check, [WorkbookReport(check, tmp_path / "结论.xlsx")])
    book = openpyxl.load_workbook(tmp_path / "结论.xlsx")
    assert book.sheetnames == ["汇总", "机关", "第四章 管理", "第五章 保障"]
    for sheet in book:
        setup = sheet.page_setup
        assert (int(setup.paperSize), setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage) == (9, 0, True)
        assert setup.fitToWidth in (1, None)
    chapter = (8, 11, 22, 17, 10, 71, 41)
    for sheet, last, widths in zip(
        book.worksheets[1:], ("F4", "G4", "G3"), ((17, 29, *chapter[3:]), chapter, chapter), strict=True
    ):
        assert (sheet.freeze_panes, sheet.print_title_rows, sheet.page_setup.orientation) == (
            "A2",
            "$1:$1",
            "landscape",
        )
        assert sheet.auto_filter.ref == f"A1:{last}"
        wide = [round(sheet.column_dimensions[chr(ord("A") + place)].width) for place in range(len(widths))]
        assert wide == list(widths)
        head = sheet["A1"]
        assert (head.font.bold, head.fill.fgColor.rgb, head.border.top.style) == (True, "FFEEF1F5", "thin")
    totals = book["汇总"]
    assert [round(totals.column_dimensions[column].width) for column in "ABC"] == [21, 23, 11]
    assert totals["A6"].font.bold
    assert sorted(str(merged) for merged in totals.merged_cells.ranges) == ["A1:D1", "A2:D2", "A3:D3", "A4:D4"]
    for sheet, shaded in zip(book, ("C7:C13", "D2:D4", "E2:E4", "E2:E3"), strict=True):
        assert shades(sheet) == {
            shaded: {
                "不符合": ("FFFBE9E7", "FFB3261E"),
                "待核实": ("FFFFF4DD", "FF8A5A00"),
                "提示": ("FFE6F0F8", "FF175E8C"),
                "符合": ("FFE8F3EC", "FF1D6B3F"),
            }
        }


def shades(sheet: Worksheet) -> dict[str, dict[str, tuple[str, str]]]:
    """The colours of cells by what they begin with, by the range that has them."""
    return {
        str(ruled.sqref): {
            rule.text: (rule.dxf.fill.bgColor.rgb or rule.dxf.fill.fgColor.rgb, rule.dxf.font.color.rgb)
            for rule in ruled.rules
        }
        for ruled in sheet.conditional_formatting
    }


def test_what_looks_like_a_formula_or_a_link_stays_text_in_the_workbook(tmp_path: Path) -> None:
    odd = {"姓名": "=1+1", "类别": "http://x.cn", "层级": "无"}
    check = check_roster(read_roster(written(tmp_path / "=2.xlsx", [person(BASE, odd)], [ORGAN])), DAY)
    write(check, [WorkbookReport(check, tmp_path / "结论.xlsx")])
    book = openpyxl.load_workbook(tmp_path / "结论.xlsx")
    assert (book["第四章 管理"]["B2"].value, book["第四章 管理"]["B2"].data_type) == ("=1+1", "s")
    assert (book["汇总"]["A1"].value, book["汇总"]["A1"].data_type) == ("花名册：=2.xlsx", "s")


def test_the_annotated_copy_says_the_worst_first_and_colours_what_it_is_about(tmp_path: Path) -> None:
    people = [
        person(BASE, {"层级": "无", "养老": "否", "工作证有效期": "2026-02-01", "岗前培训日期": "null"}),
        person(BASE, {"公民身份号码": SECOND, "岗位": "食堂炊事", "用人单位": "机关食堂", "工作证号": "C2"}),
        person(BASE, {"公民身份号码": id_number("1997-01-01"), "工作证号": "无"}),
        person(BASE, {"公民身份号码": id_number("1998-01-01"), "工作证号": "C4"}),
    ]
    check = check_roster(read_roster(written(tmp_path / "册.xlsx", people, [ORGAN])), DAY)
    write(check, [AnnotatedCopy(check, tmp_path / "副本.xlsx")])
    book = openpyxl.load_workbook(tmp_path / "副本.xlsx")
    sheet = book["花名册"]
    beside = sheet.max_column
    assert beside == len(BASE) + 1
    assert (sheet.cell(1, beside).value, sheet.cell(1, beside).font.bold) == ("核对结果", True)
    assert round(sheet.column_dimensions[sheet.cell(1, beside).column_letter].width) == 80
    assert [(sheet.cell(row, beside).value or "").splitlines() for row in (2, 3, 4, 5)] == [
        [
            "不符合：没有评定层级，试用期已于2024-08-31届满（第二十三条第一款）",
            "不符合：没有办理养老保险（第三十四条）",
            "待核实：岗前培训日期空白，待核实（第二十四条）",
            "提示：工作证2026-02-01到期，距2026-01-22还有10天（第二十六条）",
        ],
        ["不符合：岗位、用人单位写有“食堂”，不属于警务辅助人员（第三条第三款）"],
        ["不符合：没有配发工作证（第二十六条）"],
        [],
    ]
    said = sheet.cell(2, beside).alignment
    assert (said.wrap_text, said.vertical) == (True, "top")
    red, amber, blue = "00FBE9E7", "00FFF4DD", "00E6F0F8"
    coloured = [
        {str(sheet.cell(1, each.column).value): each.fill.fgColor.rgb for each in row if each.fill.patternType}
        for row in sheet.iter_rows(2)
    ]
    assert coloured == [
        {"层级": red, "养老": red, "岗前培训日期": amber, "工作证有效期": blue, "核对结果": red},
        {"岗位": red, "用人单位": red, "核对结果": red},
        {"工作证号": red, "核对结果": red},
        {},
    ]
    assert book["机关"].cell(1, 7).value == "核对结果"
    assert str(book["机关"].cell(2, 7).value).splitlines()[0] == "符合：在职3人，用人额度10人（第六条第一款）"
    assert book["机关"].cell(2, 7).fill.fgColor.rgb == "00E8F3EC"


def test_a_violating_organ_is_linked_in_the_summary(tmp_path: Path) -> None:
    people = [person(BASE), person(BASE, {"公民身份号码": SECOND, "工作证号": "C2"})]
    check = check_roster(read_roster(written(tmp_path / "册.xlsx", people, [ORGAN | {"用人额度": "1"}])), DAY)
    html = page(check, tmp_path)
    assert re.findall('<a href="(.+?)">(.+?)</a>', html) == [("#organs", "用人额度")]
    write(check, [WorkbookReport(check, tmp_path / "结论.xlsx")])
    assert openpyxl.load_workbook(tmp_path / "结论.xlsx").sheetnames == ["汇总", "机关"]


def test_an_organ_of_which_only_the_code_is_known_gets_no_findings(tmp_path: Path) -> None:
    row = {key: value for key, value in person(BASE).items() if key not in ("管理机关代码", "姓名")}
    path = written(tmp_path / "册.xlsx", [row | {"层级": "无"}], [{"代码": "510722000000"}])
    check = check_roster(read_roster(path), DAY)
    html = page(check, tmp_path)
    assert part(html, '<section class="scroll" id="organs">', "<main")[2:] == ["|510722000000|||未核对|未核对|未核对"]
    assert "<td class=n>2<td class=w><td>三台县公安局巡特警大队" in html
    write(check, [WorkbookReport(check, tmp_path / "结论.xlsx"), AnnotatedCopy(check, tmp_path / "副本.xlsx")])
    assert openpyxl.load_workbook(tmp_path / "结论.xlsx")["第四章 管理"]["B2"].value is None
    organs = openpyxl.load_workbook(tmp_path / "副本.xlsx")["机关"]
    assert [cell.value for cell in organs[2]] == ["510722000000", None]


def test_a_workbook_that_can_not_be_written_is_an_error_of_the_system(check: RosterCheck, tmp_path: Path) -> None:
    report = WorkbookReport(check, tmp_path / "没有" / "结论.xlsx")
    with pytest.raises(FileNotFoundError):
        report.close()


def test_of_very_many_findings_a_sheet_is_continued_on_the_next(
    check: RosterCheck, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(check, [WorkbookReport(check, tmp_path / "一张.xlsx")])
    monkeypatch.setattr("fujing.law.roster.reports.workbook.ROWS", 2)
    write(check, [WorkbookReport(check, tmp_path / "几张.xlsx")])
    parts = ["第四章 管理", "第四章 管理（续1）"]
    assert openpyxl.load_workbook(tmp_path / "几张.xlsx").sheetnames == ["汇总", "机关", *parts, "第五章 保障"]
    heading, *whole = rows(tmp_path / "一张.xlsx", parts[0])
    first, second = (rows(tmp_path / "几张.xlsx", part) for part in parts)
    assert (first, second) == ([heading, *whole[:2]], [heading, *whole[2:]])


def test_a_report_into_memory_is_the_one_of_the_disk(check: RosterCheck, tmp_path: Path) -> None:
    page_, book_, copy = io.BytesIO(), io.BytesIO(), io.BytesIO()
    content = (tmp_path / "册.xlsx").read_bytes()
    (tmp_path / "册.xlsx").unlink()
    report = WorkbookReport(check, book_)
    write(check, [HtmlReport(check, page_), report, AnnotatedCopy(check, copy, content)])
    assert page_.getvalue().decode() == page(check, tmp_path)
    write(check, [WorkbookReport(check, tmp_path / "结论.xlsx")])
    assert all(rows(book_, sheet) == rows(tmp_path / "结论.xlsx", sheet) for sheet in ("汇总", "机关", "第四章 管理"))
    assert openpyxl.load_workbook(book_).sheetnames == ["汇总", "机关", "第四章 管理", "第五章 保障"]
    assert openpyxl.load_workbook(copy)["花名册"].cell(1, len(BASE) + 1).value == "核对结果"


@pytest.mark.parametrize("block", [1, 2, 5, 6, 7, 1000])
def test_the_document_is_the_same_however_many_lines_are_written_at_once(
    block: int, check: RosterCheck, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fujing.law.roster.reports.document.BLOCK", block)
    target = io.StringIO()
    write(check, [JsonDocument(check, target)])
    found = json.loads(target.getvalue())
    assert (found["as_of"], found["not_covered"], found["counts"]) == ("2026-01-22", [], {"23.p1": 1, "34": 2})
    assert [each["rule"].partition(".")[2] for each in found["findings"]] == [
        "tier", "card", "insurance_pension", "induction", "insurance_pension", "quota", "plan", "pay_floor",
    ]  # fmt: skip
    assert target.getvalue().count("\n") == 10


def test_a_document_without_findings_is_a_document(tmp_path: Path) -> None:
    path = tmp_path / "册.csv"
    path.write_text("姓名\n甲\n", "utf-8")
    target, check = io.StringIO(), check_roster(read_roster(path), DAY)
    write(check, [JsonDocument(check, target)])
    assert json.loads(target.getvalue())["findings"] == []


def test_a_copy_is_made_of_a_workbook_whatever_its_suffix_looks_like_and_where_its_sheet_stands(tmp_path: Path) -> None:
    path = written(tmp_path / "册.XLSX", [person(BASE, {"层级": "无"})], [ORGAN], sheet="在册")
    check = check_roster(read_roster(path), DAY)
    write(check, [AnnotatedCopy(check, tmp_path / "副本.xlsx")])
    book = openpyxl.load_workbook(tmp_path / "副本.xlsx")
    assert book.sheetnames == ["在册", "机关"]
    assert str(book["在册"].cell(2, len(BASE) + 1).value).startswith("不符合：没有评定层级")


@pytest.mark.parametrize("block", [1, 2, 3])
def test_findings_are_the_same_however_many_people_are_told_of_at_once(
    block: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [
        person(BASE, {"公民身份号码": id_number("1990-05-01", n), "工作证号": f"C{n}", "层级": "无", "养老": "否"})
        for n in range(1, 4)
    ]
    check = check_roster(read_roster(written(tmp_path / "册.xlsx", people, [ORGAN])), DAY)
    at_once = list(check.findings())
    monkeypatch.setattr("fujing.law.roster.check.BLOCK", block)
    assert list(check.findings()) == at_once
    assert [each.row for each in at_once] == [2, 2, 3, 3, 4, 4, None, None, None]


def test_a_sheet_of_excel_has_so_many_rows_below_its_header() -> None:
    assert ROWS == 2**20 - 1
