"""How long a probation (试用期) may last: Labour Contract Law 19, to which Article 22 leads."""

from __future__ import annotations

from fujing.law.parameters import Parameters


def probation_limit(p: Parameters, term_months: int | None) -> int | None:
    """Longest lawful probation in months for a contract term in months; a term of None is open-ended.

    None where no limit is known for the parameters' day.
    """
    longest: int | None = p["contract.probation.max"]
    steps: list[tuple[int, int]] = p["contract.probation.limits"] or []
    if term_months is None:
        return longest
    return next((limit for below, limit in steps if term_months < below), longest)
