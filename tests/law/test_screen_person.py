"""One person alone is told the same as in a table of one."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from fujing.law.formats.announcement import Announcement
from fujing.law.screening import screen
from fujing.law.screening.person import screen_person
from tests.law.screening_tools import TODAY, changed, document, frame_of


def told(announcement: Announcement, frame: pl.DataFrame, *, all: bool) -> list[Any]:
    """What a table says of its only row, and what is said of that row alone."""
    screened = screen(announcement, frame, today=TODAY)
    table = screened.outcomes[0], screened.findings(0, all=all)
    alone = screen_person(announcement, frame.row(0, named=True), today=TODAY, all=all)
    return [(outcome, [each.model_dump() for each in findings]) for outcome, findings in (table, alone)]


@pytest.mark.parametrize("case", document()["案例"], ids=lambda case: case["情形"])
def test_every_case_of_the_table_is_told_alike(tmp_path: Path, case: dict[str, Any]) -> None:
    announcement, person = changed(document()["底稿"], case)
    frame = frame_of(tmp_path, announcement, [person])
    for all in (True, False):
        table, alone = told(announcement, frame, all=all)
        assert table == alone


@pytest.mark.parametrize("case", document()["案例"][::5], ids=lambda case: case["情形"])
def test_a_blank_cell_and_a_missing_column_are_told_alike(tmp_path: Path, case: dict[str, Any]) -> None:
    announcement, person = changed(document()["底稿"], case)
    frame = frame_of(tmp_path, announcement, [person])
    for column in set(frame.columns) - {"id", "position"}:
        blank = frame.with_columns(pl.lit(None, frame.schema[column]).alias(column))
        for other in (blank, frame.drop(column)):
            table, alone = told(announcement, other, all=True)
            assert table == alone, column


@pytest.mark.parametrize(("veteran", "bravery"), list(product(("是", "否", None), repeat=2)))
def test_a_post_for_some_people_alone_is_told_alike(tmp_path: Path, veteran: str | None, bravery: str | None) -> None:
    """One mark is enough; where one is blank and no other says yes, nobody knows."""
    case = {
        "岗位": {"pool": {"when": ["veteran", "bravery"]}},
        "人员": {"退役士兵": veteran or "", "见义勇为": bravery or ""},
    }
    announcement, person = changed(document()["底稿"], case)
    table, alone = told(announcement, frame_of(tmp_path, announcement, [person]), all=True)
    assert table == alone
    marks = {veteran, bravery}
    expected = "satisfied" if "是" in marks else "undetermined" if None in marks else "violated"
    assert [each["outcome"] for each in alone[1] if each["rule"].endswith(".pool")] == [expected]
