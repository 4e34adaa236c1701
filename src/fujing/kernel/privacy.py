"""What each field holds, of whom, and when it goes: declared beside the models, used wherever data is shown or erased.

Each section has a `data.py` whose PRIVACY maps each of its models to a table of all its fields. Masks, what may be
revealed, an applicant's own copy and what is erased when its time has passed come from these tables.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from django.apps import apps
from django.db import models

from fujing.kernel import fields


class Kind(StrEnum):
    """How freely a value may be seen."""

    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"


class About(StrEnum):
    """Whom a value tells of."""

    NOBODY = "nobody"
    OFFICER = "officer who acts"
    AUXILIARY = "auxiliary"
    APPLICANT = "applicant"
    CITIZEN = "citizen"
    ANYBODY = "whoever the record is about"


class End(StrEnum):
    """When a value goes."""

    RECORD = "kept with the record"
    DOSSIER = "kept with the personnel file"
    CAMPAIGN = "the campaign's retention months after it ended"
    ACCOUNT = "with the account, when nothing is kept of its applications"
    SUBJECT = "with the value that it repeats"


STRUCK = "struck out"
"""For text that was written: in its place stands that it was erased, so that one sees that there was some."""


@dataclass(frozen=True, slots=True)
class Held:
    """What one field holds.

    `mask` names how a screen shortens it; `erased` is the SQL left in its place (or STRUCK), by default what its column
    takes for nothing; `told`: whether its person reads it in their own copy; `reveal`: whether it is opened alone, with
    a reason.
    """

    kind: Kind
    about: About = About.NOBODY
    end: End | None = None
    mask: str = ""
    erased: str = ""
    told: bool = True
    reveal: bool = False


Table = dict[str, Held]
Classified = Mapping[type[models.Model], Table]


class Unclassified(LookupError):
    """A field or model that no table names, or that is named twice."""


def _all(names: str, held: Held) -> Table:
    each = names.split()
    if len(each) != len(set(each)):
        raise Unclassified(f"named twice: {names}")
    return dict.fromkeys(each, held)


def public(names: str) -> Table:
    """Anybody may read these."""
    return _all(names, Held(Kind.PUBLIC))


def internal(names: str) -> Table:
    """Of the office, about nobody."""
    return _all(names, Held(Kind.INTERNAL))


def officer(names: str) -> Table:
    """Who acted, decided or signed; part of the act's record."""
    return _all(names, Held(Kind.PERSONAL, About.OFFICER, End.RECORD))


def personal(names: str, about: About, end: End, *, mask: str = "", erased: str = "", told: bool = True) -> Table:
    """About somebody."""
    return _all(names, Held(Kind.PERSONAL, about, end, mask, erased, told))


def sensitive(
    names: str, about: About, end: End, *, mask: str = "", erased: str = "", told: bool = True, reveal: bool = False
) -> Table:
    """About somebody, and harmful in other hands: numbers, health, findings, secrets."""
    return _all(names, Held(Kind.SENSITIVE, about, end, mask, erased, told, reveal))


def table(*parts: Table) -> Table:
    """One table of several parts; a field in two of them is an error."""
    whole: Table = {}
    for part in parts:
        if twice := whole.keys() & part.keys():
            raise Unclassified(f"classified twice: {', '.join(sorted(twice))}")
        whole |= part
    return whole


@cache
def classified() -> dict[type[models.Model], Table]:
    """Every model's table, lower sections first."""
    found: dict[type[models.Model], Table] = {}
    for config in apps.get_app_configs():
        if config.name.startswith("fujing.") and importlib.util.find_spec(f"{config.name}.data"):
            declared: dict[type[models.Model], Table] = importlib.import_module(f"{config.name}.data").PRIVACY
            if twice := found.keys() & declared.keys():
                raise Unclassified(f"classified twice: {', '.join(model.__name__ for model in twice)}")
            found |= declared
    return found


def problems(model: type[models.Model], declared: Table) -> list[str]:
    """What is wrong with a model's table: missing and unknown fields, ciphers in the open, and what never goes."""
    concrete = {field.name: field for field in model._meta.concrete_fields}
    told = [f"{name} is not classified" for name in concrete if name not in declared]
    told += [f"{name} is no field" for name in declared if name not in concrete]
    for name, what in declared.items():
        guarded = what.kind in (Kind.PERSONAL, Kind.SENSITIVE)
        if isinstance(concrete.get(name), models.BinaryField) and not guarded:
            told.append(f"{name} is encrypted, so personal or sensitive")
        if guarded and (what.end is None or what.about is About.NOBODY):
            told.append(f"{name} is {what.kind}, so about somebody and with an end")
    return told


def held(model: type[models.Model], name: str) -> Held:
    """The classification of one field; raises Unclassified."""
    declared = classified().get(model._meta.concrete_model or model, {})
    if name not in declared:
        raise Unclassified(f"{model.__name__}.{name}")
    return declared[name]


def masked(row: models.Model, name: str) -> str:
    """A field as a screen shows it: a sensitive one shortened by its mask, or hidden where it has none."""
    value = getattr(row, name)
    # A lazily loaded row, too, tells its model.
    what = held(row._meta.model, name)
    if what.kind is not Kind.SENSITIVE:
        return str(value or "")
    return fields.masked(str(value) if value else "", what.mask)


def names_of(model: type[models.Model], *, kind: Kind | None = None, reveal: bool | None = None) -> list[str]:
    """A model's fields of a kind, and those that are (or are not) opened one by one, in the model's order."""
    declared = classified()[model]
    return [
        field.name
        for field in model._meta.concrete_fields
        if kind in (None, declared[field.name].kind) and reveal in (None, declared[field.name].reveal)
    ]


def label_of(model: type[models.Model], name: str) -> str:
    """A field as officers call it."""
    return str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def column_of(model: type[models.Model], name: str) -> str:
    """A field as the database calls it."""
    return str(model._meta.get_field(name).column)  # type: ignore[union-attr]


def ending(declared: Table, end: End) -> list[tuple[str, Held]]:
    """The fields that go at one end."""
    return [(name, each) for name, each in declared.items() if each.end is end]


def erased_sql(model: type[models.Model], name: str, what: Held, *, struck: str, blank: str) -> str:
    """SQL for what is left in a column; `struck` the words for text, `blank` the encrypted empty text."""
    field = model._meta.get_field(name)
    column = column_of(model, name)
    if what.erased == STRUCK:
        return f"CASE WHEN {column} = '' THEN '' ELSE '{struck}' END"
    if what.erased:
        return what.erased.format(column=column, struck=struck, blank=blank)
    if field.null:
        return "NULL"
    if isinstance(field, models.BinaryField):
        return blank
    if isinstance(field, models.CharField | models.TextField):
        return "''"
    raise Unclassified(f"{model.__name__}.{name}: say what is left of it (erased=…)")
