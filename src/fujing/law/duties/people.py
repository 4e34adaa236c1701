"""The people of a roster as duty orders need them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from fujing.kernel.exchange import PLAIN_DATES
from fujing.law.citizen_numbers import is_well_formed
from fujing.law.duties.orders import NONE
from fujing.law.formats.roster import COLUMNS, Roster
from fujing.law.screening.matching import certificates_met

Category = Literal["civil", "field"]
NoneHeld = Literal["无"]
CATEGORIES: dict[Any, Category] = {"文职": "civil", "勤务": "field"}
NO_AUXILIARIES = (
    "治安联防",
    "治安志愿者",
    "护村队",
    "护校队",
    "群防群治",
    "膳食",
    "食堂",
    "炊事",
    "保洁",
    "后勤服务人员",
)
"""第三条第三款, as posts, categories and units are called."""
LONG_TERM = re.compile("^(?:长期|永久|长期有效)$")


@dataclass(frozen=True, slots=True)
class Certificate:
    """A qualification held; `until` is its last day, null where no readable date is written."""

    name: str
    until: date | None


@dataclass(frozen=True, slots=True)
class Auxiliary:
    """What the roster says of one person. Null = not known; 无 = stated that there is none."""

    id_number: str
    category: Category | None = None
    excluded: str | None = None
    """The words that say that this is no auxiliary (第三条第三款)."""
    hired: date | None = None
    left: date | None = None
    induction: date | NoneHeld | None = None
    card: str | None = None
    card_until: date | None = None
    certificates: tuple[Certificate, ...] | None = None

    def in_service(self, day: date) -> bool:
        """Hired by that day, or nobody knows when, and not gone by then."""
        return (self.hired is None or self.hired <= day) and (self.left is None or self.left > day)


@dataclass(frozen=True, slots=True)
class People:
    """A roster by citizen number. `columns`: the keys of the columns that it has."""

    by_number: dict[str, tuple[Auxiliary, ...]]
    columns: frozenset[str]

    def find(self, id_number: str | None, day: date | None) -> Auxiliary | None:
        """The person, by a valid number; of several rows the one in service that day, else the last."""
        rows = self.by_number.get(id_number, ()) if id_number and is_valid(id_number) else ()
        serving = (each for each in rows if day is None or each.in_service(day))
        return next(serving, rows[-1] if rows else None)


def people_of(roster: Roster) -> People:
    """The people of a roster file, each row one; a row without a number is nobody who could be sent."""
    columns = frozenset(column.key for column in COLUMNS if column.key in roster.people.columns)
    found: dict[str, tuple[Auxiliary, ...]] = {}
    for row in roster.people.iter_rows(named=True):
        number = row.get("id_number")
        if number:
            found[number] = (*found.get(number, ()), _auxiliary(number, row))
    return People(found, columns)


def _auxiliary(number: str, row: dict[str, Any]) -> Auxiliary:
    return Auxiliary(
        id_number=number,
        category=CATEGORIES.get(row.get("category")),
        excluded=excluded_as(row),
        hired=row.get("hired_on"),
        left=row.get("left_on"),
        induction=row.get("inducted_on_said") or row.get("inducted_on"),
        card=row.get("card_number"),
        card_until=row.get("card_valid_to"),
        certificates=certificates_in(row.get("qualifications")),
    )


def excluded_as(row: dict[str, Any]) -> str | None:
    """The words of post, category or unit that say that somebody is no auxiliary."""
    said = "\n".join(row.get(key) or "" for key in ("post", "category", "unit"))
    return next((word for word in NO_AUXILIARIES if word in said), None)


def certificates_in(cell: str | None) -> tuple[Certificate, ...] | None:
    """`名称:有效期；…`; 无 = none held, empty = not known. A date that can't be read is no date."""
    if cell is None:
        return None
    if cell.strip() == NONE:
        return ()
    return tuple(_certificate(part.strip()) for part in re.split("[;；\n]", cell) if part.strip())


def _certificate(part: str) -> Certificate:
    name, _, until = part.replace("：", ":").partition(":")
    until = until.strip()
    return Certificate(name.strip(), date.max if LONG_TERM.match(until) else _day(until))


def _day(written: str) -> date | None:
    match = next((found for form in PLAIN_DATES if (found := re.match(form, written))), None)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def is_valid(number: str) -> bool:
    """A citizen number whose check digit is right and whose birth date exists."""
    return is_well_formed(number) and _day(number[6:14]) is not None


Held = Literal["valid", "expired", "undated", "unclear", "missing"]


def held(certificates: tuple[Certificate, ...], needed: str, day: date | None) -> tuple[Held, Certificate | None]:
    """Whether a needed certificate is held on a day, and which one says so: the best of them."""
    found: list[tuple[Held, Certificate]] = []
    for each in certificates:
        met = certificates_met(each.name, [needed])
        if met is None:
            found.append(("unclear", each))
        elif met:
            found.append((_validity(each, day), each))
    order: tuple[Held, ...] = ("valid", "undated", "unclear", "expired")
    return min(found, key=lambda one: order.index(one[0]), default=("missing", None))


def _validity(certificate: Certificate, day: date | None) -> Held:
    if certificate.until is None or day is None:
        return "undated"
    return "expired" if certificate.until < day else "valid"
