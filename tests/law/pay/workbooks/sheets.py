"""Small sheets of a few columns, checked by the command: what is said of which cell."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from typer.testing import CliRunner

from fujing.cli import app

MONTH = "2026年1月"


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
