"""Budgets and their ledger (8.p1): the way to the finance department, what may be spent, and what never happens."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.db.models import OuterRef
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fujing.general.budget.models import Budget, BudgetAccount, BudgetEntry
from fujing.general.budget.queries import (
    accounts_of,
    budgets_for,
    cost_finding,
    executions,
    overspent_accounts,
    personnel_money,
)
from fujing.general.budget.services import (
    Voucher,
    budget_commit,
    budget_decide,
    budget_draft,
    budget_refund,
    budget_release,
    budget_revise,
    budget_spend,
    budget_submit,
    left_of,
    spending_record,
)
from fujing.general.budget.states import OWED, BudgetKind, BudgetState
from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.kernel.refusals import NotAllowed, Refusal, speaking
from fujing.law.findings import Outcome
from fujing.registry.models import Organ
from tests import factories
from tests.factories import MIANYANG, SANTAI, YANTING, territorial

YEAR = 2026
AMOUNTS = {kind: Decimal(1000 * (index + 1)) for index, kind in enumerate(BudgetKind.values)}
VOUCHER = Voucher("三公财〔2026〕12号", date(2026, 3, 2), "春季服装")
PROPOSER = replace(territorial(SANTAI, "finance"), account_id=901)
HEAD = replace(territorial(SANTAI, "hr_head"), account_id=902)


def finance_of(code: int) -> Actor:
    """The sign-in of the same-level finance department: no territory, as the application gives it."""
    with acting(factories.PROVINCIAL):
        organ = factories.partner(code, "finance")
    return replace(territorial(organ.code, "partner_finance"), account_id=903, lo=None, hi=None)


def issued(amounts: dict[str, Decimal] = AMOUNTS, adjusts: Budget | None = None) -> Budget:
    decider = finance_of(SANTAI)
    with acting(PROPOSER):
        budget = budget_draft(actor=PROPOSER, year=YEAR, amounts=amounts, reason="年度预算", adjusts=adjusts)
        budget_submit(actor=PROPOSER, budget=budget)
    with acting(decider):
        return budget_decide(
            actor=decider, budget=Budget.objects.get(pk=budget.pk), verb="pass", number="三财预〔2026〕5号"
        )


def account(kind: str) -> BudgetAccount:
    return next(each for each in accounts_of(SANTAI, YEAR) if each.kind == kind)


def spend(kind: str, amount: str, **more: object) -> BudgetEntry:
    return budget_spend(
        actor=PROPOSER,
        organ_code=SANTAI,
        year=YEAR,
        kind=kind,
        amount=Decimal(amount),
        voucher=VOUCHER,
        **more,  # type: ignore[arg-type]
    )


@pytest.fixture
def bureau(db: None) -> None:
    with acting(factories.PROVINCIAL):
        factories.bureau(SANTAI)


def test_an_issued_budget_fills_the_six_accounts(bureau: None) -> None:
    issued()
    with acting(PROPOSER):
        assert {each.kind: each.budgeted for each in accounts_of(SANTAI, YEAR)} == AMOUNTS


def test_an_adjustment_books_the_difference_and_supersedes(bureau: None) -> None:
    first = issued()
    issued({**AMOUNTS, "uniform": Decimal(6000), "training": Decimal(100)}, adjusts=first)
    with acting(PROPOSER):
        assert (account("uniform").budgeted, account("training").budgeted) == (Decimal(6000), Decimal(100))
        assert Budget.objects.get(pk=first.pk).state == BudgetState.SUPERSEDED
        allotted = BudgetEntry.objects.filter(account__kind="uniform", kind="allot").order_by("id")
        assert [entry.amount for entry in allotted] == [Decimal(5000), Decimal(1000)]


def test_an_adjustment_below_what_was_used_is_refused(bureau: None) -> None:
    first = issued()
    with acting(PROPOSER):
        spend("uniform", "4000.00")
        lower = budget_draft(
            actor=PROPOSER, year=YEAR, amounts={**AMOUNTS, "uniform": Decimal(3000)}, reason="压减", adjusts=first
        )
        with pytest.raises(Refusal, match=r"服装调整为 3,000\.00 元，已承付和支出 4,000\.00 元"):
            budget_submit(actor=PROPOSER, budget=lower)


def test_a_kind_spent_by_choice_refuses_what_exceeds_it(bureau: None) -> None:
    issued()
    with acting(PROPOSER):
        spend("uniform", "4999.99")
        with pytest.raises(Refusal) as refused:
            spend("uniform", "0.02")
    assert refused.value.provisions == ("8.p1",)
    assert refused.value.errors == {"amount": ["最多 0.01 元"]}


def test_pay_goes_into_the_red_and_is_reported(bureau: None) -> None:
    issued()
    with acting(PROPOSER):
        spend("pay", "1500.00")
        assert account("pay").free == Decimal(-500)
        assert [each.kind for each in overspent_accounts(PROPOSER.lo or 0, PROPOSER.hi or 0)] == ["pay"]
        row = next(each for each in executions(PROPOSER.lo or 0, PROPOSER.hi or 0, YEAR))
        assert (row.overspent, row.missing, row.issued) == (["薪酬"], [], True)


def test_pay_without_any_budget_is_recorded_and_a_uniform_is_not(bureau: None) -> None:
    with acting(PROPOSER):
        spend("insurance", "10.00")
        with pytest.raises(Refusal, match=r"余额 0\.00 元"):
            spend("uniform", "10.00")
        row = next(each for each in executions(PROPOSER.lo or 0, PROPOSER.hi or 0, YEAR))
    assert (row.issued, len(row.missing)) == (False, 6)


def test_a_commitment_is_spent_released_and_never_exceeded(bureau: None) -> None:
    issued()
    with acting(PROPOSER):
        promised = budget_commit(
            actor=PROPOSER, organ_code=SANTAI, year=YEAR, kind="equipment", amount=Decimal(3000), voucher=VOUCHER
        )
        assert account("equipment").free == Decimal(1000)
        paid = spend("equipment", "2000", commitment=promised)
        with pytest.raises(Refusal, match=r"余额为 1,000\.00 元"):
            spend("equipment", "1000.01", commitment=promised)
        budget_release(actor=PROPOSER, commitment=promised, voucher=VOUCHER)
        budget_refund(actor=PROPOSER, spending=paid, amount=Decimal(500), voucher=VOUCHER)
        now = account("equipment")
        assert (now.committed, now.spent, now.free) == (Decimal(0), Decimal(1500), Decimal(2500))
        assert left_of(promised) == 0


def test_the_proposer_never_decides_and_a_neighbours_finance_neither(bureau: None) -> None:
    both = replace(PROPOSER, roles=frozenset({"finance", "hr_head"}))
    other = finance_of(YANTING)
    finance_of(SANTAI)
    with acting(both):
        budget = budget_draft(actor=both, year=YEAR, amounts=AMOUNTS, reason="年度预算")
        budget_submit(actor=both, budget=budget)
        with pytest.raises(NotAllowed, match="拟定、修改或送办过本预算的人不能审批"):
            budget_decide(actor=both, budget=budget, verb="record_pass", paper=factories.paper(SANTAI))
    with acting(other), pytest.raises(NotAllowed, match="此步骤由三台县财政局办理"):
        budget_decide(actor=other, budget=budget, verb="pass", number="1")


def test_a_paper_decision_is_marked_and_names_everything_that_misses(bureau: None) -> None:
    finance_of(SANTAI)
    with acting(PROPOSER):
        budget = budget_draft(actor=PROPOSER, year=YEAR, amounts=AMOUNTS, reason="年度预算")
        budget_submit(actor=PROPOSER, budget=budget)
    with acting(HEAD):
        with pytest.raises(Refusal) as refused:
            budget_decide(actor=HEAD, budget=budget, verb="record_return")
        assert set(refused.value.errors) == {"document_number", "document_date", "scan", "opinion"}
        done = budget_decide(actor=HEAD, budget=budget, verb="record_pass", paper=factories.paper(SANTAI))
        assert (done.state, done.tasks.get().on_behalf) == ("issued", True)


def test_a_returned_budget_is_changed_and_goes_again(bureau: None) -> None:
    decider = finance_of(SANTAI)
    with acting(PROPOSER):
        budget = budget_draft(actor=PROPOSER, year=YEAR, amounts=AMOUNTS, reason="年度预算")
        budget_submit(actor=PROPOSER, budget=budget)
    with acting(decider):
        budget = budget_decide(actor=decider, budget=budget, verb="return", opinion="训练经费偏高")
        assert [each.pk for each in budgets_for(decider)] == [budget.pk]
    with acting(PROPOSER):
        changed = budget_revise(actor=PROPOSER, budget=budget, amounts={"pay": Decimal(1)}, reason="修改")
        assert changed.state == "draft"
        assert [line.amount for line in changed.lines.order_by("-amount")][:2] == [Decimal(1), Decimal(0)]


def test_a_draft_is_not_the_finance_departments_to_read(bureau: None) -> None:
    decider = finance_of(SANTAI)
    with acting(PROPOSER):
        budget_draft(actor=PROPOSER, year=YEAR, amounts=AMOUNTS, reason="年度预算")
    with acting(decider):
        assert not budgets_for(decider)


@pytest.mark.parametrize("day", [date(YEAR - 1, 12, 31), date(YEAR + 1, 1, 1)])
def test_a_payment_of_another_year_does_not_go_into_this_years_budget(bureau: None, day: date) -> None:
    issued()
    voucher = replace(VOUCHER, day=day)
    with acting(PROPOSER):
        for book_it in (budget_spend, budget_commit):
            with pytest.raises(Refusal, match=f"不在 {YEAR} 年度，应记入 {day.year} 年度") as refused:
                book_it(
                    actor=PROPOSER, organ_code=SANTAI, year=YEAR, kind="training", amount=Decimal(1), voucher=voucher
                )
            assert list(refused.value.errors) == ["document_date"]
        with pytest.raises(Refusal, match=f"凭证日期 {day} 不在 {YEAR} 年度"), speaking(), transaction.atomic():
            BudgetEntry.objects.create(
                organ_code=SANTAI,
                account=account("training"),
                kind="spend",
                amount=Decimal(1),
                document_number="1",
                document_date=day,
                reason="试",
                made_by="某人",
            )


def test_a_payment_entered_by_hand_is_the_finance_offices_and_not_of_tomorrow(bureau: None) -> None:
    issued()
    late = replace(VOUCHER, day=today() + timedelta(days=1))
    with acting(HEAD), pytest.raises(NotAllowed):
        spending_record(actor=HEAD, year=YEAR, kind="training", amount=Decimal(1), voucher=VOUCHER)
    with acting(PROPOSER), pytest.raises(Refusal, match="晚于今天"):
        spending_record(actor=PROPOSER, year=YEAR, kind="training", amount=Decimal(1), voucher=late)


def free_money() -> Decimal | None:
    """Free money for pay and insurance, as the plan's page asks for it."""
    rows = Organ.objects.filter(pk=SANTAI).values_list(personnel_money(OuterRef("code"), YEAR), flat=True)
    return rows.get()


