"""Where a recruitment is: its steps in the order of the announcement, what is done, what is next, whose turn and by when."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils import timezone

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.law.announcements.offered import step_label
from fujing.law.formats.scores import EXAMS
from fujing.law.formats.stages import Stage
from fujing.recruitment.applications.queries import application_states
from fujing.recruitment.applications.states import ApplicationState
from fujing.recruitment.background.queries import check_states
from fujing.recruitment.background.states import CheckState
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.campaigns.readiness import purposes_of
from fujing.recruitment.campaigns.states import CampaignState
from fujing.recruitment.hiring.queries import hired_number
from fujing.recruitment.medical.queries import exam_states
from fujing.recruitment.medical.states import MedicalState
from fujing.recruitment.selection.queries import notices_of, people_scored, released
from fujing.web.doors import opens

OFFICERS, HEAD, LEADERS = "经办、人事负责人", "人事负责人", "人事负责人、机关负责人"
OVER = (CampaignState.PUBLICITY, CampaignState.FINISHED)
MEDICAL_DONE = (MedicalState.PASSED, MedicalState.FAILED, MedicalState.ABSENT)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `mark` is done, now or empty; `who` acts on its sheet `url`; `due` its last day, if one is set."""

    label: str
    said: str
    done: bool
    who: str
    url: str
    due: date | None = None
    mark: str = ""


def route_of(actor: Actor, campaign: Campaign) -> list[Step]:
    """Every step; the first that is not done is the present one, unless the recruitment was cancelled.

    A step whose sheet isn't for the actor has no `url`.
    """
    facts = _Facts(campaign)
    steps = [*facts.drawing_up(), *(facts.step(stage) for stage in campaign.announcement.stages or ())]
    first = next((index for index, step in enumerate(steps) if not step.done), None)
    running = campaign.state not in {CampaignState.CANCELLED, CampaignState.FINISHED}
    return [
        replace(
            step,
            mark="done" if step.done else "now" if index == first and running else "",
            url=step.url if opens(actor, step.url) else "",
        )
        for index, step in enumerate(steps)
    ]


class _Facts:
    """What is stored about a campaign's steps, read once in a handful of counts."""

    def __init__(self, campaign: Campaign) -> None:
        self.campaign, self.over = campaign, campaign.state in OVER
        self.states = application_states(campaign)
        del self.states[ApplicationState.DRAFT]
        self.scored = people_scored(campaign)
        self.told = released(campaign)
        self.exams = Counter(exam_states(campaign))
        self.checks = Counter(check_states(campaign))
        self.notices = notices_of(campaign)
        self.hired = hired_number(campaign)

    def page(self, name: str) -> str:
        return reverse(f"desk:{name}", args=[self.campaign.pk])

    def drawing_up(self) -> list[Step]:
        """Before the announcement: its draft, and the consent that it needs."""
        state, url = self.campaign.state, self.page("campaign")
        draft = state == CampaignState.DRAFT
        steps = [
            Step(
                "拟定公告",
                f"{self.campaign.drafted_by}拟定",
                not draft,
                OFFICERS,
                self.page("announcement") if draft else url,
            )
        ]
        if purposes_of(self.campaign.document):
            asked = {"draft": "还没有送办", "asked": "等待人社部门答复"}.get(state, "")
            steps.append(Step("人社部门同意", asked or "已同意", not asked, "人社部门", url))
        return steps

    def step(self, stage: Stage) -> Step:
        made = getattr(self, f"_{stage.kind}", None)
        step: Step = made(stage) if made else self._exam(stage)
        return replace(step, done=step.done or (self.over and stage.kind not in {"publicity", "hire"}))

    def _announcement(self, stage: Stage) -> Step:
        at = self.campaign.published_at
        said = f"{timezone.localdate(at)} 发布" if at else "还没有发布"
        return Step(step_label(stage), said, at is not None, LEADERS, self.page("campaign"), None if at else stage.date)

    def _registration(self, stage: Stage) -> Step:
        ends, done = self.campaign.registration_to, self.campaign.state in {CampaignState.CLOSED, *OVER}
        said = f"报名 {sum(self.states.values())} 人"
        return Step(
            step_label(stage), said, done, OFFICERS, self.page("applications"), ends and timezone.localdate(ends)
        )

    def _qualification_review(self, stage: Stage) -> Step:
        waiting, returned = self.states[ApplicationState.SUBMITTED], self.states[ApplicationState.RETURNED]
        said = f"合格 {self.states[ApplicationState.QUALIFIED]} 人，待审查 {waiting} 人"
        said += f"，待补充 {returned} 人" if returned else ""
        closed = self.campaign.state == CampaignState.CLOSED
        return Step(
            step_label(stage),
            said,
            closed and not waiting and not returned,
            OFFICERS,
            self.page("applications"),
            stage.date,
        )

    def _exam(self, stage: Stage) -> Step:
        entered = self.scored.get(stage.kind, 0)
        if stage.kind not in EXAMS:
            return Step(step_label(stage), "", False, OFFICERS, self.page("scores"), stage.date)
        done = stage.kind in self.told
        said = f"已公布 {entered} 人成绩" if done else f"已录入 {entered} 人成绩，未公布" if entered else "还没有成绩"
        url = self.page("results") if entered else self.page("sittings")
        return Step(step_label(stage), said, done, OFFICERS, url, None if done else stage.date)

    def _medical(self, stage: Stage) -> Step:
        sent, done = sum(self.exams.values()), sum(self.exams[state] for state in MEDICAL_DONE)
        said = f"安排 {sent} 人，有结论 {done} 人，合格 {self.exams[MedicalState.PASSED]} 人" if sent else "还没有安排"
        return Step(step_label(stage), said, bool(sent) and sent == done, OFFICERS, self.page("medical"), stage.date)

    def _background(self, stage: Stage) -> Step:
        named, cleared = sum(self.checks.values()), self.checks[CheckState.CLEARED]
        done = cleared + self.checks[CheckState.ADVERSE]
        said = f"考察 {named} 人，有结论 {done} 人，合格 {cleared} 人" if named else "还没有指定考察人"
        return Step(step_label(stage), said, bool(named) and named == done, HEAD, self.page("ranking"), stage.date)

    def _publicity(self, stage: Stage) -> Step:
        last = max((notice.ends for notice in self.notices), default=None)
        said = f"公示到 {last}（含当日）" if last else "还没有公示"
        return Step(step_label(stage), said, last is not None and last < today(), LEADERS, self.page("publicity"), last)

    def _hire(self, stage: Stage) -> Step:
        said = f"已聘用 {self.hired} 人"
        return Step(step_label(stage), said, self.campaign.state == CampaignState.FINISHED, LEADERS, self.page("hires"))
