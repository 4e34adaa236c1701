"""A batch of tiers from its draft to the decision: one function an act (Articles 23 and 25)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.decisions import decide
from fujing.kernel.locks import locked, relocked
from fujing.kernel.objections import check_objection, check_publicity
from fujing.kernel.readings import value_opened
from fujing.kernel.refusals import Refusal, stated
from fujing.law.tiers import Batch as Found
from fujing.law.tiers import evaluate
from fujing.law.tiers.batch import Status, entry_day
from fujing.law.tiers.document import caps, head
from fujing.law.tiers.explanation import Telling
from fujing.management.tiers.facts import Entered, files_of, quota_for, scheme_of, serving
from fujing.management.tiers.models import Batch, Candidate, Holding, Objection, Scheme
from fujing.management.tiers.policies import (
    check_decide_tiers,
    check_manage_tiers,
    check_manage_tiers_of,
    check_read_tier_objection,
    check_return_batch,
)
from fujing.management.tiers.services import AT_ONCE, FOR, adopted
from fujing.management.tiers.states import BATCH, GIVES, BatchState, Ended, SchemeState, Source
from fujing.registry.models import Assignment, Engagement

WRITTEN = ("name", "unit", "tier", "tier_name", "to_tier", "to_name", "status", "effective", "findings", "chosen")


@dataclass(frozen=True, slots=True)
class Judged:
    """One person's answer as a candidate keeps it."""

    engagement: Engagement
    values: dict[str, Any]


def batch_draft(*, actor: Actor, day: date, title: str) -> Batch:
    """Draw up a batch that judges everybody as of a day (inclusive, not in the future)."""
    check_manage_tiers(actor)
    organ = actor.organ_code or 0
    scheme, _ = adopted(organ)
    errors: dict[str, list[str]] = {}
    last = Batch.objects.filter(organ_code=organ, state=BatchState.DECIDED).order_by("-day").first()
    if day > today():
        errors["day"] = ["核对日不能晚于今天。"]
    elif last is not None and day < last.day:
        errors["day"] = [f"核对日不能早于上一批（{last.day}）。"]
    if not title.strip():
        errors["title"] = ["请填写批次名称。"]
    if errors:
        raise Refusal("没有建立批次。", provisions=FOR, errors=errors)
    made = Batch(organ_code=organ, title=title.strip(), day=day, scheme=scheme, made_by=actor.name)
    made.full_clean()
    made.save()
    return _judge(made)


def batch_judge(*, actor: Actor, batch: Batch) -> Batch:
    """Judge everybody again, by what is on record now."""
    check_manage_tiers_of(actor, batch.organ_code)
    return _judge(_in_state(batch, BatchState.DRAFTED))


def candidate_enter(*, actor: Actor, candidate: Candidate, entered: Entered) -> Candidate:
    """Say what the files don't: the tier applied for, the score, the conditions that people judge; then judge again."""
    check_manage_tiers_of(actor, candidate.organ_code)
    batch = _in_state(candidate.batch, BatchState.DRAFTED)
    row = relocked(candidate)
    if entered.score is not None and not 0 <= entered.score <= 1000:
        raise Refusal("没有登记。", provisions=FOR, errors={"score": ["得分应在 0 至 1000 之间。"]})
    row.target, row.score, row.further = entered.target, entered.score, entered.further
    row.save(update_fields=["target", "score", "further"])
    _judge(batch)
    row.refresh_from_db()
    return row


def candidate_leave_out(*, actor: Actor, candidate: Candidate, reason: str) -> Candidate:
    """Take somebody off the list, for a reason; the place stays empty in this batch."""
    check_manage_tiers_of(actor, candidate.organ_code)
    _in_state(candidate.batch, BatchState.DRAFTED, BatchState.PROPOSED, BatchState.PUBLICISED)
    row = relocked(candidate)
    if not row.chosen:
        raise Refusal("此人不在名单上。", provisions=FOR)
    reason = stated(reason, "reason", "请写明理由。", refusal="没有移出。", provisions=FOR)
    row.chosen, row.left_out = False, reason
    row.save(update_fields=["chosen", "left_out"])
    return row


def batch_propose(*, actor: Actor, batch: Batch) -> Batch:
    """Judge everybody once more and freeze what was found, with the places."""
    check_manage_tiers_of(actor, batch.organ_code)
    row = relocked(batch)
    move = BATCH.check(actor, row.state, "propose")
    row = _judge(row)
    if not row.candidates.filter(chosen=True).exists():
        raise Refusal("没有符合条件、有名额的人，不能提出名单。", provisions=FOR)
    row.state, row.proposed_by = move.target, actor.name
    row.save()
    return row


def batch_return(*, actor: Actor, batch: Batch, reason: str) -> Batch:
    """Send a list back before it is public."""
    check_return_batch(actor, batch.organ_code)
    row = relocked(batch)
    row.state, row.reason = BATCH.check(actor, row.state, "return").target, reason.strip()
    row.save()
    return row


