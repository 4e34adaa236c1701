"""Insurance, housing fund and pay of single people (Articles 33, 34)."""

from __future__ import annotations

import polars as pl

from fujing.law.catalogue import LABELS as CATEGORY
from fujing.law.engine import Row, Rule, rule
from fujing.law.formats.roster import INSURANCE
from fujing.law.parameters import Parameters
from fujing.law.rulebooks.people.facts import Auxiliary

FULL_NAME = {
    "pension": "养老保险",
    "medical": "医疗（生育）保险",
    "unemployment": "失业保险",
    "injury": "工伤保险",
    "housing": "住房公积金",
}


def _insured(key: str) -> Rule:
    fact, name = f"insured_{key}", FULL_NAME[key]

    def paid(a: Auxiliary, p: Parameters) -> pl.Expr:
        """依法为警务辅助人员办理养老、医疗（生育）、失业、工伤等社会保险并缴纳社会保险费，缴存住房公积金。"""
        insured: pl.Expr = getattr(a, fact)
        return insured

    made = rule("34", id=f"roster.insurance_{key}", remedy=f"为其办理{name}并补缴", matter=fact)(paid)

    @made.violation
    def _(row: Row, p: Parameters) -> str:
        return f"没有办理{name}"

    @made.missing
    def _(row: Row, p: Parameters) -> str:
        return f"{INSURANCE[key]}空白，是否办理{name}待核实"

    return made


@rule(
    "34",
    id="roster.insurance_accident",
    remedy="按岗位风险办理人身意外伤害保险",
    matter="insured_accident",
    shows=("insured_accident", "category"),
)
def accident(a: Auxiliary, p: Parameters) -> pl.Expr:
    """根据岗位风险，为警务辅助人员购买必要的人身意外伤害保险。"""
    of_field = (a.category == CATEGORY["field"]).fill_null(value=False)
    return pl.when(a.insured_accident | (a.insured_accident.is_not_null() & ~of_field)).then(True)


@accident.missing
def _(row: Row, p: Parameters) -> str:
    if row["insured_accident"] is None:
        return "意外险空白，待核实"
    return "勤务人员没有购买人身意外伤害保险，岗位风险是否需要待核实"


@rule(
    "33",
    id="roster.pay_person",
    remedy="核对岗位和层级的薪酬标准",
    matter="monthly_pay",
    shows=("monthly_pay", "organ_income"),
)
def pay_person(a: Auxiliary, p: Parameters) -> pl.Expr:
    """总体薪酬标准不低于上一年度本地城镇居民人均可支配收入：约束机关总体，不约束个人。"""
    return pl.lit(value=True)


def _below(row: Row, p: Parameters) -> str:
    year = row["monthly_pay"] * 12
    return (
        f"月应发工资{row['monthly_pay']:,.2f}元，一年{year:,.2f}元，低于上年度城镇居民人均可支配收入"
        f"{row['organ_income']:,.2f}元；本条约束机关总体，个人供参考"
    )


@pay_person.advises(_below, remedy="核对岗位和层级的薪酬标准")
def _(a: Auxiliary, p: Parameters) -> pl.Expr:
    return a.monthly_pay * 12 < a.organ_income


RULES = (*(_insured(key) for key in FULL_NAME), accident, pay_person)
