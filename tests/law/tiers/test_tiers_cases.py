"""Single people as an officer would check them: `cases.yaml`, on both sides of each bound."""

from __future__ import annotations

import copy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from fujing.law.findings import Outcome
from fujing.law.tiers.batch import Status
from fujing.law.tiers.document import people_documents
from tests.law.tiers.tools import found, one

DOCUMENT = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text("utf-8"))
BASE, CASES = DOCUMENT["base"], DOCUMENT["cases"]


def merged(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in (old | new).items() if value is not None}


def scheme_of_case(case: dict[str, Any]) -> dict[str, Any]:
    scheme = copy.deepcopy(BASE["scheme"])
    version = scheme["versions"][0]
    version["edges"][0] = merged(version["edges"][0], case.get("edge", {}))
    scheme["versions"][0] = merged(version, case.get("version", {}))
    return scheme


def judged(folder: Path, case: dict[str, Any]) -> Any:
    person = BASE["person"] | case.get("person", {})
    grades = case.get("grades", BASE["grades"])
    honours = case.get("honours")
    listed = None if honours is None else [{"id": person["id"], **each} for each in honours]
    quota = case.get("quota", BASE["quota"])
    return one(folder, scheme_of_case(case), person, grades, listed, case.get("day", BASE["day"]), quota)


def test_there_are_cases_enough() -> None:
    assert len(CASES) >= 90
    assert len({case["name"] for case in CASES}) == len(CASES)
    assert {case["expect"][0] for case in CASES} >= {str(each) for each in Status if each is not Status.CHOOSE}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case_is_judged_as_the_table_says(tmp_path: Path, case: dict[str, Any]) -> None:
    batch = judged(tmp_path, case)
    status, tier = case["expect"]
    assert found(batch)["P1"][0] == status
    if tier != "?":
        assert found(batch)["P1"][1] == tier
    documents = list(people_documents(batch))
    assert bool(documents) is (status != "away")
    for each in documents:
        assert_explained(each)


def assert_explained(document: dict[str, Any]) -> None:
    """The decision stands first and is what its conditions say; every sentence names its provision."""
    first, *rest = document["findings"]
    assert first["outcome"] == document["outcome"]
    assert all("条" in each["message"] and each["facts"]["as_of"] for each in document["findings"])
    outcomes = {each["outcome"] for each in rest}
    if document["status"] in ("promoted", "entry"):
        assert outcomes <= {"satisfied"} or document["status"] == "entry"
    elif document["status"] == "not_qualified" and document["to"] is not None:
        assert Outcome.VIOLATED in outcomes
    elif document["status"] == "undetermined" and rest:
        assert Outcome.UNDETERMINED in outcomes or "施行" in first["message"]


def test_dates_of_the_answer_are_those_of_the_facts(tmp_path: Path) -> None:
    batch = judged(tmp_path, {"grades": {2023: "称职", 2024: "基本称职"}})
    (person,) = people_documents(batch)
    decision, time, appraisal = person["findings"]
    assert decision["message"] == "从四级到三级（逐级晋升），不符合条件（第二十三条第一款）"
    assert time["facts"] == {"as_of": "2026-07-01", "since": "2023-07-01", "months": 36, "reached": "2026-07-01"}
    assert time["outcome"] == "satisfied"
    assert appraisal["provision"] == "25"
    assert appraisal["outcome"] == "violated"
    assert appraisal["facts"]["grades"] == {"2023": "称职", "2024": "基本称职", "2025": None}
    assert appraisal["message"].startswith("2023年称职、2024年基本称职、2025年待核实，2024年未达到，要求优秀、称职")


def test_the_end_of_the_traineeship_is_the_day_from_which_time_is_reckoned(tmp_path: Path) -> None:
    batch = judged(tmp_path, {"person": {"since": date(2023, 1, 2), "hired_on": date(2023, 1, 2)}})
    (person,) = people_documents(batch)
    said = "自2023-01-02起任四级，见习期内不计，2023-07-02起算，要求满3年，2026-07-02满（第二十三条第一款）"
    assert person["findings"][1]["message"] == said


def test_a_clause_of_the_scheme_is_named_beside_the_provision(tmp_path: Path) -> None:
    batch = judged(tmp_path, {"edge": {"clause": "第五条"}})
    (person,) = people_documents(batch)
    assert "方案第五条（第二十三条第一款）" in person["findings"][1]["message"]


@pytest.mark.parametrize("key", ["tier", "since"])
def test_a_blanked_fact_is_never_a_pass(tmp_path: Path, key: str) -> None:
    assert found(judged(tmp_path, {"person": {key: None}}))["P1"][0] == "undetermined"


@pytest.mark.parametrize("year", [2023, 2024, 2025])
def test_a_blanked_year_is_never_a_pass(tmp_path: Path, year: int) -> None:
    grades = {each: grade for each, grade in BASE["grades"].items() if each != year}
    assert found(judged(tmp_path, {"grades": grades}))["P1"][0] == "undetermined"


def test_an_unknown_hiring_date_is_never_a_pass(tmp_path: Path) -> None:
    """Whether the tier is of the present service then isn't known."""
    assert found(judged(tmp_path, {"person": {"hired_on": None}}))["P1"][0] == "undetermined"


def test_a_day_is_a_day() -> None:
    assert isinstance(BASE["day"], date)
