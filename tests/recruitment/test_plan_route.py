"""The route of a headcount plan (16.p1, 16.p2): every role, state and verb, in the services and in the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from fujing.kernel.actor import Actor, acting
from fujing.kernel.approvals import DECIDING
from fujing.kernel.refusals import NotAllowed, Refusal, speaking
from fujing.recruitment.plans.models import HeadcountPlan, PlanTask, Slot
from fujing.recruitment.plans.services import (
    Line,
    Paper,
    plan_decide,
    plan_draft,
    plan_revise,
    plan_submit,
    plan_withdraw,
)
from fujing.recruitment.plans.states import PLAN, PlanState, TaskState
from fujing.registry.models import territory_of
from fujing.registry.states import Role
from tests import factories
from tests.factories import MIANYANG, PROVINCE, SANTAI, YANTING, territorial

S = PlanState
VERBS = sorted({move.verb for move in PLAN.transitions})
LINES = [Line("一线执勤", "field", 2, "巡逻防控")]
PAPER = Paper("三财函〔2026〕3号", date(2026, 2, 3))


def paper() -> Paper:
    """The department's decision on paper, with its scan."""
    return replace(PAPER, scan=factories.scan_of(SANTAI))


PARTNERS = {S.ESTABLISHMENT: "establishment", S.FINANCE: "finance", S.GOVERNMENT: "government"}
PROPOSER = replace(territorial(SANTAI, "hr_officer"), account_id=101)
HEAD = replace(territorial(SANTAI, "hr_head"), account_id=102)
SUPERIOR = replace(territorial(MIANYANG, "hr_head"), account_id=103)


def partner_actor(code: int, step: PlanState) -> Actor:
    """The sign-in of a same-level department: no territory, as the application gives it."""
    organ = factories.partner(code, PARTNERS[step])
    return replace(territorial(organ.code, f"partner_{PARTNERS[step]}"), account_id=200 + len(step), lo=None, hi=None)


@pytest.fixture
def deciders(province: Actor) -> dict[PlanState, Actor]:
    """Quota for the county and who decides each of its steps."""
    factories.quota(SANTAI, 5)
    return {S.CONSENT: SUPERIOR} | {step: partner_actor(SANTAI, step) for step in PARTNERS}


def drafted(actor: Actor = PROPOSER, **changes: object) -> HeadcountPlan:
    with acting(actor):
        return plan_draft(actor=actor, **{"year": 2026, "reason": "警力不足", "lines": LINES, **changes})


def submitted() -> HeadcountPlan:
    with acting(PROPOSER):
        return plan_submit(actor=PROPOSER, plan=drafted())


def decided(actor: Actor, plan: HeadcountPlan, verb: str = "pass", **more: object) -> HeadcountPlan:
    with acting(actor):
        return plan_decide(actor=actor, plan=plan, verb=verb, opinion="依据不足", number="三府函〔2026〕8号", **more)


def at(state: PlanState, deciders: dict[PlanState, Actor]) -> HeadcountPlan:
    """A county plan led into a state by lawful steps only."""
    if state is S.DRAFT:
        return drafted()
    plan = submitted()
    if state is S.WITHDRAWN:
        with acting(PROPOSER):
            return plan_withdraw(actor=PROPOSER, plan=plan)
    if state in {S.RETURNED, S.REFUSED}:
        return decided(SUPERIOR, plan, "return" if state is S.RETURNED else "refuse")
    for decider in deciders.values():
        if plan.state == state:
            return plan
        plan = decided(decider, plan)
    if state is S.SUPERSEDED:
        newer = drafted(amends=plan)
        with acting(PROPOSER):
            newer = plan_submit(actor=PROPOSER, plan=newer)
        for decider in deciders.values():
            newer = decided(decider, newer)
        with acting(PROPOSER):
            plan.refresh_from_db()
    return plan


@contextmanager
def undone() -> Iterator[None]:
    """Undo what the block wrote, so that the next combination meets the same plan."""
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)


