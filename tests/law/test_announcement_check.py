"""What `announcement check` says, case by case (cases/announcement_check.yaml) and on real announcements."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from fujing.cli import app
from fujing.law.announcements import check_announcement
from fujing.law.announcements.ages import ages
from fujing.law.announcements.conditions import education
from fujing.law.announcements.contract import contract
from fujing.law.findings import Finding, overall
from fujing.law.formats.announcement import Announcement, read_announcement
from fujing.law.formats.documents import read_document
from fujing.law.parameters import Parameters
from fujing.law.provisions import cite

TODAY = date(2026, 1, 22)
HERE = Path(__file__).parent
CASES = HERE / "cases" / "announcement_check.yaml"
REAL = sorted((HERE / "announcements").glob("*.yaml"))


def changed(base: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    draft = copy.deepcopy(base)
    post = draft["positions"][0]
    for key, value in changes.items():
        if key == "岗位":
            post.update(value)
        elif key == "条件":
            post["conditions"] = value
        elif key == "去掉环节":
            draft["stages"] = [stage for stage in draft["stages"] if stage["kind"] not in value]
        elif key == "加环节":
            place = [stage["kind"] for stage in draft["stages"]].index(value["after"])
            draft["stages"].insert(place + 1, value["stage"])
        elif key == "环节次序":
            draft["stages"] = [{"kind": kind} for kind in value]
        elif key in ("日期", "权重"):
            for stage in draft["stages"]:
                stage |= {"日期": {"date": value.get(stage["kind"])}, "权重": {"weight": value.get(stage["kind"])}}[key]
        elif key == "公示天数":
            draft["stages"][-2]["days"] = value
        elif value is None:
            draft.pop(key)
        else:
            draft[key] = value
    return draft


def said(findings: list[Finding]) -> set[str]:
    return {" ".join(filter(None, (f.provision, f.outcome, f.subject))) for f in findings} | {
        f"{f.provision} {f.outcome}" for f in findings
    }


def cases() -> list[Any]:
    document = read_document(CASES)
    return [pytest.param(document["底稿"], case, id=case["情形"]) for case in document["案例"]]


@pytest.mark.parametrize(("base", "case"), cases())
def test_case_is_judged_as_the_table_says(base: dict[str, Any], case: dict[str, Any]) -> None:
    findings = check_announcement(Announcement.model_validate(changed(base, case.get("改动", {}))), today=TODAY)
    found = said(findings)
    assert set(case.get("应有", [])) <= found
    assert not set(case.get("不应有", [])) & found
    if "只有" in case:
        assert [f"{f.provision} {f.outcome}" for f in findings] == case["只有"]
    for words in case.get("说明", []):
        assert any(words in finding.message for finding in findings), words
    if "总结论" in case:
        assert overall(findings) == case["总结论"]


@pytest.mark.parametrize(("base", "case"), cases())
def test_every_finding_explains_itself(base: dict[str, Any], case: dict[str, Any]) -> None:
    for finding in check_announcement(Announcement.model_validate(changed(base, case.get("改动", {}))), today=TODAY):
        article = finding.provision.split(".")[0]
        assert cite(article) in finding.message or finding.provision in ("9", "10", "11")
        assert "{" not in finding.message
        assert finding.remedy or finding.outcome in ("satisfied",) or finding.provision == "46"
        json.loads(finding.model_dump_json())


@pytest.mark.parametrize(
    ("matter", "changes", "parameter"),
    [
        (ages, {"条件": {"age": {"min": 18, "max": 38}}}, {"recruitment.age.max": 38}),
        (ages, {"条件": {"age": {"min": 17, "max": 35}}}, {"recruitment.age.min": 17}),
        (
            ages,
            {"岗位": {"scarce": {"reason": "急需无人机操控人员"}}, "条件": {"age": {"max": 60}}},
            {"recruitment.age.retirement": {"male": 61, "female": 61}},
        ),
        (education, {"条件": {"education": {"min": "junior_middle"}}}, {"recruitment.education.min": "junior_middle"}),
        (contract, {"contract": {"term_months": 36, "probation_months": 7}}, {"contract.probation.max": 7}),
        (contract, {"contract": {"term_months": 24, "probation_months": 3}}, {"contract.probation.limits": [[36, 3]]}),
    ],
)
def test_the_parameters_of_the_day_decide(
    matter: Callable[..., Iterator[Finding]], changes: dict[str, Any], parameter: dict[str, Any]
) -> None:
    draft = Announcement.model_validate(changed(read_document(CASES)["底稿"], changes))
    assert overall(matter(draft, Parameters(TODAY))) == "violated"
    assert overall(matter(draft, Parameters(TODAY, parameter))) == "satisfied"


@pytest.mark.parametrize(
    ("changes", "parameter"),
    [
        (
            {"岗位": {"scarce": {"reason": "急需无人机操控人员"}}, "条件": {"age": {"max": 46}}},
            {"recruitment.age.relaxed_advice": 46},
        ),
        ({"registration": {"from": "2027-01-23T09:00", "to": "2027-01-28T17:00"}}, {"recruitment.cutoff.months": 13}),
    ],
)
def test_the_parameters_of_the_day_decide_what_is_only_advised(
    changes: dict[str, Any], parameter: dict[str, Any]
) -> None:
    draft = Announcement.model_validate(changed(read_document(CASES)["底稿"], changes))
    assert "18.3 advice" in said(list(ages(draft, Parameters(TODAY))))
    assert "18.3 advice" not in said(list(ages(draft, Parameters(TODAY, parameter))))


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_real_announcement_is_judged_as_expected(path: Path) -> None:
    notes = yaml.safe_load(path.read_text("utf-8"))
    findings = check_announcement(read_announcement(path), today=TODAY)

    def matches(note: dict[str, str]) -> list[Finding]:
        return [
            finding
            for finding in findings
            if (finding.provision, finding.outcome) == (note["provision"], note["outcome"])
            and note.get("subject") in (None, finding.subject)
        ]

    assert [note for note in notes["expected"] if not matches(note)] == []
    assert [note for note in notes.get("absent", []) if matches(note)] == []


@pytest.mark.parametrize(("name", "code"), [("yajiang-2024", 0), ("santai-2026", 1)])
def test_command_exits_by_whether_anything_is_violated(name: str, code: int) -> None:
    result = CliRunner().invoke(app, ["announcement", "check", str(HERE / "announcements" / f"{name}.yaml"), "--json"])
    assert result.exit_code == code
    document = json.loads(result.stdout)
    assert set(document) == {"outcome", "findings"}
    assert document["outcome"] == ("violated" if code else "undetermined")
    assert set(document["findings"][0]) == {"provision", "rule", "outcome", "subject", "message", "facts", "remedy"}


def test_command_names_every_fault_of_an_unreadable_file(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("announcement: {title: 公告, organ: {name: 局, level: town}, positions: []}", "utf-8")
    result = CliRunner().invoke(app, ["announcement", "check", str(path), "--json"])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "announcement.organ.level" in result.stderr
    assert "announcement.positions" in result.stderr


def test_command_prints_a_table_for_people() -> None:
    result = CliRunner().invoke(app, ["announcement", "check", str(HERE / "announcements" / "xichang.yaml")])
    assert "第二十二条" in result.stdout
    assert "不符合" in result.stdout


def test_numbers_among_the_facts_are_numbers() -> None:
    changes = {
        "contract": {"term_months": 11, "probation_months": Decimal("1.5")},
        "条件": {"height_cm": {"male": Decimal(168)}, "naked_vision": Decimal("4.8")},
    }
    draft = Announcement.model_validate(changed(read_document(CASES)["底稿"], changes))
    found = json.loads(
        json.dumps([finding.model_dump(mode="json")["facts"] for finding in check_announcement(draft, today=TODAY)])
    )
    assert {"身高": {"male": 168}, "裸眼视力": 4.8} in found
    assert {"term_months": 11, "probation_months": 1.5, "limit_months": 1} in found
