"""Handling departures: one function an act."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.decisions import decide
from fujing.kernel.files import file_store
from fujing.kernel.locks import locked, relocked
from fujing.kernel.readings import value_opened
from fujing.kernel.refusals import Refusal
from fujing.law.leaving.days import certificate_until, earliest_last_day, in_probation, notice
from fujing.law.leaving.ways import (
    CLEARANCE,
    IN_PROBATION,
    PIECES,
    WAYS,
    WITH_DAMAGE,
    WITH_STATUTE,
    By,
    Step,
    exit_kind,
    kinds_of,
)
from fujing.law.parameters import Parameters
from fujing.management.contracts.queries import open_renewal, standing_review
from fujing.management.contracts.services import employment_end
from fujing.management.contracts.states import ProbationState
from fujing.management.leaving.models import ClearanceItem, Departure, Evidence
from fujing.management.leaving.policies import check_decide_departure, check_handle_departure, check_return_departure
from fujing.management.leaving.queries import (
    current_departure,
    heard_now,
    hearings_of,
    help_due,
    lacks,
    resignation_of,
    service_of,
    unheard,
)
from fujing.management.leaving.states import DECIDED, DEPARTURE, DepartureState, Outcome
from fujing.management.outfit.models import Card, Holding
from fujing.management.outfit.queries import open_cards
from fujing.management.outfit.services import card_cancel, card_lose, card_revoke
from fujing.management.outfit.states import HELD, OPEN, CardState, HoldingState
from fujing.management.outfit.stock import holding_lose, holding_return
from fujing.management.outfit.stock_queries import held_by
from fujing.registry.models import Engagement

OTHER = "other"
MOVING = (
    *("state", "last_day", "placement_due", "marked", "heard", "notice_on", "notice_days", "paid_instead"),
    *("certificate_on", "withdrawn_why", "checked_by", "decided_by"),
)
"""What the steps write: the rest stays as it was drafted."""


def departure_draft(
    *,
    actor: Actor,
    engagement: Engagement,
    way: str,
    reason: str,
    last_day: date,
    statute: str = "",
    damage: str = "",
    proposed_by_bureau: bool | None = None,
    age_or_health: bool | None = None,
    average_pay: Decimal | None = None,
) -> Departure:
    """Begin an ending, or change the draft of it. Refuses whom the contracts section is renewing or ending already."""
    check_handle_departure(actor, engagement.organ_code)
    engagement = relocked(engagement)
    departure = current_departure(engagement) or Departure(organ_code=engagement.organ_code, engagement=engagement)
    name = engagement.person.name
    if departure.state != DepartureState.DRAFTED:
        raise Refusal(f"{name}的离职已经核对，需要改动的请先退回。", provisions=("32",))
    if engagement.span.upper is not None:
        raise Refusal(f"{name}已不在职。", provisions=("39",))
    if open_renewal(engagement) is not None:
        raise Refusal(f"{name}的合同已在办理续订或者期满终止，请先撤回。", provisions=("39",))
    said = resignation_of(departure)
    if said and (way, last_day) != (said.way, said.last_day):
        raise Refusal(
            f"{name}的书面通知已于{said.received_on}收到，情形和最后工作日（{said.last_day}）按通知办理。",
            provisions=("14.6",),
            remedy="双方同意另行办理的，先撤回这次离职。",
        )
    departure.way, departure.reason, departure.last_day = way, reason.strip(), last_day
    departure.statute = statute.strip() if way in WITH_STATUTE else ""
    departure.damage = damage.strip() if way in WITH_DAMAGE else ""
    departure.proposed_by_bureau = proposed_by_bureau if way == "agreed" else None
    departure.average_pay, departure.made_by = average_pay, actor.name
    errors = _faults(departure)
    if errors:
        raise Refusal(f"没有办理{name}的离职。", provisions=(_provision(way),), errors=errors)
    departure.age_or_health = age_or_health if WAYS[way].health is None else WAYS[way].health
    departure.placement_due = help_due(departure).holds
    departure.full_clean(exclude=["reason"])
    departure.save()
    _probation_report(departure)
    return departure


def _probation_report(departure: Departure) -> None:
    """What was found and decided at the end of the probation is evidence that the conditions aren't met (32.1)."""
    review = standing_review(departure.engagement)
    kinds = kinds_of(departure.way, later=False)
    if review is None or review.state != ProbationState.FAILED or "unmet" not in kinds:
        return
    if not departure.evidence.filter(kind="unmet").exists():
        Evidence.objects.create(
            organ_code=departure.organ_code,
            departure=departure,
            kind="unmet",
            dated=review.reviewed_on,
            file=review.report,
            recorded_by=departure.made_by,
        )


