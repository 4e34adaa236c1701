"""体检: who is sent where, what the hospital concluded, the re-examination."""

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
from fujing.kernel.readings import readings_of
from fujing.kernel.transitions import Transition
from fujing.law.parameters import Parameters
from fujing.recruitment.applications.queries import with_posts
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.campaigns.queries import campaign_for
from fujing.recruitment.hiring.lists import due_for_exam
from fujing.recruitment.medical.models import MedicalExam
from fujing.recruitment.medical.policies import can_record
from fujing.recruitment.medical.queries import (
    Term,
    exam_for,
    exams_of,
    medical_stage,
    reexamination_term,
    standard_items,
)
from fujing.recruitment.medical.services import (
    exam_expire,
    exam_record,
    exam_tell,
    exams_arrange,
    exams_pass,
    items_open,
    reexam_arrange,
    reexam_record,
)
from fujing.recruitment.medical.states import MEDICAL
from fujing.web import values
from fujing.web.acts import Deed, Deeds, Touched, act_context, of_the_organ, perform, take
from fujing.web.audience import HR
from fujing.web.choices import SomeOf, among
from fujing.web.columns import Column
from fujing.web.desk.common import DateField, ReadingForm, state_column, timeline_of
from fujing.web.doors import door
from fujing.web.lists import list_of, list_response
from fujing.web.requests import Request

PAPERS = {"paper": "document", "reexam_paper": "reexam_document"}
"""What is downloaded by which act; each download leaves its record."""

PICKED = {"widget": forms.CheckboxSelectMultiple}


class People(SomeOf):
    """Applicants with their post."""

    def label_from_instance(self, obj: Any) -> str:
        application = getattr(obj, "application", obj)
        return f"{application.name}（{application.position}）"


class ArrangeForm(forms.Form):
    applications = People(label="人员", **PICKED)
    hospital = forms.CharField(label="体检医院", max_length=100)
    exam_on = DateField(label="体检日期")


class PassForm(forms.Form):
    exams = People(label="体检合格的人员", **PICKED)
    document = forms.FileField(label="医院结论", help_text="一份名单可以对应多人；PDF、图片或 Office 文件")


class ReexamForm(forms.Form):
    hospital = forms.CharField(label="复检医院", max_length=100)
    on = DateField(label="复检日期")


class DocumentForm(forms.Form):
    document = forms.FileField(label="医院结论", required=False, help_text="PDF、图片或 Office 文件")


class RecheckForm(DocumentForm):
    recheck_on = DateField(label="复检日期", required=False)


def term_in_words(term: Term | None) -> str:
    """How long a re-examination may be asked for, or that nobody has said."""
    if term is None:
        return "公告和本地标准都没有写申请复检的期限（待核实）：本人放弃或者复检有结论后，才能认定不合格。"
    unit = "个自然日" if term.unit == "calendar" else "个工作日"
    return f"申请复检的期限：告知后 {term.days} {unit}（{term.stated_by}）。"


EXAMS = (
    Column("name", "姓名", "application.name", link=lambda row: reverse("desk:exam", args=[row.pk])),
    Column("position", "岗位", "application.position"),
    Column("hospital", "体检医院"),
    Column("exam_on", "体检日期", kind="date"),
    state_column(),
    Column("reexam_until", "申请复检截止", kind="date"),
)


@door(*HR)
def listing(request: Request, pk: int) -> HttpResponse:
    actor = request.actor
    campaign = campaign_for(actor, pk)
    act = values.words(request.POST, "act")
    due = due_for_exam(campaign)
    exams = list(exams_of(campaign))
    open_now = [exam.pk for exam in exams if exam.state in {"arranged", "recheck"} and exam.exam_on <= today()]
    arrange = ArrangeForm(
        request.POST if act == "arrange" else None, initial={"applications": [each.pk for each in due]}
    )
    among(arrange, applications=with_posts(due))
    passing = PassForm(
        request.POST if act == "pass" else None, request.FILES if act == "pass" else None, initial={"exams": open_now}
    )
    among(passing, exams=exams_of(campaign).filter(pk__in=open_now))
    if act and _listed(request, actor, campaign, arrange if act == "arrange" else passing):
        messages.success(request, "已办理。")
        return redirect("desk:medical", pk)
    own = can_record(actor, campaign.organ_code)
    empty = "还没有安排体检。排名后，安排拟聘用人员体检。"
    # Health data leave by the papers that are meant for it, not as a sheet.
    context = list_of(request, EXAMS, exams, "体检", empty=empty) | {
        "export_url": "",
        "campaign": campaign,
        "stage": medical_stage(campaign),
        "arrange": arrange,
        "passing": passing,
        "waiting": any(exam.state in {"arranged", "recheck"} for exam in exams),
        "may_arrange": own and bool(due),
        "may_pass": own and bool(open_now),
        "due": len(due),
        "term": term_in_words(reexamination_term(campaign, Parameters(today()))),
        "counts": _counts(exams),
    }
    failed = bool(arrange.errors or passing.errors)
    return list_response(request, context, "recruitment/medical/list.html", status=422 if failed else 200)


def _counts(exams: list[MedicalExam]) -> list[tuple[str, int]]:
    labels = [exam.get_state_display() for exam in exams]
    return [(label, labels.count(label)) for label in dict.fromkeys(labels)]


