"""The life of a recruitment campaign, and of what 人社 is asked about it (第十七条、第二十一条)."""

from __future__ import annotations

from django.db.models import TextChoices

from fujing.kernel.transitions import Told, Transition, TransitionTable


class CampaignState(TextChoices):
    DRAFT = "draft", "拟定"
    ASKED = "asked", "待人社部门同意"
    AGREED = "agreed", "人社部门已同意"
    PUBLISHED = "published", "已发布"
    CLOSED = "closed", "报名截止"
    PUBLICITY = "publicity", "公示"
    FINISHED = "finished", "已结束"
    CANCELLED = "cancelled", "已取消"


class ConsentPurpose(TextChoices):
    JOINT = "joint", "共同组织招聘"
    SIMPLIFIED = "simplified", "简化招聘程序"


class ConsentState(TextChoices):
    WAITING = "waiting", "待办理"
    PASSED = "passed", "同意"
    RETURNED = "returned", "退回"
    LAPSED = "lapsed", "已失效"


class InstitutionKind(TextChoices):
    """What an entrusted institution is. The last two are answers too: they are refused with their provision."""

    EMPLOYMENT_SERVICE = "employment_service", "公共就业和人才服务机构"
    EXAMINATION = "examination", "人事考试机构"
    HR_SERVICE = "hr_service", "人力资源服务机构"
    OTHER = "other", "其他依法成立的机构"
    INTERNAL = "internal", "公安机关内设机构、派出机构"
    LABOUR_DISPATCH = "labour_dispatch", "劳务派遣单位"


class Signer(TextChoices):
    ORGAN = "organ", "公安机关"
    ENTRUSTED = "entrusted", "受委托的机构"


