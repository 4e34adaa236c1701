"""A page's markup as one line, so that a test doesn't depend on how its template is laid out."""

from __future__ import annotations

import re

from django.http import HttpResponse


def flat(page: HttpResponse | str) -> str:
    """White space as one blank, none beside a tag's brackets on the inside of a line break."""
    html = page if isinstance(page, str) else page.content.decode()
    html = re.sub(r"\s*\n\s*", "\n", html)
    html = re.sub(r"(?<=>)\n|\n(?=[<>])", "", html)
    return html.replace("\n", " ")
