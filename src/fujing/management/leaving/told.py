"""What follows from a person's own notice and how far it is, in words for them, wherever they read it."""

from __future__ import annotations

from fujing.kernel.clock import today
from fujing.management.leaving.queries import Answer, Follows, ResignationStatus, with_amount
from fujing.management.leaving.states import DepartureState, ResignationState

LEAVING = {
    DepartureState.DRAFTED: "单位正在整理材料。",
    DepartureState.CHECKED: "材料已经核对，等待决定。",
    DepartureState.DECIDED: "已经决定，接着办理交接。",
    DepartureState.NOTIFIED: "请在最后工作日以前办完交接。",
    DepartureState.CLEARED: "交接已经办完，最后工作日起办理离职。",
    DepartureState.ENDED: "已经离职，单位应在十五日内出具证明，转移档案和社会保险关系。",
    DepartureState.CLOSED: "已经办结，证明已出具，档案和社会保险关系已转移。",
    DepartureState.WITHDRAWN: "这次离职已经撤回，劳动合同继续履行。",
}
UNDECIDED = ("", DepartureState.DRAFTED, DepartureState.CHECKED)
"""Before what is to be handed back is listed."""


def answers_of(found: Follows) -> list[Answer]:
    """What follows from a notice, in the words of the law."""
    owed, until = found.owed, found.certificate
    return [
        Answer("提前通知", True, found.notice.because),
        Answer("最后工作日", True, f"{found.last_day}（含当日）"),
        Answer("应当交回", True, "、".join(found.handed_back) + "；遗失的说明处理情况"),
        Answer(
            "经济补偿",
            None if owed is None or owed.amount is None else True,
            with_amount(owed.because, owed.amount) if owed else "",
        ),
        Answer("再次报名", True, "不适用第二十条第（七）项，不影响今后报名"),
        Answer("证明和转移", None if until is None else True, f"{until}前出具证明，转移档案和社会保险关系"),
        Answer("能否撤回", True, "确认以前、最后工作日以前，本人可以书面撤回，或者登录本人服务撤回"),
    ]


def next_of_resignation(found: ResignationStatus) -> str:
    """What comes next for whoever gave a notice of their own."""
    if found.state == ResignationState.WITHDRAWN:
        return "您已书面撤回，劳动合同继续履行。"
    if found.departure:
        return LEAVING[DepartureState(found.departure)]
    if today() < found.last_day:
        return "单位已收到，还没有确认。确认以前、最后工作日以前，您可以书面撤回，也可以登录本人服务撤回。"
    return "最后工作日已到，单位还没有确认。请向单位人事部门查问，或者向上一级公安机关反映。"
