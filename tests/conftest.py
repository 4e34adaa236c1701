"""One embedded PostgreSQL a run; every test connects as the application role, never as the owner."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from psycopg import sql

from fujing.kernel.actor import Actor, acting
from fujing.kernel.postgres import server
from tests import factories


def pytest_configure() -> None:
    """A test signs up dozens of accounts: a quick hash, as Django advises for tests; journeys keep the real one."""
    settings.STRETCH_COST = 2**6
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The ways through the pages first, so that no core waits for them at the end; the crowds last, so that none of
    them takes the cores away under somebody's browser."""
    items.sort(key=lambda item: any(item.iter_markers("race")) - any(item.iter_markers("journey")))


@pytest.fixture(scope="session")
def owner_parameters() -> dict:
    """Connection parameters of the owner, for building and emptying the test database."""
    return {**server.owner_parameters(settings.DATABASES["default"]), "dbname": "test_fujing"}


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest, owner_parameters: dict) -> Iterator[None]:
    """Migrate a fresh test database as the owner, then hand Django the application role."""
    from django.core.management import call_command

    database = settings.DATABASES["default"]
    with psycopg.connect(**{**owner_parameters, "dbname": "postgres"}, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS test_fujing WITH (FORCE)")
        # The tests' data is thrown away: speed instead of durability.
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("ALTER SYSTEM SET synchronous_commit = off")
        connection.execute("SELECT pg_reload_conf()")
    wrapper = connections["default"]
    database["NAME"] = wrapper.settings_dict["NAME"] = "test_fujing"
    server.prepare({**database, "NAME": "test_fujing"})
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        wrapper.settings_dict["FUJING"] = {**database["FUJING"], "role": "owner"}
        call_command("migrate", verbosity=0, interactive=False)
        with wrapper.cursor() as cursor:
            server.grant(cursor, database["FUJING"]["app_role"])
        wrapper.close()
        wrapper.settings_dict["FUJING"] = {**database["FUJING"], "role": "app"}
        wrapper.settings_dict["OPTIONS"] = dict(database["OPTIONS"])
        wrapper.resolved = False
        wrapper.resolve()
        # One connection a thread without a pool: a test sees its own transaction.
        wrapper.settings_dict["OPTIONS"].pop("pool", None)
    yield
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        for each in connections.all():
            each.close()


@pytest.fixture
def committed(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, owner_parameters: dict
) -> Iterator[None]:
    """For tests with several connections: what is committed stays for the test and is emptied after it."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        yield
        connections["default"].close()
    with psycopg.connect(**owner_parameters, autocommit=True) as connection:
        tables = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'django_migrations'"
            " AND tablename NOT LIKE 'procrastinate%' AND tablename <> 'django_content_type'"
            " AND tablename <> 'auth_permission'"
        ).fetchall()
        connection.execute(
            sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(
                sql.SQL(", ").join(sql.Identifier(row[0]) for row in tables)
            )
        )


@pytest.fixture
def province(db: None) -> Iterator[Actor]:
    """Somebody at the provincial department, acting: the whole territory is visible."""
    with acting(factories.PROVINCIAL) as actor:
        yield actor


def pytest_unconfigure() -> None:
    """Stop the embedded server and remove its folder."""
    folder = Path(settings.DATA)
    if folder.name.startswith("fujing-tests-") and (folder / "postgres").exists():
        server.embedded_stop(folder)
        shutil.rmtree(folder, ignore_errors=True)
