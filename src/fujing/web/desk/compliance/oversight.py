"""督导台: one row per subordinate organ, the list behind each number, and how posts and people are used."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
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
from fujing.compliance.rectification.queries import overdue_on, subjects_below
from fujing.compliance.rectification.states import DRAFTERS
from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.registry.models import Engagement, Organ, territory_of
from fujing.registry.states import Level, OrganKind
from fujing.web.audience import HR
from fujing.web.desk.common import need
from fujing.web.lists import Column, address, columns, filter_links

PAGE = 50
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


class Cell(NamedTuple):
    """One number of a row and the list behind it."""

    value: int
    url: str
    alarm: bool
    note: str = ""


def _organ(actor: Actor, code: int | None) -> Organ:
    """A bureau of the actor's territory, or 404."""
    code = code or actor.organ_code or 0
    organ = Organ.objects.filter(pk=code, kind=OrganKind.PUBLIC_SECURITY).first()
    if organ is None or not actor.covers(code):
        raise Http404("没有这个机关")
    return organ


def _link(row: Row, name: str) -> str:
    """The list behind a figure."""
    if name in LISTED and row.figures[name]:
        url = reverse("desk:oversight_behind", args=[row.organ.code, name])
        return f"{url}?own=1" if row.own and row.organ.level != Level.COUNTY else url
    return ""


def _cells(row: Row) -> list[Cell]:
    waited = row.figures["waited"]
    return [
        Cell(
            row.figures[name],
            _link(row, name),
            name in ALARMING and row.figures[name] > 0,
            f"最长 {waited} 日" if name == "plans" and row.figures["plans"] else "",
        )
        for name in FIGURES
    ]


def desk(request: HttpRequest, code: int | None = None) -> HttpResponse:
    actor = need(request, *HR)
    organ = _organ(actor, code)
    every = request.GET.get("view") == "every"
    rows = oversight_of(organ.code, today(), every=every)
    totals = {name: sum(row.figures[name] for row in rows) for name in FIGURES}
    everyone = len(rows)
    filtered = {name: sum(1 for row in rows if row.figures[name]) for name in ("plans", *ALARMING, "open")}
    chosen = request.GET.get("need", "")
    if chosen in filtered:
        rows = [row for row in rows if row.figures[chosen]]
    key = request.GET.get("sort", "")
    if key.lstrip("-") in FIGURES:
        rows.sort(key=lambda row: row.figures[key.lstrip("-")], reverse=key.startswith("-"))
    filters = [
        ("关注", filter_links(request, "need", [(name, LABELS[name]) for name in filtered], {"": everyone, **filtered}))
    ]
    if organ.level == Level.PROVINCE:
        direct, each = filter_links(request, "view", [("every", "逐个机关")])
        filters.append(("范围", [direct._replace(label="市（州）汇总"), each]))
    whole = Row(organ, *organ.territory, own=False, figures={**totals, "waited": 0})
    context = {
        "title": "督导台",
        "organ": organ,
        "summary": f"{organ.name}及所属公安机关，截至 {today()}。最需要关注的在前。",
        "filters": filters,
        "columns": columns(request, Column("机关"), *(Column(LABELS[name], name, number=True) for name in FIGURES)),
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
        ],
        "rows": [(row, _cells(row)) for row in rows],
        "picture": None,
        "export_url": "",
        "may_draft": actor.has(*DRAFTERS) and subjects_below(actor.organ_code or 0).exists(),
    }
    return render(request, "compliance/oversight/desk.html", context)


def behind(request: HttpRequest, code: int, name: str) -> HttpResponse:
    actor = need(request, *HR)
    organ = _organ(actor, code)
    if name not in LISTED:
        raise Http404("没有这个列表")
    own = request.GET.get("own") == "1"
    lo, hi = (code, code + 10**6 - 1) if own else territory_of(code)
    after = request.GET.get("after", "")
    listed = _listed(name, lo, hi, today(), int(after) if after.isdigit() else 0)
    names = dict(Organ.objects.filter(kind=OrganKind.PUBLIC_SECURITY, code__range=(lo, hi)).values_list("code", "name"))
    context = {
        "title": f"{organ.name}{'本级' if own else ''}：{LABELS[name]}",
        "provision": PROVISIONS.get(name, ""),
        "organ": organ,
        "summary": f"共 {listed.total} {listed.unit}，截至 {today()}。",
        "columns": columns(request, Column("机关"), *(Column(label) for label in listed.headings)),
        "rows": [(names[row.organ_code], row.url, row.cells) for row in listed.rows],
        "filters": [],
        "next_url": address(request, after=str(listed.following)) if listed.following else "",
        "previous_url": address(request) if after else "",
    }
    return render(request, "compliance/oversight/behind.html", context)


