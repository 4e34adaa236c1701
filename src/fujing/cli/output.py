"""What all commands share: one JSON document or a readable table, and the exit codes of FORMATS."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

import typer
from rich.console import Console
from rich.table import Table

OK, VIOLATIONS, UNREADABLE, FORBIDDEN, OUR_FAULT = 0, 1, 2, 3, 70


def emit_json(document: Any) -> None:
    """Print exactly one document on stdout, characters unescaped."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=1, default=str) + "\n")


def table(title: str, headers: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows for people; long cells wrap rather than vanish."""
    view = Table(title=title, title_justify="left")
    for header in headers:
        view.add_column(header, overflow="fold")
    for row in rows:
        view.add_row(*("" if cell is None else str(cell) for cell in row))
    Console().print(view)


def unreadable(faults: Iterable[str]) -> NoReturn:
    """Every reason why the input could not be read, on stderr, then exit 2."""
    for fault in faults:
        sys.stderr.write(f"{fault}\n")
    raise typer.Exit(UNREADABLE)
