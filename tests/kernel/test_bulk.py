"""Many rows between PostgreSQL and Polars."""

from __future__ import annotations

import polars as pl
import pytest
from django.db import connection
from django.db.models import Value

from fujing.kernel import bulk
from fujing.kernel.actor import acting
from fujing.registry.models import Account
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "text", ["三台县", "两\n行", "制\t表", "反\\斜", "反\\t斜", '引"号,', "\\.", "\\N", " 空 "], ids=repr
)
def test_a_text_comes_back_as_it_stands_in_the_table(text: str) -> None:
    with acting(factories.PROVINCIAL):
        rows = Account.objects.filter(pk=factories.account(factories.SANTAI).pk)
        frame = bulk.frame_of(
            rows, {"text": (Value(text), pl.String), "yes": (Value(True), pl.Boolean), "none": (Value(""), pl.String)}
        )
    assert frame.rows() == [(text, True, None)]


def test_rows_that_are_parsed_in_several_parts_are_all_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "PARSED", 5)
    with acting(factories.PROVINCIAL):
        made = [factories.account(factories.SANTAI).pk for _ in range(7)]
        frame = bulk.frame_of(Account.objects.filter(pk__in=made), {"id": ("pk", pl.Int64)})
    assert sorted(frame["id"]) == made


def test_no_rows_are_an_empty_frame_with_its_columns() -> None:
    with acting(factories.PROVINCIAL):
        assert bulk.frame_of(Account.objects.filter(pk=0), {"id": ("pk", pl.Int64)}).schema == {"id": pl.Int64}


def test_an_array_is_read_back_in_its_order() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::bigint[]", [bulk.array_of(pl.Series([3, 1, 2]))])
        assert cursor.fetchone() == ([3, 1, 2],)
