"""The labour contract, its term and probation, and the tier (Articles 22, 23, 39)."""

from __future__ import annotations

from datetime import timedelta

import polars as pl

from fujing.law.engine import Row, rule
from fujing.law.formats.roster import NONE
from fujing.law.parameters import Parameters
from fujing.law.periods import months_later, months_later_expression, term_expression
from fujing.law.probation import by_probation_limit
from fujing.law.rulebooks.people.facts import EFFECTIVE, Auxiliary, under_the_measures

CONTRACT_LAW = "劳动合同法第十九条"


def ends_soon(a: Auxiliary, p: Parameters) -> pl.Expr:
    """The fixed term ends within the days of notice after the day, both ends inclusive."""
    days = p["contract.expiry.notice_days"]
    if days is None:
        return pl.lit(value=False)
    return (a.contract_kind == "fixed") & a.contract_to.is_between(p.day, p.day + timedelta(days=days))


def _ends(row: Row, p: Parameters) -> str:
    return f"固定期限合同{row['contract_to']}到期，距{p.day}还有{(row['contract_to'] - p.day).days}天"


@rule(
    "22",
    id="roster.contract",
    remedy="立即补签书面劳动合同，依法支付应付的两倍工资",
    matter="contract_kind",
    needs=("hired_on",),
    shows=("contract_kind", "hired_on", "contract_from", "contract_count"),
)
def contract(a: Auxiliary, p: Parameters) -> pl.Expr:
    """县级以上人民政府公安机关或者受公安机关委托的机构应当与拟聘用的警务辅助人员签订劳动合同。

    Within a month of the first working day (Labour Contract Law 10).
    """
    months = p["contract.signing.months"]
    if months is None:
        return pl.lit(None, pl.Boolean)
    due = months_later_expression(a.hired_on, months)
    unsigned, first = a.contract_kind == "unsigned", a.contract_count == 1
    late = first & (a.hired_on >= EFFECTIVE) & (a.contract_from > due)
    unknown = a.empty("contract_kind", "contract_from") | (first.fill_null(value=False) & a.hired_on.is_null())
    return pl.when(unsigned).then(due >= p.day).when(late).then(False).when(~unknown).then(True)


@contract.violation
def _(row: Row, p: Parameters) -> str:
    due = months_later(row["hired_on"], p["contract.signing.months"])
    if row["contract_kind"] == "unsigned":
        return f"{row['hired_on']}入职，到{p.day}还没有签订劳动合同，应在{due}前签订"
    return f"{row['hired_on']}入职，首次合同自{row['contract_from']}起，超过一个月（应在{due}前）"


@contract.missing
def _(row: Row, p: Parameters) -> str:
    if row["contract_kind"] == "unsigned":
        return "未签合同，入职日期空白，是否超过一个月待核实"
    empty = [label for key, label in (("contract_kind", "合同类型"), ("contract_from", "合同起始")) if row[key] is None]
    if not empty:
        return "入职日期空白，首次合同是否在一个月内签订待核实"
    return f"{'、'.join(empty)}空白，待核实"


def _sign(row: Row, p: Parameters) -> str:
    due = months_later(row["hired_on"], p["contract.signing.months"])
    return f"{row['hired_on']}入职，还没有签订劳动合同，应在{due}前签订"


@contract.advises(_sign, remedy="在期限内签订书面劳动合同")
def _(a: Auxiliary, p: Parameters) -> pl.Expr:
    return a.contract_kind == "unsigned"


@rule(
    "39",
    id="roster.contract_current",
    remedy="续订或者依法终止；继续使用的，立即续签",
    matter="contract_to",
    needs=("contract_kind",),
    shows=("contract_kind", "contract_to"),
)
def contract_current(a: Auxiliary, p: Parameters) -> pl.Expr:
    """警务辅助人员劳动合同的订立、履行、变更、解除或者终止，应当严格按照有关法律、法规执行：在职期间合同有效。"""
    fixed = (a.contract_kind == "fixed").fill_null(value=False)
    return ~fixed | (a.contract_to >= p.day)


@contract_current.violation
def _(row: Row, p: Parameters) -> str:
    return f"固定期限合同已于{row['contract_to']}到期，到{p.day}仍在职"


