"""Reading labour contracts and their renewals as somebody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.refusals import existing
from fujing.law.contracts import Said, open_ended_due
from fujing.law.parameters import Parameters
from fujing.law.periods import months_later
from fujing.law.retirement import KINDS, latest_birth
from fujing.management.contracts.models import ContractChange, ProbationReview, Renewal
from fujing.management.contracts.states import OPEN, ProbationState, RenewalState
from fujing.registry.models import Contract, Engagement, RosterRecord
from fujing.registry.moving_in.queries import recorded_contract, recorded_contracts
from fujing.registry.roster import DUE, Narrowing, last_until, roster_rows
from fujing.registry.states import ContractKind

STEPS = {
    "offered": (RenewalState.OFFERED,),
    "accepted": (RenewalState.ACCEPTED,),
    "leaving": (RenewalState.DECLINED, RenewalState.ENDING),
}
"""The renewals that wait for the same act."""
RETIRING_MONTHS = 6
"""So long before somebody reaches the retirement age it is said."""
PROBATION_DAYS = 30
"""So many days before its last one a probation is to be reviewed: time enough to hear the person and to decide."""


@dataclass(frozen=True, slots=True)
class Last:
    """The last contract of an employment: signed here, or told by a roster alone (`signed` is None).

    `after` is the day after its last one, None without a term or where a roster doesn't say it; `fixed_terms` is how
    many fixed terms followed one another until it, None where a roster doesn't say how many there were. `probation_ends`
    is the last day of the probation that was agreed here.
    """

    began: date
    kind: str
    starts: date | None
    after: date | None
    fixed_terms: int | None
    signed: Contract | None
    probation_ends: date | None = None

    def due(self, starts: date) -> Said:
        """Whether the next contract is to be open-ended."""
        return open_ended_due(Parameters(starts), self.began, self.fixed_terms, starts)


def last_contracts(engagements: Iterable[Engagement]) -> dict[int, Last]:
    """By employment: the last contract of each that has one, in two queries."""
    rows = list(engagements)
    signed: dict[int, list[Contract]] = {}
    for each in Contract.objects.filter(engagement__in=rows).order_by("sequence"):
        signed.setdefault(each.engagement_id, []).append(each)
    told = [row for row in rows if row.recorded_in_id]
    records = recorded_contracts().filter(engagement__in=told).order_by("period") if told else []
    recorded = {record.engagement_id: record for record in records}
    found = {row.pk: _last(row, signed.get(row.pk, []), recorded.get(row.pk)) for row in rows}
    return {pk: last for pk, last in found.items() if last is not None}


def last_contract(engagement: Engagement) -> Last | None:
    """The last contract, or None where neither a contract nor a roster's word of one is there."""
    return last_contracts([engagement]).get(engagement.pk)


def _last(engagement: Engagement, here: list[Contract], record: RosterRecord | None) -> Last | None:
    began = engagement.span.lower
    before = (record.contract_count if record.contract_kind == "fixed" else 0) if record else 0
    if here:
        last, fixed = here[-1], sum(each.kind == ContractKind.FIXED for each in here)
        terms = None if before is None else before + fixed
        ends = max(filter(None, (each.probation_last_day for each in here)), default=None)
        return Last(began, last.kind, last.span.lower, last.span.upper, terms, last, ends)
    if record is None:
        return None
    if record.contract_kind != "fixed":
        return Last(began, ContractKind.OPEN_ENDED, record.contract_from, None, 0, None)
    after = record.contract_to + timedelta(days=1) if record.contract_to else None
    return Last(began, ContractKind.FIXED, record.contract_from, after, record.contract_count, None)


def contracts_so_far(engagement: Engagement) -> int:
    """How many contracts there were: those signed here and those that a roster counts."""
    record = recorded_contract(engagement) if engagement.recorded_in_id else None
    counted = (record.contract_count or 1) if record else 0
    return max(engagement.contracts.aggregate(last=Max("sequence"))["last"] or 0, counted)


def open_renewal(engagement: Engagement) -> Renewal | None:
    """The renewal of an employment that isn't at its end."""
    return Renewal.objects.filter(engagement=engagement, state__in=OPEN).select_related("engagement__person").first()


def renewals_of(engagement: Engagement) -> QuerySet[Renewal]:
    """All of an employment, the newest first."""
    return Renewal.objects.filter(engagement=engagement).select_related("contract", "reply").order_by("-pk")


def changes_of(engagement: Engagement) -> QuerySet[ContractChange]:
    """What was changed of an employment's contracts, the latest first."""
    return (
        ContractChange.objects.filter(engagement=engagement).select_related("contract").order_by("-effective_on", "-pk")
    )


