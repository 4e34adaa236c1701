"""Who recruits, and under which plan (第十六条、第十七条)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fujing.law.findings import Finding, Outcome
from fujing.law.formats.announcement import Announcement
from fujing.law.provisions import cite

# Also conditions of the database, so only what Python and PostgreSQL read alike.
POLICE_BODY = (
    "派出所|警务室|公安(局|厅|分局).*(科|处|室|部|队)$"
    "|(刑侦|治安|交警|交通警察|巡警|特警|巡特警|禁毒|网安|经侦)(总队|支队|大队|中队)"
)
LABOUR_DISPATCH = "劳务派遣|劳动派遣"
GOVERNMENT = re.compile(r"(?<![镇乡])(?:人民政府|政府)(?!办)")


def organiser(announcement: Announcement) -> Iterator[Finding]:
    """县级以上公安机关单独或者与同级人社部门共同组织；内设机构、派出机构不得自行聘用."""
    organ, arranged = announcement.organ, announcement.organiser
    facts = {"level": organ.level, "mode": arranged.mode if arranged else None}
    if organ.level in ("internal", "dispatched"):
        kind = "内设机构" if organ.level == "internal" else "派出机构"
        yield Finding(
            provision="17.p2",
            rule="announcement.organ",
            outcome=Outcome.VIOLATED,
            message=f"{organ.name}是{kind}，不得自行聘用警务辅助人员（{cite('17.p2')}）",
            facts=facts,
            remedy="由所属的县级以上公安机关发布公告并聘用",
        )
        return
    outcome, message, remedy = Outcome.SATISFIED, "", None
    if arranged is None:
        outcome, remedy = Outcome.UNDETERMINED, "写明单独组织，或者与同级人力资源社会保障部门共同组织"
        message = f"公告未写由谁组织招聘，无法判断是否符合{cite('17.p1')}"
    elif arranged.mode == "entrusted":
        outcome, remedy = Outcome.ADVICE, "写明组织实施的公安机关和劳动合同的签订方"
        signs = {"organ": "公安机关", "entrusted": "受托机构", None: "未写明的一方"}[arranged.signs]
        message = (
            f"委托{arranged.partner or '其他机构'}办理，劳动合同由{signs}签订；"
            f"组织实施的责任仍在公安机关（{cite('17.p1')}），请核对由谁组织、由谁签合同"
        )
    else:
        together = (
            f"与{arranged.partner or '同级人力资源社会保障部门'}共同" if arranged.mode == "joint_hrss" else "单独"
        )
        whose = "公安机关" if organ.kind == "public_security" else f"司法行政机关，参照{cite('45.p1')}执行"
        message = f"{organ.name}为县级以上{whose}，{together}组织招聘（{cite('17.p1')}）"
    yield Finding(
        provision="17.p1", rule="announcement.organiser", outcome=outcome, message=message, facts=facts, remedy=remedy
    )
    if arranged is not None and arranged.mode == "entrusted" and arranged.partner is not None:
        yield from _entrusted(arranged.partner, arranged.signs)


def _entrusted(institution: str, signs: str | None) -> Iterator[Finding]:
    """受公安机关委托的机构可以签订劳动合同；内设机构、派出机构不得聘用，劳务派遣单位签的是派遣合同."""
    provision, message = "", ""
    if re.search(POLICE_BODY, institution):
        provision = "17.p2"
        message = f"受委托的{institution}是公安机关内设机构或者派出机构，不得自行聘用警务辅助人员"
    elif re.search(LABOUR_DISPATCH, institution) and signs != "organ":
        provision = "22"
        message = f"{institution}是劳务派遣单位，签订的是派遣合同，不能受委托签订劳动合同"
    if message:
        yield Finding(
            provision=provision,
            rule="announcement.entrusted_body",
            outcome=Outcome.VIOLATED,
            message=f"{message}（{cite(provision)}）",
            facts={"institution": institution, "signs": signs},
            remedy="由公安机关签订劳动合同，或者改委托依法可以受托的机构",
        )


def plan(announcement: Announcement) -> Iterator[Finding]:
    """用人计划须经批准；未经批准，不得无计划聘用."""
    stated = announcement.plan
    provision = "16.p1" if announcement.organ.level == "province" else "16.p2"
    total = sum(post.headcount for post in announcement.positions)
    facts: dict[str, object] = {"plan": stated.model_dump() if stated else None, "headcount": total}
    if stated is not None and stated.approved is False:
        yield Finding(
            provision="16.p3",
            rule="announcement.plan_approved",
            outcome=Outcome.VIOLATED,
            message=f"用人计划未经批准，不得招聘{total}人（{cite('16.p3')}）",
            facts=facts,
            remedy="先按第十六条报批用人计划",
        )
    else:
        yield _approval(announcement, provision, facts)
    if stated is not None and stated.headcount is not None:
        above = total > stated.headcount
        comparison = "超过" if above else "未超过"
        if above or stated.approved is not False:
            yield Finding(
                provision="16.p3",
                rule="announcement.within_plan",
                outcome=Outcome.VIOLATED if above else Outcome.SATISFIED,
                message=f"各岗位共招{total}人，{comparison}批准的用人计划{stated.headcount}人（{cite('16.p3')}）",
                facts=facts,
                remedy="核减招聘人数，或者先报批增加计划" if above else None,
            )


def _approval(announcement: Announcement, provision: str, facts: dict[str, object]) -> Finding:
    stated = announcement.plan
    remedy: str | None = "写明批准用人计划的人民政府和批准文号"
    outcome = Outcome.UNDETERMINED
    if stated is not None and stated.approved_by and not GOVERNMENT.search(stated.approved_by):
        message = (
            f"公告写“{stated.approved_by}”批准，{cite(provision)}要求的是"
            "编制、财政部门审核后由本级人民政府批准，无法判断计划是否获批"
        )
    elif stated is None or not (stated.number or stated.approved or stated.approved_by):
        message = f"公告未写用人计划的批准文号，无法判断是否按{cite(provision)}批准"
    else:
        outcome, remedy = Outcome.SATISFIED, None
        source = stated.number or stated.approved_by or ""
        message = f"用人计划已经批准{f'（{source}）' if source else ''}，符合{cite(provision)}"
    return Finding(
        provision=provision, rule="announcement.plan", outcome=outcome, message=message, facts=facts, remedy=remedy
    )
