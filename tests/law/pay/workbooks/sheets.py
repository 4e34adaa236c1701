"""Small sheets of a few columns, checked by the command: what is said of which cell."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from typer.testing import CliRunner

from fujing.cli import app
from fujing.kernel.excel import Grid
from fujing.law.pay.workbook import Figures, PayBook, check_workbook
from fujing.law.pay.workbook.tables import understood
from fujing.law.pay.workbook.telling import CellFinding

MONTH = "2026年1月"
RULES = frozenset(
    [
        "attendance",
        "base.ceiling",
        "base.floor",
        "contribution.employer",
        "contribution.missing",
        "contribution.person",
        "contribution.rate",
        "contribution.sides",
        "date",
        "floor",
        "formula.overwritten",
        "formula.stale",
        "formula.uncomputed",
        "minimum_wage",
        "month",
        "month.missing",
        "person.account",
        "person.number",
        "person.twice",
        "person.unnamed",
        "sum.column",
        "sum.contributions",
        "sum.deductions",
        "sum.gross",
        "sum.headcount",
        "sum.net",
        "tax",
        "value.negative",
        "value.text",
    ]
)
"""All of them, behind `pay.`."""


def document(folder: Path, sheets: Mapping[str, Sequence[Sequence[Any]]], *options: str, name: str = "表.xlsx") -> Any:
    """What `fujing pay check` says of sheets, the headings of each in its first row."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for sheet, rows in sheets.items():
        page = book.create_sheet(sheet)
        for row in rows:
            page.append(list(row))
    book.save(folder / name)
    result = CliRunner().invoke(app, ["pay", "check", str(folder / name), "--json", *options])
    assert result.exit_code in (0, 1), result.output
    return json.loads(result.stdout)


def told(folder: Path, rows: Sequence[Sequence[Any]], *rules: str, month: str = MONTH, options: Sequence[str] = ()) -> list[str]:  # fmt: skip
    """The findings of some rules (`contribution`, `sum.net`) in one month's sheet: cell, rule, outcome."""
    return [
        f"{each['cell']} {each['rule'].removeprefix('pay.')} {each['outcome']}"
        for each in document(folder, {month: rows}, *options)["findings"]
        if each["rule"].removeprefix("pay.").startswith(rules)
    ]


def understood_as(sheets: Mapping[str, Sequence[Sequence[Any]]], file: str = "表.xlsx") -> PayBook:
    """Sheets as they are read from a file, without one: empty cells are empty texts, and rows equally long."""
    grids = {}
    for sheet, rows in sheets.items():
        width = max(map(len, rows))
        filled = [["" if cell is None else cell for cell in [*row, *[None] * (width - len(row))]] for row in rows]
        grids[sheet] = Grid(filled, [], {}, [])
    return understood(file, grids)


def found(
    sheets: Mapping[str, Sequence[Sequence[Any]]], *rules: str, figures: Figures | None = None
) -> list[CellFinding]:
    """What is said of sheets by some rules, or by all those behind a word (`contribution`); of no rule that isn't one."""
    every = check_workbook(understood_as(sheets), figures or Figures()).findings
    said = [(each.rule.removeprefix("pay."), each) for each in every]
    assert {rule for rule, _ in said} <= RULES
    return [each for rule, each in said if rule in rules or rule.partition(".")[0] in set(rules) - RULES]


def cells(findings: Sequence[CellFinding]) -> list[str]:
    """Findings as `sheet!cell outcome`, without the month that `MONTH` names."""
    return [f"{each.sheet}!{each.cell} {each.outcome}".removeprefix(f"{MONTH}!") for each in findings]
