"""The same roster confirmed by two officers at once, and a server that dies in the middle of an import."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from getpass import getuser
from pathlib import Path

import pytest

from fujing.general.quota.models import QuotaAccount
from fujing.kernel.actor import acting
from fujing.kernel.models import HistoryEntry, Reading
from fujing.registry.models import Engagement, Person, RosterImport, RosterRecord
from fujing.registry.moving_in.services import roster_import
from tests import factories
from tests.factories import SANTAI
from tests.law.roster_tools import DAY
from tests.races.overlap import overlapping
from tests.registry.moving_in import ORGAN, moved_in, planned, roster_of, row

pytestmark = pytest.mark.usefixtures("committed")
ROOT = Path(__file__).parent.parent.parent
# A process of its own, which has written everything and not committed when it says so.
WRITING = """
import sys
import django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = "test_fujing"
django.setup()
from fujing.kernel.actor import acting
from fujing.law.formats.roster import read_roster
from fujing.registry.moving_in.plan import plan_of
from fujing.registry.moving_in.services import roster_import
from tests import factories
from tests.law.roster_tools import DAY
actor, roster = factories.territorial(factories.SANTAI), read_roster(sys.argv[1])
with acting(actor):
    seen = plan_of(actor, roster, "x", DAY).token
    print(len(roster_import(actor=actor, roster=roster, digest="x", as_of=DAY, seen=seen)), flush=True)
    sys.stdin.read()
"""


# The command as it is typed, over the tests' database.
TYPED = """
import sys
import django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = "test_fujing"
django.setup()
from fujing.cli import app
app(sys.argv[1:])
"""


def typed(*words: str) -> subprocess.CompletedProcess[str]:
    """What a process of its own answers."""
    environment = {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "DJANGO_SETTINGS_MODULE": "fujing.settings"}
    command = [sys.executable, "-c", TYPED, *words]
    return subprocess.run(command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, check=False)


def counted() -> list[int]:
    with acting(factories.PROVINCIAL):
        return [model.objects.count() for model in (RosterImport, Person, Engagement, RosterRecord, QuotaAccount)]


def entries() -> int:
    with acting(factories.PROVINCIAL):
        return HistoryEntry.objects.count()


@pytest.fixture(autouse=True)
def bureau(committed: None) -> None:
    with acting(factories.PROVINCIAL):
        factories.bureau(SANTAI)


def test_two_officers_confirm_the_same_roster_and_it_is_imported_once(tmp_path: Path) -> None:
    file = roster_of(tmp_path, [row(1), row(2)])
    one, two = factories.territorial(SANTAI), factories.territorial(SANTAI, "hr_head")
    seen = planned(one, file).token

    def confirmed(actor: object) -> object:
        return roster_import(actor=actor, roster=file[0], digest=file[1], as_of=DAY, seen=seen)  # type: ignore[arg-type]

    first, second = overlapping((one, lambda: confirmed(one)), (two, lambda: confirmed(two)))
    assert [len(each) for each in (first, second)] == [1, 0]  # type: ignore[arg-type]
    assert counted() == [1, 2, 2, 2, 1]


def test_a_process_killed_before_the_commit_leaves_nothing_and_the_import_can_be_repeated(tmp_path: Path) -> None:
    file = roster_of(tmp_path, [row(place) for place in range(1, 301)])
    before = entries()
    command = [sys.executable, "-c", WRITING, str(tmp_path / "花名册.xlsx")]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ
        | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "DJANGO_SETTINGS_MODULE": "fujing.settings"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as writing:
        assert writing.stdout is not None
        assert writing.stdout.readline() == "1\n"
        os.kill(writing.pid, signal.SIGKILL)
    assert writing.returncode == -signal.SIGKILL
    assert counted() == [0, 0, 0, 0, 0]
    assert entries() == before
    moved_in(factories.territorial(SANTAI), file)
    assert counted() == [1, 300, 300, 300, 1]


def test_the_command_over_the_database_finds_what_the_command_over_the_file_finds_and_is_logged(tmp_path: Path) -> None:
    rows = [
        row(1, 层级="无"),
        row(2, 层级=None, 养老="否"),
        row(3, 合同终止="2025-12-31"),
        row(4, 岗前培训日期="无", 工作证有效期="2026-02-01"),
        row(5),
    ]
    moved_in(factories.territorial(SANTAI), roster_of(tmp_path, rows, [ORGAN]))
    day = DAY.isoformat()
    file = typed("roster", "check", str(tmp_path / "花名册.xlsx"), "--as-of", day, "--json")
    stored = typed("checkup", "--organ", str(SANTAI), "--as-of", day, "--json")
    assert (file.returncode, stored.returncode) == (1, 1), stored.stderr
    told, kept = (
        sorted(
            (each["rule"], each["subject"], each["outcome"], each["message"]) for each in json.loads(said)["findings"]
        )
        for said in (file.stdout, stored.stdout)
    )
    assert kept == told
    assert {rule for rule, *_ in told} >= {"roster.tier", "roster.insurance_pension", "roster.contract_current"}
    with acting(factories.PROVINCIAL):
        (reading,) = Reading.objects.all()
    assert (reading.kind, reading.what, reading.organ_code) == ("checked", "核对登记的人员5人", SANTAI)
    assert (reading.reader_name, reading.reader) == (f"控制台 {getuser()}", None)


def test_a_check_that_reads_nobody_logs_nothing() -> None:
    assert typed("checkup", "--organ", "519999999999").returncode == 2
    with acting(factories.PROVINCIAL):
        assert not Reading.objects.exists()
