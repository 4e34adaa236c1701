"""The ways of ending employment written out beside the law, and every sentence on days and money."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from fujing.law.leaving.days import Service, in_probation, notice, placement_due
from fujing.law.leaving.owed import exposure, severance, severance_due
from fujing.law.leaving.ways import (
    BY_PERSON,
    CLEARANCE,
    IN_PROBATION,
    WAYS,
    WITH_DAMAGE,
    WITH_STATUTE,
    Proof,
    Step,
    exit_kind,
    kinds_of,
    lacking,
)
from fujing.law.parameters import Parameters

DAY = date(2026, 11, 27)
LAW = Parameters(DAY)

PROTECTIONS = "none_hazard none_injury none_illness none_maternity none_near_retirement"
UNION = "union_told >union_agrees/union_silent/union_weighed"
HELP = "?placement_offered >?placement_answered"
HEARD = ">statement/statement_refused"
SERVED = "!served/served_otherwise"
LAW_39, LAW_40 = "劳动合同法第三十九条第（{}）项", "劳动合同法第四十条第（{}）项"

# Provision, statute, whose notice, severance, barred (20.7), for health, what is asked in its order: / one of several,
# > not before what stands before it, ? where Article 37 asks for help, ! before the notice.
TABLE = {
    "resigned": ("39", "劳动合同法第三十七条", "person", False, False, False, "letter"),
    "resigned_fault": ("39", "劳动合同法第三十八条", "", True, False, False, "letter bureau_fault"),
    "agreed": ("39", "劳动合同法第三十六条", "", None, False, None, f"agreement {HELP}"),
    "died": ("39", "劳动合同法第四十四条第（三）项", "", False, False, False, "death"),
    "retired": ("39", "劳动合同法第四十四条第（二）项", "", False, False, False, "retirement"),
    "probation": (
        "32.1", LAW_39.format("一"), "", False, False, False, f"condition unmet >reasons_told {UNION} {SERVED}"
    ),
    "incompetent": (
        "32.2", LAW_40.format("二"), "bureau", True, False, None,
        f"incompetent >trained/post_change >incompetent_again {PROTECTIONS} {UNION} {HELP} {SERVED}",
    ),
    "breach": (
        "32.3", LAW_39.format("二"), "", False, True, False, f"rule rule_known breach {HEARD} {UNION} {SERVED}"
    ),
    "absent": (
        "32.3", LAW_39.format("二"), "", False, True, False, f"rule rule_known absence recalled {HEARD} {UNION} {SERVED}"
    ),
    "dereliction": ("32.4", LAW_39.format("三"), "", False, None, False, f"dereliction damage {HEARD} {UNION} {SERVED}"),
    "convicted": ("32.5", LAW_39.format("六"), "", False, None, False, f"judgment >effective {HEARD} {UNION} {SERVED}"),
    "second_job": (
        "32.6", LAW_39.format("四"), "", False, None, False,
        f"second_job second_job_harms/second_job_kept {HEARD} {UNION} {SERVED}",
    ),
    "fraud": ("32.6", LAW_39.format("五"), "", False, None, False, f"fraud fraud_decisive {HEARD} {UNION} {SERVED}"),
    "illness": (
        "32.6", LAW_40.format("一"), "bureau", True, False, True,
        f"medical_period unfit other_work {PROTECTIONS} {UNION} {HELP} {SERVED}",
    ),
    "change": (
        "32.6", LAW_40.format("三"), "bureau", True, False, False,
        f"change >no_agreement {PROTECTIONS} {UNION} {SERVED}",
    ),
    "statute": (
        "32.6", "", "bureau", None, None, None,
        f"statute statute_fact {HEARD} {PROTECTIONS} {UNION} {HELP} {SERVED}",
    ),
}  # fmt: skip


def asked(way: str) -> str:
    return " ".join(
        ">" * need.after + "?" * need.placement + "!" * (need.step is Step.NOTIFY) + "/".join(need.kinds)
        for need in WAYS[way].needs
    )


@pytest.mark.parametrize("way", TABLE)
def test_a_way_is_what_the_law_says(way: str) -> None:
    found = WAYS[way]
    told = (found.provision, found.statute, found.notice, found.severance, found.mark, found.health, asked(way))
    assert told == TABLE[way]


def test_the_table_and_the_lists_beside_it_are_whole() -> None:
    assert list(WAYS) == list(TABLE)
    assert BY_PERSON == ("resigned", "resigned_fault")
    assert (WITH_DAMAGE, WITH_STATUTE, IN_PROBATION) == (("dereliction",), ("statute",), ("probation",))
    assert list(CLEARANCE) == ["card", "uniform", "insignia", "equipment", "documents"]


def test_the_statutes_of_what_every_bureau_needs() -> None:
    statutes = {"/".join(need.kinds): need.statute for need in WAYS["illness"].needs}
    assert {key: statutes[key] for key in ("none_injury", "union_told", "placement_offered", "placement_answered")} == {
        "none_injury": "劳动合同法第四十二条",
        "union_told": "劳动合同法第四十三条",
        "placement_offered": "办法第三十七条",
        "placement_answered": "办法第三十七条",
    }
    assert statutes["served/served_otherwise"] == "劳动合同法第五十条"


def test_what_is_served_is_asked_before_the_notice_and_the_rest_before_the_check() -> None:
    kinds = [need.kinds for need in lacking("convicted", [], step=Step.NOTIFY, placement=None)]
    assert kinds == [("served", "served_otherwise")]
    assert lacking("convicted", [Proof("served_otherwise", DAY)], step=Step.NOTIFY, placement=None) == []
    assert lacking("resigned", [], step=Step.NOTIFY, placement=None) == []


def test_what_stands_after_is_measured_by_the_first_proof_before_it() -> None:
    """A second, later judgment doesn't take away what the first began; the day itself is not too early."""
    proofs = [("judgment", 1), ("judgment", 9), ("effective", 1), ("statement", 1), ("union_told", 1)]
    there = [*(Proof(kind, date(2026, 6, day)) for kind, day in proofs), Proof("union_agrees", date(2026, 6, 1))]
    assert lacking("convicted", there, step=Step.CHECK, placement=None) == []
    assert [need.kinds for need in lacking("convicted", there[1:], step=Step.CHECK, placement=None)] == [
        ("effective",), ("statement", "statement_refused"),
    ]  # fmt: skip


