"""The only writers of budgets and their ledger. A booking locks its account, late, before the check.

Later chapters pay through `budget_commit`, `budget_spend`, `budget_release` and `budget_refund`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import models
from django.db.models import Max, Sum
from django.utils import timezone

from fujing.general.budget.models import Budget, BudgetAccount, BudgetEntry, BudgetLine, BudgetRequest, BudgetTask
from fujing.general.budget.papers import request_facts
from fujing.general.budget.policies import (
    case_of,
    check_propose_budget,
    check_run_budget,
    check_spend,
    check_write_budget,
)
from fujing.general.budget.queries import ZERO, accounts_of, finance_of
from fujing.general.budget.states import BUDGET, OWED, BudgetKind, BudgetState, EntryKind
from fujing.kernel.actor import Actor, within
from fujing.kernel.approvals import AnswerState, Paper, answer, check_verb, lapse, recorded
from fujing.kernel.clock import today
from fujing.kernel.decisions import decide
from fujing.kernel.locks import locked, relocked
from fujing.kernel.refusals import Refusal
from fujing.registry.models import Organ, territory_of
from fujing.registry.states import OrganKind


@dataclass(frozen=True, slots=True)
class Voucher:
    """What a booking rests on: number and day of the document, why, and which row of a later chapter it pays."""

    number: str
    day: date
    reason: str
    subject: models.Model | None = None


def budget_draft(
    *, actor: Actor, year: int, amounts: Mapping[str, Decimal], reason: str, adjusts: Budget | None = None
) -> Budget:
    """Draw up a year's budget in 元 by kind, or an adjustment of the one in force. All six kinds are written."""
    check_propose_budget(actor)
    organ = Organ.objects.get(pk=actor.organ_code or 0)
    if organ.kind != OrganKind.PUBLIC_SECURITY:
        raise Refusal("内设机构、派出机构不单独编制经费预算。", provisions=("8.p1",))
    if adjusts:
        adjusts = relocked(adjusts)
        if (adjusts.organ_code, adjusts.year, adjusts.state) != (organ.code, year, BudgetState.ISSUED):
            raise Refusal("只能调整本机关本年度执行中的经费预算。", provisions=("8.p1",))
    elif Budget.objects.filter(organ_code=organ.code, year=year, state=BudgetState.ISSUED).exists():
        raise Refusal(f"{year}年经费预算已下达，请编制调整。", provisions=("8.p1",))
    last = Budget.objects.filter(organ_code=organ.code, year=year).aggregate(last=Max("version"))["last"]
    budget = Budget(
        organ_code=organ.code,
        year=year,
        version=(last or 0) + 1,
        previous=adjusts,
        reason=reason,
        proposed_by=actor.name,
        proposed_by_id=actor.account_id or 0,
    )
    budget.wrote(actor)
    budget.full_clean()
    budget.save()
    _write_lines(budget, amounts)
    return budget


def budget_revise(*, actor: Actor, budget: Budget, amounts: Mapping[str, Decimal], reason: str) -> Budget:
    """Change a draft, or a returned or withdrawn budget, which becomes a draft again."""
    check_write_budget(actor, budget.organ_code)
    budget = relocked(budget)
    if budget.state != BudgetState.DRAFT:
        budget.state = BUDGET.check(actor, budget.state, "revise").target
    budget.reason = reason
    budget.wrote(actor)
    budget.full_clean()
    budget.save()
    budget.lines.all().delete()
    _write_lines(budget, amounts)
    return budget


def _write_lines(budget: Budget, amounts: Mapping[str, Decimal]) -> None:
    for kind in BudgetKind.values:
        line = BudgetLine(organ_code=budget.organ_code, budget=budget, kind=kind, amount=amounts.get(kind, ZERO))
        line.full_clean()
        line.save()


def budget_submit(*, actor: Actor, budget: Budget) -> Budget:
    """Send the draft to the finance department of the same level. An adjustment below what was used is refused."""
    check_run_budget(actor, budget.organ_code)
    budget = relocked(budget)
    move = BUDGET.check(actor, budget.state, "submit")
    _check_covers(budget, accounts_of(budget.organ_code, budget.year))
    finance = finance_of(budget.organ_code)
    if finance is None:
        raise Refusal("尚未登记同级财政部门，请系统管理员先登记。", provisions=("8.p2",))
    number = (budget.requests.aggregate(last=Max("round"))["last"] or 0) + 1
    BudgetTask.objects.create(
        organ_code=budget.organ_code,
        budget=budget,
        round=number,
        assigned_organ=finance.code,
        assigned_name=finance.name,
        asked_at=timezone.now(),
    )
    budget.state = move.target
    budget.wrote(actor)
    budget.save()
    request = BudgetRequest(
        organ_code=budget.organ_code, budget=budget, round=number, sent_by=actor.name, sent_by_id=actor.account_id or 0
    )
    request.freeze(request_facts(budget, Organ.objects.get(pk=budget.organ_code).name, finance.name))
    request.save()
    return budget


