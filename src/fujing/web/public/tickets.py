"""The admission ticket: on the phone at the door, and printed on A4."""

from __future__ import annotations

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from fujing.law.formats.scores import STAGE_LABELS
from fujing.recruitment.applications.models import Attachment
from fujing.recruitment.applications.queries import own_application
from fujing.recruitment.exams.queries import own_seats
from fujing.web.public.views import applicant_of, to_sign_in


def ticket(request: HttpRequest, pk: int, seat: int) -> HttpResponse:
    """The applicant's own ticket with photo; its code opens the seat's page for the officer at the door."""
    actor = applicant_of(request)
    if actor is None:
        return to_sign_in(request)
    application = own_application(actor, pk)
    found = own_seats(actor, application).filter(pk=seat).first()
    if found is None:
        raise Http404("没有这张准考证")
    at_the_door = request.build_absolute_uri(reverse("desk:seat", args=[found.sitting_id, found.pk]))
    context = {
        "application": application, "seat": found, "stage": STAGE_LABELS[found.sitting.stage],
        "photo": application.attachments.filter(kind=Attachment.Kind.PHOTO).first(),
        "code": segno.make(at_the_door, error="m").svg_inline(scale=4),
    }  # fmt: skip
    return render(request, "public/ticket.html", context)
