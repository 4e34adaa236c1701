"""The kernel's guarantees, broken on purpose."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from fujing.kernel import cipher
from fujing.kernel.actor import Actor, acting
from fujing.kernel.fields import masked
from fujing.kernel.models import Decision, HistoryEntry
from fujing.kernel.refusals import Refusal, speaking
from fujing.registry.models import Organ, Post


def actor_in(lo: int, hi: int, name: str = "经办") -> Actor:
    return Actor(name=name, account_id=1, roles=frozenset({"hr_officer"}), organ_code=lo, lo=lo, hi=hi)


SANTAI = (510722000000, 510722999999)
YANTING = (510723000000, 510723999999)


@pytest.fixture
def bureaus(province: Actor) -> None:
    for code, name in [(SANTAI[0], "三台县公安局"), (YANTING[0], "盐亭县公安局")]:
        Organ.objects.create(code=code, name=name, short_name=name, kind="public_security", level="county")


def make_post(code: int) -> Post:
    return Post.objects.create(organ_code=code, unit_id=code, name="巡逻", category="field")


def test_tests_run_as_the_application_role(province: Actor) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("fujing_app", False, False)


def test_a_county_sees_only_its_own_rows(bureaus: None) -> None:
    make_post(SANTAI[0])
    make_post(YANTING[0])
    with acting(actor_in(*SANTAI)):
        assert [post.organ_code for post in Post.objects.all()] == [SANTAI[0]]


def test_without_a_territory_there_are_no_rows(bureaus: None) -> None:
    make_post(SANTAI[0])
    with acting(Actor(name="无辖区")):
        assert Post.objects.count() == 0


def test_writing_into_another_territory_is_refused(bureaus: None) -> None:
    with acting(actor_in(*SANTAI)), pytest.raises(DatabaseError), transaction.atomic():
        make_post(YANTING[0])


def test_a_change_leaves_who_why_and_what(bureaus: None) -> None:
    post = make_post(SANTAI[0])
    with acting(Actor(name="李经办", account_id=7, lo=SANTAI[0], hi=SANTAI[1], reason="更名")):
        Post.objects.filter(pk=post.pk).update(name="特巡")
        entry = HistoryEntry.objects.get(tracked="registry_post", row_id=post.pk, operation="update")
    assert (entry.actor, entry.account_id, entry.reason) == ("李经办", 7, "更名")
    assert (entry.before, entry.after) == ({"name": "巡逻"}, {"name": "特巡"})


def test_a_write_without_an_actor_is_refused(bureaus: None) -> None:
    with (
        acting(Actor(name="", lo=SANTAI[0], hi=SANTAI[1])),
        pytest.raises(Refusal, match="办理人"),
        speaking(),
        transaction.atomic(),
    ):
        make_post(SANTAI[0])


def test_history_can_not_be_changed_added_or_deleted_by_hand(bureaus: None) -> None:
    post = make_post(SANTAI[0])
    for statement in (
        "UPDATE kernel_historyentry SET actor = 'x'",
        "DELETE FROM kernel_historyentry",
        "INSERT INTO kernel_historyentry (at, tracked, operation, actor) VALUES (now(), 'x', 'insert', 'x')",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert HistoryEntry.objects.filter(row_id=post.pk, tracked="registry_post").count() == 1


def test_a_read_only_request_can_not_write(bureaus: None) -> None:
    with acting(actor_in(*SANTAI), read_only=True), pytest.raises(DatabaseError), transaction.atomic():
        make_post(SANTAI[0])
    make_post(SANTAI[0])


def test_a_decision_once_made_stays(province: Actor, bureaus: None) -> None:
    Decision.objects.create(
        organ_code=SANTAI[0],
        kind="试",
        subject_table="x",
        subject_id=1,
        outcome="o",
        message="m",
        provisions=["18.3"],
        decided_by="x",
    )
    with pytest.raises(Refusal, match="只能新增"), speaking(), transaction.atomic():
        Decision.objects.update(outcome="changed")


def test_a_constraint_speaks_in_sentences(bureaus: None) -> None:
    make_post(SANTAI[0])
    with pytest.raises(Refusal, match="已有同名岗位"), speaking(), transaction.atomic():
        make_post(SANTAI[0])


@pytest.mark.parametrize(
    ("field", "value", "said"), [("category", "长" * 300, "文字超过"), ("unit_id", 10**30, "数字超过")]
)
def test_what_fits_no_column_is_said_in_a_sentence(bureaus: None, field: str, value: object, said: str) -> None:
    make_post(SANTAI[0])
    with pytest.raises(Refusal, match=said), speaking(), transaction.atomic():
        Post.objects.update(**{field: value})


def test_encryption_hides_and_returns_and_notices_tampering() -> None:
    first, second = cipher.encrypt("510722199001011234"), cipher.encrypt("510722199001011234")
    assert first != second
    assert cipher.decrypt(first) == "510722199001011234"
    assert cipher.blind(" 51072219900101123x ") == cipher.blind("51072219900101123X")
    broken = first[:-1] + bytes([first[-1] ^ 1])
    with pytest.raises(cipher.Undecipherable):
        cipher.decrypt(broken)


def test_masks_keep_only_what_is_needed() -> None:
    assert masked("510722199001011234", "id_number") == "5107**********1234"
    assert masked("13812345678", "phone") == "138****5678"
    assert masked("王建华", "name") == "王*华"