def act(actor: Actor, plan: HeadcountPlan, verb: str) -> HeadcountPlan:
    """The service behind a verb."""
    if verb in {"submit", "submit_provincial"}:
        return plan_submit(actor=actor, plan=plan)
    if verb == "revise":
        return plan_revise(actor=actor, plan=plan, reason="改", lines=LINES)
    if verb == "withdraw":
        return plan_withdraw(actor=actor, plan=plan)
    written = paper() if verb.startswith("record_") else None
    return plan_decide(actor=actor, plan=plan, verb=verb, opinion="依据不足", number="三府函〔2026〕8号", paper=written)


def holder(state: PlanState, verb: str, role: str, deciders: dict[PlanState, Actor]) -> Actor:
    """A stranger to the plan who holds one role, placed in the organ whose turn this verb is."""
    own = verb in {"submit", "submit_provincial", "revise", "withdraw"} or verb.startswith("record_")
    base = HEAD if own or state not in deciders else deciders[state]
    return replace(base, roles=frozenset({role}), account_id=999)


@pytest.mark.parametrize("state", list(S), ids=str)
def test_each_role_makes_exactly_the_moves_of_the_table(state: PlanState, deciders: dict[PlanState, Actor]) -> None:
    plan = at(state, deciders)
    assert plan.state == state
    # A county never takes the provincial way; superseding is part of approving and drafts are simply edited.
    verbs = [verb for verb in VERBS if verb not in {"submit_provincial", "supersede"}]
    if state is S.DRAFT:
        verbs.remove("revise")
    for role, verb in product(Role.values, verbs):
        moves = [move for move in PLAN.from_state(state) if move.verb == verb]
        actor = holder(state, verb, role, deciders)
        with undone(), acting(actor):
            if moves and role in moves[0].roles:
                assert act(actor, plan, verb).state == moves[0].target, (role, verb)
                continue
            with pytest.raises(NotAllowed if moves else Refusal):
                act(actor, plan, verb)
        with acting(PROPOSER):
            assert HeadcountPlan.objects.get(pk=plan.pk).state == state, (role, verb)


@pytest.mark.parametrize("state", list(S), ids=str)
def test_the_database_refuses_each_move_outside_the_table(state: PlanState, deciders: dict[PlanState, Actor]) -> None:
    plan = at(state, deciders)
    lawful = {move.target for move in PLAN.from_state(state)}
    # Where somebody is asked, their answer moves the plan on, and never a word written into it.
    answered = {move.target for move in PLAN.from_state(state) if move.verb in DECIDING}
    day = date(2026, 2, 1)
    for target in S:
        with undone(), acting(PROPOSER):
            # All other conditions hold, so only the order of the steps is tried.
            change = HeadcountPlan.objects.filter(pk=plan.pk)
            fields = dict.fromkeys(("consented_on", "reviewed_on", "funded_on", "approved_on"), day)
            if target in answered:
                with pytest.raises(Refusal, match="作出意见后"), speaking(), transaction.atomic():
                    change.update(state=target, number="1", **fields)
            elif target in lawful or target == state:
                assert change.update(state=target, number="1", **fields) == 1
            else:
                with pytest.raises(Refusal, match="不能从"), speaking(), transaction.atomic():
                    change.update(state=target, number="1", **fields)


@pytest.mark.parametrize("state", [state for state in S if state is not S.DRAFT], ids=str)
def test_no_plan_begins_later_than_as_a_draft(state: PlanState, province: Actor) -> None:
    with pytest.raises(Refusal, match="不能从"), speaking(), transaction.atomic():
        HeadcountPlan.objects.create(
            organ_code=SANTAI,
            level="county",
            year=2026,
            reason="x",
            state=state,
            proposed_by="x",
            proposed_by_id=0,
            authors=[0],
            number="1",
            consented_on=date(2026, 1, 1),
            reviewed_on=date(2026, 1, 1),
            funded_on=date(2026, 1, 1),
            approved_on=date(2026, 1, 1),
        )


@pytest.mark.parametrize("step", [S.CONSENT, *PARTNERS], ids=str)
def test_the_right_role_in_a_wrong_organ_decides_nothing(step: PlanState, deciders: dict[PlanState, Actor]) -> None:
    plan = at(step, deciders)
    right = deciders[step]
    wrong = [YANTING, PROVINCE, SANTAI] if step is S.CONSENT else [SANTAI, MIANYANG]
    if step in PARTNERS:
        wrong += [factories.partner(code, PARTNERS[step]).code for code in (YANTING, MIANYANG, PROVINCE)]
    for code in wrong:
        with pytest.raises(NotAllowed, match="此步骤由"):
            decided(replace(right, organ_code=code), plan)
    assert decided(right, plan).state != step


