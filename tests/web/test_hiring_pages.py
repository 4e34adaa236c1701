"""公示 and 聘用 pages: what officers, applicants and the public read, and what the forms refuse."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.kernel.refusals import Refusal
from fujing.recruitment.applications.models import Application
from fujing.recruitment.hiring.models import Hire
from fujing.recruitment.hiring.services import hire
from fujing.recruitment.selection.models import Objection
from fujing.registry.models import Post
from tests import factories
from tests.clients import client_of
from tests.factories import SANTAI, YANTING
from tests.recruitment.ranked import Ranked, check, over, publicised

YESTERDAY = today() - timedelta(days=1)


@pytest.fixture
def course(db: None) -> Ranked:
    return publicised()


def text_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return str(response.content.decode())


def test_the_hire_list_counts_what_it_shows_and_explains_each_line(course: Ranked) -> None:
    url = f"/desk/campaigns/{course.campaign.pk}/hires/"
    response = client_of(course.head).get(url)
    (post,) = response.context["posts"]
    html = response.content.decode()
    assert [row.application.name for row in post.shown] == ["安一", "安二", "安三", "安四"]
    assert (post.on_list, post.in_reserve, post.made.vacant) == (1, 3, 0)
    assert html.count("递补名单第") == 3
    assert "可以聘用" in html
    assert "名额已满，列入递补名单" in html


@pytest.mark.parametrize("path", ["scores/", "ranking/", "hires/"])
def test_an_applicant_is_found_by_name_pinyin_and_numbers_by_as_many_queries(course: Ranked, path: str) -> None:
    """The names of the four begin alike; their numbers and phones are their own."""
    client, url = client_of(course.head), f"/desk/campaigns/{course.campaign.pk}/{path}"
    with acting(course.head):
        wanted = Application.objects.get(pk=course.applications["安二"].pk)
    queries = set()
    for text in ("安二", "aner", str(wanted.id_number), str(wanted.id_number)[-4:], str(wanted.phone)):
        with CaptureQueriesContext(connection) as asked:
            html = client.get(url, {"q": text}).content.decode().split("<main")[1]
        assert "安二" in html, text
        assert f"/desk/applications/{course.applications['安一'].pk}/" not in html, text
        queries.add(
            len([each for each in asked if each["sql"].startswith('SELECT "') and "kernel_reading" not in each["sql"]])
        )
    assert len(queries) == 1
    nobody = client.get(url, {"q": "13999999999"}).content.decode().split("<main")[1]
    assert f"/desk/applications/{wanted.pk}/" not in nobody
    assert "没有符合条件的" in nobody


def test_a_decline_is_recorded_on_its_page_with_the_declaration(course: Ranked) -> None:
    client = client_of(course.head)
    url = f"/desk/applications/{course.applications['安一'].pk}/decline/"
    assert "由递补名单第 1 位安二递补" in text_of(client, url)
    refused = client.post(url, {"on": f"{today() + timedelta(days=2)}", "reason": "升学"})
    assert refused.status_code == 422
    assert refused.context["form"].errors["on"]
    assert "升学" in refused.content.decode()
    proof = SimpleUploadedFile("声明.pdf", b"%PDF-1.4 x")
    done = client.post(url, {"on": f"{today()}", "reason": "升学", "proof": proof}, follow=True)
    html = done.content.decode()
    assert "递补 安一" in html
    assert "放弃原因：升学" in html
    answer = client.get(f"{url}proof/")
    assert answer.getvalue() == b"%PDF-1.4 x"  # type: ignore[attr-defined]
    answer.close()


def test_a_substitute_goes_public_from_the_hire_page(course: Ranked) -> None:
    client = client_of(course.head)
    client.post(f"/desk/applications/{course.applications['安一'].pk}/decline/", {"on": f"{today()}", "reason": "升学"})
    check(course, "安二")
    url = f"/desk/campaigns/{course.campaign.pk}/hires/"
    assert "公示 1 名递补人员" in text_of(client, url)
    client.post(url, {})
    html = text_of(Client(), f"/announcements/{course.campaign.pk}/publicity/")
    assert html.index("递补人员公示（第1次）") < html.index("安二") < html.index("安一")


def test_the_public_reads_names_with_masked_numbers_and_never_a_phone(course: Ranked) -> None:
    over(course, today())
    html = text_of(Client(), f"/announcements/{course.campaign.pk}/publicity/")
    with acting(course.head):
        application = course.fresh("安一")
    assert "安一" in html
    assert f"{application.id_number[:4]}**********{application.id_number[-4:]}" in html
    assert str(application.id_number) not in html
    assert str(application.phone) not in html


def test_an_objection_from_the_page_stops_the_hire_until_answered(course: Ranked) -> None:
    over(course, today())
    about = course.applications["安一"].pk
    url = f"/announcements/{course.campaign.pk}/publicity/"
    page = Client().post(url, {"about": f"{about}", "text": "学历不实"}, follow=True)
    assert "回执码" in page.content.decode()
    over(course, YESTERDAY)
    client = client_of(course.head)
    hires, answers = (f"/desk/campaigns/{course.campaign.pk}/{name}/" for name in ("hires", "publicity"))
    assert "还有异议没有核查完" in text_of(client, hires)
    with acting(course.head):
        objection = Objection.objects.get()
    asked = client.post(answers, {"objection": objection.pk, "verb": "dismiss"}).content.decode()
    assert "公示期满后可以聘用所涉人员" in asked
    assert f'name="objection" value="{objection.pk}"' in asked
    form = {"objection": objection.pk, "verb": "dismiss", "confirmed": "1"}
    empty = client.post(answers, {**form, "answer": ""})
    assert empty.status_code == 422
    client.post(answers, {**form, "answer": "学历真实"})
    assert "可以聘用" in text_of(client, hires)


def test_after_the_publicity_nobody_can_object(course: Ranked) -> None:
    html = text_of(Client(), f"/announcements/{course.campaign.pk}/publicity/")
    assert "公示期已结束" in html
    assert "提交异议" not in html


@pytest.mark.parametrize(
    ("name", "sentences"),
    [
        ("安一", ["等待招聘机关通知", "第 1 名", "笔试：4 人进入，4 人通过"]),
        ("安二", ["递补名单第 1 位", "（含当日）", "招聘 1 人", "第二十一条第一款"]),
    ],
)
def test_each_applicant_reads_the_result_with_its_reasons(course: Ranked, name: str, sentences: list[str]) -> None:
    client = client_of(course.actors[name])
    html = text_of(client, f"/mine/{course.applications[name].pk}/")
    for sentence in sentences:
        assert sentence in html
    assert "安四" not in html
    assert sentences[0] in text_of(client, "/mine/")


def test_who_is_hired_or_gave_up_is_not_offered_to_give_up_again(course: Ranked) -> None:
    client = client_of(course.actors["安一"])
    url = f"/mine/{course.applications['安一'].pk}/"
    assert "放弃报名" in text_of(client, url)
    course.hire("安一")
    with acting(course.head):
        assert Hire.objects.get().state == "hired"
    html = text_of(client, url)
    assert "您已被聘用" in html
    assert "放弃报名" not in html


def test_only_an_officer_in_office_is_offered_and_taken_as_responsible(course: Ranked) -> None:
    """Of the bureau and its units; neither a closed account nor another bureau's, not even past the page."""
    application = course.applications["安一"]
    with acting(factories.PROVINCIAL):
        unit = application.organ_code + 300
        here = {code: factories.account(code, "police_officer", name="在任") for code in (SANTAI, unit)}
        gone, foreign = factories.account(SANTAI, "police_officer"), factories.account(YANTING, "police_officer")
        gone.is_active = False
        gone.save()
    offered = client_of(course.head).get(f"/desk/applications/{application.pk}/hire/").context["form"].fields["officer"]
    with acting(course.head) as head:
        assert {each.pk for each in offered.queryset} >= {each.pk for each in here.values()}
        assert not {gone.pk, foreign.pk} & {each.pk for each in offered.queryset}
        post = Post.objects.filter(organ_code=SANTAI, category=application.position.category).first()
        assert post is not None
        for officer in (gone, foreign):
            with pytest.raises(Refusal, match="责任民警应为本机关在任民警"):
                hire(actor=head, application=application, start_on=today(), unit=post.unit, post=post, officer=officer)
        made = hire(
            actor=head, application=application, start_on=today(), unit=post.unit, post=post, officer=here[unit]
        )
    assert made.person.name == "安一"
