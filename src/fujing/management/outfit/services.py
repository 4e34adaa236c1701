"""Work cards: one function an act."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.core.files.uploadedfile import UploadedFile
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Max

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.decisions import decide
from fujing.kernel.files import file_store
from fujing.kernel.locks import locked, relocked
from fujing.kernel.papers import chinese_date
from fujing.kernel.pictures import handed_in
from fujing.kernel.refusals import Refusal, stated
from fujing.law.outfit.cards import LONGEST_YEARS
from fujing.law.periods import months_later
from fujing.management.outfit.models import Card, HandOver
from fujing.management.outfit.policies import check_handle_outfit, check_stop_card
from fujing.management.outfit.queries import MOST, due, excluded_words, others_held, photos_known, with_card
from fujing.management.outfit.states import CARD, HELD, CardState, SignedOn
from fujing.registry.models import Engagement, Organ, Person
from fujing.registry.queries import names_of
from fujing.registry.search import spellings

MOVING = ("state", "why", "ended_on", "changed_by")


def cards_request(
    *, actor: Actor, engagements: Sequence[int], starts: date, last_day: date, replaces: Card | None = None
) -> list[Card]:
    """Have cards made for people of the own bureau, valid from `starts` to `last_day`, both inclusive; all or nobody.

    Numbers follow one another by bureau and year; the photo of an application is taken over. `replaces`: the card in
    whose place the only one comes; it may still be in use until the new one is handed over.
    """
    organ = actor.organ_code or 0
    check_handle_outfit(actor, organ)
    if not engagements or len(set(engagements)) > MOST:
        raise Refusal(f"请选择人员，一次最多 {MOST} 人。")
    _check_term(starts, last_day)
    # Whoever takes the bureau's next number waits here for whoever took the last.
    locked(Organ.objects.filter(pk=organ))
    rows = Engagement.objects.filter(pk__in=engagements, organ_code=organ)
    people = locked(rows.select_related("person"))
    if len(people) != len(set(engagements)):
        raise Refusal("名单有变动：所选的人有的不是本机关的。请重新打开本页。", provisions=("26",))
    words = excluded_words(rows)
    held = set() if replaces else with_card(people)
    faults = [f"{each.person.name}：{said}" for each in people if (said := _fault(each, words[each.pk], held, today()))]
    if faults:
        raise Refusal(f"没有申领。{'；'.join(faults)}。", provisions=("26",))
    photos = photos_known([each.pk for each in people])
    first = _next_serial(organ, starts.year)
    cards = [
        _card(actor, each, first + place, DateRange(starts, last_day + timedelta(1)))
        for place, each in enumerate(people)
    ]
    for card in cards:
        card.photo, card.replaces = photos.get(card.engagement_id), replaces
        card.clean()
        card.save()
    return cards


def _check_term(starts: date, last_day: date) -> None:
    errors = {}
    if starts > today() + timedelta(31) or starts < today() - timedelta(31):
        errors["starts"] = ["起始日期与今天相差不超过三十一日。"]
    if last_day < max(starts, today()):
        errors["last_day"] = ["有效期应在起始日期和今天以后。"]
    elif last_day > months_later(starts, 12 * LONGEST_YEARS):
        errors["last_day"] = [f"有效期最长 {LONGEST_YEARS} 年。"]
    if errors:
        raise Refusal("没有申领。", provisions=("26",), errors=errors)


def _fault(engagement: Engagement, words: str, held: set[int], day: date) -> str:
    """Why somebody gets no card; empty if they do."""
    said = due(engagement, words, day)
    if not said.holds:
        return said.because
    return "已有工作证或者正在制证" if engagement.pk in held else ""


def _next_serial(organ_code: int, year: int) -> int:
    rows = Card.objects.filter(organ_code=organ_code, year=year)
    return (rows.aggregate(last=Max("serial"))["last"] or 0) + 1


def card_number(organ_code: int, year: int, serial: int) -> str:
    """The number that is printed: the bureau's division, the year, and so many digits of its own."""
    return f"{organ_code // 10**6}{year}{serial:05d}"


def _card(actor: Actor, engagement: Engagement, serial: int, span: DateRange) -> Card:
    year = span.lower.year
    return Card(
        organ_code=engagement.organ_code,
        engagement=engagement,
        year=year,
        serial=serial,
        number=card_number(engagement.organ_code, year, serial),
        span=span,
        made_by=actor.name,
    )


def card_replace(*, actor: Actor, card: Card, starts: date, last_day: date) -> Card:
    """Have a new card made in the place of one that was lost, is worn, or ends: another number and another code."""
    check_handle_outfit(actor, card.organ_code)
    card = relocked(card)
    if card.state not in (*HELD, CardState.LOST):
        raise Refusal(
            f"工作证{card.number}{card.get_state_display()}，不能换发；没有证的可以直接申领。", provisions=("26",)
        )
    if hasattr(card, "replaced"):
        raise Refusal(f"已经为工作证{card.number}申领了新证{card.replaced.number}。", provisions=("26",))
    (made,) = cards_request(
        actor=actor, engagements=[card.engagement_id], starts=starts, last_day=last_day, replaces=card
    )
    return made


