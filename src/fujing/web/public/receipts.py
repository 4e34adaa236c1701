"""查进度: what a receipt code answers without sign-in, about an application, an objection or a resignation."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render

from fujing.kernel.attempts import count_attempt, too_many
from fujing.kernel.clock import today
from fujing.kernel.papers import chinese_date
from fujing.law.leaving.ways import CLEARANCE, WAYS
from fujing.management.leaving.queries import resignation_status
from fujing.management.leaving.states import ResignationState
from fujing.management.leaving.told import UNDECIDED, next_of_resignation
from fujing.recruitment.applications.queries import Status, public_status
from fujing.recruitment.applications.states import ApplicationState
from fujing.recruitment.campaigns.states import CampaignState
from fujing.recruitment.selection.queries import ObjectionStatus, objection_status
from fujing.recruitment.selection.states import ObjectionState
from fujing.web import values
from fujing.web.form_pages import form_response
from fujing.web.limits import RECEIPTS, refused, said
from fujing.web.public.forms import ReceiptForm
from fujing.web.requests import Request

LAST_RECEIPT = "last_receipt"
"""Where the session keeps what a visitor handed in last."""
NEXT = {
    ApplicationState.SUBMITTED: "报名已收到，等待资格审查。结果出来后这里会变，登录可以看到理由。",
    ApplicationState.REJECTED: "登录“我的报名”可以看到理由。",
    ApplicationState.WITHDRAWN: "您已放弃本次报名，不再办理。",
}
QUALIFIED = {
    CampaignState.PUBLISHED: "报名截止后安排考试和体能测试，时间和准考证登录“我的报名”看。",
    CampaignState.CLOSED: "考试、体检、考察正在进行，安排和成绩登录“我的报名”看。",
    CampaignState.PUBLICITY: "拟聘用名单已经公示，您的名次和结果登录“我的报名”看。",
    CampaignState.FINISHED: "本次招聘已经结束，您的名次和结果登录“我的报名”看。",
}


def next_of(found: Status) -> str:
    """What comes next for whoever applied, without saying anything that only they may read."""
    if found.campaign_state == CampaignState.CANCELLED:
        on = f"于{chinese_date(found.ended_on)}" if found.ended_on else ""
        return f"本次招聘已{on}取消，报名不再办理。"
    if found.state == ApplicationState.RETURNED and found.complete_until:
        until = chinese_date(found.complete_until)
        if found.complete_until < today():
            return f"补充期限已于{until}届满，等待招聘机关作出结论。"
        return f"材料需要补充。请在{until}（含当日）前登录，按列明的内容补齐后重新提交。"
    if found.state == ApplicationState.QUALIFIED:
        return QUALIFIED[CampaignState(found.campaign_state)]
    return NEXT[ApplicationState(found.state)]


def next_of_objection(found: ObjectionStatus) -> str:
    """What comes next for whoever objected."""
    return {
        ObjectionState.OPEN: "招聘机关正在核查。核查并答复之前，不办理这次公示人员的聘用。",
        ObjectionState.UPHELD: "所涉人员不列入聘用名单。",
        ObjectionState.DISMISSED: "公示期满、全部异议答复后办理聘用。",
    }[ObjectionState(found.state)]


def given(request: Request) -> HttpResponse:
    """The receipt that this visitor was given last, to keep; it is nowhere else without sign-in."""
    if LAST_RECEIPT not in request.session:
        raise Http404("没有回执")
    return render(request, "public/receipt.html", dict(request.session[LAST_RECEIPT]))


def _answered(code: str) -> tuple[dict[str, object], str]:
    """What a code is the receipt of, under the name by which the page shows it, and what comes next; empty if of nothing."""
    if applied := public_status(code):
        return {"applied": applied}, next_of(applied)
    if objected := objection_status(code):
        return {"objected": objected}, next_of_objection(objected)
    if resigned := resignation_status(code):
        shown = {
            "resigned": resigned,
            "way": WAYS[resigned.way].label,
            "state": ResignationState(resigned.state).label,
            "to_hand_back": list(CLEARANCE.values()) if resigned.departure in UNDECIDED else [],
        }
        return shown, next_of_resignation(resigned)
    return {}, ""


def status(request: Request) -> HttpResponse:
    form = ReceiptForm(values.sent(request))
    context: dict[str, object] = {"form": form, "next": "", "unknown": False}
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["receipt"]
        if refused(form, wait := too_many(request, RECEIPTS)) and wait:
            return said(render(request, "public/status.html", context), wait)
        found, sentence = _answered(code)
        context |= {**found, "next": sentence, "unknown": not sentence}
        if not sentence:
            count_attempt(request, RECEIPTS)
    return form_response(request, "public/status.html", context)
