"""A roster file on its way into the registry, for tests."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from fujing.kernel.actor import Actor, acting
from fujing.kernel.digests import sm3
from fujing.law.formats.roster import Roster, read_roster
from fujing.registry.models import RosterImport
from fujing.registry.moving_in.plan import Plan, plan_of
from fujing.registry.moving_in.services import roster_import
from tests.law.roster_tools import DAY, document, id_number, person, written

BASE = document()["底稿"]["人员"]
ORGAN = document()["底稿"]["机关"]
Row = dict[str, str | None]


def row(place: int, **changes: str | None) -> Row:
    """An orderly person of 三台县, born 1995-06-15, with a name and number of their own."""
    made = person(BASE, {"姓名": f"张{place}", "公民身份号码": id_number("1995-06-15", place), "工作证号": f"C{place}"})
    return made | changes


def roster_of(folder: Path, rows: list[Row], organs: list[Row] | None = None) -> tuple[Roster, str]:
    """The file as it is read, and its digest."""
    path = written(folder / "花名册.xlsx", rows, organs)
    return read_roster(path), sm3(path.read_bytes()).hex()


def planned(actor: Actor, file: tuple[Roster, str], day: date = DAY) -> Plan:
    """What importing would do."""
    with acting(actor, read_only=True):
        return plan_of(actor, *file, day)


def moved_in(actor: Actor, file: tuple[Roster, str], day: date = DAY, seen: str = "") -> list[RosterImport]:
    """Previewed and confirmed."""
    seen = seen or planned(actor, file, day).token
    with acting(actor):
        return roster_import(actor=actor, roster=file[0], digest=file[1], as_of=day, seen=seen)
