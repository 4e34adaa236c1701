"""An upload under seal: who holds the token reads it for an hour, and any change to it is noticed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadhandler import StopFutureHandlers
from django.test import RequestFactory

from fujing.kernel.clock import ZONE
from fujing.kernel.refusals import Refusal
from fujing.kernel.sealed_uploads import Gone, forget, opened, seal, sweep
from fujing.web.sealed import PATH, InMemory

NOW = datetime(2026, 1, 22, 9, tzinfo=ZONE)
PARTS = {"file": b"\x00secret" * 1000, "head": b""}


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(settings, "DATA", tmp_path)
    return tmp_path / "sealed"


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_the_token_opens_what_was_sealed_and_the_folder_is_its_owners_alone(folder: Path) -> None:
    token = seal(7, PARTS, NOW).token
    upload = opened(7, token, NOW)
    assert {part: upload.part(part) for part in PARTS} == PARTS
    assert [path for path in files(folder) if b"secret" in path.read_bytes()] == []
    assert (folder / "7" / upload.name).stat().st_mode & 0o077 == 0
    assert upload.until == NOW + timedelta(hours=1)


@pytest.mark.parametrize(
    "token", ["", "x", "1769043600-0123456789abcdef.", "../../etc.AAAAAAAAAAAAAAAAAAAAAA", "٣" * 10]
)
def test_what_is_no_token_opens_nothing(token: str) -> None:
    seal(7, PARTS, NOW)
    with pytest.raises(Gone):
        opened(7, token, NOW)


def test_another_key_account_part_or_hour_breaks_the_seal(folder: Path) -> None:
    upload = seal(7, PARTS, NOW)
    later = f"{int(upload.name[:10]) + 3000}{upload.name[10:]}"
    for changed in (replace(upload, key=bytes(16)), replace(upload, account=8), replace(upload, name=later)):
        place = folder / str(changed.account) / changed.name
        if not place.exists():
            place.mkdir(parents=True)
            for path in files(folder / "7" / upload.name):
                (place / path.name).write_bytes(path.read_bytes())
        with pytest.raises(Gone):
            opened(changed.account, changed.token, NOW).part("file")
    file, head = (folder / "7" / upload.name / part for part in PARTS)
    head.write_bytes(file.read_bytes())
    with pytest.raises(Gone):
        upload.part("head")
    file.write_bytes(bytes([file.read_bytes()[0] ^ 1]) + file.read_bytes()[1:])
    with pytest.raises(Gone):
        upload.part("file")


def test_an_account_has_one_upload_and_forgets_it_alone(folder: Path) -> None:
    first, other = seal(7, PARTS, NOW), seal(70, PARTS, NOW)
    second = seal(7, PARTS, NOW)
    with pytest.raises(Gone):
        opened(7, first.token, NOW)
    assert opened(7, second.token, NOW).part("file") == PARTS["file"]
    forget(7)
    assert {path.parts[-3] for path in files(folder)} == {"70"}
    assert opened(70, other.token, NOW).part("file") == PARTS["file"]


def test_an_hour_later_the_next_upload_of_anybody_sweeps_it_finished_or_not(folder: Path) -> None:
    upload = seal(7, PARTS, NOW)
    (folder / "7" / f"{upload.name}.part").mkdir()
    assert sweep(NOW + timedelta(minutes=59)) == 0
    seal(8, PARTS, NOW + timedelta(minutes=60))
    assert {path.parts[-3] for path in files(folder)} == {"8"}
    assert list((folder / "7").iterdir()) == []


def test_what_the_disk_does_not_take_is_refused_and_the_old_upload_stays(folder: Path) -> None:
    upload = seal(7, PARTS, NOW)
    with pytest.raises(Refusal, match="没有存下"):
        seal(7, {"no/such/folder": b""}, NOW)
    assert opened(7, upload.token, NOW).part("file") == PARTS["file"]
    assert len(list((folder / "7").iterdir())) == 1


def test_a_large_file_sent_to_these_pages_stays_in_memory_and_elsewhere_not() -> None:
    for path, kept in ((PATH, True), ("/desk/quota/", False)):
        handler = InMemory(RequestFactory().post(path))
        handler.handle_raw_input(None, {}, 40 * 1024 * 1024, b"x")
        assert handler.activated is kept
        if kept:
            with pytest.raises(StopFutureHandlers):
                handler.new_file("file", "册.xlsx", "application/octet-stream", None)
