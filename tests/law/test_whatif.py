"""What-if over a roster and a recruitment: it says what two check-ups say that know nothing of each other."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from typer.testing import CliRunner, Result

from fujing.cli import app
from fujing.law.announcements import _findings, check_announcement
from fujing.law.formats.announcement import Announcement
from fujing.law.formats.roster import Roster, read_roster
from fujing.law.parameters import Parameters
from fujing.law.provisions import measures
from fujing.law.roster import check_roster
from fujing.law.roster.organs import organ_figures
from fujing.law.roster.people import sort_people
from fujing.law.rulebooks.people import LEAVERS, ORGANS, PEOPLE, SCOPE
from fujing.law.rulebooks.recruitment import RECRUITMENT
from fujing.law.screening import screen
from fujing.law.whatif import BadSettings, Running, WhatIf, read_settings, recruitment_compared, roster_compared
from fujing.law.whatif.comparing import compared
from fujing.law.whatif.settings import SHAPES
from tests.law.roster_generated import roster as generated
from tests.law.roster_tools import written

DAY = date(2026, 1, 22)
SETTINGS = [
    {"recruitment.age.max": 30},
    {"recruitment.age.min": 25, "recruitment.age.max": 50},
    {"recruitment.education.min": "bachelor", "recruitment.education.civil_min": "master"},
    {"contract.signing.months": 6, "contract.open_ended.after": 1},
    {"contract.probation.limits": [[12, 0], [48, 1]], "contract.probation.max": 3},
    {"contract.expiry.notice_days": 720, "card.expiry.notice_days": 400},
]


@pytest.fixture(scope="module")
def rosters(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Roster, date]]:
    found = []
    for seed in (3, 8):
        people, organs, day = generated(seed, 500)
        path = written(tmp_path_factory.mktemp("册") / "册.xlsx", people, list(organs.values()) if organs else None)
        found.append((read_roster(path), day))
    return found


def said(roster: Roster, day: date, values: dict[str, Any]) -> set[tuple[Any, ...]]:
    """All that a check-up says that isn't as it should be: whom, which rule, how."""
    found = check_roster(roster, day, values).findings()
    return {(each.row, each.subject, each.rule, each.outcome.value) for each in found if each.outcome != "satisfied"}


@pytest.mark.parametrize("values", SETTINGS, ids=lambda values: "+".join(values))
def test_what_changed_is_what_two_check_ups_say_differently(
    rosters: list[tuple[Roster, date]], values: dict[str, Any]
) -> None:
    differing = 0
    for roster, day in rosters:
        before, after = said(roster, day, {}), said(roster, day, values)
        check, found = roster_compared(roster, day, values)
        was = {(e.row, e.subject, e.rule, e.was.value) for e in found.changed if e.was and e.was != "satisfied"}
        becomes = {(e.row, e.subject, e.rule, e.outcome.value) for e in found.changed if e.outcome != "satisfied"}
        assert was == before - after
        assert becomes == after - before
        answer = WhatIf(values, check, found)
        assert answer.counts("was") == check_roster(roster, day).counts
        assert answer.counts("becomes") == check.counts
        assert set(answer.changed) == {subject for _, subject, *_ in before ^ after}
        differing += len(before ^ after)
    assert differing > 0


def test_the_law_as_it_stands_changes_nothing_and_nothing_stays_behind(rosters: list[tuple[Roster, date]]) -> None:
    roster, day = rosters[0]
    before = said(roster, day, {})
    roster_compared(roster, day, {"recruitment.age.max": 20, "contract.signing.months": 0})
    assert said(roster, day, {}) == before
    law = Parameters(day)
    assert (law["recruitment.age.max"], law["contract.signing.months"]) == (35, 1)
    assert roster_compared(roster, day, {key: law[key] for key in SHAPES})[1].changed == ()


def test_only_check_ups_of_the_same_table_are_compared(rosters: list[tuple[Roster, date]]) -> None:
    one, _ = rosters[0]
    scope, people, _ = check_roster(one, DAY).judged
    fewer = SCOPE.evaluate(scope.frame.head(3), SCOPE.parameters(DAY))
    for before, after in ((scope, people), (scope, fewer)):
        with pytest.raises(ValueError, match="只能比较同一张表的两次核对"):
            compared(before, after, "person", scope.frame.select("row", "subject"))


def test_organs_and_territories_add_up(rosters: list[tuple[Roster, date]]) -> None:
    roster, day = rosters[0]
    values = {"contract.signing.months": 6}
    answer = WhatIf(values, *roster_compared(roster, day, values))
    here = [each for each in answer.organs if each["code"].startswith("51")]
    (province,) = [each for each in answer.territories if each["code"] == "510000000000"]
    assert province["name"] == "四川省"
    for side in ("before", "after"):
        for outcome in ("violated", "undetermined", "advice"):
            assert province[side][outcome] == sum(each[side][outcome] for each in here)
    of_organ = [each for each in answer.findings if each.organ == here[1]["code"]]
    assert here[1]["changed"] == len({each.subject for each in of_organ})


