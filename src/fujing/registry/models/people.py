"""People and their engagements. Facts that change are dated rows; periods are half-open: [from, until)."""

from __future__ import annotations

from datetime import date, timedelta

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.fields.ranges import RangeStartsWith
from django.db import models
from django.db.models import Func, Q

from fujing.kernel import cipher
from fujing.kernel.fields import BlindIndexField, EncryptedField
from fujing.kernel.history import tracked, tracked_in_bulk
from fujing.kernel.refusals import RAISED
from fujing.kernel.territory import PERSON, RowPolicy, within_territory
from fujing.registry.models.accounts import Account
from fujing.registry.models.imports import RosterImport
from fujing.registry.models.organs import Organ, Post
from fujing.registry.names import PinyinField
from fujing.registry.states import Category, ContractKind, Sex, Source


class Same(Func):
    """A number as a one-point range, so that exclusion constraints need no extension module."""

    function = "int8range"
    template = "%(function)s(%(expressions)s, %(expressions)s, '[]')"


class Person(models.Model):
    """Somebody who is or was an auxiliary of a managing organ. Two organs' records of one human never mix."""

    organ_code = models.BigIntegerField("管理机关")
    name = models.CharField("姓名", max_length=60)
    pinyin = PinyinField("拼音", source="name")
    initials = PinyinField("首字母", source="name", initials=True)
    sex = models.CharField("性别", max_length=6, choices=Sex)
    birth_date = models.DateField("出生日期")
    id_number = EncryptedField("公民身份号码")
    id_index = BlindIndexField(source="id_number")
    id_tail_index = BlindIndexField("身份号码后四位索引", source="id_number", last=4, context="person.id_tail")
    phone = EncryptedField("手机号", null=True, blank=True)
    phone_index = BlindIndexField("手机号索引", source="phone", context="person.phone", null=True)
    # Empty where a roster doesn't say it.
    education = models.CharField("学历", max_length=20, blank=True)
    major = models.CharField("专业", max_length=60, blank=True)
    household = models.CharField("户籍", max_length=100, blank=True)
    veteran = models.BooleanField("退役士兵", null=True)
    recorded_in = models.ForeignKey(
        RosterImport, models.PROTECT, null=True, blank=True, related_name="people", verbose_name="导入"
    )

    class Meta:
        verbose_name = verbose_name_plural = "人员"
        indexes = [
            models.Index(fields=["organ_code", "name"], name="person_name"),
            models.Index(fields=["organ_code", "pinyin"], name="person_pinyin"),
            models.Index(fields=["organ_code", "initials"], name="person_initials"),
            # The roster of a whole province in these orders.
            models.Index(fields=["pinyin", "id"], name="person_by_pinyin"),
            models.Index(fields=["birth_date", "id"], name="person_by_birth"),
            models.Index(fields=["education", "id"], name="person_by_education"),
            models.Index(fields=["id_tail_index", "organ_code"], name="person_id_tail"),
            models.Index(fields=["phone_index", "organ_code"], name="person_phone"),
        ]
        constraints = [
            within_territory("person"),
            RowPolicy(name="person_own", using=f"id = {PERSON}", command="SELECT"),
            models.UniqueConstraint(
                fields=["organ_code", "id_index"],
                name="person_once_in_organ",
                violation_error_message="该公民身份号码在本机关已有档案。",
            ),
        ]
        triggers = tracked_in_bulk("person")

    def __str__(self) -> str:
        return self.name


