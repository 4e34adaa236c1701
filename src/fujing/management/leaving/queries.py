"""Reading departures as somebody, and what the law says of one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import QuerySet

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.hearings import HearingState
from fujing.kernel.models import Reading
from fujing.kernel.refusals import existing
from fujing.law.contracts import Said
from fujing.law.leaving.days import (
    Days,
    Service,
    certificate_until,
    earliest_last_day,
    in_probation,
    notice,
    placement_due,
)
from fujing.law.leaving.owed import Owed, exposure, severance
from fujing.law.leaving.ways import CLEARANCE, IN_PROBATION, WAYS, By, Need, Step, lacking
from fujing.law.parameters import Parameters
from fujing.management.leaving.gates import OPEN_TO_HEARING
from fujing.management.leaving.models import ClearanceItem, Departure, Evidence, Hearing, Resignation
from fujing.management.leaving.states import DepartureState, Heard, ResignationState
from fujing.registry.models import Engagement


def departures_for(actor: Actor) -> QuerySet[Departure]:
    """Departures of the actor's territory, the newest first."""
    rows = Departure.objects.filter(organ_code__range=actor.territory)
    return rows.select_related("engagement__person").defer("reason").order_by("-pk")


def departure_for(actor: Actor, departure_id: int) -> Departure:
    """A departure of the actor's territory, or 404."""
    rows = Departure.objects.filter(organ_code__range=actor.territory, pk=departure_id)
    return existing(rows.select_related("engagement__person").first(), "没有这次离职办理")


def evidence_for(actor: Actor, evidence_id: int) -> Evidence:
    """A piece of evidence of the actor's territory, or 404."""
    rows = Evidence.objects.filter(organ_code__range=actor.territory, pk=evidence_id)
    return existing(rows.select_related("departure__engagement__person", "file").first(), "没有这份材料")


def current_departure(engagement: Engagement) -> Departure | None:
    """The departure of an employment that wasn't taken back."""
    rows = Departure.objects.filter(engagement=engagement).exclude(state=DepartureState.WITHDRAWN)
    return rows.select_related("engagement__person").first()


def evidence_of(departure: Departure) -> list[Evidence]:
    """All evidence of a departure by its day, without what is written in it."""
    return list(departure.evidence.select_related("file").defer("note").order_by("dated", "pk"))


def items_of(departure: Departure) -> list[ClearanceItem]:
    """What is to be handed back, in the order in which it was listed."""
    return list(departure.items.order_by("pk"))


def service_of(engagement: Engagement) -> Service:
    """What the law asks of an employment: since when, and until when its probation lasts."""
    ends = list(engagement.contracts.values_list("probation_until", flat=True))
    return Service(engagement.span.lower, bool(ends), max(filter(None, ends), default=None))


def lacks(departure: Departure, step: Step, rows: Iterable[Evidence] | None = None) -> list[Need]:
    """The evidence that is missing before a step; `rows` is what is there, where it was read already."""
    there = departure.evidence.only("kind", "dated") if rows is None else rows
    proofs = [each.proof for each in there]
    return lacking(departure.way, proofs, step=step, placement=departure.placement_due)


def help_due(departure: Departure) -> Said:
    """Whether Article 37 asks for help with another job before this ending."""
    return _help_due(departure, service_of(departure.engagement))


def _help_due(departure: Departure, service: Service) -> Said:
    last_day = departure.last_day
    return placement_due(Parameters(last_day), departure.way, service, last_day, departure.age_or_health)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the law says of one matter of a departure: True, False or None (待核实), or a mere statement (`plain`)."""

    label: str
    holds: bool | None
    because: str
    plain: bool = True


def answers(departure: Departure, on: date) -> list[Answer]:
    """What the law says of a departure whose notice is given on a day: probation, notice, help, money, bar, certificate."""
    law, found, engagement = Parameters(departure.last_day), WAYS[departure.way], departure.engagement
    service = service_of(engagement)
    said = []
    if departure.way in IN_PROBATION:
        within = in_probation(law, service, departure.last_day)
        said.append(Answer("试用期", within.holds, within.because, plain=False))
    days = notice(law, departure.way, service, on, paid_instead=departure.paid_instead)
    said.append(Answer("提前通知", None if days.days is None else True, days.because))
    if found.health is not False:
        due = _help_due(departure, service)
        said.append(Answer("转岗就业帮助", due.holds, due.because))
    owed = severance(
        law,
        departure.way,
        service.began,
        departure.last_day,
        proposed_by_bureau=departure.proposed_by_bureau,
        average=departure.average_pay,
    )
    said.append(Answer("经济补偿", None if owed.amount is None else True, with_amount(owed.because, owed.amount)))
    if found.by is By.BUREAU:
        risk = exposure(law, service.began, departure.last_day, average=departure.average_pay)
        said.append(
            Answer("违法解除的后果", None if risk.amount is None else True, with_amount(risk.because, risk.amount))
        )
    said.append(Answer("再次报名", departure.marked if found.mark is None else found.mark, barred_words(departure)))
    until = certificate_until(law, departure.last_day)
    said.append(
        Answer(
            "证明和转移", None if until is None else True, f"{until}前出具证明，转移档案和社会保险关系" if until else ""
        )
    )
    return said


def with_amount(because: str, amount: object) -> str:
    """A reason with the amount that it comes to, in 元."""
    return f"{because}，计{amount:,.2f}元" if amount else because


def barred_words(departure: Departure) -> str:
    """Whether 20.7 bars from being hired again, and who says so."""
    mark = WAYS[departure.way].mark
    barred = departure.marked if mark is None else mark
    if barred is None:
        return "是否适用第二十条第（七）项，由决定人认定"
    return f"{'适用' if barred else '不适用'}第二十条第（七）项" + ("，由决定人认定" if mark is None else "")


def resignations_for(actor: Actor) -> QuerySet[Resignation]:
    """Notices of people of the actor's territory, the newest first."""
    rows = Resignation.objects.filter(organ_code__range=actor.territory)
    return rows.select_related("engagement__person").defer("reason").order_by("-pk")


