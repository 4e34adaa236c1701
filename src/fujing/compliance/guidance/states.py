"""The life of a guidance document."""

from __future__ import annotations

from django.db.models import TextChoices

from fujing.kernel.transitions import Transition, TransitionTable


class GuidanceState(TextChoices):
    DRAFT = "draft", "拟定"
    PUBLISHED = "published", "已发布"
    REVOKED = "revoked", "已废止"


S = GuidanceState
DRAFTERS = ("hr_officer", "hr_head", "organ_leader", "discipline")
SIGNERS = ("hr_head", "organ_leader")
GUIDANCE = TransitionTable(
    "guidance",
    GuidanceState,
    [S.DRAFT],
    [
        Transition(
            S.DRAFT,
            "publish",
            S.PUBLISHED,
            SIGNERS,
            "5.p2",
            "发布",
            follows="辖区各级公安机关看到文件并签收，内容不能再改。",
            second_look=True,
        ),
        Transition(
            S.PUBLISHED,
            "revoke",
            S.REVOKED,
            SIGNERS,
            "5.p2",
            "废止",
            follows="文件失效，不能恢复；各机关仍能看到原文和理由。",
            reason=True,
            second_look=True,
        ),
    ],
)
