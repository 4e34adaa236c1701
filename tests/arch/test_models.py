"""What import-linter can't see: foreign keys, row security and history of every model."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection, models

from fujing.kernel.territory import RowPolicy

LAYERS = (
    "kernel",
    "law",
    "registry",
    "general",
    "duties",
    "recruitment",
    "management",
    "safeguards",
    "liability",
    "compliance",
    "web",
)
RECRUITMENT = (
    "plans",
    "campaigns",
    "applications",
    "recovery",
    "background",
    "medical",
    "selection",
    "exams",
    "hiring",
    "retention",
)
# Tables without their own trigger: what they hold is itself the record.
RECORDS = {"HistoryEntry", "HistorySeal", "Decision", "StoredFile"}


def our_models() -> list[type[models.Model]]:
    """Every table; a view has the security and the history of the tables that it reads."""
    return [model for model in apps.get_models() if model.__module__.startswith("fujing.") and model._meta.managed]


def rank(model: type[models.Model]) -> tuple[int, int]:
    """Position of a model's layer, and within recruitment of its section."""
    _, chapter, *rest = model.__module__.split(".")
    return LAYERS.index(chapter), RECRUITMENT.index(rest[0]) if chapter == "recruitment" else 0


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_foreign_keys_point_down(model: type[models.Model]) -> None:
    for field in model._meta.get_fields():
        if isinstance(field, models.ForeignKey) and field.related_model in our_models():
            assert rank(field.related_model) <= rank(model), f"{model._meta.label}.{field.name} points upwards"


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_every_table_has_row_security(model: type[models.Model]) -> None:
    assert any(isinstance(constraint, RowPolicy) for constraint in model._meta.constraints)


def test_row_security_is_forced_on_every_table_of_ours(db: None) -> None:
    tables = [model._meta.db_table for model in our_models()]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relname = ANY(%s) AND NOT (relrowsecurity AND relforcerowsecurity)",
            [tables],
        )
        assert cursor.fetchall() == []


def test_every_view_is_read_under_the_policies_of_its_reader(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'v' AND relnamespace = 'public'::regnamespace "
            "AND NOT coalesce('security_invoker=true' = ANY(reloptions), false)"
        )
        assert cursor.fetchall() == []


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_every_change_is_recorded(model: type[models.Model]) -> None:
    names = [trigger.name for trigger in getattr(model._meta, "triggers", [])]
    assert model.__name__ in RECORDS or any(name.endswith(("_history", "_append_only")) for name in names)


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_constraints_speak_chinese(model: type[models.Model]) -> None:
    for constraint in model._meta.constraints:
        if not isinstance(constraint, RowPolicy):
            message = str(constraint.violation_error_message)
            assert any("一" <= character <= "鿿" for character in message), constraint.name
            assert "约束" not in message, constraint.name


def test_the_application_role_owns_nothing(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user")
        assert cursor.fetchone() == (0,)
