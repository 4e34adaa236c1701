"""What the desk's pages from the exam room to the hire list cost: the same for three people as for thirty."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.recruitment.background.services import check_conclude
from fujing.recruitment.exams.models import Seat
from fujing.recruitment.exams.services import Hall, seats_assign, sitting_arrange, sitting_move
from fujing.recruitment.medical.models import MedicalExam
from fujing.recruitment.medical.services import exams_arrange, exams_pass
from fujing.recruitment.selection.entries import entry_save
from fujing.recruitment.selection.models import Objection, ScoreCheck
from fujing.recruitment.selection.publicity import objection_file, publicity_start
from fujing.recruitment.selection.results import score_check_ask, scores_release
from fujing.recruitment.selection.services import ranking_compute
from tests import factories
from tests.clients import client_of
from tests.factories import SANTAI
from tests.recruitment.applications import made
from tests.recruitment.ranked import Ranked, over, ranked

# Sign-in, roles, territory and the transaction itself are some six of them.
MOST = 22


def asked(course: Ranked, *paths: str) -> dict[str, int]:
    """How many queries each page of the head's desk takes; paths below the campaign unless they begin with a slash."""
    found, client = {}, client_of(course.head)
    for path in paths:
        address = path if path.startswith("/") else f"/desk/campaigns/{course.campaign.pk}/{path}"
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200, address
        # Inside the test's own transaction a rollback takes two statements instead of one.
        told = [query["sql"] for query in queries if not query["sql"].startswith("RELEASE")]
        found["".join(each for each in path if not each.isdigit())] = len(told)
    return found


def second(course: Ranked) -> Actor:
    """Another who enters scores."""
    with acting(factories.PROVINCIAL):
        return factories.officer(SANTAI, "hr_officer", name="另一经办")


def exam_room(course: Ranked) -> dict[str, int]:
    """Everybody sits, with invigilators; then two entries that differ for everybody, and a re-check by everybody."""
    head, starts = course.head, timezone.now()
    with acting(head):
        sitting = sitting_arrange(
            actor=head,
            campaign=course.campaign,
            stage="written",
            starts_at=starts,
            ends_at=starts + timedelta(hours=2),
            place="三台中学",
            rooms=[Hall(f"第{number}考场", 10) for number in range(1, 4)],
        )
        seats_assign(actor=head, sitting=sitting)
        sitting_move(actor=head, sitting=sitting, verb="release")
        seat = Seat.objects.filter(sitting=sitting).earliest("pk")
    cost = asked(
        course,
        "sittings/",
        f"/desk/sittings/{sitting.pk}/",
        f"/desk/sittings/{sitting.pk}/seats/{seat.pk}/",
        f"/desk/sittings/{sitting.pk}/door-list/",
    )
    for number, actor in enumerate((head, second(course))):
        rows = "".join(f"{each.pk},笔试,,{70 + number}\n" for each in course.applications.values())
        upload = SimpleUploadedFile("s.csv", f"报名序号,环节,科目,成绩\n{rows}".encode())
        with acting(actor):
            entry_save(actor=actor, campaign=course.campaign, stage="written", upload=upload)
    with acting(head):
        scores_release(actor=head, campaign=course.campaign, stage="written", check_until=today())
    for name, actor in course.actors.items():
        with acting(actor):
            score_check_ask(actor=actor, application=course.fresh(name), stage="written", text="请复核")
    return cost | asked(course, "scores/entries/", "scores/results/", "scores/", "scores/template/", "ranking/")


def hospital_to_hire_list(course: Ranked) -> dict[str, int]:
    """Everybody has a place: examined, checked, made public, and objected to."""
    head, applications = course.head, list(course.applications.values())
    with acting(head):
        ScoreCheck.objects.filter(state="open").update(
            state="confirmed", answer="无误", answered_by="另一经办", answered_at=timezone.now()
        )
        # The entries left the ranking as it was; the scores were not touched.
        ranking_compute(actor=head, campaign=course.campaign)
        exams_arrange(
            actor=head, campaign=course.campaign, applications=applications, hospital="县医院", exam_on=today()
        )
    exam = f"/desk/medical/{first_exam(course)}/"
    cost = asked(course, "medical/", exam)
    with acting(head):
        exams = list(MedicalExam.objects.filter(application__campaign=course.campaign))
        paper = SimpleUploadedFile("体检结论.pdf", b"%PDF-1.4 fit")
        exams_pass(actor=head, campaign=course.campaign, exams=exams, document=paper)
    for application in applications:
        check, _ = made.background(application)
        with acting(head):
            check_conclude(actor=head, check=check, adverse=False)
    cost |= asked(course, f"/desk/applications/{applications[0].pk}/background/")
    with acting(head):
        notice = publicity_start(actor=head, campaign=course.campaign)
    visitor = Actor(name="访客")
    for application in applications:
        with acting(visitor):
            objection_file(actor=visitor, notice=notice, about=application.pk, text="请核实")
    cost |= asked(course, "publicity/", "hires/")
    over(course, today() - timedelta(days=1))
    with acting(head):
        Objection.objects.update(state="dismissed", answer="已核实", answered_by="某人", answered_at=timezone.now())
    for name in list(course.applications)[1:10]:
        course.hire(name)
    return cost | asked(course, "publicity/", "hires/", f"/desk/applications/{applications[0].pk}/decline/")


def first_exam(course: Ranked) -> int:
    with acting(course.head):
        return MedicalExam.objects.filter(application__campaign=course.campaign).earliest("pk").pk


def campaign_of(size: int) -> Ranked:
    return ranked(size, [f"考{number}" for number in range(size)])


@pytest.mark.django_db
def test_pages_of_the_exam_cost_the_same_for_three_and_for_thirty() -> None:
    few, many = exam_room(campaign_of(3)), exam_room(campaign_of(30))
    assert many == few
    assert max(many.values()) <= MOST, many


@pytest.mark.django_db
def test_pages_from_the_hospital_to_the_hire_list_cost_the_same_for_three_and_for_thirty() -> None:
    few, many = hospital_to_hire_list(campaign_of(3)), hospital_to_hire_list(campaign_of(30))
    assert many == few
    assert max(many.values()) <= MOST, many
