"""Field types shared by the formats: dates, exact numbers and codes as people print them."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PlainSerializer, PlainValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

SCALE = 6
"""Decimals of a score; scores are exact integers of 10⁻⁶ point."""

YEAR = r"(?:19|20|21)\d{2}"
DATE = re.compile(rf"^{YEAR}-\d\d-\d\d$")
MONTH = re.compile(rf"^{YEAR}-(?:0[1-9]|1[0-2])$")
FRACTION = re.compile(r"^(?P<over>[1-9]\d{0,5})/(?P<under>[1-9]\d{0,5})$")
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


def month_start(value: Any) -> Any:
    """A date, or `1990-01` as the first day of that month."""
    return date.fromisoformat(f"{value}-01") if _is_month(value) else _day_or_month(value)


def month_end(value: Any) -> Any:
    """A date, or `2008-01` as the last day of that month."""
    if not _is_month(value):
        return _day_or_month(value)
    year, month = map(int, value.split("-"))
    return date(year, month, monthrange(year, month)[1])


def parse_month(value: Any) -> Any:
    """`2026-01` as the first day of that month; text with a day is refused."""
    if isinstance(value, date):
        return value
    if not _is_month(value):
        raise _fault("应为月份，如 2026-01")
    return month_start(value)


def _is_month(value: Any) -> bool:
    return isinstance(value, str) and MONTH.match(value) is not None


def _day_or_month(value: Any) -> Any:
    if isinstance(value, str) and not DATE.match(value):
        raise _fault("应为日期或者月份，如 1990-01-22、1990-01")
    return parse_day(value)


def parse_day_or_words(value: Any) -> date | str:
    """`2026-02-07` as a date, any other text as printed (另行通知)."""
    if isinstance(value, date) or (isinstance(value, str) and DATE.match(value)):
        day: date = parse_day(value)
        return day
    if not isinstance(value, str) or not value.strip():
        raise _fault("应为日期，如 2026-02-07，或者文字")
    return value.strip()


def parse_weight(value: Any) -> Decimal | Fraction:
    """A share as a number of at most six decimals, or as an exact fraction such as `1/3`."""
    if isinstance(value, Fraction):
        return value
    match = FRACTION.match(value) if isinstance(value, str) else None
    if match:
        return Fraction(int(match["over"]), int(match["under"]))
    number = value if isinstance(value, str) else parse_number(value)
    if isinstance(number, str) or not 0 <= number < 10**6 or number != round(number, 6):
        raise _fault("应为不小于0、最多六位小数的数字，或者 1/3 这样的分数")
    return Decimal(number)


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
Weight = Annotated[
    Decimal | Fraction,
    PlainValidator(parse_weight),
    PlainSerializer(str, when_used="json"),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "minimum": 0, "exclusiveMaximum": 10**6},
                {"type": "string", "pattern": FRACTION.pattern.replace("?P<over>", "?:").replace("?P<under>", "?:")},
            ]
        }
    ),
]
DAY_OR_MONTH = {"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "pattern": MONTH.pattern}]}
FirstDay = Annotated[date, BeforeValidator(month_start), WithJsonSchema(DAY_OR_MONTH)]
MonthStart = Annotated[date, BeforeValidator(parse_month), WithJsonSchema({"type": "string", "pattern": MONTH.pattern})]
LastDay = Annotated[date, BeforeValidator(month_end), WithJsonSchema(DAY_OR_MONTH)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Code = Annotated[Text, BeforeValidator(printed), WithJsonSchema({"type": ["string", "number"], "minLength": 1})]
DayOrWords = Annotated[
    date | str, PlainValidator(parse_day_or_words), WithJsonSchema({"type": "string", "minLength": 1})
]