def test_what_a_way_takes_before_the_decision_and_after_it() -> None:
    assert kinds_of("convicted", later=False) == [
        "judgment", "effective", "statement", "statement_refused",
        "union_told", "union_agrees", "union_silent", "union_weighed",
    ]  # fmt: skip
    assert kinds_of("convicted", later=True) == ["served", "served_otherwise", "answer"]
    assert kinds_of("breach", later=True) == ["served", "served_otherwise", "answer"]
    assert kinds_of("change", later=True) == ["served", "served_otherwise"]
    assert kinds_of("resigned", later=True) == []


def test_what_the_end_is_called() -> None:
    called = [exit_kind(*each) for each in (("absent", False), ("convicted", True), ("agreed", False))]
    assert called == ["left_without_leave", "dismissed", "agreed"]


BEGAN = date(2016, 11, 27)
OLD = Service(BEGAN, False, None)
NEW = Service(date(2026, 10, 1), True, date(2026, 12, 1))


def test_each_sentence_on_probation() -> None:
    unsigned = Service(date(2026, 10, 1), False, None)
    said = [
        in_probation(LAW, NEW, date(2026, 11, 30)),
        in_probation(LAW, NEW, date(2026, 12, 1)),
        in_probation(LAW, Service(BEGAN, True, None), DAY),
        in_probation(LAW, OLD, DAY),
        in_probation(LAW, unsigned, DAY),
        in_probation(Parameters(DAY, {"contract.probation.max": None}), OLD, DAY),
    ]
    unknown = "没有在本系统签订合同，试用期到哪一天待核实"
    assert [(each.holds, each.because) for each in said] == [
        (True, "试用期到2026-11-30止，2026-11-30在试用期内"),
        (False, "试用期到2026-11-30止，2026-12-01已过试用期"),
        (False, "合同没有约定试用期"),
        (False, "2016-11-27上岗，到2026-11-27已过最长6个月的试用期（劳动合同法第十九条）"),
        (None, unknown),
        (None, unknown),
    ]


def test_each_sentence_on_notice() -> None:
    unsigned = Service(date(2026, 10, 1), False, None)
    said = [
        notice(LAW, "breach", OLD, DAY),
        notice(LAW, "illness", OLD, DAY, paid_instead=True),
        notice(LAW, "illness", OLD, DAY),
        notice(LAW, "statute", OLD, DAY),
        notice(LAW, "resigned", OLD, DAY, paid_instead=True),
        notice(LAW, "resigned", NEW, DAY),
        notice(LAW, "resigned", unsigned, DAY),
        notice(Parameters(DAY, {"leaving.notice.bureau": None}), "illness", OLD, DAY),
    ]
    assert [(each.days, each.because) for each in said] == [
        (0, "不需要提前通知"),
        (0, "额外支付一个月工资，不需要提前通知（劳动合同法第四十条）"),
        (30, "单位提前30日书面通知（劳动合同法第四十条第（一）项）"),
        (30, "单位提前30日书面通知（劳动合同法第四十条）"),
        (30, "本人提前30日书面通知（劳动合同法第三十七条）"),
        (3, "本人在试用期内提前3日书面通知（劳动合同法第三十七条）"),
        (None, "没有在本系统签订合同，试用期到哪一天待核实，提前通知的天数待核实"),
        (None, "没有登记2026-11-27适用的规定，提前通知的天数待核实"),
    ]


