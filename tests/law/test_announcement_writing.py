"""An announcement written as a file says the same when it is read again, and the check says the same of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fujing.law.announcements import check_announcement
from fujing.law.formats.announcement import Announcement, read_announcement
from fujing.law.formats.documents import read_document
from fujing.law.formats.writing import announcement_yaml

FILES = sorted(
    [
        *Path(__file__).parent.glob("announcements/**/*.yaml"),
        *Path(__file__).parent.glob("variations/cases/*.yaml"),
        Path(__file__).parent / "cases" / "complete_announcement.yaml",
    ]
)
WITH_ANNOUNCEMENT = [path for path in FILES if isinstance(read_document(path).get("announcement"), dict)]


@pytest.mark.parametrize("path", WITH_ANNOUNCEMENT, ids=lambda path: path.stem)
def test_an_announcement_written_and_read_again_is_the_same(path: Path, tmp_path: Path) -> None:
    document = read_document(path)["announcement"]
    copy = tmp_path / "copy.yaml"
    copy.write_text(announcement_yaml(document), "utf-8")
    assert read_document(copy)["announcement"] == document
    on = date(2026, 6, 1)
    assert check_announcement(read_announcement(copy), today=on) == check_announcement(
        Announcement.model_validate(document), today=on
    )


@pytest.mark.parametrize(
    "value",
    [
        "01",
        "1.0",
        "true",
        "null",
        "~",
        "",
        "<<",
        "2026-01-22",
        "否",
        "a: b",
        "- 甲",
        "#甲",
        "多\n行",
        "1e5",
        " 前后 ",
        "*",
        "'",
    ],
)
def test_text_that_looks_like_something_else_stays_text(value: str, tmp_path: Path) -> None:
    assert written({"title": value, "extra_disqualifiers": [value]}, tmp_path) == {
        "title": value,
        "extra_disqualifiers": [value],
    }


@pytest.mark.parametrize("number", [0, 1, 0.5, 0.000001, 1234567.25, -3])
def test_numbers_keep_their_value(number: float, tmp_path: Path) -> None:
    assert float(written({"rounding": {"digits": number}}, tmp_path)["rounding"]["digits"]) == number


def test_keys_stand_in_the_order_of_the_format(tmp_path: Path) -> None:
    text = announcement_yaml({"stages": [{"weight": 1, "kind": "written"}], "title": "公告", "own": 1})
    keys = [line.split(":")[0].strip(" -") for line in text.splitlines() if not line.startswith("#")]
    assert keys == ["announcement", "title", "stages", "kind", "weight", "own"]


def written(document: dict[str, Any], folder: Path) -> dict[str, Any]:
    path = folder / "one.yaml"
    path.write_text(announcement_yaml(document), "utf-8")
    return dict(read_document(path)["announcement"])
