"""The monthly run: what it pays, that late facts are differences, who approves, and what never changes (33)."""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from django.db import connection, transaction

from fujing.general.budget.models import BudgetEntry
from fujing.kernel.actor import acting
from fujing.kernel.refusals import NotAllowed, Refusal, speaking
from fujing.registry.models import Engagement
from fujing.registry.states import Role
from fujing.safeguards.payroll.models import MonthFacts, PayLine, PayRun, PayScheme, PaySlip, StandingFacts
from fujing.safeguards.payroll.services import run_approve, run_draft, run_lock, run_return, run_submit, run_withdraw
from fujing.safeguards.payroll.states import READERS, RUN, RunState
from tests import factories
from tests.factories import SANTAI, YANTING
from tests.safeguards.payrolls import Payroll, entered, first, payroll, scheme_text

pytestmark = pytest.mark.django_db
R = RunState
GROSS = 3_650_00
"""1,800 + 200 + 600 + 50 × 5 years + 800, 分, from 2026 on for who was hired on 2021-01-01."""


def slip(made: Payroll, run: PayRun, person: int = 0) -> PaySlip:
    with acting(made.clerk):
        return PaySlip.objects.get(run=run, person=made.people[person])


def lines(made: Payroll, run: PayRun, person: int = 0) -> dict[int, PayLine]:
    with acting(made.clerk):
        return {each.month.month: each for each in PayLine.objects.filter(run=run, person_id=made.people[person].pk)}


def test_a_run_pays_by_the_scheme_and_what_it_pays_is_booked_by_kind() -> None:
    made = payroll()
    run = made.locked(1)
    one = slip(made, run)
    assert (one.gross, one.outcome, one.paid) == (GROSS, "computed", one.net)
    assert one.contributions == 400_00 + 400_00
    with acting(made.money):
        run.refresh_from_db()
        assert (run.people, run.gross, run.undetermined) == (2, 2 * GROSS, 0)
        booked = {entry.account.kind: entry.amount for entry in BudgetEntry.objects.select_related("account")}
    assert booked == {"pay": Decimal(2 * GROSS) / 100, "insurance": Decimal(run.employer) / 100}


def test_a_late_fact_pays_its_difference_in_the_open_month_and_points_to_its_own() -> None:
    made = payroll()
    made.locked(1)
    made.locked(2)
    made.brought(made.people[0], 1, night_shifts=3)
    run = made.draft(3)
    found = lines(made, run)
    assert set(found) == {1, 3}
    assert (found[1].gross, found[3].gross) == (90_00, GROSS)
    assert slip(made, run).gross == GROSS + 90_00
    assert set(lines(made, run, 1)) == {3}


def test_what_was_paid_too_much_is_brought_into_the_next_slip_and_no_slip_is_below_zero() -> None:
    made = payroll()
    made.locked(1)
    made.brought(made.people[0], 1, back_pay=Decimal(-5000))
    second = made.locked(2)
    low = slip(made, second)
    assert low.net < 0
    assert (low.paid, low.owes) == (0, -low.net)
    third = slip(made, made.locked(3))
    assert third.brought == low.owes
    assert third.paid == third.net - low.owes
    with acting(made.clerk):
        everything = list(PaySlip.objects.filter(person=made.people[0]).order_by("run__month"))
    assert sum(each.net for each in everything) == sum(each.paid for each in everything)


def test_a_run_that_is_missing_zeroes_nobody() -> None:
    made = payroll()
    made.locked(1)
    run = made.submitted(2)
    with acting(made.clerk):
        run_withdraw(actor=made.clerk, run=run, reason="系统停电")
    found = lines(made, made.draft(3))
    assert {month: each.gross for month, each in found.items()} == {2: GROSS, 3: GROSS}


def test_injury_leave_and_leave_that_nobody_approved_keep_pay_whole() -> None:
    # Neither is a fact of pay: only approved personal and sick leave are.
    made = payroll(people=1)
    made.brought(made.people[0], 1)
    assert slip(made, made.draft(1)).gross == GROSS


