"""`fujing announcement`: is a recruitment announcement lawful."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fujing.cli.commands import app_of
from fujing.cli.options import OwnWords
from fujing.cli.output import OK, VIOLATIONS, emit_json, table, unreadable
from fujing.kernel.clock import today
from fujing.law.announcements import check_announcement
from fujing.law.findings import Outcome, overall
from fujing.law.formats.announcement import read_announcement
from fujing.law.formats.documents import DocumentError
from fujing.law.prohibitions import lexicon
from fujing.law.provisions import cite

app = app_of()


@app.callback()
def announcement() -> None:
    """招聘公告."""


@app.command("check")
def check(
    file: Annotated[Path, typer.Argument(help="公告文件，YAML 或 JSON")],
    as_json: Annotated[bool, typer.Option("--json", help="输出一份 JSON 文档")] = False,
    own_words: OwnWords = None,
) -> None:
    """逐条核对公告是否合法：退出码0为没有违反，1为有违反，2为文件读不出."""
    try:
        findings = check_announcement(read_announcement(file), today=today(), words=lexicon(own_words))
    except DocumentError as error:
        unreadable(str(fault) for fault in error.faults)
    outcome = overall(findings)
    if as_json:
        emit_json({"outcome": outcome, "findings": [finding.model_dump(mode="json") for finding in findings]})
    else:
        table(
            f"{file.name}：{outcome.label}",
            ["结论", "条文", "岗位", "说明", "处理"],
            (
                (
                    finding.outcome.label,
                    cite(finding.provision),
                    finding.subject or "全部",
                    finding.message,
                    finding.remedy,
                )
                for finding in findings
            ),
        )
    raise typer.Exit(VIOLATIONS if outcome is Outcome.VIOLATED else OK)
