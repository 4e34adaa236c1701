"""A pay slip as payroll and its person see it."""

from __future__ import annotations

from typing import Any

from fujing.safeguards.payroll.models import PaySlip
from fujing.safeguards.payroll.queries import lines_of, read_text
from fujing.safeguards.payroll.told import amounts_by_name, explanation_of, missing_in_words, names_in


def slip_context(slip: PaySlip) -> dict[str, Any]:
    """What a slip shows, at the desk and to its person alike."""
    names = names_in(slip.run)
    figures, same = explanation_of(slip, slip.run.month)
    return {
        "slip": slip,
        "run": slip.run,
        "lacks": missing_in_words(slip, read_text(slip.run.scheme.text)),
        "figures": figures,
        "same": same,
        "late": [
            (line, amounts_by_name(line, slip.run, names)) for line in lines_of(slip) if line.month != slip.run.month
        ],
    }
