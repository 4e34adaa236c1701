"""花名册: the roster, the search for people, the dossier."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from fujing.general.quota.queries import in_service_within
from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.privacy import masked
from fujing.law.ages import age_on
from fujing.law.formats.applicants import EDUCATION_LABEL
from fujing.registry.models import Assignment, Contract, Engagement, Person
from fujing.registry.queries import bureaus_of
from fujing.registry.roster import PAGE, SOON_DAYS, people_matching, person_for, roster_page
from fujing.registry.sensitive import revealable, sensitive_reveal
from fujing.registry.states import OFFICER_ROLES, Category
from fujing.web.acts import perform
from fujing.web.desk.common import need, timeline_of
from fujing.web.desk.recruitment.selection import sheet_response
from fujing.web.desk.wings import Found
from fujing.web.lists import address, filter_links

EXPORT_LIMIT = 20_000


class RevealForm(forms.Form):
    field = forms.ChoiceField(label="查看内容", choices=lambda: list(revealable().items()))
    reason = forms.CharField(label="事由", max_length=200)


def _rows(engagements: list[Engagement], bureaus: dict[int, str] | None = None) -> list[Engagement]:
    day = today()
    for row in engagements:
        row.age = age_on(row.person.birth_date, day)  # type: ignore[attr-defined]
        row.bureau = (bureaus or {}).get(row.organ_code, "")  # type: ignore[attr-defined]
    return engagements


def _bureaus(actor: Actor) -> dict[int, str]:
    """Names of the bureaus by code where a list may hold people of several; nothing for a county."""
    found = dict(bureaus_of(actor).values_list("code", "name"))
    return found if len(found) > 1 else {}


DUE = [("soon", f"{SOON_DAYS}天内合同到期"), ("none", "未签合同")]


def _filters(request: HttpRequest) -> dict[str, Any]:
    category = request.GET.get("category", "")
    due = request.GET.get("due", "")
    organ = request.GET.get("organ", "")
    return {
        "category": category if category in Category.values else "",
        "due": due if due in dict(DUE) else "",
        "organ": int(organ) if organ.isdecimal() else None,
    }


def roster(request: HttpRequest) -> HttpResponse:
    actor = need(request, *OFFICER_ROLES)
    text = request.GET.get("q", "").strip()
    after = request.GET.get("after", "")
    filters, bureaus = _filters(request), _bureaus(actor)
    if text:
        rows, following = people_matching(actor, text), None
    else:
        rows, following = roster_page(actor, after=int(after) if after.isdecimal() else 0, **filters)
    context = {
        "rows": _rows(rows, bureaus),
        "q": text,
        "export_url": f"export/?{request.GET.urlencode()}",
        "in_service": in_service_within(actor.lo or 0, actor.hi or 0),
        "filters": [
            ("类别", filter_links(request, "category", Category.choices)),
            ("合同", filter_links(request, "due", DUE)),
        ],
        "bureaus": bureaus,
        "organ": filters["organ"],
        "kept": [(name, filters[name]) for name in ("category", "due") if filters[name]],
        "next_url": address(request, after=str(following)) if following else "",
        "previous_url": address(request) if after else "",
    }
    return render(request, "registry/people.html", context)


def people_found(actor: Actor, text: str) -> Found | None:
    """The people whom the search box finds, with their bureaus where there are several."""
    bureaus = _bureaus(actor)
    rows = _rows(people_matching(actor, text), bureaus)
    return Found("registry/found.html", {"rows": rows, "bureaus": bureaus, "page": PAGE}) if rows else None


def export(request: HttpRequest) -> HttpResponse:
    actor = need(request, *OFFICER_ROLES)
    text = request.GET.get("q", "").strip()
    rows = (
        people_matching(actor, text)
        if text
        else roster_page(actor, after=0, limit=EXPORT_LIMIT, **_filters(request))[0]
    )
    table: list[list[object]] = [
        [
            row.person.name,
            row.person.get_sex_display(),
            row.age,  # type: ignore[attr-defined]
            row.get_category_display(),
            row.unit_name or "",  # type: ignore[attr-defined]
            row.post_name or "",  # type: ignore[attr-defined]
            str(row.span.lower),
            str(row.contract_ends or ""),  # type: ignore[attr-defined]
        ]
        for row in _rows(rows)
    ]
    return sheet_response("roster", ["姓名", "性别", "年龄", "类别", "用人单位", "岗位", "入职日期", "合同到期"], table)


def dossier(request: HttpRequest, pk: int) -> HttpResponse:
    actor = need(request, *OFFICER_ROLES)
    return render(request, "registry/person.html", _dossier(actor, person_for(actor, pk)))


def _dossier(actor: Actor, person: Person, revealed: dict[str, str] | None = None) -> dict[str, Any]:
    engagements = list(person.engagements.order_by("-span"))
    placed = Assignment.objects.filter(engagement__in=engagements).select_related("unit", "post", "officer")
    assignments = list(placed.order_by("-span"))
    contracts = list(Contract.objects.filter(engagement__in=engagements).order_by("-span"))
    current = next((each for each in engagements if each.span.upper is None), None)
    place = next((each for each in assignments if each.span.upper is None), None)
    return {
        "person": person,
        "hidden": [(label, masked(person, name) or "未登记") for name, label in revealable().items()],
        "age": age_on(person.birth_date, today()),
        "education": EDUCATION_LABEL.get(person.education, ""),
        "current": current,
        "place": place,
        "engagements": engagements,
        "assignments": assignments,
        "contracts": contracts,
        "timeline": timeline_of([person, *engagements, *contracts]),
        "reveal": RevealForm(),
        "revealed": revealed or {},
        "may_sign": bool(current and not contracts) and actor.has("hr_officer", "hr_head"),
    }


def reveal_field(request: HttpRequest, pk: int) -> HttpResponse:
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
    return render(request, "registry/person.html", _dossier(actor, person, {revealable()[data["field"]]: value}))
