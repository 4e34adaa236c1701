"""The numbers against which an announcement is judged, in one place."""

from __future__ import annotations

AGE_MIN = 18
AGE_MAX = 35
EDUCATION_FLOOR = {"field": "high_school", "civil": "junior_college"}
PROBATION = ((3, 0), (12, 1), (36, 2))
PROBATION_MAX = 6


def probation_limit(term_months: int | None) -> int:
    """Longest lawful probation in months for a contract term; None is an open-ended contract."""
    if term_months is None:
        return PROBATION_MAX
    return next((limit for term, limit in PROBATION if term_months < term), PROBATION_MAX)
