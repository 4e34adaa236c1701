"""What the system owes every day: sealing, escalation, erasure. Each duty says when it last ran; a missed one is made up.

A duty is a background task with a clock. Whoever looks after the system sees at a glance that it ran, and the worker
makes up at its start what was missed while none ran.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateEvent
from procrastinate.exceptions import AlreadyEnqueued

GRACE = timedelta(hours=25)
"""A duty whose last success lies further back was missed: a day, and an hour for a long run."""


@dataclass(frozen=True, slots=True)
class Daily:
    """One duty: the name of its task, its words, and when it runs (cron, UTC)."""

    name: str
    label: str
    cron: str
    task: Any


@dataclass(frozen=True, slots=True)
class Standing:
    """A duty and its last success; `missed` when that is more than a day ago or never was."""

    duty: Daily
    last: datetime | None
    missed: bool


DUTIES: dict[str, Daily] = {}


def daily(name: str, label: str, cron: str) -> Callable[[Callable[[int], Any]], Any]:
    """Make a function of a timestamp a duty. It must be safe to run twice and make up days that were missed."""

    def register(work: Callable[[int], Any]) -> Any:
        # The lock keeps one run of a duty waiting at most, however often it is asked for.
        task = app.periodic(cron=cron)(app.task(name=name, queueing_lock=name)(work))
        DUTIES[name] = Daily(name, label, cron, task)
        return task

    return register


def standings(now: datetime | None = None) -> list[Standing]:
    """Every duty with its last success."""
    now = now or timezone.now()
    done = ProcrastinateEvent.objects.filter(type="succeeded", job__task_name__in=DUTIES)
    last = dict(done.order_by().values_list("job__task_name").annotate(Max("at")))
    return [
        Standing(duty, last.get(name), last.get(name) is None or now - last[name] > GRACE)
        for name, duty in DUTIES.items()
    ]


def make_up() -> list[str]:
    """Queue what was missed; gives the names of the duties that now wait to run."""
    queued = []
    for each in standings():
        if each.missed:
            try:
                each.duty.task.defer(timestamp=int(timezone.now().timestamp()))
            except AlreadyEnqueued:
                continue
            queued.append(each.duty.name)
    return queued
