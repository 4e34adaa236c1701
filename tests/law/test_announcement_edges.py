"""Announcements at the edges: each step left out or moved, each limit met exactly and missed by one."""

from __future__ import annotations

import copy
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

from fujing.law.announcements import check_announcement
from fujing.law.announcements.births import earliest_birth, latest_birth
from fujing.law.announcements.organ import division_of
from fujing.law.findings import Finding
from fujing.law.formats.announcement import Announcement, Organ
from fujing.law.parameters import Parameters

TODAY = date(2026, 1, 22)
BASE = yaml.safe_load((Path(__file__).parent / "cases" / "announcement_check.yaml").read_text("utf-8"))["底稿"]
KINDS = [stage["kind"] for stage in BASE["stages"]]
STAGES = {stage["kind"]: {key: value for key, value in stage.items() if key != "date"} for stage in BASE["stages"]}
EXAMINED = {"written", "interview"}
ROWS = [
    ("announcement",),
    ("registration",),
    ("qualification_review",),
    ("written", "fitness", "interview"),
    ("medical", "background"),
    ("publicity",),
    ("hire",),
]


def found(provision: str, **changes: Any) -> list[Finding]:
    draft = {**copy.deepcopy(BASE), **changes}
    findings = check_announcement(Announcement.model_validate(draft), today=TODAY)
    return [finding for finding in findings if finding.provision == provision]


def aged(**changes: Any) -> list[Finding]:
    draft: dict[str, Any] = copy.deepcopy(BASE)
    post = draft["positions"][0]
    post["conditions"]["age"] = changes.pop("age")
    if "scarce" in changes:
        post["scarce"] = changes.pop("scarce")
    return found("18.3", positions=[post], **changes)


@pytest.mark.parametrize("left_out", KINDS)
def test_a_step_that_is_left_out_breaks_the_procedure_unless_another_carries_it(left_out: str) -> None:
    findings = found("21.p1", stages=[STAGES[kind] for kind in KINDS if kind != left_out])
    lawful = left_out in EXAMINED or left_out == "hire"
    assert [finding.outcome for finding in findings] == ["satisfied" if lawful else "violated"]


@pytest.mark.parametrize(("earlier", "later"), [(a, b) for x, y in combinations(ROWS, 2) for a in x for b in y])
def test_a_step_before_what_it_follows_is_out_of_order(earlier: str, later: str) -> None:
    kinds = [kind for kind in KINDS if kind != later]
    kinds.insert(kinds.index(earlier), later)
    findings = found("21.p1", stages=[STAGES[kind] for kind in kinds])
    assert [finding.outcome for finding in findings] == ["violated"]


@pytest.mark.parametrize(("one", "other"), [pair for row in ROWS for pair in combinations(row, 2)])
def test_steps_of_one_row_are_free_among_themselves(one: str, other: str) -> None:
    swap = {one: other, other: one}
    findings = found("21.p1", stages=[STAGES[swap.get(kind, kind)] for kind in KINDS])
    assert [finding.outcome for finding in findings] == ["satisfied"]


@pytest.mark.parametrize("kept", ["announcement", "qualification_review", "background", "publicity"])
def test_what_is_never_dropped_stays_a_violation_with_consent(kept: str) -> None:
    consent = {"by": "三台县人力资源和社会保障局", "number": "三人社函〔2025〕3号", "date": "2025-12-01"}
    draft = copy.deepcopy(BASE)
    draft["positions"][0]["scarce"] = {"reason": "急需无人机操控人员"}
    stages = [STAGES[kind] for kind in KINDS if kind != kept]
    simplified = {"consent": consent, "dropped": [kept]}
    findings = found("21.p1", positions=draft["positions"], stages=stages, simplified=simplified)
    assert {finding.outcome for finding in findings} == {"violated"}
    # Saying so is a violation even where the step stands among the stages.
    listed = found("21.p1", positions=draft["positions"], simplified=simplified)
    assert [finding.outcome for finding in listed] == ["violated"]


@pytest.mark.parametrize(
    ("age", "outcome"),
    [
        ({"min": 18, "max": 35}, "satisfied"),
        ({"min": 17, "max": 35}, "violated"),
        ({"min": 18, "max": 36}, "violated"),
        ({"min": 19, "max": 34}, "satisfied"),
    ],
)
def test_ages_are_lawful_up_to_the_limit_and_not_one_beyond(age: dict[str, int], outcome: str) -> None:
    findings = aged(age=age)
    assert {finding.outcome for finding in findings} == {outcome}
    if outcome == "satisfied":
        assert (findings[0].facts["min"], findings[0].facts["max"]) == (age["min"], age["max"])


def test_a_scarce_post_that_asks_no_more_than_others_is_told_as_others_are() -> None:
    scarce = {"reason": "急需无人机操控人员"}
    (usual,) = aged(age={"min": 18, "max": 35}, scarce=scarce)
    assert "放宽" not in usual.message
    (relaxed,) = aged(age={"min": 18, "max": 36}, scarce=scarce)
    assert (relaxed.outcome, relaxed.facts["max"]) == ("satisfied", 36)
    assert "放宽至36周岁" in relaxed.message
    (younger,) = aged(age={"min": 18, "max": 30}, scarce=scarce)
    assert younger.facts["max"] == 30


