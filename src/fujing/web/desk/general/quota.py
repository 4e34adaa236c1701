"""用人额度: overview as a map of tiles and as a table, the ledger, granting, moving and withdrawing."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from fujing.general.budget.queries import ratios_of
from fujing.general.quota.models import LocalFigures, QuotaAccount, QuotaEntry
from fujing.general.quota.queries import accounts_below, ledger_of, quota_of, quota_on
from fujing.general.quota.services import figures_record, quota_grant, quota_move, quota_withdraw
from fujing.general.quota.states import QUOTA_ROLES
from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.files import file_response, file_store
from fujing.kernel.models import StoredFile
from fujing.registry.divisions import CITY_TILES
from fujing.registry.models import Organ, territory_of
from fujing.registry.states import OrganKind
from fujing.web import values
from fujing.web.acts import perform
from fujing.web.audience import HR
from fujing.web.columns import Column, table_of
from fujing.web.desk.common import FIRST_YEAR, LAST_YEAR, DateField, need

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
    organ = forms.ModelChoiceField(label="下达给", queryset=Organ.objects.none())
    field_order = ("organ",)


class WithdrawForm(DocumentForm):
    organ = forms.ModelChoiceField(label="收回自", queryset=Organ.objects.none())
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
    giver = forms.ModelChoiceField(label="调出机关", queryset=Organ.objects.none())
    taker = forms.ModelChoiceField(label="调入机关", queryset=Organ.objects.none())
    field_order = ("giver", "taker")


def _below(code: int) -> Any:
    return Organ.objects.filter(parent_id=code, kind=OrganKind.PUBLIC_SECURITY).order_by("code")


def organ_seen(actor: Actor, code: int) -> Organ:
    """An organ of the actor's territory or 404."""
    organ = Organ.objects.filter(pk=code).first()
    if organ is None or not actor.covers(code):
        raise Http404("没有这个机关")
    return organ


def tiles_of(organ: Organ) -> list[dict[str, Any]]:
    """The direct subordinates with their figures: with their whole territory's people, as quota is passed down."""
    accounts = accounts_below(*territory_of(organ.code))
    tiles = []
    for child in _below(organ.code):
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


def ledger_shown(code: int, until: date | None) -> list[QuotaEntry]:
    """The ledger with the names of the other side."""
    ledger = list(ledger_of(code, until))
    codes = {entry.counterpart_code or 0 for entry in ledger}
    names = dict(Organ.objects.filter(pk__in=codes).values_list("code", "short_name"))
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


def overview(request: HttpRequest, code: int | None = None) -> HttpResponse:
    actor = need(request, *HR)
    organ = organ_seen(actor, code or actor.organ_code or 0)
    day = DayForm(request.GET if "on" in request.GET else None)
    until = day.cleaned_data["on"] if day.is_valid() else None
    tiles = tiles_of(organ)
    may_change = actor.has(*QUOTA_ROLES) and organ_has_subordinates(actor)
    own = quota_of(organ.code)
    ratios = ratios_of(own, today().year)
    context = {
        "organ": organ,
        "own": own,
        "ratio_rows": _ratio_rows(ratios),
        "ratio_source": _ratio_source(ratios),
        "year": today().year,
        "may_figure": actor.organ_code == organ.code and actor.has("hr_officer", *QUOTA_ROLES),
        "tiles": tiles,
        "mapped": any(tile["column"] for tile in tiles),
        "day": day,
        "until": until,
        "on_day": quota_on(organ.code, until) if until else None,
        "ledger": table_of(LEDGER, ledger_shown(organ.code, until), "额度台账", empty="没有额度文件。"),
        "below": table_of(TERRITORY, tiles, "下级公安机关用人额度"),
        "until_query": f"?on={until}" if until else "",
        "may_change": may_change,
    }
    return render(request, "general/quota.html", context, status=422 if day.errors else 200)


def organ_has_subordinates(actor: Actor) -> bool:
    return bool(_below(actor.organ_code or 0).exists())


def grant(request: HttpRequest) -> HttpResponse:
    actor = need(request, *QUOTA_ROLES)
    form = GrantForm(values.sent(request), request.FILES or None)
    below = _below(actor.organ_code or 0)
    own = Organ.objects.filter(pk=actor.organ_code or 0, parent=None)
    form.fields["organ"].queryset = (below | own).order_by("code")  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if perform(request, lambda: quota_grant(actor=actor, **kept(actor, data["organ"], data)), form):
            messages.success(request, f"已向{data['organ'].name}下达 {data['amount']} 人。")
            return redirect("desk:quota")
    return _page(request, form, "下达用人额度", f"本机关可下达 {quota_of(actor.organ_code or 0).free} 人。")


def figures(request: HttpRequest) -> HttpResponse:
    """Police officers and residents of the actor's own organ in a year."""
    actor = need(request, "hr_officer", *QUOTA_ROLES)
    known = LocalFigures.objects.filter(organ_code=actor.organ_code or 0, year=today().year).values().first()
    form = FiguresForm(values.sent(request), initial={"year": today().year, **(known or {})})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if perform(request, lambda: figures_record(actor=actor, **data), form):
            messages.success(request, f"已填报{data['year']}年配备基数。")
            return redirect("desk:quota")
    return _page(request, form, "填报配备基数", "用来计算每名民警、每万人口配备的辅警人数。")


def withdraw(request: HttpRequest) -> HttpResponse:
    actor = need(request, *QUOTA_ROLES)
    form = WithdrawForm(values.sent(request), request.FILES or None)
    form.fields["organ"].queryset = _below(actor.organ_code or 0)  # type: ignore[attr-defined]
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


def scan(request: HttpRequest, file: int) -> HttpResponseBase:
    need(request, *HR)
    stored = StoredFile.objects.filter(pk=file).first()
    if stored is None or not QuotaEntry.objects.filter(scan=stored).exists():
        raise Http404("没有这份扫描件")
    return file_response(stored)


def move(request: HttpRequest) -> HttpResponse:
    actor = need(request, *QUOTA_ROLES)
    form = MoveForm(values.sent(request), request.FILES or None)
    for name in ("giver", "taker"):
        form.fields[name].queryset = Organ.objects.filter(  # type: ignore[attr-defined]
            kind=OrganKind.PUBLIC_SECURITY, code__range=(actor.lo, actor.hi)
        ).exclude(pk=actor.organ_code or 0)
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


def _page(request: HttpRequest, form: forms.Form, title: str, intro: str) -> HttpResponse:
    context = {"form": form, "title": title, "intro": intro, "submit": title, "back": reverse("desk:quota")}
    return render(request, "kinds/form_page.html", context, status=422 if form.errors else 200)
