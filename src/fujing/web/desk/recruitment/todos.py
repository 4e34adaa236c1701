"""What waits in the wing of recruitment: its sections' todos over the campaigns read once, and where each is done."""

from __future__ import annotations

from collections.abc import Iterator

from fujing.kernel.actor import Actor
from fujing.kernel.todos import Todo
from fujing.recruitment.applications.todos import application_todos
from fujing.recruitment.background.todos import background_todos
from fujing.recruitment.campaigns.todos import campaign_todos, consent_todos, open_campaigns, running
from fujing.recruitment.exams.todos import exam_todos
from fujing.recruitment.hiring.todos import hiring_todos
from fujing.recruitment.medical.todos import medical_todos
from fujing.recruitment.plans.todos import plan_todos
from fujing.recruitment.selection.todos import selection_todos

PLACES = {
    "plan_task": "desk:plan",
    "plan_returned": "desk:plan",
    "consent": "desk:consent",
    "publish": "desk:campaign",
    "publish_draft": "desk:campaign",
    "close": "desk:campaign",
    "finish": "desk:campaign",
    "review": "desk:applications?state=submitted",
    "late_supplement": "desk:application",
    "check": "desk:background",
    "score_check": "desk:results",
    "objection": "desk:publicity",
    "medical": "desk:medical",
    "medical_exam": "desk:exam",
    "sitting": "desk:sitting",
    "hire": "desk:hires",
    "publicise": "desk:publicity",
}
"""By kind: the name of the page, with what narrows its list."""


def campaign_page_todos(actor: Actor) -> Iterator[Todo]:
    """Of the actor's own bureau, what waits about its recruitments."""
    campaigns = open_campaigns(actor)
    if not campaigns:
        return
    yield from campaign_todos(actor, campaigns)
    if on := running(campaigns):
        for of_section in (
            application_todos,
            background_todos,
            selection_todos,
            medical_todos,
            exam_todos,
            hiring_todos,
        ):
            yield from of_section(actor, on)


def recruitment_todos(actor: Actor) -> Iterator[Todo]:
    """Everything of the wing: plans, consents, recruitments."""
    yield from plan_todos(actor)
    yield from consent_todos(actor)
    yield from campaign_page_todos(actor)
