"""What a run pays: the open month of everybody, and what earlier months differ by from what was paid of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl
from django.db.models import Max, Min

from fujing.kernel.digests import long_digest_of, sm3
from fujing.law.parameters import parameter_book
from fujing.law.pay import Run
from fujing.law.pay.late import SUMS, amounts, codes_of, differences, sums_of
from fujing.registry.models import Person
from fujing.safeguards.payroll.models import FactSheet, MonthFacts, PayRun, PayScheme, PaySlip, StandingFacts
from fujing.safeguards.payroll.queries import files_until, paid_of, reckoned, schemes_in


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A run before it is written. `lines`: id, month, amounts as `codes`, and the sums; `slips`: one a person."""

    codes: list[str]
    slips: pl.DataFrame
    lines: pl.DataFrame
    schemes: dict[int, dict[date, PayScheme]]
    until: int
    basis: str

    @property
    def digest(self) -> str:
        """Of every slip and line."""
        return sm3((self.slips.write_json() + self.lines.write_json()).encode()).hex()


def reckon(organ_code: int, month: date, previous: PayRun | None) -> Reckoned:
    """Reckon a month by what is known now.

    Everybody's open month, and every month since the last run; of the months before that, those people of whom
    something was said since, or everybody where the scheme or the law has changed.
    """
    until = FactSheet.objects.filter(organ_code=organ_code).aggregate(last=Max("id"))["last"] or 0
    since = previous.pays_since if previous else month
    after = previous.facts_until if previous else 0
    first_year = max(since.year, min(month.year, _touched_year(organ_code, after)))
    schemes = {year: schemes_in(organ_code, year) for year in range(first_year, month.year + 1)}
    basis = _basis(schemes[month.year])
    known = _people_since(organ_code, after) if previous and previous.basis == basis else None
    lines: list[pl.DataFrame] = []
    run: Run | None = None
    for year, holds in schemes.items():
        through = month.month if year == month.year else 12
        files = files_until(organ_code, year, until)
        run = reckoned(files, holds, year, through)
        for each in run.months:
            of = each.month.first
            if of < since:
                continue
            narrowed = known if previous and of <= previous.month else None
            if narrowed is not None and narrowed.is_empty():
                continue
            now = amounts(each, files.people["id"])
            if narrowed is not None:
                now = now.filter(pl.col("id").is_in(narrowed.to_list()))
            owed = differences(now, paid_of(organ_code, of, narrowed))
            if of == month:  # who served has a line, be it of nothing
                owed = (
                    now.filter("served")
                    .drop("served")
                    .join(owed.select("id"), on="id", how="anti")
                    .vstack(owed.select(now.drop("served").columns))
                )
            lines.append(owed.with_columns(month=pl.lit(of)))
    assert run is not None
    codes = list(dict.fromkeys([*(code for each in run.months for code in codes_of(each.scheme)), *_columns(lines)]))
    empty = pl.DataFrame(schema={"id": pl.Int64, "month": pl.Date, **dict.fromkeys(codes, pl.Int64)})
    wide = pl.concat([empty, *lines], how="diagonal").with_columns(pl.col(codes).fill_null(0))
    summed = wide.select("id", "month", pl.concat_list(codes).alias("amounts"), *sums_of(codes)).sort("id", "month")
    return Reckoned(codes, _slips(organ_code, run, summed, previous), summed, schemes, until, basis)


def _columns(lines: list[pl.DataFrame]) -> list[str]:
    return [code for each in lines for code in each.columns if code not in ("id", "month")]


def _basis(schemes: dict[date, PayScheme]) -> str:
    law = {key: str(each) for key, each in parameter_book().items() if key.startswith("pay.")}
    return long_digest_of({"schemes": {str(month): each.pk for month, each in schemes.items()}, "law": law})


def _people_since(organ_code: int, after: int) -> pl.Series:
    """Of whom something was said after a sheet."""
    new = {"organ_code": organ_code, "sheet_id__gt": after}
    told = StandingFacts.objects.filter(**new).values_list("person_id", flat=True)
    months = MonthFacts.objects.filter(**new).values_list("person_id", flat=True)
    return pl.Series("id", sorted({*told, *months}), dtype=pl.Int64)


def _touched_year(organ_code: int, after: int) -> int:
    """The first year of which something was said after a sheet."""
    new = {"organ_code": organ_code, "sheet_id__gt": after}
    days = (
        StandingFacts.objects.filter(**new).aggregate(first=Min("since"))["first"],
        MonthFacts.objects.filter(**new).aggregate(first=Min("month"))["first"],
    )
    return min((day.year for day in days if day), default=9999)


def _slips(organ_code: int, run: Run, lines: pl.DataFrame, previous: PayRun | None) -> pl.DataFrame:
    """One for who served in the open month, who is paid a difference, and who still owes."""
    last = run.months[-1]
    people = pl.DataFrame({"id": pl.Series(run.people, dtype=pl.Int64), "served": last.month.served, "open": last.open})
    people = people.with_row_index("row").filter("served")
    missing = {row["id"]: last.missing(row["row"]) for row in people.filter("open").iter_rows(named=True)}
    owing = dict(PaySlip.objects.filter(run=previous, owes__gt=0).values_list("person_id", "owes")) if previous else {}
    ids = pl.concat([people["id"], lines["id"], pl.Series("id", list(owing), dtype=pl.Int64)]).unique().sort()
    named = Person.objects.filter(organ_code=organ_code).values_list("id", "name")
    names = pl.DataFrame([*named], schema={"id": pl.Int64, "name": pl.String}, orient="row")
    brought = pl.DataFrame(
        {"id": list(owing), "brought": list(owing.values())}, schema={"id": pl.Int64, "brought": pl.Int64}
    )
    lacking = pl.DataFrame(
        {"id": list(missing), "missing": list(missing.values())}, schema={"id": pl.Int64, "missing": pl.List(pl.String)}
    )
    sums = lines.group_by("id").agg(pl.col(SUMS).sum())
    slips = ids.to_frame().join(names, on="id", how="left").join(sums, on="id", how="left")
    slips = slips.join(brought, on="id", how="left").join(lacking, on="id", how="left").sort("id")
    slips = slips.with_columns(
        pl.col(*SUMS, "brought").fill_null(0), pl.col("missing").fill_null(pl.lit([], dtype=pl.List(pl.String)))
    )
    left = pl.col("net") - pl.col("brought")
    outcome = pl.when(pl.col("missing").list.len() > 0).then(pl.lit("undetermined")).otherwise(pl.lit("computed"))
    return slips.with_columns(outcome=outcome, paid=left.clip(0), owes=(-left).clip(0))
