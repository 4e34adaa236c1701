"""入职日期待核实: people of a roster that doesn't say their first day; they count in no quota until it is known."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.registry.models import Organ
from fujing.registry.moving_in.queries import undated_people
from fujing.registry.queries import bureau_for
from fujing.web import values
from fujing.web.audience import HR
from fujing.web.columns import Column
from fujing.web.desk.approvals import Figure
from fujing.web.desk.common import names_organs
from fujing.web.doors import door, opens
from fujing.web.lists import list_of, list_response
from fujing.web.requests import Request

LABEL = "入职日期待核实"
NOTE = "人，未计入在职和额度"
COLUMNS = (
    Column("name", "姓名", link=lambda row: reverse("desk:person", args=[row.person_id])),
    Column("organ", "管理机关", "organ_name", wrap=True),
    Column("unit", "用人单位", empty="未写明", wrap=True),
    Column("post", "岗位", empty="未写明"),
    Column("category", "类别", empty="未写明"),
    Column("file", "花名册", "roster_import.file_name", wrap=True),
    Column("row", "行", kind="integer"),
)


def undated_at(code: int, *, own: bool = False) -> str:
    """The list of them in an organ's territory, or of the organ itself."""
    return f"{reverse('desk:undated')}?organ={code}" + ("&own=1" if own else "")


def number_of_undated(code: int, count: int, *, own: bool = False) -> list[dict[str, Any]]:
    """The number beside quota, leading to the list; nothing where there is nobody."""
    url = undated_at(code, own=own)
    return [{"label": LABEL, "value": count, "note": NOTE, "url": url, "alert": True}] if count else []


def undated_number(organ: Organ, *, own: bool = False) -> list[dict[str, Any]]:
    """The same, counted."""
    within = (organ.code, organ.code) if own else organ.territory
    return number_of_undated(organ.code, undated_people(*within, today()).count(), own=own)


def undated_figures(actor: Actor, code: int, count: int) -> list[Figure]:
    """The same among the figures of a request by a bureau: who is asked may see the number and not the people."""
    url = undated_at(code, own=True)
    leads = actor.covers(code) and opens(actor, url)
    return [Figure(LABEL, count, NOTE, url if leads else "")] if count else []


def _within(actor: Actor, request: Request) -> tuple[Organ, bool]:
    organ = bureau_for(actor, values.number(request.GET, "organ") or actor.organ_code or 0)
    return organ, values.words(request.GET, "own") == "1"


@door(*HR)
def undated(request: Request) -> HttpResponse:
    organ, own = _within(request.actor, request)
    rows = undated_people(*((organ.code, organ.code) if own else organ.territory), today())
    dress = names_organs(organ_name="organ_code")
    context = list_of(request, COLUMNS, rows, LABEL, dress=dress, empty="没有入职日期待核实的人员。")
    whose = f"{organ.name}{'本级' if own else '及所属公安机关'}"
    context |= {"summary": f"{whose}，共 {rows.count()} 人。在花名册写明入职日期后再导入，即计入在职和额度。"}
    return list_response(request, context)
