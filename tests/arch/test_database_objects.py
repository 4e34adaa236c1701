"""The database holds what is declared beside the models, word for word, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from fujing.general.quota import database as quota
from fujing.kernel import objects
from fujing.kernel.catalog import catalogue, differences
from fujing.kernel.postgres import server
from fujing.kernel.territory import RowPolicy
from tests.arch.test_models import our_models

# Made by the libraries that we build on.
LIBRARIES = re.compile(r"(^|\.)_?(procrastinate|pgtrigger_should_ignore)")


@pytest.fixture
def owner(db: None, owner_parameters: dict) -> Iterator[psycopg.Cursor]:
    """A cursor of the owner in a transaction that is taken back."""
    with psycopg.connect(**owner_parameters) as owned:
        with owned.cursor() as cursor:
            yield cursor
        owned.rollback()


def every() -> list[objects.DatabaseObject]:
    """Declared objects, lower sections first."""
    return [each for section in objects.declared().values() for each in section]


def policies() -> list[tuple[type, RowPolicy]]:
    return [(model, each) for model in our_models() for each in model._meta.constraints if isinstance(each, RowPolicy)]


def triggers() -> list[tuple[type, object]]:
    return [(model, each) for model in apps.get_models() for each in getattr(model._meta, "triggers", [])]


def test_a_declaration_made_again_changes_nothing(owner: psycopg.Cursor) -> None:
    before = catalogue(owner)
    for each in reversed(every()):
        owner.execute(each.drop)
    for each in every():
        owner.execute(each.create)
    for model, policy in policies():
        owner.execute(policy.remove_sql(model, None))
        owner.execute(policy.statement(model))
    for model, trigger in triggers():
        compiled = trigger.compile(model)
        owner.execute(compiled.uninstall_sql)
        owner.execute(compiled.install_sql)
    server.grant(owner, settings.DATABASES["default"]["FUJING"]["app_role"])
    assert differences(before, catalogue(owner)) == []


def test_nothing_undeclared_stands_in_the_database(db: None) -> None:
    with connection.cursor() as cursor:
        found = catalogue(cursor)
    of_kind = {kind: {each.name for each in every() if each.kind == kind} for kind in ("function", "view", "policy")}
    named = [(model, trigger.get_pgid(model)) for model, trigger in triggers()]
    declared_triggers = {f"{model._meta.db_table}.{name}" for model, name in named} | {
        re.search(r" ON (\w+)", each.drop)[1] + f".{each.name}" for each in every() if each.kind == "trigger"
    }
    declared_policies = {f"{model._meta.db_table}.{policy.name}" for model, policy in policies()} | {
        re.search(r" ON (\w+)", each.drop)[1] + f".{each.name}" for each in every() if each.kind == "policy"
    }
    functions = {name.split("(")[0] for name in found["functions"] if not LIBRARIES.search(name)}
    assert functions == of_kind["function"] | {name for _, name in named}
    assert {name for name in found["triggers"] if not LIBRARIES.search(name)} == declared_triggers
    assert set(found["policies"]) == declared_policies
    assert set(found["views"]) == of_kind["view"]


def test_the_application_role_has_no_closed_right(db: None) -> None:
    with connection.cursor() as cursor:
        for each in objects.closed():
            kind, name = ("function", each.what[9:]) if each.what.startswith("FUNCTION ") else ("table", each.what)
            for right in each.rights.split(", "):
                cursor.execute(f"SELECT has_{kind}_privilege(current_user, %s, %s)", [name, right])
                assert cursor.fetchone() == (False,), (each.what, right)


def test_migrations_install_what_is_declared() -> None:
    assert objects.outstanding(MigrationLoader(None)) == {}


@pytest.mark.parametrize("place", range(len(quota.OBJECTS)))
def test_a_changed_body_without_a_migration_is_told_with_what_to_do(
    place: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], db: None
) -> None:
    changed = list(quota.OBJECTS)
    changed[place] = replace(changed[place], create=changed[place].create + " -- otherwise")
    monkeypatch.setattr(quota, "OBJECTS", tuple(changed))
    (operation,) = objects.outstanding(MigrationLoader(None))["quota"]
    assert operation.object == changed[place]
    assert operation.replaces == quota_before(changed[place].key)
    with pytest.raises(SystemExit):
        call_command("makemigrations", check_changes=True, dry_run=True)
    told = capsys.readouterr().err
    assert f"quota: Install {changed[place].kind} {changed[place].name}" in told
    assert "makemigrations" in told


def quota_before(key: tuple[str, str]) -> objects.DatabaseObject:
    """The object as the migrations have it."""
    return objects.installed(MigrationLoader(None))["quota"][key]


def test_an_object_no_longer_declared_is_removed_by_a_migration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quota, "OBJECTS", quota.OBJECTS[:-1])
    (operation,) = objects.outstanding(MigrationLoader(None))["quota"]
    assert isinstance(operation, objects.Uninstall)
    assert operation.object.name == "file_of_quota_entry"


def test_an_object_is_exchanged_and_put_back_by_its_operation(owner: psycopg.Cursor) -> None:
    old = quota.OBJECTS[0]
    new = replace(old, create=old.create.replace("greatest(0,", "greatest(5,"))

    class Editor:
        """As Django hands one to an operation."""

        @staticmethod
        def execute(statement: str, params: None) -> None:
            owner.execute(statement)

    def body() -> str:
        owner.execute("SELECT prosrc FROM pg_proc WHERE proname = %s", [old.name])
        return owner.fetchone()[0]

    operation = objects.Install(new, old)
    operation.database_forwards("quota", Editor, None, None)
    assert "greatest(5," in body()
    operation.database_backwards("quota", Editor, None, None)
    assert "greatest(0," in body()
