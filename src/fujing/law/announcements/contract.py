"""The labour contract and its probation (第二十二条)."""

from __future__ import annotations

from collections.abc import Iterator

from fujing.law.findings import Finding, Outcome, plain
from fujing.law.formats.announcement import Announcement, Contract
from fujing.law.parameters import Parameters
from fujing.law.probation import probation_limit
from fujing.law.provisions import cite


def contract(announcement: Announcement, p: Parameters) -> Iterator[Finding]:
    """签订劳动合同，在合同内约定试用期，不超过劳动合同法的上限."""
    stated = announcement.contract
    if stated is None:
        return
    facts = {name: plain(value) for name, value in stated.model_dump(exclude_none=True).items()}
    if stated.signed_after == "trial" or stated.trial_months:
        length = f"{stated.trial_months}个月" if stated.trial_months else ""
        yield Finding(
            provision="22",
            rule="announcement.contract",
            outcome=Outcome.VIOLATED,
            message=f"试用{length}后才签订劳动合同；试用期应当约定在合同之内（{cite('22')}）",
            facts=facts,
            remedy="用工时即签订劳动合同，试用期写入合同",
        )
    if stated.probation_months is not None:
        yield _probation(stated, p, facts)


def _probation(stated: Contract, p: Parameters, facts: dict[str, object]) -> Finding:
    months, term = stated.probation_months, stated.term_months
    limit = probation_limit(p, term)
    highest = probation_limit(p, None)
    assert months is not None
    assert limit is not None
    assert highest is not None
    if term is None and 0 < months <= highest:
        outcome = Outcome.UNDETERMINED
        message = f"约定试用期{months}个月，未写合同期限，无法核对试用期上限（{cite('22')}）"
    else:
        outcome = Outcome.VIOLATED if months > limit else Outcome.SATISFIED
        whole = f"合同期限{term}个月" if term is not None else "任何合同期限"
        relation = "超过" if months > limit else "未超过"
        message = (
            f"{whole}，试用期最长{limit}个月，约定{months}个月，{relation}上限（{cite('22')}、劳动合同法第十九条）"
        )
    return Finding(
        provision="22",
        rule="announcement.probation",
        outcome=outcome,
        message=message,
        facts=facts | {"limit_months": limit},
        remedy=None if outcome is Outcome.SATISFIED else "按合同期限缩短或者写明试用期",
    )
