"""待办 of recruitment: each role sees what waits for it, counted as the list behind the link, oldest deadline first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.recruitment.applications.models import Application
from fujing.recruitment.background.models import BackgroundCheck
from fujing.recruitment.background.services import check_answer, check_open, check_tell, conflict_declare
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.medical.services import exam_tell
from fujing.recruitment.selection.models import Objection, PublicityNotice
from fujing.recruitment.selection.publicity import objection_file
from fujing.registry.models import Contract, Engagement
from fujing.web.desk.home import todos_of
from fujing.web.desk.recruitment.todos import PLACES, recruitment_todos
from fujing.web.desk.wings import Line, place_of
from tests import factories, world
from tests.clients import client_of, client_with
from tests.factories import SANTAI, YANTING
from tests.recruitment import test_medical
from tests.recruitment.applications import made
from tests.recruitment.ranked import Ranked, publicised, ranked
from tests.recruitment.test_medical import with_term
from tests.web.test_consent_pages import text


def waiting(actor: Actor) -> list[Line]:
    with acting(actor):
        return [Line(each, place_of(each, PLACES)) for each in recruitment_todos(actor) if each.count]


def labelled(actor: Actor, words: str) -> Line | None:
    return next((each for each in waiting(actor) if words in each.words), None)


def officer(role: str, code: int = SANTAI) -> Actor:
    with acting(factories.PROVINCIAL):
        return factories.officer(code, role)


def rows_of(client: Client, url: str) -> int:
    """How many rows the list at that address shows."""
    return text(client, url).split('<tbody role="rowgroup">')[1].split("</tbody>")[0].count("<tr")


def test_reviews_are_counted_as_the_queue_shows_them_and_by_role(db: None) -> None:
    campaign = made.campaign()
    for state in ("submitted", "submitted", "qualified", "draft"):
        made.application(campaign, state)
    todo = labelled(officer("hr_officer"), "待资格审查")
    assert todo is not None
    assert (todo.count, todo.since) == (2, today())
    assert rows_of(client_with(SANTAI, "hr_officer"), todo.url) == 2
    for actor in (officer("hr_officer", YANTING), officer("police_officer"), officer("organ_leader")):
        assert labelled(actor, "待资格审查") is None


def test_who_let_the_day_for_completing_pass_waits_for_a_verdict(db: None) -> None:
    campaign = made.campaign()
    application, _ = made.application(campaign, "returned")
    hr = officer("hr_officer")
    assert labelled(hr, "逾期未补充") is None
    with acting(made.head()):
        Application.objects.filter(pk=application.pk).update(complete_until=today() - timedelta(days=3))
    todo = labelled(hr, "逾期未补充")
    assert todo is not None
    assert (todo.due, todo.late, todo.url) == (today() - timedelta(days=3), 3, f"/desk/applications/{application.pk}/")


def test_a_registration_that_is_over_waits_to_be_closed(db: None) -> None:
    campaign, hr = made.campaign(), officer("hr_officer")
    assert labelled(hr, "待截止报名") is None
    with acting(made.head()):
        Campaign.objects.filter(pk=campaign.pk).update(
            registration_from=timezone.now() - timedelta(days=9), registration_to=timezone.now() - timedelta(days=2)
        )
    todo = labelled(hr, "待截止报名")
    assert todo is not None
    assert todo.late == 2


def test_a_check_waits_for_each_of_the_two_then_for_the_head(db: None) -> None:
    application, own = made.application(made.campaign(), "qualified")
    (one, first), (other, second) = made.checkers()
    head = made.head()
    with acting(head):
        check = check_open(actor=head, application=application, first=one, second=other)
    assert labelled(first, "考察结论待填写") is not None
    assert labelled(second, "考察结论待填写") is not None
    assert labelled(officer("discipline"), "考察结论待填写") is None
    assert not waiting(head)
    made.recorded(check, first, ("20.3",))
    assert labelled(first, "考察结论待填写") is None
    assert labelled(head, "考察结论") is None
    made.recorded(check, second)
    assert labelled(head, "两人已填齐") is not None
    with acting(head):
        check_tell(actor=head, check=check, answer_until=today() + timedelta(days=1))
    assert not waiting(head)
    with acting(head):
        BackgroundCheck.objects.filter(pk=check.pk).update(answer_until=today() - timedelta(days=1))
    todo = labelled(head, "陈述期已满")
    assert todo is not None
    assert todo.late == 1
    with acting(head):
        BackgroundCheck.objects.filter(pk=check.pk).update(answer_until=today())
    with acting(own):
        check_answer(actor=own, check=check, text="情况已经了结")
    assert labelled(head, "本人已陈述") is not None


def test_who_withdrew_from_a_check_is_to_be_replaced(db: None) -> None:
    application, _ = made.application(made.campaign(), "qualified")
    (one, first), (other, _) = made.checkers()
    head = made.head()
    with acting(head):
        check = check_open(actor=head, application=application, first=one, second=other)
    with acting(first):
        conflict_declare(actor=first, check=check, conflict=True)
    assert labelled(head, "待指定接替") is not None
    assert labelled(first, "考察结论待填写") is None


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (test_medical.sent, "体检结论待录入"),
        (test_medical.found, "体检不合格，待告知本人"),
        (test_medical.requested, "本人申请复检"),
    ],
)
def test_each_step_of_an_examination_waits_for_the_officer(db: None, step: Callable[[Ranked], Any], words: str) -> None:
    course = with_term(ranked(names=("安一", "安二")), 7)
    step(course)
    hr = officer("hr_officer")
    todo = labelled(hr, words)
    assert todo is not None
    assert todo.count == 1
    assert [each.words for each in waiting(hr) if "检" in each.words] == [todo.words]
    assert text(client_of(course.head), todo.url)


def test_a_told_result_waits_once_the_term_for_asking_is_over(db: None) -> None:
    course = with_term(ranked(names=("安一", "安二")), 7)
    exam = test_medical.found(course)
    with acting(course.head):
        exam = exam_tell(actor=course.head, exam=exam)
        assert labelled(course.head, "期限已过") is None
        type(exam).objects.filter(pk=exam.pk).update(reexam_until=today() - timedelta(days=1))
    todo = labelled(course.head, "期限已过")
    assert todo is not None
    assert todo.late == 1


def test_objections_wait_for_who_answers_them_and_then_the_hires_for_the_leaders(db: None) -> None:
    course = publicised(places=2)
    notice = PublicityNotice.objects
    with acting(course.head):
        PublicityNotice.objects.update(ends=today())
        first = notice.get()
    assert labelled(course.head, "待聘用") is None
    visitor = Actor(name="访客")
    for name in ("安一", "安二"):
        with acting(visitor):
            objection_file(
                actor=visitor, notice=first, about=course.applications[name].pk, text="请核实", contact="13900000000"
            )
    todo = labelled(course.head, "公示异议待核查")
    assert todo is not None
    assert (todo.count, client_of(course.head).get(todo.url).context["waiting"]) == (2, 2)
    assert labelled(officer("discipline"), "公示异议待核查") is not None
    assert labelled(officer("hr_officer"), "公示异议待核查") is None
    with acting(course.head):
        Objection.objects.update(state="dismissed", answer="已核实", answered_by="某人", answered_at=timezone.now())
        PublicityNotice.objects.update(ends=today() - timedelta(days=1))
    todo = labelled(officer("organ_leader"), "待聘用")
    assert todo is not None
    assert (todo.count, text(client_of(course.head), todo.url).count("可以聘用")) == (2, 2)
    assert labelled(officer("hr_officer"), "待聘用") is None
    course.hire("安一")
    todo = labelled(course.head, "待聘用")
    assert todo is not None
    assert todo.count == 1
    course.hire("安二")
    assert labelled(course.head, "待结束") is not None


def test_contracts_are_due_a_month_after_the_first_day_and_counted_as_the_roster(db: None) -> None:
    course = publicised(places=2)
    for name in ("安一", "安二"):
        course.hire(name)
    with acting(course.head):
        started = Engagement.objects.order_by("id").first()
        todos = todos_of(course.head)
    assert started is not None
    todo = next(each for each in todos if "未签劳动合同" in each.words)
    assert todo.count == 2
    assert todo.due is not None
    assert todo.due > started.span.lower
    assert rows_of(client_of(course.head), todo.url) == 2


def test_the_oldest_deadline_stands_first_and_is_red(db: None) -> None:
    campaign = made.campaign()
    late, _ = made.application(campaign, "returned")
    made.application(campaign, "submitted")
    with acting(made.head()):
        Application.objects.filter(pk=late.pk).update(complete_until=today() - timedelta(days=3))
    home = text(client_with(SANTAI, "hr_officer"), "/desk/")
    assert home.index("逾期未补充") < home.index("待资格审查")
    assert "已逾期 3 日" in home


def test_the_campaign_page_says_where_it_is_whose_turn_it_is_and_what_waits(db: None) -> None:
    county = world.county(SANTAI, "王建华", 311)
    client, url = client_of(county.hr), f"/desk/campaigns/{county.campaign.pk}/"
    page = client.get(url)
    now = next(step for step in page.context["route"] if step.mark == "now")
    assert (now.label, now.said, now.who) == ("报名", "报名 1 人", "经办、人事负责人")
    assert [each.what for each in page.context["todos"]] == ["待资格审查"]
    world.walk(county, until="closed")
    page = client.get(url)
    route = page.context["route"]
    assert [step.label for step in route if step.mark == "done"] == ["拟定公告", "发布公告", "报名", "资格审查"]
    assert next(step for step in route if step.mark == "now").label == "笔试"
    assert not page.context["todos"]


def test_after_the_publicity_only_the_hires_are_left(db: None) -> None:
    done = world.finish(world.county(SANTAI, "王建华", 311))
    last = client_of(done.head).get(f"/desk/campaigns/{done.campaign.pk}/")
    assert [step.label for step in last.context["route"] if step.mark == "now"] == ["聘用"]
    assert "已聘用 1 人" in last.content.decode()


def test_no_queries_are_added_by_more_campaigns_or_people(db: None) -> None:
    def queries() -> int:
        with acting(hr), CaptureQueriesContext(connection) as seen:
            list(recruitment_todos(hr))
        return len(seen)

    hr = officer("hr_officer")
    made.application(made.campaign(), "submitted")
    one = queries()
    for _ in range(3):
        campaign = made.campaign()
        made.application(campaign, "submitted")
        made.application(campaign, "submitted")
    assert queries() == one


def test_the_desk_asks_the_database_as_often_for_eight_recruitments_as_for_three(db: None) -> None:
    def queries() -> int:
        with acting(head), CaptureQueriesContext(connection) as seen:
            todos_of(head)
        return len(seen)

    head = made.head()
    for _ in range(3):
        made.application(made.campaign(), "submitted")
    few = queries()
    for _ in range(5):
        made.application(made.campaign(), "submitted")
        made.application(made.campaign(), "returned")
    assert queries() <= few
    assert few <= 21


def test_a_contract_waits_for_a_decision_sixty_thirty_and_seven_days_before_its_end(db: None) -> None:
    course = publicised(places=1)
    course.hire("安一")
    with acting(course.head) as head:
        engagement = Engagement.objects.get()
        for left, words in ((61, ""), (45, "60 日内"), (20, "30 日内"), (3, "7 日内")):
            span = DateRange(today() - timedelta(days=100), today() + timedelta(days=left + 1))
            contract = Contract.objects.first()
            if contract is None:
                contract = Contract(
                    organ_code=head.organ_code,
                    engagement=engagement,
                    person_id=engagement.person_id,
                    number="1",
                    kind="fixed",
                    sequence=1,
                    signed_on=today(),
                    signer="三台县公安局",
                    term_months=36,
                )
            contract.span = span
            contract.save()
            found = [each for each in todos_of(head) if each.kind.startswith("contract_")]
            assert [words in each.words for each in found] == ([True] if words else [])
            assert [each.due for each in found] == ([today() + timedelta(days=left)] if words else [])
