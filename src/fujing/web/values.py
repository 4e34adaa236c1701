"""Values as addresses, queries and buttons bring them, parsed once: what can't be one is as if it weren't there.

The first argument is `request.GET` or `request.POST`. A field that somebody fills in belongs to a form, which says what
is wrong with it; an address that was cut or typed by hand just falls back to the plain list.
"""

from __future__ import annotations

import re
from collections.abc import Container
from datetime import date
from typing import overload

from django import forms
from django.http import QueryDict

from fujing.kernel.numbers import DIGITS, MOST, number_of
from fujing.web.requests import Request


class RowId:
    """A path's number that fits a bigint: `<id:pk>`. Longer ones are no address of ours (404)."""

    regex = f"[0-9]{{1,{DIGITS}}}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int | str) -> str:
        return str(value)


@overload
def number(given: QueryDict, name: str, default: int, *, least: int = 0, most: int = MOST) -> int: ...
@overload
def number(given: QueryDict, name: str, default: None = None, *, least: int = 0, most: int = MOST) -> int | None: ...
def number(given: QueryDict, name: str, default: int | None = None, *, least: int = 0, most: int = MOST) -> int | None:
    """A whole number from `least` to `most` of a query or a form, written in plain digits; else the default."""
    read = number_of(given.get(name, ""))
    return default if read is None or not least <= read <= most else read


def choice(given: QueryDict, name: str, allowed: Container[str], default: str = "") -> str:
    """One of the allowed words; else the default."""
    said = given.get(name, "")
    return said if said in allowed else default


def several(given: QueryDict, name: str) -> list[str]:
    """Every value that stands under the name."""
    return given.getlist(name)


def token(given: QueryDict, name: str) -> str:
    """What a page gave itself to be sent back, whole."""
    return given.get(name, "")


def day(given: QueryDict, name: str) -> date | None:
    """A date as 2026-01-22; else nothing."""
    try:
        return date.fromisoformat(given.get(name, ""))
    except ValueError:
        return None


def sent(request: Request) -> QueryDict | None:
    """What a form was sent with, be it empty; nothing while the page is only looked at."""
    return request.POST if request.method == "POST" else None


def words(given: QueryDict, name: str, most: int = 100) -> str:
    """Text without blanks around it, cut at `most` characters; empty if it wasn't given."""
    return given.get(name, "").strip()[:most]


def phone_of(text: str) -> str:
    """A mobile number as it is dialled, or the form's error."""
    if not re.fullmatch(r"1[3-9]\d{9}", text):
        raise forms.ValidationError("手机号应为11位数字，以1开头。")
    return text
