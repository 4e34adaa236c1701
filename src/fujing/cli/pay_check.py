"""`fujing pay check`: a bureau that has only its pay workbook learns what in it is wrong, cell by cell."""

from __future__ import annotations

import json
import re
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any

import typer

from fujing.cli.output import OK, VIOLATIONS, table, unreadable
from fujing.cli.roster import uncollected
from fujing.kernel.sheets import unopened
from fujing.law.findings import Outcome
from fujing.law.formats.documents import DocumentError
from fujing.law.pay.workbook import Bounds, Figures, Income, WorkbookCheck, check_workbook, read_workbook
from fujing.law.pay.workbook.cells import MICRO
from fujing.law.provisions import cite

SHOWN = 200
"""Findings of the table for people; machines read all of them as JSON."""
SHORT = {"养老": "pension", "医疗": "medical", "失业": "unemployment", "工伤": "injury", "公积金": "housing"}
RATE = re.compile(r"(养老|医疗|失业|工伤|公积金)(个人|单位)[=＝](\d+(?:\.\d+)?)[%％]")
MONEY = re.compile(r"\d{1,9}(\.\d{1,2})?")


def money(text: str) -> int:
    """元 with two decimals, as millionths."""
    if not MONEY.fullmatch(text):
        raise typer.BadParameter("应为金额（元），如 2200 或 4246.80")
    return int(Decimal(text) * MICRO)


def check(
    file: Annotated[Path, typer.Argument(help="工资表，XLSX，各月一张工作表或者一张表带月份列")],
    as_json: Annotated[bool, typer.Option("--json", help="输出一份 JSON 文档")] = False,
    xlsx: Annotated[Path | None, typer.Option(help="另写一份工资表副本，XLSX，单元格标色并附说明")] = None,
    pay_year: Annotated[int | None, typer.Option(min=2021, max=2199, help="工资是哪一年的，表中没有写年份时用")] = None,
    minimum_wage: Annotated[int | None, typer.Option(parser=money, metavar="元", help="当地月最低工资")] = None,
    base_floor: Annotated[int | None, typer.Option(parser=money, metavar="元", help="社保缴费基数下限")] = None,
    base_ceiling: Annotated[int | None, typer.Option(parser=money, metavar="元", help="社保缴费基数上限")] = None,
    housing_floor: Annotated[int | None, typer.Option(parser=money, metavar="元", help="公积金缴存基数下限")] = None,
    housing_ceiling: Annotated[int | None, typer.Option(parser=money, metavar="元", help="公积金缴存基数上限")] = None,
    rate: Annotated[
        list[str] | None, typer.Option(metavar="费率", help="当地费率，可写多次，如 医疗个人=2%、失业单位=0.6%")
    ] = None,
    figures_source: Annotated[str | None, typer.Option(help="以上各数字的文件名称和文号")] = None,
    floor: Annotated[
        int | None, typer.Option(parser=money, metavar="元", help="上一年度本地城镇居民人均可支配收入（第三十三条）")
    ] = None,
    year: Annotated[int | None, typer.Option(min=2000, max=2199, help="收入数字是哪一年的")] = None,
    locality: Annotated[str | None, typer.Option(help="收入数字是哪个地方的，如 三台县")] = None,
    source: Annotated[str | None, typer.Option(help="收入数字的来源，如 统计公报")] = None,
) -> None:
    """逐格核对工资表：退出码0为没有违反，1为有违反，2为文件读不出."""
    if floor is None and (year or locality or source):
        raise typer.BadParameter("--year、--locality、--source 说明 --floor，应一起写")
    figures = Figures(
        minimum_wage,
        Bounds(base_floor, base_ceiling),
        Bounds(housing_floor, housing_ceiling),
        dict(map(_rate, rate or ())),
        figures_source,
        Income(floor, year, locality, source) if floor is not None else None,
    )
    with uncollected():
        try:
            checked = check_workbook(read_workbook(file, pay_year), figures)
        except DocumentError as error:
            unreadable(str(fault) for fault in error.faults)
        if xlsx:
            _annotate(checked, file, xlsx)
        if as_json:
            _emit(checked)
        else:
            _tables(checked)
    raise typer.Exit(VIOLATIONS if checked.violated else OK)


def _rate(text: str) -> tuple[tuple[str, str], Fraction]:
    found = RATE.fullmatch(text)
    if not found:
        raise typer.BadParameter(f"费率“{text}”应写成 医疗个人=2% 这样")
    return (SHORT[found[1]], "person" if found[2] == "个人" else "employer"), Fraction(found[3]) / 100


def _annotate(checked: WorkbookCheck, file: Path, target: Path) -> None:
    # What copies workbooks takes a quarter of a second to load, which nobody else waits for.
    from fujing.law.pay.workbook.annotated import write_annotated

    if target.resolve() == file.resolve():
        unreadable([f"{target} 是工资表本身，副本应写到另一个文件"])
    try:
        write_annotated(checked, target)
    except OSError as error:
        unreadable([f"{target}：{unopened(error)}"])
    sys.stderr.write(f"已写到 {target}\n")


def _emit(checked: WorkbookCheck) -> None:
    """One finding a line."""
    head: dict[str, Any] = {"sheets": checked.sheets, "counts": checked.counts, "not_covered": checked.not_covered}
    lines = ",\n".join(each.model_dump_json() for each in checked.findings)
    sys.stdout.write(json.dumps(head, ensure_ascii=False)[:-1] + f', "findings": [\n{lines}\n]}}\n')


def _tables(checked: WorkbookCheck) -> None:
    table(
        checked.book.file,
        ["工作表", "月份", "人数", "行数"],
        ((each["sheet"], "、".join(each["months"]), each["people"], each["rows"]) for each in checked.sheets),
    )
    found = checked.findings
    violated, still_open = (
        sum(each.outcome is outcome for each in found) for outcome in (Outcome.VIOLATED, Outcome.UNDETERMINED)
    )
    table(
        f"不符合{violated}处，待核实{still_open}处",
        ["工作表", "单元格", "人员", "月份", "结论", "条文", "说明", "怎么办"],
        (
            (
                each.sheet,
                each.cell,
                each.subject,
                each.month,
                each.outcome.label,
                cite(each.provision),
                each.message,
                each.remedy,
            )
            for each in found[:SHOWN]
        ),
    )
    if len(found) > SHOWN:
        sys.stdout.write(f"只列出前{SHOWN}项，全部{len(found)}项用 --json 或者 --xlsx 输出\n")
    if checked.not_covered:
        sys.stdout.write(f"工资表没有或者没有认出下列各项，未核对：{'、'.join(checked.not_covered)}\n")


def register(app: typer.Typer) -> None:
    app.command("check")(check)
