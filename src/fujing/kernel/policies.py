"""A policy is one function that refuses with its sentence; whether it would refuse is asked of the same function."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec

from fujing.kernel.refusals import Refusal

P = ParamSpec("P")


def asking(check: Callable[P, object]) -> Callable[P, bool]:
    """Whether `check` lets the actor pass: `can_review = asking(check_review)`."""

    def can(*args: P.args, **options: P.kwargs) -> bool:
        try:
            check(*args, **options)
        except Refusal:
            return False
        return True

    can.__doc__ = f"Whether {check.__name__} lets the actor pass."
    can.__wrapped__ = check  # type: ignore[attr-defined]
    return can
