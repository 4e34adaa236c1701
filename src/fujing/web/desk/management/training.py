"""培训: the year's classes, one class with who takes part, and their attendance."""

from __future__ import annotations

from typing import Any

import segno
from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime
from django.views.decorators.cache import never_cache

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.numbers import bare
from fujing.kernel.transitions import Transition
from fujing.law.training.kinds import KINDS, RESULTS, SPECIAL
from fujing.management.training.attendance import SHEET, attendance_import, sheet_read, sheet_rows
from fujing.management.training.models import Course, Enrolment
from fujing.management.training.policies import can_plan_training, can_plan_trainings
from fujing.management.training.queries import FIRST_YEAR, course_for, courses_for, enrolments_of, requirements_of
from fujing.management.training.services import (
    course_cancel,
    course_confirm,
    course_draft,
    course_end,
    course_move,
    course_publish,
    unconfirmable,
)
from fujing.management.training.signing_in import code_at, is_open, seconds_left, signed_in
from fujing.management.training.states import COURSE, HELD, CourseState
from fujing.web import values
from fujing.web.acts import Deed, Deeds, Touched, act_context, perform, take
from fujing.web.audience import LEADERS, TRAINERS
from fujing.web.choices import Suggesting, suggest
from fujing.web.columns import Column, table_of
from fujing.web.desk.common import of_own_bureau, state_column, timeline_of
from fujing.web.desk.moments import MomentField
from fujing.web.doors import door
from fujing.web.form_pages import form_page
from fujing.web.lists import filter_links, list_of, list_response, narrowed, paged, year_links
from fujing.web.numbers import NumberField
from fujing.web.requests import Request
from fujing.web.sheets import excel_template, faults_of, paper_kind, table_paper

TRAINING = TRAINERS | LEADERS
YEARS_BACK = 3


