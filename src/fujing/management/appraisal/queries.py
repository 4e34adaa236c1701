"""Reading rounds and sheets as somebody, and what the law says of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.refusals import existing
from fujing.law.appraisal.grades import BEST
from fujing.law.appraisal.proposing import Entry, Places, Proposal, places, propose
from fujing.law.appraisal.scheme import HEADINGS
from fujing.law.appraisal.taking_part import Served, takes_part
from fujing.law.contracts import Said
from fujing.law.leaving.days import Service, in_probation
from fujing.law.parameters import Parameters
from fujing.management.appraisal.models import Opinion, Reconsideration, Round, Sheet
from fujing.management.appraisal.policies import can_be_responsible, can_lead_units, can_read_everybody, can_run_rounds
from fujing.management.appraisal.states import BEING_SCORED, AskedBy, AskedState, Period, RoundState, SheetState, Step
from fujing.registry.models import Contract, Engagement, Person


def rounds_for(actor: Actor) -> QuerySet[Round]:
    """Rounds that the actor sees, the newest period first: row security knows the stations' too."""
    return Round.objects.order_by("-first", "-pk")


def round_for(actor: Actor, round_id: int) -> Round:
    """A round that the actor sees, or 404."""
    return existing(rounds_for(actor).filter(pk=round_id).first(), "没有这个考核批次")


def _seen(actor: Actor) -> QuerySet[Sheet]:
    """Sheets that concern the actor: of the territory or the unit, for an officer only those of their own people."""
    if can_read_everybody(actor):
        return Sheet.objects.filter(Q(organ_code__range=actor.territory) | Q(unit__code__range=actor.territory))
    return Sheet.objects.filter(officer_id=actor.account_id or 0)


def sheets_for(actor: Actor, round_: Round) -> QuerySet[Sheet]:
    """The sheets of a round that the actor sees, by unit and name, with the grade that stands (`standing`)."""
    changed = Reconsideration.objects.filter(sheet=OuterRef("pk"), state=AskedState.CHANGED).order_by("-pk")
    rows = _seen(actor).filter(round=round_).select_related("unit", "officer").defer("facts", "self_report")
    found = Coalesce(Subquery(changed.values("grade")[:1]), F("grade"))
    return rows.annotate(standing=found).order_by("unit_id", "name", "pk")


def sheets_in(round_: Round) -> QuerySet[Sheet]:
    """Every sheet of a round that row security shows, without what is long."""
    return Sheet.objects.filter(round=round_).defer("facts", "self_report").order_by("person_id")


def sheet_for(actor: Actor, sheet_id: int) -> Sheet:
    """A sheet that the actor sees, or 404."""
    rows = _seen(actor).filter(pk=sheet_id).select_related("round", "unit", "officer")
    return existing(rows.first(), "没有这份考核表")


def asked_for(actor: Actor, asked_id: int) -> Reconsideration:
    """A request of the actor's territory, or 404."""
    rows = Reconsideration.objects.filter(organ_code__range=actor.territory, pk=asked_id)
    return existing(rows.select_related("sheet__round").first(), "没有这份复核")


def asked_of(sheets: Iterable[Sheet]) -> list[Reconsideration]:
    """Who questioned these results, the oldest first."""
    return list(Reconsideration.objects.filter(sheet__in=list(sheets)).select_related("sheet").order_by("pk"))


def latest_opinions(sheets: Iterable[int]) -> dict[tuple[int, str], Opinion]:
    """By sheet and step: what counts."""
    rows = Opinion.objects.filter(sheet__in=list(sheets)).order_by("pk")
    return {(each.sheet_id, each.step): each for each in rows}


def scores_of(opinion: Opinion | None) -> dict[str, Decimal | None] | None:
    """Points by heading as the law reads them."""
    return None if opinion is None else {key: getattr(opinion, key) for key in HEADINGS}


def total_of(round_: Round, opinions: dict[tuple[int, str], Opinion], sheet_id: int) -> Decimal | None:
    """Exact points of a sheet; None while anything is missing."""
    first, second = (opinions.get((sheet_id, step)) for step in Step.values)
    return round_.rules.total(scores_of(first), scores_of(second))


