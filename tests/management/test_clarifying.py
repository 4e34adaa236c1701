"""Clarification in public: never against the person's will, never wider than they agreed to (Article 28.p2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.kernel.files import file_store
from fujing.kernel.refusals import NotAllowed, NotFound, Refusal, speaking
from fujing.management.protection.clarifying import (
    clarification_agree,
    clarification_drop,
    clarification_propose,
    clarification_publish,
    clarification_refuse,
    clarification_retract,
    consent_record,
)
from fujing.management.protection.models import Clarification
from fujing.management.protection.queries import own_asked, own_clarification
from fujing.management.protection.services import protection_conclude
from fujing.management.protection.states import CLARIFICATION, ClarificationState
from fujing.registry.states import Role
from tests import factories
from tests.factories import SANTAI
from tests.management.made import PDF
from tests.management.protected import (
    NOTICE,
    Protected,
    agreed,
    declined,
    handled,
    measured,
    opened,
    proposed,
    protected,
)

pytestmark = pytest.mark.django_db
C = ClarificationState
WHERE = {"published_on": today(), "published_where": "城关社区公告栏"}


def accused_falsely(made: Protected) -> Any:
    return handled(made, kind="false_report", damage="", harmed=("name",))


def paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("意见.pdf", PDF)


def published(made: Protected, row: Clarification, scope: int) -> Clarification:
    with acting(made.discipline):
        return clarification_publish(actor=made.discipline, clarification=row, published_scope=scope, **WHERE)


def test_made_clear_as_far_as_the_person_agreed_and_then_concluded() -> None:
    made = protected()
    case = accused_falsely(made)
    measured(made, case, kind="answered", note="答复投诉人")
    row = published(made, agreed(made, case, scope=3), 3)
    assert (row.state, row.text, row.published_by) == (C.PUBLISHED, NOTICE, made.discipline.name)
    with acting(made.person):
        mine = own_clarification(made.person, row.pk)
        assert (mine.get_published_scope_display(), mine.published_where) == ("本机关", "城关社区公告栏")
    with acting(made.chief):
        done = protection_conclude(actor=made.chief, case=case, finding="upheld", conclusion="投诉不实")
        assert done.state == "concluded"


def test_whoever_does_not_want_it_known_has_the_case_concluded_all_the_same() -> None:
    made = protected()
    case = accused_falsely(made)
    measured(made, case)
    row = declined(made, case)
    with pytest.raises(Refusal):
        published(made, row, 1)
    with acting(made.chief):
        done = protection_conclude(actor=made.chief, case=case, finding="upheld", conclusion="投诉不实")
        assert done.state == "concluded"


@pytest.mark.parametrize("scope", [4, 5])
def test_nothing_goes_further_than_the_consent_neither_by_service_nor_by_sql(scope: int) -> None:
    made = protected()
    row = agreed(made, accused_falsely(made), scope=3)
    with pytest.raises(Refusal) as refused:
        published(made, row, scope)
    assert set(refused.value.errors) == {"published_scope"}
    with acting(made.discipline):
        with pytest.raises(Refusal, match="不能宽于本人同意的范围"), speaking(), transaction.atomic():
            Clarification.objects.filter(pk=row.pk).update(
                state=C.PUBLISHED, published_scope=scope, published_by="某", **WHERE
            )
        for change in ({"agreed_scope": scope}, {"scope": 5}, {"text": "另一段话"}):
            with pytest.raises(Refusal, match="不得改动"), speaking(), transaction.atomic():
                Clarification.objects.filter(pk=row.pk).update(**change)
    assert published(made, row, 1).published_scope == 1


def test_nobody_agrees_for_the_person_without_their_paper() -> None:
    made = protected()
    row = proposed(made, accused_falsely(made))
    consent = {"agreed_scope": 4, "consented_on": today(), "consented_by": made.discipline.name}
    with acting(made.discipline):
        for state in (C.AGREED, C.REFUSED):
            with pytest.raises(Refusal, match="由本人登录表示"), speaking(), transaction.atomic():
                Clarification.objects.filter(pk=row.pk).update(state=state, **consent)
        with pytest.raises(NotAllowed):
            clarification_agree(actor=made.discipline, clarification=row, agreed_scope=4)
        kept = file_store(actor=made.discipline, organ_code=SANTAI, upload=paper())
        with pytest.raises(Refusal, match="先征求本人意见"), speaking(), transaction.atomic():
            Clarification.objects.create(
                organ_code=SANTAI,
                case=row.case,
                person_id=row.person_id,
                form="notice",
                scope=4,
                text=NOTICE,
                agreed_scope=4,
                consent_paper=kept,
                recorded_by=made.discipline.name,
            )
        given = {"actor": made.discipline, "clarification": row, "consented_on": today()}
        row = consent_record(**given, verb="agree_paper", upload=paper(), agreed_scope=2)
        assert (row.state, row.agreed_scope, row.consent_paper_id is None) == (C.AGREED, 2, False)
        # A consent on paper is no paper that takes it back.
        with pytest.raises(Refusal, match="由本人登录表示"), speaking(), transaction.atomic():
            Clarification.objects.filter(pk=row.pk).update(state=C.REFUSED, **(consent | {"agreed_scope": 2}))
        row = consent_record(**given | {"clarification": row}, verb="retract_paper", upload=paper())
        assert row.state == C.REFUSED


def test_the_person_agrees_to_no_more_than_is_proposed_and_may_take_it_back() -> None:
    made = protected()
    row = proposed(made, accused_falsely(made), scope=2)
    with acting(made.person):
        assert own_asked(made.person) == 1
        for scope in (3, None):
            with pytest.raises(Refusal) as refused:
                clarification_agree(actor=made.person, clarification=row, agreed_scope=scope)  # type: ignore[arg-type]
            assert set(refused.value.errors) == {"agreed_scope"}
        row = clarification_agree(actor=made.person, clarification=row, agreed_scope=2)
        assert own_asked(made.person) == 0
        assert clarification_retract(actor=made.person, clarification=row).state == C.REFUSED
    with pytest.raises(Refusal):
        published(made, row, 1)


@pytest.mark.parametrize("change", [{"agreed_scope": 3}, {"agreed_scope": None}, {"consented_on": None}])
def test_the_database_takes_no_consent_that_is_wider_or_without_its_day(change: dict[str, Any]) -> None:
    made = protected()
    row = proposed(made, accused_falsely(made), scope=2)
    given = {"state": C.AGREED, "agreed_scope": 2, "consented_on": today(), "consented_by": "王建华", **change}
    with acting(widely(made)), pytest.raises(Refusal, match="不宽于拟公开的范围"), speaking(), transaction.atomic():
        Clarification.objects.filter(pk=row.pk).update(**given)


def widely(made: Protected) -> Actor:
    """The person with a territory that no sign-in of theirs has."""
    return replace(made.person, lo=SANTAI, hi=SANTAI + 10**6 - 1)


def test_another_person_reads_and_answers_nothing() -> None:
    made, other = protected(), protected(name="刘海")
    row = proposed(made, accused_falsely(made))
    with acting(other.person):
        with pytest.raises(NotFound):
            own_clarification(other.person, row.pk)
        for act in (
            lambda: clarification_agree(actor=other.person, clarification=row, agreed_scope=1),
            lambda: clarification_refuse(actor=other.person, clarification=row),
        ):
            with pytest.raises(NotAllowed):
                act()


def test_the_person_publishes_nothing() -> None:
    made = protected()
    row = agreed(made, accused_falsely(made))
    with acting(widely(made)), pytest.raises(Refusal, match="由公安机关进行"), speaking(), transaction.atomic():
        Clarification.objects.filter(pk=row.pk).update(
            state=C.PUBLISHED, published_scope=1, published_by="王建华", **WHERE
        )


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"published_on": today() + timedelta(1)}, "不能早于本人同意"),
        ({"published_on": today() - timedelta(1)}, "不能早于本人同意"),
        ({"published_where": " "}, "在哪里公开"),
        ({"published_scope": None}, "不能宽于本人同意的范围"),
    ],
)
def test_what_is_recorded_of_a_publication(change: dict[str, Any], sentence: str) -> None:
    made = protected()
    row = agreed(made, accused_falsely(made))
    given = {"state": C.PUBLISHED, "published_scope": 1, "published_by": "某", **WHERE, **change}
    with acting(made.discipline), pytest.raises(Refusal, match=sentence), speaking(), transaction.atomic():
        Clarification.objects.filter(pk=row.pk).update(**given)
    service = {"published_scope": 1, **WHERE, **{key: value for key, value in change.items() if value is not None}}
    if service != {"published_scope": 1, **WHERE}:
        with acting(made.discipline), pytest.raises(Refusal) as refused:
            clarification_publish(actor=made.discipline, clarification=row, **service)
        assert set(refused.value.errors) == set(change)


def test_it_is_proposed_while_the_case_is_handled_and_says_something() -> None:
    made = protected()
    row = opened(made, kind="smear")
    with pytest.raises(Refusal, match="受理以后"):
        proposed(made, row)
    case = accused_falsely(made)
    with acting(made.discipline):
        with pytest.raises(Refusal) as refused:
            clarification_propose(actor=made.discipline, case=case, form="notice", scope=1, text=" ")
        assert set(refused.value.errors) == {"text"}
        for text, about, sentence in ((" ", case, "应写明澄清的内容"), ("好", row, "受理以后、办结以前")):
            with pytest.raises(Refusal, match=sentence), speaking(), transaction.atomic():
                Clarification.objects.create(
                    organ_code=SANTAI,
                    case=about,
                    person_id=row.person_id,
                    form="notice",
                    scope=1,
                    text=text,
                    recorded_by=made.discipline.name,
                )


@pytest.mark.parametrize(("role", "state"), list(product(Role, ClarificationState)))
def test_every_role_in_every_state(role: Role, state: ClarificationState) -> None:
    """The whole table: what it allows is done, anything else is refused."""
    made = protected()
    if role == Role.AUXILIARY:
        actor = made.person
    else:
        with acting(factories.PROVINCIAL):
            actor = factories.officer(SANTAI, role)
    case = accused_falsely(made)
    row = declined(made, case) if state == C.REFUSED else proposed(made, case)
    if state in (C.AGREED, C.PUBLISHED):
        with acting(made.person):
            row = clarification_agree(actor=made.person, clarification=row, agreed_scope=2)
    if state == C.PUBLISHED:
        row = published(made, row, 2)
    if state == C.DROPPED:
        with acting(made.discipline):
            row = clarification_drop(actor=made.discipline, clarification=row)
    on_paper = {"actor": actor, "clarification": row, "consented_on": today()}
    acts = {
        "agree": lambda: clarification_agree(actor=actor, clarification=row, agreed_scope=2),
        "refuse": lambda: clarification_refuse(actor=actor, clarification=row),
        "retract": lambda: clarification_retract(actor=actor, clarification=row),
        "agree_paper": lambda: consent_record(**on_paper, verb="agree_paper", upload=paper(), agreed_scope=2),
        "refuse_paper": lambda: consent_record(**on_paper, verb="refuse_paper", upload=paper()),
        "retract_paper": lambda: consent_record(**on_paper, verb="retract_paper", upload=paper()),
        "drop": lambda: clarification_drop(actor=actor, clarification=row),
        "publish": lambda: clarification_publish(actor=actor, clarification=row, published_scope=2, **WHERE),
    }
    allowed = {move.verb for move in CLARIFICATION.from_state(state) if actor.has(*move.roles)}
    with acting(actor):
        for verb, act in acts.items():
            done = False
            try:
                with transaction.atomic():
                    act()
                    done = True
                    raise LookupError
            except (Refusal, NotAllowed, LookupError):
                pass
            assert done is (verb in allowed), (verb, role, state)
