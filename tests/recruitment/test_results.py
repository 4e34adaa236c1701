"""成绩公布和复核: everybody reads their own results once released, and may have them checked against the paper (21.p1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.kernel.models import Decision
from fujing.kernel.refusals import NotAllowed, Refusal, speaking
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.selection.models import ScoreCheck, ScoreRelease, StageScore
from fujing.recruitment.selection.publicity import publicity_start
from fujing.recruitment.selection.results import own_results, score_check_answer, score_check_ask, scores_release
from fujing.recruitment.selection.services import ranking_compute, scores_import
from tests.clients import client_of
from tests.factories import MIANYANG, territorial
from tests.recruitment.ranked import Ranked, check, ranked

OTHER = 4711
"""The account of somebody else, whose name is the same."""


@pytest.fixture
def course(db: None) -> Ranked:
    return ranked(names=("安一", "安二"))


def told(course: Ranked, stage: str = "written") -> ScoreRelease:
    with acting(course.head) as head:
        return scores_release(
            actor=head, campaign=course.campaign, stage=stage, check_until=today() + timedelta(days=3)
        )


def asked(course: Ranked, name: str = "安一") -> ScoreCheck:
    with acting(course.actors[name]) as actor:
        return score_check_ask(actor=actor, application=course.fresh(name), stage="written", text="作文请复核")


def corrected(course: Ranked, name: str, score: int) -> None:
    sheet = f"报名序号,环节,科目,成绩\n{course.applications[name].pk},笔试,,{score}\n"
    with acting(course.head) as head:
        upload = SimpleUploadedFile("scores.csv", sheet.encode())
        scores_import(actor=head, campaign=course.campaign, upload=upload, reason="复核更正")


def test_an_applicant_reads_only_their_own_scores_and_only_released_stages(course: Ranked) -> None:
    with acting(course.actors["安一"]) as actor:
        assert not StageScore.objects.exists()
        assert own_results(actor, course.fresh("安一")) == []
    told(course)
    with acting(course.actors["安一"]) as actor:
        assert set(StageScore.objects.values_list("application_id", "stage")) == {
            (course.applications["安一"].pk, "written")
        }
        (result,) = own_results(actor, course.fresh("安一"))
        assert (result.label, result.scores, result.may_ask) == ("笔试", [("", "95")], True)
        assert own_results(actor, course.applications["安二"]) == []


@pytest.mark.parametrize(
    ("stage", "days", "says"),
    [("skills", 3, "还没有成绩"), ("medical", 3, "还没有成绩"), ("written", -1, "不能早于今天")],
)
def test_a_release_is_refused_without_scores_or_with_a_day_that_is_over(
    course: Ranked, stage: str, days: int, says: str
) -> None:
    with acting(course.head) as head, pytest.raises(Refusal, match=says):
        scores_release(actor=head, campaign=course.campaign, stage=stage, check_until=today() + timedelta(days=days))


def test_only_the_recruiting_organ_releases_and_only_once(course: Ranked) -> None:
    with acting(territorial(MIANYANG, "hr_head")) as city, pytest.raises(NotAllowed):
        scores_release(actor=city, campaign=course.campaign, stage="written", check_until=today())
    told(course)
    with pytest.raises(ValidationError, match="已经公布"):
        told(course)


def test_a_result_that_is_right_is_confirmed_by_somebody_who_did_not_enter_it(course: Ranked) -> None:
    told(course)
    request = asked(course)
    with acting(course.head) as head, pytest.raises(NotAllowed, match="应由他人复核"):
        score_check_answer(actor=head, check=request, verb="confirm", answer="无误")
    with acting(replace(course.head, account_id=OTHER)) as other:
        with pytest.raises(Refusal) as refused:
            score_check_answer(actor=other, check=request, verb="confirm", answer=" ")
        assert set(refused.value.errors) == {"answer"}
        with pytest.raises(Refusal, match="没有更正过"):
            score_check_answer(actor=other, check=request, verb="correct", answer="已更正")
        assert score_check_answer(actor=other, check=request, verb="confirm", answer="无误").state == "confirmed"
        assert Decision.objects.get(kind="成绩复核").account_id == request.account_id
    with acting(course.actors["安一"]) as actor:
        (result,) = own_results(actor, course.fresh("安一"))
        assert result.check is not None
        assert (result.check.answer, result.may_ask) == ("无误", False)


def test_the_database_knows_who_entered_by_account(course: Ranked) -> None:
    told(course)
    request = ScoreCheck.objects.filter(pk=asked(course).pk)
    right = {"state": "confirmed", "answer": "无误", "answered_by": course.head.name, "answered_at": timezone.now()}
    with acting(course.head), pytest.raises(Refusal, match="应由他人复核"), speaking(), transaction.atomic():
        request.update(**right)
    with acting(replace(course.head, account_id=OTHER)):
        with pytest.raises(Refusal, match="办理账号只能是当前登录的账号"), speaking(), transaction.atomic():
            request.update(**right, answered_by_id=course.head.account_id)
        assert request.update(**right) == 1
        assert request.get().answered_by_id == OTHER


def test_a_result_that_was_wrong_is_corrected_first_and_the_ranking_made_anew(course: Ranked) -> None:
    told(course)
    request = asked(course, "安二")
    corrected(course, "安二", 99)
    with acting(course.head) as head:
        with pytest.raises(Refusal, match="已经更正，不能答复为无误"):
            score_check_answer(actor=head, check=request, verb="confirm", answer="无误")
        score_check_answer(actor=head, check=request, verb="correct", answer="漏加 5 分")
        ranking = ranking_compute(actor=head, campaign=course.campaign)
        first = ranking.candidates.get(rank=1)
        assert first.application_id == course.applications["安二"].pk


def test_nobody_is_made_public_while_a_re_check_is_not_answered(course: Ranked) -> None:
    told(course)
    request = asked(course, "安二")
    check(course, "安一")
    with acting(course.head) as head:
        with pytest.raises(Refusal, match="1 份成绩复核没有答复"), transaction.atomic():
            publicity_start(actor=head, campaign=course.campaign)
        ranking = ranking_compute(actor=head, campaign=course.campaign)
        with pytest.raises(Refusal, match="还有成绩复核没有答复"), speaking(), transaction.atomic():
            course.campaign.notices.create(
                organ_code=course.campaign.organ_code, ranking=ranking, starts=today(), ends=today(), names=[]
            )
    with acting(replace(course.head, account_id=OTHER)) as other:
        score_check_answer(actor=other, check=request, verb="confirm", answer="无误")
    with acting(course.head) as head:
        publicity_start(actor=head, campaign=course.campaign)


def test_a_re_check_is_asked_once_and_in_time_and_only_by_oneself(course: Ranked) -> None:
    with pytest.raises(Refusal, match="现在不能申请"):
        asked(course)
    told(course)
    with acting(course.head):
        application = course.fresh("安一")
    with acting(course.actors["安二"]) as other, pytest.raises(NotAllowed):
        score_check_ask(actor=other, application=application, stage="written", text="请复核")
    with acting(course.actors["安一"]) as actor, pytest.raises(Refusal) as refused:
        score_check_ask(actor=actor, application=application, stage="written", text=" ")
    assert set(refused.value.errors) == {"text"}
    asked(course)
    with pytest.raises(Refusal, match="现在不能申请"):
        asked(course)


def test_the_database_refuses_a_late_request_and_an_answer_without_its_author(course: Ranked) -> None:
    told(course)
    application = course.applications["安一"]
    late = {
        "organ_code": application.organ_code,
        "application": application,
        "account_id": application.account_id,
        "text": "晚",
    }
    refused = pytest.raises(Refusal, match="不在申请成绩复核的时间内")
    with acting(course.head), refused, speaking(), transaction.atomic():
        ScoreCheck.objects.create(stage="interview", **late)
    request = asked(course)
    refused = pytest.raises(Refusal, match="不在申请成绩复核的时间内")
    with acting(course.head), refused, speaking(), transaction.atomic():
        Campaign.objects.filter(pk=course.campaign.pk).update(state="publicity")
        ScoreCheck.objects.create(stage="written", **late)
    unanswered = pytest.raises(Refusal, match="答复、复核人和时间")
    with acting(course.head), unanswered, speaking(), transaction.atomic():
        ScoreCheck.objects.filter(pk=request.pk).update(state="confirmed")


def test_the_pages_go_from_the_release_to_the_answer(course: Ranked) -> None:
    desk, mine = client_of(course.head), client_of(course.actors["安一"])
    page = f"/desk/campaigns/{course.campaign.pk}/scores/results/"
    own = f"/mine/{course.applications['安一'].pk}/"
    assert "笔试成绩" not in mine.get(own).content.decode()
    assert desk.post(page, {"act": "release", "of": "written", "check_until": ""}).status_code == 422
    assert desk.post(page, {"act": "release", "of": "nothing"}).status_code == 404
    desk.post(page, {"act": "release", "of": "written", "check_until": f"{today()}"})
    html = mine.get(own).content.decode()
    assert "笔试成绩" in html
    assert "<b>95</b>" in html
    assert mine.post(own, {"act": "check-written", "text": ""}).status_code == 422
    mine.post(own, {"act": "check-written", "text": "作文请复核"})
    html = desk.get(page).content.decode()
    assert "1 份待复核" in html
    assert "作文请复核" in html
    corrected(course, "安一", 96)
    with acting(course.head):
        pk = ScoreCheck.objects.get().pk
    assert "作文请复核" in desk.post(page, {"of": pk, "verb": "correct"}).content.decode()
    desk.post(page, {"of": pk, "verb": "correct", "confirmed": "1", "answer": "漏加 1 分"})
    html = mine.get(own).content.decode()
    assert "<b>96</b>" in html
    assert "漏加 1 分" in html


def test_a_result_shows_the_stage_s_pass_line_and_how_many_entered_once_released(course: Ranked) -> None:
    with acting(course.actors["安一"]) as actor:
        assert own_results(actor, course.fresh("安一")) == []
    told(course)
    with acting(course.actors["安一"]) as actor:
        (result,) = own_results(actor, course.fresh("安一"))
        # Counting the others shows none of them.
        assert StageScore.objects.values("application").distinct().count() == 1
    announced = next(stage for stage in course.campaign.announcement.stages or () if stage.kind == "written")
    assert f"{dict(result.measures)['合格线']}" == f"{announced.pass_line}"
    assert result.entered == 2
    page = client_of(course.actors["安一"]).get(f"/mine/{course.applications['安一'].pk}/").content.decode()
    assert "合格线" in page
    assert "本岗位 2 人" in page
