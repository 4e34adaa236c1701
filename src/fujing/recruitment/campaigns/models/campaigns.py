"""A campaign is its announcement document; positions are laid beside it so that others can point at them."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cached_property
from typing import Any

import pgtrigger
from django.db import models
from django.db.models import F, Q

from fujing.kernel.approvals import Authored, authors_stay
from fujing.kernel.history import tracked
from fujing.kernel.refusals import RAISED
from fujing.kernel.signatures import Mark, account_of, changes, signed
from fujing.kernel.territory import RowPolicy, everyone_reads, within_territory
from fujing.kernel.triggers import listed
from fujing.law.formats.announcement import Announcement
from fujing.recruitment.campaigns.states import CAMPAIGN, TAKE_BACK_MINUTES, CampaignState
from fujing.recruitment.plans.models import HeadcountPlan, PlanLine
from fujing.registry.states import Category

# What the public may read: everything that was ever published. A cancelled one too: who applied reads why it ended.
PUBLIC = "published_at IS NOT NULL"


def _agreed(purpose: str) -> str:
    """SQL for the department's standing consent to the very document that is about to be published."""
    return (
        f"SELECT FROM campaigns_consent c WHERE c.campaign_id = NEW.id AND c.purpose = '{purpose}'"
        " AND c.state = 'passed' AND c.document = NEW.document #- ARRAY['simplified', 'consent']"
    )


OPEN = ("published", "closed", "publicity")
"""States in which the places of an announcement are promised and not yet all taken."""


def _within_lines(campaign: str) -> str:
    """SQL that refuses more places than the plan's lines have left beside all open announcements (16.p3).

    The lines are locked first: of two announcements at once, one waits and then counts the other's places.
    """
    states = listed(OPEN)
    return f"""
    PERFORM FROM plans_planline WHERE id IN (SELECT line_id FROM campaigns_position WHERE campaign_id = {campaign})
        ORDER BY id FOR UPDATE;
    SELECT line.post_name, line.count, slots.taken, others.promised, mine.own,
        mine.own + others.promised - slots.free AS excess INTO over
    FROM (SELECT line_id, sum(headcount) AS own FROM campaigns_position WHERE campaign_id = {campaign}
        GROUP BY line_id) mine
    JOIN plans_planline line ON line.id = mine.line_id
    CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE engagement_id IS NULL) AS free,
        count(*) FILTER (WHERE engagement_id IS NOT NULL) AS taken FROM plans_slot WHERE line_id = line.id) slots
    CROSS JOIN LATERAL (SELECT coalesce(sum(greatest(p.headcount - (SELECT count(*) FROM plans_slot s
            WHERE s.line_id = line.id AND s.announced = p.id), 0)), 0) AS promised
        FROM campaigns_position p JOIN campaigns_campaign c ON c.id = p.campaign_id
        WHERE p.line_id = line.id AND c.id <> {campaign} AND c.state IN ({states})) others
    WHERE mine.own + others.promised > slots.free ORDER BY line.id LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION '岗位“%”批准 % 人，已聘用 % 人，其他公告正在招 % 人，本公告招 % 人，超出 % 人（第十六条第三款）。',
            over.post_name, over.count, over.taken, over.promised, over.own, over.excess
            USING ERRCODE = '{RAISED}', DETAIL = '16.p3';
    END IF;
    """


def exact(document: dict[str, Any]) -> dict[str, Any]:
    """A stored document with its fractions as exact decimals, as the format wants them."""
    return dict(json.loads(json.dumps(document), parse_float=Decimal))


