"""The dossier of a person: three facts, the tabs that the wings contribute, and what may be done now."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.law.ages import age_on
from fujing.registry.models import Assignment, Contract, Person
from fujing.registry.roster import person_for, reading
from fujing.registry.sensitive import revealable, sensitive_reveal
from fujing.registry.states import OFFICER_ROLES
from fujing.web import values
from fujing.web.acts import perform
from fujing.web.columns import last_day
from fujing.web.desk.chapters import WINGS
from fujing.web.desk.common import need
from fujing.web.desk.registry.tabs import RevealForm
from fujing.web.desk.wings import Tab
from fujing.web.lists import Link, address


def tabs_for(actor: Actor) -> list[Tab]:
    """The tabs that the actor sees, in the order of the wings; the course of things comes last."""
    seen = [tab for wing in WINGS for tab in wing.tabs if actor.has(*tab.roles)]
    return sorted(seen, key=lambda tab: (tab.key == "course", tab.key != "overview"))


def dossier(request: HttpRequest, pk: int) -> HttpResponse:
    actor = need(request, *OFFICER_ROLES)
    with reading(actor):
        context = _dossier(request, actor, person_for(actor, pk))
    return render(request, "registry/person.html", context)


def _dossier(
    request: HttpRequest, actor: Actor, person: Person, revealed: tuple[str, str] | None = None
) -> dict[str, Any]:
    tabs = tabs_for(actor)
    asked = values.words(request.GET, "tab")
    tab = next((each for each in tabs if each.key == asked), tabs[0])
    current = person.engagements.filter(span__endswith__isnull=True).first()
    place = contract = None
    if current:
        served = Assignment.objects.filter(engagement=current, span__endswith__isnull=True)
        place = served.select_related("unit", "post", "officer").first()
        contract = Contract.objects.filter(engagement=current).order_by("-sequence").first()
    context = {
        "title": person.name,
        "person": person,
        "current": current,
        "category": current.get_category_display() if current else "",
        "age": age_on(person.birth_date, today()),
        "facts": [
            ("用人单位和岗位", f"{place.unit.short_name} · {place.post.name}" if place else "未安排"),
            ("责任民警", place.officer.name if place and place.officer else "未指定"),
            ("合同到期", _ends(contract)),
        ],
        "tabs": [Link(each.label, address(request, tab=each.key), each == tab) for each in tabs],
        "template": tab.template,
        "reveal": RevealForm() if actor.has("hr_officer", "hr_head") else None,
        "revealed": revealed,
        "may_lead": bool(current) and actor.has("hr_officer", "hr_head") and person.organ_code == actor.organ_code,
        "may_sign": bool(current and not contract) and actor.has("hr_officer", "hr_head"),
    }
    return context | tab.context(actor, person)


def _ends(contract: Contract | None) -> str:
    """Until when the present contract runs, the last day included."""
    if contract is None:
        return "未签合同"
    last = last_day(contract.span.upper)
    return last.isoformat() if last else "无固定期限"


def reveal_field(request: HttpRequest, pk: int) -> HttpResponse:
    """One sensitive field, for a reason that stays on record."""
    actor = need(request, "hr_officer", "hr_head")
    person = person_for(actor, pk)
    if request.method != "POST":
        return redirect("desk:person", pk)
    form = RevealForm(request.POST)
    if not form.is_valid():
        messages.error(request, "请选择查看内容并写明事由。")
        return redirect("desk:person", pk)
    data = form.cleaned_data
    value = perform(
        request, lambda: sensitive_reveal(actor=actor, person=person, field=data["field"], reason=data["reason"])
    )
    if value is None:
        return redirect("desk:person", pk)
    shown = (revealable()[data["field"]], str(value))
    return render(request, "registry/person.html", _dossier(request, actor, person, shown))
