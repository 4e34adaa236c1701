"""考察: the background check behind one application."""

from __future__ import annotations

from operator import itemgetter
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.readings import readings_of
from fujing.kernel.transitions import Transition
from fujing.law.provisions import cite, measures
from fujing.recruitment.applications.models import Application
from fujing.recruitment.applications.queries import application_for
from fujing.recruitment.background.models import BackgroundCheck
from fujing.recruitment.background.policies import can_examine, can_lead_check
from fujing.recruitment.background.queries import check_for, earlier_exit
from fujing.recruitment.background.services import (
    check_conclude,
    check_open,
    check_tell,
    checker_replace,
    conflict_declare,
    finding_record,
    findings_open,
)
from fujing.recruitment.background.states import CHECK, CHECKERS, GROUNDS, CheckState
from fujing.registry.queries import holders_of
from fujing.web import values
from fujing.web.acts import Deed, Deeds, Touched, act_context, of_the_organ, perform, take
from fujing.web.audience import RECRUITING
from fujing.web.choices import OneOf, among
from fujing.web.columns import Column, Table, table_of
from fujing.web.desk.common import DateField, ReadingForm
from fujing.web.doors import door
from fujing.web.requests import Request


class CheckersForm(forms.Form):
    first = OneOf(label="考察人一")
    second = OneOf(label="考察人二")


class CheckerForm(forms.Form):
    checker = OneOf(label="接替的考察人")


class TellForm(forms.Form):
    answer_until = DateField(label="本人陈述截止日（含当日）")


class ConcludeForm(forms.Form):
    reasons = forms.CharField(label="理由", required=False, widget=forms.Textarea(attrs={"rows": 3}))


OPENED = (
    Column("provision", "条文", itemgetter("provision"), "provision"),
    Column("checker", "考察人", itemgetter("checker")),
    Column("exists", "结论", lambda row: _found(row), colour=lambda row: "red" if row["exists"] else "green"),
    Column("evidence", "依据", itemgetter("evidence"), wrap=True),
)


def _found(row: dict[str, Any]) -> str:
    """What a checker found, in the words of the form."""
    return dict(found_choices(row["provision"]))["exists" if row["exists"] else "absent"]


def found_choices(ground: str) -> list[tuple[str, str]]:
    """Good conduct (18.2) is asked for, everything else is asked about."""
    good = ground == "18.2"
    return [("absent", "品行端正" if good else "不存在"), ("exists", "不符合" if good else "存在")]


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
            self.fields[f"found_{key}"] = forms.ChoiceField(
                label=label,
                choices=found_choices(ground),
                widget=forms.RadioSelect,
                error_messages={"required": "请逐项作出结论。"},
            )
            self.fields[f"evidence_{key}"] = forms.CharField(label="依据", required=False, max_length=500)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for ground in GROUNDS:
            key = ground.replace(".", "_")
            if data.get(f"found_{key}") == "exists" and not data.get(f"evidence_{key}"):
                self.add_error(f"evidence_{key}", f"认定{cite(ground)}，请写明依据。")
        return data


@door(*RECRUITING)
def background(request: Request, pk: int) -> HttpResponse:
    actor = request.actor
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
        "read": ReadingForm(request.POST if act == "read" else None),
    }
    eligible = holders_of(application.organ_code, CHECKERS)
    among(forms_of["open"], first=eligible, second=eligible)
    among(forms_of["replace"], checker=eligible)
    opened: Table | None = None
    form = forms_of.get(act)
    if act and form is None:
        raise Http404("没有这个步骤")
    if form is not None and form.is_valid():
        result = perform(request, lambda: _act(actor, application, check, act, form.cleaned_data), form)
        if act == "read":
            rows = sorted(result or (), key=lambda row: not row["exists"])
            opened = table_of(OPENED, rows, "考察结论", empty="还没有结论。") if result is not None else None
        elif result:
            messages.success(request, "已办理。")
            return redirect("desk:background", application.pk)
    checkers = {check.first_checker, check.second_checker} if check else set()
    recorded = set(check.findings.values_list("checker", flat=True)) if check else set()
    # Others of the territory see how far it is: the look-up and the findings are for who checks and who decides.
    deciding = can_lead_check(actor, application.organ_code)
    checking = check is not None and can_examine(actor, check)
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
        "reads": readings_of(check) if check else [],
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
