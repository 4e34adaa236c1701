"""Limits against floods: how often something may be tried from one place in a while, counted in the database.

Every process counts together, an attempt adds a row and waits for nobody. Limits are wide enough for a school whose
two thousand pupils share one address; what succeeds is mostly not counted at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from fujing.kernel import cipher


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many attempts of a kind in so many minutes; `what` names them in the refusal, `whose` who is counted."""

    kind: str
    most: int
    minutes: int
    what: str
    whose: str = "同一网络"


@dataclass(frozen=True, slots=True)
class Wait:
    """Too many: from when on it is possible again."""

    limit: Limit
    until: datetime

    @property
    def seconds(self) -> int:
        """For the Retry-After header, at least one."""
        return max(1, round((self.until - timezone.now()).total_seconds()))

    @property
    def sentence(self) -> str:
        """What, why with the numbers, and when again."""
        limit, until = self.limit, timezone.localtime(self.until + timedelta(seconds=59))
        return f"{limit.whose}{limit.minutes}分钟内{limit.what}已达{limit.most}次，请在{until:%H:%M}后再试。"


def address_of(request: HttpRequest) -> str:
    """The visitor's address: the peer's, or behind FUJING_PROXIES proxies of our own what the outermost of them saw.

    What stands further left in the header was written by the visitor. IPv6 counts by the /64 that one customer has.
    """
    seen = str(request.META.get("REMOTE_ADDR", ""))
    told = [each.strip() for each in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if each.strip()]
    if settings.PROXIES and len(told) >= settings.PROXIES:
        seen = told[-settings.PROXIES]
    try:
        address = ip_address(seen)
    except ValueError:
        return ""
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return str(ip_network((address, 64), strict=False))
    return str(address)


def too_many(request: HttpRequest, limit: Limit, about: object = "") -> Wait | None:
    """The wait that is due before another attempt from here, or None. Counts nothing."""
    number, until = _attempts(request, limit, about, another=False)
    return Wait(limit, until) if until is not None and number >= limit.most else None


def count_attempt(request: HttpRequest, limit: Limit, about: object = "") -> None:
    """One more from here; `about` keeps apart what is limited one by one, as notices are."""
    _attempts(request, limit, about, another=True)


def _attempts(request: HttpRequest, limit: Limit, about: object, *, another: bool) -> tuple[int, datetime | None]:
    source = cipher.blind(f"{address_of(request)} {about}")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, free_at FROM kernel_attempts(%s, %s, make_interval(mins => %s), %s)",
            [limit.kind, source, limit.minutes, another],
        )
        number, until = cursor.fetchone()
    return number, until
