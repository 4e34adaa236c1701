"""Statement and defence: what the person is told before a dismissal, and what they say to it (Articles 20.7 and 32)."""

from __future__ import annotations

from datetime import date

from django.core.files.uploadedfile import UploadedFile

from fujing.kernel.actor import Actor
from fujing.kernel.files import file_store
from fujing.kernel.hearings import HearingState, check_answer, check_telling
from fujing.kernel.locks import relocked
from fujing.kernel.models import StoredFile
from fujing.kernel.readings import value_opened
from fujing.kernel.refusals import Refusal
from fujing.law.leaving.ways import WAYS, By, kinds_of
from fujing.management.leaving.gates import OPEN_TO_HEARING
from fujing.management.leaving.models import Departure, Evidence, Hearing
from fujing.management.leaving.policies import check_handle_departure, check_return_departure
from fujing.management.leaving.states import HEARING, DepartureState

HEARD = ("20.7", "32")


def hearing_tell(
    *, actor: Actor, departure: Departure, told_on: date, answer_until: date, upload: UploadedFile
) -> Hearing:
    """Record that the person was told facts, ground and consequence, and until when (inclusive) they may answer."""
    check_handle_departure(actor, departure.organ_code)
    departure = relocked(departure)
    if WAYS[departure.way].by is not By.BUREAU:
        raise Refusal("只有单位解除的，才告知本人并听取陈述。", provisions=HEARD)
    if departure.state not in OPEN_TO_HEARING:
        raise Refusal("已经决定，不能再告知。", provisions=HEARD)
    check_telling(told_on, answer_until, HEARD)
    return Hearing.objects.create(
        organ_code=departure.organ_code,
        departure=departure,
        way=departure.way,
        told_on=told_on,
        answer_until=answer_until,
        told_file=file_store(actor=actor, organ_code=departure.organ_code, upload=upload),
        told_by=actor.name,
    )


def hearing_answer(*, actor: Actor, hearing: Hearing, answered_on: date, answer: str, upload: UploadedFile) -> Hearing:
    """Record what the person said, word for word, with the paper that they signed; where the way asks for it, the paper
    is its evidence too."""
    check_handle_departure(actor, hearing.organ_code)
    row, departure = open_hearing(actor, hearing, "answer")
    check_answer(row, answered_on, answer, HEARD)
    file = file_store(actor=actor, organ_code=row.organ_code, upload=upload)
    return answered(actor, row, departure, answer=answer, answered_on=answered_on, file=file)


def open_hearing(actor: Actor, hearing: Hearing, verb: str) -> tuple[Hearing, Departure]:
    """A hearing and its departure, locked, that may still be answered by this verb."""
    departure = relocked(hearing.departure)
    row = relocked(hearing)
    HEARING.check(actor, row.state, verb)
    if departure.state not in OPEN_TO_HEARING:
        raise Refusal("已经决定，不能再登记陈述；决定以后的意见登记为材料。", provisions=HEARD)
    return row, departure


def answered(
    actor: Actor,
    row: Hearing,
    departure: Departure,
    *,
    answer: str,
    answered_on: date,
    file: StoredFile,
    own: bool = False,
) -> Hearing:
    """Keep an answer; where the way asks for it, its paper is evidence too."""
    row.answer, row.answered_on, row.answered_by = answer.strip(), answered_on, actor.name
    row.answer_file, row.own, row.state = file, own, HearingState.ANSWERED
    row.save(update_fields=["state", "answer", "answered_on", "answer_file", "answered_by", "own"])
    if departure.state == DepartureState.DRAFTED and "statement" in kinds_of(departure.way, later=False):
        Evidence.objects.create(
            organ_code=row.organ_code,
            departure=departure,
            kind="statement",
            dated=answered_on,
            file=row.answer_file,
            recorded_by=actor.name,
        )
    return row


def hearing_open(*, actor: Actor, hearing: Hearing, reason: str) -> Hearing:
    """Read what the person said, for a reason that stays on record; who decides does so before the decision."""
    check_return_departure(actor, hearing.departure)
    value_opened(
        actor=actor,
        row=hearing,
        what="本人的陈述和申辩",
        reason=reason,
        organ_code=hearing.organ_code,
        person_id=hearing.departure.person_id,
    )
    return hearing
