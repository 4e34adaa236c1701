"""What waits in recruitment for one officer: every count is that of the list behind its link, with the day it is due."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.recruitment.applications.background import GROUNDS
from fujing.recruitment.applications.models import Application, BackgroundCheck
from fujing.recruitment.applications.states import CHECKERS, REVIEWERS, ApplicationState, CheckState
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.campaigns.states import HEADS, CampaignState
from fujing.recruitment.hiring.lists import hire_list
from fujing.recruitment.medical.models import MedicalExam
from fujing.recruitment.medical.states import RECORDERS, MedicalState
from fujing.recruitment.selection.models import Objection, ScoreCheck
from fujing.recruitment.selection.queries import notices_of
from fujing.recruitment.selection.states import OBJECTION, SCORERS, ObjectionState, ScoreCheckState

MOST = 20
"""Single matters of one kind that are named; the campaign's page leads to the rest."""
RUNNING = [CampaignState.PUBLISHED, CampaignState.CLOSED, CampaignState.PUBLICITY]
ANSWERERS = OBJECTION.from_state(ObjectionState.OPEN)[0].roles


@dataclass(frozen=True, slots=True)
class Todo:
    """One line: how many, what, where, and by when; `since` orders what has no deadline by how long it waits."""

    count: int
    label: str
    url: str
    note: str = ""
    due: date | None = None
    since: date | None = None
    campaign: int | None = None

    @property
    def late(self) -> int:
        """Days past the deadline, 0 before and on it."""
        return max(0, (today() - self.due).days) if self.due else 0

    @property
    def order(self) -> tuple[date, str]:
        """Oldest deadline first; what only waits counts from the day it began."""
        return (self.due or self.since or date.max, self.label)


def recruitment_todos(actor: Actor) -> Iterator[Todo]:
    """Of the actor's own bureau, running campaigns and those about to be published."""
    campaigns = {
        row.pk: row
        for row in Campaign.objects.filter(
            organ_code=actor.organ_code or 0, state__in=[*RUNNING, CampaignState.AGREED]
        ).order_by("id")
    }
    if actor.has(*HEADS):
        yield from _to_publish(campaigns.values())
    running = {pk: row for pk, row in campaigns.items() if row.state != CampaignState.AGREED}
    if not running:
        return
    if actor.has(*REVIEWERS):
        yield from _registration(running)
    if actor.has(*SCORERS):
        yield from _score_checks(running)
    yield from _findings_to_give(actor, running)
    if actor.has("hr_head"):
        yield from _checks_to_decide(running)
    if actor.has(*RECORDERS):
        yield from _medical(running)
    if actor.has(*ANSWERERS):
        yield from _objections(running)
    if actor.has(*HEADS):
        yield from _to_hire(running)


def _to_publish(campaigns: Iterable[Campaign]) -> Iterator[Todo]:
    for row in campaigns:
        if row.state == CampaignState.AGREED:
            opens = row.registration_from and timezone.localdate(row.registration_from)
            url = reverse("desk:campaign", args=[row.pk])
            yield Todo(1, f"{row.title}：人社部门已同意，待发布", url, "第二十一条第一款", opens, campaign=row.pk)


def _registration(running: dict[int, Campaign]) -> Iterator[Todo]:
    """Reviews, those that were to complete something by a day that is over, and registrations to close."""
    waiting = (
        Application.objects.filter(campaign__in=running, state=ApplicationState.SUBMITTED)
        .order_by()
        .values_list("campaign")
        .annotate(Count("id"), Min("submitted_at"))
    )
    for pk, count, first in waiting:
        url = f"{reverse('desk:applications', args=[pk])}?state=submitted"
        since = timezone.localdate(first)
        yield Todo(
            count, f"{running[pk].title}：待资格审查", url, f"最早 {since} 提交，第二十一条", since=since, campaign=pk
        )
    late = Application.objects.filter(
        campaign__in=running, state=ApplicationState.RETURNED, complete_until__lt=today()
    ).order_by("complete_until", "id")
    for row in late[:MOST]:
        url = reverse("desk:application", args=[row.pk])
        yield Todo(
            1,
            f"逾期未补充，待作结论：{row.name}",
            url,
            "第二十一条第一款",
            row.complete_until,
            campaign=row.campaign_id,
        )
    for pk, campaign in running.items():
        ends = campaign.registration_to
        if campaign.state == CampaignState.PUBLISHED and ends is not None and ends < timezone.now():
            url = reverse("desk:campaign", args=[pk])
            yield Todo(
                1,
                f"{campaign.title}：报名时间已过，待截止报名",
                url,
                "第二十一条第一款",
                timezone.localdate(ends),
                campaign=pk,
            )


def _score_checks(running: dict[int, Campaign]) -> Iterator[Todo]:
    asked = (
        ScoreCheck.objects.filter(application__campaign__in=running, state=ScoreCheckState.OPEN)
        .order_by()
        .values_list("application__campaign")
        .annotate(Count("id"), Min("asked_at"))
    )
    for pk, count, first in asked:
        since = timezone.localdate(first)
        url = reverse("desk:results", args=[pk])
        yield Todo(
            count,
            f"{running[pk].title}：成绩复核待答复",
            url,
            f"最早 {since} 申请，第二十一条",
            since=since,
            campaign=pk,
        )


def _open_checks(running: dict[int, Campaign]) -> list[BackgroundCheck]:
    rows = BackgroundCheck.objects.filter(application__campaign__in=running)
    rows = rows.exclude(state__in=[CheckState.CLEARED, CheckState.ADVERSE]).exclude(
        application__state=ApplicationState.WITHDRAWN
    )
    return list(rows.select_related("application").order_by("id"))


