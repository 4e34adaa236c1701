"""聘用 and 合同: from the hire list to a signed labour contract."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from fujing.kernel.clock import today
from fujing.kernel.files import file_response
from fujing.recruitment.applications.queries import application_for
from fujing.recruitment.campaigns.queries import campaign_for
from fujing.recruitment.hiring.lists import Listed, hire_list
from fujing.recruitment.hiring.models import Hire
from fujing.recruitment.hiring.services import contract_sign, hire, hire_decline, publicity_supplement
from fujing.recruitment.hiring.states import HIRE, HireState
from fujing.recruitment.selection.queries import notices_of, publicity_pending
from fujing.registry.models import Account, Engagement, Post
from fujing.registry.states import ContractKind
from fujing.web import values
from fujing.web.acts import perform
from fujing.web.audience import HR
from fujing.web.columns import Column, table_of
from fujing.web.desk.common import DateField, PostChoice, need
from fujing.web.desk.recruitment.publicity import PublicityForm, states_days
from fujing.web.templatetags.fujing import COLOURS


class HireForm(forms.Form):
    start_on = DateField(label="上岗日期")
    post = PostChoice(label="用人单位和岗位", queryset=Post.objects.none())
    officer = forms.ModelChoiceField(label="责任民警", queryset=Account.objects.none(), required=False)


class ContractForm(forms.Form):
    kind = forms.ChoiceField(label="合同类型", choices=ContractKind.choices)
    term_months = forms.IntegerField(
        label="合同期限（月）", min_value=1, max_value=120, required=False, help_text="无固定期限不填"
    )
    probation_months = forms.IntegerField(
        label="试用期（月）",
        min_value=0,
        max_value=12,
        help_text="不足3个月：不得约定；不足1年：1个月；不足3年：2个月；3年以上或无固定期限：6个月",
    )
    signed_on = DateField(label="签订日期")
    starts = DateField(label="合同起始日")
    late_reason = forms.CharField(
        label="逾期签订的原因", max_length=200, required=False, help_text="上岗满一个月后签订时填写"
    )


class DeclineForm(forms.Form):
    on = DateField(label="放弃日期")
    reason = forms.CharField(label="放弃原因", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    proof = forms.FileField(label="放弃声明", required=False, help_text="JPG、PNG 或 PDF，不超过 10 MB")


@dataclass(frozen=True, slots=True)
class HireRow:
    """One candidate of the hire list with what the actor may do."""

    listed: Listed
    campaign: int
    names: dict[str, str]
    may_hire: bool
    may_decline: bool

    @property
    def status(self) -> tuple[str, str]:
        """Where the candidate stands, in words and in its colour."""
        row = self.listed
        if row.hire and (row.hired or row.hire.state == HireState.DECLINED):
            return row.hire.get_state_display(), COLOURS[row.hire.state]
        if row.place.status == "hire":
            replaced = self.names.get(row.place.replaces or "", "")
            return f"聘用名单，递补 {replaced}" if row.place.replaces else "聘用名单", "green"
        if row.reserve:
            return f"递补名单第 {row.reserve} 位", "amber"
        return ("同分待定", "amber") if row.place.status == "tie" else ("未列入", "gray")

    @property
    def now(self) -> str:
        """What happens next."""
        row = self.listed
        if row.hired and row.hire and row.hire.engagement:
            return f"{row.hire.engagement.span.lower} 上岗"
        if row.place.status == "hire":
            return row.waits or "可以聘用"
        return "有名额空出时递补" if row.reserve else ""

    @property
    def acts(self) -> frozenset[str]:
        """What stands at the end of the line."""
        row = self.listed
        if row.hired:
            return frozenset({"person"})
        if row.place.status != "hire":
            return frozenset()
        wanted = {
            "exam": row.needs_exam and not row.exam,
            "check": not row.check,
            "hire": bool(row.check) and self.may_hire and not row.waits,
            "paper": True,
            "decline": self.may_decline,
        }
        return frozenset(name for name, wants in wanted.items() if wants)


HIRES = (
    Column("rank", "名次", "listed.place.rank", "integer"),
    Column(
        "name",
        "姓名",
        "listed.application.name",
        link=lambda row: reverse("desk:application", args=[row.listed.application.pk]),
    ),
    Column("total", "总成绩", "listed.candidate.total", "score"),
    Column("status", "结果", lambda row: row.status[0], colour=lambda row: row.status[1]),
    Column("now", "现在", wrap=True),
    Column("steps", "理由", template="recruitment/hire_steps.html"),
    Column("acts", "办理", template="recruitment/hire_acts.html"),
)


def hires(request: HttpRequest, pk: int) -> HttpResponse:
    actor = need(request, *HR)
    campaign = campaign_for(actor, pk)
    form = PublicityForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if perform(request, lambda: publicity_supplement(actor=actor, campaign=campaign, **data), form):
            messages.success(request, "已公示递补人员。")
            return redirect("desk:publicity", pk)
    posts = hire_list(campaign)
    own = actor.organ_code == campaign.organ_code
    may_hire, may_decline = own and actor.has("hr_head", "organ_leader"), own and actor.has("hr_officer", "hr_head")
    names = {str(each.application.pk): each.application.name for post in posts for each in post.listed}
    supplement = [each for post in posts for each in post.listed if each.to_publicise]
    tables = [
        table_of(
            HIRES,
            [HireRow(each, campaign.pk, names, may_hire, may_decline) for each in post.shown],
            f"{post.position}聘用名单",
        )
        for post in posts
    ]
    context = {
        "campaign": campaign,
        "posts": posts,
        "lists": list(zip(posts, tables, strict=True)),
        "form": form,
        "states_days": states_days(campaign),
        "pending": publicity_pending(next(iter(notices_of(campaign)), None), "聘用"),
        "supplement": len(supplement),
        "supplement_said": "、".join(
            f"{each.application.name}（{each.candidate.position}，第 {each.place.rank} 名）" for each in supplement
        ),
        "asks_days": bool(form.errors) or not states_days(campaign),
        "may_hire": may_hire,
    }
    return render(request, "recruitment/hires.html", context, status=422 if form.errors else 200)


def decline(request: HttpRequest, pk: int) -> HttpResponse:
    actor = need(request, "hr_officer", "hr_head")
    application = application_for(actor, pk)
    form = DeclineForm(values.sent(request), request.FILES or None, initial={"on": today()})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if perform(request, lambda: hire_decline(actor=actor, application=application, **data), form):
            messages.success(request, f"已记录{application.name}放弃聘用，名额按递补规则办理。")
            return redirect("desk:hires", application.campaign_id)
    post = next(iter(hire_list(application.campaign, application.position)), None)
    reserve = [each for each in post.listed if each.reserve == 1] if post else []
    follows = f"由递补名单第 1 位{reserve[0].application.name}递补" if reserve else "没有可以递补的人员，名额将空缺"
    context = {
        "form": form,
        "title": f"{application.name}放弃聘用",
        "submit": "记录放弃",
        "intro": f"{application.position} · {HIRE.from_state('proposed')[1].follows}办理后不能撤销 · {follows}",
        "back": reverse("desk:hires", args=[application.campaign_id]),
    }
    return render(request, "kinds/form_page.html", context, status=422 if form.errors else 200)


def decline_proof(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The declaration of somebody who gave up."""
    application = application_for(need(request, "hr_officer", "hr_head"), pk)
    record = Hire.objects.filter(application=application, proof__isnull=False).select_related("proof").first()
    if record is None or record.proof is None:
        raise Http404("没有这份声明")
    return file_response(record.proof)