def test_what_is_unknown_is_never_zero_and_is_paid_once_it_is_known() -> None:
    made = payroll()
    made.say(made.people[0], social_base=None)
    run = made.locked(1)
    one = slip(made, run)
    assert (one.outcome, one.missing, one.gross) == ("undetermined", ["social_base"], 0)
    with acting(made.clerk):
        assert PayRun.objects.get(pk=run.pk).undetermined == 1
    made.say(made.people[0])
    assert {month: each.gross for month, each in lines(made, made.draft(2)).items()} == {1: GROSS, 2: GROSS}


def test_who_stops_being_known_keeps_what_was_paid() -> None:
    made = payroll()
    made.locked(1)
    made.say(made.people[0], appraisal="")
    run = made.draft(2)
    assert lines(made, run) == {}
    assert slip(made, run).missing == ["appraisal"]


def test_who_left_is_known_from_the_registry_and_what_was_paid_beyond_is_taken_back() -> None:
    made = payroll()
    made.locked(1)
    made.locked(2)
    with acting(made.head):
        factories.run_out(Engagement.objects.get(person=made.people[0]), first(2))
    run = made.draft(3)
    assert {month: each.gross for month, each in lines(made, run).items()} == {2: -GROSS}
    assert slip(made, run).owes > 0


def test_somebody_of_whom_nothing_was_said_has_a_slip_that_says_what_is_missing() -> None:
    made = payroll()
    with acting(factories.PROVINCIAL):
        made.people.append(factories.person(SANTAI))
        factories.engagement(made.people[-1])
    one = slip(made, made.draft(1), 2)
    assert one.outcome == "undetermined"
    assert {"tier", "social_base"} <= set(one.missing)


def test_facts_of_last_year_are_paid_this_year_and_point_to_their_month() -> None:
    made = payroll(text=scheme_text(SANTAI, 2025))
    with acting(made.clerk):
        for person in made.people:
            said = StandingFacts.objects.filter(person=person).get()
            StandingFacts.objects.bulk_create([_at(said, first(1, 2025))])
        run = run_draft(actor=made.clerk, month=first(12, 2025))
        run_submit(actor=made.clerk, run=run)
    with acting(made.head):
        run_approve(actor=made.head, run=run)
    with acting(made.money):
        run_lock(actor=made.money, run=run)
    with acting(made.clerk):
        row = MonthFacts.objects.create(
            organ_code=SANTAI,
            sheet_id=_sheet(made),
            person=made.people[0],
            month=first(12, 2025),
            duty_days=0,
            night_shifts=2,
        )
        assert row.pk
    found = made.draft(1)
    with acting(made.clerk):
        late = PayLine.objects.get(run=found, person_id=made.people[0].pk, month=first(12, 2025))
    assert late.gross == 60_00


def _at(said: StandingFacts, since: Any) -> StandingFacts:
    said.pk, said.since = None, since
    return said


def _sheet(made: Payroll) -> int:
    from fujing.safeguards.payroll.models import FactSheet

    return FactSheet.objects.create(organ_code=SANTAI, source="值班表", said_by=made.clerk.name).pk


def test_the_scheme_is_approved_by_another_and_never_changed() -> None:
    made = payroll()
    with acting(factories.PROVINCIAL):
        both = factories.officer(SANTAI, "hr_officer", "hr_head")
    made.clerk = made.head = both
    with pytest.raises(Refusal, match="录入人不能核准自己"), speaking(), transaction.atomic():
        entered(made)
    with acting(both):
        row = PayScheme.objects.latest("pk")
        with pytest.raises(Refusal, match="不得改动"), speaking(), transaction.atomic():
            PayScheme.objects.filter(pk=row.pk).update(text="pay_scheme: {}")
        with pytest.raises(Refusal, match="不得改动"), speaking(), transaction.atomic():
            row.delete()


def test_a_run_is_approved_by_another_than_who_made_it() -> None:
    made = payroll()
    with acting(factories.PROVINCIAL):
        both = factories.officer(SANTAI, "hr_officer", "hr_head")
    made.clerk = both
    run = made.submitted(1)
    with acting(both), pytest.raises(Refusal, match="核算人不能审批自己"), speaking(), transaction.atomic():
        run_approve(actor=both, run=run)