def _check_todo(check: BackgroundCheck, label: str, due: date | None = None) -> Todo:
    url = reverse("desk:background", args=[check.application_id])
    return Todo(1, f"{label}：{check.application.name}", url, "第二十条", due, campaign=check.application.campaign_id)


def _findings_to_give(actor: Actor, running: dict[int, Campaign]) -> Iterator[Todo]:
    """Checks that the actor was named for and has not given all findings of."""
    if not actor.has(*CHECKERS):
        return
    account = actor.account_id or 0
    mine = Q(first_checker=account) | Q(second_checker=account)
    given = Count("findings", filter=Q(findings__checker=account))
    rows = BackgroundCheck.objects.filter(mine, application__campaign__in=running, state=CheckState.OPEN)
    rows = rows.exclude(application__state=ApplicationState.WITHDRAWN).annotate(given=given)
    for check in rows.filter(given__lt=len(GROUNDS)).select_related("application").order_by("id")[:MOST]:
        yield _check_todo(check, "考察结论待填写")


def _checks_to_decide(running: dict[int, Campaign]) -> Iterator[Todo]:
    """Who withdrew is to be replaced, what both found is to be decided or told, who was heard is to be decided on."""
    checks = _open_checks(running)
    given: Counter[tuple[int, int]] = Counter()
    counted = BackgroundCheck.objects.filter(pk__in=[check.pk for check in checks if check.state == CheckState.OPEN])
    for pk, checker, number in counted.values_list("pk", "findings__checker").annotate(Count("findings")):
        given[pk, checker] = number
    named = 0
    for check in checks:
        label, due = "", None
        if check.first_checker is None or check.second_checker is None:
            label = "考察人回避，待指定接替"
        elif check.state == CheckState.ANSWERED:
            label = "本人已陈述，待作考察结论"
        elif check.state == CheckState.TOLD and check.answer_until and check.answer_until < today():
            label, due = "陈述期已满，待作考察结论", check.answer_until
        elif check.state == CheckState.OPEN and all(
            given[check.pk, who] >= len(GROUNDS) for who in (check.first_checker, check.second_checker)
        ):
            label = "两人已填齐，待作考察结论"
        if label and named < MOST:
            named += 1
            yield _check_todo(check, label, due)


MEDICAL_STEPS = {MedicalState.FOUND: "体检不合格，待告知本人", MedicalState.REQUESTED: "本人申请复检，待安排、录入结论"}


def _medical(running: dict[int, Campaign]) -> Iterator[Todo]:
    rows = MedicalExam.objects.filter(application__campaign__in=running).select_related("application")
    past = Q(state__in=[MedicalState.ARRANGED, MedicalState.RECHECK], exam_on__lte=today())
    held = rows.filter(past).order_by().values_list("application__campaign")
    for pk, count, first in held.annotate(Count("id"), Min("exam_on")):
        url = reverse("desk:medical", args=[pk])
        yield Todo(
            count, f"{running[pk].title}：体检结论待录入", url, f"{first} 体检，第十八条", since=first, campaign=pk
        )
    single = rows.filter(
        Q(state__in=list(MEDICAL_STEPS)) | Q(state=MedicalState.TOLD, reexam_until__lt=today())
    ).order_by("exam_on", "id")
    for exam in single[:MOST]:
        label = MEDICAL_STEPS.get(MedicalState(exam.state), "申请复检的期限已过，待作结论")
        due = exam.reexam_until if exam.state == MedicalState.TOLD else None
        url = reverse("desk:exam", args=[exam.pk])
        yield Todo(
            1,
            f"{label}：{exam.application.name}",
            url,
            "第十八条第（五）项",
            due,
            since=exam.exam_on,
            campaign=exam.application.campaign_id,
        )


def _objections(running: dict[int, Campaign]) -> Iterator[Todo]:
    rows = Objection.objects.filter(notice__campaign__in=running, state=ObjectionState.OPEN).order_by()
    for pk, count, ends in rows.values_list("notice__campaign").annotate(Count("id"), Min("notice__ends")):
        url = reverse("desk:publicity", args=[pk])
        yield Todo(count, f"{running[pk].title}：公示异议待核查", url, "第二十一条第一款", since=ends, campaign=pk)


def _to_hire(running: dict[int, Campaign]) -> Iterator[Todo]:
    """Publicity that is over: whom to hire now, whom to make public in somebody's place, and what to end."""
    for pk, campaign in running.items():
        if campaign.state != CampaignState.PUBLICITY:
            continue
        ends = max((notice.ends for notice in notices_of(campaign)), default=None)
        listed = [each for post in hire_list(campaign) for each in post.listed if each.place.status == "hire"]
        ready = sum(each.notice is not None and not each.hired and not each.waits for each in listed)
        unseen = sum(each.to_publicise for each in listed)
        url = reverse("desk:hires", args=[pk])
        if ready:
            yield Todo(
                ready, f"{campaign.title}：公示期满，待聘用", url, "第二十一条、第二十二条", since=ends, campaign=pk
            )
        if unseen:
            yield Todo(unseen, f"{campaign.title}：递补人员待公示", url, "第二十一条第一款", since=ends, campaign=pk)
        if ends is not None and ends < today() and all(each.hired for each in listed):
            url = reverse("desk:campaign", args=[pk])
            yield Todo(1, f"{campaign.title}：聘用已办完，待结束", url, "第二十一条第一款", since=ends, campaign=pk)
