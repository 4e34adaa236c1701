"""A cell has one value, in the precision in which everybody sees it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from fujing.registry.models import Person
from fujing.web.columns import Column, cell_of, last_day, leading, shown, table_of


def of(value: Any, kind: Any = "text", **more: Any) -> tuple[object, str]:
    column = Column("x", "项目", kind=kind, **more)
    cell = cell_of(column, SimpleNamespace(x=value))
    assert shown(kind, cell.value) == cell.text
    return cell.value, cell.text


@pytest.mark.parametrize(
    ("value", "kind", "kept", "text"),
    [
        ("王建华", "text", "王建华", "王建华"),
        (12, "integer", 12, "12"),
        (0, "integer", 0, "0"),
        (Decimal("4520"), "money", Decimal("4520.00"), "4,520.00"),
        (Decimal("76.4550001"), "score", Decimal("76.46"), "76.46"),
        ("88", "score", Decimal("88.00"), "88.00"),
        ("缺考", "score", "缺考", "缺考"),
        (date(2026, 1, 22), "date", date(2026, 1, 22), "2026-01-22"),
        # Beijing is eight hours ahead.
        (
            datetime(2026, 1, 22, 17, 30, 59, tzinfo=UTC),
            "moment",
            datetime.fromisoformat("2026-01-23 01:30"),
            "2026-01-23 01:30",
        ),
        (datetime(2026, 1, 22, 17, 30, tzinfo=UTC), "date", date(2026, 1, 23), "2026-01-23"),
        (None, "date", None, ""),
        (True, "text", "是", "是"),
    ],
)
def test_a_value_is_kept_as_it_is_shown(value: Any, kind: str, kept: object, text: str) -> None:
    assert of(value, kind) == (kept, text)


def test_an_empty_cell_may_have_a_word_for_it() -> None:
    assert of(None, "date", empty="无固定期限") == ("无固定期限", "无固定期限")


def test_a_method_is_asked() -> None:
    assert of(lambda: "勤务") == ("勤务", "勤务")


def test_a_sensitive_value_is_masked_before_anybody_gets_it() -> None:
    value = Column("id_number", "身份号码", mask=True).of(Person(id_number="510722199503151234"))
    assert "19950315" not in str(value)


def test_what_stands_in_a_cell_is_text_never_markup() -> None:
    cell = cell_of(Column("x", "姓名", link=lambda row: '/?q="><b>'), SimpleNamespace(x="<script>"))
    assert "<script>" not in cell.td
    assert '"><b>' not in cell.td


def test_the_last_day_of_a_period_is_inclusive() -> None:
    assert last_day(date(2026, 3, 1)) == date(2026, 2, 28)
    assert last_day(None) is None


def test_acts_are_on_the_screen_only_and_the_total_is_the_last_row() -> None:
    columns = (Column("x", "金额", kind="money", unit="元"), Column("act", "办理", template="kinds/empty_act.html"))
    table = table_of(columns[:1], [SimpleNamespace(x=1)], "合计", total=SimpleNamespace(x=2))
    assert table.values == [[Decimal("1.00")], [Decimal("2.00")]]
    assert [column.heading for column in table_of(columns, [], "合计").data] == ["金额（元）"]


ROW = Column("row", "行", kind="integer", link=lambda row: "/1/")
NAME, ORGAN = Column("name", "姓名"), Column("organ", "机关")
DOSSIER = Column("file", "档案", link=lambda row: "/2/")
ROLES = Column("grant", "授权", link=lambda row: "/3/", act=True)


@pytest.mark.parametrize(
    ("columns", "first"),
    [
        ((ROW, NAME, DOSSIER), DOSSIER),
        ((ROW, NAME, ORGAN), NAME),
        ((ROLES, NAME, DOSSIER), DOSSIER),
        ((ROW,), ROW),
        ((), None),
    ],
)
def test_a_card_is_led_by_what_leads_somewhere_else_by_words(columns: tuple[Column, ...], first: Column | None) -> None:
    assert leading(columns) is first
