"""The lives of a renewal, from the question whether to go on to a new contract or the end of the old, and of what is
found when a probation ends."""

from __future__ import annotations

from django.db.models import TextChoices

from fujing.kernel.transitions import Told, Transition, TransitionTable

HR = ("hr_officer", "hr_head")
HEAD = ("hr_head",)
EXPIRED = "contract_expired"
"""How an employment ended whose contract ran out."""


class RenewalState(TextChoices):
    OFFERED = "offered", "已征求意见，待本人答复"
    ACCEPTED = "accepted", "本人同意，待签订"
    DECLINED = "declined", "本人不续订"
    ENDING = "ending", "单位不续订"
    RENEWED = "renewed", "已续订"
    ENDED = "ended", "已期满终止"
    EXTENDED = "extended", "依法续延"
    WITHDRAWN = "withdrawn", "已撤回"


R = RenewalState
OPEN = (R.OFFERED, R.ACCEPTED, R.DECLINED, R.ENDING)
"""A contract has at most one of these."""
TAKEN_BACK: Told = {
    "follows": "本次办理作废，合同回到待办理续订或终止。",
    "undo": "重新征求意见或者决定。",
    "reason": True,
}
END: Told = {
    "follows": "合同到期终止，用工和岗位安排到合同最后一日为止，额度随之空出；应在十五日内办理档案和社会保险转移。",
    "second_look": True,
}
REFUSED: Told = {"follows": "本人的书面答复存档，合同到期终止。", "undo": "合同到期终止前，可以撤回后重新征求意见。"}
RENEWAL = TransitionTable(
    "renewal",
    RenewalState,
    [R.OFFERED, R.ENDING, R.EXTENDED],
    [
        Transition(
            R.OFFERED,
            "accept",
            R.ACCEPTED,
            HR,
            "39",
            "登记本人同意",
            follows="可以签订续订合同。",
            undo="签订前本人改变意见的，登记本人不续订，或者撤回。",
        ),
        Transition(R.OFFERED, "decline", R.DECLINED, HR, "39", "登记本人不续订", **REFUSED),
        Transition(R.ACCEPTED, "decline", R.DECLINED, HR, "39", "登记本人不续订", **REFUSED),
        Transition(
            R.ACCEPTED,
            "sign",
            R.RENEWED,
            HR,
            "39",
            "签订续订合同",
            follows="新合同从原合同到期次日起算，不再约定试用期。",
            second_look=True,
        ),
        Transition(R.DECLINED, "end", R.ENDED, HEAD, "39", "到期终止", **END),
        Transition(R.ENDING, "end", R.ENDED, HEAD, "39", "到期终止", **END),
        Transition(R.OFFERED, "withdraw", R.WITHDRAWN, HR, "39", "撤回", **TAKEN_BACK),
        Transition(R.ACCEPTED, "withdraw", R.WITHDRAWN, HR, "39", "撤回", **TAKEN_BACK),
        Transition(R.DECLINED, "withdraw", R.WITHDRAWN, HR, "39", "撤回", **TAKEN_BACK),
        Transition(R.ENDING, "withdraw", R.WITHDRAWN, HEAD, "39", "撤回", **TAKEN_BACK),
    ],
)


class ProbationState(TextChoices):
    REVIEWED = "reviewed", "已考核，待决定"
    PASSED = "passed", "已转正"
    FAILED = "failed", "不符合录用条件"
    WITHDRAWN = "withdrawn", "已撤回"


P = ProbationState
PROBATION = TransitionTable(
    "probation_review",
    ProbationState,
    [P.REVIEWED],
    [
        Transition(
            P.REVIEWED,
            "pass",
            P.PASSED,
            HEAD,
            "22",
            "同意转正",
            follows="试用期满后按正式人员履行合同，不能再以试用期不符合录用条件解除。",
            second_look=True,
        ),
        Transition(
            P.REVIEWED,
            "fail",
            P.FAILED,
            HEAD,
            "32.1",
            "认定不符合录用条件",
            follows="可以按第三十二条第（一）项办理解除，最后工作日应在试用期内，并向本人说明理由、听取陈述；不办理的，合同继续履行。",
            second_look=True,
        ),
        Transition(
            P.REVIEWED,
            "withdraw",
            P.WITHDRAWN,
            HR,
            "22",
            "撤回",
            follows="本次考核作废，回到待转正考核。",
            undo="重新登记考核。",
            reason=True,
        ),
    ],
)
