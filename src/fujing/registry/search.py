"""People as they are searched for, everywhere alike: by name however it is typed, by pinyin, or by a number.

The citizen number, its last four characters and the phone number are found through blind indexes of their own; what
those give away is in docs/adr/0010-look-up.md.
"""

from __future__ import annotations

import re
import unicodedata
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.db.models import Q

from fujing.kernel.actor import Actor
from fujing.kernel.readings import number_looked_up


class Number(NamedTuple):
    """A number by which people are found: its blind index, how it is written and what it is called."""

    column: str
    written: re.Pattern[str]
    label: str


NUMBERS = (
    Number("id_index", re.compile(r"\d{17}[\dX]"), "公民身份号码"),
    Number("id_tail_index", re.compile(r"\d{3}[\dX]"), "公民身份号码后四位"),
    Number("phone_index", re.compile(r"1\d{10}"), "手机号"),
)
LETTERS = re.compile(r"[a-z]+")
# 阿依·古丽 is typed with whatever dot a keyboard has; the first is the one of the standard.
DOTS = "·•・∙‧⋅"
ONE_DOT = str.maketrans(dict.fromkeys(DOTS, DOTS[0]))


def typed(text: str) -> str:
    """What was typed without spaces, in half-width letters and digits, its dots as the standard writes them."""
    return "".join(unicodedata.normalize("NFKC", text).translate(ONE_DOT).split())


def as_number(text: str) -> tuple[Number, str] | None:
    """Which number was typed, and how it is written; nothing for a name."""
    number = typed(text).upper()
    return next(((each, number) for each in NUMBERS if each.written.fullmatch(number)), None)


def spellings(text: str) -> list[str]:
    """A name as it may be stored: with each of the dots, where it has one."""
    name = typed(text)
    return [name.replace(DOTS[0], dot) for dot in DOTS] if DOTS[0] in name else [name]


def ways(actor: Actor, text: str, *, at: str = "") -> list[Q]:
    """The conditions of `whom` one by one, each over an index of its own."""
    if found := as_number(text):
        kind, number = found
        number_looked_up(actor=actor, what=kind.label, number=number)
        return [Q(**{f"{at}{kind.column}": number})]
    if LETTERS.fullmatch(letters := typed(text).lower()):
        return [begins(f"{at}pinyin", letters), begins(f"{at}initials", letters)]
    return [begins(f"{at}name", name) for name in spellings(text)]


def whom(actor: Actor, text: str, *, at: str = "") -> Q:
    """The condition for people whose name, pinyin or initials begin so, or who have the number.

    `at` is the path to them, ending in `__`. A number is found through its blind index alone; that it was looked up is
    kept, without the number.
    """
    return reduce(or_, ways(actor, text, at=at), Q())


def begins(path: str, text: str) -> Q:
    """What begins so, as a range: under row security an index gives a range, but no LIKE."""
    if not text:
        return Q()
    return Q(**{f"{path}__gte": text, f"{path}__lt": text[:-1] + chr(ord(text[-1]) + 1)})
