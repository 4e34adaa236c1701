"""What the column 资质证书 says: names with their last valid day, and nothing guessed."""

from __future__ import annotations

from datetime import date

import pytest

from fujing.law.roster.certificates import Certificate, certificates

NEW_YEAR = date(2027, 1, 1)


@pytest.mark.parametrize(
    ("text", "held"),
    [
        (None, []),
        ("", []),
        ("无", []),
        (" 无 ；", []),
        ("急救证", [("急救证", None)]),
        ("急救证:2027-01-01", [("急救证", NEW_YEAR)]),
        ("急救证：2027/1/1", [("急救证", NEW_YEAR)]),
        ("急救证:20270101", [("急救证", NEW_YEAR)]),
        ("急救证 : 2027年1月1日 ", [("急救证", NEW_YEAR)]),
        ("急救证:2027.1.1；保安员证", [("急救证", NEW_YEAR), ("保安员证", None)]),
        ("保安员证\n急救证:2027-01-01;", [("保安员证", None), ("急救证", NEW_YEAR)]),
        ("无；急救证:2027-01-01", [("急救证", NEW_YEAR)]),
        ("级别:二级:2027-01-01", [("级别:二级", NEW_YEAR)]),
        ("急救证:", [("急救证", None)]),
        ("急救证:长期", [("急救证", None)]),
        ("急救证:2027-02-30", [("急救证", None)]),
        ("急救证:2027-01", [("急救证", None)]),
        ("急救证:到2027-01-01", [("急救证", None)]),
    ],
)
def test_a_cell_is_read_name_by_name(text: str | None, held: list[tuple[str, date | None]]) -> None:
    assert certificates(text) == tuple(Certificate(*each) for each in held)