@pytest.mark.parametrize(
    ("state", "role"), list(product(R, ["hr_officer", "finance", "hr_head", "organ_leader", "police_officer"]))
)
def test_every_act_follows_the_table(state: str, role: str) -> None:
    acts: dict[str, Any] = {
        "submit": lambda actor, run: run_submit(actor=actor, run=run),
        "withdraw": lambda actor, run: run_withdraw(actor=actor, run=run, reason="有误"),
        "approve": lambda actor, run: run_approve(actor=actor, run=run),
        "return": lambda actor, run: run_return(actor=actor, run=run, reason="有误"),
        "lock": lambda actor, run: run_lock(actor=actor, run=run),
    }
    made = payroll(people=1)
    run = {R.DRAFT: made.draft, R.SUBMITTED: made.submitted, R.APPROVED: made.approved, R.LOCKED: made.locked}.get(
        R(state), made.submitted
    )(1)
    if state in (R.RETURNED, R.WITHDRAWN):
        who, verb = (made.head, "return") if state == R.RETURNED else (made.clerk, "withdraw")
        with acting(who):
            acts[verb](who, run)
    with acting(factories.PROVINCIAL):
        actor = factories.officer(SANTAI, role)
    for verb, act in acts.items():
        move = next((each for each in RUN.from_state(state) if each.verb == verb and role in each.roles), None)
        with acting(actor):
            if move is None:
                with pytest.raises((Refusal, NotAllowed)), transaction.atomic():
                    act(actor, run)
            else:
                with transaction.atomic():
                    assert act(actor, run).state == move.target
                    transaction.set_rollback(True)


def test_one_run_is_open_and_months_go_forward() -> None:
    made = payroll()
    run = made.draft(1)
    with pytest.raises(Refusal, match="还没有办结"):
        made.draft(2)
    with acting(made.clerk):
        fields = {
            each.attname: getattr(run, each.attname) for each in PayRun._meta.concrete_fields if each.attname != "id"
        }
        with pytest.raises(Refusal, match="还有一次核算没有办结"), speaking(), transaction.atomic():
            PayRun.objects.create(**fields)
        run_withdraw(actor=made.clerk, run=run, reason="重算")
    made.locked(2)
    with pytest.raises(Refusal, match="已经发放"):
        made.draft(1)
    with acting(made.clerk), pytest.raises(Refusal, match="已经发放"), speaking(), transaction.atomic():
        PayRun.objects.create(**fields)


def test_what_was_reckoned_is_not_changed_by_sql() -> None:
    made = payroll()
    run = made.locked(1)
    with acting(made.clerk):
        one, line = PaySlip.objects.filter(run=run).first(), PayLine.objects.filter(run=run).first()
        assert one
        assert line
        for rows, change in (
            (PaySlip.objects.filter(pk=one.pk), {"paid": 1}),
            (PayLine.objects.filter(pk=line.pk), {"gross": 1}),
        ):
            with pytest.raises(Refusal, match="只能新增"), speaking(), transaction.atomic():
                rows.update(**change)
            with pytest.raises(Refusal, match="只能新增"), speaking(), transaction.atomic():
                rows._raw_delete("default")
        with pytest.raises(Refusal, match="不得改动"), speaking(), transaction.atomic():
            PayRun.objects.filter(pk=run.pk).update(reason="改")
        with pytest.raises(Refusal, match="不得删除"), speaking(), transaction.atomic():
            PayRun.objects.filter(pk=run.pk)._raw_delete("default")
        copy = {
            each.attname: getattr(one, each.attname) for each in PaySlip._meta.concrete_fields if each.attname != "id"
        }
        with pytest.raises(Refusal, match="报审后不得增加"), speaking(), transaction.atomic():
            PaySlip.objects.create(**copy | {"person_id": made.people[1].pk, "run_id": run.pk + 999})


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"net": 1}, "实发应等于应发减去"),
        ({"paid": -1}, "发放不能小于零"),
        ({"outcome": "undetermined"}, "应写明缺少什么"),
        ({"person_id": None}, "随本机关的核算写入"),
    ],
)
def test_a_slip_that_does_not_hold_is_refused(change: dict[str, Any], sentence: str) -> None:
    made = payroll()
    run = made.draft(1)
    with acting(factories.PROVINCIAL):
        more, other = factories.person(SANTAI), factories.person(YANTING)
    with acting(made.clerk):
        one = PaySlip.objects.filter(run=run).first()
        assert one
        copy = {
            each.attname: getattr(one, each.attname) for each in PaySlip._meta.concrete_fields if each.attname != "id"
        }
        change = {"person_id": other.pk} if "person_id" in change else change
        with pytest.raises(Refusal, match=sentence), speaking(), transaction.atomic():
            PaySlip.objects.create(**copy | {"person_id": more.pk} | change)


