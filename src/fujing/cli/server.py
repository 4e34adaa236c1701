"""Commands that run the parts: migrate, serve, worker, demo."""

from __future__ import annotations

import os
import subprocess
import sys
from enum import StrEnum
from typing import Annotated, Any, NoReturn, cast

import typer


class Part(StrEnum):
    """What `serve` starts."""

    WEB = "web"
    WORKER = "worker"


def setup(role: str = "app") -> None:
    """Load Django for this process as the owner (schema changes) or the application role (everything else)."""
    os.environ["FUJING_DATABASE_ROLE"] = role
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fujing.settings")
    import django
    from django.apps import apps

    # Once for a process: a second time would send the log to whatever stands for standard error just then.
    if not apps.ready:
        django.setup()


def migrate_database() -> None:
    """Create database, role, tables, triggers and policies, and grant the application role its rights."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from fujing.kernel.postgres import server

    database: dict[str, Any] = settings.DATABASES["default"]
    server.prepare(database)
    call_command("migrate", verbosity=0, interactive=False)
    with connection.cursor() as cursor:
        server.grant(cursor, database["FUJING"]["app_role"])


def run_as_owner(command: str) -> None:
    """Run one of our commands as the owner, in a process of its own: this one stays the application role."""
    environment = {**os.environ, "FUJING_DATABASE_ROLE": "owner"}
    subprocess.run([sys.executable, "-m", "fujing", command], env=environment, check=True)


def web_command(host: str, port: int, workers: int, threads: int) -> list[str]:
    """The web server, as it is started."""
    options = {"bind": f"{host}:{port}", "worker-class": "gthread", "workers": workers, "threads": threads}
    options |= {"graceful-timeout": 20, "max-requests": 20000}
    said = [f"--{name}={value}" for name, value in options.items()]
    return [sys.executable, "-m", "gunicorn", "fujing.wsgi:application", "--no-control-socket", *said]


def serve_forever(host: str, port: int, workers: int = 2, threads: int = 8, only: str = "") -> NoReturn:
    """Become the web server and the worker behind it, or one of the two, as the application role."""
    from fujing.cli.supervisor import Supervisor

    os.environ["FUJING_DATABASE_ROLE"] = "app"
    commands = {"web": web_command(host, port, workers, threads), "worker": [sys.executable, "-m", "fujing", "worker"]}
    if only:
        os.execv(sys.executable, commands[only])  # noqa: S606 - our own interpreter, fixed arguments
    sys.exit(Supervisor(commands).run())


def register(app: typer.Typer) -> None:
    """Add this module's commands to the root command."""

    @app.command()
    def migrate() -> None:
        """建立或升级数据库结构。"""
        from fujing.kernel.postgres.server import OwnerTooWeak

        setup("owner")
        try:
            migrate_database()
        except OwnerTooWeak as error:
            typer.echo(error, err=True)
            raise typer.Exit(1) from error
        typer.echo("数据库结构已是最新。")

    @app.command()
    def serve(
        host: Annotated[str, typer.Option(help="监听地址")] = "127.0.0.1",
        port: Annotated[int, typer.Option(help="端口")] = 8000,
        workers: Annotated[int, typer.Option(help="进程数")] = 2,
        threads: Annotated[int, typer.Option(help="每个进程的线程数")] = 8,
        only: Annotated[Part | None, typer.Option(help="只启动其中一个，用于分装多台机器")] = None,
    ) -> None:
        """启动网站和后台任务，意外退出的自动重新启动。"""
        serve_forever(host, port, workers, threads, only.value if only else "")

    @app.command()
    def worker() -> None:
        """启动后台任务进程。"""
        setup()
        from procrastinate.contrib.django import app as jobs
        from procrastinate.contrib.django.django_connector import DjangoConnector

        from fujing.kernel.daily import make_up

        make_up()
        connector = cast(DjangoConnector, jobs.connector).get_worker_connector()
        with jobs.replace_connector(connector) as working:
            working.run_worker()
