"""工作证: who has one and who lacks one, how cards are requested and printed, and one card with its acts."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import timedelta

import segno
from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.files import file_response
from fujing.kernel.papers import Paper, pdf
from fujing.kernel.transitions import Transition
from fujing.law.periods import months_later
from fujing.management.outfit.models import Card
from fujing.management.outfit.papers import card_sheet
from fujing.management.outfit.policies import can_handle_outfit
from fujing.management.outfit.queries import (
    MOST,
    card_for,
    card_printed,
    cards_for,
    cards_to_print,
    expiring,
    left_behind,
    others_held,
    without_card,
)
from fujing.management.outfit.services import (
    card_cancel,
    card_hand_in,
    card_issue,
    card_lose,
    card_photo,
    card_replace,
    card_restore,
    card_revoke,
    card_suspend,
    cards_request,
    hand_over_text,
)
from fujing.management.outfit.states import CARD, HELD, CardState
from fujing.registry.queries import names_of
from fujing.registry.roster import dressed
from fujing.web import values
from fujing.web.acts import Deed, Deeds, Touched, act_context, perform, take
from fujing.web.audience import LEADERS, SUPPLY
from fujing.web.columns import Column, last_day, table_of
from fujing.web.desk.common import DateField, of_own_bureau, state_column, timeline_of
from fujing.web.doors import door
from fujing.web.form_pages import form_page, form_response
from fujing.web.lists import filter_links, list_of, list_response, narrowed
from fujing.web.requests import Request
from fujing.web.sheets import download

LOOK = SUPPLY | LEADERS
USUAL_MONTHS = 36
PICTURE = "近期正面免冠照片，JPG 或者 PNG，不超过 10 MB"
NARROWED = {"expiring": ("到期和即将到期", expiring), "gone": ("人已不在职", left_behind)}


class TermForm(forms.Form):
    starts = DateField(label="有效期起（含当日）")
    last_day = DateField(label="有效期至（含当日）", help_text="最长十年")


class SignForm(forms.Form):
    """Filled in by the bearer, on the officer's device."""

    signed_as = forms.CharField(label="签收人姓名", max_length=60, help_text="由本人填写，即为签名")
    id_tail = forms.CharField(label="本人公民身份号码后四位", max_length=4, help_text="由本人填写，核对是否本人")


class PhotoForm(forms.Form):
    upload = forms.FileField(label="照片", help_text=PICTURE)


def _card(row: Card) -> Touched:
    return Touched(f"{row.engagement.person.name}，工作证 {row.number}。")


def _signed(row: Card) -> Touched:
    """The very words to which the bearer puts their name."""
    return Touched(f"请本人阅读后签收：{hand_over_text(row)}")


def _why_not(actor: Actor, row: Card, move: Transition) -> str:
    if move.verb == "issue" and row.photo_id is None:
        return "还没有照片，请先上传照片。"
    if move.verb == "issue" and (held := others_held(row)):
        return f"旧证 {'、'.join(held)} 还没有收回或者挂失。"
    return ""


DEEDS = Deeds(
    CARD,
    {
        "issue": Deed(
            lambda actor, row, data: card_issue(actor=actor, card=row, **data), lambda row: SignForm, _signed
        ),
        "cancel": Deed(lambda actor, row, data: card_cancel(actor=actor, card=row, **data), None, _card),
        "suspend": Deed(lambda actor, row, data: card_suspend(actor=actor, card=row, **data), None, _card),
        "restore": Deed(lambda actor, row, data: card_restore(actor=actor, card=row, **data), None, _card),
        "lose": Deed(lambda actor, row, data: card_lose(actor=actor, card=row, **data), None, _card),
        "revoke": Deed(lambda actor, row, data: card_revoke(actor=actor, card=row, **data), None, _card),
        "hand_in": Deed(lambda actor, row, data: card_hand_in(actor=actor, card=row, **data), None, _card),
    },
    whose=of_own_bureau,
    why_not=_why_not,
)
COLUMNS = (
    Column("number", "编号", link=lambda row: reverse("desk:card", args=[row.pk])),
    Column("name", "姓名", "engagement.person.name"),
    Column("category", "类别", "engagement.get_category_display"),
    state_column(),
    Column("starts", "有效期起", "span.lower", "date", sort="span__startswith"),
    Column("ends", "有效期至", lambda row: last_day(row.span.upper), "date", sort="span__endswith"),
    Column("issued_on", "发放日期", kind="date", sort="issued_on", empty="未发放"),
    Column("photo", "照片", lambda row: "有" if row.photo_id else "缺", phone="folded"),
    Column("why", "停用、挂失、注销的事由", wrap=True, phone="folded"),
)


