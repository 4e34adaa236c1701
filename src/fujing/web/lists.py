"""Lists: filters, sorting, chosen columns and paging as links, so that a list's state is its address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from fujing.kernel.counts import counted_by
from fujing.web import values
from fujing.web.columns import Column, Heading, plain_heading, table_of
from fujing.web.requests import Request
from fujing.web.sheets import table_excel, table_paper

PAGING = ("after", "before", "page")
PAGE, MOST_PAGES = 100, 999_999
NARROWED_TO_NOTHING = "没有符合条件的内容。"
FILES = ("xlsx", "docx", "pdf")
MOST_EXPORTED, MOST_PRINTED = 20_000, 2_000
"""Rows of one Excel file and of one signed paper; who needs more narrows the list."""


SIGNED = {"pdf": "签字表 PDF", "docx": "签字表 Word"}


class Link(NamedTuple):
    """One choice of a filter."""

    label: str
    url: str
    current: bool
    matches: int | None = None


def address(request: Request, **changes: str) -> str:
    """The present address with parameters changed, emptied ones left out, back on the first page."""
    query = request.GET.copy()
    for name in (*PAGING, "as"):
        query.pop(name, None)
    for name, value in changes.items():
        if value:
            query[name] = value
        else:
            query.pop(name, None)
    return f"?{query.urlencode()}"


def kept(request: Request, *but: str) -> list[tuple[str, str]]:
    """Parameters of the address that a form which sets `but` has to send along."""
    dropped = {*PAGING, "as", *but}
    return [(name, value) for name, values in request.GET.lists() if name not in dropped for value in values if value]


def filter_links(
    request: Request, parameter: str, choices: Iterable[tuple[str, str]], counts: Mapping[str, int] | None = None
) -> list[Link]:
    """全部 and each choice as a link that keeps every other filter; `counts` by value."""
    choices = list(choices)
    offered = {"": "全部", **dict(choices)}
    chosen = values.choice(request.GET, parameter, offered)
    known = {} if counts is None else {"": sum(counts.values()), **dict.fromkeys(dict(choices), 0), **counts}
    return [
        Link(label, address(request, **{parameter: value}), value == chosen, known.get(value))
        for value, label in offered.items()
    ]


def year_links(request: Request, years: Iterable[int], chosen: int) -> tuple[str, list[Link]]:
    """The years of a page that always shows one of them, as a filter without 全部."""
    links = filter_links(request, "year", [(f"{year}", f"{year}年") for year in years])[1:]
    return "年度", [link._replace(current=link.label == f"{chosen}年") for link in links]


def narrowed(
    request: Request, rows: QuerySet[Any], field: str, choices: Sequence[tuple[str, str]]
) -> tuple[QuerySet[Any], list[Link]]:
    """The rows with the value of a field that is asked for, all without one; and its values as links with their counts."""
    chosen = values.choice(request.GET, field, dict(choices))
    found = rows.filter(**{field: chosen}) if chosen else rows
    return found, filter_links(request, field, choices, counted_by(rows, field))


def narrowed_by(
    filters: Iterable[tuple[str, Sequence[Link]]], asked: Iterable[tuple[str, object]] | None = None
) -> str:
    """What was chosen, each with its label: in a form, and in filters, of which the first choice narrows nothing."""
    chosen = [(label, link.label) for label, links in filters for link in links[1:] if link.current]
    return "，".join(f"{label} {said}" for label, said in (*(asked or ()), *chosen) if said)


def page_of(request: Request) -> int:
    """The page that the address asks for, from 1."""
    return values.number(request.GET, "page", 1, least=1, most=MOST_PAGES)


def as_file(request: Request) -> bool:
    """Whether the address asks for a file: it holds every row, not one page."""
    return values.words(request.GET, "as") in FILES


def paged(request: Request, rows: QuerySet[Any] | list[Any], size: int = PAGE) -> tuple[list[Any], dict[str, str]]:
    """One page of the rows (`page` in the address, from 1) and the links of the pager."""
    page = page_of(request)
    found = list(rows[(page - 1) * size : page * size + 1])
    following = address(request, page=str(page + 1)) if len(found) > size else ""
    return found[:size], {"next_url": following, "previous_url": address(request) if page > 1 else ""}


def headings(request: Request, columns: Sequence[Column]) -> list[Heading]:
    """Headings with the link that sorts by them; the present one turns round. `sort=-key` is descending."""
    present = values.words(request.GET, "sort")
    made = []
    for column in columns:
        plain = plain_heading(column)
        if not column.sort:
            made.append(plain)
            continue
        first, turned = (
            (f"-{column.key}", column.key) if column.sort.startswith("-") else (column.key, f"-{column.key}")
        )
        direction = {column.key: "ascending", f"-{column.key}": "descending"}.get(present, "")
        arrow = {"ascending": " ▲", "descending": " ▼"}.get(direction, "")
        url = address(request, sort=turned if present == first else first)
        made.append(plain._replace(url=url, direction=direction, arrow=arrow))
    return made


def sorting(request: Request, columns: Sequence[Column]) -> tuple[Column | None, bool]:
    """The column that the address sorts by, and whether descending."""
    present = values.words(request.GET, "sort")
    found = next((each for each in columns if each.sort and each.key == present.lstrip("-")), None)
    return found, present.startswith("-")


def in_order(request: Request, columns: Sequence[Column], rows: Any) -> Any:
    """The rows sorted as the address says; what has no value comes last. Without a word there, as they come."""
    column, descending = sorting(request, columns)
    if column is None:
        return rows
    if isinstance(rows, QuerySet):
        by = F(column.sort.lstrip("-"))
        return rows.order_by(by.desc(nulls_last=True) if descending else by.asc(nulls_last=True), "pk")
    known = [row for row in rows if column.of(row) is not None]
    known.sort(key=lambda row: column.of(row), reverse=descending)  # type: ignore[arg-type, return-value]
    return known + [row for row in rows if column.of(row) is None]


def columns_chosen(request: Request, columns: Sequence[Column]) -> list[Column]:
    """The columns in the address (`cols`, several times), in their own order; else those that aren't optional."""
    asked = set(values.several(request.GET, "cols"))
    chosen = [each for each in columns if each.key in asked]
    return [*columns[:1], *(each for each in chosen if each != columns[0])] if chosen else usual(columns)


