"""Reading pay as somebody; what was said as the law's frames."""

from __future__ import annotations

import tempfile
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl
from django.db.models import DecimalField, ExpressionWrapper, F, QuerySet, Value
from django.db.models.functions import Cast, Round

from fujing.kernel.actor import Actor
from fujing.kernel.bulk import frame_of
from fujing.kernel.refusals import Refusal, existing
from fujing.law.formats.pay import COUNTS, PayFiles
from fujing.law.formats.pay_scheme import Scheme, read_scheme
from fujing.law.pay import Run, compute
from fujing.law.pay.late import files_told
from fujing.safeguards.payroll.models import MonthFacts, PayLine, PayRun, PayScheme, PaySlip, StandingFacts
from fujing.safeguards.payroll.states import RunState, SchemeState

STANDING_MONEY = ("social_base", "housing_base", "special_deductions")
MONTH_MONEY = ("back_pay", "recovery_due")
COUNTED = tuple(each.key for each in COUNTS)


def schemes_for(actor: Actor) -> QuerySet[PayScheme]:
    """The bureau's own schemes, the latest first."""
    return PayScheme.objects.filter(organ_code=actor.organ_code or 0).order_by("-version")


def scheme_for(actor: Actor, scheme_id: int) -> PayScheme:
    """One of them, or 404."""
    return existing(schemes_for(actor).filter(pk=scheme_id).first(), "没有这个薪酬方案")


def runs_for(actor: Actor) -> QuerySet[PayRun]:
    """The bureau's own runs, the latest first."""
    return PayRun.objects.filter(organ_code=actor.organ_code or 0).order_by("-month", "-pk")


def run_for(actor: Actor, run_id: int) -> PayRun:
    """One of them, or 404."""
    return existing(runs_for(actor).filter(pk=run_id).first(), "没有这次核算")


def slips_of(run: PayRun) -> QuerySet[PaySlip]:
    """A run's slips by name."""
    return PaySlip.objects.filter(run=run).order_by("name", "pk")


def paid_out(run: PayRun) -> list[PaySlip]:
    """A run's slips with their people, and in `by_code` what all lines of each pay together, 分."""
    amounts: dict[int, dict[str, int]] = {}
    for line in PayLine.objects.filter(run=run):
        mine = amounts.setdefault(line.person_id, {})
        for code, amount in zip(run.codes, line.amounts, strict=True):
            mine[code] = mine.get(code, 0) + amount
    slips = list(slips_of(run).select_related("person"))
    for slip in slips:
        slip.by_code = amounts.get(slip.person_id, {})  # type: ignore[attr-defined]
    return slips


def slip_for(actor: Actor, slip_id: int) -> PaySlip:
    """A slip of the own bureau, or 404."""
    found = PaySlip.objects.filter(pk=slip_id, organ_code=actor.organ_code or 0).select_related("run").first()
    return existing(found, "没有这张工资单")


def lines_of(slip: PaySlip) -> list[PayLine]:
    """The open month's line first, then the earlier months'."""
    return list(PayLine.objects.filter(run_id=slip.run_id, person_id=slip.person_id).order_by("-month"))


def own_slips(actor: Actor) -> QuerySet[PaySlip]:
    """What somebody was paid, the latest first."""
    mine = PaySlip.objects.filter(person_id=actor.person_id or 0, run__state=RunState.LOCKED)
    return mine.select_related("run").order_by("-run__month")


def own_slip(actor: Actor, slip_id: int) -> PaySlip:
    """One of them, or 404."""
    return existing(own_slips(actor).filter(pk=slip_id).first(), "没有这张工资单")


@lru_cache(maxsize=64)
def read_text(text: str) -> Scheme:
    """A scheme in the open format. Raises DocumentError."""
    with tempfile.NamedTemporaryFile(suffix=".yaml") as file:
        Path(file.name).write_text(text, "utf-8")
        return read_scheme(file.name)


def schemes_in(organ_code: int, year: int) -> dict[date, PayScheme]:
    """Which scheme holds from which month of a year on, the first from January; refuses where none was approved."""
    approved = PayScheme.objects.filter(
        organ_code=organ_code, state=SchemeState.APPROVED, effective__year__lte=year
    ).order_by("effective", "version")
    found: dict[date, PayScheme] = {}
    for each in approved:
        found[max(each.effective.replace(day=1), date(year, 1, 1))] = each
    if not found:
        raise Refusal(f"{year}年没有已核准的薪酬方案，先录入并核准方案。", provisions=("33",))
    return found


