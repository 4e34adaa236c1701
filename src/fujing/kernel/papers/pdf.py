"""The paper as PDF, set by Typst with the fonts that the pages carry; the text travels as data, never as markup."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

from fujing.kernel.papers.blocks import Paper, chinese_date

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
