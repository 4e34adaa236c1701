"""All that a batch tells of one person among others, sentence by sentence: `explained.yaml`."""

from __future__ import annotations

import copy
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from fujing.law.provisions import cite
from fujing.law.tiers import evaluate
from fujing.law.tiers.document import people_documents
from fujing.law.tiers.explanation import Telling, percent, years
from tests.law.tiers.test_tiers_cases import BASE, scheme_of_case
from tests.law.tiers.tools import Row, files_of, one, scheme_of

CASES = yaml.safe_load((Path(__file__).parent / "explained.yaml").read_text("utf-8"))
REMEDIES = {"satisfied": None, "violated": "条件具备后下一批再报", "undetermined": "补齐或者核实缺少的事项后再定"}
YESTERDAY = date(2026, 6, 30)


def told(folder: Path, case: Row, scheme: Row | None = None) -> Row:
    """The answer for P1, who stands between two others with grades and an honour of their own."""
    other = {"tier": "四", "since": YESTERDAY, "hired_on": date(2020, 1, 1), "came_by": "hired", "education": "高中"}
    people = [
        {"id": "甲", **other, **case.get("other", {})},
        BASE["person"] | case.get("person", {}),
        {"id": "乙", **other},
    ]
    grades = [{"id": who, "year": year, "grade": "优秀"} for who in ("甲", "乙") for year in range(2019, 2026)]
    own = case.get("grades", BASE["grades"])
    grades += [{"id": "P1", "year": year, "grade": grade} for year, grade in own.items()]
    honours = case.get("honours")
    if honours is not None:
        honours = [{"id": "甲", "on": YESTERDAY, "honour": "三等功"}, *({"id": "P1", **each} for each in honours)]
    quota = case.get("quota", BASE["quota"])
    batch = evaluate(
        scheme_of(folder, scheme or scheme_of_case(case)),
        files_of(folder, people, grades, honours),
        BASE["day"],
        [] if quota is None else [(date(2000, 1, 1), quota)],
    )
    found = Telling(batch).document(1)
    listed = [each["subject"] for each in people_documents(batch)]
    assert listed == (["甲", "乙"] if found["status"] == "away" else ["甲", "P1", "乙"])
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"]["name"])
def test_a_person_is_told_everything(tmp_path: Path, case: Row) -> None:
    found = told(tmp_path, case["case"])
    assert [found[key] for key in ("from", "to", "status", "outcome")] == case["answer"]
    assert [
        [each["rule"].removeprefix("tiers."), each["outcome"], each["message"], each["facts"]]
        for each in found["findings"]
    ] == [[rule, outcome, said, {"as_of": "2026-07-01", **facts}] for rule, outcome, said, facts in case["told"]]
    for each in found["findings"]:
        assert each["subject"] == found["subject"] == "P1"
        assert each["message"].endswith(f"（{cite(each['provision'])}）")
        assert each["remedy"] == REMEDIES[each["outcome"]]


@pytest.mark.parametrize("version", [{}, {"demotions": None}])
def test_a_tier_of_another_version_is_named_and_not_judged(tmp_path: Path, version: Row) -> None:
    """The scheme knows the word, but not for this day."""
    scheme = scheme_of_case({"version": version})
    (now,) = scheme["versions"]
    before = {**copy.deepcopy(now), "from": date(2010, 1, 1), "to": date(2021, 3, 1)}
    before["tiers"].append({"code": "特", "name": "特级", "ladder": "辅警"})
    scheme["versions"] = [before, now]
    found = told(tmp_path, {"person": {"tier": "特级"}}, scheme)
    assert (found["from"], found["status"]) == ("特级", "undetermined")
    assert [each["message"] for each in found["findings"]] == ["特级不在2026-07-01施行的方案中（第二十三条第一款）"]


def test_somebody_of_whom_no_date_is_known_may_have_to_be_demoted(tmp_path: Path) -> None:
    """Even where no file tells of any year at all."""
    person = BASE["person"] | {"tier": "三", "since": None, "hired_on": None}
    batch = one(tmp_path, BASE["scheme"], person, {}, None, BASE["day"], 10)
    (answer,) = people_documents(batch)
    assert [each["rule"] for each in answer["findings"]] == [
        "tiers.decision", "tiers.continuity", "tiers.demotion", "tiers.time", "tiers.appraisal",
    ]  # fmt: skip
    said = "是否应当降低层级待核实：考核不称职降1级；考核2025年待核实，任现层级日期不详（第二十五条）"
    assert answer["findings"][2]["message"] == said


@pytest.mark.parametrize(
    ("months", "said"), [(0, "0年"), (1, "1个月"), (6, "6个月"), (12, "1年"), (30, "2年6个月"), (36, "3年")]
)
def test_months_are_said_in_years(months: int, said: str) -> None:
    assert years(months) == said


def test_a_share_is_said_as_a_percentage_if_it_is_a_whole_one() -> None:
    assert [percent(Fraction(each)) for each in ("3/10", "1/3", "1/8", "1")] == ["30%", "1/3", "1/8", "100%"]
