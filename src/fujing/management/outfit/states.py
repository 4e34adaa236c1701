"""The life of a work card: from the request to the day on which it is handed in, lost, or replaced."""

from __future__ import annotations

from django.db.models import TextChoices

from fujing.kernel.transitions import Transition, TransitionTable

HANDLERS = ("hr_officer", "hr_head", "supply")
"""Who makes, hands out and takes back."""
HR = ("hr_officer", "hr_head")


class CardState(TextChoices):
    REQUESTED = "requested", "已申领，待发放"
    VALID = "valid", "有效"
    SUSPENDED = "suspended", "已停用"
    LOST = "lost", "已挂失"
    REVOKED = "revoked", "已注销"


class SignedOn(TextChoices):
    """On whose device somebody signed for what they were handed."""

    OFFICER = "officer", "经办人的设备"
    OWN = "own", "本人手机"


C = CardState
HELD = (C.VALID, C.SUSPENDED)
"""In somebody's hands."""
OPEN = (C.REQUESTED, *HELD)
"""Neither lost nor handed in: whoever has one needs no other."""
GONE = "证上的二维码和编号从此查验为无效；"
CARD = TransitionTable(
    "card",
    CardState,
    [C.REQUESTED],
    [
        Transition(
            C.REQUESTED,
            "issue",
            C.VALID,
            HANDLERS,
            "26",
            "发放，本人签收",
            follows="工作证从此有效，任何人扫码可以查验；本人签收的原文照存。",
            undo="可以停用、挂失或者注销。",
        ),
        Transition(
            C.REQUESTED,
            "cancel",
            C.REVOKED,
            HANDLERS,
            "26",
            "作废，不再制证",
            follows="这个编号作废，不再使用。",
            undo="可以重新申领，编号是新的。",
            reason=True,
        ),
        Transition(
            C.VALID,
            "suspend",
            C.SUSPENDED,
            HR,
            "26",
            "停用",
            follows="停止执勤期间工作证停用，查验为无效，不得持证上岗。",
            undo="恢复执勤时可以恢复。",
            reason=True,
        ),
        Transition(
            C.SUSPENDED,
            "restore",
            C.VALID,
            HR,
            "26",
            "恢复使用",
            follows="工作证恢复有效，可以持证上岗。",
            undo="可以再停用。",
            reason=True,
        ),
        *(
            Transition(
                state,
                "lose",
                C.LOST,
                HANDLERS,
                "26",
                "挂失",
                follows=f"{GONE}挂失后不能恢复。",
                undo="找回的交回注销；需要用证的补发新证，编号和二维码都是新的。",
                reason=True,
            )
            for state in HELD
        ),
        *(
            Transition(
                state,
                "revoke",
                C.REVOKED,
                HANDLERS,
                "26",
                "收回，注销",
                follows=f"{GONE}登记为已经交回。",
                undo="注销的不能恢复，可以申领新证。",
                reason=True,
            )
            for state in HELD
        ),
        Transition(
            C.LOST,
            "hand_in",
            C.REVOKED,
            HANDLERS,
            "26",
            "找回后交回，注销",
            follows="登记为找回后已经交回，不能再用。",
            undo="可以申领新证。",
            reason=True,
        ),
    ],
)


class ItemKind(TextChoices):
    UNIFORM = "uniform", "服装"
    INSIGNIA = "insignia", "标识"
    EQUIPMENT = "equipment", "装备"


class Season(TextChoices):
    ALL = "all", "四季"
    SUMMER = "summer", "夏季"
    WINTER = "winter", "冬季"
    SPRING = "spring", "春秋"


class Entered(TextChoices):
    """Why stock came or went."""

    BOUGHT = "bought", "入库"
    ISSUED = "issued", "发放"
    RETURNED = "returned", "退库"
    SCRAPPED = "scrapped", "报废"
    COUNTED = "counted", "盘点"


class HoldingState(TextChoices):
    HELD = "held", "本人领用"
    RETURNED = "returned", "已交回"
    LOST = "lost", "已遗失"
    WORN = "worn", "损坏或者用旧，已报废"


N = HoldingState
HOLDING = TransitionTable(
    "holding",
    HoldingState,
    [N.HELD],
    [
        Transition(
            N.HELD,
            "return",
            N.RETURNED,
            HANDLERS,
            "26",
            "登记交回",
            follows="登记为已经交回；选择退库的，库存随之增加。",
            second_look=True,
        ),
        Transition(
            N.HELD,
            "lose",
            N.LOST,
            HANDLERS,
            "26",
            "登记遗失",
            follows="登记为遗失和处理的情况，按标准可以补发。",
            undo="找回的登记交回。",
            reason=True,
        ),
        Transition(
            N.HELD,
            "scrap",
            N.WORN,
            HANDLERS,
            "27.p1",
            "登记损坏、报废",
            follows="旧物收回报废，按标准可以补发。",
            second_look=True,
            reason=True,
        ),
        Transition(
            N.LOST,
            "return",
            N.RETURNED,
            HANDLERS,
            "26",
            "找回后交回",
            follows="登记为找回后已经交回；选择退库的，库存随之增加。",
            second_look=True,
        ),
    ],
)
