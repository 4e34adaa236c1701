"""One declaration of a list's columns feeds the screen, the Excel file and the paper.

    COLUMNS = (
        Column("name", "姓名", "person.name", link=lambda row: reverse("desk:person", args=[row.person_id])),
        Column("ends", "合同到期", lambda row: last_day(row.contract_ends), "date"),
        Column("pay", "工资", kind="money", unit="元"),
    )
    table_of(COLUMNS, rows, "花名册")   # for kinds/table.html and for `excel`

A cell has one value. The screen shows it in words, Excel keeps it as a date or number in the same form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from operator import attrgetter
from typing import Any, Literal, NamedTuple

from django.template.loader import render_to_string
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from fujing.kernel.privacy import masked
from fujing.law.provisions import cite
from fujing.web.citations import provision_link

Kind = Literal["text", "integer", "decimal", "money", "score", "date", "moment", "provision"]
Value = str | int | Decimal | date | None
NUMBERS = frozenset({"integer", "decimal", "money", "score"})
CENT = Decimal("0.01")
OPENER = '<span>{}</span><button type="button" class="unfold" aria-expanded="false" aria-label="{}：详情"></button>'
NOTHING = '<span class="muted bare" data-none="{}"></span>'
"""Words that only a card needs are given by the style, so that a cell's text is its value."""
HALF = 20
"""What fits half a phone's card, in halves of a character; what is longer has its own line there."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list.

    `value` is a function of the row or a path of attributes (without one: `key`); None is an empty cell, or the
    word `empty`. A `date` that ends a half-open period is given by `last_day`. `mask` hides a sensitive value
    as its classification says before anybody, screen or file, gets it. `sort` is the path that the database
    orders by ("-" first: descending at the first click); rows that are a list are ordered by the cell's value.
    `colour` makes the cell a tag. A `provision` is given by its address. A column with `template` holds acts instead of a value: it gets the row, is
    on the screen only, and in no file. `optional` ones are shown when they are chosen. `act`: the link is something to do, not the row's name. On a phone a
    `brief` column stands without its label beside the others, a `pick` before the name, and a `folded` one is seen
    when the card is opened.
    """

    key: str
    label: str
    value: Callable[[Any], Any] | str = ""
    kind: Kind = "text"
    unit: str = ""
    sort: str = ""
    mask: bool = False
    link: Callable[[Any], str] | None = None
    colour: Callable[[Any], str] | None = None
    empty: str = ""
    wrap: bool = False
    template: str = ""
    optional: bool = False
    act: bool = False
    phone: Literal["", "brief", "folded", "pick"] = ""

    @property
    def heading(self) -> str:
        """The label with its unit: 金额（元）."""
        return f"{self.label}（{self.unit}）" if self.unit else self.label

    @property
    def number(self) -> bool:
        """Whether the column is aligned right."""
        return self.kind in NUMBERS

    def unsorted(self) -> Column:
        """The same column where its order isn't on offer."""
        return replace(self, sort="")

    def of(self, row: Any) -> Value:
        """The value of a row's cell as every output has it."""
        found = self.value(row) if callable(self.value) else attrgetter(self.value or self.key)(row)
        if callable(found):  # get_…_display and the like
            found = found()
        if self.mask and found:
            found = masked(row, self.key)
        return _plain(self.kind, found, self.empty)


def _plain(kind: Kind, found: Any, empty: str) -> Value:
    """A value to the precision in which it is shown: days, minutes, cents; words stay words."""
    if found is None or found == "":
        return empty or None
    if kind == "text" and not isinstance(found, bool):
        return str(found)
    if kind == "moment" and isinstance(found, datetime):
        return localtime(found).replace(tzinfo=None, second=0, microsecond=0)
    if isinstance(found, datetime):
        return localtime(found).date()
    if kind in {"money", "score"}:
        try:
            return Decimal(found).quantize(CENT, ROUND_HALF_UP)
        except InvalidOperation:
            return str(found)
    if isinstance(found, bool):
        return "是" if found else "否"
    return found if isinstance(found, int | Decimal | date) else str(found)


def shown(kind: Kind, value: Value) -> str:
    """A value as the screen and the paper show it, and as Excel does by its format."""
    if value is None:
        return ""
    if kind == "provision":
        return cite(str(value))
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if kind in {"money", "decimal"} and isinstance(value, int | Decimal):
        return f"{value:,.2f}"
    return str(value)


def last_day(until: date | None) -> date | None:
    """The last day of a half-open period, as lists show it."""
    return until - timedelta(days=1) if until else None


class Cell(NamedTuple):
    """One cell: its value, what is shown, and the table's markup of it."""

    value: Value
    text: str
    td: SafeString