def resignation_for(actor: Actor, resignation_id: int) -> Resignation:
    """A notice of somebody of the actor's territory, or 404."""
    rows = Resignation.objects.filter(organ_code__range=actor.territory, pk=resignation_id)
    rows = rows.select_related("engagement__person", "file", "withdrawn_file", "departure")
    return existing(rows.first(), "没有这份书面通知")


def open_resignation(engagement: Engagement) -> Resignation | None:
    """The notice that waits to be confirmed."""
    return Resignation.objects.filter(engagement=engagement, state=ResignationState.RECEIVED).first()


def resignation_of(departure: Departure) -> Resignation | None:
    """The person's own notice behind a departure."""
    return Resignation.objects.filter(departure=departure).first() if departure.pk else None


@dataclass(frozen=True, slots=True)
class Follows:
    """What follows from a person's own notice. `last_day` is inclusive; None where the days of notice aren't known."""

    notice: Days
    last_day: date | None
    owed: Owed | None
    certificate: date | None
    handed_back: tuple[str, ...]


def follows(engagement: Engagement, way: str, received_on: date, wished: date | None = None) -> Follows:
    """What follows from a notice received on a day: the last day, what is handed back, what is owed, the certificate."""
    service = service_of(engagement)
    days = notice(Parameters(received_on), way, service, received_on)
    if days.days is None:
        return Follows(days, None, None, None, tuple(CLEARANCE.values()))
    last_day = max(earliest_last_day(received_on, days.days), wished or received_on)
    law = Parameters(last_day)
    owed = severance(law, way, service.began, last_day)
    return Follows(days, last_day, owed, certificate_until(law, last_day), tuple(CLEARANCE.values()))


@dataclass(frozen=True, slots=True)
class ResignationStatus:
    """What an acknowledgement answers without sign-in. `departure` is the state of the departure, empty before it."""

    state: str
    way: str
    received_on: date
    last_day: date
    departure: str
    left_open: list[str]


def resignation_status(receipt: str) -> ResignationStatus | None:
    """How far a notice is, for whoever has its receipt, through a function that names nobody."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM leaving_resignation_status(%s)", [receipt.strip().upper()])
        row = cursor.fetchone()
    return ResignationStatus(*row) if row else None


def hearings_of(departure: Departure) -> list[Hearing]:
    """What the person was told about a departure as it now is, and whether they answered; the oldest first."""
    rows = Hearing.objects.filter(departure=departure, way=departure.way).defer("answer")
    return list(rows.order_by("told_on", "pk"))


def hearing_for(actor: Actor, hearing_id: int) -> Hearing:
    """A hearing of the actor's territory, or 404."""
    rows = Hearing.objects.filter(organ_code__range=actor.territory, pk=hearing_id)
    found = rows.select_related("departure__engagement__person", "told_file", "answer_file").first()
    return existing(found, "没有这次告知")


def hearings_open(actor: Actor) -> QuerySet[Hearing]:
    """Hearings of the actor's own bureau that wait for the person's answer while nothing is decided."""
    return Hearing.objects.filter(
        organ_code=actor.organ_code or 0,
        state=HearingState.TOLD,
        departure__state__in=OPEN_TO_HEARING,
        answer_until__gte=today(),
    )


def hearings_waiting(actor: Actor) -> list[Hearing]:
    """Who may still answer, the first due first."""
    rows = hearings_open(actor).select_related("departure__engagement__person").defer("answer")
    return list(rows.order_by("answer_until", "pk"))


def over(row: Hearing) -> bool:
    """Whether the term has ended without an answer."""
    return row.state == HearingState.TOLD and row.answer_until < today()


def heard_now(rows: Iterable[Hearing]) -> str:
    """What a decision would state of the person's statement; empty where nobody was told."""
    states = [row.state for row in rows]
    return "" if not states else Heard.ANSWERED if HearingState.ANSWERED in states else Heard.SILENT


def unheard(departure: Departure, account_id: int | None) -> str:
    """Why an account can't decide yet as far as the person's hearing goes; empty if it can."""
    if WAYS[departure.way].by is not By.BUREAU:
        return ""
    rows = hearings_of(departure)
    if not rows:
        return "还没有书面告知本人、听取陈述和申辩。"
    running = [row.answer_until for row in rows if row.state == HearingState.TOLD and row.answer_until >= today()]
    if running:
        return f"本人陈述的期限到{max(running)}届满，现在不能决定。"
    answered = {row.pk for row in rows if row.state == HearingState.ANSWERED}
    read = Reading.objects.filter(tracked=Hearing._meta.db_table, row_id__in=answered, reader=account_id or 0)
    if answered - set(read.values_list("row_id", flat=True)):
        return "请先查阅本人的陈述，再决定。"
    return ""
