"""The dossier of a person: three facts, the tabs that the wings contribute, and what may be done now."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.law.ages import age_on
from fujing.management.contracts.policies import can_sign_contracts
from fujing.management.contracts.queries import Last, last_contract
from fujing.management.leaving.policies import can_handle_departure
from fujing.registry.activation.policies import can_issue
from fujing.registry.models import Person
from fujing.registry.policies import can_lead, can_reveal
from fujing.registry.queries import engagement_now, place_now
from fujing.registry.roster import person_for, reading
from fujing.registry.sensitive import revealable, sensitive_reveal
from fujing.registry.states import OFFICER_ROLES, ContractKind
from fujing.web import values
from fujing.web.acts import perform
from fujing.web.audience import PERSONNEL, sees
from fujing.web.columns import last_day
from fujing.web.desk.chapters import WINGS
from fujing.web.desk.registry.tabs import RevealForm
from fujing.web.desk.wings import Tab
from fujing.web.doors import door
from fujing.web.lists import Link, address
from fujing.web.requests import Request


def tabs_for(actor: Actor) -> list[Tab]:
    """The tabs that the actor sees, in the order of the wings; the course of things comes last."""
    seen = [tab for wing in WINGS for tab in wing.tabs if sees(actor, tab.roles)]
    return sorted(seen, key=lambda tab: (tab.key == "course", tab.key != "overview"))


@door(*OFFICER_ROLES)
def dossier(request: Request, pk: int) -> HttpResponse:
    actor = request.actor
    with reading(actor):
        context = _dossier(request, actor, person_for(actor, pk))
    return render(request, "registry/person.html", context)


def _dossier(request: Request, actor: Actor, person: Person, revealed: tuple[str, str] | None = None) -> dict[str, Any]:
    tabs = tabs_for(actor)
    asked = values.words(request.GET, "tab")
    tab = next((each for each in tabs if each.key == asked), tabs[0])
    current = engagement_now(person)
    place = place_now(current) if current else None
    last = last_contract(current) if current else None
    signed = last.signed if last else None
    context = {
        "title": person.name,
        "person": person,
        "current": current,
        "category": current.get_category_display() if current else "",
        "age": age_on(person.birth_date, today()),
        "facts": [
            ("用人单位和岗位", f"{place.unit.short_name} · {place.post.name}" if place else "未安排"),
            ("责任民警", place.officer.name if place and place.officer else "未指定"),
            ("合同到期", _ends_of(last)),
        ],
        "tabs": [Link(each.label, address(request, tab=each.key), each == tab) for each in tabs],
        "template": tab.template,
        "reveal": RevealForm() if can_reveal(actor) else None,
        "revealed": revealed,
        "may_lead": bool(current) and can_lead(actor) and person.organ_code == actor.organ_code,
        "may_correct": can_lead(actor) and person.organ_code == actor.organ_code,
        "may_sign": bool(current and not signed) and can_sign_contracts(actor),
        "may_open": bool(current) and can_issue(actor, person.organ_code),
        "may_leave": bool(current) and can_handle_departure(actor, person.organ_code),
        "may_renew": bool(signed and signed.span.upper) and can_sign_contracts(actor),
    }
    return context | tab.context(actor, person)


def _ends_of(last: Last | None) -> str:
    """Until when the contract runs, the last day included: the one signed here, else the one of which a roster tells."""
    if last is None:
        return "未签合同"
    ends = last_day(last.after)
    words = ends.isoformat() if ends else "无固定期限" if last.kind == ContractKind.OPEN_ENDED else "未写明"
    return words if last.signed else f"{words}（花名册记载）"


@door(*PERSONNEL)
def reveal_field(request: Request, pk: int) -> HttpResponse:
    """One sensitive field, for a reason that stays on record."""
    actor = request.actor
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
