"""The citizen number (GB 11643): check digit, and whether it agrees with birth date and sex."""

from __future__ import annotations

import polars as pl

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK = "10X98765432"


def check_digit(first_seventeen: str) -> str:
    """The eighteenth character for the first seventeen digits."""
    return CHECK[
        sum(int(digit) * weight for digit, weight in zip(first_seventeen, WEIGHTS, strict=True)) % 11
    ]


def with_identity_checks(frame: pl.DataFrame) -> pl.DataFrame:
    """Add id_number_valid, id_birth_matches, id_sex_matches; an absent birth date or sex column agrees."""
    if "id_number" not in frame.columns:
        return frame
    number = pl.col("id_number").str.to_uppercase()
    shaped = number.str.contains(r"^\d{17}[\dX]$")
    digits = [number.str.slice(index, 1).cast(pl.Int32, strict=False) for index in range(17)]
    total = pl.sum_horizontal(digit * weight for digit, weight in zip(digits, WEIGHTS, strict=True))
    expected = (total % 11).replace_strict(dict(enumerate(CHECK)), return_dtype=pl.String, default=None)
    born = number.str.slice(6, 8).str.to_date("%Y%m%d", strict=False)
    valid = shaped & (number.str.slice(17, 1) == expected).fill_null(False) & born.is_not_null()
    sex = pl.when(digits[16] % 2 == 1).then(pl.lit("male")).otherwise(pl.lit("female"))
    agrees = pl.lit(True)
    return frame.with_columns(
        valid.alias("id_number_valid"),
        (pl.col("birth_date") == born if "birth_date" in frame.columns else agrees).alias("id_birth_matches"),
        (pl.col("sex") == sex if "sex" in frame.columns else agrees).alias("id_sex_matches"),
    )
