"""Plans, their lines, the decisions on the way, and the slots that an approved plan gives."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q

from fujing.kernel.approvals import (
    Answer,
    Authored,
    Request,
    answer_constraints,
    answer_triggers,
    authors_stay,
    only_by_answer,
)
from fujing.kernel.checks import Checked
from fujing.kernel.history import append_only, tracked
from fujing.kernel.refusals import RAISED
from fujing.kernel.signatures import Mark, changes, signed
from fujing.kernel.territory import ORGAN, RowPolicy, within_territory
from fujing.recruitment.plans.states import PLAN, STEPS, TASK, PlanState
from fujing.registry.models import Engagement
from fujing.registry.states import Category, Level


def asked(name: str, plan: str) -> RowPolicy:
    """A partner reads the plans on which its organ's turn has come, then and afterwards, and nothing else."""
    return RowPolicy(
        name=f"{name}_asked",
        using=f"EXISTS (SELECT 1 FROM plans_plantask task WHERE task.plan_id = {plan}"
        f" AND task.assigned_organ = {ORGAN} AND task.asked_at IS NOT NULL)",
        command="SELECT",
    )


class HeadcountPlan(Authored):
    """One year's plan of one bureau; an amendment is a new version that supersedes this one."""

    organ_code = models.BigIntegerField("机关")
    level = models.CharField("级别", max_length=10, choices=Level)
    year = models.PositiveSmallIntegerField("年度")
    version = models.PositiveSmallIntegerField("版本", default=1)
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="amendments", verbose_name="前一版本"
    )
    reason = models.TextField("理由")
    state = models.CharField("状态", max_length=20, choices=PlanState, default=PlanState.DRAFT)
    number = models.CharField("批准文号", max_length=60, blank=True)
    proposed_by = models.CharField("拟定人", max_length=100)
    proposed_by_id = models.BigIntegerField("拟定账号")
    consented_on = models.DateField("上级同意日期", null=True, blank=True)
    reviewed_on = models.DateField("编制审核日期", null=True, blank=True)
    funded_on = models.DateField("财政审核日期", null=True, blank=True)
    approved_on = models.DateField("批准日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "用人计划"
        constraints = [
            within_territory("plan"),
            asked("plan", "plans_headcountplan.id"),
            models.UniqueConstraint(
                fields=["organ_code", "year", "version"],
                name="plan_version_once",
                violation_error_message="本年度该版本的用人计划已存在。",
            ),
            models.CheckConstraint(
                name="plan_consented_first",
                condition=Q(state__in=["draft", "consent", "returned", "refused", "withdrawn"])
                | Q(level="province")
                | Q(consented_on__isnull=False),
                violation_error_message="市（州）、县（市、区）用人计划应先报上一级公安机关同意（第十六条第二款）。",
                violation_error_code="16.p2",
            ),
            models.CheckConstraint(
                name="plan_approved_after_reviews",
                condition=~Q(state__in=["approved", "superseded"])
                | (Q(reviewed_on__isnull=False, funded_on__isnull=False, approved_on__isnull=False) & ~Q(number="")),
                violation_error_message="用人计划批准前应经机构编制和财政部门审核，并有批准文号（第十六条）。",
                violation_error_code="16.p1 16.p2",
            ),
        ]
        triggers = [
            tracked("plan"),
            signed("plan", Mark("proposed_by")),
            PLAN.trigger(),
            authors_stay("plan", thing="计划", provision="16.p2", first="proposed_by_id"),
            only_by_answer("plan", answers="plans_plantask", key="plan_id", states=STEPS, step="step"),
        ]

    def __str__(self) -> str:
        return f"{self.year}年用人计划第{self.version}版{f'（{self.number}）' if self.number else ''}"

    @property
    def total(self) -> int:
        """Persons over all lines."""
        return sum(line.count for line in self.lines.all())


class PlanLine(Checked):
    """So many persons for one kind of post."""

    organ_code = models.BigIntegerField("机关")
    plan = models.ForeignKey(HeadcountPlan, models.CASCADE, related_name="lines", verbose_name="用人计划")
    post_name = models.CharField("岗位", max_length=80)
    category = models.CharField("类别", max_length=5, choices=Category)
    count = models.PositiveIntegerField("人数")
    reason = models.CharField("用人理由", max_length=300)
    yearly_cost = models.DecimalField("年度经费（元）", max_digits=14, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "计划岗位"
        constraints = [
            within_territory("plan_line"),
            asked("plan_line", "plans_planline.plan_id"),
            models.CheckConstraint(
                name="plan_line_some", condition=Q(count__gt=0), violation_error_message="计划人数应为正整数。"
            ),
            models.UniqueConstraint(
                fields=["plan", "post_name", "category"],
                name="plan_line_once",
                violation_error_message="同一计划内岗位重复。",
            ),
        ]
        triggers = [
            tracked("plan_line"),
            # What was consented and reviewed is what is approved: only a draft's lines change.
            pgtrigger.Trigger(
                name="plan_line_only_in_draft",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=f"""
                IF EXISTS (SELECT 1 FROM plans_headcountplan plan
                    WHERE plan.id IN (NEW.plan_id, OLD.plan_id) AND plan.state <> 'draft') THEN
                    RAISE EXCEPTION '计划报送后，岗位和人数不得更改（第十六条第二款）。'
                        USING ERRCODE = '{RAISED}', DETAIL = '16.p2';
                END IF;
                RETURN coalesce(NEW, OLD);
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_name}（{self.get_category_display()}，{self.count} 人）"


class PlanRequest(Request):
    """What was sent up in one round, frozen: the request for approval is printed from it."""

    organ_code = models.BigIntegerField("机关")
    plan = models.ForeignKey(HeadcountPlan, models.PROTECT, related_name="requests", verbose_name="用人计划")

    class Meta:
        verbose_name = verbose_name_plural = "用人计划报批件"
        constraints = [
            within_territory("plan_request"),
            asked("plan_request", "plans_planrequest.plan_id"),
            models.UniqueConstraint(
                fields=["plan", "round"], name="plan_request_once", violation_error_message="本次报送的报批件已生成。"
            ),
        ]
        triggers = [append_only("plan_request"), signed("plan_request", Mark("sent_by"))]

    def __str__(self) -> str:
        return f"第{self.round}次报送的报批件"


class PlanTask(Answer):
    """What one organ is asked about a plan, and what it answered; a paper answer says so forever."""

    organ_code = models.BigIntegerField("机关")
    plan = models.ForeignKey(HeadcountPlan, models.CASCADE, related_name="tasks", verbose_name="用人计划")
    step = models.CharField("环节", max_length=20, choices=PlanState)

    class Meta:
        verbose_name = verbose_name_plural = "计划审批"
        constraints = [
            within_territory("plan_task"),
            RowPolicy(
                name="plan_task_mine", using=f"assigned_organ = {ORGAN} AND asked_at IS NOT NULL", command="SELECT"
            ),
            models.UniqueConstraint(
                fields=["plan", "round", "step"], name="plan_task_once", violation_error_message="该环节已送办。"
            ),
            *answer_constraints("plan_task"),
        ]
        triggers = [
            tracked("plan_task"),
            signed("plan_task", Mark("decided_by", changes("decided_at"))),
            TASK.trigger(),
            *answer_triggers(
                "plan_task",
                thing="计划",
                authors="(SELECT plan.authors FROM plans_headcountplan plan WHERE plan.id = NEW.plan_id)::bigint[]",
                provision="16.p2",
                asked=["plan_id", "step"],
            ),
        ]


class Slot(models.Model):
    """One place of an approved plan; taken by exactly one engagement (16.p3)."""

    organ_code = models.BigIntegerField("机关")
    line = models.ForeignKey(PlanLine, models.PROTECT, related_name="slots", verbose_name="计划岗位")
    engagement = models.OneToOneField(Engagement, models.PROTECT, null=True, blank=True, verbose_name="用工")
    # The announced post that took it, whose table is a later chapter's; none for a hire without an announcement.
    announced = models.BigIntegerField("招聘岗位编号", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "计划名额"
        indexes = [models.Index(fields=["line"], condition=Q(engagement__isnull=True), name="slot_free")]
        constraints = [within_territory("slot")]
        triggers = [
            tracked("slot"),
            # The line is locked first: of two inserts for its last place, one waits and then counts the other's.
            pgtrigger.Trigger(
                name="slot_within_line",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("line_id"),
                declare=[("allowed", "integer")],
                func=f"""
                SELECT line.count INTO allowed FROM plans_planline line
                    JOIN plans_headcountplan plan ON plan.id = line.plan_id AND plan.state = 'approved'
                    WHERE line.id = NEW.line_id FOR UPDATE OF line;
                IF (SELECT count(*) FROM plans_slot WHERE line_id = NEW.line_id AND id <> NEW.id)
                    >= coalesce(allowed, 0) THEN
                    RAISE EXCEPTION '名额不得超过批准的计划人数 % 人（第十六条第三款）。', coalesce(allowed, 0)
                        USING ERRCODE = '{RAISED}', DETAIL = '16.p3';
                END IF;
                RETURN NEW;
                """,
            ),
            # A slot given free again while its engagement lasts would let one more be hired than was approved.
            pgtrigger.Trigger(
                name="slot_taken_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__engagement__isnull=False),
                func=f"""
                RAISE EXCEPTION '名额已使用，不得改作他用（第十六条第三款）。'
                    USING ERRCODE = '{RAISED}', DETAIL = '16.p3';
                """,
            ),
            pgtrigger.Trigger(
                name="slot_fits",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__engagement__isnull=False),
                func=f"""
                IF NOT EXISTS (SELECT 1 FROM registry_engagement engagement, plans_planline line
                    WHERE engagement.id = NEW.engagement_id AND line.id = NEW.line_id
                    AND engagement.organ_code = line.organ_code AND engagement.category = line.category) THEN
                    RAISE EXCEPTION '所聘人员的管理机关和类别应与计划名额一致（第十六条第三款）。'
                        USING ERRCODE = '{RAISED}', DETAIL = '16.p3';
                END IF;
                RETURN NEW;
                """,
            ),
        ]
