"""Why each figure of one slip is what it is: formula with numbers, source of each number, provision.

A figure's tree names other figures by `ref` and gives everything else in full, so that whoever has only the tree can
reckon every cent again: `add`, `subtract`, `multiply`, `divide`, `negate`, `max`, `min`, and `round` (half away from
zero to a multiple of `unit`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import polars as pl

from fujing.law.formats.pay import PayFiles
from fujing.law.formats.pay_scheme import Scheme
from fujing.law.pay.exact import Exact
from fujing.law.pay.money import cents, yuan
from fujing.law.pay.month import MonthFormulas
from fujing.law.pay.run import Run, compute
from fujing.law.pay.told import Told


@dataclass(slots=True)
class OnePerson:
    """The formulas' reckoner for one row: keeps every figure of the slip in the order in which it came about."""

    row: int
    figures: list[dict[str, Any]] = field(default_factory=list)

    def given(self, fact: Exact, name: str, source: str, provision: str) -> Told:
        return Told(fact.fraction(self.row), name=name, source=source, provision=provision)

    def holds(self, mask: pl.Series) -> bool:
        return bool(mask[self.row])

    def figure(self, code: str, name: str, number: Told, provision: str, *, printed: bool) -> Told:
        amount = {"amount": yuan(cents(number.value))} if printed else {}
        said = {"formula": number.formula(), "provision": provision, "tree": number.document()}
        self.figures.append({"code": code, "name": name, **amount, **said})
        return replace(number, figure=code)


class NoSlip(LookupError):
    """This person has no slip in this month; the message says why."""


def explain(scheme: Scheme, files: PayFiles, subject: str, month: date) -> dict[str, Any]:
    """One slip's figures with their trees. Raises NoSlip for an unknown person or a month without service."""
    person = files.people.filter(pl.col("id") == subject)
    if person.is_empty():
        raise NoSlip(f"人员表中没有编号 {subject}")
    alone = replace(files, people=person, months=files.months.filter(pl.col("id") == subject))
    return explained(compute(scheme, alone, month.year, month.month), 0, month.month)


def explained(run: Run, row: int, month: int) -> dict[str, Any]:
    """The same from a run: the person in this row of its file."""
    found = run.months[month - 1]
    if not found.month.served[row]:
        raise NoSlip(f"编号 {run.people[row]} 在{found.month.first:%Y-%m}不在职，没有工资单")
    head: dict[str, Any] = {"subject": run.people[row], "month": f"{found.month.first:%Y-%m}"}
    if found.open[row]:
        return head | {"outcome": "undetermined", "missing": found.missing(row), "figures": []}
    person = OnePerson(row)
    MonthFormulas(found.scheme, found.month, found.before, person).slip()
    return head | {"outcome": "computed", "figures": person.figures}


def sources_of(tree: dict[str, Any], steps: Mapping[str, dict[str, Any]] | None = None) -> str:
    """Where the numbers of a figure stand, each once; also those of the `steps` that it goes on from, by their codes."""
    found: dict[str, None] = {}
    waiting = [tree]
    while waiting:
        node = waiting.pop(0)
        if node.get("source"):
            found[f"{node['name']}：{node['source']}"] = None
        waiting += node.get("of", [])
        if steps and (step := steps.get(node.get("ref", ""))):
            waiting.append(step)
    return "；".join(found)
