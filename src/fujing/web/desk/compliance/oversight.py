"""督导台: one row per subordinate organ, the list behind each number, and how posts and people are used."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from operator import attrgetter
from typing import Any, NamedTuple

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from fujing.compliance.oversight.figures import (
    FIGURES,
    Row,
    days_waited,
    open_notices,
    oversight_of,
    running_campaigns,
    waiting_plans,
)
from fujing.compliance.oversight.gaps import WITHOUT, interrupted, service_counts
from fujing.compliance.oversight.usage import lines_of, suggestions, units_of
from fujing.compliance.rectification.policies import can_draft_notice
from fujing.compliance.rectification.queries import overdue_on
from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.registry.models import Organ, territory_of
from fujing.registry.queries import bureau_for, bureaus_between, people_known, serving_between
from fujing.registry.states import Level
from fujing.web import values
from fujing.web.audience import HR
from fujing.web.columns import Column, table_of
from fujing.web.desk.common import state_column
from fujing.web.desk.registry.undated import undated_number
from fujing.web.doors import door
from fujing.web.lists import MOST_EXPORTED, address, as_file, filter_links, list_of, list_response, listed
from fujing.web.requests import Request

PAGE = 50
MOST = 1000
"""The province's bureaus are all on one page."""
LABELS = {
    "quota": "额度",
    "serving": "在职",
    "hiring": "招聘中",
    "free": "空余",
    "plans": "计划在办",
    "campaigns": "招聘项目",
    "contract": "无现行合同",
    "unit": "无用人单位",
    "officer": "无责任民警",
    "interrupted": "有断档",
    "open": "未销号",
    "overdue": "已逾期",
}
# Figures with a list of their own; quota has its ledger and what is free is a difference.
LISTED = tuple(name for name in FIGURES if name not in {"quota", "free"})
ALWAYS = ("quota", "serving", "hiring", "free")
ALARMING = ("contract", "unit", "officer", "interrupted", "overdue")
PROVISIONS = {
    "quota": "6.p1",
    "free": "6.p2",
    "plans": "16.p2",
    "campaigns": "21.p1",
    "hiring": "16.p3",
    "contract": "39",
    "unit": "5.p1",
    "officer": "5.p1",
    "interrupted": "5.p1",
    "open": "5.p2",
    "overdue": "5.p2",
}


def _organ(actor: Actor, code: int | None) -> Organ:
    """A bureau of the actor's territory, or 404."""
    return bureau_for(actor, code or actor.organ_code or 0)


def _link(row: Row, name: str) -> str:
    """The list behind a figure."""
    if name in LISTED and row.figures[name]:
        url = reverse("desk:oversight_behind", args=[row.organ.code, name])
        return f"{url}?own=1" if row.own and row.organ.level != Level.COUNTY else url
    return ""


def _own_name(row: Row) -> str:
    """An organ's name; of the organ itself the word that only its own people are counted."""
    return f"{row.organ.name}本级" if row.own and row.organ.level != Level.COUNTY else row.organ.name


def _below(row: Row) -> str:
    """Where a row leads: to a bureau's own use of its people, or to the bureaus below it."""
    single = row.own or row.organ.level == Level.COUNTY
    return reverse("desk:oversight_usage" if single else "desk:oversight_organ", args=[row.organ.code])


def _figure(name: str) -> Column:
    def alarm(row: Row) -> str:
        return "warm" if name in ALARMING and row.figures[name] else ""

    return Column(
        name,
        LABELS[name],
        lambda row: row.figures[name],
        "integer",
        sort=f"-{name}",
        link=lambda row: _link(row, name),
        colour=alarm,
    )


def _waited(row: Row) -> int | None:
    return row.figures["waited"] if row.figures["plans"] else None


COLUMNS = (
    Column("organ", "机关", _own_name, link=_below),
    *(_figure(name) for name in FIGURES),
    Column("waited", "计划最长等待", _waited, "integer", unit="日", sort="-waited"),
)


