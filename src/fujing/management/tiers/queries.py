"""Reading schemes, tiers and batches as somebody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef, QuerySet

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.refusals import existing
from fujing.management.tiers.models import Batch, Candidate, Holding, Objection, PastFact, Scheme
from fujing.management.tiers.states import BatchState, SchemeState
from fujing.registry.models import Engagement, Person, RosterRecord
from fujing.registry.moving_in.queries import standing_records


def schemes_for(actor: Actor) -> QuerySet[Scheme]:
    """Schemes of the territory, the newest first."""
    return Scheme.objects.filter(organ_code__range=actor.territory).order_by("-pk")


def scheme_for(actor: Actor, scheme_id: int) -> Scheme:
    """One of them, or 404."""
    return existing(schemes_for(actor).select_related("scan").filter(pk=scheme_id).first(), "没有这份层级方案")


def scheme_in_force(organ_code: int) -> Scheme | None:
    """The scheme that a bureau applies now."""
    return Scheme.objects.filter(organ_code=organ_code, state=SchemeState.ADOPTED).first()


def batches_for(actor: Actor) -> QuerySet[Batch]:
    """Batches of the territory, the newest first."""
    return Batch.objects.filter(organ_code__range=actor.territory).select_related("scheme").order_by("-pk")


def batch_for(actor: Actor, batch_id: int) -> Batch:
    """One of them, or 404."""
    return existing(batches_for(actor).filter(pk=batch_id).first(), "没有这个层级批次")


def candidates_of(batch: Batch) -> QuerySet[Candidate]:
    """Everybody whom a batch looked at, as the law ordered them."""
    return Candidate.objects.filter(batch=batch).order_by("-chosen", "unit", "name", "pk")


def candidate_for(actor: Actor, candidate_id: int) -> Candidate:
    """One of a batch of the territory, or 404."""
    rows = Candidate.objects.filter(organ_code__range=actor.territory, pk=candidate_id)
    return existing(rows.select_related("batch__scheme", "engagement").first(), "批次中没有这个人")


def objection_for(actor: Actor, objection_id: int) -> Objection:
    """An objection in the territory, or 404."""
    rows = Objection.objects.filter(organ_code__range=actor.territory, pk=objection_id)
    return existing(rows.select_related("batch", "candidate").first(), "没有这件异议")


def publicity_over(rows: QuerySet[Batch]) -> QuerySet[Batch]:
    """Those whose publicity is over and that wait for the decision."""
    return rows.filter(state=BatchState.PUBLICISED, publicised_until__lt=today())


def objected(rows: QuerySet[Batch]) -> QuerySet[Batch]:
    """Those that are public and have an objection without an answer."""
    waiting = Objection.objects.filter(batch=OuterRef("pk"), upheld=None)
    return rows.filter(Exists(waiting), state=BatchState.PUBLICISED)


def holdings_of(person: Person) -> list[Holding]:
    """Somebody's tiers, the newest first."""
    rows = Holding.objects.filter(engagement__person=person).select_related("batch", "scan")
    return list(rows.order_by("-span", "-pk"))


def past_facts_of(person: Person) -> list[PastFact]:
    """What was recorded of the years before this system, the newest first."""
    return list(PastFact.objects.filter(engagement__person=person).select_related("scan").order_by("-on", "-pk"))


def undated_holdings(organ_code: int) -> QuerySet[Holding]:
    """Tiers of which only a roster tells, and since when not even that."""
    return Holding.objects.filter(organ_code=organ_code, since=None, ended_how="")


def tiers_to_move_in(organ_code: int) -> QuerySet[RosterRecord]:
    """What rosters say of people's tiers that isn't taken over yet, of people in service."""
    held = Holding.objects.filter(engagement=OuterRef("engagement"))
    rows = standing_records().filter(organ_code=organ_code, engagement__span__endswith__isnull=True)
    return rows.exclude(tier="").exclude(tier="无").filter(~Exists(held)).select_related("engagement", "roster_import")


@dataclass(frozen=True, slots=True)
class Held:
    """A tier on a day. `pay`: 元 a month as the scheme says, None where it doesn't. Not `sure`: only later known to be held."""

    tier: str
    name: str
    pay: Decimal | None
    sure: bool


def tiers_on(engagements: Iterable[Engagement], day: date) -> dict[int, Held]:
    """By employment: the tier on a day, with its pay; whoever has none isn't there (Article 23.p2)."""
    rows = list(Holding.objects.filter(engagement__in=list(engagements), span__contains=day))
    rules = {each.organ_code: each.rules for each in _schemes_on({row.organ_code for row in rows}, day)}
    return {
        row.engagement_id: Held(
            row.tier,
            row.name,
            _pay(rules.get(row.organ_code, []), row.tier, day),
            row.recorded_on is None or row.since is not None or day >= row.recorded_on,
        )
        for row in rows
    }


def _schemes_on(organs: set[int], day: date) -> QuerySet[Scheme]:
    """The schemes that applied on a day: of those adopted until then the last, else the first."""
    rows = Scheme.objects.filter(organ_code__in=organs, state__in=[SchemeState.ADOPTED, SchemeState.REPLACED])
    return rows.filter(rules__0__from__lte=day.isoformat()).order_by("adopted_on", "pk")


def _pay(rules: list[dict[str, object]], tier: str, day: date) -> Decimal | None:
    said = day.isoformat()
    for each in rules:
        if str(each["from"]) <= said and (each["to"] is None or said < str(each["to"])):
            found = each["tiers"].get(tier)  # type: ignore[attr-defined]
            return Decimal(found["pay"]) if found and found["pay"] is not None else None
    return None


def own_tiers(actor: Actor) -> list[Holding]:
    """The actor's own tiers, the newest first."""
    return list(Holding.objects.filter(person_id=actor.person_id or 0).order_by("-span", "-pk"))


def own_candidacies(actor: Actor) -> list[Candidate]:
    """What batches found of the actor, once they are public, the newest first."""
    rows = Candidate.objects.filter(person_id=actor.person_id or 0)
    return list(rows.select_related("batch").order_by("-pk"))