def usual(columns: Sequence[Column]) -> list[Column]:
    """What is shown when nothing was chosen."""
    return [each for each in columns if not each.optional]


def list_of(
    request: Request,
    columns: Sequence[Column],
    rows: Any,
    label: str,
    *,
    dress: Callable[[list[Any]], Any] | None = None,
    empty: str = "",
    size: int = PAGE,
    filters: Sequence[tuple[str, Sequence[Link]]] = (),
    asked: Iterable[tuple[str, object]] | None = None,
) -> dict[str, Any]:
    """What kinds/list.html shows of a list: one page of the rows, or all of them for `as=xlsx`.

    `dress` adds to the rows of a page what their query doesn't have (names of organs), in one go. `empty` is what a
    list says that has nothing yet; one that was narrowed to nothing says so in its own words.
    """
    chosen = columns_chosen(request, columns)
    ordered = in_order(request, columns, rows)
    if as_file(request):
        found, pager = list(ordered[: MOST_EXPORTED + 1]), {"next_url": "", "previous_url": ""}
    else:
        found, pager = paged(request, ordered, size)
    if dress:
        dress(found)
    return listed(request, columns, chosen, found, label, empty=empty, filters=filters, asked=asked) | pager


def listed(
    request: Request,
    columns: Sequence[Column],
    chosen: Sequence[Column],
    found: Sequence[Any],
    label: str,
    *,
    empty: str = "",
    filters: Sequence[tuple[str, Sequence[Link]]] = (),
    asked: Iterable[tuple[str, object]] | None = None,
) -> dict[str, Any]:
    """The same for rows that were sorted and paged already, by a key of their own.

    `asked`: what a form of the page's own (its block `narrow`) narrows by, with labels; None where it has none.
    """
    optional = any(each.optional for each in columns)
    shown = {each.key for each in chosen}
    narrowed = bool(kept(request, "sort", "cols"))
    paging = any(values.words(request.GET, name) for name in PAGING)
    if not (found or narrowed or paging):
        filters = ()  # nothing to choose from
    said = NARROWED_TO_NOTHING if narrowed or paging else empty or f"还没有{label}。"
    return {
        "title": label,
        "table": table_of(chosen, found, label, headings=headings(request, chosen), empty=said),
        "filters": filters,
        "folded": bool(filters) or asked is not None,
        "active": narrowed_by(filters, asked),
        "narrowed": narrowed,
        "export_url": address(request, **{"as": "xlsx"}),
        "column_choices": [(each.key, each.heading, each.key in shown) for each in columns[1:]] if optional else [],
        "column_kept": kept(request, "cols"),
    }


def list_response(
    request: Request,
    context: dict[str, Any],
    template: str = "kinds/list.html",
    *,
    name: str = "",
    signers: Sequence[str] = (),
    status: int = 200,
) -> HttpResponse:
    """The page, or the same rows as a file: `as=xlsx`, and for a list that `signers` sign `as=pdf` or `as=docx`.

    Too many rows for one file are refused on the page.
    """
    context = {"summary": "", "note": "", "export_url": "", "signed_urls": [], **context}
    suffix, table, title = values.words(request.GET, "as"), context["table"], name or context["title"]
    if signers:
        context["signed_urls"] = [(label, address(request, **{"as": kind})) for kind, label in SIGNED.items()]
    if suffix == "xlsx" and context["export_url"]:
        if len(table.rows) <= MOST_EXPORTED:
            return table_excel(title, table)
        context["note"] = f"超过一次导出的 {MOST_EXPORTED} 行，没有导出。请先筛选，再分次导出。"
    elif suffix in SIGNED and signers:
        if len(table.rows) <= MOST_PRINTED:
            return table_paper(title, table, context["summary"], signers, suffix)
        context["note"] = f"超过一次打印的 {MOST_PRINTED} 行，没有打印。请先筛选，再分次打印。"
    if context["note"]:
        context["table"] = table_of(table.columns, (), table.label, headings=table.headings, empty="请先筛选。")
        status = 422
    return render(request, template, context, status=status)


def chart(kind: str, labels: list[str], series: Mapping[str, list[Any]], unit: str = "") -> dict[str, Any]:
    """Data of a report's picture: `bar` or `line`, one value a label in each series."""
    return {
        "kind": kind,
        "labels": labels,
        "unit": unit,
        "series": [{"name": name, "values": values} for name, values in series.items()],
    }
