"""Reading work cards as somebody, and what a card answers to anybody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import CharField, Exists, F, Func, OuterRef, Q, QuerySet

from fujing.kernel import cipher
from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.models import StoredFile
from fujing.kernel.refusals import existing
from fujing.law.contracts import Said
from fujing.law.outfit.cards import card_due
from fujing.law.parameters import Parameters
from fujing.law.provisions import measures
from fujing.management.outfit.models import Card
from fujing.management.outfit.models.cards import CODE_CONTEXT, CODE_LENGTH
from fujing.management.outfit.states import HELD, OPEN, CardState
from fujing.recruitment.applications.models import Attachment
from fujing.registry.models import Engagement, Person
from fujing.registry.roster import Narrowing, roster_rows
from fujing.registry.states import Category, Source

MOST = 200
"""Cards that are requested, or printed, in one act."""
MOST_TYPED = 60
"""Characters of a number or name that are looked up at most; longer ones are none of ours."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a valid card says to whoever asks: the name with one character masked, category, organ; nothing else."""

    name: str
    category: str
    organ: str


def card_shown(code: str) -> Shown | None:
    """Whom a scanned code shows; None for a code that is unknown, stopped, lost, revoked or out of date alike.

    Whatever was sent is digested once and looked up once, so that no answer comes sooner than another.
    """
    digest = cipher.blind(code[:CODE_LENGTH] if len(code) == CODE_LENGTH else "", CODE_CONTEXT)
    return _shown("SELECT * FROM outfit_card_by_code(%s)", [digest])


def card_shown_by_number(number: str, name: str) -> Shown | None:
    """Whom a printed number shows to somebody who also knows the name."""
    typed = [each.strip()[: MOST_TYPED + 1] for each in (number.upper(), name)]
    return _shown("SELECT * FROM outfit_card_by_number(%s, %s)", typed)


def _shown(statement: str, values: list[Any]) -> Shown | None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
    return Shown(row[0], str(Category(row[1]).label), row[2]) if row else None


def cards_for(actor: Actor) -> QuerySet[Card]:
    """Cards of the actor's territory, the newest first, without what their codes hold."""
    rows = Card.objects.filter(organ_code__range=actor.territory)
    return rows.select_related("engagement__person").defer("code").order_by("-pk")


def card_for(actor: Actor, card_id: int) -> Card:
    """A card of the actor's territory, or 404."""
    rows = Card.objects.filter(organ_code__range=actor.territory, pk=card_id)
    found = rows.select_related("engagement__person", "photo", "hand_over", "replaces").defer("code", "replaces__code")
    return existing(found.first(), "没有这张工作证")


def cards_of(person: Person) -> QuerySet[Card]:
    """Everything that somebody had and has, the newest first."""
    return Card.objects.filter(person_id=person.pk).defer("code").order_by("-pk")


def open_cards(engagement: Engagement) -> QuerySet[Card]:
    """What is requested for somebody or in their hands."""
    return Card.objects.filter(engagement=engagement, state__in=OPEN).defer("code").order_by("pk")


def with_card(people: Iterable[Engagement]) -> set[int]:
    """The employments among these for which a card is requested or in somebody's hands."""
    rows = Card.objects.filter(engagement__in=list(people), state__in=OPEN)
    return set(rows.values_list("engagement_id", flat=True))


def cards_to_print(actor: Actor) -> QuerySet[Card]:
    """Requested cards of the actor's own bureau that have a photo, the first requested first; with their codes."""
    rows = Card.objects.filter(organ_code=actor.organ_code or 0, state=CardState.REQUESTED, photo__isnull=False)
    return rows.select_related("engagement__person", "photo").order_by("pk")[:MOST]


def card_printed(actor: Actor, card_id: int) -> Card:
    """A requested card of the actor's own bureau with its code, or 404: once handed over, it is printed no more."""
    rows = Card.objects.filter(organ_code=actor.organ_code or 0, state=CardState.REQUESTED, pk=card_id)
    return existing(rows.select_related("engagement__person", "photo").first(), "没有待发放的工作证")


def others_held(card: Card) -> list[str]:
    """The numbers of other cards that are in the same person's hands."""
    rows = Card.objects.filter(engagement_id=card.engagement_id, state__in=HELD).exclude(pk=card.pk)
    return list(rows.order_by("pk").values_list("number", flat=True))


def expiring(rows: QuerySet[Card], day: date) -> QuerySet[Card]:
    """Cards in somebody's hands that end within the days of notice, or have ended; none where these aren't known."""
    days = Parameters(day)["card.expiry.notice_days"]
    if days is None:
        return rows.none()
    return rows.filter(state__in=HELD, span__endswith__lte=day + timedelta(days + 1), engagement__exit_kind="")


def left_behind(rows: QuerySet[Card], day: date) -> QuerySet[Card]:
    """Cards that nobody took back from people who are gone, as a roster tells."""
    return rows.filter(state__in=OPEN, engagement__span__endswith__lte=day)


def without_card(actor: Actor) -> QuerySet[Engagement]:
    """People in service in the actor's own bureau who may have a card and have none, nor one requested."""
    rows = roster_rows(actor, Narrowing(own=True)).filter(span__startswith__lte=today())
    return _without(rows).exclude(Q(source=Source.SERVICE, span__startswith__gte=measures().effective))


def _without(rows: QuerySet[Engagement]) -> QuerySet[Engagement]:
    opened = Card.objects.filter(engagement=OuterRef("pk"), state__in=OPEN)
    return rows.filter(~Exists(opened), category__in=Category.values)


def excluded_words(rows: QuerySet[Engagement]) -> dict[int, str]:
    """By employment: the words for which somebody is no auxiliary (3.p3), empty for an auxiliary."""
    found = rows.annotate(words=Func(F("pk"), function="outfit_excluded", output_field=CharField()))
    return dict(found.order_by().values_list("pk", "words"))


def due(engagement: Engagement, words: str, day: date) -> Said:
    """Whether somebody is given a card on a day, as the law says."""
    return card_due(
        category=engagement.category,
        purchased=engagement.source == Source.SERVICE,
        began=engagement.span.lower,
        ended=engagement.span.upper,
        day=day,
        excluded=words,
    )


def photos_known(engagements: list[int]) -> dict[int, StoredFile]:
    """By employment: the photo with which somebody applied here, where there is one."""
    hired = Attachment.objects.filter(kind=Attachment.Kind.PHOTO, application__hire__engagement__in=engagements)
    rows = hired.select_related("file", "application__hire").defer("application__id_number", "application__phone")
    return {each.application.hire.engagement_id or 0: each.file for each in rows}