class Engagement(models.Model):
    """Employment of a person by one managing organ, from the first day until the day after the last (Article 5.p1)."""

    organ_code = models.BigIntegerField("管理机关")
    person = models.ForeignKey(Person, models.PROTECT, related_name="engagements", verbose_name="人员")
    identity_key = models.BigIntegerField("身份键", editable=False)
    # Empty only where a roster says neither of the two.
    category = models.CharField("类别", max_length=5, choices=Category, blank=True)
    source = models.CharField("来源", max_length=20, choices=Source)
    recorded_in = models.ForeignKey(
        RosterImport, models.PROTECT, null=True, blank=True, related_name="engagements", verbose_name="导入"
    )
    span = DateRangeField("在职期间")
    exit_kind = models.CharField("离职情形", max_length=30, blank=True)
    exit_note = models.CharField("离职说明", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "用工"
        indexes = [
            models.Index(fields=["organ_code", "category"], name="engagement_organ"),
            models.Index(
                RangeStartsWith("span"), "id", name="engagement_since", condition=Q(span__endswith__isnull=True)
            ),
        ]
        constraints = [
            within_territory("engagement"),
            RowPolicy(name="engagement_own", using=f"person_id = {PERSON}", command="SELECT"),
            # Holds across the whole province, whatever the acting officer may see.
            ExclusionConstraint(
                name="engagement_one_organ_at_a_time",
                expressions=[(Same("identity_key"), RangeOperators.OVERLAPS), ("span", RangeOperators.OVERLAPS)],
                violation_error_message="此人该期间已由一个公安机关管理，不能重复聘用（第五条第一款）。",
                violation_error_code="5.p1",
            ),
            models.CheckConstraint(
                name="engagement_exit_is_told",
                condition=Q(span__endswith__isnull=True, exit_kind="")
                | (Q(span__endswith__isnull=False) & ~Q(exit_kind=""))
                | Q(recorded_in__isnull=False, exit_kind=""),
                violation_error_message="离职应注明离职情形，在职不填。",
            ),
            models.CheckConstraint(
                name="engagement_category_known",
                condition=Q(category__in=["civil", "field"]) | Q(recorded_in__isnull=False, category=""),
                violation_error_message="人员应为文职或勤务之一。",
                violation_error_code="3.p2",
            ),
        ]
        triggers = [
            *tracked_in_bulk("engagement"),
            pgtrigger.Trigger(
                name="engagement_covers_assignments",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__span__df=pgtrigger.F("new__span")),
                func=f"""
                IF EXISTS (SELECT 1 FROM registry_assignment
                    WHERE engagement_id = NEW.id AND NOT span <@ NEW.span) THEN
                    RAISE EXCEPTION '岗位安排超出在职期间，应先结束岗位安排（第五条第一款）。'
                        USING ERRCODE = '{RAISED}', DETAIL = '5.p1';
                END IF;
                RETURN NEW;
                """,
            ),
        ]

    def clean(self) -> None:
        self.identity_key = cipher.identity_key(self.person.id_number)


class Assignment(models.Model):
    """Where an engaged person serves, on which post and under which police officer, one at a time (Article 5.p1)."""

    organ_code = models.BigIntegerField("管理机关")
    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="assignments", verbose_name="用工")
    person_id = models.BigIntegerField("人员", editable=False)
    unit = models.ForeignKey(Organ, models.PROTECT, verbose_name="用人单位")
    post = models.ForeignKey(Post, models.PROTECT, verbose_name="岗位")
    officer = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, verbose_name="责任民警")
    span = DateRangeField("期间")

    class Meta:
        verbose_name = verbose_name_plural = "岗位安排"
        indexes = [
            models.Index(fields=["unit"], name="assignment_unit"),
            models.Index(fields=["organ_code"], name="assignment_organ"),
        ]
        constraints = [
            within_territory("assignment"),
            RowPolicy(name="assignment_own", using=f"person_id = {PERSON}", command="SELECT"),
            ExclusionConstraint(
                name="assignment_one_at_a_time",
                expressions=[(Same("engagement_id"), RangeOperators.OVERLAPS), ("span", RangeOperators.OVERLAPS)],
                violation_error_message="同一时间只能有一个用人单位和岗位（第五条第一款）。",
                violation_error_code="5.p1",
            ),
            # A period of no day has no end either, and would pass for the present place.
            models.CheckConstraint(
                name="assignment_has_days",
                condition=Q(span__isempty=False),
                violation_error_message="岗位安排至少有一天（第五条第一款）。",
                violation_error_code="5.p1",
            ),
        ]
        triggers = [
            tracked("assignment"),
            pgtrigger.Trigger(
                name="assignment_category",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=f"""
                IF (SELECT category FROM registry_post WHERE id = NEW.post_id)
                   IS DISTINCT FROM (SELECT category FROM registry_engagement WHERE id = NEW.engagement_id) THEN
                    RAISE EXCEPTION '人员类别应与岗位类别一致（第三条第二款）。'
                        USING ERRCODE = '{RAISED}', DETAIL = '3.p2';
                END IF;
                RETURN NEW;
                """,
            ),
            # An assignment that outlived its engagement would overlap with the person's next one.
            pgtrigger.Trigger(
                name="assignment_within_engagement",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=f"""
                IF NOT EXISTS (SELECT 1 FROM registry_engagement
                    WHERE id = NEW.engagement_id AND NEW.span <@ span) THEN
                    RAISE EXCEPTION '岗位安排应在用工的在职期间之内（第五条第一款）。'
                        USING ERRCODE = '{RAISED}', DETAIL = '5.p1';
                END IF;
                RETURN NEW;
                """,
            ),
        ]

    def clean(self) -> None:
        self.person_id = self.engagement.person_id


