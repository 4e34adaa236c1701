"""No request makes a server's fault: every page by every role with values that nobody expects.

`make fuzz` sends 20,000 with a seed of the day; the suite a smaller share with a fixed one.
"""

from __future__ import annotations

import os
import sys
from time import perf_counter

import pytest
from django.urls import reverse

from tests.clients import client_of
from tests.hostile.pages import arguments
from tests.hostile.visitors import everybody
from tests.hostile.wanderer import Wanderer
from tests.world.steps import JIANGYOU, at_every_step

REQUESTS = int(os.environ.get("REQUESTS", "600"))
SEED = int(os.environ.get("SEED", "345"))


@pytest.fixture
def wanderer(db: None) -> Wanderer:
    """Four counties: one is done, one has an open registration, one makes its list public, one is still drafting."""
    made = at_every_step()
    applicants = {f"applicant@{county.code}": client_of(county.applicant) for county in made}
    wanderer = Wanderer(everybody(JIANGYOU, *(county.code for county in made)) | applicants, SEED)
    for county in made:
        for name, values in arguments(county).items():
            role = "applicant" if name.startswith("public:") else "hr_head"
            wanderer.tell(f"{role}@{county.code}", [reverse(name, kwargs=values)])
    return wanderer


def test_no_request_is_a_fault_of_ours(wanderer: Wanderer, capsys: pytest.CaptureFixture) -> None:
    began = perf_counter()
    wanderer.wander(REQUESTS)
    with capsys.disabled():
        sys.stdout.write(f"seed {SEED}, {perf_counter() - began:.0f} s: {wanderer.report}\n")
    told = "\n".join(f"{cause}\n    {asked}" for cause, asked in wanderer.faults.items())
    assert not wanderer.faults, f"seed {SEED}, {wanderer.report}\n{told}"