def test_a_plans_cost_is_known_to_fit_to_exceed_or_not_known(bureau: None) -> None:
    with acting(PROPOSER):
        assert cost_finding(YEAR, Decimal(1), free_money()).outcome is Outcome.UNDETERMINED
    issued()
    with acting(PROPOSER):
        free = AMOUNTS["pay"] + AMOUNTS["insurance"]
        assert free_money() == free
        assert cost_finding(YEAR, None, free).outcome is Outcome.UNDETERMINED
        assert cost_finding(YEAR, free, free).outcome is Outcome.SATISFIED
        assert cost_finding(YEAR, free + Decimal("0.01"), free).outcome is Outcome.VIOLATED
        spend("pay", "100")
        assert free_money() == free - 100


def by_hand(**changes: object) -> Callable[[], object]:
    """Write an account without the ledger."""
    return lambda: BudgetAccount.objects.filter(kind="uniform").update(**changes)


def entry(**changes: object) -> Callable[[], object]:
    """Write a ledger line without the services."""
    fields = {"kind": "spend", "amount": Decimal(1), "organ_code": SANTAI} | changes
    return lambda: BudgetEntry.objects.create(
        account=account("uniform"),
        document_number="1",
        document_date=date(YEAR, 3, 2),
        reason="试",
        made_by="某人",
        **fields,
    )


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (by_hand(budgeted=Decimal(10**6)), "只随台账变动"),
        (entry(amount=Decimal(5001)), "超出预算"),
        (entry(amount=Decimal(0)), "金额应大于零"),
        (entry(kind="refund"), "应注明所依据的台账"),
        (entry(kind="allot", amount=Decimal(-5001)), "不得为负数|超出预算"),
        (entry(organ_code=YANTING), "row-level security|本机关"),
        (lambda: BudgetEntry.objects.update(amount=1), "只能新增"),
        (lambda: BudgetEntry.objects.all().delete(), "只能新增"),
        (lambda: Budget.objects.get().lines.update(amount=1), "预算报出后不得改动"),
        (lambda: Budget.objects.update(document_number=""), "文号和日期"),
        (lambda: Budget.objects.get().lines.create(organ_code=SANTAI, kind="pay", amount=1), "预算报出后"),
    ],
)
def test_the_database_refuses(bureau: None, broken: Callable[[], object], told: str) -> None:
    issued()
    with acting(PROPOSER), pytest.raises(Exception, match=told), speaking(), transaction.atomic():
        broken()


