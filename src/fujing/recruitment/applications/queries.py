"""Reading applications: officers those of their territory, applicants their own, the law as frames."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
from django.db import connection
from django.db.models import BooleanField, Case, Count, ExpressionWrapper, F, FilteredRelation, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from fujing.kernel.actor import Actor
from fujing.kernel.clock import ZONE, today
from fujing.kernel.counts import counted_by
from fujing.kernel.refusals import NotFound, existing
from fujing.law.findings import Finding
from fujing.law.formats.applicants import CONDITIONS
from fujing.law.rulebooks.recruitment import RECRUITMENT
from fujing.law.screening import Screening, screen
from fujing.law.screening.person import screen_person
from fujing.recruitment.applications.models import (
    Application,
    Attachment,
    ScreeningBlock,
    ScreeningResult,
    ScreeningRun,
    Verification,
)
from fujing.recruitment.applications.states import ApplicationState
from fujing.recruitment.campaigns.models import Campaign
from fujing.registry.search import whom

OPEN_STATES = (ApplicationState.SUBMITTED, ApplicationState.QUALIFIED)
STATED = (
    "education",
    "major",
    "household",
    "height_cm",
    "weight_kg",
    "naked_vision",
    "corrected_vision",
    "certificates",
)
"""What an applicant states besides the conditions of Article 19."""
# What an officer may ask to be completed: papers first, then facts.
WANTED: dict[str, str] = {
    **{str(kind): str(label) for kind, label in Attachment.Kind.choices},
    **{
        field.name: str(field.verbose_name)
        for field in Application._meta.fields
        if field.name in {*STATED, *CONDITIONS}
    },
}
RULES = {rule.id: 1 << place for place, rule in enumerate(RECRUITMENT.rules)}
"""Each rule's bit in the masks."""
RESULTS: dict[str, Callable[[int, int], bool]] = {
    "eligible": lambda violates, lacks: not violates and not lacks,
    "undetermined": lambda violates, lacks: not violates and lacks > 0,
    "ineligible": lambda violates, lacks: violates > 0,
}
"""By the two masks."""
FRAME = {
    "id": pl.String,
    "position": pl.String,
    "nationality": pl.String,
    "id_number": pl.String,
    "sex": pl.String,
    "birth_date": pl.Date,
    "education": pl.String,
    "major": pl.String,
    "height_cm": pl.Float64,
    "weight_kg": pl.Float64,
    "naked_vision": pl.Float64,
    "corrected_vision": pl.Float64,
    "household": pl.String,
    "registered_on": pl.Date,
    "certificates": pl.String,
    **dict.fromkeys(CONDITIONS, pl.Boolean),
}


MEASURED = ("height_cm", "weight_kg", "naked_vision", "corrected_vision")


def applications_of(campaign: Campaign, states: Iterable[str] = OPEN_STATES) -> QuerySet[Application]:
    """Applications of a campaign in these states, oldest submission first."""
    rows = Application.objects.filter(campaign=campaign, state__in=list(states))
    return rows.select_related("position").order_by("submitted_at", "id")


def applications_found(actor: Actor, campaign: Campaign, text: str) -> set[int]:
    """The ids of a campaign's applicants whom the search finds, in whatever state."""
    return set(Application.objects.filter(whom(actor, text), campaign=campaign).values_list("pk", flat=True))


def review_queue(campaign: Campaign) -> QuerySet[Application]:
    """What waits for qualification review, oldest first."""
    return applications_of(campaign, [ApplicationState.SUBMITTED])


def with_screening(rows: QuerySet[Application], campaign: Campaign) -> QuerySet[Application]:
    """Each with `violates` and `lacks`, the masks of its latest screening: the campaign's last run, or its own
    submission or review where that came later.
    """
    run = _latest(campaign)
    if run is None:
        return rows.annotate(violates=F("violated"), lacks=F("undetermined"))
    older = Q(screened_at__lt=run.started_at)
    rows = rows.annotate(
        of_run=FilteredRelation(
            "screened", condition=Q(screened__run=run, screened__first__lte=F("pk"), screened__last__gte=F("pk"))
        )
    )
    return rows.annotate(
        violates=Coalesce(Case(When(older, then=F("of_run__violated"))), F("violated")),
        lacks=Coalesce(Case(When(older, then=F("of_run__undetermined"))), F("undetermined")),
    )


def narrowed(rows: QuerySet[Application], *, state: str = "", post: str = "") -> QuerySet[Application]:
    """Those in a state, for the post with this code."""
    if state:
        rows = rows.filter(state=state)
    if post:
        rows = rows.filter(position__code=post)
    return rows


