"""What the database holds beside tables and Meta: functions, views, triggers, policies and keys, declared by section.

Each section lists its own in `database.py`: OBJECTS in the order in which they are made, and CLOSED, what the
application role may not do. `makemigrations` compares the declarations with the migrations and writes what is missing.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from django.apps import apps
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation


@dataclass(frozen=True, slots=True)
class DatabaseObject:
    """One object with the SQL that makes it and the SQL that removes it.

    `kind` is function, view, trigger, policy, table, constraint, column or statistics; `needs` names the other sections (by app
    label) that must be migrated before, because PostgreSQL looks at their tables when it makes this.
    """

    kind: str
    name: str
    create: str
    drop: str
    needs: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """What stays the same when the SQL changes."""
        return self.kind, self.name

    def deconstruct(self) -> tuple[str, tuple[()], dict[str, Any]]:
        """As a migration writes it: frozen, so that an old migration makes what it made then."""
        given = {field.name: getattr(self, field.name) for field in fields(self)}
        return "fujing.kernel.objects.DatabaseObject", (), given


@dataclass(frozen=True, slots=True)
class Closed:
    """Rights that the application role does not get: `rights` on `what` (`kernel_historyentry`, `FUNCTION f(text)`)."""

    rights: str
    what: str


def function(name: str, arguments: str, rest: str, *, needs: tuple[str, ...] = (), private: str = "") -> DatabaseObject:
    """A function. `arguments` with their names, `rest` from RETURNS on; `private`: its types, where nobody may call it
    but other functions."""
    create = f"CREATE OR REPLACE FUNCTION {name}({arguments}) {rest.strip()};"
    types = private or ", ".join(part.split(None, 1)[1] for part in arguments.split(", ") if part)
    if private:
        create += f"\nREVOKE EXECUTE ON FUNCTION {name}({private}) FROM PUBLIC;"
    return DatabaseObject("function", name, create, f"DROP FUNCTION {name}({types})", needs)


def trigger(name: str, table: str, when: str, rest: str, *, constraint: bool = False, **more: Any) -> DatabaseObject:
    """A trigger that cannot stand in its table's Meta: `when` on `table`, then `rest` from FOR EACH on."""
    what = "CONSTRAINT TRIGGER" if constraint else "TRIGGER"
    create = f"CREATE {what} {name} {when} ON {table} {rest}"
    return DatabaseObject("trigger", name, create, f"DROP TRIGGER {name} ON {table}", **more)


def policy(name: str, table: str, rest: str, **more: Any) -> DatabaseObject:
    """A row policy that a section puts on the table of a lower one."""
    return DatabaseObject(
        "policy", name, f"CREATE POLICY {name} ON {table} {rest}", f"DROP POLICY {name} ON {table}", **more
    )


def view(name: str, query: str, **more: Any) -> DatabaseObject:
    """A view, always read under the policies of its reader."""
    create = f"CREATE VIEW {name} WITH (security_invoker = true) AS\n{query.strip()}"
    return DatabaseObject("view", name, create, f"DROP VIEW {name}", **more)


def key(name: str, table: str, columns: str, **more: Any) -> DatabaseObject:
    """Columns that children refer to together; unique anyway, since the id is among them."""
    create = f"ALTER TABLE {table} ADD CONSTRAINT {name} UNIQUE ({columns})"
    return DatabaseObject("constraint", name, create, f"ALTER TABLE {table} DROP CONSTRAINT {name}", **more)


def same_parent(
    name: str, table: str, columns: str, parent: str, of_parent: str, *, then: str = "", **more: Any
) -> DatabaseObject:
    """A child's organ (and account) are its parent's: a row can't hang on what belongs to another. `then`: what the
    child does when those of the parent change."""
    create = f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({columns}) REFERENCES {parent} ({of_parent})"
    create += f" {then}" if then else ""
    return DatabaseObject("constraint", name, create, f"ALTER TABLE {table} DROP CONSTRAINT {name}", **more)


class Install(Operation):
    """Make a declared object, in place of `replaces` where one of that name stood before."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, object: DatabaseObject, replaces: DatabaseObject | None = None) -> None:
        self.object, self.replaces = object, replaces

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Models don't change."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self._exchange(schema_editor, self.replaces, self.object)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self._exchange(schema_editor, self.object, self.replaces)

    def describe(self) -> str:
        return f"Install {self.object.kind} {self.object.name}"

    @staticmethod
    def _exchange(schema_editor: Any, old: DatabaseObject | None, new: DatabaseObject | None) -> None:
        # What calls a function goes on calling it: with the same signature it is replaced, not dropped.
        if old and not (new and new.kind == "function" and new.drop == old.drop):
            schema_editor.execute(old.drop, params=None)
        if new:
            schema_editor.execute(new.create, params=None)


class Uninstall(Install):
    """Remove an object that is no longer declared."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self._exchange(schema_editor, self.object, None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self._exchange(schema_editor, None, self.object)

    def describe(self) -> str:
        return f"Remove {self.object.kind} {self.object.name}"


def _sections() -> Iterator[tuple[str, Any]]:
    """App label and `database` module of each section that has one, lower sections first."""
    for config in apps.get_app_configs():
        if config.name.startswith("fujing.") and importlib.util.find_spec(f"{config.name}.database"):
            yield config.label, importlib.import_module(f"{config.name}.database")


def declared() -> dict[str, tuple[DatabaseObject, ...]]:
    """Every declared object by app label, lower sections first."""
    return {label: tuple(module.OBJECTS) for label, module in _sections()}


def closed() -> list[Closed]:
    """Everything that the application role may not do."""
    return [each for _, module in _sections() for each in getattr(module, "CLOSED", ())]


def installed(loader: MigrationLoader) -> dict[str, dict[tuple[str, str], DatabaseObject]]:
    """What the migrations leave standing, by app label."""
    standing: dict[str, dict[tuple[str, str], DatabaseObject]] = {}
    seen = set()
    for leaf in loader.graph.leaf_nodes():
        for node in loader.graph.forwards_plan(leaf):
            if node in seen:
                continue
            seen.add(node)
            for operation in loader.graph.nodes[node].operations:
                if isinstance(operation, Uninstall):
                    standing[node[0]].pop(operation.object.key)
                elif isinstance(operation, Install):
                    standing.setdefault(node[0], {})[operation.object.key] = operation.object
    return standing


def outstanding(loader: MigrationLoader) -> dict[str, list[Operation]]:
    """Operations that bring the migrations up to the declarations, by app label; empty when nothing is missing."""
    missing: dict[str, list[Operation]] = {}
    standing = installed(loader)
    wanted = declared()
    for label in {**wanted, **standing}:
        stands, declares = standing.get(label, {}), {each.key: each for each in wanted.get(label, ())}
        gone = [Uninstall(stands[each]) for each in reversed(list(stands)) if each not in declares]
        made = [Install(each, stands.get(each.key)) for each in declares.values() if stands.get(each.key) != each]
        if gone or made:
            missing[label] = [*gone, *made]
    return missing
