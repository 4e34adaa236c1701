"""Handling pay: one function an act (Article 33)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import polars as pl
from django.core.files.uploadedfile import UploadedFile
from django.db import connection
from django.db.models import Max

from fujing.general.budget.models import BudgetEntry
from fujing.general.budget.services import Voucher, budget_spend
from fujing.general.budget.states import BudgetKind
from fujing.kernel.actor import Actor
from fujing.kernel.bulk import insert_frame, new_ids
from fujing.kernel.clock import today
from fujing.kernel.decisions import decide
from fujing.kernel.files import file_store
from fujing.kernel.locks import relocked
from fujing.kernel.refusals import Refusal
from fujing.law.formats.documents import DocumentError
from fujing.law.pay.exact import TooLarge
from fujing.law.pay.late import SUMS
from fujing.safeguards.payroll.facts import registry_facts
from fujing.safeguards.payroll.models import PayLine, PayRun, PayScheme, PaySlip
from fujing.safeguards.payroll.policies import check_prepare_pay, check_run_pay
from fujing.safeguards.payroll.queries import read_text
from fujing.safeguards.payroll.reckoning import Reckoned, reckon
from fujing.safeguards.payroll.states import RUN, SCHEME, RunState

FOR = ("33",)


def in_turn(organ_code: int) -> None:
    """One act on a bureau's pay after another, until the transaction ends: no fact slips in below a run's instant."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [33 * 10**13 + organ_code])


def scheme_enter(
    *, actor: Actor, text: str, document_number: str, document_date: date, upload: UploadedFile
) -> PayScheme:
    """Enter a scheme in the open format with the paper that it rests on; somebody else approves it."""
    check_prepare_pay(actor)
    organ = actor.organ_code or 0
    errors: dict[str, list[str]] = {}
    scheme = None
    try:
        scheme = read_text(text)
    except DocumentError as error:
        errors["text"] = [f"{fault.path} {fault.expected}".strip() for fault in error.faults]
    if scheme is not None and scheme.organ != str(organ):
        errors["text"] = [f"方案的机关代码是{scheme.organ}，应为本机关 {organ}。"]
    if not document_number.strip():
        errors["document_number"] = ["请填写文号。"]
    if document_date > today():
        errors["document_date"] = ["文件日期不能晚于今天。"]
    if errors or scheme is None:
        raise Refusal("没有录入薪酬方案。", provisions=FOR, errors=errors)
    in_turn(organ)
    last = PayScheme.objects.filter(organ_code=organ).aggregate(last=Max("version"))["last"] or 0
    made = PayScheme(
        organ_code=organ,
        version=last + 1,
        text=text,
        effective=scheme.effective,
        document_number=document_number.strip(),
        document_date=document_date,
        scan=file_store(actor=actor, organ_code=organ, upload=upload),
        made_by=actor.name,
    )
    made.full_clean()
    made.save()
    return made


def scheme_decide(*, actor: Actor, scheme: PayScheme, verb: str, reason: str = "") -> PayScheme:
    """Approve a scheme that somebody else entered, or refuse it with a reason."""
    check_run_pay(actor, scheme.organ_code)
    row = relocked(scheme)
    row.state, row.reason, row.decided_by = SCHEME.check(actor, row.state, verb).target, reason.strip(), actor.name
    row.save()
    return row


def last_locked(organ_code: int) -> PayRun | None:
    """The last run that was paid."""
    return PayRun.objects.filter(organ_code=organ_code, state=RunState.LOCKED).order_by("-month").first()


def run_draft(*, actor: Actor, month: date) -> PayRun:
    """Reckon a month (its first day) by all that is known at this instant, with the differences of earlier months."""
    check_prepare_pay(actor)
    organ = actor.organ_code or 0
    in_turn(organ)
    previous = last_locked(organ)
    if month > today():
        raise Refusal("不能核算以后的月份。", provisions=FOR)
    if previous and month <= previous.month:
        said = f"{previous.month:%Y年%m月}已经发放，差额在下一个月补发或者扣回。"
        raise Refusal(said, provisions=FOR)
    if waiting := PayRun.objects.filter(organ_code=organ, state__in=["draft", "submitted", "approved"]).first():
        said = f"{waiting.month:%Y年%m月}的核算还没有办结，办结或者作废后才能再核算。"
        raise Refusal(said, provisions=FOR)
    registry_facts(actor=actor, month=month)
    try:
        found = reckon(organ, month, previous)
    except TooLarge as error:
        raise Refusal(str(error), provisions=FOR) from None
    if found.slips.is_empty():
        raise Refusal("这个月没有在职人员。", provisions=FOR)
    return _written(actor, month, previous, found)


