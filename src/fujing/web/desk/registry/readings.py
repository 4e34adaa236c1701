"""查阅记录: who read whose sensitive value, when and why, for the audit administrator."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from fujing.kernel.models import Reading
from fujing.registry.queries import organs_administered
from fujing.registry.reading_log import Wanted, readings_page
from fujing.registry.trail import kinds
from fujing.web import values
from fujing.web.audience import AUDIT_ADMIN
from fujing.web.columns import Column
from fujing.web.desk.common import names_organs
from fujing.web.desk.registry.trail import bounds
from fujing.web.doors import door
from fujing.web.lists import MOST_EXPORTED, address, as_file, list_response, listed
from fujing.web.requests import Request

PAGE = 50


def _whose(row: Reading) -> str:
    """The row that was read, by its number: the audit administrator may not open people."""
    kind = kinds().get(row.tracked)
    if kind is None:
        return ""
    return f"{kind._meta.verbose_name} 第{row.row_id}号" if row.row_id is not None else str(kind._meta.verbose_name)


def _changes(row: Reading) -> str:
    """Everything that happened to the same row."""
    return (
        f"{reverse('desk:trail')}?kind={row.tracked}&row={row.row_id}" if _whose(row) and row.row_id is not None else ""
    )


READINGS = (
    Column("at", "时间", lambda row: f"{timezone.localtime(row.at):%Y-%m-%d %H:%M:%S}", phone="brief"),
    Column("reader", "查阅人", "reader_name", phone="brief"),
    Column("kind", "方式", "get_kind_display", phone="brief"),
    Column("what", "内容", wrap=True, phone="folded"),
    Column("whose", "对象", _whose, link=_changes, wrap=True),
    Column("reason", "事由", wrap=True, phone="folded"),
    Column("organ", "机关", "organ_name", wrap=True, phone="folded"),
)


@door(*AUDIT_ADMIN)
def readings(request: Request) -> HttpResponse:
    actor, given = request.actor, request.GET
    wanted = Wanted(
        who=values.words(given, "who"),
        kind=values.choice(given, "kind", Reading.Kind.values),
        number=values.words(given, "number"),
        organ=values.number(given, "organ"),
        since=values.day(given, "since"),
        until=values.day(given, "until"),
    )
    before = values.number(given, "before")
    size = MOST_EXPORTED + 1 if as_file(request) else PAGE
    page, following = readings_page(actor, wanted, before=before, limit=size)
    names_organs(organ_name="organ_code")(page)
    organs = organs_administered(actor)
    asked = [
        ("查阅人", wanted.who),
        ("方式", dict(Reading.Kind.choices).get(wanted.kind)),
        ("所查号码", wanted.number),
        *bounds(wanted, organs),
    ]
    context = listed(request, READINGS, READINGS, page, "查阅记录", empty="还没有记录。", asked=asked) | {
        "wanted": wanted,
        "kinds": Reading.Kind.choices,
        "organs": organs,
        "next_url": address(request, before=str(following)) if following else "",
        "previous_url": address(request) if before else "",
    }
    return list_response(request, context, "registry/readings.html")
