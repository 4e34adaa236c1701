"""Background work with progress. A job runs as the actor who asked for it, in that actor's territory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import structlog
from django.utils import timezone
from procrastinate.contrib.django import app

from fujing.kernel.actor import Actor, acting
from fujing.kernel.models import Job
from fujing.kernel.refusals import Refusal

log = structlog.get_logger()
Work = Callable[["Progress"], dict[str, Any]]
_work: dict[str, Work] = {}


class Cancelled(Exception):
    """Raised inside the work when somebody asked to stop it."""


class Progress:
    """What the work is given: its arguments, its actor, and `step` to report and to notice a cancellation."""

    def __init__(self, job_id: int, actor: Actor, arguments: dict[str, Any]) -> None:
        self.job_id, self.actor, self.arguments = job_id, actor, arguments

    def step(self, done: int, total: int) -> None:
        """Report progress in its own transaction, so that it is seen while the work goes on."""
        with acting(self.actor):
            Job.objects.filter(pk=self.job_id).update(done=done, total=total)
            if Job.objects.filter(pk=self.job_id, cancel_requested=True).exists():
                raise Cancelled


def job_kind(kind: str) -> Callable[[Work], Work]:
    """Register the function that does a kind of job. It opens its own `acting` blocks, one a batch."""

    def register(work: Work) -> Work:
        _work[kind] = work
        return work

    return register


def job_submit(*, actor: Actor, organ_code: int, kind: str, arguments: dict[str, Any]) -> Job:
    """Queue a job in the same transaction as the act that asks for it."""
    job = Job.objects.create(
        organ_code=organ_code, kind=kind, arguments=arguments, actor={**asdict(actor), "roles": sorted(actor.roles)}
    )
    run_job.defer(job_id=job.pk, actor=job.actor)
    return job


@app.task(name="fujing.run_job")
def run_job(job_id: int, actor: dict[str, Any]) -> None:
    """Run one job to its end and keep its outcome."""
    who = Actor(**{**actor, "roles": frozenset(actor["roles"])})
    with acting(who):
        job = Job.objects.get(pk=job_id)
        Job.objects.filter(pk=job_id).update(state=Job.State.RUNNING)
    state, message, result = Job.State.DONE, "", None
    try:
        result = _work[job.kind](Progress(job_id, who, job.arguments))
    except Cancelled:
        state = Job.State.CANCELLED
    except Refusal as refusal:
        state, message = Job.State.FAILED, refusal.message
    with acting(who):
        Job.objects.filter(pk=job_id).update(state=state, message=message, result=result, finished_at=timezone.now())
    log.info("job finished", job=job_id, kind=job.kind, state=state)
