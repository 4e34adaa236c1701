"""`fujing law`: the text of a provision, and how each is alive in the system."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from fujing.cli.commands import app_of
from fujing.cli.output import OK, VIOLATIONS, emit_json, table, unreadable
from fujing.law.prohibitions import Answer, lexicon
from fujing.law.provisions import UnknownProvision, address_of, cite, measures
from fujing.law.register import Entry, State, register

app = app_of()


@app.command("show")
def show(
    provision: Annotated[str, typer.Argument(help="条文编号，如 18.3 或者 第十八条第（三）项")],
    as_json: Annotated[bool, typer.Option("--json", help="输出一份 JSON 文档")] = False,
) -> None:
    """一条条文的原文，以及它在系统中怎样落实."""
    try:
        found = [measures()[address] for address in address_of(provision)]
    except UnknownProvision as error:
        unreadable([str(error)])
    entries = register()
    if as_json:
        shown = [
            {
                "provision": each.address,
                "citation": each.citation,
                "text": each.text,
                "entry": entries[each.address].model_dump(mode="json"),
            }
            for each in found
        ]
        emit_json(shown[0] if len(shown) == 1 else shown)
        return
    for each in found:
        entry = entries[each.address]
        kinds = "、".join(kind.label for kind in entry.kinds)
        typer.echo(f"{each.citation}（{each.address}）\n{each.text}\n{entry.state.label}：{kinds}。{_told(entry)}")
        for name in (*entry.carried_by, *entry.tests):
            typer.echo(f"  {name}")
        for line in _examples(each.address):
            typer.echo(f"  {line}")
        for item in measures().items_of(each):
            typer.echo(f"{item.citation}（{item.address}）\n{item.text}")


def _examples(provision: str) -> Iterator[str]:
    """What the lexicon of prohibited work makes of some wordings."""
    labels = {Answer.STOPPED: "拦下", Answer.UNDETERMINED: "待核实", Answer.LAWFUL: "可以"}
    # Reading the lexicon takes longer than all the rest, and it speaks of Article 13 alone.
    for entry in lexicon().entries if provision.startswith("13.") else ():
        if entry.provision == provision:
            yield f"{entry.name}：{entry.why}"
            for answer, label in labels.items():
                if texts := getattr(entry.examples, answer.value):
                    yield f"  {label}：{'；'.join(texts)}"


def _told(entry: Entry) -> str:
    """How it is carried, then what is lacking."""
    return "。".join(filter(None, (entry.note, entry.lacks and f"尚缺：{entry.lacks}")))


@app.command("register")
def show_register(
    as_json: Annotated[bool, typer.Option("--json", help="输出一份 JSON 文档")] = False,
    consistent: Annotated[
        bool, typer.Option("--consistent", help="只核对登记是否齐全、所写的代码和测试是否存在，不问是否全部落实")
    ] = False,
) -> None:
    """128条条文的落实登记：退出码1为有条文部分落实、未落实或者没有登记，或者所写的代码、测试不存在."""
    found = register()
    if as_json:
        emit_json(found.model_dump(mode="json"))
    else:
        counts = "，".join(f"{state.label}{found.counts[state]}条" for state in State)
        table(
            f"{measures().title}：{found.provisions}条，其中{counts}",
            ["条文", "落实", "方式", "说明"],
            (
                (cite(entry.provision), entry.state.label, "、".join(kind.label for kind in entry.kinds), _told(entry))
                for entry in found.entries
            ),
        )
        for fault in found.missing:
            typer.echo(fault)
    sound = not found.missing if consistent else found.complete
    raise typer.Exit(OK if sound else VIOLATIONS)
