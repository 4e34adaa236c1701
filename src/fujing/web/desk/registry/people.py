"""花名册: the roster and the search for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from fujing.general.quota.queries import strength_of
from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.law.ages import age_on
from fujing.law.education import EDUCATION_LABEL
from fujing.registry.models import Engagement
from fujing.registry.queries import bureaus_of
from fujing.registry.roster import (
    COUNTED,
    ENDING,
    ORDERS,
    PAGE,
    SOON_DAYS,
    Narrowing,
    Scope,
    choices_of,
    matching,
    people_matching,
    reading,
    roster_page,
    roster_rows,
    scope_of,
    unit_strength,
)
from fujing.registry.states import OFFICER_ROLES, Category
from fujing.web import values
from fujing.web.audience import HR, sees
from fujing.web.columns import Column, last_day, table_of
from fujing.web.desk.registry.undated import number_of_undated
from fujing.web.desk.views import views_shown
from fujing.web.desk.wings import Found
from fujing.web.doors import door
from fujing.web.lists import MOST_EXPORTED, address, as_file, columns_chosen, filter_links, kept, list_response, listed
from fujing.web.requests import Request

ENDS = {key: f"{first}至{last}天内到期" if first else f"{last}天内到期" for key, (first, last) in ENDING.items()}
DUE = [("soon", f"{SOON_DAYS}天内合同到期"), *ENDS.items(), ("none", "未签合同")]
OWN = [("1", "本级")]
SELECTS = {"organ": "机关", "unit": "用人单位", "officer": "责任民警", "post": "岗位", "education": "学历"}


def _page(row: Engagement) -> str:
    return reverse("desk:person", args=[row.person_id])


def _age(row: Engagement) -> int:
    return age_on(row.person.birth_date, today())


NAME = Column("name", "姓名", "person.name", sort="name", link=_page)
BUREAU = Column("bureau", "机关")
COLUMNS = (
    NAME,
    Column("sex", "性别", "person.get_sex_display", phone="brief"),
    Column("age", "年龄", _age, "integer", sort="age", phone="folded"),
    Column("category", "类别", "get_category_display", phone="brief"),
    Column("unit", "用人单位", lambda row: row.unit_name or row.said_unit, sort="unit", empty="未安排", phone="brief"),
    Column("post", "岗位", lambda row: row.post_name or row.said_post, phone="brief"),
    Column("officer", "责任民警", "officer_name", empty="未指定", phone="folded"),
    Column("education", "学历", lambda row: EDUCATION_LABEL.get(row.person.education, ""), phone="folded"),
    Column("since", "入职日期", "span.lower", "date", sort="since", phone="folded"),
    Column("ends", "合同到期", lambda row: last_day(row.contract_ends) or row.said_ends, "date", sort="ends"),
    Column("birth_date", "出生日期", "person.birth_date", "date", optional=True),
    Column("major", "专业", "person.major", optional=True),
    Column("household", "户籍", "person.household", optional=True, wrap=True),
    Column("veteran", "退役士兵", "person.veteran", optional=True, empty="未知"),
    Column("source", "来源", "get_source_display", optional=True),
    Column("contract", "合同编号", "contract_number", optional=True),
)


def _said(row: Engagement) -> str:
    """What in the row a roster says and nobody has done here yet."""
    said = {"单位": row.said_unit, "岗位": row.said_post, "合同": row.said_kind}  # type: ignore[attr-defined]
    return "、".join(label for label, text in said.items() if text)


SAID = Column("said", "花名册记载", _said)


def columns_for(scope: Scope, bureaus: dict[int, str], rows: Sequence[Engagement] = ()) -> list[Column]:
    """The bureau where there are several; orders that need one bureau only where there is one.

    A column says what only a roster says, where a row has something of it.
    """
    known = [
        column if not column.sort or ORDERS[column.key].everywhere or scope.bureau else column.unsorted()
        for column in COLUMNS
    ]
    if any(map(_said, rows)):
        known.append(SAID)
    return [known[0], BUREAU, *known[1:]] if bureaus else known


def _bureaus(actor: Actor) -> dict[int, str]:
    """Names of the bureaus by code where a list may hold people of several; nothing for a county."""
    found = dict(bureaus_of(actor).values_list("code", "name"))
    return found if len(found) > 1 else {}


def _narrowing(request: Request) -> Narrowing:
    """The filters in the address that mean something."""
    given = request.GET
    return Narrowing(
        category=values.choice(given, "category", Category.values),
        due=values.choice(given, "due", dict(DUE)),
        organ=values.number(given, "organ"),
        unit=values.number(given, "unit"),
        said_unit="" if values.number(given, "unit") is not None else values.words(given, "unit"),
        officer=values.number(given, "officer"),
        post=values.words(given, "post"),
        education=values.choice(given, "education", EDUCATION_LABEL),
        own=values.choice(given, "own", dict(OWN)) == "1",
    )


def _selects(request: Request, scope: Scope, bureaus: dict[int, str]) -> list[dict[str, Any]]:
    """The long choices as drop-downs: a bureau of several, then what one bureau has."""
    choices = choices_of(scope)
    choices["education"] = list(EDUCATION_LABEL.items())
    if bureaus:
        choices["organ"] = [(str(code), name) for code, name in bureaus.items()]
    return [
        {"name": name, "label": label, "choices": choices[name], "chosen": values.words(request.GET, name)}
        for name, label in SELECTS.items()
        if name in choices
    ]


def _strength(actor: Actor, scope: Scope) -> tuple[str, list[dict[str, Any]]]:
    """How many are in service, of the unit or of the organ itself and its territory; and who is in no figure, for
    whoever may open their list."""
    if scope.unit:
        return f"本单位在岗 {unit_strength(scope.unit)} 人", []
    code = actor.organ_code or 0
    found = strength_of(code, scope.lo, scope.hi, today())
    undated = number_of_undated(code, found.undated) if sees(actor, HR) else []
    return f"本级在职 {found.own} 人，辖区在职 {found.whole} 人", undated


def _matches(actor: Actor, wanted: Narrowing) -> str:
    if wanted == Narrowing():
        return ""
    found = matching(roster_rows(actor, wanted))
    return f"，符合条件 {COUNTED} 人以上" if found > COUNTED else f"，符合条件 {found} 人"


@door(*OFFICER_ROLES)
def roster(request: Request) -> HttpResponse:
    actor = request.actor
    with reading(actor):
        context = _roster(request, actor)
    return list_response(request, context, "registry/people.html")


def _roster(request: Request, actor: Actor) -> dict[str, Any]:
    text, wanted, bureaus = values.words(request.GET, "q"), _narrowing(request), _bureaus(actor)
    scope = scope_of(actor, wanted.organ)
    undated: list[dict[str, Any]] = []
    after = values.words(request.GET, "after")
    if text:
        rows, following = people_matching(actor, text), ""
        said = f"查找“{text}”，找到 {len(rows)} 条"
        columns = [column.unsorted() for column in columns_for(scope, bureaus, rows)]
    else:
        size = MOST_EXPORTED + 1 if as_file(request) else PAGE
        sort = values.words(request.GET, "sort")
        rows, following = roster_page(actor, wanted, sort=sort, after=after, limit=size)
        columns = columns_for(scope, bureaus, rows)
        said, undated = _strength(actor, scope_of(actor))
        said += _matches(actor, wanted)
    chips = [("类别", filter_links(request, "category", Category.choices)), ("合同", filter_links(request, "due", DUE))]
    if bureaus:
        chips.insert(0, ("机关", filter_links(request, "own", OWN)))
    _name_bureaus(rows, bureaus)
    chosen = columns_chosen(request, columns)
    selects = [] if text else _selects(request, scope, bureaus)
    context = listed(
        request,
        columns,
        chosen,
        rows,
        "花名册",
        empty="还没有人员。",
        filters=[] if text else chips,
        asked=[(each["label"], dict(each["choices"]).get(each["chosen"], each["chosen"])) for each in selects],
    )
    return context | {
        "q": text,
        "summary": said,
        "undated": undated,
        "selects": selects,
        "select_kept": kept(request, *SELECTS),
        "next_url": address(request, after=following) if following else "",
        "previous_url": address(request) if after else "",
        **views_shown(request, actor, "people"),
    }


def _name_bureaus(rows: list[Engagement], bureaus: dict[int, str]) -> None:
    for row in rows:
        row.bureau = bureaus.get(row.organ_code, "")  # type: ignore[attr-defined]


def people_found(actor: Actor, text: str) -> Found | None:
    """The people whom the search box finds, with their bureaus where there are several."""
    with reading(actor):
        bureaus = _bureaus(actor)
        rows = people_matching(actor, text)
    if not rows:
        return None
    _name_bureaus(rows, bureaus)
    columns = [column.unsorted() for column in columns_for(scope_of(actor), bureaus, rows) if not column.optional]
    full = PAGE if len(rows) == PAGE else 0
    return Found("registry/found.html", {"table": table_of(columns, rows, "人员"), "full": full})