def batch_publicise(*, actor: Actor, batch: Batch, starts: date, until: date) -> Batch:
    """Make the list public from a day until another, both inclusive; how long is the bureau's rule."""
    check_manage_tiers_of(actor, batch.organ_code)
    row = relocked(batch)
    move = BATCH.check(actor, row.state, "publicise")
    check_publicity(starts, until, FOR)
    row.state, row.publicised_from, row.publicised_until = move.target, starts, until
    row.save()
    return row


def objection_record(*, actor: Actor, candidate: Candidate, received_on: date, text: str) -> Objection:
    """Write down what somebody objects to a name, word for word and without their own."""
    check_manage_tiers_of(actor, candidate.organ_code)
    batch = relocked(candidate.batch)
    check_objection(batch, received_on, text, FOR, public=batch.state == BatchState.PUBLICISED)
    return Objection.objects.create(
        organ_code=batch.organ_code,
        batch=batch,
        candidate=candidate,
        received_on=received_on,
        text=text.strip(),
        recorded_by=actor.name,
    )


def objection_open(*, actor: Actor, objection: Objection, reason: str) -> Objection:
    """Read an objection, for a reason that stays on record."""
    check_read_tier_objection(actor, objection.organ_code)
    value_opened(
        actor=actor,
        row=objection,
        what="对层级名单的异议",
        reason=reason,
        organ_code=objection.organ_code,
        person_id=objection.candidate.person_id,
    )
    return objection


def objection_answer(*, actor: Actor, objection: Objection, upheld: bool, answer: str) -> Objection:
    """Say whether an objection holds, and what was found; if it does, the person leaves the list at once."""
    check_manage_tiers_of(actor, objection.organ_code)
    _in_state(objection.batch, BatchState.PUBLICISED)
    row = relocked(objection)
    if row.upheld is not None:
        raise Refusal("这件异议已经答复。", provisions=FOR)
    answer = stated(answer, "answer", "请写明调查情况和答复。", refusal="没有答复。", provisions=FOR)
    row.upheld, row.answer, row.answered_by = upheld, answer, actor.name
    row.save(update_fields=["upheld", "answer", "answered_by"])
    candidate = relocked(row.candidate)
    if upheld and candidate.chosen:
        candidate_leave_out(actor=actor, candidate=candidate, reason=f"异议成立：{answer}"[:500])
    return row


def batch_withdraw(*, actor: Actor, batch: Batch, reason: str) -> Batch:
    """Give a batch up before it is decided."""
    check_manage_tiers_of(actor, batch.organ_code)
    row = relocked(batch)
    row.state, row.reason = BATCH.check(actor, row.state, "withdraw").target, reason.strip()
    row.save()
    return row


def batch_decide(*, actor: Actor, batch: Batch, document_number: str) -> Batch:
    """Decide once the publicity is over: whoever is on the list has the new tier from their day on.

    Under the organ's lock everybody is judged once more; a place or a condition that isn't as it was stops the decision.
    """
    check_decide_tiers(actor, batch.organ_code)
    locked(Scheme.objects.filter(organ_code=batch.organ_code, state=SchemeState.ADOPTED))
    row = relocked(batch)
    move = BATCH.check(actor, row.state, "decide")
    document_number = stated(
        document_number, "document_number", "请填写决定文号。", refusal="没有决定。", provisions=FOR
    )
    chosen = locked(Candidate.objects.filter(batch=row, chosen=True).select_related("engagement"))
    _still(row, chosen)
    row.state, row.document_number, row.decided_on = move.target, document_number, today()
    row.decided_by = actor.name
    row.save()
    _give(actor, row, chosen)
    return row


def _still(batch: Batch, chosen: list[Candidate]) -> None:
    """Refuse where the places or somebody's answer have changed since the proposal."""
    found, judged = judged_of(batch)
    if caps(found) != batch.places:
        raise Refusal(
            "名额与提出名单时不同（人员、层级或者额度有变动），应撤回后另建一批。",
            provisions=FOR,
            remedy="撤回本批，重新核对后提出",
        )
    now = {each.engagement.pk: each for each in judged}
    changed = [
        each.name
        for each in chosen
        if each.engagement_id not in now
        or not now[each.engagement_id].values["chosen"]
        or any(
            now[each.engagement_id].values[key] != getattr(each, key)
            for key in ("tier", "to_tier", "status", "effective")
        )
    ]
    if changed:
        raise Refusal(
            f"{'、'.join(changed[:20])}的情况与提出名单时不同，应先移出名单或者撤回后另建一批。", provisions=FOR
        )


