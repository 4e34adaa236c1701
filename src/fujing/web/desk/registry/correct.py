"""更正岗位记录: what in fact held of somebody's unit, post and officer in a period, recorded late or wrongly (5.p1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from fujing.kernel.refusals import NotFound
from fujing.registry.correcting import officers_ever, place_correct
from fujing.registry.models import Engagement
from fujing.registry.placing import posts_of
from fujing.registry.queries import places_of
from fujing.registry.roster import person_for
from fujing.web import values
from fujing.web.acts import perform
from fujing.web.audience import PERSONNEL
from fujing.web.choices import OneOf, among
from fujing.web.columns import table_of
from fujing.web.desk.common import DateField, PostChoice
from fujing.web.desk.registry.tabs import PLACES
from fujing.web.doors import door
from fujing.web.form_pages import form_response
from fujing.web.requests import Request


class CorrectForm(forms.Form):
    starts = DateField(label="实际从哪一天起", help_text="含当日")
    ends = DateField(label="到哪一天止", required=False, help_text="含当日；不填的，到下一次变动为止")
    post = PostChoice(label="用人单位和岗位")
    officer = OneOf(label="责任民警", required=False)
    reason = forms.CharField(
        label="事由和依据",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="如 漏登，见派出所值班表",
    )

    def __init__(self, organ_code: int, served: Sequence[Engagement], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        posts = posts_of(organ_code).filter(category__in={each.category for each in served})
        among(self, post=posts, officer=officers_ever(organ_code))


@door(*PERSONNEL)
def correct(request: Request, pk: int) -> HttpResponse:
    actor = request.actor
    person = person_for(actor, pk)
    if person.organ_code != actor.organ_code:
        raise PermissionDenied("由管理此人的公安机关办理。")
    served = list(person.engagements.order_by("-span"))
    if not served:
        raise NotFound("没有用工记录")
    places = list(places_of(person))
    now = {"post": places[0].post_id, "officer": places[0].officer_id} if places else {}
    form = CorrectForm(person.organ_code, served, values.sent(request), initial=now)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        last = data.pop("ends")
        # Of a day outside of every service the act of the last one says why not.
        engagement = next((each for each in served if data["starts"] in each.span), served[0])
        until = last + timedelta(1) if last else None
        done = perform(request, lambda: place_correct(actor=actor, engagement=engagement, until=until, **data), form)
        if done:
            messages.success(request, "已更正。原来的记录留存，下面列出按原来的记录作出的决定。")
            return redirect(f"{reverse('desk:person_known', args=[pk])}?day={done.span.lower}")
    context = {
        "form": form,
        "title": f"更正{person.name}的岗位记录",
        "intro": "补记或者更正过去的用人单位、岗位和责任民警。原来的记录不删除，随时可以查看当时所知的情况。",
        "submit": "更正",
        "back": reverse("desk:person", args=[pk]) + "?tab=places",
        "table": table_of(PLACES, places, "现在的记录", empty="还没有安排岗位。"),
    }
    return form_response(request, "registry/correct.html", context)
