"""Two people at one recruitment at the same moment: nothing is lost, doubled or told of a past state (21.p1)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.kernel.refusals import Refusal
from fujing.recruitment.applications.services import application_withdraw
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.exams.models import Elimination, Seat, Sitting
from fujing.recruitment.exams.services import Hall, seats_assign, sitting_arrange, sitting_move
from fujing.recruitment.selection.models import Candidate, PublicityNotice, Ranking, StageScore
from fujing.recruitment.selection.publicity import publicity_start
from fujing.recruitment.selection.queries import latest_ranking, scores_changed_since
from fujing.recruitment.selection.services import ranking_compute, scores_import
from tests.races.overlap import Act, overlapping
from tests.recruitment.ranked import Ranked, check, ranked


@pytest.fixture
def course(committed: None) -> Ranked:
    return ranked(names=("安一", "安二", "安三"))


def sitting(course: Ranked, stage: str) -> Sitting:
    start = timezone.make_aware(datetime.combine(today() + timedelta(days=5), time(9)))
    with acting(course.head) as head:
        return sitting_arrange(
            actor=head,
            campaign=course.campaign,
            stage=stage,
            starts_at=start,
            ends_at=start + timedelta(hours=2),
            place="考点",
            rooms=[Hall("第一考场", 30)],
        )


def by_head(course: Ranked, act: Callable[[], object]) -> Act:
    return course.head, act


def importing(course: Ranked, name: str, score: int) -> Act:
    def act() -> object:
        sheet = f"报名序号,环节,科目,成绩\n{course.applications[name].pk},笔试,,{score}\n"
        upload = SimpleUploadedFile("scores.csv", sheet.encode())
        return scores_import(actor=course.head, campaign=course.campaign, upload=upload, reason="登分有误")

    return course.head, act


def ranking(course: Ranked) -> Act:
    return course.head, lambda: ranking_compute(actor=course.head, campaign=course.campaign)


def withdrawing(course: Ranked, name: str) -> Act:
    actor = course.actors[name]
    return actor, lambda: application_withdraw(actor=actor, application=course.applications[name])


def seated(found: Sitting) -> set[str]:
    return set(Seat.objects.filter(sitting=found).values_list("application__name", flat=True))


@pytest.mark.parametrize("withdrawal_first", [True, False])
def test_whoever_withdraws_while_seats_are_drawn_has_none_once_tickets_are_out(
    course: Ranked, *, withdrawal_first: bool
) -> None:
    found = sitting(course, "written")
    acts = [withdrawing(course, "安二"), by_head(course, lambda: seats_assign(actor=course.head, sitting=found))]
    results = overlapping(*(acts if withdrawal_first else acts[::-1]))
    assert not any(isinstance(each, Refusal) for each in results)
    with acting(course.head) as head:
        if "安二" in seated(found):
            with pytest.raises(Refusal, match="1 处不一致，不能发放准考证"):
                sitting_move(actor=head, sitting=found, verb="release")
            seats_assign(actor=head, sitting=found)
        assert sitting_move(actor=head, sitting=found, verb="release").state == "released"
        assert seated(found) == {"安一", "安三"}


def test_tickets_released_twice_at_once_tell_who_is_out_once(course: Ranked) -> None:
    actor, low = importing(course, "安三", 50)
    with acting(actor):
        low()
    found = sitting(course, "fitness")
    with acting(course.head) as head:
        seats_assign(actor=head, sitting=found)
    release = by_head(course, lambda: sitting_move(actor=course.head, sitting=found, verb="release"))
    first, second = overlapping(release, release)
    assert isinstance(first, Sitting)
    assert isinstance(second, Refusal)
    with acting(course.head):
        assert Sitting.objects.get(pk=found.pk).state == "released"
        assert [each.application.name for each in Elimination.objects.all()] == ["安三"]


def test_of_two_imports_of_one_sheet_the_second_finds_everything_there(course: Ranked) -> None:
    with acting(course.head):
        number = StageScore.objects.count()
        StageScore.objects.filter(application=course.applications["安一"], stage="written").delete()
    sheet = importing(course, "安一", 88)
    first, second = overlapping(sheet, sheet)
    assert first == {"added": 1, "changed": 0, "same": 0}
    assert second == {"added": 0, "changed": 0, "same": 1}
    with acting(course.head):
        assert StageScore.objects.count() == number


@pytest.mark.parametrize("import_first", [True, False])
def test_a_ranking_made_while_scores_come_in_holds_them_or_is_outdated(course: Ranked, *, import_first: bool) -> None:
    with acting(course.head):
        # So that the ranking of the race is a new one in either order.
        importing(course, "安三", 91)[1]()
    acts = [importing(course, "安二", 96), ranking(course)]
    results = overlapping(*(acts if import_first else acts[::-1]))
    assert not any(isinstance(each, Refusal) for each in results)
    with acting(course.head):
        made = latest_ranking(course.campaign)
        assert made is not None
        total = Candidate.objects.get(ranking=made, application=course.applications["安二"]).total
        held = total == (96 + 89) / 2
        assert held == import_first
        assert scores_changed_since(made) == (not held)


def test_two_rankings_at_once_are_one(course: Ranked) -> None:
    with acting(course.head):
        importing(course, "安三", 91)[1]()
        before = Ranking.objects.count()
    first, second = overlapping(ranking(course), ranking(course))
    assert first == second
    with acting(course.head):
        assert Ranking.objects.count() == before + 1


def test_a_publicity_started_twice_at_once_is_one(course: Ranked) -> None:
    check(course, "安一")
    start = by_head(course, lambda: publicity_start(actor=course.head, campaign=course.campaign))
    first, second = overlapping(start, start)
    assert isinstance(first, PublicityNotice)
    assert isinstance(second, Refusal)
    with acting(course.head):
        assert PublicityNotice.objects.count() == 1
        assert Campaign.objects.get(pk=course.campaign.pk).state == "publicity"
