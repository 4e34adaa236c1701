"""培训 by people: who still lacks what, who came to a class, and one person's part in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.law.training.kinds import INDUCTION, KINDS, RESULTS, YEARLY
from fujing.management.training.attendance import Came, attendance_correct, attendance_record
from fujing.management.training.models import Course, Enrolment
from fujing.management.training.papers import certificate
from fujing.management.training.policies import can_confirm_training, can_plan_training
from fujing.management.training.queries import (
    Key,
    Standing,
    attendances_of,
    course_for,
    enrolment_for,
    enrolments_of,
    open_courses,
    serving,
    standing_of,
    standings,
    training_of,
)
from fujing.management.training.services import enrol, enrolment_withdraw
from fujing.management.training.signing_in import result_said, signed_in
from fujing.management.training.states import CourseState
from fujing.registry.models import Person
from fujing.registry.queries import engagement_now
from fujing.registry.roster import choices_of, scope_of
from fujing.registry.states import OFFICER_ROLES
from fujing.web import values
from fujing.web.acts import perform
from fujing.web.audience import TRAINERS, sees
from fujing.web.choices import OneOf, among
from fujing.web.columns import Column, table_of
from fujing.web.desk.management.training import RESULT_COLOURS, TRAINING, kind_of, result_words, year_of, years_offered
from fujing.web.desk.wings import Tab
from fujing.web.doors import door
from fujing.web.lists import FILES, filter_links, listed, paged, year_links
from fujing.web.numbers import NumberField
from fujing.web.requests import Request
from fujing.web.sheets import paper_kind, printed, table_excel

OUTCOMES = {"lacks": "没有完成", "unknown": "待核实", "done": "已完成"}
OF_OUTCOME = {"lacks": False, "unknown": None, "done": True}
KIND_LINKS = [(kind, KINDS[kind]) for kind in (*YEARLY[:-1], INDUCTION, YEARLY[-1])]


class CourseChoice(OneOf):
    """A class with when it begins and how many places are left."""

    def label_from_instance(self, obj: Any) -> str:
        left = f"，余 {obj.capacity - (obj.enrolled or 0)} 个名额" if obj.capacity else ""
        return f"{localtime(obj.starts_at):%m-%d %H:%M} {obj.title}（{kind_of(obj)}{left}）"


class EnrolForm(forms.Form):
    course = CourseChoice(label="报名参加")


def _label(key: Key) -> str:
    kind, topic = key
    return f"{KINDS[kind]}（{topic}）" if topic else KINDS[kind]


def _named(standing: Standing, outcome: str) -> str:
    """The kinds of a person that have an outcome."""
    return "、".join(each.label for each in standing.owed if each.holds is OF_OUTCOME[outcome])


def _planned(standing: Standing) -> str:
    found = sorted((moment, key) for key, moment in standing.planned.items())
    return "；".join(f"{localtime(moment):%m-%d} {_label(key)}" for moment, key in found)


NEEDS = (
    Column(
        "name",
        "姓名",
        "engagement.person.name",
        link=lambda row: f"{reverse('desk:person', args=[row.engagement.person_id])}?tab=trained",
    ),
    Column("unit", "用人单位", lambda row: row.engagement.unit_name or row.engagement.said_unit, empty="未安排"),
    Column("since", "入职", "engagement.span.lower", "date", phone="folded"),
    Column("lacks", "没有完成", lambda row: _named(row, "lacks"), wrap=True, empty="无"),
    Column("unknown", "待核实", lambda row: _named(row, "unknown"), wrap=True, empty="无"),
    Column("planned", "已报名", _planned, wrap=True, empty="没有"),
)
PICKED = (Column("pick", "选择", template="management/training/pick.html", phone="pick"), *NEEDS)


@door(*TRAINING)
def needs(request: Request) -> HttpResponse:
    """Who of the own bureau lacks what in a year, and one class for those who are picked."""
    actor, year = request.actor, year_of(request)
    kind = values.choice(request.GET, "kind", KINDS)
    outcome = values.choice(request.GET, "outcome", OUTCOMES)
    units = dict(choices_of(scope_of(actor, actor.organ_code)).get("unit", []))
    units = {code: name for code, name in units.items() if values.number_of(code)}
    unit = values.choice(request.GET, "unit", units)
    everybody = standings(serving(actor, unit=values.number_of(unit)), year)
    found = [each for each in everybody if _fits(each, kind, outcome)]
    form = _enrol_form(request, actor, kind)
    chosen = [number for each in values.several(request.POST, "chosen") if (number := values.number_of(each))]
    if request.method == "POST" and form is not None and form.is_valid():
        to = form.cleaned_data["course"]
        made = perform(request, lambda: enrol(actor=actor, course=to, engagements=chosen), form)
        if made is not None:
            messages.success(request, f"已为 {len(made)} 人报名“{to.title}”。")
            return redirect(request.get_full_path())
    links = [
        year_links(request, years_offered(), year),
        ("种类", filter_links(request, "kind", KIND_LINKS)),
        ("情况", filter_links(request, "outcome", list(OUTCOMES.items()), _counted(everybody, kind))),
        ("用人单位", filter_links(request, "unit", list(units.items()))),
    ]
    if values.words(request.GET, "as") in FILES[:1]:
        return table_excel(f"{year}年教育培训情况", table_of(NEEDS, found, "教育培训情况"))
    rows, pager = paged(request, found)
    for each in rows:
        each.engagement.picked = each.engagement.pk in chosen
    columns = PICKED if form is not None else NEEDS
    context = listed(request, columns, columns, rows, "教育培训情况", empty="没有在职人员。", filters=links) | pager
    context |= {
        "summary": f"{year}年在职 {len(everybody)} 人，所见 {len(found)} 人",
        "note": "",
        "signed_urls": [],
        "rows": rows,
        "form": form,
        "submit": "为所选的人报名",
        "may_plan": can_plan_training(actor, actor.organ_code or 0),
    }
    return render(request, "management/training/needs.html", context, status=422 if form and form.errors else 200)


def _fits(standing: Standing, kind: str, outcome: str) -> bool:
    """Whether somebody has this outcome in the kind, or in any."""
    if not outcome:
        return True
    found = [each.holds for each in standing.owed if not kind or each.kind == kind]
    if outcome == "done":
        return bool(found) and all(found)
    return OF_OUTCOME[outcome] in found


def _counted(everybody: Sequence[Standing], kind: str) -> dict[str, int]:
    """How many people have each outcome; who lacks one and has another unclear is in both."""
    return {outcome: sum(_fits(each, kind, outcome) for each in everybody) for outcome in OUTCOMES}


def _enrol_form(request: Request, actor: Actor, kind: str) -> EnrolForm | None:
    """The classes that are open, of the kind that is looked at; nothing for who plans none, or where there is none."""
    if not can_plan_training(actor, actor.organ_code or 0):
        return None
    rows = open_courses(actor)
    rows = rows.filter(kind=kind) if kind else rows
    if not rows.exists():
        return None
    form = EnrolForm(values.sent(request), initial={"course": values.number(request.GET, "course")})
    among(form, course=rows)
    return form


class MarksForm(forms.Form):
    """Who came: one row a person."""

    def __init__(
        self, *args: Any, course: Course, people: Sequence[Any], signed: Mapping[int, datetime], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.signed = signed
        for each in people:
            name = each.engagement.person.name
            self._add(
                each, "result", forms.ChoiceField(label=f"{name}的考勤", choices=[("", "未登记"), *RESULTS.items()])
            )
            self._add(each, "hours", _hours(f"{name}的学时", course))
            self._add(each, "absent_why", forms.CharField(label=f"{name}的缺席原因", max_length=200))
            if course.exam:
                self._add(each, "score", _score(f"{name}的成绩"))

    def _add(self, row: Any, name: str, field: forms.Field) -> None:
        """One field of one person, with what was recorded before."""
        field.required, field.initial = False, getattr(row, f"mark_{name}")
        if name == "result" and not field.initial:
            field.initial = result_said(row, self.signed.get(row.pk))
        field.widget.attrs["aria-label"] = field.label
        if name == "hours" and field.initial is None:
            field.initial = row.course.hours
        self.fields[f"{name}_{row.pk}"] = field

    def said(self, people: Sequence[Any]) -> dict[int, Came]:
        """What is recorded, of those for whom something was chosen."""
        found = {}
        for each in people:
            given = {name: self.cleaned_data.get(f"{name}_{each.pk}") for name in MARKED}
            if given["result"]:
                absent = given["result"] == "absent"
                hours = None if absent else given["hours"]
                why = (given["absent_why"] or "") if absent else ""
                found[each.pk] = Came(given["result"], hours, why, given["score"])
        return found


def _hours(label: str, course: Course) -> NumberField:
    return NumberField(label=label, min_value=Decimal("0.5"), max_value=course.hours, max_digits=5, decimal_places=1)


def _score(label: str) -> NumberField:
    return NumberField(label=label, min_value=0, max_value=1000, max_digits=5, decimal_places=1)


def _page_of(row: Enrolment) -> str:
    return reverse("desk:enrolment", args=[row.pk])


MARKED = {"result": "考勤", "hours": "学时", "absent_why": "缺席原因", "score": "成绩"}
MARKS = (
    Column("name", "姓名", "engagement.person.name", link=_page_of),
    Column("signed", "签到", "signed_at", "moment", empty="没有"),
    *(Column(name, label, template=f"management/training/mark_{name}.html") for name, label in MARKED.items()),
)


def _told(form: forms.Form) -> list[str]:
    """What is wrong, by person; the refusal as a whole only where it is nobody's own."""
    own = [str(text) for name, texts in form.errors.items() if name != "__all__" for text in texts]
    return own or [str(text) for text in form.non_field_errors()]