def _written(actor: Actor, month: date, previous: PayRun | None, found: Reckoned) -> PayRun:
    organ = actor.organ_code or 0
    slips, lines = found.slips, found.lines
    holds = found.schemes[month.year]
    totals = slips.select(pl.col(*SUMS, "paid", "owes").sum()).row(0, named=True)
    run = PayRun(
        organ_code=organ,
        month=month,
        pays_since=previous.pays_since if previous else month,
        scheme=holds[max(day for day in holds if day <= month)],
        schemes={
            str(year): {day.isoformat(): each.pk for day, each in those.items()}
            for year, those in found.schemes.items()
        },
        facts_until=found.until,
        previous=previous,
        codes=found.codes,
        people=slips.height,
        undetermined=int((slips["outcome"] == "undetermined").sum()),
        owed=totals.pop("owes"),
        **totals,
        basis=found.basis,
        digest=found.digest,
        made_by=actor.name,
    )
    run.full_clean(exclude=["scheme", "previous"])
    run.save()
    beside = {"organ_code": pl.lit(organ), "run_id": pl.lit(run.pk)}
    slips = slips.rename({"id": "person_id"}).with_columns(id=new_ids(PaySlip, slips.height), **beside)
    insert_frame(PaySlip, slips)
    lines = lines.rename({"id": "person_id"}).with_columns(id=new_ids(PayLine, lines.height), **beside)
    lines = lines.join(slips.select("person_id", slip_id="id"), on="person_id", how="left")
    insert_frame(PayLine, lines)
    return run


def run_submit(*, actor: Actor, run: PayRun) -> PayRun:
    """Ask for approval; from then on nothing is added."""
    return _move(actor, run, "submit")


def run_withdraw(*, actor: Actor, run: PayRun, reason: str) -> PayRun:
    """Give a reckoning up; what it would have paid is in the next one."""
    return _move(actor, run, "withdraw", reason)


def run_approve(*, actor: Actor, run: PayRun) -> PayRun:
    """Somebody else than who made it agrees."""
    return _move(actor, run, "approve")


def run_return(*, actor: Actor, run: PayRun, reason: str) -> PayRun:
    """Give it back with the reason."""
    return _move(actor, run, "return", reason)


def run_lock(*, actor: Actor, run: PayRun) -> PayRun:
    """It is paid: people see their slips, the money is booked by kind (8.p1), nothing of it changes any more."""
    check_run_pay(actor, run.organ_code)
    row = relocked(run)
    move = RUN.check(actor, row.state, "lock")
    row.pay_entry = _spent(actor, row, BudgetKind.PAY, row.gross)
    row.insurance_entry = _spent(actor, row, BudgetKind.INSURANCE, row.employer)
    row.state, row.locked_by, row.locked_on = move.target, actor.name, today()
    row.save()
    return row


def _spent(actor: Actor, run: PayRun, kind: BudgetKind, cents: int) -> BudgetEntry | None:
    if cents <= 0:
        return None
    voucher = Voucher(f"薪酬{run.month:%Y%m}-{run.pk}", today(), f"{run.month:%Y年%m月}薪酬发放", run)
    amount = Decimal(cents) / 100
    return budget_spend(
        actor=actor, organ_code=run.organ_code, year=today().year, kind=kind, amount=amount, voucher=voucher
    )


def _move(actor: Actor, run: PayRun, verb: str, reason: str = "") -> PayRun:
    check_run_pay(actor, run.organ_code)
    row = relocked(run)
    row.state = RUN.check(actor, row.state, verb).target
    if reason.strip():
        row.reason = reason.strip()
    if verb in ("approve", "return"):
        row.decided_by = actor.name
    row.save()
    if verb in ("approve", "return"):
        decide(
            actor=actor,
            organ_code=row.organ_code,
            kind="薪酬审批",
            subject=row,
            outcome="同意" if verb == "approve" else "退回",
            message=f"{row.month:%Y年%m月}薪酬{row.people}人" + (f"：{row.reason}" if verb == "return" else ""),
            provisions=["33"],
            facts={"digest": row.digest},
        )
    return row