@contract_current.missing
def _(row: Row, p: Parameters) -> str:
    return "固定期限合同没有写合同终止日期，待核实"


contract_current.advises(_ends, remedy="到期前商定续订或者终止")(ends_soon)


@rule(
    "39",
    id="roster.open_ended",
    remedy="征求本人意见，订立无固定期限合同",
    matter="contract_count",
    needs=("contract_kind",),
    shows=("contract_kind", "contract_count", "contract_to"),
)
def open_ended(a: Auxiliary, p: Parameters) -> pl.Expr:
    """连续订立二次固定期限劳动合同后续订的，应当订立无固定期限劳动合同，本人提出订立固定期限的除外。"""
    beyond = (a.contract_kind == "fixed") & (a.contract_count > p["contract.open_ended.after"])
    return pl.when(~beyond.fill_null(value=False)).then(True)


@open_ended.missing
def _(row: Row, p: Parameters) -> str:
    times = row["contract_count"]
    return f"第{times}次仍为固定期限合同，是否由本人提出订立固定期限，花名册没有写，待核实"


def _offer(row: Row, p: Parameters) -> str:
    return f"{_ends(row, p)}，已连续订立{row['contract_count']}次固定期限合同，续订应提出订立无固定期限合同"


@open_ended.advises(_offer, remedy="续订时提出订立无固定期限合同；本人要求固定期限的，留下书面申请")
def _(a: Auxiliary, p: Parameters) -> pl.Expr:
    return ends_soon(a, p) & (a.contract_count == p["contract.open_ended.after"])


@rule(
    "22",
    id="roster.probation",
    remedy="试用期缩短到上限以内；已超过的部分按转正对待",
    matter="probation_to",
    needs=("hired_on",),
    shows=("probation_to", "contract_kind", "contract_from", "contract_to", "contract_count", "hired_on"),
)
def probation(a: Auxiliary, p: Parameters) -> pl.Expr:
    """约定试用期：不超过劳动合同法规定的上限，同一用人单位与同一劳动者只约定一次。

    A term that isn't known has the longest limit, so that only what is beyond any limit is a violation.
    """
    term = pl.when(a.contract_kind == "fixed").then(term_expression(a.contract_from, a.contract_to))
    within = by_probation_limit(p, term, lambda months: a.probation_to < _first_day_after(a, months))
    again = (a.contract_count >= 2) & (a.probation_to >= a.contract_from)
    unlawful = (~within).fill_null(value=False) | again.fill_null(value=False)
    return under_the_measures(a, ~unlawful)


def _first_day_after(a: Auxiliary, months: int | None) -> pl.Expr:
    """The day after the last day of a probation of so many months from the contract's first."""
    return pl.lit(None, pl.Date) if months is None else months_later_expression(a.contract_from, months)


@probation.violation
def _(row: Row, p: Parameters) -> str:
    return _too_long(row)


@probation.missing
def _(row: Row, p: Parameters) -> str:
    return f"{_too_long(row)}；入职日期空白，是否在本办法施行后聘用待核实"


def _too_long(row: Row) -> str:
    if (row["contract_count"] or 1) >= 2:
        return f"第{row['contract_count']}次合同又约定试用期到{row['probation_to']}，同一单位与同一人只能约定一次"
    term = f"{row['contract_from']}至{row['contract_to']}" if row["contract_to"] else f"{row['contract_from']}起"
    return f"合同{term}，试用期到{row['probation_to']}，超过{CONTRACT_LAW}规定的上限"


@rule("23.p1", id="roster.tier", remedy="按层级方案评定层级", matter="tier", shows=("tier", "probation_to"))
def tier(a: Auxiliary, p: Parameters) -> pl.Expr:
    """对警务辅助人员实行层级化管理。"""
    return (a.tier != NONE) | (a.tier.is_not_null() & (a.probation_to >= p.day).fill_null(value=False))


@tier.violation
def _(row: Row, p: Parameters) -> str:
    on = f"，试用期已于{row['probation_to']}届满" if row["probation_to"] else ""
    return f"没有评定层级{on}"


@tier.missing
def _(row: Row, p: Parameters) -> str:
    return "层级空白，待核实"


RULES = (contract, contract_current, open_ended, probation, tier)
