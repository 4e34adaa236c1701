"""The two papers of a plan: the request that goes up (用人计划报批件) and the sheet of its way (用人计划审批表).

The request is printed from what was frozen when it was sent; a draft is printed from what it would freeze now.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from fujing.general.quota.models import QuotaAccount
from fujing.kernel.papers import Grid, Heading, Paper, Text, chinese_date
from fujing.recruitment.plans.models import HeadcountPlan, PlanRequest, PlanTask
from fujing.recruitment.plans.states import PlanState, TaskState

UNSENT = frozenset({PlanState.DRAFT, PlanState.RETURNED, PlanState.WITHDRAWN})


def request_facts(
    plan: HeadcountPlan, organ_name: str, recipient: str, quota: QuotaAccount, undated: int
) -> dict[str, Any]:
    """Everything that the request says, as it is now; money in 元. `undated`: people who count in no quota yet."""
    return {
        "organ": organ_name,
        "recipient": recipient,
        "year": plan.year,
        "version": plan.version,
        "reason": plan.reason,
        "quota": {
            "granted": quota.granted,
            "passed_down": quota.passed_down,
            "in_service": quota.in_service,
            "reserved": quota.reserved,
            "free": quota.free,
            "undated": undated,
        },
        "lines": [
            {
                "post_name": line.post_name,
                "category": line.get_category_display(),
                "count": line.count,
                "yearly_cost": None if line.yearly_cost is None else f"{line.yearly_cost:.2f}",
                "reason": line.reason,
            }
            for line in plan.lines.all()
        ],
    }


def _total(facts: dict[str, Any]) -> int:
    return sum(line["count"] for line in facts["lines"])


def _lines(facts: dict[str, Any]) -> Grid:
    lines = facts["lines"]
    rows = [
        (
            str(number),
            line["post_name"],
            line["category"],
            str(line["count"]),
            line["yearly_cost"] or "",
            line["reason"],
        )
        for number, line in enumerate(lines, 1)
    ]
    costs = [Decimal(line["yearly_cost"]) for line in lines if line["yearly_cost"] is not None]
    rows.append(("", "合计", "", str(_total(facts)), f"{sum(costs):.2f}" if costs else "", ""))
    header = ("序号", "岗位", "类别", "人数", "年度经费（元）", "用人理由")
    return Grid(header, tuple(rows), (2, 5, 2, 2, 5, 8), frozenset({3, 4}))


def _quota(quota: dict[str, int]) -> str:
    """The quota in a sentence; whoever counts in none yet is named beside it."""
    said = (
        f"核定用人额度{quota['granted']}人，已下达{quota['passed_down']}人，在职{quota['in_service']}人，"
        f"招聘中{quota['reserved']}人，空余{quota['free']}人。"
    )
    # Requests that were frozen before these people were told of have no such figure.
    undated = quota.get("undated", 0)
    return f"{said}另有{undated}人入职日期待核实，未计入在职和额度。" if undated else said


def _code(plan: HeadcountPlan, sent: PlanRequest | None = None, last: int = 0) -> str:
    code = f"用人计划 {plan.pk}，第 {plan.version} 版"
    if sent is None:
        return code
    code += f"，第 {sent.round} 次报送，摘要 {sent.digest[:16]}"
    return code + (f"，已由第 {last} 次报送替代" if last > sent.round else "")


def request_of(plan: HeadcountPlan, facts: dict[str, Any], sent: PlanRequest | None, last: int) -> Paper:
    """The request for approval, as Word or PDF. Its own number and signer are filled in by hand in Word.

    `sent` is the round it belongs to, none for a draft; `last` the number of the last round.
    """
    quota, year = facts["quota"], facts["year"]
    day: date | None = timezone.localtime(sent.sent_at).date() if sent else None
    blocks: tuple[Text | Heading | Grid, ...] = (
        Text(
            "根据《四川省公安机关警务辅助人员管理办法》第十六条规定，结合工作需要，我单位拟定"
            f"{year}年警务辅助人员用人计划，现将有关情况请示如下。"
        ),
        Heading("一、用人额度"),
        Text(_quota(quota)),
        Heading("二、用人理由"),
        *(Text(part.strip()) for part in facts["reason"].splitlines() if part.strip()),
        Heading("三、计划岗位"),
        Text(f"本计划共{_total(facts)}人，具体如下。"),
        _lines(facts),
        Text("妥否，请批示。"),
    )
    return Paper(
        title=f"{facts['organ']}关于报批{year}年警务辅助人员用人计划的请示",
        blocks=blocks,
        issuer=facts["organ"],
        number=f"〔{year}〕　　号",
        signer="　　　",
        recipient=facts["recipient"],
        dated=day,
        code=_code(plan, sent, last),
        draft=sent is None,
    )


def sheet_of(plan: HeadcountPlan, facts: dict[str, Any], tasks: list[PlanTask]) -> Paper:
    """The approval sheet: who decided, when, in which words, and what was entered from paper on whose behalf.

    `facts` are what was sent last, or the draft as it is.
    """
    rows = tuple(
        (
            str(number),
            task.assigned_name,
            PlanState(task.step).label.removeprefix("待"),
            task.get_state_display() if task.state != TaskState.WAITING else "待办理",
            task.opinion
            + (
                f"（代录纸质意见：{task.document_number}，{chinese_date(task.document_date)}）"
                if task.on_behalf
                else ""
            ),
            f"{task.decided_by} {timezone.localtime(task.decided_at):%Y-%m-%d %H:%M}" if task.decided_at else "",
        )
        for number, task in enumerate(tasks, 1)
    )
    said = f"申报机关：{facts['organ']}。{plan.year}年度，第{plan.version}版，共{_total(facts)}人。状态：{plan.get_state_display()}。"
    if plan.number:
        said += f"批准文号：{plan.number}，批准日期：{chinese_date(plan.approved_on)}。"
    blocks = (
        Text(said),
        Heading("一、计划岗位"),
        _lines(facts),
        Heading("二、审批情况"),
        Grid(("序号", "办理机关", "环节", "结果", "意见", "办理人和时间"), rows, (2, 5, 4, 3, 6, 5)),
    )
    return Paper(
        title=f"{plan.year}年警务辅助人员用人计划审批表", blocks=blocks, code=_code(plan), draft=plan.state in UNSENT
    )
