"""`fujing checkup`: the rule book of people over the database."""

from __future__ import annotations

import sys
from datetime import datetime
from getpass import getuser
from typing import Annotated

import typer

from fujing.cli import server
from fujing.cli.output import OK, VIOLATIONS, unreadable
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
    server.setup()
    from fujing.compliance.oversight.checkup import recorded_roster
    from fujing.kernel.actor import Actor, acting
    from fujing.kernel.readings import register_checked
    from fujing.registry.models import Organ, territory_of
    from fujing.registry.queries import people_between

    lo, hi = territory_of(organ)
    # No account sits at the console: the log says whose session on the server it was.
    console = Actor(name=f"控制台 {getuser()}", organ_code=organ, lo=lo, hi=hi, reason="命令 fujing checkup")
    with acting(console):
        if not Organ.objects.filter(pk=organ).exists():
            unreadable([f"没有这个机关：{organ}，应为已登记的十二位机关代码"])
        register_checked(actor=console, organ_code=organ, people=people_between(lo, hi))
    # Kept first: what can't be kept isn't read.
    with acting(console, read_only=True):
        return recorded_roster(lo, hi)
