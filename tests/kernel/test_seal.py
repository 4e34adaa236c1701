"""The sealed trail, tampered with as only a superuser could."""

from __future__ import annotations

from datetime import date, timedelta

import psycopg
import pytest
from django.utils import timezone

from fujing.kernel import seal
from fujing.kernel.actor import acting
from fujing.kernel.models import HistorySeal
from tests import factories

TOMORROW = timedelta(days=1)


@pytest.fixture
def sealed(committed: None) -> date:
    """Two bureaus made today and sealed as if today were over."""
    with acting(factories.PROVINCIAL):
        factories.bureau(factories.SANTAI)
    today = timezone.localdate()
    seal.seal_days(today + TOMORROW)
    return today


def tamper(owner_parameters: dict, statement: str) -> None:
    with psycopg.connect(**owner_parameters) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(statement)


def test_an_untouched_trail_is_intact(sealed: date) -> None:
    assert HistorySeal.objects.get().entries > 0
    assert seal.verify() == []


def test_a_day_is_sealed_once(sealed: date) -> None:
    assert seal.seal_days(sealed + TOMORROW) == 0


def test_a_changed_entry_is_found(sealed: date, owner_parameters: dict) -> None:
    tamper(
        owner_parameters,
        "UPDATE kernel_historyentry SET actor = '别人' WHERE id = (SELECT min(id) FROM kernel_historyentry)",
    )
    assert [fault.message for fault in seal.verify()] == ["有记录在封存后被改动"]


def test_a_deleted_entry_is_found(sealed: date, owner_parameters: dict) -> None:
    tamper(
        owner_parameters,
        "DELETE FROM kernel_historyentry WHERE id = (SELECT max(id) FROM kernel_historyentry)",
    )
    assert "现有" in seal.verify()[0].message


def test_a_forged_seal_breaks_the_chain(sealed: date, owner_parameters: dict) -> None:
    tamper(owner_parameters, f"UPDATE kernel_historyseal SET previous = '{'1' * 64}'")
    assert [fault.message for fault in seal.verify()] == ["封存链条断开"]


def test_merkle_root_depends_on_order_and_content() -> None:
    assert seal.merkle_root([b"a", b"b", b"c"]) != seal.merkle_root([b"b", b"a", b"c"])
    assert seal.merkle_root([]) == seal.GENESIS
