"""What the system owes every day runs in the real worker, says when it last ran, and is made up when it was missed."""

from __future__ import annotations

import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateEvent

from fujing.cli.supervisor import Supervisor
from fujing.kernel import daily
from fujing.kernel.actor import acting
from tests import factories
from tests.clients import client_with

NAMES = {
    "fujing.seal_history",
    "fujing.erase_overdue_applicants",
    "fujing.escalate_overdue_notices",
    "fujing.sweep_uploads",
}


@pytest.fixture
def no_jobs(committed: None) -> None:
    from django.db import connection

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def browser(role: str) -> Client:
    """Somebody's of a county bureau."""
    with acting(factories.PROVINCIAL):
        factories.bureau(factories.SANTAI)
    return client_with(factories.SANTAI, role)


def work() -> None:
    """The worker's own loop, until nothing waits."""
    with app.replace_connector(app.connector.get_worker_connector()) as working:
        working.run_worker(wait=False, listen_notify=False, install_signal_handlers=False)


def test_a_missed_duty_is_made_up_once_and_then_stands_as_done(no_jobs: None) -> None:
    assert {each.duty.name for each in daily.standings() if each.missed} == NAMES
    assert set(daily.make_up()) == NAMES
    assert daily.make_up() == []  # it waits already
    work()
    assert [each.duty.name for each in daily.standings() if each.missed] == []
    assert ProcrastinateEvent.objects.filter(type="succeeded").count() == len(NAMES)


def test_a_duty_counts_as_missed_after_a_day_and_an_hour(no_jobs: None) -> None:
    daily.make_up()
    work()
    now = timezone.now()
    assert not any(each.missed for each in daily.standings(now + timedelta(hours=24, minutes=50)))
    assert all(each.missed for each in daily.standings(now + timedelta(hours=25, minutes=10)))


def test_readiness_and_the_system_page_say_when_each_duty_last_ran(no_jobs: None) -> None:
    assert Client().get("/readyz").json()["daily"]["fujing.seal_history"] == {"last": None, "missed": True}
    with acting(factories.PROVINCIAL):
        factories.bureau(factories.SANTAI)
        account = factories.account(factories.SANTAI, "system_admin")
        client = Client()
        client.force_login(account, backend="fujing.registry.authentication.AccountBackend")
    page = client.get("/desk/system/").content.decode()
    assert "封存变更留痕" in page
    assert "尚未运行" in page
    daily.make_up()
    work()
    assert Client().get("/readyz").json()["daily"]["fujing.seal_history"]["missed"] is False
    assert "尚未运行" not in client.get("/desk/system/").content.decode()


@pytest.mark.parametrize("role", ["system_admin", "security_admin", "audit_admin"])
def test_a_missed_duty_waits_for_each_administrator_until_it_was_done(no_jobs: None, role: str) -> None:
    client = browser(role)
    waiting = client.get("/desk/").content.decode().split("<main")[1]
    for label in ("封存变更留痕", "删除到期的报名资料", "逾期整改通知升级"):
        assert f"{label}：每日事项没有按时办理" in waiting
    assert 'href="/desk/system/"' in waiting
    daily.make_up()
    work()
    assert "没有按时办理" not in client.get("/desk/").content.decode()


def test_a_missed_duty_is_nobody_elses_to_do(no_jobs: None) -> None:
    assert "每日事项" not in browser("hr_head").get("/desk/").content.decode()


def test_the_supervisor_starts_again_what_ended_and_stops_everything(tmp_path: Path) -> None:
    once = f"import pathlib, os; p = pathlib.Path({str(tmp_path)!r}) / str(os.getpid()); p.touch()"
    runs = Supervisor(
        {"short": [sys.executable, "-c", once], "long": [sys.executable, "-c", "import time; time.sleep(99)"]}
    )
    until = time.monotonic() + 20
    while len(list(tmp_path.iterdir())) < 2 and time.monotonic() < until:
        runs.look()
        time.sleep(0.05)
    assert len(list(tmp_path.iterdir())) >= 2
    long = runs.running["long"]
    assert long.poll() is None
    runs.stop()
    assert runs.run() == 0
    assert long.poll() is not None
