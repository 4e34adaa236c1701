"""The lives of a tier scheme and of a promotion batch, and where a tier comes from (Articles 23 and 25)."""

from __future__ import annotations

from django.db.models import TextChoices

from fujing.kernel.transitions import Told, Transition, TransitionTable
from fujing.law.tiers.batch import STATUS_LABELS, Status

HR = ("hr_officer", "hr_head")
DECIDERS = ("organ_leader",)


class SchemeState(TextChoices):
    DRAFTED = "drafted", "已登记，待决定施行"
    ADOPTED = "adopted", "施行中"
    REPLACED = "replaced", "已被替换"
    DISCARDED = "discarded", "已作废"


class BatchState(TextChoices):
    DRAFTED = "drafted", "拟定中"
    PROPOSED = "proposed", "已拟定，待公示"
    PUBLICISED = "publicised", "公示中，期满待决定"
    DECIDED = "decided", "已决定"
    WITHDRAWN = "withdrawn", "已撤回"


class Source(TextChoices):
    """How somebody came by a tier."""

    ROSTER = "roster", "花名册记载"
    PAPER = "paper", "按原评定文件登记"
    INITIAL = "initial", "首次评定"
    PROMOTION = "promotion", "晋升"
    DEMOTION = "demotion", "降低"


class Ended(TextChoices):
    """How it ended."""

    PROMOTION = "promotion", "晋升"
    DEMOTION = "demotion", "降低"
    LEFT = "left", "离职取消"


class Past(TextChoices):
    GRADE = "grade", "年度考核"
    HONOUR = "honour", "表彰奖励"


BY_BATCH = (Source.INITIAL, Source.PROMOTION, Source.DEMOTION)
"""What only a decided batch gives."""
GIVES = {Status.ENTRY: Source.INITIAL, Status.PROMOTED: Source.PROMOTION, Status.DEMOTED: Source.DEMOTION}
"""What a batch does with whom it finds so; the others stay where they are."""
FOUND = [(str(each), label) for each, label in STATUS_LABELS.items()]
S, B = SchemeState, BatchState
OPEN = (B.DRAFTED, B.PROPOSED, B.PUBLICISED)
PUBLIC = (B.PUBLICISED, B.DECIDED)
BACK: Told = {"follows": "本批作废，层级不变动。", "undo": "另建一批。", "reason": True}
SCHEME = TransitionTable(
    "tiers_scheme",
    SchemeState,
    [S.DRAFTED],
    [
        Transition(
            S.DRAFTED,
            "adopt",
            S.ADOPTED,
            DECIDERS,
            "23.p1",
            "决定施行",
            follows="原方案被替换；方案不再改动，以后的首次评定、晋升和降低都按本方案。",
            undo="方案修订的，登记新的方案替换。",
            second_look=True,
        ),
        Transition(
            S.DRAFTED,
            "discard",
            S.DISCARDED,
            HR,
            "23.p1",
            "作废",
            follows="这份登记不能再施行。",
            undo="重新登记。",
            reason=True,
        ),
        Transition(
            S.ADOPTED,
            "replace",
            S.REPLACED,
            (),
            "23.p1",
            "被新方案替换",
            follows="新方案施行；按原方案拟定而没有决定的批次应撤回。",
            undo="重新登记原方案的文件。",
        ),
    ],
)
BATCH = TransitionTable(
    "tiers_batch",
    BatchState,
    [B.DRAFTED],
    [
        Transition(
            B.DRAFTED,
            "propose",
            B.PROPOSED,
            HR,
            "23.p1",
            "提出名单",
            follows="重新核对每个人，条件、名额和理由固定下来。",
            undo="公示前可以退回修改。",
            second_look=True,
        ),
        Transition(
            B.PROPOSED,
            "return",
            B.DRAFTED,
            (*HR, *DECIDERS),
            "23.p1",
            "退回修改",
            follows="回到拟定中，可以修改后重新提出。",
            undo="修改后重新提出。",
            reason=True,
        ),
        Transition(
            B.PROPOSED,
            "publicise",
            B.PUBLICISED,
            HR,
            "23.p1",
            "公示",
            follows="拟首次评定和拟晋升的名单在公示期内公开，收到的异议逐件登记、答复。",
            undo="公示有误的，撤回后另建一批。",
        ),
        Transition(
            B.PUBLICISED,
            "decide",
            B.DECIDED,
            DECIDERS,
            "23.p1",
            "决定",
            follows="名单上的人自核对日起为新层级，原层级终止；工资按新层级核算。",
            second_look=True,
        ),
        *(Transition(state, "withdraw", B.WITHDRAWN, HR, "23.p1", "撤回", **BACK) for state in OPEN),
    ],
)
