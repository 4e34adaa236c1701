"""A way back into one's account: by receipt after a wait, or at the desk; for nobody else, once, and not behind a back."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fujing.kernel.actor import Actor, acting
from fujing.kernel.attempts import Limit
from fujing.kernel.models import Decision
from fujing.recruitment.applications.models import Application
from fujing.recruitment.recovery import services
from fujing.recruitment.recovery.models import Recovery
from fujing.registry.models import Account
from fujing.web.public import recovery
from tests import factories
from tests.clients import client_of
from tests.factories import YANTING
from tests.recruitment.applications import made

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "xin-mima-2026"
NEW_PHONE = "13711112222"


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the time that every answer takes."""
    monkeypatch.setattr(recovery, "AT_LEAST", 0)


@pytest.fixture
def applied() -> tuple[Application, Actor]:
    return made.application(made.campaign())


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Moves the clock of the recovery on, and of nothing else."""

    def move(**by: int) -> None:
        at = timezone.now() + timedelta(**by)
        monkeypatch.setattr(services.timezone, "now", lambda: at)

    return move


def stated(application: Application, **changes: str) -> dict[str, str]:
    known = {
        "name": application.name,
        "id_number": str(application.id_number),
        "receipt": application.receipt,
        "phone": NEW_PHONE,
    }
    return known | changes


def asked(application: Application, **changes: str) -> str:
    page = Client().post(reverse("public:recover"), stated(application, **changes))
    assert page.status_code == 200
    return str(page.context["code"])


def used(code: str, phone: str = NEW_PHONE, password: str = NEW_PASSWORD) -> Any:
    return Client().post(reverse("public:recover_use"), {"code": code, "phone": phone, "password": password})


def signs_in(phone: str, password: str) -> bool:
    answer = Client().post(reverse("account_login"), {"login": phone, "password": password})
    return bool(answer.status_code == 302)


def phone_of(actor: Actor) -> str:
    with acting(actor):
        return str(Account.objects.get(pk=actor.account_id).username)


def test_after_the_wait_the_code_sets_password_and_number_and_ends_every_session(
    applied: tuple[Application, Actor], later: Any
) -> None:
    application, own = applied
    old, session = phone_of(own), client_of(own)
    code = asked(application)
    assert session.get(reverse("public:mine")).status_code == 200
    later(hours=24, minutes=1)
    assert used(code).status_code == 302
    assert signs_in(NEW_PHONE, NEW_PASSWORD)
    assert not signs_in(old, made.PASSWORD)
    assert session.get(reverse("public:mine")).status_code == 302
    with acting(own):
        assert Application.objects.get(pk=application.pk).phone == NEW_PHONE


def test_before_the_wait_is_over_the_code_opens_nothing(applied: tuple[Application, Actor], later: Any) -> None:
    application, own = applied
    code = asked(application)
    later(hours=23, minutes=59)
    assert used(code).status_code == 422
    assert signs_in(phone_of(own), made.PASSWORD)


def test_a_code_works_once_and_not_after_its_week(applied: tuple[Application, Actor], later: Any) -> None:
    application, _ = applied
    first, second = asked(application), asked(application)
    later(hours=25)
    assert used(first).status_code == 302
    assert used(first).status_code == 422
    later(days=8, minutes=1)
    assert used(second).status_code == 422


@pytest.mark.parametrize(
    "wrong", [{"name": "王大明"}, {"id_number": made.citizen_number()}, {"receipt": "ABCDEFGHJKLM"}], ids=str
)
def test_what_does_not_match_gets_the_same_page_and_a_code_that_opens_nothing(
    applied: tuple[Application, Actor], later: Any, wrong: dict[str, str]
) -> None:
    application, own = applied
    right = Client().post(reverse("public:recover"), stated(application))
    other = Client().post(reverse("public:recover"), stated(application, **wrong))

    def without_code(page: Any) -> str:
        return re.sub(r"\b(\w{64}|[2-9A-Z]{16})\b", "", page.content.decode())

    assert (other.status_code, without_code(other)) == (right.status_code, without_code(right))
    # And tried before the wait is over both say the same.
    early = [used(page.context["code"]).context["form"].non_field_errors() for page in (right, other)]
    assert early[0] == early[1]
    with acting(own):
        assert Recovery.objects.count() == 1
    later(hours=25)
    assert used(str(other.context["code"])).status_code == 422
    assert signs_in(phone_of(own), made.PASSWORD)


def test_the_answer_takes_as_long_when_nothing_matches(
    applied: tuple[Application, Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recovery, "AT_LEAST", 0.3)
    for changes in ({}, {"name": "王大明"}):
        began = time.monotonic()
        asked(applied[0], **changes)
        assert time.monotonic() - began >= 0.3


def test_the_owner_is_told_at_sign_in_and_stops_it(applied: tuple[Application, Actor], later: Any) -> None:
    application, own = applied
    code = asked(application)
    client = client_of(own)
    page = client.get(reverse("public:mine")).content.decode()
    assert "申请重设您的密码和手机号" in page
    with acting(own):
        request = Recovery.objects.get()
    stop = reverse("public:recovery_stop", args=[request.pk])
    assert client.get(stop).status_code == 302
    with acting(own):
        assert Recovery.objects.get().outcome == ""
    for _ in range(2):
        assert client.post(stop).status_code == 302
    assert "申请重设" not in client.get(reverse("public:mine")).content.decode()
    later(hours=25)
    assert used(code).status_code == 422
    assert signs_in(phone_of(own), made.PASSWORD)


def test_a_stranger_neither_sees_nor_stops_it(applied: tuple[Application, Actor], later: Any) -> None:
    application, own = applied
    code = asked(application)
    with acting(own):
        request = Recovery.objects.get()
    stranger = client_of(made.applicant(name="陌生人"))
    assert "申请重设" not in stranger.get(reverse("public:mine")).content.decode()
    assert stranger.post(reverse("public:recovery_stop", args=[request.pk])).status_code == 403
    assert Client().post(reverse("public:recovery_stop", args=[request.pk])).status_code == 302
    later(hours=25)
    assert used(code).status_code == 302


def test_a_number_that_is_another_s_account_moves_after_three_days_and_its_holder_may_stop_it(
    applied: tuple[Application, Actor], later: Any
) -> None:
    application, _ = applied
    holder = made.applicant(name="占号人")
    number = phone_of(holder)
    code, other = asked(application, phone=number), asked(application, phone=number)
    page = client_of(holder)
    assert "申请改用您登录的手机号" in page.get(reverse("public:mine")).content.decode()
    with acting(holder):
        latest = Recovery.objects.order_by("-pk")[0]
    assert page.post(reverse("public:recovery_stop", args=[latest.pk])).status_code == 302
    later(hours=71)
    assert used(code, number).status_code == 422
    later(hours=73)
    assert used(other, number).status_code == 422
    assert used(code, number).status_code == 302
    assert signs_in(number, NEW_PASSWORD)
    assert not signs_in(number, made.PASSWORD)
    with acting(holder):
        assert Account.objects.get(pk=holder.account_id).phone is None


def test_a_number_that_was_not_asked_for_is_not_taken_from_anybody(
    applied: tuple[Application, Actor], later: Any
) -> None:
    application, own = applied
    number = phone_of(made.applicant(name="占号人"))
    code = asked(application)
    later(hours=25)
    answer = used(code, number)
    assert answer.status_code == 422
    assert "另一个账号" in answer.content.decode()
    assert signs_in(phone_of(own), made.PASSWORD)
    # Refused, not used up.
    assert used(code).status_code == 302


def test_a_weak_password_is_refused_and_uses_nothing_up(applied: tuple[Application, Actor], later: Any) -> None:
    code = asked(applied[0])
    later(hours=25)
    for weak in ("1234567890", "short", "qwertyuiop"):
        assert used(code, password=weak).status_code == 422
    assert used(code).status_code == 302


def test_no_more_than_three_wait_for_one_account(applied: tuple[Application, Actor]) -> None:
    application, own = applied
    for _ in range(5):
        asked(application)
    with acting(own):
        assert Recovery.objects.count() == services.AT_ONCE


def test_asking_and_guessing_codes_are_slowed_down(
    applied: tuple[Application, Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("RECOVERIES", "RECOVERY_CODES"):
        known: Limit = getattr(recovery, name)
        monkeypatch.setattr(recovery, name, Limit(known.kind, 2, known.minutes, known.what))
    for _ in range(2):
        assert used("A" * 16).status_code == 422
        asked(applied[0])
    assert used("A" * 16).status_code == 429
    assert Client().post(reverse("public:recover"), stated(applied[0])).status_code == 429


def at_desk(actor: Actor, application: Application, **changes: str) -> Any:
    form = {"seen": "on", "phone": NEW_PHONE, "reason": "忘记密码，核对身份证", **changes}
    return client_of(actor).post(reverse("desk:recovery", args=[application.pk]), form)


def test_at_the_desk_a_code_is_given_against_the_card_with_a_decision(
    applied: tuple[Application, Actor], later: Any
) -> None:
    application, own = applied
    page = at_desk(made.head(), application)
    code = page.context["code"]
    assert code in page.content.decode()
    with acting(own):
        decision = Decision.objects.get(kind="找回账号")
        assert (decision.account_id, decision.decided_by) == (own.account_id, "人事负责人")
    told = client_of(own).get(reverse("public:mine")).content.decode()
    assert "现场核验身份证" in told
    assert used(code).status_code == 302
    assert used(code).status_code == 422
    assert signs_in(NEW_PHONE, NEW_PASSWORD)


def test_the_desk_s_code_is_valid_for_an_hour(applied: tuple[Application, Actor], later: Any) -> None:
    code = at_desk(made.head(), applied[0]).context["code"]
    later(minutes=61)
    assert used(code).status_code == 422


def test_the_desk_needs_the_card_a_reason_and_the_organ_itself(applied: tuple[Application, Actor]) -> None:
    application, own = applied
    assert at_desk(made.head(), application, seen="").status_code == 422
    assert at_desk(made.head(), application, reason=" ").status_code == 422
    assert at_desk(made.head(YANTING), application).status_code == 404
    assert at_desk(made.head(factories.MIANYANG), application).status_code == 403
    with acting(factories.PROVINCIAL):
        clerk = factories.officer(factories.SANTAI, "finance")
    assert at_desk(clerk, application).status_code in {403, 404}
    assert at_desk(own, application).status_code in {403, 404}
    with acting(own):
        assert not Recovery.objects.exists()


def test_whoever_is_signed_in_can_not_stop_what_an_officer_saw_the_card_for(applied: tuple[Application, Actor]) -> None:
    application, own = applied
    code = at_desk(made.head(), application).context["code"]
    with acting(own):
        request = Recovery.objects.get()
    assert client_of(own).post(reverse("public:recovery_stop", args=[request.pk])).status_code == 403
    assert used(code).status_code == 302


def test_an_ended_request_is_not_opened_again_in_the_database(applied: tuple[Application, Actor]) -> None:
    application, own = applied
    asked(application)
    with acting(own):
        services.recovery_stop(actor=own, request_id=Recovery.objects.get().pk)
        with pytest.raises(DatabaseError, match="不能再改"), transaction.atomic():
            Recovery.objects.update(outcome="", ended_at=None)
