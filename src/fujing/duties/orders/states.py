"""The life of a duty order: drawn up, ordered, begun, ended; or withdrawn (Articles 4, 9 to 13)."""

from __future__ import annotations

from django.db.models import TextChoices

from fujing.kernel.transitions import Told, Transition, TransitionTable
from fujing.law.catalogue import MODE_LABELS, PART_LABELS

PLANNERS = ("unit_leader", "organ_leader")
"""Who draws up and gives the orders of a unit."""
COMMANDERS = ("police_officer",)
"""Who is named as the officer in command."""
ON_DUTY = (*PLANNERS, *COMMANDERS)
"""Who says that an order has begun and ended: whoever gave it, and the officer in command."""
MODE_CHOICES = list(MODE_LABELS.items())
PART_CHOICES = list(PART_LABELS.items())


class OrderState(TextChoices):
    DRAFT = "draft", "草拟"
    ORDERED = "ordered", "已派勤"
    STARTED = "started", "执勤中"
    ENDED = "ended", "已结束"
    WITHDRAWN = "withdrawn", "已撤回"


O = OrderState  # noqa: E741 - as in the other tables
LIVE = (O.ORDERED, O.STARTED, O.ENDED)
"""In which somebody is, or was, on duty."""
BACK: Told = {"follows": "派出的人不再执行此项派勤。", "undo": "重新草拟派勤单。", "reason": True}
DUTY_ORDER = TransitionTable(
    "duty_order",
    OrderState,
    [O.DRAFT],
    [
        Transition(
            O.DRAFT,
            "give",
            O.ORDERED,
            PLANNERS,
            "4",
            "派勤",
            follows="派勤单不再改动，派出的人在自己的页面上看到。",
            undo="撤回后重新草拟。",
        ),
        Transition(
            O.DRAFT, "discard", O.WITHDRAWN, PLANNERS, "4", "作废", follows="草稿作废。", undo="重新草拟派勤单。"
        ),
        Transition(O.ORDERED, "start", O.STARTED, ON_DUTY, "4", "开始执勤", follows="记为执勤中。", second_look=True),
        Transition(O.ORDERED, "withdraw", O.WITHDRAWN, PLANNERS, "4", "撤回", **BACK),
        Transition(
            O.STARTED, "end", O.ENDED, ON_DUTY, "4", "结束执勤", follows="记为已结束，计入工作量。", second_look=True
        ),
    ],
)
