"""The life of a rectification notice, and which side takes which step (Article 5.p2)."""

from __future__ import annotations

from django.db.models import TextChoices

from fujing.kernel.transitions import Told, Transition, TransitionTable


class NoticeState(TextChoices):
    DRAFT = "draft", "拟定"
    SENT = "sent", "已发出"
    RECEIVED = "received", "已签收"
    ANSWERED = "answered", "已答复"
    RETURNED = "returned", "退回整改"
    CLOSED = "resolved", "已销号"
    WITHDRAWN = "withdrawn", "已撤回"


class Side(TextChoices):
    """Who takes a step: neither side can write the other's part."""

    ISSUER = "issuer", "发出机关"
    SUBJECT = "subject", "被督导机关"
    SUPERIOR = "superior", "发出机关的上级"


S = NoticeState
DRAFTERS = ("hr_officer", "hr_head", "organ_leader", "discipline")
SIGNERS = ("hr_head", "organ_leader", "discipline")
ANSWERERS = ("hr_head", "organ_leader")
# The subordinate owes something in these states, so the deadline runs.
RUNNING = (S.SENT, S.RECEIVED, S.RETURNED)
OPEN = (*RUNNING, S.ANSWERED)
SUBJECT_VERBS = ("receive", "answer")
SUPERIOR_VERBS = ("escalate", "urge")
VERBS = {
    "send": "发出",
    "receive": "签收",
    "answer": "答复",
    "accept": "同意销号",
    "return": "退回整改",
    "extend": "延长期限",
    "withdraw": "撤回",
    "escalate": "逾期升级",
    "urge": "催办",
}


def side_of(verb: str) -> Side:
    """The side that takes a step."""
    if verb in SUBJECT_VERBS:
        return Side.SUBJECT
    return Side.SUPERIOR if verb in SUPERIOR_VERBS else Side.ISSUER


TOLD: dict[str, Told] = {
    "send": {
        "follows": "被督导机关看到通知，期限从次日起算，内容不能再改。",
        "undo": "销号前可以写明理由撤回。",
        "second_look": True,
    },
    "receive": {"follows": "发出机关看到已经签收。", "second_look": True},
    "answer": {"follows": "答复送发出机关审核，提交后不能修改。", "undo": "发出机关可以退回整改，再次答复。"},
    "accept": {"follows": "通知销号，整改结束。", "second_look": True},
    "return": {"follows": "被督导机关按新的期限继续整改。", "undo": "再次答复后可以同意销号。", "reason": True},
    "extend": {"follows": "答复期限延到新的日期，双方都看到理由。", "undo": "可以再次调整期限。", "reason": True},
    "withdraw": {
        "follows": "通知不再要求整改，不能恢复；双方仍能看到原文和理由。",
        "reason": True,
        "second_look": True,
    },
    "urge": {"follows": "发出机关和被督导机关看到催办。", "undo": "催办不改变期限，可以再次催办。", "reason": True},
}


def _move(source: NoticeState, verb: str, target: NoticeState, roles: tuple[str, ...]) -> Transition:
    return Transition(source, verb, target, roles, "5.p2", VERBS[verb], **TOLD[verb])


NOTICE = TransitionTable(
    "rectification",
    NoticeState,
    [S.DRAFT],
    [
        _move(S.DRAFT, "send", S.SENT, SIGNERS),
        _move(S.DRAFT, "withdraw", S.WITHDRAWN, DRAFTERS),
        _move(S.SENT, "receive", S.RECEIVED, DRAFTERS),
        _move(S.RECEIVED, "answer", S.ANSWERED, ANSWERERS),
        _move(S.RETURNED, "answer", S.ANSWERED, ANSWERERS),
        _move(S.ANSWERED, "accept", S.CLOSED, SIGNERS),
        _move(S.ANSWERED, "return", S.RETURNED, SIGNERS),
        *(_move(state, "extend", state, SIGNERS) for state in RUNNING),
        *(_move(state, "urge", state, SIGNERS) for state in RUNNING),
        *(_move(state, "withdraw", S.WITHDRAWN, SIGNERS) for state in OPEN),
    ],
)
