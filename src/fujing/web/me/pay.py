"""工资: what I was paid, month by month, each figure explained, and who read my slips (Article 14.2)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from fujing.kernel.actor import Actor
from fujing.kernel.readings import readings_of
from fujing.safeguards.payroll.queries import own_slip, own_slips
from fujing.web.audience import AUXILIARIES
from fujing.web.doors import door
from fujing.web.me.rooms import Card, Room
from fujing.web.requests import Request
from fujing.web.slips import slip_context


@door(*AUXILIARIES)
def pay(request: Request) -> HttpResponse:
    """The person's own slips, the latest first."""
    return render(request, "me/pay.html", {"slips": own_slips(request.actor)})


@door(*AUXILIARIES)
def pay_slip(request: Request, pk: int) -> HttpResponse:
    """One of them, line by line."""
    slip = own_slip(request.actor, pk)
    context = slip_context(slip) | {"title": f"{slip.run.month:%Y年%m月}工资单", "reads": readings_of(slip)}
    return render(request, "me/pay_slip.html", context)


def _card(actor: Actor) -> Card:
    last = own_slips(actor).first()
    if last is None:
        return Card("还没有工资单")
    return Card(f"{last.run.month:%Y年%m月}发放 {last.paid / 100:,.2f} 元", "逐项说明怎样得出")


PAY = Room(
    label="工资",
    url="me:pay",
    patterns=(path("pay/", pay, name="pay"), path("pay/<id:pk>/", pay_slip, name="pay_slip")),
    card=_card,
    provisions=("14.2", "33"),
)
