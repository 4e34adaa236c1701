"""A unit's week plan as the file that units keep (formats/duties), written out and read in.

Citizen numbers aren't written out: a planner doesn't read them. Beside the format's columns stand the name, how it is
commanded and what is the auxiliaries' part; `fujing duty check` passes over them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from fujing.duties.orders.models import DutyOrder
from fujing.duties.orders.policies import check_plan_unit
from fujing.duties.orders.queries import people_of_unit
from fujing.duties.orders.services import Planned, Said
from fujing.kernel import cipher
from fujing.kernel.actor import Actor
from fujing.kernel.clock import ZONE
from fujing.kernel.exchange import Column, Fault, read_table
from fujing.kernel.files import check_size
from fujing.kernel.refusals import Refusal
from fujing.kernel.sheets import Source
from fujing.kernel.workbooks import workbook
from fujing.law.catalogue import MODE_LABELS, PART_LABELS
from fujing.law.duties import Order
from fujing.law.duties.orders import said_none
from fujing.law.formats.documents import DocumentError, as_faults
from fujing.law.formats.duties import COLUMNS, SHEET, plan_of
from fujing.law.formats.roster import FORGIVING
from fujing.registry.models import Account, Engagement, bureau_of
from fujing.registry.placing import officers_of

MOST = 5 * 2**20
MOST_ROWS = 3000
NAME = Column("name", "姓名")
BESIDE = (
    NAME,
    Column("mode", "指挥方式", "choice", choices={label: key for key, label in MODE_LABELS.items()}),
    Column("part", "辅警承担", "choice", choices={label: key for key, label in PART_LABELS.items()}),
)
NAMED = frozenset(column.label for column in BESIDE)
LABELS = {column.key: column.label for column in (*COLUMNS, *BESIDE)}
WORDS = ("item", "text", "place", "basis", "emergency")
LONGEST = {"item": 10, "text": 500, "place": 100, "basis": 200, "emergency": 200}


def plan_written(orders: Iterable[DutyOrder]) -> bytes:
    """The orders of a week as an .xlsx, a row for each who is sent."""
    return workbook((*COLUMNS, *BESIDE), _rows(orders), name=SHEET)


def _rows(orders: Iterable[DutyOrder]) -> Iterable[list[Any]]:
    number = 0
    for order in orders:
        for sent in order.people.all():
            number += 1
            yield [
                str(number),
                "",
                order.begins.date(),
                f"{order.begins:%H:%M}",
                f"{order.ends:%H:%M}",
                order.item,
                order.text,
                order.place,
                order.commander_name or "无",
                order.basis,
                "；".join(order.needs),
                "是" if sent.drives else "否",
                "是" if order.restraint else "否",
                order.emergency,
                sent.engagement.person.name,
                MODE_LABELS.get(order.mode, ""),
                PART_LABELS.get(order.part, ""),
            ]


@dataclass(frozen=True, slots=True)
class Read:
    """One order of a plan, and the names of who is sent."""

    planned: Planned
    names: tuple[str, ...]


def plan_read(*, actor: Actor, unit: int, upload: UploadedFile) -> list[Read]:
    """The orders of an uploaded plan, rows with the same work together. Nothing is written.

    Raises DocumentError with every fault by cell: of the format, people who aren't the unit's, officers who aren't the
    bureau's. To be read within `registry.roster.reading`.
    """
    check_plan_unit(actor, unit)
    check_size(upload, MOST)
    source = Source(Path(upload.name or "排班表.xlsx").name, upload.read())
    plan, faults, _ = plan_of(source)
    beside = read_table(source, (COLUMNS[1], *BESIDE), SHEET, FORGIVING)
    faults += [each.on(SHEET) for each in beside.faults if each.column in NAMED]
    if not faults and not plan.orders:
        faults.append(Fault(str(source.path), None, "", "", "至少应有一行派勤"))
    if len(plan.orders) > MOST_ROWS:
        raise Refusal(f"一次最多 {MOST_ROWS} 行，请分开读入。")
    known, spoilt = _Known(actor, unit), {(each.row, each.column) for each in faults}
    rows = {row["row"]: row for row in beside.rows}
    grouped: dict[Said, list[tuple[Engagement, bool]]] = defaultdict(list)
    for order in plan.orders:
        row = rows.get(order.row, {})
        wrong, said = _said(order, row, known)
        who = known.person(order.id_number, row.get("name"))
        if isinstance(who, str):
            wrong.append(("name", row["name"], who) if row.get("name") else ("id_number", order.id_number or "", who))
        elif said is not None:
            if who in (each for each, _ in grouped[said]):
                wrong.append(("name", who.person.name, "同一派勤中重复，每人只占一行"))
            grouped[said].append((who, order.drives))
        faults += [
            Fault(str(source.path), order.row, LABELS[key], value, expected, SHEET)
            for key, value, expected in wrong
            if (order.row, LABELS[key]) not in spoilt
        ]
    if faults:
        raise DocumentError(as_faults(sorted(faults, key=lambda each: each.row or 0)))
    return [_read(said, sent) for said, sent in grouped.items()]


def _read(said: Said, sent: list[tuple[Engagement, bool]]) -> Read:
    people, drivers = tuple(who.pk for who, _ in sent), frozenset(who.pk for who, drives in sent if drives)
    return Read(Planned(said, people, drivers), tuple(who.person.name for who, _ in sent))


class _Known:
    """Whom a plan of a unit may name."""

    def __init__(self, actor: Actor, unit: int) -> None:
        people = people_of_unit(actor, unit)
        self.by_number = {bytes(each.person.id_index): each for each in people}
        self.by_name: dict[str, list[Engagement]] = defaultdict(list)
        for each in people:
            self.by_name[each.person.name].append(each)
        self.officers: dict[str, list[Account]] = defaultdict(list)
        for officer in officers_of(bureau_of(unit)):
            self.officers[officer.name].append(officer)

    def person(self, number: str | None, name: str | None) -> Engagement | str:
        """Somebody of the unit by number, else by name; or why not."""
        if number:
            found = self.by_number.get(cipher.blind(number))
            return found if found is not None else "应为本单位在职人员的公民身份号码"
        named = self.by_name.get((name or "").replace(" ", ""), [])
        if len(named) == 1:
            return named[0]
        if not name:
            return "应填写公民身份号码或者姓名"
        return "本单位有几个人同名，请填写公民身份号码" if named else "应为本单位在职人员的姓名"

    def officer(self, name: str) -> Account | str:
        """A police officer of the bureau, or why not."""
        found = self.officers.get(name, [])
        if len(found) == 1:
            return found[0]
        return "本机关有几名民警同名，请在页面上选择" if found else "应为本机关在任民警的姓名"


def _said(order: Order, row: dict[str, Any], known: _Known) -> tuple[list[tuple[str, str, str]], Said | None]:
    """What an order says, or what is wrong with its cells."""
    wrong: list[tuple[str, str, str]] = []
    wrong += [
        (key, "", "应填写")
        for key, value in (("date", order.day), ("start", order.start), ("end", order.end))
        if value is None
    ]
    span = order.span
    if span is not None and span[0] == span[1]:
        wrong.append(("end", f"{span[1]:%H:%M}", "起止相同，不知道是多久；值班到第二天同一时刻的分成两行"))
    for key in WORDS:
        if len(getattr(order, key) or "") > LONGEST[key]:
            wrong.append((key, str(getattr(order, key))[:20], f"最多 {LONGEST[key]} 个字"))
    commander = known.officer(order.led_by) if order.led_by else None
    if isinstance(commander, str):
        wrong.append(("commander", order.led_by or "", commander))
    if wrong or span is None or isinstance(commander, str):
        return wrong, None
    begins, ends = (datetime.combine(each.date(), each.time(), ZONE) for each in span)
    said = {key: "" if said_none(getattr(order, key)) else getattr(order, key) for key in WORDS}
    return [], Said(
        begins,
        ends,
        mode=row.get("mode") or "",
        part=row.get("part") or "",
        commander=commander,
        needs=order.needs,
        restraint=order.restraint,
        **said,
    )


def sealed_form(read: Iterable[Read]) -> list[dict[str, Any]]:
    """What was read as plain values, to be sent back when it is confirmed."""
    return [
        {
            **{name: getattr(each.planned.said, name) for name in (*WORDS, "mode", "part", "restraint")},
            "begins": each.planned.said.begins.isoformat(),
            "ends": each.planned.said.ends.isoformat(),
            "commander": each.planned.said.commander.pk if each.planned.said.commander else None,
            "needs": list(each.planned.said.needs),
            "people": list(each.planned.people),
            "drivers": sorted(each.planned.drivers),
        }
        for each in read
    ]


def planned_of(rows: Iterable[dict[str, Any]], unit: int) -> list[Planned]:
    """The same again. A commander who is no officer of the bureau any more is nobody."""
    officers = {each.pk: each for each in officers_of(bureau_of(unit))}
    found = []
    for row in rows:
        said = {name: row[name] for name in (*WORDS, "mode", "part", "restraint")}
        begins, ends = datetime.fromisoformat(row["begins"]), datetime.fromisoformat(row["ends"])
        commander = officers.get(row["commander"])
        made = Said(begins, ends, commander=commander, needs=tuple(row["needs"]), **said)
        found.append(Planned(made, tuple(row["people"]), frozenset(row["drivers"])))
    return found


def people_in(read: Iterable[Read]) -> int:
    """How many different people a plan sends."""
    return len({pk for each in read for pk in each.planned.people})
