"""One post ranked to the end: applicants with accounts of their own, scores, background checks, publicity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import connection

from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.recruitment.applications.models import Application
from fujing.recruitment.background.models import BackgroundCheck
from fujing.recruitment.background.services import check_conclude, check_tell
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.campaigns.services import campaign_draft, campaign_move, campaign_publish
from fujing.recruitment.hiring.lists import Listed, PostHires, hire_list
from fujing.recruitment.hiring.services import hire
from fujing.recruitment.selection.models import PublicityNotice
from fujing.recruitment.selection.publicity import publicity_start
from fujing.recruitment.selection.services import ranking_compute, scores_import
from fujing.registry.models import Engagement, Post
from tests import factories, world
from tests.factories import SANTAI
from tests.recruitment.applications import made

NAMES = ("安一", "安二", "安三", "安四")


@dataclass
class Ranked:
    """A campaign for `places` persons; the names stand in the order of their rank."""

    campaign: Campaign
    head: Actor
    places: int
    actors: dict[str, Actor] = field(default_factory=dict)
    applications: dict[str, Application] = field(default_factory=dict)

    def fresh(self, name: str) -> Application:
        """The application as it now is."""
        return Application.objects.get(pk=self.applications[name].pk)

    def post(self) -> PostHires:
        """The hire list of the only post."""
        with acting(self.head):
            (post,) = hire_list(Campaign.objects.get(pk=self.campaign.pk))
            return post

    def line(self, name: str) -> Listed:
        """Somebody's line of the list."""
        return next(each for each in self.post().listed if each.application.name == name)

    def hire(self, name: str) -> Engagement:
        """Hire somebody as the personnel head does."""
        with acting(self.head):
            unit = Post.objects.filter(organ_code=self.campaign.organ_code).latest("pk")
            return hire(actor=self.head, application=self.fresh(name), start_on=today(), unit=unit.unit, post=unit)


TOP = (95, 90)


def ranked(
    places: int = 1, names: Sequence[str] = NAMES, *, reserve: int | None = 12, top: tuple[int, int] = TOP
) -> Ranked:
    """Everybody qualified, scored and ranked; nobody's background is checked yet. `top`: the first one's two marks."""
    plan = factories.approved_plan(SANTAI, count=places + 1)
    head = made.head()
    document = made.announcement(SANTAI, places, today())
    if reserve is not None:
        document["reserve"] = {"months": reserve}
    with acting(factories.PROVINCIAL):
        station = factories.unit(SANTAI).code
        if not Post.objects.filter(unit=station, name="一线执勤").exists():
            factories.post(station, "一线执勤")
    with acting(head):
        campaign = campaign_publish(actor=head, campaign=campaign_draft(actor=head, document=document, plan=plan))
    course = Ranked(campaign, head, places)
    results = {}
    for number, name in enumerate(names):
        course.actors[name] = made.applicant(name=name)
        application, _ = made.application(campaign, "qualified", by=course.actors[name])
        course.applications[name] = application
        results[application.pk] = (("笔试", top[0] - number), ("体能测试", "合格"), ("面试", top[1] - number))
    with acting(head):
        campaign_move(actor=head, campaign=campaign, verb="close")
        campaign.refresh_from_db()
        scores_import(actor=head, campaign=campaign, upload=world.score_sheet(results))
        ranking_compute(actor=head, campaign=campaign)
    return course


def check(course: Ranked, name: str, *, fit: bool = True) -> BackgroundCheck:
    """Examined and fit; then a background check to its end: one who isn't fit was told and let the time pass."""
    world.pass_medical(course.head, course.applications[name])
    found, _ = made.background(course.applications[name], () if fit else ("20.3",))
    with acting(course.head):
        if not fit:
            found = check_tell(actor=course.head, check=found, answer_until=today() + timedelta(days=1))
            BackgroundCheck.objects.filter(pk=found.pk).update(answer_until=today() - timedelta(days=1))
            return check_conclude(actor=course.head, check=found, adverse=True, reasons="决定仍然有效")
        return check_conclude(actor=course.head, check=found, adverse=False)


def publicised(
    places: int = 1, names: Sequence[str] = NAMES, *, reserve: int | None = 12, top: tuple[int, int] = TOP
) -> Ranked:
    """The same with the first `places` checked, made public and the publicity over yesterday."""
    course = ranked(places, names, reserve=reserve, top=top)
    for name in names[:places]:
        check(course, name)
    with acting(course.head):
        publicity_start(actor=course.head, campaign=course.campaign)
        course.campaign = Campaign.objects.get(pk=course.campaign.pk)
    over(course, today() - timedelta(days=1))
    return course


def over(course: Ranked, on: date) -> None:
    """Every notice so far ended on that day."""
    with acting(course.head):
        PublicityNotice.objects.filter(campaign=course.campaign).update(starts=on - timedelta(days=6), ends=on)


def disconnected() -> None:
    """For threads: leave no connection behind."""
    connection.close()
