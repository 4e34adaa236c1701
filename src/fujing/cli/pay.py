"""`fujing pay`: a month's or a year's slips from Excel, to the cent, each figure explained."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import typer

from fujing.cli import pay_check
from fujing.cli.commands import app_of
from fujing.cli.output import OK, VIOLATIONS, table, unreadable, write_workbook
from fujing.kernel.exchange import Column
from fujing.kernel.sheets import unopened
from fujing.kernel.workbooks import Cell, workbook
from fujing.law.findings import Finding, Outcome
from fujing.law.formats.documents import Fault, gathered
from fujing.law.formats.pay import LABELS, PayFiles, read_pay_files
from fujing.law.formats.pay_scheme import OWN_ITEMS, Scheme, read_scheme
from fujing.law.formats.pay_template import example_scheme, pay_template
from fujing.law.pay import FloorCheck, Run, check_floor, compute, document
from fujing.law.pay.exact import TooLarge
from fujing.law.pay.explanation import NoSlip, explain, sources_of
from fujing.law.provisions import cite

app = app_of()
SHOWN = 200
"""Slips of the table for people; machines read all of them as JSON."""
FIGURES = {
    "gross": "应发工资",
    "taxable": "累计应纳税所得额",
    "tax": "个人所得税",
    "recovery": "追偿",
    "carried": "结转追偿",
    "net": "实发工资",
    "cost": "用人成本",
}


@app.callback()
def pay() -> None:
    """薪酬."""


pay_check.register(app)


@app.command("compute")
def compute_command(
    scheme: Annotated[Path, typer.Option(help="薪酬方案，YAML 或 JSON")],
    people: Annotated[Path, typer.Option(help="人员表，XLSX 或 CSV")],
    months: Annotated[Path, typer.Option(help="月份表，XLSX 或 CSV")],
    year: Annotated[int, typer.Option(min=2021, max=2199, help="核算哪一年")],
    through: Annotated[int, typer.Option(min=1, max=12, help="核算到几月")] = 12,
    as_json: Annotated[bool, typer.Option("--json", help="输出一份 JSON 文档")] = False,
    xlsx: Annotated[Path | None, typer.Option(help="另写一份工资单，XLSX，一人一月一行")] = None,
    subject: Annotated[
        str | None, typer.Option("--explain", help="只说明这个人员编号的一张工资单，与 --month 同用")
    ] = None,
    month: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m"], metavar="月份", help="说明哪个月，如 2026-03")
    ] = None,
) -> None:
    """按方案核算工资：退出码0为总体薪酬不低于标准或者待核实，1为低于标准，2为文件读不出."""
    asked = _asked(subject, month, year, through)
    read, files = _read(scheme, people, months, year)
    sys.stderr.writelines(f"{note}\n" for note in files.notes)
    try:
        if asked:
            _explain(read, files, *asked, as_json=as_json)
            raise typer.Exit(OK)
        run = compute(read, files, year, through)
    except TooLarge as error:
        unreadable([str(error)])
    judged, found = check_floor(run), document.findings(run)
    if xlsx:
        _write(xlsx, run)
    if as_json:
        _emit(run, judged, found)
    else:
        _tables(run, judged, found)
    raise typer.Exit(VIOLATIONS if judged.outcome is Outcome.VIOLATED else OK)


@app.command("explain")
def explain_command(
    subject: Annotated[str, typer.Argument(metavar="人员编号", help="人员表中的编号")],
    month: Annotated[datetime, typer.Argument(formats=["%Y-%m"], metavar="月份", help="哪个月，如 2026-03")],
    scheme: Annotated[Path, typer.Option(help="薪酬方案，YAML 或 JSON")],
    people: Annotated[Path, typer.Option(help="人员表，XLSX 或 CSV")],
    months: Annotated[Path, typer.Option(help="月份表，XLSX 或 CSV")],
    year: Annotated[int | None, typer.Option(min=2021, max=2199, help="核算哪一年，默认为月份所在的年")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出一份 JSON 文档")] = False,
) -> None:
    """逐项说明一张工资单：每个数字的算式、所据和条文。没有这张工资单的退出码为2."""
    if month.year != (year or month.year):
        raise typer.BadParameter(f"月份应在{year}年之内")
    read, files = _read(scheme, people, months, month.year)
    sys.stderr.writelines(f"{note}\n" for note in files.notes)
    try:
        _explain(read, files, subject, month.date(), as_json=as_json)
    except TooLarge as error:
        unreadable([str(error)])


@app.command("template")
def template(
    file: Annotated[
        Path | None, typer.Argument(help="写到哪个文件；不写时输出到标准输出，终端上为 工资核算表.xlsx")
    ] = None,
    scheme: Annotated[bool, typer.Option("--scheme", help="改为输出一份薪酬方案示例，YAML")] = False,
) -> None:
    """空白的人员表和月份表：有下拉选项，每列有填写说明和依据的条文."""
    if not scheme:
        write_workbook(pay_template(), file, "工资核算表.xlsx")
    elif file is None:
        sys.stdout.write(example_scheme())
    else:
        write_workbook(example_scheme().encode(), file, "薪酬方案.yaml")


def _asked(subject: str | None, month: datetime | None, year: int, through: int) -> tuple[str, date] | None:
    """Which slip is to be explained."""
    if subject is None and month is None:
        return None
    if subject is None or month is None:
        raise typer.BadParameter("--explain 和 --month 应一起写")
    if month.year != year or month.month > through:
        raise typer.BadParameter(f"--month 应在{year}年1月至{through}月之内")
    return subject, month.date()


def _read(scheme: Path, people: Path, months: Path, year: int) -> tuple[Scheme, PayFiles]:
    """The three files, or every fault of all of them and exit 2."""
    faults: list[Fault] = []
    read, files = None, None
    with gathered(faults):
        read = read_scheme(scheme, year)
    with gathered(faults):
        files = read_pay_files(people, months, year)
    if read is None or files is None:
        unreadable(str(fault) for fault in faults)
    return read, files


def _emit(run: Run, judged: FloorCheck, found: list[Finding]) -> None:
    """The document of formats/pay, one slip a line; findings only where there are some."""
    sys.stdout.write(f'{{"year": {run.year}, "through": {run.through}, "slips": [')
    separator = "\n"
    for slip in document.slips(run):
        sys.stdout.write(separator + json.dumps(slip, ensure_ascii=False))
        separator = ",\n"
    rest: dict[str, Any] = {"floor": document.floor(judged), "totals": document.totals(run)}
    if found:
        rest["findings"] = [each.model_dump(mode="json") for each in found]
    sys.stdout.write("\n], " + json.dumps(rest, ensure_ascii=False)[1:] + "\n")


def _tables(run: Run, judged: FloorCheck, found: list[Finding]) -> None:
    slips = list(document.slips(run))
    still_open = sum(slip["outcome"] == "undetermined" for slip in slips)
    names = _names(run.scheme)
    table(
        f"{run.year}年1月至{run.through}月，{len(slips)}张工资单，待核实{still_open}张",
        ["人员编号", "月份", *(FIGURES[key] for key in FIGURES if key != "taxable"), "说明"],
        (_row(slip, names) for slip in slips[:SHOWN]),
    )
    if len(slips) > SHOWN:
        sys.stdout.write(f"只列出前{SHOWN}张，全部用 --json 或者 --xlsx 输出\n")
    sums = document.totals(run)
    table("合计（不含待核实的）", [FIGURES[key] for key in sums], [list(sums.values())])
    table(
        "核对",
        ["条文", "结论", "人员编号", "说明"],
        [
            (cite("33"), judged.outcome.label, "", judged.message),
            *((cite(each.provision), each.outcome.label, each.subject, each.message) for each in found),
        ],
    )


def _row(slip: dict[str, Any], names: dict[str, str]) -> tuple[object, ...]:
    if slip["outcome"] == "undetermined":
        said = "待核实，缺少" + "、".join(names.get(key, key) for key in slip["missing"])
        return (slip["subject"], slip["month"], *[""] * (len(FIGURES) - 1), said)
    own = (f"{OWN_ITEMS[each['code']]}{each['amount']}" for each in slip["items"] if each["code"] in OWN_ITEMS)
    return (slip["subject"], slip["month"], *(slip[key] for key in FIGURES if key != "taxable"), "，".join(own))


def _names(scheme: Scheme) -> dict[str, str]:
    """What is missing, in the words of the files."""
    return LABELS | {each.code: f"{each.name}当月的费率" for each in scheme.contributions}


def _write(path: Path, run: Run) -> None:
    """Slips as a workbook: a row for each person and month, a column for each figure."""
    names = _names(run.scheme)
    items = {item.code: item.name for item in run.scheme.items} | OWN_ITEMS
    parts = {"base": "基数", "person": "个人", "employer": "单位"}
    paid = [
        (each.code, part, f"{each.name}{label}") for each in run.scheme.contributions for part, label in parts.items()
    ]
    columns = [
        Column("subject", "人员编号"),
        Column("month", "月份"),
        Column("outcome", "结论"),
        *(Column(code, name, "money") for code, name in items.items()),
        *(Column(f"{code}.{part}", label, "money") for code, part, label in paid),
        *(Column(key, label, "money") for key, label in FIGURES.items()),
        Column("missing", "缺少"),
    ]

    def rows() -> Iterator[list[Cell]]:
        for slip in document.slips(run):
            amounts = {each["code"]: each["amount"] for each in slip.get("items", ())}
            for each in slip.get("contributions", ()):
                amounts |= {f"{each['code']}.{part}": each[part] for part in parts}
            amounts |= {key: slip[key] for key in FIGURES if key in slip}
            cells: list[Cell] = [slip["subject"], slip["month"], "待核实" if "missing" in slip else "已核算"]
            cells += [Decimal(amounts[one.key]) if one.key in amounts else None for one in columns[3:-1]]
            yield [*cells, "、".join(names.get(key, key) for key in slip.get("missing", ()))]

    try:
        path.write_bytes(workbook(columns, rows(), name="工资单"))
    except OSError as error:
        unreadable([f"{path}：{unopened(error)}"])
    sys.stderr.write(f"已写到 {path}\n")


def _explain(scheme: Scheme, files: PayFiles, subject: str, month: date, *, as_json: bool) -> None:
    try:
        said = explain(scheme, files, subject, month)
    except NoSlip as error:
        unreadable([str(error)])
    if as_json:
        sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")
        return
    title = f"{subject} {said['month']}"
    if said["outcome"] == "undetermined":
        names = _names(scheme)
        missing = "、".join(names.get(key, key) for key in said["missing"])
        sys.stdout.write(f"{title}：待核实，缺少 {missing}\n")
        return
    table(
        title,
        ["项目", "金额", "怎样得出", "所据", "条文"],
        (
            (
                each["name"],
                each.get("amount", each["tree"]["value"]),
                each["formula"],
                sources_of(each["tree"]),
                cite(each["provision"]),
            )
            for each in said["figures"]
        ),
    )
