"""A campaign is its announcement document; positions are laid beside it so that others can point at them."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Q

from fujing.kernel.history import tracked
from fujing.kernel.territory import RowPolicy, everyone_reads, within_territory
from fujing.law.formats.announcement import Announcement
from fujing.recruitment.campaigns.states import CAMPAIGN, CampaignState
from fujing.recruitment.plans.models import HeadcountPlan, PlanLine
from fujing.registry.states import Category

# What the public may read: everything that was ever published and not withdrawn.
PUBLIC = "published_at IS NOT NULL AND state <> 'cancelled'"


def exact(document: dict[str, Any]) -> dict[str, Any]:
    """A stored document with its fractions as exact decimals, as the format wants them."""
    return dict(json.loads(json.dumps(document), parse_float=Decimal))


class Campaign(models.Model):
    """One recruitment under one approved plan. `document` is the announcement in its public format."""

    organ_code = models.BigIntegerField("招聘机关")
    plan = models.ForeignKey(HeadcountPlan, models.PROTECT, null=True, blank=True, verbose_name="用人计划")
    title = models.CharField("标题", max_length=200)
    document = models.JSONField("公告")
    state = models.CharField("状态", max_length=12, choices=CampaignState, default=CampaignState.DRAFT)
    findings = models.JSONField("核对结论", default=list)
    registration_from = models.DateTimeField("报名开始", null=True, blank=True)
    registration_to = models.DateTimeField("报名截止", null=True, blank=True)
    published_at = models.DateTimeField("发布时间", null=True, blank=True)
    published_by = models.CharField("发布人", max_length=100, blank=True)
    ended_on = models.DateField("结束日期", null=True, blank=True)
    # No rule prints a period: the shortest that serves (Personal Information Protection Law 19) is the organ's to state.
    retention_months = models.PositiveSmallIntegerField("报名资料保存（月）", default=12)
    drafted_by = models.CharField("拟定人", max_length=100)
    drafted_at = models.DateTimeField("拟定时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "招聘项目"
        constraints = [
            within_territory("campaign"),
            everyone_reads("campaign", PUBLIC),
            models.CheckConstraint(
                name="campaign_published_by_plan",
                condition=Q(state__in=["draft", "cancelled"])
                | (Q(published_at__isnull=False, plan__isnull=False) & ~Q(published_by="")),
                violation_error_message="发布公告应有已批准的用人计划和发布人（第十六条第三款）。",
                violation_error_code="16.p3",
            ),
            models.CheckConstraint(
                name="campaign_ended_on_a_day",
                condition=Q(state__in=["finished", "cancelled"]) | Q(ended_on__isnull=True),
                violation_error_message="结束日期只在招聘结束或取消后填写。",
            ),
            models.CheckConstraint(
                name="campaign_retention_stated",
                condition=Q(retention_months__range=(1, 60)),
                violation_error_message="报名资料的保存期限应为1至60个月。",
            ),
            models.CheckConstraint(
                name="campaign_registration_in_order",
                condition=Q(registration_from__isnull=True)
                | Q(registration_to__isnull=True)
                | Q(registration_from__lt=models.F("registration_to")),
                violation_error_message="报名截止应晚于报名开始。",
            ),
        ]
        triggers = [tracked("campaign"), CAMPAIGN.trigger()]

    def __str__(self) -> str:
        return self.title

    @cached_property
    def announcement(self) -> Announcement:
        """The document as the law reads it."""
        return Announcement.model_validate(exact(self.document))


class Position(models.Model):
    """One post of an announcement and the plan line that its places come from."""

    organ_code = models.BigIntegerField("招聘机关")
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="positions", verbose_name="招聘项目")
    line = models.ForeignKey(PlanLine, models.PROTECT, null=True, blank=True, verbose_name="计划岗位")
    code = models.CharField("岗位代码", max_length=20)
    name = models.CharField("岗位", max_length=80)
    category = models.CharField("类别", max_length=5, choices=Category)
    headcount = models.PositiveIntegerField("人数")

    class Meta:
        verbose_name = verbose_name_plural = "招聘岗位"
        constraints = [
            within_territory("position"),
            RowPolicy(
                name="position_public",
                using=f"EXISTS (SELECT 1 FROM campaigns_campaign c WHERE c.id = campaigns_position.campaign_id AND {PUBLIC})",
                command="SELECT",
            ),
            models.UniqueConstraint(
                fields=["campaign", "code"],
                name="position_code_once",
                violation_error_message="岗位代码重复。",
            ),
        ]
        triggers = [tracked("position")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
