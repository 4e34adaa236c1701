"""Many who apply at once: nothing is lost and nothing doubled."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from fujing.kernel.actor import Actor, acting
from fujing.kernel.refusals import Refusal, speaking
from fujing.recruitment.applications.models import Application
from fujing.recruitment.applications.services import application_save, application_submit
from tests import factories
from tests.factories import SANTAI
from tests.recruitment.applications import made


@pytest.mark.race
def test_a_rush_of_double_clicks_leaves_one_submitted_application_each(committed: None) -> None:
    to = made.campaign()
    actors = [made.applicant() for _ in range(6)]

    def click(actor: Actor) -> str:
        try:
            with speaking(), acting(actor):
                draft = application_save(actor=actor, campaign=to, position=to.positions.get(), facts=made.FACTS)
                return application_submit(actor=actor, application=draft).state
        except Refusal as refusal:
            return refusal.message
        finally:
            connection.close()

    with ThreadPoolExecutor(12) as threads:
        results = list(threads.map(click, actors * 2))
    assert set(results) <= {
        "submitted",
        "同一公告只能报名一次，您已报名。",
        "报名已提交，不能再修改；需要修改时请放弃或等待退回补充。",
    }
    with acting(factories.territorial(SANTAI)):
        states = list(Application.objects.values_list("state", flat=True))
    assert states == ["submitted"] * len(actors)
