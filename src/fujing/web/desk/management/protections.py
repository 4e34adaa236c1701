"""维权澄清: who was obstructed, harmed or wrongly accused, what is done for them, and the conclusion."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from fujing.kernel.actor import Actor
from fujing.kernel.files import file_response
from fujing.kernel.readings import readings_of
from fujing.kernel.transitions import Transition
from fujing.law.protection import KINDS, Kind
from fujing.management.protection.models import ProtectionCase
from fujing.management.protection.policies import (
    can_decide_protection,
    can_handle_protection,
    can_open_protection,
    can_set_terms,
)
from fujing.management.protection.queries import due_on, protection_for, protections_for, protections_of, terms_of
from fujing.management.protection.services import (
    protection_accept,
    protection_conclude,
    protection_decline,
    protection_open,
    protection_read,
)
from fujing.management.protection.states import KIND_CHOICES, PROTECTION, Harmed, ProtectionState
from fujing.registry.models import Person
from fujing.registry.queries import engagement_now
from fujing.registry.roster import person_for, reading
from fujing.web import values
from fujing.web.acts import Deed, Deeds, Touched, act_context, perform, take
from fujing.web.audience import PROTECTED_BY, PROTECTING
from fujing.web.columns import Column, table_of
from fujing.web.desk.common import read_for_a_reason, state_column, timeline_of
from fujing.web.desk.management.protection_forms import ConcludeForm, accept_form
from fujing.web.desk.wings import Tab
from fujing.web.doors import door
from fujing.web.form_pages import form_page, form_response
from fujing.web.lists import list_of, list_response, narrowed
from fujing.web.protecting import ToldForm
from fujing.web.requests import Request

BY_THE_PERSON = "由本人在本人服务撤回。"


def _touched(row: ProtectionCase) -> Touched:
    return Touched(f"{row.engagement.person.name}，{row.happened_on}，{row.get_kind_display()}。")


def _whose(actor: Actor, row: ProtectionCase, move: Transition) -> str:
    may = can_handle_protection if move.verb == "accept" else can_decide_protection
    return "" if may(actor, row) else "由管理此人的公安机关、与本案无关的人办理。"


DEEDS = Deeds(
    PROTECTION,
    {
        "accept": Deed(
            lambda actor, row, data: protection_accept(actor=actor, case=row, **data), accept_form, _touched
        ),
        "decline": Deed(lambda actor, row, data: protection_decline(actor=actor, case=row, **data), None, _touched),
        "conclude": Deed(
            lambda actor, row, data: protection_conclude(actor=actor, case=row, **data),
            lambda row: ConcludeForm,
            _touched,
        ),
    },
    elsewhere={"take_back": BY_THE_PERSON},
    whose=_whose,
)
COLUMNS = (
    Column("name", "姓名", "engagement.person.name", link=lambda row: reverse("desk:protection", args=[row.pk])),
    Column("kind", "类别", "get_kind_display"),
    state_column(),
    Column("due", "期限", kind="date", empty="没有规定"),
    Column("happened_on", "发生日期", kind="date", sort="happened_on"),
    Column("source", "提出", lambda row: f"{row.get_source_display()} {row.opened_by}", phone="folded"),
    Column("opened_at", "提出时间", kind="moment", sort="opened_at", phone="folded"),
    Column("finding", "结论", "get_finding_display", empty="未办结", phone="folded"),
)
MEASURES = (
    Column("taken_on", "日期", kind="date"),
    Column("kind", "措施", "get_kind_display"),
    Column("handler", "办理人"),
    Column("note", "内容", wrap=True),
)
REFERRALS = (
    Column(
        "to_whom",
        "移送处理",
        "get_to_whom_display",
        link=lambda row: reverse("desk:protection_referral", args=[row.pk]),
    ),
    Column("body", "接收单位"),
    Column("referred_on", "移送日期", kind="date"),
    Column("receipt", "回执", wrap=True),
    Column("handler", "移送人"),
    Column("outcome", "处理结果", "get_outcome_display", empty="还没有结果"),
    Column("outcome_text", "说明", wrap=True),
)
CLARIFICATIONS = (
    Column("form", "形式", "get_form_display", link=lambda row: reverse("desk:clarification", args=[row.pk])),
    state_column(),
    Column("scope", "拟公开的范围", "get_scope_display"),
    Column("agreed_scope", "本人同意的范围", "get_agreed_scope_display", empty="未表示"),
    Column("published_on", "公开日期", kind="date", empty="未公开"),
)


@door(*PROTECTING)
def protections(request: Request) -> HttpResponse:
    """The territory's cases that aren't about the reader, by kind and by how far they are."""
    actor = request.actor
    found, kinds = narrowed(request, protections_for(actor), "kind", KIND_CHOICES)
    found, steps = narrowed(request, found, "state", ProtectionState.choices)

    def dress(rows: list[Any]) -> None:
        terms = {code: terms_of(code) for code in {row.organ_code for row in rows}}
        for row in rows:
            row.due = due_on(row, terms[row.organ_code])

    context = list_of(
        request,
        COLUMNS,
        found,
        "维权澄清",
        dress=dress,
        filters=[("步骤", steps), ("类别", kinds)],
        empty="还没有维权案件。本人在手机上、单位和机关从人员档案的“维权”提出。",
    )
    context["may_set"] = can_set_terms(actor)
    return list_response(request, context, "management/protection/list.html")


@door(*PROTECTED_BY)
def protection_new(request: Request, pk: int) -> HttpResponse:
    """Say for somebody that they were harmed or wrongly accused: their unit, or the bureau."""
    actor = request.actor
    back = reverse("desk:person", args=[pk]) + "?tab=protections"
    with reading(actor):
        person = person_for(actor, pk)
        engagement = engagement_now(person)
        if engagement is None:
            raise Http404("此人不在职")
        form = ToldForm(person.pk, values.sent(request), request.FILES or None)
        if request.method == "POST" and form.is_valid():
            upload = form.cleaned_data["upload"]
            if perform(
                request,
                lambda: protection_open(actor=actor, engagement=engagement, told=form.said, upload=upload),
                form,
            ):
                messages.success(request, "已提出，待受理。")
                return redirect(back)
        return form_page(
            request,
            form,
            title=f"为{person.name}提出维权",
            intro="履行职责受到妨害、侵害，受到不实投诉、恶意炒作，或者被错误追究责任的",
            submit="提出",
            back=back,
        )


@door(*PROTECTING)
def protection(request: Request, pk: int) -> HttpResponseBase:
    """One case: what happened (for a reason), what was done, and what may be done now."""
    actor = request.actor
    row = protection_for(actor, pk)
    person = row.engagement.person
    if "verb" in request.POST:
        back = reverse("desk:protection", args=[pk])
        return take(request, actor, row, DEEDS, back=back, subject=f"{person.name}：{row.get_kind_display()}")
    act, form, opened = read_for_a_reason(request, lambda reason: protection_read(actor=actor, case=row, reason=reason))
    papers = list(row.evidences.select_related("file").order_by("pk"))
    if opened and act != "read":
        chosen = next((each for each in papers if f"file-{each.pk}" == act), None)
        if chosen is None:
            raise Http404("没有这份材料")
        return file_response(chosen.file)
    parts = [row, *row.measures.all(), *row.referrals.all(), *row.clarifications.all()]
    context = {
        "title": f"{person.name}：{row.get_kind_display()}",
        "row": row,
        "provision": KINDS[Kind(row.kind)][1],
        "harmed": "、".join(str(Harmed(each).label) for each in row.harmed),
        "due": due_on(row, terms_of(row.organ_code)),
        "open": row.state in (ProtectionState.OPENED, ProtectionState.HANDLING),
        "papers": papers,
        "measures": table_of(MEASURES, row.measures.order_by("taken_on", "pk"), "措施", empty="还没有登记措施。"),
        "referrals": table_of(REFERRALS, row.referrals.order_by("pk"), "移送", empty="没有移送。"),
        "clarifications": table_of(CLARIFICATIONS, row.clarifications.order_by("pk"), "澄清", empty="没有拟澄清。"),
        "handles": can_handle_protection(actor, row) and row.state == ProtectionState.HANDLING,
        "adds": can_handle_protection(actor, row),
        "form": form,
        "opened": opened,
        "reads": readings_of(row),
        "timeline": timeline_of(parts),
        **act_context(actor, row, DEEDS),
    }
    return form_response(request, "management/protection/case.html", context)


def _tab(actor: Actor, person: Person) -> dict[str, Any]:
    engagement = engagement_now(person)
    rows = protections_of(person)
    if actor.account_id is not None:
        rows = rows.exclude(accused=actor.account_id)
    columns = (COLUMNS[1], COLUMNS[2], *COLUMNS[4:])
    return {
        "table": table_of(columns, rows, "维权", empty="没有提出过维权。"),
        "person": person,
        "may_open": engagement is not None and can_open_protection(actor, engagement),
    }


PROTECTIONS_TAB = Tab("protections", "维权", PROTECTED_BY, "management/protection/tab.html", _tab)
