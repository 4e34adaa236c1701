"""The two papers of a plan: the request that goes up (用人计划报批件) and the sheet of its way (用人计划审批表)."""

from __future__ import annotations

from django.utils import timezone

from fujing.general.quota.models import QuotaAccount
from fujing.kernel.papers import Grid, Heading, Paper, Text, chinese_date
from fujing.recruitment.plans.models import HeadcountPlan, PlanTask
from fujing.recruitment.plans.states import PlanState, TaskState
from fujing.registry.models import Organ

UNSENT = frozenset({PlanState.DRAFT, PlanState.RETURNED})


def _lines(plan: HeadcountPlan) -> Grid:
    lines = list(plan.lines.all())
    rows = [
        (
            str(number),
            line.post_name,
            line.get_category_display(),
            str(line.count),
            "" if line.yearly_cost is None else f"{line.yearly_cost:.2f}",
            line.reason,
        )
        for number, line in enumerate(lines, 1)
    ]
    costs = [line.yearly_cost for line in lines if line.yearly_cost is not None]
    total = f"{sum(costs):.2f}" if costs else ""
    rows.append(("", "合计", "", str(plan.total), total, ""))
    header = ("序号", "岗位", "类别", "人数", "年度经费（元）", "用人理由")
    return Grid(header, tuple(rows), (2, 5, 2, 2, 5, 8), frozenset({3, 4}))


def _code(plan: HeadcountPlan) -> str:
    return f"用人计划 {plan.pk}，第 {plan.version} 版"


def request_of(plan: HeadcountPlan, organ: Organ, recipient: str, quota: QuotaAccount, tasks: list[PlanTask]) -> Paper:
    """The request for approval, as Word or PDF. Its own number and signer are filled in by hand in Word."""
    sent = [task.asked_at for task in tasks if task.asked_at and task.round == tasks[-1].round]
    day = timezone.localtime(min(sent)).date() if sent else None
    blocks: tuple[Text | Heading | Grid, ...] = (
        Text(
            "根据《四川省公安机关警务辅助人员管理办法》第十六条规定，结合工作需要，我单位拟定"
            f"{plan.year}年警务辅助人员用人计划，现将有关情况请示如下。"
        ),
        Heading("一、用人额度"),
        Text(
            f"核定用人额度{quota.granted}人，已下达{quota.passed_down}人，在职{quota.in_service}人，"
            f"招聘中{quota.reserved}人，空余{quota.free}人。"
        ),
        Heading("二、用人理由"),
        *(Text(part.strip()) for part in plan.reason.splitlines() if part.strip()),
        Heading("三、计划岗位"),
        Text(f"本计划共{plan.total}人，具体如下。"),
        _lines(plan),
        Text("妥否，请批示。"),
    )
    return Paper(
        title=f"{organ.name}关于报批{plan.year}年警务辅助人员用人计划的请示",
        blocks=blocks,
        issuer=organ.name,
        number=f"〔{plan.year}〕　　号",
        signer="　　　",
        recipient=recipient,
        dated=day,
        code=_code(plan),
        draft=plan.state in UNSENT,
    )


def sheet_of(plan: HeadcountPlan, organ: Organ, tasks: list[PlanTask]) -> Paper:
    """The approval sheet: who decided, when, in which words, and what was entered from paper on whose behalf."""
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
    facts = f"申报机关：{organ.name}。{plan.year}年度，第{plan.version}版，共{plan.total}人。状态：{plan.get_state_display()}。"
    if plan.number:
        facts += f"批准文号：{plan.number}，批准日期：{chinese_date(plan.approved_on)}。"
    blocks = (
        Text(facts),
        Heading("一、计划岗位"),
        _lines(plan),
        Heading("二、审批情况"),
        Grid(("序号", "办理机关", "环节", "结果", "意见", "办理人和时间"), rows, (2, 5, 4, 3, 6, 5)),
    )
    return Paper(
        title=f"{plan.year}年警务辅助人员用人计划审批表", blocks=blocks, code=_code(plan), draft=plan.state in UNSENT
    )
