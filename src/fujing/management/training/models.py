"""What a year asks, classes, who takes part in them, and their attendance (Article 24)."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from fujing.kernel.checks import Checked
from fujing.kernel.history import tracked
from fujing.kernel.signatures import Mark, account_of, changes, signed
from fujing.kernel.territory import PERSON, RowPolicy, within_territory
from fujing.law.training.kinds import KINDS, RESULTS
from fujing.management.training.gates import (
    ATTENDANCE_STAYS,
    COURSE_STAYS,
    COURSE_WHOLE,
    ENROLMENT_OPEN,
    REQUIREMENT_STAYS,
    SIGNED_IN_THERE,
)
from fujing.management.training.states import COURSE, KIND_CHOICES, RESULT_CHOICES, CourseState
from fujing.registry.models import Engagement
from fujing.registry.models.people import Same
from fujing.registry.states import Category


class Between(Func):
    """Two moments as the time between them, the later one not included."""

    function = "tstzrange"
    output_field = DateTimeRangeField()


class Requirement(Checked):
    """What a bureau asks of everybody in a year: hours each of a kind.

    `newcomers`: whether also of those who began within the year; empty where the plan doesn't say so. A 专项培训 has its
    `topic`, and is asked of a category and of a post; empty: of all.
    """

    organ_code = models.BigIntegerField("管理机关")
    year = models.PositiveSmallIntegerField("年度")
    kind = models.CharField("种类", max_length=12, choices=KIND_CHOICES)
    topic = models.CharField("专项名称", max_length=60, blank=True)
    category = models.CharField("人员类别", max_length=5, choices=Category, blank=True)
    post = models.CharField("岗位", max_length=60, blank=True)
    hours = models.DecimalField("学时", max_digits=5, decimal_places=1)
    newcomers = models.BooleanField("年中入职的当年参加", null=True, blank=True)
    basis = models.CharField("依据", max_length=200)
    made_by = models.CharField("登记人", max_length=100)
    made_by_id = account_of("登记人")
    made_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "年度培训要求"
        constraints = [
            within_territory("training_requirement"),
            models.UniqueConstraint(
                fields=["organ_code", "year", "kind", "topic"],
                name="requirement_once",
                violation_error_message="本年度这一种类已经登记要求，可以修改。",
                violation_error_code="24",
            ),
            models.CheckConstraint(
                name="requirement_kind_known",
                condition=Q(kind__in=list(KINDS)),
                violation_error_message="种类应为四项教育、岗前培训、年度培训或者专项培训之一（第二十四条）。",
                violation_error_code="24",
            ),
            models.CheckConstraint(
                name="requirement_topic_of_special",
                condition=Q(kind="special", topic__regex=r"\S")
                | (~Q(kind="special") & Q(topic="", category="", post="")),
                violation_error_message="专项培训应写明名称；其他种类对全体人员要求，不写专项名称、类别和岗位。",
                violation_error_code="24",
            ),
            models.CheckConstraint(
                name="requirement_hours_sensible",
                condition=Q(hours__gt=0, hours__lte=1000),
                violation_error_message="学时应大于0，不超过1000。",
                violation_error_code="24",
            ),
            models.CheckConstraint(
                name="requirement_has_basis",
                condition=Q(basis__regex=r"\S"),
                violation_error_message="应写明依据的文件或者计划。",
                violation_error_code="24",
            ),
        ]
        triggers = [
            tracked("training_requirement"),
            signed("training_requirement", Mark("made_by", changes("hours", "newcomers", "category", "post", "basis"))),
            REQUIREMENT_STAYS,
        ]


class Course(Checked):
    """One class (培训班) from `starts_at` to `ends_at`, for so many hours of one kind.

    `pass_mark` is the least score that passes, where there is an exam. `capacity`: empty for no limit.
    """

    organ_code = models.BigIntegerField("管理机关")
    kind = models.CharField("种类", max_length=12, choices=KIND_CHOICES)
    topic = models.CharField("专项名称", max_length=60, blank=True)
    title = models.CharField("名称", max_length=80)
    subjects = models.CharField("课程内容", max_length=500)
    hours = models.DecimalField("学时", max_digits=5, decimal_places=1)
    lecturer = models.CharField("授课人", max_length=60)
    place = models.CharField("地点", max_length=100)
    starts_at = models.DateTimeField("开始时间")
    ends_at = models.DateTimeField("结束时间")
    capacity = models.PositiveIntegerField("名额", null=True, blank=True)
    exam = models.BooleanField("有考试", default=False)
    pass_mark = models.DecimalField("合格分数", max_digits=5, decimal_places=1, null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=CourseState, default=CourseState.DRAFTED)
    cancelled_why = models.CharField("取消原因", max_length=300, blank=True)
    made_by = models.CharField("经办人", max_length=100)
    made_by_id = account_of("经办人")
    confirmed_by = models.CharField("确认人", max_length=100, blank=True)
    confirmed_by_id = account_of("确认人")
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)
    made_at = models.DateTimeField("草拟时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "培训班"
        indexes = [models.Index(fields=["organ_code", "starts_at"], name="course_by_time")]
        constraints = [
            within_territory("training_course"),
            RowPolicy(
                name="training_course_own",
                using="EXISTS (SELECT 1 FROM training_enrolment e WHERE e.course_id = training_course.id"
                f" AND e.person_id = {PERSON})",
                command="SELECT",
            ),
            models.CheckConstraint(
                name="course_kind_known",
                condition=Q(kind__in=list(KINDS)),
                violation_error_message="种类应为四项教育、岗前培训、年度培训或者专项培训之一（第二十四条）。",
                violation_error_code="24",
            ),
            models.CheckConstraint(
                name="course_topic_of_special",
                condition=Q(kind="special", topic__regex=r"\S") | (~Q(kind="special") & Q(topic="")),
                violation_error_message="专项培训应写明名称，其他种类不写。",
                violation_error_code="24",
            ),
            models.CheckConstraint(
                name="course_hours_sensible",
                condition=Q(hours__gt=0, hours__lte=1000),
                violation_error_message="学时应大于0，不超过1000。",
                violation_error_code="24",
            ),
            models.CheckConstraint(
                name="course_in_order",
                condition=Q(starts_at__lt=F("ends_at")),
                violation_error_message="结束时间应晚于开始时间。",
            ),
            models.CheckConstraint(
                name="course_has_places",
                condition=Q(capacity__isnull=True) | Q(capacity__gt=0),
                violation_error_message="名额至少为一人，不限的不填。",
            ),
            models.CheckConstraint(
                name="course_exam_has_mark",
                condition=Q(exam=True, pass_mark__isnull=False, pass_mark__gt=0)
                | Q(exam=False, pass_mark__isnull=True),
                violation_error_message="有考试的应写明合格分数，没有考试的不写。",
                violation_error_code="24",
            ),
            models.CheckConstraint(
                name="course_cancelled_for_a_reason",
                condition=~Q(state="cancelled") | Q(cancelled_why__regex=r"\S"),
                violation_error_message="取消培训应写明原因。",
                violation_error_code="24",
            ),
            models.CheckConstraint(
                name="course_confirmed_by_somebody",
                condition=Q(state="confirmed", confirmed_at__isnull=False, confirmed_by__regex=r"\S")
                | (~Q(state="confirmed") & Q(confirmed_at__isnull=True, confirmed_by="")),
                violation_error_message="确认应写明何人、何时。",
                violation_error_code="24",
            ),
        ]
        triggers = [
            tracked("training_course"),
            signed(
                "training_course",
                Mark("made_by"),
                Mark("confirmed_by", f"{changes('state')} AND NEW.state = 'confirmed'"),
            ),
            COURSE.trigger(),
            COURSE_STAYS,
            COURSE_WHOLE,
        ]


class Enrolment(Checked):
    """Somebody takes part in a class, whose time it carries; `active` until they are taken out of it."""

    organ_code = models.BigIntegerField("管理机关")
    course = models.ForeignKey(Course, models.PROTECT, related_name="enrolments", verbose_name="培训班")
    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="enrolments", verbose_name="用工")
    person_id = models.BigIntegerField("人员", editable=False)
    starts_at = models.DateTimeField("开始时间", editable=False)
    ends_at = models.DateTimeField("结束时间", editable=False)
    active = models.BooleanField("参加", default=True)
    withdrawn_why = models.CharField("退出原因", max_length=200, blank=True)
    made_by = models.CharField("报名登记人", max_length=100)
    made_by_id = account_of("报名登记人")

    class Meta:
        verbose_name = verbose_name_plural = "培训报名"
        indexes = [models.Index(fields=["organ_code", "starts_at"], name="enrolment_by_time")]
        constraints = [
            within_territory("training_enrolment"),
            RowPolicy(name="training_enrolment_own", using=f"person_id = {PERSON}", command="SELECT"),
            models.UniqueConstraint(
                fields=["course", "engagement"],
                name="enrolment_once",
                violation_error_message="同一人在一个培训班只能报名一次。",
                violation_error_code="24",
            ),
            ExclusionConstraint(
                name="enrolment_one_at_a_time",
                expressions=[
                    (Same("engagement_id"), RangeOperators.OVERLAPS),
                    (Between("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
                condition=Q(active=True),
                violation_error_message="同一人不能同时参加两个培训班。",
                violation_error_code="24",
            ),
            models.CheckConstraint(
                name="enrolment_withdrawn_for_a_reason",
                condition=Q(active=True, withdrawn_why="") | Q(active=False, withdrawn_why__regex=r"\S"),
                violation_error_message="退出培训应写明原因。",
                violation_error_code="24",
            ),
        ]
        triggers = [
            tracked("training_enrolment"),
            signed("training_enrolment", Mark("made_by", changes("active"))),
            ENROLMENT_OPEN,
        ]

    def clean(self) -> None:
        self.person_id = self.engagement.person_id
        self.starts_at, self.ends_at = self.course.starts_at, self.course.ends_at


class Attendance(Checked):
    """Whether somebody came, for how many hours, and their score in the exam.

    Once the class is confirmed, a row `corrects` the one before it with a reason; the last one `stands`.
    """

    organ_code = models.BigIntegerField("管理机关")
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="attendances", verbose_name="报名")
    person_id = models.BigIntegerField("人员", editable=False)
    result = models.CharField("考勤", max_length=8, choices=RESULT_CHOICES)
    hours = models.DecimalField("学时", max_digits=5, decimal_places=1)
    absent_why = models.CharField("缺席原因", max_length=200, blank=True)
    score = models.DecimalField("成绩", max_digits=5, decimal_places=1, null=True, blank=True)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by", verbose_name="更正"
    )
    corrected_why = models.CharField("更正原因", max_length=300, blank=True)
    stands = models.BooleanField("有效", default=True, editable=False)
    recorded_by = models.CharField("登记人", max_length=100)
    recorded_by_id = account_of("登记人")
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "培训考勤"
        constraints = [
            within_territory("training_attendance"),
            RowPolicy(name="training_attendance_own", using=f"person_id = {PERSON}", command="SELECT"),
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=Q(stands=True),
                name="attendance_once",
                violation_error_message="此人的考勤已经登记。",
                violation_error_code="24",
            ),
            models.CheckConstraint(
                name="attendance_result_known",
                condition=Q(result__in=list(RESULTS)),
                violation_error_message="考勤应为到课、迟到或者缺席。",
                violation_error_code="24",
            ),
            models.CheckConstraint(
                name="attendance_hours_by_result",
                condition=Q(result="absent", hours=0, score__isnull=True) | (~Q(result="absent") & Q(hours__gt=0)),
                violation_error_message="到课、迟到的应有学时；缺席的没有学时和成绩。",
                violation_error_code="24",
            ),
            models.CheckConstraint(
                name="attendance_absence_explained",
                condition=Q(result="absent", absent_why__regex=r"\S") | (~Q(result="absent") & Q(absent_why="")),
                violation_error_message="缺席应写明原因。",
                violation_error_code="24",
            ),
            models.CheckConstraint(
                name="attendance_score_in_range",
                condition=Q(score__isnull=True) | Q(score__gte=0, score__lte=1000),
                violation_error_message="成绩应在0至1000之间。",
                violation_error_code="24",
            ),
            models.CheckConstraint(
                name="attendance_corrected_for_a_reason",
                condition=Q(corrects__isnull=True, corrected_why="")
                | Q(corrects__isnull=False, corrected_why__regex=r"\S"),
                violation_error_message="更正已确认的考勤应写明原因。",
                violation_error_code="24",
            ),
        ]
        triggers = [
            tracked("training_attendance"),
            signed("training_attendance", Mark("recorded_by", changes("result", "hours", "absent_why", "score"))),
            ATTENDANCE_STAYS,
        ]

    def clean(self) -> None:
        self.person_id = self.enrolment.person_id


class SignIn(Checked):
    """Somebody signed in to a class on a phone, which is known by a digest; kept as it was made."""

    organ_code = models.BigIntegerField("管理机关")
    course = models.ForeignKey(Course, models.PROTECT, related_name="sign_ins", verbose_name="培训班")
    enrolment = models.OneToOneField(Enrolment, models.PROTECT, related_name="sign_in", verbose_name="报名")
    person_id = models.BigIntegerField("人员", editable=False)
    device = models.BinaryField("手机的摘要", max_length=32)
    at = models.DateTimeField("签到时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "培训签到"
        constraints = [
            within_territory("training_signin"),
            RowPolicy(name="training_signin_own", using=f"person_id = {PERSON}", command="SELECT"),
            models.UniqueConstraint(
                fields=["course", "device"],
                name="sign_in_one_person_a_phone",
                violation_error_message="这部手机已经为别人签到。请用自己的手机，没有手机的由授课人登记。",
                violation_error_code="24",
            ),
        ]
        triggers = [tracked("training_signin"), SIGNED_IN_THERE]

    def clean(self) -> None:
        self.person_id = self.enrolment.person_id
