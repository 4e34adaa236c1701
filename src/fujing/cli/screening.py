"""`fujing screen` and `fujing schema`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from pydantic import BaseModel

from fujing.cli import output
from fujing.kernel.clock import today
from fujing.kernel.exchange import Column, TableError
from fujing.law.findings import Finding
from fujing.law.formats import applicants as applicants_format
from fujing.law.formats.announcement import Announcement, read_announcement
from fujing.law.formats.applicants import read_applicants
from fujing.law.formats.documents import DocumentError
from fujing.law.provisions import cite
from fujing.law.screening import ELIGIBILITY, Screening, UnknownPosition, screen

LABELS = {"eligible": "符合", "undetermined": "待核实", "ineligible": "不符合"}
assert set(LABELS) == set(ELIGIBILITY.values())


def table_schema(title: str, columns: tuple[Column, ...]) -> dict:
    """JSON Schema of one row of a table; Chinese headers are given as titles."""
    types = {
        "text": "string",
        "date": "string",
        "decimal": "number",
        "integer": "integer",
        "bool": "boolean",
        "choice": "string",
    }
    properties: dict[str, dict] = {}
    for column in columns:
        properties[column.key] = {"title": column.label, "type": [types[column.kind], "null"]}
        if column.kind == "date":
            properties[column.key]["format"] = "date"
        if column.choices:
            properties[column.key]["enum"] = [*sorted(set(column.choices.values())), None]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "type": "array",
        "items": {
            "type": "object",
            "properties": properties,
            "required": [column.key for column in columns if column.required],
            "additionalProperties": False,
        },
    }


def model_schema(title: str, model: type[BaseModel]) -> dict:
    """JSON Schema of a pydantic model."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **model.model_json_schema(),
        "title": title,
    }


def schemas() -> dict[str, dict]:
    """Every public format that exists."""
    return {
        "announcement": {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "招聘公告",
            "type": "object",
            "properties": {"announcement": Announcement.model_json_schema(ref_template="#/$defs/{model}")},
            "required": ["announcement"],
        },
        "applicants": table_schema("报名表", applicants_format.COLUMNS),
        "findings": {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "结论",
            "type": "array",
            "items": Finding.model_json_schema(),
        },
    }


def document(screening: Screening) -> dict:
    """The documented JSON of a screening."""
    book = screening.edition
    return {
        "rule_book": {
            "id": book.book.id if book else None,
            "hash": book.hash if book else None,
            "as_of": str(screening.as_of),
        },
        "counts": screening.counts,
        "not_covered": list(screening.not_covered),
        "results": list(screening.results()),
    }


def show(screening: Screening) -> None:
    """The same for people: counts, then those about whom there is something to say."""
    rows = [
        (
            result["subject"],
            result["position"],
            LABELS[result["outcome"]],
            "\n".join(
                f"{cite(finding['provision'])}：{finding['message']}" for finding in result["findings"]
            ),
        )
        for result in screening.results()
        if result["outcome"] != "eligible"
    ]
    counts = "，".join(f"{LABELS[name]} {number}" for name, number in screening.counts.items())
    output.table(f"资格筛查：{counts}", ["报名序号", "岗位", "结论", "说明"], rows)
    if screening.not_covered:
        names = "、".join(applicants_format.LABELS[key] for key in screening.not_covered)
        typer.echo(f"报名表没有下列列，本次未涉及：{names}")


def register(app: typer.Typer) -> None:
    """Add this module's commands to the root command."""

    @app.command("screen")
    def screen_command(
        announcement: Annotated[Path, typer.Option(help="公告文件，YAML 或 JSON")],
        applicants: Annotated[Path, typer.Option(help="报名表，CSV、XLSX 或 Parquet")],
        as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
    ) -> None:
        """逐人核对是否符合应聘条件。"""
        faults: list[str] = []
        notice, table = None, None
        try:
            notice = read_announcement(announcement)
        except DocumentError as error:
            faults += [str(fault) for fault in error.faults]
        try:
            table = read_applicants(applicants)
        except TableError as error:
            faults += [str(fault) for fault in error.faults]
        if notice is None or table is None:
            output.unreadable(faults)
        try:
            screening = screen(notice, table, today=today())
        except UnknownPosition as error:
            output.unreadable(f"{applicants.name}：{line}" for line in str(error).splitlines())
        if as_json:
            output.emit_json(document(screening))
        else:
            show(screening)
        if screening.counts["ineligible"]:
            raise typer.Exit(output.VIOLATIONS)

    @app.command("schema")
    def schema_command(
        name: Annotated[str, typer.Argument(help="announcement、applicants、scores、roster、findings")],
    ) -> None:
        """输出公开格式的 JSON Schema。"""
        found = schemas()
        if name not in found:
            sys.stderr.write(f"没有名为 {name} 的格式，可用的有：{'、'.join(sorted(found))}\n")
            raise typer.Exit(output.UNREADABLE)
        output.emit_json(found[name])
