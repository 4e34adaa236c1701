"""`fujing roster`: a bureau that has only Excel learns whether it is lawful."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from fujing.cli.commands import app_of
from fujing.cli.output import OK, VIOLATIONS, table, unreadable
from fujing.kernel.clock import today
from fujing.law.engine import OutsideValidity
from fujing.law.findings import Outcome
from fujing.law.formats.documents import DocumentError
from fujing.law.formats.roster import Roster, read_roster
from fujing.law.provisions import cite
from fujing.law.roster import RosterCheck, check_roster

app = app_of()
SHOWN = 200
"""Findings of the table for people; machines read all of them as JSON."""
BLOCK = 1000
"""Findings written at once."""


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
) -> None:
    """逐人逐机关核对花名册：退出码0为没有违反，1为有违反，2为文件读不出."""
    found = read(file)
    checked = _checked(found, as_of.date() if as_of else today())
    sys.stderr.writelines(f"{found.file}：{note}\n" for note in found.notes)
    (_write_json if as_json else _write_table)(checked)
    raise typer.Exit(VIOLATIONS if checked.violated else OK)


def read(file: Path) -> Roster:
    """The roster, or every fault of the file and exit 2."""
    try:
        return read_roster(file)
    except DocumentError as error:
        unreadable(str(fault) for fault in error.faults)


def _checked(found: Roster, day: date) -> RosterCheck:
    try:
        return check_roster(found, day)
    except OutsideValidity:
        unreadable([f"基准日{day}不能核对：本办法自2021-03-01施行，应为这一天以后"])


def _write_json(checked: RosterCheck) -> None:
    """The document of FORMATS, one finding a line."""
    head = {
        "as_of": checked.as_of.isoformat(),
        "organs": checked.organs,
        "counts": checked.counts,
        "not_covered": checked.not_covered,
    }
    sys.stdout.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "findings": [')
    lines = (finding.model_dump_json() for finding in checked.findings())
    separator = "\n"
    while block := list(islice(lines, BLOCK)):
        sys.stdout.write(separator + ",\n".join(block))
        separator = ",\n"
    sys.stdout.write("\n]}\n")


def _write_table(checked: RosterCheck) -> None:
    table(
        f"基准日{checked.as_of}，{len(checked.organs)}个机关",
        ["机关代码", "名称", "在职人数", "用人额度"],
        (tuple(organ.values()) for organ in checked.organs),
    )
    table("各条结论", ["条文", "规则", "结论", "人数（机关数）"], _summary(checked))
    rows = list(islice(_lines(checked), SHOWN + 1))
    table("逐项结论", ["行", "公民身份号码或者机关", "结论", "说明", "怎么办"], rows[:SHOWN])
    if len(rows) > SHOWN:
        sys.stdout.write(f"只列出前{SHOWN}项，全部结果用 --json、--html 或者 --xlsx 输出\n")
    if checked.not_covered:
        sys.stdout.write(f"花名册没有下列各列，未核对：{'、'.join(checked.not_covered)}\n")


def _summary(checked: RosterCheck) -> Iterator[tuple[object, ...]]:
    for (provision, rule, outcome), count in checked.totals.items():
        if outcome is not Outcome.SATISFIED:
            yield cite(provision), rule, outcome.label, count


def _lines(checked: RosterCheck) -> Iterator[tuple[object, ...]]:
    for finding in checked.findings():
        yield finding.row, finding.subject, finding.outcome.label, finding.message, finding.remedy
