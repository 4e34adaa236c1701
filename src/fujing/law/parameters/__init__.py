"""Numbers of the law as dated, cited data: what applied on a day, where it is printed, when it was last checked.

A parameter without a value on a day is missing: what depends on it is undetermined (待核实), never a pass.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any

import polars as pl
import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator


class Dated(BaseModel):
    """One value and the days it applied: `from` inclusive, `to` exclusive, null = still."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: Any
    start: date = Field(alias="from")
    end: date | None = Field(None, alias="to")

    def applies(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


class Parameter(BaseModel):
    """One number (or table) of the law. `provision` is an address of the Measures; `statute` cites another law."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str
    label: str
    unit: str | None = None
    provision: str
    statute: str | None = None
    source: str
    last_checked: date
    note: str | None = None
    values: tuple[Dated, ...] = ()

    @model_validator(mode="after")
    def _values_do_not_overlap(self) -> Parameter:
        ordered = sorted(self.values, key=lambda dated: dated.start)
        for earlier, later in pairwise(ordered):
            if earlier.end is None or earlier.end > later.start:
                raise ValueError(f"标准 {self.key} 的有效期重叠")
        return self

    def on(self, day: date) -> Any:
        """The value that applied on a day, or None."""
        return next((dated.value for dated in self.values if dated.applies(day)), None)


class UnknownParameter(KeyError):
    """A key that no parameter has."""


class Parameters:
    """All parameters as they stood on one day, with the values that a what-if puts in their place.

    Raises UnknownParameter for a changed key that no parameter has.
    """

    def __init__(self, day: date, changed: Mapping[str, Any] | None = None) -> None:
        self.day = day
        self.changed = dict(changed or {})
        self._known = dict(self.changed)
        for key in self.changed:
            _ = self[key]

    def __getitem__(self, key: str) -> Any:
        """The value on that day, or None where the law (or our knowledge of it) has none."""
        if key not in parameter_book():
            raise UnknownParameter(key)
        if key not in self._known:
            self._known[key] = parameter_book()[key].on(self.day)
        return self._known[key]

    def literal(self, key: str, reckoned: Callable[[Any], Any] = lambda value: value) -> Any:
        """The value as a rule uses it, or what is `reckoned` from it; a missing one is null, and so what depends on it."""
        value = self[key]
        return self._literal(None if value is None else reckoned(value))

    @staticmethod
    def _literal(value: Any) -> Any:
        return pl.lit(value)

    @property
    def key(self) -> tuple[date, str]:
        """What makes these parameters these: the day and the values put in place."""
        return self.day, repr(sorted(self.changed.items()))

    @property
    def values(self) -> dict[str, Any]:
        """Every value of that day, by key."""
        return {key: self[key] for key in sorted(parameter_book())}


class Plainly(Parameters):
    """The same parameters as rules use them about one subject: values, where a table wants literals."""

    def __init__(self, parameters: Parameters) -> None:
        self.day, self.changed, self._known = parameters.day, parameters.changed, parameters._known

    @staticmethod
    def _literal(value: Any) -> Any:
        return value


@cache
def parameter_book(book: str = "sichuan-345") -> Mapping[str, Parameter]:
    """All parameters of one regulation, by key."""
    folder = resources.files("fujing.law.parameters").joinpath(book)
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name)
    found = [Parameter.model_validate(raw) for file in files for raw in yaml.safe_load(file.read_text("utf-8"))]
    by_key = {parameter.key: parameter for parameter in found}
    if len(by_key) != len(found):
        raise ValueError("标准名重复")
    return by_key