def _listed(request: Request, actor: Actor, campaign: Campaign, form: forms.Form) -> object:
    if not form.is_valid():
        return None
    data = form.cleaned_data
    if isinstance(form, ArrangeForm):
        people = list(data["applications"])
        return perform(
            request,
            lambda: exams_arrange(
                actor=actor, campaign=campaign, applications=people, hospital=data["hospital"], exam_on=data["exam_on"]
            ),
            form,
        )
    exams = list(data["exams"])
    return perform(
        request, lambda: exams_pass(actor=actor, campaign=campaign, exams=exams, document=data["document"]), form
    )


@door(*HR)
def detail(request: Request, pk: int) -> HttpResponseBase:
    actor = request.actor
    exam = exam_for(actor, pk)
    act = values.words(request.POST, "act")
    if "verb" in request.POST:
        subject = f"{exam.application.name}的体检"
        return take(request, actor, exam, DEEDS, back=reverse("desk:exam", args=[pk]), subject=subject)
    forms_of: dict[str, forms.Form] = {
        "arrange": ReexamForm(*_bound(request, act == "arrange")),
        "read": ReadingForm(*_bound(request, act in {"read", *PAPERS})),
    }
    opened: list[str] | None = None
    form = next((each for each in forms_of.values() if each.is_bound), None)
    if form is not None and form.is_valid():
        done = perform(request, lambda: _act(actor, exam, act, form.cleaned_data), form)
        if act in PAPERS and done is not None and (paper := getattr(exam, PAPERS[act])) is not None:
            return file_response(paper)
        if act == "read":
            opened = done
        elif done:
            messages.success(request, "已办理。")
            return redirect("desk:exam", pk)
    own = can_record(actor, exam.organ_code)
    context = {
        "exam": exam,
        "application": exam.application,
        "forms": forms_of,
        "opened": opened,
        "own": own,
        **act_context(actor, exam, DEEDS),
        "timeline": timeline_of([exam]),
        "may_arrange": own and exam.state == "requested",
        "reads": readings_of(exam) if own else [],
        "term": term_in_words(reexamination_term(exam.application.campaign, Parameters(today()))),
    }
    return render(request, "recruitment/medical/exam.html", context, status=422 if act and act != "read" else 200)


def _bound(request: Request, bound: bool) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if bound else (None, None)


def _act(actor: Actor, exam: MedicalExam, act: str, data: dict[str, Any]) -> Any:
    if act == "arrange":
        return reexam_arrange(actor=actor, exam=exam, hospital=data["hospital"], on=data["on"])
    return items_open(actor=actor, exam=exam, reason=data["reason"])


def _record(verb: str) -> Any:
    return lambda actor, exam, data: exam_record(actor=actor, exam=exam, verb=verb, **data)


def _reexam(fit: bool) -> Any:
    return lambda actor, exam, data: reexam_record(actor=actor, exam=exam, fit=fit, document=data["document"])


def _failing(exam: MedicalExam) -> type[forms.Form]:
    """The hospital's paper, and the items of the standard in force on the day."""
    known = list(standard_items(Parameters(exam.exam_on)).items())
    items = forms.MultipleChoiceField(
        label="不合格条目", choices=known, required=False, widget=forms.CheckboxSelectMultiple
    )
    return type("FailForm", (DocumentForm,), {"items": items})


def _person(exam: MedicalExam) -> Touched:
    return Touched(f"{exam.application.name}，报考 {exam.application.position}。")


def _why_not(actor: Actor, exam: MedicalExam, move: Transition) -> str:
    recorded = {"pass", "recheck", "fail", "absent"}
    if move.verb in recorded and exam.exam_on > today():
        return f"体检日期是 {exam.exam_on}，还没有到。"
    if move.verb == "expire" and exam.reexam_until is None:
        return "公告和本地标准都没有写申请复检的期限，是否期满待核实。"
    if move.verb == "expire" and exam.reexam_until is not None and exam.reexam_until >= today():
        return f"申请复检的期限到 {exam.reexam_until} 届满。"
    if move.verb.startswith("reexam_") and (exam.reexam_on is None or exam.reexam_on > today()):
        return "复检还没有安排或者还没有到日期。"
    return ""


DEEDS = Deeds(
    MEDICAL,
    {
        "pass": Deed(_record("pass"), lambda exam: DocumentForm, _person),
        "recheck": Deed(_record("recheck"), lambda exam: RecheckForm, _person),
        "fail": Deed(_record("fail"), _failing, _person),
        "absent": Deed(_record("absent"), touches=_person),
        "tell": Deed(lambda actor, exam, data: exam_tell(actor=actor, exam=exam), touches=_person),
        "expire": Deed(lambda actor, exam, data: exam_expire(actor=actor, exam=exam), touches=_person),
        "reexam_pass": Deed(_reexam(True), lambda exam: DocumentForm, _person),
        "reexam_fail": Deed(_reexam(False), lambda exam: DocumentForm, _person),
    },
    elsewhere=dict.fromkeys(("request", "waive"), "由本人在报名页面办理。"),
    whose=of_the_organ,
    why_not=_why_not,
)
