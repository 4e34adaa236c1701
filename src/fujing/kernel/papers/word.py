"""The paper as editable Word, in the layout of GB/T 9704-2012."""

from __future__ import annotations

import io
from copy import deepcopy
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor

from fujing.kernel.papers.blocks import Badges, Card, Grid, Heading, Paper, Text, chinese_date

BODY, BODY_SIZE = "仿宋_GB2312", 16
"""3号仿宋."""
TITLE, TITLE_SIZE = "方正小标宋简体", 22
"""2号小标宋."""
FIRST, SECOND, PAGE = "黑体", "楷体_GB2312", "宋体"
LATIN = "Times New Roman"
RED = RGBColor(0xD7, 0x00, 0x0F)
# 22 lines on 225 mm; 28 characters of 16 pt on 156 mm, in 1/4096 pt less than the character's own width.
LINE = 28.95
GRID_LINE, GRID_CHARACTER = round(LINE * 20), -849
FALLBACKS = {
    BODY: "仿宋;FangSong;华文仿宋",
    TITLE: "小标宋;华文中宋;宋体",
    FIRST: "SimHei;思源黑体",
    SECOND: "楷体;KaiTi;华文楷体",
    PAGE: "SimSun;思源宋体",
}
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word(paper: Paper) -> bytes:
    """The paper as one .docx."""
    document = Document()
    document.core_properties.title = paper.title
    document.core_properties.author = paper.issuer
    document.core_properties.comments = ""
    _page(document, wide=paper.wide)
    _fonts(document)
    _foot(document, paper)
    _head(document, paper)
    _line(document, paper.title, TITLE, TITLE_SIZE, WD_ALIGN_PARAGRAPH.CENTER, after=LINE / 2)
    if paper.issuer and not paper.number:
        _line(document, paper.issuer, align=WD_ALIGN_PARAGRAPH.CENTER)
    if paper.recipient:
        _line(document, f"{paper.recipient}：")
    for block in paper.blocks:
        _block(document, block)
    if paper.dated:
        if paper.issuer:
            _line(document, paper.issuer, align=WD_ALIGN_PARAGRAPH.RIGHT, right=4, before=LINE)
        _line(document, chinese_date(paper.dated), align=WD_ALIGN_PARAGRAPH.RIGHT, right=4)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _page(document: WordDocument, *, wide: bool) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.left_margin = Mm(37), Mm(28)
    section.right_margin, section.bottom_margin = Mm(26), Mm(35)
    # The page number stands 7 mm below the type area.
    if wide:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
        section.top_margin = section.bottom_margin = Mm(24)
        section.left_margin = section.right_margin = Mm(18)
    section.footer_distance, section.header_distance = Mm(25), Mm(20)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    for name, value in (("type", "linesAndChars"), ("linePitch", GRID_LINE), ("charSpace", GRID_CHARACTER)):
        grid.set(qn(f"w:{name}"), str(value))
    normal: Any = document.styles["Normal"]
    _face(normal, BODY, BODY_SIZE)
    spacing = normal.paragraph_format
    spacing.space_before = spacing.space_after = Pt(0)
    spacing.line_spacing_rule, spacing.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(LINE)


def _fonts(document: WordDocument) -> None:
    """What to take where a computer lacks a font of the standard."""
    entries = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/></w:font>'
        for name, others in FALLBACKS.items()
    )
    part: Any = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    part._blob = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts xmlns:w="{NAMESPACE}">{entries}</w:fonts>'
    ).encode()


def _face(styled: Any, name: str, size: float) -> None:
    """Chinese in `name`, digits and Latin letters in the font of the standard."""
    styled.font.size, styled.font.name = Pt(size), LATIN
    styled.element.get_or_add_rPr().rFonts.set(qn("w:eastAsia"), name)