class PlaceForm(forms.Form):
    """What may still change of a class that is published."""

    title = forms.CharField(label="名称", max_length=80)
    subjects = forms.CharField(label="课程内容", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    lecturer = forms.CharField(label="授课人", max_length=60)
    place = forms.CharField(label="地点", max_length=100)
    starts_at = MomentField(label="开始时间")
    ends_at = MomentField(label="结束时间")
    capacity = forms.IntegerField(label="名额", min_value=1, max_value=10_000, required=False, help_text="不限的不填")
    units = {"capacity": "人"}


class CourseForm(PlaceForm):
    """A class as it is planned."""

    field_order = ("kind", "topic", "title", "subjects", "hours")
    kind = forms.ChoiceField(label="种类", choices=list(KINDS.items()))
    topic = forms.CharField(
        label="专项名称",
        max_length=60,
        required=False,
        widget=Suggesting,
        help_text="专项培训填写，与年度要求中的名称一致",
    )
    hours = NumberField(label="学时", min_value=0.5, max_value=1000, max_digits=5, decimal_places=1)
    pass_mark = NumberField(
        label="合格分数",
        min_value=1,
        max_value=1000,
        max_digits=5,
        decimal_places=1,
        required=False,
        help_text="有考试的填写；没有考试的不填",
    )
    units = {"capacity": "人", "hours": "学时", "pass_mark": "分"}
    provisions = {"kind": ("24",)}


class SheetForm(forms.Form):
    upload = forms.FileField(label="考勤表", help_text="下载的 Excel 填写后上传；没有填考勤的行不变")


def kind_of(row: Any) -> str:
    """The kind of a class or requirement with its topic."""
    return f"{KINDS[row.kind]}（{row.topic}）" if row.topic else KINDS[row.kind]


def year_of(request: Request) -> int:
    """The year that the address asks for; this one without."""
    return values.number(request.GET, "year", today().year, least=FIRST_YEAR, most=today().year + 1)


def years_offered() -> range:
    """The years that may be chosen, the next one first."""
    this = today().year
    return range(this + 1, max(FIRST_YEAR, this - YEARS_BACK) - 1, -1)


COURSES = (
    Column("title", "名称", wrap=True, link=lambda row: reverse("desk:course", args=[row.pk])),
    Column("kind", "种类", kind_of, wrap=True),
    state_column(),
    Column("starts_at", "开始", kind="moment", sort="starts_at"),
    Column("hours", "学时", kind="decimal"),
    Column("place", "地点", wrap=True, phone="folded"),
    Column("lecturer", "授课人"),
    Column("enrolled", "报名", lambda row: row.enrolled or 0, "integer", unit="人"),
    Column("capacity", "名额", kind="integer", empty="不限"),
)


@door(*TRAINING)
def courses(request: Request) -> HttpResponse:
    """The classes of the own bureau in a year, by step and kind."""
    actor, year = request.actor, year_of(request)
    kind = values.choice(request.GET, "kind", KINDS)
    found, states = narrowed(request, courses_for(actor, year), "state", CourseState.choices)
    links = [
        year_links(request, years_offered(), year),
        ("状态", states),
        ("种类", filter_links(request, "kind", list(KINDS.items()))),
    ]
    found = found.filter(kind=kind) if kind else found
    context = list_of(request, COURSES, found, "培训班", filters=links, empty=f"{year}年还没有培训班。")
    context["summary"] = f"{year}年本机关的培训班"
    context["may_plan"] = can_plan_trainings(actor)
    return list_response(request, context, "management/training/courses.html")


@door(*TRAINERS)
def course_new(request: Request) -> HttpResponse:
    """Plan a class."""
    actor = request.actor
    kind = values.choice(request.GET, "kind", KINDS, "political")
    form = CourseForm(values.sent(request), initial={"kind": kind, "topic": values.words(request.GET, "topic")})
    return _edited(request, actor, form, None)


@door(*TRAINERS)
def course_edit(request: Request, pk: int) -> HttpResponse:
    """Change a draft, or put a published class elsewhere."""
    actor = request.actor
    row = course_for(actor, pk)
    kind = CourseForm if row.state == CourseState.DRAFTED else PlaceForm
    start = {name: getattr(row, name) for name in kind.base_fields}
    start |= {name: localtime(start[name]) for name in ("starts_at", "ends_at")}
    return _edited(request, actor, kind(values.sent(request), initial=start), row)


def _edited(request: Request, actor: Actor, form: forms.Form, row: Course | None) -> HttpResponse:
    if "topic" in form.fields:
        asked = requirements_of(actor.organ_code or 0, today().year).filter(kind=SPECIAL)
        suggest(form, topic=asked.values_list("topic", flat=True))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if row is not None and not isinstance(form, CourseForm):
            done = perform(request, lambda: course_move(actor=actor, course=row, **data), form)
        else:
            done = perform(request, lambda: course_draft(actor=actor, course=row, **data), form)
        if done:
            messages.success(request, "已保存。")
            return redirect("desk:course", done.pk)
    return form_page(
        request,
        form,
        title=f"修改“{row.title}”" if row else "草拟培训班",
        intro="发布以后，种类、学时和考试不再改动" if isinstance(form, CourseForm) else "已报名的人员随之改期",
        back=reverse("desk:course", args=[row.pk]) if row else reverse("desk:courses"),
    )


def _taking_part(row: Course) -> Touched:
    return Touched(f"{row.enrolled or 0} 名参加培训的人员。")  # type: ignore[attr-defined]


def _why_not(actor: Actor, row: Course, move: Transition) -> str:
    """What is missing, and which moment has not come."""
    if move.verb == "end" and not row.enrolled:  # type: ignore[attr-defined]
        return "还没有人报名，不能登记考勤。"
    return unconfirmable(row, actor) if move.verb == "confirm" else ""


DEEDS = Deeds(
    COURSE,
    {
        "publish": Deed(lambda actor, row, data: course_publish(actor=actor, course=row)),
        "end": Deed(lambda actor, row, data: course_end(actor=actor, course=row), None, _taking_part),
        "confirm": Deed(lambda actor, row, data: course_confirm(actor=actor, course=row), None, _taking_part),
        "cancel": Deed(lambda actor, row, data: course_cancel(actor=actor, course=row, **data), None, _taking_part),
    },
    whose=of_own_bureau,
    why_not=_why_not,
)


def _page_of(row: Enrolment) -> str:
    return reverse("desk:enrolment", args=[row.pk])


def result_words(row: Any) -> str:
    """What was recorded of somebody, in a word."""
    return RESULTS.get(row.mark_result or "", "未登记")


RESULT_COLOURS = {"present": "green", "late": "amber", "absent": "red"}
PEOPLE = (
    Column("name", "姓名", "engagement.person.name", link=_page_of),
    Column(
        "result",
        "考勤",
        result_words,
        colour=lambda row: RESULT_COLOURS.get(row.mark_result or "", "gray"),
        phone="brief",
    ),
    Column("hours", "学时", "mark_hours", "decimal"),
    Column("score", "成绩", "mark_score", "decimal"),
    Column("why", "缺席或者更正原因", lambda row: row.mark_corrected_why or row.mark_absent_why, wrap=True),
    Column("by", "登记人", "mark_recorded_by"),
)
SIGNED = (
    *(Column(key, label, lambda row: "") for key, label in (("in", "签到"), ("out", "签退"))),
    Column("result", "考勤", lambda row: RESULTS.get(row.mark_result or "", "")),
    Column("hours", "学时", "mark_hours", "decimal"),
)


def _columns(row: Course) -> tuple[Column, ...]:
    """What is shown of those who take part: attendance once there is any, the score where there is an exam."""
    wanted = {"name"} if row.state not in HELD else {each.key for each in PEOPLE} - (set() if row.exam else {"score"})
    return tuple(each for each in PEOPLE if each.key in wanted)


@door(*TRAINING)
def course(request: Request, pk: int) -> HttpResponse:
    actor = request.actor
    row = course_for(actor, pk)
    back = reverse("desk:course", args=[pk])
    if "verb" in request.POST:
        return take(request, actor, row, DEEDS, back=back, subject=f"培训班“{row.title}”")
    people, pager = paged(request, enrolments_of(row))
    plans = can_plan_training(actor, row.organ_code)
    context = {
        "title": row.title,
        "row": row,
        "facts": _facts(row),
        "people": table_of(_columns(row), people, "参加培训的人员", empty="还没有人报名。"),
        "may_edit": plans and row.state in (CourseState.DRAFTED, CourseState.PUBLISHED),
        "may_enrol": plans and row.state == CourseState.PUBLISHED,
        "may_mark": plans and row.state == CourseState.ENDED,
        "may_sign_in": plans and is_open(row, timezone.now()),
        "may_print": row.state not in (CourseState.DRAFTED, CourseState.CANCELLED),
        "timeline": timeline_of([row]),
        **pager,
        **act_context(actor, row, DEEDS),
    }
    return render(request, "management/training/course.html", context)


def _facts(row: Course) -> list[tuple[str, str]]:
    """What a class is about, when, where and by whom."""
    moments = [f"{localtime(moment):%Y-%m-%d %H:%M}" for moment in (row.starts_at, row.ends_at)]
    said = [
        ("种类", kind_of(row)),
        ("课程内容", row.subjects),
        ("学时", bare(row.hours)),
        ("考试", f"{bare(row.pass_mark)} 分合格" if row.pass_mark is not None else "没有考试"),
        ("时间", " 至 ".join(moments)),
        ("地点", row.place),
        ("授课人", row.lecturer),
        ("名额", f"{row.capacity} 人" if row.capacity else "不限"),
        ("已报名", f"{row.enrolled or 0} 人"),  # type: ignore[attr-defined]
        ("经办、确认", "、".join(filter(None, (row.made_by, row.confirmed_by)))),
        ("取消原因", row.cancelled_why),
    ]
    return [(label, value) for label, value in said if value]


@door(*TRAINING)
def course_paper(request: Request, pk: int) -> HttpResponse:
    """The list to be signed at the class, or with the attendance that was recorded, as a paper."""
    row = course_for(request.actor, pk)
    table = table_of((PEOPLE[0], *SIGNED), list(enrolments_of(row)), "签到考勤表")
    said = "　".join(
        f"{label}：{value}" for label, value in _facts(row) if label in ("种类", "学时", "时间", "地点", "授课人")
    )
    return table_paper(f"{row.title}签到考勤表", table, said, ("授课人", "登记人", "确认人"), paper_kind(request))


@door(*TRAINERS)
@never_cache
def course_code(request: Request, pk: int) -> HttpResponse:
    """The code on the screen of the class; the page comes again by itself when it changes."""
    row, now = course_for(request.actor, pk), timezone.now()
    code = code_at(row, now) if is_open(row, now) else ""
    address = request.build_absolute_uri(f"{reverse('me:course_sign_in', args=[pk])}?code={code}")
    context = {
        "title": f"签到：{row.title}",
        "row": row,
        "code": code,
        "picture": segno.make(address, error="m").svg_inline(scale=7) if code else "",
        "signed": len(signed_in(row)),
    }
    response = render(request, "management/training/code.html", context)
    if code:
        response.headers["Refresh"] = str(seconds_left(now))
    return response


@door(*TRAINERS)
def course_sheet(request: Request, pk: int) -> HttpResponse:
    """The sheet for attendance and scores, to be filled in."""
    row = course_for(request.actor, pk)
    return excel_template(f"{row.title}考勤", SHEET, sheet_rows(row))


@door(*TRAINERS)
def course_import(request: Request, pk: int) -> HttpResponse:
    """Attendance and scores from a sheet: every fault at once, nothing written then."""
    actor = request.actor
    row = course_for(actor, pk)
    form, faults = SheetForm(values.sent(request), request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        table = perform(
            request, lambda: sheet_read(actor=actor, course=row, upload=form.cleaned_data["upload"]), form, writes=False
        )
        faults = faults_of(table) if table else None
        if table is not None and faults is None:
            changed = perform(request, lambda: attendance_import(actor=actor, course=row, table=table), form)
            if changed is not None:
                messages.success(request, f"已登记 {changed} 人的考勤。")
                return redirect("desk:course", pk)
    context = {"title": f"按表登记考勤：{row.title}", "row": row, "form": form, "faults": faults}
    failed = bool(form.errors or faults)
    return render(request, "management/training/import.html", context, status=422 if failed else 200)
