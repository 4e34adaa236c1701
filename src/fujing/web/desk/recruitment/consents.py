"""会商: what 人社 is asked about an announcement, one question a page, and the institution that a bureau entrusts."""

from __future__ import annotations

from operator import itemgetter
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from fujing.kernel.actor import Actor
from fujing.kernel.files import file_response
from fujing.recruitment.campaigns.consents import case_of, consent_decide, entrustment_record
from fujing.recruitment.campaigns.models import Consent
from fujing.recruitment.campaigns.papers import request_of
from fujing.recruitment.campaigns.queries import (
    campaign_for,
    consent_for,
    consents_for,
    institutions_of,
    published_of,
    reading,
    rounds_of,
    waiting_consents,
    waiting_days,
)
from fujing.recruitment.campaigns.readiness import findings_if_consented
from fujing.recruitment.campaigns.states import (
    CONSENT,
    PROVISION_OF,
    ConsentPurpose,
    ConsentState,
    InstitutionKind,
    Signer,
)
from fujing.web import values
from fujing.web.acts import perform
from fujing.web.audience import HR, PARTNER_HRSS, PERSONNEL, sees
from fujing.web.choices import Suggesting, suggest
from fujing.web.columns import Column, table_of
from fujing.web.desk.approvals import Approval, Figure, answer_forms, answered, approval_context, step_of
from fujing.web.desk.common import DateField, names_organs, state_column
from fujing.web.doors import door
from fujing.web.form_pages import form_page
from fujing.web.lists import filter_links, list_of, list_response
from fujing.web.requests import Request
from fujing.web.sheets import paper_kind, printed

POSTS = (
    Column("name", "岗位", itemgetter("name")),
    Column("code", "代码", itemgetter("code")),
    Column("category", "类别", itemgetter("category")),
    Column("headcount", "人数", itemgetter("headcount"), "integer"),
    Column("scarce", "急需紧缺的理由", lambda post: post.get("scarce"), wrap=True),
)
DEPARTMENT = "公安机关商请共同组织招聘、简化招聘程序的事项，每件一页。"
BUREAU = "送同级人社部门的事项。"


class EntrustmentForm(forms.Form):
    institution = forms.CharField(label="受委托的机构", max_length=100, help_text="按登记的全称填写", widget=Suggesting)
    kind = forms.ChoiceField(label="机构性质", choices=[("", "请选择"), *InstitutionKind.choices])
    signs = forms.ChoiceField(
        label="劳动合同由谁签订",
        choices=[("", "请选择"), *Signer.choices],
        help_text="选受委托的机构时，签订合同时写它的名称",
    )
    document_number = forms.CharField(label="委托文号", max_length=60)
    document_date = DateField(label="委托日期")
    document = forms.FileField(label="委托文件", required=False, help_text="图片、PDF 或 Office 文件；已上传的可不再传")
    provisions = {"kind": ("17.p2",), "signs": ("22",)}


def _waits(row: Any) -> str:
    """How long an open question has waited, in words."""
    days = waiting_days(row) if row.state == ConsentState.WAITING else 0
    return f"已等 {days} 日" if days else ""


def _columns(department: bool) -> tuple[Column, ...]:
    """The department sees which bureau asks, a bureau whom it asked."""
    other = ("公安机关", "organ_name") if department else ("办理机关", "assigned_name")
    return (
        Column("title", "公告", lambda row: row.document["title"], wrap=True, link=_page),
        Column("purpose", "事项", "get_purpose_display"),
        Column("other", *other),
        Column("asked_at", "送办", kind="date", sort="-asked_at"),
        Column("waits", "等候", _waits),
        state_column("结果"),
        Column("document_number", "文号"),
    )


def _page(row: Any) -> str:
    return reverse("desk:consent", args=[row.pk])


@door(*HR, *PARTNER_HRSS)
def listing(request: Request) -> HttpResponse:
    """The department's questions, and a bureau's; what waits comes first."""
    actor = request.actor
    chosen, department = values.words(request.GET, "state"), sees(actor, PARTNER_HRSS)
    counts = {value: consents_for(actor).filter(state=value).count() for value in ConsentState.values}
    context = list_of(
        request,
        _columns(department),
        consents_for(actor).filter(**({"state": chosen} if chosen in counts else {})).order_by("-asked_at"),
        "招聘会商",
        dress=names_organs(organ_name="organ_code"),
        filters=[("结果", filter_links(request, "state", ConsentState.choices, counts))],
        empty="还没有会商事项。",
    )
    context["intro"] = DEPARTMENT if department else BUREAU
    return list_response(request, context, "recruitment/consents/list.html")


@door(*HR, *PARTNER_HRSS)
def detail(request: Request, pk: int) -> HttpResponse:
    """One question on one page: what is asked, the announcement that it is about, and the answer."""
    actor = request.actor
    consent = consent_for(actor, pk)
    case, verb = case_of(consent), values.words(request.POST, "verb")
    given = answer_forms(request, case, "同意文号" if consent.purpose == ConsentPurpose.SIMPLIFIED else "")
    if request.method == "POST":
        done = answered(
            request,
            actor,
            consent.organ_code,
            given,
            lambda **said: consent_decide(actor=actor, consent=consent, verb=verb, **said),
        )
        if done:
            messages.success(request, f"已办理：{done.get_purpose_display()}，{done.get_state_display()}。")
            return redirect(_after(actor, done))
    context = _context(actor, consent)
    context |= approval_context(actor, case, consent, given, over=context["over"])
    return render(request, "recruitment/consents/consent.html", context, status=422 if verb else 200)


