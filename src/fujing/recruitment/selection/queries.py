"""Reading scores, rankings and publicity; and who may be hired."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import polars as pl
from django.db import connection
from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, When
from django.utils import timezone

from fujing.kernel.clock import today
from fujing.kernel.counts import counted_by
from fujing.kernel.exchange import DECIMAL
from fujing.kernel.models import HistoryEntry
from fujing.kernel.privacy import Kind, names_of
from fujing.kernel.refusals import existing
from fujing.law.formats.applicants import CONDITIONS
from fujing.law.ranking import PostRanking
from fujing.law.ranking.applicants import ranked_columns
from fujing.law.ranking.posts import Placing
from fujing.recruitment.applications.models import Application
from fujing.recruitment.applications.queries import FRAME
from fujing.recruitment.applications.states import ApplicationState
from fujing.recruitment.background.models import BackgroundCheck
from fujing.recruitment.background.states import CheckState
from fujing.recruitment.campaigns.models import Campaign, Position
from fujing.recruitment.campaigns.queries import published_campaigns
from fujing.recruitment.campaigns.states import CampaignState
from fujing.recruitment.selection.models import (
    Candidate,
    Objection,
    PublicityNotice,
    Ranking,
    ScoreCheck,
    ScoreRelease,
    StageScore,
)
from fujing.recruitment.selection.states import ObjectionState

CITY = 10**8
"""Organs of one city share `organ_code // CITY`."""


def ranked_rows(campaign: Campaign) -> QuerySet[Application]:
    """Those who count in the ranking: qualified, also when they gave up later (their place is then refilled)."""
    states = [ApplicationState.QUALIFIED, ApplicationState.WITHDRAWN]
    # Who gave up before the review was never ranked.
    return Application.objects.filter(campaign=campaign, state__in=states).exclude(reviewed_by="").order_by("id")


def ranked_applications(campaign: Campaign) -> list[Application]:
    """Everybody who counts in the ranking, with their posts."""
    # Nobody is ranked by a number: thousands need not be decrypted.
    return list(ranked_rows(campaign).select_related("position").defer(*names_of(Application, kind=Kind.SENSITIVE)))


def with_numbers(applications: list[Application]) -> list[Application]:
    """The same applications read again with their numbers, in one query; for papers that print them masked."""
    rows = Application.objects.filter(pk__in=[each.pk for each in applications])
    return list(rows.select_related("position").order_by("id"))


def ranking_frame(applications: list[Application]) -> pl.DataFrame:
    """Applicants as the ranking reads them: a mark that is not proven gives nothing.

    Numbers are left out: nobody has two applications to one announcement (`application_once_by_number`), so nobody
    stands on two posts.
    """
    rows = [
        {
            "id": str(each.pk),
            "position": each.position.code,
            "sex": each.sex,
            "birth_date": each.birth_date,
            "education": each.education or None,
            "bonus_points": each.bonus_points,
            **{name: getattr(each, name) for name in CONDITIONS},
        }
        for each in applications
    ]
    kinds = FRAME | {"bonus_points": DECIMAL}
    names = ("id", "position", "sex", "birth_date", "education", "bonus_points", *CONDITIONS)
    return ranked_columns(pl.DataFrame(rows, schema={name: kinds[name] for name in names}))


def scores_of(campaign: Campaign) -> QuerySet[StageScore]:
    """All scores of a campaign."""
    rows = StageScore.objects.filter(application__campaign=campaign).select_related("application")
    return rows.order_by("application_id", "stage", "item", "judge")


def scored_people(campaign: Campaign, stage: str = "") -> QuerySet[Application]:
    """Whoever has a result, in any stage or in one, by application number."""
    scores = StageScore.objects.filter(application=OuterRef("pk"), **({"stage": stage} if stage else {}))
    people = Application.objects.filter(Exists(scores), campaign=campaign).select_related("position")
    return people.defer("id_number", "phone").order_by("pk")


def scores_by_stage(campaign: Campaign) -> dict[str, int]:
    """How many results there are of each stage."""
    return counted_by(scores_of(campaign), "stage")


def released(campaign: Campaign) -> dict[str, ScoreRelease]:
    """What was told to the applicants so far, by stage."""
    return {row.stage: row for row in ScoreRelease.objects.filter(campaign=campaign).order_by("released_at")}


def score_checks_of(campaign: Campaign) -> QuerySet[ScoreCheck]:
    """Requests for a re-check, open ones first, the oldest first."""
    rows = ScoreCheck.objects.filter(application__campaign=campaign).select_related("application__position")
    return rows.order_by(F("answered_at").asc(nulls_first=True), "asked_at")


def latest_ranking(campaign: Campaign) -> Ranking | None:
    """The newest computation."""
    return Ranking.objects.filter(campaign=campaign).order_by("-id").first()


def candidates_of(ranking: Ranking | None) -> QuerySet[Candidate]:
    """Places by position and rank, none before anything was ranked; those without a rank come last."""
    if ranking is None:
        return Candidate.objects.none()
    rows = Candidate.objects.filter(ranking=ranking).select_related("application", "position")
    return rows.order_by("position__code", F("rank").asc(nulls_last=True), "application_id")


def placed_by_post(ranking: Ranking) -> dict[str, dict[str, int]]:
    """How many of each outcome a ranking has, by the post's code."""
    found: dict[str, dict[str, int]] = {}
    rows = Candidate.objects.filter(ranking=ranking).order_by().values_list("position__code", "status")
    for code, status, number in rows.annotate(Count("pk")):
        found.setdefault(code, {})[status] = number
    return found