def told_until(organ_code: int, until: int, person_id: int | None = None) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What was said of people and of months up to a sheet, as `files_told` takes it."""
    narrowed: dict[str, Any] = {"organ_code": organ_code, "sheet_id__lte": until}
    narrowed |= {} if person_id is None else {"person_id": person_id}
    standing = frame_of(
        StandingFacts.objects.filter(**narrowed),
        {
            "id": ("person_id", pl.Int64),
            "told": ("id", pl.Int64),
            "since": ("since", pl.Date),
            "name": ("person__name", pl.String),
            **{key: (key, pl.String) for key in ("category", "tier", "post_grade", "appraisal")},
            "hired_on": ("hired_on", pl.Date),
            "left_on": ("left_on", pl.Date),
            **{key: (_yuan(key), pl.String) for key in STANDING_MONEY},
            "first_job": ("first_job", pl.Boolean),
        },
    )
    monthly = frame_of(
        MonthFacts.objects.filter(**narrowed),
        {
            "id": ("person_id", pl.Int64),
            "told": ("id", pl.Int64),
            "month": ("month", pl.Date),
            **{key: (key, pl.String) for key in COUNTED},
            **{key: (_yuan(key), pl.String) for key in MONTH_MONEY},
        },
    )
    return _decimal(standing, STANDING_MONEY), _decimal(monthly, (*COUNTED, *MONTH_MONEY))


def _yuan(key: str) -> Round:
    """分 as 元, by numbers that aren't whole."""
    exact = DecimalField(max_digits=20, decimal_places=6)
    return Round(ExpressionWrapper(Cast(F(key), exact) / Value(100), output_field=exact), precision=6)


def _decimal(frame: pl.DataFrame, keys: tuple[str, ...]) -> pl.DataFrame:
    if frame.is_empty():
        return frame.with_columns(pl.col(keys).cast(pl.Decimal(18, 6)))
    return frame.with_columns(pl.col(keys).str.to_decimal(scale=6))


def files_until(organ_code: int, year: int, until: int, person_id: int | None = None) -> PayFiles:
    """A year's people and months as they were known, of everybody or of one person."""
    return files_told(*told_until(organ_code, until, person_id), year)


def reckoned(files: PayFiles, schemes: dict[date, PayScheme], year: int, through: int) -> Run:
    """The year's months by the schemes that hold in them."""
    (first, *later) = sorted(schemes)
    follow = {month: read_text(schemes[month].text) for month in later}
    return compute(read_text(schemes[first].text), files, year, through, schemes=follow)


def kept_schemes(run: PayRun, year: int) -> dict[date, PayScheme]:
    """The schemes that a run reckoned a year by."""
    kept: dict[str, int] = run.schemes.get(str(year), {})
    rows = PayScheme.objects.in_bulk(kept.values())
    return {date.fromisoformat(month): rows[pk] for month, pk in kept.items()}


def reckoned_again(run: PayRun, person_id: int, month: date) -> Run:
    """One person's year up to a month, by what the run knew: the same amounts, to be explained."""
    files = files_until(run.organ_code, month.year, run.facts_until, person_id)
    return reckoned(files, kept_schemes(run, month.year), month.year, month.month)


def paid_of(organ_code: int, month: date, people: pl.Series | None) -> pl.DataFrame:
    """What was paid of a month by all runs together, 分 by code; of everybody or of these people."""
    runs = PayRun.objects.filter(organ_code=organ_code, state=RunState.LOCKED)
    rows = PayLine.objects.filter(organ_code=organ_code, month=month, run__state=RunState.LOCKED)
    if people is not None:
        rows = rows.filter(person_id__in=people.to_list())
    columns = {"id": ("person_id", pl.Int64), "run": ("run_id", pl.Int64), "amounts": ("amounts", pl.String)}
    found = frame_of(rows, columns)
    parts = [pl.DataFrame(schema={"id": pl.Int64})]
    codes = dict(runs.filter(pk__in=found["run"].unique().to_list()).values_list("pk", "codes"))
    for (run,), lines in found.partition_by("run", as_dict=True).items():
        split = pl.col("amounts").str.strip_chars("{}").str.split_exact(",", len(codes[run]) - 1)
        named = lines.select("id", split.struct.rename_fields(codes[run]).alias("amounts")).unnest("amounts")
        parts.append(named.with_columns(pl.exclude("id").cast(pl.Int64)))
    summed = pl.concat(parts, how="diagonal").fill_null(0)
    return summed.group_by("id", maintain_order=True).sum()
