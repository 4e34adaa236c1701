"""聘用名单: the law's hire list over what is stored, and what each person on it is still waiting for (21.p1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from django.utils import timezone

from fujing.kernel.clock import today
from fujing.law.findings import Finding
from fujing.law.ranking import HireList, hire_lists
from fujing.law.ranking.hiring import GAVE_UP, Dropout, Place
from fujing.recruitment.applications.models import Application, BackgroundCheck
from fujing.recruitment.applications.states import ApplicationState, CheckState
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
    def last_step(self) -> Finding:
        """What decided last."""
        return self.place.steps[-1]

    @property
    def to_publicise(self) -> bool:
        """Came from the reserve, checked and found fit, not made public yet."""
        return self.place.status == "hire" and self.notice is None and self.through

    @property
    def through(self) -> bool:
        """Background check passed, and the examination where there is one."""
        fit = not self.needs_exam or (self.exam is not None and self.exam.state == MedicalState.PASSED)
        return fit and self.check is not None and self.check.state == CheckState.CLEARED


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
        """Everybody but those for whom the places simply did not suffice."""
        return [
            each
            for each in self.listed
            if each.place.status != "out" or each.candidate.stage or len(each.place.steps) > 1
        ]

    @property
    def others(self) -> int:
        """For how many the places did not suffice."""
        return len(self.listed) - len(self.shown)

    @property
    def vacancies(self) -> list[Finding]:
        """Why places stay empty, as the list says it."""
        steps = [step for each in self.listed for step in each.place.steps]
        return [step for step in steps if step.message.partition("（")[0].endswith(("名额空缺", "待核实"))]


def hire_list(campaign: Campaign, position: Position | None = None) -> list[PostHires]:
    """The hire list of every post, or of one, from the publicised ranking and who dropped out since; none before."""
    notices = notices_of(campaign)
    if not notices:
        return []
    first = notices[0]
    rankings = post_rankings(first.ranking, position)
    rows = candidates_of(first.ranking).filter(rank__isnull=False)
    candidates = {
        str(row.application_id): row for row in (rows.filter(position=position) if position else rows)
    }
    lists = hire_lists(
        campaign.announcement,
        rankings,
        list(dropouts_of(campaign)),
        confirmed_on=confirmed_on(first),
        explained={key: Finding.model_validate(row.finding) for key, row in candidates.items()},
    )
    known = _Known(campaign, notices)
    posts = {post.code: post for post in campaign.positions.order_by("code")}
    return [
        PostHires(posts[made.position], made, list(_listed(campaign, made, candidates, known)))
        for made in lists
        if position is None or made.position == position.code
    ]


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
        self.hires = {row.application_id: row for row in Hire.objects.filter(**of)}
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


def _listed(
    campaign: Campaign, made: HireList, candidates: dict[str, Candidate], known: _Known
) -> Iterator[Listed]:
    reserve = made.with_status("reserve")
    for place in made.places:
        place.steps = [_worded(step) for step in place.steps]
        row = candidates[place.subject]
        pk = row.application_id
        needs_exam = medical_stage(campaign, row.position) is not None
        yield Listed(
            row, place, known.notices.get(pk), known.hires.get(pk), known.checks.get(pk), known.exams.get(pk), needs_exam,
            reserve.index(place.subject) + 1 if place.status == "reserve" else None,
            known.waits(pk, place, needs_exam=needs_exam),
        )  # fmt: skip


def _worded(step: Finding) -> Finding:
    """A substitution with the number that it names called what it is, since nobody knows it by heart."""
    replaced = step.facts.get("replaces")
    if not replaced:
        return step
    return step.model_copy(
        update={"message": step.message.replace(f"递补{replaced}，", f"递补报名序号{replaced}，")}
    )


def confirmed_on(first: PublicityNotice) -> date:
    """The day on which the list stands: the last of the publicity, or the day its last objection was answered."""
    answered = first.objections.aggregate(last=Max("answered_at"))["last"]
    return max(first.ends, timezone.localdate(answered)) if answered else first.ends


def dropouts_of(campaign: Campaign) -> Iterator[Dropout]:
    """Who lost or gave up a place after the ranking, and on which day."""
    for check in BackgroundCheck.objects.filter(application__campaign=campaign, state=CheckState.ADVERSE):
        yield Dropout(str(check.application_id), "background", NOT_FIT, _day(check.decided_at))
    ended = MedicalExam.objects.filter(application__campaign=campaign)
    for exam in ended.filter(state__in=[MedicalState.FAILED, MedicalState.ABSENT]):
        word = NOT_FIT if exam.state == MedicalState.FAILED else GAVE_UP
        yield Dropout(str(exam.application_id), "medical", word, exam.concluded_on or today())
    upheld = Objection.objects.filter(notice__campaign=campaign, state=ObjectionState.UPHELD)
    for objection in upheld:
        yield Dropout(str(objection.application_id), "publicity", NOT_FIT, _day(objection.answered_at))
    for application in Application.objects.filter(campaign=campaign, state=ApplicationState.WITHDRAWN):
        yield Dropout(str(application.pk), "hire", GAVE_UP, application.withdrawn_on or today())
    for declined in Hire.objects.filter(application__campaign=campaign, state=HireState.DECLINED):
        yield Dropout(str(declined.application_id), "hire", GAVE_UP, declined.declined_on or today())


def _day(at: object) -> date:
    return timezone.localdate(at)  # type: ignore[arg-type]
