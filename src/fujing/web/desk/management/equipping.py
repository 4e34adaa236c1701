"""应配和领用: who lacks what, what somebody is given against their signature, and what became of each piece."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fujing.kernel.actor import Actor
from fujing.management.outfit.models import Holding, Item
from fujing.management.outfit.policies import can_handle_outfit
from fujing.management.outfit.states import HOLDING, ItemKind
from fujing.management.outfit.stock import Given, holding_lose, holding_return, holding_scrap, issue_text, outfit_issue
from fujing.management.outfit.stock_queries import (
    Due,
    Lacking,
    balances,
    dues_of,
    holding_for,
    holdings_of,
    lacking,
    own_items,
)
from fujing.registry.models import Engagement, Person
from fujing.registry.queries import engagement_for
from fujing.web import values
from fujing.web.acts import Deed, Deeds, Touched, act_context, perform, take
from fujing.web.audience import LEADERS, SUPPLY
from fujing.web.columns import Column, Table, last_day, table_of
from fujing.web.desk.common import of_own_bureau, state_column, timeline_of
from fujing.web.doors import door
from fujing.web.form_pages import form_response
from fujing.web.lists import filter_links, list_of, list_response
from fujing.web.requests import Request

LOOK = SUPPLY | LEADERS
LINES = 6
"""Different things that are given in one act."""
MOST_OF_ONE = 20


@dataclass(frozen=True, slots=True)
class Offer:
    """A thing in a size that lies in stock."""

    item: Item
    size: str
    balance: int

    @property
    def label(self) -> str:
        """The thing, its size, and how many there are."""
        return f"{' '.join(filter(None, (self.item.name, self.size)))}（库存 {self.balance}）"


class GivenForm(forms.Form):
    """What is given, line by line; then the bearer's signature below the text."""

    def __init__(self, offered: dict[str, Offer], *args: Any, sign: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offered = offered
        choices = [(key, each.label) for key, each in offered.items()]
        for line in range(1, LINES + 1):
            first = line == 1
            self.fields[f"what_{line}"] = forms.ChoiceField(
                label=f"第 {line} 种", choices=[("", "请选择" if first else "不填"), *choices], required=first
            )
            self.fields[f"quantity_{line}"] = forms.IntegerField(
                label=f"第 {line} 种的数量", min_value=1, max_value=MOST_OF_ONE, required=first
            )
        if sign:
            self.fields["signed_as"] = forms.CharField(
                label="签收人姓名", max_length=60, help_text="由本人阅读上面的内容后填写，即为签名"
            )
            self.fields["id_tail"] = forms.CharField(
                label="本人公民身份号码后四位", max_length=4, help_text="由本人填写，核对是否本人"
            )

    def clean(self) -> dict[str, Any]:
        """A thing without its number, or a number without its thing, is asked for."""
        data = super().clean() or {}
        for line in range(2, LINES + 1):
            if bool(data.get(f"what_{line}")) != bool(data.get(f"quantity_{line}")):
                self.add_error(f"what_{line}", "物品和数量请一并填写。")
        return data

    @property
    def said(self) -> list[Given]:
        """Things and numbers as the service takes them."""
        data, found = self.cleaned_data, []
        for line in range(1, LINES + 1):
            if what := data.get(f"what_{line}"):
                offer = self.offered[what]
                found.append(Given(offer.item, offer.size, data[f"quantity_{line}"]))
        return found


class ReturnForm(forms.Form):
    note = forms.CharField(label="交回的情况", max_length=500, help_text="如 离岗交回、调换规格")
    restock = forms.BooleanField(label="完好，退回库存", required=False)


def _piece(row: Holding) -> Touched:
    return Touched(f"{row.engagement.person.name}，{row}。")


DEEDS = Deeds(
    HOLDING,
    {
        "return": Deed(
            lambda actor, row, data: holding_return(actor=actor, holding=row, **data), lambda row: ReturnForm, _piece
        ),
        "lose": Deed(lambda actor, row, data: holding_lose(actor=actor, holding=row, **data), None, _piece),
        "scrap": Deed(lambda actor, row, data: holding_scrap(actor=actor, holding=row, **data), None, _piece),
    },
    whose=of_own_bureau,
)
LACKING = (
    Column(
        "name",
        "姓名",
        "engagement.person.name",
        link=lambda row: reverse("desk:outfit_person", args=[row.engagement.pk]),
    ),
    Column("category", "类别", "engagement.get_category_display"),
    Column("unit", "用人单位", "engagement.unit_name", empty="未安排"),
    Column("post", "岗位", "engagement.post_name"),
    Column("words", "缺少", wrap=True),
    Column("pieces", "件数", kind="integer"),
)
DUES = (
    Column("item", "物品", lambda row: str(row.item)),
    Column("kind", "类别", lambda row: row.item.get_kind_display()),
    Column("due", "应配", lambda row: row.said.due, "integer"),
    Column("have", "现有", lambda row: row.said.have, "integer"),
    Column(
        "lacks",
        "情况",
        lambda row: _standing(row),
        colour=lambda row: {None: "amber", 0: "green"}.get(row.said.lacks, "red"),
        phone="brief",
    ),
    Column("because", "依据", lambda row: row.said.because, wrap=True),
)
HOLDINGS = (
    Column("item", "物品", str, link=lambda row: reverse("desk:holding", args=[row.pk])),
    state_column(),
    Column("issued_on", "发放日期", kind="date"),
    Column("worn_from", "使用到", lambda row: last_day(row.worn_from), "date", empty="损坏为止"),
    Column("ended_on", "交回、遗失、报废", kind="date"),
    Column("why", "情况", wrap=True),
)


def _standing(row: Due) -> str:
    lacks = row.said.lacks
    return "待核实" if lacks is None else f"缺 {lacks}" if lacks else "已配齐"


def dues_table(engagement: Engagement) -> Table:
    """What somebody is owed, for their dossier as for the page on which it is given."""
    empty = "没有适用的配发标准。标准在物品的页面登记。"
    return table_of(DUES, dues_of(engagement), "应配", empty=empty)


def holdings_table(person: Person) -> Table:
    """What somebody was given."""
    return table_of(HOLDINGS, holdings_of(person), "领用", empty="还没有领用的物品。")


@door(*SUPPLY)
def who_lacks(request: Request) -> HttpResponse:
    """Everybody of the bureau who lacks something, or of whom that isn't known."""
    kind = values.choice(request.GET, "kind", ItemKind.values, "")
    found = lacking(request.actor)
    if kind:
        kept = ((row, tuple(due for due in row.dues if due.item.kind == kind)) for row in found)
        found = [Lacking(row.engagement, dues) for row, dues in kept if dues]
    links = [("类别", filter_links(request, "kind", ItemKind.choices))]
    context = list_of(
        request, LACKING, found, "应配而没有配齐的人", filters=links, empty="都已配齐，或者还没有登记配发标准。"
    )
    pieces = sum(row.pieces for row in found)
    context["summary"] = f"按今天的标准，{len(found)} 人缺 {pieces} 件；用旧的不计入现有。"
    return list_response(request, context)


@door(*LOOK)
def person(request: Request, pk: int) -> HttpResponse:
    """What somebody is owed and has; what they are given now, in the words to which they put their name."""
    actor = request.actor
    engagement = engagement_for(actor, pk)
    handles = can_handle_outfit(actor, engagement.organ_code) and engagement.span.upper is None
    text, form = "", None
    if handles:
        offered = _offered(actor)
        act = values.choice(request.POST, "act", ("read", "sign"), "")
        start = {} if act else _lacked(engagement, offered)
        form = GivenForm(offered, values.sent(request), sign=act == "sign", initial=start)
        if act and form.is_valid():
            given = form.said
            text = issue_text(engagement.organ_code, given)
            if act == "sign":
                who = {name: form.cleaned_data[name] for name in ("signed_as", "id_tail")}
                who["read"] = values.token(request.POST, "read")
                done = perform(
                    request, lambda: outfit_issue(actor=actor, engagement=engagement, given=given, **who), form
                )
                if done:
                    messages.success(request, f"已发放 {len(done)} 件，本人已签收。")
                    return redirect("desk:outfit_person", pk)
            else:
                form = GivenForm(offered, sign=True, initial=form.cleaned_data)
    context = {
        "title": f"{engagement.person.name}的服装、标识和装备",
        "engagement": engagement,
        "dues": dues_table(engagement),
        "holdings": holdings_table(engagement.person),
        "form": form or forms.Form(),
        "may_issue": handles,
        "text": text,
    }
    return form_response(request, "management/outfit_person.html", context)


def _lacked(engagement: Engagement, offered: dict[str, Offer]) -> dict[str, Any]:
    """What somebody lacks, line by line, as far as it lies there in a size that they had before, or has none."""
    sizes = {piece.item_id: piece.size for piece in holdings_of(engagement.person).order_by("pk")}
    wanted = [
        (f"{due.item.pk}|{sizes.get(due.item.pk, '')}", due.said.lacks) for due in dues_of(engagement) if due.said.lacks
    ]
    there = [(key, min(lacks, offered[key].balance)) for key, lacks in wanted if key in offered][:LINES]
    return {
        name: value
        for line, (key, number) in enumerate(there, start=1)
        for name, value in ((f"what_{line}", key), (f"quantity_{line}", number))
    }


def _offered(actor: Actor) -> dict[str, Offer]:
    """What lies in stock, by thing and size."""
    items = list(own_items(actor))
    there = balances(item.pk for item in items)
    return {
        f"{item.pk}|{size}": Offer(item, size, there[item.pk, size])
        for item in items
        for size in item.sizes or [""]
        if there.get((item.pk, size))
    }


@door(*LOOK)
def holding(request: Request, pk: int) -> HttpResponse:
    actor: Actor = request.actor
    row = holding_for(actor, pk)
    if "verb" in request.POST:
        back = reverse("desk:holding", args=[pk])
        return take(request, actor, row, DEEDS, back=back, subject=str(row))
    context = {
        "title": str(row),
        "row": row,
        "facts": [
            ("领用人", row.engagement.person.name),
            ("类别", row.item.get_kind_display()),
            ("发放日期", row.issued_on.isoformat()),
            ("使用到", f"{last_day(row.worn_from)}" if row.worn_from else "损坏为止"),
            *((("交回、遗失、报废", f"{row.ended_on}，{row.why}"),) if row.ended_on else ()),
        ],
        "timeline": timeline_of([row]),
        **act_context(actor, row, DEEDS),
    }
    return render(request, "management/holding.html", context)
