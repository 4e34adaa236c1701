"""Applying on a phone: what is missing is known at once, and nothing typed or uploaded is lost."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from fujing.kernel.actor import Actor, acting
from fujing.kernel.files import INERT
from fujing.kernel.pictures import GLANCE
from fujing.kernel.refusals import Refusal, speaking
from fujing.recruitment.applications import services
from fujing.recruitment.applications.models import Application, Attachment
from fujing.recruitment.applications.services import (
    application_again,
    application_attach,
    application_save,
    application_submit,
    application_withdraw,
)
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.campaigns.services import campaign_draft, campaign_publish
from tests import factories, pictures
from tests.clients import client_of
from tests.factories import SANTAI, YANTING
from tests.markup import flat
from tests.recruitment.applications import made

pytestmark = pytest.mark.django_db
PICTURE = pictures.picture()
CONDITIONS = {"height_cm": {"male": 168, "female": 158}, "certificates": ["机动车驾驶证B2以上"], "majors": ["法学"]}


def picture(name: str = "a.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PICTURE)


def two_posts() -> Campaign:
    """A post that asks about much, and one that asks about nothing."""
    plan = factories.approved_plan(SANTAI, count=4)
    with acting(made.head()) as head:
        document = made.announcement(SANTAI, 2, "2026-01-22")
        (plain,) = document["positions"]
        document["positions"] = [plain, {**plain, "code": "02", "name": "驾驶", "conditions": CONDITIONS}]
        draft = campaign_draft(actor=head, document=document, plan=plan)
        return campaign_publish(actor=head, campaign=draft)


def posted(client: Client, to: Campaign, act: str = "save", **form: Any) -> Any:
    with acting(made.head(to.organ_code)):
        position = to.positions.order_by("code").values_list("pk", flat=True)[0]
    url = reverse("public:apply", args=[to.pk])
    return client.post(url, {"position": position, "act": act, **{k: v for k, v in form.items() if v is not None}})


def stored(actor: Actor) -> Application:
    with acting(actor):
        return Application.objects.get()


def kinds(actor: Actor) -> set[str]:
    with acting(actor):
        return set(Attachment.objects.values_list("kind", flat=True))


def test_a_refused_field_keeps_everything_else_and_every_good_file() -> None:
    to, own = two_posts(), made.applicant()
    client = client_of(own)
    answer = posted(
        client, to, "check", major="刑事侦查", height_cm="很高", file_photo=picture(), file_identity=picture()
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "其余内容已保存" in text
    assert "未保存：" not in text
    assert "刑事侦查" in text
    assert "很高" in text
    assert "近期免冠照片</a>、<a" in flat(answer)
    assert stored(own).major == "刑事侦查"
    assert stored(own).height_cm is None
    assert kinds(own) == {"photo", "identity"}


def test_a_refused_field_does_not_wipe_what_was_stored_in_it() -> None:
    to, own = two_posts(), made.applicant()
    client = client_of(own)
    posted(client, to, height_cm="172")
    posted(client, to, height_cm="很高")
    assert float(stored(own).height_cm or 0) == 172


def test_a_whole_number_comes_back_as_it_was_typed() -> None:
    to, own = two_posts(), made.applicant()
    client = client_of(own)
    posted(client, to, height_cm="175")
    assert str(stored(own).height_cm) == "175.0", "its column keeps a decimal"
    assert 'value="175"' in client.get(reverse("public:apply", args=[to.pk])).content.decode()
    check = flat(client.get(reverse("public:apply_check", args=[to.pk])))
    assert "<dd>175</dd>" in check
    posted(client, to, height_cm="175.5")
    assert 'value="175.5"' in client.get(reverse("public:apply", args=[to.pk])).content.decode()


def test_a_bad_file_keeps_the_good_one_beside_it() -> None:
    to, own = two_posts(), made.applicant()
    bad = SimpleUploadedFile("a.png", b"<svg onload=alert(1)>")
    answer = posted(client_of(own), to, file_photo=bad, file_diploma=picture())
    assert answer.status_code == 422
    assert kinds(own) == {"diploma"}


def test_a_foreign_post_is_refused_and_the_draft_keeps_its_own() -> None:
    to, own = two_posts(), made.applicant()
    client = client_of(own)
    posted(client, to, major="法学")
    before = stored(own).position_id
    with acting(made.head(YANTING)):
        foreign = made.campaign(YANTING).positions.get().pk
    for position in (foreign, "x", 0):
        answer = posted(client, to, position=position, major="侦查学")
        assert answer.status_code == 422
        assert (stored(own).position_id, stored(own).major) == (before, "侦查学")


def test_an_empty_form_is_a_draft() -> None:
    to, own = two_posts(), made.applicant()
    assert posted(client_of(own), to).status_code == 302
    assert stored(own).state == "draft"


def test_of_several_posts_one_is_chosen_first() -> None:
    to, own = two_posts(), made.applicant()
    url = reverse("public:apply", args=[to.pk])
    choice = client_of(own).get(url).content.decode()
    assert "选择岗位" in choice
    assert f"{url}?post=02" in choice
    form = client_of(own).get(url, {"post": "02"})
    assert form.context["chosen"].code == "02"
    assert "选择岗位" in client_of(own).get(url, {"post": "99"}).content.decode()


def test_only_what_the_announcement_asks_about_is_asked_and_stored_facts_stay() -> None:
    plain, own = made.campaign(), made.applicant()
    with acting(own):
        application_save(
            actor=own, campaign=plain, position=plain.positions.get(), facts={"height_cm": 172, "certificates": "无"}
        )
    client, url = client_of(own), reverse("public:apply", args=[plain.pk])
    fields = set(client.get(url).context["form"].fields)
    assert not fields & {"height_cm", "naked_vision", "certificates", "scarce_skill"}
    posted(client, plain, major="法学")
    assert (float(stored(own).height_cm or 0), stored(own).certificates) == (172, "无")
    asked = client_of(made.applicant()).get(reverse("public:apply", args=[two_posts().pk]), {"post": "01"})
    assert {"height_cm", "certificates"} <= set(asked.context["form"].fields)


def test_what_a_review_wants_completed_is_asked_also_where_the_post_does_not() -> None:
    plain = made.campaign()
    application, own = made.application(plain, "returned")
    with acting(made.head()):
        Application.objects.filter(pk=application.pk).update(missing=["naked_vision"])
    page = client_of(own).get(reverse("public:apply", args=[plain.pk]))
    assert "naked_vision" in page.context["form"].fields


def test_what_is_missing_is_named_and_only_then_handed_in_knowingly() -> None:
    to, own = two_posts(), made.applicant()
    client = client_of(own)
    with acting(made.head()):
        driver = to.positions.get(code="02").pk
    answer = posted(client, to, "check", position=driver, education="bachelor", file_photo=picture())
    text = answer.content.decode()
    assert (answer.status_code, stored(own).state) == (422, "draft")
    assert [lack.field for lack in answer.context["lacks"]] == [
        "major",
        "height_cm",
        "certificates",
        "file_identity",
        "file_id_back",
        "file_diploma",
        "file_certificate",
    ]
    assert "审查时可能退回" in text
    assert "缺 7 项，仍然提交" in text
    form = {
        "position": driver,
        "education": "bachelor",
        "major": "法学",
        "height_cm": "172",
        "certificates": "机动车驾驶证A1",
    }
    check = reverse("public:apply_check", args=[to.pk])
    assert posted(client, to, "submit", **form).headers["Location"] == check
    assert stored(own).state == "draft"
    assert "还缺 4 项" in client.get(check).content.decode()
    assert client.post(check, {"act": "submit"}).status_code == 302
    assert stored(own).state == "submitted"


def test_a_complete_application_is_shown_once_more_before_it_is_handed_in() -> None:
    to, own = made.campaign(), made.applicant()
    papers = {f"file_{kind}": picture() for kind in ("photo", "identity", "id_back", "diploma")}
    client, check = client_of(own), reverse("public:apply_check", args=[to.pk])
    answer = posted(client, to, "check", education="bachelor", major="法学", **papers)
    assert answer.headers["Location"] == check
    assert stored(own).state == "draft"
    shown = client.get(check).content.decode()
    for text in ("本科", "法学", "近期免冠照片", "还没有提交"):
        assert text in shown
    assert client.post(check, {"act": "submit"}).status_code == 302
    assert stored(own).state == "submitted"


def test_what_was_handed_in_is_taken_back_and_changed_until_the_review_begins() -> None:
    application, own = made.application(made.campaign())
    client, page = client_of(own), reverse("public:application", args=[application.pk])
    asked = client.post(page, {"verb": "reopen"})
    assert asked.status_code == 200
    assert "变为未提交" in asked.content.decode()
    assert stored(own).state == "submitted"
    assert client.post(page, {"verb": "reopen", "confirmed": "1"}).status_code == 302
    assert (stored(own).state, stored(own).submitted_at) == ("draft", None)
    with acting(own):
        again = application_submit(actor=own, application=stored(own))
    head = made.head()
    with acting(head):
        Application.objects.filter(pk=again.pk).update(reviewed_by=head.name)
    assert "资格审查已经开始" in client.post(page, {"verb": "reopen", "confirmed": "1"}, follow=True).content.decode()
    assert stored(own).state == "submitted"
    with acting(own), pytest.raises(Refusal, match="审查已经开始"), speaking(), transaction.atomic():
        Application.objects.filter(pk=again.pk).update(state="draft")


def test_who_gave_up_while_registration_is_open_may_apply_again() -> None:
    application, own = made.application(made.campaign())
    client, page = client_of(own), reverse("public:application", args=[application.pk])
    assert "可以重新报名" in client.post(page, {"act": "withdraw"}).content.decode()
    assert stored(own).state == "submitted"
    client.post(page, {"verb": "withdraw", "confirmed": "1"})
    assert stored(own).state == "withdrawn"
    assert 'value="again"' in flat(client.get(page))
    client.post(page, {"verb": "again"})
    assert (stored(own).state, stored(own).withdrawn_on) == ("draft", None)
    with acting(own):
        application_withdraw(actor=own, application=application_submit(actor=own, application=stored(own)))
    with acting(made.head()):
        Campaign.objects.update(registration_to=timezone.now() - timedelta(minutes=1))
    assert 'value="again"' not in flat(client.get(page))
    with acting(own), pytest.raises(Refusal, match="不在报名时间内"):
        application_again(actor=own, application=stored(own))


def test_who_claims_a_priority_is_asked_for_its_proof() -> None:
    to, own = made.campaign(), made.applicant()
    papers = {f"file_{kind}": picture() for kind in ("photo", "identity", "id_back", "diploma")}
    answer = posted(client_of(own), to, "check", education="bachelor", veteran="true", **papers)
    assert [lack.field for lack in answer.context["lacks"]] == ["file_certificate"]


def test_drafts_and_uploads_of_one_account_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "DRAFTS", 1)
    monkeypatch.setattr(services, "UPLOADS", 2)
    first, second, own = made.campaign(), made.campaign(YANTING), made.applicant()
    client = client_of(own)
    posted(client, first, file_photo=picture())
    assert "1 份报名还没有提交" in posted(client, second).content.decode()
    posted(client, first, file_photo=picture())
    answer = posted(client, first, major="法学", file_photo=picture())
    assert "请明天再传" in answer.content.decode()
    assert stored(own).major == "法学"
    with acting(own), pytest.raises(Refusal, match="最多 2 份"):
        application_attach(actor=own, application=stored(own), kind="photo", upload=picture())


def test_the_form_asks_the_database_at_most_twelve_times() -> None:
    to, own = two_posts(), made.applicant()
    client, url = client_of(own), reverse("public:apply", args=[to.pk])
    posted(client, to, file_photo=picture())
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    assert sum("SELECT" in each["sql"][:8] and "set_config" not in each["sql"] for each in queries) <= 12


def one(client: Client, to: Campaign, **data: Any) -> Any:
    return client.post(reverse("public:paper", args=[to.pk]), data)


def test_a_paper_is_kept_when_it_is_chosen_and_the_draft_begins_with_it() -> None:
    to, own = two_posts(), made.applicant()
    client = client_of(own)
    with acting(made.head()):
        first = to.positions.get(code="01").pk
    answer = one(client, to, kind="photo", file=picture(), position=first)
    assert answer.status_code == 200
    url = answer.json()["url"]
    assert answer.json() == {
        "kind": "photo",
        "label": "近期免冠照片",
        "name": "a.jpg",
        "small": f"{url}?small=1",
        "url": url,
    }
    shown = client.get(url)
    assert (shown.status_code, shown.getvalue()[:3]) == (200, b"\xff\xd8\xff")
    for close in shown._resource_closers:
        close()
    assert (stored(own).state, kinds(own)) == ("draft", {"photo"})
    assert one(client, to, kind="photo", remove="1").json() == {"kind": "photo", "removed": True}
    assert kinds(own) == set()


def test_a_page_shows_a_photograph_small_and_its_link_leads_to_the_whole() -> None:
    to, own = two_posts(), made.applicant()
    client = client_of(own)
    with acting(made.head()):
        first = to.positions.get(code="01").pk
    taken = SimpleUploadedFile("a.jpg", pictures.photograph((3000, 2000)))
    paper = one(client, to, kind="photo", file=taken, position=first).json()
    answers = [client.get(paper[each]) for each in ("url", "small")]
    whole, small = (b"".join(answer) for answer in answers)
    assert Image.open(io.BytesIO(whole)).width > 2000
    assert Image.open(io.BytesIO(small)).size == (GLANCE, round(GLANCE * 2 / 3))
    assert len(small) < 30_000 < len(whole)
    assert {each: answers[0][each] for each in INERT} == {each: answers[1][each] for each in INERT}
    assert client_of(made.applicant(name="别人")).get(paper["small"]).status_code == 404
    document = SimpleUploadedFile("证书.pdf", pictures.pdf("证书"))
    paper = one(client, to, kind="diploma", file=document).json()
    assert paper["small"] == ""
    assert b"".join(client.get(f"{paper['url']}?small=1")).startswith(b"%PDF")


def test_a_paper_that_can_not_be_opened_is_refused_at_once_and_the_old_one_stays() -> None:
    to, own = two_posts(), made.applicant()
    client = client_of(own)
    with acting(made.head()):
        first = to.positions.get(code="01").pk
    one(client, to, kind="diploma", file=picture(), position=first)
    for content, said in (
        (pictures.picture()[:50], "打不开"),
        (pictures.pdf("x", password="y"), "设了密码"),
        (b"GIF89a", "不是"),
    ):
        answer = one(client, to, kind="diploma", file=SimpleUploadedFile("证书.pdf", content))
        assert answer.status_code == 422
        assert said in answer.json()["error"]
    assert kinds(own) == {"diploma"}
    for wrong in ({"kind": "x"}, {"kind": "photo"}):
        assert one(client, to, **wrong).status_code == 422


def test_papers_of_somebody_not_signed_in_or_of_a_finished_application_are_refused() -> None:
    to = two_posts()
    assert one(Client(), to, kind="photo", file=picture()).status_code == 403
    application, own = made.application(made.campaign())
    answer = one(client_of(own), application.campaign, kind="photo", file=picture())
    assert answer.status_code == 422
    assert "已提交" in answer.json()["error"]
