"""Taking a backup while the system runs: everything in it is of one moment."""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import psycopg
from django.conf import settings
from django.utils import timezone
from psycopg import IsolationLevel

import fujing
from fujing.kernel import seal
from fujing.kernel.backup.manifest import (
    BLOCK,
    DATABASE,
    FILES,
    FORMAT,
    MANIFEST,
    UNFINISHED,
    Manifest,
    NotDone,
    Part,
    Trail,
    blocks_of,
    copied,
    keys_needed,
    state_of,
    told,
    trail_of,
)
from fujing.kernel.backup.tools import address, tool
from fujing.kernel.files import synced
from fujing.kernel.postgres import server

FAILED = "没有备份成"


def backup_make(folder: Path, say: Callable[[str], object]) -> Manifest:
    """Back everything up into a new folder, or one that is empty. `say` takes a sentence about each step.

    Readable by the owner of the process alone. Raises NotDone with every reason; then nothing is left.
    """
    folder = folder.absolute()
    _fit_to_write(folder)
    say("正在核对留痕")
    faults = [(fault.day.isoformat(), fault.message) for fault in seal.verify()]
    parameters = server.owner_parameters(settings.DATABASES["default"])
    with told(FAILED, folder), _beside(folder) as part:
        with _moment(parameters) as (connection, snapshot):
            state, (days, digest) = state_of(connection), trail_of(connection)
            stored = connection.execute("SELECT DISTINCT path, digest FROM kernel_storedfile ORDER BY 1").fetchall()
            major = connection.info.server_version // 10000
            say("正在导出数据库")
            database, version = _dumped(parameters, snapshot, major, part / DATABASE)
        say(f"正在复制{len(stored)}个文件")
        files, lost = _copied(stored, part / FILES)
        number = secrets.token_hex(4)
        made = Manifest(
            format=FORMAT,
            number=number,
            made_at=timezone.now(),
            fujing=fujing.__version__,
            postgres=major,
            tool=version,
            database=database,
            files=tuple(files),
            lost=tuple(lost),
            state=state,
            trail=Trail(days=days, digest=digest, faults=tuple(faults)),
            keys=keys_needed(number),
        ).sealed()
        copied(iter([made.model_dump_json(indent=1).encode()]), part / MANIFEST)
        synced([part / FILES, *(each for each in (part / FILES).iterdir()), part])
        os.rename(part, folder)
        synced([folder.parent])
    return made


def _fit_to_write(folder: Path) -> None:
    data = Path(settings.DATA)
    if folder.resolve().is_relative_to(data):
        raise NotDone(f"{folder} 在数据目录 {data} 里面：备份应与密钥分开存放，请写另一个文件夹")
    if not folder.parent.is_dir():
        raise NotDone(f"没有文件夹 {folder.parent}，请先建立")
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise NotDone(f"{folder} 已经存在，请写一个新的文件夹")


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """A folder beside the target, gone again unless it took the target's name; one backup at a time writes it."""
    part = folder.with_name(folder.name + UNFINISHED)
    part.mkdir(mode=0o700, exist_ok=True)
    held = os.open(part, os.O_RDONLY)
    try:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NotDone(f"另一个备份正在写 {part}，等它结束") from None
        try:
            # What a killed one left.
            for rest in part.iterdir():
                shutil.rmtree(rest) if rest.is_dir() else rest.unlink()
            (part / FILES).mkdir()
            yield part
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
    finally:
        os.close(held)


@contextmanager
def _moment(parameters: dict[str, Any]) -> Iterator[tuple[Any, str]]:
    """The owner's connection in a transaction that sees one moment, and the name by which pg_dump sees the same."""
    try:
        connection = psycopg.connect(**parameters)
    except psycopg.OperationalError as error:
        raise NotDone(f"{FAILED}：连不上数据库，备份要用数据库所有者的地址和口令（FUJING_DATABASE_URL）") from error
    with connection:
        connection.isolation_level = IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        found = connection.execute("SELECT to_regclass('kernel_historyseal'), pg_export_snapshot()").fetchone()
        if found is None or found[0] is None:
            raise NotDone(f"{FAILED}：数据库还没有建立，没有可以备份的内容")
        yield connection, found[1]


def _dumped(parameters: dict[str, Any], snapshot: str, major: int, target: Path) -> tuple[Part, int]:
    """The database by pg_dump, which reads what the snapshot sees; its output is written here, so that a full disk is
    noticed by us and not by it."""
    program, version = tool("pg_dump", major)
    where, environment = address(parameters)
    asked = [str(program), "--format=custom", f"--snapshot={snapshot}", "--dbname", where]
    with TemporaryFile() as complaints:
        dumping = subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=complaints, env=environment)
        assert dumping.stdout is not None
        try:
            size, digest = copied(iter(lambda: dumping.stdout.read(BLOCK), b""), target)  # type: ignore[union-attr]
        except BaseException:
            dumping.kill()
            raise
        finally:
            dumping.stdout.close()
            code = dumping.wait()
        if code:
            complaints.seek(0)
            raise NotDone(
                f"{FAILED}：{program.name} 没有完成", *complaints.read().decode(errors="replace").splitlines()
            )
    return Part(path=DATABASE, size=size, digest=digest), version


def _copied(stored: list[tuple[str, str]], target: Path) -> tuple[list[Part], list[str]]:
    """The files that the database names, and those that are no longer on the disk as they were handed in."""
    files, lost = [], []
    for path, expected in stored:
        source, copy = Path(settings.DATA) / FILES / path, target / path
        if not source.exists():
            lost.append(path)
            continue
        copy.parent.mkdir(exist_ok=True)
        size, digest = copied(blocks_of(source), copy)
        if digest != expected:
            lost.append(path)
            copy.unlink()
            continue
        files.append(Part(path=path, size=size, digest=digest))
    return files, lost
