"""Notices and guidance for tests, by people of the organs that make them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from fujing.compliance.rectification import policies, services
from fujing.compliance.rectification.models import Notice
from fujing.compliance.rectification.services import Content, notice_draft, notice_receive, notice_send
from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from tests import factories
from tests.factories import MIANYANG, PROVINCE, SANTAI, YANTING, territorial

CITY = replace(territorial(MIANYANG, "hr_head"), name="市局人事")
COUNTY = replace(territorial(SANTAI, "hr_head"), name="三台人事")
OTHER = replace(territorial(YANTING, "hr_head"), name="盐亭人事")
DEPARTMENT = replace(territorial(PROVINCE, "hr_head"), name="省厅人事")


def bureaus() -> None:
    """The province, one city and two of its counties."""
    with acting(factories.PROVINCIAL):
        for code in (SANTAI, YANTING):
            factories.bureau(code)


def content(**changes: Any) -> Content:
    """What a notice says; ten calendar days."""
    said = Content(
        "绵公督〔2026〕7号", "责任民警未落实", ["5.p1"], "有 12 人没有责任民警。", "逐人明确责任民警。", 10, "calendar"
    )
    return replace(said, **changes)


def drafted(issuer: Actor = CITY, subject: int = SANTAI, **changes: Any) -> Notice:
    """A draft."""
    with acting(issuer):
        return notice_draft(actor=issuer, subject=factories.bureau(subject), content=content(**changes))


def sent(issuer: Actor = CITY, subject: int = SANTAI, **changes: Any) -> Notice:
    """A notice that the subject has not signed for yet."""
    notice = drafted(issuer, subject, **changes)
    with acting(issuer):
        return notice_send(actor=issuer, notice=notice)


def received(**changes: Any) -> Notice:
    """A notice that the county has signed for."""
    notice = sent(**changes)
    with acting(COUNTY):
        return notice_receive(actor=COUNTY, notice=notice)


@contextmanager
def on_day(monkeypatch: Any, day: date) -> Iterator[None]:
    """The services believe that it is another day."""
    with monkeypatch.context() as patched:
        for module in (services, policies):
            patched.setattr(module, "today", lambda: day)
        yield


def overdue(monkeypatch: Any, days: int = 1, **changes: Any) -> Notice:
    """A signed notice of the city whose last day was so many days ago; 0 is due today."""
    with on_day(monkeypatch, today() - timedelta(days=10 + days)):
        return received(**changes)
