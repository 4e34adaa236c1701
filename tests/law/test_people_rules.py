"""The rules on people in service, one person and one change at a time: bounds, blanks, unknown figures, sentences."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from fujing.law.citizen_numbers import check_digit
from fujing.law.engine import Evaluation
from fujing.law.findings import Outcome
from fujing.law.rulebooks.people import ORGANS, PEOPLE, SCOPE
from fujing.law.rulebooks.people.facts import Auxiliary
from fujing.law.rulebooks.people.organs import OrganFigures

DAY = date(2026, 1, 22)
NOT_YET = {"contract_from": None, "contract_to": None, "contract_count": None, "probation_to": None}


def number(born: str) -> str:
    first = f"510722{born}001"
    return first + check_digit(first)


BASE: dict[str, Any] = {
    "id_number": number("19950615"),
    "category": "勤务",
    "organ_code": "510722000000",
    "unit": "巡特警大队",
    "education": "high_school",
    "employment": "direct",
    "hired_on": date(2024, 3, 1),
    "contract_kind": "fixed",
    "contract_from": date(2024, 3, 1),
    "contract_to": date(2027, 2, 28),
    "contract_count": 1,
    "probation_to": date(2024, 8, 31),
    "tier": "三级",
    "monthly_pay": Decimal(5000),
    **dict.fromkeys((name for name in Auxiliary.schema() if name.startswith("insured_")), True),
    "inducted_on": date(2024, 2, 20),
    **dict.fromkeys(("educated_political", "educated_discipline", "educated_integrity"), date(2026, 1, 10)),
    "educated_secrecy": date(2026, 1, 10),
    "trained_on": date(2026, 1, 10),
    "appraisal": "合格",
    "card_number": "C001",
    "card_valid_to": date(2027, 12, 31),
    "organ_income": Decimal(47336),
}
SCHEMA = Auxiliary.schema() | {"card_held": pl.Boolean}


def judged(changes: dict[str, Any], parameters: dict[str, Any] | None = None) -> tuple[dict[str, str], Evaluation]:
    """What isn't simply as it should be: outcome or advice by rule, without `roster.`."""
    frame = pl.DataFrame([BASE | {"card_held": True} | changes], schema=SCHEMA)
    made = PEOPLE.evaluate(frame, PEOPLE.parameters(DAY, parameters))
    words = {False: "violated", None: "undetermined"}
    found = {name: words[value] for name, value in made.outcomes.row(0, named=True).items() if value is not True}
    found |= {name: "advice" for name, advised in made.advice.row(0, named=True).items() if advised}
    return {name.removeprefix("roster."): outcome for name, outcome in found.items()}, made


def message(rule: str, changes: dict[str, Any], parameters: dict[str, Any] | None = None) -> str:
    found, made = judged(changes, parameters)
    (chosen,) = (each for each in PEOPLE.rules if each.id == f"roster.{rule}")
    row = dict.fromkeys(Auxiliary.schema()) | BASE | changes
    return made.finding(chosen, Outcome(found[rule]), row, None).message.rpartition("（第")[0]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {}),
        # 号码中的出生日期就是基准日，可以是真的。
        ({"id_number": number("20260122")}, {"age": "violated"}),
        ({"id_number": number("20260123")}, {"identity": "undetermined", "age": "undetermined"}),
        # 首次合同：施行当天入职起才追究。
        (
            {"hired_on": date(2021, 3, 1), "probation_to": None, "inducted_on": date(2021, 3, 1)},
            {"contract": "violated"},
        ),
        ({"hired_on": date(2021, 2, 28), "probation_to": None}, {}),
        ({"hired_on": None, "contract_count": None, "probation_to": None}, {"age": "undetermined"}),
        ({"contract_kind": "unsigned", **NOT_YET, "hired_on": date(2025, 12, 22)}, {"contract": "advice"}),
        # 试用期：次数空白按首次，起始空白无从比较。
        ({"contract_count": None, "probation_to": date(2024, 9, 1)}, {"probation": "violated"}),
        ({"contract_count": 3, "probation_to": None, "contract_kind": "open_ended", "contract_to": None}, {}),
        # 层级：没有试用期的不等，空白总是待核实。
        ({"tier": "无", "probation_to": None}, {"tier": "violated"}),
        (
            {"tier": None, "probation_to": DAY, "hired_on": date(2025, 8, 1), "contract_from": date(2025, 8, 1)}
            | {"contract_to": date(2028, 7, 31)},
            {"tier": "undetermined"},
        ),
        # 岗前培训晚于入职，施行前入职的不问。
        (
            {"hired_on": date(2021, 3, 1), "contract_count": 2, "probation_to": None, "inducted_on": date(2021, 3, 2)},
            {"induction": "advice"},
        ),
        (
            {"hired_on": date(2021, 2, 28), "contract_count": 2, "probation_to": None, "inducted_on": date(2021, 3, 1)},
            {},
        ),
        # 从没有参加，入职日期空白。
        (
            {"hired_on": None, "contract_count": 2, "probation_to": None, "trained_on": None, "trained_on_said": "无"},
            {"age": "undetermined", "annual_training": "undetermined"},
        ),
        *(({"appraisal": word}, {"appraisal": "violated"}) for word in ("未考核", "无")),
        *(
            ({"appraisal": word}, {"appraisal": "advice"})
            for word in ("不称职", "不合格", "不胜任", "基本称职", "基本合格")
        ),
        *(({"appraisal": word}, {}) for word in ("优秀", "称职", "合格", "胜任")),
        ({"category": None, "insured_accident": False}, {"category": "undetermined"}),
        ({"insured_accident": None}, {"insurance_accident": "undetermined"}),
        ({"category": "文职", "education": "junior_college", "insured_accident": False}, {}),
        ({"card_number": None, "card_valid_to": None}, {"card": "undetermined"}),
        ({"expired_qualifications": "C1"}, {"qualification": "advice"}),
        ({"expired_qualifications": "C1", "undated_qualifications": "B2"}, {"qualification": "undetermined"}),
        ({"monthly_pay": Decimal("3944.66")}, {"pay_person": "advice"}),
        ({"monthly_pay": Decimal("3944.67")}, {}),
        ({"organ_code": "5107220"}, {"organ": "violated"}),
        ({"organ_code": None}, {"organ": "undetermined"}),
    ],
)
def test_one_person_is_judged_as_the_table_says(changes: dict[str, Any], expected: dict[str, str]) -> None:
    assert judged(changes)[0] == expected