class Contract(models.Model):
    """A labour contract (Articles 22 and 39). The term is half-open; `probation_until` is the day after probation."""

    organ_code = models.BigIntegerField("签订机关")
    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="contracts", verbose_name="用工")
    person_id = models.BigIntegerField("人员", editable=False)
    number = models.CharField("合同编号", max_length=40, unique=True)
    kind = models.CharField("类型", max_length=10, choices=ContractKind)
    sequence = models.PositiveSmallIntegerField("第几次")
    signed_on = models.DateField("签订日期")
    signer = models.CharField("签订方", max_length=100)
    span = DateRangeField("合同期间")
    term_months = models.PositiveSmallIntegerField("期限（月）", null=True, blank=True)
    probation_months = models.PositiveSmallIntegerField("试用期（月）", default=0)
    probation_until = models.DateField("试用期终止", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "劳动合同"
        indexes = [models.Index(fields=["organ_code"], name="contract_organ")]
        constraints = [
            within_territory("contract"),
            RowPolicy(name="contract_own", using=f"person_id = {PERSON}", command="SELECT"),
            ExclusionConstraint(
                name="contract_one_at_a_time",
                expressions=[(Same("engagement_id"), RangeOperators.OVERLAPS), ("span", RangeOperators.OVERLAPS)],
                violation_error_message="同一期间只能有一份劳动合同（第三十九条）。",
                violation_error_code="39",
            ),
            models.UniqueConstraint(
                fields=["engagement"],
                condition=Q(probation_months__gt=0),
                name="contract_one_probation",
                violation_error_message="同一用人单位与同一劳动者只能约定一次试用期（第二十二条）。",
                violation_error_code="22",
            ),
            # Labour Contract Law, Article 19: limits by term. Open-ended contracts have no term.
            models.CheckConstraint(
                name="contract_probation_within_law",
                condition=Q(probation_months=0)
                | Q(term_months__gte=3, term_months__lt=12, probation_months__lte=1)
                | Q(term_months__gte=12, term_months__lt=36, probation_months__lte=2)
                | Q(term_months__gte=36, probation_months__lte=6)
                | Q(kind="open_ended", probation_months__lte=6),
                violation_error_message="试用期超过《劳动合同法》第十九条的上限（第二十二条）。",
                violation_error_code="22",
            ),
            models.CheckConstraint(
                name="contract_term_by_kind",
                condition=Q(kind="fixed", term_months__isnull=False) | Q(kind="open_ended", term_months__isnull=True),
                violation_error_message="固定期限合同应写明期限，无固定期限合同不写。",
                violation_error_code="39",
            ),
        ]
        triggers = [tracked("contract")]

    def clean(self) -> None:
        self.person_id = self.engagement.person_id

    @property
    def probation_last_day(self) -> date | None:
        """The last day of the probation, inclusive; None without one."""
        return self.probation_until - timedelta(days=1) if self.probation_until else None
