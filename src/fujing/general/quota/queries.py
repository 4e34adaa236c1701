"""Reading quota as somebody: only accounts of the actor's territory are there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import F, QuerySet, Subquery, Sum, Value, Window

from fujing.general.quota.models import LocalFigures, QuotaAccount, QuotaEntry
from fujing.kernel.actor import Actor
from fujing.kernel.models import StoredFile
from fujing.kernel.refusals import NotFound
from fujing.registry.models import Organ
from fujing.registry.moving_in.queries import undated_between
from fujing.registry.queries import bureaus_under


def quota_of(organ_code: int) -> QuotaAccount:
    """The organ's account; an organ that was never given quota has an unsaved one of zero."""
    return quotas_of([organ_code])[organ_code]


def quotas_of(organ_codes: Iterable[int]) -> dict[int, QuotaAccount]:
    """The account of each of these organs, by its code, in one query."""
    codes = list(organ_codes)
    found = {each.organ_code: each for each in QuotaAccount.objects.filter(organ_code__in=codes)}
    return {code: found.get(code) or QuotaAccount(organ_code=code) for code in codes}


def quota_on(organ_code: int, day: date) -> int:
    """Quota of the organ at the end of a day, from the ledger (persons)."""
    entries = QuotaEntry.objects.filter(organ_code=organ_code, document_date__lte=day)
    return entries.aggregate(total=Sum("amount"))["total"] or 0


def accounts_below(lo: int, hi: int) -> list[QuotaAccount]:
    """Accounts of a territory, both bounds inclusive, in the order of their codes."""
    return list(QuotaAccount.objects.filter(organ_code__range=(lo, hi)).order_by("organ_code"))


class Strength(NamedTuple):
    """People in service of an organ itself (本级) and of a territory (辖区), and how many there no roster dates."""

    own: int
    whole: int
    undated: int


def strength_of(code: int, lo: int, hi: int, day: date) -> Strength:
    """The same on a day, of the territory from `lo` to `hi`, both inclusive; one query."""
    within = QuotaAccount.objects.filter(organ_code__range=(lo, hi)).order_by().values(all=Value(1))
    own = Subquery(QuotaAccount.objects.filter(pk=code).values("in_service"))
    whole = Subquery(within.annotate(people=Sum("in_service")).values("people"))
    row = Organ.objects.filter(pk=code).values_list(own, whole, undated_between(lo, hi, day)).first()
    return Strength(*(count or 0 for count in row or (0, 0, 0)))


def ledger_of(organ_code: int, until: date | None = None) -> list[QuotaEntry]:
    """Lines of an organ up to a day (inclusive), newest first, each with `balance`: the quota after it (persons)."""
    dated = {"document_date__lte": until} if until else {}
    entries = QuotaEntry.objects.filter(organ_code=organ_code, **dated).order_by("-document_date", "-id")
    running = Window(Sum("amount"), order_by=[F("document_date").asc(), F("id").asc()])
    return list(entries.annotate(balance=running))


def figures_known(organ_code: int, year: int) -> LocalFigures | None:
    """What an organ's quota is measured against in a year, as far as it was stated."""
    return LocalFigures.objects.filter(organ_code=organ_code, year=year).first()


def scan_for(actor: Actor, file_id: int) -> StoredFile:
    """The scan of a document by which quota was given, as far as the actor may read the entry, or 404."""
    entry = QuotaEntry.objects.filter(scan=file_id).select_related("scan").first()
    if entry is None or entry.scan is None:
        raise NotFound("没有这份扫描件")
    return entry.scan


def organs_given_by(actor: Actor) -> QuerySet[Organ]:
    """Whom the actor's organ gives quota: its direct subordinates, and the province itself too."""
    own = Organ.objects.filter(pk=actor.organ_code or 0, parent=None)
    return (bureaus_under(actor.organ_code or 0) | own).order_by("code")
