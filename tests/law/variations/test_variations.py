"""Recruitments of many kinds from announcement to hire list; each file in cases/ is one, worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from fujing.law.findings import overall
from fujing.law.formats.announcement import read_announcement
from fujing.law.formats.documents import DocumentError
from fujing.law.ranking.readiness import require_rankable
from tests.law.variations.course import REAL, cases, read_case, run


@pytest.mark.parametrize("path", cases(), ids=lambda path: path.stem)
def test_recruitment_ends_as_worked_out_by_hand(tmp_path: Path, path: Path) -> None:
    case = read_case(path)
    course = run(case, tmp_path)
    said = [" ".join(filter(None, (f.provision, f.outcome, f.subject))) for f in course.checked]
    assert [each for each in case.get("核对", ()) if each not in said] == []
    if "公告结论" in case:
        assert overall(course.checked) == case["公告结论"]
    assert course.eligibility == case["资格"]
    assert course.result == case["名单"]
    for person, words in case.get("说明", {}).items():
        for sentence in words if isinstance(words, list) else [words]:
            assert sentence in course.said(person), person
    if "名额" in case:
        assert {each.position: str(each.headcount) for each in course.rankings} == case["名额"]
    if "空缺" in case:
        assert {each.position: str(each.vacant) for each in course.lists} == case["空缺"]
    for each in course.lists:
        for place in each.places:
            told = {place.subject: place.replaces} if place.replaces else {}
            assert told.items() <= case.get("递补", {}).items()


@pytest.mark.parametrize("path", cases(), ids=lambda path: path.stem)
def test_every_step_cites_its_provision_and_facts(tmp_path: Path, path: Path) -> None:
    for made in run(read_case(path), tmp_path).lists:
        for place in made.places:
            assert place.steps
            for step in place.steps:
                assert step.message.endswith("）")
                assert step.facts


def test_every_real_announcement_has_a_case() -> None:
    told = {read_case(path).get("真实公告") for path in cases()}
    assert {path.name for path in REAL.glob("*.yaml")} <= told


@pytest.mark.parametrize("name", ["guanghan", "guangyuan-2025", "santai-2026", "shiqu-2021"])
def test_an_excerpt_without_stages_is_not_ranked(name: str) -> None:
    announcement = read_announcement(REAL / f"{name}.yaml")
    with pytest.raises(DocumentError, match="没有写招聘环节"):
        require_rankable(name, announcement)
