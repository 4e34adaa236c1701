"""The life of a verification: it stands for the facts of one finding until it is corrected, renewed, undone or mended.

A finding whose facts have changed is open again, whatever was noted before: nobody has to close the old note for that.
"""

from __future__ import annotations

from django.db.models import TextChoices

from fujing.kernel.transitions import Transition, TransitionTable
from fujing.registry.states import Role


class VerificationState(TextChoices):
    STANDING = "standing", "已核实"
    CORRECTED = "corrected", "已更正"
    RENEWED = "renewed", "已重新核实"
    MENDED = "mended", "已整改"
    WITHDRAWN = "withdrawn", "已撤销"


class Result(TextChoices):
    TRUE = "true", "属实"
    UNTRUE = "untrue", "不属实"


S = VerificationState
VERIFIERS = (Role.HR_OFFICER, Role.HR_HEAD)
VERIFICATION = TransitionTable(
    "finding_verification",
    VerificationState,
    [S.STANDING],
    [
        Transition(
            S.STANDING,
            "correct",
            S.CORRECTED,
            VERIFIERS,
            "5.p1",
            "更正",
            follows="另记一条核实，原来的一条保留备查，注明更正的事由。",
            undo="可以再次更正。",
        ),
        Transition(
            S.STANDING,
            "renew",
            S.RENEWED,
            VERIFIERS,
            "5.p1",
            "重新核实",
            follows="事实变更后另记一条核实，原来的一条保留备查。",
            undo="可以更正。",
        ),
        Transition(
            S.STANDING,
            "mend",
            S.MENDED,
            VERIFIERS,
            "5.p1",
            "整改办结",
            follows="不再列入待办；核对仍有这一项的，需要重新核实。",
            undo="可以重新核实。",
            reason=True,
        ),
        Transition(
            S.STANDING,
            "withdraw",
            S.WITHDRAWN,
            VERIFIERS,
            "5.p1",
            "撤销核实",
            follows="这一项回到未核实，记录和事由保留备查。",
            undo="可以重新核实。",
            reason=True,
            second_look=True,
        ),
    ],
)
