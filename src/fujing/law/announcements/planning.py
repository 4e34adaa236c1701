"""Under which plan is recruited, and who approved it (第十六条)."""

from __future__ import annotations

from collections.abc import Iterator

from fujing.law.announcements.organ import division_of
from fujing.law.bodies import government_of
from fujing.law.findings import Finding, Outcome
from fujing.law.formats.announcement import Announcement, Plan
from fujing.law.provisions import cite


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
    if stated is not None and (stated.headcount is not None or stated.used is not None):
        yield from _within(stated, total, facts)


def _within(stated: Plan, total: int, facts: dict[str, object]) -> Iterator[Finding]:
    """The posts of this announcement and what earlier ones took are not more than the plan."""
    said = f"各岗位共招{total}人"
    said += f"，此前公告已用{stated.used}人，合计{total + stated.used}人" if stated.used else ""
    if stated.headcount is None:
        outcome, message = Outcome.UNDETERMINED, f"{said}，未写批准的用人计划人数，无法核对"
    elif total + (stated.used or 0) > stated.headcount:
        outcome, message = Outcome.VIOLATED, f"{said}，超过批准的用人计划{stated.headcount}人"
    elif stated.approved is False:
        return
    else:
        outcome, message = Outcome.SATISFIED, f"{said}，未超过批准的用人计划{stated.headcount}人"
    remedy = {Outcome.VIOLATED: "核减招聘人数，或者先报批增加计划", Outcome.UNDETERMINED: "写明批准的用人计划人数"}
    yield Finding(
        provision="16.p3",
        rule="announcement.within_plan",
        outcome=outcome,
        message=f"{message}（{cite('16.p3')}）",
        facts=facts,
        remedy=remedy.get(outcome),
    )


def _approval(announcement: Announcement, provision: str, facts: dict[str, object]) -> Finding:
    """由本级人民政府批准: approved by a name that is the government of the organ's own level and division."""
    stated = announcement.plan
    remedy: str | None = "写明批准用人计划的人民政府和批准文号"
    outcome, number = Outcome.UNDETERMINED, f"（{stated.number}）" if stated and stated.number else ""
    if stated is None or not (stated.number or stated.approved or stated.approved_by):
        message = f"公告未写用人计划的批准文号，无法判断是否按{cite(provision)}批准"
    elif stated.approved_by is None:
        message = f"公告写用人计划已经批准{number}，未写由哪个人民政府批准，无法判断是否按{cite(provision)}批准"
    else:
        answer = government_of(stated.approved_by, division_of(announcement.organ))
        message = (
            f"公告写“{stated.approved_by}”批准，{answer.read}；{cite(provision)}要求的是"
            "编制、财政部门审核后由本级人民政府批准，无法判断计划是否获批"
        )
        if answer.holds:
            outcome, remedy = Outcome.SATISFIED, None
            message = f"用人计划由{stated.approved_by}批准{number}，符合{cite(provision)}"
    return Finding(
        provision=provision, rule="announcement.plan", outcome=outcome, message=message, facts=facts, remedy=remedy
    )