@door(*HR)
def desk(request: Request, code: int | None = None) -> HttpResponse:
    actor = request.actor
    organ = _organ(actor, code)
    every = values.words(request.GET, "view") == "every"
    rows = oversight_of(organ.code, today(), every=every)
    totals = {name: sum(row.figures[name] for row in rows) for name in FIGURES}
    everyone = len(rows)
    filtered = {name: sum(1 for row in rows if row.figures[name]) for name in ("plans", *ALARMING, "open")}
    chosen = values.words(request.GET, "need")
    if chosen in filtered:
        rows = [row for row in rows if row.figures[chosen]]
    filters = [
        ("关注", filter_links(request, "need", [(name, LABELS[name]) for name in filtered], {"": everyone, **filtered}))
    ]
    if organ.level == Level.PROVINCE:
        direct, each = filter_links(request, "view", [("every", "逐个机关")])
        filters.append(("范围", [direct._replace(label="市（州）汇总"), each]))
    whole = Row(organ, *organ.territory, own=False, figures={**totals, "waited": 0})
    context = list_of(request, COLUMNS, rows, "督导台", size=MOST, filters=filters) | {
        "organ": organ,
        "summary": f"{organ.name}及所属公安机关，截至 {today()}。最需要关注的在前。",
        "numbers": [
            {
                "label": LABELS[name],
                "value": totals[name],
                "note": "",
                "url": _link(whole, name),
                "alert": name in ALARMING and bool(totals[name]),
            }
            for name in FIGURES
            if name in ALWAYS or totals[name]
        ]
        + undated_number(organ),
        "picture": None,
        "may_draft": can_draft_notice(actor),
    }
    return list_response(request, context, "compliance/oversight/desk.html", name=f"{organ.name}督导台")


@door(*HR)
def behind(request: Request, code: int, name: str) -> HttpResponse:
    actor = request.actor
    organ = _organ(actor, code)
    if name not in LISTED:
        raise Http404("没有这个列表")
    own = values.words(request.GET, "own") == "1"
    lo, hi = (code, code + 10**6 - 1) if own else territory_of(code)
    after = values.number(request.GET, "after", 0)
    size = MOST_EXPORTED + 1 if as_file(request) else PAGE
    found = _listed(name, lo, hi, today(), after, size)
    names = dict(bureaus_between(lo, hi).values_list("code", "name"))
    title = f"{organ.name}{'本级' if own else ''}：{LABELS[name]}"
    bureau = Column("organ", "机关", lambda row: names[attrgetter(found.code)(row)])
    columns = (bureau, *found.columns)
    context = listed(request, columns, columns, found.rows, title, empty="现在没有这样的情况。") | {
        "provision": PROVISIONS.get(name, ""),
        "organ": organ,
        "summary": f"共 {found.total} {found.unit}，截至 {today()}。",
        "next_url": address(request, after=str(found.following)) if found.following else "",
        "previous_url": address(request) if after else "",
    }
    return list_response(request, context, "compliance/oversight/behind.html")


class Listed(NamedTuple):
    """A page of what is behind a number. `total` is the number itself, `code` the path to a row's organ."""

    total: int
    unit: str
    columns: Sequence[Column]
    rows: Sequence[Any]
    following: int | None = None
    code: str = "organ_code"


def _person(row: Any) -> str:
    return reverse("desk:person", args=[row.person_id])


PEOPLE = (
    Column("name", "姓名", "person.name", link=_person),
    Column("category", "类别", "get_category_display"),
    Column("since", "入职日期", "span.lower", "date"),
)
GAPS = (
    Column("name", "姓名", "name", link=_person),
    Column("unit", "无用人单位", lambda row: _periods(row.gap.without_unit), wrap=True),
    Column("officer", "无责任民警", lambda row: _periods(row.gap.without_officer), wrap=True),
    Column("days", "日数", "gap.days", "integer"),
)
SLOTS = (
    Column("post", "岗位", "line.post_name", link=lambda use: reverse("desk:plan", args=[use.line.plan_id])),
    Column("category", "类别", "line.get_category_display"),
    Column("count", "批准人数", "line.count", "integer"),
    Column("free", "空缺名额", kind="integer"),
    Column("approved_on", "批准日期", "line.plan.approved_on", "date"),
    Column("days", "批准后", kind="integer", unit="日"),
)
CAMPAIGNS = (
    Column("title", "标题", wrap=True, link=lambda row: reverse("desk:campaign", args=[row.pk])),
    state_column(),
)
NOTICES = (
    Column("title", "标题", wrap=True, link=lambda row: reverse("desk:notice", args=[row.pk])),
    Column("number", "文号"),
    state_column(),
    Column("due_on", "期限", kind="date"),
)


def _plans(day: date) -> tuple[Column, ...]:
    return (
        Column("plan", "计划", str, link=lambda row: reverse("desk:plan", args=[row.pk])),
        Column("state", "所在环节", "get_state_display"),
        Column("waited", "已等待", lambda row: days_waited(row, day), "integer", unit="日"),
    )


