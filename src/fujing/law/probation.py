"""How long a probation (试用期) may last: Labour Contract Law 19, to which Article 22 leads."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

import polars as pl

from fujing.law.parameters import Parameters


def probation_limit(p: Parameters, term_months: int | None) -> int | None:
    """Longest lawful probation in months for a contract term in months; a term of None is open-ended.

    None where no limit is known for the parameters' day.
    """
    longest: int | None = p["contract.probation.max"]
    if term_months is None:
        return longest
    return next((limit for below, limit in _steps(p) if term_months < below), longest)


def by_probation_limit(p: Parameters, term: pl.Expr, of: Callable[[int | None], pl.Expr]) -> pl.Expr:
    """What `of` gives for the limit of each term in a column; an unknown term has the longest, as an open-ended one."""
    longest = of(probation_limit(p, None))
    return reduce(
        lambda rest, step: pl.when(term < step[0]).then(of(step[1])).otherwise(rest), reversed(_steps(p)), longest
    )


def _steps(p: Parameters) -> list[tuple[int, int]]:
    """Terms below so many months, and their limit; the shortest first."""
    steps: list[tuple[int, int]] = p["contract.probation.limits"] or []
    return steps
