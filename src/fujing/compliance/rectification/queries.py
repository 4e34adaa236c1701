"""Reading notices as somebody. What is overdue is computed for a day; no background task has to have run."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from fujing.compliance.rectification.models import Notice, NoticeStep
from fujing.compliance.rectification.states import OPEN, RUNNING, NoticeState
from fujing.kernel.actor import Actor, within
from fujing.kernel.models import StoredFile
from fujing.kernel.refusals import existing
from fujing.registry.models import Organ
from fujing.registry.states import OrganKind


def overdue_on(day: date) -> Q:
    """Notices that owe an answer whose last day is before `day`."""
    return Q(state__in=RUNNING, due_on__lt=day)


OPEN_NOTICES = Q(state__in=OPEN)


def notices_for(actor: Actor) -> QuerySet[Notice]:
    """Notices of the actor's territory, nearest deadline first; drafts only of the actor's own organ."""
    rows = Notice.objects.filter(organ_code__range=actor.territory)
    return rows.filter(Q(sent_on__isnull=False) | Q(issuer_code=actor.organ_code or 0)).order_by(
        F("due_on").asc(nulls_first=True), "pk"
    )


def notice_for(actor: Actor, notice_id: int) -> Notice:
    """One notice, or 404."""
    return existing(notices_for(actor).filter(pk=notice_id).first(), "没有这份督导整改通知")


def evidence_of(actor: Actor, notice: Notice) -> StoredFile | None:
    """The evidence of a notice that the actor may read; the file lies with the issuer."""
    with within(actor, notice.issuer_code, notice.issuer_code):
        return StoredFile.objects.filter(pk=notice.evidence_id or 0).first()


def steps_of(notice: Notice) -> list[NoticeStep]:
    """What both sides did, oldest first."""
    return list(notice.steps.select_related("file").order_by("pk"))


def subjects_below(organ_code: int) -> QuerySet[Organ]:
    """Bureaus to which an organ may send a notice: those below it, at most two levels."""
    below = Q(parent_id=organ_code) | Q(parent__parent_id=organ_code)
    return Organ.objects.filter(below, kind=OrganKind.PUBLIC_SECURITY).order_by("code")


def step_for_deadline(verb: str) -> Exists:
    """Whether the notice has that step for its present deadline."""
    return Exists(NoticeStep.objects.filter(notice=OuterRef("pk"), verb=verb, day=OuterRef("due_on")))


def waiting_notices(actor: Actor, day: date) -> dict[str, QuerySet[Notice]]:
    """What the actor's organ owes on a day, by kind: send, receive, answer, review, overdue, escalated."""
    own = actor.organ_code or 0
    sent = notices_for(actor).filter(sent_on__isnull=False)
    late = sent.filter(overdue_on(day))
    return {
        "send": notices_for(actor).filter(issuer_code=own, state=NoticeState.DRAFT),
        "receive": sent.filter(subject_code=own, state=NoticeState.SENT),
        "answer": sent.filter(subject_code=own, state__in=[NoticeState.RECEIVED, NoticeState.RETURNED]),
        "review": sent.filter(issuer_code=own, state=NoticeState.ANSWERED),
        "overdue": late.filter(issuer_code=own),
        "escalated": escalated_to(own, late),
    }


def escalated_to(organ_code: int, late: QuerySet[Notice]) -> QuerySet[Notice]:
    """Of overdue notices those issued by the organ's direct subordinates and not urged since the deadline passed."""
    issuers = Organ.objects.filter(parent_id=organ_code, kind=OrganKind.PUBLIC_SECURITY)
    return late.filter(~step_for_deadline("urge"), issuer_code__in=issuers.values("code"))
