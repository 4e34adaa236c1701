"""A receipt code answers anybody who has it, with the state and what comes next, and names nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.kernel.receipts import ALPHABET, receipt
from fujing.recruitment.applications.models import Application
from fujing.recruitment.applications.queries import Status
from fujing.recruitment.selection.models import Objection
from fujing.recruitment.selection.publicity import objection_decide
from fujing.web.public.receipts import next_of
from tests.recruitment import ranked
from tests.recruitment.applications import made
from tests.recruitment.ranked import Ranked

pytestmark = pytest.mark.django_db


def asked(code: str) -> str:
    return Client().post(reverse("public:status"), {"receipt": code}).content.decode()


@pytest.fixture
def course() -> Ranked:
    made_ = ranked.publicised(places=2)
    ranked.over(made_, today() + timedelta(days=3))
    return made_


def object_to(course: Ranked, name: str) -> Objection:
    """On the page of the notice, as a citizen does."""
    form = {"about": course.applications[name].pk, "text": "与在岗人员同住", "contact": "13900001234"}
    page = Client().post(reverse("public:publicity", args=[course.campaign.pk]), form, follow=True)
    with acting(course.head):
        objection = Objection.objects.latest("pk")
    assert objection.receipt in page.content.decode()
    return objection


def test_an_objector_reads_state_and_answer_by_receipt(course: Ranked) -> None:
    objection = object_to(course, "安一")
    text = asked(objection.receipt)
    assert "待核查" in text
    assert "核查并答复之前，不办理" in text
    with acting(course.head):
        objection_decide(actor=course.head, objection=objection, verb="dismiss", answer="经核实，情况不属实。")
    text = asked(f" {objection.receipt[:6].lower()}-{objection.receipt[6:]} ")
    assert "异议不成立" in text
    assert "经核实，情况不属实。" in text


def test_an_objections_receipt_names_nobody_and_repeats_nothing(course: Ranked) -> None:
    objection = object_to(course, "安一")
    with acting(course.head):
        objection_decide(actor=course.head, objection=objection, verb="uphold", answer="异议属实。")
    text = asked(objection.receipt)
    assert "异议属实。" in text
    for secret in ("安一", "与在岗人员同住", "13900001234", course.head.name):
        assert secret not in text


def test_an_objection_is_not_filed_twice_by_reloading_the_page(course: Ranked) -> None:
    form = {"about": course.applications["安一"].pk, "text": "与在岗人员同住"}
    page = Client().post(reverse("public:publicity", args=[course.campaign.pk]), form)
    assert (page.status_code, page.headers["Location"]) == (302, reverse("public:publicity", args=[course.campaign.pk]))


def test_the_function_is_the_visitors_only_way_to_an_objection(course: Ranked) -> None:
    objection = object_to(course, "安一")
    with acting(made.VISITOR):
        assert not Objection.objects.exists()
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM selection_objection_status(%s)", [objection.receipt])
            assert [column.name for column in cursor.description or ()] == [
                "title",
                "number",
                "state",
                "raised_at",
                "ends",
                "answer",
                "answered_at",
            ]


def test_an_applicants_receipt_tells_what_comes_next_without_a_name() -> None:
    application, _ = made.application(made.campaign(), "returned", by=made.applicant(name="欧阳小明"))
    text = asked(application.receipt)
    assert "退回补充" in text
    assert "按列明的内容补齐后重新提交" in text
    assert "欧阳小明" not in text
    assert "学历证书不清楚" not in text


def test_an_unknown_receipt_and_a_draft_get_the_same_answer() -> None:
    draft, _ = made.application(made.campaign(), "draft")
    for code in (draft.receipt, "AAAAAAAAAAAA"):
        assert "没有这个回执码" in asked(code)


YESTERDAY, TOMORROW = today() - timedelta(days=1), today() + timedelta(days=1)


@pytest.mark.parametrize(
    ("state", "campaign", "until", "says"),
    [
        ("submitted", "published", None, "等待资格审查"),
        ("returned", "published", TOMORROW, "（含当日）前登录"),
        ("returned", "closed", today(), "（含当日）前登录"),
        ("returned", "closed", YESTERDAY, "届满"),
        ("qualified", "published", None, "报名截止后安排考试"),
        ("qualified", "closed", None, "正在进行"),
        ("qualified", "publicity", None, "已经公示"),
        ("qualified", "finished", None, "已经结束"),
        ("rejected", "closed", None, "可以看到理由"),
        ("withdrawn", "closed", None, "您已放弃"),
        ("qualified", "cancelled", None, "已取消"),
    ],
)
def test_the_next_step_follows_application_and_campaign(state: str, campaign: str, until: object, says: str) -> None:
    assert says in next_of(Status("公告", campaign, None, state, until))  # type: ignore[arg-type]


def test_codes_are_too_many_to_be_tried() -> None:
    codes = {receipt() for _ in range(500)}
    assert len(codes) == 500
    assert all(len(code) == 12 and set(code) <= set(ALPHABET) for code in codes)
    assert len(set(ALPHABET)) ** 12 >= 2**59
    assert not set("01IO") & set(ALPHABET)
    assert Application._meta.get_field("receipt").default is receipt
