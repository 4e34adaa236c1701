"""Papers after GB/T 9704-2012, reopened and measured: margins, grid, fonts, text; the PDF page by page."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from fujing.kernel.papers import Grid, Heading, Paper, Text, chinese_date, pdf, word
from fujing.kernel.papers.pdf import pages

PAPER = Paper(
    issuer="三台县公安局",
    number="三公请〔2026〕3号",
    signer="李强",
    title="关于报批用人计划的请示",
    recipient="绵阳市公安局",
    blocks=(
        Text("根据办法第十六条，拟定计划 #panic() <b>。"),
        Heading("一、用人额度"),
        Heading("（一）计划岗位", 2),
        Grid(("岗位", "人数"), (("一线执勤", "12"),), (3, 1), frozenset({1})),
    ),
    dated=date(2026, 1, 9),
    code="用人计划 7",
)


@pytest.fixture
def opened() -> docx.document.Document:
    return docx.Document(io.BytesIO(word(PAPER)))


def face(run: object) -> str:
    return run._r.rPr.rFonts.get(qn("w:eastAsia"))  # type: ignore[attr-defined]


def test_the_type_area_is_156_by_225_millimetres(opened: docx.document.Document) -> None:
    section = opened.sections[0]
    assert abs(section.top_margin - Mm(37)) < Mm(0.1)
    assert abs(section.left_margin - Mm(28)) < Mm(0.1)
    width = section.page_width - section.left_margin - section.right_margin
    height = section.page_height - section.top_margin - section.bottom_margin
    assert abs(width - Mm(156)) < Mm(0.1)
    assert abs(height - Mm(225)) < Mm(0.1)


def test_a_page_holds_22_lines_of_28_characters(opened: docx.document.Document) -> None:
    section = opened.sections[0]
    grid = section._sectPr.find(qn("w:docGrid"))
    pitch, character = int(grid.get(qn("w:linePitch"))) / 20, 16 + int(grid.get(qn("w:charSpace"))) / 4096
    assert grid.get(qn("w:type")) == "linesAndChars"
    assert int(Mm(225).pt / pitch) == 22
    assert int(Mm(156).pt / character) == 28
    assert opened.styles["Normal"].paragraph_format.line_spacing == Pt(28.95)


def test_each_part_has_its_face_and_size(opened: docx.document.Document) -> None:
    runs = {paragraph.text.strip(): paragraph.runs[0] for paragraph in opened.paragraphs if paragraph.runs}
    wanted = {
        "三台县公安局文件": ("方正小标宋简体", 32),
        "关于报批用人计划的请示": ("方正小标宋简体", 22),
        "绵阳市公安局：": ("仿宋_GB2312", 16),
        "一、用人额度": ("黑体", 16),
        "（一）计划岗位": ("楷体_GB2312", 16),
        "2026年1月9日": ("仿宋_GB2312", 16),
    }
    assert {text: (face(runs[text]), runs[text].font.size.pt) for text in wanted} == wanted
    assert any("三公请〔2026〕3号" in text and "签发人：李强" in text for text in runs)
    assert [cell.text for cell in opened.tables[0].rows[1].cells] == ["一线执勤", "12"]


def test_the_page_number_stands_right_on_odd_and_left_on_even_pages(opened: docx.document.Document) -> None:
    section = opened.sections[0]
    assert opened.settings.odd_and_even_pages_header_footer
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert (odd.alignment, even.alignment) == (2, 0)
    assert "PAGE" in odd._p.xml
    assert [(run.font.size.pt, face(run)) for run in even.runs] == [(14, "宋体")] * 3
    assert "用人计划 7" in odd.text


def test_a_computer_without_the_fonts_is_told_what_to_take() -> None:
    table = zipfile.ZipFile(io.BytesIO(word(PAPER))).read("word/fontTable.xml").decode()
    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋;FangSong' in table


@pytest.mark.parametrize("draft", [True, False])
def test_a_draft_says_so_on_every_page(draft: bool) -> None:
    section = docx.Document(io.BytesIO(word(replace(PAPER, draft=draft)))).sections[0]
    heads = [section.header.paragraphs[0].text, section.even_page_header.paragraphs[0].text]
    assert heads == (["草稿", "草稿"] if draft else ["", ""])
    plain, marked = pages(PAPER), pages(replace(PAPER, draft=draft))
    assert (plain != marked) is draft


def test_text_is_printed_as_text_and_never_as_markup() -> None:
    assert pdf(PAPER).startswith(b"%PDF-")
    assert "#panic() <b>" in "".join(p.text for p in docx.Document(io.BytesIO(word(PAPER))).paragraphs)


def test_a_long_table_goes_on_to_further_pages() -> None:
    rows = tuple(("一线执勤", str(number)) for number in range(60))
    long = replace(PAPER, blocks=(Grid(("岗位", "人数"), rows, (3, 1)),))
    assert len(pages(PAPER, ppi=20)) == 1
    assert len(pages(long, ppi=20)) > 1


def test_a_word_table_repeats_its_header_keeps_rows_whole_and_aligns_numbers_right() -> None:
    rows = tuple(("一线执勤", str(number)) for number in range(60))
    long = replace(PAPER, blocks=(Grid(("岗位", "人数"), rows, (3, 1), frozenset({1})),))
    (table,) = docx.Document(io.BytesIO(word(long))).tables
    marks = [
        (row._tr.find(f".//{qn('w:tblHeader')}") is not None, row._tr.find(f".//{qn('w:cantSplit')}") is not None)
        for row in table.rows
    ]
    assert marks == [(True, True)] + [(False, True)] * 60
    assert {row.cells[1].paragraphs[0].alignment for row in list(table.rows)[1:]} == {2}
    assert [cell.text for cell in table.rows[60].cells] == ["一线执勤", "59"]


def test_a_name_takes_one_line_however_long() -> None:
    def printed(header: str, name: str) -> int:
        grid = Grid((header, "说明"), ((name, ""),) * 25, (1, 3))
        return len(pages(replace(PAPER, blocks=(grid,)), ppi=20))

    long = "阿卜杜热西提·买买提明江"
    assert printed("姓名", long) == printed("姓名", "王二")
    assert printed("岗位", long) > printed("岗位", "王二")


def test_a_form_has_no_red_head() -> None:
    form = docx.Document(io.BytesIO(word(replace(PAPER, issuer="", number="", dated=None))))
    assert not any("文件" in paragraph.text for paragraph in form.paragraphs)


def test_the_date_has_no_leading_zeros() -> None:
    assert (chinese_date(date(2026, 1, 9)), chinese_date(None)) == ("2026年1月9日", "")
