"""指导文件: the list, the form, the document with its signatures."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fujing.compliance.guidance.models import Guidance
from fujing.compliance.guidance.policies import can_guide, can_sign
from fujing.compliance.guidance.queries import (
    document_for,
    file_of,
    guidance_for,
    in_force_on,
    is_in_force,
    organs_below,
    signatures,
    to_read,
)
from fujing.compliance.guidance.services import (
    Document,
    guidance_draft,
    guidance_publish,
    guidance_revoke,
    guidance_sign,
)
from fujing.compliance.guidance.states import DRAFTERS, GUIDANCE, GuidanceState
from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.files import file_response, file_store
from fujing.kernel.transitions import Transition
from fujing.registry.queries import organ_at
from fujing.web import values
from fujing.web.acts import Act, Deed, Deeds, Touched, acts_of, perform, take
from fujing.web.audience import HR, OFFICERS, sees
from fujing.web.choices import OneOf, among
from fujing.web.columns import Column, table_of
from fujing.web.desk.common import DateField, ProvisionsField, names_organs, state_column
from fujing.web.doors import door
from fujing.web.form_pages import form_page
from fujing.web.lists import filter_links, list_of, list_response
from fujing.web.requests import Request


class GuidanceForm(forms.Form):
    number = forms.CharField(label="文号", max_length=60)
    title = forms.CharField(label="标题", max_length=200)
    issued_on = DateField(label="成文日期")
    provisions = ProvisionsField(label="所涉条文")
    text = forms.CharField(
        label="正文", required=False, widget=forms.Textarea(attrs={"rows": 10}), help_text="正文和文件至少填一项"
    )
    file = forms.FileField(label="文件", required=False)
    force_from = DateField(label="施行日期")
    force_until = DateField(label="有效期至", required=False, help_text="当日仍有效")
    replaces = OneOf(label="替代", required=False, empty_label="不替代其他文件")
    groups = (
        ("文件", ("number", "title", "issued_on")),
        ("内容", ("provisions", "text", "file")),
        ("效力", ("force_from", "force_until", "replaces")),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("force_until") and data.get("force_from") and data["force_until"] < data["force_from"]:
            self.add_error("force_until", "有效期至不能早于施行日期。")
        return data


COLUMNS = (
    Column("title", "标题", wrap=True, link=lambda row: reverse("desk:guidance", args=[row.pk])),
    Column("unsigned", "签收", lambda row: "待签收" if row.unsigned else None, colour=lambda row: "amber"),
    Column("number", "文号"),
    Column("issuer", "发布机关", "issuer_name"),
    Column("issued_on", "成文日期", kind="date", sort="-issued_on"),
    Column("force_from", "施行日期", kind="date", sort="-force_from"),
    state_column(),
)


@door(*OFFICERS)
def listing(request: Request) -> HttpResponse:
    actor = request.actor
    state, day = values.words(request.GET, "state"), today()
    unsigned = set(to_read(actor).values_list("pk", flat=True)) if sees(actor, HR) else set()
    rows = guidance_for(actor)
    if state == "force":
        rows = rows.filter(in_force_on(day))
    elif state == "unsigned":
        rows = rows.filter(pk__in=unsigned)
    elif state in GuidanceState.values:
        rows = rows.filter(state=state)
    name = names_organs(issuer_name="organ_code")

    def dress(documents: list[Any]) -> None:
        name(documents)
        for document in documents:
            document.unsigned = document.pk in unsigned

    choices = [("force", "现行有效"), ("unsigned", "待本机关签收"), *GuidanceState.choices]
    links = [("状态", filter_links(request, "state", choices))]
    context = list_of(request, COLUMNS, rows, "指导文件", dress=dress, filters=links)
    context |= {"summary": f"共 {rows.count()} 份，新发的在前。", "may_draft": can_guide(actor)}
    return list_response(request, context, "compliance/guidance/list.html")


@door(*DRAFTERS)
def edit(request: Request, pk: int | None = None) -> HttpResponse:
    actor = request.actor
    document = document_for(actor, pk) if pk else None
    if document and (document.state != GuidanceState.DRAFT or document.organ_code != actor.organ_code):
        raise Http404("没有可以修改的指导文件")
    start = {name: getattr(document, name) for name in GuidanceForm.base_fields} if document else {}
    form = GuidanceForm(values.sent(request), request.FILES or None, initial=start)
    own = guidance_for(actor).filter(organ_code=actor.organ_code or 0, state=GuidanceState.PUBLISHED)
    among(form, replaces=own)
    if request.method == "POST" and form.is_valid():
        saved = perform(request, lambda: _save(actor, document, form.cleaned_data), form)
        if saved:
            messages.success(request, "已保存，尚未发布。")
            return redirect("desk:guidance", saved.pk)
    return form_page(
        request,
        form,
        title="修改指导文件" if document else "拟定指导文件",
        intro="发布后，辖区内各级公安机关都能看到，并由各机关签收。",
        back=reverse("desk:guidance", args=[document.pk]) if document else reverse("desk:guidances"),
    )


def _save(actor: Actor, document: Guidance | None, data: dict[str, Any]) -> Guidance:
    upload = data.pop("file")
    # A stored file from the draft comes back as the field's initial value and is kept.
    fresh = hasattr(upload, "chunks")
    file = file_store(actor=actor, organ_code=actor.organ_code or 0, upload=upload) if fresh else None
    return guidance_draft(actor=actor, document=Document(**data, file=file), guidance=document)


@door(*OFFICERS)
def detail(request: Request, pk: int) -> HttpResponse:
    actor = request.actor
    document = document_for(actor, pk)
    if request.method == "POST":
        back = reverse("desk:guidance", args=[pk])
        if values.words(request.POST, "verb") == "sign":
            if perform(request, lambda: guidance_sign(actor=actor, guidance=document)):
                messages.success(request, "已签收。")
            return redirect(back)
        return take(request, actor, document, DEEDS, back=back, subject=document.title)
    return render(request, "compliance/guidance/document.html", _context(actor, document))


def _below(document: Guidance) -> Touched:
    organs = list(organs_below(document))
    names = tuple(organ.name for organ in organs) if len(organs) <= 10 else ()
    return Touched(f"辖区 {len(organs)} 个机关。", names)


def _whose(actor: Actor, document: Guidance, move: Transition) -> str:
    return "" if document.organ_code == actor.organ_code else "由发布机关办理。"


DEEDS = Deeds(
    GUIDANCE,
    {
        "publish": Deed(lambda actor, row, data: guidance_publish(actor=actor, guidance=row), touches=_below),
        "revoke": Deed(
            lambda actor, row, data: guidance_revoke(actor=actor, guidance=row, reason=data["reason"]), touches=_below
        ),
    },
    whose=_whose,
)
SIGN = Act("sign", "签收", "发布机关看到本机关已经签收。", "", False, "5.p2")
"""No move of the document itself: each organ signs once."""


SIGNATURES = (
    Column("organ", "机关", lambda line: line["organ"].name, wrap=True),
    Column(
        "read_by",
        "签收人",
        lambda line: line["reading"].read_by if line["reading"] else "未签收",
        colour=lambda line: "" if line["reading"] else "amber",
    ),
    Column("at", "签收时间", lambda line: line["reading"] and line["reading"].at, "moment"),
)


def _context(actor: Actor, document: Guidance) -> dict[str, Any]:
    own = document.organ_code == actor.organ_code
    now, later = acts_of(actor, document, DEEDS)
    if can_sign(actor, document):
        now.append(SIGN)
    signed = signatures(document)
    # Whoever lies below sees its own line; the issuer and its superiors see all.
    lines = (
        [
            {"organ": organ, "reading": signed.get(organ.code)}
            for organ in organs_below(document)
            if actor.covers(organ.code)
        ]
        if document.state != GuidanceState.DRAFT
        else []
    )
    lines.sort(key=lambda line: line["reading"] is not None)
    unsigned = sum(1 for line in lines if line["reading"] is None)
    in_force = is_in_force(document)
    return {
        "title": document.title,
        "document": document,
        "state_of": document,
        "lines": table_of(SIGNATURES, lines, "签收") if lines else None,
        "signed": len(lines) - unsigned,
        "unsigned": unsigned,
        "facts": [
            ("发布机关", organ_at(document.organ_code).name),
            ("文号", document.number),
            (
                "效力",
                "现行有效"
                if in_force
                else "未生效"
                if document.state == GuidanceState.DRAFT or document.force_from > today()
                else "已失效",
            ),
        ],
        "file": file_of(actor, document),
        "acts_now": now,
        "acts_not": later if own else [],
        "tabs": [],
        "timeline": [],
        "may_edit": own and document.state == GuidanceState.DRAFT and can_guide(actor),
    }


@door(*OFFICERS)
def attachment(request: Request, pk: int) -> HttpResponse:
    actor = request.actor
    found = file_of(actor, document_for(actor, pk))
    if found is None:
        raise Http404("没有文件")
    return file_response(found)  # type: ignore[return-value]
