"""Pay files as officers keep them, written from plain dictionaries, and what the command says of them."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from fujing.law.formats.pay import MONTHS_COLUMNS, PEOPLE_COLUMNS, PayFiles, read_pay_files
from fujing.law.formats.pay_scheme import Scheme, read_scheme
from tests.law.pay.generated import YEAR, scheme_file

WORDS = {True: "是", False: "否", None: ""}


def written(folder: Path, scheme: dict[str, Any], people: list[dict[str, Any]], months: list[dict[str, Any]]) -> Path:
    (folder / "scheme.yaml").write_text(scheme_file(scheme), "utf-8")
    for name, columns, rows in (("people", PEOPLE_COLUMNS, people), ("months", MONTHS_COLUMNS, months)):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file)
            out.writerow(column.label for column in columns)
            for row in rows:
                cells = (row.get(column.key) for column in columns)
                out.writerow(WORDS.get(cell, cell) if isinstance(cell, bool | None) else cell for cell in cells)
    return folder


def read(folder: Path) -> tuple[Scheme, PayFiles]:
    scheme = read_scheme(folder / "scheme.yaml", YEAR)
    return scheme, read_pay_files(folder / "people.csv", folder / "months.csv", YEAR)


def arguments(folder: Path, *more: str) -> list[str]:
    files = [f"--{name}={folder / file}" for name, file in (("scheme", "scheme.yaml"), ("people", "people.csv"), ("months", "months.csv"))]  # fmt: skip
    return ["pay", "compute", *files, f"--year={YEAR}", *more]