@door(*LOOK)
def cards(request: Request) -> HttpResponse:
    """Every card of the territory by state; those that end, and those of people who are gone."""
    actor = request.actor
    found, states = narrowed(request, cards_for(actor), "state", CardState.choices)
    due = values.choice(request.GET, "due", NARROWED, "")
    found = NARROWED[due][1](found, today()) if due else found
    links = [
        ("状态", states),
        ("提醒", filter_links(request, "due", [(key, label) for key, (label, _) in NARROWED.items()])),
    ]
    context = list_of(
        request, COLUMNS, found, "工作证", filters=links, empty="还没有工作证，从“没有工作证的人”开始申领。"
    )
    context["summary"] = "一人一证；任何人扫证上的二维码即可核验。"
    context["may_request"] = can_handle_outfit(actor, actor.organ_code or 0)
    context["may_print"] = context["may_request"] and cards_to_print(actor).exists()
    return list_response(request, context, "management/cards.html")


PEOPLE = (
    Column("pick", "选择", template="kinds/pick.html", phone="pick"),
    Column("name", "姓名", "person.name", link=lambda row: reverse("desk:person", args=[row.person_id])),
    Column("category", "类别", "get_category_display"),
    Column("unit", "用人单位", "unit_name", empty="未安排"),
    Column("post", "岗位", "post_name"),
    Column("since", "入职日期", "span.lower", "date"),
)


@door(*SUPPLY)
def without(request: Request) -> HttpResponse:
    """People of the bureau without a card, picked singly or together, for whom cards are requested."""
    actor = request.actor
    form = TermForm(values.sent(request), initial=_term())
    chosen = [number for each in values.several(request.POST, "chosen") if (number := values.number_of(each))]
    if request.method == "POST" and form.is_valid():
        done = perform(request, lambda: cards_request(actor=actor, engagements=chosen, **form.cleaned_data), form)
        if done:
            lacking = sum(card.photo_id is None for card in done)
            more = f"其中 {lacking} 张还缺照片，请逐张上传。" if lacking else ""
            messages.success(request, f"已申领 {len(done)} 张工作证。{more}")
            return redirect(f"{reverse('desk:cards')}?state=requested")
    found = without_card(actor)
    person = values.number(request.GET, "person")
    found = found.filter(person_id=person) if person is not None else found
    rows = list(dressed(found.order_by("pk"))[:MOST])
    for row in rows:
        row.picked = row.pk in chosen or person is not None  # type: ignore[attr-defined]
    total = found.count()
    first = f"，先列出 {MOST} 人，办完后列出其余的人" if total > MOST else ""
    context = {
        "title": "申领工作证",
        "form": form,
        "table": table_of(PEOPLE, rows, "人员", empty="在职人员都有工作证或者正在制证。"),
        "rows": rows,
        "alone": person is not None,
        "summary": f"在职而没有工作证的，共 {total} 人{first}",
        "back": reverse("desk:cards"),
    }
    return form_response(request, "management/cards_without.html", context)


def _term() -> dict[str, object]:
    return {"starts": today(), "last_day": months_later(today(), USUAL_MONTHS) - timedelta(1)}


