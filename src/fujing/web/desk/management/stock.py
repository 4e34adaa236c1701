"""服装标识 and 装备: the bureau's catalogue, whom each thing is owed, and its stock with every line of the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fujing.kernel.clock import today
from fujing.management.outfit.models import Item, Standard
from fujing.management.outfit.policies import can_handle_outfit
from fujing.management.outfit.states import Entered, ItemKind, Season
from fujing.management.outfit.stock import MOST_COUNTED, item_save, standard_add, standard_end, stock_count, stock_enter
from fujing.management.outfit.stock_queries import balances, entries_of, item_for, items_for, standard_for, standards_of
from fujing.registry.placing import posts_of
from fujing.registry.states import Category
from fujing.web import values
from fujing.web.acts import perform
from fujing.web.audience import LEADERS, SUPPLY
from fujing.web.choices import OneOf, among
from fujing.web.columns import Column, last_day, table_of
from fujing.web.desk.common import DateField, PostChoice, names_organs, timeline_of
from fujing.web.doors import door
from fujing.web.form_pages import form_page
from fujing.web.lists import filter_links, list_of, list_response
from fujing.web.requests import Request

LOOK = SUPPLY | LEADERS
CLOTHES = (ItemKind.UNIFORM, ItemKind.INSIGNIA)
SHOWN = 100
"""Lines of the ledger on an item's page; the file has every one."""


class ItemForm(forms.Form):
    kind = forms.ChoiceField(label="类别", choices=ItemKind.choices)
    name = forms.CharField(label="名称", max_length=40, help_text="如 夏季执勤服、臂章、防刺服")
    season = forms.ChoiceField(label="季节", choices=Season.choices)
    sizes = forms.CharField(
        label="规格", max_length=400, required=False, help_text="几个规格之间用顿号，如 165、170、175；不分规格的不填"
    )
    unit = forms.CharField(label="单位", max_length=4, initial="件")
    wear_months = forms.IntegerField(
        label="使用期限", min_value=1, max_value=240, required=False, help_text="满期以后按标准再配；不填为用到损坏为止"
    )
    units = {"wear_months": "月"}

    def clean_sizes(self) -> list[str]:
        """The sizes one by one."""
        words = self.cleaned_data["sizes"].replace("，", "、").replace(",", "、").split("、")
        sizes = [word.strip() for word in words if word.strip()]
        if any(len(size) > 20 for size in sizes):
            raise forms.ValidationError("每个规格最多 20 个字。")
        return sizes


