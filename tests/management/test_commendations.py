"""Commendations: who proposes, checks and decides, the publicity, the objections, and the money (Article 29)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from fujing.general.budget.models import BudgetEntry
from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.kernel.models import Decision
from fujing.kernel.refusals import NotAllowed, Refusal, speaking
from fujing.kernel.todos import waiting
from fujing.management.commendation.models import Commendation, Objection
from fujing.management.commendation.papers import decision, publicity
from fujing.management.commendation.services import (
    commendation_award,
    commendation_check,
    commendation_propose,
    commendation_publicise,
    commendation_refuse,
    commendation_withdraw,
    objection_answer,
    objection_open,
    objection_record,
)
from fujing.management.commendation.states import COMMENDATION, CommendationState
from fujing.management.commendation.todos import COMMENDATIONS
from fujing.registry.states import Role
from tests import factories
from tests.factories import SANTAI, YANTING
from tests.management.departures import Bureau, bureau
from tests.management.made import PDF

pytestmark = pytest.mark.django_db
C = CommendationState
SAVED: dict[str, Any] = {"title": "嘉奖", "deed": "跳入涪江救起落水儿童", "achieved_on": today() - timedelta(3)}
NUMBER = "三公〔2026〕12号"


def leader(code: int = SANTAI) -> Actor:
    with acting(factories.PROVINCIAL):
        return factories.officer(code, "organ_leader")


def proposed(made: Bureau, **said: Any) -> Commendation:
    upload = SimpleUploadedFile("事迹.pdf", PDF)
    with acting(made.hr):
        return commendation_propose(actor=made.hr, engagement=made.engagement, upload=upload, **(SAVED | said))


def public(made: Bureau, *, over: bool = False, **said: Any) -> Commendation:
    """One that is public from today on; `over`: that was until yesterday, as no act lets days pass."""
    row = proposed(made, **said)
    with acting(made.head):
        row = commendation_check(actor=made.head, commendation=row)
    with acting(made.hr):
        if not over:
            return commendation_publicise(actor=made.hr, commendation=row, starts=today(), until=today() + timedelta(5))
        span = {"publicised_from": today() - timedelta(6), "publicised_until": today() - timedelta(1)}
        Commendation.objects.filter(pk=row.pk).update(state=C.PUBLICISED, **span)
        row.refresh_from_db()
    return row


def objection_to(made: Bureau, row: Commendation, **said: Any) -> Objection:
    given = {"received_on": row.publicised_from, "text": "当时并不在场"} | said
    with acting(made.hr):
        return objection_record(actor=made.hr, commendation=row, **given)


def test_from_the_deed_to_the_award_with_its_bonus_set_aside() -> None:
    made = bureau()
    factories.issued_budget(SANTAI, year=today().year)
    row = public(made, over=True, amount=Decimal("2000.00"))
    chief = leader()
    with acting(chief):
        row = commendation_award(actor=chief, commendation=row, document_number=NUMBER)
        assert (row.state, row.decided_on, row.decided_by) == (C.AWARDED, today(), chief.name)
        entry = BudgetEntry.objects.get(pk=row.commitment_id)
        assert (entry.kind, entry.amount, entry.account.kind) == ("commit", Decimal("2000.00"), "commendation")
        told = Decision.objects.get(kind="表彰奖励")
        assert (told.outcome, told.provisions, told.person_id) == ("表彰", ["29"], row.person_id)
        words = " ".join(each.text for each in decision(row).blocks)
        assert "2,000.00元" in words
        assert "第二十九条" in words


def test_a_bonus_that_the_budget_does_not_hold_is_not_awarded() -> None:
    made = bureau()
    factories.issued_budget(SANTAI, amount=1_000, year=today().year)
    row = public(made, over=True, amount=Decimal("1000.01"))
    chief = leader()
    with acting(chief):
        with pytest.raises(Refusal), transaction.atomic():
            commendation_award(actor=chief, commendation=row, document_number=NUMBER)
        row.refresh_from_db()
        assert row.state == C.PUBLICISED
        with pytest.raises(Refusal, match="应从奖励经费中预留"), speaking(), transaction.atomic():
            award_by_sql(chief, row)


def award_by_sql(chief: Actor, row: Commendation, **said: Any) -> None:
    given = {"document_number": NUMBER, "decided_on": today(), "decided_by": chief.name} | said
    Commendation.objects.filter(pk=row.pk).update(state=C.AWARDED, **given)


def test_nothing_is_decided_before_the_publicity_is_over_neither_by_service_nor_by_sql() -> None:
    made = bureau()
    row = public(made)
    chief = leader()
    with acting(chief):
        with pytest.raises(Refusal, match="届满以后才能决定"), speaking(), transaction.atomic():
            commendation_award(actor=chief, commendation=row, document_number=NUMBER)
        with pytest.raises(Refusal, match="届满以后才能决定"), speaking(), transaction.atomic():
            award_by_sql(chief, row)
        # What is false is refused at once.
        assert commendation_refuse(actor=chief, commendation=row, reason="事迹不实").state == C.REFUSED


@pytest.mark.parametrize(("upheld", "sentence"), [(None, "1件异议没有答复"), (True, "1件异议成立"), (False, "")])
def test_an_objection_holds_the_award_until_it_is_answered_and_for_good_if_it_is_right(
    upheld: bool | None, sentence: str
) -> None:
    made = bureau()
    row = public(made, over=True)
    objection = objection_to(made, row)
    if upheld is not None:
        with acting(made.hr):
            objection_answer(actor=made.hr, objection=objection, upheld=upheld, answer="已查实监控")
    chief = leader()
    with acting(chief):
        if not sentence:
            assert commendation_award(actor=chief, commendation=row, document_number=NUMBER).state == C.AWARDED
            return
        with pytest.raises(Refusal, match=sentence), speaking(), transaction.atomic():
            commendation_award(actor=chief, commendation=row, document_number=NUMBER)


def test_an_objection_is_read_for_a_reason_and_stays_as_it_was_said() -> None:
    made = bureau()
    row = public(made)
    objection = objection_to(made, row)
    with acting(made.hr):
        assert objection_open(actor=made.hr, objection=objection, reason="核查").text == "当时并不在场"
    chief = leader()
    with acting(chief):
        assert objection_open(actor=chief, objection=objection, reason="决定前查阅").text == "当时并不在场"
    with acting(factories.PROVINCIAL):
        other = factories.officer(SANTAI, "finance")
    with acting(other), pytest.raises(NotAllowed):
        objection_open(actor=other, objection=objection, reason="看看")
    with acting(made.hr):
        with pytest.raises(Refusal, match="不得改动"), speaking(), transaction.atomic():
            Objection.objects.filter(pk=objection.pk).update(text="没有意见")
        with pytest.raises(Refusal, match="不得删除"), speaking(), transaction.atomic():
            Objection.objects.filter(pk=objection.pk).delete()
        with pytest.raises(Refusal, match="应写明是否成立"), speaking(), transaction.atomic():
            Objection.objects.filter(pk=objection.pk).update(upheld=False)
        objection_answer(actor=made.hr, objection=objection, upheld=False, answer="不属实")
        with pytest.raises(Refusal, match="已经答复"):
            objection_answer(actor=made.hr, objection=objection, upheld=True, answer="改")
        with pytest.raises(Refusal, match="不得改动"), speaking(), transaction.atomic():
            Objection.objects.filter(pk=objection.pk).update(upheld=True)


@pytest.mark.parametrize("days", [-1, 1])
def test_objections_come_while_it_is_public(days: int) -> None:
    made = bureau()
    row = public(made)
    with pytest.raises(Refusal) as refused:
        objection_to(made, row, received_on=today() + timedelta(days))
    assert set(refused.value.errors) == {"received_on"}
    with acting(made.hr), pytest.raises(Refusal, match="应在公示期内"), speaking(), transaction.atomic():
        Objection.objects.create(
            organ_code=SANTAI,
            commendation=row,
            received_on=today() + timedelta(days),
            text="异议",
            recorded_by=made.hr.name,
        )


def test_nobody_objects_to_what_is_not_public() -> None:
    made = bureau()
    row = proposed(made)
    with acting(made.hr):
        with pytest.raises(Refusal, match="公示以后、决定以前"):
            objection_record(actor=made.hr, commendation=row, received_on=today(), text="异议")
        with pytest.raises(Refusal, match="公示以后、决定以前"), speaking(), transaction.atomic():
            Objection.objects.create(
                organ_code=SANTAI, commendation=row, received_on=today(), text="异议", recorded_by=made.hr.name
            )


def test_all_that_is_wrong_with_a_proposal_is_said_at_once() -> None:
    made = bureau()
    with pytest.raises(Refusal) as refused:
        proposed(made, title=" ", deed="", achieved_on=today() + timedelta(1), amount=Decimal(0))
    assert set(refused.value.errors) == {"title", "deed", "achieved_on", "amount"}
    with pytest.raises(Refusal, match="没有申报") as early:
        proposed(made, achieved_on=made.engagement.span.lower - timedelta(1))
    assert set(early.value.errors) == {"achieved_on"}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"title": " "}, "应写明表彰名称和事迹"),
        ({"deed": ""}, "应写明表彰名称和事迹"),
        ({"amount": Decimal(0)}, "奖金应大于零"),
        ({"achieved_on": today() + timedelta(1)}, "事迹日期不能晚于今天"),
        ({"state": "awarded"}, "."),
    ],
)
def test_what_the_database_does_not_keep(said: dict[str, Any], sentence: str) -> None:
    made = bureau()
    row = proposed(made)
    row.pk = None
    for name, value in said.items():
        setattr(row, name, value)
    with acting(made.hr), pytest.raises(Refusal, match=sentence), speaking(), transaction.atomic():
        row.save(force_insert=True)


def test_what_was_proposed_is_what_is_decided_and_nothing_is_taken_away() -> None:
    made = bureau()
    row = public(made)
    with acting(made.hr):
        for change in ({"deed": "另一件事"}, {"amount": Decimal(1)}, {"title": "记功"}):
            with pytest.raises(Refusal, match="不得改动"), speaking(), transaction.atomic():
                Commendation.objects.filter(pk=row.pk).update(**change)
        with pytest.raises(Refusal, match="公示期不得改动"), speaking(), transaction.atomic():
            Commendation.objects.filter(pk=row.pk).update(publicised_until=today() + timedelta(1))
        with pytest.raises(Refusal, match="不得删除"), speaking(), transaction.atomic():
            Commendation.objects.filter(pk=row.pk).delete()


def test_publicity_begins_today_at_the_earliest_and_lasts_two_days() -> None:
    made = bureau()
    row = proposed(made)
    with acting(made.head):
        commendation_check(actor=made.head, commendation=row)
        with pytest.raises(Refusal) as refused:
            commendation_publicise(
                actor=made.head, commendation=row, starts=today() - timedelta(1), until=today() - timedelta(1)
            )
        assert set(refused.value.errors) == {"starts", "until"}
        with pytest.raises(Refusal, match="至少两日"), speaking(), transaction.atomic():
            Commendation.objects.filter(pk=row.pk).update(
                state="publicised", publicised_from=today(), publicised_until=today()
            )


def test_nobody_checks_or_decides_what_they_proposed() -> None:
    made = bureau()
    with acting(factories.PROVINCIAL):
        both = factories.officer(SANTAI, "hr_head", "organ_leader")
    with acting(both):
        row = commendation_propose(
            actor=both, engagement=made.engagement, upload=SimpleUploadedFile("事迹.pdf", PDF), **SAVED
        )
        with pytest.raises(Refusal, match="申报人不能核对"), speaking(), transaction.atomic():
            commendation_check(actor=both, commendation=row)
    with acting(made.head):
        row = commendation_check(actor=made.head, commendation=row)
        span = {"publicised_from": today() - timedelta(6), "publicised_until": today() - timedelta(1)}
        Commendation.objects.filter(pk=row.pk).update(state=C.PUBLICISED, **span)
    with acting(both), pytest.raises(Refusal, match="由申报人以外的人决定"), speaking(), transaction.atomic():
        commendation_award(actor=both, commendation=row, document_number=NUMBER)


def test_another_bureau_neither_proposes_nor_decides() -> None:
    made = bureau()
    row = public(made, over=True)
    with acting(factories.PROVINCIAL):
        factories.bureau(YANTING)
        other = factories.officer(YANTING, "hr_officer", "organ_leader")
    with acting(other):
        with pytest.raises(NotAllowed):
            commendation_propose(
                actor=other, engagement=made.engagement, upload=SimpleUploadedFile("事迹.pdf", PDF), **SAVED
            )
        with pytest.raises(NotAllowed):
            commendation_award(actor=other, commendation=row, document_number=NUMBER)


@pytest.mark.parametrize(
    ("role", "state"),
    list(product([role for role in Role if role != Role.AUXILIARY], [C.PROPOSED, C.CHECKED, C.PUBLICISED])),
)
def test_every_role_in_every_open_state(role: Role, state: CommendationState) -> None:
    """The whole table: what it allows is done, anything else is refused."""
    made = bureau()
    with acting(factories.PROVINCIAL):
        actor = factories.officer(SANTAI, role)
    if state == C.PUBLICISED:
        row = public(made, over=True)
    else:
        row = proposed(made)
        if state == C.CHECKED:
            with acting(made.head):
                row = commendation_check(actor=made.head, commendation=row)
    acts = {
        "check": lambda: commendation_check(actor=actor, commendation=row),
        "publicise": lambda: commendation_publicise(
            actor=actor, commendation=row, starts=today(), until=today() + timedelta(5)
        ),
        "award": lambda: commendation_award(actor=actor, commendation=row, document_number=NUMBER),
        "refuse": lambda: commendation_refuse(actor=actor, commendation=row, reason="不实"),
        "withdraw": lambda: commendation_withdraw(actor=actor, commendation=row, reason="重报"),
    }
    allowed = {move.verb for move in COMMENDATION.from_state(state) if actor.has(*move.roles)}
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


def test_what_waits_for_whom() -> None:
    made = bureau()
    chief = leader()

    def kinds(actor: Actor) -> dict[str, int]:
        with acting(actor):
            return {each.kind: each.count for each in waiting(actor, COMMENDATIONS)}

    row = proposed(made)
    assert (kinds(made.hr), kinds(made.head), kinds(chief)) == ({}, {"commendation_proposed": 1}, {})
    with acting(made.head):
        commendation_check(actor=made.head, commendation=row)
    assert (kinds(made.hr), kinds(chief)) == ({"commendation_checked": 1}, {})
    other = public(made)
    assert kinds(chief) == {}
    objection = objection_to(made, other)
    assert kinds(made.hr) == {"commendation_checked": 1, "commendation_objected": 1}
    with acting(made.hr):
        objection_answer(actor=made.hr, objection=objection, upheld=False, answer="不属实")
    assert kinds(made.hr) == {"commendation_checked": 1}
    public(made, over=True)
    assert kinds(chief) == {"commendation_publicised": 1}


def test_the_notice_of_publicity_says_who_why_and_until_when() -> None:
    made = bureau()
    row = public(made)
    with acting(made.hr):
        words = " ".join(each.text for each in publicity(row).blocks)
    assert "甲" in words
    assert "跳入涪江救起落水儿童" in words
    assert "异议" in words
