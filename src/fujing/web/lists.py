"""Filters and sorting of lists as links, so that a list's state is its address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.http import HttpRequest

PAGING = ("after", "page")


class Link(NamedTuple):
    """One choice of a filter or one sortable heading."""

    label: str
    url: str
    current: bool
    matches: int | None = None


class Column(NamedTuple):
    """One heading of a list. `key` makes it sortable, `number` aligns it right."""

    label: str
    key: str = ""
    number: bool = False
    url: str = ""
    direction: str = ""


def address(request: HttpRequest, **changes: str) -> str:
    """The present address with parameters changed, emptied ones left out, back on the first page."""
    query = request.GET.copy()
    for name in PAGING:
        query.pop(name, None)
    for name, value in changes.items():
        if value:
            query[name] = value
        else:
            query.pop(name, None)
    return f"?{query.urlencode()}"


def filter_links(
    request: HttpRequest, parameter: str, choices: Iterable[tuple[str, str]], counts: Mapping[str, int] | None = None
) -> list[Link]:
    """全部 and each choice as a link that keeps every other filter; `counts` by value."""
    chosen = request.GET.get(parameter, "")
    values = [("", "全部"), *choices]
    if chosen not in dict(values):
        chosen = ""
    known = {} if counts is None else {"": sum(counts.values()), **dict.fromkeys(dict(choices), 0), **counts}
    return [
        Link(label, address(request, **{parameter: value}), value == chosen, known.get(value))
        for value, label in values
    ]


def paged(request: HttpRequest, rows: QuerySet[Any], size: int = 100) -> tuple[list[Any], dict[str, str]]:
    """One page of the rows (`page` in the address, from 1) and the links of the pager."""
    asked = request.GET.get("page", "")
    page = max(1, int(asked)) if asked.isdecimal() and len(asked) < 7 else 1
    found = list(rows[(page - 1) * size : page * size + 1])
    following = address(request, page=str(page + 1)) if len(found) > size else ""
    return found[:size], {"next_url": following, "previous_url": address(request) if page > 1 else ""}


def columns(request: HttpRequest, *given: Column) -> list[Column]:
    """Headings with the link that sorts by them; the present one turns round. `sort=-key` is descending."""
    present = request.GET.get("sort", "")
    shown = []
    for column in given:
        if not column.key:
            shown.append(column)
            continue
        ascending = present == column.key
        direction = "ascending" if ascending else "descending" if present == f"-{column.key}" else ""
        target = f"-{column.key}" if ascending else column.key
        shown.append(column._replace(url=address(request, sort=target), direction=direction))
    return shown


def chart(kind: str, labels: list[str], series: Mapping[str, list[Any]], unit: str = "") -> dict[str, Any]:
    """Data of a report's picture: `bar` or `line`, one value a label in each series."""
    return {
        "kind": kind,
        "labels": labels,
        "unit": unit,
        "series": [{"name": name, "values": values} for name, values in series.items()],
    }