@pytest.mark.parametrize(
    ("key", "changes", "expected"),
    [
        ("recruitment.age.min", {}, {"age": "undetermined"}),
        ("recruitment.age.min", {"id_number": number("20150101")}, {"age": "undetermined"}),
        ("recruitment.age.max", {}, {"age": "undetermined"}),
        ("recruitment.age.max", {"id_number": number("20150101")}, {"age": "violated"}),
        ("recruitment.education.min", {}, {"education": "undetermined"}),
        ("recruitment.education.civil_min", {}, {}),
        ("recruitment.education.civil_min", {"category": "文职"}, {"education": "undetermined"}),
        ("contract.signing.months", {}, {"contract": "undetermined"}),
        ("contract.expiry.notice_days", {"contract_to": DAY, "probation_to": None}, {}),
        ("card.expiry.notice_days", {"card_valid_to": DAY}, {}),
        ("contract.probation.max", {"contract_kind": "open_ended"}, {}),
        ("contract.probation.max", {"contract_to": date(2025, 2, 27), "contract_kind": "open_ended"}, {}),
    ],
)
def test_what_an_unknown_figure_decides_is_never_met(
    key: str, changes: dict[str, Any], expected: dict[str, str]
) -> None:
    assert judged(changes, {key: None})[0] == expected


@pytest.mark.parametrize(
    ("rule", "changes", "unknown", "expected"),
    [
        ("age", {}, "recruitment.age.max", "缺2026-01-22适用的年龄标准，待核实"),
        ("age", {}, "recruitment.age.min", "缺2026-01-22适用的年龄标准，待核实"),
        ("education", {}, "recruitment.education.min", "缺学历标准，待核实"),
        ("education", {"category": "文职"}, "recruitment.education.civil_min", "缺学历标准，待核实"),
    ],
)
def test_which_figure_is_unknown_is_said(rule: str, changes: dict[str, Any], unknown: str, expected: str) -> None:
    assert message(rule, changes, {unknown: None}) == expected


