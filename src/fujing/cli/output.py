"""What all commands share: one JSON document or a readable table, and the exit codes of FORMATS."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NoReturn

import typer

from fujing.kernel.sheets import unopened

OK, VIOLATIONS, UNREADABLE, FORBIDDEN, OUR_FAULT = 0, 1, 2, 3, 70


def emit_json(document: Any) -> None:
    """Print exactly one document on stdout, characters unescaped."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=1, default=str) + "\n")


def table(title: str, headers: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows for people; long cells wrap rather than vanish."""
    # Only people wait for it to load, not machines that read JSON.
    from rich.console import Console
    from rich.table import Table

    view = Table(title=title, title_justify="left")
    for header in headers:
        view.add_column(header, overflow="fold")
    for row in rows:
        view.add_row(*("" if cell is None else str(cell) for cell in row))
    Console().print(view)


def write_workbook(content: bytes, file: Path | None, usual: str) -> None:
    """A workbook into a file, down a pipe, or (on a terminal) into the usual file, which is never overwritten."""
    if file is None and not sys.stdout.isatty():
        sys.stdout.buffer.write(content)
        return
    target = file or Path(usual)
    if file is None and target.exists():
        unreadable([f"{target} 已经存在，请写明另一个文件名"])
    try:
        target.write_bytes(content)
    except OSError as error:
        unreadable([f"{target}：{unopened(error)}"])
    sys.stderr.write(f"已写到 {target}\n")


def unreadable(faults: Iterable[str]) -> NoReturn:
    """Every reason why the input could not be read, on stderr, then exit 2."""
    for fault in faults:
        sys.stderr.write(f"{fault}\n")
    raise typer.Exit(UNREADABLE)
