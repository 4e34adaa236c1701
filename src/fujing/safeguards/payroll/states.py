"""A pay scheme and a monthly run: who makes, who approves, what follows (Article 33)."""

from __future__ import annotations

from django.db.models import TextChoices

from fujing.kernel.transitions import Transition, TransitionTable

PREPARERS = ("hr_officer", "finance")
"""Payroll: who states facts and makes runs."""
APPROVERS = ("hr_head", "organ_leader")
READERS = (*PREPARERS, *APPROVERS)
"""Beside the person nobody else sees an amount."""


class SchemeState(TextChoices):
    ENTERED = "entered", "已录入，待核准"
    APPROVED = "approved", "已核准"
    REFUSED = "refused", "不予核准"


class RunState(TextChoices):
    DRAFT = "draft", "已核算，待报审"
    SUBMITTED = "submitted", "待审批"
    APPROVED = "approved", "已审批，待发放"
    LOCKED = "locked", "已发放"
    RETURNED = "returned", "已退回"
    WITHDRAWN = "withdrawn", "已作废"


class Outcome(TextChoices):
    COMPUTED = "computed", "已核算"
    UNDETERMINED = "undetermined", "待核实"


S, R = SchemeState, RunState
OPEN = (R.DRAFT, R.SUBMITTED, R.APPROVED)
SCHEME = TransitionTable(
    "pay_scheme",
    SchemeState,
    [S.ENTERED],
    [
        Transition(
            S.ENTERED,
            "approve",
            S.APPROVED,
            APPROVERS,
            "33",
            "核准",
            follows="自施行之日所在的月起按它核算；方案不再改动，修改应录入新的方案。",
            second_look=True,
        ),
        Transition(
            S.ENTERED, "refuse", S.REFUSED, APPROVERS, "33", "不予核准", "方案作废。", "可以重新录入。", reason=True
        ),
    ],
)
AGAIN = "可以重新核算。"
RUN = TransitionTable(
    "pay_run",
    RunState,
    [R.DRAFT],
    [
        Transition(
            R.DRAFT,
            "submit",
            R.SUBMITTED,
            PREPARERS,
            "33",
            "报请审批",
            follows="各张工资单不再改动，由核算人以外的人审批。",
            undo="审批前可以作废后重新核算。",
        ),
        *(
            Transition(
                state,
                "withdraw",
                R.WITHDRAWN,
                PREPARERS,
                "33",
                "作废",
                "这次核算不发放，应发的在下次核算时补足。",
                undo=AGAIN,
                reason=True,
            )
            for state in (R.DRAFT, R.SUBMITTED)
        ),
        Transition(
            R.SUBMITTED,
            "approve",
            R.APPROVED,
            APPROVERS,
            "33",
            "审批同意",
            follows="可以发放。",
            undo="发放前可以退回。",
            second_look=True,
        ),
        *(
            Transition(
                state,
                "return",
                R.RETURNED,
                APPROVERS,
                "33",
                "退回",
                "由核算人修改后重新核算。",
                undo=AGAIN,
                reason=True,
            )
            for state in (R.SUBMITTED, R.APPROVED)
        ),
        Transition(
            R.APPROVED,
            "lock",
            R.LOCKED,
            PREPARERS,
            "33",
            "确认发放",
            follows="本人可以看到工资单，支出记入薪酬、社保经费；不能再改，以后的差额在下一个月补发或者扣回。",
            second_look=True,
        ),
    ],
)
