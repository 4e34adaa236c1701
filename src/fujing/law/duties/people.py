"""The people of a roster as duty orders need them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from fujing.law.catalogue import LABELS
from fujing.law.citizen_numbers import birth_of
from fujing.law.formats.roster import COLUMNS, Roster
from fujing.law.roster.certificates import Certificate, certificates
from fujing.law.roster.people import excluded_words
from fujing.law.screening.matching import certificates_met

Category = Literal["civil", "field"]
NoneHeld = Literal["无"]
CATEGORIES: dict[Any, Any] = {label: key for key, label in LABELS.items()}


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

    @property
    def source(self) -> str:
        """What officers call the place where this stands."""
        return "花名册"

    def find(self, id_number: str | None, day: date | None) -> Auxiliary | None:
        """The person, by a valid number; of several rows the one in service that day, else the last."""
        rows = self.by_number.get(id_number, ()) if id_number and birth_of(id_number) else ()
        serving = (each for each in rows if day is None or each.in_service(day))
        return next(serving, rows[-1] if rows else None)


def people_of(roster: Roster) -> People:
    """The people of a roster file, each row one; a row without a number is nobody who could be sent."""
    columns = frozenset(column.key for column in COLUMNS if column.key in roster.people.columns)
    words = excluded_words(roster.people)
    rows = roster.people if words is None else roster.people.with_columns(words.alias("excluded"))
    found: dict[str, list[Auxiliary]] = defaultdict(list)
    for row in rows.iter_rows(named=True):
        if number := row.get("id_number"):
            found[number].append(_auxiliary(number, row))
    return People({number: tuple(listed) for number, listed in found.items()}, columns)


def _auxiliary(number: str, row: dict[str, Any]) -> Auxiliary:
    qualifications = row.get("qualifications")
    return Auxiliary(
        id_number=number,
        category=CATEGORIES.get(row.get("category")),
        excluded=row.get("excluded") or None,
        hired=row.get("hired_on"),
        left=row.get("left_on"),
        induction=row.get("inducted_on_said") or row.get("inducted_on"),
        card=row.get("card_number"),
        card_until=row.get("card_valid_to"),
        certificates=None if qualifications is None else certificates(qualifications),
    )


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
    if certificate.valid_to is None or day is None:
        return "undated"
    return "expired" if certificate.valid_to < day else "valid"
