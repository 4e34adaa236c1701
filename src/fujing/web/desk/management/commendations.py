"""表彰: who is proposed for what, its publicity with the objections, and the decision."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.files import file_response
from fujing.kernel.transitions import Transition
from fujing.management.commendation.models import Commendation
from fujing.management.commendation.papers import decision, publicity
from fujing.management.commendation.policies import can_propose_commendation, can_read_objection
from fujing.management.commendation.queries import (
    commendation_for,
    commendations_for,
    commendations_of,
    objected,
    objection_for,
    publicity_over,
)
from fujing.management.commendation.services import (
    commendation_award,
    commendation_check,
    commendation_propose,
    commendation_publicise,
    commendation_refuse,
    commendation_withdraw,
    objection_answer,
    objection_open,
    objection_record,
)
from fujing.management.commendation.states import COMMENDATION, CommendationState
from fujing.registry.models import Person
from fujing.registry.queries import engagement_for, engagement_now
from fujing.web import values
from fujing.web.acts import Deed, Deeds, Touched, act_context, perform, take
from fujing.web.audience import LEADERS, OFFICERS, PERSONNEL
from fujing.web.columns import Column, table_of
from fujing.web.desk.common import DateField, of_own_bureau, state_column, timeline_of
from fujing.web.desk.management.objecting import ObjectionForm, objection_page
from fujing.web.desk.wings import Tab
from fujing.web.doors import door
from fujing.web.form_pages import PAPER, form_page
from fujing.web.lists import filter_links, list_of, list_response, narrowed
from fujing.web.numbers import NumberField
from fujing.web.requests import Request
from fujing.web.sheets import paper_kind, printed

LOOK = PERSONNEL | LEADERS


class ProposeForm(forms.Form):
    title = forms.CharField(label="表彰名称", max_length=60, help_text="例如：嘉奖")
    deed = forms.CharField(label="事迹", max_length=1000, widget=forms.Textarea(attrs={"rows": 5}))
    achieved_on = DateField(label="事迹日期")
    amount = NumberField(
        label="奖金（元）",
        min_value=Decimal("0.01"),
        max_value=Decimal("1000000"),
        max_digits=10,
        decimal_places=2,
        required=False,
        help_text="没有奖金的不填；决定时从奖励经费中预留",
    )
    upload = forms.FileField(label="事迹材料", help_text=PAPER)


class PublicityForm(forms.Form):
    starts = DateField(label="公示起")
    until = DateField(label="公示止（含当日）", help_text="期限按本机关的规定；届满以后才能决定")


class AwardForm(forms.Form):
    document_number = forms.CharField(label="决定文号", max_length=60)


def _touched(row: Commendation) -> Touched:
    bonus = f"，奖金 {row.amount:,.2f} 元" if row.amount else ""
    return Touched(f"{row.engagement.person.name}，{row.title}{bonus}。")


def _why_not(actor: Actor, row: Commendation, move: Transition) -> str:
    if move.verb in ("check", "award") and actor.account_id == row.made_by_id:
        return "申报人不能核对、决定自己申报的表彰。"
    if move.verb == "award":
        if row.publicised_until and row.publicised_until >= today():
            return f"公示到 {row.publicised_until} 届满，{row.decided_from} 起可以决定。"
        objections = list(row.objections.all())
        if any(each.upheld is None for each in objections):
            return "还有异议没有答复。"
        if any(each.upheld for each in objections):
            return "有异议成立。"
    return ""


DEEDS = Deeds(
    COMMENDATION,
    {
        "check": Deed(lambda actor, row, data: commendation_check(actor=actor, commendation=row), None, _touched),
        "publicise": Deed(
            lambda actor, row, data: commendation_publicise(actor=actor, commendation=row, **data),
            lambda row: PublicityForm,
            _touched,
        ),
        "award": Deed(
            lambda actor, row, data: commendation_award(actor=actor, commendation=row, **data),
            lambda row: AwardForm,
            _touched,
        ),
        "refuse": Deed(
            lambda actor, row, data: commendation_refuse(actor=actor, commendation=row, **data), None, _touched
        ),
        "withdraw": Deed(
            lambda actor, row, data: commendation_withdraw(actor=actor, commendation=row, **data), None, _touched
        ),
    },
    whose=of_own_bureau,
    why_not=_why_not,
)
COLUMNS = (
    Column("name", "姓名", "engagement.person.name", link=lambda row: reverse("desk:commendation", args=[row.pk])),
    Column("title", "表彰名称"),
    state_column(),
    Column("achieved_on", "事迹日期", kind="date", sort="achieved_on"),
    Column("publicised_until", "公示止", kind="date", sort="publicised_until", empty="未公示"),
    Column("amount", "奖金（元）", kind="money", sort="amount", empty="无"),
    Column("document_number", "决定文号", empty="未决定", phone="folded"),
    Column("made_by", "申报人", phone="folded"),
)
NARROWED = {"over": ("公示期满", publicity_over), "objected": ("异议待答复", objected)}
OBJECTIONS = (
    Column("received_on", "收到", kind="date", link=lambda row: reverse("desk:commendation_objection", args=[row.pk])),
    Column("upheld", "结果", lambda row: {None: "待答复", True: "成立", False: "不成立"}[row.upheld]),
    Column("answer", "答复", wrap=True),
)


@door(*LOOK)
def commendations(request: Request) -> HttpResponse:
    """All of the territory, by how far they are."""
    actor = request.actor
    found, steps = narrowed(request, commendations_for(actor), "state", CommendationState.choices)
    due = values.choice(request.GET, "due", NARROWED, "")
    found = NARROWED[due][1](found) if due else found
    links = [
        ("步骤", steps),
        ("提醒", filter_links(request, "due", [(key, label) for key, (label, _) in NARROWED.items()])),
    ]
    context = list_of(request, COLUMNS, found, "表彰奖励", filters=links, empty="还没有申报过表彰。")
    context["summary"] = "从人员档案的“表彰”申报；核对、公示以后决定。"
    return list_response(request, context)


@door(*PERSONNEL)
def propose(request: Request, pk: int) -> HttpResponse:
    """Propose somebody for what they did."""
    actor = request.actor
    engagement = engagement_for(actor, pk)
    form = ProposeForm(values.sent(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        made = perform(
            request, lambda: commendation_propose(actor=actor, engagement=engagement, **form.cleaned_data), form
        )
        if made:
            messages.success(request, "已申报，待核对。")
            return redirect("desk:commendation", made.pk)
    return form_page(
        request,
        form,
        title=f"申报{engagement.person.name}的表彰",
        intro="在保护公共财产和人民群众生命财产安全、协助预防和惩治违法犯罪等工作中表现突出的",
        submit="申报",
        back=reverse("desk:person", args=[engagement.person_id]) + "?tab=commendations",
    )


@door(*LOOK)
def commendation(request: Request, pk: int) -> HttpResponseBase:
    """One commendation: the deed, the objections, and what may be done now."""
    actor = request.actor
    row = commendation_for(actor, pk)
    back = reverse("desk:commendation", args=[pk])
    if "verb" in request.POST:
        return take(request, actor, row, DEEDS, back=back, subject=f"{row.engagement.person.name}的{row.title}")
    objecting = row.state == CommendationState.PUBLICISED and can_propose_commendation(actor, row.organ_code)
    form = ObjectionForm(values.sent(request), initial={"received_on": today()}) if objecting else None
    if form is not None and request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if perform(request, lambda: objection_record(actor=actor, commendation=row, **data), form):
            messages.success(request, "已登记异议，答复以后才能决定。")
            return redirect(back)
    context = {
        "title": f"{row.engagement.person.name}：{row.title}",
        "row": row,
        "form": form,
        "objections": table_of(OBJECTIONS, row.objections.order_by("pk"), "异议", empty="没有收到异议。"),
        "timeline": timeline_of([row]),
        **act_context(actor, row, DEEDS),
    }
    return render(request, "management/commendation.html", context, status=422 if form and form.errors else 200)


@door(*LOOK)
def objection(request: Request, pk: int) -> HttpResponse:
    """One objection: read for a reason, and answered."""
    actor = request.actor
    row = objection_for(actor, pk)
    about = row.commendation
    may = can_propose_commendation(actor, row.organ_code)
    waits = row.upheld is None and about.state == CommendationState.PUBLICISED and may
    reads = can_read_objection(actor, row.organ_code)
    return objection_page(
        request,
        row,
        title=f"对{about.engagement.person.name}表彰的异议",
        about=(about.title, reverse("desk:commendation", args=[about.pk])),
        provision="29",
        opening=(lambda reason: objection_open(actor=actor, objection=row, reason=reason)) if reads else None,
        answering=(lambda **answer: objection_answer(actor=actor, objection=row, **answer)) if waits else None,
    )


@door(*LOOK)
def commendation_paper(request: Request, pk: int) -> HttpResponse:
    """The notice of publicity, or the decision once there is one."""
    row = commendation_for(request.actor, pk)
    made = decision(row) if row.state == CommendationState.AWARDED else publicity(row)
    return printed(made, paper_kind(request))


@door(*LOOK)
def commendation_evidence(request: Request, pk: int) -> HttpResponseBase:
    """What shows the deed."""
    return file_response(commendation_for(request.actor, pk).evidence)


def _tab(actor: Actor, person: Person) -> dict[str, Any]:
    engagement = engagement_now(person)
    return {
        "table": table_of((*COLUMNS[1:5], COLUMNS[6]), commendations_of(person), "表彰奖励", empty="没有表彰。"),
        "engagement": engagement,
        "may_propose": engagement is not None and can_propose_commendation(actor, person.organ_code),
    }


COMMENDATIONS_TAB = Tab("commendations", "表彰", OFFICERS, "management/tabs/commendations.html", _tab)
