"""Sheets as they are handed in on a page; the reader itself knows nothing of the web."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile

from fujing.kernel.exchange import Column, Table, read_table


def read_upload(upload: UploadedFile, columns: Sequence[Column]) -> Table:
    """Read an uploaded sheet as `read_table` does; faults name the file as its owner knows it."""
    name = Path(upload.name or "表格").name
    with tempfile.NamedTemporaryFile(suffix=Path(name).suffix) as file:
        for chunk in upload.chunks():
            file.write(chunk)
        file.flush()
        table = read_table(file.name, columns)
    table.file, table.faults = name, [replace(fault, file=name) for fault in table.faults]
    return table
