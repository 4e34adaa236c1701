"""What the check of an announcement says, word for word, with what to do and the facts that decided."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from fujing.law.announcements import check_announcement
from fujing.law.formats.announcement import Announcement
from fujing.law.formats.documents import read_document
from tests.law.test_announcement_check import CASES as BASE_CASES
from tests.law.test_announcement_check import TODAY, changed

BASE = read_document(BASE_CASES)["底稿"]
CASES = read_document(Path(__file__).parent / "cases" / "announcement_sentences.yaml")["案例"]


def said(changes: dict[str, Any]) -> list[list[Any]]:
    """Each finding as the table writes it."""
    found = check_announcement(Announcement.model_validate(changed(BASE, changes)), today=TODAY)
    told = [json.loads(each.model_dump_json(), parse_float=Decimal) for each in found]
    return [
        [
            f"{each['provision']} {each['outcome']} {each['subject'] or '-'} "
            + each["rule"].removeprefix("announcement."),
            each["message"],
            each["remedy"] or "",
            each["facts"],
        ]
        for each in told
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["改动"]))
def test_a_change_is_answered_by_these_findings_and_no_others(case: dict[str, Any]) -> None:
    usual = said({})
    assert [each for each in said(case["改动"]) if each not in usual] == case["说"]
