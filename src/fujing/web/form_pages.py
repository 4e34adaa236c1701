"""A page with one form, and what it answers: 422 where the form was refused, so that scripts and tests know."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render

from fujing.web.requests import Request

PAPER = "JPG、PNG 或 PDF，不超过 10 MB"
"""What a paper that is handed in may be, beside its field."""


def form_response(request: Request, template: str, context: dict[str, Any]) -> HttpResponse:
    """A page whose `form` in the context was shown or refused."""
    return render(request, template, context, status=422 if context["form"].errors else 200)


def form_page(request: Request, form: BaseForm, title: str, submit: str = "保存", **more: Any) -> HttpResponse:
    """The page of the kind 表单: one question. `more`: `intro`, `back` (an address) and `seen`."""
    return form_response(request, "kinds/form_page.html", {"form": form, "title": title, "submit": submit, **more})
