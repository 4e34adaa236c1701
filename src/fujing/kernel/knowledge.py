"""What the system knew of somebody at an instant, read from the history (docs/adr/0018-two-times.md).

When a fact held stands in its row; when the system knew it stands in the entries that wrote the row. There is no second
copy: a row as it was known is its first entry with every later change up to the instant laid over it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Exists, F, Func, OuterRef

from fujing.kernel import cipher
from fujing.kernel.fields import EncryptedField
from fujing.kernel.models import HistoryEntry, HistoryErasure
from fujing.kernel.refusals import Refusal

Rows = dict[type[models.Model], list[Any]]


def known_of(person: int, kinds: Iterable[type[models.Model]], instant: datetime) -> Rows:
    """A person's rows as they were known at an instant (inclusive), by kind and number, in one query; see `known_at`."""
    return known_at(person, kinds, [instant])[0]


def known_at(person: int, kinds: Iterable[type[models.Model]], instants: Sequence[datetime]) -> list[Rows]:
    """A person's rows as they were known at each of the instants (inclusive), by kind and number, in one query.

    Each kind is tracked and has the column `person_id`. Rows that were deleted by then, or came later, are not among
    them; those deleted since are. They are unsaved copies, never to be written. What the reader may not see of the
    history is left out, as of the tables. Refused where an entry was erased: what was known then is not known any more.
    """
    tables = {kind._meta.db_table: kind for kind in kinds}
    # By an array that is read first: however little the planner knows of the table, it never joins all with all.
    first = HistoryEntry.objects.filter(of_person=person, operation="insert", tracked__in=list(tables))
    numbers = ArraySubquery(first.values("row_id"))
    theirs = Func(
        F("row_id"), numbers, template="%(expressions)s)", arg_joiner=" = ANY(", output_field=models.BooleanField()
    )
    erased = Exists(HistoryErasure.objects.filter(entry=OuterRef("pk")))
    entries = HistoryEntry.objects.filter(theirs, tracked__in=list(tables), at__lte=max(instants))
    found = list(entries.order_by("pk").annotate(gone=erased))
    # Rows of two tables may have one number; whose a row is stands in its first entry.
    own = {(each.tracked, each.row_id) for each in found if each.operation == "insert" and each.of_person == person}
    told = [each for each in found if (each.tracked, each.row_id) in own]
    built: dict[tuple[int, ...], models.Model] = {}
    return [_standing(tables, [each for each in told if each.at <= instant], built) for instant in instants]


def _standing(
    tables: Mapping[str, type[models.Model]], told: Iterable[Any], built: dict[tuple[int, ...], models.Model]
) -> Rows:
    """The rows that stand after the entries; `built` has those that were built already, by their entries."""
    standing: dict[tuple[str, int], list[Any]] = {}
    for entry in told:
        if entry.gone:
            raise Refusal("那时掌握的个人信息已按保存期限删除，不能还原。")
        if entry.operation == "delete":
            standing.pop((entry.tracked, entry.row_id), None)
        else:
            standing.setdefault((entry.tracked, entry.row_id), []).append(entry)
    found: Rows = {kind: [] for kind in tables.values()}
    for (table, _), entries in sorted(standing.items()):
        whole = tuple(each.pk for each in entries)
        if whole not in built:
            built[whole] = _row(tables[table], {name: value for each in entries for name, value in each.after.items()})
        found[tables[table]].append(built[whole])
    return found


def _row(kind: type[models.Model], values: Mapping[str, Any]) -> models.Model:
    """A row of the history in the model's own types. A column that came later holds what its migration gave old rows."""
    fields = {str(each.column): each for each in kind._meta.concrete_fields}
    given = [_typed(each, values[name]) if name in values else each.get_default() for name, each in fields.items()]
    return kind.from_db(None, [each.attname for each in fields.values()], given)


def _typed(field: models.Field[Any, Any], value: Any) -> Any:
    """One value as PostgreSQL writes it into JSON, as Django reads it from the table."""
    if value is None:
        return None
    if isinstance(field, DateRangeField):
        return _period(value)
    if isinstance(field, EncryptedField):
        return cipher.decrypt(bytes.fromhex(value.removeprefix("\\x")))
    if isinstance(field, models.BinaryField):
        return bytes.fromhex(value.removeprefix("\\x"))
    if isinstance(field, models.DecimalField):
        return Decimal(str(value)).quantize(Decimal(1).scaleb(-field.decimal_places))
    if isinstance(field, models.ForeignKey):
        return _typed(field.target_field, value)
    return value if isinstance(field, models.JSONField) else field.to_python(value)


def _period(text: str) -> DateRange:
    """A half-open period as PostgreSQL writes it: `[2022-03-01,2024-03-01)`, `[2022-03-01,)`, `empty`."""
    if text == "empty":
        return DateRange(empty=True)
    first, _, until = text[1:-1].partition(",")
    return DateRange(*(date.fromisoformat(each) if each else None for each in (first, until)), text[0] + text[-1])
