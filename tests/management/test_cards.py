"""Work cards as the services and the database hold them (Article 26)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.kernel.fields import masked
from fujing.kernel.models import Decision
from fujing.kernel.refusals import NotAllowed, NotFound, Refusal, speaking
from fujing.kernel.todos import counted
from fujing.management.contracts.renewals import EXPIRED
from fujing.management.contracts.services import employment_end
from fujing.management.outfit.models import Card, HandOver
from fujing.management.outfit.queries import card_for, card_shown, card_shown_by_number, cards_to_print, without_card
from fujing.management.outfit.services import (
    card_cancel,
    card_hand_in,
    card_issue,
    card_lose,
    card_photo,
    card_replace,
    card_restore,
    card_revoke,
    card_suspend,
    cards_request,
)
from fujing.management.outfit.todos import OUTFIT
from fujing.recruitment.applications.models import Attachment
from fujing.registry.models import Assignment, Engagement, Person, Post
from tests import factories, world
from tests.factories import SANTAI, YANTING
from tests.management.cards import Store, card_at, face, requested, signed, store, tail
from tests.management.made import PDF, recorded

pytestmark = pytest.mark.django_db
TERM = {"starts": today(), "last_day": today() + timedelta(365)}
VISITOR = Actor(name="访客")


@contextmanager
def refused(words: str) -> Iterator[None]:
    """The database itself says no, in these words."""
    with pytest.raises(Refusal, match=words), speaking(), transaction.atomic():
        yield


def shown(card: Card) -> Any:
    """What a visitor gets who scans the card."""
    with acting(card_reader()):
        code = Card.objects.get(pk=card.pk).code
    with acting(VISITOR):
        return card_shown(code)


def card_reader() -> Actor:
    return factories.territorial(SANTAI)


def test_a_card_goes_from_the_request_to_its_bearer_who_signs_for_it() -> None:
    made = store()
    with acting(made.supply):
        card = requested(made)
        assert (card.number, card.state) == (f"510722{today().year}00001", "requested")
    assert shown(card) is None
    with acting(made.supply):
        card = signed(made, card)
        assert (card.state, card.issued_on) == ("valid", today())
        assert card.hand_over is not None
        kept = HandOver.objects.get(pk=card.hand_over.pk)
        assert card.number in kept.text
        assert kept.text.startswith("本人于")
        assert (kept.signed_as, kept.handed_by_id) == ("王建华", made.supply.account_id)
    found = shown(card)
    assert (found.name, found.category, found.organ) == ("王*华", "勤务", "三台县公安局")
    assert found.name == masked("王建华", "name")


@pytest.mark.parametrize(("name", "seen"), [("王华", "王*"), ("欧阳建华", "欧*建华"), ("阿依·古丽", "阿*·古丽")])
def test_exactly_one_character_of_a_name_is_masked_as_on_every_screen(name: str, seen: str) -> None:
    made = store(name)
    with acting(made.supply):
        card = card_at(made, "valid")
    assert shown(card).name == seen == masked(name, "name")


@pytest.mark.parametrize("state", ["requested", "suspended", "lost", "revoked"])
def test_a_card_that_is_not_valid_answers_as_one_that_never_was(state: str) -> None:
    made = store()
    with acting(made.supply):
        card = card_at(made, state)
    assert shown(card) is None
    with acting(VISITOR):
        assert card_shown("A" * 26) is None
        assert card_shown("") is None
        assert card_shown("A" * 5000) is None
        assert card_shown_by_number(card.number, "王建华") is None


@pytest.mark.parametrize(("starts", "ends", "valid"), [(-10, 0, True), (-10, -1, False), (1, 10, False), (0, 0, True)])
def test_a_card_is_valid_from_its_first_day_to_its_last_both_inclusive(starts: int, ends: int, valid: bool) -> None:
    made = store()
    with acting(made.supply):
        photographed = requested(made)
        card_cancel(actor=made.supply, card=photographed, reason="重做")
        term = DateRange(today() + timedelta(starts), today() + timedelta(ends + 1))
        card = signed(made, saved(made, span=term, photo=photographed.photo))
    assert (shown(card) is not None) is valid


def saved(made: Store, **given: Any) -> Card:
    """A card written by itself, past the service that numbers and judges."""
    said = {"year": 2020, "serial": 99, "number": "510722202000099", "span": DateRange(today(), today() + timedelta(9))}
    row = Card(organ_code=SANTAI, engagement=made.engagement, made_by=made.supply.name, **{**said, **given})
    row.clean()
    row.save()
    return row


def test_the_number_answers_only_whoever_also_knows_the_name() -> None:
    made = store()
    with acting(made.supply):
        card = card_at(made, "valid")
    with acting(VISITOR):
        assert card_shown_by_number(f" {card.number} ", "王建华") is not None
        assert card_shown_by_number(card.number, "王建") is None
        assert card_shown_by_number(card.number[:-1] + "9", "王建华") is None
        assert card_shown_by_number(card.number, "") is None
        assert Card.objects.count() == 0


def test_a_card_of_somebody_who_left_by_a_roster_is_invalid_and_waits_to_be_taken_back(tmp_path: Path) -> None:
    engagement = recorded(tmp_path, 100)
    with acting(factories.PROVINCIAL):
        made = Store(factories.officer(SANTAI, "supply"), factories.officer(SANTAI, "hr_head"), engagement)
    with acting(made.supply):
        card = card_at(made, "valid")
    assert shown(card) is not None
    engaged_as(made, span=DateRange(engagement.span.lower, today()))
    assert shown(card) is None
    with acting(made.supply):
        assert counted(OUTFIT.counts(made.supply))["card_gone"] == (1, today())


def test_the_code_is_sealed_and_found_by_a_keyed_digest_alone() -> None:
    made = store()
    with acting(made.supply):
        card = card_at(made, "valid")
        code = Card.objects.get(pk=card.pk).code
        assert len(code) == 26
        with connection.cursor() as cursor:
            cursor.execute("SELECT row_to_json(c)::text FROM outfit_card c WHERE id = %s", [card.pk])
            dumped = cursor.fetchone()[0]
    assert code not in dumped
    assert code.encode().hex() not in dumped


def test_cards_are_requested_for_several_at_once_with_numbers_that_follow() -> None:
    first, second = store("甲"), store("乙")
    with acting(first.supply):
        people = [first.engagement.pk, second.engagement.pk]
        assert set(without_card(first.supply).values_list("pk", flat=True)) >= set(people)
        cards = cards_request(actor=first.supply, engagements=people, **TERM)
        assert [each.serial for each in cards] == [1, 2]
        assert not set(without_card(first.supply).values_list("pk", flat=True)) & set(people)
        with pytest.raises(Refusal, match="甲：已有工作证或者正在制证"):
            cards_request(actor=first.supply, engagements=people, **TERM)
        assert list(cards_to_print(first.supply)) == []
        with pytest.raises(Refusal, match="还没有照片"):
            card_issue(actor=first.supply, card=cards[0], signed_as="甲", id_tail=tail(first.engagement))
        with refused("有照片并由本人签收"):
            Card.objects.filter(pk=cards[0].pk).update(state="valid", issued_on=today())


def test_only_ones_own_name_and_number_sign() -> None:
    made = store()
    with acting(made.supply):
        card = requested(made)
        for name, digits, field in (("王建", tail(made.engagement), "signed_as"), ("王建华", "0000", "id_tail")):
            with pytest.raises(Refusal) as told:
                card_issue(actor=made.supply, card=card, signed_as=name, id_tail=digits)
            assert list(told.value.errors) == [field]
        with refused("签收人应是本人"):
            row = HandOver(
                organ_code=SANTAI, engagement=made.engagement, text="收到", signed_as="别人", signed_on="officer"
            )
            row.clean()
            row.save()
        card = signed(made, card)
        with refused("只能新增"):
            HandOver.objects.filter(pk=card.hand_over_id).update(text="什么也没收到")


def receipt(made: Store) -> HandOver:
    """What the bearer signed, before it stands on a card."""
    kept = HandOver(organ_code=SANTAI, engagement=made.engagement, text="收到", signed_as="王建华", signed_on="officer")
    kept.clean()
    kept.save()
    return kept


def test_nobody_has_two_cards_at_a_time_also_for_the_database() -> None:
    made = store()
    with acting(made.supply):
        old = card_at(made, "valid")
        new = card_replace(actor=made.supply, card=old, **TERM)
        card_photo(actor=made.supply, card=new, upload=face())
        with pytest.raises(Refusal, match=f"旧证{old.number}还没有收回"):
            signed(made, new)
        with pytest.raises(Refusal, match="已经为工作证"):
            card_replace(actor=made.supply, card=old, **TERM)
        kept = receipt(made)
        with refused("只能有一张有效的工作证"):
            Card.objects.filter(pk=new.pk).update(state="valid", issued_on=today(), hand_over=kept)
        with refused("正待发放"):
            saved(made)
        card_revoke(actor=made.supply, card=old, reason="换发新证，旧证交回")
        assert signed(made, new).state == "valid"
    assert shown(old) is None
    assert shown(new) is not None


@pytest.mark.parametrize("lacks", ["photo", "hand_over", "issued_on"])
def test_a_card_without_photo_or_signature_is_none_to_work_with_also_for_the_database(lacks: str) -> None:
    made = store()
    with acting(made.supply):
        card = card_at(made, "requested")
        card_photo(actor=made.supply, card=card, upload=face())
        kept = receipt(made)
        whole = {"photo": card.photo_id, "hand_over": kept.pk, "issued_on": today()}
        with refused("有照片并由本人签收以后才能使用"):
            Card.objects.filter(pk=card.pk).update(state="valid", **whole | {lacks: None})
        assert Card.objects.filter(pk=card.pk).update(state="valid", **whole)


def test_a_lost_card_is_replaced_and_what_turns_up_is_handed_in() -> None:
    made = store()
    with acting(made.supply):
        lost = card_at(made, "lost")
        assert counted(OUTFIT.counts(made.supply))["card_without"][0] >= 1
        new = card_replace(actor=made.supply, card=lost, **TERM)
        assert new.number != lost.number
        found = card_hand_in(actor=made.supply, card=lost, reason="群众拾得交回")
        assert (found.state, found.ended_on) == ("revoked", lost.ended_on)
        with pytest.raises(Refusal, match="已注销"):
            card_replace(actor=made.supply, card=found, **TERM)


def test_personnel_stops_a_card_with_the_duty_and_the_decision_stays() -> None:
    made = store()
    with acting(made.supply):
        card = card_at(made, "valid")
        with pytest.raises(NotAllowed):
            card_suspend(actor=made.supply, card=card, reason="停止执勤")
    with acting(made.head):
        with pytest.raises(Refusal, match="请写明事由"):
            card_suspend(actor=made.head, card=card, reason="  ")
        card = card_suspend(actor=made.head, card=card, reason="停止执勤，接受调查")
        with refused("应写明事由"):
            Card.objects.filter(pk=card.pk).update(why=" ")
        card = card_restore(actor=made.head, card=card, reason="调查结束")
        told = list(Decision.objects.filter(person_id=card.person_id).order_by("pk").values_list("kind", flat=True))
        assert told == ["停用工作证", "恢复工作证"]
    assert shown(card) is not None


def test_only_the_own_bureau_handles_cards_and_others_do_not_know_of_them() -> None:
    made = store()
    with acting(factories.PROVINCIAL):
        factories.bureau(YANTING)
        city, county = (factories.officer(code, "hr_head") for code in (factories.MIANYANG, YANTING))
    with acting(made.supply):
        card = card_at(made, "valid")
    with acting(city):
        assert card_for(city, card.pk) == card
        with pytest.raises(NotAllowed, match="由管理此人的公安机关办理"):
            card_lose(actor=city, card=card, reason="遗失")
        with pytest.raises(Refusal, match="不是本机关的"):
            cards_request(actor=city, engagements=[made.engagement.pk], **TERM)
    with acting(county), pytest.raises(NotFound):
        card_for(county, card.pk)
    police = replace(made.supply, roles=frozenset({"police_officer"}))
    with acting(police), pytest.raises(NotAllowed):
        card_lose(actor=police, card=card, reason="遗失")


def engaged_as(made: Store, **changes: Any) -> None:
    with acting(factories.PROVINCIAL):
        Engagement.objects.filter(pk=made.engagement.pk).update(**changes)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"source": "service", "span": DateRange(date(2021, 3, 1), None)}, "购买服务方式"),
        ({"span": DateRange(today() + timedelta(1), None)}, "不在职|才入职"),
    ],
)
def test_who_is_no_auxiliary_in_service_gets_no_card_also_for_the_database(changes: dict[str, Any], words: str) -> None:
    made = store()
    with acting(made.supply):
        photographed = requested(made)
        card_cancel(actor=made.supply, card=photographed, reason="重做")
    engaged_as(made, **changes)
    with acting(made.supply):
        assert made.engagement.pk not in set(without_card(made.supply).values_list("pk", flat=True))
        with pytest.raises(Refusal, match=words):
            cards_request(actor=made.supply, engagements=[made.engagement.pk], **TERM)
        with refused(words):
            saved(made)


def test_purchased_service_from_before_the_measures_is_managed_under_them() -> None:
    made = store()
    engaged_as(made, source="service", span=DateRange(date(2021, 2, 28), None))
    with acting(made.supply):
        assert card_at(made, "valid").state == "valid"


def test_who_serves_on_a_kitchen_post_is_none_also_for_the_database() -> None:
    made = store()
    with acting(factories.PROVINCIAL):
        post = Post.objects.create(organ_code=SANTAI, unit=factories.unit(SANTAI), name="食堂帮厨", category="field")
        place = Assignment(
            organ_code=SANTAI, engagement=made.engagement, unit=post.unit, post=post, span=DateRange(today(), None)
        )
        place.clean()
        place.save()
    with acting(made.supply):
        with pytest.raises(Refusal, match="写有“食堂”，不属于警务辅助人员"):
            cards_request(actor=made.supply, engagements=[made.engagement.pk], **TERM)
        with refused("写有“食堂”"):
            saved(made)


@pytest.mark.parametrize(
    "change",
    [
        {"number": "510722202699999"},
        {"span": DateRange(today(), today() + timedelta(3000))},
        {"issued_on": today() - timedelta(3)},
        {"code_index": b"0" * 32},
        {"photo": None},
    ],
)
def test_what_is_printed_stays_as_it_is_printed(change: dict[str, Any]) -> None:
    made = store()
    with acting(made.supply):
        card = card_at(made, "valid")
        with refused("印的内容不得改动"):
            Card.objects.filter(pk=card.pk).update(**change)
        with refused("不得删除"):
            Card.objects.filter(pk=card.pk).delete()


def test_a_number_or_a_code_is_never_used_again() -> None:
    first, second = store("甲"), store("乙")
    with acting(first.supply):
        card = requested(first)
        for taken, words in (
            ({"number": card.number}, "编号已经使用"),
            ({"year": card.year, "serial": card.serial}, "编号已经使用"),
            ({"code": Card.objects.get(pk=card.pk).code}, "查验码已经使用"),
        ):
            with refused(words):
                saved(second, **taken)
        assert saved(second).pk


def test_a_card_needs_a_term_and_its_end_a_day() -> None:
    made = store()
    with acting(made.supply):
        card = card_at(made, "valid")
        with refused("应写明日期"):
            Card.objects.filter(pk=card.pk).update(state="lost", why="遗失")
        for term, field in (
            ({"starts": today() + timedelta(40), "last_day": today() + timedelta(400)}, "starts"),
            ({"starts": today(), "last_day": today() - timedelta(1)}, "last_day"),
            ({"starts": today(), "last_day": today() + timedelta(4000)}, "last_day"),
        ):
            with pytest.raises(Refusal) as told:
                cards_request(actor=made.supply, engagements=[made.engagement.pk], **term)
            assert list(told.value.errors) == [field]
        card_revoke(actor=made.supply, card=card, reason="交回")
        with refused("应有起止日期"):
            saved(made, span=DateRange(today(), None))


def test_only_a_picture_is_a_photo() -> None:
    made = store()
    with acting(made.supply):
        card = requested(made)
        for name, content, words in (("照片.docx", b"PK\x03\x04", "照片应为"), ("照片.pdf", PDF, "打不开")):
            with pytest.raises(Refusal, match=words):
                card_photo(actor=made.supply, card=card, upload=SimpleUploadedFile(name, content))
        card = signed(made, card)
        with pytest.raises(Refusal, match="已经发放"):
            card_photo(actor=made.supply, card=card, upload=face())


def ended(made: Store) -> None:
    """The employment ended past every service, as it is at commit."""
    span = DateRange(made.engagement.span.lower, today() + timedelta(1))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS engagement_hands_in IMMEDIATE")
    Engagement.objects.filter(pk=made.engagement.pk).update(span=span, exit_kind=EXPIRED)


@pytest.mark.parametrize("state", ["requested", "valid", "suspended"])
def test_no_employment_ends_while_its_card_is_out_also_for_the_database(state: str) -> None:
    made = store()
    exit_by = {"after": today() + timedelta(1), "exit_kind": EXPIRED, "exit_note": "合同期满"}
    with acting(made.supply):
        card = card_at(made, state)
    with acting(made.head):
        with pytest.raises(Refusal, match=f"工作证{card.number}还没有收回"):
            employment_end(engagement=made.engagement, **exit_by)
        with refused(f"工作证{card.number}还没有收回"):
            ended(made)
        away = card_cancel if state == "requested" else card_revoke
        away(actor=made.head, card=card, reason="离职交回")
        factories.run_out(made.engagement, today() + timedelta(1))
        with pytest.raises(Refusal, match="不在职"), speaking(), transaction.atomic():
            saved(made)


def test_a_person_reads_only_their_own_card() -> None:
    mine, other = store("甲"), store("乙")
    with acting(mine.supply):
        card, _ = card_at(mine, "valid"), card_at(other, "valid")
    own = Actor(name="甲", account_id=7, person_id=mine.engagement.person_id)
    with acting(own):
        assert [each.pk for each in Card.objects.all()] == [card.pk]
        assert HandOver.objects.count() == 1
        assert Person.objects.count() == 1


def test_the_photo_with_which_somebody_applied_is_taken_over() -> None:
    county = world.finish(world.county(SANTAI, "三台某", 101))
    with acting(county.hr):
        photo = Attachment.objects.get(application=county.application, kind="photo").file_id
        assert Card.objects.get(engagement=county.engagement).photo_id == photo
