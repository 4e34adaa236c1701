"""Row security: which rows a connection sees is decided by PostgreSQL, not by a forgotten filter."""

from __future__ import annotations

from typing import Any

from django.db.models import BaseConstraint

LO = "nullif(current_setting('fujing.lo', true), '')::bigint"
HI = "nullif(current_setting('fujing.hi', true), '')::bigint"
ADMIN_LO = "nullif(current_setting('fujing.admin_lo', true), '')::bigint"
ADMIN_HI = "nullif(current_setting('fujing.admin_hi', true), '')::bigint"
ORGAN = "nullif(current_setting('fujing.organ', true), '')::bigint"
ACCOUNT = "nullif(current_setting('fujing.account', true), '')::bigint"
PERSON = "nullif(current_setting('fujing.person', true), '')::bigint"


class RowPolicy(BaseConstraint):
    """A row-security policy declared in Meta.constraints. Policies of one table add up (OR).

    `using` says which rows are seen, `check` which may be written (default: the same). The table is FORCEd, so
    its owner is bound too; only a superuser is not.
    """

    def __init__(self, *, name: str, using: str, check: str | None = None, command: str = "ALL") -> None:
        super().__init__(name=name)
        self.using, self.check_sql, self.command = using, check, command

    def statement(self, model: Any) -> str:
        table = f'"{model._meta.db_table}"'
        using = f" USING ({self.using})" if self.command != "INSERT" else ""
        check = ""
        if self.command != "SELECT" and self.command != "DELETE":
            check = f" WITH CHECK ({self.check_sql or self.using})"
        return (
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; ALTER TABLE {table} FORCE ROW LEVEL SECURITY; "
            f'CREATE POLICY "{self.name}" ON {table} FOR {self.command}{using}{check}'
        )

    def constraint_sql(self, model: Any, schema_editor: Any) -> None:  # type: ignore[override]
        # A policy may name tables of the same migration: it is created when they all exist.
        schema_editor.deferred_sql.append(self.statement(model))

    def create_sql(self, model: Any, schema_editor: Any) -> str:
        return self.statement(model)

    def remove_sql(self, model: Any, schema_editor: Any) -> str:
        return f'DROP POLICY "{self.name}" ON "{model._meta.db_table}"'

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """Nothing to check in Python: the database decides."""

    def deconstruct(self) -> Any:
        path, _, kwargs = super().deconstruct()
        kwargs.update(using=self.using, command=self.command)
        if self.check_sql is not None:
            kwargs["check"] = self.check_sql
        return path, (), kwargs

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RowPolicy) and self.deconstruct() == other.deconstruct()

    __hash__ = BaseConstraint.__hash__


def within_territory(name: str, column: str = "organ_code") -> RowPolicy:
    """Rows whose organ lies in the actor's territory. No setting, no rows."""
    return RowPolicy(name=f"{name}_territory", using=f"{column} BETWEEN {LO} AND {HI}")


def administered(name: str, column: str = "organ_code", command: str = "ALL") -> RowPolicy:
    """Rows that the system, security and audit administrators of a territory look after."""
    return RowPolicy(name=f"{name}_administered", using=f"{column} BETWEEN {ADMIN_LO} AND {ADMIN_HI}", command=command)


def everyone_reads(name: str, when: str = "true") -> RowPolicy:
    """Rows that are public once the SQL condition holds."""
    return RowPolicy(name=f"{name}_public", using=when, command="SELECT")
