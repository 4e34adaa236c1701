"""`fujing roster`: a bureau that has only Excel learns whether it is lawful."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from fujing.cli.commands import app_of
from fujing.cli.output import OK, VIOLATIONS, table, unreadable, write_workbook
from fujing.kernel.clock import today
from fujing.kernel.sheets import unopened
from fujing.law.engine import OutsideValidity
from fujing.law.findings import RowFinding
from fujing.law.formats.documents import DocumentError
from fujing.law.formats.roster import Roster, read_roster
from fujing.law.provisions import cite
from fujing.law.roster import RosterCheck, check_roster
from fujing.law.roster.reports import Report, write
from fujing.law.roster.reports.document import JsonDocument
from fujing.law.rulebooks.people.titles import TITLES

app = app_of()
SHOWN = 200
"""Findings of the table for people; machines read all of them as JSON."""


@app.callback()
def roster() -> None:
    """花名册."""


@app.command("check")
def check(
    file: Annotated[Path, typer.Argument(help="花名册文件，XLSX 或 CSV")],
    as_of: Annotated[
        datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="基准日，默认今天", metavar="日期")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出一份 JSON 文档")] = False,
    html: Annotated[Path | None, typer.Option(help="另写一份可打印的报告，HTML")] = None,
    xlsx: Annotated[Path | None, typer.Option(help="另写一份逐行结论，XLSX，每章一张工作表")] = None,
    annotated: Annotated[Path | None, typer.Option(help="另写一份花名册副本，XLSX，单元格标色，行末写明结论")] = None,
) -> None:
    """逐人逐机关核对花名册：退出码0为没有违反，1为有违反，2为文件读不出."""
    with uncollected():
        found = read(file)
        judged = checked(found, as_of.date() if as_of else today())
        sys.stderr.writelines(f"{found.file}：{note}\n" for note in found.notes)
        kinds: list[tuple[Path | None, Callable[[RosterCheck, Path], Report]]] = [
            (html, _page),
            (xlsx, _workbook),
            (annotated, _annotated_copy),
        ]
        wanted = [(path, kind) for path, kind in kinds if path]
        _writable([path for path, _ in wanted], file)
        shown = JsonDocument(judged, sys.stdout) if as_json else Tables(judged)
        write(judged, [shown, *(kind(judged, path) for path, kind in wanted)])
        sys.stderr.writelines(f"已写到 {path}\n" for path, _ in wanted)
    raise typer.Exit(VIOLATIONS if judged.violated else OK)


@contextmanager
def uncollected() -> Iterator[None]:
    """One pass over many small objects that never form cycles: looking for some takes a fifth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def read(file: Path) -> Roster:
    """The roster, or every fault of the file and exit 2."""
    try:
        return read_roster(file)
    except DocumentError as error:
        unreadable(str(fault) for fault in error.faults)


def checked(found: Roster, day: date) -> RosterCheck:
    """The check-up, or exit 2 for a day before the Measures."""
    try:
        return check_roster(found, day)
    except OutsideValidity:
        unreadable([f"基准日{day}不能核对：本办法自2021-03-01施行，应为这一天以后"])


# What makes pages and workbooks takes time to load; only who asked for them waits for it.


def _page(checked: RosterCheck, path: Path) -> Report:
    from fujing.law.roster.reports.html import HtmlReport

    return HtmlReport(checked, path)


def _workbook(checked: RosterCheck, path: Path) -> Report:
    from fujing.law.roster.reports.workbook import WorkbookReport

    return WorkbookReport(checked, path)


def _annotated_copy(checked: RosterCheck, path: Path) -> Report:
    from fujing.law.roster.reports.annotated import AnnotatedCopy

    return AnnotatedCopy(checked, path)


def _writable(paths: list[Path], roster: Path) -> None:
    """Each report's place, before anything is written: it can be written to, and is not the roster itself."""
    faults = []
    for path in paths:
        try:
            if path.resolve() == roster.resolve():
                faults.append(f"{path} 是花名册本身，报告应写到另一个文件")
                continue
            path.open("ab").close()
        except OSError as error:
            faults.append(f"{path}：{unopened(error)}")
    if faults:
        unreadable(faults)


class Tables:
    """What people read on the terminal: organs, counts, and the first findings."""

    def __init__(self, checked: RosterCheck) -> None:
        self.checked = checked
        self.rows: list[tuple[object, ...]] = []
        self.count = 0

    def add(self, finding: RowFinding) -> None:
        self.count += 1
        if self.count <= SHOWN:
            outcome = finding.outcome.label
            self.rows.append((finding.row, finding.subject, outcome, finding.message, finding.remedy))

    def close(self) -> None:
        checked = self.checked
        table(
            f"基准日{checked.as_of}，{len(checked.organs)}个机关",
            ["机关代码", "名称", "在职人数", "用人额度"],
            (tuple(organ.values()) for organ in checked.organs),
        )
        table("各条结论", ["条文", "事项", "结论", "数量"], self._summary())
        table("逐项结论", ["行", "公民身份号码或者机关", "结论", "说明", "怎么办"], self.rows)
        if self.count > SHOWN:
            sys.stdout.write(f"只列出前{SHOWN}项，全部{self.count}项用 --json、--html 或者 --xlsx 输出\n")
        if checked.not_covered:
            sys.stdout.write(f"花名册没有下列各列，未核对：{'、'.join(checked.not_covered)}\n")

    def _summary(self) -> Iterator[tuple[object, ...]]:
        for (provision, rule, outcome), count in self.checked.totals.items():
            yield cite(provision), TITLES[rule], outcome.label, count


@app.command("template")
def template(
    file: Annotated[
        Path | None, typer.Argument(help="写到哪个文件；不写时输出到标准输出，终端上为 花名册.xlsx")
    ] = None,
) -> None:
    """空白的花名册：有下拉选项，每列有填写说明和依据的条文."""
    from fujing.law.formats.roster_template import roster_template

    write_workbook(roster_template(), file, "花名册.xlsx")