def _check_covers(budget: Budget, accounts: list[BudgetAccount]) -> None:
    """Name every kind whose new amount is below what was committed and spent."""
    amounts = {line.kind: line.amount for line in budget.lines.all()}
    short = [
        f"{each.get_kind_display()}调整为 {amounts[each.kind]:,.2f} 元，已承付和支出 {each.committed + each.spent:,.2f} 元"
        for each in accounts
        if each.kind not in OWED and amounts[each.kind] < each.committed + each.spent
    ]
    if short:
        raise Refusal(f"调整后的预算不得低于已承付和支出：{'；'.join(short)}。", provisions=("8.p1",))


def budget_withdraw(*, actor: Actor, budget: Budget) -> Budget:
    """Take a budget back before it is issued; it may be revised and sent again."""
    check_run_budget(actor, budget.organ_code)
    budget = relocked(budget)
    budget.state = BUDGET.check(actor, budget.state, "withdraw").target
    budget.save()
    lapse(budget.tasks.all())
    return budget


def budget_decide(
    *,
    actor: Actor,
    budget: Budget,
    verb: str,
    opinion: str = "",
    number: str = "",
    paper: Paper | None = None,
    seen: str = "",
) -> Budget:
    """Issue or return: `pass` or `return` by the finance department, `record_…` for its decision on paper (8.p2).

    Issuing by sign-in needs the `number` of its document, dated today. `seen` is the digest of the request that was
    read. Whoever wrote into the budget or sent it can't decide it.
    """
    check_verb(verb)
    with within(actor, *territory_of(budget.organ_code)):
        budget = relocked(budget)
        BUDGET.check(actor, budget.state, verb)
        task = budget.tasks.filter(state=AnswerState.WAITING).latest("round")
        move = answer(
            actor=actor,
            case=case_of(budget, budget.requests.order_by("-round").first()),
            row=task,
            verb=verb,
            opinion=opinion,
            number=number,
            paper=paper,
            numbered=True,
            seen=seen,
        )
        issuing = move.target == BudgetState.ISSUED
        if issuing and budget.previous_id:
            (previous,) = locked(Budget.objects.filter(pk=budget.previous_id))
            if previous.state != BudgetState.ISSUED:
                raise Refusal("所调整的预算已由其他版本替代，请重新编制。", provisions=("8.p1",))
            previous.state = BudgetState.SUPERSEDED
            previous.save()
        budget.state = move.target
        if issuing:
            budget.document_number, budget.document_date = task.document_number, task.document_date
        budget.full_clean(exclude=["lines"])
        budget.save()
        if issuing:
            _allot(actor, budget)
        decide(
            actor=actor,
            organ_code=budget.organ_code,
            kind="经费预算审核",
            subject=budget,
            outcome=move.label,
            message=opinion or move.label,
            provisions=[move.provision],
            facts={"paper": recorded(verb)},
        )
        return budget


def _allot(actor: Actor, budget: Budget) -> None:
    """Book the difference to what each account has: the whole amount the first time."""
    assert budget.document_date is not None
    voucher = Voucher(budget.document_number, budget.document_date, f"第{budget.version}版预算下达")
    for kind in BudgetKind.values:
        _open(budget.organ_code, budget.year, kind)
    accounts = locked(BudgetAccount.objects.filter(organ_code=budget.organ_code, year=budget.year))
    _check_covers(budget, accounts)
    amounts = {line.kind: line.amount for line in budget.lines.all()}
    for account in accounts:
        difference = amounts[account.kind] - account.budgeted
        if difference:
            _book(actor, account, EntryKind.ALLOT, difference, voucher)


def _open(organ_code: int, year: int, kind: str) -> None:
    BudgetAccount.objects.get_or_create(organ_code=organ_code, year=year, kind=kind)


def _book(
    actor: Actor,
    account: BudgetAccount,
    kind: EntryKind,
    amount: Decimal,
    voucher: Voucher,
    against: BudgetEntry | None = None,
) -> BudgetEntry:
    if kind != EntryKind.ALLOT:
        _check_year(account, voucher)
    entry = BudgetEntry(
        organ_code=account.organ_code,
        account=account,
        kind=kind,
        amount=amount,
        against=against,
        document_number=voucher.number,
        document_date=voucher.day,
        reason=voucher.reason,
        made_by=actor.name,
        subject_table=voucher.subject._meta.db_table if voucher.subject else "",
        subject_id=voucher.subject.pk if voucher.subject else None,
    )
    entry.full_clean(exclude=["account", "against"])
    entry.save()
    return entry