def _provision(way: str) -> str:
    return WAYS[way].provision if way in WAYS else "32"


def _faults(departure: Departure) -> dict[str, list[str]]:
    """What is wrong with a draft, by field."""
    way, errors = departure.way, {}
    if way not in WAYS:
        return {"way": ["请选择离职情形。"]}
    if not departure.reason:
        errors["reason"] = ["请写明事由。"]
    if departure.last_day < departure.engagement.span.lower:
        errors["last_day"] = [f"最后工作日不能早于上岗日期（{departure.engagement.span.lower}）。"]
    if way in WITH_STATUTE and not departure.statute:
        errors["statute"] = ["请写明所依据的法律、法规条文。"]
    if way in WITH_DAMAGE and not departure.damage:
        errors["damage"] = ["请写明损害的金额或者不良影响的情况。"]
    if way == "agreed" and departure.proposed_by_bureau is None:
        errors["proposed_by_bureau"] = ["请选择由谁提出，据此判断是否支付经济补偿。"]
    return errors | _outside_probation(departure)


def _outside_probation(departure: Departure) -> dict[str, list[str]]:
    """An error where a way ends employment in probation only: somebody was let stay on, or the last day isn't known to
    lie in it."""
    if departure.way not in IN_PROBATION:
        return {}
    review = standing_review(departure.engagement)
    if review is not None and review.state == ProbationState.PASSED:
        return {"way": ["已经同意转正，不能再以试用期不符合录用条件解除（第三十二条第（一）项）。"]}
    within = in_probation(Parameters(departure.last_day), service_of(departure.engagement), departure.last_day)
    return {} if within.holds else {"last_day": [f"{within.because}，不能以此情形解除（第三十二条第（一）项）。"]}


def evidence_record(
    *, actor: Actor, departure: Departure, kind: str, dated: date, upload: UploadedFile | None = None, note: str = ""
) -> Evidence:
    """Add a piece of evidence: while the departure is drafted, or of those that come after the decision."""
    check_handle_departure(actor, departure.organ_code)
    departure = relocked(departure)
    errors: dict[str, list[str]] = {}
    if kind not in kinds_of(departure.way, later=departure.state in DECIDED):
        errors["kind"] = ["这次离职现在不收这种材料。"]
    elif upload is None and not (PIECES[kind].without_paper and note.strip()):
        field = "note" if PIECES[kind].without_paper else "upload"
        errors[field] = [PIECES[kind].without_paper or "请上传材料。"]
    if dated > today():
        errors["dated"] = ["材料日期不能晚于今天。"]
    if errors:
        raise Refusal("没有登记材料。", provisions=(_provision(departure.way),), errors=errors)
    return _recorded(actor, departure, kind, dated, upload, note)


def _recorded(
    actor: Actor, departure: Departure, kind: str, dated: date, upload: UploadedFile | None, note: str = ""
) -> Evidence:
    organ = departure.organ_code
    file = file_store(actor=actor, organ_code=organ, upload=upload) if upload else None
    return Evidence.objects.create(
        organ_code=organ,
        departure=departure,
        kind=kind,
        dated=dated,
        file=file,
        note=note.strip() or None,
        recorded_by=actor.name,
    )


def evidence_remove(*, actor: Actor, evidence: Evidence) -> Departure:
    """Take out a piece that doesn't belong there, as long as nothing was checked; the history keeps that it was there."""
    check_handle_departure(actor, evidence.organ_code)
    departure = relocked(evidence.departure)
    relocked(evidence).delete()
    return departure


def evidence_open(*, actor: Actor, evidence: Evidence, reason: str) -> Evidence:
    """Read what is written in a piece, or its paper, for a reason that stays on record."""
    check_return_departure(actor, evidence.departure)
    value_opened(
        actor=actor,
        row=evidence,
        what=f"离职材料：{evidence.get_kind_display()}",
        reason=reason,
        organ_code=evidence.organ_code,
        person_id=evidence.departure.person_id,
    )
    return evidence


