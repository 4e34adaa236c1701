"""用人额度: overview with tiles, ledger, granting and moving."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fujing.general.quota.models import QuotaAccount
from fujing.general.quota.queries import accounts_below, ledger_of, quota_of
from fujing.general.quota.services import quota_grant, quota_move
from fujing.general.quota.states import QUOTA_ROLES
from fujing.registry.models import Organ, territory_of
from fujing.registry.states import OrganKind
from fujing.web.acts import perform
from fujing.web.desk.common import DateField, need
from fujing.web.navigation import HR


class DocumentForm(forms.Form):
    """What every change of quota rests on."""

    amount = forms.IntegerField(label="数量（人）", min_value=1)
    document_number = forms.CharField(label="文号", max_length=60)
    document_date = DateField(label="文件日期")
    reason = forms.CharField(label="事由", max_length=300)


class GrantForm(DocumentForm):
    organ = forms.ModelChoiceField(label="下达给", queryset=Organ.objects.none())
    field_order = ("organ",)


class MoveForm(DocumentForm):
    giver = forms.ModelChoiceField(label="调出机关", queryset=Organ.objects.none())
    taker = forms.ModelChoiceField(label="调入机关", queryset=Organ.objects.none())
    field_order = ("giver", "taker")


def _below(code: int) -> Any:
    return Organ.objects.filter(parent_id=code, kind=OrganKind.PUBLIC_SECURITY).order_by("code")


def overview(request: HttpRequest, code: int | None = None) -> HttpResponse:
    actor = need(request, *HR)
    code = code or actor.organ_code or 0
    organ = Organ.objects.filter(pk=code).first()
    if organ is None or not actor.covers(code):
        raise Http404("没有这个机关")
    children = list(_below(code))
    accounts = {account.organ_code: account for account in accounts_below(*territory_of(code))}
    tiles = []
    for child in children:
        account = accounts.get(child.code) or QuotaAccount(organ_code=child.code)
        used = account.granted - account.free
        tiles.append(
            {
                "name": child.short_name, "url": reverse("desk:quota_organ", args=[child.code]), "granted": account.granted,
                "in_service": account.in_service, "reserved": account.reserved, "free": account.free,
                "percent": min(100, round(100 * used / account.granted)) if account.granted else 0,
            }
        )  # fmt: skip
    ledger = ledger_of(code)
    names = dict(
        Organ.objects.filter(pk__in={entry.counterpart_code for entry in ledger}).values_list(
            "code", "short_name"
        )
    )
    for entry in ledger:
        entry.counterpart = names.get(entry.counterpart_code, "")  # type: ignore[attr-defined, arg-type]
    context = {
        "organ": organ, "own": accounts.get(code) or quota_of(code), "tiles": tiles, "tiles_title": "下级公安机关",
        "ledger": ledger, "may_change": actor.has(*QUOTA_ROLES) and bool(_below(actor.organ_code or 0)),
    }  # fmt: skip
    return render(request, "desk/quota.html", context)


def grant(request: HttpRequest) -> HttpResponse:
    actor = need(request, *QUOTA_ROLES)
    form = GrantForm(request.POST or None)
    below = _below(actor.organ_code or 0)
    own = Organ.objects.filter(pk=actor.organ_code or 0, parent=None)
    form.fields["organ"].queryset = (below | own).order_by("code")  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if perform(request, lambda: quota_grant(actor=actor, **data), form):
            messages.success(request, f"已向{data['organ'].name}下达 {data['amount']} 人。")
            return redirect("desk:quota")
    return _page(request, form, "下达用人额度", f"本机关可下达 {quota_of(actor.organ_code or 0).free} 人。")


def move(request: HttpRequest) -> HttpResponse:
    actor = need(request, *QUOTA_ROLES)
    form = MoveForm(request.POST or None)
    for name in ("giver", "taker"):
        form.fields[name].queryset = Organ.objects.filter(  # type: ignore[attr-defined]
            kind=OrganKind.PUBLIC_SECURITY, code__range=(actor.lo, actor.hi)
        ).exclude(pk=actor.organ_code or 0)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if perform(request, lambda: quota_move(actor=actor, **data), form):
            messages.success(
                request, f"已从{data['giver'].name}调配 {data['amount']} 人到{data['taker'].name}。"
            )
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
