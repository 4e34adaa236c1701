"""违反义务的处理: the list, how a matter begins, and one matter with its file, read for a reason that stays on record."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.files import file_response
from fujing.kernel.models import StoredFile
from fujing.kernel.readings import readings_of
from fujing.kernel.transitions import Transition
from fujing.law.discipline.cases import DUTIES, Means
from fujing.law.provisions import cite
from fujing.management.complaints.models import Report
from fujing.management.complaints.queries import people_named, report_for
from fujing.management.discipline.models import Matter
from fujing.management.discipline.policies import (
    can_answer_asking,
    can_decide_matter,
    can_handle_matter,
    can_return_matter,
)
from fujing.management.discipline.queries import (
    asking_of,
    findings_of,
    heard_out,
    hearing_of,
    matter_for,
    matters_for,
    over,
    to_dismiss,
    unanswered,
    undecidable,
    unread,
)
from fujing.management.discipline.services import (
    matter_answer,
    matter_decide,
    matter_decline,
    matter_dismiss,
    matter_end,
    matter_invite,
    matter_open,
    matter_propose,
    matter_receive,
    matter_record,
    matter_return,
    matter_state,
    matter_withdraw,
    paper_open,
    proof_add,
    referral_record,
)
from fujing.management.discipline.states import HEARING, MATTER, OPEN, PROPOSED, MatterState, Verdict
from fujing.registry.queries import engagement_for, engagement_now
from fujing.web import values
from fujing.web.acts import Deed, Deeds, Touched, act_context, perform, take
from fujing.web.audience import DISCIPLINE, LEADERS, PERSONNEL
from fujing.web.columns import Column, table_of
from fujing.web.desk.common import of_own_bureau, read_for_a_reason, state_column, timeline_of
from fujing.web.desk.management.discipline_forms import (
    AnswerForm,
    DecideForm,
    DeclineForm,
    DismissForm,
    FindForm,
    InviteForm,
    ProofForm,
    ReceiveForm,
    RecordForm,
    ReferForm,
    StateForm,
    propose_form,
)
from fujing.web.doors import door
from fujing.web.form_pages import form_page, form_response
from fujing.web.lists import filter_links, list_of, list_response, narrowed
from fujing.web.requests import Request

HANDLING = DISCIPLINE | PERSONNEL
READING = HANDLING | LEADERS
OWN = "由本人在本人服务办理。"


def _person(row: Matter) -> Touched:
    return Touched(f"{row.engagement.person.name}，{cite(row.duty)}，{row.happened_on}。")


HANDLED = ("invite", "state", "decline", "propose", "withdraw", "receive", "end")


def _whose(actor: Actor, row: Matter, move: Transition) -> str:
    """Whose step it is if not the actor's."""
    if theirs := of_own_bureau(actor, row, move):
        return theirs
    if move.verb in HANDLED and not can_handle_matter(actor, row):
        return "由记录人和本机关纪检督察人员办理。"
    if move.verb == "decide" and not can_decide_matter(actor, row):
        return "记录人、提出人不能决定，由另一名负责人决定。"
    if move.verb in ("maintain", "revoke") and not can_answer_asking(actor, row):
        return "由记录人、提出人、决定人以外的负责人答复。"
    if move.verb == "return" and not can_return_matter(actor, row):
        return "由办理人和决定人退回。"
    return ""


def _why_not(actor: Actor, row: Matter, move: Transition) -> str:
    """What stands against a step now."""
    if move.verb == "decide":
        if against := undecidable(row):
            return " ".join(each.message for each in against)
        if unread(row, actor.account_id):
            return "请先查阅本人的陈述，再决定。"
    if move.verb == "dismiss" and row.means != Means.DISMISSAL:
        return "决定建议解除劳动合同的，才转办离职。"
    if move.verb == "end" and row.means == Means.DISMISSAL:
        return "决定建议解除劳动合同的，转办离职。"
    if move.verb == "end" and row.effect_until and row.effect_until >= today():
        return f"影响期到 {row.effect_until} 届满。"
    if move.verb == "receive" and row.ask_until and row.ask_until < today():
        return f"申请复核的期限到 {row.ask_until} 届满。"
    return ""


def _answer(verdict: Verdict) -> Deed:
    return Deed(
        lambda actor, row, data: matter_answer(actor=actor, matter=row, verdict=verdict, **data),
        lambda row: AnswerForm,
        _person,
    )


