"""Secrets: from the environment, or made once and kept in the data folder readable by its owner alone."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def is_stored(data: Path, name: str) -> bool:
    """Whether there is a secret of that name; none is made."""
    return (data / "keys" / name).exists()


def stored(data: Path, name: str) -> str:
    """The secret of that name, created on first use (64 hexadecimal digits)."""
    path = data / "keys" / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.parent.chmod(0o700)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text("ascii").strip()
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
    return path.read_text("ascii").strip()
