"""双人录入: two people enter apart; only what both entered alike becomes a result (21.p1)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction

from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.kernel.refusals import NotAllowed, Refusal, speaking
from fujing.recruitment.selection.entries import differences, entries_of, entry_drop, entry_save
from fujing.recruitment.selection.models import ScoreEntry, StageScore
from fujing.recruitment.selection.results import score_check_answer, score_check_ask, scores_release
from tests import factories, world
from tests.clients import client_of
from tests.factories import MIANYANG, SANTAI, territorial

HEADER = "报名序号,环节,科目,成绩\n"

OTHER = 4711
"""The account of somebody else, whose name is the same."""


def closed() -> world.County:
    """A county whose only applicant waits for scores."""
    made = world.county(SANTAI, "三台某", 101)
    world.walk(made, until="closed")
    return made


@pytest.fixture
def county(db: None) -> world.County:
    return closed()


def sheet(county: world.County, score: object, stage: str = "笔试") -> SimpleUploadedFile:
    return SimpleUploadedFile("成绩.csv", f"{HEADER}{county.application.pk},{stage},,{score}\n".encode())


def enter(county: world.County, actor: Actor, score: object, reason: str = "") -> ScoreEntry:
    with acting(actor):
        return entry_save(
            actor=actor, campaign=county.campaign, stage="written", upload=sheet(county, score), reason=reason
        )


def stored(county: world.County) -> list[tuple[str, str]]:
    with acting(county.head):
        return list(StageScore.objects.values_list("score", "entered_by"))


def test_one_entry_alone_is_no_result(county: world.County) -> None:
    assert enter(county, county.hr, 88).state == "waiting"
    assert stored(county) == []
    with acting(county.head):
        assert differences(county.campaign, entries_of(county.campaign, "written")) == []


def test_two_that_agree_are_written_with_both_names(county: world.County) -> None:
    enter(county, county.hr, 88)
    assert enter(county, county.head, "88.0").state == "matched"
    assert stored(county) == [("88", f"{county.hr.name}、{county.head.name}")]
    with acting(county.head):
        assert entries_of(county.campaign, "written") == []


def test_two_that_differ_are_shown_side_by_side_until_one_is_corrected(county: world.County) -> None:
    enter(county, county.hr, 88)
    enter(county, county.head, 86)
    assert stored(county) == []
    with acting(county.head):
        (found,) = differences(county.campaign, entries_of(county.campaign, "written"))
    assert (found.application, found.first, found.second) == (county.application.pk, "88", "86")
    assert enter(county, county.hr, 86).state == "matched"
    assert [score for score, _ in stored(county)] == ["86"]


def test_the_same_person_never_confirms_themselves(county: world.County) -> None:
    enter(county, county.hr, 88)
    assert enter(county, county.hr, 88).state == "waiting"
    assert stored(county) == []
    with acting(county.hr):
        (entry,) = ScoreEntry.objects.all()
        entry.pk, entry.place = None, 2
        with pytest.raises(Refusal, match="由不同的人"), speaking(), transaction.atomic():
            entry.save(force_insert=True)


def test_a_third_entry_waits_until_one_is_taken_back(county: world.County) -> None:
    first = enter(county, county.hr, 88)
    enter(county, county.head, 86)
    with acting(factories.PROVINCIAL):
        third = replace(county.hr, account_id=factories.account(SANTAI, "hr_officer").pk, name="第三人")
    with pytest.raises(Refusal, match="已经有两人录入"):
        enter(county, third, 88)
    with acting(county.head) as head, pytest.raises(NotAllowed, match="自己的录入"):
        entry_drop(actor=head, entry=first)
    with acting(county.hr) as hr:
        assert entry_drop(actor=hr, entry=first).state == "dropped"
    assert enter(county, third, 86).state == "matched"


def test_a_result_that_is_there_is_changed_only_with_a_reason(county: world.County) -> None:
    enter(county, county.hr, 88)
    enter(county, county.head, 88)
    enter(county, county.hr, 90)
    with pytest.raises(Refusal, match="与已录入的不同"), transaction.atomic():
        enter(county, county.head, 90)
    assert [score for score, _ in stored(county)] == ["88"]
    assert enter(county, county.head, 90, "登分有误").state == "matched"
    assert [score for score, _ in stored(county)] == ["90"]


def test_faults_another_stage_and_another_organ_are_refused(county: world.County) -> None:
    with pytest.raises(Refusal, match="未写入任何成绩"):
        enter(county, county.hr, 188)
    with acting(county.hr) as hr, pytest.raises(Refusal, match="应当只有笔试的成绩"):
        entry_save(actor=hr, campaign=county.campaign, stage="written", upload=sheet(county, 88, "面试"))
    with acting(territorial(MIANYANG, "hr_head")) as city, pytest.raises(NotAllowed):
        entry_save(actor=city, campaign=county.campaign, stage="written", upload=sheet(county, 88))


def test_both_at_once_leave_one_result_or_two_entries_side_by_side(committed: None) -> None:
    county = closed()

    def go(actor: Actor) -> str:
        try:
            return enter(county, actor, 88).state
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        states = sorted(threads.map(go, (county.hr, county.head)))
    assert states == ["matched", "waiting"]
    assert [score for score, _ in stored(county)] == ["88"]


def test_the_page_hides_the_first_entry_and_shows_the_differences(county: world.County) -> None:
    hr, head = client_of(county.hr), client_of(county.head)
    url = f"/desk/campaigns/{county.campaign.pk}/scores/entries/"
    assert hr.post(url, {"act": "save", "of": "written"}).status_code == 422
    assert hr.post(url, {"act": "save", "of": "medical"}).status_code == 404
    hr.post(url, {"act": "save", "of": "written", "file": sheet(county, "87.25")})
    assert "87.25" not in head.get(url).content.decode()
    head.post(url, {"act": "save", "of": "written", "file": sheet(county, "78.25")})
    html = head.get(url).content.decode()
    assert "<b>1</b> 处不同" in html
    assert "87.25" in html
    answer = head.post(url, {"act": "save", "of": "written", "file": sheet(county, "87.25")}, follow=True)
    assert "两次录入一致，成绩已写入" in answer.content.decode()


def test_neither_of_the_two_answers_a_re_check_of_what_they_entered(county: world.County) -> None:
    enter(county, county.hr, 88)
    enter(county, county.head, 88)
    with acting(county.hr):
        scores_release(actor=county.hr, campaign=county.campaign, stage="written", check_until=today())
    with acting(county.applicant) as person:
        asked = score_check_ask(actor=person, application=county.application, stage="written", text="请复核")
    for actor in (county.hr, county.head):
        with acting(actor), pytest.raises(NotAllowed, match="应由他人复核"):
            score_check_answer(actor=actor, check=asked, verb="confirm", answer="无误")
    with acting(replace(county.hr, account_id=OTHER)) as other:
        assert score_check_answer(actor=other, check=asked, verb="confirm", answer="无误").state == "confirmed"
