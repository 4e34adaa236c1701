"""`fujing trail`: is the audit trail intact."""

from __future__ import annotations

from typing import Annotated

import typer

from fujing.cli import output, server

app = typer.Typer(no_args_is_help=True)


@app.command("seal")
def seal_command() -> None:
    """封存已结束各日的留痕。"""
    server.setup()
    from fujing.kernel import seal

    typer.echo(f"已封存 {seal.seal_days()} 日。")


@app.command("verify")
def verify_command(as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False) -> None:
    """核对留痕是否被改动。"""
    server.setup()
    from fujing.kernel import seal
    from fujing.kernel.models import HistorySeal

    faults = seal.verify()
    if as_json:
        days = HistorySeal.objects.count()
        output.emit_json(
            {"intact": not faults, "days": days, "faults": [{"day": str(f.day), "message": f.message} for f in faults]}
        )
    elif faults:
        output.table("留痕核对", ["日期", "问题"], [(fault.day, fault.message) for fault in faults])
    else:
        typer.echo("留痕完整，未发现改动。")
    if faults:
        raise typer.Exit(output.VIOLATIONS)
