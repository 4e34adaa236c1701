"""The life of a recruitment campaign."""

from __future__ import annotations

from django.db.models import TextChoices

from fujing.kernel.transitions import Transition, TransitionTable


class CampaignState(TextChoices):
    DRAFT = "draft", "拟定"
    PUBLISHED = "published", "已发布"
    CLOSED = "closed", "报名截止"
    PUBLICITY = "publicity", "公示"
    FINISHED = "finished", "已结束"
    CANCELLED = "cancelled", "已取消"


S = CampaignState
HR = ("hr_officer", "hr_head")
HEADS = ("hr_head", "organ_leader")
CAMPAIGN = TransitionTable(
    "campaign",
    CampaignState,
    [S.DRAFT],
    [
        Transition(S.DRAFT, "publish", S.PUBLISHED, HEADS, "21.p1", "发布公告"),
        Transition(S.DRAFT, "cancel", S.CANCELLED, HR, "21.p1", "取消"),
        Transition(S.PUBLISHED, "close", S.CLOSED, HR, "21.p1", "截止报名"),
        Transition(S.PUBLISHED, "cancel", S.CANCELLED, HEADS, "21.p1", "取消"),
        Transition(S.CLOSED, "publicise", S.PUBLICITY, HEADS, "21.p1", "公示"),
        Transition(S.CLOSED, "cancel", S.CANCELLED, HEADS, "21.p1", "取消"),
        Transition(S.PUBLICITY, "finish", S.FINISHED, HEADS, "21.p1", "结束"),
    ],
)
