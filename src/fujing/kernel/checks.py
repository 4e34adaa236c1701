"""A row's CHECKs asked of the database in one statement, before it is written."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import models, router
from django.db.models import BaseConstraint, CheckConstraint, Q


class Checked(models.Model):
    """A model whose cleaning asks once for all CHECKs, instead of once and in a savepoint for each.

    Only where one fails are they asked one by one, for their sentences. What the database holds stays as it is.
    """

    class Meta:
        abstract = True

    _held = False

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        self._held = self._all_hold(exclude)
        try:
            super().validate_constraints(exclude)
        finally:
            self._held = False

    def get_constraints(self) -> list[tuple[type[models.Model], Sequence[BaseConstraint]]]:
        """What is asked one by one: everything but the CHECKs that are known to hold."""
        found = super().get_constraints()
        if not self._held:
            return found
        return [(of, [each for each in those if not isinstance(each, CheckConstraint)]) for of, those in found]

    def _all_hold(self, exclude: Collection[str] | None) -> bool:
        """Whether no CHECK over the fields that are not excluded is false; one that is unknown holds."""
        known = self._get_field_expression_map(meta=self._meta, exclude=exclude)  # type: ignore[attr-defined]
        checks = [Q(each.condition) for each in self._meta.constraints if isinstance(each, CheckConstraint)]
        asked = [each for each in checks if each.referenced_base_fields <= known.keys()]
        return not asked or Q(*asked).check(known, using=router.db_for_write(type(self), instance=self))
