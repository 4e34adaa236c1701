"""What people hand in is opened: pictures upright, smaller, without traces; nothing that can't be read is kept."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from fujing.kernel.pictures import GLANCE, SIDE, pdf_checked, picture_cleaned, picture_small
from fujing.kernel.refusals import Refusal
from tests.pictures import pdf, picture


def test_a_picture_taken_sideways_stands_upright_and_tells_nothing_of_the_camera() -> None:
    content = picture("人", form="JPEG", size=(400, 300), orientation=6)
    assert b"a-camera-that-tells" in content
    cleaned = picture_cleaned(content, "照片.jpg")
    image = Image.open(io.BytesIO(cleaned))
    assert image.size == (300, 400)
    assert not image.getexif()
    assert b"a-camera-that-tells" not in cleaned


def test_a_large_picture_is_made_smaller_and_a_small_one_stays() -> None:
    large = Image.open(io.BytesIO(picture_cleaned(picture("大", size=(5000, 2500)), "大.png")))
    assert large.size == (SIDE, SIDE // 2)
    assert Image.open(io.BytesIO(picture_cleaned(picture("小"), "小.png"))).size == (30, 40)


def test_a_picture_for_a_glance_is_small_and_what_can_not_be_opened_is_none() -> None:
    small = Image.open(io.BytesIO(picture_small(picture("人", form="JPEG", size=(2400, 1200)))))
    assert (small.format, small.size) == ("JPEG", (GLANCE, GLANCE // 2))
    assert Image.open(io.BytesIO(picture_small(picture("小")))).size == (30, 40)
    assert [picture_small(each) for each in (b"", b"%PDF-1.4", picture("x")[:40])] == [b"", b"", b""]


def test_what_is_hidden_behind_the_picture_stays_behind() -> None:
    assert b"<script>" not in picture_cleaned(picture("x") + b"<script>alert(1)</script>", "x.png")


def bomb() -> bytes:
    """A PNG that says that it has 100,000 × 100,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "content",
    [
        picture("x", form="JPEG", size=(300, 300))[:400],
        picture("x")[:40],
        b"\x89PNG\r\n\x1a\nbroken",
        b"GIF89a",
        b"",
        bomb(),
    ],
)
def test_a_broken_picture_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(Refusal, match=r"打不开|太大"):
        picture_cleaned(content, "照片.jpg")


def test_a_pdf_with_a_password_or_cut_off_is_refused_and_a_plain_one_passes() -> None:
    pdf_checked(pdf("证书"), "证书.pdf")
    with pytest.raises(Refusal, match="设了密码"):
        pdf_checked(pdf("证书", password="x"), "证书.pdf")
    for content in (b"%PDF-1.7", pdf("证书")[:120], b"%PDF-1.4 <script>"):
        with pytest.raises(Refusal, match=r"打不开|0 页"):
            pdf_checked(content, "证书.pdf")
    with pytest.raises(Refusal, match="61 页"):
        pdf_checked(pdf("书", pages=61), "书.pdf")
