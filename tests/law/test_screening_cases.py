"""What a screening says, case by case (cases/screening.yaml)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fujing.law.findings import Outcome
from fujing.law.provisions import cite
from fujing.law.screening import screen
from tests.law.screening_tools import TODAY, changed, document, frame_of


def cases() -> list[Any]:
    base = document()["底稿"]
    return [pytest.param(base, case, id=case["情形"]) for case in document()["案例"]]


@pytest.mark.parametrize(("base", "case"), cases())
def test_case_is_judged_as_the_table_says(tmp_path: Path, base: dict[str, Any], case: dict[str, Any]) -> None:
    announcement, person = changed(base, case)
    screened = screen(announcement, frame_of(tmp_path, announcement, [person]), today=TODAY)
    ((subject, position, outcome, findings),) = screened.results()
    assert (subject, position, outcome) == ("A1", "01", case["结论"])
    assert [f"{each.provision} {each.outcome}" for each in findings] == case.get("应有", [])
    for each in findings:
        assert each.message.endswith(f"（{cite(each.provision)}）")
        assert each.remedy
    if "说明" in case:
        assert case["说明"] in [each.message for each in findings]


@pytest.mark.parametrize("item", range(1, 10))
def test_each_ground_of_article_20_bars_by_its_own_item_and_unchecked_never_passes(tmp_path: Path, item: int) -> None:
    for cell, outcome in (("是", "violated"), ("", "undetermined"), ("否", None)):
        announcement, person = changed(document()["底稿"], {"人员": {f"考察20.{item}": cell}})
        findings = screen(announcement, frame_of(tmp_path, announcement, [person]), today=TODAY).findings(0)
        assert [(each.provision, each.outcome) for each in findings] == ([(f"20.{item}", outcome)] if outcome else [])


def test_satisfied_findings_are_told_on_request(tmp_path: Path) -> None:
    announcement, person = changed(document()["底稿"], {})
    screened = screen(announcement, frame_of(tmp_path, announcement, [person]), today=TODAY)
    findings = screened.findings(0, all=True)
    assert {each.outcome for each in findings} == {Outcome.SATISFIED}
    assert {"18.1", "18.3", "20.9", "46"} <= {each.provision for each in findings}


def test_an_announcement_from_before_the_measures_tells_only_that_even_when_all_is_asked(tmp_path: Path) -> None:
    announcement, person = changed(document()["底稿"], {"公告": {"cutoff": "2021-02-28"}})
    findings = screen(announcement, frame_of(tmp_path, announcement, [person]), today=TODAY).findings(0, all=True)
    assert [(each.provision, each.outcome) for each in findings] == [("46", "undetermined")]


def test_a_changed_parameter_changes_who_is_eligible_and_the_hash(tmp_path: Path) -> None:
    case = {"人员": {"出生日期": "1990-01-22", "公民身份号码": "算"}}
    announcement, person = changed(document()["底稿"], case)
    frame = frame_of(tmp_path, announcement, [person])
    now = screen(announcement, frame, today=TODAY)
    then = screen(announcement, frame, today=TODAY, changed={"recruitment.age.max": 38})
    assert (now.outcomes[0], then.outcomes[0]) == ("ineligible", "eligible")
    assert now.edition.hash != then.edition.hash
    assert now.inputs_digest == then.inputs_digest