def _check_year(account: BudgetAccount, voucher: Voucher) -> None:
    """Refuse what belongs to another year: a payment counts in the year of its voucher (8.p1)."""
    if voucher.day.year != account.year:
        said = f"凭证日期 {voucher.day} 不在 {account.year} 年度，应记入 {voucher.day.year} 年度预算。"
        raise Refusal(
            said,
            provisions=("8.p1",),
            facts={"day": str(voucher.day), "year": account.year},
            errors={"document_date": [said]},
        )


def _account(organ_code: int, year: int, kind: str) -> BudgetAccount:
    """The account, locked; an owed kind gets one even when nothing was budgeted."""
    if kind in OWED:
        _open(organ_code, year, kind)
    found = locked(BudgetAccount.objects.filter(organ_code=organ_code, year=year, kind=kind))
    return found[0] if found else BudgetAccount(organ_code=organ_code, year=year, kind=kind)


def _check_free(account: BudgetAccount, amount: Decimal) -> None:
    """Refuse more than is free of a kind that is spent by choice; an owed kind goes into the red and is reported."""
    if amount <= 0:
        raise Refusal("金额应大于零。", errors={"amount": ["金额应大于零。"]})
    if account.kind in OWED or account.free >= amount:
        return
    label = account.get_kind_display()
    raise Refusal(
        f"{account.year}年“{label}”经费余额 {account.free:,.2f} 元，不能列支 {amount:,.2f} 元。",
        provisions=("8.p1",),
        errors={"amount": [f"最多 {account.free:,.2f} 元"]},
        facts={"free": str(account.free), "amount": str(amount)},
        remedy="可申请调整经费预算。",
    )


def budget_commit(
    *, actor: Actor, organ_code: int, year: int, kind: str, amount: Decimal, voucher: Voucher
) -> BudgetEntry:
    """Promise money of a kind (元) before it is paid. Refuses overspending except for pay and insurance (8.p1)."""
    account = _account(organ_code, year, kind)
    _check_free(account, amount)
    return _book(actor, account, EntryKind.COMMIT, amount, voucher)


def budget_spend(
    *,
    actor: Actor,
    organ_code: int,
    year: int,
    kind: str,
    amount: Decimal,
    voucher: Voucher,
    commitment: BudgetEntry | None = None,
) -> BudgetEntry:
    """Record money paid (元), of a commitment or freely. Refuses overspending except for pay and insurance (8.p1)."""
    account = _account(organ_code, year, kind)
    if commitment is None:
        _check_free(account, amount)
    else:
        _check_left(account, commitment, amount)
    return _book(actor, account, EntryKind.SPEND, amount, voucher, commitment)


def budget_release(*, actor: Actor, commitment: BudgetEntry, voucher: Voucher) -> BudgetEntry:
    """Give back what is left of a commitment."""
    (account,) = locked(BudgetAccount.objects.filter(pk=commitment.account_id))
    left = left_of(commitment)
    _check_left(account, commitment, left)
    return _book(actor, account, EntryKind.RELEASE, left, voucher, commitment)


def budget_refund(*, actor: Actor, spending: BudgetEntry, amount: Decimal, voucher: Voucher) -> BudgetEntry:
    """Correct a payment by a line against it, up to its amount (元)."""
    (account,) = locked(BudgetAccount.objects.filter(pk=spending.account_id))
    _check_left(account, spending, amount)
    return _book(actor, account, EntryKind.REFUND, amount, voucher, spending)


def left_of(entry: BudgetEntry) -> Decimal:
    """What is left of a commitment or a payment after the lines against it, in 元."""
    return entry.amount - (entry.followers.aggregate(total=Sum("amount"))["total"] or ZERO)


def _check_left(account: BudgetAccount, before: BudgetEntry, amount: Decimal) -> None:
    left = left_of(before)
    if before.account_id != account.pk or amount <= 0 or amount > left:
        raise Refusal(
            f"所依据的台账余额为 {left:,.2f} 元，不能办理 {amount:,.2f} 元。",
            provisions=("8.p1",),
            errors={"amount": [f"最多 {left:,.2f} 元"]},
        )


def spending_record(
    *, actor: Actor, year: int, kind: str, amount: Decimal, voucher: Voucher, commitment: BudgetEntry | None = None
) -> BudgetEntry:
    """A payment that the bureau's own finance office enters by hand."""
    check_spend(actor, actor.organ_code or 0)
    if voucher.day > today():
        raise Refusal("支出日期晚于今天。", errors={"document_date": ["支出日期晚于今天。"]})
    return budget_spend(
        actor=actor,
        organ_code=actor.organ_code or 0,
        year=year,
        kind=kind,
        amount=amount,
        voucher=voucher,
        commitment=commitment,
    )
