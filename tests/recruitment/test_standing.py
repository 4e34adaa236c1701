"""On the day of the results everybody asks for their own line: cheap, and never another line than the list says."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.recruitment.applications.services import application_withdraw
from fujing.recruitment.hiring import standing
from fujing.recruitment.hiring.outcomes import Ended, outcome_of
from fujing.recruitment.hiring.services import hire_decline
from fujing.recruitment.selection.models import Objection
from fujing.recruitment.selection.publicity import objection_decide, objection_file
from tests.clients import client_of
from tests.recruitment import ranked
from tests.recruitment.applications import made
from tests.recruitment.ranked import NAMES, Ranked

pytestmark = pytest.mark.django_db


def own(course: Ranked, name: str) -> Ended:
    actor = course.actors[name]
    with acting(actor):
        ended = outcome_of(actor, course.fresh(name))
    assert ended is not None
    return ended


def agree(course: Ranked) -> dict[str, str]:
    """Everybody reads what the recruiting organ's list says of them; returned by name."""
    said = {}
    for name in NAMES:
        line, ended = course.line(name), own(course, name)
        assert ended.line is not None
        assert (ended.line.status, ended.line.reserve) == (line.place.status, line.reserve)
        assert ended.steps == line.steps
        said[name] = line.place.status
    return said


def withdraw(course: Ranked) -> None:
    with acting(course.actors["安一"]) as actor:
        application_withdraw(actor=actor, application=course.fresh("安一"))


def fail_the_check(course: Ranked) -> None:
    """Of the first in the reserve, after the first of all gave up."""
    withdraw(course)
    assert agree(course)["安二"] == "hire"
    ranked.check(course, "安二", fit=False)


def decline(course: Ranked) -> None:
    with acting(course.head) as head:
        hire_decline(actor=head, application=course.fresh("安一"), on=today(), reason="另有工作")


def uphold(course: Ranked) -> None:
    ranked.over(course, today() + timedelta(days=1))
    agree(course)
    notice = course.line("安一").notice
    assert notice is not None
    with acting(made.VISITOR) as visitor:
        objection_file(actor=visitor, notice=notice, about=course.applications["安一"].pk, text="不实")
    with acting(course.head) as head:
        objection_decide(actor=head, objection=Objection.objects.get(), verb="uphold", answer="属实")


@pytest.mark.parametrize("change", [withdraw, fail_the_check, decline, uphold])
def test_whatever_changes_the_list_changes_what_everybody_reads(change) -> None:
    course = ranked.publicised()
    before = agree(course)
    change(course)
    after = agree(course)
    assert before["安一"] == "hire"
    assert after["安一"] == "out"
    assert "hire" in after.values()


def test_the_end_of_the_publicity_is_one_of_the_inputs() -> None:
    course = ranked.publicised()
    until = own(course, "安二").reserve_until
    ranked.over(course, today() - timedelta(days=40))
    assert own(course, "安二").reserve_until != until
    agree(course)


def test_one_computation_serves_everybody_until_an_input_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    course = ranked.publicised()
    computed = []
    hire_lists = standing.hire_lists
    monkeypatch.setattr(standing, "hire_lists", lambda *a, **k: computed.append(1) or hire_lists(*a, **k))
    standing._computed.cache_clear()
    for name in NAMES * 2:
        own(course, name)
    assert len(computed) == 1
    withdraw(course)
    for name in NAMES:
        own(course, name)
    assert len(computed) == 2


@pytest.mark.parametrize("candidates", [4, 12])
def test_a_result_costs_at_most_twenty_queries_for_few_as_for_many(candidates: int) -> None:
    names = [f"人{number:02d}" for number in range(candidates)]
    course = ranked.publicised(names=names)
    client = client_of(course.actors[names[-1]])
    url = reverse("public:application", args=[course.applications[names[-1]].pk])
    client.get(url)
    with CaptureQueriesContext(connection) as made_:
        assert "名次" in client.get(url).content.decode()
    asked = [each["sql"] for each in made_ if "SELECT" in each["sql"][:8] and "set_config" not in each["sql"]]
    assert len(asked) <= 20, asked
