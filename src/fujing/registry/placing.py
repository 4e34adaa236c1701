"""Who serves where and under whom (Article 5.p1): a dated fact that is ended and begun anew, never overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import QuerySet

from fujing.kernel.actor import Actor, acting, current
from fujing.kernel.clock import today
from fujing.kernel.locks import locked
from fujing.kernel.refusals import NotAllowed, Refusal
from fujing.registry.models import Account, Assignment, Engagement, Post
from fujing.registry.policies import check_lead
from fujing.registry.queries import holders_of, holds
from fujing.registry.states import RESPONSIBLE

SAME_DAY = "同一起始日改由另一名责任民警负责"
MOST = 200
"""People who get an officer in one act."""


def officers_of(organ_code: int) -> QuerySet[Account]:
    """The police officers of a bureau and its units, who may be responsible for auxiliaries today."""
    return holders_of(organ_code, RESPONSIBLE)


def check_responsible(organ_code: int, officer: Account) -> None:
    """Refuse whoever is no police officer of the bureau today, or whose account was closed (5.p1)."""
    if not holds(officer, organ_code, RESPONSIBLE):
        raise Refusal("责任民警应为本机关在任民警。", provisions=("5.p1",), errors={"officer": ["请从名单中选择。"]})


def posts_of(organ_code: int) -> QuerySet[Post]:
    """The posts of a bureau's units."""
    return Post.objects.filter(organ_code=organ_code).select_related("unit").order_by("unit_id", "name")


def officer_assign(
    *, actor: Actor, engagements: Sequence[int], officer: Account, starts: date, post: Post | None = None
) -> list[Assignment]:
    """Make an officer responsible for people in service from a day on (inclusive, not in the future); all or nobody.

    Whoever serves nowhere yet is placed on `post`; the others keep theirs. Refused when somebody isn't in service in
    the actor's own bureau, serves nowhere and no post is given, or is placed only after that day.
    """
    check_lead(actor)
    if not engagements or len(engagements) > MOST:
        raise Refusal(f"请选择人员，一次最多 {MOST} 人。")
    check_responsible(actor.organ_code or 0, officer)
    if starts > today():
        raise Refusal("起始日不能晚于今天。", errors={"starts": ["不能晚于今天。"]})
    people = locked(Engagement.objects.filter(pk__in=engagements, span__endswith__isnull=True).select_related("person"))
    if len(people) != len(set(engagements)):
        raise Refusal("名单有变动：所选的人有的已不在职。请重新打开本页。")
    if any(each.organ_code != actor.organ_code for each in people):
        raise NotAllowed("只能办理本机关的人员。")
    now = Assignment.objects.filter(engagement__in=people, span__endswith__isnull=True)
    places = {each.engagement_id: each for each in locked(now.select_related("post"))}
    if faults := [fault for each in people if (fault := _fault(each, places.get(each.pk), starts, post))]:
        raise Refusal("没有办理：" + "；".join(faults) + "。", provisions=("5.p1",))
    return [_led(each, places.get(each.pk), officer, starts, post) for each in people]


def _fault(engagement: Engagement, place: Assignment | None, starts: date, post: Post | None) -> str:
    """Why somebody can't be placed so; empty if they can."""
    name, begun = engagement.person.name, (place or engagement).span.lower
    if starts < begun:
        return f"{name}{'现岗位' if place else '在职'}从 {begun} 开始，起始日不能更早"
    if place is None and post is None:
        return f"{name}还没有用人单位，请一并选择用人单位和岗位"
    if place is None and post is not None and post.category != engagement.category:
        return f"{name}是{engagement.get_category_display()}人员，不能安排到{post.get_category_display()}岗位"
    return ""


def _led(
    engagement: Engagement, place: Assignment | None, officer: Account, starts: date, post: Post | None
) -> Assignment:
    """From the day on under the officer: the present place is ended that day and begun anew."""
    if place is not None and place.span.lower == starts:
        place.officer = officer
        with acting(replace(current(), reason=SAME_DAY)):
            place.save()
        return place
    at = place.post if place is not None else post
    if at is None:
        raise RuntimeError("checked: whoever serves nowhere comes with a post")
    if place is not None:
        place.span = DateRange(place.span.lower, starts)
        place.save()
    made = Assignment(
        organ_code=engagement.organ_code,
        engagement=engagement,
        unit_id=at.unit_id,
        post=at,
        officer=officer,
        span=DateRange(starts, None),
    )
    made.clean()
    made.save()
    return made
