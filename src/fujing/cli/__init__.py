"""The `fujing` command. Each subject is a module; this file only puts them together."""

from __future__ import annotations

from fujing.cli import announcement, demo, duty, law, ranking, roster, screening, seed, server, trail
from fujing.cli.commands import app_of

app = app_of("警务辅助人员管理系统")
app.add_typer(law.app, name="law", help="条文与落实")
app.add_typer(announcement.app, name="announcement", help="招聘公告")
app.add_typer(roster.app, name="roster", help="花名册")
app.add_typer(duty.app, name="duty", help="派勤")
app.add_typer(trail.app, name="trail", help="留痕")
screening.register(app)
ranking.register(app)
seed.register(app)
demo.register(app)
server.register(app)


def main() -> None:
    """Entry point of the `fujing` script."""
    app()
