"""Quota goes down step by step and never beyond what was given (6.p1, 6.p2)."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction

from fujing.general.quota.models import QuotaAccount, QuotaEntry
from fujing.general.quota.queries import ledger_of, quota_of, quota_on
from fujing.general.quota.services import quota_grant, quota_move, quota_reserve, quota_withdraw
from fujing.general.quota.states import QUOTA_ROLES
from fujing.kernel.actor import Actor, acting
from fujing.kernel.refusals import NotAllowed, Refusal, speaking
from fujing.registry.models import Engagement
from fujing.registry.states import Role
from tests import factories
from tests.factories import MIANYANG, PROVINCE, SANTAI, YANTING, bureau, territorial

PAPER = {"document_number": "绵编发〔2025〕2号", "document_date": date(2025, 6, 1), "reason": "调整"}
CITY = territorial(MIANYANG, "hr_head")
CHENGDU = 510100000000


def grant(actor: Actor, code: int, amount: int) -> None:
    with acting(actor):
        quota_grant(actor=actor, organ=bureau(code), amount=amount, **PAPER)


def withdraw(actor: Actor, code: int, amount: int) -> None:
    with acting(actor):
        quota_withdraw(actor=actor, organ=bureau(code), amount=amount, **PAPER)


def move(actor: Actor, giver: int, taker: int, amount: int) -> None:
    with acting(actor):
        quota_move(actor=actor, giver=bureau(giver), taker=bureau(taker), amount=amount, **PAPER)


@pytest.fixture
def counties(province: Actor) -> None:
    """Santai holds 5 of which 3 serve, Yanting 2; the city has passed everything down."""
    factories.quota(SANTAI, 5)
    factories.quota(YANTING, 2)
    bureau(CHENGDU)
    for _ in range(3):
        factories.engagement(factories.person(SANTAI))


@pytest.mark.parametrize("role", Role.values)
def test_only_heads_and_leaders_change_quota(role: str, counties: None) -> None:
    actor = territorial(MIANYANG, role)
    acts = [
        lambda: withdraw(actor, YANTING, 1),
        lambda: grant(actor, YANTING, 1),
        lambda: move(actor, SANTAI, YANTING, 1),
    ]
    for attempt in acts:
        if role in QUOTA_ROLES:
            attempt()
        else:
            with pytest.raises(NotAllowed):
                attempt()


def test_a_superior_passes_down_no_more_than_it_has(counties: None) -> None:
    with pytest.raises(Refusal, match="可下达额度为 0 人，不能下达 1 人") as refused:
        grant(CITY, SANTAI, 1)
    assert (refused.value.provisions, list(refused.value.errors)) == (("6.p1",), ["amount"])
    assert quota_of(SANTAI).granted == 5


@pytest.mark.parametrize("giver", [PROVINCE, SANTAI])
def test_only_the_direct_superior_grants(counties: None, giver: int) -> None:
    with pytest.raises(Refusal):
        grant(territorial(giver, "hr_head"), SANTAI, 1)


def test_a_donor_keeps_what_serves(counties: None) -> None:
    with pytest.raises(Refusal, match="空余额度为 2 人，调出 3 人"):
        move(CITY, SANTAI, YANTING, 3)
    with pytest.raises(Refusal, match="空余额度为 2 人，不能收回 3 人"):
        withdraw(CITY, SANTAI, 3)
    move(CITY, SANTAI, YANTING, 2)
    assert (quota_of(SANTAI).free, quota_of(YANTING).granted) == (0, 4)


@pytest.mark.parametrize(
    ("actor", "giver", "taker", "why"),
    [
        (CITY, SANTAI, CHENGDU, "不在本机关辖区内"),
        (territorial(SANTAI, "hr_head"), SANTAI, YANTING, "不在本机关辖区内"),
        (CITY, SANTAI, SANTAI, "同一上级"),
        (CITY, MIANYANG, SANTAI, "同一上级"),
        (territorial(CHENGDU, "hr_head"), SANTAI, YANTING, "不在本机关辖区内"),
    ],
)
def test_quota_moves_only_inside_the_actors_territory(
    counties: None, actor: Actor, giver: int, taker: int, why: str
) -> None:
    with pytest.raises(Refusal, match=why) as refused:
        move(actor, giver, taker, 1)
    assert refused.value.provisions == ("6.p2",)


def test_the_province_moves_between_cities_and_counties(counties: None) -> None:
    province = territorial(PROVINCE, "organ_leader")
    move(province, SANTAI, YANTING, 1)
    withdraw(province, YANTING, 1)
    move(province, MIANYANG, CHENGDU, 1)
    assert quota_of(CHENGDU).granted == 1


def test_a_station_holds_no_quota(counties: None) -> None:
    station = factories.unit(SANTAI)
    with pytest.raises(Refusal, match="不是公安机关"), acting(CITY):
        quota_grant(actor=CITY, organ=station, amount=1, **PAPER)


@pytest.mark.parametrize("amount", [0, -1])
def test_an_amount_is_positive(counties: None, amount: int) -> None:
    for attempt in (lambda: grant(CITY, SANTAI, amount), lambda: withdraw(CITY, SANTAI, amount)):
        with pytest.raises(Refusal, match="正整数"):
            attempt()


@pytest.mark.parametrize("field", ["passed_down", "in_service", "reserved"])
def test_the_database_refuses_more_use_than_quota(counties: None, field: str) -> None:
    with pytest.raises(Refusal, match="超出用人额度") as refused, speaking(), transaction.atomic():
        QuotaAccount.objects.filter(pk=SANTAI).update(**{field: 6})
    assert refused.value.provisions == ("6.p1", "6.p2")


def test_a_promise_counts_like_a_person(counties: None) -> None:
    head = territorial(SANTAI, "hr_head")
    with acting(head):
        quota_reserve(actor=head, organ_code=SANTAI, count=2)
    with pytest.raises(Refusal, match="空余用人额度为 0 人") as refused, acting(head):
        quota_reserve(actor=head, organ_code=SANTAI, count=1)
    assert refused.value.provisions == ("16.p2",)
    with pytest.raises(Refusal, match="超出用人额度"), speaking(), transaction.atomic():
        factories.engagement(factories.person(SANTAI))


def test_who_leaves_gives_the_place_back(counties: None) -> None:
    factories.run_out(Engagement.objects.earliest("pk"), date(2026, 1, 1))
    assert (quota_of(SANTAI).in_service, quota_of(SANTAI).free) == (2, 3)


def test_an_engagement_does_not_change_its_bureau(counties: None) -> None:
    with pytest.raises(Refusal, match="不能改换管理机关") as refused, speaking(), transaction.atomic():
        Engagement.objects.update(organ_code=YANTING)
    assert refused.value.provisions == ("5.p1",)


def test_nobody_is_engaged_where_no_quota_was_given(province: Actor) -> None:
    with pytest.raises(Refusal, match="没有用人额度") as refused, speaking(), transaction.atomic():
        factories.engagement(factories.person(SANTAI))
    assert refused.value.provisions == ("6.p1",)


def test_the_ledger_tells_the_balance_of_any_day(counties: None) -> None:
    move(CITY, SANTAI, YANTING, 2)
    days = [date(2025, 1, 9), date(2025, 1, 10), date(2025, 5, 31), date(2025, 6, 1)]
    assert [quota_on(SANTAI, day) for day in days] == [0, 5, 5, 3]
    newest = ledger_of(SANTAI)[0]
    assert (newest.amount, newest.counterpart_code, newest.document_number) == (-2, YANTING, "绵编发〔2025〕2号")


def test_the_ledger_is_never_rewritten(counties: None) -> None:
    for attempt in (lambda: QuotaEntry.objects.update(amount=9), QuotaEntry.objects.all().delete):
        with pytest.raises(Refusal, match="只能新增"), speaking(), transaction.atomic():
            attempt()


def test_a_line_of_nothing_is_refused(counties: None) -> None:
    with pytest.raises(Refusal, match="不能为零"), speaking(), transaction.atomic():
        QuotaEntry.objects.create(organ_code=SANTAI, kind="grant", amount=0, made_by="x", **PAPER)


def test_a_county_reads_only_its_own_quota(counties: None) -> None:
    with acting(territorial(SANTAI)):
        assert set(QuotaAccount.objects.values_list("pk", flat=True)) == {SANTAI}
        assert set(QuotaEntry.objects.values_list("organ_code", flat=True)) == {SANTAI}