class Read(Parameters):
    """Parameters that know which of them were asked."""

    asked: set[str]

    @property
    def key(self) -> tuple[date, str]:
        """Not those of anybody else, whose expressions a book might have kept."""
        return self.day, "read"

    def __getitem__(self, key: str) -> Any:
        self.asked.add(key)
        return super().__getitem__(key)


def announcement(**age: Any) -> Announcement:
    """Two posts, the second for scarce skills, with these conditions of age."""
    scarce = {"min": 18, "max": 35, "relax": [{"max": 40, "when": ["scarce_skill"]}]}
    positions = [
        {
            "code": "01",
            "name": "一线执勤",
            "category": "field",
            "headcount": 2,
            "conditions": {"age": age} if age else {},
        },
        {
            "code": "02",
            "name": "无人机操控",
            "category": "field",
            "headcount": 1,
            "scarce": {"reason": "急需无人机操控人员"},
            "conditions": {"age": scarce},
        },
    ]
    return Announcement.model_validate(
        {
            "title": "三台县公安局2026年公开招聘警务辅助人员公告",
            "organ": {"code": "510722000000", "name": "三台县公安局", "kind": "public_security", "level": "county"},
            "organiser": {"mode": "alone"},
            "plan": {"number": "三编发〔2025〕8号", "headcount": 3, "approved": True},
            "cutoff": "2026-01-22",
            "age_reading": "completed_years",
            "registration": {"from": "2026-01-22T09:00", "to": "2026-01-28T17:00"},
            "contract": {"term_months": 36, "probation_months": 2},
            "positions": positions,
        }
    )


def applicants() -> pl.DataFrame:
    """One of 36 for each post, one of 24 and one of 17."""
    born = [date(1989, 6, 1), date(1989, 6, 1), date(2001, 6, 1), date(2008, 6, 1)]
    return pl.DataFrame(
        {
            "id": ["1", "2", "3", "4"],
            "position": ["01", "02", "01", "01"],
            "nationality": ["中国"] * 4,
            "birth_date": born,
            "education": ["junior_college"] * 4,
            "scarce_skill": [False, True, False, False],
        }
    )


def running(**age: Any) -> Running:
    return Running(7, "510722000000", announcement(**age), applicants())


def test_every_parameter_that_the_rules_read_can_be_put_in_place_and_no_other(
    rosters: list[tuple[Roster, date]],
) -> None:
    day = max(day for _, day in rosters)
    read = Read(day)
    read.asked = set()
    for roster, _ in rosters:
        people = sort_people(roster.people, day)
        for book, frame in ((SCOPE, people.serving), (PEOPLE, people.judged), (LEAVERS, people.left)):
            book.evaluate(frame, read)
        ORGANS.evaluate(organ_figures(roster.organs, people, day), read)
    RECRUITMENT.evaluate(
        pl.DataFrame({name: [None] for name in RECRUITMENT.facts.schema()}, RECRUITMENT.facts.schema()), read
    )
    assert list(_findings(announcement(), read, None))
    assert read.asked == set(SHAPES)


@pytest.mark.parametrize(
    "values", [{"recruitment.age.max": 38}, {"recruitment.age.min": 16}, {"recruitment.age.max": 23}]
)
@pytest.mark.parametrize("age", [{}, {"max": 35}, {"min": 18, "max": 35}])
def test_applications_and_announcements_are_judged_as_by_screening_and_checking_twice(
    values: dict[str, Any], age: dict[str, int]
) -> None:
    given = running(**age)
    found = recruitment_compared(given, DAY, values)

    def screened(changed: dict[str, Any]) -> set[tuple[Any, ...]]:
        results = screen(given.announcement, given.applicants, today=DAY, changed=changed).results()
        return {(subject, f.rule, f.outcome.value) for subject, *_, listed in results for f in listed}

    def checked(changed: dict[str, Any]) -> set[tuple[Any, ...]]:
        listed = check_announcement(given.announcement, today=DAY, changed=changed)
        return {(f.subject, f.rule, f.outcome.value) for f in listed if f.outcome != "satisfied"}

    for of, judged in (("application", screened), ("announcement", checked)):
        before, after = judged({}), judged(values)
        changed = [each for each in found.comparison.changed if each.of == of]
        assert {(e.subject, e.rule, e.outcome.value) for e in changed if e.outcome != "satisfied"} == after - before
        assert {e.subject for e in changed} == {subject for subject, *_ in before ^ after}
    assert found.before == screen(given.announcement, given.applicants, today=DAY).counts
    assert found.after == screen(given.announcement, given.applicants, today=DAY, changed=values).counts


def test_a_higher_limit_admits_only_where_the_announcement_states_none() -> None:
    values = {"recruitment.age.max": 38}
    silent, stating = recruitment_compared(running(), DAY, values), recruitment_compared(running(max=35), DAY, values)
    assert (silent.before["eligible"], silent.after["eligible"]) == (2, 3)
    assert (stating.before["eligible"], stating.after["eligible"]) == (2, 2)


