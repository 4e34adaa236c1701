"""The sealed trail, tampered with as only a superuser could."""

from __future__ import annotations

import json
from datetime import date, timedelta

import psycopg
import pytest
from django.db import DatabaseError, ProgrammingError, connection
from django.utils import timezone

from fujing.kernel import seal
from fujing.kernel.actor import acting
from fujing.kernel.decisions import decide
from fujing.kernel.models import HistorySeal
from fujing.registry.models import Organ
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
    tamper(owner_parameters, "DELETE FROM kernel_historyentry WHERE id = (SELECT max(id) FROM kernel_historyentry)")
    assert "现有" in seal.verify()[0].message


def test_a_forged_seal_breaks_the_chain(sealed: date, owner_parameters: dict) -> None:
    tamper(owner_parameters, f"UPDATE kernel_historyseal SET previous = '{'1' * 64}'")
    assert [fault.message for fault in seal.verify()] == ["封存链条断开"]


def test_merkle_root_depends_on_order_and_content() -> None:
    assert seal.merkle_root([b"a", b"b", b"c"]) != seal.merkle_root([b"b", b"a", b"c"])
    assert seal.merkle_root([]) == seal.GENESIS


def erase(owner_parameters: dict, columns: str = "{name}") -> None:
    """As a section's function does it: called as the owner, within the flag."""
    with acting(factories.PROVINCIAL):
        leaves = seal.leaves_of("registry_organ", [factories.SANTAI])
    with psycopg.connect(**owner_parameters) as connection:
        connection.execute(
            "SELECT set_config('fujing.erasing', 'on', true), set_config('fujing.actor', '到期删除', true)"
        )
        connection.execute(
            "SELECT kernel_erase_history('registry_organ', %s::bigint[], %s, NULL, %s::jsonb, '保存期限')",
            [[factories.SANTAI], columns, json.dumps(leaves)],
        )


def test_erased_values_are_gone_and_the_seal_still_holds(sealed: date, owner_parameters: dict) -> None:
    erase(owner_parameters)
    with psycopg.connect(**owner_parameters) as connection:
        entry, after = connection.execute(
            "SELECT id, after FROM kernel_historyentry WHERE tracked = 'registry_organ' AND row_id = %s",
            [factories.SANTAI],
        ).fetchone()
        erasures = connection.execute("SELECT entry, columns, rule, actor FROM kernel_historyerasure").fetchall()
    assert "name" not in after
    assert "short_name" in after
    assert erasures == [(entry, ["name"], "保存期限", "到期删除")]
    assert seal.verify() == []


def test_values_erased_at_two_times_leave_the_seal_intact(sealed: date, owner_parameters: dict) -> None:
    erase(owner_parameters)
    erase(owner_parameters, "{short_name}")
    assert seal.verify() == []


def test_what_is_left_of_an_erased_entry_cannot_be_changed_unseen(sealed: date, owner_parameters: dict) -> None:
    erase(owner_parameters)
    tamper(owner_parameters, f"UPDATE kernel_historyentry SET actor = '别人' WHERE row_id = {factories.SANTAI}")
    assert [fault.message for fault in seal.verify()] == ["1 条已删除个人信息的记录又被改动"]


def test_what_was_not_sealed_yet_is_sealed_as_it_was(committed: None, owner_parameters: dict) -> None:
    with acting(factories.PROVINCIAL):
        factories.bureau(factories.SANTAI)
    erase(owner_parameters)
    seal.seal_days(timezone.localdate() + TOMORROW)
    assert seal.verify() == []


def within_the_flag(statement: str) -> None:
    with acting(factories.PROVINCIAL), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('fujing.erasing', 'on', true)")
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT kernel_erase_history('registry_organ', '{1}', '{name}', NULL, '{}', '')",
        "UPDATE kernel_historyentry SET after = '{}'",
        "INSERT INTO kernel_historyerasure (entry) VALUES (1)",
    ],
)
def test_the_application_itself_cannot_erase(sealed: date, statement: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        within_the_flag(statement)


def test_the_flag_alone_opens_no_append_only_table(sealed: date) -> None:
    with acting(factories.PROVINCIAL) as actor:
        decide(
            actor=actor,
            organ_code=factories.SANTAI,
            kind="资格审查",
            subject=Organ.objects.all()[0],
            outcome="合格",
            message="合格",
            provisions=["18"],
        )
    with pytest.raises(DatabaseError, match="只能新增"):
        within_the_flag("UPDATE kernel_decision SET message = ''")
