"""The log tells what happened and to whose request, and nothing about anybody."""

from __future__ import annotations

import io
import json
import logging
import logging.config
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from django.conf import settings
from django.db import IntegrityError
from django.test import Client
from django.urls import path

from fujing.kernel.actor import acting
from fujing.web import urls
from tests import factories
from tests.factories import SANTAI


class Lines(io.StringIO):
    """What the console would show."""

    def events(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.getvalue().splitlines()]


@pytest.fixture
def lines() -> Iterator[Lines]:
    written = Lines()
    handler = logging.StreamHandler(written)
    formatter = settings.LOGGING["formatters"]["line"]
    options = {name: value for name, value in formatter.items() if name != "()"}
    handler.setFormatter(formatter["()"](**options))
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


@pytest.fixture
def officer(db: None) -> Client:
    client = Client(raise_request_exception=False)
    with acting(factories.PROVINCIAL):
        account = factories.account(SANTAI, "hr_officer")
        client.force_login(account, backend="fujing.registry.authentication.AccountBackend")
    return client


def test_a_request_has_one_line_with_its_number_and_without_what_was_searched_for(
    officer: Client, lines: Lines
) -> None:
    answer = officer.get("/desk/search/", {"q": "王建华"})
    (event,) = lines.events()
    assert (event["method"], event["path"], event["status"]) == ("GET", "/desk/search/", 200)
    assert event["request"] == answer.headers["X-Request-ID"]
    assert event["account"] is not None
    assert "王建华" not in lines.getvalue()


def test_a_refused_row_is_not_repeated_in_the_log(lines: Lines) -> None:
    try:
        raise IntegrityError(
            "重复\nDETAIL:  Key (phone)=(13800000000) already exists.\nCONTEXT:  COPY 510722199001011234"
        )
    except IntegrityError:
        structlog.get_logger("fujing").exception("failed")
    (event,) = lines.events()
    assert "IntegrityError" in event["exception"]
    assert "13800000000" not in lines.getvalue()
    assert "510722199001011234" not in lines.getvalue()


class Broken(Exception):
    """Nothing foresaw it."""


def test_who_meets_a_failure_is_given_the_number_that_the_log_has(
    officer: Client, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(request: object) -> None:
        raise Broken

    monkeypatch.setattr(urls, "urlpatterns", [path("desk/fails/", fail), *urls.urlpatterns])
    from django.urls import clear_url_caches

    clear_url_caches()
    answer = officer.get("/desk/fails/")
    clear_url_caches()
    assert answer.status_code == 500
    number = answer.headers["X-Request-ID"]
    assert number in answer.content.decode()
    failures = [event for event in lines.events() if "Broken" in event.get("exception", "")]
    assert [event["request"] for event in failures] == [number]