@door(*TRAINERS)
def attendance(request: Request, pk: int) -> HttpResponse:
    """Who came to a class that is over, by list."""
    actor = request.actor
    row = course_for(actor, pk)
    people, pager = paged(request, enrolments_of(row))
    signed = signed_in(row)
    for each in people:
        each.course, each.signed_at = row, signed.get(each.pk)
    form = MarksForm(values.sent(request), course=row, people=people, signed=signed)
    if request.method == "POST" and form.is_valid():
        done = perform(request, lambda: attendance_record(actor=actor, course=row, said=form.said(people)), form)
        if done is not None:
            messages.success(request, f"已登记 {done} 人的考勤。")
            return redirect("desk:course", pk)
    for each in people:
        each.marking = {name: form[f"{name}_{each.pk}"] for name in MARKED if f"{name}_{each.pk}" in form.fields}
    columns = MARKS if row.exam else MARKS[:-1]
    context = {
        "title": f"登记考勤：{row.title}",
        "row": row,
        "form": form,
        "errors": _told(form),
        "people": table_of(columns, people, "考勤", empty="没有人报名。"),
        "open": row.state == CourseState.ENDED,
        **pager,
    }
    return render(request, "management/training/attendance.html", context, status=422 if form.errors else 200)


class CorrectForm(forms.Form):
    """What is right, and why it was wrong."""

    result = forms.ChoiceField(label="考勤", choices=list(RESULTS.items()))
    hours = NumberField(
        label="学时",
        min_value=0.5,
        max_value=1000,
        max_digits=5,
        decimal_places=1,
        required=False,
        help_text="不填的按全部学时",
    )
    absent_why = forms.CharField(label="缺席原因", max_length=200, required=False, help_text="缺席的填写")
    score = _score("成绩")
    reason = forms.CharField(label="更正的原因", max_length=300, help_text="原来的登记保留，更正另存一条")