class Campaign(Authored):
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
    published_by_id = account_of("发布人")
    ended_on = models.DateField("结束日期", null=True, blank=True)
    cancelled_because = models.TextField("取消理由", blank=True)
    # No rule prints a period: the shortest that serves (Personal Information Protection Law 19) is the organ's to state.
    retention_months = models.PositiveSmallIntegerField("报名资料保存（月）", default=12)
    drafted_by = models.CharField("拟定人", max_length=100)
    drafted_by_id = account_of("拟定人")
    drafted_at = models.DateTimeField("拟定时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "招聘项目"
        constraints = [
            within_territory("campaign"),
            everyone_reads("campaign", PUBLIC),
            models.CheckConstraint(
                name="campaign_published_by_plan",
                condition=Q(state__in=["draft", "asked", "agreed", "cancelled"])
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
                name="campaign_cancelled_with_reason",
                condition=Q(state="cancelled", cancelled_because__regex=r"\S")
                | (~Q(state="cancelled") & Q(cancelled_because="")),
                violation_error_message="取消招聘应写明理由，理由只在取消后填写。",
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
                | Q(registration_from__lt=F("registration_to")),
                violation_error_message="报名截止应晚于报名开始。",
            ),
        ]
        triggers = [
            tracked("campaign"),
            signed("campaign", Mark("drafted_by"), Mark("published_by", changes("published_at"))),
            CAMPAIGN.trigger(),
            authors_stay("campaign", thing="公告", provision="8.p2"),
            pgtrigger.Trigger(
                name="campaign_within_plan",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(new__state="published") & ~pgtrigger.Q(old__state="published"),
                declare=[("over", "record")],
                func=f"{_within_lines('NEW.id')} RETURN NEW;",
            ),
            # What may be taken back, and only while nothing follows from it.
            pgtrigger.Trigger(
                name="campaign_taken_back",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("state"),
                func=f"""
                IF OLD.state = 'published' AND NEW.state IN ('draft', 'agreed') AND (
                    OLD.published_at < now() - interval '{TAKE_BACK_MINUTES} minutes'
                    OR EXISTS (SELECT FROM applications_application a WHERE a.campaign_id = NEW.id)) THEN
                    RAISE EXCEPTION '已经有人报名，或者发布已超过{TAKE_BACK_MINUTES}分钟，不能收回（第二十一条第一款）。'
                        USING ERRCODE = '{RAISED}', DETAIL = '21.p1';
                END IF;
                IF OLD.state = 'closed' AND NEW.state = 'published' AND EXISTS (
                    SELECT FROM applications_application a WHERE a.campaign_id = NEW.id AND a.reviewed_by <> '') THEN
                    RAISE EXCEPTION '资格审查已经开始，不能恢复报名（第二十一条第一款）。'
                        USING ERRCODE = '{RAISED}', DETAIL = '21.p1';
                END IF;
                RETURN NEW;
                """,
            ),
            # What the department consented to is what is published; a consent to other words counts for nothing.
            pgtrigger.Trigger(
                name="campaign_agreed",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(new__state="published") & ~pgtrigger.Q(old__state="published"),
                func=f"""
                IF NEW.document -> 'organiser' ->> 'mode' = 'joint_hrss' AND NOT EXISTS ({_agreed("joint")}) THEN
                    RAISE EXCEPTION '与人力资源社会保障部门共同组织的招聘，该部门同意公告后才能发布（第十七条第一款）。'
                        USING ERRCODE = '{RAISED}', DETAIL = '17.p1';
                END IF;
                IF jsonb_typeof(NEW.document -> 'simplified') = 'object' AND NOT EXISTS ({_agreed("simplified")}) THEN
                    RAISE EXCEPTION '简化招聘程序，同级人力资源社会保障部门同意后才能发布公告（第二十一条第二款）。'
                        USING ERRCODE = '{RAISED}', DETAIL = '21.p2';
                END IF;
                IF NEW.document -> 'organiser' ->> 'mode' = 'entrusted' AND NOT EXISTS (
                    SELECT FROM campaigns_entrustment e WHERE e.campaign_id = NEW.id
                    AND e.institution = NEW.document -> 'organiser' ->> 'with'
                    AND e.signs = NEW.document -> 'organiser' ->> 'signs') THEN
                    RAISE EXCEPTION '委托机构办理的，登记委托文件后才能发布公告（第二十二条）。'
                        USING ERRCODE = '{RAISED}', DETAIL = '22';
                END IF;
                RETURN NEW;
                """,
            ),
        ]

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
                fields=["campaign", "code"], name="position_code_once", violation_error_message="岗位代码重复。"
            ),
        ]
        triggers = [
            tracked("position"),
            # A place added to what is public already would pass by the check at publication.
            pgtrigger.Trigger(
                name="position_within_plan",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("over", "record")],
                func=f"""
                IF EXISTS (SELECT FROM campaigns_campaign c WHERE c.id = NEW.campaign_id
                    AND c.state IN ({listed(OPEN)})) THEN
                    {_within_lines("NEW.campaign_id")}
                END IF;
                RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
