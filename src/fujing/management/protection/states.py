"""The life of a protection case and of a clarification (Articles 28 and 44)."""

from __future__ import annotations

from django.db.models import TextChoices

from fujing.kernel.transitions import Told, Transition, TransitionTable
from fujing.law.protection import KINDS, SCOPES, Kind

HANDLERS = ("discipline", "hr_officer", "hr_head")
DECIDERS = ("organ_leader",)
UNIT = ("unit_leader",)
SELF = ("auxiliary",)
"""The person, by the sign-in of their own."""
KIND_CHOICES = [(str(kind), label) for kind, (label, _) in KINDS.items()]
SCOPE_CHOICES = [(int(scope), label) for scope, label in SCOPES.items()]
FALSE_ACCUSED = (Kind.FALSE_REPORT, Kind.SMEAR)


class ProtectionState(TextChoices):
    OPENED = "opened", "待受理"
    HANDLING = "handling", "办理中"
    CONCLUDED = "concluded", "已办结"
    DECLINED = "declined", "不予受理"
    TAKEN_BACK = "taken_back", "本人已撤回"


class Finding(TextChoices):
    UPHELD = "upheld", "属实"
    UNFOUNDED = "unfounded", "不属实"
    UNCLEAR = "unclear", "无法查清"


class Source(TextChoices):
    SELF = "self", "本人"
    UNIT = "unit", "使用单位"
    BUREAU = "bureau", "管理机关"


class Harmed(TextChoices):
    BODY = "body", "本人人身"
    FAMILY = "family", "近亲属"
    PROPERTY = "property", "财物"
    NAME = "name", "名誉"


class MeasureKind(TextChoices):
    SECURITY = "security", "现场处置、人身保护"
    MEDICAL = "medical", "送医、陪护"
    EVIDENCE = "evidence", "固定证据"
    VISIT = "visit", "慰问、心理疏导"
    LEGAL = "legal", "法律帮助"
    INJURY = "injury", "工伤认定申请"
    ANSWERED = "answered", "答复投诉人、媒体"
    REMOVAL = "removal", "要求删除不实信息"
    OTHER = "other", "其他措施"


class ReferredTo(TextChoices):
    PUBLIC_ORDER = "public_order", "治安管理处罚"
    CRIMINAL = "criminal", "刑事立案"
    DISCIPLINE = "discipline", "纪检监察"
    COURT = "court", "民事诉讼"


class Outcome(TextChoices):
    PUNISHED = "punished", "已处理"
    DISMISSED = "dismissed", "不予处理"
    RETURNED = "returned", "退回补充"


class Form(TextChoices):
    LETTER = "letter", "书面答复"
    MEETING = "meeting", "会议通报"
    NOTICE = "notice", "张贴公告"
    ONLINE = "online", "网站、公众号发布"
    MEDIA = "media", "新闻媒体发布"


class ClarificationState(TextChoices):
    PROPOSED = "proposed", "待本人表示意见"
    AGREED = "agreed", "本人同意，待澄清"
    REFUSED = "refused", "本人不同意公开"
    PUBLISHED = "published", "已澄清"
    DROPPED = "dropped", "已撤回"


class Step(TextChoices):
    """What a bureau may set a term for."""

    ACCEPT = "accept", "受理"
    CONCLUDE = "conclude", "办结"


P = ProtectionState
PROTECTION = TransitionTable(
    "protection",
    ProtectionState,
    [P.OPENED],
    [
        Transition(
            P.OPENED,
            "accept",
            P.HANDLING,
            HANDLERS,
            "28.p1",
            "受理",
            follows="开始办理，本人看到办理的每一步。",
            undo="查明不属实的，办结时写明。",
            second_look=True,
        ),
        Transition(
            P.OPENED,
            "decline",
            P.DECLINED,
            DECIDERS,
            "28.p1",
            "不予受理",
            follows="不再办理，本人看到理由。",
            undo="有新的情况，可以另行提出。",
            reason=True,
        ),
        Transition(
            P.OPENED,
            "take_back",
            P.TAKEN_BACK,
            SELF,
            "28.p1",
            "撤回",
            follows="单位不再办理。",
            undo="需要时可以重新提出。",
        ),
        Transition(
            P.HANDLING,
            "conclude",
            P.CONCLUDED,
            DECIDERS,
            "28.p1",
            "办结",
            follows="本人看到结论；措施、移送和澄清不再增加，移送的结果仍可以登记。",
            second_look=True,
        ),
    ],
)
C = ClarificationState
NOT: Told = {"follows": "这份澄清不公开。", "undo": "情况变化的，可以另拟一份，再征求本人意见。"}
AGREED: Told = {"follows": "只能在同意的范围内、按这份文字公开澄清。", "undo": "公开以前本人可以收回同意。"}
CLARIFICATION = TransitionTable(
    "clarification",
    ClarificationState,
    [C.PROPOSED],
    [
        Transition(
            C.AGREED,
            "publish",
            C.PUBLISHED,
            HANDLERS,
            "28.p2",
            "登记已经澄清",
            follows="记为已经公开澄清，本人看到时间、形式和范围。",
            second_look=True,
        ),
        Transition(C.PROPOSED, "agree", C.AGREED, SELF, "28.p2", "同意公开澄清", **AGREED),
        Transition(C.PROPOSED, "refuse", C.REFUSED, SELF, "28.p2", "不同意公开", **NOT),
        Transition(C.AGREED, "retract", C.REFUSED, SELF, "28.p2", "收回同意", **NOT),
        Transition(C.PROPOSED, "agree_paper", C.AGREED, HANDLERS, "28.p2", "登记本人书面同意", **AGREED),
        Transition(C.PROPOSED, "refuse_paper", C.REFUSED, HANDLERS, "28.p2", "登记本人书面不同意", **NOT),
        Transition(C.AGREED, "retract_paper", C.REFUSED, HANDLERS, "28.p2", "登记本人书面收回同意", **NOT),
        *(
            Transition(state, "drop", C.DROPPED, HANDLERS, "28.p2", "撤回这份澄清", **NOT)
            for state in (C.PROPOSED, C.AGREED)
        ),
    ],
)
