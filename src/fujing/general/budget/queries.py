"""Reading budgets as somebody. Row security decides what is there: a territory, or the budgets one is asked about."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, Sum

from fujing.general.budget.models import Budget, BudgetAccount, BudgetEntry, BudgetLine, BudgetRequest, BudgetTask
from fujing.general.budget.papers import request_facts
from fujing.general.budget.states import BudgetKind, BudgetState
from fujing.general.quota.models import LocalFigures, QuotaAccount
from fujing.general.quota.queries import figures_known, quota_of
from fujing.kernel.actor import Actor, looking
from fujing.kernel.approvals import AnswerState
from fujing.kernel.clock import today
from fujing.kernel.refusals import existing
from fujing.law.findings import Finding, Outcome
from fujing.registry.models import Organ, territory_of
from fujing.registry.moving_in.queries import undated_between
from fujing.registry.states import OrganKind, PartnerKind

ZERO = Decimal("0.00")


def budgets_for(actor: Actor) -> QuerySet[Budget]:
    """Budgets that the actor may read, newest first, with `total` in 元."""
    return Budget.objects.annotate(total=Sum("lines__amount")).order_by("-year", "-version", "organ_code")


def budget_for(actor: Actor, budget_id: int) -> Budget:
    """One budget or 404."""
    return existing(budgets_for(actor).prefetch_related("lines").filter(pk=budget_id).first(), "没有这份经费预算")


def reading(actor: Actor, budget: Budget) -> AbstractContextManager[object]:
    """What belongs to a budget that the actor may read: the finance department reads it in its bureau's place."""
    return nullcontext() if actor.covers(budget.organ_code) else looking(actor, *territory_of(budget.organ_code))


def requests_of(budget: Budget) -> list[BudgetRequest]:
    """What was sent, round by round; the facts of a round are read when it is printed."""
    return list(budget.requests.defer("facts").order_by("round"))


def finance_of(organ_code: int) -> Organ | None:
    """The finance department of the same level; None where none is registered."""
    partners = Organ.objects.filter(kind=OrganKind.PARTNER, partner_kind=PartnerKind.FINANCE)
    return partners.filter(code__range=(organ_code, organ_code + 10**6 - 1)).first()


def facts_now(budget: Budget) -> dict[str, Any]:
    """What a request for funds would say now."""
    finance = finance_of(budget.organ_code)
    organ = Organ.objects.get(pk=budget.organ_code)
    return request_facts(budget, organ.name, finance.name if finance else "")


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything on which a budget is decided, as whoever is asked about it reads it. Money in 元."""

    organ_name: str
    tasks: list[BudgetTask]
    requests: list[BudgetRequest]
    accounts: list[BudgetAccount]
    before: dict[str, Decimal]
    """Amounts by kind of the version that it adjusts; empty for a first one."""
    in_service: int
    undated: int
    """People whose first day no roster says: not in service yet, so that the money isn't divided by them either."""

    @property
    def waiting(self) -> BudgetTask | None:
        """The answer that is waited for now."""
        return next((task for task in self.tasks if task.state == AnswerState.WAITING), None)


def dossier_of(actor: Actor, budget: Budget) -> Dossier:
    """The dossier of a budget that the actor may read."""
    organs = Organ.objects.filter(pk=budget.organ_code)
    with reading(actor, budget):
        name, undated = organs.values_list("name", undated_between(OuterRef("code"), OuterRef("code"), today())).get()
        before = BudgetLine.objects.filter(budget=budget.previous_id or 0)
        return Dossier(
            organ_name=name,
            tasks=list(budget.tasks.order_by("round")),
            requests=requests_of(budget),
            accounts=accounts_of(budget.organ_code, budget.year),
            before=dict(before.values_list("kind", "amount")) if budget.previous_id else {},
            in_service=quota_of(budget.organ_code).in_service,
            undated=undated or 0,
        )


def waiting_budgets(actor: Actor) -> QuerySet[Budget]:
    """What the finance department is asked right now, oldest first."""
    asked = BudgetTask.objects.filter(assigned_organ=actor.organ_code or 0, state=AnswerState.WAITING)
    return Budget.objects.filter(state=BudgetState.FINANCE, pk__in=asked.values("budget")).order_by("id")


def returned_budgets(actor: Actor) -> QuerySet[Budget]:
    """Budgets of the actor's own bureau that came back to be revised, oldest first."""
    return Budget.objects.filter(organ_code=actor.organ_code or 0, state=BudgetState.RETURNED).order_by("id")


def budget_in_force(organ_code: int, year: int) -> Budget | None:
    """The issued budget of a year."""
    return Budget.objects.filter(organ_code=organ_code, year=year, state=BudgetState.ISSUED).first()


def accounts_of(organ_code: int, year: int) -> list[BudgetAccount]:
    """The six kinds in the order of 8.p1; a kind without an account is unsaved and zero."""
    found = {each.kind: each for each in BudgetAccount.objects.filter(organ_code=organ_code, year=year)}
    blank = {"organ_code": organ_code, "year": year, "budgeted": ZERO, "committed": ZERO, "spent": ZERO}
    return [found.get(kind) or BudgetAccount(kind=kind, **blank) for kind in BudgetKind.values]


