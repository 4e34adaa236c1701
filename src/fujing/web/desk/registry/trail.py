"""变更留痕: who did what to whom, before and after, for the audit administrator."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from fujing.registry.queries import organs_administered
from fujing.registry.reading_log import Wanted
from fujing.registry.trail import Sought, kinds, trail_page
from fujing.web import values
from fujing.web.audience import AUDIT_ADMIN
from fujing.web.columns import Column
from fujing.web.desk.registry.trail_words import Told, told
from fujing.web.doors import door
from fujing.web.lists import MOST_EXPORTED, address, as_file, list_response, listed
from fujing.web.requests import Request

PAGE = 50


def _whole(row: Told) -> str:
    """Everything that happened to the same row."""
    return f"{reverse('desk:trail')}?kind={row.entry.tracked}&row={row.entry.row_id}"


TRAIL = (
    Column("at", "时间", lambda row: f"{timezone.localtime(row.entry.at):%Y-%m-%d %H:%M:%S}", phone="brief"),
    Column("actor", "办理人", "entry.actor", phone="brief"),
    Column("what", "办理", "what", phone="brief"),
    Column("whom", "对象", "whom", link=_whole, wrap=True),
    Column("organ", "机关", "organ", wrap=True, phone="folded"),
    Column("changes", "改前 → 改后", "text", wrap=True, phone="folded"),
    Column("reason", "事由", "entry.reason", wrap=True, phone="folded"),
)


def _sought(request: Request) -> Sought:
    given = request.GET
    return Sought(
        who=values.words(given, "who"),
        table=values.choice(given, "kind", kinds()),
        row=values.number(given, "row"),
        organ=values.number(given, "organ"),
        since=values.day(given, "since"),
        until=values.day(given, "until"),
    )


def bounds(asked: Sought | Wanted, organs: list[tuple[int, str]]) -> list[tuple[str, object]]:
    """Where and when a log is narrowed to, as `log_bounds.html` asks."""
    return [("机关", dict(organs).get(asked.organ or 0)), ("从", asked.since), ("到", asked.until)]


@door(*AUDIT_ADMIN)
def trail(request: Request) -> HttpResponse:
    actor = request.actor
    sought = _sought(request)
    before = values.words(request.GET, "before")
    size = MOST_EXPORTED + 1 if as_file(request) else PAGE
    page, following = trail_page(actor, sought, before=before, limit=size)
    choices = [(table, str(model._meta.verbose_name)) for table, model in kinds().items()]
    organs = organs_administered(actor)
    asked = [
        ("办理人", sought.who),
        ("内容", dict(choices).get(sought.table)),
        ("对象编号", "" if sought.row is None else str(sought.row)),
        *bounds(sought, organs),
    ]
    context = listed(request, TRAIL, TRAIL, told(page), "变更留痕", empty="还没有记录。", asked=asked) | {
        "sought": sought,
        "kinds": choices,
        "organs": organs,
        "next_url": address(request, before=following) if following else "",
        "previous_url": address(request) if before else "",
    }
    return list_response(request, context, "registry/trail.html")
