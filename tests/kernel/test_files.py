"""Keeping a file: whole or not at all, also when two store the same bytes or the disk takes no more."""

from __future__ import annotations

import resource
import secrets
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from fujing.kernel.actor import Actor, acting
from fujing.kernel.digests import sm3
from fujing.kernel.files import file_store
from fujing.kernel.models import StoredFile
from fujing.kernel.refusals import Refusal
from tests import factories

SIDE_BY_SIDE = 8


def picture(size: int = 40) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + secrets.token_bytes(size)


def kept() -> set[Path]:
    return {path for path in (Path(settings.DATA) / "files").rglob("*") if path.is_file()}


@pytest.mark.race
def test_the_same_bytes_stored_side_by_side_are_one_file(committed: None) -> None:
    content, start = picture(1_000_000), Barrier(SIDE_BY_SIDE)

    def store(_: int) -> str:
        start.wait()
        with acting(factories.PROVINCIAL) as actor:
            path = file_store(
                actor=actor, organ_code=factories.SANTAI, upload=SimpleUploadedFile("a.png", content)
            ).path
        connection.close()
        return path

    before = kept()
    with ThreadPoolExecutor(SIDE_BY_SIDE) as threads:
        (path,) = set(threads.map(store, range(SIDE_BY_SIDE)))
    assert kept() - before == {Path(settings.DATA) / "files" / path}
    assert sm3((Path(settings.DATA) / "files" / path).read_bytes()).hex() == Path(path).name


def test_what_the_disk_does_not_take_is_refused_and_leaves_nothing(province: Actor) -> None:
    upload, before = SimpleUploadedFile("身份证.png", picture(1_000_000)), kept()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, hard))
    try:
        with pytest.raises(Refusal, match="没有存下"):
            file_store(actor=province, organ_code=factories.SANTAI, upload=upload)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert kept() == before
    assert not StoredFile.objects.exists()
