"""The admission ticket: on the phone at the door, and printed on A4."""

from __future__ import annotations

import io

import segno
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from fujing.kernel.actor import Actor
from fujing.kernel.files import file_content
from fujing.kernel.papers import pdf, picture
from fujing.law.formats.scores import STAGE_LABELS
from fujing.recruitment.applications.models import Application, Attachment
from fujing.recruitment.applications.queries import own_application
from fujing.recruitment.exams.models import Seat
from fujing.recruitment.exams.papers import ticket_paper
from fujing.recruitment.exams.queries import own_seats
from fujing.web.public.views import applicant_of, to_sign_in
from fujing.web.requests import Request
from fujing.web.sheets import download


def ticket(request: Request, pk: int, seat: int) -> HttpResponse:
    """The applicant's own ticket with photo; its code opens the seat's page for the officer at the door."""
    actor = applicant_of(request)
    if actor is None:
        return to_sign_in(request)
    application, found = _own(actor, pk, seat)
    context = {
        "application": application,
        "seat": found,
        "stage": STAGE_LABELS[found.sitting.stage],
        "photo": _photo(application),
        "code": _code(request, found).svg_inline(scale=4),
    }
    return render(request, "public/ticket.html", context)


def printed(request: Request, pk: int, seat: int) -> HttpResponse:
    """The same ticket as PDF, for a printing shop."""
    actor = applicant_of(request)
    if actor is None:
        return to_sign_in(request)
    application, found = _own(actor, pk, seat)
    kept, drawn = _photo(application), io.BytesIO()
    _code(request, found).save(drawn, kind="svg", border=2)
    face = picture(file_content(kept.file)) if kept else ""
    made = ticket_paper(application, found, photo=face, code=drawn.getvalue().decode())
    return download(pdf(made), f"{made.title}.pdf", "application/pdf")


def _own(actor: Actor, pk: int, seat: int) -> tuple[Application, Seat]:
    """The applicant's own application and released seat, or 404."""
    application = own_application(actor, pk)
    found = own_seats(actor, application).filter(pk=seat).first()
    if found is None:
        raise Http404("没有这张准考证")
    return application, found


def _photo(application: Application) -> Attachment | None:
    photos = application.attachments.filter(kind=Attachment.Kind.PHOTO)
    return photos.select_related("file").first()


def _code(request: Request, seat: Seat) -> segno.QRCode:
    """The address of the seat's page at the door."""
    return segno.make(request.build_absolute_uri(reverse("desk:seat", args=[seat.sitting_id, seat.pk])), error="m")
