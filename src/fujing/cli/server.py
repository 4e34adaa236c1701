"""Commands that run the parts: migrate, serve, worker, demo."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Annotated, Any, NoReturn

import typer


def setup(role: str = "app") -> None:
    """Load Django for this process as the owner (schema changes) or the application role (everything else)."""
    os.environ["FUJING_DATABASE_ROLE"] = role
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fujing.settings")
    import django

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


def serve_forever(host: str, port: int, workers: int = 2, threads: int = 8) -> NoReturn:
    """Become the web server, as the application role."""
    os.environ["FUJING_DATABASE_ROLE"] = "app"
    os.execv(  # noqa: S606 - our own interpreter, fixed arguments
        sys.executable,
        [
            sys.executable,
            "-m",
            "gunicorn",
            "fujing.wsgi:application",
            "--bind",
            f"{host}:{port}",
            "--worker-class",
            "gthread",
            "--workers",
            str(workers),
            "--threads",
            str(threads),
            "--no-control-socket",
            "--graceful-timeout",
            "20",
            "--max-requests",
            "20000",
        ],
    )


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
    ) -> None:
        """启动网站。"""
        serve_forever(host, port, workers, threads)

    @app.command()
    def worker() -> None:
        """启动后台任务进程。"""
        setup()
        from procrastinate.contrib.django import app as jobs

        with jobs.open():
            jobs.run_worker()