def test_the_database_refuses_a_payment_above_its_commitment(bureau: None) -> None:
    issued()
    with acting(PROPOSER):
        promised = budget_commit(
            actor=PROPOSER, organ_code=SANTAI, year=YEAR, kind="uniform", amount=Decimal(10), voucher=VOUCHER
        )
        spend("uniform", "10", commitment=promised)
        with pytest.raises(Refusal, match=r"不得为负数|余额"), speaking(), transaction.atomic():
            entry(amount=Decimal(11), against=promised)()
        with pytest.raises(Refusal, match="不得超过所依据台账的余额"), speaking(), transaction.atomic():
            entry(kind="refund", against=promised)()


def test_a_county_sees_nothing_of_another_and_the_city_sees_both(bureau: None) -> None:
    issued()
    neighbour, city = territorial(YANTING, "finance"), territorial(MIANYANG, "hr_head")
    with acting(neighbour):
        assert not Budget.objects.exists()
        assert not BudgetAccount.objects.exists()
    with acting(city):
        assert {row.organ.code for row in executions(city.lo or 0, city.hi or 0, YEAR) if row.issued} == {SANTAI}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(["commit", "spend", "settle", "release", "refund"]), st.integers(1, 4000)),
        max_size=12,
    )
)
def test_ledger_and_account_agree_whatever_is_booked(bureau: None, acts: list[tuple[str, int]]) -> None:
    with transaction.atomic():
        issued()
        with acting(PROPOSER):
            for act, amount in acts:
                book(act, Decimal(amount))
            now = account("equipment")
            lines = list(BudgetEntry.objects.filter(account=now))
            total = {
                kind: sum((line.amount for line in lines if line.kind == kind), Decimal(0))
                for kind in ("allot", "commit", "release", "spend", "refund")
            }
            settled = sum((line.amount for line in lines if line.kind == "spend" and line.against_id), Decimal(0))
            assert now.budgeted == total["allot"]
            assert now.committed == total["commit"] - total["release"] - settled
            assert now.spent == total["spend"] - total["refund"]
            assert now.free >= 0
        transaction.set_rollback(True)