class Line(NamedTuple):
    """One line behind a number."""

    organ_code: int
    url: str
    cells: list[str]


class Listed(NamedTuple):
    """A page of what is behind a number. `total` is the number itself."""

    total: int
    unit: str
    headings: list[str]
    rows: list[Line]
    following: int | None = None


def _listed(name: str, lo: int, hi: int, day: date, after: int) -> Listed:
    if name == "interrupted":
        return _interrupted(lo, hi, day, after)
    if name in {"serving", *WITHOUT}:
        return _people(name, lo, hi, day, after)
    if name == "hiring":
        uses = [use for use in lines_of(lo, hi, day) if use.free]
        return Listed(
            sum(use.free for use in uses),
            "个名额",
            ["岗位", "类别", "批准人数", "空缺名额", "批准日期", "批准后"],
            [
                Line(
                    use.line.organ_code,
                    reverse("desk:plan", args=[use.line.plan_id]),
                    [
                        use.line.post_name,
                        use.line.get_category_display(),
                        str(use.line.count),
                        str(use.free),
                        str(use.line.plan.approved_on),
                        f"{use.days} 日",
                    ],
                )
                for use in uses
            ],
        )
    if name == "plans":
        plans = list(waiting_plans(lo, hi))
        return Listed(
            len(plans),
            "份",
            ["计划", "所在环节", "已等待"],
            [
                Line(
                    plan.organ_code,
                    reverse("desk:plan", args=[plan.pk]),
                    [str(plan), plan.get_state_display(), f"{days_waited(plan, day)} 日"],
                )
                for plan in plans
            ],
        )
    if name == "campaigns":
        campaigns = list(running_campaigns(lo, hi))
        return Listed(
            len(campaigns),
            "个",
            ["标题", "状态"],
            [
                Line(each.organ_code, reverse("desk:campaign", args=[each.pk]), [each.title, each.get_state_display()])
                for each in campaigns
            ],
        )
    notices = list(open_notices(lo, hi).filter(overdue_on(day)) if name == "overdue" else open_notices(lo, hi))
    return Listed(
        len(notices),
        "份",
        ["标题", "文号", "状态", "期限"],
        [
            Line(
                each.organ_code,
                reverse("desk:notice", args=[each.pk]),
                [each.title, each.number, each.get_state_display(), str(each.due_on)],
            )
            for each in notices
        ],
    )


def _people(name: str, lo: int, hi: int, day: date, after: int) -> Listed:
    if name == "serving":
        found = Engagement.objects.filter(organ_code__range=(lo, hi), span__endswith__isnull=True)
    else:
        found = WITHOUT[name](lo, hi, day)
    page = list(
        found.filter(pk__gt=after)
        .select_related("person")
        .only("organ_code", "category", "span", "person__name")
        .order_by("pk")[: PAGE + 1]
    )
    return Listed(
        found.count(),
        "人",
        ["姓名", "类别", "入职日期"],
        [
            Line(
                each.organ_code,
                reverse("desk:person", args=[each.person_id]),
                [each.person.name, each.get_category_display(), str(each.span.lower)],
            )
            for each in page[:PAGE]
        ],
        page[PAGE - 1].pk if len(page) > PAGE else None,
    )


def _interrupted(lo: int, hi: int, day: date, after: int) -> Listed:
    page = interrupted(lo, hi, day, after=after, limit=PAGE + 1)
    people = Engagement.objects.select_related("person").only("organ_code", "person__name")
    known = people.in_bulk([gap.engagement_id for gap in page])
    return Listed(
        sum(service_counts(lo, hi, day)["interrupted"].values()),
        "人",
        ["姓名", "无用人单位", "无责任民警", "日数"],
        [
            Line(
                known[gap.engagement_id].organ_code,
                reverse("desk:person", args=[gap.person_id]),
                [
                    known[gap.engagement_id].person.name,
                    _periods(gap.without_unit),
                    _periods(gap.without_officer),
                    str(gap.days),
                ],
            )
            for gap in page[:PAGE]
        ],
        page[PAGE - 1].engagement_id if len(page) > PAGE else None,
    )


def _periods(periods: list[tuple[date, date]]) -> str:
    return "；".join(f"{first} 至 {last}" for first, last in periods)


def usage(request: HttpRequest, code: int | None = None) -> HttpResponse:
    actor = need(request, *HR)
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
        "units": units,
        "lines": lines,
        "suggestions": suggestions(units, lines),
        "filters": [],
        "picture": None,
        "export_url": "",
    }
    return render(request, "compliance/oversight/usage.html", context)
