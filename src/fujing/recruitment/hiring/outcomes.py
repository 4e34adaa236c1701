"""What became of one application, for whoever applied: place, the cut, the reserve, and what comes next (21.p1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fujing.kernel.actor import Actor, within
from fujing.kernel.clock import today
from fujing.law.findings import Finding
from fujing.law.formats.scores import STAGE_LABELS
from fujing.law.ranking.hiring import Place
from fujing.law.ranking.posts import FINALS
from fujing.recruitment.applications.models import Application
from fujing.recruitment.background.models import BackgroundCheck
from fujing.recruitment.hiring.lists import is_through, steps_of
from fujing.recruitment.hiring.models import Hire
from fujing.recruitment.hiring.standing import standing
from fujing.recruitment.hiring.states import HireState
from fujing.recruitment.medical.models import MedicalExam
from fujing.recruitment.medical.queries import medical_stage
from fujing.recruitment.selection.models import Candidate, Publicised, PublicityNotice
from fujing.recruitment.selection.parts import Part, parts_of
from fujing.recruitment.selection.queries import publicity_pending
from fujing.registry.models import territory_of


@dataclass(frozen=True, slots=True)
class Line:
    """One's own line of the hire list. `reserve` is the place in the reserve, from 1; `waits`: an objection is open."""

    status: str
    reserve: int | None
    notice: PublicityNotice | None
    hire: Hire | None
    needs_exam: bool
    through: bool
    waits: bool


@dataclass(frozen=True, slots=True)
class Ended:
    """One's own place and how it came about. `cuts` are sentences about the exams, `parts` one's own result in them; `reserve_until` is inclusive."""

    candidate: Candidate
    line: Line | None
    steps: list[Finding]
    cuts: list[str]
    parts: list[Part]
    headcount: int
    reserve_until: date | None
    next: str

    @property
    def settled(self) -> bool:
        """Hired, declined or out: there is nothing left to give up."""
        return self.line is None or self.line.hire is not None or self.line.status == "out"


def outcome_of(actor: Actor, application: Application) -> Ended | None:
    """The outcome of one's own application once a hire list was made public; None before, and for anybody else's.

    The list is read in the organ's territory: whoever applied sees one line of it, their own.
    """
    if application.account_id != actor.account_id:
        return None
    campaign = application.campaign
    with within(actor, *territory_of(application.organ_code)):
        notices = list(PublicityNotice.objects.filter(campaign=campaign).defer("names").order_by("number"))
        if not notices:
            return None
        ranked = Candidate.objects.filter(ranking=notices[0].ranking_id, application=application)
        candidate = ranked.select_related("position").first()
        if candidate is None:
            return None
        list_ = standing(campaign, application.position, notices[0])
        place = list_.places.get(str(application.pk))
        line = _line(application, place, list_.reserve, notices) if place else None
        until = list_.made.reserve_until
        return Ended(
            candidate,
            line,
            steps_of(candidate, place),
            [_stage_sentence(stage) for stage in list_.stages if stage["kind"] not in FINALS],
            parts_of(candidate, campaign.announcement, application.sex),
            list_.made.headcount,
            until,
            _next(line, until),
        )


def _line(application: Application, place: Place, reserve: dict[str, int], notices: list[PublicityNotice]) -> Line:
    of = {"application": application}
    publicised = Publicised.objects.filter(**of).first()
    notice = next((each for each in notices if publicised and each.pk == publicised.notice_id), None)
    check = BackgroundCheck.objects.filter(**of).only("state").first()
    exam = MedicalExam.objects.filter(**of).only("state").first()
    needs_exam = medical_stage(application.campaign, application.position) is not None
    return Line(
        place.status,
        reserve.get(place.subject),
        notice,
        Hire.objects.filter(**of).select_related("engagement").first(),
        needs_exam,
        is_through(check, exam, needs_exam=needs_exam),
        bool(notice and publicity_pending(notice, "聘用")),
    )


def _stage_sentence(stage: dict[str, object]) -> str:
    cut = f"，进入者末位成绩 {stage['cut']}" if stage["cut"] else ""
    return f"{STAGE_LABELS[str(stage['kind'])]}：{stage['entered']} 人进入，{stage['passed']} 人通过{cut}"


def _next(line: Line | None, until: date | None) -> str:
    """What the applicant has to expect or to do, in one sentence."""
    if line is None:
        return "您没有进入聘用名单，理由见下。"
    hire, status = line.hire, line.status
    if hire is not None and hire.state == HireState.HIRED and hire.engagement is not None:
        start = hire.engagement.span.lower
        return f"您已被聘用，{start} 上岗。自上岗之日起一个月内订立书面劳动合同。"
    if hire is not None and hire.state == HireState.DECLINED:
        return f"您已于 {hire.declined_on} 放弃聘用，名额由他人递补。"
    if status == "hire":
        return _next_on_the_list(line)
    if status == "reserve":
        return _next_in_reserve(line, until)
    if status == "tie":
        return "您与他人各项同分，名额先后还没有确定，由招聘机关按公告的规则确定。"
    return "您未被聘用，理由见下。"


def _next_on_the_list(line: Line) -> str:
    if line.notice is None:
        steps = "体检和考察" if line.needs_exam else "考察"
        return f"您已递补列入聘用名单，{'等待递补公示' if line.through else f'接下来是{steps}，合格后公示'}。"
    if line.notice.ends >= today():
        return f"您在拟聘用名单中，公示到 {line.notice.ends}（含当日）。期满没有异议或者异议不成立的，办理聘用。"
    if line.waits:
        return "公示期已满，正在核查公示期间的异议，核查完毕后办理聘用。"
    return "公示期已满，等待招聘机关通知办理聘用手续。"


def _next_in_reserve(line: Line, until: date | None) -> str:
    if until is None:
        return f"您在递补名单第 {line.reserve} 位。公告没有写递补名单的有效期，能否递补以招聘机关的答复为准。"
    if until < today():
        return f"递补名单的有效期已于 {until} 届满，您没有递补。"
    return f"您在递补名单第 {line.reserve} 位，有效期至 {until}（含当日）。有名额空出时按名次递补。"
