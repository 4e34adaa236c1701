"""What binds an organ as a whole: quota, plan and pay (Articles 6, 16, 33)."""

from __future__ import annotations

from decimal import Decimal

import polars as pl

from fujing.kernel.exchange import DECIMAL
from fujing.law.engine import Fact, Facts, Row, rule
from fujing.law.parameters import Parameters
from fujing.law.rulebooks.people.facts import EFFECTIVE

MONTHS = 12
TOTAL = pl.Decimal(38, 6)


class OrganFigures(Facts):
    """One organ on a day: its figures, and what its people add up to."""

    in_service = Fact("在职人数", pl.Int64)
    hired = Fact("本办法施行后直接聘用人数", pl.Int64)
    quota = Fact("用人额度", pl.Int64)
    planned = Fact("批准计划数", pl.Int64)
    pay_total = Fact("月应发工资合计", TOTAL)
    pay_empty = Fact("月应发工资空白人数", pl.Int64)
    income = Fact("上年度城镇居民人均可支配收入", DECIMAL)
    income_source = Fact("收入口径来源", pl.String)


@rule(
    "6.p1",
    id="roster.quota",
    remedy="停止新增，按程序申请调剂或者核增额度",
    matter="quota",
    needs=("in_service",),
    shows=("in_service", "quota"),
)
def quota(a: OrganFigures, p: Parameters) -> pl.Expr:
    """警务辅助人员用人额度管理按照国家和省有关规定执行。"""
    return a.in_service <= a.quota


@quota.satisfaction
def _(row: Row, p: Parameters) -> str:
    return f"在职{row['in_service']}人，用人额度{row['quota']}人"


@quota.violation
def _(row: Row, p: Parameters) -> str:
    return f"在职{row['in_service']}人，超过用人额度{row['quota']}人，超出{row['in_service'] - row['quota']}人"


@quota.missing
def _(row: Row, p: Parameters) -> str:
    return f"在职{row['in_service']}人，缺用人额度，待核实"


@rule(
    "16.p3",
    id="roster.plan",
    remedy="查明超出计划聘用的人员，依法处理；今后先报批用人计划",
    matter="planned",
    needs=("hired",),
    shows=("hired", "planned"),
)
def plan(a: OrganFigures, p: Parameters) -> pl.Expr:
    """未经批准，不得无计划聘用警务辅助人员。"""
    return a.hired <= a.planned


@plan.satisfaction
def _(row: Row, p: Parameters) -> str:
    return f"{EFFECTIVE}以来直接聘用{row['hired']}人，批准计划数{row['planned']}人"


@plan.violation
def _(row: Row, p: Parameters) -> str:
    return (
        f"{EFFECTIVE}以来直接聘用{row['hired']}人（含已离职），超过批准计划数{row['planned']}人，"
        f"超出{row['hired'] - row['planned']}人"
    )


@plan.missing
def _(row: Row, p: Parameters) -> str:
    return f"{EFFECTIVE}以来直接聘用{row['hired']}人，缺批准计划数，待核实"


@rule(
    "33",
    id="roster.pay_floor",
    remedy="提高总体薪酬标准，报本级财政保障",
    matter="income",
    needs=("pay_total",),
    shows=("in_service", "pay_total", "pay_empty", "income", "income_source"),
)
def pay_floor(a: OrganFigures, p: Parameters) -> pl.Expr:
    """总体薪酬标准按不低于上一年度本地城镇居民人均可支配收入的标准合理确定（不含五险一金）。

    Twelve times the mean against the figure, in exact decimals: 12 × the sum against the figure × people.
    """
    known = a.income_source.is_not_null() & (a.pay_empty == 0) & (a.in_service > 0)
    enough = a.pay_total * MONTHS >= a.income * a.in_service
    return pl.when(known).then(enough)


def average(row: Row) -> Decimal:
    """Yearly pay a head, 元."""
    pay: Decimal = row["pay_total"] * MONTHS / row["in_service"]
    return pay


def _compared(row: Row) -> str:
    return (
        f"人均一年{average(row):,.2f}元，上年度城镇居民人均可支配收入{row['income']:,.2f}元（{row['income_source']}）"
    )


@pay_floor.satisfaction
def _(row: Row, p: Parameters) -> str:
    return _compared(row)


@pay_floor.violation
def _(row: Row, p: Parameters) -> str:
    return f"{_compared(row)}，低{row['income'] - average(row):,.2f}元"


@pay_floor.missing
def _(row: Row, p: Parameters) -> str:
    lacking = []
    if row["income"] is None:
        lacking.append("缺上年度城镇居民人均可支配收入")
    elif row["income_source"] is None:
        lacking.append("收入数字没有写口径来源")
    if row["pay_empty"]:
        lacking.append(f"{row['pay_empty']}人的月应发工资空白")
    if not row["in_service"]:
        lacking.append("没有在职人员")
    return f"{'，'.join(lacking)}，待核实"


RULES = (quota, plan, pay_floor)
