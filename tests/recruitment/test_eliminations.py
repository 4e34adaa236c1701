"""Who does not go on is told with the tickets of the next stage: at which stage, why, and only to themselves (21.p1)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.kernel.refusals import Refusal, speaking
from fujing.recruitment.applications.models import Application
from fujing.recruitment.exams.models import Elimination, Sitting
from fujing.recruitment.exams.services import Hall, seats_assign, sitting_arrange, sitting_move
from fujing.recruitment.selection.results import score_check_answer, score_check_ask, scores_release
from fujing.recruitment.selection.services import scores_import
from tests import world
from tests.clients import client_of
from tests.recruitment.test_exams import crowd

# The first two reach the interview; one place, ratio 2.
WRITTEN = ("88", "76", "70", "59", "缺考")


@pytest.fixture
def examined(db: None) -> world.County:
    """Five people after written exam and fitness; the interview takes two."""
    made = crowd(5)
    with acting(made.hr):
        document = made.campaign.document
        document["stages"] = [
            {**stage, "admit": {"ratio": 2}} if stage["kind"] == "interview" else stage for stage in document["stages"]
        ]
        made.campaign.save(update_fields=["document"])
        del made.campaign.announcement
        ids = Application.objects.filter(campaign=made.campaign).order_by("pk").values_list("pk", flat=True)
        rows = [f"{pk},笔试,,{score}" for pk, score in zip(ids, WRITTEN, strict=True)]
        rows += [f"{pk},体能测试,,合格" for pk in ids[:3]]
        upload = SimpleUploadedFile("scores.csv", "\n".join(["报名序号,环节,科目,成绩", *rows]).encode())
        scores_import(actor=made.hr, campaign=made.campaign, upload=upload)
        scores_release(actor=made.hr, campaign=made.campaign, stage="written", check_until=today())
    return made


def interview(made: world.County) -> Sitting:
    """The interview with its seats drawn, tickets not out yet."""
    starts = timezone.now() + timedelta(days=2)
    sitting = sitting_arrange(
        actor=made.hr,
        campaign=made.campaign,
        stage="interview",
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        place="县公安局",
        rooms=[Hall("第一考室", 5)],
    )
    assert seats_assign(actor=made.hr, sitting=sitting) == 2
    return sitting


def released(made: world.County) -> Sitting:
    with acting(made.hr):
        return sitting_move(actor=made.hr, sitting=interview(made), verb="release")


def reading(application: Application) -> str:
    """The own page of whoever applied."""
    client = client_of(Actor(name=application.name, account_id=application.account_id))
    return client.get(reverse("public:application", args=[application.pk])).content.decode()


def test_everybody_who_does_not_go_on_is_told_where_and_why(examined: world.County) -> None:
    released(examined)
    with acting(examined.hr):
        told = {
            each.application.pk: (each.stage, each.why) for each in Elimination.objects.select_related("application")
        }
        people = list(Application.objects.filter(campaign=examined.campaign).order_by("pk"))
    assert [told.get(each.pk) for each in people] == [
        None,
        None,
        ("interview", "笔试70.00，未进入面试（取2名，末位76.00）"),
        ("written", "笔试59.00，低于合格线60"),
        ("written", "笔试缺考"),
    ]
    assert "您没有进入面试：笔试70.00，未进入面试（取2名，末位76.00）" in reading(people[2])
    assert "您没有进入面试：笔试缺考" in reading(people[4])
    for admitted in people[:2]:
        assert "您没有进入" not in reading(admitted)


def test_nobody_reads_it_before_the_tickets_are_out_and_nobody_elses_ever(examined: world.County) -> None:
    with acting(examined.hr):
        sitting = interview(examined)
        assert not Elimination.objects.exists()
        sitting_move(actor=examined.hr, sitting=sitting, verb="release")
        out = Elimination.objects.select_related("application").order_by("pk")[0].application
    for account, seen in ((out.account_id, 1), (examined.applicant.account_id, 0)):
        with acting(Actor(name="报名人", account_id=account, roles=frozenset({"applicant"}))):
            assert Elimination.objects.count() == seen


def test_what_was_told_is_neither_changed_nor_told_twice(examined: world.County) -> None:
    released(examined)
    with acting(examined.hr):
        told = Elimination.objects.order_by("pk")[0]
        for change in ({"why": "另有安排"}, {"stage": "fitness"}):
            with pytest.raises(Refusal), transaction.atomic(), speaking():
                Elimination.objects.filter(pk=told.pk).update(**change)
        with pytest.raises(Refusal), transaction.atomic(), speaking():
            Elimination.objects.create(
                organ_code=told.organ_code,
                sitting=told.sitting,
                application=told.application,
                account_id=told.account_id,
                stage="written",
                why="再告知一次",
            )


def test_no_ticket_goes_out_while_a_re_check_is_not_answered(examined: world.County) -> None:
    with acting(examined.applicant):
        asked = score_check_ask(
            actor=examined.applicant, application=examined.application, stage="written", text="请复核作文"
        )
    with acting(examined.hr):
        sitting = interview(examined)
        with pytest.raises(Refusal, match="还有 1 份成绩复核没有答复"):
            sitting_move(actor=examined.hr, sitting=sitting, verb="release")
    with acting(examined.head):
        score_check_answer(actor=examined.head, check=asked, verb="confirm", answer="与答题卡一致")
    with acting(examined.hr):
        assert sitting_move(actor=examined.hr, sitting=sitting, verb="release").state == "released"