def notices_of(campaign: Campaign) -> list[PublicityNotice]:
    """The notices of a campaign: the first, then the supplementary ones (递补公示)."""
    return list(PublicityNotice.objects.filter(campaign=campaign).order_by("number"))


def objections_of(campaign: Campaign) -> QuerySet[Objection]:
    """Objections, open ones first."""
    return Objection.objects.filter(notice__campaign=campaign).order_by("state", "id")


@dataclass(frozen=True, slots=True)
class ObjectionStatus:
    """What the receipt of an objection answers. `ends` is the last day of its publicity, inclusive."""

    title: str
    number: int
    state: str
    raised_at: datetime
    ends: date
    answer: str
    answered_at: datetime | None

    @property
    def label(self) -> str:
        """The state in words."""
        return str(ObjectionState(self.state).label)


def objection_status(receipt: str) -> ObjectionStatus | None:
    """What became of an objection, for whoever has its receipt, through a function that names nobody."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM selection_objection_status(%s)", [receipt.strip().upper()])
        row = cursor.fetchone()
    return ObjectionStatus(*row) if row else None


def background_cleared(campaign: Campaign) -> set[int]:
    """Applications whose background check was passed."""
    cleared = BackgroundCheck.objects.filter(application__campaign=campaign, state=CheckState.CLEARED)
    return set(cleared.values_list("application_id", flat=True))


def publicity_pending(notice: PublicityNotice | None, act: str) -> str:
    """Why `act` has to wait for the publicity; empty once it is over and every objection is answered."""
    if notice is None:
        return f"尚未公示，不能{act}（第二十一条第一款）。"
    if notice.ends >= today():
        return f"公示到{notice.ends}结束，期满后才能{act}（第二十一条第一款）。"
    if Objection.objects.filter(notice=notice, state=ObjectionState.OPEN).exists():
        return f"还有异议没有核查完，不能{act}（第二十一条第一款）。"
    return ""


def post_rankings(ranking: Ranking, position: Position | None = None) -> list[PostRanking]:
    """A stored ranking as the law computed it, of all posts or of one; only those with a rank are in it."""
    rows = Candidate.objects.filter(ranking=ranking, rank__isnull=False)
    rows = rows.filter(**({"position": position} if position else {})).order_by("rank", "application_id")
    lines: dict[str, list[Placing]] = {}
    names = ("position__code", "application_id", "total", "rank", "status", "why", "stage")
    for code, pk, total, place, status, why, stage in rows.values_list(*names):
        placing = Placing(str(pk), format(total or 0, "f"), place, status, why, stage or None)
        lines.setdefault(code, []).append(placing)
    return [
        PostRanking(post["position"], post["headcount"], post["opened"], [], lines.get(post["position"], []))
        for post in ranking.document["positions"]
        if position is None or post["position"] == position.code
    ]


@dataclass(frozen=True, slots=True)
class Correction:
    """A score that was changed: of whom, what it was and became, by whom, when and why."""

    score: StageScore
    before: str
    after: str
    by: str
    at: datetime
    reason: str


def corrections_of(campaign: Campaign) -> list[Correction]:
    """The changes of a campaign's scores, the newest two hundred first, from the trail."""
    changes = _changes(campaign).filter(operation="update", after__has_key="score").order_by("-at")[:200]
    rows = scores_of(campaign).in_bulk([each.row_id for each in changes])
    return [
        Correction(rows[each.row_id], was["score"], became["score"], each.actor, each.at, each.reason)
        for each in changes
        if (was := each.before) and (became := each.after)
    ]


def scores_changed_since(ranking: Ranking) -> bool:
    """Whether a score was entered or changed after a ranking was computed: it no longer tells the present result."""
    return _changes(ranking.campaign).filter(at__gt=ranking.made_at).exists()


def _changes(campaign: Campaign) -> QuerySet[HistoryEntry]:
    scores = scores_of(campaign).order_by().values("pk")
    return HistoryEntry.objects.filter(tracked=StageScore._meta.db_table, row_id__in=scores)


def public_campaigns(text: str = "") -> QuerySet[Any]:
    """What the public site lists, those that take applications first: with `open_now`, `publicised` (names are public
    today). `text` is looked for in the title.
    """
    now, day = timezone.now(), today()
    notices = PublicityNotice.objects.filter(campaign=OuterRef("pk"), starts__lte=day, ends__gte=day)
    window = Q(registration_from__lte=now, registration_to__gte=now)
    rows: QuerySet[Any] = published_campaigns().annotate(
        open_now=Case(When(Q(state=CampaignState.PUBLISHED) & window, then=True), default=False),
        publicised=Exists(notices),
    )
    for word in text.split():
        rows = rows.filter(title__icontains=word)
    return rows.order_by("-open_now", "-published_at", "-pk")


def public_groups(rows: QuerySet[Any]) -> list[tuple[int, bool, bool, int]]:
    """City, open now, publicised and how many: what every count of the public list is summed from."""
    told = rows.order_by().values("organ_code", "open_now", "publicised")
    groups = Counter((row["organ_code"] // CITY, row["open_now"], row["publicised"]) for row in told)
    return [(*key, number) for key, number in groups.items()]


def objection_in(campaign: Campaign, objection_id: int) -> Objection:
    """An objection to a list of a campaign, or 404."""
    return existing(Objection.objects.filter(notice__campaign=campaign, pk=objection_id).first(), "没有这条异议")


def people_scored(campaign: Campaign) -> dict[str, int]:
    """How many people have results, by stage."""
    rows = StageScore.objects.filter(application__campaign=campaign).order_by().values_list("stage")
    return dict(rows.annotate(Count("application", distinct=True)))
