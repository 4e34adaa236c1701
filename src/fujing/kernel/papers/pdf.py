"""The paper as PDF, set by Typst with the fonts that the pages carry; the text travels as data, never as markup."""

from __future__ import annotations

import json
from base64 import b64encode
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

from fujing.kernel.files import content_type_of
from fujing.kernel.papers.blocks import Paper, chinese_date

MOST_PIXELS = 50_000_000
LAYOUT = Path(__file__).parent / "paper.typ"


@cache
def _compiler() -> typst.Compiler:
    """One compiler a process: it reads the fonts once."""
    fonts = Path(settings.STATIC_ROOT) / "vendor" / "fonts"
    return typst.Compiler(str(LAYOUT), font_paths=[str(fonts)], ignore_system_fonts=True)


def _set(paper: Paper, **options: Any) -> Any:
    said = asdict(paper) | {
        "dated": chinese_date(paper.dated),
        "blocks": [
            asdict(block)
            | {"kind": type(block).__name__.lower()}
            | ({"numbers": sorted(block.numbers)} if hasattr(block, "numbers") else {})
            for block in paper.blocks
        ],
    }
    return _compiler().compile(sys_inputs={"paper": json.dumps(said)}, **options)


def pdf(paper: Paper) -> bytes:
    """The paper as one PDF."""
    made: bytes = _set(paper, format="pdf")
    return made


def pages(paper: Paper, *, ppi: float = 72) -> list[bytes]:
    """Each page as a PNG picture."""
    made = _set(paper, format="png", ppi=ppi)
    return made if isinstance(made, list) else [made]


def picture(content: bytes) -> str:
    """A JPEG or PNG, known by its content, as SVG for a Card; empty for anything else, and for a PNG of more than
    MOST_PIXELS: a megabyte of it may stand for gigabytes once it is decoded.

    Within SVG a picture that can't be decoded leaves its place blank, where Typst alone would refuse the paper.
    """
    kind = content_type_of(content[:16]) or ""
    # Width and height stand at the same place of every PNG.
    width, height = (int.from_bytes(content[start : start + 4]) for start in (16, 20))
    if not kind.startswith("image/") or (kind == "image/png" and width * height > MOST_PIXELS):
        return ""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 400"><image width="300" height="400" '
        f'preserveAspectRatio="xMidYMid slice" href="data:{kind};base64,{b64encode(content).decode()}"/></svg>'
    )
