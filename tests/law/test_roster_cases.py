"""What the check-up of a roster says, case by case (cases/roster.yaml)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fujing.law.formats.documents import read_document
from fujing.law.formats.roster import COLUMNS, ORGAN_COLUMNS
from fujing.law.provisions import cite
from fujing.law.roster import RosterCheck, check_roster
from fujing.law.rulebooks.people import LEAVERS, ORGANS, PEOPLE, SCOPE
from tests.law.roster_tools import DAY, cell, checked, document, person, told

WHOLE = document()
BASE, ORGAN = WHOLE["底稿"]["人员"], WHOLE["底稿"]["机关"]
SENTENCES = read_document(Path(__file__).parent / "cases" / "roster_sentences.yaml")
ORGAN_RULES = {"roster.quota", "roster.plan", "roster.pay_floor"}


def judged(folder: Path, case: dict[str, Any]) -> RosterCheck:
    first = BASE | case.get("人员", {})
    people = [person(first), *(person(BASE, other) for other in case.get("另有", []))]
    organ = case.get("机关", {})
    organs = None if organ == "null" else [{key: cell(value) for key, value in (ORGAN | organ).items()}]
    return checked(folder, people, organs)


@pytest.mark.parametrize("case", [pytest.param(case, id=case["情形"]) for case in WHOLE["案例"]])
def test_case_is_judged_as_the_table_says(tmp_path: Path, case: dict[str, Any]) -> None:
    check = judged(tmp_path, case)
    assert told(check) == set(case["应有"])
    findings = list(check.findings())
    assert len({(each.rule, each.row, each.subject) for each in findings}) == len(findings)
    for each in findings:
        assert each.provision == WHOLE["条文"][each.rule]
        assert each.message.endswith(f"（{cite(each.provision)}）")
        assert bool(each.remedy) == (each.outcome != "satisfied")
        assert (each.row is None) == (each.rule in ORGAN_RULES)
    violated = [each.provision for each in findings if each.outcome == "violated"]
    assert check.counts == {provision: violated.count(provision) for provision in set(violated)}
    assert check.violated == bool(violated)


@pytest.mark.parametrize(("column", "expected"), WHOLE["空白"].items())
def test_each_blanked_fact_is_unknown_and_never_a_pass_by_itself(
    tmp_path: Path, column: str, expected: list[str]
) -> None:
    assert told(judged(tmp_path, {"人员": {column: "null"}})) == set(expected)


@pytest.mark.parametrize(("column", "expected"), WHOLE["机关空白"].items())
def test_each_blanked_figure_is_unknown(tmp_path: Path, column: str, expected: list[str]) -> None:
    assert told(judged(tmp_path, {"机关": {column: "null"}})) == set(expected)


@pytest.mark.parametrize("column", list(BASE))
def test_an_absent_column_is_not_covered_and_gives_no_finding(tmp_path: Path, column: str) -> None:
    people = [{key: value for key, value in person(BASE).items() if key != column}]
    check = checked(tmp_path, people, [dict(ORGAN)])
    assert told(check) == set()
    assert check.not_covered == [column]


@pytest.mark.parametrize("column", [name for name in ORGAN if name != "代码"])
def test_an_absent_figure_is_not_covered_and_gives_no_finding(tmp_path: Path, column: str) -> None:
    check = checked(tmp_path, [person(BASE)], [{key: value for key, value in ORGAN.items() if key != column}])
    expected = {"roster.pay_floor undetermined"} if column == "收入口径来源" else set()
    assert told(check) == expected
    assert check.not_covered == [column]


def test_the_tables_name_every_column_and_every_rule() -> None:
    assert list(BASE) == [column.label for column in COLUMNS] == list(WHOLE["空白"])
    assert list(ORGAN) == [column.label for column in ORGAN_COLUMNS]
    rules = [rule for book in (SCOPE, PEOPLE, LEAVERS, ORGANS) for rule in book.rules]
    assert {rule.id: rule.provision for rule in rules} == WHOLE["条文"]
    told_of = [*(case["应有"] for case in WHOLE["案例"]), *WHOLE["空白"].values()]
    named = " ".join(each for expected in told_of for each in expected)
    for rule in rules:
        assert rule.id in named, f"{rule.id} has no case"


def test_satisfied_organs_are_listed_and_satisfied_people_are_not(tmp_path: Path) -> None:
    check = judged(tmp_path, {})
    assert [(each.rule, each.outcome, each.subject) for each in check.findings()] == [
        (rule, "satisfied", "510722000000") for rule in ("roster.quota", "roster.plan", "roster.pay_floor")
    ]
    assert check.organs == [{"code": "510722000000", "name": "三台县公安局", "in_service": 1, "quota": 10}]
    assert check.as_of == DAY


def test_a_changed_parameter_changes_what_is_found(tmp_path: Path) -> None:
    now = judged(tmp_path, {"人员": {"工作证有效期": "2026-02-22"}})
    then = check_roster(now.roster, DAY, {"card.expiry.notice_days": 31})
    assert (told(now), told(then)) == (set(), {"roster.card advice"})


def test_days_of_notice_that_nobody_set_warn_of_nothing(tmp_path: Path) -> None:
    now = judged(tmp_path, {"人员": {"合同终止": "2026-02-22"}})
    then = check_roster(now.roster, DAY, {"contract.expiry.notice_days": None})
    assert told(now) - told(then) == {"roster.contract_current advice"}


def test_the_subject_is_the_number_or_the_row(tmp_path: Path) -> None:
    for number, subject in (
        ("号码:1995-06-15", cell("号码:1995-06-15")),
        ("510722199506150011", "行2"),
        ("null", "行2"),
    ):
        check = judged(tmp_path, {"人员": {"公民身份号码": number, "层级": "无"}})
        assert {each.subject for each in check.findings() if each.row} == {subject}


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("号码:1995-02-30", "不知道出生日期"),
        ("510722199506150011", "不知道出生日期"),
        ("号码:2030-01-01", "不知道出生日期"),
        ("null", "不知道出生日期"),
        ("号码:1988-03-01", "已超过35周岁"),
    ],
)
def test_why_an_age_is_not_known_is_said_rightly(tmp_path: Path, number: str, said: str) -> None:
    findings = {each.rule: each for each in judged(tmp_path, {"人员": {"公民身份号码": number}}).findings()}
    assert findings["roster.age"].outcome == "undetermined"
    assert said in findings["roster.age"].message


@pytest.mark.parametrize(
    ("changes", "political", "yearly"),
    [
        (
            {"入职日期": "null", "政治教育": "2023-05-01", "年度培训日期": "无"},
            "上次政治教育是2023-05-01，入职日期空白，是否在2025年以前入职待核实（第二十四条）",
            "没有参加过年度培训，入职日期空白，是否在2025年以前入职待核实（第二十四条）",
        ),
        (
            {"政治教育": "null", "年度培训日期": "null"},
            "政治教育日期空白，待核实（第二十四条）",
            "年度培训日期空白，待核实（第二十四条）",
        ),
    ],
)
def test_what_is_missing_of_a_training_is_said(
    tmp_path: Path, changes: dict[str, str], political: str, yearly: str
) -> None:
    findings = {each.rule: each.message for each in judged(tmp_path, {"人员": changes}).findings()}
    assert (findings["roster.education_political"], findings["roster.annual_training"]) == (political, yearly)


@pytest.mark.parametrize(("case", "sentences"), SENTENCES.items())
def test_each_sentence_is_word_for_word_what_officers_read(
    tmp_path: Path, case: str, sentences: dict[str, str]
) -> None:
    (described,) = (each for each in WHOLE["案例"] if each["情形"] == case)
    found = {each.rule: each for each in judged(tmp_path, described).findings() if each.outcome != "satisfied"}
    assert {
        rule: each.message.removesuffix(f"（{cite(each.provision)}）")
        for rule, each in found.items()
        if rule in sentences
    } == sentences