def card_photo(*, actor: Actor, card: Card, upload: UploadedFile) -> Card:
    """Put the photo on a card that was not handed over yet; pictures only."""
    check_handle_outfit(actor, card.organ_code)
    card = relocked(card)
    if card.state != CardState.REQUESTED:
        raise Refusal("工作证已经发放，照片不再改动，需要的申领新证。", provisions=("26",))
    stored = file_store(actor=actor, organ_code=card.organ_code, upload=handed_in(upload))
    if not stored.content_type.startswith("image/"):
        text = "照片应为 JPG 或者 PNG 图片。"
        raise Refusal(text, errors={"upload": [text]})
    card.photo = stored
    card.save(update_fields=["photo"])
    return card


def hand_over_text(card: Card) -> str:
    """What the bearer puts their name to."""
    organ = names_of([card.organ_code])[card.organ_code]
    last_day = chinese_date(card.span.upper - timedelta(1))
    return (
        f"本人于{chinese_date(today())}收到{organ}发放的警务辅助人员工作证一张，编号{card.number}，"
        f"有效期至{last_day}。本人妥善保管，持证上岗，不转借、不涂改；遗失的立即报告，离职时交回。"
    )


def hand_over(
    *, actor: Actor, engagement: Engagement, text: str, signed_as: str, id_tail: str, signed_on: str = SignedOn.OFFICER
) -> HandOver:
    """Keep what somebody signed for, word for word: with their own name and the last four characters of their number."""
    check_handle_outfit(actor, engagement.organ_code)
    person, errors = engagement.person, {}
    if person.name not in spellings(signed_as):
        errors["signed_as"] = ["签收人应是本人，姓名与档案一致。"]
    if not Person.objects.filter(pk=person.pk, id_tail_index=id_tail).exists():
        errors["id_tail"] = ["与本人公民身份号码的后四位不一致。"]
    if errors:
        raise Refusal("没有签收。", provisions=("26",), errors=errors)
    made = HandOver(
        organ_code=engagement.organ_code,
        engagement=engagement,
        text=text,
        signed_as=person.name,
        signed_on=signed_on,
        handed_by=actor.name,
    )
    made.clean()
    made.save()
    return made


def card_issue(*, actor: Actor, card: Card, signed_as: str, id_tail: str) -> Card:
    """Hand a card to its bearer, who signs for it on the officer's device; from now on it is valid.

    Refused without a photo, and as long as another card is in the person's hands.
    """
    check_handle_outfit(actor, card.organ_code)
    card = relocked(card)
    move = CARD.check(actor, card.state, "issue")
    if card.photo_id is None:
        raise Refusal("还没有照片，请先上传照片再发放。", provisions=("26",))
    if others := others_held(card):
        raise Refusal(f"旧证{'、'.join(others)}还没有收回或者挂失，办理以后再发放新证。", provisions=("26",))
    card.hand_over = hand_over(
        actor=actor, engagement=card.engagement, text=hand_over_text(card), signed_as=signed_as, id_tail=id_tail
    )
    card.state, card.issued_on, card.changed_by = move.target, today(), actor.name
    card.save(update_fields=["state", "issued_on", "hand_over", "changed_by"])
    return card


def card_suspend(*, actor: Actor, card: Card, reason: str) -> Card:
    """Stop a card while its bearer does no duty."""
    check_stop_card(actor, card.organ_code)
    card = _moved(actor, card, "suspend", reason)
    _told(actor, card, "停用工作证", f"工作证{card.number}停用：{card.why}")
    return card


def card_restore(*, actor: Actor, card: Card, reason: str) -> Card:
    """Let a stopped card be used again."""
    check_stop_card(actor, card.organ_code)
    card = _moved(actor, card, "restore", reason)
    _told(actor, card, "恢复工作证", f"工作证{card.number}恢复使用：{card.why}")
    return card


def card_lose(*, actor: Actor, card: Card, reason: str) -> Card:
    """Report a card as lost: it is invalid at once and for good."""
    check_handle_outfit(actor, card.organ_code)
    return _moved(actor, card, "lose", reason)


def card_revoke(*, actor: Actor, card: Card, reason: str) -> Card:
    """Take a card back."""
    check_handle_outfit(actor, card.organ_code)
    return _moved(actor, card, "revoke", reason)


def card_cancel(*, actor: Actor, card: Card, reason: str) -> Card:
    """Give up a card that was not handed over."""
    check_handle_outfit(actor, card.organ_code)
    return _moved(actor, card, "cancel", reason)


def card_hand_in(*, actor: Actor, card: Card, reason: str) -> Card:
    """Take in a card that was found after it had been reported as lost."""
    check_handle_outfit(actor, card.organ_code)
    return _moved(actor, card, "hand_in", reason)


def _moved(actor: Actor, card: Card, verb: str, reason: str) -> Card:
    card = relocked(card)
    move = CARD.check(actor, card.state, verb)
    reason = stated(reason, "reason", "请写明事由。", provisions=("26",))
    card.state, card.why, card.changed_by = move.target, reason, actor.name
    ended = card.state in (CardState.LOST, CardState.REVOKED)
    card.ended_on = (card.ended_on or today()) if ended else None
    card.save(update_fields=MOVING)
    return card


def _told(actor: Actor, card: Card, kind: str, message: str) -> None:
    decide(
        actor=actor,
        organ_code=card.organ_code,
        kind=kind,
        subject=card,
        outcome=card.get_state_display(),
        message=message,
        provisions=["26"],
        person_id=card.person_id,
    )
