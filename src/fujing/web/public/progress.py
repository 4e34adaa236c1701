"""Where one's own application stands: everything that has happened to it, and what comes next in one sentence."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.papers import chinese_date
from fujing.law.formats.scores import STAGE_LABELS
from fujing.recruitment.applications.models import Application
from fujing.recruitment.applications.states import ApplicationState
from fujing.recruitment.background.models import BackgroundCheck
from fujing.recruitment.background.queries import check_for
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.campaigns.states import CampaignState
from fujing.recruitment.exams.models import Elimination, Seat
from fujing.recruitment.exams.queries import own_elimination, own_seats
from fujing.recruitment.exams.states import Attendance
from fujing.recruitment.hiring.outcomes import Ended, outcome_of
from fujing.recruitment.medical.models import MedicalExam
from fujing.recruitment.medical.queries import exam_of
from fujing.recruitment.selection.results import Result, own_results

NEXT = {
    "draft": "还没有提交。填好后请提交，报名截止后不能再提交。",
    "submitted": "已收到，等待资格审查。结果会显示在这里。",
    "returned": "审查人员请您补充材料，修改后重新提交。",
    "qualified": "资格审查合格。请留意考试和体能测试安排。",
    "rejected": "资格审查不合格，理由见下。",
    "withdrawn": "您已放弃本次报名。",
}
AFTER_EXAM = {
    "arranged": "您已进入体检，医院和日期见下。",
    "recheck": "医院要求复检，医院和日期见下。",
    "found": "体检已完成，等待告知结论。",
    "told": "体检结论为不合格。您可以申请复检，见下。",
    "requested": "您已申请复检，安排见下。",
    "passed": "体检合格，等待考察和公示。",
    "failed": "体检不合格，不能列入聘用名单。",
    "absent": "没有参加体检，不能列入聘用名单。",
}


def cancelled_sentence(campaign: Campaign) -> str:
    """That a recruitment was given up, when and why; empty while it goes on."""
    if campaign.state != CampaignState.CANCELLED:
        return ""
    on = f"于{chinese_date(campaign.ended_on)}" if campaign.ended_on else ""
    why = f"：{campaign.cancelled_because}" if campaign.cancelled_because else ""
    return f"本次招聘已{on}取消{why.rstrip('。')}。报名不再办理，您不用再做什么。"


@dataclass(frozen=True, slots=True)
class Progress:
    """What the applicant themselves may see of one application."""

    application: Application
    seats: list[Seat]
    results: list[Result]
    exam: MedicalExam | None
    check: BackgroundCheck | None
    ended: Ended | None
    out: Elimination | None = None

    @property
    def next(self) -> str:
        """What comes next; what the applicant has to do themselves goes before what they wait for."""
        if cancelled := cancelled_sentence(self.application.campaign):
            return cancelled
        until = self.application.complete_until
        if self.application.state == ApplicationState.RETURNED and until and until < today():
            return f"补充期限已于{chinese_date(until)}届满，不能再提交，等待招聘机关作出结论。"
        if self.application.state != ApplicationState.QUALIFIED:
            return NEXT[self.application.state]
        if self.ended:
            return self.ended.next
        if self.out:
            label = STAGE_LABELS[self.out.sitting.stage]
            return f"您没有进入{label}：{self.out.why}。各环节成绩见下；不再参加以后的环节。"
        if self.check and self.check.state == "told" and self.check.answer_until:
            return f"考察作出结论前要听取您的陈述，请在{chinese_date(self.check.answer_until)}（含当日）前提交，见下。"
        if self.exam:
            return AFTER_EXAM[self.exam.state]
        return self._sat() or NEXT["qualified"]

    def _sat(self) -> str:
        """About the next sitting, else about the last: its result, or that it is waited for."""
        now = timezone.now()
        if coming := next((seat for seat in self.seats if seat.sitting.ends_at > now), None):
            starts = timezone.localtime(coming.sitting.starts_at)
            label = STAGE_LABELS[coming.sitting.stage]
            return f"请于{chinese_date(starts.date())}{starts:%H:%M}参加{label}，准考证见下。"
        told = {result.release.stage for result in self.results}
        if self.seats and (last := self.seats[-1]).sitting.stage not in told:
            label = STAGE_LABELS[last.sitting.stage]
            absent = last.attendance == Attendance.ABSENT
            return f"记录为没有参加{label}。" if absent else f"{label}已结束，等待公布成绩。"
        if self.results:
            newest = max(self.results, key=lambda result: result.release.released_at)
            until = f"，有疑问的可以在{chinese_date(newest.release.check_until)}（含当日）前申请复核"
            return f"{newest.label}成绩已公布，见下{until if newest.may_ask else ''}。"
        return ""


def progress_of(actor: Actor, application: Application) -> Progress:
    """Everything of one's own application, read as the applicant."""
    return Progress(
        application,
        seats=list(own_seats(actor, application)),
        results=own_results(actor, application),
        exam=exam_of(application),
        check=check_for(actor, application),
        ended=outcome_of(actor, application),
        out=own_elimination(application),
    )