DEEDS = Deeds(
    MATTER,
    {
        "invite": Deed(
            lambda actor, row, data: matter_invite(actor=actor, matter=row, **data), lambda row: InviteForm, _person
        ),
        "state": Deed(
            lambda actor, row, data: matter_state(actor=actor, matter=row, **data), lambda row: StateForm, _person
        ),
        "decline": Deed(
            lambda actor, row, data: matter_decline(actor=actor, matter=row, **data), lambda row: DeclineForm, _person
        ),
        "propose": Deed(
            lambda actor, row, data: matter_propose(actor=actor, matter=row, **data), propose_form, _person
        ),
        "return": Deed(lambda actor, row, data: matter_return(actor=actor, matter=row, **data), None, _person),
        "decide": Deed(
            lambda actor, row, data: matter_decide(actor=actor, matter=row, **data), lambda row: DecideForm, _person
        ),
        "receive": Deed(
            lambda actor, row, data: matter_receive(actor=actor, matter=row, **data), lambda row: ReceiveForm, _person
        ),
        "maintain": _answer(Verdict.MAINTAINED),
        "revoke": _answer(Verdict.REVOKED),
        "dismiss": Deed(
            lambda actor, row, data: matter_dismiss(actor=actor, matter=row, **data), lambda row: DismissForm, _person
        ),
        "end": Deed(lambda actor, row, data: matter_end(actor=actor, matter=row), None, _person),
        "withdraw": Deed(
            lambda actor, row, data: matter_withdraw(actor=actor, matter=row, **data),
            None,
            _person,
            then=lambda row: reverse("desk:breaches"),
        ),
    },
    elsewhere={"say": OWN, "ask": OWN},
    whose=_whose,
    why_not=_why_not,
)
HEARINGS = Deeds(
    HEARING, {}, elsewhere={"answer": "随案卷登记本人的陈述。", "decline": "随案卷登记本人不作陈述。", "say": OWN}
)
COLUMNS = (
    Column("name", "姓名", "engagement.person.name", link=lambda row: reverse("desk:breach", args=[row.pk])),
    Column("duty", "违反的义务", kind="provision"),
    state_column(),
    Column("happened_on", "事实发生", kind="date", sort="happened_on"),
    Column("told_on", "告知", kind="date", sort="told_on", empty="未告知"),
    Column("decided_on", "决定", kind="date", sort="decided_on", empty="未决定"),
    Column("effect_until", "影响期止", kind="date", sort="effect_until", empty="没有", phone="folded"),
    Column("recorded_by", "记录人", phone="folded"),
)
NARROWED = {
    "late": ("陈述期限已满", unanswered),
    "heard": ("待提出处理意见", heard_out),
    "over": ("影响期已满", over),
    "dismissal": ("待转办解除", to_dismiss),
}
PROOFS = (
    Column("title", "材料", wrap=True),
    Column("dated", "材料日期", kind="date"),
    Column("recorded_by", "登记人"),
    Column("file", "查阅", template="management/breach_proof.html"),
)
REFERRALS = (
    Column("authority", "移送的机关", wrap=True),
    Column("kind", "情形", "get_kind_display"),
    Column("sent_on", "移送日期", kind="date"),
    Column("recorded_by", "登记人"),
    Column("file", "回执", template="management/breach_receipt.html"),
)


@door(*READING)
def breaches(request: Request) -> HttpResponse:
    """Those that the reader handles or decides on; no file is made of them."""
    found, steps = narrowed(request, matters_for(request.actor), "state", MatterState.choices)
    due = values.choice(request.GET, "due", NARROWED, "")
    found = NARROWED[due][1](found) if due else found
    links = [
        ("步骤", steps),
        ("提醒", filter_links(request, "due", [(key, label) for key, (label, _) in NARROWED.items()])),
    ]
    context = list_of(request, COLUMNS, found, "违反义务的处理", filters=links, empty="没有由您办理或者决定的事项。")
    context["summary"] = "只列由您办理或者决定的；不进入搜索，不导出，每次查阅留下记录。"
    context["export_url"] = ""
    return list_response(request, context, "management/breaches.html")


def _report(request: Request) -> Report | None:
    """The report from whose conclusion a matter follows, if the address names one that the reader holds a key to."""
    report = values.number(request.GET, "report", 0, least=0)
    return report_for(request.actor, report) if report else None


@door(*HANDLING)
def breach_find(request: Request) -> HttpResponse:
    """Whom a record is about."""
    actor, report = request.actor, _report(request)
    form = FindForm(values.sent(request))
    if request.method == "POST" and form.is_valid():
        people = people_named(actor, form.cleaned_data["name"], form.cleaned_data["tail"])
        engagement = engagement_now(people[0]) if len(people) == 1 else None
        if engagement is not None:
            query = f"?report={report.pk}" if report else ""
            return redirect(reverse("desk:breach_record", args=[engagement.pk]) + query)
        form.add_error(
            "name",
            f"有{len(people)}人同名，请填写身份号码后四位。"
            if len(people) > 1
            else "本机关没有这名在职的警务辅助人员。",
        )
    return form_page(
        request,
        form,
        title="记录违反义务的事实",
        intro="先找到人，再记录违反第十五条的哪一项义务",
        submit="下一步",
        back=reverse("desk:breaches"),
    )