def test_who_proposed_a_plan_neither_decides_nor_records_it(deciders: dict[PlanState, Actor]) -> None:
    plan = submitted()
    with pytest.raises(NotAllowed, match="拟定、修改或送办过本计划"):
        decided(replace(SUPERIOR, account_id=PROPOSER.account_id), plan)
    plan = decided(SUPERIOR, plan)
    with pytest.raises(NotAllowed, match="拟定、修改或送办过本计划"):
        decided(replace(HEAD, account_id=PROPOSER.account_id), plan, "record_pass", paper=paper())


def test_a_provincial_plan_begins_with_the_establishment_review(province: Actor) -> None:
    factories.quota(PROVINCE, 5)
    steps = {step: partner_actor(PROVINCE, step) for step in PARTNERS}
    proposer = replace(territorial(PROVINCE, "hr_officer"), account_id=101)
    plan = drafted(proposer)
    with acting(proposer):
        plan = plan_submit(actor=proposer, plan=plan)
        assert plan.state == S.ESTABLISHMENT
        assert not plan.tasks.filter(step=S.CONSENT).exists()
    for decider in steps.values():
        plan = decided(decider, plan)
    assert plan.state == S.APPROVED


def test_a_county_plan_can_not_reach_a_department_without_the_superiors_consent(
    deciders: dict[PlanState, Actor],
) -> None:
    plan = drafted()
    with pytest.raises(Refusal, match="上一级公安机关同意") as refused, speaking(), acting(PROPOSER):
        HeadcountPlan.objects.filter(pk=plan.pk).update(state=S.ESTABLISHMENT)
    assert refused.value.provisions == ("16.p2",)


def test_an_approval_without_reviews_or_number_is_refused_by_the_database(deciders: dict[PlanState, Actor]) -> None:
    plan = at(S.GOVERNMENT, deciders)
    with pytest.raises(Refusal, match="作出意见后"), speaking(), acting(PROPOSER):
        HeadcountPlan.objects.filter(pk=plan.pk).update(state=S.APPROVED)
    plan = decided(deciders[S.GOVERNMENT], plan)
    with pytest.raises(Refusal, match="批准前应经"), speaking(), acting(PROPOSER):
        HeadcountPlan.objects.filter(pk=plan.pk).update(number="")


@pytest.mark.parametrize("verb", ["return", "refuse"])
def test_no_needs_a_reason(verb: str, deciders: dict[PlanState, Actor]) -> None:
    plan = submitted()
    with pytest.raises(Refusal, match="未保存") as refused, acting(SUPERIOR):
        plan_decide(actor=SUPERIOR, plan=plan, verb=verb, opinion=" ")
    assert refused.value.errors == {"opinion": ["退回或不同意应写明理由。"]}
    with acting(PROPOSER):
        assert plan.tasks.exclude(state=TaskState.WAITING).count() == 0


def test_a_returned_plan_goes_the_whole_way_again(deciders: dict[PlanState, Actor]) -> None:
    plan = decided(deciders[S.ESTABLISHMENT], decided(SUPERIOR, submitted()), "return")
    with acting(PROPOSER):
        plan = plan_revise(actor=PROPOSER, plan=plan, reason="改", lines=LINES)
        plan = plan_submit(actor=PROPOSER, plan=plan)
        assert (plan.state, plan.consented_on) == (S.CONSENT, None)
        assert plan.tasks.filter(round=2, state=TaskState.WAITING).count() == 4


def test_a_paper_decision_says_forever_that_it_was_entered_on_behalf(deciders: dict[PlanState, Actor]) -> None:
    plan = decided(SUPERIOR, submitted())
    with pytest.raises(Refusal) as refused:
        decided(HEAD, plan, "record_pass")
    assert set(refused.value.errors) == {"document_number", "document_date", "scan"}
    plan = decided(HEAD, plan, "record_pass", paper=paper())
    with acting(PROPOSER):
        task = plan.tasks.get(step=S.ESTABLISHMENT)
        assert (task.on_behalf, task.document_number, task.decided_by_id) == (True, PAPER.document_number, 102)
        for change in ({"on_behalf": False}, {"document_number": "改"}, {"opinion": "改"}):
            with pytest.raises(Refusal, match="不得更改"), speaking(), transaction.atomic():
                PlanTask.objects.filter(pk=task.pk).update(**change)
        with pytest.raises(Refusal, match="不得更改"), speaking(), transaction.atomic():
            PlanTask.objects.filter(pk=task.pk).delete()


