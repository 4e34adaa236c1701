"""Numbers of the law as dated, cited data. A missing number makes what needs it undetermined, never a pass."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field

from fujing.kernel.digests import digest_of


class Period(BaseModel):
    """A value from a day (inclusive) until a day (exclusive; None = until further notice)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: Any
    start: date = Field(alias="from")
    until: date | None = None
    source: str
    checked: date


class Parameter(BaseModel):
    """One number or table with its provision or other statute, unit and periods."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    name: str
    provision: str
    unit: str = ""
    statute: str = ""
    periods: tuple[Period, ...]

    def on(self, day: date) -> Any:
        """The value in force on a day; None when none is known."""
        for period in self.periods:
            if period.start <= day and (period.until is None or day < period.until):
                return period.value
        return None


class Parameters:
    """All parameters as they stood on a day, with changes for a what-if."""

    def __init__(self, as_of: date, changed: dict[str, Any] | None = None) -> None:
        self.as_of = as_of
        self.changed = changed or {}
        unknown = set(self.changed) - set(parameters())
        if unknown:
            raise KeyError(f"没有名为 {'、'.join(sorted(unknown))} 的参数")

    def __getitem__(self, name: str) -> Any:
        """The value on the day, or None when none is known; KeyError for a name that doesn't exist."""
        if name in self.changed:
            return self.changed[name]
        return parameters()[name].on(self.as_of)

    def digest(self) -> str:
        """Fingerprint of every value in force, for the rule book's hash."""
        return digest_of({name: self[name] for name in sorted(parameters())})


@cache
def parameters() -> dict[str, Parameter]:
    """Every parameter by id. A file that repeats an id or overlaps periods is an error at load."""
    found: dict[str, Parameter] = {}
    for file in sorted(resources.files("fujing.law.parameters").iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".yaml"):
            continue
        for raw in yaml.safe_load(file.read_text("utf-8")):
            parameter = Parameter.model_validate(raw)
            if parameter.id in found:
                raise ValueError(f"parameter {parameter.id} is declared twice")
            ordered = sorted(parameter.periods, key=lambda period: period.start)
            for earlier, later in pairwise(ordered):
                if earlier.until is None or earlier.until > later.start:
                    raise ValueError(f"parameter {parameter.id} has overlapping periods")
            found[parameter.id] = parameter
    return found
