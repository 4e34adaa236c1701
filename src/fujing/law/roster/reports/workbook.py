"""The findings as an Excel workbook: a summary, the organs, and a sheet for each chapter with the findings and rows."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import IO, Any

import polars as pl
from rustpy_xlsxwriter import Format, write_worksheets

from fujing.kernel.workbooks import A4
from fujing.law.findings import Outcome, RowFinding
from fujing.law.provisions import chinese_number, cite, measures
from fujing.law.roster.check import RosterCheck
from fujing.law.roster.reports import OF_ORGANS, file_name, people_by_row
from fujing.law.rulebooks.people.titles import TITLES

SAID = ("事项", "结论", "说明", "怎么办")
SAID_WIDTHS = (16, 9, 70, 40)
HEADINGS = ("行", "姓名", "公民身份号码", *SAID)
WIDTHS = (7, 10, 21, *SAID_WIDTHS)
ORGAN_HEADINGS = ("机关代码", "名称", *SAID)
ORGAN_WIDTHS = (16, 28, *SAID_WIDTHS)
TOTALS = {"条文": pl.String, "事项": pl.String, "结论": pl.String, "数量": pl.Int64}
TOTALS_WIDTHS = (20, 22, 10, 10)
ROWS = 1_048_575
"""Rows of a sheet below its header."""
COLOURS = {
    Outcome.VIOLATED: ("#FBE9E7", "#B3261E"),
    Outcome.UNDETERMINED: ("#FFF4DD", "#8A5A00"),
    Outcome.ADVICE: ("#E6F0F8", "#175E8C"),
    Outcome.SATISFIED: ("#E8F3EC", "#1D6B3F"),
}
Row = tuple[str | int | None, ...]


class WorkbookReport:
    """Gathers the rows of each sheet; `close` writes them all. A chapter without findings on people has no sheet."""

    def __init__(self, check: RosterCheck, target: Path | IO[bytes]) -> None:
        self.check, self.target = check, target
        self.people = people_by_row(check, "name", "id_number")
        self.organs = {organ["code"]: organ["name"] or None for organ in check.organs}
        self.of_organs: list[Row] = []
        # In the order of the text, not of the findings.
        chapters = {measures()[provision].chapter for provision, rule, _ in check.totals if rule not in OF_ORGANS}
        self.chapters: dict[str, list[Row]] = {_chapter(each): [] for each in sorted(chapters)}

    def add(self, finding: RowFinding) -> None:
        said = (TITLES[finding.rule], finding.outcome.label, finding.message, finding.remedy)
        if finding.row is None:
            code = str(finding.subject)
            self.of_organs.append((code, self.organs[code], *said))
        else:
            self.chapters[CHAPTER_SHEETS[finding.provision]].append((finding.row, *self.people[finding.row], *said))

    def close(self) -> None:
        content = BytesIO()
        _write(content, {"汇总": self._totals(), **dict(self._sheets())}, self._heads())
        if isinstance(self.target, Path):
            self.target.write_bytes(content.getbuffer())
        else:
            self.target.write(content.getbuffer())

    def _heads(self) -> list[str]:
        """What is said above the totals, a line each."""
        heads = {
            "花名册": file_name(self.check),
            "基准日": self.check.as_of.isoformat(),
            "在职人数": f"{self.check.people.judged.height}人",
            "未核对的列": "、".join(self.check.not_covered) or "无",
        }
        return [f"{name}：{value}" for name, value in heads.items()]

    def _totals(self) -> pl.DataFrame:
        totals = self.check.totals.items()
        rows = [(cite(where), TITLES[rule], outcome.label, count) for (where, rule, outcome), count in totals]
        return pl.DataFrame(rows, TOTALS, orient="row")

    def _sheets(self) -> list[tuple[str, pl.DataFrame]]:
        """The organs and the chapters; a sheet that Excel can't make longer is continued on another one."""
        sheets = [("机关", pl.DataFrame(self.of_organs, dict.fromkeys(ORGAN_HEADINGS, pl.String), orient="row"))]
        columns = {name: pl.Int64 if name == "行" else pl.String for name in HEADINGS}
        for name, rows in self.chapters.items():
            frame = pl.DataFrame(rows, columns, orient="row").with_columns(
                pl.col("姓名", "公民身份号码").replace("", None)
            )
            parts = range(0, max(frame.height, 1), ROWS)
            sheets += [
                (name if not place else f"{name}（续{place // ROWS}）", frame[place : place + ROWS]) for place in parts
            ]
        return sheets


def _write(target: BytesIO, sheets: dict[str, pl.DataFrame], heads: list[str]) -> None:
    """All sheets, printable on A4; the first is the totals under some lines."""
    totals, *listed = sheets
    above = len(heads) + 1
    printed: dict[str, Any] = {"paper_size": A4, "fit_to_pages": (1, 0)}
    lists: dict[str, Any] = {**printed, "landscape": True, "repeat_rows": 0}
    write_worksheets(
        list(sheets.items()),
        target,
        freeze_panes={name: {"row": 1, "col": 0} for name in listed},
        autofilter={name: sheets[name].height > 0 for name in listed},
        header_row={totals: above},
        merge_ranges={totals: [(row, 0, row, len(TOTALS) - 1, line) for row, line in enumerate(heads)]},
        header_format=dict.fromkeys(sheets, Format().set_bold().set_background_color("#EEF1F5").set_border("thin")),
        column_widths={
            name: list(TOTALS_WIDTHS if name == totals else ORGAN_WIDTHS if name == "机关" else WIDTHS)
            for name in sheets
        },
        page_setup={totals: printed, **dict.fromkeys(listed, lists)},
        conditional_formats={name: {"结论": _shades()} for name in sheets},
        # Names, numbers and remedies recur; each is kept once.
        dedupe_strings=dict.fromkeys(sheets, True),
    )


def _shades() -> list[dict[str, Any]]:
    return [
        {
            "type": "text",
            "criteria": "begins_with",
            "value": outcome.label,
            "format": Format().set_background_color(back).set_font_color(ink),
        }
        for outcome, (back, ink) in COLOURS.items()
    ]


def _chapter(number: int) -> str:
    return f"第{chinese_number(number)}章 {measures().chapters[number]}"


CHAPTER_SHEETS = {address: _chapter(each.chapter) for address, each in measures().provisions.items()}
