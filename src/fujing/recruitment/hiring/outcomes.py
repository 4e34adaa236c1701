"""What became of one application, for whoever applied: place, the cut, the reserve, and what comes next (21.p1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fujing.kernel.actor import Actor, within
from fujing.kernel.clock import today
from fujing.law.findings import Finding
from fujing.law.formats.scores import STAGE_LABELS
from fujing.recruitment.applications.models import Application
from fujing.recruitment.hiring.lists import Listed, hire_list
from fujing.recruitment.hiring.states import HireState
from fujing.recruitment.selection.models import Candidate
from fujing.recruitment.selection.queries import notices_of
from fujing.registry.models import territory_of


@dataclass(frozen=True, slots=True)
class Ended:
    """One's own place and how it came about. `cuts` are sentences about the stages; `reserve_until` is inclusive."""

    candidate: Candidate
    listed: Listed | None
    steps: list[Finding]
    cuts: list[str]
    headcount: int
    reserve_until: date | None
    next: str

    @property
    def settled(self) -> bool:
        """Hired, declined or out: there is nothing left to give up."""
        if self.listed is None or self.listed.hire is not None:
            return True
        return self.listed.place.status == "out"


def outcome_of(actor: Actor, application: Application) -> Ended | None:
    """The outcome of one's own application once a hire list was made public; None before, and for anybody else's.

    The list is read in the organ's territory: whoever applied sees one line of it, their own.
    """
    if application.account_id != actor.account_id:
        return None
    with within(actor, *territory_of(application.organ_code)):
        notices = notices_of(application.campaign)
        if not notices:
            return None
        ranking = notices[0].ranking
        candidate = Candidate.objects.filter(ranking=ranking, application=application).first()
        if candidate is None:
            return None
        (post,) = hire_list(application.campaign, application.position)
        listed = next((each for each in post.listed if each.application.pk == application.pk), None)
        steps = listed.place.steps if listed else [Finding.model_validate(candidate.finding)]
        document = next(
            each for each in ranking.document["positions"] if each["position"] == post.made.position
        )
        return Ended(
            candidate, listed, steps, [_stage_sentence(stage) for stage in document["stages"]], post.made.headcount,
            post.made.reserve_until, _next(listed, post.made.reserve_until),
        )  # fmt: skip


def _stage_sentence(stage: dict[str, object]) -> str:
    cut = f"，进入者末位成绩 {stage['cut']}" if stage["cut"] else ""
    return f"{STAGE_LABELS[str(stage['kind'])]}：{stage['entered']} 人进入，{stage['passed']} 人通过{cut}"


def _next(listed: Listed | None, until: date | None) -> str:
    """What the applicant has to expect or to do, in one sentence."""
    if listed is None:
        return "您没有进入聘用名单，理由见下。"
    hire, status = listed.hire, listed.place.status
    if hire is not None and hire.state == HireState.HIRED and hire.engagement is not None:
        start = hire.engagement.span.lower
        return f"您已被聘用，{start} 上岗。自上岗之日起一个月内订立书面劳动合同。"
    if hire is not None and hire.state == HireState.DECLINED:
        return f"您已于 {hire.declined_on} 放弃聘用，名额由他人递补。"
    if status == "hire":
        return _next_on_the_list(listed)
    if status == "reserve":
        return _next_in_reserve(listed, until)
    if status == "tie":
        return "您与他人各项同分，名额先后还没有确定，由招聘机关按公告的规则确定。"
    return "您未被聘用，理由见下。"


def _next_on_the_list(listed: Listed) -> str:
    if listed.notice is None:
        steps = "体检和考察" if listed.needs_exam else "考察"
        return (
            f"您已递补列入聘用名单，{'等待递补公示' if listed.through else f'接下来是{steps}，合格后公示'}。"
        )
    if listed.notice.ends >= today():
        return f"您在拟聘用名单中，公示到 {listed.notice.ends}（含当日）。期满没有异议或者异议不成立的，办理聘用。"
    if listed.waits:
        return "公示期已满，正在核查公示期间的异议，核查完毕后办理聘用。"
    return "公示期已满，等待招聘机关通知办理聘用手续。"


def _next_in_reserve(listed: Listed, until: date | None) -> str:
    if until is None:
        return (
            f"您在递补名单第 {listed.reserve} 位。公告没有写递补名单的有效期，能否递补以招聘机关的答复为准。"
        )
    if until < today():
        return f"递补名单的有效期已于 {until} 届满，您没有递补。"
    return f"您在递补名单第 {listed.reserve} 位，有效期至 {until}（含当日）。有名额空出时按名次递补。"
