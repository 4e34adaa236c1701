"""Options that several commands take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

OwnWords = Annotated[
    Path | None, typer.Option("--lexicon", envvar="FUJING_LEXICON", help="本单位补充的禁止工作词库，YAML")
]
"""An organ's own words beside our lexicon of prohibited work (docs/how-to/extend-the-lexicon.md)."""