def change_for(actor: Actor, change_id: int) -> ContractChange:
    """A change of a contract in the actor's territory, or 404."""
    rows = ContractChange.objects.filter(organ_code__range=actor.territory, pk=change_id)
    return existing(rows.select_related("agreement").first(), "没有这次合同变更")


def renewal_for(actor: Actor, renewal_id: int) -> Renewal:
    """A renewal of the actor's territory, or 404."""
    rows = Renewal.objects.filter(organ_code__range=actor.territory, pk=renewal_id)
    return existing(rows.select_related("engagement__person", "reply").first(), "没有这次续订")


def probation_of(engagement: Engagement) -> Contract | None:
    """The contract of an employment that agrees on a probation; there is one at most."""
    return engagement.contracts.filter(probation_until__isnull=False).first()


def standing_review(engagement: Engagement) -> ProbationReview | None:
    """What was found of an employment's probation and not taken back."""
    rows = ProbationReview.objects.filter(engagement=engagement).exclude(state=ProbationState.WITHDRAWN)
    return rows.select_related("engagement__person", "contract", "report").first()


def review_for(actor: Actor, review_id: int) -> ProbationReview:
    """A probation's review of the actor's territory, or 404."""
    rows = ProbationReview.objects.filter(organ_code__range=actor.territory, pk=review_id)
    return existing(rows.select_related("engagement__person", "report").first(), "没有这次试用期考核")


def probations(actor: Actor, step: str) -> QuerySet[Contract]:
    """Contracts of the own bureau whose probation waits: `due` for a review, until its last day; `reviewed` for a decision."""
    rows = Contract.objects.filter(organ_code=actor.organ_code or 0, engagement__span__endswith=None)
    standing = ProbationReview.objects.filter(contract=OuterRef("pk")).exclude(state=ProbationState.WITHDRAWN)
    if step == "reviewed":
        return rows.filter(Exists(standing.filter(state=ProbationState.REVIEWED)))
    until = today() + timedelta(days=PROBATION_DAYS + 1)
    return rows.filter(probation_until__gt=today(), probation_until__lte=until).exclude(Exists(standing))


def retiring(actor: Actor) -> QuerySet[Engagement]:
    """The people of the own bureau who have reached the statutory retirement age, or do within RETIRING_MONTHS: women by
    the earlier of the two ages, until somebody looks at the post."""
    day = months_later(today(), RETIRING_MONTHS)
    law = Parameters(today())
    born = {sex: latest_birth(law, sex, day) for sex in KINDS}
    reached = [Q(person__sex=sex, person__birth_date__lte=latest) for sex, latest in born.items() if latest]
    return roster_rows(actor, Narrowing(own=True)).filter(reduce(or_, reached, Q(pk=None)))


def contract_rows(actor: Actor, step: str) -> QuerySet[Engagement]:
    """The people of the actor's own bureau whose contract waits: a key of DUE, `lapsed`, `none`, a key of STEPS, a
    probation (`probation_…` and a step of `probations`), or `retiring`."""
    if step == "retiring":
        return retiring(actor)
    if step.startswith("probation_"):
        waiting = probations(actor, step.removeprefix("probation_"))
        return roster_rows(actor, Narrowing(own=True)).filter(pk__in=waiting.values("engagement"))
    if step == "none":
        return roster_rows(actor, Narrowing(due="none", own=True)).exclude(_in_hand())
    if step in STEPS:
        asked = Renewal.objects.filter(state__in=STEPS[step])
        return roster_rows(actor, Narrowing(own=True)).filter(pk__in=asked.values("engagement"))
    first, last = DUE.get(step, (None, -1))
    rows = _not_in_hand(actor).annotate(until=last_until()).filter(until__lte=today() + timedelta(days=last + 1))
    return rows if first is None else rows.filter(until__gt=today() + timedelta(days=first))


def _not_in_hand(actor: Actor) -> QuerySet[Engagement]:
    return roster_rows(actor, Narrowing(own=True)).exclude(_in_hand())


def _in_hand() -> Exists:
    return Exists(Renewal.objects.filter(engagement=OuterRef("pk"), state__in=OPEN))


def renewals_waiting(actor: Actor, step: str) -> QuerySet[Renewal]:
    """Renewals of people in service in the own bureau that wait for the same act, a key of STEPS."""
    rows = Renewal.objects.filter(organ_code=actor.organ_code or 0, engagement__span__endswith=None)
    return rows.filter(state__in=STEPS[step])