APPROVAL = Approval(CONSENT, elsewhere={"lapse": "公告撤回修改时自动失效。"})


def _after(actor: Actor, consent: Consent) -> str:
    """The department goes on to its next question, the bureau back to its campaign."""
    if not sees(actor, PARTNER_HRSS):
        return reverse("desk:campaign", args=[consent.campaign_id])
    following = waiting_consents(actor).first()
    return reverse("desk:consent", args=[following.pk]) if following else reverse("desk:consents")


def _context(actor: Actor, consent: Consent) -> dict[str, Any]:
    with reading(actor, consent):
        published, rounds = published_of(consent), rounds_of(consent)
    document, facts = consent.document, consent.facts
    headcount = sum(post["headcount"] for post in facts["positions"])
    over = ""
    if published:
        over = "公告已发布，不能再变动。"
    elif consent.state in {ConsentState.RETURNED, ConsentState.LAPSED}:
        over = "已办结。"
    return {
        "title": f"{facts['organ']}：{consent.get_purpose_display()}",
        "consent": consent,
        "state_of": consent,
        "provision_of": PROVISION_OF[consent.purpose],
        "organ_name": facts["organ"],
        "document": document,
        "positions": table_of(POSTS, facts["positions"], "招聘岗位"),
        "dropped": facts["dropped"],
        "kept": facts["kept"],
        "facts": [
            ("送办", f"{timezone.localdate(consent.asked_at)}"),
            ("岗位", f"{len(facts['positions'])} 个"),
            ("招聘", f"{headcount} 人"),
        ],
        "figures": [
            Figure("招聘岗位", len(facts["positions"]), "个"),
            Figure("招聘人数", headcount, "人"),
            Figure("计划空余名额", (document.get("plan") or {}).get("headcount", "—"), "人"),
            Figure("保留的环节", len(facts["kept"]), "个"),
        ],
        "findings": [
            finding
            for finding in findings_if_consented(document)
            if finding.provision.split(".")[0] in {"16", "17", "21"}
            and finding.rule != "announcement.simplified_consent"  # that is what the department is asked
        ],
        "route": _route(consent, rounds),
        "requests": rounds,
        "over": over,
        "own": actor.covers(consent.organ_code),
    }


def _route(consent: Consent, rounds: list[Consent]) -> list[dict[str, Any]]:
    """Each time that the same was asked: who sent it, then the department."""
    steps: list[dict[str, Any]] = []
    for each in rounds:
        url = reverse("desk:consent_scan", args=[each.pk]) if each.scan_id else ""
        asked = {
            "who": consent.facts["organ"],
            "label": f"第 {each.round} 次送办" if len(rounds) > 1 else "送办",
            "mark": "done",
            "at": each.asked_at,
            "outcome": "送办",
            "by": each.asked_by,
        }
        waiting = each.state == ConsentState.WAITING
        steps += [asked, step_of(each, each.get_purpose_display(), now=waiting, scan_url=url)]
    return steps


@door(*HR, *PARTNER_HRSS)
def paper(request: Request, pk: int) -> HttpResponse:
    """The letter that asked, `as` docx or pdf."""
    actor = request.actor
    consent, suffix = consent_for(actor, pk), paper_kind(request)
    if not consent.intact:
        raise Http404("没有这种文件")
    with reading(actor, consent):
        made = request_of(consent, max(each.round for each in rounds_of(consent)))
    return printed(made, suffix)


@door(*HR, *PARTNER_HRSS)
def scan(request: Request, pk: int) -> HttpResponseBase:
    """The scan behind a paper decision, for whoever sees the decision."""
    actor = request.actor
    consent = consent_for(actor, pk)
    with reading(actor, consent):
        stored = consent.scan
    if stored is None:
        raise Http404("没有扫描件")
    return file_response(stored)


@door(*PERSONNEL)
def entrustment(request: Request, pk: int) -> HttpResponse:
    """To whom a recruitment is entrusted, by which paper, and who signs (22)."""
    actor = request.actor
    campaign = campaign_for(actor, pk)
    made = getattr(campaign, "entrustment", None)
    names = ("institution", "kind", "signs", "document_number", "document_date")
    organiser = campaign.document.get("organiser") or {}
    start = {"institution": organiser.get("with"), "signs": organiser.get("signs")}
    start = {name: getattr(made, name) for name in names} if made else start
    form = EntrustmentForm(values.sent(request), request.FILES or None, initial=start)
    suggest(form, institution=institutions_of(campaign.organ_code))
    if request.method == "POST" and form.is_valid():
        saved = perform(request, lambda: entrustment_record(actor=actor, campaign=campaign, **form.cleaned_data), form)
        if saved:
            messages.success(request, f"已登记委托{saved.institution}。")
            return redirect("desk:campaign", campaign.pk)
    return form_page(
        request,
        form,
        title="登记委托",
        back=reverse("desk:campaign", args=[campaign.pk]),
        intro=f"{campaign.title}。委托办理，组织招聘的责任仍在公安机关。",
    )


@door(*HR)
def entrustment_paper(request: Request, pk: int) -> HttpResponseBase:
    """The paper by which a recruitment was entrusted."""
    campaign = campaign_for(request.actor, pk)
    made = getattr(campaign, "entrustment", None)
    if made is None:
        raise Http404("没有登记委托")
    return file_response(made.document)
