"""Entering the organ's own rules from their document: one function an act (Article 43)."""

from __future__ import annotations

from datetime import date

from django.core.files.uploadedfile import UploadedFile

from fujing.kernel.actor import Actor
from fujing.kernel.files import file_store
from fujing.kernel.locks import relocked
from fujing.kernel.refusals import Refusal
from fujing.management.discipline.models import Measure, Scheme
from fujing.management.discipline.policies import check_enter_scheme, check_own_scheme
from fujing.management.discipline.states import SCHEME, SchemeState

FOR = ("43",)


def scheme_enter(
    *,
    actor: Actor,
    title: str,
    document_number: str,
    effective_from: date,
    upload: UploadedFile,
    ask_days: int | None = None,
) -> Scheme:
    """Begin to enter a document that names measures; `ask_days` where it says how long a reconsideration may be asked for."""
    check_enter_scheme(actor)
    organ = actor.organ_code or 0
    made = Scheme(
        organ_code=organ,
        title=title.strip(),
        document_number=document_number.strip(),
        effective_from=effective_from,
        ask_days=ask_days,
        file=file_store(actor=actor, organ_code=organ, upload=upload),
        entered_by=actor.name,
    )
    made.full_clean()
    made.save()
    return made


def measure_add(
    *, actor: Actor, scheme: Scheme, rank: int, name: str, clause: str, months: int | None = None
) -> Measure:
    """Enter one measure that the document names, as it names it."""
    row = _entering(actor, scheme)
    made = Measure(
        organ_code=row.organ_code, scheme=row, rank=rank, name=name.strip(), clause=clause.strip(), months=months
    )
    made.full_clean()
    made.save()
    return made


def measure_remove(*, actor: Actor, measure: Measure) -> Scheme:
    """Take out what was entered wrong; the history keeps that it was there."""
    row = _entering(actor, measure.scheme)
    relocked(measure).delete()
    return row


def _entering(actor: Actor, scheme: Scheme) -> Scheme:
    check_enter_scheme(actor)
    check_own_scheme(actor, scheme.organ_code)
    row = relocked(scheme)
    if row.state != SchemeState.ENTERED:
        raise Refusal("处理种类在核对以前录入或者撤下。", provisions=FOR)
    return row


def scheme_confirm(*, actor: Actor, scheme: Scheme) -> Scheme:
    """Somebody else than who entered it says that everything is as in the document."""
    check_own_scheme(actor, scheme.organ_code)
    row = relocked(scheme)
    move = SCHEME.check(actor, row.state, "confirm")
    if not row.measures.exists():
        raise Refusal("没有录入处理种类，不能核对。", provisions=FOR)
    row.state, row.confirmed_by = move.target, actor.name
    row.save(update_fields=["state", "confirmed_by"])
    return row


def scheme_withdraw(*, actor: Actor, scheme: Scheme, reason: str) -> Scheme:
    """Give up what was begun to be entered."""
    check_own_scheme(actor, scheme.organ_code)
    row = relocked(scheme)
    row.state, row.reason = SCHEME.check(actor, row.state, "withdraw").target, reason.strip()
    row.save(update_fields=["state", "reason"])
    return row


def scheme_end(*, actor: Actor, scheme: Scheme, effective_until: date) -> Scheme:
    """The document is in force until a day, inclusive; what happened later isn't graded by it."""
    check_own_scheme(actor, scheme.organ_code)
    row = relocked(scheme)
    move = SCHEME.check(actor, row.state, "end")
    if effective_until < row.effective_from:
        text = f"施行的最后一日不能早于施行日期（{row.effective_from}）。"
        raise Refusal("没有停用。", provisions=FOR, errors={"effective_until": [text]})
    row.state, row.effective_until = move.target, effective_until
    row.save(update_fields=["state", "effective_until"])
    return row
