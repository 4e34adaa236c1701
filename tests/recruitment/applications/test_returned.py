"""退回补充 opens what it names and nothing else, and is not answered by handing in the same again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.kernel.refusals import Refusal
from fujing.recruitment.applications.models import Application
from fujing.recruitment.applications.review import application_review
from fujing.recruitment.applications.services import (
    application_attach,
    application_detach,
    application_save,
    application_submit,
)
from tests.clients import client_of
from tests.pictures import picture
from tests.recruitment.applications import made

pytestmark = pytest.mark.django_db
UNTIL = today() + timedelta(days=2)


def handed(own: Actor, application: Application, kind: str, words: str) -> None:
    with acting(own):
        upload = SimpleUploadedFile(f"{words}.png", picture(words))
        application_attach(actor=own, application=application, kind=kind, upload=upload)


def returned(*missing: str, papers: tuple[str, ...] = ("diploma", "photo")) -> tuple[Application, Actor]:
    application, own = made.application(made.campaign(), "draft")
    for kind in papers:
        handed(own, application, kind, kind)
    with acting(own):
        application = application_submit(actor=own, application=application)
    with acting(made.head()) as head:
        application = application_review(
            actor=head, application=application, verb="return", note="请补齐", missing=missing, until=UNTIL
        )
    return application, own


def saved(own: Actor, application: Application, **facts: Any) -> Application:
    with acting(own):
        return application_save(actor=own, campaign=application.campaign, position=application.position, facts=facts)


def submitted(own: Actor, application: Application) -> Application:
    with acting(own):
        return application_submit(actor=own, application=application)


def test_a_paper_that_was_asked_for_again_has_to_be_another_one() -> None:
    application, own = returned("diploma")
    for _ in range(2):
        with pytest.raises(Refusal) as caught:
            submitted(own, application)
        assert caught.value.errors == {"file_diploma": ["请重新上传学历证书。"]}
    handed(own, application, "diploma", "清楚的")
    assert submitted(own, application).state == "submitted"


def test_a_fact_that_was_asked_for_and_stays_as_it_was_is_no_answer() -> None:
    application, own = returned("education")
    saved(own, application, education="high_school")
    with pytest.raises(Refusal) as caught:
        submitted(own, application)
    assert caught.value.errors == {"education": ["没有改动，请改正学历。"]}
    saved(own, application, education="bachelor")
    assert submitted(own, application).state == "submitted"


def test_a_fact_that_was_right_may_stay_when_its_paper_is_new() -> None:
    application, own = returned("education", "diploma")
    handed(own, application, "diploma", "清楚的")
    assert submitted(own, application).state == "submitted"


def test_what_was_not_asked_for_stays_closed() -> None:
    application, own = returned("diploma")
    with pytest.raises(Refusal) as caught:
        saved(own, application, education="bachelor")
    assert set(caught.value.errors) == {"education"}
    with pytest.raises(Refusal, match="要求补充的材料"):
        handed(own, application, "photo", "另一张")
    with acting(own), pytest.raises(Refusal, match="要求补充的材料"):
        application_detach(actor=own, application=application, kind="photo")
    # As it was is no change.
    saved(own, application, education="high_school")


def test_a_second_return_starts_again_from_what_was_handed_in() -> None:
    application, own = returned("diploma")
    handed(own, application, "diploma", "第二份")
    application = submitted(own, application)
    with acting(made.head()) as head:
        application = application_review(
            actor=head, application=application, verb="return", note="还是不清楚", missing=["diploma"], until=UNTIL
        )
    with pytest.raises(Refusal, match="没有补齐"):
        submitted(own, application)


def test_the_list_names_the_deadline_and_each_thing_asked() -> None:
    _, own = returned("diploma", "household")
    text = client_of(own).get(reverse("public:mine")).content.decode()
    assert "学历证书、户籍" in text
    assert f"截止：</b>{UNTIL:%Y-%m-%d}（含当日）" in text


def test_after_the_deadline_the_list_says_that_it_is_over() -> None:
    application, own = returned("diploma")
    with acting(made.head()):
        Application.objects.filter(pk=application.pk).update(complete_until=today() - timedelta(days=1))
    assert "届满" in client_of(own).get(reverse("public:mine")).content.decode()


def test_the_form_has_only_what_was_asked_for_and_refuses_the_same_again() -> None:
    application, own = returned("diploma", "household")
    client, url = client_of(own), reverse("public:apply", args=[application.campaign_id])
    page = client.get(url)
    assert set(page.context["form"].fields) == {"household", "file_diploma"}
    answer = client.post(url, {"act": "check", "household": "四川省绵阳市三台县"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "请重新上传学历证书" in text
    assert "仍然提交" not in text
    # Knowingly handing in what is incomplete is for the first time only.
    assert client.post(url, {"act": "submit", "household": "四川省绵阳市三台县"}).status_code == 422
    upload = SimpleUploadedFile("d.png", picture("清楚的"))
    form = {"act": "check", "household": "四川省绵阳市盐亭县", "file_diploma": upload}
    check = client.post(url, form)
    assert check.headers["Location"] == reverse("public:apply_check", args=[application.campaign_id])
    assert client.post(check.headers["Location"], {"act": "submit"}).status_code == 302
    with acting(own):
        assert Application.objects.get().state == "submitted"


def test_a_stranger_s_form_is_not_opened_by_a_return() -> None:
    application, _ = returned("diploma")
    stranger = client_of(made.applicant(name="陌生人"))
    stranger.post(reverse("public:apply", args=[application.campaign_id]), {"act": "submit", "education": "bachelor"})
    with acting(made.head()):
        assert Application.objects.get(pk=application.pk).state == "returned"