class SizeForm(forms.Form):
    """What asks for a size, of those that an item has."""

    size = forms.ChoiceField(label="规格")

    def __init__(self, item: Item, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["size"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(size, size) for size in item.sizes]
        if not item.sizes:
            del self.fields["size"]

    @property
    def said(self) -> dict[str, Any]:
        """The cleaned data, with the empty size of what has none."""
        return {"size": "", **self.cleaned_data}


class EnterForm(SizeForm):
    kind = forms.ChoiceField(label="事项", choices=[(Entered.BOUGHT, "入库"), (Entered.SCRAPPED, "库存报废")])
    quantity = forms.IntegerField(label="数量", min_value=1, max_value=MOST_COUNTED)
    note = forms.CharField(label="说明", max_length=200, required=False, help_text="如 采购合同、调拨单的编号")


class CountForm(SizeForm):
    counted = forms.IntegerField(label="实有数量", min_value=0, max_value=MOST_COUNTED)
    note = forms.CharField(label="盘点情况", max_length=200, help_text="何人、何时盘点，有出入的写明原因")


class StandardForm(forms.Form):
    quantity = forms.IntegerField(label="每人应配数量", min_value=1, max_value=99)
    category = forms.ChoiceField(label="人员类别", choices=[("", "全体"), *Category.choices], required=False)
    post: OneOf = PostChoice(label="只对一个岗位", required=False, help_text="选了岗位的，代替按类别的标准")
    starts = DateField(label="施行日期（含当日）")
    source = forms.CharField(label="依据的文件", max_length=100, help_text="文号，如 三公装〔2026〕1号")


class EndForm(forms.Form):
    ends = DateField(label="从何日起不再适用（含当日）")


@dataclass(frozen=True, slots=True)
class Shelf:
    """What lies there of one size."""

    size: str
    balance: int


def _sizes(row: Item) -> str:
    return "、".join(row.sizes)


COLUMNS = (
    Column("name", "名称", link=lambda row: reverse("desk:outfit_item", args=[row.pk])),
    Column("kind", "类别", "get_kind_display"),
    Column("season", "季节", "get_season_display"),
    Column("sizes", "规格", _sizes, empty="不分规格", wrap=True),
    Column("stock", "库存", "in_stock", "integer"),
    Column("out", "本人领用", kind="integer", sort="-out"),
    Column("unit", "单位"),
    Column("wear_months", "使用期限", kind="integer", unit="月"),
    Column("organ", "机关", "organ_name", optional=True),
)
STOCK = (Column("size", "规格", empty="不分规格"), Column("balance", "库存", kind="integer"))
STANDARDS = (
    Column("whom", "对谁", lambda row: row.post.name if row.post else row.get_category_display() or "全体"),
    Column("quantity", "应配", kind="integer"),
    Column("since", "施行", "span.lower", "date"),
    Column("until", "截止", lambda row: last_day(row.span.upper), "date", empty="现行"),
    Column("source", "依据的文件", wrap=True),
    Column("end", "办理", template="management/standard_end.html"),
)
ENTRIES = (
    Column("at", "登记时间", "entered_at", "moment"),
    Column("kind", "事项", "get_kind_display"),
    Column("size", "规格"),
    Column("quantity", "增减", kind="integer"),
    Column("balance", "结存", kind="integer"),
    Column("note", "说明", wrap=True),
    Column("by", "登记人", "entered_by"),
)


def _dressed(rows: list[Item]) -> None:
    """What lies in stock of each, and whose it is, in two queries."""
    there: dict[int, int] = {}
    for (item, _), balance in balances(row.pk for row in rows).items():
        there[item] = there.get(item, 0) + balance
    for row in rows:
        row.in_stock = there.get(row.pk, 0)  # type: ignore[attr-defined]
    names_organs(organ_name="organ_code")(rows)


def _list(request: Request, title: str, kinds: tuple[str, ...]) -> HttpResponse:
    actor = request.actor
    kind = values.choice(request.GET, "kind", kinds, "")
    rows = items_for(actor).filter(kind__in=[kind] if kind else kinds)
    links = []
    if len(kinds) > 1:
        links = [("类别", filter_links(request, "kind", [(each, str(ItemKind(each).label)) for each in kinds]))]
    empty = "目录里还没有物品。先登记物品，再登记库存和标准。"
    context = list_of(request, COLUMNS, rows, title, dress=_dressed, filters=links, empty=empty)
    context["summary"] = "库存逐笔登记，不能少于零；发放由本人签收。"
    context["may_handle"] = can_handle_outfit(actor, actor.organ_code or 0)
    context["kind"] = kind or kinds[0]
    return list_response(request, context, "management/outfit_items.html")


@door(*LOOK)
def clothes(request: Request) -> HttpResponse:
    """Uniform and insignia."""
    return _list(request, "服装标识", CLOTHES)


@door(*LOOK)
def equipment(request: Request) -> HttpResponse:
    """Equipment."""
    return _list(request, "装备", (ItemKind.EQUIPMENT,))


def _said(item: Item) -> dict[str, Any]:
    names = ("kind", "name", "season", "unit", "wear_months")
    return {name: getattr(item, name) for name in names} | {"sizes": _sizes(item)}


@door(*SUPPLY)
def new(request: Request) -> HttpResponse:
    kind = values.choice(request.GET, "kind", ItemKind.values, ItemKind.UNIFORM)
    return _item_form(request, None, "登记物品", {"kind": kind, "season": Season.ALL, "unit": "件"})


@door(*SUPPLY)
def edit(request: Request, pk: int) -> HttpResponse:
    item = item_for(request.actor, pk)
    return _item_form(request, item, f"修改{item}", _said(item))


def _item_form(request: Request, item: Item | None, title: str, start: dict[str, Any]) -> HttpResponse:
    form = ItemForm(values.sent(request), initial=start)
    if request.method == "POST" and form.is_valid():
        done = perform(request, lambda: item_save(actor=request.actor, item=item, **form.cleaned_data), form)
        if done:
            messages.success(request, f"已保存：{done}。")
            return redirect("desk:outfit_item", done.pk)
    back = reverse("desk:outfit_item", args=[item.pk]) if item else reverse("desk:outfit_clothes")
    return form_page(request, form, title=title, intro="本机关的物品目录", back=back)


@door(*LOOK)
def item(request: Request, pk: int) -> HttpResponse:
    actor = request.actor
    row = item_for(actor, pk)
    there = balances([row.pk])
    shelves = [Shelf(size, there.get((row.pk, size), 0)) for size in row.sizes or [""]]
    handles = can_handle_outfit(actor, row.organ_code)
    standards = list(standards_of(row))
    for each in standards:
        each.may_end = handles and each.span.upper is None  # type: ignore[attr-defined]
    context = {
        "title": row.name,
        "row": row,
        "facts": [
            ("类别", row.get_kind_display()),
            ("季节", row.get_season_display()),
            ("单位", row.unit),
            ("使用期限", f"{row.wear_months} 个月" if row.wear_months else "用到损坏为止"),
        ],
        "stock": table_of(STOCK, shelves, "库存"),
        "standards": table_of(STANDARDS, standards, "配发标准", empty="还没有标准，不知道谁应当配。"),
        "entries": table_of(ENTRIES, entries_of(row)[:SHOWN], "台账", empty="还没有登记库存。"),
        "back": reverse("desk:outfit_equipment" if row.kind == ItemKind.EQUIPMENT else "desk:outfit_clothes"),
        "provision": "27.p1" if row.kind == ItemKind.EQUIPMENT else "26",
        "may_handle": handles,
        "timeline": timeline_of([row]),
    }
    return render(request, "management/outfit_item.html", context)


@door(*SUPPLY)
def enter(request: Request, pk: int) -> HttpResponse:
    row = item_for(request.actor, pk)
    form = EnterForm(row, values.sent(request))
    if request.method == "POST" and form.is_valid():
        done = perform(request, lambda: stock_enter(actor=request.actor, item=row, **form.said), form)
        if done:
            messages.success(request, f"已登记{done.get_kind_display()}，结存 {done.balance}{row.unit}。")
            return redirect("desk:outfit_item", pk)
    return _form_of(request, form, row, f"登记{row}的入库或者报废", "台账只能新增，登记以后不能改动")


@door(*SUPPLY)
def count(request: Request, pk: int) -> HttpResponse:
    row = item_for(request.actor, pk)
    form = CountForm(row, values.sent(request))
    if request.method == "POST" and form.is_valid():
        done = perform(request, lambda: stock_count(actor=request.actor, item=row, **form.said), form)
        if done:
            messages.success(request, f"已登记盘点，与台账相差 {done.quantity}{row.unit}。")
            return redirect("desk:outfit_item", pk)
    return _form_of(request, form, row, f"登记{row}的盘点", "与台账的差数记为一笔，写明情况")


@door(*SUPPLY)
def standard(request: Request, pk: int) -> HttpResponse:
    row = item_for(request.actor, pk)
    form = StandardForm(values.sent(request), initial={"starts": today()})
    among(form, post=posts_of(row.organ_code))
    if request.method == "POST" and form.is_valid():
        done = perform(request, lambda: standard_add(actor=request.actor, item=row, **form.cleaned_data), form)
        if done:
            messages.success(request, "已登记配发标准。")
            return redirect("desk:outfit_item", pk)
    return _form_of(request, form, row, f"登记{row}的配发标准", "标准不能改动，改变的先结束原来的，再立新的")


@door(*SUPPLY)
def standard_over(request: Request, pk: int) -> HttpResponse:
    row = standard_for(request.actor, pk)
    form = EndForm(values.sent(request), initial={"ends": today()})
    if request.method == "POST" and form.is_valid():
        done = perform(request, lambda: standard_end(actor=request.actor, standard=row, **form.cleaned_data), form)
        if done:
            messages.success(request, "已结束这个标准。")
            return redirect("desk:outfit_item", row.item_id)
    return _form_of(request, form, row.item, f"结束{row.item}的配发标准", _words(row))


def _words(row: Standard) -> str:
    whom = row.post.name if row.post else row.get_category_display() or "全体"
    return f"{whom}每人 {row.quantity}{row.item.unit}，{row.span.lower} 起施行，{row.source}"


def _form_of(request: Request, form: forms.Form, row: Item, title: str, intro: str) -> HttpResponse:
    back = reverse("desk:outfit_item", args=[row.pk])
    return form_page(request, form, title=title, intro=intro, submit="登记", back=back)
