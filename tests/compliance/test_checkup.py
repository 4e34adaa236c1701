"""The check-up over the database answers as the check of the file does, and knows what was done here since."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from typer.testing import CliRunner

from fujing.cli import app
from fujing.compliance.oversight.checkup import recorded_roster
from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.law.formats.roster import Roster
from fujing.law.roster import RosterCheck, check_roster
from fujing.registry.models import Contract, Engagement, territory_of
from tests import factories
from tests.factories import PROVINCE, SANTAI
from tests.law.roster_generated import roster
from tests.law.roster_tools import DAY, written
from tests.management.appraisals import bureau, closed
from tests.management.cards import Store, card_at
from tests.registry.moving_in import moved_in, planned, roster_of, row

pytestmark = pytest.mark.django_db
OFFICER = factories.territorial(SANTAI)
Finding = tuple[str, str, str]


def checkup(day: date = DAY) -> RosterCheck:
    with acting(factories.PROVINCIAL, read_only=True):
        return check_roster(recorded_roster(*territory_of(PROVINCE)), day)


def findings(check: RosterCheck) -> list[Finding]:
    """Rule, whom and how, with the facts; rows are numbered by the file, so what names rows is left out."""
    return sorted(
        (each.rule, each.subject, f"{each.outcome} {sorted((k, v) for k, v in each.facts.items() if 'rows' not in k)}")
        for each in check.findings()
    )


@pytest.mark.parametrize("seed", [7, 11, 12])
def test_the_database_says_what_the_file_says(tmp_path: Path, seed: int) -> None:
    people, organs, day = roster(seed, 400)
    with acting(factories.PROVINCIAL):
        for code in (SANTAI, 510104000000):
            factories.bureau(code)
        factories.unit(510104000000, 1200)
    path = written(tmp_path / "册.xlsx", people, list(organs.values()) if organs else None)
    province = factories.PROVINCIAL
    file = roster_of(tmp_path, people, list(organs.values()) if organs else None)
    plan = planned(province, file, day)
    assert path.exists()
    assert plan.people.height > 200
    moved_in(province, file, day)
    read = file[0]
    accepted = Roster(
        read.file,
        read.people.filter(pl.col("row").is_in(plan.people["row"].to_list())),
        read.organs.filter(pl.col("code").is_in([str(code) for code in plan.bureaus]))
        if read.organs is not None
        else None,
    )
    expected = check_roster(accepted, day)
    found = checkup(day)
    assert len(findings(expected)) > 500
    assert findings(found) == findings(expected)
    assert found.counts == expected.counts
    assert set(found.not_covered) == set(expected.not_covered)


def test_what_was_done_here_since_stands_for_what_the_roster_said(tmp_path: Path) -> None:
    with acting(factories.PROVINCIAL):
        factories.bureau(SANTAI)
    moved_in(OFFICER, roster_of(tmp_path, [row(1, 合同类型="未签", 合同起始=None, 合同终止=None), row(2)]))
    assert [each.rule for each in checkup().findings() if each.outcome == "violated" and each.row] == [
        "roster.contract"
    ]
    with acting(factories.PROVINCIAL):
        unsigned, leaving = Engagement.objects.order_by("person__name")
        Contract.objects.create(
            organ_code=SANTAI,
            engagement=unsigned,
            person_id=unsigned.person_id,
            number="三台-1",
            kind="fixed",
            sequence=1,
            signed_on=unsigned.span.lower,
            signer="三台县公安局",
            span=DateRange(unsigned.span.lower, date(2027, 3, 1)),
            term_months=36,
        )
        factories.run_out(leaving, date(2025, 12, 1))
    found = checkup()
    assert [each.rule for each in found.findings() if each.outcome == "violated" and each.row] == []
    assert found.organs[0]["in_service"] == 1


def test_people_hired_here_are_judged_and_the_command_answers_as_that_of_the_file(tmp_path: Path) -> None:
    factories.quota(SANTAI, 5)
    with acting(factories.PROVINCIAL):
        factories.engagement(factories.person(SANTAI))
    document = json.loads(json.dumps(checkup().organs))
    assert [(each["in_service"], each["quota"]) for each in document if each["code"] == str(SANTAI)] == [(1, 5)]
    answer = CliRunner().invoke(app, ["checkup", "--organ", "519999999999", "--json"])
    assert answer.exit_code == 2


def test_the_card_made_here_stands_for_the_one_that_the_roster_tells_of(tmp_path: Path) -> None:
    with acting(factories.PROVINCIAL):
        factories.bureau(SANTAI)
    moved_in(OFFICER, roster_of(tmp_path, [row(1), row(2), row(3, 工作证号="无", 工作证有效期=None)]))
    with acting(factories.PROVINCIAL):
        keeper, head = (factories.officer(SANTAI, role) for role in ("supply", "hr_head"))
        lost, _, carded = Engagement.objects.select_related("person").order_by("person__name")
    assert without_card(checkup(today())) == ["张3"]
    with acting(keeper):
        card_at(Store(keeper, head, lost), "lost")
        card_at(Store(keeper, head, carded), "valid")
    assert without_card(checkup(today())) == ["张1"]


def without_card(check: RosterCheck) -> list[str]:
    """Names of whom the check-up says that they have no valid card."""
    rows = {each.row for each in check.findings() if (each.rule, each.outcome) == ("roster.card", "violated")}
    with acting(factories.PROVINCIAL, read_only=True):
        people = recorded_roster(*territory_of(PROVINCE)).people
    return people.filter(pl.col("row").is_in(list(rows)))["name"].to_list()


def test_the_final_grade_of_last_year_stands_for_what_the_roster_said() -> None:
    def said() -> dict[object, str]:
        found = [each for each in checkup(today()).findings() if each.rule == "roster.appraisal"]
        return {each.facts.get("appraisal"): str(each.outcome) for each in found}

    made = bureau(["甲", "乙"])
    assert said() == {}
    closed(made, {"甲": 75, "乙": 30})
    assert said() == {"不合格": "advice"}
