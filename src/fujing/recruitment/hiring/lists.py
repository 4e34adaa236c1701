"""聘用名单: the law's hire list over what is stored, and what each person on it is still waiting for (21.p1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, F, Max, QuerySet, Value, When
from django.db.models.functions import TruncDate
from django.utils import timezone

from fujing.kernel.clock import today
from fujing.kernel.privacy import Kind, names_of
from fujing.kernel.refusals import existing
from fujing.law.findings import Finding
from fujing.law.ranking import HireList, hire_lists
from fujing.law.ranking.hiring import GAVE_UP, Dropout, Place
from fujing.recruitment.applications.models import Application
from fujing.recruitment.applications.states import ApplicationState
from fujing.recruitment.background.models import BackgroundCheck
from fujing.recruitment.background.states import CheckState
from fujing.recruitment.campaigns.models import Campaign, Position
from fujing.recruitment.hiring.models import Hire
from fujing.recruitment.hiring.states import HireState
from fujing.recruitment.medical.models import MedicalExam
from fujing.recruitment.medical.queries import exams_of, medical_stage
from fujing.recruitment.medical.states import MedicalState
from fujing.recruitment.selection.models import Candidate, Objection, Publicised, PublicityNotice
from fujing.recruitment.selection.queries import (
    candidates_of,
    latest_ranking,
    notices_of,
    post_rankings,
    publicity_pending,
)
from fujing.recruitment.selection.states import CandidateStatus, ObjectionState

NOT_FIT = "不合格"
NEXT = 20
"""So many of the reserve are shown beside the list; the ranking has them all."""
# In which order those go who dropped out on one day.
STAGES = ("background", "medical", "publicity", "hire")


@dataclass(frozen=True, slots=True)
class Listed:
    """One candidate on the list. `reserve` is the place in the reserve, from 1; `waits` why no hire is possible now."""

    candidate: Candidate
    place: Place
    notice: PublicityNotice | None
    hire: Hire | None
    check: BackgroundCheck | None
    exam: MedicalExam | None
    needs_exam: bool
    reserve: int | None
    waits: str

    @property
    def application(self) -> Application:
        """Whose place it is."""
        return self.candidate.application

    @property
    def hired(self) -> bool:
        """Already in service."""
        return self.hire is not None and self.hire.state == HireState.HIRED

    @property
    def steps(self) -> list[Finding]:
        """From the ranking as it was explained when it was made to where the candidate stands now."""
        return steps_of(self.candidate, self.place)

    @property
    def last_step(self) -> Finding:
        """What decided last."""
        said = self.place.said
        return _worded(said[-1]) if said else self.steps[-1]

    @property
    def to_publicise(self) -> bool:
        """Came from the reserve, checked and found fit, not made public yet."""
        return self.place.status == "hire" and self.notice is None and self.through

    @property
    def through(self) -> bool:
        """Background check passed, and the examination where there is one."""
        return is_through(self.check, self.exam, needs_exam=self.needs_exam)


def steps_of(candidate: Candidate, place: Place | None) -> list[Finding]:
    """From the ranking as it was explained when it was made to where the candidate stands now."""
    return [Finding.model_validate(candidate.finding), *map(_worded, place.said if place else ())]


def is_through(check: BackgroundCheck | None, exam: MedicalExam | None, *, needs_exam: bool) -> bool:
    """Background check passed, and the examination where there is one."""
    fit = not needs_exam or (exam is not None and exam.state == MedicalState.PASSED)
    return fit and check is not None and check.state == CheckState.CLEARED


@dataclass(frozen=True, slots=True)
class PostHires:
    """One post's list with everybody on it in order of rank."""

    position: Position
    made: HireList
    listed: list[Listed]

    @property
    def on_list(self) -> int:
        """How many places have somebody."""
        return len(self.made.with_status("hire"))

    @property
    def in_reserve(self) -> int:
        """How many wait in the reserve."""
        return len(self.made.with_status("reserve"))

    @property
    def hired(self) -> int:
        """How many are in service already."""
        return sum(each.hired for each in self.listed)

    @property
    def shown(self) -> list[Listed]:
        """Everybody but those for whom the places simply did not suffice, and those far down in the reserve."""
        return [
            each
            for each in self.listed
            if (each.reserve or 0) <= NEXT and (each.place.status != "out" or each.candidate.stage or each.place.said)
        ]

    @property
    def far(self) -> int:
        """How many wait in the reserve behind those who are shown."""
        return max(0, self.in_reserve - NEXT)

    @property
    def others(self) -> int:
        """For how many the places did not suffice."""
        return len(self.listed) - len(self.shown) - self.far

    @property
    def vacancies(self) -> list[Finding]:
        """Why places stay empty, as the list says it."""
        steps = [step for each in self.listed for step in each.place.said]
        return [step for step in steps if step.message.partition("（")[0].endswith(("名额空缺", "待核实"))]