def _listed(name: str, lo: int, hi: int, day: date, after: int, size: int) -> Listed:
    if name == "interrupted":
        return _interrupted(lo, hi, day, after, size)
    if name in {"serving", *WITHOUT}:
        return _people(name, lo, hi, day, after, size)
    if name == "hiring":
        uses = [use for use in lines_of(lo, hi, day) if use.free]
        return Listed(sum(use.free for use in uses), "个名额", SLOTS, uses, code="line.organ_code")
    if name == "plans":
        plans = list(waiting_plans(lo, hi))
        return Listed(len(plans), "份", _plans(day), plans)
    if name == "campaigns":
        campaigns = list(running_campaigns(lo, hi))
        return Listed(len(campaigns), "个", CAMPAIGNS, campaigns)
    notices = list(open_notices(lo, hi).filter(overdue_on(day)) if name == "overdue" else open_notices(lo, hi))
    return Listed(len(notices), "份", NOTICES, notices)


def _people(name: str, lo: int, hi: int, day: date, after: int, size: int) -> Listed:
    found = serving_between(lo, hi) if name == "serving" else WITHOUT[name](lo, hi, day)
    page = list(
        found.filter(pk__gt=after)
        .select_related("person")
        .only("organ_code", "category", "span", "person__name")
        .order_by("pk")[: size + 1]
    )
    return Listed(found.count(), "人", PEOPLE, page[:size], page[size - 1].pk if len(page) > size else None)


class Gapped(NamedTuple):
    """Somebody with days on which nobody was responsible for them."""

    organ_code: int
    person_id: int
    name: str
    gap: Any


def _interrupted(lo: int, hi: int, day: date, after: int, size: int) -> Listed:
    page = interrupted(lo, hi, day, after=after, limit=size + 1)
    known = people_known(gap.engagement_id for gap in page)
    rows = [
        Gapped(known[gap.engagement_id].organ_code, gap.person_id, known[gap.engagement_id].person.name, gap)
        for gap in page[:size]
    ]
    total = sum(service_counts(lo, hi, day)["interrupted"].values())
    return Listed(total, "人", GAPS, rows, page[size - 1].engagement_id if len(page) > size else None)


def _periods(periods: list[tuple[date, date]]) -> str:
    return "；".join(f"{first} 至 {last}" for first, last in periods)


UNITS = (
    Column("unit", "单位", "unit.short_name"),
    Column("civil_posts", "文职岗位", lambda use: use.posts["civil"], "integer"),
    Column("field_posts", "勤务岗位", lambda use: use.posts["field"], "integer"),
    Column("empty_posts", "空岗", kind="integer"),
    Column("civil_people", "文职在岗", lambda use: use.people["civil"], "integer"),
    Column("field_people", "勤务在岗", lambda use: use.people["field"], "integer"),
    Column("by_plan", "其中按计划聘用", kind="integer"),
)
APPROVED = (
    Column("plan", "计划", "line.plan", link=lambda use: reverse("desk:plan", args=[use.line.plan_id])),
    Column("post", "岗位", "line.post_name"),
    Column("category", "类别", "line.get_category_display"),
    Column("count", "批准", "line.count", "integer"),
    Column("taken", "已用", kind="integer"),
    Column("free", "空缺", kind="integer"),
    Column("approved_on", "批准日期", "line.plan.approved_on", "date"),
    Column("days", "批准后", kind="integer", unit="日"),
)


@door(*HR)
def usage(request: Request, code: int | None = None) -> HttpResponse:
    actor = request.actor
    organ = _organ(actor, code)
    day, own = today(), (organ.code, organ.code + 10**6 - 1)
    units, lines = units_of(organ.code, day), lines_of(*own, day)
    people = sum(use.total_people for use in units)
    numbers: list[dict[str, Any]] = [
        {"label": label, "value": value, "note": "", "url": "", "alert": alert}
        for label, value, alert in (
            ("单位", len(units), False),
            ("岗位", sum(use.total_posts for use in units), False),
            ("在岗", people, False),
            ("无人的单位", sum(1 for use in units if not use.total_people), any(not use.total_people for use in units)),
            ("计划空缺名额", sum(use.free for use in lines), False),
        )
    ]
    context = {
        "title": "岗位用人",
        "organ": organ,
        "summary": f"{organ.name}本级，截至 {day}。",
        "numbers": numbers,
        "units": table_of(UNITS, units, "各单位岗位和人员", empty="还没有登记内设机构和派出机构。"),
        "lines": table_of(APPROVED, lines, "批准的计划", empty="还没有批准的用人计划。"),
        "suggestions": suggestions(units, lines),
        "filters": [],
        "picture": None,
        "export_url": "",
    }
    return render(request, "compliance/oversight/usage.html", context)
