"""考察: the background check behind one application."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.transitions import Transition
from fujing.law.provisions import cite, measures
from fujing.recruitment.applications.background import (
    GROUNDS,
    check_conclude,
    check_open,
    check_tell,
    checker_replace,
    conflict_declare,
    earlier_exit,
    finding_record,
    findings_open,
)
from fujing.recruitment.applications.models import Application, BackgroundCheck
from fujing.recruitment.applications.queries import application_for, check_for
from fujing.recruitment.applications.states import CHECK, CHECKERS, CheckState
from fujing.registry.models import Account
from fujing.web import values
from fujing.web.acts import Deed, Deeds, Touched, act_context, of_the_organ, perform, take
from fujing.web.audience import HR
from fujing.web.desk.common import DateField, need

READERS = (*HR, "police_officer")


class CheckersForm(forms.Form):
    first = forms.ModelChoiceField(label="考察人一", queryset=Account.objects.none())
    second = forms.ModelChoiceField(label="考察人二", queryset=Account.objects.none())


class CheckerForm(forms.Form):
    checker = forms.ModelChoiceField(label="接替的考察人", queryset=Account.objects.none())


class ReasonForm(forms.Form):
    reason = forms.CharField(label="查阅事由", max_length=200)


class TellForm(forms.Form):
    answer_until = DateField(label="本人陈述截止日（含当日）")


class ConcludeForm(forms.Form):
    reasons = forms.CharField(label="理由", required=False, widget=forms.Textarea(attrs={"rows": 3}))


class AdverseForm(forms.Form):
    reasons = forms.CharField(label="理由", widget=forms.Textarea(attrs={"rows": 3}))


class FindingsForm(forms.Form):
    """One checker's findings on all grounds at once; nothing is chosen beforehand."""

    no_conflict = forms.BooleanField(
        label="我与被考察人没有夫妻、近亲属等利害关系",
        error_messages={"required": "请先声明没有利害关系；有利害关系的应当回避。"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for ground in GROUNDS:
            key = ground.replace(".", "_")
            words = measures()[ground].text.rstrip("；。")
            label = f"{cite(ground)} {words}"
            choices = [
                ("absent", "品行端正" if ground == "18.2" else "不存在"),
                ("exists", "不符合" if ground == "18.2" else "存在"),
            ]
            self.fields[f"found_{key}"] = forms.ChoiceField(
                label=label, choices=choices, widget=forms.RadioSelect, error_messages={"required": "请逐项作出结论。"}
            )
            self.fields[f"evidence_{key}"] = forms.CharField(label="依据", required=False, max_length=500)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for ground in GROUNDS:
            key = ground.replace(".", "_")
            if data.get(f"found_{key}") == "exists" and not data.get(f"evidence_{key}"):
                self.add_error(f"evidence_{key}", f"认定{cite(ground)}，请写明依据。")
        return data


def _checkers(application: Application) -> Any:
    return Account.objects.filter(
        organ_code=application.organ_code, roles__role__in=CHECKERS, roles__span__contains=today(), is_active=True
    ).distinct()


def background(request: HttpRequest, pk: int) -> HttpResponse:
    actor = need(request, *READERS)
    application = application_for(actor, pk)
    check = check_for(actor, application)
    act = values.words(request.POST, "act")
    if "verb" in request.POST and check is not None:
        back = reverse("desk:background", args=[pk])
        return take(request, actor, check, DEEDS, back=back, subject=f"{application.name}的考察")
    forms_of: dict[str, forms.Form] = {
        "open": CheckersForm(request.POST if act == "open" else None),
        "record": FindingsForm(request.POST if act == "record" else None),
        "withdraw": forms.Form(request.POST if act == "withdraw" else None),
        "replace": CheckerForm(request.POST if act == "replace" else None),
        "read": ReasonForm(request.POST if act == "read" else None),
    }
    for name in ("first", "second"):
        forms_of["open"].fields[name].queryset = _checkers(application)  # type: ignore[attr-defined]
    forms_of["replace"].fields["checker"].queryset = _checkers(application)  # type: ignore[attr-defined]
    opened: list[dict[str, Any]] | None = None
    form = forms_of.get(act)
    if act and form is None:
        raise Http404("没有这个步骤")
    if form is not None and form.is_valid():
        result = perform(request, lambda: _act(actor, application, check, act, form.cleaned_data), form)
        if act == "read":
            opened = result and sorted(result, key=lambda row: not row["exists"])
        elif result:
            messages.success(request, "已办理。")
            return redirect("desk:background", application.pk)
    checkers = {check.first_checker, check.second_checker} if check else set()
    recorded = set(check.findings.values_list("checker", flat=True)) if check else set()
    # Others of the territory see how far it is: the look-up and the findings are for who checks and who decides.
    deciding = actor.has("hr_head") and actor.organ_code == application.organ_code
    checking = actor.account_id in checkers - {None}
    looked = deciding or checking
    context = {
        "application": application,
        "check": check,
        "forms": forms_of,
        "opened": opened,
        "may_open": check is None and deciding and application.state == "qualified",
        "may_record": bool(check and check.state == "open" and checking and actor.account_id not in recorded),
        "may_replace": bool(check and check.state == "open" and None in checkers and deciding),
        "may_read": bool(check) and (deciding or (checking and actor.account_id in recorded)),
        **(act_context(actor, check, DEEDS) if check and looked else {"acts_now": [], "acts_not": []}),
        "recorded": [
            name
            for code, name in ((check.first_checker, check.first_name), (check.second_checker, check.second_name))
            if code in recorded
        ]
        if check
        else [],
        "looked_up": looked,
        "earlier_exit": earlier_exit(application) if looked else None,
        "reads": check.sensitiveread_set.order_by("-id")[:20] if check else [],
    }
    return render(request, "recruitment/background.html", context, status=422 if act and act != "read" else 200)


def _act(actor: Actor, application: Application, check: BackgroundCheck | None, act: str, data: dict[str, Any]) -> Any:
    if check is None:
        return check_open(actor=actor, application=application, first=data["first"], second=data["second"])
    if act == "withdraw":
        return conflict_declare(actor=actor, check=check, conflict=True)
    if act == "replace":
        return checker_replace(actor=actor, check=check, checker=data["checker"])
    if act == "record":
        conflict_declare(actor=actor, check=check, conflict=False)
        for ground in GROUNDS:
            key = ground.replace(".", "_")
            finding_record(
                actor=actor,
                check=check,
                provision=ground,
                exists=data[f"found_{key}"] == "exists",
                evidence=data[f"evidence_{key}"],
            )
        return True
    return findings_open(actor=actor, check=check, reason=data["reason"])


def _concluded(adverse: bool) -> Any:
    return lambda actor, check, data: check_conclude(actor=actor, check=check, adverse=adverse, **data)


def _person(check: BackgroundCheck) -> Touched:
    return Touched(f"{check.application.name}，报考 {check.application.position}。")


def _why_not(actor: Actor, check: BackgroundCheck, move: Transition) -> str:
    """A term that still runs; what both have not given yet is the service's to say."""
    until = check.answer_until
    if move.verb == "conclude" and move.source == CheckState.TOLD and until is not None and until >= today():
        return f"本人陈述期到 {until} 届满。"
    return ""


DEEDS = Deeds(
    CHECK,
    {
        "clear": Deed(_concluded(False), lambda check: ConcludeForm, _person),
        "conclude": Deed(_concluded(True), lambda check: AdverseForm, _person),
        "tell": Deed(
            lambda actor, check, data: check_tell(actor=actor, check=check, **data), lambda check: TellForm, _person
        ),
    },
    elsewhere={"answer": "由本人在报名页面办理。"},
    whose=of_the_organ,
    why_not=_why_not,
)
