"""No request makes a server's fault: every page by every role with values that nobody expects.

`make fuzz` sends 20,000 with a seed of the day; the suite a smaller share with a fixed one.
"""

from __future__ import annotations

import os
import sys
from time import perf_counter

import pytest
from django.urls import reverse

from fujing.kernel.actor import acting
from fujing.recruitment.campaigns.services import campaign_draft
from fujing.recruitment.plans.services import Line, plan_draft
from tests import factories, world
from tests.clients import client_of
from tests.factories import SANTAI, YANTING
from tests.hostile.pages import arguments
from tests.hostile.visitors import everybody
from tests.hostile.wanderer import Wanderer

REQUESTS = int(os.environ.get("REQUESTS", "600"))
SEED = int(os.environ.get("SEED", "345"))
ZITONG, JIANGYOU = 510725000000, 510781000000


@pytest.fixture
def wanderer(db: None) -> Wanderer:
    """Four counties: one is done, one has an open registration, one makes its list public, one is still drafting."""
    made = [
        world.finish(world.county(SANTAI, "三台某", 101)),
        world.county(YANTING, "盐亭某", 102),
        world.walk(world.county(ZITONG, "梓潼某", 103), until="publicised"),
    ]
    drafting(JIANGYOU)
    applicants = {f"applicant@{county.code}": client_of(county.applicant) for county in made}
    wanderer = Wanderer(everybody(JIANGYOU, *(county.code for county in made)) | applicants, SEED)
    for county in made:
        for name, values in arguments(county).items():
            role = "applicant" if name.startswith("public:") else "hr_head"
            wanderer.tell(f"{role}@{county.code}", [reverse(name, kwargs=values)])
    return wanderer


def drafting(code: int) -> None:
    """An announcement in draft, and a plan."""
    plan = factories.approved_plan(code, count=2)
    factories.quota(code, 3)
    hr = factories.territorial(code)
    with acting(hr):
        campaign_draft(actor=hr, document=world.document(title="江油公告"), plan=plan)
        plan_draft(actor=hr, year=2027, reason="警力不足", lines=[Line("一线执勤", "field", 1, "巡逻防控")])


def test_no_request_is_a_fault_of_ours(wanderer: Wanderer, capsys: pytest.CaptureFixture) -> None:
    began = perf_counter()
    wanderer.wander(REQUESTS)
    with capsys.disabled():
        sys.stdout.write(f"seed {SEED}, {perf_counter() - began:.0f} s: {wanderer.report}\n")
    told = "\n".join(f"{cause}\n    {asked}" for cause, asked in wanderer.faults.items())
    assert not wanderer.faults, f"seed {SEED}, {wanderer.report}\n{told}"
