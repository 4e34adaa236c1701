"""Who runs a round, who scores whom, who decides, and who looks at a result again."""

from __future__ import annotations

from fujing.kernel.actor import Actor
from fujing.kernel.policies import asking
from fujing.kernel.refusals import NotAllowed
from fujing.management.appraisal.models import Reconsideration, Round, Sheet
from fujing.management.appraisal.states import ANSWERERS, DECIDERS, HR, OFFICER, READERS, UNIT, SheetState
from fujing.registry.models import Organ


def check_run_rounds(actor: Actor) -> None:
    """Who draws up and runs rounds, in whichever bureau."""
    actor.need(*HR)


def check_decide_rounds(actor: Actor) -> None:
    """Who decides on rounds, in whichever bureau."""
    actor.need(*DECIDERS)


def check_be_responsible(actor: Actor) -> None:
    """Who scores the people that they are responsible for."""
    actor.need(*OFFICER)


def check_lead_units(actor: Actor) -> None:
    """Who scores the people of the own unit."""
    actor.need(*UNIT)


def check_answer_anybody(actor: Actor) -> None:
    """Who answers requests and objections, in whichever bureau."""
    actor.need(*ANSWERERS)


def check_read_everybody(actor: Actor) -> None:
    """Who reads every sheet of the territory or the unit; an officer reads those of the own people."""
    actor.need(*HR, *DECIDERS, *UNIT, *READERS)


def check_open_rounds(actor: Actor) -> None:
    """Only a bureau of the county level or above appraises, with its own people."""
    check_run_rounds(actor)
    if not Organ.objects.get(pk=actor.organ_code or 0).manages:
        raise NotAllowed("考核由县级以上公安机关组织。", provisions=("25",))


def check_run_round(actor: Actor, row: Round | Sheet) -> None:
    """Only the bureau that appraises somebody runs it."""
    check_run_rounds(actor)
    _check_own(actor, row.organ_code)


def check_decide_round(actor: Actor, round_: Round) -> None:
    """The personnel head or the leader of the bureau decides, never on their own proposal."""
    check_decide_rounds(actor)
    _check_own(actor, round_.organ_code)
    if round_.proposed_by_id == actor.account_id:
        raise NotAllowed("拟定等次的人不能决定自己的拟定，应由另一名负责人决定。", provisions=("25",))


def check_return_round(actor: Actor, round_: Round) -> None:
    """Who runs it or decides on it sends it back."""
    actor.need(*HR, *DECIDERS)
    _check_own(actor, round_.organ_code)


def check_score(actor: Actor, sheet: Sheet) -> None:
    """The step's own scorer: the responsible officer of the person, then whoever leads the person's unit."""
    if sheet.person_id == actor.person_id:
        raise NotAllowed("本人不能给自己评分。", provisions=("25",))
    if sheet.state == SheetState.OFFICER:
        check_be_responsible(actor)
        if sheet.officer_id is None or sheet.officer_id != actor.account_id:
            raise NotAllowed("由此人的责任民警评分。", provisions=("25",))
    elif sheet.state == SheetState.UNIT:
        check_lead_unit(actor, sheet)


def check_lead_unit(actor: Actor, sheet: Sheet) -> None:
    """Whoever leads the person's unit."""
    check_lead_units(actor)
    if sheet.unit_id is None or sheet.unit_id != actor.organ_code:
        raise NotAllowed("由此人的用人单位负责人办理。", provisions=("25",))


def check_report(actor: Actor, sheet: Sheet) -> None:
    """The person, or whoever enters a paper for them: the bureau, the officer, the unit."""
    if actor.person_id is not None and sheet.person_id == actor.person_id:
        return
    actor.need(*HR, *UNIT, *OFFICER)
    if can_run_rounds(actor):
        _check_own(actor, sheet.organ_code)
    elif sheet.officer_id != actor.account_id and sheet.unit_id != actor.organ_code:
        raise NotAllowed("由本人、责任民警、用人单位或者经办登记自评。", provisions=("25",))


def check_receive(actor: Actor, sheet: Sheet) -> None:
    """Who records that a result is questioned: the bureau for anybody, the person for themself."""
    if actor.person_id is not None and sheet.person_id == actor.person_id:
        return
    check_run_round(actor, sheet)


def check_answer(actor: Actor, asked: Reconsideration) -> None:
    """A leader or the discipline office of the bureau that had no part in scores, proposal and decision."""
    check_answer_anybody(actor)
    _check_own(actor, asked.organ_code)
    sheet, round_ = asked.sheet, asked.sheet.round
    had_part = {round_.proposed_by_id, round_.decided_by_id, sheet.graded_by_id}
    had_part |= set(sheet.opinions.values_list("scored_by_id", flat=True))
    if actor.account_id in had_part or sheet.person_id == actor.person_id:
        raise NotAllowed("复核由没有参与评分、拟定和决定的人答复。", provisions=("25",))


def _check_own(actor: Actor, organ_code: int) -> None:
    if actor.organ_code != organ_code:
        raise NotAllowed("由管理此人的公安机关办理。", provisions=("25",))


can_run_rounds = asking(check_run_rounds)
can_decide_rounds = asking(check_decide_rounds)
can_be_responsible = asking(check_be_responsible)
can_lead_units = asking(check_lead_units)
can_answer_anybody = asking(check_answer_anybody)
can_read_everybody = asking(check_read_everybody)
can_open_rounds = asking(check_open_rounds)
can_run_round = asking(check_run_round)
can_decide_round = asking(check_decide_round)
can_return_round = asking(check_return_round)
can_score = asking(check_score)
can_lead_unit = asking(check_lead_unit)
can_report = asking(check_report)
can_receive = asking(check_receive)
can_answer = asking(check_answer)
