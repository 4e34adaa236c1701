"""Values put in the place of parameters on both sides of each bound, and an answer reckoned by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from fujing.law.education import LEVELS
from fujing.law.findings import Outcome
from fujing.law.roster import RosterCheck
from fujing.law.whatif import BadSettings, Comparison, Running, WhatIf, read_settings
from fujing.law.whatif.comparing import TALLY, ChangedFinding, gathered
from fujing.law.whatif.recruiting import Recruiting
from fujing.law.whatif.settings import SHAPES
from tests.law.roster_tools import checked, document, person
from tests.law.test_whatif import announcement

DAY = date(2026, 1, 22)
WHOLE = {
    "recruitment.age.min": (1, 120, "周岁"),
    "recruitment.age.max": (1, 120, "周岁"),
    "recruitment.age.relaxed_advice": (1, 120, "周岁"),
    "recruitment.cutoff.months": (0, 600, "月"),
    "contract.signing.months": (0, 600, "月"),
    "contract.probation.max": (0, 600, "月"),
    "contract.open_ended.after": (1, 50, "次"),
    "contract.expiry.notice_days": (0, 3660, "日"),
    "card.expiry.notice_days": (0, 3660, "日"),
}
OTHERS = {
    "recruitment.age.retirement",
    "recruitment.education.min",
    "recruitment.education.civil_min",
    "contract.probation.limits",
}


def test_every_parameter_is_tried_here() -> None:
    assert {*WHOLE, *OTHERS} == set(SHAPES)


@pytest.mark.parametrize("key", WHOLE)
def test_a_whole_number_is_read_up_to_its_bounds_and_refused_beyond(key: str) -> None:
    low, high, unit = WHOLE[key]
    read = SHAPES[key].read
    assert [read(each) for each in (low - 1, low, high, high + 1)] == [None, low, high, None]
    assert [read(each) for each in (f"{low}", low + 0.5, True, None)] == [None] * 4
    assert SHAPES[key].expected == f"应为{low}至{high}的整数（{unit}）"


@pytest.mark.parametrize("key", ["recruitment.education.min", "recruitment.education.civil_min"])
def test_a_level_of_education_is_one_of_the_format(key: str) -> None:
    assert [SHAPES[key].read(each) for each in (*LEVELS, "大专", 1, None)] == [*LEVELS, None, None, None]


@pytest.mark.parametrize(
    ("value", "good"),
    [
        ({"male": 60, "female": 55}, True),
        ({"male": 1, "female": 120}, True),
        ({"male": 0, "female": 55}, False),
        ({"male": 60, "female": 121}, False),
        ({"male": 60}, False),
        ({"male": 60, "female": 55, "other": 60}, False),
        ({}, False),
        ([60, 55], False),
        (60, False),
    ],
)
def test_an_age_for_each_sex(value: Any, good: bool) -> None:
    assert SHAPES["recruitment.age.retirement"].read(value) == (value if good else None)


@pytest.mark.parametrize(
    ("value", "good"),
    [
        ([[3, 0], [12, 1], [36, 2]], True),
        ([[3, 0]], True),
        ([[3, 1], [4, 1]], True),
        ([[0, 0], [600, 600]], True),
        ([[3, 0], [601, 1]], False),
        ([[-1, 0]], False),
        ([[3, 0], [3, 1]], False),
        ([[3, 0], [2, 1]], False),
        ([[3, 1], [12, 0]], False),
        ([[3, 0], [12, 1], [11, 2]], False),
        ([[3]], False),
        ([[3, 0, 1]], False),
        ([3, 0], False),
        ([[3, None]], False),
        ([], False),
        ({}, False),
        (3, False),
    ],
)
def test_limits_of_probation_rise_with_the_term(value: Any, good: bool) -> None:
    assert SHAPES["contract.probation.limits"].read(value) == (value if good else None)


def faults(*settings: str, day: date = DAY) -> list[str]:
    with pytest.raises(BadSettings) as told:
        read_settings(settings, day)
    assert str(told.value) == "\n".join(told.value.faults)
    return told.value.faults


def test_each_sentence_on_a_setting() -> None:
    assert faults("=38", "x", "recruitment.age.max=", "recruitment.age.max=38", "recruitment.age.min=0") == [
        "“=38”应写成 标准名=值，如 recruitment.age.max=38",
        "“x”应写成 标准名=值，如 recruitment.age.max=38",
        "recruitment.age.max 的值是“”，应为1至120的整数（周岁）",
        "recruitment.age.max 写了几次，只能写一次",
        "recruitment.age.min 的值是“0”，应为1至120的整数（周岁）",
    ]
    (fault,) = faults("a.b=1")
    assert fault.startswith("没有标准“a.b”，可以推演：recruitment.age.min（应聘年龄下限）、recruitment.age.max（")
    (fault,) = faults()
    assert fault.startswith("没有写改动哪项标准，应写成 标准名=值，如 recruitment.age.max=38；可以推演：")


def test_a_lower_limit_may_reach_the_upper_one() -> None:
    assert read_settings([" recruitment.age.min = 35 "], DAY) == {"recruitment.age.min": 35}
    assert read_settings(["recruitment.age.max=18"], DAY) == {"recruitment.age.max": 18}
    assert faults("recruitment.age.max=17") == ["应聘年龄下限为18，大于应聘年龄上限的17"]
    both = ["recruitment.education.min=bachelor", "recruitment.education.civil_min=bachelor"]
    assert set(read_settings(both, DAY).values()) == {"bachelor"}
    assert faults("recruitment.education.min=master", "recruitment.age.min=36") == [
        "应聘年龄下限为36，大于应聘年龄上限的35",
        "学历下限为硕士，高于文职学历下限的大专",
    ]


def finding(of: str, subject: str | None, organ: str | None, **more: Any) -> ChangedFinding:
    return ChangedFinding.model_validate(
        {
            "provision": "18.3", "rule": "r", "outcome": "violated", "subject": subject, "message": "", "facts": {},
            "row": None, "of": of, "was": "satisfied", "organ": organ, **more,
        }
    )  # fmt: skip


def tally(*rows: tuple[str, str, str | None, str, str, int]) -> pl.DataFrame:
    """Kind, provision, organ, outcome today and then, how many."""
    return pl.DataFrame(
        [(of, provision, "r", organ, was, becomes, count) for of, provision, organ, was, becomes, count in rows],
        schema=TALLY,
        orient="row",
    )


ORGANS = ["510722000000", "510723000000", "510100000000"]
PEOPLE = Comparison(
    tally(
        ("person", "22", ORGANS[0], "satisfied", "violated", 2),
        ("person", "18.3", ORGANS[0], "violated", "violated", 3),
        ("person", "22", ORGANS[1], "undetermined", "advice", 4),
        ("person", "22", ORGANS[2], "violated", "satisfied", 5),
    ),
    (finding("person", "甲", ORGANS[0]), finding("person", "甲", ORGANS[0]), finding("person", "乙", ORGANS[1])),
)
HERE = "510800000000"
RECRUITING = Recruiting(
    Running(7, HERE, announcement(), pl.DataFrame()),
    (Outcome.SATISFIED, Outcome.VIOLATED),
    {"eligible": 2, "ineligible": 1},
    {"eligible": 1, "ineligible": 2},
    Comparison(
        tally(("announcement", "18.3", HERE, "satisfied", "violated", 1)),
        (
            finding("announcement", "01", HERE, campaign=7),
            finding("announcement", None, HERE, campaign=7),
            finding("application", "9", HERE, campaign=7),
        ),
    ),
)


@pytest.fixture
def check(tmp_path: Path) -> RosterCheck:
    """A check-up of a file with three organs, everybody in the first."""
    base = document()["底稿"]
    organs = [person(base["机关"], {"代码": code, "名称": code}) for code in ORGANS]
    return checked(tmp_path, [person(base["人员"])], organs)


def sides(before: tuple[int, int, int], after: tuple[int, int, int], changed: int) -> dict[str, Any]:
    names = ("violated", "undetermined", "advice")
    return {
        "before": dict(zip(names, before, strict=True)),
        "after": dict(zip(names, after, strict=True)),
        "changed": changed,
    }


def test_an_answer_reckoned_by_hand(check: RosterCheck) -> None:
    """Two recruitments of a fourth organ beside the check-up of three."""
    told = WhatIf({"recruitment.age.max": 38}, check, PEOPLE, [RECRUITING, RECRUITING]).document()
    assert list(told) == [
        "as_of", "set", "organs", "territories", "campaigns", "counts", "before", "after", "changed", "findings",
        "not_covered",
    ]  # fmt: skip
    assert (told["as_of"], told["not_covered"], len(told["findings"])) == ("2026-01-22", check.not_covered, 9)
    assert told["set"] == [
        {"key": "recruitment.age.max", "label": "应聘年龄上限", "unit": "周岁", "today": 35, "changed": 38}
    ]
    assert told["counts"] == told["after"]["counts"] == {"22": 2, "18.3": 5}
    assert told["before"] == {
        "counts": {"18.3": 3, "22": 5},
        "outcomes": {"violated": 8, "undetermined": 4, "advice": 0},
        "applications": {"eligible": 4, "ineligible": 2},
    }
    assert told["after"]["outcomes"] == {"violated": 7, "undetermined": 0, "advice": 4}
    assert told["after"]["applications"] == {"eligible": 2, "ineligible": 4}
    assert told["changed"] == ["甲", "乙", "招聘7岗位01", "招聘7", "9"]
    elsewhere = {"name": None, "in_service": None, "quota": None}
    assert told["organs"] == [
        {**check.organs[0], **sides((3, 0, 0), (5, 0, 0), 1)},
        {**check.organs[1], **sides((0, 4, 0), (0, 0, 4), 1)},
        {**check.organs[2], **sides((5, 0, 0), (0, 0, 0), 0)},
        {"code": HERE, **elsewhere, **sides((0, 0, 0), (2, 0, 0), 3)},
    ]
    assert told["territories"] == [
        {"code": "510000000000", "name": "四川省", "organs": 4, **sides((8, 4, 0), (7, 0, 4), 5)},
        {"code": "510700000000", "name": "绵阳市", "organs": 2, **sides((3, 4, 0), (5, 0, 4), 2)},
    ]
    assert told["campaigns"] == 2 * [
        {
            "campaign": 7,
            "title": "三台县公安局2026年公开招聘警务辅助人员公告",
            "organ": HERE,
            "before": {"announcement": "satisfied", "applications": {"eligible": 2, "ineligible": 1}},
            "after": {"announcement": "violated", "applications": {"eligible": 1, "ineligible": 2}},
        }
    ]


def test_without_recruitments_there_are_no_applications(check: RosterCheck) -> None:
    alone = WhatIf({}, check, PEOPLE)
    assert alone.side("was")["applications"] == alone.side("becomes")["applications"] == {}
    assert alone.findings == gathered([PEOPLE]).changed == PEOPLE.changed
    assert gathered([]).tally.schema == TALLY
