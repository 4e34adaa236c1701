"""`fujing whatif`: whom and what other values of parameters would affect, against today's."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from fujing.cli.console import people_read
from fujing.cli.output import OK, VIOLATIONS, emit_json, table, unreadable
from fujing.cli.roster import read, uncollected
from fujing.kernel.clock import today
from fujing.law.engine import OutsideValidity
from fujing.law.findings import Outcome
from fujing.law.formats.roster import Roster
from fujing.law.provisions import cite
from fujing.law.whatif import BadSettings, Running, WhatIf, read_settings, recruitment_compared, roster_compared
from fujing.registry.divisions import PROVINCE

SHOWN = 200
"""Findings of the table for people; machines read all of them as JSON."""
KINDS = {"person": "人员", "organ": "机关", "announcement": "公告", "application": "报名"}
HELP = """改动一项或者几项标准，与现行标准相比，影响到谁.

按同一基准日核对两次，一次用现行标准，一次用改动后的值，列出结论不同的人员和机关。不改动任何数据和参数。
只是用语不同而结论相同的，不算受影响。

核对系统登记的人员时，还核对正在进行的招聘（已发布、报名已截止、公示中）的公告和报名（已提交且未放弃的，审查不合格的也在内），
各按公告当日的其余标准。公告自己写明的条件不随之改动：上限改为38周岁，不会使公告写明35周岁的岗位收36周岁的人，
只影响公告没有写明的岗位，以及放宽、补正的结论；上限改低，会使公告和已报名的人不合法。
体检、考察结论和成绩不在其内。读取登记的人员和报名，记入查阅记录。写明 --roster 时只核对这份花名册，不用数据库。

退出码0为改动后没有违反，1为改动后有违反，2为写法不对或者文件读不出."""


def register(app: typer.Typer) -> None:
    """Add `fujing whatif`."""
    app.command("whatif", help=HELP)(whatif)


def whatif(
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", help="改动的标准，可以写几次；不写时列出可以改动的", metavar="标准名=值"),
    ] = None,
    roster: Annotated[Path | None, typer.Option(help="核对这份花名册，XLSX 或 CSV，不用数据库", metavar="文件")] = None,
    organ: Annotated[int | None, typer.Option(help="机关代码，十二位；含下级，默认全省", metavar="代码")] = None,
    as_of: Annotated[
        datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="基准日，默认今天", metavar="日期")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出一份 JSON 文档")] = False,
) -> None:
    day = as_of.date() if as_of else today()
    values = _values(settings or [], day, ["--roster 和 --organ 只能写一个"] if roster and organ is not None else [])
    with uncollected():
        found, running = (
            (read(roster), []) if roster else _recorded(PROVINCE if organ is None else organ, settings or [])
        )
        answer = _answer(found, running, day, values)
        if as_json:
            emit_json(answer.document())
        else:
            _tables(answer)
    raise typer.Exit(VIOLATIONS if answer.counts("becomes") else OK)


def _values(said: list[str], day: date, faults: list[str]) -> dict[str, Any]:
    try:
        values = read_settings(said, day)
    except BadSettings as error:
        unreadable([*faults, *error.faults])
    if faults:
        unreadable(faults)
    return values


def _answer(found: Roster, running: list[Running], day: date, values: dict[str, Any]) -> WhatIf:
    try:
        check, people = roster_compared(found, day, values)
    except OutsideValidity:
        unreadable([f"基准日{day}不能核对：本办法自2021-03-01施行，应为这一天以后"])
    return WhatIf(values, check, people, [recruitment_compared(each, today(), values) for each in running])


def _recorded(organ: int, settings: list[str]) -> tuple[Roster, list[Running]]:
    command = " ".join(("fujing whatif", *(f"--set {each}" for each in settings)))
    with people_read(command, organ, applicants=True) as territory:
        from fujing.compliance.oversight.checkup import recorded_roster
        from fujing.compliance.oversight.whatif import running_recruitments

        return recorded_roster(*territory), running_recruitments(*territory)


def _tables(answer: WhatIf) -> None:
    table(
        f"基准日{answer.check.as_of}，改动{len(answer.values)}项标准，影响{len(answer.changed)}个对象",
        ["标准", "事项", "现行", "改为", "单位"],
        (
            tuple(str(each[name] or "") for name in ("key", "label", "today", "changed", "unit"))
            for each in answer.settings
        ),
    )
    before, after = answer.counts("was"), answer.counts("becomes")
    provisions = list(dict.fromkeys((*before, *after)))
    rows = [(cite(each), before.get(each, 0), after.get(each, 0)) for each in provisions]
    table("各条不符合的数量", ["条文", "现行", "改动后"], [row for row in rows if row[1] != row[2]])
    for title, listed in (("受影响的地区，含所辖各机关", answer.territories), ("受影响的机关", answer.organs)):
        table(
            title,
            ["代码", "名称", "不符合", "待核实", "提示", "受影响"],
            (
                (each["code"], each["name"], *map(_both, *_sides(each)), each["changed"])
                for each in listed
                if each["changed"]
            ),
        )
    if answer.recruiting:
        table(
            "正在进行的招聘",
            ["机关代码", "公告", "公告结论", "合格", "不合格", "待核实"],
            (
                (
                    each.running.organ,
                    each.running.announcement.title,
                    _both(*(outcome.label for outcome in each.announcement)),
                    *(
                        _both(each.before[name], each.after[name])
                        for name in ("eligible", "ineligible", "undetermined")
                    ),
                )
                for each in answer.recruiting
            ),
        )
    table(
        "结论不同的各项",
        ["对象", "名称", "现行", "改动后", "说明"],
        (
            (KINDS[each.of], each.subject, each.was and each.was.label, each.outcome.label, each.message)
            for each in answer.findings[:SHOWN]
        ),
    )
    if len(answer.findings) > SHOWN:
        typer.echo(f"只列出前{SHOWN}项，全部{len(answer.findings)}项用 --json 输出")
    if answer.check.not_covered:
        typer.echo(f"花名册没有下列各列，未核对：{'、'.join(answer.check.not_covered)}")


def _sides(each: dict[str, Any]) -> tuple[list[int], list[int]]:
    names = (Outcome.VIOLATED, Outcome.UNDETERMINED, Outcome.ADVICE)
    return [each["before"][name] for name in names], [each["after"][name] for name in names]


def _both(before: object, after: object) -> str:
    return str(before) if before == after else f"{before} → {after}"