def test_a_partners_own_decision_is_never_marked_as_paper(deciders: dict[PlanState, Actor]) -> None:
    plan = decided(deciders[S.ESTABLISHMENT], decided(SUPERIOR, submitted()), paper=paper())
    with acting(PROPOSER):
        assert not plan.tasks.get(step=S.ESTABLISHMENT).on_behalf


def test_a_plan_above_quota_writes_nothing_and_says_so_at_the_field(deciders: dict[PlanState, Actor]) -> None:
    with pytest.raises(Refusal, match="计划合计 6 人，超出空余用人额度 5 人") as refused:
        drafted(lines=[replace(LINES[0], count=6)])
    assert (refused.value.provisions, list(refused.value.errors)) == (("16.p2",), ["lines"])
    with acting(PROPOSER):
        assert HeadcountPlan.objects.count() == 0


def test_of_two_plans_for_the_same_quota_the_second_approval_is_refused(deciders: dict[PlanState, Actor]) -> None:
    first = at(S.GOVERNMENT, deciders)
    second = drafted(lines=[replace(LINES[0], count=4)])
    with acting(PROPOSER):
        second = plan_submit(actor=PROPOSER, plan=second)
    for step in (S.CONSENT, S.ESTABLISHMENT, S.FINANCE):
        second = decided(deciders[step], second)
    decided(deciders[S.GOVERNMENT], first)
    with pytest.raises(Refusal, match="空余用人额度为 3 人"):
        decided(deciders[S.GOVERNMENT], second)
    with acting(PROPOSER):
        assert HeadcountPlan.objects.get(pk=second.pk).state == S.GOVERNMENT
        assert Slot.objects.count() == 2


def test_an_amendment_may_use_the_headcount_that_its_predecessor_left(deciders: dict[PlanState, Actor]) -> None:
    first = at(S.APPROVED, deciders)
    second = drafted(amends=first, lines=[replace(LINES[0], count=5)])
    with acting(PROPOSER):
        second = plan_submit(actor=PROPOSER, plan=second)
    for decider in deciders.values():
        second = decided(decider, second)
    with acting(PROPOSER):
        first.refresh_from_db()
        assert (first.state, second.version, Slot.objects.count()) == (S.SUPERSEDED, 2, 5)


def test_only_an_approved_plan_of_the_same_bureau_is_amended(deciders: dict[PlanState, Actor]) -> None:
    draft = drafted()
    with pytest.raises(Refusal, match="本机关已批准"):
        drafted(amends=draft)
    approved = at(S.APPROVED, deciders)
    city = replace(territorial(MIANYANG, "hr_officer"), account_id=150)
    with pytest.raises(Refusal, match="本机关已批准"):
        drafted(city, amends=approved)


def test_a_station_draws_up_no_plan(province: Actor) -> None:
    station = factories.unit(SANTAI)
    actor = replace(PROPOSER, organ_code=station.code)
    with pytest.raises(Refusal, match="派出机构") as refused:
        drafted(actor)
    assert refused.value.provisions == ("17.p2",)


def test_a_task_is_answered_once(deciders: dict[PlanState, Actor]) -> None:
    plan = submitted()
    for wrong in ({"state": "passed"}, {"state": "refused", "opinion": ""}):
        with pytest.raises(DatabaseError), acting(PROPOSER), transaction.atomic():
            PlanTask.objects.filter(plan=plan, step=S.CONSENT).update(**wrong)
    with pytest.raises(Refusal, match="已送办"), speaking(), acting(PROPOSER):
        PlanTask.objects.create(
            organ_code=SANTAI, plan=plan, round=1, step=S.CONSENT, assigned_organ=MIANYANG, assigned_name="x"
        )


