"""The review on the desk: filters as links, the next by itself, several at once after a look at the list."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.kernel.refusals import Refusal, speaking
from fujing.recruitment.applications.models import Application, Verification
from fujing.recruitment.applications.queries import findings_of, screening_of
from fujing.recruitment.applications.review import application_review, unverified, verdict_correct, verification_record
from fujing.recruitment.applications.services import keep_masks
from fujing.recruitment.applications.states import ApplicationState
from fujing.recruitment.selection.models import StageScore
from fujing.recruitment.selection.services import entered
from tests.clients import client_of
from tests.markup import flat
from tests.recruitment.applications import made

pytestmark = pytest.mark.django_db


@pytest.fixture
def head() -> Actor:
    return made.head()


@pytest.fixture
def queue(head: Actor) -> list[Application]:
    """Five who wait, one of whom breaks a rule and one of whom lacks a fact."""
    to = made.campaign()
    people = [made.application(to, by=made.applicant(name=f"排队{number}"))[0] for number in range(5)]
    with acting(head):
        Application.objects.filter(pk=people[1].pk).update(education="junior_middle")
        Application.objects.filter(pk=people[3].pk).update(nationality="")
    return people


def numbers(html: str) -> list[tuple[str, int]]:
    """Every filter link with the count that it promises."""
    return [
        (url.replace("&amp;", "&"), int(count))
        for url, count in re.findall(r'<a href="(\?[^"]*)"[^>]*>[^<]*(?:<b>|\s)(\d+)(?:</b>)?</a>', html)
    ]


def test_every_filters_count_is_the_number_of_rows_behind_it(head: Actor, queue: list[Application]) -> None:
    client, url = client_of(head), reverse("desk:applications", args=[queue[0].campaign_id])
    client.post(url)
    for start in ("", "?result=ineligible", "?state=submitted&post=01"):
        links = numbers(flat(client.get(url + start)))
        assert len(links) > 5
        for address, count in links:
            assert client.get(url + address).content.decode().count("data-row") == count, address


def test_a_screening_on_the_page_is_said_and_filtered(head: Actor, queue: list[Application]) -> None:
    client, url = client_of(head), reverse("desk:applications", args=[queue[0].campaign_id])
    said = client.post(url, follow=True).content.decode()
    assert "已逐人核对：符合 3，待核实 1，不符合 1。" in said
    assert "排队1" in client.get(url + "?rule=recruitment.education").content.decode()
    assert "排队0" not in client.get(url + "?rule=recruitment.education").content.decode()


def test_after_a_verdict_the_next_under_the_same_filter_opens(head: Actor, queue: list[Application]) -> None:
    client = client_of(head)
    client.post(reverse("desk:applications", args=[queue[0].campaign_id]))
    page = reverse("desk:application", args=[queue[0].pk]) + "?result=eligible"
    answer = client.post(page, {"verb": "qualify"})
    assert answer.headers["Location"] == reverse("desk:application", args=[queue[2].pk]) + "?result=eligible"


def test_a_return_without_what_is_missing_is_refused_at_its_fields(head: Actor, queue: list[Application]) -> None:
    client, page = client_of(head), reverse("desk:application", args=[queue[0].pk])
    answer = client.post(page, {"verb": "return", "note": "请补充材料"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) >= {"missing", "until"}
    assert "请补充材料" in answer.content.decode()


def test_the_applicant_reads_exactly_what_is_asked_and_until_when(head: Actor) -> None:
    application, own = made.application(made.campaign())
    until = today() + timedelta(days=2)
    form = {"verb": "return", "note": "请补充材料", "missing": ["diploma", "major"], "until": f"{until}"}
    client_of(head).post(reverse("desk:application", args=[application.pk]), form)
    client = client_of(own)
    for page in ("public:application", "public:apply"):
        pk = application.pk if page == "public:application" else application.campaign_id
        text = client.get(reverse(page, args=[pk])).content.decode()
        assert "学历证书、专业" in text
        assert f"{until:%Y-%m-%d}" in text


def test_the_list_of_those_without_question_is_shown_before_anything_happens(
    head: Actor, queue: list[Application]
) -> None:
    client, url = client_of(head), reverse("desk:applications_qualify", args=[queue[0].campaign_id])
    client.post(reverse("desk:applications", args=[queue[0].campaign_id]))
    html = flat(client.get(url))
    tokens = re.findall(r'name="seen" value="([^"]+)"', html)
    assert len(tokens) == 3
    assert "排队1" not in html
    assert "排队3" not in html
    assert client.post(url, {"seen": tokens[:2]}).status_code == 302
    with acting(head):
        qualified = Application.objects.filter(state=ApplicationState.QUALIFIED)
        assert set(qualified.values_list("name", flat=True)) == {"排队0", "排队2"}


def test_a_list_that_went_stale_does_nothing_and_says_so(head: Actor, queue: list[Application]) -> None:
    client, url = client_of(head), reverse("desk:applications_qualify", args=[queue[0].campaign_id])
    client.post(reverse("desk:applications", args=[queue[0].campaign_id]))
    tokens = re.findall(r'name="seen" value="([^"]+)"', flat(client.get(url)))
    client.post(reverse("desk:application", args=[queue[0].pk]), {"verb": "qualify"})
    assert "没有办理任何一人" in client.post(url, {"seen": tokens}).content.decode()
    with acting(head):
        assert Application.objects.filter(state=ApplicationState.QUALIFIED).count() == 1


@pytest.mark.parametrize("token", ["", "x@y", "1@", "@2026-01-01"])
def test_a_mangled_list_is_not_found(head: Actor, queue: list[Application], token: str) -> None:
    url = reverse("desk:applications_qualify", args=[queue[0].campaign_id])
    assert client_of(head).post(url, {"seen": [token]}).status_code == 404


def doubted(head: Actor, queue: list[Application]) -> Application:
    """One whose nationality nobody stated."""
    with acting(head):
        return Application.objects.get(pk=queue[3].pk)


def test_key_one_does_nothing_while_a_condition_is_open_and_the_service_and_the_database_refuse(
    head: Actor, queue: list[Application]
) -> None:
    row = doubted(head, queue)
    client, url = client_of(head), reverse("desk:application", args=[row.pk])
    page = flat(client.get(url))
    assert re.search(r'value="qualify"\s+disabled', page)
    client.post(url, {"verb": "qualify"})
    with acting(head):
        with pytest.raises(Refusal, match="1 项待核实") as refused:
            application_review(actor=head, application=row, verb="qualify")
        assert "18" in refused.value.provisions
        row = Application.objects.get(pk=row.pk)
        assert row.state == "submitted"
        keep_masks(row, screening_of(row.campaign, [row]), 0)
        row.state, row.reviewed_by = ApplicationState.QUALIFIED, head.name
        with pytest.raises(Refusal, match="待核实的条件") as broken, speaking(), transaction.atomic():
            row.save()
        assert broken.value.provisions == ("18",)


def test_what_was_verified_by_name_and_source_lets_the_verdict_through(head: Actor, queue: list[Application]) -> None:
    row = doubted(head, queue)
    client, url = client_of(head), reverse("desk:application", args=[row.pk])
    with acting(head):
        (doubt,) = unverified(row, findings_of(row))
    assert client.post(url, {"rule": doubt.rule, "source": "", "seen": "中国"}).status_code == 422
    assert client.post(url, {"rule": doubt.rule, "source": "户口簿原件", "seen": "中国国籍"}).status_code == 302
    assert "户口簿原件" in client.get(url).content.decode()
    assert client.post(url, {"verb": "qualify"}).status_code == 302
    with acting(head):
        assert Application.objects.get(pk=row.pk).state == "qualified"
        made_by = Verification.objects.get(application=row)
        assert (made_by.by, made_by.provision, made_by.seen) == (head.name, doubt.provision, "中国国籍")
        with pytest.raises(Refusal, match="只能新增"), speaking(), transaction.atomic():
            Verification.objects.update(seen="没有看过")


def test_what_was_verified_before_a_new_submission_counts_no_more(head: Actor, queue: list[Application]) -> None:
    row = doubted(head, queue)
    with acting(head):
        (doubt,) = unverified(row, findings_of(row))
        verification_record(actor=head, application=row, rule=doubt.rule, source="户口簿", seen="中国国籍")
        assert not unverified(row, findings_of(row))
        Application.objects.filter(pk=row.pk).update(handed_in_at=timezone.now() + timedelta(seconds=1))
        row.refresh_from_db()
        assert [each.rule for each in unverified(row, findings_of(row))] == [doubt.rule]


def test_a_rejection_is_confirmed_and_the_head_may_correct_it_while_nothing_follows(
    head: Actor, queue: list[Application]
) -> None:
    client, url = client_of(head), reverse("desk:application", args=[queue[0].pk])
    asked = client.post(url, {"verb": "reject", "note": "学历不够"})
    assert asked.status_code == 200
    assert "学历不够" in asked.content.decode()
    with acting(head):
        assert Application.objects.get(pk=queue[0].pk).state == "submitted"
    assert client.post(url, {"verb": "reject", "note": "学历不够", "confirmed": "1"}).status_code == 302
    assert client.post(url, {"verb": "correct", "confirmed": "1", "reason": ""}).status_code == 422
    assert client.post(url, {"verb": "correct", "confirmed": "1", "reason": "看错了证书"}).status_code == 302
    with acting(head):
        row = Application.objects.get(pk=queue[0].pk)
        assert (row.state, row.review_note) == ("submitted", "看错了证书")
        application_review(actor=head, application=row, verb="qualify")
        StageScore.objects.create(
            organ_code=row.organ_code, application=row, stage="written", score="80", **entered(head)
        )
        with pytest.raises(Refusal, match="不能再更正"), speaking(), transaction.atomic():
            verdict_correct(actor=head, application=row, reason="又看错了")
    assert "已有成绩，不能再更正审查结论" in client.get(url).content.decode()
