"""Suggestions of who serves to the own bureau, and the answer (Article 14.4)."""

from __future__ import annotations

from django.db.models import QuerySet

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.locks import relocked
from fujing.kernel.refusals import existing, stated
from fujing.management.complaints.models import Suggestion
from fujing.management.complaints.policies import check_answer_suggestion
from fujing.management.complaints.states import SUGGESTION
from fujing.registry.own import own_person


def suggestion_make(*, actor: Actor, text: str) -> Suggestion:
    """Suggest something to the bureau that keeps the own file."""
    text = stated(text, "text", "请填写意见建议。", refusal="没有提交。", provisions=("14.4",))
    person = own_person(actor)
    return Suggestion.objects.create(organ_code=person.organ_code, person_id=person.pk, text=text)


def suggestion_answer(*, actor: Actor, suggestion: Suggestion, answer: str) -> Suggestion:
    """Answer it, once."""
    check_answer_suggestion(actor, suggestion)
    row = relocked(suggestion)
    move = SUGGESTION.check(actor, row.state, "answer")
    answer = stated(answer, "answer", "请填写答复。", refusal="没有答复。", provisions=("14.4",))
    row.state, row.answer, row.answered_on, row.answered_by = move.target, answer, today(), actor.name
    row.save(update_fields=["state", "answer", "answered_on", "answered_by"])
    return row


def own_suggestions(actor: Actor) -> QuerySet[Suggestion]:
    """The actor's own, the latest first."""
    return Suggestion.objects.filter(person_id=actor.person_id or 0).order_by("-pk")


def suggestions_for(actor: Actor) -> QuerySet[Suggestion]:
    """Those of the territory, the newest first."""
    return Suggestion.objects.filter(organ_code__range=actor.territory).order_by("-pk")


def suggestion_for(actor: Actor, pk: int) -> Suggestion:
    """One of them, or 404."""
    return existing(suggestions_for(actor).filter(pk=pk).first(), "没有这条意见建议")
