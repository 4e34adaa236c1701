"""Acts use what the announcement says: plan, weights, verified points, what an application is asked, what is printed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.kernel.refusals import Refusal, speaking
from fujing.recruitment.applications.bonus import bonus_record
from fujing.recruitment.applications.completeness import asked_by, facts_to_state
from fujing.recruitment.applications.models import Application
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.campaigns.services import campaign_draft, campaign_publish
from fujing.recruitment.plans.models import HeadcountPlan
from fujing.recruitment.selection.queries import ranking_frame
from tests import factories
from tests.clients import client_of
from tests.factories import SANTAI
from tests.recruitment.applications import made

pytestmark = pytest.mark.django_db


def drafted(headcount: int = 2, plan: HeadcountPlan | None = None, **said: Any) -> Campaign:
    plan = plan or factories.approved_plan(SANTAI, count=headcount)
    with acting(made.head()) as head:
        document = made.announcement(SANTAI, headcount, today()) | said
        return campaign_draft(actor=head, document=document, plan=plan)


def published(headcount: int = 2, plan: HeadcountPlan | None = None, **said: Any) -> Campaign:
    campaign = drafted(headcount, plan, **said)
    with acting(made.head()) as head:
        return campaign_publish(actor=head, campaign=campaign)


def test_a_draft_says_who_approved_the_plan_and_what_earlier_announcements_took() -> None:
    plan = factories.approved_plan(SANTAI, count=5)
    assert drafted(2, plan).document["plan"] == {
        "number": plan.number,
        "headcount": 5,
        "used": 0,
        "approved": True,
        "approved_by": "三台县人民政府",
    }
    published(3, plan)
    second = drafted(3, plan)
    assert second.document["plan"]["used"] == 3
    found = next(each for each in second.findings if each["rule"] == "announcement.within_plan")
    assert found["outcome"] == "violated"


def test_weights_that_do_not_add_up_are_not_published() -> None:
    stages = made.announcement(SANTAI, 2, today())["stages"]
    stages[3]["weight"] = 0.6
    campaign = drafted(stages=stages)
    with acting(made.head()) as head, pytest.raises(Refusal, match=r"合计1\.1") as refused:
        campaign_publish(actor=head, campaign=campaign)
    assert refused.value.provisions == ("21.p1",)
    page = client_of(made.head()).get(f"/desk/campaigns/{campaign.pk}/").content.decode()
    assert 'value="publish"' not in page
    assert "核对权重，使合计为 100%" in page


COLUMN = {"column": True, "range": [1, 5], "on": "total"}


def test_verified_points_are_written_with_their_proof_and_reach_the_ranking() -> None:
    application, _ = made.application(published(bonus=COLUMN), "qualified")
    with acting(made.head()) as head:
        done = bonus_record(actor=head, application=application, points=Decimal("2.5"), proof="立功证书原件")
        assert ranking_frame([done])["bonus_points"].to_list() == [Decimal("2.5")]
        assert ranking_frame([done])["education"].to_list() == [done.education]
        back = bonus_record(actor=head, application=application, points=None, proof="证书不是本人的")
    assert (back.bonus_points, back.bonus_proof) == (None, "")


@pytest.mark.parametrize(
    ("bonus", "points", "proof", "said"),
    [
        (None, "2", "证书", "没有写明逐人核定的加分"),
        (COLUMN, "0.5", "证书", "超出公告所定的范围"),
        (COLUMN, "6", "证书", "超出公告所定的范围"),
        (COLUMN, "2", " ", "应写明依据"),
    ],
)
def test_points_that_the_announcement_does_not_give_are_refused(
    bonus: dict[str, Any] | None, points: str, proof: str, said: str
) -> None:
    application, _ = made.application(published(bonus=bonus) if bonus else published())
    with acting(made.head()) as head, pytest.raises(Refusal, match=said):
        bonus_record(actor=head, application=application, points=Decimal(points), proof=proof)


@pytest.mark.parametrize(
    "wrong",
    [
        {"bonus_points": 3},
        {"bonus_points": 101, "bonus_proof": "证书", "bonus_by": "某人"},
        {"bonus_points": 3, "bonus_proof": "证书"},
    ],
)
def test_the_table_holds_no_points_without_proof(wrong: dict[str, Any]) -> None:
    application, _ = made.application(published())
    with acting(made.head()), pytest.raises(Refusal, match="核定的加分"), speaking(), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(**wrong)


@pytest.mark.parametrize("wrong", [{"weight_kg": 10}, {"corrected_vision": Decimal("6.5")}])
def test_the_table_holds_no_impossible_body(wrong: dict[str, Any]) -> None:
    application, _ = made.application(published())
    with acting(made.head()), pytest.raises(Refusal, match="体重应在"), speaking(), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(**wrong)


def asking(**conditions: Any) -> list[dict[str, Any]]:
    (post,) = made.announcement(SANTAI, 2, today())["positions"]
    return [post | {"conditions": conditions}]


def test_an_application_asks_what_the_announcement_asks() -> None:
    plain = facts_to_state(drafted().announcement)
    assert not plain & {"weight_kg", "corrected_vision", "height_cm"}
    body = drafted(positions=asking(bmi={"min": 18, "max": 28}, corrected_vision=4.9)).announcement
    assert {"weight_kg", "corrected_vision", "height_cm"} <= facts_to_state(body)
    assert asked_by(body.positions[0])["corrected_vision"] == "岗位要求不低于 4.9"


def test_the_applicants_page_asks_for_weight_only_where_it_counts() -> None:
    body = published(positions=asking(bmi={"min": 18, "max": 28}))
    page = client_of(made.applicant()).get(f"/announcements/{body.pk}/apply/")
    assert page.status_code == 200
    assert 'name="weight_kg"' in page.content.decode()


def test_the_officer_verifies_points_on_the_application() -> None:
    application, _ = made.application(published(bonus=COLUMN))
    head = made.head()
    client, url = client_of(head), f"/desk/applications/{application.pk}/"
    assert "公告所定的范围：1 至 5 分" in client.get(url).content.decode()
    wrong = client.post(url, {"act": "bonus", "points": "9", "proof": "证书"})
    assert wrong.status_code == 422
    assert "应在公告所定的1至5分之间" in wrong.content.decode()
    assert client.post(url, {"act": "bonus", "points": "3", "proof": "立功证书"}).status_code == 302
    assert "加 3 分：立功证书" in client.get(url).content.decode()


def test_the_public_page_prints_pay_places_contacts_duties_and_grounds_in_full(client: Client) -> None:
    (post,) = made.announcement(SANTAI, 2, today())["positions"]
    campaign = published(
        positions=[post | {"duties": ["10.3"]}],
        pay="月应发工资4200元",
        workplaces=["潼川镇", "北坝镇"],
        papers=["身份证", "毕业证"],
        exam_day="另行通知",
        contacts={"consultation": ["0816-5221234"], "supervision": ["12380"], "hours": "工作日9:00至17:00"},
    )
    page = client.get(f"/announcements/{campaign.pk}/").content.decode()
    for said in (
        "月应发工资4200元",
        "潼川镇；北坝镇",
        "身份证；毕业证",
        "另行通知",
        "0816-5221234",
        "12380",
        "工作日9:00",
    ):
        assert said in page, said
    assert "（第十条第（三）项）" in page
    assert "所列" not in page.split("职责")[1][:200]
    assert page.count("<li>（") == 9