@door(*LOOK)
def card(request: Request, pk: int) -> HttpResponse:
    actor = request.actor
    row = card_for(actor, pk)
    name = row.engagement.person.name
    if "verb" in request.POST:
        back = reverse("desk:card", args=[pk])
        return take(request, actor, row, DEEDS, back=back, subject=f"{name}的工作证")
    handles = can_handle_outfit(actor, row.organ_code)
    context = {
        "title": f"{name}的工作证",
        "row": row,
        "facts": [
            ("编号", row.number),
            ("机关", names_of([row.organ_code]).get(row.organ_code, "")),
            ("类别", row.engagement.get_category_display()),
            ("有效期", f"{row.span.lower} 至 {last_day(row.span.upper)}"),
            *((("发放日期", row.issued_on.isoformat()),) if row.issued_on else ()),
            *((("事由", row.why),) if row.why else ()),
            *((("挂失、注销日期", row.ended_on.isoformat()),) if row.ended_on else ()),
        ],
        "may_photograph": handles and row.state == CardState.REQUESTED,
        "may_print": handles and row.state == CardState.REQUESTED and row.photo_id is not None,
        "may_replace": handles and row.state in (*HELD, CardState.LOST),
        "timeline": timeline_of([row]),
        **act_context(actor, row, DEEDS),
    }
    return render(request, "management/card.html", context)


@door(*SUPPLY)
def replace(request: Request, pk: int) -> HttpResponse:
    """A new card in the place of one that was lost, is worn, or ends."""
    actor = request.actor
    row = card_for(actor, pk)
    form = TermForm(values.sent(request), initial=_term())
    if request.method == "POST" and form.is_valid():
        done = perform(request, lambda: card_replace(actor=actor, card=row, **form.cleaned_data), form)
        if done:
            messages.success(request, f"已申领新证 {done.number}。")
            return redirect("desk:card", done.pk)
    return form_page(
        request,
        form,
        title=f"为{row.engagement.person.name}补发、换发工作证",
        intro=f"原证 {row.number}，{row.get_state_display()}；新证的编号和二维码都是新的，原证收回或者挂失以后才能发放",
        submit="申领新证",
        back=reverse("desk:card", args=[pk]),
    )


@door(*SUPPLY)
def photo(request: Request, pk: int) -> HttpResponse:
    actor = request.actor
    row = card_for(actor, pk)
    form = PhotoForm(values.sent(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        done = perform(request, lambda: card_photo(actor=actor, card=row, **form.cleaned_data), form)
        if done:
            messages.success(request, "照片已保存。")
            return redirect("desk:card", pk)
    return form_page(
        request,
        form,
        title=f"{row.engagement.person.name}的证件照片",
        intro=f"工作证 {row.number}",
        submit="保存照片",
        back=reverse("desk:card", args=[pk]),
    )


@door(*LOOK)
def picture_of(request: Request, pk: int) -> HttpResponseBase:
    """The photo of a card, for the officers who handle it; the public page never shows it."""
    row = card_for(request.actor, pk)
    if row.photo is None:
        raise Http404("没有照片")
    return file_response(row.photo, inline=True)


@door(*SUPPLY)
def print_all(request: Request) -> HttpResponse:
    """All requested cards of the bureau that have a photo, side by side."""
    return _printed(_sheet(request, cards_to_print(request.actor)))


@door(*SUPPLY)
def print_one(request: Request, pk: int) -> HttpResponse:
    """One requested card, with its code."""
    return _printed(_sheet(request, [card_printed(request.actor, pk)]))


def _sheet(request: Request, rows: Iterable[Card]) -> Paper:
    found = list(rows)
    code = request.actor.organ_code or 0
    return card_sheet(found, names_of([code]).get(code, ""), {row.pk: _code(request, row) for row in found})


def _printed(paper: Paper) -> HttpResponse:
    return download(pdf(paper), f"{paper.title}.pdf", "application/pdf")


def _code(request: Request, row: Card) -> str:
    """The address of the card's public page as a QR code in SVG."""
    drawn = io.BytesIO()
    address = request.build_absolute_uri(reverse("public:card", args=[row.code]))
    segno.make(address, error="m").save(drawn, kind="svg", border=2)
    return drawn.getvalue().decode()
