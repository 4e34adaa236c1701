"""A publication and a return of 人社's consent at the same moment: one of them happens (17.p1, 21.p2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

from django.db import connection

from fujing.kernel.actor import acting
from fujing.kernel.refusals import Refusal, speaking
from fujing.recruitment.campaigns.consents import consent_decide, consents_ask
from fujing.recruitment.campaigns.models import Campaign, Consent
from fujing.recruitment.campaigns.services import campaign_draft, campaign_publish
from tests import factories, world
from tests.factories import SANTAI, territorial

ROUNDS = 12
CLERK = replace(territorial(SANTAI, "hr_officer"), account_id=301)
HEAD = replace(territorial(SANTAI, "hr_head"), account_id=302)


def test_a_returned_announcement_is_never_public(committed: None) -> None:
    plan = factories.approved_plan(SANTAI, count=2 * ROUNDS)
    with acting(factories.PROVINCIAL):
        department = factories.partner(SANTAI, "hrss").code
    hrss = replace(territorial(department, "partner_hrss"), account_id=303, lo=None, hi=None)
    ends: Counter[tuple[str, str]] = Counter()
    for number in range(ROUNDS):
        with acting(CLERK):
            document = world.document(organiser={"mode": "joint_hrss"}, title=f"公告{number}")
            campaign = campaign_draft(actor=CLERK, document=document, plan=plan)
            consents_ask(actor=CLERK, campaign=campaign)
            consent = Consent.objects.get(campaign=campaign)
        with acting(hrss):
            consent_decide(actor=hrss, consent=consent, verb="pass")
        start = Barrier(2)

        def publish(campaign: Campaign = campaign) -> None:
            with acting(HEAD):
                campaign_publish(actor=HEAD, campaign=campaign)

        def take_back(consent: Consent = consent) -> None:
            with acting(hrss):
                consent_decide(actor=hrss, consent=consent, verb="return", opinion="人数有误")

        def tried(act: Callable[[], None], start: Barrier = start) -> bool:
            try:
                start.wait()
                with speaking():
                    act()
            except Refusal:
                return False
            finally:
                connection.close()
            return True

        with ThreadPoolExecutor(2) as threads:
            done = list(threads.map(tried, [publish, take_back]))
        assert sorted(done) == [False, True]
        with acting(HEAD):
            consent = Consent.objects.select_related("campaign").get(pk=consent.pk)
        ends[consent.campaign.state, consent.state] += 1
    assert set(ends) <= {("published", "passed"), ("draft", "returned")}


def test_the_database_alone_lets_only_one_of_them_happen(committed: None) -> None:
    plan = factories.approved_plan(SANTAI, count=2 * ROUNDS)
    with acting(factories.PROVINCIAL):
        department = factories.partner(SANTAI, "hrss").code
    hrss = replace(territorial(department, "partner_hrss"), account_id=303, lo=None, hi=None)
    for number in range(ROUNDS):
        with acting(CLERK):
            document = world.document(organiser={"mode": "joint_hrss"}, title=f"公告{number}")
            campaign = campaign_draft(actor=CLERK, document=document, plan=plan)
            consents_ask(actor=CLERK, campaign=campaign)
            consent = Consent.objects.get(campaign=campaign)
        with acting(hrss):
            consent_decide(actor=hrss, consent=consent, verb="pass")
        start = Barrier(2)
        published = {"state": "published", "published_at": "2026-01-10T09:00+08:00", "published_by": "某人"}
        writes = [
            (Campaign.objects.filter(pk=campaign.pk), published),
            (Consent.objects.filter(pk=consent.pk), {"state": "returned", "opinion": "人数有误"}),
        ]

        def write(each: tuple, start: Barrier = start) -> bool:
            rows, change = each
            try:
                start.wait()
                with speaking(), acting(HEAD):
                    rows.update(**change)
            except Refusal:
                return False
            finally:
                connection.close()
            return True

        with ThreadPoolExecutor(2) as threads:
            done = list(threads.map(write, writes))
        assert sorted(done) == [False, True]
