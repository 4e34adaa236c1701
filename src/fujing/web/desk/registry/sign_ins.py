"""本人服务: who has a sign-in of their own, and the codes that open one, given out to many or to one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import segno
from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from fujing.registry.activation.papers import slips
from fujing.registry.activation.policies import can_issue
from fujing.registry.activation.queries import STANDINGS, codes_of, sign_in_of, standing_rows, standings_counted
from fujing.registry.activation.services import AGAIN, MOST, VALID, Issued, activation_issue, activations_issue
from fujing.registry.models import Activation
from fujing.registry.queries import engagement_for
from fujing.web import values
from fujing.web.acts import perform
from fujing.web.audience import PERSONNEL
from fujing.web.columns import Column, table_of
from fujing.web.doors import door
from fujing.web.form_pages import form_response
from fujing.web.lists import filter_links, list_of, list_response
from fujing.web.requests import Request
from fujing.web.sheets import printed, table_excel

COLOURS = {"opened": "green", "issued": "blue", "none": "gray"}
PEOPLE = (
    Column("name", "姓名", "person.name", link=lambda row: reverse("desk:sign_in", args=[row.pk])),
    Column("unit", "用人单位", "unit_name", empty="未安排", phone="brief"),
    Column("post", "岗位", "post_name", phone="brief"),
    Column("standing", "本人服务", lambda row: STANDINGS[row.standing], colour=lambda row: COLOURS[row.standing]),
    Column("issued_at", "最近发放", kind="moment", phone="folded"),
    Column("issued_by", "发放人", phone="folded"),
    Column("issued_until", "有效至", kind="moment", phone="folded"),
)
PICK = Column("pick", "选择", template="kinds/pick.html", phone="pick")
CODES = (
    Column("issued_at", "发放时间", kind="moment"),
    Column("issued_by", "发放人"),
    Column("until", "有效至", kind="moment"),
    Column("reason", "事由", wrap=True),
    Column("outcome", "结果", "get_outcome_display", empty="还没有使用"),
    Column("ended_at", "办结时间", kind="moment"),
    Column("failures", "输错次数", kind="integer"),
)
GIVEN = (
    Column("name", "姓名", "engagement.person.name"),
    Column("unit", "用人单位", "engagement.unit_name"),
    Column("code", "开通码", "spaced"),
    Column("until", "有效至", kind="moment"),
)
KINDS = [("pdf", "打印的开通单（PDF）"), ("docx", "开通单（Word）"), ("xlsx", "Excel")]


class GiveForm(forms.Form):
    """In which form the codes are handed over: they are shown in this file and never again."""

    kind = forms.ChoiceField(
        label="开通码的文件",
        choices=KINDS,
        widget=forms.RadioSelect,
        help_text="开通码只在这份文件里出现一次，系统不保存，请妥善保管并当面发给本人",
    )


class AgainForm(forms.Form):
    reason = forms.CharField(
        label="事由", max_length=200, help_text="核验的证件和原因，如：核验身份证，忘记密码。留在记录里，本人看得到"
    )


@door(*PERSONNEL)
def sign_ins(request: Request) -> HttpResponse:
    """Everybody in service in the own organ, by whether they have a sign-in."""
    actor = request.actor
    standing = values.choice(request.GET, "standing", STANDINGS, "")
    links = [("本人服务", filter_links(request, "standing", STANDINGS.items(), standings_counted(actor)))]
    rows = standing_rows(actor, standing).order_by("person__pinyin", "pk")
    context = list_of(request, PEOPLE, rows, "本人服务开通", filters=links, empty="还没有在职人员。")
    context["summary"] = "辅警凭开通码自己开通，在手机上查看档案、合同和权利，并可提交辞职和陈述。"
    context["give_url"] = reverse("desk:sign_ins_give")
    return list_response(request, context, "registry/sign_ins.html")


@door(*PERSONNEL)
def give(request: Request) -> HttpResponse:
    """Codes for the chosen people who have no sign-in; the answer is the file with the codes."""
    actor = request.actor
    form = GiveForm(values.sent(request), initial={"kind": "pdf"})
    chosen = [number for each in values.several(request.POST, "chosen") if (number := values.number_of(each))]
    rows = list(standing_rows(actor).exclude(standing="opened").order_by("unit_name", "person__pinyin", "pk")[:MOST])
    if request.method == "POST" and form.is_valid():
        issued = perform(request, lambda: activations_issue(actor=actor, engagements=chosen), form)
        if issued:
            return _handed_over(request, issued, {row.pk: row.unit_name for row in rows}, form.cleaned_data["kind"])
    for row in rows:
        row.picked = row.pk in chosen if chosen else row.standing == "none"  # type: ignore[attr-defined]
    context = {
        "form": form,
        "rows": rows,
        "table": table_of((PICK, *PEOPLE), rows, "人员", empty="本机关在职人员都已开通。"),
        "days": VALID.days,
        "most": MOST,
        "back": reverse("desk:sign_ins"),
    }
    return form_response(request, "registry/sign_ins_give.html", context)


def _handed_over(request: Request, issued: Sequence[Issued], units: dict[int, Any], kind: str) -> HttpResponse:
    """The file, by unit: nobody keeps it but whoever asked."""
    for each in issued:
        each.engagement.unit_name = units.get(each.engagement.pk) or ""  # type: ignore[attr-defined]
    if kind == "xlsx":
        return table_excel("本人服务开通码", table_of(GIVEN, issued, "开通码"))
    return printed(slips(issued, request.build_absolute_uri(reverse("me:activate"))), kind)


@door(*PERSONNEL)
def sign_in(request: Request, pk: int) -> HttpResponse:
    """One person's sign-in: the codes so far, and a new one, shown once with its picture for the phone."""
    actor = request.actor
    engagement = engagement_for(actor, pk)
    account = sign_in_of(engagement.person)
    asks = account is not None
    form = AgainForm(request.POST) if asks and request.method == "POST" else AgainForm() if asks else forms.Form()
    issued = None
    if request.method == "POST" and (not asks or form.is_valid()):
        reason = form.cleaned_data["reason"] if asks else ""
        issued = perform(
            request, lambda: activation_issue(actor=actor, engagement=engagement, reason=reason), form if asks else None
        )
    codes: list[Activation] = codes_of(engagement.person_id)
    address = request.build_absolute_uri(reverse("me:activate"))
    context = {
        "title": f"{engagement.person.name}的本人服务",
        "engagement": engagement,
        "account": account,
        "form": form,
        "issued": issued,
        "address": address,
        "picture": segno.make(f"{address}?code={issued.code}", error="m").svg_inline(scale=4) if issued else "",
        "table": table_of(CODES, codes, "发放记录", empty="还没有发放过开通码。"),
        "may": can_issue(actor, engagement.organ_code) and (asks or engagement.span.upper is None),
        "days": VALID.days,
        "again": round(AGAIN.total_seconds() / 3600),
    }
    return render(request, "registry/sign_in.html", context, status=422 if form.is_bound and form.errors else 200)
