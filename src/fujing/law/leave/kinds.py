"""The kinds of leave: by which statute, counted in which days, and on what grounds one may be refused.

One table for the service, the pages and the database's own check.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Measure(StrEnum):
    """Which days count: working days, all days, or days of which no text seen here says which."""

    WORKING = "working"
    CALENDAR = "calendar"
    EITHER = "either"


GROUNDS = {"facts": "事实或者材料不符合", "dates": "时间另行安排", "work": "工作需要，不予批准"}
"""Why a request may be refused. `dates` asks for another period that is offered."""
FACTS, DATES, WORK = GROUNDS


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind. `event` is the day that it hangs on, as people call it (empty: none); `grounds` why it may be refused.

    `hourly`: whether it may be taken by the hour; else by half days. `chosen`: whether the bureau chooses how many days.
    """

    label: str
    statute: str
    measure: Measure
    grounds: tuple[str, ...]
    event: str = ""
    hourly: bool = False
    chosen: bool = False


KINDS = {
    "annual": Kind("年休假", "职工带薪年休假条例第三条", Measure.WORKING, (DATES,)),
    "sick": Kind(
        "病假", "企业职工患病或非因工负伤医疗期规定第三条", Measure.CALENDAR, (FACTS,), hourly=True, chosen=True
    ),
    "personal": Kind("事假", "本单位规定", Measure.WORKING, (FACTS, DATES, WORK), hourly=True, chosen=True),
    "marriage": Kind("婚假", "四川省人口与计划生育条例", Measure.EITHER, (FACTS, DATES), "结婚登记日期"),
    "maternity": Kind(
        "产假", "女职工劳动保护特别规定第七条", Measure.CALENDAR, (FACTS,), "分娩日期（未分娩的填预产期）"
    ),
    "spouse": Kind("护理假", "四川省人口与计划生育条例", Measure.EITHER, (FACTS,), "子女出生日期"),
    "childcare": Kind("育儿假", "四川省人口与计划生育条例", Measure.EITHER, (FACTS, DATES), "子女出生日期"),
    "parents": Kind("父母护理假", "四川省老年人权益保障条例", Measure.EITHER, (FACTS, DATES), "父亲或者母亲的出生日期"),
    "bereavement": Kind(
        "丧假", "关于国营企业职工请婚丧假和路程假问题的通知", Measure.EITHER, (FACTS,), "去世日期", chosen=True
    ),
}
"""What is asked for here. Leave for a work injury (停工留薪期) follows its case (Article 35); public holidays are no leave
that anybody asks for."""
LABELS = {key: kind.label for key, kind in KINDS.items()}
LEDGER = ("annual",)
"""Whose days are kept as a balance of each year."""
