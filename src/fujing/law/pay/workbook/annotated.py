"""A copy of the workbook: cells coloured, each with its finding as a note, and a sheet of all findings in front."""

from __future__ import annotations

import io
from collections import defaultdict
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill

from fujing.law.findings import Outcome
from fujing.law.pay.workbook.check import WorkbookCheck
from fujing.law.pay.workbook.telling import CellFinding
from fujing.law.provisions import cite
from fujing.law.roster.reports.workbook import COLOURS

TITLE = "核对结果"
HEADINGS = ("工作表", "单元格", "人员", "月份", "条文", "结论", "说明", "怎么办")
WIDTHS = (16, 9, 21, 10, 14, 9, 80, 40)
WORST_FIRST = (Outcome.VIOLATED, Outcome.UNDETERMINED, Outcome.ADVICE, Outcome.SATISFIED)
NOTED = 20_000
"""Notes up to which cells get them; more make a file that no table program opens."""


def write_annotated(checked: WorkbookCheck, target: Path) -> None:
    """Raises OSError."""
    book = load_workbook(io.BytesIO(checked.book.content))
    fills = {outcome: PatternFill("solid", fgColor=back[1:]) for outcome, (back, _) in COLOURS.items()}
    by_cell: dict[tuple[str, str], list[CellFinding]] = defaultdict(list)
    for each in checked.findings:
        if each.sheet and each.cell:
            by_cell[each.sheet, each.cell].append(each)
    for place, ((sheet, cell), findings) in enumerate(by_cell.items()):
        findings.sort(key=lambda each: WORST_FIRST.index(each.outcome))
        at = book[sheet][cell]
        if not hasattr(at, "column_letter"):
            continue  # Within a merged range: the list in front names it.
        at.fill = fills[findings[0].outcome]
        if place < NOTED:
            at.comment = Comment("\n".join(_told(each) for each in findings), TITLE, width=420, height=120)
    name = TITLE
    while name in book.sheetnames:
        name += "1"
    page = book.create_sheet(name, 0)
    page.append(HEADINGS)
    for letter, width in zip("ABCDEFGH", WIDTHS, strict=True):
        page.column_dimensions[letter].width = width
        page[f"{letter}1"].font = Font(bold=True)
    page.freeze_panes = "A2"
    wrapped = Alignment(wrap_text=True, vertical="top")
    for row, each in enumerate(checked.findings, 2):
        page.append([_plain(each.sheet), each.cell, _plain(each.subject), each.month, cite(each.provision), each.outcome.label, _plain(each.message), each.remedy])  # fmt: skip
        page.cell(row, 6).fill = fills[each.outcome]
        page.cell(row, 7).alignment = page.cell(row, 8).alignment = wrapped
        if each.sheet and each.cell:
            page.cell(row, 2).hyperlink = f"#'{each.sheet}'!{each.cell}"
    book.active = 0
    book.save(target)


def _told(finding: CellFinding) -> str:
    label = f"{finding.outcome.label}："
    return label + finding.message.removeprefix(label)


def _plain(text: str | None) -> str | None:
    """Text of the workbook that looks like a formula stays text."""
    return f"'{text}" if text and text[0] in "=+-@" else text
