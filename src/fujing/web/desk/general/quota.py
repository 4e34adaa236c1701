"""用人额度: overview as a map of tiles and as a table, the ledger, granting, moving and withdrawing."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from fujing.general.budget.queries import ratios_of
from fujing.general.quota.models import QuotaAccount, QuotaEntry
from fujing.general.quota.policies import can_give_quota, can_state_figures
from fujing.general.quota.queries import (
    accounts_below,
    figures_known,
    ledger_of,
    organs_given_by,
    quota_of,
    quota_on,
    scan_for,
)
from fujing.general.quota.services import figures_record, quota_grant, quota_move, quota_withdraw
from fujing.general.quota.states import QUOTA_ROLES
from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.files import file_response, file_store
from fujing.registry.divisions import CITY_TILES
from fujing.registry.models import Organ, territory_of
from fujing.registry.moving_in.queries import undated_by_bureau
from fujing.registry.queries import bureaus_between, bureaus_under, organ_for, short_names_of
from fujing.web import values
from fujing.web.acts import perform
from fujing.web.audience import HR, PERSONNEL
from fujing.web.choices import OneOf, among
from fujing.web.columns import Column, Table, table_of
from fujing.web.desk.common import FIRST_YEAR, LAST_YEAR, DateField
from fujing.web.desk.registry.undated import LABEL, number_of_undated, undated_at
from fujing.web.doors import door
from fujing.web.form_pages import form_page
from fujing.web.requests import Request

# More than the province has, and less than a column holds.
MOST_PEOPLE, MOST_RESIDENTS = 1_000_000, 1_000_000_000


class DocumentForm(forms.Form):
    """What every change of quota rests on."""

    amount = forms.IntegerField(label="数量（人）", min_value=1, max_value=MOST_PEOPLE)
    document_number = forms.CharField(label="文号", max_length=60)
    document_date = DateField(label="文件日期")
    reason = forms.CharField(label="事由", max_length=300)
    scan = forms.FileField(label="文件扫描件", required=False, help_text="图片或 PDF，不超过 10 MB")


class GrantForm(DocumentForm):
    organ = OneOf(label="下达给")
    field_order = ("organ",)


class WithdrawForm(DocumentForm):
    organ = OneOf(label="收回自")
    field_order = ("organ",)


class FiguresForm(forms.Form):
    """What the quota is measured against."""

    year = forms.IntegerField(label="年度", min_value=FIRST_YEAR, max_value=LAST_YEAR)
    police_officers = forms.IntegerField(label="民警（人）", min_value=1, max_value=MOST_PEOPLE)
    residents = forms.IntegerField(label="常住人口（人）", min_value=1, max_value=MOST_RESIDENTS)
    source = forms.CharField(label="数据来源", max_length=200, help_text="如统计公报名称和年份")


class DayForm(forms.Form):
    on = DateField(label="截至日期", required=False)


class MoveForm(DocumentForm):
    giver = OneOf(label="调出机关")
    taker = OneOf(label="调入机关")
    field_order = ("giver", "taker")


class Territory(NamedTuple):
    """What an organ's territory has: its accounts, and by bureau how many people have no known first day."""

    accounts: list[QuotaAccount]
    undated: dict[int, int]


def territory(organ: Organ) -> Territory:
    """The same, read in two queries."""
    lo, hi = territory_of(organ.code)
    return Territory(accounts_below(lo, hi), undated_by_bureau(lo, hi, today()))


