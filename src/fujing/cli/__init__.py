"""The `fujing` command. Each subject is a module; this file only puts them together."""

from __future__ import annotations

from fujing.cli import (
    announcement,
    backup,
    checkup,
    demo,
    duty,
    law,
    pay,
    ranking,
    roster,
    screening,
    seed,
    server,
    tiers,
    trail,
    whatif,
)
from fujing.cli.commands import app_of

app = app_of("警务辅助人员管理系统")
app.add_typer(law.app, name="law", help="条文与落实")
app.add_typer(announcement.app, name="announcement", help="招聘公告")
app.add_typer(roster.app, name="roster", help="花名册")
app.add_typer(duty.app, name="duty", help="派勤")
app.add_typer(pay.app, name="pay", help="薪酬")
app.add_typer(tiers.app, name="tiers", help="层级")
app.add_typer(trail.app, name="trail", help="留痕")
checkup.register(app)
whatif.register(app)
screening.register(app)
ranking.register(app)
seed.register(app)
demo.register(app)
server.register(app)
backup.register(app)


def main() -> None:
    """Entry point of the `fujing` script."""
    app()