def judged(rows: QuerySet[Application], campaign: Campaign, *, result: str = "", rule: str = "") -> list[int]:
    """Those with this outcome, or for whom this rule is not satisfied, by time of submission.

    Applications and results are each read once and matched here: joined in order up to a page's end, the database may
    read every result again for each application.
    """
    run = _latest(campaign)
    found: dict[int, tuple[int, ...]] = {}
    if run is not None:
        blocks = ScreeningBlock.objects.filter(run=run).values_list("applications", "violated", "undetermined")
        found = {of: tuple(masks) for each, *both in blocks for of, *masks in zip(each, *both, strict=True)}
    # Days are compared and sorted by the database: reading two of each application takes longer than all the rest.
    older = ExpressionWrapper(Q(screened_at__lt=run.started_at), BooleanField()) if run else Value(value=False)
    facts = rows.order_by("submitted_at", "id").annotate(older=older)
    kept = []
    for pk, superseded, *own in facts.values_list("pk", "older", "violated", "undetermined"):
        violates, lacks = found.get(pk, own) if superseded else own
        if (not result or RESULTS[result](violates, lacks)) and (not rule or (violates | lacks) & RULES[rule]):
            kept.append(pk)
    return kept


def screened(keys: Iterable[int], campaign: Campaign) -> list[Application]:
    """These applications by time of submission, each with the masks of `with_screening`; for a page's worth."""
    rows = Application.objects.filter(pk__in=list(keys)).select_related("position")
    page, run = list(rows.order_by("submitted_at", "id")), _latest(campaign)
    older = [row.pk for row in page if run and row.screened_at and row.screened_at < run.started_at]
    found: dict[int, tuple[int, int]] = {}
    if older:
        results = ScreeningResult.objects.filter(
            run=run, first__lte=max(older), last__gte=min(older), application__in=older
        )
        masks = results.values_list("application", "violated", "undetermined")
        found = {of: (violates, lacks) for of, violates, lacks in masks}
    for row in page:
        row.violates, row.lacks = found.get(row.pk, (row.violated, row.undetermined))  # type: ignore[attr-defined]
    return page


def _latest(campaign: Campaign) -> ScreeningRun | None:
    return ScreeningRun.objects.filter(campaign=campaign).order_by("-id").first()


@dataclass(frozen=True, slots=True)
class Group:
    """How many applications share state, post and masks: what every filter's count is summed from."""

    state: str
    post: str
    violates: int
    lacks: int
    number: int

    @property
    def result(self) -> str:
        return "ineligible" if self.violates else "undetermined" if self.lacks else "eligible"

    @property
    def rules(self) -> list[str]:
        """Rules that are not satisfied."""
        return [name for name, bit in RULES.items() if (self.violates | self.lacks) & bit]


def groups(rows: QuerySet[Application]) -> list[Group]:
    """The applications of `with_screening`, counted in one query."""
    names = ("state", "position__code", "violates", "lacks")
    counted = rows.order_by().values_list(*names).annotate(number=Count("id"))
    return [Group(*row) for row in counted]


def queue_of(
    campaign: Campaign,
    *,
    state: str = "",
    post: str = "",
    result: str = "",
    rule: str = "",
    who: Q | None = None,
    after: Application | None = None,
    size: int,
) -> list[int]:
    """A page's worth of what was submitted and fits every filter given, by time of submission, from behind `after`."""
    rows = Application.objects.filter(campaign=campaign).exclude(state=ApplicationState.DRAFT)
    rows = narrowed(rows, state=state, post=post)
    if who is not None:
        rows = rows.filter(who)
    if after is not None:
        same = Q(submitted_at=after.submitted_at, pk__gt=after.pk)
        rows = rows.filter(Q(submitted_at__gt=after.submitted_at) | same)
    if result or rule:
        return judged(rows, campaign, result=result, rule=rule)[:size]
    return list(rows.order_by("submitted_at", "id").values_list("pk", flat=True)[:size])


def verifications_of(application: Application) -> QuerySet[Verification]:
    """What was looked into since the application was last handed in, oldest first."""
    since = application.handed_in_at or application.submitted_at
    return (
        Verification.objects.filter(application=application, at__gte=since).order_by("id")
        if since
        else (Verification.objects.none())
    )


def next_in_queue(after: Application, *, post: str = "", result: str = "", rule: str = "") -> int | None:
    """The next that waits for review after this one, by time of submission; from the front again at the end."""
    for behind in (after, None):
        found = queue_of(
            after.campaign, state=ApplicationState.SUBMITTED, post=post, result=result, rule=rule, after=behind, size=2
        )
        for pk in found:
            if pk != after.pk:
                return pk
    return None


