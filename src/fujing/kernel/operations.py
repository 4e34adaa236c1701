"""Operations of our own in migrations: several taken together, and columns filled that are computed from others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

import pgtrigger
from django.db import models
from django.db.migrations import AddConstraint, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation
from pgtrigger.migrations import AddTrigger

from fujing.kernel.fields import KeptField

FILLED = 1000
"""Rows that are filled at a time."""
# Of operations side by side in one group none looks at the models as they were between two of them.
GROUPS: tuple[tuple[type[Operation], ...], ...] = ((CreateModel,), (AddConstraint, AddIndex, AddTrigger))


class Together(Operation):
    """Operations one after the other in the database and at once in Django's view of the models.

    Rendering the models after each of some three hundred operations takes four fifths of the time of a fresh database.
    """

    serialization_expand_args = ["operations"]
    reduces_to_sql = True
    reversible = True

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = list(operations)

    def state_forwards(self, app_label: str, state: Any) -> None:
        rendered = state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)
        if rendered is not None:
            state.__dict__["apps"] = rendered
            names = {getattr(each, "model_name", None) or each.name for each in self.operations}  # type: ignore[attr-defined]
            state.reload_models({(app_label, name.lower()) for name in names}, delay=True)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return "; ".join(operation.describe() for operation in self.operations)


class FillKept(Operation):
    """Computes the kept columns of rows that were there before them. They say nothing new, so leave no history."""

    reversible = True

    def __init__(self, model_name: str) -> None:
        self.model_name = model_name

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Models don't change."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        fill_kept(to_state.apps.get_model(app_label, self.model_name))

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """The columns go with their fields."""

    def describe(self) -> str:
        return f"Fill the kept columns of {self.model_name}"


def fill_kept(model: type[models.Model]) -> None:
    """Write every kept column of every row anew; only the owner sees all rows."""
    kept = [each for each in model._meta.concrete_fields if isinstance(each, KeptField)]
    names = [each.name for each in kept]
    rows, last = model._base_manager.only(*names, *{each.source for each in kept}).order_by("pk"), 0
    with pgtrigger.ignore():
        while batch := list(rows.filter(pk__gt=last)[:FILLED]):
            for row in batch:
                for each in kept:
                    each.pre_save(row, add=False)
            model._base_manager.bulk_update(batch, names)
            last = batch[-1].pk


def together(operations: Iterable[Operation]) -> list[Operation]:
    """The same operations in the same order, with neighbours of one group as one."""

    def group(operation: Operation) -> int:
        return next((place for place, kinds in enumerate(GROUPS) if isinstance(operation, kinds)), -1)

    found: list[Operation] = []
    for place, members in groupby(operations, group):
        run = list(members)
        found += [Together(run)] if place >= 0 and len(run) > 1 else run
    return found
