"""派勤单: the list, and one order with what stands against it and what may be done now."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from fujing.duties.orders.facts import unkept
from fujing.duties.orders.frame import judged
from fujing.duties.orders.models import DutyOrder
from fujing.duties.orders.policies import can_plan_unit, can_run_order
from fujing.duties.orders.queries import order_for, orders_broken, orders_due, orders_for, orders_in_week, orders_run_by
from fujing.duties.orders.services import (
    in_the_way,
    order_discard,
    order_end,
    order_give,
    order_start,
    order_withdraw,
    releasable,
)
from fujing.duties.orders.states import DUTY_ORDER, OrderState
from fujing.kernel.actor import Actor
from fujing.kernel.transitions import Transition
from fujing.law.catalogue import ITEMS
from fujing.law.findings import RowFinding
from fujing.law.provisions import measures
from fujing.registry.roster import reading
from fujing.web import values
from fujing.web.acts import Deed, Deeds, ReasonForm, Touched, act_context, take
from fujing.web.audience import DUTIES
from fujing.web.columns import Column
from fujing.web.desk.common import state_column, timeline_of
from fujing.web.desk.duties.asked import asked_for
from fujing.web.desk.duties.week import against_table, held_up, when_of
from fujing.web.doors import door
from fujing.web.lists import filter_links, list_of, list_response, narrowed
from fujing.web.requests import Request
from fujing.web.seen import SeenWhole

DUE = {"draft": "今明两天的草稿", "ordered": "到时没有开始", "started": "过时没有结束", "broken": "派勤后不再符合规定"}
HELD = "held"
ITEM_TEXTS = {item: measures()[item].text for item in ITEMS}
MOST_NAMED = 4


def names_on(order: DutyOrder) -> str:
    """Who is sent, the first of them by name."""
    names = [each.engagement.person.name for each in order.people.all()]
    more = f"等 {len(names)} 人" if len(names) > MOST_NAMED else ""
    return "、".join(names[:MOST_NAMED]) + more


COLUMNS = (
    Column("when", "时间", when_of, sort="span", link=lambda row: reverse("desk:duty", args=[row.pk])),
    Column("unit", "单位", "unit.short_name"),
    state_column(),
    Column("people", "人员", names_on, empty="没有派人", wrap=True),
    Column("item", "事项", kind="provision"),
    Column("text", "内容", wrap=True, phone="folded"),
    Column("place", "地点", wrap=True),
    Column("commander", "指挥民警", "commander_name", empty="未写明"),
    Column("given_by", "派勤人", empty="未派", optional=True),
    Column("withdrawn_why", "撤回理由", optional=True, wrap=True),
)


@door(*DUTIES)
def orders(request: Request) -> HttpResponse:
    """All that the reader sees, by state, by unit and week, or what waits for a next step."""
    actor, now = request.actor, timezone.now()
    with reading(actor):
        found, note = orders_for(actor).order_by("-span", "pk"), "派勤以后不再改动，可以撤回后重新草拟。"
        due = values.choice(request.GET, "due", {**DUE, HELD: ""})
        if values.words(request.GET, "week") or values.words(request.GET, "unit"):
            asked = asked_for(request, actor)
            found = orders_in_week(found, asked.unit.code, asked.monday)
            note = f"{asked.said}。{note}"
        if due == "broken":
            found = found.filter(pk__in=orders_broken(orders_run_by(actor), now))
        elif due == HELD:
            drafts = list(found.filter(state=OrderState.DRAFT))
            told = judged(drafts)
            found = found.filter(pk__in=[each.pk for each in drafts if held_up(each, told)])
        elif due:
            found = found.filter(pk__in=orders_due(orders_run_by(actor), now).filter(state=due).values("pk"))
        found, states = narrowed(request, found, "state", OrderState.choices)
        links = [("状态", states), ("提醒", filter_links(request, "due", list(DUE.items())))]
        context = list_of(request, COLUMNS, found, "派勤单", filters=links, empty="还没有派勤单。")
    return list_response(request, context | {"summary": note})


class GiveForm(forms.Form):
    """Why an order goes ahead whose wording may be what Article 13 keeps for the police."""

    reason = forms.CharField(
        label="放行理由",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="由您具名写明：由民警进行什么，辅警只协助什么。理由留在派勤单上，不能改动",
    )


class WithdrawForm(ReasonForm):
    reason = forms.CharField(label="撤回理由", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


def _touched(row: DutyOrder) -> Touched:
    names = tuple(each.engagement.person.name for each in row.people.all())
    return Touched(f"{when_of(row)}，{row.place or '没有写地点'}，共 {len(names)} 人。", names)


def _whose(actor: Actor, row: DutyOrder, move: Transition) -> str:
    if move.verb in ("start", "end"):
        return "" if can_run_order(actor, row) else "由用人单位的负责人或者指挥民警办理。"
    return "" if can_plan_unit(actor, row.unit_id) else "由用人单位的负责人或者本机关的负责人办理。"


DEEDS = Deeds(
    DUTY_ORDER,
    {
        "give": Deed(lambda actor, row, data: order_give(actor=actor, order=row, **data), touches=_touched),
        "discard": Deed(lambda actor, row, data: order_discard(actor=actor, order=row), touches=_touched),
        "start": Deed(lambda actor, row, data: order_start(actor=actor, order=row), touches=_touched),
        "end": Deed(lambda actor, row, data: order_end(actor=actor, order=row), touches=_touched),
        "withdraw": Deed(
            lambda actor, row, data: order_withdraw(actor=actor, order=row, **data), lambda row: WithdrawForm, _touched
        ),
    },
    whose=_whose,
)


def content_of(order: DutyOrder) -> dict[str, Any]:
    """What a page shows of an order and its people; another's change of it changes this."""
    said = {name: str(getattr(order, name)) for name in (*SHOWN, "commander_id", "needs", "restraint")}
    people = sorted((each.engagement_id, each.drives) for each in order.people.all())
    return said | {"span": when_of(order), "people": people}


