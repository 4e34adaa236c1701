"""Article 20: grounds that named people establish in the background check, and the evidence of identity.

A ground is a finding of people, never computed: 是 = it exists, 否 = checked and absent, empty = not checked.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from fujing.law.citizen_numbers import birth_expression, is_male, is_well_formed
from fujing.law.engine import Row, Rule, rule, when
from fujing.law.formats.applicants import GROUNDS
from fujing.law.parameters import Parameters
from fujing.law.provisions import measures
from fujing.law.rulebooks.applicant import Applicant


def _ground(item: int) -> Rule:
    provision, fact = f"20.{item}", f"ground_20_{item}"
    words = measures()[provision].text

    def absent(a: Any, p: Parameters) -> pl.Expr:
        return ~getattr(a, fact)

    absent.__doc__ = words
    made = rule(
        provision, id=f"background.ground_{item}", remedy="告知本人，听取说明后作出决定；成立的不得招聘", matter=fact
    )(absent)

    @made.satisfaction
    def _(row: Row, p: Parameters) -> str:
        return f"考察没有发现不得招聘的情形：{words.rstrip('；。的')}"

    @made.violation
    def _(row: Row, p: Parameters) -> str:
        return f"考察认定有不得招聘的情形：{words.rstrip('；。的')}"

    @made.missing
    def _(row: Row, p: Parameters) -> str:
        return f"{GROUNDS[fact]}尚未考察，待核实"

    return made


GROUND_RULES = tuple(_ground(item) for item in range(1, 10))


@rule("20.8", id="background.identity", remedy="核对身份证原件", matter="id_number", shows=("birth_date", "sex"))
def identity(a: Applicant, p: Parameters) -> pl.Expr:
    """提供虚假个人证明资料或者有较为严重个人不良信用记录的；

    Disagreement is a reason to look at the original, not yet a false document: undetermined, never violated.
    """
    number = a.id_number.str.to_uppercase()
    born = birth_expression(number)
    male = number.str.slice(16, 1).is_in(["1", "3", "5", "7", "9"])
    consistent = (
        born.is_not_null() & (born == a.birth_date).fill_null(True) & (male == (a.sex == "male")).fill_null(True)
    )
    return when(consistent).then(True)


@identity.satisfaction
def _(row: Row, p: Parameters) -> str:
    return "公民身份号码校验正确，与所填出生日期、性别没有出入"


@identity.missing
def _(row: Row, p: Parameters) -> str:
    number = (row["id_number"] or "").upper()
    if not number:
        return "缺公民身份号码，待核实"
    reasons = []
    if not is_well_formed(number):
        reasons.append("公民身份号码校验位或者格式不符")
    else:
        if row.get("birth_date") and number[6:14] != f"{row['birth_date']:%Y%m%d}":
            reasons.append(f"号码中的出生日期与所填{row['birth_date']}不一致")
        if row.get("sex") and is_male(number) != (row["sex"] == "male"):
            reasons.append("号码中的性别与所填不一致")
        if not reasons:
            reasons.append("号码中没有可用的出生日期")
    return f"材料不一致，待核实：{'；'.join(reasons)}"
