"""What a backup is made of: its parts with their digests, the state of the database, the keys that it needs."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from cryptography.hazmat.primitives import hashes
from django.conf import settings
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from fujing.kernel import cipher, keys
from fujing.kernel.digests import sm3

FORMAT = 1
MANIFEST, DATABASE, FILES = "manifest.json", "database.dump", "files"
UNFINISHED = ".part"
"""At the end of a folder's name: a backup that is being written, or was when its process was killed."""
BLOCK = 1 << 20


class NotDone(Exception):
    """A backup or a restore was not made; `reasons` are sentences, and nothing half is left."""

    def __init__(self, *reasons: str) -> None:
        self.reasons = reasons
        super().__init__("\n".join(reasons))


class Part(BaseModel):
    """One file of a backup: its path inside, its size in bytes and its SM3 digest in hexadecimal."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    path: str
    size: int
    digest: str


class KeyNeeded(BaseModel):
    """A field key that opens the backup's encrypted values; `check` tells the right one without revealing it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int
    variable: str
    file: str
    check: str


class Trail(BaseModel):
    """Sealed days, the last one's digest, and what `fujing trail verify` said when the backup was made."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    days: int
    digest: str | None
    faults: tuple[tuple[str, str], ...] = ()


class State(BaseModel):
    """What a restored database is compared with: rows by table, migrations, and how rows are secured by table."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    counts: dict[str, int]
    migrations: tuple[tuple[str, str], ...]
    row_security: dict[str, str]


class Manifest(BaseModel):
    """The list of a backup. `seal` is keyed with the newest field key: nobody without it changes a word unseen.

    `lost` are files that the database names and that were not on the disk any more, or not as they were handed in.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: int
    number: str
    made_at: datetime
    fujing: str
    postgres: int
    tool: int
    database: Part
    files: tuple[Part, ...]
    lost: tuple[str, ...]
    state: State
    trail: Trail
    keys: tuple[KeyNeeded, ...] = Field(min_length=1)
    seal: str = ""

    def sealed(self) -> Self:
        """The same with its seal."""
        return self.model_copy(update={"seal": self._seal()})

    @property
    def intact(self) -> bool:
        """The list is as it was made."""
        return self.seal == self._seal()

    def _seal(self) -> str:
        listed = self.model_copy(update={"seal": ""}).model_dump_json()
        newest = max(key.version for key in self.keys)
        return sm3(cipher.secret(newest, "backup") + listed.encode()).hex()


def manifest_of(folder: Path) -> Manifest:
    """The list of a backup, if it is one that this version reads. Raises NotDone."""
    if folder.name.endswith(UNFINISHED):
        raise NotDone(f"{folder} 是没有做完的备份，不能恢复")
    try:
        content = (folder / MANIFEST).read_bytes()
    except OSError as error:
        raise NotDone(f"{folder} 不是一份完整的备份：没有 {MANIFEST}") from error
    try:
        return Manifest.model_validate_json(content)
    except ValidationError as error:
        raise NotDone(f"{folder / MANIFEST} 读不出：不是备份清单，或者由更新的版本制作") from error


def keys_needed(number: str) -> tuple[KeyNeeded, ...]:
    """The field keys of this installation, with check values of this backup."""
    return tuple(
        KeyNeeded(
            version=version,
            variable=f"FUJING_FIELD_KEY_{version}",
            file=f"keys/field-{version}",
            check=check_value(version, number),
        )
        for version in range(1, cipher.CURRENT + 1)
    )


def check_value(version: int, number: str) -> str:
    """Sixteen hexadecimal digits that only the right key yields, different in every backup."""
    return sm3(cipher.secret(version, "backup") + number.encode()).hex()[:16]


def wrong_keys(manifest: Manifest) -> list[str]:
    """Every key of the backup that isn't here, or is another one; no key is made by asking."""
    faults = []
    for key in manifest.keys:
        if not (os.environ.get(key.variable) or keys.is_stored(settings.DATA, f"field-{key.version}")):
            faults.append(f"缺少密钥：先设定 {key.variable}，或者把原来的密钥放到 {Path(settings.DATA) / key.file}")
        elif check_value(key.version, manifest.number) != key.check:
            faults.append(f"密钥不符：{key.variable} 或者 {Path(settings.DATA) / key.file} 不是制作备份时的密钥")
    return faults


def copied(source: Iterator[bytes], target: Path) -> tuple[int, str]:
    """Write what comes to a new file, on the disk before this returns; size and SM3 digest of it. Raises OSError."""
    with target.open("xb") as file:
        found = _digested(source, file.write)
        file.flush()
        os.fsync(file.fileno())
    return found


def digest_of_file(path: Path) -> tuple[int, str]:
    """Size and SM3 digest of a file. Raises OSError."""
    return _digested(blocks_of(path))


def _digested(blocks: Iterable[bytes], take: Callable[[bytes], object] = len) -> tuple[int, str]:
    """Size and SM3 digest of what comes, each block taken first."""
    digest, size = hashes.Hash(hashes.SM3()), 0
    for block in blocks:
        take(block)
        digest.update(block)
        size += len(block)
    return size, digest.finalize().hex()


def blocks_of(path: Path) -> Iterator[bytes]:
    """A file piece by piece. Raises OSError."""
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block


@contextmanager
def told(what: str, place: Path) -> Iterator[None]:
    """An error of the disk as a sentence. Raises NotDone."""
    try:
        yield
    except OSError as error:
        raise NotDone(f"{what}：{place} {why(error)}，没有留下做了一半的内容") from error


def why(error: OSError) -> str:
    """Why the disk refused, in words."""
    reasons: dict[int | None, str] = {
        errno.ENOSPC: "所在磁盘空间不足",
        errno.EDQUOT: "超出磁盘配额",
        errno.EFBIG: "超出允许的文件大小",
        errno.EACCES: "没有写入权限",
        errno.EPERM: "没有写入权限",
        errno.EROFS: "所在磁盘是只读的",
        errno.ENOENT: "不存在",
        errno.ENOTDIR: "不是文件夹",
    }
    return reasons.get(error.errno, f"读写出错，编号 {error.errno}")


def state_of(connection: Any) -> State:
    """The state of a database, as its owner sees it in the running transaction."""
    tables = connection.execute(
        "SELECT c.relname, c.relrowsecurity::int::text || c.relforcerowsecurity::int::text || ' ' ||"
        " (SELECT count(*) FROM pg_policy WHERE polrelid = c.oid)"
        " FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1"
    ).fetchall()
    counts = {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name, _ in tables}
    migrations = connection.execute("SELECT app, name FROM django_migrations ORDER BY 1, 2").fetchall()
    return State(counts=counts, migrations=migrations, row_security=dict(tables))


def trail_of(connection: Any) -> tuple[int, str | None]:
    """Sealed days and the last one's digest."""
    days = connection.execute("SELECT count(*) FROM kernel_historyseal").fetchone()[0]
    last = connection.execute("SELECT digest FROM kernel_historyseal ORDER BY day DESC LIMIT 1").fetchone()
    return days, last[0] if last else None
