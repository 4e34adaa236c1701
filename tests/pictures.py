"""Real pictures and PDFs, small and each different, for what people hand in."""

from __future__ import annotations

import io
import zlib

from PIL import Image
from pypdf import PdfWriter


def picture(key: str = "", *, form: str = "PNG", size: tuple[int, int] = (30, 40), orientation: int = 0) -> bytes:
    """A picture of a colour of its own by `key`; `orientation` as a camera held sideways notes it."""
    number = zlib.crc32(key.encode())
    image = Image.new("RGB", size, (number & 255, number >> 8 & 255, number >> 16 & 255))
    exif = Image.Exif()
    if orientation:
        exif[0x0112] = orientation
        exif[0x0131] = "a-camera-that-tells"
    out = io.BytesIO()
    image.save(out, form, exif=exif) if orientation else image.save(out, form)
    return out.getvalue()


def photograph(size: tuple[int, int] = (4000, 3000)) -> bytes:
    """A JPEG as a camera takes it: it doesn't compress to nothing."""
    out = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(out, "JPEG", quality=90)
    return out.getvalue()


def pdf(key: str = "", *, password: str = "", pages: int = 1) -> bytes:
    """A PDF of blank pages with `key` as its title."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    writer.add_metadata({"/Title": key})
    if password:
        writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
