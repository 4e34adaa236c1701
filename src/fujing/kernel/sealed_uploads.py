"""Files that lie here for an hour at most, and that nobody but their sender can read.

An upload is kept as ciphertext below the data folder; its key is in no file, no table and no backup, only in the token
that the sender's browser holds. The account is part of the seal: another account's token opens nothing.
An account has one upload: a new one takes the place of the old one.
"""

from __future__ import annotations

import base64
import os
import re
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.conf import settings
from django.utils import timezone

from fujing.kernel.refusals import Refusal

KEPT = timedelta(hours=1)
TOKEN = re.compile(r"(?P<name>(?P<at>\d{10})-[0-9a-f]{16})\.(?P<key>[A-Za-z0-9_-]{22})")
OURS = re.compile(r"\d{10}-[0-9a-f]{16}(\.part)?")
NONCE, TAG, KEY = 12, 16, 16
log = structlog.get_logger("fujing.sealed_uploads")


class Gone(LookupError):
    """There is no such upload, not any more, or the token isn't its own."""


@dataclass(frozen=True, slots=True)
class SealedUpload:
    """One upload of an account: named parts, each sealed under the same key."""

    account: int
    name: str
    key: bytes

    @property
    def token(self) -> str:
        """What the sender's browser holds, and nobody else."""
        return f"{self.name}.{base64.urlsafe_b64encode(self.key).decode().rstrip('=')}"

    @property
    def until(self) -> datetime:
        """When it is removed, at the latest."""
        return _sealed_at(self.name) + KEPT

    def part(self, part: str) -> bytes:
        """What a part holds. Raises Gone."""
        try:
            sealed = (_folder(self.account) / self.name / part).read_bytes()
        except OSError as error:
            raise Gone(part) from error
        decryptor = self._cipher(part, modes.GCM(sealed[:NONCE], sealed[-TAG:])).decryptor()
        decryptor.authenticate_additional_data(self._about(part))
        try:
            return decryptor.update(sealed[NONCE:-TAG]) + decryptor.finalize()
        except InvalidTag as error:
            raise Gone(part) from error

    def sealed(self, part: str, content: bytes) -> bytes:
        """The ciphertext of a part: nonce, body, tag."""
        nonce = os.urandom(NONCE)
        encryptor = self._cipher(part, modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(self._about(part))
        return nonce + encryptor.update(content) + encryptor.finalize() + encryptor.tag

    def _cipher(self, part: str, mode: modes.GCM) -> Cipher[modes.GCM]:
        return Cipher(algorithms.SM4(self.key), mode)

    def _about(self, part: str) -> bytes:
        """Whose it is, when it was sealed and which part: none of them can be changed without breaking the seal."""
        return f"{self.account}|{self.name}|{part}".encode()


def seal(account: int, parts: Mapping[str, bytes], now: datetime | None = None) -> SealedUpload:
    """Keep the parts as the account's only upload. Refuses what the disk doesn't take; the old upload stays then."""
    now = now or timezone.now()
    sweep(now)
    upload = SealedUpload(account, f"{int(now.timestamp())}-{secrets.token_hex(8)}", os.urandom(KEY))
    folder = _folder(account)
    unfinished = folder / f"{upload.name}.part"
    try:
        unfinished.mkdir(parents=True, mode=0o700)
        for part, content in parts.items():
            (unfinished / part).write_bytes(upload.sealed(part, content))
        unfinished.rename(folder / upload.name)
    except OSError as error:
        shutil.rmtree(unfinished, ignore_errors=True)
        log.error("upload not sealed", reason=str(error))
        raise Refusal("文件没有存下：服务器存储空间不足或者不可写，请稍后再传。") from error
    for other in folder.iterdir():
        if other.name != upload.name and OURS.fullmatch(other.name):
            shutil.rmtree(other, ignore_errors=True)
    return upload


def opened(account: int, token: str, now: datetime | None = None) -> SealedUpload:
    """The account's upload that the token opens. Raises Gone; a key that doesn't fit is noticed with the first part."""
    read = TOKEN.fullmatch(token)
    if read is None or _expired(read["name"], now or timezone.now()):
        raise Gone(token[:10])
    upload = SealedUpload(account, read["name"], base64.urlsafe_b64decode(f"{read['key']}=="))
    if not (_folder(account) / upload.name).is_dir():
        raise Gone(upload.name)
    return upload


def forget(account: int) -> None:
    """Remove whatever the account has uploaded."""
    shutil.rmtree(_folder(account), ignore_errors=True)


def sweep(now: datetime | None = None) -> int:
    """Remove what is older than an hour, finished or not; gives how many. What isn't ours is left, and said in the log."""
    now = now or timezone.now()
    found = list(_root().glob("*/*"))
    strange = [each for each in found if not OURS.fullmatch(each.name)]
    if strange:
        log.warning(
            "not an upload, left there", entries=sorted(str(each.relative_to(_root())) for each in strange)[:10]
        )
    old = [each for each in found if each not in strange and _expired(each.name, now)]
    for each in old:
        shutil.rmtree(each, ignore_errors=True)
    return len(old)


def _root() -> Path:
    return Path(settings.DATA) / "sealed"


def _folder(account: int) -> Path:
    return _root() / str(account)


def _sealed_at(name: str) -> datetime:
    return datetime.fromtimestamp(int(name.partition("-")[0]), tz=timezone.get_default_timezone())


def _expired(name: str, now: datetime) -> bool:
    return now - _sealed_at(name) >= KEPT
