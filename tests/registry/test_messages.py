"""Short messages go through a task, say no more than that there is something to read, and are tried again."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from fujing.kernel.actor import Actor, acting
from fujing.kernel.messages import HttpGateway, Undelivered
from fujing.recruitment.applications.models import Application
from fujing.registry.models import Account
from fujing.registry.tasks import RETRY, send_message, tell
from tests.recruitment.applications import made

pytestmark = pytest.mark.django_db
GROUND = "学历证书不清楚"


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.SMS, settings.DATA = "file", tmp_path
    return tmp_path / "messages"


def waiting() -> list[dict[str, Any]]:
    rows = ProcrastinateJob.objects.filter(task_name="fujing.send_message").order_by("pk")
    return [row.args for row in rows]


def delivered(folder: Path) -> list[dict[str, str]]:
    """Run what waits, as the worker does, and read what came out."""
    for args in waiting():
        send_message(**args)
    return [json.loads(path.read_text()) for path in sorted(folder.glob("*.json"))]


def phone_of(actor: Actor) -> str:
    with acting(actor):
        return str(Account.objects.get(pk=actor.account_id).phone)


def test_a_return_is_told_with_its_deadline_and_without_its_ground(folder: Path) -> None:
    application, own = made.application(made.campaign(), "returned")
    assert not folder.exists()  # nothing leaves before the task
    (message,) = delivered(folder)
    assert message["phone"] == phone_of(own)
    assert "补充材料" in message["text"]
    assert f"{application.complete_until:%Y年}" in message["text"]
    assert GROUND not in message["text"]
    assert application.name not in message["text"]


def test_the_queue_holds_neither_number_nor_text(folder: Path) -> None:
    _, own = made.application(made.campaign(), "returned")
    held = json.dumps(waiting(), ensure_ascii=False)
    assert phone_of(own) not in held
    assert "补充" not in held


def test_without_a_gateway_nothing_waits_and_the_pages_say_so(settings: Any) -> None:
    settings.SMS = ""
    made.application(made.campaign(), "returned")
    assert waiting() == []
    assert "系统不发短信" in Client().get(reverse("public:sign_up")).content.decode()


def test_with_a_gateway_the_pages_do_not_say_that_nobody_is_told(folder: Path) -> None:
    assert "系统不发短信" not in Client().get(reverse("public:sign_up")).content.decode()


def test_a_closed_account_and_one_that_is_not_there_get_nothing(folder: Path) -> None:
    own = made.applicant()
    with acting(own):
        Account.objects.filter(pk=own.account_id).update(is_active=False)
    assert tell([own.account_id or 0, 987654321], "试") == 2
    assert delivered(folder) == []


def test_somebody_named_twice_is_told_once(folder: Path) -> None:
    own = made.applicant()
    tell([own.account_id or 0] * 2, "试")
    assert len(delivered(folder)) == 1


def asked(application: Application) -> None:
    form = {
        "name": application.name,
        "id_number": str(application.id_number),
        "receipt": application.receipt,
        "phone": "13711112222",
    }
    assert Client().post(reverse("public:recover"), form).status_code == 200


def test_whoever_still_has_the_phone_resets_at_once_by_the_code_of_the_message(folder: Path) -> None:
    application, own = made.application(made.campaign())
    number = phone_of(own)
    asked(application)
    (message,) = delivered(folder)
    assert message["phone"] == number
    code = message["text"].split("口令 ")[1][:16]
    use = reverse("public:recover_use")
    taken = {"code": code, "phone": "13711112222", "password": "xin-mima-2026"}
    # The message proves the old number, so it moves none.
    assert Client().post(use, taken).status_code == 422
    assert Client().post(use, taken | {"phone": number}).status_code == 302
    assert Client().post(use, taken | {"phone": number}).status_code == 422
    signed_in = Client().post("/accounts/login/", {"login": number, "password": "xin-mima-2026"})
    assert signed_in.status_code == 302


class Answers(BaseHTTPRequestHandler):
    """A gateway that keeps what came and answers what it was told to."""

    status, said = 200, '{"ok": true}'
    came: list[tuple[str, dict[str, Any]]] = []

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        type(self).came.append((self.headers.get("Authorization", ""), body))
        self.send_response(type(self).status)
        self.end_headers()
        self.wfile.write(type(self).said.encode())

    def log_message(self, *_: Any) -> None:
        """Quiet."""


@pytest.fixture
def gateway() -> Iterator[HttpGateway]:
    Answers.status, Answers.said, Answers.came = 200, '{"ok": true}', []
    server = HTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield HttpGateway(
        f"http://127.0.0.1:{server.server_port}/send",
        token="t",
        fields=("mobile", "content"),
        extra={"sign": "辅警招聘"},
        success='"ok": true',
    )
    server.shutdown()
    server.server_close()


def test_a_gateway_gets_its_own_names_for_number_and_text(gateway: HttpGateway) -> None:
    gateway.send("13700001111", "试")
    assert Answers.came == [("Bearer t", {"sign": "辅警招聘", "mobile": "13700001111", "content": "试"})]


@pytest.mark.parametrize(("status", "said"), [(500, '{"ok": true}'), (200, '{"ok": false}')])
def test_a_refusal_of_the_gateway_is_undelivered_and_names_nobody(gateway: HttpGateway, status: int, said: str) -> None:
    Answers.status, Answers.said = status, said
    with pytest.raises(Undelivered) as caught:
        gateway.send("13700001111", "试")
    assert "137" not in str(caught.value)


def test_a_gateway_that_is_not_there_is_tried_again_and_not_for_ever(
    settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.SMS, settings.SMS_URL = "http", "http://127.0.0.1:9/send"
    own = made.applicant()
    tell([own.account_id or 0], "试")
    (args,) = waiting()
    for _ in range(2):
        with pytest.raises(Undelivered):
            send_message(**args)
    assert phone_of(own) not in caplog.text
    job = type("Job", (), {"attempts": 0})()
    assert RETRY.get_retry_decision(exception=Undelivered(), job=job) is not None
    job.attempts = 6
    assert RETRY.get_retry_decision(exception=Undelivered(), job=job) is None


def test_an_address_that_is_none_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="FUJING_SMS_URL"):
        HttpGateway("file:///etc/passwd", token="", fields=("a", "b"), extra={}, success="")
