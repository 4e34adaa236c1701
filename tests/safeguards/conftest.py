"""What all tests of safeguards stand on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fujing.kernel.calendar import arrangements as read
from tests.safeguards.leaves import arrangements


@pytest.fixture(autouse=True)
def arranged(settings: Any, tmp_path: Path) -> None:
    """Next year has its working days, whether or not the library knows them yet."""
    settings.HOLIDAYS = arrangements(tmp_path)
    read.cache_clear()
