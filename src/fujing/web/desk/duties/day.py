"""今日在岗: who is on duty now and under whose command, for the officer in command and on a phone (Article 4)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from fujing.duties.orders.models import DutyOrder
from fujing.duties.orders.policies import can_command, can_run_order
from fujing.duties.orders.queries import orders_for, orders_now
from fujing.duties.orders.states import DUTY_ORDER, OrderState
from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.registry.roster import reading
from fujing.web import values
from fujing.web.audience import DUTIES
from fujing.web.desk.duties.week import when_of
from fujing.web.doors import door
from fujing.web.lists import Link, address
from fujing.web.requests import Request

WHOSE = {"mine": "我指挥的", "all": "全部"}


def _shown(actor: Actor, row: DutyOrder) -> dict[str, Any]:
    """An order with the one thing that its reader may do with it now."""
    verbs = (
        {move.verb: move.label for move in DUTY_ORDER.open_to(actor, row.state)} if can_run_order(actor, row) else {}
    )
    verb = next((each for each in ("start", "end") if each in verbs), "")
    people = [each.engagement.person.name for each in row.people.all()]
    return {"row": row, "when": when_of(row), "people": people, "verb": verb, "label": verbs.get(verb, "")}


@door(*DUTIES)
def day(request: Request) -> HttpResponse:
    """The orders of a day by what they are now: on duty, still to come, over."""
    actor, now = request.actor, timezone.now()
    asked = values.day(request.GET, "day") or today()
    whose = values.choice(request.GET, "whose", WHOSE, "mine" if can_command(actor) else "all")
    with reading(actor):
        rows = orders_for(actor)
        if whose == "mine":
            rows = rows.filter(commander=actor.account_id or 0)
        found = orders_now(rows, asked)
        on = [each for each in found if each.state == OrderState.STARTED or _due(each, now)]
        coming = [each for each in found if each.state == OrderState.ORDERED and each not in on]
        over = [each for each in found if each.state == OrderState.ENDED]
        parts = [("现在在岗", on), ("还没有开始", coming), ("已经结束", over)]
        people = {sent.engagement_id for each in on for sent in each.people.all()}
        context = {
            "title": "今日在岗" if asked == today() else f"{asked} 在岗",
            "summary": f"{asked}，现在在岗 {len(people)} 人，{len({each.commander_id for each in on})} 名民警指挥",
            "filters": [
                ("范围", [Link(label, address(request, whose=key), key == whose) for key, label in WHOSE.items()]),
                ("日期", _days(request, asked)),
            ],
            "parts": [(label, [_shown(actor, each) for each in some]) for label, some in parts],
        }
    return render(request, "duties/day.html", context)


def _due(order: DutyOrder, now: Any) -> bool:
    return order.state == OrderState.ORDERED and order.span.lower <= now < order.span.upper


def _days(request: Request, asked: Any) -> list[Link]:
    named = {"昨天": today() - timedelta(1), "今天": today(), "明天": today() + timedelta(1)}
    return [Link(label, address(request, day=str(each)), each == asked) for label, each in named.items()]