def departure_check(*, actor: Actor, departure: Departure) -> Departure:
    """Say that everything is there; the evidence stays as it is from now on."""
    check_handle_departure(actor, departure.organ_code)
    departure = relocked(departure)
    move = DEPARTURE.check(actor, departure.state, "check")
    departure.placement_due = help_due(departure).holds
    _whole(departure, Step.CHECK)
    if late := _outside_probation(departure):
        raise Refusal(next(iter(late.values()))[0], provisions=("32.1",))
    departure.state, departure.checked_by = move.target, actor.name
    departure.save(update_fields=MOVING)
    return departure


def _whole(departure: Departure, step: Step) -> None:
    """Refuse with everything that is missing, each with its provision."""
    missing = lacks(departure, step)
    if missing:
        words = "；".join(f"{need.label}（{need.statute}）" for need in missing)
        raise Refusal(f"材料不齐，缺少：{words}。", provisions=(_provision(departure.way),))


def departure_return(*, actor: Actor, departure: Departure, reason: str) -> Departure:
    """Send it back for more evidence."""
    return _taken_back(actor, departure, "return", reason)


def departure_withdraw(*, actor: Actor, departure: Departure, reason: str) -> Departure:
    """Give it up; the employment goes on."""
    return _taken_back(actor, departure, "withdraw", reason)


def _taken_back(actor: Actor, departure: Departure, verb: str, reason: str) -> Departure:
    check_return_departure(actor, departure)
    departure = relocked(departure)
    decided = departure.state in DECIDED
    departure.state = DEPARTURE.check(actor, departure.state, verb).target
    departure.withdrawn_why = reason.strip()
    departure.save(update_fields=MOVING)
    if decided:
        _told(actor, departure, "撤回", "离职的决定已经撤回，劳动合同继续履行")
    return departure


def departure_decide(*, actor: Actor, departure: Departure, marked: bool | None = None) -> Departure:
    """Decide on somebody else's draft, with all its evidence; `marked` says whether 20.7 applies where the law leaves it
    to who decides. What is to be handed back is listed."""
    check_decide_departure(actor, departure)
    departure = relocked(departure)
    move = DEPARTURE.check(actor, departure.state, "decide")
    _whole(departure, Step.CHECK)
    if why := unheard(departure, actor.account_id):
        raise Refusal(why, provisions=("20.7",))
    found = WAYS[departure.way]
    departure.heard = heard_now(hearings_of(departure)) if found.by is By.BUREAU else ""
    departure.marked = marked if found.mark is None else found.mark
    if departure.marked is None:
        text = "请认定是否适用第二十条第（七）项。"
        raise Refusal(text, provisions=("20.7",), errors={"marked": [text]})
    departure.state, departure.decided_by = move.target, actor.name
    departure.save(update_fields=MOVING)
    _listed(departure)
    # Everybody of the bureau reads decisions: reasons of health stay with the row.
    words = "依法解除劳动合同" if found.health else found.label
    heard = f"，{departure.get_heard_display()}" if departure.heard else ""
    _told(actor, departure, "离职", f"{found.by}：{words}，最后工作日 {departure.last_day}{heard}")
    return departure


def _listed(departure: Departure) -> None:
    """What everybody hands back, each card and piece that is out by itself; what was listed before an earlier return stays."""
    there = list(departure.items.values_list("kind", "card_id", "holding_id"))
    cards, pieces = {card for _, card, _ in there}, {piece for _, _, piece in there}
    made = [
        ClearanceItem(kind="card", name=f"{CLEARANCE['card']} {card}", card=card)
        for card in open_cards(departure.engagement)
        if card.pk not in cards
    ]
    made += [
        ClearanceItem(kind=piece.item.kind, name=str(piece), holding=piece)
        for piece in held_by(departure.engagement)
        if piece.pk not in pieces
    ]
    kinds = {kind for kind, _, _ in there} | {item.kind for item in made}
    made += [ClearanceItem(kind=kind, name=name) for kind, name in CLEARANCE.items() if kind not in kinds]
    for item in made:
        item.organ_code, item.departure = departure.organ_code, departure
    ClearanceItem.objects.bulk_create(sorted(made, key=lambda item: list(CLEARANCE).index(item.kind)))


