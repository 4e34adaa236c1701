"""Pictures and PDFs that people hand in, opened before they are kept.

A picture is turned upright, made no larger than an officer needs, and written anew: what the camera added (place, device,
time) and whatever else was hidden in the file stays behind. What can't be opened is refused while its owner is there.
"""

from __future__ import annotations

import io
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from PIL import Image, ImageOps, UnidentifiedImageError
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from fujing.kernel.files import check_size, content_type_of
from fujing.kernel.refusals import Refusal

SIDE = 2400
"""Pixels of the longer side at most: a page photographed is still read at it."""
MOST_PIXELS = 60_000_000
"""A megabyte of PNG may stand for gigabytes: more is not decoded."""
QUALITY = 86
GLANCE = 320
"""Pixels of the longer side of a picture that a page only shows beside its name; some ten kilobytes."""
MOST_PAGES = 60


BOMB = (Image.DecompressionBombError, Image.DecompressionBombWarning)
UNREADABLE = (UnidentifiedImageError, OSError, SyntaxError, ValueError, *BOMB)


def picture_cleaned(content: bytes, name: str) -> bytes:
    """The picture as JPEG: upright, at most SIDE pixels long, without metadata. Refuses what isn't a whole picture."""
    try:
        opened = Image.open(io.BytesIO(content), formats=("JPEG", "PNG"))
        if opened.width * opened.height > MOST_PIXELS:
            raise Refusal(f"图片“{name}”太大，请用手机相机正常拍摄后再传。")
        opened.load()
        image = ImageOps.exif_transpose(opened)
        image.thumbnail((SIDE, SIDE))
        plain = Image.new("RGB", image.size, "white")
        # A transparent background becomes white, as on paper.
        plain.paste(image, mask=image.getchannel("A") if "A" in image.getbands() else None)
    except UNREADABLE as error:
        raise Refusal(f"图片“{name}”打不开，可能没有传完整或者已损坏，请重新拍摄或选择。") from error
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def picture_small(content: bytes) -> bytes:
    """A picture that was kept, for a glance; nothing where it can't be opened any more."""
    try:
        image = Image.open(io.BytesIO(content), formats=("JPEG", "PNG"))
        image.draft("RGB", (GLANCE, GLANCE))
        image.thumbnail((GLANCE, GLANCE))
        out = io.BytesIO()
        image.convert("RGB").save(out, "JPEG", quality=70)
    except UNREADABLE:
        return b""
    return out.getvalue()


def pdf_checked(content: bytes, name: str) -> None:
    """Refuse a PDF that needs a password, has no page, or isn't whole."""
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise Refusal(f"文件“{name}”设了密码，审查人打不开，请取消密码后再传。")
        pages = len(reader.pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Refusal(f"文件“{name}”打不开，可能没有传完整或者已损坏，请重新导出后再传。") from error
    if not 1 <= pages <= MOST_PAGES:
        raise Refusal(f"文件“{name}”有 {pages} 页，应为 1 至 {MOST_PAGES} 页。")


def handed_in(upload: UploadedFile) -> UploadedFile:
    """A paper as it is kept: a picture written anew as JPEG, a PDF once it was opened; the rest as it came."""
    check_size(upload)
    content = upload.read()
    upload.seek(0)
    kind, name = content_type_of(content[:16]) or "", upload.name or "文件"
    if kind == "application/pdf":
        pdf_checked(content, name)
    if not kind.startswith("image/"):
        return upload
    cleaned = picture_cleaned(content, name)
    return SimpleUploadedFile(f"{Path(name).stem or '图片'}.jpg", cleaned, "image/jpeg")