def test_a_run_whose_lines_do_not_add_up_is_not_submitted() -> None:
    made = payroll()
    run = made.draft(1)
    with acting(factories.PROVINCIAL):
        more = factories.person(SANTAI)
    with acting(made.clerk):
        PaySlip.objects.create(
            organ_code=SANTAI, run=run, person=more, name="多", outcome="computed", gross=5, net=5, cost=5, paid=5
        )
        with pytest.raises(Refusal, match="工资单与它的明细之和不一致"), speaking(), transaction.atomic():
            run_submit(actor=made.clerk, run=run)
        one = PaySlip.objects.get(person=more)
        said = {"organ_code": SANTAI, "run": run, "slip": one, "person_id": more.pk, "month": run.month}
        with transaction.atomic():
            PayLine.objects.create(**said, amounts=[0] * len(run.codes), gross=5, net=5, cost=5)
            with pytest.raises(Refusal, match="各项之和与合计不一致"), speaking(), transaction.atomic():
                run_submit(actor=made.clerk, run=run)
            transaction.set_rollback(True)
        PayLine.objects.create(**said, amounts=[5, *[0] * (len(run.codes) - 1)], gross=5, net=5, cost=5)
        with pytest.raises(Refusal, match="合计与各张工资单之和不一致"), speaking(), transaction.atomic():
            run_submit(actor=made.clerk, run=run)


@pytest.mark.parametrize("role", [role for role in Role if role not in ("auxiliary", "applicant")])
def test_amounts_are_seen_by_payroll_and_who_approves_alone(role: str) -> None:
    made = payroll(people=1)
    made.brought(made.people[0], 1, night_shifts=1)
    made.draft(1)
    with acting(factories.PROVINCIAL):
        here, above = factories.officer(SANTAI, role), factories.officer(factories.MIANYANG, role)
    for actor, sees in ((here, role in READERS), (above, False)):
        with acting(actor):
            for model in (PaySlip, PayLine, StandingFacts, MonthFacts):
                assert model.objects.exists() is sees, (model, actor)  # type: ignore[attr-defined]


def test_a_role_that_is_over_sees_nothing_any_more() -> None:
    made = payroll(people=1)
    made.draft(1)
    with acting(factories.PROVINCIAL), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE registry_roleassignment SET span = daterange('2021-03-01', '2022-01-01') WHERE account_id = %s",
            [made.head.account_id],
        )
    with acting(made.head):
        assert not PaySlip.objects.exists()


def test_the_person_reads_the_own_slip_once_it_is_paid() -> None:
    made = payroll()
    run = made.approved(1)
    with acting(factories.PROVINCIAL):
        from fujing.registry.queries import account_with_roles, actor_of

        account = account_with_roles(factories.account(SANTAI, person_id=made.people[0].pk).pk)
    assert account
    mine = actor_of(account)
    with acting(mine):
        assert not PaySlip.objects.exists()
    with acting(made.money):
        run_lock(actor=made.money, run=run)
    with acting(mine):
        assert [each.person_id for each in PaySlip.objects.all()] == [made.people[0].pk]
        assert {each.person_id for each in PayLine.objects.all()} == {made.people[0].pk}
        assert {each.person_id for each in StandingFacts.objects.all()} == {made.people[0].pk}