def hire_form(request: HttpRequest, pk: int) -> HttpResponse:
    actor = need(request, "hr_head", "organ_leader")
    application = application_for(actor, pk)
    form = HireForm(values.sent(request), initial={"start_on": today()})
    posts = Post.objects.filter(organ_code=application.organ_code, category=application.position.category)
    form.fields["post"].queryset = posts.select_related("unit")  # type: ignore[attr-defined]
    form.fields["officer"].queryset = Account.objects.filter(  # type: ignore[attr-defined]
        organ_code=application.organ_code, roles__role="police_officer", roles__span__contains=today()
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = perform(
            request, lambda: hire(actor=actor, application=application, unit=data["post"].unit, **data), form
        )
        if made:
            messages.success(request, f"已聘用{application.name}，请在一个月内签订劳动合同。")
            return redirect("desk:contract", made.pk)
    context = {
        "form": form,
        "title": f"聘用{application.name}",
        "submit": "聘用",
        "intro": f"{application.position} · {HIRE.from_state('proposed')[0].follows}办理后不能撤销",
        "back": reverse("desk:hires", args=[application.campaign_id]),
    }
    return render(request, "kinds/form_page.html", context, status=422 if form.errors else 200)


def contract(request: HttpRequest, pk: int) -> HttpResponse:
    actor = need(request, "hr_officer", "hr_head")
    found = (
        Engagement.objects.filter(pk=pk, organ_code__range=(actor.lo or 0, actor.hi or 0))
        .select_related("person")
        .first()
    )
    if found is None:
        raise Http404("没有这条用工记录")
    start = {
        "kind": "fixed",
        "term_months": 36,
        "probation_months": 2,
        "signed_on": today(),
        "starts": found.span.lower,
    }
    form = ContractForm(values.sent(request), initial=start)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = perform(request, lambda: contract_sign(actor=actor, engagement=found, **data), form)
        if made:
            messages.success(request, f"已签订合同 {made.number}。")
            return redirect("desk:person", found.person_id)
    context = {
        "form": form,
        "title": f"与{found.person.name}签订劳动合同",
        "submit": "签订",
        "intro": f"上岗日期 {found.span.lower}，应在一个月内签订书面劳动合同",
        "back": reverse("desk:person", args=[found.person_id]),
    }
    return render(request, "kinds/form_page.html", context, status=422 if form.errors else 200)
