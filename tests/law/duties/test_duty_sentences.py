"""What an officer reads of each finding: the whole sentence, what to do, and the facts behind it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from fujing.law.duties import Absence
from fujing.law.roster.certificates import Certificate
from tests.law.duties.test_duty_rules import NUMBER, ORDER, PERSON, judged

DAY, BEFORE, AFTER = date(2026, 3, 2), date(2026, 3, 1), date(2026, 3, 3)
ORDERS_ONLY = "核对号码，只派本机关在职的警务辅助人员"


def held(name: str, until: date | None) -> dict[str, Any]:
    return {"certificates": (Certificate(name, until),)}


def needs(name: str) -> dict[str, Any]:
    return {"needs": (name,)}


CASES: list[tuple[dict[str, Any], dict[str, Any], str, str, dict[str, Any]]] = [
    # order, person, sentence, what to do, facts
    ({"id_number": "510722199001010022"}, {}, "公民身份号码510722199001010022不在花名册上或者号码有误，不知道派的是谁（第五条第一款）", ORDERS_ONLY, {"id_number": "510722199001010022"}),
    ({"id_number": None}, {}, "没有填公民身份号码，不知道派的是谁（第五条第一款）", ORDERS_ONLY, {"id_number": None}),
    ({}, {"left": DAY}, "2026-03-02不在职（2026-03-02离职）（第五条第一款）", "改派在职人员", {"hired": date(2022, 3, 1), "left": DAY, "day": DAY}),
    ({}, {"hired": AFTER, "left": AFTER}, "2026-03-02不在职（2026-03-03才入职）（第五条第一款）", "改派在职人员", {"hired": AFTER, "left": AFTER, "day": DAY}),
    ({}, {"excluded": "护村队"}, "花名册写明是“护村队”，不属于警务辅助人员（第三条第三款）", "改派警务辅助人员", {"words": "护村队"}),
    ({"item": "9.1"}, {}, "勤务警务辅助人员被派做文职的工作（9.1）（第九条）", "改派文职人员", {"category": "field", "item": "9.1"}),
    ({}, {"category": "civil"}, "文职警务辅助人员被派做勤务的工作（10.3）（第十条）", "改派勤务人员", {"category": "civil", "item": "10.3"}),
    ({}, {"category": None}, "花名册没有写明是文职还是勤务（第十条）", "在花名册补填类别", {}),
    ({}, {"induction": "无"}, "没有参加过岗前培训（第二十四条）", "先培训，后派勤", {}),
    ({}, {"induction": None}, "花名册没有填岗前培训日期（第二十四条）", "在花名册补填岗前培训日期", {}),
    ({}, {"induction": AFTER}, "2026-03-03才参加岗前培训，晚于派勤的2026-03-02（第二十四条）", "先培训，后派勤", {"induction": AFTER, "day": DAY}),
    ({}, {"card": "无"}, "没有工作证件（第二十六条）", "先配发工作证件，后派勤", {}),
    ({}, {"card_until": BEFORE}, "工作证件2026-03-01到期，早于派勤的2026-03-02（第二十六条）", "换发工作证件后再派", {"until": BEFORE, "day": DAY}),
    ({}, {"card": None, "card_until": None}, "花名册没有填工作证号、工作证有效期（第二十六条）", "在花名册补填", {}),
    ({}, {"card_until": None}, "花名册没有填工作证有效期（第二十六条）", "在花名册补填", {}),
    (needs("急救证"), {"certificates": None}, "需要急救证，花名册没有填资质证书（第十二条）", "在花名册补填资质证书", {"needs": ["急救证"]}),
    (needs("急救证"), {"certificates": ()}, "没有急救证（第十二条）", "改派持有证书的人员", {"needed": "急救证"}),
    (needs("急救证"), held("急救证", BEFORE), "急救证于2026-03-01到期，早于派勤的2026-03-02（第十二条）", "改派证书有效的人员", {"needed": "急救证", "held": "急救证", "until": BEFORE, "day": DAY}),
    (needs("急救证"), held("急救证", None), "急救证没有写明有效期（第十二条）", "补填有效期", {"needed": "急救证", "held": "急救证", "until": None, "day": DAY}),
    ({"drives": True}, {"certificates": None}, "驾驶车船，花名册没有填资质证书（第二十七条第一款）", "在花名册补填驾驶证和有效期", {}),
    ({"drives": True}, {"certificates": ()}, "驾驶车船而没有驾驶证、船员证（第二十七条第一款）", "改派持有驾驶证的人员", {}),
    ({"drives": True}, held("机动车驾驶证C1", BEFORE), "机动车驾驶证C1于2026-03-01到期，早于派勤的2026-03-02（第二十七条第一款）", "改派证件有效的人员", {"until": BEFORE, "day": DAY}),
    ({"drives": True}, held("机动车驾驶证C1", None), "机动车驾驶证C1没有写明有效期（第二十七条第一款）", "补填有效期", {}),
    ({"commander": None}, {}, "没有指挥民警（第十条）", "写明指挥或者带领的民警", {"commander": None}),
    ({"item": None}, {}, "没有填事项，不知道派的是哪一项工作（第四条）", "填写目录中的事项，如 10.3", {}),
    ({"item": "巡逻"}, {}, "事项“巡逻”不在职责目录（第九条至第十一条）中（第十条）", "改为目录中的事项，如 10.3", {"item": "巡逻"}),
    ({"item": "10.10", "basis": "无"}, {}, "第十条第（十）项的其他工作没有写明所依据的国家规定", "写明国家规定的名称和文号", {"item": "10.10"}),
    ({"restraint": True}, {}, "约束性警械：没有紧急情形（第二十七条第二款）", "只在紧急情形下，由民警指挥勤务人员协助使用", {"lacking": ["没有紧急情形"]}),
]  # fmt: skip


@pytest.mark.parametrize(("order", "person", "sentence", "remedy", "facts"), CASES, ids=[case[2] for case in CASES])
def test_a_finding_is_one_sentence_with_what_to_do(
    order: dict[str, Any], person: dict[str, Any], sentence: str, remedy: str, facts: dict[str, Any]
) -> None:
    (found,) = judged(replace(ORDER, **order), person=replace(PERSON, **person)).findings
    assert (found.message, found.remedy, found.facts) == (sentence, remedy, facts)


@pytest.mark.parametrize(
    ("absence", "sentence", "remedy", "facts"),
    [
        ({"kind": "leave", "start": BEFORE, "end": DAY}, "2026-03-01至2026-03-02请假，不能派勤（第三十六条）", "改派他人", {"start": BEFORE, "end": DAY, "kind": "请假"}),
        ({"kind": "suspension", "start": DAY, "end": DAY}, "2026-03-02至2026-03-02停职，不能派勤（第三十六条）", "改派他人", {"start": DAY, "end": DAY, "kind": "停职"}),
        ({"kind": "leave", "end": DAY}, "请假表（（未填）至2026-03-02）没有填全，不知道这天是否请假（第三十六条）", "补填请假表", {"start": None, "end": DAY}),
        ({"kind": None, "start": BEFORE, "end": DAY}, "请假表（2026-03-01至2026-03-02）没有填全，不知道这天是否请假或者停职（第三十六条）", "补填请假表", {"start": BEFORE, "end": DAY}),
        ({"kind": "recusal"}, "请假表写了回避而没有写事由（第三十条）", "补填回避的事由", {}),
        ({"kind": "recusal", "matter": "潼 川"}, "内容或者地点涉及应当回避的“潼 川”（第三十条）", "改派他人", {"matter": "潼 川"}),
    ],
)  # fmt: skip
def test_an_absence_is_told_with_its_days(
    absence: dict[str, Any], sentence: str, remedy: str, facts: dict[str, Any]
) -> None:
    (found,) = judged(absences=(Absence(id_number=NUMBER, **absence),)).findings
    assert (found.message, found.remedy, found.facts) == (sentence, remedy, facts)


def test_without_a_day_what_hangs_on_it_is_open() -> None:
    found = judged(replace(ORDER, day=None, needs=("急救证",))).findings
    assert [(each.rule, each.message, each.remedy) for each in found] == [
        ("duty.induction", "没有填日期，不知道当天是否有效（第二十四条）", "补填日期"),
        ("duty.card", "没有填日期，不知道当天是否有效（第二十六条）", "补填日期"),
        ("duty.qualification", "没有填日期，不知道证书当天是否有效（第十二条）", "补填日期"),
    ]