def tiles_of(organ: Organ, known: Territory) -> list[dict[str, Any]]:
    """The direct subordinates with their figures: with their whole territory's people, as quota is passed down."""
    accounts, undated = known
    tiles = []
    for child in bureaus_under(organ.code):
        lo, hi = child.territory
        inside = [account for account in accounts if lo <= account.organ_code <= hi]
        own = next((account for account in inside if account.organ_code == child.code), QuotaAccount())
        in_service = sum(account.in_service for account in inside)
        reserved = sum(account.reserved for account in inside)
        column, row = CITY_TILES.get(str(child.code // 10**6), (0, 0))
        tiles.append(
            {
                "code": child.code,
                "name": child.short_name,
                "url": reverse("desk:quota_organ", args=[child.code]),
                "granted": own.granted,
                "in_service": in_service,
                "reserved": reserved,
                "free": own.granted - in_service - reserved,
                "own_free": own.free,
                "undated": sum(count for code, count in undated.items() if lo <= code <= hi),
                "column": column,
                "row": row,
                "percent": round(100 * (in_service + reserved) / own.granted) if own.granted else 0,
            }
        )
    return tiles


TERRITORY = (
    Column("code", "机关代码", lambda tile: str(tile["code"])),
    Column("name", "机关", lambda tile: tile["name"], link=lambda tile: tile["url"]),
    Column("granted", "核定", lambda tile: tile["granted"], "integer"),
    Column("in_service", "在职", lambda tile: tile["in_service"], "integer"),
    Column("reserved", "招聘中", lambda tile: tile["reserved"], "integer"),
    Column("free", "空余", lambda tile: tile["free"], "integer"),
)
UNDATED = Column(
    "undated",
    f"{LABEL}，未计入",
    lambda tile: tile["undated"],
    "integer",
    link=lambda tile: undated_at(tile["code"]) if tile["undated"] else "",
    act=True,
)
"""Shown where some organ has somebody in it."""
LEDGER = (
    Column("document_date", "文件日期", kind="date"),
    Column("document_number", "文号"),
    Column("kind", "事项", "get_kind_display"),
    Column("amount", "数量", kind="integer", unit="人"),
    Column("balance", "累计核定", kind="integer", unit="人"),
    Column("counterpart", "对方机关"),
    Column("reason", "事由", wrap=True),
    Column("made_by", "办理人"),
    Column("scan", "扫描件", template="general/quota_scan.html"),
)


def below(tiles: list[dict[str, Any]]) -> Table:
    """The tiles as a table, on the screen and in Excel."""
    columns = (*TERRITORY, UNDATED) if any(tile["undated"] for tile in tiles) else TERRITORY
    return table_of(columns, tiles, "下级公安机关用人额度")


def ledger_shown(code: int, until: date | None) -> list[QuotaEntry]:
    """The ledger with the names of the other side."""
    ledger = list(ledger_of(code, until))
    codes = {entry.counterpart_code or 0 for entry in ledger}
    names = short_names_of(codes)
    for entry in ledger:
        entry.counterpart = names.get(entry.counterpart_code, "")  # type: ignore[attr-defined, arg-type]
    return ledger


def _ratio_rows(ratios: Any) -> list[tuple[str, str, str]]:
    """What the quota comes to, in words; empty where a figure is missing."""
    each = ratios.money_each
    return [
        ("每名民警配备", "" if ratios.per_officer is None else str(ratios.per_officer), "人"),
        ("每万常住人口配备", "" if ratios.per_ten_thousand is None else str(ratios.per_ten_thousand), "人"),
        ("人均年度预算", "" if each is None else f"{each:,.2f}", "元"),
    ]


def _ratio_source(ratios: Any) -> str:
    """What the figures were measured against."""
    said = ratios.figures
    if not said:
        return "本年度还没有填报民警人数和常住人口。"
    counted = f"民警 {said.police_officers} 人，常住人口 {said.residents} 人。"
    return f"{counted}来源：{said.source}（{said.made_by}填报）"


@door(*HR)
def overview(request: Request, code: int | None = None) -> HttpResponse:
    actor = request.actor
    organ = organ_for(actor, code or actor.organ_code or 0)
    day = DayForm(request.GET if "on" in request.GET else None)
    until = day.cleaned_data["on"] if day.is_valid() else None
    known = territory(organ)
    tiles = tiles_of(organ, known)
    may_change = can_give_quota(actor) and organ_has_subordinates(actor)
    own = next((each for each in known.accounts if each.organ_code == organ.code), QuotaAccount(organ_code=organ.code))
    ratios = ratios_of(own, today().year)
    context = {
        "organ": organ,
        "own": own,
        "undated": number_of_undated(organ.code, known.undated.get(organ.code, 0), own=True),
        "ratio_rows": _ratio_rows(ratios),
        "ratio_source": _ratio_source(ratios),
        "year": today().year,
        "may_figure": actor.organ_code == organ.code and can_state_figures(actor),
        "tiles": tiles,
        "mapped": any(tile["column"] for tile in tiles),
        "day": day,
        "until": until,
        "on_day": quota_on(organ.code, until) if until else None,
        "ledger": table_of(LEDGER, ledger_shown(organ.code, until), "额度台账", empty="没有额度文件。"),
        "below": below(tiles),
        "until_query": f"?on={until}" if until else "",
        "may_change": may_change,
    }
    return render(request, "general/quota.html", context, status=422 if day.errors else 200)


def organ_has_subordinates(actor: Actor) -> bool:
    return bool(bureaus_under(actor.organ_code or 0).exists())


@door(*QUOTA_ROLES)
def grant(request: Request) -> HttpResponse:
    actor = request.actor
    form = GrantForm(values.sent(request), request.FILES or None)
    among(form, organ=organs_given_by(actor))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if perform(request, lambda: quota_grant(actor=actor, **kept(actor, data["organ"], data)), form):
            messages.success(request, f"已向{data['organ'].name}下达 {data['amount']} 人。")
            return redirect("desk:quota")
    return _page(request, form, "下达用人额度", f"本机关可下达 {quota_of(actor.organ_code or 0).free} 人。")


@door(*PERSONNEL, *QUOTA_ROLES)
def figures(request: Request) -> HttpResponse:
    """Police officers and residents of the actor's own organ in a year."""
    actor = request.actor
    known = figures_known(actor.organ_code or 0, today().year)
    start = {name: getattr(known, name) for name in FiguresForm.base_fields} if known else {"year": today().year}
    form = FiguresForm(values.sent(request), initial=start)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if perform(request, lambda: figures_record(actor=actor, **data), form):
            messages.success(request, f"已填报{data['year']}年配备基数。")
            return redirect("desk:quota")
    return _page(request, form, "填报配备基数", "用来计算每名民警、每万人口配备的辅警人数。")


@door(*QUOTA_ROLES)
def withdraw(request: Request) -> HttpResponse:
    actor = request.actor
    form = WithdrawForm(values.sent(request), request.FILES or None)
    among(form, organ=bureaus_under(actor.organ_code or 0))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if perform(request, lambda: quota_withdraw(actor=actor, **kept(actor, data["organ"], data)), form):
            messages.success(request, f"已从{data['organ'].name}收回 {data['amount']} 人。")
            return redirect("desk:quota")
    intro = "只能收回空余额度，不得低于该机关在职、招聘中和已下达的人数。"
    return _page(request, form, "收回用人额度", intro)


def kept(actor: Actor, organ: Organ, data: dict[str, Any]) -> dict[str, Any]:
    """The form's data with its scan stored where the organ and its superiors can open it."""
    upload = data.get("scan")
    scan = file_store(actor=actor, organ_code=organ.code, upload=upload) if upload else None
    return {**data, "scan": scan}


@door(*HR)
def scan(request: Request, file: int) -> HttpResponseBase:
    actor = request.actor
    return file_response(scan_for(actor, file))


@door(*QUOTA_ROLES)
def move(request: Request) -> HttpResponse:
    actor = request.actor
    form = MoveForm(values.sent(request), request.FILES or None)
    bureaus = bureaus_between(*actor.territory).exclude(pk=actor.organ_code or 0)
    among(form, giver=bureaus, taker=bureaus)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if perform(request, lambda: quota_move(actor=actor, **kept(actor, data["giver"], data)), form):
            messages.success(request, f"已从{data['giver'].name}调配 {data['amount']} 人到{data['taker'].name}。")
            return redirect("desk:quota")
    return _page(
        request,
        form,
        "统筹调配额度",
        "只能在本行政区域内、同一上级的公安机关之间调配，调出后不得低于在职和招聘中的人数。",
    )


def _page(request: Request, form: forms.Form, title: str, intro: str) -> HttpResponse:
    return form_page(request, form, title=title, intro=intro, submit=title, back=reverse("desk:quota"))
