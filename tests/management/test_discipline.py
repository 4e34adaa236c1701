"""Breaches of duty: who records, hears, proposes and decides, and what the database holds of it (Articles 15, 40 and 43)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from django.db import transaction

from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.kernel.models import Decision, Reading
from fujing.kernel.refusals import NotAllowed, NotFound, Refusal, speaking
from fujing.law.discipline.cases import DUTIES
from fujing.management.discipline.models import Hearing, Matter, Proof, Referral
from fujing.management.discipline.policies import can_read_matter
from fujing.management.discipline.queries import matter_for, matters_for, undecidable
from fujing.management.discipline.services import (
    matter_decide,
    matter_end,
    matter_invite,
    matter_open,
    matter_propose,
    matter_return,
    matter_state,
    matter_withdraw,
    proof_add,
    referral_record,
)
from fujing.management.discipline.states import DECIDED
from tests import factories
from tests.factories import MIANYANG, SANTAI
from tests.management.breaches import (
    FACTS,
    HAPPENED,
    NUMBER,
    PROPOSAL,
    TOLD,
    WORDS,
    Bureau,
    asked,
    bureau,
    decided,
    declined,
    entered,
    invited,
    paper,
    proposed,
    recorded,
    rules,
    stated,
)

pytestmark = pytest.mark.django_db


def by_sql(who: Actor, row: Matter, **said: Any) -> None:
    """Written past the services, as the application role."""
    with acting(who), speaking(), transaction.atomic():
        Matter.objects.filter(pk=row.pk).update(**said)


def test_from_the_record_to_the_end_of_its_effect() -> None:
    made = bureau()
    row = decided(made, rules(made))
    with acting(made.office):
        row.refresh_from_db()
        assert row.measure_words == "警告（警务辅助人员违规违纪处理办法（局发〔2024〕5号）第五条）"
        assert (row.decided_by, row.decided_on, row.ask_until) == (made.head.name, today(), today() + timedelta(30))
        assert row.effect_until is not None
        assert row.effect_until > today() + timedelta(150)
        with pytest.raises(Refusal, match="届满以后才能办结"):
            matter_end(actor=made.office, matter=row)
    told = Decision.objects.none()
    with acting(made.hr):
        told = Decision.objects.get(kind="违反义务的处理")
        assert (told.provisions, told.person_id) == (["15.3", "43"], made.engagement.person_id)
        assert not any(word in told.message + str(told.facts) for word in ("离岗", "警告", "医院", "情节"))


@pytest.mark.parametrize("duty", DUTIES)
def test_each_duty_of_article_15_is_what_a_breach_is_recorded_against(duty: str) -> None:
    made = bureau()
    row = recorded(made, duty=duty)
    with acting(made.office):
        assert matter_for(made.office, row.pk).duty == duty
        assert Proof.objects.get(matter=row).title == "监控记录"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"duty": "13.1"}, "duty"),
        ({"duty": "15"}, "duty"),
        ({"happened_on": today() + timedelta(1)}, "happened_on"),
        ({"happened_on": date(2020, 1, 1)}, "happened_on"),
        ({"facts": " "}, "facts"),
        ({"title": " "}, "title"),
        ({"dated": today() + timedelta(1)}, "dated"),
    ],
)
def test_a_record_names_duty_day_facts_and_evidence(said: dict[str, Any], field: str) -> None:
    made = bureau()
    with pytest.raises(Refusal) as refused:
        recorded(made, **said)
    assert set(refused.value.errors) == {field}
    with acting(made.office):
        assert not Matter.objects.exists()


def test_a_breach_of_no_duty_is_refused_by_the_database() -> None:
    made = bureau()
    row = recorded(made)
    with acting(made.office):
        for said, sentence in (
            ({"duty": "13.1"}, "违反第十五条的哪一项"),
            ({"happened_on": today() + timedelta(1)}, "不能晚于今天"),
        ):
            row.pk = None
            again = Matter.objects.get()
            again.pk = None
            for name, value in said.items():
                setattr(again, name, value)
            with pytest.raises(Refusal, match=sentence), speaking(), transaction.atomic():
                again.save(force_insert=True)


def test_nobody_is_told_of_a_matter_without_evidence() -> None:
    made = bureau()
    row = recorded(made)
    with acting(made.office):
        again = Matter.objects.get(pk=row.pk)
        again.pk = None
        again.save(force_insert=True)
        with pytest.raises(Refusal, match="没有证据材料"), speaking(), transaction.atomic():
            matter_invite(
                actor=made.office, matter=again, told_on=TOLD, answer_until=TOLD + timedelta(5), upload=paper()
            )


def test_no_step_goes_past_the_hearing_neither_by_service_nor_by_sql() -> None:
    made = bureau()
    measure = rules(made)
    row = recorded(made)
    by = {"proposed_by": made.office.name, "opinion": "先决定", "means": "rules", "measure": measure}
    whole = by | {"governed": False, "suspects": "none"}
    for state, said, sentence in (
        ("invited", {"told_on": TOLD}, "与告知和陈述的登记一致"),
        ("stated", {}, "与告知和陈述的登记一致"),
        ("proposed", whole, "不能从"),
        ("decided", whole, "与告知和陈述的登记一致"),
    ):
        with pytest.raises(Refusal, match=sentence):
            by_sql(made.office, row, state=state, **said)
    with acting(made.office), pytest.raises(Refusal, match="不能办理此步骤"):
        matter_propose(actor=made.office, matter=row, measure=measure, **PROPOSAL)
    row = invited(bureau("乙"))
    for state in ("stated", "declined"):
        with pytest.raises(Refusal, match="与告知和陈述的登记一致"):
            by_sql(made.office, row, state=state)


def test_who_decides_read_the_statement_before() -> None:
    made = bureau()
    row = proposed(made, rules(made))
    with acting(made.head), pytest.raises(Refusal, match="先查阅本人的陈述"):
        matter_decide(actor=made.head, matter=row, document_number=NUMBER)
    said = {"decided_by": made.head.name, "decided_on": today(), "document_number": NUMBER, "measure_words": "警告"}
    with pytest.raises(Refusal, match="先查阅本人的陈述"):
        by_sql(made.head, row, state="decided", **said)
    with acting(made.leader):
        # That the leader read it is no reading of the head's.
        assert matter_open(actor=made.leader, matter=row, reason="了解情况").facts == FACTS
    with acting(made.head):
        with pytest.raises(Refusal, match="先查阅本人的陈述"):
            matter_decide(actor=made.head, matter=row, document_number=NUMBER)
        opened = matter_open(actor=made.head, matter=row, reason="决定前查阅")
        assert Hearing.objects.get(matter=opened).answer == WORDS
        assert matter_decide(actor=made.head, matter=row, document_number=NUMBER).state == "decided"


def test_a_recorded_refusal_is_heard_too_and_read_by_who_decides() -> None:
    made = bureau()
    measure = rules(made)
    row = declined(made)
    with acting(made.office):
        assert Hearing.objects.get().state == "declined"
        row = matter_propose(actor=made.office, matter=row, measure=measure, **PROPOSAL)
    with acting(made.head):
        with pytest.raises(Refusal, match="先查阅"):
            matter_decide(actor=made.head, matter=row, document_number=NUMBER)
        matter_open(actor=made.head, matter=row, reason="决定前查阅")
        assert matter_decide(actor=made.head, matter=row, document_number=NUMBER).state == "decided"


@pytest.mark.parametrize("role", ["recorder", "proposer"])
def test_nobody_decides_on_what_they_recorded_or_proposed(role: str) -> None:
    made = bureau()
    measure = rules(made)
    if role == "recorder":
        row = recorded(made, by=made.head)
        with acting(made.office):
            row = matter_invite(
                actor=made.office, matter=row, told_on=TOLD, answer_until=TOLD + timedelta(5), upload=paper()
            )
            row = matter_state(actor=made.office, matter=row, answered_on=TOLD, answer=WORDS, upload=paper())
            row = matter_propose(actor=made.office, matter=row, measure=measure, **PROPOSAL)
        decider = made.head
    else:
        with acting(factories.PROVINCIAL):
            decider = factories.officer(SANTAI, "discipline", "organ_leader")
        row = stated(made)
        with acting(decider):
            row = matter_propose(actor=decider, matter=row, measure=measure, **PROPOSAL)
    with acting(decider):
        matter_open(actor=decider, matter=row, reason="决定前查阅")
        with pytest.raises(NotAllowed, match="另一名负责人"):
            matter_decide(actor=decider, matter=row, document_number=NUMBER)
    said = {"decided_by": decider.name, "decided_on": today(), "document_number": NUMBER, "measure_words": "警告"}
    with pytest.raises(Refusal, match="以外的负责人"):
        by_sql(decider, row, state="decided", **said)


def test_without_rules_of_the_organ_the_grade_is_undetermined_and_nothing_is_proposed() -> None:
    made = bureau()
    row = stated(made)
    unchecked = entered(made)
    later = rules(made, since=HAPPENED + timedelta(1), document_number="局发〔2026〕1号")
    other = bureau("乙")
    with acting(made.office):
        for measure in (None, unchecked, later):
            with pytest.raises(Refusal) as refused:
                matter_propose(actor=made.office, matter=row, measure=measure, **PROPOSAL)
            assert set(refused.value.errors) == {"measure"}
    by = {"proposed_by": made.office.name, "opinion": "x", "governed": False, "suspects": "none", "means": "rules"}
    with pytest.raises(Refusal, match="应选定种类"):
        by_sql(made.office, row, state="proposed", **by)
    for measure in (unchecked, later):
        with pytest.raises(Refusal, match="当时施行、已经核对"):
            by_sql(made.office, row, state="proposed", measure=measure, **by)
    assert other.engagement.pk != made.engagement.pk


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"means": ""}, "means"),
        ({"means": "fine"}, "means"),
        ({"governed": None}, "governed"),
        ({"governed": True, "statute": " "}, "statute"),
        ({"suspects": ""}, "suspects"),
        ({"opinion": " "}, "opinion"),
    ],
)
def test_a_proposal_leaves_nothing_unknown(said: dict[str, Any], field: str) -> None:
    made = bureau()
    measure = rules(made)
    row = stated(made)
    with acting(made.office), pytest.raises(Refusal) as refused:
        matter_propose(actor=made.office, matter=row, measure=measure, **(PROPOSAL | said))
    assert set(refused.value.errors) == {field}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"governed": None}, "另有规定的，写明哪一部"),
        ({"governed": True, "statute": ""}, "另有规定的，写明哪一部"),
        ({"suspects": ""}, "是否涉嫌违法犯罪"),
        ({"means": ""}, "处理意见应写明"),
        ({"opinion": None}, "处理意见应写明"),
    ],
)
def test_the_database_takes_no_proposal_with_something_unknown(said: dict[str, Any], sentence: str) -> None:
    made = bureau()
    measure = rules(made)
    row = stated(made)
    whole = PROPOSAL | {"proposed_by": made.office.name, "measure": measure, "state": "proposed"}
    with pytest.raises(Refusal, match=sentence):
        by_sql(made.office, row, **(whole | said))
    by_sql(made.office, row, **whole)


def test_where_another_law_provides_the_decision_names_which() -> None:
    made = bureau()
    row = decided(made, rules(made), governed=True, statute="保守国家秘密法第五十七条")
    with acting(made.office):
        assert row.measure_words.endswith("；适用保守国家秘密法第五十七条")
        assert Decision.objects.get(kind="违反义务的处理").provisions == ["15.3", "40", "43"]


@pytest.mark.parametrize("kind", ["security", "crime"])
def test_what_another_authority_decides_is_sent_there_before_and_not_decided_here(kind: str) -> None:
    made = bureau()
    row = proposed(made, rules(made), suspects=kind)
    other = "crime" if kind == "security" else "security"
    sent = {"authority": "三台县公安局治安管理大队", "sent_on": today(), "upload": paper()}
    with acting(made.office):
        referral_record(actor=made.office, matter=row, kind=other, **sent)
    said = {"decided_by": made.head.name, "decided_on": today(), "document_number": NUMBER, "measure_words": "警告"}
    with acting(made.head):
        matter_open(actor=made.head, matter=row, reason="决定前查阅")
        with pytest.raises(Refusal, match="应移送有权机关"):
            matter_decide(actor=made.head, matter=row, document_number=NUMBER)
    with pytest.raises(Refusal, match="先移送有权机关"):
        by_sql(made.head, row, state="decided", **said)
    with acting(made.office):
        for wrong in ({"authority": " "}, {"sent_on": today() + timedelta(1)}, {"kind": "none"}):
            with pytest.raises(Refusal):
                referral_record(actor=made.office, matter=row, **({"kind": kind, **sent, "upload": paper()} | wrong))
        referral_record(actor=made.office, matter=row, kind=kind, **(sent | {"upload": paper()}))
        assert Referral.objects.count() == 2
    with acting(made.head):
        assert matter_decide(actor=made.head, matter=row, document_number=NUMBER).state == "decided"


def test_evidence_comes_before_the_person_is_told_and_after_it_is_told_anew() -> None:
    made = bureau()
    row = stated(made)
    more = {"title": "值班表", "dated": HAPPENED}
    with acting(made.office):
        with pytest.raises(Refusal, match="退回后补充"):
            proof_add(actor=made.office, matter=row, upload=paper(), **more)
        with pytest.raises(Refusal, match="退回后补充"), speaking(), transaction.atomic():
            Proof.objects.create(
                organ_code=SANTAI, matter=row, file=Proof.objects.get().file, recorded_by=made.office.name, **more
            )
        row = matter_return(actor=made.office, matter=row, reason="补值班表")
        proof_add(actor=made.office, matter=row, upload=paper(), **more)
        row = matter_invite(
            actor=made.office, matter=row, told_on=today(), answer_until=today() + timedelta(5), upload=paper()
        )
        with pytest.raises(Refusal, match="不能办理此步骤"):
            matter_propose(actor=made.office, matter=row, measure=None, **(PROPOSAL | {"means": "none"}))
        row = matter_state(actor=made.office, matter=row, answered_on=today(), answer="没有别的", upload=paper())
        assert [each.state for each in Hearing.objects.order_by("pk")] == ["answered", "answered"]


def test_what_was_recorded_heard_proposed_and_decided_stays() -> None:
    made = bureau()
    row = decided(made, rules(made))
    with acting(made.office):
        hearing, proof = Hearing.objects.get(), Proof.objects.get()
    for said in ({"facts": "改"}, {"duty": "15.4"}, {"happened_on": HAPPENED - timedelta(1)}):
        with pytest.raises(Refusal, match="义务和事实不得改动"):
            by_sql(made.office, row, **said)
    with pytest.raises(Refusal, match="处理意见不得改动"):
        by_sql(made.office, row, opinion="改")
    for said in ({"document_number": "改"}, {"effect_until": None}, {"measure_words": "记过"}):
        with pytest.raises(Refusal, match="决定不得改动"):
            by_sql(made.office, row, **said)
    with acting(made.office):
        for change in (
            lambda: Hearing.objects.filter(pk=hearing.pk).update(answer="改"),
            lambda: Hearing.objects.filter(pk=hearing.pk).delete(),
            lambda: Proof.objects.filter(pk=proof.pk).update(title="改"),
            lambda: Proof.objects.filter(pk=proof.pk).delete(),
            lambda: Matter.objects.filter(pk=row.pk)._raw_delete("default"),
        ):
            with pytest.raises(Refusal), speaking(), transaction.atomic():
                change()


def test_what_was_withdrawn_is_over_and_open_to_nothing() -> None:
    made = bureau()
    row = invited(made)
    with acting(made.office):
        row = matter_withdraw(actor=made.office, matter=row, reason="查明系他人所为")
        assert row.state == "withdrawn"
        with pytest.raises(Refusal):
            matter_withdraw(actor=made.office, matter=row, reason="再撤")
        with pytest.raises(Refusal, match="不登记移送"):
            referral_record(
                actor=made.office, matter=row, kind="crime", authority="县局", sent_on=today(), upload=paper()
            )


@pytest.mark.parametrize("months", [0, None])
def test_what_has_no_lasting_effect_is_closed_when_whoever_handles_it_says_so(months: int | None) -> None:
    made = bureau()
    row = decided(made, rules(made, months=months))
    with acting(made.office):
        done = matter_end(actor=made.office, matter=row)
        assert (done.state, done.ended_on) == ("ended", today())


def test_the_effect_is_over_on_the_day_after_its_last() -> None:
    made = bureau()
    row = decided(made, rules(made))
    with pytest.raises(Refusal, match="届满以后才能办结"):
        by_sql(made.office, row, state="ended", ended_on=today())


def readers(made: Bureau) -> dict[str, Actor]:
    """Who else there is: of the bureau, of another, of the superior one."""
    with acting(factories.PROVINCIAL):
        factories.bureau(MIANYANG)
        return {
            "office": made.office,
            "colleague": factories.officer(SANTAI, "discipline"),
            "recorder": made.hr,
            "clerk": factories.officer(SANTAI, "hr_officer"),
            "head": made.head,
            "leader": made.leader,
            "finance": factories.officer(SANTAI, "finance"),
            "auditor": factories.officer(SANTAI, "auditor"),
            "police": factories.officer(SANTAI, "police_officer"),
            "superior": factories.officer(MIANYANG, "discipline"),
            "superior_leader": factories.officer(MIANYANG, "organ_leader"),
        }


OFFICE = {"office", "colleague"}
SEES = {"recorded": OFFICE | {"recorder"}, "proposed": OFFICE | {"recorder", "head", "leader"}}


@pytest.mark.parametrize("state", SEES)
def test_a_matter_is_seen_by_its_office_its_recorder_and_who_decides_alone(state: str) -> None:
    made = bureau()
    measure = rules(made)
    row = recorded(made, by=made.hr)
    if state == "proposed":
        with acting(made.office):
            row = matter_invite(
                actor=made.office, matter=row, told_on=TOLD, answer_until=TOLD + timedelta(5), upload=paper()
            )
            row = matter_state(actor=made.office, matter=row, answered_on=TOLD, answer=WORDS, upload=paper())
            row = matter_propose(actor=made.office, matter=row, measure=measure, **PROPOSAL)
    for name, actor in readers(made).items():
        sees = name in SEES[state]
        with acting(actor):
            assert can_read_matter(actor, row) is sees, name
            assert matters_for(actor).exists() is sees, name
            if not sees:
                with pytest.raises(NotFound):
                    matter_for(actor, row.pk)
                with pytest.raises(NotAllowed):
                    matter_open(actor=actor, matter=row, reason="看看")


def test_every_reading_stays_on_record_with_its_reason() -> None:
    made = bureau()
    row = stated(made)
    with acting(made.office):
        with pytest.raises(Refusal, match="查阅事由"):
            matter_open(actor=made.office, matter=row, reason=" ")
        matter_open(actor=made.office, matter=row, reason="核对")
        read = Reading.objects.filter(reader=made.office.account_id, reason="核对")
        assert {each.tracked for each in read} == {"discipline_matter", "discipline_hearing"}
        assert {each.person_id for each in read} == {made.engagement.person_id}


@pytest.mark.parametrize("role", ["hr_officer", "hr_head", "finance", "police_officer", "auditor"])
def test_who_did_not_record_a_matter_does_not_handle_it(role: str) -> None:
    made = bureau()
    row = recorded(made)
    with acting(factories.PROVINCIAL):
        other = factories.officer(SANTAI, role)
    with acting(other):
        for act in (
            lambda: matter_withdraw(actor=other, matter=row, reason="不该"),
            lambda: proof_add(actor=other, matter=row, title="值班表", dated=HAPPENED, upload=paper()),
        ):
            with pytest.raises(NotAllowed):
                act()


def test_what_stands_against_a_decision_is_told_whole() -> None:
    made = bureau()
    row = invited(made)
    with acting(made.office):
        against = {each.rule.split(".")[1]: str(each.outcome) for each in undecidable(row)}
    assert against == {
        "grade": "undetermined",
        "heard": "violated",
        "other_law": "undetermined",
        "referred": "undetermined",
    }


def test_a_matter_that_was_asked_about_is_neither_closed_nor_dismissed() -> None:
    made = bureau()
    row = asked(made)
    assert row.state in DECIDED
    with acting(made.office), pytest.raises(Refusal, match="不能办理此步骤"):
        matter_end(actor=made.office, matter=row)
    for state, said in product(("ended", "dismissed"), ({"ended_on": today()},)):
        with pytest.raises(Refusal, match="不能从"):
            by_sql(made.office, row, state=state, **said)
