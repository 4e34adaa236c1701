"""`fujing checkup`: the rule book of people over the database."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import Annotated

import typer

from fujing.cli.console import people_read
from fujing.cli.output import OK, VIOLATIONS
from fujing.cli.roster import Tables, checked, uncollected
from fujing.kernel.clock import today
from fujing.law.formats.roster import Roster
from fujing.law.roster.reports import write
from fujing.law.roster.reports.document import JsonDocument
from fujing.registry.divisions import PROVINCE


def register(app: typer.Typer) -> None:
    """Add `fujing checkup`."""
    app.command("checkup")(checkup)


def checkup(
    organ: Annotated[int, typer.Option(help="机关代码，十二位；含下级", metavar="代码")] = PROVINCE,
    as_of: Annotated[
        datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="基准日，默认今天", metavar="日期")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出一份 JSON 文档")] = False,
) -> None:
    """逐人逐机关核对系统登记的人员，规则与 roster check 相同：退出码0为没有违反，1为有违反，2为不能核对."""
    day = as_of.date() if as_of else today()
    with uncollected():
        found = checked(_recorded(organ), day)
        write(found, [JsonDocument(found, sys.stdout) if as_json else Tables(found)])
    raise typer.Exit(VIOLATIONS if found.violated else OK)


def _recorded(organ: int) -> Roster:
    with people_read("fujing checkup", organ) as territory:
        from fujing.compliance.oversight.checkup import recorded_roster

        return recorded_roster(*territory)
