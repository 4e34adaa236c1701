"""Many rows between PostgreSQL and Polars, in the running transaction and bound by its territory."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import polars as pl
from django.db import connection
from django.db.models import QuerySet


def frame_of(rows: QuerySet[Any], columns: Mapping[str, tuple[Any, Any]]) -> pl.DataFrame:
    """The rows as a frame. `columns` gives each column's field or expression and its type; empty text is null."""
    named = rows.order_by().values_list(*(given for given, _ in columns.values()))
    statement, values = named.query.sql_with_params()
    content = io.BytesIO()
    # The driver's own cursor: Django's takes no values with a COPY.
    with (
        connection.connection.cursor() as cursor,
        cursor.copy(f"COPY ({statement}) TO STDOUT (FORMAT csv)", values) as copy,
    ):
        for block in copy:
            content.write(block)
    content.seek(0)
    if not content.getbuffer().nbytes:
        return pl.DataFrame(schema={name: dtype for name, (_, dtype) in columns.items()})
    # PostgreSQL writes t and f.
    written = {name: pl.String if dtype == pl.Boolean else dtype for name, (_, dtype) in columns.items()}
    frame = pl.read_csv(content, has_header=False, schema=written, null_values="")
    booleans = [name for name, (_, dtype) in columns.items() if dtype == pl.Boolean]
    return frame.with_columns(pl.col(name) == "t" for name in booleans)


def array_of(values: pl.Series) -> str:
    """Whole numbers as PostgreSQL writes an array, to be read back there by unnest()."""
    return "{" + values.cast(pl.String).str.join(",").item() + "}"
