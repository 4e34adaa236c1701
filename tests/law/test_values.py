"""How dates, months, moments, shares and numbers may be printed, and what is said of anything else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from fujing.law.formats.values import (
    SCALE,
    Amount,
    Code,
    Day,
    DayOrWords,
    FirstDay,
    LastDay,
    Moment,
    MonthStart,
    Positive,
    Text,
    Weight,
    month_end,
    month_start,
    parse_day,
    parse_day_or_words,
    parse_moment,
    parse_month,
    parse_number,
    parse_weight,
    printed,
)

Reading = Callable[[Any], Any]
MORNING = datetime.fromisoformat("2026-01-22T09:00")
TAKEN: list[tuple[Reading, Any, Any]] = [
    (parse_day, "2026-01-22", date(2026, 1, 22)),
    (parse_day, "1900-01-01", date(1900, 1, 1)),
    (parse_day, "2199-12-31", date(2199, 12, 31)),
    (parse_day, date(2026, 1, 22), date(2026, 1, 22)),
    (month_start, "1990-01", date(1990, 1, 1)),
    (month_start, "1990-12", date(1990, 12, 1)),
    (month_start, "1990-01-22", date(1990, 1, 22)),
    (month_start, date(1990, 1, 22), date(1990, 1, 22)),
    (month_end, "2008-01", date(2008, 1, 31)),
    (month_end, "2008-02", date(2008, 2, 29)),
    (month_end, "2008-12", date(2008, 12, 31)),
    (month_end, "2008-01-22", date(2008, 1, 22)),
    (parse_month, "2026-01", date(2026, 1, 1)),
    (parse_month, date(2026, 1, 1), date(2026, 1, 1)),
    (parse_day_or_words, "2026-02-07", date(2026, 2, 7)),
    (parse_day_or_words, date(2026, 2, 7), date(2026, 2, 7)),
    (parse_day_or_words, " 另行通知 ", "另行通知"),
    (parse_moment, "2026-01-22T09:00", MORNING),
    (parse_moment, "2026-01-22 09:00", MORNING),
    (parse_moment, "2026-01-22T09:00:00", MORNING),
    (parse_moment, "2026-01-22", MORNING.replace(hour=0)),
    (parse_moment, MORNING, MORNING),
    (parse_weight, 0, Decimal(0)),
    (parse_weight, Decimal("0.123456"), Decimal("0.123456")),
    (parse_weight, Decimal("999999.999999"), Decimal("999999.999999")),
    (parse_weight, "1/3", Fraction(1, 3)),
    (parse_weight, "999999/100000", Fraction(999999, 100000)),
    (parse_weight, Fraction(2, 3), Fraction(2, 3)),
    (parse_number, 3, Decimal(3)),
    (parse_number, Decimal("0.5"), Decimal("0.5")),
    (printed, 1, "1"),
    (printed, Decimal("10.10"), "10.10"),
    (printed, "01", "01"),
    (printed, True, True),
]
DAY_SAID, NO_DAY = "应为日期，如 2026-01-22", "这一天不存在，应为日历上的日期，如 2026-01-22"
SHARE_SAID = "应为不小于0、最多六位小数的数字，或者 1/3 这样的分数"
MOMENT_SAID = "应为日期和时间，如 2026-01-22T09:00"
REFUSED: list[tuple[Reading, Any, str]] = [
    *(
        (parse_day, each, DAY_SAID)
        for each in ("2026-1-22", "1899-12-31", "2200-01-01", "2026-01-22 ", MORNING, 20260122)
    ),
    (parse_day, "2026-02-29", NO_DAY),
    *(
        (month_start, each, "应为日期或者月份，如 1990-01-22、1990-01")
        for each in ("1990-13", "1990-00", "1990-1", "x1990-01")
    ),
    (month_end, "1990-13", "应为日期或者月份，如 1990-01-22、1990-01"),
    (month_end, 199001, DAY_SAID),
    (month_end, "2026-02-29", NO_DAY),
    *((parse_month, each, "应为月份，如 2026-01") for each in ("2026-13", "2026-01-01", 202601)),
    *((parse_day_or_words, each, "应为日期，如 2026-02-07，或者文字") for each in ("", " ", 20260207)),
    (parse_day_or_words, "2026-02-30", NO_DAY),
    *((parse_moment, each, MOMENT_SAID) for each in ("9:00", "2026-01-22T9:00", 20260122, date(2026, 1, 22))),
    (parse_moment, "2026-01-22T24:30", "这一时刻不存在，应为日历上的日期和时间，如 2026-01-22T09:00"),
    *(
        (parse_weight, each, SHARE_SAID)
        for each in ("0/3", "1/0", "1000000/3", "1/3 ", "0.5", -1, Decimal("0.1234567"), 10**6)
    ),
    *((parse_weight, each, "应为数字") for each in (True, None, 0.5)),
    *((parse_number, each, "应为数字") for each in (True, "1", 0.5, None, Decimal("NaN"), Decimal("Infinity"))),
]


@pytest.mark.parametrize(("read", "value", "meant"), TAKEN)
def test_a_value_is_taken_as_it_is_meant(read: Reading, value: Any, meant: Any) -> None:
    assert (read(value), type(read(value))) == (meant, type(meant))


@pytest.mark.parametrize(("read", "value", "said"), REFUSED)
def test_anything_else_is_refused_with_what_should_stand_there(read: Reading, value: Any, said: str) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        read(value)
    assert refused.value.message() == said


YEAR = r"(?:19|20|21)\d{2}"
MONTH = {"type": "string", "pattern": rf"^{YEAR}-(?:0[1-9]|1[0-2])$"}
DAY_OR_MONTH = {"anyOf": [{"type": "string", "format": "date"}, MONTH]}
MILLION = {"exclusiveMaximum": 1_000_000}
SHAPES: list[tuple[Any, dict[str, Any]]] = [
    (Amount, {"type": "number", "minimum": 0, **MILLION}),
    (Positive, {"type": "number", "exclusiveMinimum": 0, **MILLION}),
    (
        Weight,
        {
            "anyOf": [
                {"type": "number", "minimum": 0, **MILLION},
                {"type": "string", "pattern": r"^(?:[1-9]\d{0,5})/(?:[1-9]\d{0,5})$"},
            ]
        },
    ),
    (Day, {"type": "string", "format": "date"}),
    (Moment, {"type": "string", "pattern": rf"^{YEAR}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?)?$"}),
    (MonthStart, MONTH),
    (FirstDay, DAY_OR_MONTH),
    (LastDay, DAY_OR_MONTH),
    (Text, {"type": "string", "minLength": 1}),
    (Code, {"type": ["string", "number"], "minLength": 1}),
    (DayOrWords, {"type": "string", "minLength": 1}),
]


@pytest.mark.parametrize(("kind", "shape"), SHAPES)
def test_the_schema_says_what_may_stand_there(kind: Any, shape: dict[str, Any]) -> None:
    assert TypeAdapter(kind).json_schema() == shape


LEAST, MOST = Decimal("0.000001"), Decimal("999999.999999")


@pytest.mark.parametrize(
    ("kind", "taken", "refused"),
    [
        (Amount, (Decimal(0), LEAST, MOST), (-LEAST, Decimal(10**6), Decimal("0.0000001"), "1", True)),
        (Positive, (LEAST, MOST), (Decimal(0), -LEAST, Decimal(10**6), Decimal("0.0000001"), "1", True)),
        (Text, ("文", " 文 "), ("", "  ", 1)),
        (Code, ("01", 1, Decimal("1.0")), ("", " ", True)),
    ],
)
def test_a_value_is_taken_within_its_bounds(kind: Any, taken: tuple[Any, ...], refused: tuple[Any, ...]) -> None:
    adapter = TypeAdapter(kind)
    assert [str(adapter.validate_python(each)) for each in taken] == [str(each).strip() for each in taken]
    for each in refused:
        with pytest.raises(ValidationError):
            adapter.validate_python(each)


def test_a_share_is_written_out_as_it_was_printed_and_a_score_has_six_decimals() -> None:
    adapter = TypeAdapter(Weight)
    assert [adapter.dump_json(each) for each in (Fraction(1, 3), Decimal("0.5"))] == [b'"1/3"', b'"0.5"']
    assert adapter.dump_python(Decimal("0.5")) == Decimal("0.5")
    assert SCALE == 6
