"""本人服务 by its pages: the slip, the phone that opens it, the doors on both sides."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from fujing.kernel.actor import acting
from fujing.registry.models import Account, Activation
from fujing.web import limits
from fujing.web.audience import AUXILIARIES
from fujing.web.me.chapters import ROOMS
from fujing.web.me.urls import urlpatterns
from tests import factories
from tests.clients import client_of, client_with
from tests.factories import SANTAI, YANTING
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
    phone = client_of(own(opened(serving())))
    home = flat(phone.get("/me/"))
    for room in ROOMS:
        assert reverse(room.url) in home
        assert phone.get(reverse(room.url)).status_code == 200


def test_at_the_desk_somebody_who_serves_is_nobody() -> None:
    phone = client_of(own(opened(serving())))
    for name in ("home", "people", "sign_ins", "departures", "accounts", "campaigns"):
        assert phone.get(reverse(f"desk:{name}")).status_code == 403


def test_an_officer_has_no_first_page_here() -> None:
    assert client_with(SANTAI, "hr_officer").get("/me/").status_code == 403
    with acting(VISITOR):
        assert Client().get("/me/").headers["Location"].startswith("/accounts/login/")