def departure_notify(
    *,
    actor: Actor,
    departure: Departure,
    notice_on: date,
    last_day: date,
    paid_instead: bool = False,
    refused: bool = False,
    upload: UploadedFile | None = None,
) -> Departure:
    """Record the day on which the notice reached its addressee, and the last day of work that follows from it.

    Where the bureau ends the employment, the proof of service is stored; `refused`: it was served otherwise.
    """
    check_handle_departure(actor, departure.organ_code)
    departure = relocked(departure)
    move = DEPARTURE.check(actor, departure.state, "notify")
    found = WAYS[departure.way]
    departure.notice_on, departure.last_day = notice_on, last_day
    departure.paid_instead = paid_instead and found.notice == "bureau"
    law = Parameters(notice_on)
    days = notice(law, departure.way, service_of(departure.engagement), notice_on, paid_instead=departure.paid_instead)
    departure.notice_days = days.days
    errors = _outside_probation(departure) | _unlike_resignation(departure)
    if notice_on > today():
        errors["notice_on"] = ["通知日期不能晚于今天。"]
    if found.by is By.BUREAU and upload is None:
        errors["upload"] = ["请上传送达的材料。"]
    if days.days is None:
        errors["notice_on"] = [f"{days.because}。"]
    elif (found.notice or found.by is By.BUREAU) and last_day < earliest_last_day(notice_on, days.days):
        errors["last_day"] = [f"{days.because}，最后工作日最早为{earliest_last_day(notice_on, days.days)}。"]
    if errors:
        raise Refusal("没有登记通知。", provisions=(found.provision,), errors=errors)
    if upload is not None and found.by is By.BUREAU:
        _recorded(actor, departure, "served_otherwise" if refused else "served", notice_on, upload)
    departure.state = move.target
    departure.save(update_fields=MOVING)
    return departure


def _unlike_resignation(departure: Departure) -> dict[str, list[str]]:
    """Errors where the person gave a notice of their own, and the days aren't those that follow from it."""
    said, errors = resignation_of(departure), {}
    if said and departure.notice_on != said.received_on:
        errors["notice_on"] = [f"本人的书面通知于{said.received_on}收到，按此日期登记。"]
    if said and departure.last_day != said.last_day:
        errors["last_day"] = [f"最后工作日按本人的通知为{said.last_day}；双方同意另定的，按“协商一致解除”办理。"]
    return errors


def item_add(*, actor: Actor, departure: Departure, name: str) -> ClearanceItem:
    """List one more thing that the person has."""
    check_handle_departure(actor, departure.organ_code)
    item = ClearanceItem(organ_code=departure.organ_code, departure=relocked(departure), kind=OTHER, name=name.strip())
    item.full_clean()
    item.save()
    return item


def items_confirm(*, actor: Actor, departure: Departure, said: Mapping[int, tuple[str, str]]) -> Departure:
    """Confirm what became of things, by item: the outcome and, for what was lost, what was done about it."""
    check_handle_departure(actor, departure.organ_code)
    departure = relocked(departure)
    for item in locked(departure.items.filter(pk__in=list(said)).select_related("card", "holding__item")):
        outcome, note = said[item.pk]
        if outcome == Outcome.LOST and not note.strip():
            raise Refusal(f"{item.name}已遗失，请说明处理情况。", provisions=("26",))
        if (outcome, note.strip()) == (item.outcome, item.note):
            continue
        if item.card is not None:
            _card_settled(actor, item.name, item.card, outcome, note)
        if item.holding is not None:
            _piece_settled(actor, item.name, item.holding, outcome, note)
        item.outcome, item.note = outcome, note.strip()
        item.confirmed_by, item.confirmed_on = actor.name if outcome else "", today() if outcome else None
        item.save()
    return departure


BECAME = {CardState.REVOKED: Outcome.RETURNED, CardState.LOST: Outcome.LOST}


def _card_settled(actor: Actor, name: str, card: Card, outcome: str, note: str) -> None:
    """What is confirmed of a card happens to the card itself: taken back, or reported as lost; refused if it is otherwise."""
    if card.state in OPEN and outcome == Outcome.RETURNED:
        act = card_cancel if card.state == CardState.REQUESTED else card_revoke
        act(actor=actor, card=card, reason=f"离职交回。{note}".strip("。"))
    elif card.state in HELD and outcome == Outcome.LOST:
        card_lose(actor=actor, card=card, reason=note)
    elif card.state in OPEN and outcome:
        raise Refusal(f"{name}登记为{card.get_state_display()}，应当收回；遗失的写明处理情况。", provisions=("26",))
    elif card.state not in OPEN and outcome != BECAME[CardState(card.state)]:
        raise Refusal(f"{name}登记为{card.get_state_display()}，交接结果应与登记一致。", provisions=("26",))