class WithdrawForm(forms.Form):
    reason = forms.CharField(label="退出的原因", max_length=200)


HISTORY = (
    Column("result", "考勤", "get_result_display", colour=lambda row: RESULT_COLOURS[row.result]),
    Column("hours", "学时", kind="decimal"),
    Column("score", "成绩", kind="decimal"),
    Column("absent_why", "缺席原因", wrap=True),
    Column("corrected_why", "更正原因", wrap=True),
    Column("stands", "情况", lambda row: "有效" if row.stands else "已更正", phone="brief"),
    Column("by", "登记人", "recorded_by"),
    Column("at", "登记时间", "recorded_at", "moment"),
)


@door(*TRAINING)
def enrolment(request: Request, pk: int) -> HttpResponse:
    """One person in one class: what was recorded, its correction, and leaving the class while it is open."""
    actor = request.actor
    row = enrolment_for(actor, pk)
    act = values.choice(request.POST, "act", {"correct", "withdraw"})
    correcting = row.course.state == CourseState.CONFIRMED and can_confirm_training(actor, row.organ_code)
    leaving = row.active and row.course.state == CourseState.PUBLISHED and can_plan_training(actor, row.organ_code)
    form = _correct_form(request, row, act) if correcting else WithdrawForm(values.sent(request)) if leaving else None
    if request.method == "POST" and form is not None and act and form.is_valid():
        data = form.cleaned_data
        if correcting:
            reason = data.pop("reason")
            done: Any = perform(
                request, lambda: attendance_correct(actor=actor, enrolment=row, came=_came(data), reason=reason), form
            )
        else:
            done = perform(request, lambda: enrolment_withdraw(actor=actor, enrolment=row, **data), form)
        if done:
            messages.success(request, "已更正。" if correcting else "已退出培训。")
            return redirect("desk:enrolment", pk) if correcting else redirect("desk:course", row.course_id)
    elif request.method == "POST" and form is None:
        raise Http404("没有这个步骤")
    context = {
        "title": f"{row.engagement.person.name}：{row.course.title}",
        "row": row,
        "kind": kind_of(row.course),
        "history": table_of(HISTORY, attendances_of(row), "考勤登记", empty="还没有登记考勤。"),
        "form": form,
        "act": "correct" if correcting else "withdraw",
        "submit": "登记更正" if correcting else "退出培训",
        "certified": row.course.state == CourseState.CONFIRMED,
    }
    failed = form is not None and bool(form.errors)
    return render(request, "management/training/enrolment.html", context, status=422 if failed else 200)


