"""`fujing screen`: who may be admitted to which post; `fujing schema`: the formats' JSON Schema."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import islice
from json.encoder import encode_basestring as encode_string
from pathlib import Path
from typing import Annotated

import polars as pl
import typer

from fujing.cli.output import OK, VIOLATIONS, emit_json, table, unreadable
from fujing.kernel.clock import today
from fujing.law.findings import Finding
from fujing.law.formats.announcement import Announcement, read_announcement
from fujing.law.formats.applicants import LABELS as COLUMN_LABELS
from fujing.law.formats.applicants import read_applicants
from fujing.law.formats.documents import Fault, gathered
from fujing.law.formats.schemas import SCHEMAS
from fujing.law.screening import Screening, screen
from fujing.law.screening.screen import LABELS, Result

SHOWN = 200
"""Rows of the table for people; machines read all of them as JSON."""
BLOCK = 1000
"""Results written at once."""


def register(app: typer.Typer) -> None:
    """Add this module's commands to the root command."""
    app.command("screen")(screen_applicants)
    app.command("schema")(schema)


def screen_applicants(
    announcement: Annotated[Path, typer.Option(help="公告文件，YAML 或 JSON")],
    applicants: Annotated[Path, typer.Option(help="报名表，CSV、XLSX 或 Parquet")],
    as_json: Annotated[bool, typer.Option("--json", help="输出一份 JSON 文档")] = False,
) -> None:
    """逐人核对报考资格：退出码0为没有不合格，1为有不合格，2为文件读不出."""
    document, frame, notes = _read(announcement, applicants)
    screened = screen(document, frame, today=today())
    sys.stderr.writelines(f"{note}\n" for note in notes)
    if document.extra_disqualifiers:
        barred = "、".join(document.extra_disqualifiers)
        sys.stderr.write(f"公告另定的不得报考情形（{barred}）不在报名表的列中，未核对\n")
    (_write_json if as_json else _write_table)(screened)
    raise typer.Exit(VIOLATIONS if screened.counts["ineligible"] else OK)


def schema(
    name: Annotated[str, typer.Argument(help="、".join(SCHEMAS))],
    as_json: Annotated[bool, typer.Option("--json", help="同样是一份 JSON 文档")] = False,
) -> None:
    """打印一种文件的 JSON Schema，总是 JSON."""
    if name not in SCHEMAS:
        unreadable([f"没有名为“{name}”的文件格式，应为 {'、'.join(SCHEMAS)}"])
    emit_json(SCHEMAS[name]())


def _read(announcement: Path, applicants: Path) -> tuple[Announcement, pl.DataFrame, list[str]]:
    """Both files, or every fault of both."""
    faults: list[Fault] = []
    notes: list[str] = []
    document, frame = None, None
    with gathered(faults):
        document = read_announcement(announcement)
    with gathered(faults):
        frame = read_applicants(applicants, document, notes)
    if document is None or frame is None:
        unreadable(str(fault) for fault in faults)
    return document, frame, notes


def _write_json(screened: Screening) -> None:
    """The document of FORMATS, one result a line: a million of them neither fit nor need a tree."""
    head = {"rule_book": screened.edition.rule_book, "counts": screened.counts, "not_covered": screened.not_covered}
    sys.stdout.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "results": [')
    lines = map(_json_line, screened.results())
    separator = "\n"
    while block := list(islice(lines, BLOCK)):
        sys.stdout.write(separator + ",\n".join(block))
        separator = ",\n"
    sys.stdout.write("\n]}\n")


def _json_line(result: Result) -> str:
    subject, position, outcome, findings = result
    listed = ", ".join([finding.model_dump_json() for finding in findings])
    return (
        f'{{"subject": {encode_string(subject)}, "position": {encode_string(position)}, '
        f'"outcome": "{outcome}", "findings": [{listed}]}}'
    )


def _write_table(screened: Screening) -> None:
    counts = "，".join(f"{LABELS[status]}{count}人" for status, count in screened.counts.items())
    rows = list(islice(_lines(screened), SHOWN + 1))
    table(counts, ["报名序号", "岗位", "结论", "说明"], rows[:SHOWN])
    if len(rows) > SHOWN:
        sys.stdout.write(f"只列出前{SHOWN}行，全部结果用 --json 输出\n")
    if screened.not_covered:
        names = "、".join(COLUMN_LABELS[key] for key in screened.not_covered)
        sys.stdout.write(f"报名表没有下列各列，未核对：{names}\n")


def _lines(screened: Screening) -> Iterator[tuple[str, str, str, str]]:
    for subject, position, status, findings in screened.results():
        for finding in findings:
            yield subject, position, LABELS[status], _sentence(finding)


def _sentence(finding: Finding) -> str:
    return f"{finding.outcome.label}：{finding.message}"
