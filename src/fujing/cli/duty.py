"""`fujing duty`: is a week plan lawful, and the empty plan to fill in."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from fujing.cli.commands import app_of
from fujing.cli.options import OwnWords
from fujing.cli.output import OK, VIOLATIONS, emit_json, table, unreadable, write_workbook
from fujing.kernel.clock import today
from fujing.law.duties import PlanCheck, check_plan
from fujing.law.duties.people import people_of
from fujing.law.findings import Outcome
from fujing.law.formats.documents import Fault, gathered
from fujing.law.formats.duties import not_covered, read_plan
from fujing.law.formats.duties_template import duties_template
from fujing.law.formats.roster import read_roster
from fujing.law.parameters import Parameters
from fujing.law.prohibitions import lexicon
from fujing.law.provisions import cite

app = app_of()


@app.command("check")
def check(
    plan: Annotated[Path, typer.Argument(help="排班表，XLSX，工作表 派勤 和 请假")],
    roster: Annotated[Path, typer.Option(help="花名册，XLSX 或 CSV")],
    as_json: Annotated[bool, typer.Option("--json", help="输出一份 JSON 文档")] = False,
    most_led: Annotated[int | None, typer.Option(min=1, help="一名民警同时带领的人数上限，本地参数")] = None,
    own_words: OwnWords = None,
) -> None:
    """逐条核对排班表：退出码0为没有违反，1为有违反，2为文件读不出."""
    faults: list[Fault] = []
    notes: list[str] = []
    orders, people, words = None, None, None
    with gathered(faults):
        orders = read_plan(plan, notes)
    with gathered(faults):
        people = read_roster(roster)
    with gathered(faults):
        words = lexicon(own_words)
    if orders is None or people is None or words is None:
        unreadable(str(fault) for fault in faults)
    most = Parameters(today())["duty.led.most"] if most_led is None else most_led
    judged = check_plan(orders, people_of(people), most_led=most, words=words)
    sys.stderr.writelines(f"{note}\n" for note in (*notes, *(f"{roster}：{note}" for note in people.notes)))
    missing = not_covered(orders, people)
    if as_json:
        findings = [finding.model_dump(mode="json") for finding in judged.findings]
        emit_json({"orders": judged.orders, "findings": findings, "counts": judged.counts, "not_covered": missing})
    else:
        _table(plan.name, judged, missing)
    raise typer.Exit(VIOLATIONS if judged.counts else OK)


@app.command("template")
def template(
    file: Annotated[
        Path | None, typer.Argument(help="写到哪个文件；不写时输出到标准输出，终端上为 排班表.xlsx")
    ] = None,
) -> None:
    """空白的排班表：有下拉选项，每列有填写说明和依据的条文."""
    write_workbook(duties_template(), file, "排班表.xlsx")


def _table(name: str, judged: PlanCheck, missing: list[str]) -> None:
    violated, open_ = (
        sum(finding.outcome is outcome for finding in judged.findings)
        for outcome in (Outcome.VIOLATED, Outcome.UNDETERMINED)
    )
    table(
        f"{name}：{judged.orders}条派勤，不符合{violated}处，待核实{open_}处",
        ["行", "序号", "结论", "条文", "说明", "处理"],
        (
            (each.row, each.subject, each.outcome.label, cite(each.provision), each.message, each.remedy)
            for each in judged.findings
        ),
    )
    if missing:
        sys.stdout.write(f"文件没有下列各项，未核对：{'、'.join(missing)}\n")
