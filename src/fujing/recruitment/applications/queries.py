"""Reading applications: officers those of their territory, applicants their own, the law as frames."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import polars as pl
from django.db import connection
from django.db.models import Case, Count, F, FilteredRelation, Q, QuerySet, When
from django.db.models.functions import Coalesce
from django.http import Http404

from fujing.kernel.actor import Actor
from fujing.kernel.clock import ZONE, today
from fujing.law.findings import Finding
from fujing.law.formats.applicants import CONDITIONS
from fujing.law.rulebooks.recruitment import RECRUITMENT
from fujing.law.screening import Screening, screen
from fujing.recruitment.applications.models import Application, Attachment, BackgroundCheck, ScreeningRun
from fujing.recruitment.applications.states import ApplicationState
from fujing.recruitment.campaigns.models import Campaign

OPEN_STATES = (ApplicationState.SUBMITTED, ApplicationState.QUALIFIED)
# What an officer may ask to be completed: papers first, then facts.
WANTED: dict[str, str] = {
    **{str(kind): str(label) for kind, label in Attachment.Kind.choices},
    **{
        field.name: str(field.verbose_name)
        for field in Application._meta.fields
        if field.name
        in (
            "education",
            "major",
            "household",
            "height_cm",
            "naked_vision",
            "certificates",
            *CONDITIONS,
        )
    },
}
RULES = {rule.id: 1 << place for place, rule in enumerate(RECRUITMENT.rules)}
"""Each rule's bit in the masks."""
RESULTS = {
    "eligible": Q(violates=0, lacks=0),
    "undetermined": Q(violates=0, lacks__gt=0),
    "ineligible": Q(violates__gt=0),
}
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
    "naked_vision": pl.Float64,
    "household": pl.String,
    "registered_on": pl.Date,
    "certificates": pl.String,
    **dict.fromkeys(CONDITIONS, pl.Boolean),
}


def applications_of(campaign: Campaign, states: Iterable[str] = OPEN_STATES) -> QuerySet[Application]:
    """Applications of a campaign in these states, oldest submission first."""
    rows = Application.objects.filter(campaign=campaign, state__in=list(states))
    return rows.select_related("position").order_by("submitted_at", "id")


def review_queue(campaign: Campaign) -> QuerySet[Application]:
    """What waits for qualification review, oldest first."""
    return applications_of(campaign, [ApplicationState.SUBMITTED])


def with_screening(rows: QuerySet[Application], campaign: Campaign) -> QuerySet[Application]:
    """Each with `violates` and `lacks`, the masks of its latest screening: the campaign's last run, or its own
    submission or review where that came later.
    """
    run = ScreeningRun.objects.filter(campaign=campaign).order_by("-id").first()
    if run is None:
        return rows.annotate(violates=F("violated"), lacks=F("undetermined"))
    older = Q(screened_at__lt=run.started_at)
    rows = rows.annotate(
        of_run=FilteredRelation(
            "screened",
            condition=Q(screened__run=run, screened__first__lte=F("pk"), screened__last__gte=F("pk")),
        )
    )
    return rows.annotate(
        violates=Coalesce(Case(When(older, then=F("of_run__violated"))), F("violated")),
        lacks=Coalesce(Case(When(older, then=F("of_run__undetermined"))), F("undetermined")),
    )


def narrowed(
    rows: QuerySet[Application], *, state: str = "", post: str = "", result: str = "", rule: str = ""
) -> QuerySet[Application]:
    """Those of `with_screening` that fit every filter given: a state, a post's code, an outcome, a rule not satisfied."""
    if state:
        rows = rows.filter(state=state)
    if post:
        rows = rows.filter(position__code=post)
    if result:
        rows = rows.filter(RESULTS[result])
    if rule:
        bit = RULES[rule]
        rows = rows.annotate(about=F("violates").bitor(F("lacks")).bitand(bit)).filter(about=bit)  # type: ignore[arg-type]
    return rows


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


def next_in_queue(rows: QuerySet[Application], after: Application) -> Application | None:
    """The next that waits for review after this one, by time of submission; from the front again at the end."""
    waiting = (
        rows.filter(state=ApplicationState.SUBMITTED).exclude(pk=after.pk).order_by("submitted_at", "id")
    )
    return waiting.filter(_behind(after)).first() or waiting.first()


def behind(rows: QuerySet[Application], after: Application | None) -> QuerySet[Application]:
    """The rows of a page: by time of submission, from the one behind `after`."""
    rows = rows.order_by("submitted_at", "id")
    return rows if after is None else rows.filter(_behind(after))


def _behind(after: Application) -> Q:
    same = Q(submitted_at=after.submitted_at, pk__gt=after.pk)
    return Q(submitted_at__gt=after.submitted_at) | same


def application_for(actor: Actor, application_id: int) -> Application:
    """One application of the officer's territory, or 404."""
    found = Application.objects.filter(organ_code__range=(actor.lo or 0, actor.hi or 0), pk=application_id)
    application = found.select_related("campaign", "position").first()
    if application is None or application.state == ApplicationState.DRAFT:
        raise Http404("没有这份报名")
    return application


def own_applications(actor: Actor) -> QuerySet[Application]:
    """The applicant's own applications, newest first."""
    own = Application.objects.filter(account_id=actor.account_id or 0)
    return own.select_related("campaign", "position").order_by("-id")


def own_application(actor: Actor, application_id: int) -> Application:
    """One of the applicant's own, or 404."""
    application = own_applications(actor).filter(pk=application_id).first()
    if application is None:
        raise Http404("没有这份报名")
    return application


def own_application_to(actor: Actor, campaign_id: int) -> Application | None:
    """The applicant's application to a campaign, if there is one."""
    return own_applications(actor).filter(campaign_id=campaign_id).first()


def check_for(actor: Actor, application: Application) -> BackgroundCheck | None:
    """The background check of an application, as far as the actor may see it."""
    return BackgroundCheck.objects.filter(application=application).first()


def applicants_frame(applications: Iterable[Application]) -> pl.DataFrame:
    """Applications in the public applicants format; empty text is unknown, never a value."""
    rows = [
        {
            "id": str(each.pk),
            "position": each.position.code,
            "nationality": each.nationality or None,
            "id_number": each.id_number,
            "sex": each.sex,
            "birth_date": each.birth_date,
            "education": each.education or None,
            "major": each.major or None,
            "height_cm": None if each.height_cm is None else float(each.height_cm),
            "naked_vision": None if each.naked_vision is None else float(each.naked_vision),
            "household": each.household or None,
            "registered_on": each.submitted_at.astimezone(ZONE).date() if each.submitted_at else today(),
            "certificates": each.certificates or None,
            **{name: getattr(each, name) for name in CONDITIONS},
        }
        for each in applications
    ]
    return pl.DataFrame(rows, schema=FRAME)


def screening_of(campaign: Campaign, applications: Iterable[Application]) -> Screening:
    """The law's view of these applications, by the same rules as the public command."""
    return screen(campaign.announcement, applicants_frame(applications), today=today())


def findings_of(application: Application) -> list[Finding]:
    """Every finding about one application, satisfied ones included."""
    return screening_of(application.campaign, [application]).findings(0, all=True)


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
