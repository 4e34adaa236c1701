"""What the system knew of somebody at an instant, read from the history (docs/adr/0016-two-times.md).

When a fact held stands in its row; when the system knew it stands in the entries that wrote the row. There is no second
copy: a row as it was known is its first entry with every later change up to the instant laid over it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Exists, OuterRef

from fujing.kernel import cipher
from fujing.kernel.fields import EncryptedField
from fujing.kernel.models import HistoryEntry, HistoryErasure
from fujing.kernel.refusals import Refusal

Rows = dict[type[models.Model], list[Any]]


def known_of(person: int, kinds: Iterable[type[models.Model]], instant: datetime) -> Rows:
    """A person's rows as they were known at an instant (inclusive), by kind and number, in one query.

    Each kind is tracked and has the column `person_id`. Rows that were deleted by then, or came later, are not among
    them; those deleted since are. They are unsaved copies, never to be written. What the reader may not see of the
    history is left out, as of the tables. Refused where an entry was erased: what was known then is not known any more.
    """
    tables = {kind._meta.db_table: kind for kind in kinds}
    began = HistoryEntry.objects.filter(
        of_person=person, operation="insert", tracked=OuterRef("tracked"), row_id=OuterRef("row_id")
    )
    entries = HistoryEntry.objects.filter(Exists(began), tracked__in=list(tables), at__lte=instant)
    erased = Exists(HistoryErasure.objects.filter(entry=OuterRef("pk")))
    standing: dict[tuple[str, int], dict[str, Any]] = {}
    for table, row, operation, after, gone in (
        entries.order_by("pk").annotate(gone=erased).values_list("tracked", "row_id", "operation", "after", "gone")
    ):
        if gone:
            raise Refusal("那时掌握的个人信息已按保存期限删除，不能还原。")
        if operation == "delete":
            standing.pop((table, row), None)
        else:
            standing[table, row] = standing.get((table, row), {}) | after
    found: Rows = {kind: [] for kind in tables.values()}
    for (table, _), values in sorted(standing.items()):
        found[tables[table]].append(_row(tables[table], values))
    return found


def _row(kind: type[models.Model], values: Mapping[str, Any]) -> models.Model:
    """A row of the history in the model's own types. A column that came later holds what its migration gave old rows."""
    fields = kind._meta.concrete_fields
    given = [_typed(each, values[each.column]) if each.column in values else each.get_default() for each in fields]
    return kind.from_db(None, [each.attname for each in fields], given)


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