PROVISION_OF: dict[str, str] = {ConsentPurpose.JOINT: "17.p1", ConsentPurpose.SIMPLIFIED: "21.p2"}
S = CampaignState
C = ConsentState
HR = ("hr_officer", "hr_head")
HEADS = ("hr_head", "organ_leader")
HRSS = ("partner_hrss",)
RECORDERS = ("hr_head",)
TAKE_BACK_MINUTES = 10
"""How long a publication may be taken back while nobody has applied."""
PUBLISH: Told = {
    "follows": "公告向社会公开，到报名时间即可报名，内容不能再改。",
    "undo": f"发布后 {TAKE_BACK_MINUTES} 分钟内、没有人报名的，可以收回。",
    "second_look": True,
}
CANCEL: Told = {
    "follows": "招聘终止，不能恢复；报名人会看到理由，报名资料从取消之日起计保存期限。",
    "reason": True,
    "second_look": True,
}
UNDRAFT: Told = {"follows": "招聘回到拟定状态，已有的同意和送办失效，修改后重新送办。", "undo": "可以重新送人社部门。"}
ASK: Told = {"follows": "公告送同级人社部门，答复前不能修改。", "undo": "答复前可以撤回修改。"}
CAMPAIGN = TransitionTable(
    "campaign",
    CampaignState,
    [S.DRAFT],
    [
        Transition(S.DRAFT, "publish", S.PUBLISHED, HEADS, "21.p1", "发布公告", **PUBLISH),
        Transition(S.DRAFT, "ask", S.ASKED, HR, "17.p1", "送人社部门", **ASK),
        Transition(S.DRAFT, "cancel", S.CANCELLED, HR, "21.p1", "取消", **CANCEL),
        Transition(
            S.ASKED,
            "agree",
            S.AGREED,
            HRSS + RECORDERS,
            "17.p1",
            "同意",
            follows="公告可以发布。",
            undo="发布前人社部门可以收回同意。",
        ),
        Transition(
            S.ASKED,
            "return",
            S.DRAFT,
            HRSS + RECORDERS,
            "17.p1",
            "退回",
            follows="公告退回拟定。",
            undo="修改后可以再送。",
        ),
        Transition(S.ASKED, "revise", S.DRAFT, HR, "17.p1", "撤回修改", **UNDRAFT),
        Transition(S.ASKED, "cancel", S.CANCELLED, HR, "21.p1", "取消", **CANCEL),
        Transition(S.AGREED, "publish", S.PUBLISHED, HEADS, "21.p1", "发布公告", **PUBLISH),
        Transition(
            S.AGREED, "return", S.DRAFT, HRSS, "17.p1", "收回同意", follows="公告退回拟定。", undo="修改后可以再送。"
        ),
        Transition(S.AGREED, "revise", S.DRAFT, HR, "17.p1", "撤回修改", **UNDRAFT),
        Transition(S.AGREED, "cancel", S.CANCELLED, HR, "21.p1", "取消", **CANCEL),
        Transition(
            S.PUBLISHED,
            "close",
            S.CLOSED,
            HR,
            "21.p1",
            "截止报名",
            follows="不再接受报名和放弃后重报，未提交的报名作废，转入审查和考试。",
            undo="报名时间未过、审查没有开始的，人事负责人可以恢复报名。",
            reason=True,
            second_look=True,
        ),
        # A joint or simplified one goes back to the department's consent, any other to the draft.
        *(
            Transition(
                S.PUBLISHED,
                "unpublish",
                target,
                HEADS,
                "21.p1",
                "收回发布",
                follows="公告从公开网站撤下，可以修改后再发布。",
                undo="可以重新发布。",
                second_look=True,
            )
            for target in (S.DRAFT, S.AGREED)
        ),
        Transition(S.PUBLISHED, "cancel", S.CANCELLED, HEADS, "21.p1", "取消", **CANCEL),
        Transition(
            S.CLOSED,
            "reopen",
            S.PUBLISHED,
            RECORDERS,
            "21.p1",
            "恢复报名",
            follows="继续接受报名，直到公告写明的截止时间。",
            undo="可以再次截止报名。",
            reason=True,
            second_look=True,
        ),
        Transition(
            S.CLOSED,
            "publicise",
            S.PUBLICITY,
            HEADS,
            "21.p1",
            "公示",
            follows="拟聘用人员的姓名向社会公开，公示期内任何人可以提出异议；排名和成绩不能再变。",
            second_look=True,
        ),
        Transition(S.CLOSED, "cancel", S.CANCELLED, HEADS, "21.p1", "取消", **CANCEL),
        Transition(
            S.PUBLICITY,
            "finish",
            S.FINISHED,
            HEADS,
            "21.p1",
            "结束",
            follows="招聘结束，不再聘用和递补；报名资料从今天起计保存期限。",
            second_look=True,
        ),
    ],
)
GOES_BACK: Told = {"follows": "公告退回招聘机关修改，其他意见一并失效。", "undo": "修改后重新送办。", "reason": True}


def _decisions(deciders: tuple[str, ...], prefix: str, labels: tuple[str, str]) -> list[Transition]:
    """Both answers of the department, by sign-in or entered from paper."""
    follows = "各事项都同意后，招聘机关可以发布公告。"
    undo = "公告发布前可以撤回修改，同意随之失效。" if prefix else "公告发布前可以收回同意。"
    return [
        Transition(C.WAITING, f"{prefix}pass", C.PASSED, deciders, "8.p2", labels[0], follows=follows, undo=undo),
        Transition(C.WAITING, f"{prefix}return", C.RETURNED, deciders, "8.p2", labels[1], **GOES_BACK),
    ]


CONSENT = TransitionTable(
    "consent",
    ConsentState,
    [C.WAITING],
    [
        *_decisions(HRSS, "", ("同意", "退回")),
        # While the department has no sign-in its paper decision is recorded on its behalf (8.p2).
        *_decisions(RECORDERS, "record_", ("录入纸质同意", "录入纸质退回")),
        Transition(
            C.WAITING, "lapse", C.LAPSED, HR + HRSS, "8.p2", "失效", follows="人社部门不再办理。", undo="可以重新送办。"
        ),
        # Until the announcement is published the department may take its consent back.
        Transition(C.PASSED, "return", C.RETURNED, HRSS, "8.p2", "收回同意", **GOES_BACK),
        Transition(
            C.PASSED, "lapse", C.LAPSED, HR + HRSS, "8.p2", "失效", follows="同意不再有效。", undo="可以重新送办。"
        ),
    ],
)