@pytest.mark.parametrize(
    ("start", "end", "reading", "agree"),
    [
        ("1990-01-23", "2008-01-22", "completed_years", True),
        ("1990-01-24", "2008-01-22", "completed_years", False),
        ("1990-01-23", "2008-01-21", "completed_years", False),
        ("1991-01-22", "2008-01-22", "birthday_inclusive", True),
        ("1990-01-23", "2008-01-22", "birthday_inclusive", False),
        ("1990-01-23", "2008-01-22", None, True),
        ("1991-01-22", "2008-01-22", None, True),
        ("1991-01-23", "2008-01-22", None, False),
    ],
)
def test_printed_births_agree_with_the_ages_by_the_announcements_own_reading(
    start: str, end: str, reading: str | None, agree: bool
) -> None:
    window = {"from": start, "to": end}
    findings = aged(age={"min": 18, "max": 35, "window": window}, age_reading=reading)
    advice = [finding for finding in findings if finding.rule == "announcement.age_window"]
    assert [finding.outcome for finding in advice] == ([] if agree else ["advice"])


@pytest.mark.parametrize(
    ("age", "on", "latest"),
    [
        (18, date(2026, 1, 31), date(2008, 1, 31)),
        (18, date(2026, 1, 28), date(2008, 1, 28)),
        (18, date(2026, 2, 28), date(2008, 2, 28)),
        (18, date(2026, 3, 1), date(2008, 3, 1)),
        (18, date(2026, 4, 30), date(2008, 4, 30)),
        (20, date(2024, 2, 29), date(2004, 2, 29)),
        (18, date(2024, 2, 29), date(2006, 2, 28)),
        (18, date(2026, 12, 31), date(2008, 12, 31)),
    ],
)
def test_the_latest_birth_is_of_somebody_whose_birthday_is_that_day(age: int, on: date, latest: date) -> None:
    assert latest_birth(age, on) == latest


@pytest.mark.parametrize(
    ("on", "reading", "earliest"),
    [
        (date(2026, 1, 22), "completed_years", date(1990, 1, 23)),
        (date(2026, 1, 22), "birthday_inclusive", date(1991, 1, 22)),
        (date(2026, 1, 31), "completed_years", date(1990, 2, 1)),
        (date(2024, 2, 29), "completed_years", date(1988, 3, 1)),
        (date(2026, 3, 1), "birthday_inclusive", date(1991, 3, 1)),
        (date(2026, 12, 31), "completed_years", date(1991, 1, 1)),
    ],
)
def test_the_earliest_birth_for_35_follows_the_reading(on: date, reading: str, earliest: date) -> None:
    assert earliest_birth(35, on, reading) == earliest


def test_an_age_that_is_too_high_says_why_it_is_not_excused() -> None:
    (plain,) = aged(age={"min": 18, "max": 40})
    assert "岗位未标明急需并写明理由" in plain.message
    relax = [{"max": 40, "when": ["veteran"]}]
    (scarce,) = aged(age={"min": 18, "max": 35, "relax": relax}, scarce={"reason": "急需无人机操控人员"})
    assert "放宽不是针对急需技能人员" in scarce.message
    assert (plain.facts["scarce"], scarce.facts["scarce"]) == (False, True)


def test_a_scarce_post_admits_up_to_the_year_before_retirement() -> None:
    scarce = {"reason": "急需无人机操控人员"}
    retired = Parameters(TODAY)["recruitment.age.retirement"]["male"]
    below = aged(age={"min": 18, "max": retired - 1}, scarce=scarce)
    assert [each.outcome for each in below] == ["satisfied", "advice"]
    (over,) = aged(age={"min": 18, "max": retired}, scarce=scarce)
    assert (over.outcome, f"达到法定退休年龄{retired}周岁，不是适当放宽" in over.message) == ("violated", True)


def test_without_a_cutoff_day_nothing_is_said_of_the_day() -> None:
    registration = {"from": "2026-01-26T09:00", "to": "2026-01-30T17:00"}
    findings = found("18.3", cutoff=None, registration=registration)
    assert findings
    assert "announcement.age_cutoff" not in [each.rule for each in findings]


SKILLS = {"kind": "skills"}


@pytest.mark.parametrize(
    ("after", "outcome"),
    [
        ("registration", "violated"),
        ("qualification_review", "satisfied"),
        ("interview", "satisfied"),
        ("medical", "violated"),
        ("publicity", "violated"),
    ],
)
def test_a_test_of_skills_stands_among_the_examinations(after: str, outcome: str) -> None:
    kinds = list(KINDS)
    kinds.insert(kinds.index(after) + 1, "skills")
    (finding,) = found("21.p1", stages=[SKILLS if kind == "skills" else STAGES[kind] for kind in kinds])
    assert finding.outcome == outcome


def test_a_test_of_skills_alone_is_an_examination() -> None:
    kinds = ["skills" if kind == "written" else kind for kind in KINDS if kind != "interview"]
    (finding,) = found("21.p1", stages=[SKILLS if kind == "skills" else STAGES[kind] for kind in kinds])
    assert finding.outcome == "satisfied"


@pytest.mark.parametrize(
    ("organ", "place"),
    [
        ({"name": "三台县公安局交通警察大队", "level": "internal"}, "三台县"),
        ({"name": "三台县公安局潼川派出所", "level": "dispatched"}, "三台县"),
        ({"name": "交通警察大队", "code": 510722001000, "level": "internal"}, "三台县"),
        ({"name": "交通警察大队", "level": "internal"}, None),
    ],
)
def test_an_internal_or_dispatched_organ_serves_the_government_of_its_bureau(
    organ: dict[str, Any], place: str | None
) -> None:
    division = division_of(Organ.model_validate({"kind": "public_security", **organ}))
    assert (division.name if division else None) == place