def _line(
    where: Any,
    text: str,
    face: str = BODY,
    size: float = BODY_SIZE,
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT,
    *,
    indent: int = 0,
    right: int = 0,
    before: float = 0,
    after: float = 0,
) -> Any:
    """A paragraph in one face; `indent` of the first line and `right` are in characters."""
    paragraph = where.add_paragraph()
    run = paragraph.add_run(text)
    _face(run, face, size)
    shape = paragraph.paragraph_format
    paragraph.alignment = align
    shape.space_before, shape.space_after = Pt(before), Pt(after)
    shape.first_line_indent, shape.right_indent = Pt(indent * size), Pt(right * size)
    if size > TITLE_SIZE:
        shape.line_spacing = Pt(size * 1.4)
    return paragraph


def _head(document: WordDocument, paper: Paper) -> None:
    """发文机关标志, 发文字号, 签发人 and the red line; a form has none of them."""
    if not (paper.issuer and paper.number):
        return
    mark = _line(document, f"{paper.issuer}文件", TITLE, 32, WD_ALIGN_PARAGRAPH.CENTER, before=Mm(25).pt, after=LINE)
    mark.runs[0].font.color.rgb = RED
    if paper.signer:
        number = _line(document, f" {paper.number}\t签发人：{paper.signer} ")
        number.paragraph_format.tab_stops.add_tab_stop(Mm(150), WD_ALIGN_PARAGRAPH.RIGHT)  # type: ignore[arg-type]
    else:
        number = _line(document, paper.number, align=WD_ALIGN_PARAGRAPH.CENTER)
    number.paragraph_format.space_after = Pt(LINE * 2)
    border = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "4"), ("color", "D7000F")):
        bottom.set(qn(f"w:{name}"), value)
    border.append(bottom)
    shape = number._p.get_or_add_pPr()
    shape.insert_element_before(border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")


def _block(document: WordDocument, block: Text | Heading | Grid | Card | Badges) -> None:
    if isinstance(block, Text):
        _line(document, block.text, align=WD_ALIGN_PARAGRAPH.JUSTIFY, indent=2)
    elif isinstance(block, Heading):
        _line(document, block.text, FIRST if block.level == 1 else SECOND, indent=2)
    elif isinstance(block, Grid):
        _table(document, block)


def _table(document: WordDocument, grid: Grid) -> None:
    table = document.add_table(rows=0, cols=len(grid.header), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    patterns: dict[tuple[bool, ...], Any] = {}
    section = document.sections[0]
    line = section.page_width - section.left_margin - section.right_margin  # type: ignore[operator]
    for index, texts in enumerate([grid.header, *grid.rows]):
        filled = tuple(bool(text) for text in texts)
        plain = index > 0 and not any({"\n", "\t"} & set(text) for text in texts)
        if plain and filled in patterns:
            # A row like one before it: building thousands one by one takes half a minute.
            copied = deepcopy(patterns[filled])
            for place, text in zip(copied.iter(qn("w:t")), filter(None, texts), strict=True):
                place.text = text
                place.set(qn("xml:space"), "preserve")
            table._tbl.append(copied)
            continue
        row = table.add_row()
        for column, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            cell.width = Emu(round(line * grid.widths[column] / sum(grid.widths)))
            paragraph = cell.paragraphs[0]
            _face(paragraph.add_run(text), FIRST if index == 0 else BODY, 12)
            paragraph.paragraph_format.line_spacing = Pt(18)
            if index == 0:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            elif column in grid.numbers:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if index == 0:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        if plain:
            patterns[filled] = row._tr


def _foot(document: WordDocument, paper: Paper) -> None:
    """— 1 — in 4号宋体: right on odd pages, left on even ones, one character from the edge."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for foot, align in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        paragraph = foot.paragraphs[0]
        paragraph.alignment = align
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
        if paper.code and align == WD_ALIGN_PARAGRAPH.RIGHT:
            _face(paragraph.add_run(f"{paper.code}　　"), PAGE, 9)
        _face(paragraph.add_run("— "), PAGE, 14)
        number = paragraph.add_run()
        _face(number, PAGE, 14)
        for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
            mark = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                mark.set(qn("w:fldCharType"), kind)
            else:
                mark.text = text
            number._r.append(mark)
        _face(paragraph.add_run(" —"), PAGE, 14)
    if paper.draft:
        for head in (section.header, section.even_page_header):
            _face(head.paragraphs[0].add_run("草稿"), FIRST, BODY_SIZE)
