"""Pages are tried without collected assets: an empty folder stands for them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def empty_static_root(settings: Any, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
