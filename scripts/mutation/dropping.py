"""A plugin of pytest: drops guarantees of the test database one by one, and asks the named tests each time.

FUJING_DROPS names a file with what is dropped and which tests should notice, FUJING_DROPPED one for the answers.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

CONSTRAINT = """
SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
       format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid))
FROM pg_constraint WHERE conname = %(name)s
UNION ALL
SELECT format('DROP INDEX %%s', indexrelid::regclass), pg_get_indexdef(indexrelid)
FROM pg_index WHERE indexrelid::regclass::text = %(name)s
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
"""
TRIGGER = """
SELECT format('DROP TRIGGER %%I ON %%s', tgname, tgrelid::regclass), pg_get_triggerdef(oid)
FROM pg_trigger WHERE NOT tgisinternal AND (tgname LIKE %(pattern)s OR tgname = %(name)s)
"""
failures: list[str] = []


@contextmanager
def without(drop: str) -> Iterator[None]:
    """The database without one guarantee. Raises LookupError if it has none of that name."""
    from django.conf import settings

    from fujing.kernel.postgres import server

    kind, name = drop.split()
    names = {"name": name, "pattern": "pgtrigger\\_" + name.replace("_", "\\_") + "\\_%"}
    owner = {**server.owner_parameters(settings.DATABASES["default"]), "dbname": "test_fujing"}
    with psycopg.connect(**owner, autocommit=True) as connection:
        found = connection.execute(TRIGGER if kind == "trigger" else CONSTRAINT, names).fetchall()
        if not found:
            raise LookupError(drop)
        for leaving, _ in found:
            connection.execute(sql.SQL(leaving))
    yield
    with psycopg.connect(**owner, autocommit=True) as connection:
        for _, coming in found:
            connection.execute(sql.SQL(coming))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.failed:
        failures.append(report.nodeid)


def fails(items: list[Any], following: Any, at_once: bool = True) -> list[str]:
    """Which tests fail; at the first one if `at_once`.

    With the session `following`, everything but the session's own fixtures is taken down after each: the database
    lives on, and any test may come next.
    """
    failures.clear()
    for item in items:
        item._initrequest()
        item.ihook.pytest_runtest_protocol(item=item, nextitem=following)
        if failures and at_once:
            break
    return sorted(set(failures))


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    if session.testsfailed:
        return True
    asked = json.loads(Path(os.environ["FUJING_DROPS"]).read_text("utf-8"))
    notes = Path(os.environ["FUJING_DROPPED"])
    answers: dict[str, Any] = {"failing": fails(session.items, session, at_once=False), "outcomes": []}
    for each in asked:
        named = set(each["tests"])
        # The database's own tests first: they are the ones that see it.
        items = sorted((i for i in session.items if i.nodeid.split("[")[0] in named), key=lambda i: "law/" in i.nodeid)
        try:
            with without(each["drop"]):
                noticing = fails(items, session)
            # What failed has to pass again with everything in its place, or it didn't fail for the guarantee.
            again = fails([item for item in items if item.nodeid in noticing], session)
            answers["outcomes"].append("failing anyway" if again else "noticed" if noticing else "missed")
        except LookupError:
            answers["outcomes"].append("could not be run")
        notes.write_text(json.dumps(answers), "utf-8")
    session.testsfailed = 0
    fails(session.items[:1], None)
    return True