def hire_list(campaign: Campaign, position: Position | None = None) -> list[PostHires]:
    """The hire list of every post, or of one, from the publicised ranking and who dropped out since; none before."""
    notices = notices_of(campaign)
    if not notices:
        return []
    first = notices[0]
    dropouts = dropouts_of(campaign, position)
    lists = hire_lists(
        campaign.announcement, post_rankings(first.ranking, position), dropouts, confirmed_on=confirmed_on(first)
    )
    rows = candidates_of(first.ranking).filter(rank__isnull=False, **({"position": position} if position else {}))
    # Numbers stay encrypted: of a long list nobody reads them.
    unread = [f"application__{name}" for name in names_of(Application, kind=Kind.SENSITIVE)]
    candidates = {str(row.application_id): row for row in rows.defer(*unread)}
    known = _Known(campaign, notices)
    posts = {post.code: post for post in campaign.positions.order_by("code")}
    return [
        PostHires(posts[made.position], made, list(_listed(campaign, made, candidates, known)))
        for made in lists
        if position is None or made.position == position.code
    ]


def line_in(posts: list[PostHires], application: Application) -> Listed | None:
    """Somebody's line of these lists; None for who has no rank."""
    return next((each for post in posts for each in post.listed if each.application.pk == application.pk), None)


def line_of(application: Application) -> Listed | None:
    """Somebody's line of the hire list as it stands; None before publicity and for who has no rank."""
    return line_in(hire_list(application.campaign, application.position), application)


def listed_for_hire(application: Application) -> Listed:
    """The line of whoever is to be hired, from the ranking or the reserve, or 404."""
    line = line_of(application)
    return existing(line if line and line.place.status == "hire" else None, "不在聘用名单中")


def due_for_exam(campaign: Campaign) -> list[Application]:
    """Who takes a place, by the newest ranking or the list that stands, and was not sent to the hospital yet."""
    notices, ranking = notices_of(campaign), latest_ranking(campaign)
    if notices:
        found = [each for post in hire_list(campaign) for each in post.listed if each.place.status == "hire"]
        return [each.application for each in found if each.needs_exam and each.exam is None]
    if ranking is None:
        return []
    sent = set(exams_of(campaign).values_list("application_id", flat=True))
    placed = candidates_of(ranking).filter(status=CandidateStatus.HIRE)
    return [
        each.application
        for each in placed
        if each.application_id not in sent and medical_stage(campaign, each.position) is not None
    ]