PIECE_BECAME = {
    HoldingState.RETURNED: Outcome.RETURNED,
    HoldingState.LOST: Outcome.LOST,
    HoldingState.WORN: Outcome.RETURNED,
}


def _piece_settled(actor: Actor, name: str, piece: Holding, outcome: str, note: str) -> None:
    """What is confirmed of a piece happens to the piece itself; refused if it is otherwise."""
    held = piece.state == HoldingState.HELD
    if held and outcome == Outcome.RETURNED:
        holding_return(actor=actor, holding=piece, note=f"离职交回。{note}".strip("。"))
    elif held and outcome == Outcome.LOST:
        holding_lose(actor=actor, holding=piece, reason=note)
    elif held and outcome:
        raise Refusal(f"{name}由本人领用，应当收回；遗失的写明处理情况。", provisions=("26",))
    elif not held and outcome != PIECE_BECAME[HoldingState(piece.state)]:
        raise Refusal(f"{name}登记为{piece.get_state_display()}，交接结果应与登记一致。", provisions=("26",))


def departure_clear(*, actor: Actor, departure: Departure) -> Departure:
    """Say that everything was handed back or explained."""
    check_handle_departure(actor, departure.organ_code)
    departure = relocked(departure)
    move = DEPARTURE.check(actor, departure.state, "clear")
    left = [item.name for item in departure.items.filter(outcome="").order_by("pk")]
    left += [f"{CLEARANCE['card']} {card}" for card in open_cards(departure.engagement)]
    left += [str(piece) for piece in held_by(departure.engagement)]
    if left:
        raise Refusal(f"还有物品没有交接：{'、'.join(left)}。", provisions=("26",))
    departure.state = move.target
    departure.save(update_fields=MOVING)
    return departure


def departure_end(*, actor: Actor, departure: Departure) -> Departure:
    """End employment and assignment with the last day of work; from that day on."""
    check_handle_departure(actor, departure.organ_code)
    departure = relocked(departure)
    move = DEPARTURE.check(actor, departure.state, "end")
    if today() < departure.last_day:
        raise Refusal(f"最后工作日为{departure.last_day}，当日起办理。", provisions=("39",))
    found = WAYS[departure.way]
    employment_end(
        engagement=departure.engagement,
        after=departure.last_day + timedelta(days=1),
        exit_kind=exit_kind(departure.way, bool(departure.marked)),
        exit_note="依法解除劳动合同" if found.health else f"{found.by}：{found.label}",
    )
    departure.state = move.target
    departure.save(update_fields=MOVING)
    _told(actor, departure, "已离职", f"用工到{departure.last_day}为止")
    return departure


def departure_certify(*, actor: Actor, departure: Departure, certificate_on: date) -> Departure:
    """Record that the certificate was handed over, and file and insurance moved."""
    check_handle_departure(actor, departure.organ_code)
    departure = relocked(departure)
    move = DEPARTURE.check(actor, departure.state, "certify")
    if not departure.last_day <= certificate_on <= today():
        text = f"出具证明的日期应在最后工作日（{departure.last_day}）和今天之间。"
        raise Refusal(text, provisions=("39",), errors={"certificate_on": [text]})
    departure.certificate_on, departure.state = certificate_on, move.target
    departure.save(update_fields=MOVING)
    until = certificate_until(Parameters(departure.last_day), departure.last_day)
    late = f"，超过{until}的期限" if until and certificate_on > until else ""
    _told(actor, departure, "出具证明", f"{certificate_on}出具离职证明{late}")
    return departure


def _told(actor: Actor, departure: Departure, outcome: str, message: str) -> None:
    provisions = {_provision(departure.way), "39"} | ({"20.7"} if departure.marked else set())
    decide(
        actor=actor,
        organ_code=departure.organ_code,
        kind="离职",
        subject=departure.engagement,
        outcome=outcome,
        message=message,
        provisions=sorted(provisions),
        person_id=departure.person_id,
    )
