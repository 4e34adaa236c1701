"""Steps of a campaign and of objections: the database's moves, and what no step may go round (16.p3, 17.p1, 21.p1)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import product

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.kernel.refusals import NotAllowed, Refusal, speaking
from fujing.kernel.transitions import TransitionTable
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.campaigns.services import campaign_draft, campaign_move
from fujing.recruitment.campaigns.states import CAMPAIGN
from fujing.recruitment.selection.models import Objection, PublicityNotice, Ranking
from fujing.recruitment.selection.publicity import campaign_finish, objection_decide, objection_file
from fujing.recruitment.selection.queries import corrections_of, scores_changed_since, scores_of
from fujing.recruitment.selection.services import ranking_compute, scores_import
from fujing.recruitment.selection.states import OBJECTION
from tests import factories, world
from tests.clients import client_of
from tests.factories import MIANYANG, SANTAI


@pytest.fixture
def county(db: None) -> world.County:
    """A published campaign with one applicant."""
    return world.county(SANTAI, "王建华", 311)


@pytest.fixture
def publicised(county: world.County) -> world.County:
    """The same with its only candidate made public today."""
    return world.walk(county, until="publicised")


def object_to(county: world.County) -> Objection:
    visitor = Actor(name="访客")
    with acting(visitor):
        notice = PublicityNotice.objects.get(campaign=county.campaign)
        objection_file(actor=visitor, notice=notice, about=county.application.pk, text="请核实学历")
    with acting(county.head):
        return Objection.objects.get()


def past(county: world.County) -> None:
    over = today() - timedelta(days=1)
    with acting(county.head):
        PublicityNotice.objects.filter(campaign=county.campaign).update(starts=over, ends=over)


class Undone(Exception):
    """Ends an attempt so that the next begins from the same row."""


def routes(table: TransitionTable) -> dict[str, list[str]]:
    """To each state, a shortest lawful way from the beginning, without the first."""
    found: dict[str, list[str]] = {state: [] for state in table.initial}
    waiting = list(table.initial)
    for state in waiting:
        for move in table.from_state(state):
            if move.target not in found:
                found[move.target] = [*found[state], move.target]
                waiting.append(move.target)
    return found


def forced(row: Campaign | Objection, table: TransitionTable, filled: Callable[[str], dict[str, object]]) -> None:
    """Every pair of states as UPDATEs that ask no service: the database moves as the table says."""
    lawful = {(move.source, move.target) for move in table.transitions}
    ways = routes(table)
    for source, target in product(ways, ways):
        if source == target:
            continue
        outcome = "moved"
        try:
            with speaking(), transaction.atomic():
                for state in [*ways[source], target]:
                    type(row).objects.filter(pk=row.pk).update(state=state, **filled(state))
                raise Undone
        except Undone:
            pass
        except Refusal as refusal:
            outcome = refusal.message
        expected = "moved" if (source, target) in lawful else f"不能从“{source}”变为“{target}”。"
        assert outcome == expected, (source, target)


def test_the_database_moves_a_campaign_only_as_the_table_says(county: world.County) -> None:
    with acting(county.head):
        published = Campaign.objects.get(pk=county.campaign.pk)
        draft = campaign_draft(actor=county.head, document=world.document(), plan=published.plan)
        signed = {"published_at": published.published_at, "published_by": "某人"}
        forced(
            draft, CAMPAIGN, lambda state: {**signed, "cancelled_because": "计划调整" if state == "cancelled" else ""}
        )


def test_the_database_moves_an_objection_only_as_the_table_says(publicised: world.County) -> None:
    objection = object_to(publicised)
    with acting(publicised.head):
        answered = {"answer": "已核实", "answered_by": "某人", "answered_at": timezone.now()}
        forced(objection, OBJECTION, lambda state: answered)


@pytest.mark.parametrize("state", [str(each) for each in CAMPAIGN.states][1:])
def test_the_database_refuses_a_campaign_that_begins_late(county: world.County, state: str) -> None:
    with acting(county.head):
        row = Campaign.objects.get(pk=county.campaign.pk)
        row.pk, row.state, row.drafted_by_id, row.published_by_id = None, state, None, None
        with pytest.raises(Refusal, match="不能从"), speaking(), transaction.atomic():
            row.save(force_insert=True)


@pytest.mark.parametrize("verb", ["publish", "publicise", "finish", "cancel", "", "delete"])
def test_an_act_with_its_own_service_is_no_plain_step(county: world.County, verb: str) -> None:
    looser = world.document()
    looser["positions"][0]["conditions"]["education"]["min"] = "junior_middle"
    with acting(county.head):
        draft = campaign_draft(actor=county.head, document=looser, plan=county.campaign.plan)
        with pytest.raises(Refusal):
            campaign_move(actor=county.head, campaign=draft, verb=verb)
        draft.refresh_from_db()
    assert (draft.state, draft.published_at) == ("draft", None)


def test_the_dossier_never_publicises_without_a_notice(county: world.County) -> None:
    with acting(county.head):
        campaign_move(actor=county.head, campaign=county.campaign, verb="close")
    client_of(county.head).post(f"/desk/campaigns/{county.campaign.pk}/", {"verb": "publicise"})
    with acting(county.head):
        assert Campaign.objects.get(pk=county.campaign.pk).state == "closed"


def test_a_superior_does_not_rewrite_a_subordinates_draft(county: world.County) -> None:
    with acting(county.hr):
        draft = campaign_draft(actor=county.hr, document=world.document(), plan=None)
    superior = factories.territorial(MIANYANG, "hr_head")
    with acting(superior):
        with pytest.raises(NotAllowed) as refused:
            campaign_draft(actor=superior, document=world.document(title="改写的公告"), plan=None, campaign=draft)
        draft.refresh_from_db()
    assert refused.value.provisions == ("17.p1",)
    assert draft.document["organ"]["code"] == str(SANTAI)


def test_nothing_finishes_while_the_publicity_lasts(publicised: world.County) -> None:
    with acting(publicised.head), pytest.raises(Refusal, match="期满") as refused:
        campaign_finish(actor=publicised.head, campaign=publicised.campaign)
    assert refused.value.provisions == ("21.p1",)


def test_nothing_finishes_before_every_objection_is_answered(publicised: world.County) -> None:
    objection = object_to(publicised)
    past(publicised)
    with acting(publicised.head):
        with pytest.raises(Refusal, match="异议"):
            campaign_finish(actor=publicised.head, campaign=publicised.campaign)
        objection_decide(actor=publicised.head, objection=objection, verb="dismiss", answer="已核实")
        finished = campaign_finish(actor=publicised.head, campaign=publicised.campaign)
    assert finished.state == "finished"


def test_a_changed_score_gives_a_new_ranking_and_equal_scores_the_old_one(county: world.County) -> None:
    world.walk(county, until="closed")
    with acting(county.hr):
        made = []
        for written in (88, 88, 80):
            results = f"{county.application.pk},笔试,,{written}\n{county.application.pk},体能测试,,合格\n"
            results += f"{county.application.pk},面试,,90\n"
            upload = SimpleUploadedFile("scores.csv", f"报名序号,环节,科目,成绩\n{results}".encode())
            scores_import(actor=county.hr, campaign=county.campaign, upload=upload, reason="答卷复核")
            made.append(ranking_compute(actor=county.hr, campaign=county.campaign))
        totals = [each.document["positions"][0]["ranking"][0]["total"] for each in made]
        assert Ranking.objects.count() == 2
    assert made[0] == made[1]
    assert totals == ["89.00", "89.00", "85.00"]


def sheet(county: world.County, written: object) -> SimpleUploadedFile:
    return SimpleUploadedFile(
        "成绩.csv", f"报名序号,环节,科目,成绩\n{county.application.pk},笔试,,{written}\n".encode()
    )


@pytest.fixture
def scored(county: world.County) -> world.County:
    """Registration is over and one written score is there."""
    world.walk(county, until="closed")
    with acting(county.hr):
        scores_import(actor=county.hr, campaign=county.campaign, upload=sheet(county, 60))
    return county


@pytest.mark.parametrize("became", [75, "缺考"])
def test_a_score_that_is_there_is_changed_only_with_a_reason(scored: world.County, became: object) -> None:
    with acting(scored.hr):
        with pytest.raises(Refusal) as caught:
            scores_import(actor=scored.hr, campaign=scored.campaign, upload=sheet(scored, became))
        (told,) = caught.value.errors["file"]
        assert told == f"王建华 笔试：已录入 60（{scored.hr.name}），成绩表为 {became}"
        assert scores_of(scored.campaign).get().score == "60"
        assert corrections_of(scored.campaign) == []


def test_a_correction_shows_before_and_after_who_and_why(scored: world.County) -> None:
    with acting(scored.hr):
        scores_import(actor=scored.hr, campaign=scored.campaign, upload=sheet(scored, 75), reason="登分有误")
        (correction,) = corrections_of(scored.campaign)
    assert (correction.before, correction.after, correction.reason) == ("60", "75", "登分有误")
    assert correction.by == scored.hr.name
    assert correction.score.application_id == scored.application.pk


def test_the_mark_of_the_exam_room_is_not_overwritten_unseen(scored: world.County) -> None:
    with acting(scored.hr):
        scores_import(actor=scored.hr, campaign=scored.campaign, upload=sheet(scored, "违纪"), reason="考场记录")
        with pytest.raises(Refusal, match="1 项成绩与已录入的不同"):
            scores_import(actor=scored.hr, campaign=scored.campaign, upload=sheet(scored, 90))


def test_a_ranking_says_when_its_scores_are_no_longer_the_present_ones(scored: world.County) -> None:
    with acting(scored.hr):
        results = f"报名序号,环节,科目,成绩\n{scored.application.pk},体能测试,,合格\n{scored.application.pk},面试,,90\n"
        upload = SimpleUploadedFile("成绩.csv", results.encode())
        scores_import(actor=scored.hr, campaign=scored.campaign, upload=upload)
        ranking = ranking_compute(actor=scored.hr, campaign=scored.campaign)
        assert not scores_changed_since(ranking)
        scores_import(actor=scored.hr, campaign=scored.campaign, upload=sheet(scored, 75), reason="登分有误")
        assert scores_changed_since(ranking)
