"""What-if over the database: people, announcements and applications of the territory; nothing is stored."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from typer.testing import CliRunner, Result

from fujing.cli import app
from fujing.compliance.oversight.checkup import recorded_roster
from fujing.compliance.oversight.whatif import running_recruitments
from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.law.roster import check_roster
from fujing.registry.models import territory_of
from tests import factories
from tests.factories import PROVINCE, SANTAI, YANTING
from tests.recruitment.applications.made import application, campaign
from tests.registry.moving_in import moved_in, roster_of, row

pytestmark = pytest.mark.django_db


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["whatif", *map(str, arguments)])


def counted() -> dict[str, Any]:
    """How often each table was written, and how many rows history has."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables")
        return dict(cursor.fetchall())


def test_people_and_applications_are_judged_twice_and_only_that_they_were_read_is_written(tmp_path: Path) -> None:
    made, _ = application(campaign())
    moved_in(factories.territorial(SANTAI), roster_of(tmp_path, [row(1), row(2)]))
    written = counted()
    result = run("--set", "recruitment.age.max=18", "--as-of", today().isoformat(), "--json")
    assert result.exit_code in (0, 1), result.stderr
    assert counted() == written | {"kernel_reading": written.get("kernel_reading", 0) + 1}
    document = json.loads(result.stdout)
    with acting(factories.PROVINCIAL, read_only=True):
        people = recorded_roster(*territory_of(PROVINCE))
    for side, values in (("before", {}), ("after", {"recruitment.age.max": 18})):
        expected = check_roster(people, today(), values).counts
        assert {key: document[side]["counts"][key] for key in expected} == expected
    assert (document["before"]["applications"], document["after"]["applications"]) == (
        {"eligible": 1, "ineligible": 0, "undetermined": 0},
        {"eligible": 0, "ineligible": 1, "undetermined": 0},
    )
    (changed,) = [each for each in document["findings"] if each["of"] == "application"]
    assert (changed["subject"], changed["was"], changed["outcome"]) == (str(made.pk), "satisfied", "violated")
    assert {each["of"] for each in document["findings"]} >= {"person", "application"}
    assert str(made.pk) in document["changed"]
    (organ,) = [each for each in document["organs"] if each["code"] == str(SANTAI)]
    assert organ["changed"] == len(document["changed"])
    assert result.exit_code == 1
    assert "正在进行的招聘" in run("--set", "recruitment.age.max=18").stdout


def test_another_territory_is_not_looked_at() -> None:
    application(campaign(SANTAI))
    with acting(factories.PROVINCIAL):
        factories.bureau(YANTING)
    document = json.loads(run("--set", "recruitment.age.max=18", "--organ", YANTING, "--json").stdout)
    assert (document["changed"], document["campaigns"]) == ([], [])


def test_the_cost_knows_no_number_of_campaigns() -> None:
    def cost() -> int:
        with acting(factories.PROVINCIAL, read_only=True), CaptureQueriesContext(connection) as asked:
            found = running_recruitments(*territory_of(PROVINCE))
        assert all(each.applicants.height == 1 for each in found)
        return len(asked)

    application(campaign(SANTAI))
    one = cost()
    application(campaign(YANTING))
    application(campaign(factories.PROVINCE + 10**8))
    assert cost() == one <= 3


def test_an_unknown_organ_is_refused() -> None:
    result = run("--set", "recruitment.age.max=38", "--organ", "519999999999")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "没有这个机关：519999999999，应为已登记的十二位机关代码\n"
