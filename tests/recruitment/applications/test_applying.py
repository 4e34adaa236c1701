"""Drafts, submission, withdrawal and review, and what the law says on the way."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from fujing.kernel.actor import acting
from fujing.kernel.refusals import NotAllowed, Refusal
from fujing.recruitment.applications.models import Application
from fujing.recruitment.applications.queries import applicants_frame, public_status, review_queue
from fujing.recruitment.applications.review import application_review
from fujing.recruitment.applications.screening import applications_screen
from fujing.recruitment.applications.services import (
    application_attach,
    application_save,
    application_submit,
    application_withdraw,
)
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.campaigns.services import campaign_move
from tests.factories import YANTING
from tests.pictures import picture
from tests.recruitment.applications import made

pytestmark = pytest.mark.django_db
PICTURE = picture()


def test_a_draft_is_saved_again_and_again_and_identity_stays_that_of_the_account() -> None:
    to = made.campaign()
    first, actor = made.application(to, "draft", education="")
    second, _ = made.application(to, "draft", by=actor, education="bachelor", major="法学")
    assert (second.pk, second.education, second.major) == (first.pk, "bachelor", "法学")
    with acting(actor), pytest.raises(TypeError, match="id_number"):
        application_save(actor=actor, campaign=to, position=to.positions.get(), facts={"id_number": "5107"})


def test_a_position_of_another_campaign_is_refused() -> None:
    to, other = made.campaign(), made.campaign(YANTING)
    actor = made.applicant()
    with acting(actor), pytest.raises(Refusal, match="不在本公告中"):
        application_save(actor=actor, campaign=to, position=other.positions.get(), facts={})


def test_submission_without_education_names_the_field() -> None:
    draft, actor = made.application(made.campaign(), "draft", education="")
    with acting(actor), pytest.raises(Refusal) as caught:
        application_submit(actor=actor, application=draft)
    assert "education" in caught.value.errors


def test_a_plain_violation_is_refused_with_its_provision_and_the_draft_stays() -> None:
    actor = made.applicant(made.citizen_number(date(1980, 5, 5)))
    draft, _ = made.application(made.campaign(), "draft", by=actor)
    with acting(actor):
        with pytest.raises(Refusal) as caught:
            application_submit(actor=actor, application=draft)
        assert caught.value.provisions == ("18.3",)
        assert "35" in caught.value.errors["__all__"][0]
        assert Application.objects.get().state == "draft"


def test_what_is_unknown_goes_to_the_review_with_its_masks() -> None:
    application, _ = made.application(made.campaign(), veteran=None)
    assert application.violated == 0
    assert application.rule_book
    assert application.inputs_digest
    assert application.screened_at


def test_submitting_twice_does_nothing_the_second_time() -> None:
    application, actor = made.application(made.campaign())
    with acting(actor):
        again = application_submit(actor=actor, application=application)
    assert again.submitted_at == application.submitted_at


@pytest.mark.parametrize(("since", "until"), [(1, 2), (-2, -1)])
def test_outside_the_window_nothing_is_taken(since: int, until: int) -> None:
    to = made.campaign()
    draft, actor = made.application(to, "draft")
    now = timezone.now()
    with acting(made.head()):
        Campaign.objects.update(
            registration_from=now + timedelta(minutes=since), registration_to=now + timedelta(minutes=until)
        )
    with acting(actor), pytest.raises(Refusal, match="不在报名时间内"):
        application_submit(actor=actor, application=draft)


def test_the_window_is_open_to_the_minute() -> None:
    to = made.campaign()
    draft, actor = made.application(to, "draft")
    with acting(made.head()):
        Campaign.objects.update(registration_to=timezone.now() + timedelta(minutes=1))
    with acting(actor):
        assert application_submit(actor=actor, application=draft).state == "submitted"


def test_a_closed_campaign_takes_nothing() -> None:
    to = made.campaign()
    draft, actor = made.application(to, "draft")
    with acting(made.head()) as head:
        campaign_move(actor=head, campaign=to, verb="close")
    with acting(actor), pytest.raises(Refusal, match="不在报名时间内"):
        application_submit(actor=actor, application=draft)


def test_who_was_returned_may_complete_after_the_window_and_keeps_the_registration_day() -> None:
    to = made.campaign()
    application, actor = made.application(to, "returned")
    with acting(made.head()):
        Campaign.objects.update(registration_to=timezone.now() - timedelta(minutes=1))
    with acting(actor):
        application_save(actor=actor, campaign=to, position=application.position, facts={"education": "bachelor"})
        again = application_submit(actor=actor, application=application)
    assert again.state == "submitted"
    assert again.submitted_at == application.submitted_at


def test_registration_day_is_the_day_in_china() -> None:
    application, _ = made.application(made.campaign())
    application.submitted_at = datetime(2026, 3, 1, 17, 30, tzinfo=UTC)
    assert applicants_frame([application])["registered_on"][0] == date(2026, 3, 2)


def test_papers_are_replaced_while_the_application_is_open_and_fixed_afterwards() -> None:
    draft, actor = made.application(made.campaign(), "draft")
    with acting(actor):
        for name in ("one.png", "two.png"):
            application_attach(actor=actor, application=draft, kind="photo", upload=SimpleUploadedFile(name, PICTURE))
        assert [each.file.name for each in draft.attachments.all()] == ["two.jpg"]
        application = application_submit(actor=actor, application=draft)
        with pytest.raises(Refusal, match="已提交"):
            application_attach(
                actor=actor, application=application, kind="photo", upload=SimpleUploadedFile("x.png", PICTURE)
            )


def test_a_paper_of_another_kind_is_refused() -> None:
    draft, actor = made.application(made.campaign(), "draft")
    with acting(actor), pytest.raises(Refusal, match="不是 JPG 或 PNG 图片"):
        application_attach(
            actor=actor, application=draft, kind="photo", upload=SimpleUploadedFile("a.png", b"<script>")
        )


@pytest.mark.parametrize("verb", ["reject", "return"])
def test_a_no_needs_reasons_that_the_applicant_reads(verb: str) -> None:
    application, actor = made.application(made.campaign())
    with acting(made.head()) as head:
        with pytest.raises(Refusal, match="写明理由"):
            application_review(actor=head, application=application, verb=verb, note=" ", **made.COMPLETE)
        application_review(actor=head, application=application, verb=verb, note="毕业证书看不清", **made.COMPLETE)
    with acting(actor):
        assert Application.objects.get().review_note == "毕业证书看不清"
        assert made.decisions_of(application).get().message == "毕业证书看不清"


def test_one_whom_the_law_refuses_cannot_be_qualified() -> None:
    application, actor = made.application(made.campaign(), "returned")
    with acting(actor):
        application_save(
            actor=actor, campaign=application.campaign, position=application.position, facts={"education": "bachelor"}
        )
        application = application_submit(actor=actor, application=application)
    with acting(made.head()) as head:
        Application.objects.update(education="junior_middle")
        with pytest.raises(Refusal) as caught:
            application_review(actor=head, application=application, verb="qualify")
        assert caught.value.provisions == ("18.4",)


def test_an_applicant_cannot_screen() -> None:
    application, actor = made.application(made.campaign())
    with acting(actor), pytest.raises(NotAllowed):
        applications_screen(actor=actor, campaign=application.campaign)


def test_the_queue_is_oldest_first() -> None:
    to = made.campaign()
    made_ = [made.application(to)[0].pk for _ in range(3)]
    with acting(made.head()):
        Application.objects.filter(pk=made_[2]).update(submitted_at=timezone.now() - timedelta(hours=1))
        assert [each.pk for each in review_queue(to)] == [made_[2], made_[0], made_[1]]


def test_the_receipt_answers_a_visitor_with_the_state_and_nothing_personal() -> None:
    application, actor = made.application(made.campaign())
    with acting(made.VISITOR):
        found = public_status(f" {application.receipt.lower()} ")
        assert found is not None
        assert (found.state, found.title) == ("submitted", application.campaign.title)
        assert application.name not in repr(found)
        assert public_status("AAAAAAAAAAAA") is None
    with acting(actor):
        application_withdraw(actor=actor, application=application)
    with acting(made.VISITOR):
        found = public_status(application.receipt)
        assert found is not None
        assert found.state == "withdrawn"


def test_a_receipt_of_a_draft_says_nothing() -> None:
    draft, _ = made.application(made.campaign(), "draft")
    with acting(made.VISITOR):
        assert public_status(draft.receipt) is None
