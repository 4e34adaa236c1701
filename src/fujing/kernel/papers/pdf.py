"""The paper as PDF, set by Typst with the fonts that the pages carry; the text travels as data, never as markup.

A compiler may be used by one thread at a time, and setting a paper takes a core: a few threads of their own set all
papers, each with its compiler. Whoever asks waits in a bounded queue, and what was set a moment ago is not set again.
"""

from __future__ import annotations

import json
import threading
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

from fujing.kernel.files import content_type_of
from fujing.kernel.papers.blocks import Paper, chinese_date
from fujing.kernel.refusals import Busy

MOST_PIXELS = 50_000_000
SETTERS = 2
"""Papers of a process that are set at the same time."""
WAITING = 64
"""Papers that may wait for a setter; one more is told to come back."""
KEPT = 64
"""Papers kept by their content: a double click and a page opened twice set nothing."""
LAYOUT = Path(__file__).parent / "paper.typ"


own = threading.local()
room = threading.BoundedSemaphore(SETTERS + WAITING)


@cache
def setters() -> ThreadPoolExecutor:
    """The threads that set papers, begun with the first one: a server forks before."""
    return ThreadPoolExecutor(SETTERS, thread_name_prefix="papers")


def _compile(said: str, form: str, ppi: float | None) -> Any:
    """In a setter's thread: its own compiler, which reads the fonts once."""
    if not hasattr(own, "compiler"):
        fonts = settings.PAPER_FONTS
        own.compiler = typst.Compiler(str(LAYOUT), font_paths=[str(fonts)], ignore_system_fonts=True)
    options = {} if ppi is None else {"ppi": ppi}
    return own.compiler.compile(sys_inputs={"paper": said}, format=form, **options)


@lru_cache(maxsize=KEPT)
def _made(said: str, form: str, ppi: float | None) -> Any:
    if not room.acquire(blocking=False):
        raise Busy("正在生成的文件太多，请过一分钟再试。")
    try:
        return setters().submit(_compile, said, form, ppi).result()
    finally:
        room.release()


def _set(paper: Paper, form: str, ppi: float | None = None) -> Any:
    said = asdict(paper) | {
        "dated": chinese_date(paper.dated),
        "blocks": [
            asdict(block)
            | {"kind": type(block).__name__.lower()}
            | ({"numbers": sorted(block.numbers)} if hasattr(block, "numbers") else {})
            for block in paper.blocks
        ],
    }
    return _made(json.dumps(said), form, ppi)


def pdf(paper: Paper) -> bytes:
    """The paper as one PDF."""
    made: bytes = _set(paper, "pdf")
    return made


def pages(paper: Paper, *, ppi: float = 72) -> list[bytes]:
    """Each page as a PNG picture."""
    made = _set(paper, "png", ppi)
    return list(made) if isinstance(made, list) else [made]


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
