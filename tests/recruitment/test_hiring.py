"""From the hire list to a contract: what is refused, and by which provision (16.p3, 17.p2, 21.p1, 22)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import transaction

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.kernel.refusals import NotAllowed, Refusal, speaking
from fujing.law.parameters import Parameters
from fujing.law.periods import months_later
from fujing.law.probation import probation_limit
from fujing.management.contracts.services import contract_sign
from fujing.recruitment.applications.models import Application
from fujing.recruitment.campaigns.services import campaign_draft, campaign_publish
from fujing.recruitment.hiring.services import hire
from fujing.recruitment.plans.models import HeadcountPlan
from fujing.recruitment.selection.models import Candidate, PublicityNotice, Ranking
from fujing.recruitment.selection.publicity import publicity_ends
from fujing.recruitment.selection.services import ranking_compute
from fujing.registry.models import Engagement, Post
from tests import factories, world
from tests.factories import SANTAI


@pytest.fixture
def finished(db: None) -> world.County:
    return world.finish(world.county(SANTAI, "王建华", 301))


@pytest.fixture
def serving(province: object) -> Engagement:
    """Somebody who serves without a contract."""
    factories.quota(SANTAI, 2)
    with acting(factories.territorial(SANTAI)):
        return factories.engagement(factories.person(SANTAI))


def sign(engagement: Engagement, **changes: object) -> None:
    actor = factories.territorial(SANTAI, "hr_head")
    values: dict = {
        "kind": "fixed",
        "term_months": 36,
        "probation_months": 2,
        "signed_on": engagement.span.lower,
        "starts": engagement.span.lower,
        **changes,
    }
    with acting(actor), transaction.atomic():
        contract_sign(actor=actor, engagement=engagement, **values)


@pytest.mark.parametrize(("term", "limit"), [(2, 0), (3, 1), (11, 1), (12, 2), (35, 2), (36, 6), (60, 6)])
def test_probation_within_the_limit_of_the_term_is_lawful_and_one_month_more_is_not(
    serving: Engagement, term: int, limit: int
) -> None:
    assert probation_limit(Parameters(date(2026, 1, 1)), term) == limit
    with pytest.raises(Refusal, match="第十九条") as refused:
        sign(serving, term_months=term, probation_months=limit + 1)
    assert refused.value.provisions == ("22",)
    sign(serving, term_months=term, probation_months=limit)


def test_open_ended_contracts_allow_six_months() -> None:
    assert probation_limit(Parameters(date(2026, 1, 1)), None) == 6


def test_before_the_labour_contract_law_no_limit_is_known() -> None:
    assert probation_limit(Parameters(date(2007, 12, 31)), 36) is None


def test_signing_later_than_a_month_needs_its_reason(serving: Engagement) -> None:
    due = months_later(serving.span.lower, 1)
    with pytest.raises(Refusal, match="第十条"):
        sign(serving, signed_on=due + timedelta(days=1))
    sign(serving, signed_on=due + timedelta(days=1), late_reason="本人外出培训")


def test_a_second_probation_with_the_same_employer_is_refused(serving: Engagement) -> None:
    sign(serving)
    later = months_later(serving.span.lower, 36)
    with pytest.raises(Refusal, match="只能约定一次试用期"), speaking():
        sign(serving, signed_on=later, starts=later, late_reason="续签", probation_months=1)


def test_two_contracts_never_overlap(serving: Engagement) -> None:
    sign(serving)
    with pytest.raises(Refusal, match="只能有一份劳动合同"), speaking():
        sign(serving, probation_months=0)


def test_another_bureau_does_not_sign(serving: Engagement) -> None:
    actor = replace(factories.territorial(factories.MIANYANG, "hr_head"), account_id=5)
    with acting(actor), pytest.raises(NotAllowed):
        contract_sign(
            actor=actor,
            engagement=serving,
            kind="fixed",
            term_months=36,
            probation_months=0,
            signed_on=today(),
            starts=today(),
        )


def test_nobody_is_hired_twice_for_one_application(finished: world.County) -> None:
    with acting(finished.head):
        application = Application.objects.get(pk=finished.application.pk)
        post = Post.objects.get(name="一线执勤")
        with pytest.raises(Refusal):
            hire(actor=finished.head, application=application, start_on=today(), unit=post.unit, post=post)


def test_nobody_is_hired_while_the_publicity_lasts(finished: world.County) -> None:
    with acting(finished.head):
        PublicityNotice.objects.update(ends=today())
        application = Application.objects.get(pk=finished.application.pk)
        post = Post.objects.get(name="一线执勤")
        with pytest.raises(Refusal, match="期满后才能聘用") as refused:
            hire(actor=finished.head, application=application, start_on=today(), unit=post.unit, post=post)
    assert refused.value.provisions == ("21.p1",)


def test_the_same_inputs_give_the_stored_ranking_back(db: None) -> None:
    county = world.county(SANTAI, "王建华", 302)
    made = world.finish(county)
    with acting(made.head):
        ranking = Ranking.objects.get()
        assert Candidate.objects.get(ranking=ranking).status == "hire"
        with pytest.raises(Refusal, match="报名截止后、公示前"):
            ranking_compute(actor=made.head, campaign=made.campaign)


def test_a_looser_announcement_is_not_published_and_says_where(db: None) -> None:
    plan = factories.approved_plan(SANTAI, count=2)
    head = factories.territorial(SANTAI, "hr_head")
    looser = world.document()
    looser["positions"][0]["conditions"]["education"]["min"] = "junior_middle"
    with acting(head):
        campaign = campaign_draft(actor=head, document=looser, plan=plan)
        with pytest.raises(Refusal, match="不符合办法") as refused:
            campaign_publish(actor=head, campaign=campaign)
    assert refused.value.provisions == ("18.4",)
    assert "岗位01" in refused.value.errors["document"][0]


def test_without_an_approved_plan_nothing_is_published(db: None) -> None:
    factories.approved_plan(SANTAI, count=2)
    head = factories.territorial(SANTAI, "hr_head")
    with acting(head):
        campaign = campaign_draft(actor=head, document=world.document(), plan=None)
        with pytest.raises(Refusal) as refused:
            campaign_publish(actor=head, campaign=campaign)
        assert refused.value.provisions == ("16.p3",)
        too_many = world.document()
        too_many["positions"][0]["headcount"] = 3
        campaign = campaign_draft(actor=head, document=too_many, plan=HeadcountPlan.objects.get())
        with pytest.raises(Refusal) as refused:
            campaign_publish(actor=head, campaign=campaign)
        assert "16.p3" in refused.value.provisions


def test_publicity_counts_statutory_working_days() -> None:
    # 2026-02-13 is a Friday; the Spring Festival rest begins on the 15th, the 14th is a working Saturday.
    assert publicity_ends(date(2026, 2, 13), 1, "working") == date(2026, 2, 13)
    assert publicity_ends(date(2026, 2, 13), 2, "working") == date(2026, 2, 14)
    assert publicity_ends(date(2026, 2, 13), 3, "calendar") == date(2026, 2, 15)
