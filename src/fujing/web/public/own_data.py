"""What is held about an applicant, for the applicant: a copy of everything, and who read what is sensitive."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse
from django.shortcuts import redirect, render

from fujing.kernel.readings import readings_about
from fujing.recruitment.applications.own_copy import own_copy
from fujing.web.columns import Column, table_of
from fujing.web.public.views import applicant_of, to_sign_in
from fujing.web.requests import Request

READINGS = (
    Column("at", "时间", kind="moment"),
    Column("what", "内容", wrap=True),
    Column("reader_name", "查阅人"),
    Column("reason", "事由", wrap=True),
)


def copy(request: Request) -> HttpResponse:
    """Everything held about the applicant as a download; by POST, because taking it is recorded."""
    actor = applicant_of(request)
    if actor is None:
        return to_sign_in(request)
    if request.method != "POST":
        return redirect("public:mine")
    response = HttpResponse(own_copy(actor=actor), content_type="application/zip")
    response["Content-Disposition"] = "attachment; filename*=UTF-8''" + quote("我的信息.zip")
    return response


def readings(request: Request) -> HttpResponse:
    """Each time that somebody opened a sensitive value of the applicant's: who, when and why."""
    actor = applicant_of(request)
    if actor is None:
        return to_sign_in(request)
    table = table_of(READINGS, readings_about(actor), "查阅记录", empty="还没有人查阅过您的敏感信息。")
    return render(request, "public/readings.html", {"table": table})
