"""Late facts: a month is reckoned again as it is known now, and what it differs by is paid beside the open month.

What was paid of a month is the sum of all that ever pointed to it. Whatever the order in which facts and runs come, the
sum over all runs is what one computation with all facts gives.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import polars as pl

from fujing.law.formats.pay import MONTHS_COLUMNS, PEOPLE_COLUMNS, PayFiles
from fujing.law.formats.pay_scheme import OWN_ITEMS, Scheme
from fujing.law.pay.exact import Exact, whole
from fujing.law.pay.run import MonthRun

ITEM, PERSON, EMPLOYER = "item.", "person.", "employer."
TAX, RECOVERY = "tax", "recovery"
SUMS = ("gross", "contributions", "employer", "tax", "recovery", "net", "cost")
"""Of a line and of a slip, 分."""


def codes_of(scheme: Scheme) -> list[str]:
    """What a line has an amount of: items, both parties' contributions, tax and recovery, in the order of the slip."""
    items = [*(each.code for each in scheme.items), *OWN_ITEMS]
    paid = [each.code for each in scheme.contributions]
    return [
        *(ITEM + code for code in items),
        *(PERSON + code for code in paid),
        *(EMPLOYER + code for code in paid),
        *(TAX, RECOVERY),
    ]


def amounts(month: MonthRun, people: pl.Series) -> pl.DataFrame:
    """Whole 分 of everybody whose month is known, a column for each code; 0 of everything for who wasn't in service."""
    slip, count = month.slip, len(people)
    figures: dict[str, Exact] = {ITEM + code: each for code, each in slip.items.items()}
    figures |= {PERSON + each.code: each.person for each in slip.contributions}
    figures |= {EMPLOYER + each.code: each.employer for each in slip.contributions}
    figures |= {TAX: slip.withheld.tax, RECOVERY: slip.withheld.recovery}
    served = month.month.served
    cents = {code: _cents(each.where(served), count) for code, each in figures.items()}
    frame = pl.DataFrame({"id": people, "served": served, **cents})
    return frame.filter(~(month.open & served))


def differences(known: pl.DataFrame, paid: pl.DataFrame) -> pl.DataFrame:
    """What is still to be paid of a month by who is known, less than nothing where too much was; who is even is left out.

    `paid` has `id` and a column for each code that was ever paid. Who isn't known any more keeps what was paid.
    """
    codes = [code for code in dict.fromkeys([*known.columns, *paid.columns]) if code not in ("id", "served")]
    known = known.drop("served", strict=False)
    back = paid.join(known.select("id"), on="id", how="semi").with_columns(-pl.exclude("id"))
    parts = [_with(each, codes) for each in (known, back)]
    summed = pl.concat(parts).group_by("id", maintain_order=True).agg(pl.col(codes).sum())
    return summed.filter(pl.any_horizontal(pl.col(codes) != 0)) if codes else summed.clear()


def _with(frame: pl.DataFrame, codes: list[str]) -> pl.DataFrame:
    """Every code in the same order, 0 where the frame has none."""
    absent = [pl.lit(0, dtype=pl.Int64).alias(code) for code in codes if code not in frame.columns]
    return frame.with_columns(absent).select("id", *codes)


def sums_of(codes: Iterable[str]) -> list[pl.Expr]:
    """The sums of lines that have an amount of these codes; they add up as the amounts do."""
    codes = list(codes)

    def total(begins: str) -> pl.Expr:
        found = [pl.col(code) for code in codes if code.startswith(begins)]
        return pl.sum_horizontal(found) if found else pl.lit(0, dtype=pl.Int64)

    gross, person, employer = total(ITEM), total(PERSON), total(EMPLOYER)
    tax, recovery = total(TAX), total(RECOVERY)
    each = (gross, person, employer, tax, recovery, gross - person - tax - recovery, gross + employer)
    return [amount.cast(pl.Int64).alias(name) for name, amount in zip(SUMS, each, strict=True)]


def people_told(told: pl.DataFrame, month: date) -> pl.DataFrame:
    """Everybody as they are known in a month, by id. `told` has `id`, `since` (a month's first day), `told` (the order
    in which it was said) and the columns of the people file.

    What was said from the latest month on holds, of two such what was said last; before the first, what was said first.
    """
    reached, since = pl.col("since") <= month, pl.col("since").to_physical()
    near = pl.when(reached).then(since).otherwise(-since)
    ranked = told.sort("id", reached, near, "told")
    last = ranked.unique("id", keep="last", maintain_order=True)
    return last.select(each.key for each in PEOPLE_COLUMNS)


def files_told(told: pl.DataFrame, rows: pl.DataFrame, year: int) -> PayFiles:
    """A year's people and months of what was said. `rows` has `told` and the columns of the months file, of any year;
    of one person's month the last that was said holds."""
    first = date(year, 1, 1)
    begun = told["since"].unique().sort()
    later = {month: people_told(told, month) for month in begun if first < month <= date(year, 12, 1)}
    last = rows.filter(pl.col("month").dt.year() == year).sort("id", "month", "told")
    last = last.unique(["id", "month"], keep="last", maintain_order=True)
    months = last.select(each.key for each in MONTHS_COLUMNS)
    return PayFiles(people_told(told, first), months, later=later)


def _cents(number: Exact, people: int) -> pl.Series:
    """Whole 分 of everybody; a printed amount is one already."""
    scaled = number.spread(people).values * whole(100)
    return (scaled // whole(number.denominator)).cast(pl.Int64)
