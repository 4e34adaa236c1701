"""The commands of the server's console and people of the database: whoever reads them there is on record as well."""

from __future__ import annotations

import re
from collections.abc import Iterator
from getpass import getuser
from pathlib import Path
from types import CodeType, FunctionType, ModuleType

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from typer import Context
from typer.core import TyperGroup
from typer.main import get_command
from typer.testing import CliRunner

from fujing.cli import app, server
from fujing.cli.console import people_read
from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.kernel.models import Reading
from fujing.kernel.privacy import Kind, classified
from fujing.registry.models import Organ
from tests import factories
from tests.factories import SANTAI
from tests.law.roster_tools import written
from tests.recruitment.applications.made import application, campaign
from tests.registry.moving_in import moved_in, roster_of, row

pytestmark = pytest.mark.django_db
WHATIF = ("--set", "recruitment.age.max=38")
READING = {"checkup": ("checkup", "--organ", str(SANTAI)), "whatif": ("whatif", *WHATIF, "--organ", str(SANTAI))}
"""Commands that read people, each with what a test calls."""
OTHERS = {"trail seal": ("trail", "seal"), "trail verify": ("trail", "verify"), "seed": ("seed", "--people", "0")}
"""Commands that open the database and look at nobody in it."""
UNTRIED = {
    "migrate": "alters tables as their owner",
    "worker": "runs until it is stopped; a job that opens a value names its actor itself",
    "demo": "writes invented people and becomes the web server",
    "backup": "copies ciphertext to a folder and shows nobody; it has to work on tables older than the program",
    "restore": "puts such a copy in the place of the tables",
}
"""Commands that a test can't call in its own transaction, with why none of them shows people."""


def commands(group: TyperGroup, before: tuple[str, ...] = ()) -> Iterator[tuple[str, FunctionType]]:
    # A group may load its commands when they are asked for.
    context = Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, TyperGroup):
            yield from commands(command, (*before, name))
        else:
            callback = command.callback if command else None
            assert callback, name
            yield " ".join((*before, name)), getattr(callback, "__wrapped__", callback)


def names_in(code: CodeType) -> set[str]:
    inner = (each for each in code.co_consts if isinstance(each, CodeType))
    return set(code.co_names).union(*map(names_in, inner))


def called(function: FunctionType, met: set[FunctionType]) -> set[FunctionType]:
    """The function and all of ours at the console that it may call."""
    if function in met:
        return met
    met.add(function)
    names = names_in(function.__code__)
    known = [function.__globals__[name] for name in names if name in function.__globals__]
    rooms = [each for each in known if isinstance(each, ModuleType)]
    known += [getattr(room, name) for room in rooms for name in names if hasattr(room, name)]
    for each in known:
        plain = getattr(each, "__wrapped__", each)
        if isinstance(plain, FunctionType) and plain.__module__.startswith("fujing.cli"):
            called(plain, met)
    return met


def opening() -> set[str]:
    group = get_command(app)
    assert isinstance(group, TyperGroup)
    return {name for name, callback in commands(group) if server.setup in called(callback, set())}


def test_every_command_that_opens_the_database_says_whether_it_reads_people() -> None:
    assert opening() == {*READING, *OTHERS, *UNTRIED}


def personal() -> re.Pattern[str]:
    """How a query names a column that tells of somebody: a person here, or an applicant."""
    guarded = (Kind.PERSONAL, Kind.SENSITIVE)
    columns = [
        f'"{model._meta.db_table}"."{model._meta.get_field(name).column}"'
        for model, table in classified().items()
        if model._meta.app_label in {"registry", "applications"} and model is not Organ
        for name, held in table.items()
        if held.kind in guarded
    ]
    assert '"registry_person"."name"' in columns
    return re.compile("|".join(map(re.escape, columns)))


def run(*arguments: str) -> tuple[int, bool, list[Reading]]:
    """The exit code, whether a column of somebody was asked for, and what was written into the log of readings."""
    with acting(factories.PROVINCIAL):
        before = Reading.objects.count()
    with CaptureQueriesContext(connection) as queries:
        result = CliRunner().invoke(app, list(arguments))
    read = any(each["sql"].startswith("SELECT") and personal().search(each["sql"]) for each in queries)
    with acting(factories.PROVINCIAL):
        return result.exit_code, read, list(Reading.objects.order_by("pk")[before:])


@pytest.fixture
def people(tmp_path: Path) -> None:
    application(campaign())
    moved_in(factories.territorial(SANTAI), roster_of(tmp_path, [row(1), row(2)]))


@pytest.mark.parametrize("command", READING)
def test_a_command_that_reads_people_is_in_the_log_with_who_when_and_what(people: None, command: str) -> None:
    code, read, (kept,) = run(*READING[command])
    assert code in (0, 1)
    assert read
    assert (kept.kind, kept.organ_code, kept.reader_name) == ("checked", SANTAI, f"控制台 {getuser()}")
    assert kept.at.date() >= today().replace(day=1)
    assert kept.reason.startswith(f"命令 fujing {command}")
    assert kept.what == "核对登记的人员2人" + ("、报名1份" if command == "whatif" else "")


def test_a_whatif_says_what_was_asked(people: None) -> None:
    _, _, (kept,) = run(*READING["whatif"])
    assert kept.reason == "命令 fujing whatif --set recruitment.age.max=38"
    with people_read("fujing whatif" + " --set 很长的写法=1" * 40, SANTAI):
        long = Reading.objects.order_by("pk").last()
    assert len(long.reason) == 300


@pytest.mark.parametrize("command", READING)
def test_an_organ_that_there_is_not_is_neither_read_nor_kept(command: str) -> None:
    name, *rest = READING[command]
    assert run(name, *rest, "--organ", "519999999999") == (2, False, [])


def test_a_file_of_people_is_nobodys_record(people: None, tmp_path: Path) -> None:
    code, read, kept = run("whatif", *WHATIF, "--roster", str(written(tmp_path / "册.xlsx", [row(1)], None)))
    assert (code in (0, 1), read, kept) == (True, False, [])


@pytest.mark.parametrize("command", OTHERS)
def test_a_command_that_is_said_to_read_nobody_asks_for_nobody(people: None, command: str) -> None:
    code, read, kept = run(*OTHERS[command])
    assert (code, read, kept) == (0, False, [])
