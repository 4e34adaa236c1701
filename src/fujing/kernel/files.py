"""Keeping files: typed by content, limited in size, named by digest, served as attachments."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

import structlog
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse

from fujing.kernel.actor import Actor
from fujing.kernel.digests import sm3
from fujing.kernel.models import StoredFile
from fujing.kernel.refusals import Refusal

SIGNATURES = {
    b"\x89PNG\r\n\x1a\n": ("image/png", "图片"),
    b"\xff\xd8\xff": ("image/jpeg", "图片"),
    b"%PDF-": ("application/pdf", "PDF"),
    b"PK\x03\x04": ("application/zip", "Office 文件"),
}
LIMIT = 10 * 1024 * 1024
log = structlog.get_logger("fujing.files")


def content_type_of(head: bytes) -> str | None:
    """Media type by the first bytes; None when the content is none of the accepted kinds."""
    return next((kind for signature, (kind, _) in SIGNATURES.items() if head.startswith(signature)), None)


def check_size(upload: UploadedFile, limit: int = LIMIT) -> None:
    """Refuse an upload of more than `limit` bytes, before anything opens it."""
    if upload.size is None or upload.size > limit:
        raise Refusal(f"文件“{upload.name}”超过 {limit // 1024 // 1024} MB，请压缩后再传。")


def file_store(*, actor: Actor, organ_code: int, upload: UploadedFile, limit: int = LIMIT) -> StoredFile:
    """Write the upload below the data folder and register it. Refuses other kinds, more than `limit` bytes, and
    what the disk doesn't take."""
    check_size(upload, limit)
    content = upload.read()
    kind = content_type_of(content[:16])
    if kind is None:
        raise Refusal(f"文件“{upload.name}”不是图片、PDF 或 Office 文件，未保存。")
    digest = sm3(content).hex()
    relative = Path(digest[:2]) / digest
    try:
        _keep(Path(settings.DATA) / "files" / relative, content)
    except OSError as error:
        log.error("file not kept", reason=str(error))
        raise Refusal(f"文件“{upload.name}”没有存下：服务器存储空间不足或者不可写，请稍后再传。") from error
    return StoredFile.objects.create(
        organ_code=organ_code,
        account_id=actor.account_id,
        name=Path(upload.name or "file").name[:200],
        content_type=kind,
        size=len(content),
        digest=digest,
        path=str(relative),
    )


def _keep(target: Path, content: bytes) -> None:
    """Have these bytes on the disk under their name before anything refers to them; whole, or not at all."""
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    # A name of its own: a second click stores the same bytes at the same time.
    handle, name = tempfile.mkstemp(dir=target.parent)
    try:
        with open(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(handle)
        os.rename(name, target)
    finally:
        Path(name).unlink(missing_ok=True)
    synced([target.parent])


def synced(folders: Iterable[Path]) -> None:
    """Have the names in these folders on the disk: they have to outlast a power cut."""
    for folder in folders:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def file_content(stored: StoredFile) -> bytes:
    """What a stored file holds; empty when it is no longer on the disk."""
    try:
        return (Path(settings.DATA) / "files" / stored.path).read_bytes()
    except OSError as error:
        log.error("file not read", reason=str(error))
        return b""


INERT = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
"""Nothing that somebody handed in runs in a browser of ours."""


def file_response(stored: StoredFile, *, inline: bool = False) -> FileResponse:
    """Serve a stored file; pictures may be shown inline, anything else is downloaded."""
    inline = inline and stored.content_type.startswith("image/")
    return FileResponse(
        (Path(settings.DATA) / "files" / stored.path).open("rb"),
        as_attachment=not inline,
        filename=stored.name,
        content_type=stored.content_type,
        headers=INERT,
    )
