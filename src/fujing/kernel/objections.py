"""What is made public before it is decided, and what is objected to it meanwhile (公示、异议)."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from fujing.kernel.clock import today
from fujing.kernel.refusals import Refusal


class Publicised(Protocol):
    """A row that is public from a day until another, both inclusive; None before."""

    publicised_from: date | None
    publicised_until: date | None


def check_publicity(starts: date, until: date, provisions: tuple[str, ...]) -> None:
    """From today on at the earliest, and for more than a day; how long is the bureau's rule. Raises Refusal."""
    errors: dict[str, list[str]] = {}
    if starts < today():
        errors["starts"] = ["公示不能从今天以前开始。"]
    if until <= starts:
        errors["until"] = ["公示止应晚于公示起。"]
    if errors:
        raise Refusal("没有公示。", provisions=provisions, errors=errors)


def check_objection(
    about: Publicised, received_on: date, text: str, provisions: tuple[str, ...], *, public: bool
) -> None:
    """An objection came while what it is about was `public`, and says something. Raises Refusal."""
    if not public or about.publicised_from is None or about.publicised_until is None:
        raise Refusal("异议在公示以后、决定以前登记。", provisions=provisions)
    errors: dict[str, list[str]] = {}
    if not about.publicised_from <= received_on <= min(about.publicised_until, today()):
        span = f"{about.publicised_from}至{about.publicised_until}"
        errors["received_on"] = [f"收到日期应在公示期（{span}）内，不晚于今天。"]
    if not text.strip():
        errors["text"] = ["请照原话填写异议。"]
    if errors:
        raise Refusal("没有登记异议。", provisions=provisions, errors=errors)
