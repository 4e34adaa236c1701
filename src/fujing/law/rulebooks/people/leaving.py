"""What is taken back from people who have left (Article 26)."""

from __future__ import annotations

import polars as pl

from fujing.law.engine import Row, Rule, rule
from fujing.law.formats.roster import NOT_RETURNED
from fujing.law.parameters import Parameters
from fujing.law.rulebooks.people.facts import Auxiliary

THINGS = {"card": "证件", "uniform": "服装", "insignia": "标识"}


def _returned(key: str) -> Rule:
    fact, thing = f"returned_{key}", THINGS[key]

    def returned(a: Auxiliary, p: Parameters) -> pl.Expr:
        """警务辅助人员离职时，公安机关应当收回配发的证件、服装和标识。"""
        given_back, said = getattr(a, fact), getattr(a, f"{fact}_said")
        return pl.when(given_back.is_not_null()).then(True).when(said == NOT_RETURNED).then(False)

    made = rule(
        "26",
        id=f"roster.exit_{key}",
        remedy=f"收回{thing}；确已遗失的，登记声明作废",
        matter=fact,
        needs=("left_on",),
        shows=(fact, f"{fact}_said", "left_on"),
    )(returned)

    @made.violation
    def _(row: Row, p: Parameters) -> str:
        return f"{row['left_on']}离职，{thing}没有收回"

    @made.missing
    def _(row: Row, p: Parameters) -> str:
        return f"{row['left_on']}离职，{thing}是否收回没有写，待核实"

    return made


RULES = tuple(_returned(key) for key in THINGS)
