"""Django's `makemigrations`, and after it the migrations of declared database objects."""

from __future__ import annotations

import importlib
import sys
from typing import Any

from django.core.management.commands import makemigrations
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.writer import MigrationWriter

from fujing.kernel.objects import Install, installed, outstanding
from fujing.kernel.operations import together


class Command(makemigrations.Command):
    """`--check` fails, too, when a function, view, trigger, policy or key differs from what the migrations install."""

    def handle(self, *app_labels: str, **options: Any) -> None:
        super().handle(*app_labels, **options)
        if options["merge"] or options["empty"]:
            return
        importlib.invalidate_caches()
        loader = MigrationLoader(None)
        # What was written above is not on the disk in a dry run; the objects then follow in the next run.
        leaves = dict(loader.graph.leaf_nodes())
        standing, missing = installed(loader), outstanding(loader)
        if options["check_changes"] and missing:
            self.stderr.write(said(missing))
            sys.exit(1)
        for label, operations in missing.items():
            if app_labels and label not in app_labels:
                continue
            migration = self._migration(label, operations, leaves, first=label not in standing)
            if options["dry_run"]:
                self.stdout.write(f"{label}/{migration.name}: " + "; ".join(each.describe() for each in operations))
                continue
            writer = MigrationWriter(migration, options["include_header"])
            with open(writer.path, "w", encoding="utf-8") as file:
                file.write(writer.as_string())
            leaves[label] = migration.name
            if options["verbosity"]:
                self.stdout.write(f"Objects of '{label}':\n  {writer.path}")

    def write_migration_files(self, changes: dict[str, list[Any]], *args: Any, **options: Any) -> None:
        """As Django writes them, with neighbouring operations of one kind taken together."""
        for migration in (each for migrations in changes.values() for each in migrations):
            migration.operations = together(migration.operations)
        super().write_migration_files(changes, *args, **options)

    @staticmethod
    def _migration(label: str, operations: list[Any], leaves: dict[str, str], *, first: bool) -> Migration:
        number = int(leaves[label][:4]) + 1 if label in leaves else 1
        migration = Migration(f"{number:04}_{_named(operations, first)}", label)
        needs = {need for each in operations if isinstance(each, Install) for need in each.object.needs}
        dependencies = [(each, leaves[each]) for each in sorted({label, *needs}) if each in leaves]
        # Each migration has its own, as Django's autodetector gives them.
        vars(migration).update(dependencies=dependencies, operations=operations)
        return migration


def _named(operations: list[Any], first: bool) -> str:
    # The first set keeps its name whatever is in it, so that making it anew changes no file's name.
    return "database_objects" if first or len(operations) > 1 else operations[0].object.name[:50]


def said(missing: dict[str, list[Any]]) -> str:
    """What differs, and what to do about it."""
    lines = [f"  {label}: {each.describe()}" for label, operations in missing.items() for each in operations]
    return (
        "Declared database objects differ from what the migrations install:\n"
        + "\n".join(lines)
        + "\nRun `python -m django makemigrations`: it writes a migration for each (docs/how-to/change-a-table.md)."
    )
