"""An entry of the history in officers' words: what was done to whom, and each field before and after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField
from django.db import models
from django.utils import timezone

from fujing.kernel import cipher
from fujing.kernel.fields import BlindIndexField, EncryptedField, masked
from fujing.kernel.models import HistoryEntry
from fujing.kernel.privacy import About, Kind, held
from fujing.law.provisions import UnknownProvision, cite
from fujing.registry.models import Organ
from fujing.registry.trail import kinds, words_of
from fujing.web.columns import last_day
from fujing.web.desk.common import OPERATIONS, moved

EMPTY, HIDDEN, CONTENT = "空", "不显示", "内容"
FILE_LINES = 12
"""A text of so many lines is a file that was read in, and no sentence that somebody wrote: it is opened where it stands."""
Names = dict[tuple[type[models.Model], int], str]


class Change(NamedTuple):
    """One field: its label, and what it was and is in words; empty where there was no row."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Told:
    """One entry as the trail shows it. `what` is the act, `whom` the row, `organ` its organ's name."""

    entry: HistoryEntry
    what: str
    whom: str
    organ: str
    changes: list[Change]

    @property
    def text(self) -> str:
        """The changes in lines, for a file."""
        return "；".join(_line(each, self.entry.operation) for each in self.changes)


def _line(change: Change, operation: str) -> str:
    if operation == "update":
        return f"{change.label}：{change.before} → {change.after}"
    return f"{change.label}：{change.after or change.before}"


def told(entries: list[HistoryEntry]) -> list[Told]:
    """The entries in words; names of what they refer to are read in one query a kind, as far as the reader sees them."""
    models_of = kinds()
    names = _names(entries, models_of)
    made = []
    for entry in entries:
        kind = models_of.get(entry.tracked)
        if kind is None:
            made.append(Told(entry, OPERATIONS[entry.operation], "已不再使用的项目", "", []))
            continue
        what = moved(entry, kind)[0] or f"{OPERATIONS[entry.operation]}{kind._meta.verbose_name}"
        organ = names.get((Organ, entry.organ_code or 0), "")
        made.append(Told(entry, what, _whom(entry, kind, names), organ, _changes(entry, kind, names)))
    return made


def _whom(entry: HistoryEntry, kind: type[models.Model], names: Names) -> str:
    """The row by its name where it has one that the reader may see, else by its number."""
    label = str(kind._meta.verbose_name)
    known = names.get((kind, entry.row_id)) or _own_name(entry, kind)
    return f"{label} {known}" if known else f"{label} 第{entry.row_id}号"


def _own_name(entry: HistoryEntry, kind: type[models.Model]) -> str:
    given = {**(entry.before or {}), **(entry.after or {})}.get("name")
    fields = {field.name: field for field in kind._meta.concrete_fields}
    return said(kind, fields["name"], given, {}) if given and "name" in fields else ""


def _names(entries: Iterable[HistoryEntry], models_of: dict[str, type[models.Model]]) -> Names:
    wanted: dict[type[models.Model], set[int]] = defaultdict(set)
    for entry in entries:
        wanted[Organ].add(entry.organ_code or 0)
        if kind := models_of.get(entry.tracked):
            wanted[kind].add(entry.row_id)
            for field in kind._meta.concrete_fields:
                if field.remote_field:
                    for side in (entry.before or {}, entry.after or {}):
                        if isinstance(number := side.get(field.attname), int):
                            wanted[field.remote_field.model].add(number)
    return {(model, pk): name for model, numbers in wanted.items() for pk, name in words_of(model, numbers).items()}


def _changes(entry: HistoryEntry, kind: type[models.Model], names: Names) -> list[Change]:
    before, after = entry.before or {}, entry.after or {}
    found = []
    for field in kind._meta.concrete_fields:
        if field.primary_key or isinstance(field, BlindIndexField) or not {*before, *after} & {field.attname}:
            continue
        was = said(kind, field, before[field.attname], names) if field.attname in before else ""
        now = said(kind, field, after[field.attname], names) if field.attname in after else ""
        # A new row tells what stands in it, not what doesn't.
        if entry.operation == "update" or (was or now) != EMPTY:
            found.append(Change(str(field.verbose_name), was, now))
    return found


def said(kind: type[models.Model], field: models.Field[Any, Any], value: Any, names: Names) -> str:
    """One stored value in words, shortened or hidden as it is classified."""
    if value in (None, "", [], {}):
        return EMPTY
    what = held(kind, field.name)
    if isinstance(field, EncryptedField):
        return masked(_open(value), what.mask) if what.mask else HIDDEN
    if what.kind is Kind.SENSITIVE:
        return masked(str(value), what.mask) if what.mask else HIDDEN
    if what.mask and what.about is not About.OFFICER:
        return masked(str(value), what.mask)
    if isinstance(field, models.ForeignKey):
        model = field.remote_field.model
        return names.get((model, value)) or f"{model._meta.verbose_name}第{value}号"
    if field.name == "organ_code":
        return names.get((Organ, value)) or str(value)
    return _plain(field, value)


def _open(value: str) -> str:
    """The text of an encrypted value as the history keeps it; nothing where its key is gone."""
    try:
        return cipher.decrypt(bytes.fromhex(value.removeprefix("\\x")))
    except (ValueError, IndexError):
        return ""


def _plain(field: models.Field[Any, Any], value: Any) -> str:
    words = dict(field.flatchoices or getattr(getattr(field, "base_field", None), "flatchoices", []))
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dict) or (isinstance(value, list) and any(isinstance(each, dict | list) for each in value)):
        return CONTENT
    if isinstance(field, models.BinaryField):
        return HIDDEN
    if isinstance(value, str) and value.count("\n") >= FILE_LINES:
        return CONTENT
    if isinstance(value, list):
        return "、".join(_cited(field, words.get(each, each)) for each in value)
    if isinstance(field, DateRangeField):
        return _period(value)
    if isinstance(field, DateTimeRangeField):
        return " 至 ".join(_moment(each.strip('"')) for each in value.strip("[)").split(","))
    if isinstance(field, models.DateTimeField):
        return _moment(value)
    return str(words.get(value, value))


def _moment(value: str) -> str:
    return f"{timezone.localtime(datetime.fromisoformat(value)):%Y-%m-%d %H:%M}"


def _cited(field: models.Field[Any, Any], each: Any) -> str:
    try:
        return cite(each) if field.name == "provisions" else str(each)
    except UnknownProvision:
        return str(each)


def _period(text: str) -> str:
    """A half-open period as PostgreSQL writes it, with its last day."""
    if text == "empty":
        return "当日终止"
    first, _, until = text.strip("[)").partition(",")
    if not until:
        return f"{first} 起"
    return f"{first} 至 {last_day(date.fromisoformat(until))}"