@door(*HANDLING)
def breach_record(request: Request, pk: int) -> HttpResponse:
    """Record what somebody did against which duty, with the first evidence."""
    actor, report = request.actor, _report(request)
    engagement = engagement_for(actor, pk)
    form = RecordForm(values.sent(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        made = perform(
            request, lambda: matter_record(actor=actor, engagement=engagement, report=report, **form.cleaned_data), form
        )
        if made:
            messages.success(request, "已记录，补齐材料后告知本人。")
            return redirect("desk:breach", made.pk)
    found = f"据第 {report.pk} 号投诉举报的结论，" if report else ""
    return form_page(
        request,
        form,
        title=f"记录{engagement.person.name}违反义务的事实",
        intro=f"{found}由您署名记录，告知本人并听取陈述以后，由另一名负责人决定",
        submit="记录",
        back=reverse("desk:breaches"),
    )


@door(*READING)
def breach(request: Request, pk: int) -> HttpResponseBase:
    """One matter: where it stands, its file for a reason, and what may be done now."""
    actor = request.actor
    row = matter_for(actor, pk)
    person = row.engagement.person
    back = reverse("desk:breach", args=[pk])
    if "verb" in request.POST:
        return take(request, actor, row, DEEDS, back=back, subject=f"{person.name}违反义务的处理")
    what = values.words(request.POST, "act")

    def reading(reason: str) -> Matter | StoredFile:
        if what == "read":
            return matter_open(actor=actor, matter=row, reason=reason)
        return paper_open(actor=actor, matter=row, paper=what, reason=reason)

    _, form, opened = read_for_a_reason(request, reading)
    if isinstance(opened, StoredFile):
        return file_response(opened)
    handles = can_handle_matter(actor, row)
    hearing, asking = hearing_of(row), asking_of(row)
    proofs = row.proofs.select_related("file").order_by("pk")
    referrals = row.referrals.order_by("pk")
    context = {
        "title": f"{person.name}违反义务的处理",
        "row": row,
        "duty": DUTIES[row.duty],
        "hearing": hearing,
        "asking": asking,
        "form": form,
        "opened": opened,
        "said": opened.hearings.order_by("-pk").first() if opened else None,
        "requested": asking_of(row, whole=True) if opened else None,
        "proofs": table_of(PROOFS, proofs, "证据材料", empty="没有材料。"),
        "referrals": table_of(REFERRALS, referrals, "移送", empty="没有移送。"),
        "findings": findings_of(row) if row.state in OPEN else [],
        "adds": handles and row.state == MatterState.RECORDED,
        "refers": handles and row.state in (*OPEN, *PROPOSED),
        "reads": readings_of(row),
        "timeline": timeline_of([row]),
        **act_context(actor, row, DEEDS),
    }
    return form_response(request, "management/breach.html", context)


@door(*HANDLING)
def breach_proof(request: Request, pk: int) -> HttpResponse:
    """Add evidence before the person is told."""
    actor = request.actor
    row = matter_for(actor, pk)
    form = ProofForm(values.sent(request), request.FILES or None)
    sent = request.method == "POST" and form.is_valid()
    added = perform(request, lambda: proof_add(actor=actor, matter=row, **form.cleaned_data), form) if sent else None
    if added:
        messages.success(request, "已登记材料。")
        return redirect("desk:breach", pk)
    return form_page(
        request,
        form,
        title=f"登记{row.engagement.person.name}一事的材料",
        intro="告知本人以前登记；告知以后需要补充的，退回补充，再告知本人",
        submit="登记",
        back=reverse("desk:breach", args=[pk]),
    )


@door(*HANDLING)
def breach_refer(request: Request, pk: int) -> HttpResponse:
    """Record that another authority received what it has to decide."""
    actor = request.actor
    row = matter_for(actor, pk)
    form = ReferForm(values.sent(request), request.FILES or None, initial={"sent_on": today(), "kind": row.suspects})
    sent = request.method == "POST" and form.is_valid()
    data = form.cleaned_data if sent else {}
    referred = perform(request, lambda: referral_record(actor=actor, matter=row, **data), form) if sent else None
    if referred:
        messages.success(request, "已登记移送。")
        return redirect("desk:breach", pk)
    return form_page(
        request,
        form,
        title=f"登记移送{row.engagement.person.name}一事",
        intro="治安管理处罚和刑事责任由有权机关决定，这里只登记移送和回执",
        submit="登记",
        back=reverse("desk:breach", args=[pk]),
    )
