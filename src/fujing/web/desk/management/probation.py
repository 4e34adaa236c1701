"""转正: what was found in one person's probation, and whether they stay on."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.files import file_response
from fujing.kernel.transitions import Transition
from fujing.management.contracts.models import ProbationReview
from fujing.management.contracts.papers import probation_form
from fujing.management.contracts.policies import can_sign_contract
from fujing.management.contracts.probation import probation_fail, probation_pass, probation_review, probation_withdraw
from fujing.management.contracts.queries import probation_of, review_for, standing_review
from fujing.management.contracts.states import PROBATION
from fujing.registry.queries import engagement_for, place_now
from fujing.web import values
from fujing.web.acts import Deed, Deeds, Touched, act_context, perform, take
from fujing.web.audience import PERSONNEL
from fujing.web.desk.common import DateField, of_own_bureau, timeline_of
from fujing.web.doors import door
from fujing.web.form_pages import PAPER, form_page
from fujing.web.requests import Request
from fujing.web.sheets import paper_kind, printed


class ReviewForm(forms.Form):
    meets = forms.TypedChoiceField(
        label="考核结果",
        choices=[("yes", "符合录用条件"), ("no", "不符合录用条件")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    condition = forms.CharField(
        label="不符合的录用条件和事实",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="不符合的必须填写：公告或者合同里的哪一项条件，什么事实证明",
    )
    opinion = forms.CharField(label="责任民警意见", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    reviewer = forms.CharField(label="考核的责任民警", max_length=60)
    reviewed_on = DateField(label="考核日期")
    upload = forms.FileField(label="签名的考核表", help_text=PAPER)
    provisions = {"condition": ("32.1",)}
    needed = frozenset({"condition"})  # by one of the results


def _person(row: ProbationReview) -> Touched:
    return Touched(f"{row.engagement.person.name}，试用期到 {row.last_day}。")


def _why_not(actor: Actor, row: ProbationReview, move: Transition) -> str:
    if move.verb == "pass" and not row.meets:
        return "考核为不符合录用条件；考核有误的，撤回后重新登记。"
    if move.verb == "fail" and row.meets:
        return "考核为符合录用条件；考核有误的，撤回后重新登记。"
    if move.verb == "fail" and row.until <= today():
        return f"试用期已于 {row.last_day} 届满。"
    return ""


DEEDS = Deeds(
    PROBATION,
    {
        "pass": Deed(lambda actor, row, data: probation_pass(actor=actor, review=row), None, _person),
        "fail": Deed(lambda actor, row, data: probation_fail(actor=actor, review=row), None, _person),
        "withdraw": Deed(lambda actor, row, data: probation_withdraw(actor=actor, review=row, **data), None, _person),
    },
    whose=of_own_bureau,
    why_not=_why_not,
)


@door(*PERSONNEL)
def probation(request: Request, pk: int) -> HttpResponse:
    """The probation of an employment: what was found and decided, or the way to record it."""
    actor = request.actor
    engagement = engagement_for(actor, pk)
    person = engagement.person
    row = standing_review(engagement)
    back = reverse("desk:probation", args=[pk])
    if "verb" in request.POST:
        if row is None:
            messages.error(request, "这次考核已经撤回。")
            return redirect(back)
        return take(request, actor, row, DEEDS, back=back, subject=f"{person.name}的试用期考核")
    contract = probation_of(engagement)
    open_now = contract is not None and row is None and engagement.span.upper is None
    context = {
        "title": f"{person.name}的试用期",
        "engagement": engagement,
        "contract": contract,
        "row": row,
        "may_review": open_now and can_sign_contract(actor, engagement.organ_code),
        "timeline": timeline_of(engagement.probation_reviews.all()),
        **(act_context(actor, row, DEEDS) if row else {"acts_now": [], "acts_not": []}),
    }
    return render(request, "management/probation.html", context)


@door(*PERSONNEL)
def review(request: Request, pk: int) -> HttpResponse:
    """Record what the responsible officer found."""
    actor = request.actor
    engagement = engagement_for(actor, pk)
    place = place_now(engagement)
    start = {"reviewed_on": today(), "reviewer": place.officer.name if place and place.officer else ""}
    form = ReviewForm(values.sent(request), request.FILES or None, initial=start)
    back = reverse("desk:probation", args=[pk])
    if request.method == "POST" and form.is_valid():
        made = perform(request, lambda: probation_review(actor=actor, engagement=engagement, **form.cleaned_data), form)
        if made:
            messages.success(request, "已登记，待人事负责人决定。")
            return redirect(back)
    contract = probation_of(engagement)
    return form_page(
        request,
        form,
        title=f"登记{engagement.person.name}的试用期考核",
        intro=f"试用期到 {contract.probation_last_day} 止" if contract else "",
        submit="登记",
        back=back,
    )


@door(*PERSONNEL)
def probation_paper(request: Request, pk: int) -> HttpResponse:
    """The form that the responsible officer fills in and signs."""
    contract = probation_of(engagement_for(request.actor, pk))
    if contract is None:
        raise Http404("合同没有约定试用期")
    return printed(probation_form(contract), paper_kind(request))


@door(*PERSONNEL)
def probation_report(request: Request, pk: int) -> HttpResponseBase:
    """The signed form of a review."""
    return file_response(review_for(request.actor, pk).report)
