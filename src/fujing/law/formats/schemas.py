"""The public formats as JSON Schema, made from what reads them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fujing.kernel.exchange import Column
from fujing.law.findings import Finding
from fujing.law.formats import applicants, scores
from fujing.law.formats.announcement import Announcement

TYPES: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "date": {"type": "string", "format": "date"},
    "decimal": {"type": "number"},
    "integer": {"type": "integer"},
    "bool": {"enum": ["是", "否"]},
}


def announcement_schema() -> dict[str, Any]:
    """The file: an `announcement`, and beside it notes that are ignored."""
    model = Announcement.model_json_schema()
    definitions = model.pop("$defs")
    return {
        "type": "object",
        "required": ["announcement"],
        "properties": {"announcement": model},
        "$defs": definitions,
    }


def table_schema(title: str, columns: tuple[Column, ...]) -> dict[str, Any]:
    """A table as an array of rows by English key; `title` of each is the header that officers write."""
    return {
        "title": title,
        "type": "array",
        "items": {
            "type": "object",
            "additionalProperties": False,
            "required": [column.key for column in columns if column.required],
            "properties": {column.key: _cell(column) for column in columns},
        },
    }


def _cell(column: Column) -> dict[str, Any]:
    cell = {"enum": list(column.choices)} if column.kind == "choice" else TYPES[column.kind]
    bounds = {"minimum": column.low, "maximum": column.high} if column.low is not None else {}
    shape = {**cell, **bounds, "title": column.label}
    if column.required:
        return shape
    return {"title": column.label, "anyOf": [{**cell, **bounds}, {"type": "null"}]}


SCHEMAS: dict[str, Callable[[], dict[str, Any]]] = {
    "announcement": announcement_schema,
    "applicants": lambda: table_schema("报名表", applicants.COLUMNS),
    "scores": lambda: table_schema("成绩表", tuple(scores.COLUMNS)),
    "findings": lambda: {"type": "array", "items": Finding.model_json_schema()},
}
"""By the name that `fujing schema` takes; a format's reader adds its own."""
