"""Beside each name of somebody who acted stands the account, and the database writes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.apps import apps
from django.db import models, transaction

from fujing.kernel.actor import acting
from fujing.kernel.refusals import Refusal, speaking
from fujing.kernel.signatures import SENTENCE, Mark, marks_of
from fujing.recruitment.applications.models import Application
from tests import world
from tests.factories import SANTAI

FORGED = 987_654_321
# Results have the accounts of all who entered them: one, or two of a double entry (`stage_score_entered_here`).
BY_SEVERAL = {("StageScore", "entered_by")}


def named() -> Iterator[tuple[type[models.Model], str]]:
    for model in apps.get_models():
        if model.__module__.startswith("fujing."):
            for field in model._meta.concrete_fields:
                if isinstance(field, models.CharField) and (field.name == "by" or field.name.endswith("_by")):
                    yield model, field.name


def marked() -> list[tuple[type[models.Model], Mark]]:
    return [(model, mark) for model in apps.get_models() for mark in marks_of(model)]


def test_every_name_of_who_acted_has_its_account_written_by_the_database() -> None:
    signed = {(model, mark.by) for model, mark in marked()}
    assert {(each.__name__, name) for each, name in set(named()) - signed} == BY_SEVERAL
    for model, mark in marked():
        assert isinstance(model._meta.get_field(mark.column), models.BigIntegerField)


@pytest.fixture
def county(db: None) -> world.County:
    return world.finish(world.county(SANTAI, "三台某", 101))


def test_no_account_but_ones_own_can_be_written_beside_an_act(county: world.County) -> None:
    """Each row is written once more as the application role, by somebody who may, under another's account."""
    people = (county.head, county.hr, *county.checkers, county.applicant)
    unseen = []
    for model, mark in marked():
        for actor in people:
            with acting(actor):
                row = model._default_manager.first()
                if row is None:
                    continue
                row.pk = None
                setattr(row, mark.by, actor.name)
                setattr(row, mark.column, FORGED)
                with pytest.raises(Refusal, match=SENTENCE), speaking(), transaction.atomic():
                    row.save(force_insert=True)
            break
        else:
            unseen.append(f"{model.__name__}.{mark.by}")
    assert unseen == []


def test_a_second_act_of_somebody_with_the_same_name_is_that_accounts(db: None) -> None:
    made = world.county(SANTAI, "三台某", 101)
    mine = Application.objects.filter(pk=made.application.pk)
    verdict = {"reviewed_by": made.head.name, "review_note": "学历不够"}
    with acting(made.head):
        mine.update(state="rejected", **verdict)
        assert mine.get().reviewed_by_id == made.head.account_id
    with acting(replace(made.head, account_id=FORGED)):
        mine.update(state="submitted")
        assert mine.get().reviewed_by_id == made.head.account_id
        mine.update(state="rejected", **verdict)
        assert mine.get().reviewed_by_id == FORGED
        mine.update(review_note="学历不符")
        assert mine.get().reviewed_by_id == FORGED