SHOWN = ("item", "mode", "part", "text", "place", "basis", "emergency", "vehicle", "equipment")


def _deeds(row: DutyOrder, found: tuple[RowFinding, ...], seen: SeenWhole) -> Deeds:
    """The verbs of this order: it is given as its reader saw it, with a reason where its wording may be either."""
    open_ = in_the_way(found)
    hard = [each for each in open_ if not releasable(each)]

    def why_not(actor: Actor, order: DutyOrder, move: Transition) -> str:
        if move.verb != "give":
            return ""
        if not order.people.all():
            return "派勤单没有派人。"
        return f"{hard[0].message}。" if hard else ""

    give = Deed(
        lambda actor, order, data: order_give(
            actor=actor,
            order=order,
            seen=lambda fresh: seen.check(fresh, content_of(fresh), "请核对后再派勤。"),
            **data,
        ),
        (lambda order: GiveForm) if open_ else None,
        _touched,
    )
    return replace(DEEDS, of={**DEEDS.of, "give": give}, why_not=why_not)


@door(*DUTIES)
def order(request: Request, pk: int) -> HttpResponse:
    """One order: what it says, who is sent, what stands against it, and what may be done now."""
    actor = request.actor
    with reading(actor):
        row = order_for(actor, pk)
        told = judged([row] if row.state in (OrderState.DRAFT, OrderState.ORDERED) else [])
        seen = SeenWhole(request, content_of(row))
        deeds = _deeds(row, told.of(row), seen)
        if "verb" in request.POST:
            back = reverse("desk:duty", args=[pk])
            return take(request, actor, row, deeds, back=back, subject=str(row), carried=("seen",))
        plans = can_plan_unit(actor, row.unit_id)
        context = {
            "title": f"{when_of(row)} {row.place}".strip(),
            "row": row,
            "items": ITEM_TEXTS,
            "people": list(row.people.all()),
            "against": against_table([row], told) if told.of(row) else None,
            "unkept": unkept(),
            "edits": plans and row.state == OrderState.DRAFT,
            "repeats": plans,
            "week_url": f"{reverse('desk:duties')}?unit={row.unit_id}&week={row.begins:%Y-%m-%d}",
            "acts_seen": seen.token,
            "timeline": timeline_of([row]),
            **act_context(actor, row, deeds),
        }
    return render(request, "duties/order.html", context)
