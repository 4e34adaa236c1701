"""What a screening says, word for word: satisfied, violated and unknown, for every rule of Article 18."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from fujing.law.findings import Finding, Outcome
from fujing.law.provisions import cite, measures
from fujing.law.rulebooks.recruitment import RECRUITMENT
from fujing.law.screening import screen
from fujing.law.screening.self_check import self_check
from tests.law.screening_tools import TODAY, changed, document, frame_of, id_number

BASE = document()["底稿"]
CASES = yaml.load((Path(__file__).parent / "cases" / "screening_sentences.yaml").read_text("utf-8"), yaml.BaseLoader)
CHANGED = ("公告", "岗位", "条件", "人员")


def findings(folder: Path, case: dict[str, Any]) -> dict[str, Finding]:
    announcement, person = changed(BASE, case)
    if person["公民身份号码"] == "假日":
        person["公民身份号码"] = id_number("1995-02-30")
    screened = screen(announcement, frame_of(folder, announcement, [person]), today=TODAY)
    return {each.rule: each for each in screened.findings(0, all=True)}


@pytest.mark.parametrize("case", CASES["说法"], ids=str)
def test_a_rule_says_what_decided(case: dict[str, Any], tmp_path: Path) -> None:
    told = findings(tmp_path, case)
    for name in case.keys() - set(CHANGED):
        found = told.get(f"recruitment.{name}") or told[f"background.{name}"]
        assert found.message.removesuffix(f"（{cite(found.provision)}）") == case[name]


@pytest.mark.parametrize("item", range(1, 10))
def test_each_ground_is_told_in_the_words_of_its_item(item: int, tmp_path: Path) -> None:
    words = measures()[f"20.{item}"].text.rstrip("；。的")
    for cell, said in (
        ("是", f"考察认定有不得招聘的情形：{words}"),
        ("否", f"符合：考察没有发现不得招聘的情形：{words}"),
        ("null", f"考察20.{item}尚未考察，待核实"),
    ):
        found = findings(tmp_path, {"人员": {f"考察20.{item}": cell}})[f"background.ground_{item}"]
        assert (found.provision, found.message) == (f"20.{item}", f"{said}（{cite(f'20.{item}')}）")


def test_the_rules_have_the_ids_and_provisions_that_stored_results_name() -> None:
    """A stored result is a bit a rule, so neither order nor names ever change; new rules come last."""
    assert RECRUITMENT.id == "sichuan-345/recruitment"
    assert [f"{rule.provision} {rule.id}" for rule in RECRUITMENT.rules] == [
        "46 recruitment.in_force",
        "18.1 recruitment.nationality",
        "18.2 recruitment.conduct",
        "18.3 recruitment.age",
        "18.6 recruitment.birth_window",
        "18.4 recruitment.education",
        "18.5 recruitment.medical",
        "18.5 recruitment.psychological",
        "18.5 recruitment.height",
        "18.5 recruitment.vision",
        "18.6 recruitment.sex",
        "18.6 recruitment.household",
        "18.6 recruitment.certificates",
        "18.6 recruitment.major",
        *(f"20.{item} background.ground_{item}" for item in range(1, 10)),
        "20.8 background.identity",
        "18.6 recruitment.post_age",
        "18.5 recruitment.corrected_vision",
        "18.5 recruitment.bmi",
        "18.6 recruitment.pool",
    ]


SHOWN = {
    "age": {"birth_date", "cutoff"},
    "birth_window": {"birth_date", "post_window_from", "post_window_to"},
    "post_age": {"birth_date", "cutoff"},
    "education": {"education", "post_category"},
    "height": {"height_cm", "sex"},
    "sex": {"sex", "post_sex"},
    "bmi": {"weight_kg", "height_cm"},
    "pool": {"pool_met"},
    "vision": {"naked_vision"},
    "corrected_vision": {"corrected_vision"},
    "nationality": {"nationality"},
    "household": {"household"},
    "certificates": {"certificates"},
    "major": {"major"},
    "conduct": {"conduct"},
}


@pytest.mark.parametrize("rule", SHOWN)
def test_a_finding_shows_the_facts_that_decided(rule: str, tmp_path: Path) -> None:
    case = {"岗位": {"pool": {"when": ["veteran"]}}, "人员": {"矫正视力": "5", "体重": "70"}}
    told = findings(tmp_path, case)[f"recruitment.{rule}"]
    assert set(told.facts) == SHOWN[rule]


@pytest.mark.parametrize(
    ("born", "remedy"),
    [
        ("2008-01-23", "未满18周岁不能放宽，资格审查不予通过"),
        ("1990-01-22", "资格审查不予通过；确属急需技能人员的，改报放宽年龄的急需岗位"),
    ],
)
def test_whoever_is_too_young_is_not_sent_to_a_relaxed_post(born: str, remedy: str, tmp_path: Path) -> None:
    assert findings(tmp_path, {"人员": {"出生日期": born}})["recruitment.age"].remedy == remedy


@pytest.mark.parametrize(
    ("born", "own", "message", "remedy"),
    [
        (
            "1995-06-15",
            {"max": 28},
            "截至2026-01-22已满30周岁，超过公告所定的28周岁上限（第十八条第（六）项）",
            "不符合公告所定的年龄，资格审查不予通过",
        ),
        (
            "2006-06-15",
            {"min": 20, "max": 28},
            "截至2026-01-22为19周岁，未满公告所定的20周岁（第十八条第（六）项）",
            "不符合公告所定的年龄，资格审查不予通过",
        ),
    ],
)
def test_the_announcements_own_age_is_cited_as_its_own_and_not_as_the_measures(
    born: str, own: dict[str, int], message: str, remedy: str, tmp_path: Path
) -> None:
    """Of the Measures' age (18.3) nothing is said that the announcement made narrower."""
    told = findings(tmp_path, {"人员": {"出生日期": born}, "条件": {"age": own}})
    refused = {each.provision: each for each in told.values() if each.outcome == Outcome.VIOLATED}
    assert list(refused) == ["18.6"]
    assert (refused["18.6"].rule, refused["18.6"].message) == ("recruitment.post_age", message)
    assert refused["18.6"].remedy == remedy
    lawful = told["recruitment.age"]
    assert (lawful.provision, lawful.outcome) == ("18.3", Outcome.SATISFIED)
    assert "28" not in lawful.message
    assert "20周岁" not in lawful.message


