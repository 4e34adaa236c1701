"""What was recorded late or wrongly of somebody's places: for a period, what in fact held, and why (5.p1, ADR 18).

The places are cut where the period begins and ends, and what held in between is a new row; each change goes into the
history with the reason. What was known before can always be read again (`fujing.kernel.knowledge`).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import QuerySet

from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.kernel.decisions import decide
from fujing.kernel.locks import locked, relocked
from fujing.kernel.refusals import NotAllowed, Refusal
from fujing.registry.facts import holding
from fujing.registry.models import Account, Assignment, Engagement, PlaceCorrection, Post, bureau_range
from fujing.registry.placing import check_responsible
from fujing.registry.policies import check_lead
from fujing.registry.states import RESPONSIBLE

FIVE = ("5.p1",)


def officers_ever(organ_code: int) -> QuerySet[Account]:
    """Who is or was a police officer of the bureau and its units: of the past, closed accounts, too."""
    within = Account.objects.filter(organ_code__range=bureau_range(organ_code), roles__role__in=RESPONSIBLE)
    return within.distinct().order_by("name", "pk")


def place_correct(
    *,
    actor: Actor,
    engagement: Engagement,
    starts: date,
    until: date | None,
    post: Post,
    officer: Account | None,
    reason: str,
) -> PlaceCorrection:
    """Record that somebody in fact served from `starts` until the day before `until` on `post` under `officer`.

    `until` None: until the next change that is on record, or the end of service. Refused outside of service, in the
    future, for a post of the other category, where nothing would change, or where a gap would be left.
    """
    check_lead(actor)
    engagement = relocked(engagement)
    if engagement.organ_code != actor.organ_code:
        raise NotAllowed("只能办理本机关的人员。")
    with acting(replace(actor, reason=reason.strip())):
        places = locked(engagement.assignments.select_related("unit", "post", "officer"))
        span = DateRange(starts, _until(engagement, places, starts, until))
        _check(engagement, places, span, post, officer, reason)
        before = "；".join(map(_words, _within(places, span)))
        _cut(places, span)
        made = Assignment(
            organ_code=engagement.organ_code,
            engagement=engagement,
            unit_id=post.unit_id,
            post=post,
            officer=officer,
            span=span,
        )
        made.clean()
        made.save()
        _no_gap()
        row = PlaceCorrection(
            organ_code=engagement.organ_code,
            engagement=engagement,
            span=span,
            post=post,
            officer=officer,
            before=before,
            reason=reason.strip(),
            made_by=actor.name,
        )
        row.full_clean()
        row.save()
        decide(
            actor=actor,
            organ_code=engagement.organ_code,
            kind="更正岗位记录",
            subject=engagement,
            outcome="更正",
            message=f"{_words(made)}。原记录：{before or '没有'}。事由：{row.reason}",
            provisions=FIVE,
            person_id=engagement.person_id,
        )
    return row


def _until(engagement: Engagement, places: list[Assignment], starts: date, until: date | None) -> date | None:
    """The given end, or that of the place on record; before the first place, the day on which it begins."""
    if until is not None:
        return until
    if (held := holding(places, starts)) is not None:
        return held.span.upper
    later = [each.span.lower for each in places if each.span.lower > starts]
    return min(later) if later else engagement.span.upper


def _check(
    engagement: Engagement, places: list[Assignment], span: DateRange, post: Post, officer: Account | None, reason: str
) -> None:
    """Refuse, with all faults at once, what can't have been."""
    errors: dict[str, list[str]] = {}
    served, last = engagement.span, span.upper
    if not reason.strip():
        errors["reason"] = ["请写明更正的事由和依据。"]
    if span.lower > today():
        errors["starts"] = ["不能晚于今天。"]
    elif span.lower < served.lower:
        errors["starts"] = [f"在职从 {served.lower} 开始，不能更早。"]
    elif served.upper and span.lower >= served.upper:
        errors["starts"] = [f"在职到 {served.upper - timedelta(1)} 为止，不能更晚。"]
    if last is not None and last <= span.lower:
        errors["ends"] = ["不能早于起始日。"]
    elif last is not None and served.upper and last > served.upper:
        errors["ends"] = [f"在职到 {served.upper - timedelta(1)} 为止，不能更晚。"]
    elif last is not None and last > today() and last != served.upper and not any(p.span.lower == last for p in places):
        errors["ends"] = ["不能晚于今天；一直到现在的不填。"]
    if post.organ_code != engagement.organ_code or post.category != engagement.category:
        errors["post"] = [f"请选择本机关的{engagement.get_category_display()}岗位。"]
    if officer is not None and not officers_ever(engagement.organ_code).filter(pk=officer.pk).exists():
        errors["officer"] = ["请从名单中选择。"]
    if not errors and _same(places, span, post, officer):
        errors["post"] = ["与现在的记录相同，没有需要更正的。"]
    if errors:
        raise Refusal("没有更正。", provisions=FIVE, errors=errors)
    if officer is not None and last is None:
        check_responsible(engagement.organ_code, officer)


def _same(places: list[Assignment], span: DateRange, post: Post, officer: Account | None) -> bool:
    """Whether one place on record says all of it already."""
    held = holding(places, span.lower)
    whole = held is not None and (held.span.upper is None or (span.upper and span.upper <= held.span.upper))
    return bool(whole) and held.post_id == post.pk and held.officer_id == (officer.pk if officer else None)


def _within(places: list[Assignment], span: DateRange) -> list[Assignment]:
    """The places that share a day with the period, by day."""
    found = [
        each
        for each in places
        if (span.upper is None or each.span.lower < span.upper)
        and (each.span.upper is None or span.lower < each.span.upper)
    ]
    return sorted(found, key=lambda each: each.span.lower)


def _cut(places: list[Assignment], span: DateRange) -> None:
    """Take the period out of the places: what goes before stays, what comes after is a row that begins at its end."""
    for each in _within(places, span):
        first, until = each.span.lower, each.span.upper
        rest = DateRange(span.upper, until) if span.upper and (until is None or span.upper < until) else None
        if first < span.lower:
            each.span = DateRange(first, span.lower)
            each.save(update_fields=["span"])
        elif rest:
            each.span, rest = rest, None
            each.save(update_fields=["span"])
        else:
            each.delete()
        if rest:
            Assignment.objects.create(
                organ_code=each.organ_code,
                engagement_id=each.engagement_id,
                person_id=each.person_id,
                unit_id=each.unit_id,
                post_id=each.post_id,
                officer_id=each.officer_id,
                span=rest,
            )


def _no_gap() -> None:
    """Ask now what the database asks at commit, where the officer can still be told."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS assignment_no_gap IMMEDIATE")
        cursor.execute("SET CONSTRAINTS assignment_no_gap DEFERRED")


def _words(place: Assignment) -> str:
    last = place.span.upper - timedelta(1) if place.span.upper else "现在"
    led = place.officer.name if place.officer else "没有责任民警"
    return f"{place.span.lower}至{last}，{place.post.unit.short_name} · {place.post.name}，{led}"
