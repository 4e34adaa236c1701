"""Where each number of a slip stands, what Article 33 is compared with, and the advice on a slip below zero."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from fujing.law.pay import document
from fujing.law.pay.explanation import explain
from fujing.law.pay.floor import check_floor
from fujing.law.pay.money import cents, steps, yuan
from fujing.law.pay.run import compute
from tests.law.pay.test_pay_cases import BASE
from tests.law.pay.test_pay_explained import MONTHS, PERSON
from tests.law.pay.tools import read, written

PEOPLE, ROWS, SCHEME, EARLIER = "人员表：", "月份表：", "方案 ", "本年以前各月工资单"
SOURCES = {
    "本月在职天数": f"{PEOPLE}入职日期、离职日期",
    "本月天数": "",
    "基本工资标准": f"{SCHEME}items：base",
    "层级工资标准": f"{SCHEME}items：tier；{PEOPLE}层级",
    "岗位工资标准": f"{SCHEME}items：post；{PEOPLE}岗位等级",
    "工龄工资标准": f"{SCHEME}items：seniority",
    "本月一日的工龄（整年）": f"{PEOPLE}入职日期",
    "绩效工资标准": f"{SCHEME}items：performance",
    "考核系数": f"{SCHEME}items：performance；{PEOPLE}上年度考核",
    "夜班津贴标准": f"{SCHEME}items：night",
    "夜班": f"{ROWS}夜班",
    "平日加班小时": f"{ROWS}平日加班小时",
    "休息日加班小时": f"{ROWS}休息日加班小时",
    "节假日加班小时": f"{ROWS}节假日加班小时",
    "年终奖励标准": f"{SCHEME}items：year_end",
    "本月发放（1是，0否）": f"{PEOPLE}入职日期、离职日期",
    "事假天数": f"{ROWS}事假天数",
    "病假天数": f"{ROWS}病假天数",
    "全部": "",
    "病假保留工资的比例": f"{SCHEME}sick_rate",
    "补发": f"{ROWS}补发",
    "养老保险申报基数": f"{PEOPLE}社保基数",
    "养老保险基数下限": f"{SCHEME}contributions：pension，自2026-01",
    "养老保险基数上限": f"{SCHEME}contributions：pension，自2026-01",
    "养老保险个人费率": f"{SCHEME}contributions：pension，自2026-01",
    "养老保险单位费率": f"{SCHEME}contributions：pension，自2026-01",
    "住房公积金申报基数": f"{PEOPLE}公积金基数",
    "住房公积金基数下限": f"{SCHEME}contributions：housing，自2026-01",
    "住房公积金基数上限": f"{SCHEME}contributions：housing，自2026-01",
    "住房公积金个人费率": f"{SCHEME}contributions：housing，自2026-01",
    "住房公积金单位费率": f"{SCHEME}contributions：housing，自2026-01",
    "以前各月应发": EARLIER,
    "累计月数": "首次就业的自一月起，否则为工资单数",
    "以前各月个人缴费": EARLIER,
    "以前各月专项附加扣除": EARLIER,
    "专项附加扣除": f"{PEOPLE}专项附加扣除",
    "零": "",
    "预扣率（累计不超过36000元的一级）": "",
    "速算扣除数": "",
    "以前各月已预扣": EARLIER,
    "追偿": f"{ROWS}追偿",
    "上月结转的追偿": EARLIER,
    "月最低工资": f"{SCHEME}minimum_wage",
}
BY_LAW = {
    "月计薪天数": "人社部发〔2025〕2号",
    "日计薪小时数": "人社部发〔2025〕2号",
    "平日加班小时的倍数": "劳动法》第四十四条",
    "休息日加班小时的倍数": "劳动法》第四十四条",
    "节假日加班小时的倍数": "劳动法》第四十四条",
    "个人所得税每月减除费用": "个人所得税法》第六条",
    "每月扣除的最高比例": "工资支付暂行规定第十六条",
}


def leaves(tree: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for part in tree["of"] for each in leaves(part)] if "of" in tree else [tree]


def test_each_number_of_a_slip_names_where_it_stands(tmp_path: Path) -> None:
    scheme, files = read(written(tmp_path, BASE["scheme"], [PERSON], MONTHS))
    told = explain(scheme, files, "P1", date(2026, 2, 1))
    codes = [figure["code"] for figure in told["figures"]]
    given = [each for figure in told["figures"] for each in leaves(figure["tree"])]
    assert {each["ref"] for each in given if "ref" in each} <= set(codes)
    facts = [each for each in given if "ref" not in each]
    sources = {each["name"]: each.get("source", "") for each in facts}
    assert {name: source for name, source in sources.items() if name not in BY_LAW} == SOURCES
    assert {name for name, words in BY_LAW.items() if words in sources[name]} == set(BY_LAW)
    assert {each["name"]: each["provision"] for each in facts if "provision" in each} == {
        "本月一日的工龄（整年）": "33",
        "考核系数": "25",
        "本月发放（1是，0否）": "33",
    }


FLOOR = {"income": "40000", "year": "2025", "locality": "三台县", "source": "统计公报"}
UNKNOWN = "总体薪酬标准待核实："


@pytest.mark.parametrize(
    ("floor", "outcome", "message"),
    [
        ({}, "satisfied", "人均年应发40800.00元，三台县2025年城镇居民人均可支配收入40000.00元，不低于这一标准"),
        ({"income": "40800"}, "satisfied", "人均年应发40800.00元，三台县2025年城镇居民人均可支配收入40800.00元，不低于这一标准"),
        ({"income": "40800.01"}, "violated", "人均年应发40800.00元，三台县2025年城镇居民人均可支配收入40800.01元，低于这一标准"),
        ({"locality": None}, "satisfied", "人均年应发40800.00元，本地2025年城镇居民人均可支配收入40000.00元，不低于这一标准"),
        ({"income": None}, "undetermined", f"{UNKNOWN}缺少上一年度本地城镇居民人均可支配收入"),
        ({"source": None}, "undetermined", f"{UNKNOWN}收入数字没有写明来源"),
        ({"year": None}, "undetermined", f"{UNKNOWN}收入数字没有写明年度"),
        ({"year": "2026"}, "undetermined", f"{UNKNOWN}收入数字是2026年的，应为2025年"),
        (
            {"income": None, "source": None, "year": "2024"},
            "undetermined",
            f"{UNKNOWN}缺少上一年度本地城镇居民人均可支配收入，收入数字没有写明来源，收入数字是2024年的，应为2025年",
        ),
        (None, "undetermined", f"{UNKNOWN}缺少上一年度本地城镇居民人均可支配收入"),
    ],
)  # fmt: skip
def test_what_article_33_is_compared_with(
    tmp_path: Path, floor: dict[str, Any] | None, outcome: str, message: str
) -> None:
    said = None if floor is None else {key: each for key, each in (FLOOR | floor).items() if each is not None}
    check = check_floor(
        compute(*read(written(tmp_path, BASE["scheme"] | {"floor": said}, [BASE["person"]], [])), 2026, 2)
    )
    assert (check.outcome, check.message) == (outcome, message)
    assert check.annualised == 40800
    assert check.income == (Fraction(said["income"]) if said and "income" in said else None)


@pytest.mark.parametrize(
    ("person", "message"),
    [
        ({"hired_on": "2026-03-01"}, f"{UNKNOWN}没有工资单"),
        ({"appraisal": None}, f"{UNKNOWN}有2张工资单待核实"),
        ({"appraisal": None, "hired_on": "2026-02-28"}, f"{UNKNOWN}有1张工资单待核实"),
    ],
)
def test_without_all_slips_nothing_is_compared(tmp_path: Path, person: dict[str, Any], message: str) -> None:
    folder = written(tmp_path, BASE["scheme"] | {"floor": FLOOR}, [BASE["person"] | person], [])
    check = check_floor(compute(*read(folder), 2026, 2))
    assert (check.outcome, check.annualised, check.message) == ("undetermined", None, message)


def test_a_slip_below_zero_is_worth_a_look_and_one_of_zero_is_not(tmp_path: Path) -> None:
    """Gross 3400 less contributions of 800: back pay of -2600 leaves nothing, of a cent more a debt."""
    people = [BASE["person"] | {"id": name} for name in ("P1", "P2")] + [
        BASE["person"] | {"id": "P3", "appraisal": None}
    ]
    months = [
        {"id": name, "month": f"2026-0{month}", "back_pay": pay}
        for name, month, pay in (("P1", 1, "-2600"), ("P2", 2, "-2600.01"), ("P3", 2, "-9000"))
    ]
    run = compute(*read(written(tmp_path, BASE["scheme"], people, months)), 2026, 2)
    (found,) = document.findings(run)
    assert found.model_dump(
        mode="json", include={"provision", "rule", "outcome", "subject", "message", "facts", "remedy"}
    ) == {
        "provision": "33",
        "rule": "pay.net_below_zero",
        "outcome": "advice",
        "subject": "P2",
        "message": "2026-02实发工资为-0.01元，低于零",
        "facts": {"month": "2026-02", "net": "-0.01"},
        "remedy": "核对扣回、缴费和请假天数，差额与本人书面约定",
    }


@pytest.mark.parametrize(
    ("amount", "whole", "said"),
    [
        ("0", 0, "0.00"),
        ("0.004", 0, "0.00"),
        ("0.005", 1, "0.01"),
        ("-0.005", -1, "-0.01"),
        ("-0.0049", 0, "0.00"),
        ("1", 100, "1.00"),
        ("-1.1", -110, "-1.10"),
        ("12.345", 1235, "12.35"),
    ],
)
def test_amounts_are_whole_cents_half_away_from_zero(amount: str, whole: int, said: str) -> None:
    assert (cents(Fraction(amount)), yuan(whole)) == (whole, said)


def test_the_nearest_of_any_unit() -> None:
    assert [steps(Fraction(each), Fraction(5, 2)) for each in ("1", "1.25", "3.7", "3.75", "-1.25")] == [0, 1, 1, 2, -1]
