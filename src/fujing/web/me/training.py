"""培训: what I owe of education and training this year, and the classes that I took part in (Article 14.3)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.numbers import bare
from fujing.law.training.kinds import KINDS, RESULTS
from fujing.management.training.own import lacking_of, own_standing, own_trainings
from fujing.web.audience import AUXILIARIES
from fujing.web.doors import door
from fujing.web.me.rooms import Card, Room
from fujing.web.requests import Request


@door(*AUXILIARIES)
def trainings(request: Request) -> HttpResponse:
    """The person's own training: what is owed, and what was taken with the attendance that was recorded."""
    actor, year = request.actor, today().year
    standing = own_standing(actor, year)
    taken = [
        {
            "row": each,
            "kind": KINDS[each.course.kind],
            "result": RESULTS.get(each.mark_result or "", ""),  # type: ignore[attr-defined]
            "hours": bare(each.mark_hours) if each.mark_hours else "",  # type: ignore[attr-defined]
            "score": "" if each.mark_score is None else bare(each.mark_score),  # type: ignore[attr-defined]
        }
        for each in own_trainings(actor)
    ]
    context = {"year": year, "owed": standing.owed if standing else (), "serves": standing is not None, "taken": taken}
    return render(request, "me/trainings.html", context)


def _card(actor: Actor) -> Card:
    year = today().year
    standing = own_standing(actor, year)
    if standing is None:
        return Card("参加过的培训")
    lacks = lacking_of(standing)
    said = f"{year}年还有 {len(lacks)} 项没有完成" if lacks else f"{year}年没有缺少的教育培训"
    if not standing.planned:
        return Card(said, "由单位安排培训班和报名")
    return Card(said, f"下一次培训 {timezone.localtime(min(standing.planned.values())):%Y-%m-%d %H:%M}")


TRAINING = Room(
    label="培训",
    url="me:trainings",
    patterns=(path("training/", trainings, name="trainings"),),
    card=_card,
    provisions=("14.3", "24"),
    place=5,
)