def test_the_check_that_anybody_may_make_judges_what_was_said_and_nothing_else() -> None:
    announcement, _ = changed(
        BASE, {"条件": {"height_cm": {"male": 170}, "household": ["绵阳市"], "certificates": ["保安员证"]}}
    )
    fitting = {"sex": "male", "birth_date": date(1995, 6, 15), "education": "high_school", "household": "三台县"}
    measured = {"height_cm": 170, "certificates": "无", "nationality": "缅甸"}

    def answer(**facts: Any) -> tuple[str, list[str]]:
        (told,) = self_check(announcement, facts, today=TODAY)
        assert told.post.code == "01"
        return told.outcome, [each.rule for each in told.findings]

    assert answer(**fitting | measured) == ("eligible", [])
    assert answer(**fitting | {"height_cm": 169}) == ("ineligible", ["recruitment.height"])
    assert answer(**fitting | {"height_cm": None}) == ("undetermined", ["recruitment.height"])
    assert answer(**fitting) == ("eligible", [])
    assert answer(**fitting | {"household": "成都市"}) == ("ineligible", ["recruitment.household"])


def test_where_the_day_of_registration_counts_it_is_the_day_of_the_check() -> None:
    announcement, _ = changed(BASE, {"公告": {"cutoff": "registration_day"}})
    for born, outcome in ((date(2008, 1, 22), "eligible"), (date(2008, 1, 23), "ineligible")):
        (told,) = self_check(announcement, {"birth_date": born}, today=TODAY)
        assert told.outcome == outcome