class Heading(NamedTuple):
    """One heading. `url` sorts by it, `direction` says how the rows are sorted by it now."""

    label: str
    css: str
    url: str = ""
    direction: str = ""
    arrow: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """What kinds/table.html, Excel and a paper show: the same cells in the same order."""

    label: str
    columns: Sequence[Column]
    headings: Sequence[Heading]
    rows: Sequence[Sequence[Cell]]
    total: Sequence[Cell] | None
    empty: str

    @property
    def data(self) -> list[Column]:
        """The columns that hold values; acts are on the screen only."""
        return [column for column in self.columns if not column.template]

    @property
    def values(self) -> list[list[Value]]:
        """The cells of every row, the total last, for a file."""
        places = [place for place, column in enumerate(self.columns) if not column.template]
        every = [*self.rows, self.total] if self.total else self.rows
        return [[row[place].value for place in places] for row in every]

    @property
    def widths(self) -> tuple[int, ...]:
        """Shares of a paper's line by what the columns hold, in halves of a character."""
        held = list(zip(*self.texts, strict=True)) if self.texts else [()] * len(self.data)
        return tuple(
            min(36, max(8, max(map(_width, (column.heading, *cells))) + 2))
            for column, cells in zip(self.data, held, strict=True)
        )

    @property
    def texts(self) -> tuple[tuple[str, ...], ...]:
        """The same as they are shown, for a paper."""
        places = [place for place, column in enumerate(self.columns) if not column.template]
        every = [*self.rows, self.total] if self.total else self.rows
        return tuple(tuple(row[place].text for place in places) for row in every)


def _width(text: str) -> int:
    """How wide a text is: two for a character, one for a digit or letter."""
    return sum(1 if sign.isascii() else 2 for sign in text)


def unlinked(columns: Iterable[Column]) -> list[Column]:
    """The same columns for whoever may not open what they lead to."""
    return [replace(column, link=None) for column in columns]


def table_of(
    columns: Sequence[Column],
    rows: Iterable[Any],
    label: str,
    *,
    headings: Sequence[Heading] | None = None,
    total: Any = None,
    empty: str = "没有符合条件的内容。",
) -> Table:
    """The rows as a table; `total` is one more row, below the others."""
    lead, opens = leading(columns), any(column.phone == "folded" for column in columns)
    return Table(
        label,
        columns,
        headings or [plain_heading(column) for column in columns],
        [[cell_of(column, row, lead=column is lead, opens=opens) for column in columns] for row in rows],
        [cell_of(column, total, lead=column is lead) for column in columns] if total is not None else None,
        empty,
    )


def plain_heading(column: Column) -> Heading:
    """A heading that sorts nothing."""
    return Heading(column.heading, "num" if column.number else "")


def leading(columns: Sequence[Column]) -> Column | None:
    """The column that says which row it is, at the top of its card: the first that leads somewhere, else the first of words."""
    worded = [each for each in columns if not each.number]
    named = (each for each in worded if each.link and not each.act)
    return next(named, next(iter([*worded, *columns]), None))


def cell_of(column: Column, row: Any, *, lead: bool = False, opens: bool = False) -> Cell:
    """One cell; that which leads opens the card where columns are folded. Its markup is made here: ten nodes of a template for each of a thousand cells take too long."""
    if column.template:
        acts = SafeString(render_to_string(column.template, {"row": row}).strip())  # nothing around it: td:empty
        return Cell(None, "", _td(f"does {column.phone}".strip(), column, acts))
    value = column.of(row)
    text = shown(column.kind, value)
    inner = provision_link(str(value)) if text and column.kind == "provision" else escape(text)
    url = column.link(row) if column.link else ""
    colour = column.colour(row) if text and column.colour else ""
    if url:
        # j and k walk from row to row, not from number to number.
        markup = '<a class="{}" href="{}">{}</a>' if column.number else '<a data-row class="{}" href="{}">{}</a>'
        inner = format_html(markup, colour, url, text or "查看")
    elif colour:
        inner = format_html('<span class="tag {}">{}</span>', colour, text)
    words = ["num" if column.number else "" if column.wrap else "nowrap"]
    words += [
        name
        for name, applies in (
            ("wide", _width(text) > HALF),
            ("lead", lead),
            ("tagged", colour and not url),
            (column.phone, True),
        )
        if applies
    ]
    if lead and opens:
        none = f"无{column.label}"
        inner = format_html(OPENER, inner or format_html(NOTHING, none), text or none)
    # In a file a provision is named as on the screen, not by its address.
    kept = text if column.kind == "provision" else value
    return Cell(kept, text, _td(" ".join(filter(None, words)), column, inner))


def _td(css: str, column: Column, inner: str) -> SafeString:
    """The markup of a cell. It carries its role and heading, because on a phone the row is a card."""
    return format_html('<td role="cell" class="{}" data-label="{}">{}</td>', css, column.heading, inner)