def application_for(actor: Actor, application_id: int) -> Application:
    """One application of the officer's territory, or 404."""
    found = Application.objects.filter(organ_code__range=actor.territory, pk=application_id)
    application = found.select_related("campaign", "position").first()
    if application is None or application.state == ApplicationState.DRAFT:
        raise NotFound("没有这份报名")
    return application


def own_applications(actor: Actor) -> QuerySet[Application]:
    """The applicant's own applications, newest first."""
    own = Application.objects.filter(account_id=actor.account_id or 0)
    return own.select_related("campaign", "position").order_by("-id")


def own_application(actor: Actor, application_id: int) -> Application:
    """One of the applicant's own, or 404."""
    return existing(own_applications(actor).filter(pk=application_id).first(), "没有这份报名")


def own_application_to(actor: Actor, campaign_id: int) -> Application | None:
    """The applicant's application to a campaign, if there is one."""
    return own_applications(actor).filter(campaign_id=campaign_id).first()


def _measured(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def applicants_frame(applications: Iterable[Application]) -> pl.DataFrame:
    """Applications in the public applicants format."""
    return pl.DataFrame([applicant_facts(each) for each in applications], schema=FRAME)


def applicant_facts(application: Application) -> dict[str, Any]:
    """One row of that format; empty text is unknown, never a value."""
    at = application.submitted_at
    return {
        "id": str(application.pk),
        "position": application.position.code,
        "nationality": application.nationality or None,
        "id_number": application.id_number,
        "sex": application.sex,
        "birth_date": application.birth_date,
        "education": application.education or None,
        "major": application.major or None,
        **{name: _measured(getattr(application, name)) for name in MEASURED},
        "household": application.household or None,
        "registered_on": at.astimezone(ZONE).date() if at else today(),
        "certificates": application.certificates or None,
        **{name: getattr(application, name) for name in CONDITIONS},
    }


def screening_of(campaign: Campaign, applications: Iterable[Application]) -> Screening:
    """The law's view of these applications, by the same rules as the public command."""
    return screen(campaign.announcement, applicants_frame(applications), today=today())


def findings_of(application: Application) -> list[Finding]:
    """Every finding about one application, satisfied ones included."""
    announcement = application.campaign.announcement
    return screen_person(announcement, applicant_facts(application), today=today(), all=True)[1]


@dataclass(frozen=True, slots=True)
class Status:
    """What the receipt of an application answers; the sentence is the page's. `ended_on` is the campaign's end."""

    title: str
    campaign_state: str
    ended_on: date | None
    state: str
    complete_until: date | None

    @property
    def label(self) -> str:
        """The state in words."""
        return str(ApplicationState(self.state).label)


def public_status(receipt: str) -> Status | None:
    """What a receipt code answers without sign-in, through a function that returns nothing personal."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM applications_status(%s)", [receipt.strip().upper()])
        row = cursor.fetchone()
    return Status(*row) if row else None


def application_states(campaign: Campaign) -> Counter[str]:
    """How many applications of a campaign stand where, drafts included."""
    return Counter(counted_by(Application.objects.filter(campaign=campaign), "state"))


def submitted(campaign: Campaign) -> QuerySet[Application]:
    """Everything that was ever handed in."""
    return Application.objects.filter(campaign=campaign).exclude(state=ApplicationState.DRAFT)


def standing_applications(campaign: Campaign) -> QuerySet[Application]:
    """What was handed in and not withdrawn, oldest first."""
    return submitted(campaign).exclude(state=ApplicationState.WITHDRAWN).order_by("submitted_at", "id")


def drafts_of(campaign: Campaign) -> QuerySet[Application]:
    """What was begun and not handed in."""
    return Application.objects.filter(campaign=campaign, state=ApplicationState.DRAFT).order_by("id")


def with_posts(applications: Iterable[Application]) -> QuerySet[Application]:
    """The same applications as rows to choose from, with their posts."""
    return Application.objects.filter(pk__in=[each.pk for each in applications]).select_related("position")


def application_in(campaign: Campaign, application_id: int) -> Application | None:
    """An application of a campaign that may be gone; where a page begins."""
    return Application.objects.filter(campaign=campaign, pk=application_id).first()


def attachments_of(applications: Iterable[Application]) -> dict[int, list[Attachment]]:
    """The papers of applications, by application, in one query."""
    found: dict[int, list[Attachment]] = {}
    for paper in Attachment.objects.filter(application__in=applications).select_related("file").order_by("kind"):
        found.setdefault(paper.application_id, []).append(paper)
    return found


def attachment_of(application: Application, attachment_id: int) -> Attachment:
    """A paper of an application that the actor may read, or 404."""
    return existing(
        Attachment.objects.filter(application=application, pk=attachment_id).select_related("file").first(),
        "没有这份材料",
    )