def _give(actor: Actor, batch: Batch, chosen: list[Candidate]) -> None:
    people = [each.engagement_id for each in chosen]
    former = {each.engagement_id: each for each in locked(Holding.objects.filter(engagement__in=people, ended_how=""))}
    given = []
    for each in chosen:
        source = GIVES[Status(each.status)]
        held = former.get(each.engagement_id)
        if held is not None:
            held.span = DateRange(held.span.lower, batch.day)
            held.ended_how = Ended.DEMOTION if source == Source.DEMOTION else Ended.PROMOTION
            held.ended_batch = batch
            held.save(update_fields=["span", "ended_how", "ended_batch"])
        given.append(
            Holding(
                organ_code=batch.organ_code,
                engagement=each.engagement,
                person_id=each.person_id,
                tier=each.to_tier,
                name=each.to_name,
                span=DateRange(max(each.effective or batch.day, each.engagement.span.lower), None),
                since=each.effective,
                source=source,
                batch=batch,
                document_number=batch.document_number,
                recorded_by=actor.name,
            )
        )
        decide(
            actor=actor,
            organ_code=batch.organ_code,
            kind="层级",
            subject=each.engagement,
            outcome=str(source.label),
            message=f"{each.tier_name}→{each.to_name}，自{each.effective}起（{batch.document_number}）",
            provisions=["23.p1"],
            facts={"findings": each.findings},
            person_id=each.person_id,
        )
    Holding.objects.bulk_create(given, batch_size=AT_ONCE)


def _in_state(batch: Batch, *states: BatchState) -> Batch:
    row = relocked(batch)
    if row.state not in states:
        raise Refusal(f"当前状态为“{BATCH.label(row.state)}”，不能办理此步骤。", provisions=FOR)
    return row


def judged_of(batch: Batch) -> tuple[Found, list[Judged]]:
    """What the law finds of everybody, by what is on record and what the officer entered."""
    scheme = scheme_of(batch.scheme.text)
    people = serving(batch.organ_code, batch.day)
    rows = batch.candidates.values_list("engagement", "target", "score", "further")
    entered = {pk: Entered(target, score, further) for pk, target, score, further in rows}
    found = evaluate(
        scheme, files_of(people, scheme, batch.day, entered), batch.day, quota_for(batch.organ_code, batch.day)
    )
    return found, list(_judged(found, people)) if people else []


def _judged(found: Found, people: list[Engagement]) -> Iterable[Judged]:
    telling, graphs = Telling(found), found.facts.graphs
    places = Assignment.objects.filter(engagement__in=people, span__endswith__isnull=True).select_related("unit")
    units = {each.engagement_id: each.unit.short_name for each in places}
    trainee = found.graph.trainee if found.graph else None
    counted = trainee is not None and trainee.counted is True
    begun = pl.coalesce("since", "hired_on") if counted else entry_day(found.graph) if found.graph else pl.lit(None)
    begins = found.state.select(begun.alias("begun")).to_series().to_list()
    for at, engagement in enumerate(people):
        row = telling.rows[at]
        status = Status(row["status"])
        effective = begins[at] if status is Status.ENTRY else found.day
        node = row["node"]
        yield Judged(
            engagement,
            {
                "name": engagement.person.name,
                "unit": units.get(engagement.pk, ""),
                "tier": "" if node is None or node < 0 else graphs.codes[node],
                "tier_name": graphs.name(node),
                "to_tier": "" if row["to"] is None else graphs.codes[row["to"]],
                "to_name": "" if row["to"] is None else graphs.name(row["to"]),
                "status": str(status),
                "effective": effective if status in GIVES else None,
                "findings": [each.model_dump(mode="json") for each in telling.findings(at)],
                # Who has left since keeps their place in the count, and gets no tier.
                "chosen": status in GIVES and row["to"] is not None and engagement.span.upper is None,
            },
        )


def _judge(batch: Batch) -> Batch:
    """Write what the law finds of everybody where it differs from what stands, and the places."""
    found, judged = judged_of(batch)
    standing = {each.engagement_id: each for each in batch.candidates.all()}
    new, changed = [], []
    for each in judged:
        values = dict(each.values)
        row = standing.pop(each.engagement.pk, None)
        if row is None:
            one = Candidate(
                organ_code=batch.organ_code,
                batch=batch,
                engagement=each.engagement,
                person_id=each.engagement.person_id,
                **values,
            )
            new.append(one)
            continue
        values["chosen"] = values["chosen"] and not row.left_out
        if any(getattr(row, key) != values[key] for key in WRITTEN):
            for key in WRITTEN:
                setattr(row, key, values[key])
            changed.append(row)
    Candidate.objects.filter(pk__in=[each.pk for each in standing.values()]).delete()
    Candidate.objects.bulk_update(changed, WRITTEN, batch_size=AT_ONCE)
    Candidate.objects.bulk_create(new, batch_size=AT_ONCE)
    batch.places, batch.quota, batch.unsaid = caps(found), found.quota, head(found)["unsaid"]
    batch.judged_at = timezone.now()
    batch.save()
    return batch
