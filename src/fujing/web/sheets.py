"""What the desk hands out as a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from django.http import Http404, HttpResponse

from fujing.kernel.exchange import Column, Table
from fujing.kernel.papers import Grid, Paper, Text, pdf, word
from fujing.kernel.workbooks import ROWS_TO_FILL, Cell, workbook
from fujing.web import values
from fujing.web.columns import Column as ShownColumn
from fujing.web.columns import Table as Shown
from fujing.web.columns import table_of
from fujing.web.requests import Request

BLANK = "＿＿＿＿＿＿"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PRINTERS = {"docx": (word, WORD), "pdf": (pdf, "application/pdf")}


def download(content: bytes, name: str, content_type: str) -> HttpResponse:
    """A file for saving, under its Chinese name."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def paper_kind(request: Request) -> str:
    """Which file of a paper the address asks for (`as`): pdf unless docx. There is no other."""
    suffix = values.words(request.GET, "as") or "pdf"
    if suffix not in PRINTERS:
        raise Http404("没有这种文件")
    return suffix


def printed(paper: Paper, suffix: str) -> HttpResponse:
    """A paper for saving, under its title."""
    printer, content_type = PRINTERS[suffix]
    return download(printer(paper), f"{paper.title}.{suffix}", content_type)


def table_excel(name: str, table: Shown) -> HttpResponse:
    """What a list shows, as an Excel file: the same columns, rows and values."""
    return download(workbook(table.data, table.values), f"{name}.xlsx", EXCEL)


def table_paper(name: str, table: Shown, said: str, signers: Sequence[str], suffix: str) -> HttpResponse:
    """What a list shows, as a paper to be signed: A4 across, with a line for each of those who sign."""
    grid = Grid(
        tuple(column.heading for column in table.data),
        table.texts,
        table.widths,
        frozenset(place for place, column in enumerate(table.data) if column.number),
    )
    signed = "　　".join(f"{signer}：{BLANK}" for signer in signers)
    below = Text(f"{signed}　　日期：{BLANK}")
    blocks = (Text(said), grid, below) if said else (grid, below)
    return printed(Paper(title=name, blocks=blocks, wide=True), suffix)


def excel(name: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """Rows in a format that can be read in again, as an Excel file."""
    return download(workbook(columns, rows), f"{name}.xlsx", EXCEL)


def excel_template(name: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]] = ()) -> HttpResponse:
    """A sheet for filling in, with drop-downs."""
    return download(workbook(columns, rows, empty_rows=ROWS_TO_FILL), f"{name}.xlsx", EXCEL)


FAULTS = (
    ShownColumn("place", "位置", empty="整个文件"),
    ShownColumn("value", "现为", wrap=True),
    ShownColumn("expected", "应为", wrap=True),
)


def faults_of(table: Table) -> Shown | None:
    """Every fault of a sheet for the page: where, what stands there, what should; None if there is none."""
    return table_of(FAULTS, table.faults, "需要修改的内容") if table.faults else None
