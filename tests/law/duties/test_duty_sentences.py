"""What an officer reads of each finding: the whole sentence, what to do, and the facts behind it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from fujing.law.duties import Absence
from fujing.law.roster.certificates import Certificate
from tests.law.duties.test_duty_rules import NUMBER, ORDER, PERSON, at, judged, squad

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
    (needs("红十字急救证"), held("急救证", AFTER), "急救证是不是所需的红十字急救证待核实（第十二条）", "写明证书的全称", {"needed": "红十字急救证", "held": "急救证", "until": AFTER, "day": DAY}),
    ({"needs": ("潜水证", "游泳证")}, {"certificates": ()}, "没有潜水证（第十二条）", "改派持有证书的人员", {"needed": "潜水证"}),
    ({"needs": ("急救证", "潜水证")}, held("急救证", None), "没有潜水证（第十二条）", "改派持有证书的人员", {"needed": "潜水证"}),
    ({"needs": ("急救证", "潜水证")}, {"certificates": None}, "需要急救证、潜水证，花名册没有填资质证书（第十二条）", "在花名册补填资质证书", {"needs": ["急救证", "潜水证"]}),
    ({"drives": True}, {"certificates": (Certificate("机动车驾驶证C1", BEFORE), Certificate("机动车驾驶证B1", date(2026, 2, 1)))}, "机动车驾驶证C1于2026-03-01到期，早于派勤的2026-03-02（第二十七条第一款）", "改派证件有效的人员", {"until": BEFORE, "day": DAY}),
    ({"item": "11.1", "commander": "无"}, {}, "没有指挥民警（第四条）", "写明指挥或者带领的民警", {"commander": "无"}),
    ({"text": "协助民警巡逻，开具罚单"}, {}, "内容写有“开具罚单”，是否属于第十三条第（六）项不得从事的工作待核实：处罚、许可、强制等决定由公安机关作出，辅警只能协助办理手续；前面写了协助，这里没有写明由谁进行", "由民警具名写明理由，或者写清由民警进行、辅警协助什么", {"words": "开具罚单", "others": {}}),
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
    (driven,) = judged(replace(ORDER, day=None, drives=True), without=("inducted_on", "card_valid_to")).findings[1:]
    assert (driven.outcome, driven.message, driven.remedy) == (
        "undetermined",
        "没有填日期（第二十七条第一款）",
        "补填有效期",
    )


def test_whoever_drives_without_an_officer_is_told_so() -> None:
    found = judged(replace(ORDER, drives=True, commander=None)).findings[-1]
    assert (found.message, found.remedy) == ("驾驶车船而没有指挥民警（第二十七条第一款）", "写明指挥民警")


def test_all_that_restraint_lacks_is_told_at_once() -> None:
    order = replace(ORDER, item="9.1", restraint=True, commander=None, emergency="无")
    found = judged(order, person=replace(PERSON, category="civil")).findings[-1]
    assert found.message == "约束性警械：文职警务辅助人员不得使用，没有紧急情形，没有指挥民警（第二十七条第二款）"
    assert found.facts == {"lacking": ["文职警务辅助人员不得使用", "没有紧急情形", "没有指挥民警"]}


def test_whoever_is_ordered_to_several_places_is_told_three_of_them() -> None:
    found = judged(*(at(row, "08:00", "12:00") for row in range(2, 7))).findings[0]
    assert (found.message, found.remedy) == (
        "与第3行的3、第4行的4、第5行的5时间重叠，一人不能同时在两处（第四条）",
        "错开时间，或者改派他人",
    )
    assert found.facts == {"orders": ["3", "4", "5", "6"]}


def test_how_many_one_officer_leads_is_told_with_the_first_moment() -> None:
    found = next(each for each in judged(*squad(6), at(9, "09:00", "10:00")).findings if each.rule == "duty.led")
    assert (found.provision, found.message) == ("10", "张警官在2026-03-02 08:00同时带领6人，超过5人（第十条）")
    assert found.remedy == "增加带队民警，或者错开时间"
    assert found.facts == {"commander": "张警官", "people": 6, "most": 5, "at": "2026-03-02 08:00"}


@pytest.mark.parametrize(
    ("absences", "outcome"),
    [
        ([("leave", None, DAY), ("suspension", DAY, DAY)], "violated"),
        ([("leave", DAY, DAY), ("leave", None, DAY)], "violated"),
        ([("leave", BEFORE, BEFORE), ("leave", None, DAY)], "undetermined"),
        ([("leave", None, DAY), ("leave", BEFORE, BEFORE)], "undetermined"),
    ],
)
def test_of_several_absences_the_one_that_is_certain_is_told(absences: list[Any], outcome: str) -> None:
    (found,) = judged(absences=tuple(Absence(NUMBER, *each) for each in absences)).findings
    assert (found.rule, found.outcome) == ("duty.leave", outcome)


def test_of_several_recusals_the_one_that_is_certain_is_told() -> None:
    unknown, certain = Absence(NUMBER, "recusal"), Absence(NUMBER, "recusal", matter="潼川")
    for absences in ((unknown, certain), (certain, unknown)):
        (found,) = judged(absences=absences).findings
        assert (found.rule, found.outcome) == ("duty.recusal", "violated")
    (found,) = judged(absences=(unknown, Absence(NUMBER, "recusal", matter="市场"))).findings
    assert found.outcome == "undetermined"