def probations(engagements: Iterable[Engagement], last: date) -> dict[int, Said]:
    """By employment: whether a period's last day lies in probation, in one query."""
    rows = list(engagements)
    ends: dict[int, list[date | None]] = {}
    for engagement, until in Contract.objects.filter(engagement__in=rows).values_list("engagement", "probation_until"):
        ends.setdefault(engagement, []).append(until)
    law = Parameters(last)
    return {
        row.pk: in_probation(
            law, Service(row.span.lower, row.pk in ends, max(filter(None, ends.get(row.pk, [])), default=None)), last
        )
        for row in rows
    }


def taking_part(round_: Round, engagement: Engagement, probation: Said, absent_days: int | None) -> Said:
    """Whether somebody gets a grade in a round."""
    until = engagement.span.upper
    left = until - timedelta(1) if until else None
    return takes_part(
        round_.rules, Served(engagement.span.lower, left, probation, absent_days), round_.first, round_.last
    )


def proposals(round_: Round, sheets: Iterable[Sheet]) -> tuple[dict[Any, Proposal], Places]:
    """A grade for each sheet by its points and the places, and those places."""
    entries = [Entry(each.pk, each.total, each.due) for each in sheets]
    return propose(round_.rules, entries), places(round_.rules, entries)


def unsettled(sheets: QuerySet[Sheet]) -> QuerySet[Sheet]:
    """Scored sheets of which nobody can tell whether they take part."""
    return sheets.filter(state=SheetState.SCORED, due__isnull=True)


def results_of(person: Person) -> list[Sheet]:
    """Somebody's appraisals, the newest first."""
    rows = Sheet.objects.filter(person_id=person.pk).select_related("round").defer("facts", "self_report")
    return list(rows.exclude(round__state=RoundState.CANCELLED).order_by("-round__last", "-pk"))


def last_years_results() -> QuerySet[Sheet]:
    """Whoever has a final grade of last year's annual appraisal (上年度考核)."""
    year = today().year - 1
    return Sheet.objects.filter(state=SheetState.GRADED, round__period=Period.YEAR, round__first__year=year)


def own_sheets(actor: Actor) -> list[Sheet]:
    """The actor's own appraisals, the newest first; a round that was given up isn't one."""
    rows = Sheet.objects.filter(person_id=actor.person_id or 0).exclude(round__state=RoundState.CANCELLED)
    return list(rows.select_related("round", "unit").order_by("-round__last", "-pk"))


def own_sheet(actor: Actor, sheet_id: int) -> Sheet:
    """One of them, or 404."""
    return existing(next((each for each in own_sheets(actor) if each.pk == sheet_id), None), "没有这份考核表")


def own_asked(actor: Actor, sheet: Sheet) -> Reconsideration | None:
    """What the actor asked about the own result, with its answer."""
    return Reconsideration.objects.filter(sheet=sheet, person_id=actor.person_id or 0, kind=AskedBy.PERSON).first()


def outstanding(actor: Actor) -> QuerySet[Sheet]:
    """Whose final grade of a year is one of the best (Article 38), the newest year first."""
    rows = Sheet.objects.filter(organ_code__range=actor.territory, result__in=BEST, round__period=Period.YEAR)
    return rows.select_related("round", "unit").defer("facts", "self_report").order_by("-round__last", "-total", "pk")


def _waits_for(actor: Actor) -> Q:
    """Sheets at the step where the actor acts: the own people's, the own unit's, a bureau's self-reports."""
    own = Q(pk__in=[])
    if can_be_responsible(actor):
        own |= Q(state=SheetState.OFFICER, officer_id=actor.account_id or 0)
    if can_lead_units(actor):
        own |= Q(state=SheetState.UNIT, unit_id=actor.organ_code or 0)
    if can_run_rounds(actor):
        own |= Q(state=SheetState.SELF, organ_code=actor.organ_code or 0)
    return own


def sheets_waiting(actor: Actor) -> QuerySet[Sheet]:
    """The sheets of all open rounds that wait for the actor, the oldest round first."""
    rows = Sheet.objects.filter(_waits_for(actor), round__state=RoundState.OPENED)
    rows = rows.select_related("round", "unit", "officer").defer("facts", "self_report")
    return rows.order_by("round__last", "unit_id", "name", "pk")


def to_score(actor: Actor, round_: Round) -> QuerySet[Sheet]:
    """The sheets of a round that the actor scores now."""
    return sheets_waiting(actor).filter(round=round_).exclude(state=SheetState.SELF)


def left_to_score(round_: Round) -> int:
    """How many sheets of a round aren't scored yet."""
    return Sheet.objects.filter(round=round_, state__in=BEING_SCORED).count()
