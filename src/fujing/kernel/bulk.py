"""Many rows between PostgreSQL and Polars, in the running transaction and bound by its territory."""

from __future__ import annotations

import io
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import polars as pl
from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import QuerySet

PARSED = 8_000_000
"""Bytes that are parsed at a time, while the database writes the next."""
# How COPY writes what would end a field or a line.
ESCAPES = {"\\\\": "\\", "\\t": "\t", "\\n": "\n", "\\r": "\r", "\\b": "\b", "\\f": "\f", "\\v": "\v"}


def frame_of(rows: QuerySet[Any], columns: Mapping[str, tuple[Any, Any]]) -> pl.DataFrame:
    """The rows as a frame. `columns` gives each column's field or expression and its type; empty text is null."""
    named = rows.order_by().values_list(*(given for given, _ in columns.values()))
    types = {name: dtype for name, (_, dtype) in columns.items()}
    try:
        statement, values = named.query.sql_with_params()
    except EmptyResultSet:  # among nothing, nothing is found
        return pl.DataFrame(schema=types)
    content, parts = io.BytesIO(), [pl.DataFrame(schema=types)]
    # The driver's own cursor: Django's takes no values with a COPY.
    with (
        ThreadPoolExecutor(1) as beside,
        connection.connection.cursor() as cursor,
        cursor.copy(f"COPY ({statement}) TO STDOUT (NULL '')", values) as copy,
    ):
        parsing = []
        for row in copy:
            content.write(row)
            if content.tell() > PARSED:
                parsing.append(beside.submit(_parsed, content.getvalue(), types))
                content = io.BytesIO()
        parts += [part.result() for part in parsing]
    if content.tell():
        parts.append(_parsed(content.getvalue(), types))
    return pl.concat(parts)


def _parsed(content: bytes, types: Mapping[str, Any]) -> pl.DataFrame:
    booleans = [name for name, dtype in types.items() if dtype == pl.Boolean]
    written = {**types, **dict.fromkeys(booleans, pl.String)}
    frame = pl.read_csv(content, has_header=False, schema=written, separator="\t", quote_char=None, null_values="")
    # PostgreSQL writes t and f.
    frame = frame.with_columns(pl.col(name) == "t" for name in booleans)
    escaped = [name for name, dtype in types.items() if dtype == pl.String] if b"\\" in content else []
    return frame.with_columns(pl.col(name).str.replace_many(ESCAPES) for name in escaped)


def array_of(values: pl.Series) -> str:
    """Whole numbers as PostgreSQL writes an array, to be read back there by unnest()."""
    return "{" + values.cast(pl.String).str.join(",").item() + "}"


def insert_frame(model: type[models.Model], frame: pl.DataFrame) -> None:
    """Insert a frame whose columns are named as the table's, in one statement; text that is null becomes empty.

    Triggers, constraints and row policies judge the rows as they judge any others.
    """
    if frame.is_empty():
        return
    columns = ", ".join(f'"{name}"' for name in frame.columns)
    table = f'"{model._meta.db_table}"'
    rows = frame.with_columns(pl.col(pl.String).fill_null("")).write_json()
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({columns}) SELECT {columns} FROM json_populate_recordset(NULL::{table}, %s)", [rows]
        )


def new_ids(model: type[models.Model], count: int) -> pl.Series:
    """So many ids for rows that are still to be inserted."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return pl.Series([each for (each,) in cursor.fetchall()], dtype=pl.Int64)


def remove(rows: QuerySet[Any]) -> None:
    """Delete the rows in one statement, without looking for what refers to them: the database does."""
    rows._raw_delete(rows.db)
