"""Values as addresses and query strings bring them, parsed once: what can't be one is as if it weren't there.

A form field says what is wrong with it; an address that was cut or typed by hand just falls back to the plain list.
"""

from __future__ import annotations

import re
from collections.abc import Container
from datetime import date

from django import forms
from django.http import HttpRequest

MOST = 10**18 - 1
"""The largest number that a row's id or a code may have: it fits PostgreSQL's bigint."""


class RowId:
    """A path's number that fits a bigint: `<id:pk>`. Longer ones are no address of ours (404)."""

    regex = "[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int | str) -> str:
        return str(value)


def number(request: HttpRequest, name: str, default: int | None = None, *, most: int = MOST) -> int | None:
    """A whole number from 0 to `most` of the query, written in plain digits; else the default."""
    said = request.GET.get(name, "").strip()
    if not (said.isascii() and said.isdecimal() and len(said) <= 18):
        return default
    return int(said) if int(said) <= most else default


def choice(request: HttpRequest, name: str, allowed: Container[str], default: str = "") -> str:
    """One of the allowed words of the query; else the default."""
    said = request.GET.get(name, "")
    return said if said in allowed else default


def day(request: HttpRequest, name: str) -> date | None:
    """A date of the query as 2026-01-22; else nothing."""
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None


def words(request: HttpRequest, name: str, most: int = 100) -> str:
    """Text of the query without blanks around it, cut at `most` characters."""
    return request.GET.get(name, "").strip()[:most]


def phone_of(text: str) -> str:
    """A mobile number as it is dialled, or the form's error."""
    if not re.fullmatch(r"1[3-9]\d{9}", text):
        raise forms.ValidationError("手机号应为11位数字，以1开头。")
    return text