class _Known:
    """What is stored about everybody of a campaign, read once."""

    def __init__(self, campaign: Campaign, notices: list[PublicityNotice]) -> None:
        by_pk = {notice.pk: notice for notice in notices}
        self.pending = {notice.pk: publicity_pending(notice, "聘用") for notice in notices}
        of = {"application__campaign": campaign}
        self.notices = {row.application_id: by_pk[row.notice_id] for row in Publicised.objects.filter(**of)}
        self.hires = {row.application_id: row for row in Hire.objects.filter(**of).select_related("engagement")}
        self.checks = {row.application_id: row for row in BackgroundCheck.objects.filter(**of)}
        self.exams = {row.application_id: row for row in MedicalExam.objects.filter(**of)}

    def waits(self, application: int, place: Place, *, needs_exam: bool) -> str:
        """Why this person isn't hired today; empty if nothing stands in the way."""
        notice = self.notices.get(application)
        if place.status != "hire":
            return "不在聘用名单中"
        check, exam = self.checks.get(application), self.exams.get(application)
        steps = []
        if needs_exam and (exam is None or exam.state != MedicalState.PASSED):
            steps.append("等待体检" if exam is None else exam.get_state_display())
        if check is None or check.state != CheckState.CLEARED:
            steps.append("等待考察" if check is None else check.get_state_display())
        if steps:
            return "，".join(steps)
        return "等待递补公示" if notice is None else self.pending[notice.pk]


def _listed(campaign: Campaign, made: HireList, candidates: dict[str, Candidate], known: _Known) -> Iterator[Listed]:
    reserve = made.reserve_places()
    for place in made.places:
        row = candidates[place.subject]
        pk = row.application_id
        needs_exam = medical_stage(campaign, row.position) is not None
        yield Listed(
            row,
            place,
            known.notices.get(pk),
            known.hires.get(pk),
            known.checks.get(pk),
            known.exams.get(pk),
            needs_exam,
            reserve.get(place.subject),
            known.waits(pk, place, needs_exam=needs_exam),
        )


def _worded(step: Finding) -> Finding:
    """A substitution with the number that it names called what it is, since nobody knows it by heart."""
    replaced = step.facts.get("replaces")
    if not replaced:
        return step
    return step.model_copy(update={"message": step.message.replace(f"递补{replaced}，", f"递补报名序号{replaced}，")})


def confirmed_on(first: PublicityNotice) -> date:
    """The day on which the list stands: the last of the publicity, or the day its last objection was answered."""
    answered = first.objections.aggregate(last=Max("answered_at"))["last"]
    return max(first.ends, timezone.localdate(answered)) if answered else first.ends


def dropouts_of(campaign: Campaign, position: Position | None = None) -> list[Dropout]:
    """Who lost or gave up a place after the ranking, on all posts or on one, in order of their days."""
    applied: dict[str, Any] = {"campaign": campaign, **({"position": position} if position else {})}
    of = {f"application__{name}": value for name, value in applied.items()}
    exams = MedicalExam.objects.filter(state__in=[MedicalState.FAILED, MedicalState.ABSENT], **of)
    failed = Case(When(state=MedicalState.FAILED, then=Value(NOT_FIT)), default=Value(GAVE_UP))
    checks = BackgroundCheck.objects.filter(state=CheckState.ADVERSE, **of)
    upheld = Objection.objects.filter(state=ObjectionState.UPHELD, **of)
    # Who gave up before the review was never ranked.
    gone = Application.objects.filter(state=ApplicationState.WITHDRAWN, **applied).exclude(reviewed_by="")
    declined = Hire.objects.filter(state=HireState.DECLINED, **of)
    found = _dropped(checks, "application_id", "background", Value(NOT_FIT), TruncDate("decided_at")).union(
        _dropped(exams, "application_id", "medical", failed, F("concluded_on")),
        _dropped(upheld, "application_id", "publicity", Value(NOT_FIT), TruncDate("answered_at")),
        _dropped(gone, "pk", "hire", Value(GAVE_UP), F("withdrawn_on")),
        _dropped(declined, "application_id", "hire", Value(GAVE_UP), F("declined_on")),
    )
    rows = sorted((on or today(), STAGES.index(stage), who, word) for who, stage, word, on in found)
    return [Dropout(str(who), STAGES[stage], word, on) for on, stage, who, word in rows]


def _dropped(rows: QuerySet[Any], who: str, stage: str, word: Any, on: Any) -> QuerySet[Any]:
    named = rows.order_by().annotate(who=F(who), at_stage=Value(stage), said=word, happened_on=on)
    return named.values_list("who", "at_stage", "said", "happened_on")
