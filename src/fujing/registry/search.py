"""People as they are searched for, everywhere alike: by name however it is typed, or by the whole citizen number."""

from __future__ import annotations

import re
import unicodedata
from functools import reduce
from operator import or_

import structlog
from django.db.models import Q

from fujing.kernel.actor import Actor

log = structlog.get_logger("fujing.reading")
NUMBER = re.compile(r"\d{17}[\dX]")
# 阿依·古丽 is typed with whatever dot a keyboard has; the first is the one of the standard.
DOTS = "·•・∙‧⋅"
ONE_DOT = str.maketrans(dict.fromkeys(DOTS, DOTS[0]))


def typed(text: str) -> str:
    """What was typed without spaces, in half-width letters and digits, its dots as the standard writes them."""
    return "".join(unicodedata.normalize("NFKC", text).translate(ONE_DOT).split())


def as_number(text: str) -> str:
    """The citizen number that was typed, or nothing."""
    number = typed(text).upper()
    return number if NUMBER.fullmatch(number) else ""


def spellings(text: str) -> list[str]:
    """A name as it may be stored: with each of the dots, where it has one."""
    name = typed(text)
    return [name.replace(DOTS[0], dot) for dot in DOTS] if DOTS[0] in name else [name]


def whom(actor: Actor, text: str, *, at: str = "") -> Q:
    """The condition for people whose name begins so, or who have the number. `at` is the path to them, ending in `__`.

    The number is found through its blind index alone; that it was looked up is logged, without the number.
    """
    if number := as_number(text):
        log.info("number looked up", account=actor.account_id)
        return Q(**{f"{at}id_index": number})
    return reduce(or_, (begins(f"{at}name", name) for name in spellings(text)), Q())


def begins(path: str, text: str) -> Q:
    """What begins so, as a range: under row security an index gives a range, but no LIKE."""
    if not text:
        return Q()
    return Q(**{f"{path}__gte": text, f"{path}__lt": text[:-1] + chr(ord(text[-1]) + 1)})
