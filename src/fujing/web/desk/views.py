"""常用视图: a list's address under a name, for whoever keeps it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from fujing.kernel.actor import Actor
from fujing.registry.queries import views_of
from fujing.registry.services import view_forget, view_save
from fujing.registry.states import OFFICER_ROLES
from fujing.web import values
from fujing.web.acts import perform
from fujing.web.doors import door
from fujing.web.lists import kept
from fujing.web.requests import Request

PAGES = {"people": "desk:people"}
"""Lists that keep views, by the name under which they are kept."""


class ViewForm(forms.Form):
    name = forms.CharField(label="名称", max_length=40)
    query = forms.CharField(max_length=1000, required=False)


def views_shown(request: Request, actor: Actor, page: str) -> dict[str, Any]:
    """What kinds/views.html shows: one's own views of a list, and what would be kept now."""
    own = views_of(actor, page)
    return {
        "view_page": page,
        "view_query": urlencode(kept(request)),
        "saved_views": [(view.pk, view.name, f"?{view.query}") for view in own],
    }


def _page(page: str) -> str:
    if page not in PAGES:
        raise Http404("没有这个列表")
    return reverse(PAGES[page])


@door(*OFFICER_ROLES)
def save(request: Request, page: str) -> HttpResponse:
    """Keep the present address of a list under a name."""
    actor, back = request.actor, _page(page)
    form = ViewForm(values.sent(request))
    if request.method != "POST":
        return redirect(back)
    query = values.token(request.POST, "query")
    if form.is_valid():
        name = form.cleaned_data["name"]
        if perform(request, lambda: view_save(actor=actor, page=page, name=name, query=form.cleaned_data["query"])):
            messages.success(request, f"已保存视图“{name}”。")
    else:
        messages.error(request, "请写明视图的名称，不超过 40 字。")
    return redirect(f"{back}?{query}")


@door(*OFFICER_ROLES)
def forget(request: Request, page: str) -> HttpResponse:
    """Delete one of one's own views."""
    actor, back = request.actor, _page(page)
    if request.method == "POST":
        asked = values.number(request.POST, "view", 0)
        name = perform(request, lambda: view_forget(actor=actor, view_id=asked))
        if name:
            messages.success(request, f"已删除视图“{name}”。")
    return redirect(back)