def test_each_sentence_on_help_with_another_job() -> None:
    ten = Parameters(DAY, {"leaving.placement.years": 10})
    said = [
        placement_due(ten, "change", OLD, DAY, True),
        placement_due(ten, "agreed", OLD, DAY, False),
        placement_due(Parameters(DAY, {"leaving.placement.years": None}), "illness", OLD, DAY, False),
        placement_due(ten, "illness", OLD, date(2026, 11, 26), None),
        placement_due(ten, "agreed", OLD, date(2026, 11, 26), None),
        placement_due(ten, "agreed", OLD, DAY, None),
        placement_due(ten, "illness", OLD, DAY, None),
    ]
    assert [(each.holds, each.because) for each in said] == [
        (False, "不是因年龄和身体条件解除"),
        (False, "不是因年龄和身体条件解除"),
        (None, "没有登记当地规定的工作年限，按应当提供转岗就业帮助办理（第三十七条）"),
        (False, "2016-11-27上岗，到2026-11-26工作未满10年"),
        (False, "2016-11-27上岗，到2026-11-26工作未满10年"),
        (None, "是否因年龄和身体条件解除没有写明，按应当提供转岗就业帮助办理（第三十七条）"),
        (True, "2016-11-27上岗，到2026-11-27工作满10年，解除前提供转岗就业帮助（第三十七条）"),
    ]


def test_each_sentence_on_whether_severance_is_due() -> None:
    said = [severance_due("agreed", by) for by in (None, True, False)]
    said += [severance_due(way, None) for way in ("statute", "illness", "breach")]
    assert [(each.holds, each.because) for each in said] == [
        (None, "由谁提出解除没有写明，是否支付经济补偿待核实（劳动合同法第四十六条）"),
        (True, "单位提出协商解除（劳动合同法第四十六条）"),
        (False, "本人提出协商解除（劳动合同法第四十六条）"),
        (None, "所依据的条文是否要求经济补偿待核实（劳动合同法第四十六条）"),
        (True, "医疗期满不能从事原工作和另行安排的工作（劳动合同法第四十六条）"),
        (False, "违法违纪或者严重违反规章制度（劳动合同法第四十六条）"),
    ]


@pytest.mark.parametrize(
    ("way", "average", "local", "months", "amount", "said"),
    [
        ("illness", 4000, 6000, 3, 12000, "经济补偿3个月工资（{p1}）"),
        ("illness", None, 6000, 3, None, "经济补偿3个月工资（{p1}）；本人月平均工资{unknown}"),
        ("illness", 4000, None, 3, None, "经济补偿3个月工资（{p1}）；当地职工月平均工资{unknown}"),
        ("illness", None, None, 3, None, "经济补偿3个月工资（{p1}）；本人月平均工资、当地职工月平均工资{unknown}"),
        ("illness", 18001, 6000, 3, 54000, "月工资高于当地平均工资3倍，按18000元计，最多12年，经济补偿3个月（{p2}）"),
    ],
)
def test_each_sentence_on_what_is_owed(
    way: str, average: int | None, local: int | None, months: int, amount: int | None, said: str
) -> None:
    p, pay = Parameters(DAY, {"leaving.severance.local_average": local}), None if average is None else Decimal(average)
    said = said.format(
        p1="劳动合同法第四十七条第一款",
        p2="劳动合同法第四十七条第二款",
        unknown="没有登记，是否封顶和金额待核实（劳动合同法第四十七条第二款）",
    )
    began, last = date(2024, 1, 1), date(2026, 6, 30)
    told = f"2024-01-01至2026-06-30共2年6个月，{said}"
    owed = severance(p, way, began, last, average=pay)
    assert (owed.months, owed.amount) == (months, amount)
    assert owed.because == f"{WAYS[way].label}（劳动合同法第四十六条），{told}"
    risk = exposure(p, began, last, average=pay)
    assert (risk.months, risk.amount) == (2 * months, None if amount is None else 2 * amount)
    assert risk.because == f"如果被认定违法解除，{told}；赔偿金为其2倍（劳动合同法第八十七条）"


def test_what_is_owed_and_cannot_be_told_says_why() -> None:
    """Beyond twelve years even the months depend on the average pay."""
    said = severance(LAW, "illness", date(2010, 1, 1), date(2026, 6, 30))
    assert (said.months, said.amount) == (None, None)
    assert said.because.endswith(
        "共16年6个月，本人月平均工资、当地职工月平均工资没有登记，是否封顶和金额待核实（劳动合同法第四十七条第二款）"
    )
    said = severance(LAW, "agreed", BEGAN, DAY)
    assert (said.months, said.amount) == (None, None)
    assert said.because == "由谁提出解除没有写明，是否支付经济补偿待核实（劳动合同法第四十六条）"
    said = severance(LAW, "agreed", BEGAN, DAY, proposed_by_bureau=False)
    assert (said.months, said.amount) == (0, 0)
    assert said.because == "本人提出协商解除（劳动合同法第四十六条），不支付经济补偿"
    said = exposure(Parameters(DAY, {"leaving.unlawful.times": None}), BEGAN, DAY)
    assert (said.months, said.amount, said.because) == (None, None, "没有登记2026-11-27适用的规定，赔偿金待核实")
