"""Somebody of the county who was appraised: scored by both, decided, made public and questioned."""

from __future__ import annotations

from decimal import Decimal

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.law.appraisal.scheme import HEADINGS, usual
from fujing.law.parameters import Parameters
from fujing.management.appraisal.asking import asked_receive
from fujing.management.appraisal.models import Round, Sheet
from fujing.management.appraisal.services import round_decide, round_draft, round_propose, round_publicise
from fujing.management.appraisal.sheets import Scored, sheet_report, sheet_score, sheet_settle
from fujing.registry.queries import place_now
from tests import factories
from tests.world.made import County
from tests.world.registry import actor_with


def appraise(made: County) -> None:
    """Who was hired today, in this year's round: the service opens one when the year is over, so its row is opened here."""
    engagement, name = made.engagement, made.application.name
    assert engagement is not None
    scheme = usual(Parameters(today())).model_copy(
        update={"share": 100, "base": "due", "probation": True, "publicity_days": 5, "reconsider_days": 5}
    )
    officer = made.checkers[0]
    with acting(made.hr):
        place = place_now(engagement)
        assert place is not None
        round_ = round_draft(actor=made.hr, period="year", year=today().year, part=1, scheme=scheme)
        Round.objects.filter(pk=round_.pk).update(state="opened")
        sheet = Sheet.objects.create(
            organ_code=made.code,
            round=round_,
            engagement=engagement,
            person_id=engagement.person_id,
            name=engagement.person.name,
            unit=place.unit,
            officer_id=officer.account_id,
            facts={"education": [{"said": f"{name}参加岗前培训", "known": True}]},
            facts_on=today(),
        )
        sheet = sheet_report(actor=made.hr, sheet=sheet, words=f"{name}的自评")
    with acting(factories.PROVINCIAL):
        leader = actor_with(factories.account(place.unit_id, "unit_leader", name=f"{name}所长"))
    points = dict.fromkeys(HEADINGS, Decimal(92))
    for each in (officer, leader):
        with acting(each):
            absent = 0 if each is officer else None
            sheet = sheet_score(actor=each, sheet=sheet, scored=Scored(points, f"{name}表现突出", absent))
    with acting(made.hr):
        sheet_settle(actor=made.hr, sheet=sheet, reason="新聘人员，参加本年度考核")
        round_propose(actor=made.hr, round_=round_)
    with acting(made.head):
        round_decide(actor=made.head, round_=round_)
    with acting(made.hr):
        round_publicise(actor=made.hr, round_=round_)
        sheet = Sheet.objects.select_related("round").get(pk=sheet.pk)
        asked_receive(actor=made.hr, sheet=sheet, kind="person", said=f"{name}申请复核", asked_on=today())
