"""What the organs of a roster add up to: the sheet 机关, and the people of each code."""

from __future__ import annotations

from datetime import date

import polars as pl

from fujing.law.roster.people import Sorted
from fujing.law.rulebooks.people.facts import EFFECTIVE
from fujing.law.rulebooks.people.organs import TOTAL, OrganFigures

FIGURES = ("quota", "planned", "income", "income_source")


def organ_figures(organs: pl.DataFrame | None, people: Sorted, day: date) -> pl.DataFrame:
    """One row an organ: those of the sheet in its order, then those that only people name.

    A figure is missing (null) where the organ isn't on the sheet, or there is no sheet; a column that the sheet doesn't
    have stays absent.
    """
    figures = organs.drop("row") if organs is not None else _no_figures()
    if "name" not in figures.columns:
        figures = figures.with_columns(pl.lit(None, pl.String).alias("name"))
    if "organ_code" not in people.recorded.columns:
        return figures
    by_code = pl.col("organ_code").alias("code")
    named = people.recorded.filter(pl.col("organ_code").is_not_null()).select(by_code).unique().sort("code")
    everywhere = pl.concat([figures, named.join(figures, on="code", how="anti")], how="diagonal")
    found = everywhere.join(_counted(people, by_code), on="code", how="left", maintain_order="left")
    found = found.with_columns(pl.col("in_service").fill_null(0))
    if "pay_empty" in found.columns:
        found = found.with_columns(pl.col("pay_total").fill_null(0), pl.col("pay_empty").fill_null(0))
    if not {"employment", "hired_on"} <= set(people.recorded.columns):
        return found
    hired = (pl.col("employment") == "direct") & pl.col("hired_on").is_between(EFFECTIVE, day)
    recorded = people.recorded.filter(hired).group_by(by_code).agg(pl.len().cast(pl.Int64).alias("hired"))
    return found.join(recorded, on="code", how="left", maintain_order="left").with_columns(pl.col("hired").fill_null(0))


def _no_figures() -> pl.DataFrame:
    facts = OrganFigures.schema()
    return pl.DataFrame(schema={"code": pl.String, "name": pl.String, **{name: facts[name] for name in FIGURES}})


def _counted(people: Sorted, by_code: pl.Expr) -> pl.DataFrame:
    """People in service of each code, and their pay."""
    reckoned = [pl.len().cast(pl.Int64).alias("in_service")]
    if "monthly_pay" in people.judged.columns:
        pay = pl.col("monthly_pay")
        reckoned += [pay.cast(TOTAL).sum().alias("pay_total"), pay.null_count().cast(pl.Int64).alias("pay_empty")]
    return people.judged.group_by(by_code).agg(reckoned)
