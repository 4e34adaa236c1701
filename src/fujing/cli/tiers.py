"""`fujing tiers`: a tier scheme checked, a promotion batch from Excel with every answer explained, and a forecast."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from fujing.cli.commands import app_of
from fujing.cli.output import OK, VIOLATIONS, emit_json, table, unreadable, write_workbook
from fujing.kernel.clock import today
from fujing.law.findings import Outcome, overall
from fujing.law.formats.documents import DocumentError, Fault, gathered
from fujing.law.formats.tier_scheme import TierScheme, read_tier_scheme
from fujing.law.formats.tiers import TierFiles, read_tier_files
from fujing.law.formats.tiers_template import example_tier_scheme, tiers_template
from fujing.law.periods import months_later
from fujing.law.provisions import cite
from fujing.law.tiers import Batch, check_scheme, evaluate, forecast
from fujing.law.tiers.batch import Quota, Status
from fujing.law.tiers.document import caps, forecast_document, head, people_documents
from fujing.law.tiers.explanation import Telling
from fujing.law.tiers.schemes import reference_schemes, reference_text

app = app_of()
SHOWN = 200
"""People of the table; machines read all of them as JSON."""
MOST_YEARS = 20
EXAMPLE, ALL = "示例", "全部"

SchemeFile = Annotated[Path, typer.Option("--scheme", help="层级方案，YAML 或 JSON")]
People = Annotated[Path, typer.Option(help="人员表，XLSX 或 CSV")]
Appraisals = Annotated[Path, typer.Option(help="年度考核表，XLSX 或 CSV")]
Honours = Annotated[Path | None, typer.Option(help="表彰奖励表，XLSX 或 CSV；没有提供的，与荣誉有关的待核实")]
Quotas = Annotated[
    list[str] | None,
    typer.Option(
        "--quota", help="用人额度，如 200；以后变动的另写一次，如 2028-01-01=180；没有写的，按额度算的名额待核实"
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="输出一份 JSON 文档")]


@app.callback()
def tiers() -> None:
    """层级."""


@app.command("check")
def check(scheme: Annotated[Path, typer.Argument(help="层级方案，YAML 或 JSON")], as_json: AsJson = False) -> None:
    """核对层级方案，列出没有写明的：退出码0为没有违反，1为有违反，2为文件读不出."""
    found = check_scheme(_scheme(scheme))
    if as_json:
        emit_json({"outcome": overall(found), "findings": [each.model_dump(mode="json") for each in found]})
    else:
        table(
            scheme.name,
            ["施行", "结论", "条文", "说明", "处理"],
            ((each.subject, each.outcome.label, cite(each.provision), each.message, each.remedy) for each in found),
        )
    raise typer.Exit(VIOLATIONS if any(each.outcome is Outcome.VIOLATED for each in found) else OK)


@app.command("batch")
def batch_command(
    scheme: SchemeFile,
    people: People,
    appraisals: Appraisals,
    honours: Honours = None,
    quota: Quotas = None,
    day: Annotated[
        datetime | None, typer.Option("--day", formats=["%Y-%m-%d"], metavar="日期", help="哪一天的批次，不写为今天")
    ] = None,
    subject: Annotated[str | None, typer.Option("--explain", help="只逐项说明这个人员编号")] = None,
    as_json: AsJson = False,
) -> None:
    """一个晋升批次：谁符合条件、谁不符合、为什么，名额够不够；退出码0为完成，2为文件读不出."""
    read, files = _read(scheme, people, appraisals, honours)
    found = evaluate(read, files, day.date() if day else today(), _quota(quota))
    if subject is not None:
        _explain(found, subject, as_json=as_json)
    elif as_json:
        _emit(found)
    else:
        _tables(found)


@app.command("forecast")
def forecast_command(
    scheme: SchemeFile,
    people: People,
    appraisals: Appraisals,
    honours: Honours = None,
    quota: Quotas = None,
    first: Annotated[
        datetime | None,
        typer.Option(
            "--first", formats=["%Y-%m-%d"], metavar="日期", help="第一批的日期，不写为今天；以后每年同日一批"
        ),
    ] = None,
    years: Annotated[int, typer.Option(min=1, max=MOST_YEARS, help="预测几年")] = 5,
    assumed: Annotated[
        str | None, typer.Option("--assume", help="以后各年度考核假定为什么等次；不写的待核实，不作推测")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """以后几年每年一批，谁在哪一批晋升：退出码0为完成，2为文件读不出."""
    read, files = _read(scheme, people, appraisals, honours)
    begin = first.date() if first else today()
    days = [months_later(begin, 12 * each) for each in range(years)]
    found = forecast_document(forecast(read, files, days, _quota(quota), assumed))
    if as_json:
        emit_json(found)
        return
    met = [each for each in Status if any(each in batch["counts"] for batch in found["batches"])]
    table(
        f"{found['scheme']}，{years}批，以后年度考核" + (f"假定为{assumed}" if assumed else "不作假定"),
        ["日期", "用人额度", *(each.label for each in met), "月增层级工资（元）"],
        (
            (
                each["as_of"],
                each["quota"],
                *(each["counts"].get(status, 0) for status in met),
                each["monthly_cost"] or "方案没有写明",
            )
            for each in found["batches"]
        ),
    )
    moving = [each for each in found["people"] if each["steps"]]
    table(
        f"有变动的{len(moving)}人",
        ["人员编号", "变动", "期末层级"],
        (
            (
                each["subject"],
                "，".join(f"{step['on']} {step['from']}→{step['to']}" for step in each["steps"]),
                each["tier"],
            )
            for each in moving[:SHOWN]
        ),
    )
    if len(moving) > SHOWN:
        sys.stdout.write(f"只列出前{SHOWN}人，全部用 --json 输出\n")


@app.command("template")
def template(
    file: Annotated[
        Path | None, typer.Argument(help="写到哪个文件；不写时输出到标准输出，终端上为 晋升批次表.xlsx")
    ] = None,
    scheme: Annotated[
        str | None,
        typer.Option(
            "--scheme", help="改为输出一份层级方案，YAML：写 示例，或者外地方案的名称，写 全部 列出名称和来源"
        ),
    ] = None,
) -> None:
    """空白的人员、年度考核、表彰奖励表：每列有填写说明和依据的条文."""
    if scheme is None:
        write_workbook(tiers_template(), file, "晋升批次表.xlsx")
        return
    known = reference_schemes()
    if scheme == ALL:
        rows = ((name, each.name, each.source) for name, each in known.items() if each.source)
        table(
            "外地方案",
            ["名称", "方案", "来源", "可信程度"],
            ((name, said, of.title, of.trust) for name, said, of in rows),
        )
    elif scheme != EXAMPLE and scheme not in known:
        raise typer.BadParameter(f"--scheme 应为 {EXAMPLE}、{ALL} 或者 {'、'.join(known)}")
    else:
        text = example_tier_scheme() if scheme == EXAMPLE else reference_text(scheme)
        if file is None:
            sys.stdout.write(text)
        else:
            write_workbook(text.encode(), file, "层级方案.yaml")


def _scheme(path: Path) -> TierScheme:
    try:
        return read_tier_scheme(path)
    except DocumentError as error:
        unreadable(str(fault) for fault in error.faults)


def _read(scheme: Path, people: Path, appraisals: Path, honours: Path | None) -> tuple[TierScheme, TierFiles]:
    """All files, or every fault of all of them and exit 2."""
    faults: list[Fault] = []
    read, files = None, None
    with gathered(faults):
        read = read_tier_scheme(scheme)
    with gathered(faults):
        files = read_tier_files(people, appraisals, honours)
    if read is None or files is None:
        unreadable(str(fault) for fault in faults)
    sys.stderr.writelines(f"{note}\n" for note in files.notes)
    return read, files


def _quota(said: list[str] | None) -> Quota:
    """`200` from the beginning, `2028-01-01=180` from a day on."""
    found: dict[date, int] = {}
    for each in said or ():
        day, _, people = each.rpartition("=")
        try:
            begin = date.fromisoformat(day) if day else date.min
            number = int(people)
        except ValueError:
            raise typer.BadParameter(f"--quota 的值是“{each}”，应为人数，如 200，或者 2028-01-01=180") from None
        if number < 0 or begin in found:
            raise typer.BadParameter(f"--quota 的值是“{each}”，应为不小于0的人数，同一天只写一次")
        found[begin] = number
    return sorted(found.items())


def _emit(found: Batch) -> None:
    """The document, one person a line."""
    sys.stdout.write(json.dumps(head(found), ensure_ascii=False)[:-1] + ', "people": [')
    separator = "\n"
    for each in people_documents(found):
        sys.stdout.write(separator + json.dumps(each, ensure_ascii=False))
        separator = ",\n"
    sys.stdout.write("\n]}\n")


def _tables(found: Batch) -> None:
    said = head(found)
    counted = "，".join(f"{Status(each).label}{number}人" for each, number in said["counts"].items())
    people = list(people_documents(found))
    table(
        f"{said['scheme']}，{found.day}：{counted}",
        ["人员编号", "现层级", "拟任层级", "结论", "说明"],
        (
            (each["subject"], each["from"], each["to"], Status(each["status"]).label, _why(each["findings"]))
            for each in people[:SHOWN]
        ),
    )
    if len(people) > SHOWN:
        sys.stdout.write(f"只列出前{SHOWN}人，全部用 --json 输出\n")
    table("名额（批前计算）", ["集合", "说明"], ((each["set"], each["message"]) for each in caps(found)))
    if said["unsaid"]:
        sys.stdout.write("方案没有写明的：\n" + "".join(f"- {each}\n" for each in said["unsaid"]))


def _why(findings: list[dict[str, str]]) -> str:
    return "；".join(each["message"] for each in findings[1:] or findings)


def _explain(found: Batch, subject: str, *, as_json: bool) -> None:
    if subject not in found.facts.ids:
        unreadable([f"人员表中没有编号 {subject}"])
    said = Telling(found).document(found.facts.ids.index(subject))
    if as_json:
        emit_json(said)
        return
    table(
        f"{subject} {said['from']} {Status(said['status']).label}",
        ["条文", "说明"],
        ((cite(each["provision"]), each["message"]) for each in said["findings"]),
    )
