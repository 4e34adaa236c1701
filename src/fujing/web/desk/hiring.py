"""聘用 and 合同: from the hire list to a signed labour contract."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fujing.kernel.clock import today
from fujing.recruitment.applications.queries import application_for
from fujing.recruitment.campaigns.queries import campaign_for
from fujing.recruitment.hiring.queries import hires_of
from fujing.recruitment.hiring.services import contract_sign, hire
from fujing.recruitment.selection.queries import hire_list
from fujing.registry.models import Account, Engagement, Post
from fujing.registry.states import ContractKind
from fujing.web.acts import perform
from fujing.web.desk.common import DateField, need
from fujing.web.navigation import HR


class PostChoice(forms.ModelChoiceField):
    """A post with its unit."""

    def label_from_instance(self, obj: object) -> str:
        return f"{obj.unit.short_name} · {obj.name}"  # type: ignore[attr-defined]


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


def hires(request: HttpRequest, pk: int) -> HttpResponse:
    actor = need(request, *HR)
    campaign = campaign_for(actor, pk)
    chosen, why_not = hire_list(campaign)
    done = {each.application_id: each for each in hires_of(campaign)}
    rows = [{"candidate": candidate, "hire": done.get(candidate.application_id)} for candidate in chosen]
    context = {
        "campaign": campaign,
        "rows": rows,
        "why_not": why_not,
        "may_hire": actor.has("hr_head", "organ_leader"),
    }
    return render(request, "desk/hires.html", context)


def hire_form(request: HttpRequest, pk: int) -> HttpResponse:
    actor = need(request, "hr_head", "organ_leader")
    application = application_for(actor, pk)
    form = HireForm(request.POST or None, initial={"start_on": today()})
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
        "form": form, "title": f"聘用{application.name}", "submit": "聘用",
        "intro": f"{application.position} · 聘用占用一个计划名额，不能撤销",
        "back": reverse("desk:hires", args=[application.campaign_id]),
    }  # fmt: skip
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
    form = ContractForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = perform(request, lambda: contract_sign(actor=actor, engagement=found, **data), form)
        if made:
            messages.success(request, f"已签订合同 {made.number}。")
            return redirect("desk:person", found.person_id)
    context = {
        "form": form, "title": f"与{found.person.name}签订劳动合同", "submit": "签订",
        "intro": f"上岗日期 {found.span.lower}，应在一个月内签订书面劳动合同", "back": reverse("desk:person", args=[found.person_id]),
    }  # fmt: skip
    return render(request, "kinds/form_page.html", context, status=422 if form.errors else 200)
