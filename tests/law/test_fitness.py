"""What a sheet for the fitness test prints beside each item, by sex and age on the day (2011年录用人民警察体能标准)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from fujing.law.formats.announcement import Announcement
from fujing.law.formats.fitness import printed_standard

SHUTTLE, JUMP = "10米×4往返跑", "纵跳摸高"


def printed(sex: str, born: date, cutoff: str | None = "2026-01-22", **gate: Any) -> list[tuple[str, str]]:
    announcement = Announcement.model_validate(
        {
            "title": "公告",
            "organ": {"name": "三台县公安局", "level": "county"},
            "cutoff": cutoff,
            "positions": [{"code": "01", "name": "执勤", "category": "field", "headcount": 1}],
            "stages": [{"kind": "fitness", "gate": {"standard": "police_2011", "need": "all"} | gate}],
        }
    )
    (stage,) = announcement.stages or ()
    return printed_standard(announcement, stage, sex, born)


@pytest.mark.parametrize(
    ("sex", "born", "said"),
    [
        ("male", date(1995, 1, 22), {SHUTTLE: "不超过13.4秒", "1000米跑": "不超过275秒", JUMP: "不低于265厘米"}),
        ("male", date(1995, 1, 23), {SHUTTLE: "不超过13.1秒", "1000米跑": "不超过265秒", JUMP: "不低于265厘米"}),
        ("female", date(1995, 1, 22), {SHUTTLE: "不超过14.4秒", "800米跑": "不超过270秒", JUMP: "不低于230厘米"}),
        ("female", date(1995, 1, 23), {SHUTTLE: "不超过14.1秒", "800米跑": "不超过260秒", JUMP: "不低于230厘米"}),
    ],
)
def test_from_the_31st_birthday_the_older_standard_is_printed(sex: str, born: date, said: dict[str, str]) -> None:
    assert printed(sex, born) == list(said.items())


def test_only_what_the_stage_lists_is_printed_and_nothing_without_standard_or_day() -> None:
    born = date(2000, 1, 1)
    assert printed("male", born, items=[JUMP, {"name": SHUTTLE, "sex": "female"}]) == [(JUMP, "不低于265厘米")]
    assert [item for item, _ in printed("female", born, items=[JUMP, {"name": SHUTTLE, "sex": "female"}])] == [
        SHUTTLE,
        JUMP,
    ]
    assert printed("male", born, standard=None) == printed("male", born, standard="本县标准") == []
    assert printed("male", born, cutoff=None) == []
