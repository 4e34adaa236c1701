"""What the roster's column 资质证书 says: `名称:有效期；…`, or 无."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from fujing.kernel.exchange import PLAIN_DATES
from fujing.law.formats.roster import NONE

BETWEEN = re.compile(r"[;\n]")


@dataclass(frozen=True, slots=True)
class Certificate:
    """One certificate; `valid_to` is its last valid day, None where the cell has no readable date."""

    name: str
    valid_to: date | None


def certificates(text: str | None) -> tuple[Certificate, ...]:
    """The certificates of a cell in their order; none for 无 and for an empty cell, which the caller tells apart."""
    plain = unicodedata.normalize("NFKC", text or "")
    parts = [part.strip() for part in BETWEEN.split(plain)]
    return tuple(_certificate(part) for part in parts if part not in ("", NONE))


def _certificate(part: str) -> Certificate:
    name, colon, end = part.rpartition(":")
    return Certificate(name.strip(), _day(end.strip())) if colon else Certificate(part, None)


def _day(text: str) -> date | None:
    for form in PLAIN_DATES:
        if found := re.match(form, text):
            try:
                return date(*(int(part) for part in found.groups()))
            except ValueError:
                return None
    return None
