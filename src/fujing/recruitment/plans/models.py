"""Plans, their lines, the decisions on the way, and the slots that an approved plan gives."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from fujing.kernel.history import tracked
from fujing.kernel.models import StoredFile
from fujing.kernel.refusals import RAISED
from fujing.kernel.territory import ORGAN, RowPolicy, within_territory
from fujing.recruitment.plans.states import PLAN, TASK, PlanState, TaskState
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


class HeadcountPlan(models.Model):
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
    authors = ArrayField(models.BigIntegerField(), verbose_name="写入过内容的账号", default=list)
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
            PLAN.trigger(),
            pgtrigger.Trigger(
                name="plan_authors_stay",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=f"""
                IF NOT NEW.authors @> ARRAY[NEW.proposed_by_id]
                    OR (TG_OP = 'UPDATE' AND NOT NEW.authors @> OLD.authors) THEN
                    RAISE EXCEPTION '写入过计划内容的账号应全部保留（第十六条第二款）。'
                        USING ERRCODE = '{RAISED}', DETAIL = '16.p2';
                END IF;
                RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}年用人计划第{self.version}版{f'（{self.number}）' if self.number else ''}"

    @property
    def total(self) -> int:
        """Persons over all lines."""
        return sum(line.count for line in self.lines.all())


class PlanLine(models.Model):
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


class PlanTask(models.Model):
    """What one organ is asked about a plan, and what it answered; a paper answer says so forever."""

    organ_code = models.BigIntegerField("机关")
    plan = models.ForeignKey(HeadcountPlan, models.CASCADE, related_name="tasks", verbose_name="用人计划")
    round = models.PositiveSmallIntegerField("第几次报送")
    step = models.CharField("环节", max_length=20, choices=PlanState)
    assigned_organ = models.BigIntegerField("办理机关")
    assigned_name = models.CharField("办理机关名称", max_length=100)
    state = models.CharField("结果", max_length=10, choices=TaskState, default=TaskState.WAITING)
    asked_at = models.DateTimeField("送办时间", null=True, blank=True)
    opinion = models.TextField("意见", blank=True)
    decided_by = models.CharField("办理人", max_length=100, blank=True)
    decided_by_id = models.BigIntegerField("办理账号", null=True)
    decided_at = models.DateTimeField("办理时间", null=True)
    on_behalf = models.BooleanField("代录纸质意见", default=False)
    document_number = models.CharField("文号", max_length=60, blank=True)
    document_date = models.DateField("文件日期", null=True, blank=True)
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, verbose_name="扫描件")

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
            models.CheckConstraint(
                name="plan_task_decided_by_somebody",
                condition=Q(state="waiting", decided_at__isnull=True)
                | (~Q(state="waiting") & Q(decided_at__isnull=False) & ~Q(decided_by="")),
                violation_error_message="审批意见应注明办理人和时间。",
            ),
            models.CheckConstraint(
                name="plan_task_asked_first",
                condition=Q(state="waiting") | Q(asked_at__isnull=False),
                violation_error_message="尚未轮到的环节不能作出审批意见（第十六条第二款）。",
                violation_error_code="16.p2",
            ),
            models.CheckConstraint(
                name="plan_task_paper_has_document",
                condition=Q(on_behalf=False) | (~Q(document_number="") & Q(document_date__isnull=False)),
                violation_error_message="代录纸质意见应填写文号和文件日期（第八条第二款）。",
                violation_error_code="8.p2",
            ),
            models.CheckConstraint(
                name="plan_task_no_without_reason",
                condition=~Q(state__in=["returned", "refused"]) | ~Q(opinion=""),
                violation_error_message="退回或不同意应写明理由。",
            ),
        ]
        triggers = [
            tracked("plan_task"),
            TASK.trigger(),
            pgtrigger.Trigger(
                name="plan_task_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state__in=["passed", "returned", "refused"]),
                func=f"""
                RAISE EXCEPTION '审批意见一经作出，不得更改（第八条第二款）。'
                    USING ERRCODE = '{RAISED}', DETAIL = '8.p2';
                """,
            ),
            pgtrigger.Trigger(
                name="plan_task_not_by_author",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__decided_by_id__isnull=False),
                func=f"""
                IF EXISTS (SELECT 1 FROM plans_headcountplan plan
                    WHERE plan.id = NEW.plan_id AND NEW.decided_by_id = ANY (plan.authors)) THEN
                    RAISE EXCEPTION '拟定或修改过计划的人不能审批、代录本计划（第十六条第二款）。'
                        USING ERRCODE = '{RAISED}', DETAIL = '16.p2';
                END IF;
                RETURN NEW;
                """,
            ),
        ]


class Slot(models.Model):
    """One place of an approved plan; taken by exactly one engagement (16.p3)."""

    organ_code = models.BigIntegerField("机关")
    line = models.ForeignKey(PlanLine, models.PROTECT, related_name="slots", verbose_name="计划岗位")
    engagement = models.OneToOneField(Engagement, models.PROTECT, null=True, blank=True, verbose_name="用工")

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