def ledger_of(organ_code: int, year: int, kind: str = "") -> QuerySet[BudgetEntry]:
    """Lines of a year's ledger, newest first, of one kind or of all."""
    chosen = {"account__kind": kind} if kind else {}
    rows = BudgetEntry.objects.filter(organ_code=organ_code, account__year=year, **chosen)
    return rows.select_related("account").order_by("-document_date", "-id")


@dataclass(frozen=True, slots=True)
class Execution:
    """A bureau's year in one row: sums in 元, kinds without money and kinds overspent."""

    organ: Organ
    budgeted: Decimal
    committed: Decimal
    spent: Decimal
    missing: list[str]
    overspent: list[str]
    issued: bool


def executions(lo: int, hi: int, year: int) -> list[Execution]:
    """Every bureau of a territory, both bounds inclusive; two queries however many they are."""
    organs = Organ.objects.filter(kind=OrganKind.PUBLIC_SECURITY, code__range=(lo, hi)).order_by("code")
    accounts: dict[int, list[BudgetAccount]] = {}
    for account in BudgetAccount.objects.filter(organ_code__range=(lo, hi), year=year):
        accounts.setdefault(account.organ_code, []).append(account)
    rows = []
    for organ in organs:
        own = accounts.get(organ.code, [])
        given = {account.kind for account in own if account.budgeted > 0}
        rows.append(
            Execution(
                organ=organ,
                budgeted=sum((each.budgeted for each in own), ZERO),
                committed=sum((each.committed for each in own), ZERO),
                spent=sum((each.spent for each in own), ZERO),
                missing=[kind.label for kind in BudgetKind if kind not in given] if own else [],
                overspent=[each.get_kind_display() for each in own if each.overspent],
                issued=any(each.budgeted > 0 for each in own),
            )
        )
    return rows


def overspent_accounts(lo: int, hi: int) -> QuerySet[BudgetAccount]:
    """Accounts of a territory whose commitments and spending exceed the budget."""
    rows = BudgetAccount.objects.filter(organ_code__range=(lo, hi))
    return rows.filter(budgeted__lt=F("committed") + F("spent"))


def personnel_money(organ: Any, year: Any) -> Subquery:
    """SQL for the free money for pay and social insurance in 元 of an organ and year, NULL without an issued budget."""
    issued = Budget.objects.filter(organ_code=OuterRef("organ_code"), year=OuterRef("year"), state=BudgetState.ISSUED)
    kinds = [BudgetKind.PAY, BudgetKind.INSURANCE]
    # What is issued has all six accounts, a kind without money too.
    accounts = BudgetAccount.objects.filter(Exists(issued), organ_code=organ, year=year, kind__in=kinds)
    money = Sum(F("budgeted") - F("committed") - F("spent"))
    return Subquery(accounts.order_by().values("organ_code").annotate(money=money).values("money"))


def cost_finding(year: int, cost: Decimal | None, free: Decimal | None) -> Finding:
    """A plan's yearly cost (元) against the `free` money for pay and insurance of its year, None where none was issued.

    Shown to everybody who decides on the plan, never refused: 8.p1 asks for the money, 16 does not make it a
    condition of consent, and next year's budget may still follow. What is not known is 待核实.
    """
    facts = {"cost": None if cost is None else str(cost), "free": None if free is None else str(free)}
    if free is None or cost is None:
        unknown = f"{year}年经费预算还没有下达" if free is None else "计划没有写全年度经费"
        outcome, message = Outcome.UNDETERMINED, f"{unknown}，不能判断经费是否够用"
    elif cost > free:
        outcome = Outcome.VIOLATED
        message = f"计划年度经费 {cost:,.2f} 元，超出薪酬和社保预算余额 {free:,.2f} 元"
    else:
        outcome = Outcome.SATISFIED
        message = f"计划年度经费 {cost:,.2f} 元，在薪酬和社保预算余额 {free:,.2f} 元以内"
    return Finding(
        provision="8.p1",
        rule="budget.plan_cost",
        outcome=outcome,
        message=message,
        facts=facts,
        remedy=None if outcome is Outcome.SATISFIED else "可调整计划，或申请调整经费预算",
    )


@dataclass(frozen=True, slots=True)
class Ratios:
    """How an organ is staffed in a year (6.p1); None where a figure is missing or zero."""

    figures: LocalFigures | None
    per_officer: Decimal | None
    per_ten_thousand: Decimal | None
    money_each: Decimal | None


def ratios_of(account: QuotaAccount, year: int) -> Ratios:
    """Auxiliaries in service per police officer and per 10,000 residents, and budget in 元 for each of them."""
    figures = figures_known(account.organ_code, year)
    budgeted = sum((each.budgeted for each in accounts_of(account.organ_code, year)), ZERO)
    known = budget_in_force(account.organ_code, year) is not None
    return Ratios(
        figures=figures,
        per_officer=_share(account.in_service, figures.police_officers if figures else 0),
        per_ten_thousand=_share(account.in_service * 10_000, figures.residents if figures else 0),
        money_each=_share(budgeted, account.in_service) if known else None,
    )


def _share(part: Decimal | int, of: int) -> Decimal | None:
    return (Decimal(part) / of).quantize(Decimal("0.01")) if of else None