@pytest.mark.parametrize(
    ("rule", "changes", "expected"),
    [
        ("tier", {"tier": "无", "probation_to": None}, "没有评定层级"),
        ("tier", {"tier": None}, "层级空白，待核实"),
        (
            "probation",
            {"contract_count": None, "probation_to": date(2024, 9, 1)},
            "合同2024-03-01至2027-02-28，试用期到2024-09-01，超过劳动合同法第十九条规定的上限",
        ),
        ("contract", {"contract_kind": None, "contract_from": None}, "合同类型、合同起始空白，待核实"),
        ("contract", {"hired_on": None}, "入职日期空白，首次合同是否在一个月内签订待核实"),
        ("identity", {"id_number": None}, "公民身份号码空白，待核实"),
        ("identity", {"id_number": number("20260123")}, f"公民身份号码{number('20260123')}中的出生日期不对，待核实"),
        ("age", {"id_number": None}, "公民身份号码空白或者不对，不知道出生日期，待核实"),
        ("age", {"hired_on": None, "contract_count": 2}, "入职日期空白，无法计算入职时的年龄，待核实"),
        ("education", {"education": None}, "学历空白，待核实"),
        ("induction", {"inducted_on": None}, "岗前培训日期空白，待核实"),
        ("appraisal", {"appraisal": None}, "上年度考核空白，待核实"),
        ("insurance_accident", {"insured_accident": None}, "意外险空白，待核实"),
        (
            "card",
            {"card_valid_to": date(2026, 1, 21), "same_card_rows": "3"},
            "工作证已于2026-01-21过期；工作证号C001与第3行相同",
        ),
        ("card", {"card_valid_to": DAY, "same_card_rows": "3"}, "工作证号C001与第3行相同"),
        ("card", {"card_number": "无", "card_valid_to": date(2026, 1, 21)}, "没有配发工作证"),
        *(
            (f"insurance_{key}", {f"insured_{key}": None}, f"{column}空白，是否办理{name}待核实")
            for key, column, name in (
                ("pension", "养老", "养老保险"),
                ("medical", "医疗", "医疗（生育）保险"),
                ("unemployment", "失业", "失业保险"),
                ("injury", "工伤", "工伤保险"),
                ("housing", "公积金", "住房公积金"),
            )
        ),
    ],
)
def test_what_is_said_of_one_person(rule: str, changes: dict[str, Any], expected: str) -> None:
    assert message(rule, changes) == expected


def test_words_of_who_is_no_auxiliary_are_said_with_every_column_that_has_them() -> None:
    row = {"excluded_words": "食堂、保洁", "post": "食堂帮厨", "category": None, "unit": "保洁队"}
    (excluded,) = SCOPE.rules
    said = excluded.message(Outcome.VIOLATED, row, Auxiliary, SCOPE.parameters(DAY))
    assert said == "岗位、用人单位写有“食堂、保洁”，不属于警务辅助人员（第三条第三款）"


FIGURES: dict[str, Any] = {"in_service": 2, "hired": 2, "quota": 3, "planned": 4, "pay_total": Decimal(8000)}
FIGURES |= {"pay_empty": 0, "income": Decimal(40000), "income_source": "公报"}


@pytest.mark.parametrize(
    ("changes", "quota", "plan", "pay_floor"),
    [
        (
            {},
            "符合：在职2人，用人额度3人",
            "符合：2021-03-01以来直接聘用2人，批准计划数4人",
            "符合：人均一年48,000.00元，上年度城镇居民人均可支配收入40,000.00元（公报）",
        ),
        (
            {"quota": 1, "planned": 1, "income": Decimal(48001)},
            "在职2人，超过用人额度1人，超出1人",
            "2021-03-01以来直接聘用2人（含已离职），超过批准计划数1人，超出1人",
            "人均一年48,000.00元，上年度城镇居民人均可支配收入48,001.00元（公报），低1.00元",
        ),
        (
            {"quota": None, "planned": None, "income": None, "income_source": None, "pay_empty": 2, "in_service": 0},
            "在职0人，缺用人额度，待核实",
            "2021-03-01以来直接聘用2人，缺批准计划数，待核实",
            "缺上年度城镇居民人均可支配收入，2人的月应发工资空白，没有在职人员，待核实",
        ),
        (
            {"quota": 2, "planned": 2, "income": Decimal(48000), "income_source": None, "pay_empty": 1},
            "符合：在职2人，用人额度2人",
            "符合：2021-03-01以来直接聘用2人，批准计划数2人",
            "收入数字没有写口径来源，1人的月应发工资空白，待核实",
        ),
    ],
)
def test_what_is_said_of_an_organ(changes: dict[str, Any], quota: str, plan: str, pay_floor: str) -> None:
    row = FIGURES | changes
    made = ORGANS.evaluate(pl.DataFrame([row], schema=OrganFigures.schema()), ORGANS.parameters(DAY))
    outcomes = {True: Outcome.SATISFIED, False: Outcome.VIOLATED, None: Outcome.UNDETERMINED}
    told = [made.finding(each, outcomes[made.outcomes[each.id][0]], row, None).message for each in ORGANS.rules]
    assert [each.rpartition("（第")[0] for each in told] == [quota, plan, pay_floor]