def test_a_partner_reads_only_plans_it_is_asked_about_and_no_person(deciders: dict[PlanState, Actor]) -> None:
    asked, draft = at(S.FINANCE, deciders), drafted()
    factories.engagement(factories.person(SANTAI))
    lo, hi = territory_of(SANTAI)
    with acting(deciders[S.FINANCE]):
        assert list(HeadcountPlan.objects.values_list("pk", flat=True)) == [asked.pk]
        assert draft.pk != asked.pk
        for table in (
            "registry_person",
            "registry_engagement",
            "registry_assignment",
            "registry_contract",
            "plans_slot",
            "quota_quotaaccount",
            "quota_quotaentry",
            "applications_application",
            "kernel_historyentry",
        ):
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT count(*) FROM {table}")
                assert cursor.fetchone() == (0,), table
    with acting(replace(deciders[S.FINANCE], organ_code=lo + 1)):
        assert HeadcountPlan.objects.filter(organ_code__range=(lo, hi)).count() == 0


def test_a_partner_sees_a_plan_from_its_turn_on_and_not_before(deciders: dict[PlanState, Actor]) -> None:
    plan, seen = submitted(), []
    for decider in deciders.values():
        with acting(deciders[S.FINANCE]):
            seen.append((plan.state, HeadcountPlan.objects.exists(), PlanTask.objects.exists()))
        plan = decided(decider, plan)
    with acting(deciders[S.FINANCE]):
        assert HeadcountPlan.objects.get().state == S.APPROVED
    assert [(state, plan_seen) for state, plan_seen, _ in seen] == [
        (S.CONSENT, False),
        (S.ESTABLISHMENT, False),
        (S.FINANCE, True),
        (S.GOVERNMENT, True),
    ]
    assert all(plan_seen == task_seen for _, plan_seen, task_seen in seen)


def test_an_answer_before_its_turn_is_refused_by_the_database(deciders: dict[PlanState, Actor]) -> None:
    plan = submitted()
    with pytest.raises(Refusal, match="尚未轮到"), speaking(), acting(HEAD):
        PlanTask.objects.filter(plan=plan, step=S.FINANCE).update(
            state="passed", decided_by="x", decided_at=timezone.now()
        )


def test_whoever_revised_anothers_draft_neither_decides_nor_records_it(deciders: dict[PlanState, Actor]) -> None:
    plan = drafted()
    with acting(HEAD):
        plan = plan_revise(actor=HEAD, plan=plan, reason="改", lines=LINES)
        assert plan.authors == [PROPOSER.account_id, HEAD.account_id]
    with acting(PROPOSER):
        plan = plan_submit(actor=PROPOSER, plan=plan)
    with pytest.raises(NotAllowed, match="拟定、修改或送办过本计划"):
        decided(replace(SUPERIOR, account_id=HEAD.account_id), plan)
    with pytest.raises(Refusal, match="不能审批本计划，也不能代录"), speaking(), acting(HEAD):
        PlanTask.objects.filter(plan=plan, step=S.CONSENT).update(
            state="passed", decided_by="x", decided_at=timezone.now()
        )
    plan = decided(SUPERIOR, plan)
    with pytest.raises(NotAllowed, match="拟定、修改或送办过本计划"):
        decided(HEAD, plan, "record_pass", paper=paper())


def test_an_author_is_never_forgotten(deciders: dict[PlanState, Actor]) -> None:
    plan = drafted()
    for authors in ([], [HEAD.account_id]):
        with pytest.raises(Refusal, match="应全部保留"), speaking(), acting(PROPOSER):
            HeadcountPlan.objects.filter(pk=plan.pk).update(authors=authors)


def test_the_lines_of_a_submitted_plan_stay_as_they_were_sent(deciders: dict[PlanState, Actor]) -> None:
    plan, draft = submitted(), drafted()
    with acting(PROPOSER):
        line = plan.lines.get()
        lines = plan.lines.model.objects.filter(pk=line.pk)
        changes = (
            lambda: lines.update(count=5),
            lambda: lines.update(plan=draft),
            lines.delete,
            lambda: plan.lines.create(organ_code=SANTAI, post_name="x", category="civil", count=1, reason="x"),
        )
        for change in changes:
            with pytest.raises(Refusal, match="不得更改") as refused, speaking(), transaction.atomic():
                change()
            assert refused.value.provisions == ("16.p2",)