def book(act: str, amount: Decimal) -> None:
    """One booking on 装备; a refusal books nothing."""
    last = {
        kind: BudgetEntry.objects.filter(account__kind="equipment", kind=kind).last() for kind in ("commit", "spend")
    }
    try:
        if act == "commit":
            budget_commit(
                actor=PROPOSER, organ_code=SANTAI, year=YEAR, kind="equipment", amount=amount, voucher=VOUCHER
            )
        elif act == "spend":
            spend("equipment", str(amount))
        elif act == "settle" and last["commit"]:
            spend("equipment", str(amount), commitment=last["commit"])
        elif act == "release" and last["commit"]:
            budget_release(actor=PROPOSER, commitment=last["commit"], voucher=VOUCHER)
        elif act == "refund" and last["spend"]:
            budget_refund(actor=PROPOSER, spending=last["spend"], amount=amount, voucher=VOUCHER)
    except Refusal:
        pass


@pytest.mark.race
def test_of_twenty_who_spend_the_last_hundred_yuan_one_succeeds(committed: None) -> None:
    with acting(factories.PROVINCIAL):
        factories.bureau(SANTAI)
    issued({**AMOUNTS, "training": Decimal(100)})

    def one(_: int) -> str:
        try:
            with speaking(), acting(PROPOSER):
                spend("training", "100.00")
            return "spent"
        except Refusal as refusal:
            return refusal.provisions[0]
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as threads:
        results = list(threads.map(one, range(20)))
    assert sorted(results) == ["8.p1"] * 19 + ["spent"]
    with acting(PROPOSER):
        assert account("training").spent == Decimal(100)


def test_owed_kinds_are_pay_and_insurance() -> None:
    assert set(OWED) == {"pay", "insurance"}
