"""A copy of the roster's own file: the cells that a finding is about are coloured, and the findings stand beside the row."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from fujing.kernel.sheets import decoded
from fujing.law.findings import Outcome, RowFinding
from fujing.law.formats.roster import ORGAN_SHEET
from fujing.law.roster.check import RosterCheck
from fujing.law.roster.reports.workbook import COLOURS
from fujing.law.rulebooks.people import LEAVERS, ORGANS, PEOPLE, SCOPE
from fujing.law.rulebooks.people.standing import EXCLUDED, SAYING

HEADING = "核对结果"
WORST_FIRST = (Outcome.VIOLATED, Outcome.UNDETERMINED, Outcome.ADVICE, Outcome.SATISFIED)
MATTERS = {rule.id: rule.matter for book in (SCOPE, PEOPLE, LEAVERS, ORGANS) for rule in book.rules} | {
    "roster.card": "card_number"
}


class AnnotatedCopy:
    """Gathers findings by row; `close` opens the file once more and writes the copy.

    `content` are the file's bytes where it isn't on a disk. While the copy is made, the library that writes it keeps
    one sheet at a time in a temporary file.
    """

    def __init__(self, check: RosterCheck, target: Path | IO[bytes], content: bytes | None = None) -> None:
        self.check, self.target, self.content = check, target, content
        self.by_row: dict[int, list[RowFinding]] = defaultdict(list)
        self.by_organ: dict[str, list[RowFinding]] = defaultdict(list)

    def add(self, finding: RowFinding) -> None:
        if finding.row is None:
            self.by_organ[str(finding.subject)].append(finding)
        else:
            self.by_row[finding.row].append(finding)

    def close(self) -> None:
        roster = self.check.roster
        file = Path(roster.file)
        book = _opened(file.suffix.lower(), file.read_bytes() if self.content is None else self.content)
        if people := roster.people_place:
            sheet = book[people.sheet] if people.sheet else book.worksheets[0]
            _annotate(sheet, people.header_row, people.columns, self.by_row)
        if roster.organs is not None and roster.organs_place:
            rows = dict(roster.organs.select("row", "code").iter_rows())
            found = {row: self.by_organ[code] for row, code in rows.items() if self.by_organ[code]}
            _annotate(book[ORGAN_SHEET], roster.organs_place.header_row, roster.organs_place.columns, found)
        book.save(self.target)


def _opened(suffix: str, content: bytes) -> Workbook:
    """The workbook as it is; a text file becomes one."""
    if suffix == ".xlsx":
        return load_workbook(io.BytesIO(content))
    book = Workbook()
    for line in csv.reader(io.StringIO(decoded(content))):
        book.worksheets[0].append(line)
    return book


def _annotate(
    sheet: Worksheet, header_row: int, columns: Mapping[str, int], found: dict[int, list[RowFinding]]
) -> None:
    beside = sheet.max_column + 1
    heading = sheet.cell(header_row, beside, HEADING)
    heading.font = Font(bold=True)
    sheet.column_dimensions[heading.column_letter].width = 80
    fills = {outcome: PatternFill("solid", fgColor=back.lstrip("#")) for outcome, (back, _) in COLOURS.items()}
    wrapped = Alignment(wrap_text=True, vertical="top")
    for row, findings in found.items():
        ordered = sorted(findings, key=lambda finding: WORST_FIRST.index(finding.outcome))
        said = sheet.cell(row, beside, "\n".join(map(_told, ordered)))
        said.alignment, said.fill = wrapped, fills[ordered[0].outcome]
        for finding in reversed(ordered):
            for key in _about(finding):
                if key in columns:
                    sheet.cell(row, columns[key] + 1).fill = fills[finding.outcome]


def _told(finding: RowFinding) -> str:
    label = f"{finding.outcome.label}："
    return label + finding.message.removeprefix(label)


def _about(finding: RowFinding) -> list[str]:
    """The columns that a finding is about."""
    if finding.rule == "roster.excluded":
        return [key for key in SAYING if any(word in (finding.facts.get(key) or "") for word in EXCLUDED)]
    if finding.rule == "roster.card" and finding.outcome is Outcome.ADVICE:
        return ["card_valid_to"]
    return [MATTERS[finding.rule]]
