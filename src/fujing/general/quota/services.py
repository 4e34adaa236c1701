"""The only writers of quota. Accounts are locked in the order of their codes, late, before the check."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from fujing.general.quota.models import LocalFigures, QuotaAccount, QuotaEntry
from fujing.general.quota.policies import check_give_quota, check_state_figures
from fujing.general.quota.states import EntryKind
from fujing.kernel.actor import Actor
from fujing.kernel.locks import locked
from fujing.kernel.models import StoredFile
from fujing.kernel.refusals import Refusal
from fujing.registry.models import Organ
from fujing.registry.states import Level


def _accounts(codes: Iterable[int]) -> dict[int, QuotaAccount]:
    """Existing accounts of the organs, locked in order."""
    return {account.organ_code: account for account in locked(QuotaAccount.objects.filter(pk__in=codes))}


def _open(organ: Organ) -> None:
    QuotaAccount.objects.get_or_create(organ_code=organ.code)


def _need(actor: Actor, *organs: Organ) -> None:
    check_give_quota(actor)
    for organ in organs:
        if not organ.manages:
            raise Refusal(f"{organ.name}不是公安机关，不能持有用人额度。", provisions=("6.p2",))
        if not actor.covers(organ.code):
            raise Refusal(f"{organ.name}不在本机关辖区内，不能调配其用人额度。", provisions=("6.p2",))


def _positive(amount: int) -> None:
    if amount <= 0:
        raise Refusal("数量应为正整数。", errors={"amount": ["数量应为正整数。"]})


def _write(
    actor: Actor,
    organ: Organ,
    kind: EntryKind,
    amount: int,
    counterpart: Organ | None,
    document_number: str,
    document_date: date,
    reason: str,
    scan: StoredFile | None,
) -> None:
    QuotaEntry.objects.bulk_create(
        [
            QuotaEntry(
                organ_code=organ.code,
                kind=kind,
                amount=amount,
                counterpart_code=counterpart.code if counterpart else None,
                document_number=document_number,
                document_date=document_date,
                reason=reason,
                scan=scan,
                made_by=actor.name,
            )
        ]
    )


def quota_grant(
    *,
    actor: Actor,
    organ: Organ,
    amount: int,
    document_number: str,
    document_date: date,
    reason: str,
    scan: StoredFile | None = None,
) -> QuotaAccount:
    """Grant `amount` persons to an organ from its direct superior; the province is given its own from above.

    Refuses more than the superior has free (6.p1).
    """
    _positive(amount)
    giver = organ.parent if organ.level != Level.PROVINCE else None
    _need(actor, organ, *([giver] if giver else []))
    if giver and actor.organ_code != giver.code:
        raise Refusal(f"用人额度应由上一级{giver.name}下达。", provisions=("6.p1",))
    for each in filter(None, (giver, organ)):
        _open(each)
    accounts = _accounts(each.code for each in filter(None, (giver, organ)))
    if giver:
        source = accounts[giver.code]
        if source.free < amount:
            raise Refusal(
                f"{giver.name}可下达额度为 {source.free} 人，不能下达 {amount} 人。",
                provisions=("6.p1",),
                errors={"amount": [f"最多 {source.free} 人"]},
                facts={"free": source.free, "amount": amount},
            )
        source.passed_down += amount
        source.save(update_fields=["passed_down"])
    target = accounts[organ.code]
    target.granted += amount
    target.save(update_fields=["granted"])
    _write(actor, organ, EntryKind.GRANT, amount, giver, document_number, document_date, reason, scan)
    return target


def quota_withdraw(
    *,
    actor: Actor,
    organ: Organ,
    amount: int,
    document_number: str,
    document_date: date,
    reason: str,
    scan: StoredFile | None = None,
) -> QuotaAccount:
    """Take free quota back to the superior. Refuses below what the organ uses, promised or passed down (6.p2)."""
    _positive(amount)
    giver = organ.parent
    if giver is None:
        raise Refusal("省级额度不能由本系统收回。", provisions=("6.p1",))
    _need(actor, organ, giver)
    accounts = _accounts([giver.code, organ.code])
    target = accounts.get(organ.code)
    if target is None or target.free < amount:
        free = target.free if target else 0
        raise Refusal(
            f"{organ.name}空余额度为 {free} 人，不能收回 {amount} 人。",
            provisions=("6.p2",),
            errors={"amount": [f"最多 {free} 人"]},
            facts={"free": free},
        )
    target.granted -= amount
    target.save(update_fields=["granted"])
    source = accounts[giver.code]
    source.passed_down -= amount
    source.save(update_fields=["passed_down"])
    _write(actor, organ, EntryKind.WITHDRAW, -amount, giver, document_number, document_date, reason, scan)
    return target


def quota_move(
    *,
    actor: Actor,
    giver: Organ,
    taker: Organ,
    amount: int,
    document_number: str,
    document_date: date,
    reason: str,
    scan: StoredFile | None = None,
) -> QuotaAccount:
    """Move quota between two organs of the same superior inside the actor's own territory (6.p2).

    Never leaves the giver below its in-service headcount and what it promised.
    """
    _positive(amount)
    _need(actor, giver, taker)
    if giver.parent_id != taker.parent_id or giver.code == taker.code:
        raise Refusal("统筹调配只在同一上级的两个公安机关之间进行。", provisions=("6.p2",))
    superior = giver.parent
    if superior is None or actor.organ_code not in {superior.code, superior.parent_id}:
        raise Refusal("统筹调配应由省、市（州）公安机关在本行政区域内进行。", provisions=("6.p2",))
    _open(taker)
    accounts = _accounts([giver.code, taker.code])
    source = accounts.get(giver.code)
    if source is None or source.free < amount:
        free = source.free if source else 0
        raise Refusal(
            f"{giver.name}空余额度为 {free} 人，调出 {amount} 人将低于在职和招聘中的人数。",
            provisions=("6.p2",),
            errors={"amount": [f"最多 {free} 人"]},
            facts={"free": free},
        )
    source.granted -= amount
    source.save(update_fields=["granted"])
    target = accounts[taker.code]
    target.granted += amount
    target.save(update_fields=["granted"])
    _write(actor, giver, EntryKind.MOVE_OUT, -amount, taker, document_number, document_date, reason, scan)
    _write(actor, taker, EntryKind.MOVE_IN, amount, giver, document_number, document_date, reason, scan)
    return target


def figures_record(*, actor: Actor, year: int, police_officers: int, residents: int, source: str) -> LocalFigures:
    """Enter or correct the actor's own organ's police officers and residents of a year (6.p1)."""
    check_state_figures(actor)
    figures, _ = LocalFigures.objects.update_or_create(
        organ_code=actor.organ_code or 0,
        year=year,
        defaults={"police_officers": police_officers, "residents": residents, "source": source, "made_by": actor.name},
    )
    return figures


def quota_reserve(*, actor: Actor, organ_code: int, count: int) -> None:
    """Promise quota to an approved plan: these persons are being hired. Refuses more than is free (16.p2)."""
    account = _accounts([organ_code]).get(organ_code)
    if account is None or account.free < count:
        free = account.free if account else 0
        raise Refusal(
            f"空余用人额度为 {free} 人，计划 {count} 人超出额度。",
            provisions=("16.p2",),
            facts={"free": free, "count": count},
            remedy="可申请增加用人额度或减少计划人数。",
        )
    account.reserved += count
    account.save(update_fields=["reserved"])


def quota_release(*, actor: Actor, organ_code: int, count: int) -> None:
    """Give back promised quota: a slot was filled (it now counts as in service) or its plan ended."""
    account = _accounts([organ_code])[organ_code]
    account.reserved -= count
    account.save(update_fields=["reserved"])
