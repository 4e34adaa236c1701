"""Where the database is and as whom we speak to it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

ROOT = Path(__file__).parent.parent.parent
WHOAMI = (
    "import django; django.setup(); from django.db import connection as c; k = c.cursor();"
    "k.execute('SELECT current_user, rolsuper FROM pg_roles WHERE rolname = current_user'); print(*k.fetchone())"
)


@pytest.fixture
def external(django_db_setup: None, owner_parameters: dict) -> dict:
    """An empty database reached by address, as an installation with its own server has it."""
    with psycopg.connect(**{**owner_parameters, "dbname": "postgres"}, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS external WITH (FORCE)")
        connection.execute("CREATE DATABASE external TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'")
    url = f"postgresql://postgres@/external?host={owner_parameters['host']}"
    return os.environ | {
        "FUJING_DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "fujing.settings",
        "PYTHONPATH": str(ROOT / "src"),
    }


def run(environment: dict, *arguments: str) -> str:
    done = subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_an_external_database_is_migrated_twice_and_served_as_the_application_role(external: dict) -> None:
    for _ in range(2):
        assert run(external, "-m", "fujing", "migrate") == "数据库结构已是最新。"
    assert run(external, "-c", WHOAMI) == "fujing_app False"


def test_an_owner_bound_by_row_security_is_told_what_to_ask_for(external: dict, owner_parameters: dict) -> None:
    external["FUJING_DATABASE_URL"] = external["FUJING_DATABASE_URL"].replace("postgres@", "common_owner@")
    with psycopg.connect(**{**owner_parameters, "dbname": "postgres"}, autocommit=True) as connection:
        connection.execute("CREATE ROLE common_owner LOGIN CREATEROLE")
        connection.execute("ALTER DATABASE external OWNER TO common_owner")
        # The application role was made by another owner of this server, who lets the new one use it.
        connection.execute("GRANT fujing_app TO common_owner")
        with pytest.raises(subprocess.CalledProcessError) as stopped:
            run(external, "-m", "fujing", "migrate")
        assert "ALTER ROLE common_owner BYPASSRLS" in stopped.value.stderr
        connection.execute("ALTER ROLE common_owner BYPASSRLS")
        assert run(external, "-m", "fujing", "migrate") == "数据库结构已是最新。"
        assert run(external, "-c", WHOAMI) == "fujing_app False"
        connection.execute("DROP DATABASE external WITH (FORCE)")
        connection.execute("DROP ROLE common_owner")