def test_a_lower_limit_makes_an_announcement_unlawful() -> None:
    found = recruitment_compared(running(max=35), DAY, {"recruitment.age.max": 30})
    told = [each for each in found.comparison.changed if each.of == "announcement" and each.outcome == "violated"]
    assert {(each.provision, each.subject, each.was) for each in told} >= {("18.3", "01", "satisfied")}
    assert [outcome.value for outcome in found.announcement][1] == "violated"


BAD = [
    ("recruitment.age.max", "应写成 标准名=值"),
    ("recruitment.age.top=38", "没有标准“recruitment.age.top”"),
    ("pay.days_a_month=22", "不用于核对人员、公告和报名"),
    ("recruitment.age.min=十六", "recruitment.age.min 的值是“十六”，应为1至120的整数"),
    ("recruitment.age.max=38.5", "recruitment.age.max 的值是“38.5”，应为1至120的整数"),
    ("contract.signing.months=true", "contract.signing.months 的值是“true”"),
    ("contract.probation.max=", "contract.probation.max 的值是“”"),
    ("recruitment.education.min=大专", "应为 primary（小学）"),
    ("recruitment.age.retirement={male: 60}", "应为两个年龄"),
    ("contract.probation.limits=[[12, 1], [3, 0]]", "应为由小到大的若干对月数"),
    ("card.expiry.notice_days=[", "card.expiry.notice_days 的值是“[”"),
]


def test_every_fault_is_told_at_once_in_chinese() -> None:
    with pytest.raises(BadSettings) as told:
        read_settings([setting for setting, _ in BAD], DAY)
    assert len(told.value.faults) == len(BAD)
    for fault, (_, part) in zip(told.value.faults, BAD, strict=True):
        assert part in fault


@pytest.mark.parametrize(
    ("settings", "part"),
    [
        (["recruitment.age.min=36"], "应聘年龄下限为36，大于应聘年龄上限的35"),
        (["recruitment.education.min=bachelor"], "学历下限为本科，高于文职学历下限的大专"),
        (["recruitment.age.max=38", "recruitment.age.max=39"], "写了几次"),
        ([], "没有写改动哪项标准"),
    ],
)
def test_what_makes_no_sense_together_is_refused(settings: list[str], part: str) -> None:
    with pytest.raises(BadSettings, match=part):
        read_settings(settings, DAY)


def test_a_value_is_read_as_the_parameter_has_it() -> None:
    values = read_settings(
        ["recruitment.age.retirement={male: 63, female: 58}", "contract.probation.limits=[[3, 0], [12, 2]]"], DAY
    )
    assert values == {
        "recruitment.age.retirement": {"male": 63, "female": 58},
        "contract.probation.limits": [[3, 0], [12, 2]],
    }


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["whatif", *map(str, arguments)])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    people, organs, _ = generated(3, 60)
    return written(tmp_path / "册.xlsx", people, list(organs.values()) if organs else None)


def test_a_roster_file_is_judged_without_a_database(file: Path) -> None:
    result = run("--set", "contract.signing.months=6", "--roster", file, "--as-of", "2024-02-29", "--json")
    document = json.loads(result.stdout)
    checked = json.loads(
        CliRunner().invoke(app, ["roster", "check", str(file), "--as-of", "2024-02-29", "--json"]).stdout
    )
    assert set(checked) <= set(document)
    assert document["set"] == [
        {
            "key": "contract.signing.months",
            "label": "用工之日起订立书面劳动合同的期限",
            "unit": "月",
            "today": 1,
            "changed": 6,
        }
    ]
    assert document["before"]["counts"] == checked["counts"]
    assert document["counts"] == document["after"]["counts"] != checked["counts"]
    assert document["changed"] == list(dict.fromkeys(each["subject"] for each in document["findings"]))
    assert {each["provision"] for each in document["findings"]} == {"22"}
    assert (document["campaigns"], document["before"]["applications"]) == ([], {})
    assert result.exit_code == 1


def test_people_read_tables_in_chinese(file: Path) -> None:
    result = run("--set", "recruitment.age.max=25", "--roster", file, "--as-of", "2024-02-29")
    text = result.stdout.replace("\n", "")
    for part in ("改动1项标准", "应聘年龄上限", "受影响的地区，含所辖各机关", "结论不同的各项", "待核实"):
        assert part in text
    words = set(re.findall(r"[A-Za-z.]{4,}", result.stdout)) - {"recruitment.age.max"}
    assert not {word for word in words if word.strip(".")}


def test_faults_of_the_command_line_end_with_2_and_write_nothing_out(file: Path) -> None:
    wrong = run(
        "--set", "x=1", "--set", "recruitment.age.max=abc", "--roster", file, "--organ", "510000000000", "--json"
    )
    assert (wrong.exit_code, wrong.stdout) == (2, "")
    assert len(wrong.stderr.splitlines()) == 3
    early = run("--set", "recruitment.age.max=38", "--roster", file, "--as-of", "2021-02-28")
    assert (early.exit_code, early.stderr) == (2, "基准日2021-02-28不能核对：本办法自2021-03-01施行，应为这一天以后\n")
    assert run("--set", "recruitment.age.max=38", "--roster", file.parent / "无.xlsx").exit_code == 2
    assert measures().effective == date(2021, 3, 1)
