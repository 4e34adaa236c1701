"""本人服务 by its pages: the slip, the phone that opens it, the doors on both sides."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.law.provisions import measures
from fujing.management.corrections.models import Correction
from fujing.management.leaving.models import Resignation
from fujing.registry.models import Account, Activation
from fujing.web import limits
from fujing.web.audience import AUXILIARIES
from fujing.web.me.chapters import ROOMS
from fujing.web.me.urls import urlpatterns
from tests import factories
from tests.clients import client_of, client_with
from tests.factories import SANTAI, YANTING
from tests.management.departures import Bureau, at, bureau, drafted, told
from tests.management.made import PDF
from tests.management.test_resignations import received
from tests.markup import flat
from tests.registry.activated import PASSWORD, PHONE, VISITOR, given, opened, own, serving, tail_of

pytestmark = pytest.mark.django_db
ACTIVATE = "/me/activate/"


def sent(code: str, tail: str, phone: str = PHONE, client: Client | None = None) -> Any:
    data = {"code": code, "tail": tail, "phone": phone, "password": PASSWORD}
    return (client or Client()).post(ACTIVATE, data)


def test_from_the_slip_to_the_own_first_page() -> None:
    mine = serving()
    clerk = client_with(SANTAI, "hr_officer")
    page = clerk.get(reverse("desk:sign_in", args=[mine.pk]))
    assert "还没有开通" in flat(page)
    html = flat(clerk.post(reverse("desk:sign_in", args=[mine.pk])))
    code = re.search(r'<b class="code">([\w ]+)</b>', html)
    assert code
    # What is in the picture is the address with the code; the page that is opened again has neither.
    assert "<svg" in html
    assert code[1] not in flat(clerk.get(reverse("desk:sign_in", args=[mine.pk])))
    phone = Client()
    assert code[1].replace(" ", "") in flat(phone.get(ACTIVATE, {"code": code[1].replace(" ", "")}))
    done = sent(code[1], tail_of(mine), client=phone)
    assert done.status_code == 302
    assert done.headers["Location"] == "/accounts/login/?next=/me/"
    answer = phone.post("/accounts/login/", {"login": PHONE, "password": PASSWORD})
    assert answer.headers["Location"] == "/home/"
    assert phone.get("/home/").headers["Location"] == "/me/"
    home = flat(phone.get("/me/"))
    assert "王建华" in home
    assert "三台县公安局" in home
    assert f"由{client_name(clerk)}发放" in flat(phone.get("/me/file/"))


def client_name(clerk: Client) -> str:
    with acting(factories.PROVINCIAL):
        return Activation.objects.get().issued_by


def test_a_wrong_try_says_the_same_as_a_code_of_nobody_and_stays_counted() -> None:
    mine = serving()
    code = given(mine).code
    wrong, nobody = sent(code, "0000"), sent("ZZZZZZZZZZZZ", tail_of(mine))
    said = [re.search(r'role="alert".*?</div>', flat(page)) for page in (wrong, nobody)]
    assert wrong.status_code == nobody.status_code == 422
    assert said[0]
    assert said[1]
    assert said[0][0] == said[1][0]
    with acting(factories.PROVINCIAL):
        assert Activation.objects.get().failures == 1


def test_a_flood_of_codes_has_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    from fujing.kernel.attempts import Limit
    from fujing.web.me import activate

    monkeypatch.setattr(activate, "ACTIVATIONS", Limit("few", 2, 30, limits.ACTIVATIONS.what))
    mine = serving()
    code = given(mine).code
    for _ in range(2):
        assert sent("ZZZZZZZZZZZZ", "0000").status_code == 422
    waits = sent(code, tail_of(mine))
    assert waits.status_code == 429
    assert "30分钟内开通码输错已达2次" in flat(waits)


@pytest.mark.parametrize("tail", ["12", "12345", "x123", "12a4"])
def test_last_digits_that_cant_be_are_refused_before_they_count(tail: str) -> None:
    mine = serving()
    assert sent(given(mine).code, tail).status_code == 422
    with acting(factories.PROVINCIAL):
        assert Activation.objects.get().failures == 0


def test_signed_in_only_code_and_digits_are_asked() -> None:
    mine = serving()
    account = opened(mine)
    phone = client_of(own(account))
    assert "password" not in flat(phone.get(ACTIVATE))
    done = phone.post(ACTIVATE, {"code": given(mine, "核验身份证").code, "tail": tail_of(mine)})
    assert done.headers["Location"] == "/me/"


def test_an_officer_who_tries_a_code_opens_nothing_for_themself() -> None:
    mine = serving()
    code = given(mine).code
    clerk = client_with(SANTAI, "hr_officer")
    assert clerk.post(ACTIVATE, {"code": code, "tail": tail_of(mine)}).status_code == 403
    with acting(factories.PROVINCIAL):
        assert not Account.objects.filter(person_id=mine.person_id).exists()


def test_many_codes_come_as_one_file_and_are_told_nowhere_else() -> None:
    first, second = serving(), serving(name="李四")
    clerk = client_with(SANTAI, "hr_officer")
    listed = flat(clerk.get(reverse("desk:sign_ins")))
    assert "王建华" in listed
    picks = flat(clerk.get(reverse("desk:sign_ins_give")))
    assert picks.count("checked") >= 2
    for kind, begins in (("xlsx", b"PK"), ("pdf", b"%PDF"), ("docx", b"PK")):
        answer = clerk.post(reverse("desk:sign_ins_give"), {"kind": kind, "chosen": [first.pk, second.pk]})
        assert answer.status_code == 200
        assert answer.content.startswith(begins)
    nobody = clerk.post(reverse("desk:sign_ins_give"), {"kind": "pdf"})
    assert nobody.status_code == 422
    assert "请选择人员" in flat(nobody)
    with acting(factories.PROVINCIAL):
        assert Activation.objects.filter(outcome="").count() == 2
    assert "已发开通码" in flat(clerk.get(reverse("desk:sign_ins"), {"standing": "issued"}))


def test_a_second_code_asks_for_the_card_that_was_seen() -> None:
    mine = serving()
    opened(mine)
    clerk = client_with(SANTAI, "hr_head")
    address = reverse("desk:sign_in", args=[mine.pk])
    assert clerk.post(address, {"reason": ""}).status_code == 422
    assert "开通单" in flat(clerk.post(address, {"reason": "核验身份证，换了手机"}))


def test_another_countys_clerk_finds_nobody() -> None:
    mine = serving()
    with acting(factories.PROVINCIAL):
        factories.bureau(YANTING)
    clerk = client_with(YANTING, "hr_officer")
    for method in (clerk.get, clerk.post):
        assert method(reverse("desk:sign_in", args=[mine.pk])).status_code == 404
    assert "王建华" not in flat(clerk.get(reverse("desk:sign_ins")))


def test_the_city_looks_on_and_gives_no_code() -> None:
    mine = serving()
    clerk = client_with(factories.MIANYANG, "hr_officer")
    assert "发放开通码</button>" not in flat(clerk.get(reverse("desk:sign_in", args=[mine.pk])))
    assert clerk.post(reverse("desk:sign_in", args=[mine.pk])).status_code == 403


def test_every_page_of_self_service_lets_in_who_serves_and_nobody_else() -> None:
    doors = {each.name: getattr(each.callback, "lets_in", None) for each in urlpatterns}
    assert {name for name, lets_in in doors.items() if lets_in != AUXILIARIES} == {"activate"}
    assert len(doors) >= 3


def test_each_room_stands_on_the_first_page_or_says_nothing_now() -> None:
    actor = own(opened(serving()))
    phone = client_of(actor)
    home = flat(phone.get("/me/"))
    for room in ROOMS:
        with acting(actor):
            says = room.card(actor) is not None
        assert (f'href="{reverse(room.url)}"' in home) == says
        assert phone.get(reverse(room.url)).status_code == 200


def test_at_the_desk_somebody_who_serves_is_nobody() -> None:
    phone = client_of(own(opened(serving())))
    for name in ("home", "people", "sign_ins", "departures", "accounts", "campaigns"):
        assert phone.get(reverse(f"desk:{name}")).status_code == 403


def test_an_officer_has_no_first_page_here() -> None:
    assert client_with(SANTAI, "hr_officer").get("/me/").status_code == 403
    with acting(VISITOR):
        assert Client().get("/me/").headers["Location"].startswith("/accounts/login/")


def person_of(name: str = "甲", phone: str = PHONE, **made: Any) -> tuple[Bureau, Client]:
    """Somebody with a contract, and their phone."""
    where = bureau(name=name, **made)
    return where, client_of(own(opened(where.engagement, phone)))


def test_the_file_says_each_thing_with_its_source_and_what_is_unknown() -> None:
    made, phone = person_of()
    html = flat(phone.get("/me/file/"))
    with acting(factories.PROVINCIAL):
        person = made.engagement.person
        number = str(person.id_number)
    assert number not in html
    assert f"{number[:4]}**********{number[-4:]}" in html
    assert re.search(r'责任民警</dt>\s*<dd>\s*<span class="tag amber">没有登记', html)
    assert re.search(r'手机号</dt>\s*<dd>\s*<span class="tag amber">没有登记', html)
    assert "固定期限" in html
    assert "签订" in html
    assert "可以续订固定期限合同" in html
    assert "不在试用期" in html


def test_who_has_no_contract_is_told_that_one_is_due() -> None:
    phone = client_of(own(opened(serving())))
    html = flat(phone.get("/me/file/"))
    assert "一个月内应当订立书面合同" in html


def test_all_seven_rights_stand_with_where_they_are_exercised() -> None:
    _, phone = person_of()
    html = flat(phone.get("/me/rights/"))
    for number in range(1, 8):
        assert measures().provisions[f"14.{number}"].text in html
    assert reverse("me:resign") in html


def test_notice_is_given_in_two_looks_and_taken_back() -> None:
    made, phone = person_of()
    page = flat(phone.post("/me/resign/", {"way": "resigned", "act": "weigh"}))
    assert f"最后工作日 {today() + timedelta(30)}" in page
    with acting(made.hr):
        assert not Resignation.objects.exists()
    early = phone.post("/me/resign/", {"way": "resigned", "wished": today().isoformat(), "act": "send"})
    assert early.status_code == 422
    sent_now = phone.post("/me/resign/", {"way": "resigned", "reason": "回乡", "act": "send"})
    address = sent_now.headers["Location"]
    html = flat(phone.get(address))
    with acting(made.hr):
        row = Resignation.objects.get()
    assert row.receipt in html
    assert "回乡" in html
    asked = flat(phone.post(address, {"verb": "take_back"}))
    assert "确认撤回辞职" in asked
    phone.post(address, {"verb": "take_back", "confirmed": "1"})
    assert "本人已撤回" in flat(phone.get(address))
    clerk = client_of(made.hr)
    assert "本人登录本人服务提交" in flat(clerk.get(reverse("desk:resignation", args=[row.pk])))


def test_whoever_left_gives_no_notice_and_still_reads() -> None:
    made, phone = person_of()
    with acting(made.hr):
        at(made, "agreed", "ended", last_day=today())
    assert phone.get("/me/resign/").status_code == 404
    assert "离职" in flat(phone.get("/me/"))
    assert "您已不在职" in flat(phone.get("/me/rights/"))
    assert phone.get("/me/file/").status_code == 200


def test_what_one_is_accused_of_is_read_and_answered() -> None:
    made, phone = person_of()
    with acting(made.hr):
        hearing = told(made, drafted(made, "breach"), until=today() + timedelta(5))
    home = flat(phone.get("/me/"))
    assert f"请您陈述，{today() + timedelta(5)} 前" in home
    address = reverse("me:hearing", args=[hearing.pk])
    assert "违法违纪" in flat(phone.get(address))
    paper = phone.get(reverse("me:hearing_told", args=[hearing.pk]))
    assert b"".join(paper.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    assert "确认提交陈述" in flat(phone.post(address, {"verb": "say"}))
    assert phone.post(address, {"verb": "say", "confirmed": "1", "answer": ""}).status_code == 422
    phone.post(address, {"verb": "say", "confirmed": "1", "answer": "我请过假。"})
    assert "我请过假。" in flat(phone.get(address))
    clerk = client_of(made.hr)
    assert "我请过假。" not in flat(clerk.get(reverse("desk:hearing", args=[hearing.pk])))


def test_anothers_notice_and_hearing_are_not_there() -> None:
    made, _ = person_of()
    with acting(made.hr):
        hearing = told(made, drafted(made, "breach"), until=today() + timedelta(5))
        notice = received(made)
    _, other = person_of("乙", "13900001111")
    for name, pk in (("resignation", notice.pk), ("hearing", hearing.pk), ("hearing_told", hearing.pk)):
        address = reverse(f"me:{name}", args=[pk])
        assert other.get(address).status_code == 404
        assert other.post(address, {"verb": "say", "confirmed": "1", "answer": "x"}).status_code == 404


def test_a_wrong_number_is_corrected_from_the_phone_to_the_file() -> None:
    made, phone = person_of()
    assert "更正" in flat(phone.get("/me/file/"))
    address = reverse("me:correct", args=["phone"])
    assert "经办、人事负责人" in flat(phone.get(address))
    assert phone.post(address, {"wished": "123"}).status_code == 422
    own_page = phone.post(address, {"wished": "13700009999"}).headers["Location"]
    assert "待核对" in flat(phone.get(own_page))
    clerk = client_of(made.hr)
    assert "本人申请更正档案" in flat(clerk.get("/desk/"))
    with acting(made.hr):
        row = Correction.objects.get()
    desk = reverse("desk:correction", args=[row.pk])
    assert "13700009999" not in flat(clerk.get(desk))
    assert "13700009999" in flat(clerk.post(desk, {"act": "read", "reason": "核对"}))
    assert "甲" in flat(clerk.get(reverse("desk:corrections")))
    clerk.post(desk, {"verb": "confirm", "confirmed": "1", "answer": "已改"})
    assert "已改" in flat(phone.get(own_page))
    assert "137****9999" in flat(phone.get("/me/file/"))
    assert phone.get("/me/file/correct/name/").status_code == 404


def test_a_diploma_is_sent_with_the_education_and_the_clerk_leaves_it_to_the_head() -> None:
    made, phone = person_of()
    address = reverse("me:correct", args=["education"])
    assert phone.post(address, {"wished": "bachelor"}).status_code == 422
    proof = SimpleUploadedFile("毕业证.pdf", PDF)
    assert phone.post(address, {"wished": "bachelor", "upload": proof}).status_code == 302
    with acting(made.hr):
        desk = reverse("desk:correction", args=[Correction.objects.get().pk])
    assert client_of(made.hr).post(desk, {"verb": "confirm", "confirmed": "1"}).status_code in {302, 403}
    with acting(made.hr):
        assert Correction.objects.get().state == "asked"
    client_of(made.head).post(desk, {"verb": "confirm", "confirmed": "1", "answer": ""})
    assert "已更正" in flat(phone.get("/me/file/"))
