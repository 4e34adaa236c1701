"""Reading quota as somebody: only accounts of the actor's territory are there."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q, Sum, Window
from django.db.models.functions import Coalesce

from fujing.general.quota.models import QuotaAccount, QuotaEntry


def quota_of(organ_code: int) -> QuotaAccount:
    """The organ's account; an organ that was never given quota has an unsaved one of zero."""
    found = QuotaAccount.objects.filter(organ_code=organ_code).first()
    return found or QuotaAccount(organ_code=organ_code)


def quota_on(organ_code: int, day: date) -> int:
    """Quota of the organ at the end of a day, from the ledger (persons)."""
    entries = QuotaEntry.objects.filter(organ_code=organ_code, document_date__lte=day)
    return entries.aggregate(total=Sum("amount"))["total"] or 0


def accounts_below(lo: int, hi: int) -> list[QuotaAccount]:
    """Accounts of a territory, both bounds inclusive, in the order of their codes."""
    return list(QuotaAccount.objects.filter(organ_code__range=(lo, hi)).order_by("organ_code"))


def in_service_own_and_within(code: int, lo: int, hi: int) -> tuple[int, int]:
    """People in service of an organ itself (本级) and of a whole territory (辖区)."""
    own = Coalesce(Sum("in_service", filter=Q(organ_code=code)), 0)
    found = QuotaAccount.objects.filter(organ_code__range=(lo, hi)).aggregate(
        own=own, whole=Coalesce(Sum("in_service"), 0)
    )
    return found["own"], found["whole"]


def ledger_of(organ_code: int, until: date | None = None) -> list[QuotaEntry]:
    """Lines of an organ up to a day (inclusive), newest first, each with `balance`: the quota after it (persons)."""
    dated = {"document_date__lte": until} if until else {}
    entries = QuotaEntry.objects.filter(organ_code=organ_code, **dated).order_by("-document_date", "-id")
    running = Window(Sum("amount"), order_by=[F("document_date").asc(), F("id").asc()])
    return list(entries.annotate(balance=running))
