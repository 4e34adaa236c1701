"""The findings as an Excel workbook: a summary, the organs, and a sheet for each chapter with the findings and rows."""

from __future__ import annotations

from pathlib import Path
from typing import IO

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from fujing.kernel.workbooks import A4
from fujing.law.findings import Outcome, RowFinding
from fujing.law.provisions import chinese_number, cite, measures
from fujing.law.roster.check import RosterCheck
from fujing.law.roster.reports import OF_ORGANS, file_name, people_by_row
from fujing.law.rulebooks.people.titles import TITLES

HEADINGS = ("行", "姓名", "公民身份号码", "事项", "结论", "说明", "怎么办")
WIDTHS = (7, 10, 21, 16, 9, 70, 40)
ORGAN_HEADINGS = ("机关代码", "名称", "", "事项", "结论", "说明", "怎么办")
OUTCOME_AT = HEADINGS.index("结论")
ROWS = 1_048_575
"""Rows of a sheet below its header."""
KEPT = 200_000
"""Findings up to which the workbook is built in memory, a quarter faster; more of them go to a file as they come."""
COLOURS = {
    Outcome.VIOLATED: ("#FBE9E7", "#B3261E"),
    Outcome.UNDETERMINED: ("#FFF4DD", "#8A5A00"),
    Outcome.ADVICE: ("#E6F0F8", "#175E8C"),
    Outcome.SATISFIED: ("#E8F3EC", "#1D6B3F"),
}


class WorkbookReport:
    """Writes each finding as it comes; a chapter's sheet begins with its first finding."""

    def __init__(self, check: RosterCheck, target: Path | IO[bytes]) -> None:
        self.check = check
        self.people = people_by_row(check, "name", "id_number")
        self.organs = {organ["code"]: organ["name"] or "" for organ in check.organs}
        many = sum(check.totals.values()) > KEPT
        # What is asked for in memory leaves no trace on the disk, not even while it is made.
        where = {"constant_memory": many} if isinstance(target, Path) else {"in_memory": True}
        self.book = xlsxwriter.Workbook(target, {**where, "strings_to_formulas": False, "strings_to_urls": False})
        self.head = self.book.add_format({"bold": True, "bg_color": "#EEF1F5", "border": 1})
        self.shades = {
            outcome: self.book.add_format({"bg_color": back, "font_color": ink})
            for outcome, (back, ink) in COLOURS.items()
        }
        self.sheets: dict[str, Worksheet] = {}
        self.filled: dict[str, int] = {}
        self.parts: dict[str, str] = {}
        self._summary()
        # In the order of the text, not of the findings; a chapter without findings on people has no sheet.
        chapters = sorted(
            {measures()[provision].chapter for provision, rule, _ in check.totals if rule not in OF_ORGANS}
        )
        self._sheet("机关", ORGAN_HEADINGS)
        for chapter in chapters:
            self._sheet(_chapter(chapter), HEADINGS)

    def add(self, finding: RowFinding) -> None:
        if finding.row is None:
            code = str(finding.subject)
            self._row("机关", (code, self.organs[code]), finding)
        else:
            self._row(CHAPTER_SHEETS[finding.provision], (finding.row, *self.people[finding.row]), finding)

    def close(self) -> None:
        for name, sheet in self.sheets.items():
            if self.filled[name]:
                sheet.autofilter(0, 0, self.filled[name], len(HEADINGS) - 1)
        try:
            self.book.close()
        except xlsxwriter.exceptions.FileCreateError as error:
            raise error.args[0] from error

    def _row(self, name: str, who: tuple[str | int, ...], finding: RowFinding) -> None:
        sheet, row = self._next_row(name)
        for place, cell in enumerate(who):
            if isinstance(cell, int):
                sheet.write_number(row, place, cell)
            elif cell:
                sheet.write_string(row, place, cell)
        title, outcome = TITLES[finding.rule], finding.outcome
        sheet.write_string(row, OUTCOME_AT - 1, title)
        sheet.write_string(row, OUTCOME_AT, outcome.label, self.shades[outcome])
        sheet.write_string(row, OUTCOME_AT + 1, finding.message)
        if finding.remedy:
            sheet.write_string(row, OUTCOME_AT + 2, finding.remedy)

    def _next_row(self, name: str) -> tuple[Worksheet, int]:
        """Where the sheet goes on; a sheet that Excel can't make longer is continued on another one."""
        part = self.parts.get(name, name)
        if self.filled[part] == ROWS:
            part = self.parts[name] = f"{name}（续{sum(each.startswith(name) for each in self.sheets)}）"
            self._sheet(part, HEADINGS)
        self.filled[part] += 1
        return self.sheets[part], self.filled[part]

    def _sheet(self, name: str, headings: tuple[str, ...]) -> Worksheet:
        sheet = self.sheets[name] = self.book.add_worksheet(name)
        self.filled[name] = 0
        for place, (heading, width) in enumerate(zip(headings, WIDTHS, strict=True)):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, heading, self.head)
        sheet.freeze_panes(1, 0)
        sheet.set_paper(A4)
        sheet.set_landscape()
        sheet.repeat_rows(0)
        sheet.fit_to_pages(1, 0)
        return sheet

    def _summary(self) -> None:
        sheet = self.book.add_worksheet("汇总")
        for place, width in enumerate((20, 22, 10, 10)):
            sheet.set_column(place, place, width)
        lines: list[tuple[str | int, ...]] = [
            ("花名册", file_name(self.check)),
            ("基准日", self.check.as_of.isoformat()),
            ("在职人数", self.check.people.judged.height),
            ("未核对的列", "、".join(self.check.not_covered)),
        ]
        for row, line in enumerate(lines):
            sheet.write_row(row, 0, line)
        sheet.write_row(len(lines) + 1, 0, ("条文", "事项", "结论", "数量"), self.head)
        for row, ((provision, rule, outcome), count) in enumerate(self.check.totals.items(), len(lines) + 2):
            sheet.write_row(row, 0, (cite(provision), TITLES[rule]))
            sheet.write_string(row, 2, outcome.label, self.shades[outcome])
            sheet.write_number(row, 3, count)
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)


def _chapter(number: int) -> str:
    return f"第{chinese_number(number)}章 {measures().chapters[number]}"


CHAPTER_SHEETS = {address: _chapter(each.chapter) for address, each in measures().provisions.items()}