def _correct_form(request: Request, row: Enrolment, act: str) -> CorrectForm:
    """What stands, to be changed; without a score where there is no exam."""
    standing = attendances_of(row).filter(stands=True).first()
    start = {name: getattr(standing, name) for name in MARKED} if standing else {}
    form = CorrectForm(values.sent(request), initial=start)
    form.fields["score"].required = False
    if not row.course.exam:
        del form.fields["score"]
    return form


def _came(data: dict[str, Any]) -> Came:
    """What a correction says; an absence has neither hours nor score."""
    absent = data["result"] == "absent"
    hours = None if absent else data["hours"]
    return Came(data["result"], hours, data["absent_why"] if absent else "", None if absent else data.get("score"))


@door(*TRAINING)
def enrolment_paper(request: Request, pk: int) -> HttpResponse:
    """The certificate, as a paper; a refusal where there is nothing to certify."""
    row = enrolment_for(request.actor, pk)
    paper = perform(request, lambda: certificate(row), writes=False)
    return redirect("desk:enrolment", pk) if paper is None else printed(paper, paper_kind(request))


OWED_COLOURS = {True: "green", False: "red", None: "amber"}
OWED_WORDS = {True: "已完成", False: "没有完成", None: "待核实"}
OWED = (
    Column("label", "种类"),
    Column(
        "holds",
        "情况",
        lambda each: OWED_WORDS[each.holds],
        colour=lambda each: OWED_COLOURS[each.holds],
        phone="brief",
    ),
    Column("because", "说明", wrap=True),
    Column("until", "期限", kind="date", empty="首次上岗前"),
)
TAKEN = (
    Column("title", "培训班", "course.title", wrap=True),
    Column("kind", "种类", lambda row: kind_of(row.course), wrap=True),
    Column("starts_at", "开始", kind="moment"),
    Column("state", "状态", lambda row: row.course.get_state_display(), wrap=True),
    Column("result", "考勤", result_words, colour=lambda row: RESULT_COLOURS.get(row.mark_result or "", "gray")),
    Column("hours", "学时", "mark_hours", "decimal"),
    Column("score", "成绩", "mark_score", "decimal"),
)


def _tab(actor: Actor, person: Person) -> dict[str, Any]:
    """What somebody owes this year, and the classes that they took part in."""
    current = engagement_now(person)
    engagements = list(person.engagements.order_by("-span"))
    taken = [row for each in engagements for row in training_of(each)]
    first = replace(TAKEN[0], link=_page_of) if sees(actor, TRAINING) else TAKEN[0]
    owed = standing_of(current, today().year).owed if current else ()
    return {
        "year": today().year,
        "owed": table_of(OWED, owed, "本年度教育培训", empty="不在职。"),
        "taken": table_of((first, *TAKEN[1:]), taken, "参加的培训", empty="本系统没有参加培训的记录。"),
    }


TRAINING_TAB = Tab("trained", "培训", frozenset(map(str, OFFICER_ROLES)), "management/training/tab.html", _tab)
