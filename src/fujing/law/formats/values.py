"""Field types shared by the formats: dates, exact numbers and codes as people print them."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

SCALE = 6
"""Decimals of a score; scores are exact integers of 10⁻⁶ point."""

YEAR = r"(?:19|20|21)\d{2}"
DATE = re.compile(rf"^{YEAR}-\d\d-\d\d$")
MOMENT = re.compile(rf"^{YEAR}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?)?$")


def _fault(expected: str) -> PydanticCustomError:
    return PydanticCustomError("fujing", "{expected}", {"expected": expected})


def parse_day(value: Any) -> Any:
    """`2026-01-22` as a date; an impossible or differently printed one is refused."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not DATE.match(value):
        raise _fault("应为日期，如 2026-01-22")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise _fault("这一天不存在，应为日历上的日期，如 2026-01-22") from None


def parse_moment(value: Any) -> Any:
    """`2026-01-22T09:00` (local time) or a bare date, which is that day's midnight."""
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not MOMENT.match(value):
        raise _fault("应为日期和时间，如 2026-01-22T09:00")
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        raise _fault("这一时刻不存在，应为日历上的日期和时间，如 2026-01-22T09:00") from None


def parse_number(value: Any) -> Any:
    """A number as an exact decimal; text and truth values are refused."""
    if isinstance(value, Decimal) and value.is_finite():
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    raise _fault("应为数字")


def printed(value: Any) -> Any:
    """A code as printed: an unquoted number keeps its digits."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return str(value)
    return value


Day = Annotated[date, BeforeValidator(parse_day)]
Moment = Annotated[
    datetime, BeforeValidator(parse_moment), WithJsonSchema({"type": "string", "pattern": MOMENT.pattern})
]
# JSON Schema knows neither Decimal nor its bounds, so each says itself what a file may have in its place.
Amount = Annotated[
    Decimal,
    BeforeValidator(parse_number),
    Field(ge=0, decimal_places=6, max_digits=12),
    WithJsonSchema({"type": "number", "minimum": 0, "exclusiveMaximum": 10**6}),
]
Positive = Annotated[
    Decimal,
    BeforeValidator(parse_number),
    Field(gt=0, decimal_places=6, max_digits=12),
    WithJsonSchema({"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 10**6}),
]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Code = Annotated[Text, BeforeValidator(printed), WithJsonSchema({"type": ["string", "number"], "minLength": 1})]
