"""The admission ticket as PDF: its owner's alone, once released, whatever the photo is."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from fujing.kernel.actor import acting
from fujing.kernel.papers import picture
from fujing.kernel.papers.pdf import pages
from fujing.recruitment.exams.models import Seat
from fujing.recruitment.exams.papers import ticket_paper
from fujing.recruitment.exams.services import seats_assign, sitting_move
from tests import world
from tests.clients import client_of
from tests.web.test_exam_pages import closed

__all__ = ["closed"]

DOOR = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'


def red() -> bytes:
    """A PNG of one red pixel."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\x00\xff\x00\x00")) + chunk(b"IEND", b"")


@pytest.fixture
def seat(closed: world.County) -> Seat:
    """A place that is drawn and not yet released."""
    with acting(closed.hr):
        closed.campaign.refresh_from_db()
        seats_assign(actor=closed.hr, sitting=world.arranged(closed))
        return Seat.objects.select_related("sitting", "room", "application").get()


def address(seat: Seat) -> str:
    return f"/mine/{seat.application_id}/tickets/{seat.pk}/"


def release(county: world.County, seat: Seat) -> None:
    with acting(county.hr):
        sitting_move(actor=county.hr, sitting=seat.sitting, verb="release")


def test_a_ticket_opens_as_pdf_for_its_owner_once_released_and_for_nobody_else(
    closed: world.County, seat: Seat
) -> None:
    own, other = client_of(closed.applicant), client_of(world.applicant("李四", 512))
    assert own.get(f"{address(seat)}pdf/").status_code == 404
    release(closed, seat)
    answer = own.get(f"{address(seat)}pdf/")
    assert answer.content.startswith(b"%PDF-")
    assert answer["Content-Disposition"].startswith("attachment")
    assert other.get(f"{address(seat)}pdf/").status_code == 404
    assert Client().get(f"{address(seat)}pdf/").status_code == 302
    for page in (address(seat), f"/mine/{seat.application_id}/"):
        assert f"{address(seat)}pdf/" in own.get(page).content.decode()


def test_a_photo_that_is_gone_from_the_disk_leaves_the_frame_blank(closed: world.County, seat: Seat) -> None:
    release(closed, seat)
    with acting(closed.applicant):
        stored = closed.application.attachments.select_related("file").get(kind="photo").file
    (Path(settings.DATA) / "files" / stored.path).unlink()
    answer = client_of(closed.applicant).get(f"{address(seat)}pdf/")
    assert answer.content.startswith(b"%PDF-")


def test_the_paper_says_what_the_page_says_and_never_the_whole_identity_number(
    closed: world.County, seat: Seat
) -> None:
    with acting(closed.hr):
        application = seat.application
        made = ticket_paper(application, seat, photo="", code=DOOR)
    card = made.blocks[1]
    facts = dict(card.facts)  # type: ignore[union-attr]
    assert (facts["姓名"], facts["准考证号"]) == (application.name, seat.ticket)
    assert facts["考场座位"] == f"{seat.room.name} {seat.number} 号"
    assert facts["身份号码"] != application.id_number
    assert facts["身份号码"][-4:] == application.id_number[-4:]


@pytest.mark.parametrize(
    "broken", [b"\x89PNG\r\n\x1a\nbroken", b"\xff\xd8\xffbroken", red()[:40], b"<svg onload='x'/>", b"%PDF-1.7", b""]
)
def test_a_broken_photo_is_printed_as_an_empty_frame(closed: world.County, seat: Seat, broken: bytes) -> None:
    with acting(closed.hr):
        printed = {
            name: pages(ticket_paper(seat.application, seat, photo=photo, code=DOOR), ppi=30)
            for name, photo in (("empty", ""), ("broken", picture(broken)), ("whole", picture(red())))
        }
    assert printed["broken"] == printed["empty"]
    assert printed["whole"] != printed["empty"]
    assert len(printed["whole"]) == 1


@pytest.mark.parametrize("content", [b"<svg onload='x'/>", b"%PDF-1.7", b"GIF89a", b""])
def test_only_what_is_a_jpeg_or_a_png_by_its_content_is_drawn(content: bytes) -> None:
    assert picture(content) == ""
    assert "data:image/png" in picture(red())


def test_a_picture_that_would_fill_the_memory_is_not_drawn() -> None:
    whole = red()
    huge = whole[:16] + (30_000).to_bytes(4) + (40_000).to_bytes(4) + whole[24:]
    assert picture(huge) == ""
    large = whole[:16] + (6_000).to_bytes(4) + (8_000).to_bytes(4) + whole[24:]
    assert "data:image/png" in picture(large)
