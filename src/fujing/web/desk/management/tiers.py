"""层级: the scheme, and the batches by which people get their tiers (Article 23)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.files import file_response
from fujing.kernel.transitions import Transition
from fujing.law.tiers import check_scheme
from fujing.management.tiers.batches import (
    batch_decide,
    batch_draft,
    batch_judge,
    batch_propose,
    batch_publicise,
    batch_return,
    batch_withdraw,
)
from fujing.management.tiers.facts import scheme_of
from fujing.management.tiers.models import Batch
from fujing.management.tiers.papers import publicity
from fujing.management.tiers.policies import can_manage_tiers, can_manage_tiers_of
from fujing.management.tiers.queries import (
    batch_for,
    batches_for,
    candidates_of,
    objected,
    publicity_over,
    scheme_for,
    scheme_in_force,
    schemes_for,
    tiers_to_move_in,
    undated_holdings,
)
from fujing.management.tiers.services import scheme_adopt, scheme_discard, scheme_record, tiers_move_in
from fujing.management.tiers.states import BATCH, FOUND, SCHEME, BatchState, SchemeState
from fujing.web import values
from fujing.web.acts import Deed, Deeds, Touched, act_context, perform, take
from fujing.web.audience import LEADERS, PERSONNEL
from fujing.web.columns import Column, table_of
from fujing.web.desk.common import DateField, names_organs, of_own_bureau, state_column, timeline_of
from fujing.web.doors import door
from fujing.web.form_pages import PAPER, form_page
from fujing.web.lists import filter_links, list_of, list_response, narrowed
from fujing.web.requests import Request
from fujing.web.sheets import paper_kind, printed

LOOK = PERSONNEL | LEADERS
MOST_TEXT = 200_000


class SchemeForm(forms.Form):
    text = forms.CharField(
        label="方案",
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 18, "class": "code"}),
        help_text="层级方案文件（YAML）的全文；文件没有写明的不写，与它有关的一律待核实",
    )
    document_number = forms.CharField(label="文号", max_length=60)
    document_date = DateField(label="文件日期")
    upload = forms.FileField(label="文件扫描件", help_text=PAPER)


class DraftForm(forms.Form):
    title = forms.CharField(label="批次名称", max_length=100, help_text="例如：2026年下半年层级晋升")
    day = DateField(label="核对日", help_text="条件和名额都按这一天核对，新层级自这一天起；不能晚于今天")


class PublicityForm(forms.Form):
    starts = DateField(label="公示起")
    until = DateField(label="公示止（含当日）", help_text="期限按本机关的规定；届满以后才能决定")


class DecideForm(forms.Form):
    document_number = forms.CharField(label="决定文号", max_length=60)


SCHEME_DEEDS = Deeds(
    SCHEME,
    {
        "adopt": Deed(
            lambda actor, row, data: scheme_adopt(actor=actor, scheme=row),
            None,
            lambda row: Touched(f"《{row.name}》（{row.document_number}），自决定之日起为本机关施行的方案。"),
        ),
        "discard": Deed(
            lambda actor, row, data: scheme_discard(actor=actor, scheme=row, **data),
            None,
            lambda row: Touched(f"《{row.name}》（{row.document_number}）。"),
        ),
    },
    elsewhere={"replace": "新方案决定施行时，原方案即被替换。"},
    whose=of_own_bureau,
)


def _touched(row: Batch) -> Touched:
    listed = list(row.candidates.filter(chosen=True).order_by("name").values_list("name", flat=True))
    return Touched(f"{row.title}，名单上 {len(listed)} 人。", tuple(listed))


def _why_not(actor: Actor, row: Batch, move: Transition) -> str:
    if move.verb == "decide":
        if actor.account_id == row.proposed_by_id:
            return "提出名单的人不能决定。"
        if row.publicised_until and row.publicised_until >= today():
            return f"公示到 {row.publicised_until} 届满，{row.decided_from} 起可以决定。"
        if row.objections.filter(upheld=None).exists():
            return "还有异议没有答复。"
    if move.verb == "propose" and not row.candidates.filter(chosen=True).exists():
        return "没有符合条件、有名额的人。"
    return ""


BATCH_DEEDS = Deeds(
    BATCH,
    {
        "propose": Deed(lambda actor, row, data: batch_propose(actor=actor, batch=row), None, _touched),
        "return": Deed(lambda actor, row, data: batch_return(actor=actor, batch=row, **data), None, _touched),
        "publicise": Deed(
            lambda actor, row, data: batch_publicise(actor=actor, batch=row, **data),
            lambda row: PublicityForm,
            _touched,
        ),
        "decide": Deed(
            lambda actor, row, data: batch_decide(actor=actor, batch=row, **data), lambda row: DecideForm, _touched
        ),
        "withdraw": Deed(lambda actor, row, data: batch_withdraw(actor=actor, batch=row, **data), None, _touched),
    },
    whose=of_own_bureau,
    why_not=_why_not,
)
SCHEMES = (
    Column("name", "方案", link=lambda row: reverse("desk:tier_scheme", args=[row.pk])),
    Column("organ_name", "管理机关"),
    Column("document_number", "文号"),
    Column("document_date", "文件日期", kind="date"),
    state_column(),
    Column("adopted_on", "施行", kind="date", empty="未施行"),
)
BATCHES = (
    Column("title", "批次", link=lambda row: reverse("desk:tier_batch", args=[row.pk])),
    Column("organ_name", "管理机关"),
    state_column(),
    Column("day", "核对日", kind="date", sort="day"),
    Column("publicised_until", "公示止", kind="date", empty="未公示"),
    Column("document_number", "决定文号", empty="未决定", phone="folded"),
    Column("made_by", "经办人", phone="folded"),
)
CANDIDATES = (
    Column("name", "姓名", link=lambda row: reverse("desk:tier_candidate", args=[row.pk])),
    Column("unit", "用人单位", empty="未安排"),
    Column("tier_name", "现层级"),
    Column("to_name", "去向", empty="没有"),
    Column("status", "核对结果", lambda row: row.get_status_display()),
    Column("score", "得分", kind="decimal", empty="没有填", phone="folded"),
    Column(
        "listed", "名单", lambda row: "列入" if row.chosen else f"移出：{row.left_out}" if row.left_out else "不列入"
    ),
    Column("why", "理由", "decision", wrap=True, phone="folded"),
)
CAPS = (
    Column("set", "名额范围", lambda row: row["set"]),
    Column("of", "基数", lambda row: row["of"]),
    Column("limit", "最多", lambda row: row["limit"]),
    Column("held", "批前已有", lambda row: row["held"]),
    Column("free", "空余", lambda row: row["free"]),
    Column("message", "说明", lambda row: row["message"], wrap=True),
)
NARROWED = {"over": ("公示期满", publicity_over), "objected": ("异议待答复", objected)}


@door(*LOOK)
def schemes(request: Request) -> HttpResponse:
    """The schemes of the territory."""
    found, steps = narrowed(request, schemes_for(request.actor), "state", SchemeState.choices)
    context = list_of(
        request,
        SCHEMES,
        found,
        "层级方案",
        dress=names_organs(organ_name="organ_code"),
        filters=[("状态", steps)],
        empty="还没有登记层级方案。",
    )
    context |= {"may": can_manage_tiers(request.actor)}
    return list_response(request, context, "management/tiers/schemes.html")


@door(*PERSONNEL)
def scheme_new(request: Request) -> HttpResponse:
    """Record a scheme with its document."""
    form = SchemeForm(values.sent(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        made = perform(request, lambda: scheme_record(actor=request.actor, **form.cleaned_data), form)
        if made:
            messages.success(request, "已登记，由机关负责人决定施行。")
            return redirect("desk:tier_scheme", made.pk)
    return form_page(
        request,
        form,
        title="登记层级方案",
        intro="每个层级的年限、考核、名额和层级工资照文件填写；登记以后不再改动",
        submit="登记",
        back=reverse("desk:tier_schemes"),
    )


@door(*LOOK)
def scheme(request: Request, pk: int) -> HttpResponseBase:
    """One scheme: its tiers, what the Measures say of it, and its file."""
    row = scheme_for(request.actor, pk)
    back = reverse("desk:tier_scheme", args=[pk])
    if "verb" in request.POST:
        return take(request, request.actor, row, SCHEME_DEEDS, back=back, subject=row.name)
    context = {
        "title": row.name,
        "row": row,
        "checked": [each.model_dump(mode="json") for each in check_scheme(scheme_of(row.text))],
        "timeline": timeline_of([row]),
        **act_context(request.actor, row, SCHEME_DEEDS),
    }
    return render(request, "management/tiers/scheme.html", context)


@door(*LOOK)
def scheme_scan(request: Request, pk: int) -> HttpResponseBase:
    """The scanned document."""
    return file_response(scheme_for(request.actor, pk).scan)


@door(*LOOK)
def batches(request: Request) -> HttpResponse:
    """All batches of the territory, and what is still missing before there can be one."""
    actor = request.actor
    found, steps = narrowed(request, batches_for(actor), "state", BatchState.choices)
    due = values.choice(request.GET, "due", NARROWED, "")
    found = NARROWED[due][1](found) if due else found
    links = [
        ("步骤", steps),
        ("提醒", filter_links(request, "due", [(key, label) for key, (label, _) in NARROWED.items()])),
    ]
    context = list_of(
        request,
        BATCHES,
        found,
        "层级",
        dress=names_organs(organ_name="organ_code"),
        filters=links,
        empty="还没有层级批次。",
    )
    own = actor.organ_code or 0
    may = can_manage_tiers(actor)
    context |= {
        "may": may,
        "scheme": scheme_in_force(own),
        "to_move_in": tiers_to_move_in(own).count() if may else 0,
        "undated": undated_holdings(own).count() if may else 0,
    }
    return list_response(request, context, "management/tiers/batches.html")


@door(*PERSONNEL)
def move_in(request: Request) -> HttpResponse:
    """Take over the tiers that rosters tell of."""
    if request.method == "POST":
        done = perform(request, lambda: tiers_move_in(actor=request.actor))
        if done is not None:
            more = f"；{done[1]} 人的层级不在方案中，请在档案中按原评定文件登记" if done[1] else ""
            messages.success(request, f"已带入 {done[0]} 人的层级{more}。")
    return redirect("desk:tier_batches")


@door(*PERSONNEL)
def batch_new(request: Request) -> HttpResponse:
    """Draw up a batch."""
    form = DraftForm(values.sent(request), initial={"day": today()})
    if request.method == "POST" and form.is_valid():
        made = perform(request, lambda: batch_draft(actor=request.actor, **form.cleaned_data), form)
        if made:
            messages.success(request, "已逐人核对。")
            return redirect("desk:tier_batch", made.pk)
    return form_page(request, form, title="新建层级批次", submit="建立并核对", back=reverse("desk:tier_batches"))


@door(*LOOK)
def batch(request: Request, pk: int) -> HttpResponseBase:
    """One batch: the places, who qualifies and why not, and what may be done now."""
    actor = request.actor
    row = batch_for(actor, pk)
    back = reverse("desk:tier_batch", args=[pk])
    if "verb" in request.POST:
        return take(request, actor, row, BATCH_DEEDS, back=back, subject=row.title)
    judging = row.state == BatchState.DRAFTED and can_manage_tiers_of(actor, row.organ_code)
    if judging and values.words(request.POST, "act") == "judge":
        if perform(request, lambda: batch_judge(actor=actor, batch=row)):
            messages.success(request, "已重新核对。")
        return redirect(back)
    everybody = candidates_of(row)
    context: dict[str, Any] = {
        "title": row.title,
        "row": row,
        "judging": judging,
        "caps": table_of(CAPS, row.places, "名额", empty="方案没有名额限制。"),
        "listed": everybody.filter(chosen=True).count(),
        "counts": [
            (label, number, f"{reverse('desk:tier_candidates', args=[pk])}?status={key}")
            for key, label in FOUND
            if (number := everybody.filter(status=key).count())
        ],
        "chosen": table_of(CANDIDATES[:5], everybody.filter(chosen=True)[:200], "名单", empty="名单上还没有人。"),
        "objections": row.objections.select_related("candidate").order_by("pk"),
        "timeline": timeline_of([row]),
        **act_context(actor, row, BATCH_DEEDS),
    }
    return render(request, "management/tiers/batch.html", context)


@door(*LOOK)
def candidates(request: Request, pk: int) -> HttpResponse:
    """Everybody of a batch, by what was found."""
    row = batch_for(request.actor, pk)
    found, kinds = narrowed(request, candidates_of(row), "status", FOUND)
    context = list_of(
        request, CANDIDATES, found, f"{row.title}：全部人员", filters=[("核对结果", kinds)], empty="没有在职人员。"
    )
    context["summary"] = f"核对日 {row.day}，{BATCH.label(row.state)}。"
    return list_response(request, context)


@door(*LOOK)
def batch_paper(request: Request, pk: int) -> HttpResponse:
    """The notice of publicity."""
    return printed(publicity(batch_for(request.actor, pk)), paper_kind(request))
