"""意见建议: made in the own name, answered once by the own bureau, seen by whoever made it (14.4)."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.kernel.refusals import NotAllowed, Refusal, speaking
from fujing.kernel.todos import waiting
from fujing.management.complaints.models import Suggestion
from fujing.management.complaints.suggestions import (
    own_suggestions,
    suggestion_answer,
    suggestion_make,
    suggestions_for,
)
from fujing.management.complaints.todos import COMPLAINTS
from tests import factories
from tests.factories import SANTAI, YANTING
from tests.management.reports import Case, case

pytestmark = pytest.mark.django_db
TEXT = "夜班的反光背心不够"


def made_by(who: Case) -> Suggestion:
    with acting(who.accused):
        return suggestion_make(actor=who.accused, text=TEXT)


def test_a_suggestion_is_answered_once_and_its_maker_reads_it() -> None:
    made = case()
    row = made_by(made)
    with acting(factories.PROVINCIAL):
        clerk, other = factories.officer(SANTAI, "hr_officer"), factories.officer(SANTAI, "finance")
    with acting(clerk):
        assert {each.kind: each.count for each in waiting(clerk, COMPLAINTS)} == {"suggestion_made": 1}
        assert [each.text for each in suggestions_for(clerk)] == [TEXT]
        with pytest.raises(Refusal) as silent:
            suggestion_answer(actor=clerk, suggestion=row, answer=" ")
        assert set(silent.value.errors) == {"answer"}
    with acting(other), pytest.raises(NotAllowed):
        suggestion_answer(actor=other, suggestion=row, answer="已补发")
    with acting(clerk):
        suggestion_answer(actor=clerk, suggestion=row, answer="已补发")
        with pytest.raises(Refusal, match="已答复"):
            suggestion_answer(actor=clerk, suggestion=row, answer="再答")
    with acting(made.accused):
        assert [(each.answer, each.answered_on) for each in own_suggestions(made.accused)] == [("已补发", today())]


def test_another_bureau_neither_reads_nor_answers() -> None:
    row = made_by(case())
    with acting(factories.PROVINCIAL):
        factories.bureau(YANTING)
        clerk = factories.officer(YANTING, "hr_officer")
    with acting(clerk):
        assert not suggestions_for(clerk).exists()
        with pytest.raises(NotAllowed):
            suggestion_answer(actor=clerk, suggestion=row, answer="答复")


def test_nobody_suggests_in_anothers_name_and_nothing_is_changed() -> None:
    made = case()
    row = made_by(made)
    with acting(factories.PROVINCIAL):
        person, clerk = factories.person(SANTAI, "别人"), factories.officer(SANTAI, "hr_officer")
    for actor in (made.accused, clerk):
        with acting(actor), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Suggestion.objects.create(organ_code=SANTAI, person_id=person.pk, text="冒名")
    with acting(made.accused), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Suggestion.objects.create(organ_code=YANTING, person_id=made.accused.person_id, text="给别处")
    with acting(made.accused), pytest.raises(Refusal) as silent:
        suggestion_make(actor=made.accused, text=" ")
    assert set(silent.value.errors) == {"text"}
    with acting(clerk):
        with pytest.raises(Refusal, match="不得改动"), speaking(), transaction.atomic():
            Suggestion.objects.filter(pk=row.pk).update(text="改")
        assert Suggestion.objects.filter(pk=row.pk).delete()[0] == 0
        with pytest.raises(Refusal, match="答复应写明"), speaking(), transaction.atomic():
            Suggestion.objects.filter(pk=row.pk).update(state="answered")
