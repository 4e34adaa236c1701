"""The citizen number (公民身份号码, GB 11643): its check digit and the birth date in it."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from fujing.law.single import Single

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
TITLES = ("身份证号", "身份证号码", "居民身份证号", "居民身份证号码")
"""What people call the column of it, beside 公民身份号码."""
DIGITS = pl.Array(pl.Int32, 17)


def birth_expression(number: Any) -> Any:
    """The birth date in a number (upper case) whose check digit is right; null for any other, and for no date.

    Of a column or of one subject's number.
    """
    if isinstance(number, Single):
        return number.map(birth_of)
    formed = pl.when(number.str.contains("^[0-9]{17}[0-9X]$")).then(number.str.slice(0, 17))
    digits = formed.cast(pl.Binary).cast(pl.List(pl.UInt8)).list.to_array(17).cast(DIGITS) - ord("0")
    remainder = (digits * pl.lit(pl.Series([WEIGHTS], dtype=DIGITS))).arr.sum() % 11
    expected = remainder.replace_strict(dict(enumerate(CHECK_DIGITS)), default=None, return_dtype=pl.String)
    born = number.str.slice(6, 8).str.to_date("%Y%m%d", strict=False)
    return pl.when(number.str.slice(17, 1) == expected).then(born)


def birth_of(number: str) -> date | None:
    """The birth date in one number, as `birth_expression` finds it in a column."""
    if not (is_well_formed(number) and number[17] in CHECK_DIGITS):
        return None
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def is_well_formed(number: str) -> bool:
    """Eighteen characters whose last agrees with the first seventeen (GB 11643)."""
    shaped = len(number) == 18 and number[:17].isascii() and number[:17].isdigit()
    return shaped and check_digit(number[:17]) == number[17].upper()


def check_digit(first_seventeen: str) -> str:
    """The eighteenth character for the first seventeen digits."""
    total = sum(int(digit) * weight for digit, weight in zip(first_seventeen, WEIGHTS, strict=True))
    return CHECK_DIGITS[total % 11]


def is_male(number: str) -> bool:
    """The seventeenth digit is odd for men, even for women."""
    return int(number[16]) % 2 == 1
