"""A sheet that is uploaded, shown and then confirmed: exactly what was shown is written. Pages extend `kinds/preview.html`."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core import signing

from fujing.web import values
from fujing.web.requests import Request

AGE = 3600
"""Seconds in which what was shown may be confirmed."""


def sealed(salt: str, rows: list[Any], **about: object) -> str:
    """The rows that a page shows, signed; `about` says for whom and of what they were read."""
    return signing.dumps({**about, "rows": rows}, salt=salt, compress=True)


def confirmed(request: Request, salt: str, **about: object) -> list[Any] | None:
    """The rows that are confirmed; None, and the page's message, if they are too old or were read for something else."""
    try:
        said = signing.loads(values.token(request.POST, "confirmed"), salt=salt, max_age=AGE)
    except signing.BadSignature:
        said = {}
    if "rows" not in said or any(said.get(name) != value for name, value in about.items()):
        messages.error(request, "预览已过期，未写入任何内容，请重新上传。")
        return None
    rows: list[Any] = said["rows"]
    return rows
