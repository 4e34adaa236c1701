"""The `fujing` command. Each subject is a module, and only the one that is asked for is loaded."""

from __future__ import annotations

from importlib import import_module

import typer
from typer import _click as click

from fujing.cli.commands import Commands, app_of

SUBJECTS = {
    "law": "条文与落实",
    "announcement": "招聘公告",
    "roster": "花名册",
    "duty": "派勤",
    "pay": "薪酬",
    "tiers": "层级",
    "trail": "留痕",
}
"""Modules with commands of their own (`app`)."""
COMMANDS = {
    "checkup": "checkup",
    "whatif": "whatif",
    "screen": "screening",
    "schema": "screening",
    "rank": "ranking",
    "seed": "seed",
    "demo": "demo",
    "migrate": "server",
    "serve": "server",
    "worker": "server",
    "backup": "backup",
    "restore": "backup",
}
"""Single commands by the module that adds them (`register`)."""


class Root(Commands):
    """All commands by name. Whoever checks a roster doesn't wait for the models of pay."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*SUBJECTS, *COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.commands and cmd_name in (*SUBJECTS, *COMMANDS):
            self._load(cmd_name)
        return super().get_command(ctx, cmd_name)

    def _load(self, name: str) -> None:
        module = import_module(f"fujing.cli.{COMMANDS.get(name, name)}")
        part = app_of()
        part.callback()(_nothing)  # a Typer of one command alone would be that command, without its name
        if name in SUBJECTS:
            part.add_typer(module.app, name=name, help=SUBJECTS[name])
        else:
            module.register(part)
        for each, command in typer.main.get_group(part).commands.items():
            self.add_command(command, each)


def _nothing() -> None:
    """What is done before the command itself."""


app = app_of("警务辅助人员管理系统", Root)
app.callback()(_nothing)


def main() -> None:
    """Entry point of the `fujing` script."""
    app()
