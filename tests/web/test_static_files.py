"""Styles and scripts as an installation hands them out: under names of their content, compressed, kept for ever."""

from __future__ import annotations

import gzip
import re
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory
from whitenoise.middleware import WhiteNoiseMiddleware

from fujing.kernel.actor import Actor
from fujing.web.storage import HashedStatic

STATIC = Path(__file__).parents[2] / "src" / "fujing" / "web" / "static"
OURS = sorted(each.name for each in STATIC.iterdir() if each.suffix in {".js", ".css"})

# An answer that is closed looks after the connection that an earlier test may have opened.
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `collectstatic` makes, in a folder of its own."""
    return tmp_path_factory.mktemp("static")


@pytest.fixture
def storage(settings: LazySettings, collected: Path) -> HashedStatic:
    settings.STATIC_ROOT = str(collected)
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = False
    if not any(collected.iterdir()):
        call_command("collectstatic", verbosity=0, interactive=False)
    return HashedStatic(location=str(collected), base_url=settings.STATIC_URL)


def handed_out(url: str, **headers: str) -> tuple[Any, bytes]:
    """What the middleware that hands out static files answers, and its body; what isn't one is not found."""
    serve = WhiteNoiseMiddleware(lambda request: HttpResponse(status=404))
    answer = serve(RequestFactory(headers=headers).get(url))
    with closing(answer):
        return answer, b"".join(answer)


@pytest.mark.parametrize("name", OURS)
def test_a_hashed_file_is_compressed_and_kept_for_ever(storage: HashedStatic, name: str) -> None:
    url = storage.url(name)
    assert re.search(r"\.[0-9a-f]{12}\.(?:js|css)$", url)
    answer, body = handed_out(url, accept_encoding="gzip")
    assert answer.status_code == 200
    assert answer["Content-Encoding"] == "gzip"
    assert "immutable" in answer["Cache-Control"]
    age = re.search(r"max-age=(\d+)", answer["Cache-Control"])
    assert age
    assert int(age[1]) >= 31_536_000
    assert "Accept-Encoding" in answer["Vary"]
    _, plain = handed_out(url)
    assert gzip.decompress(body) == plain
    assert len(body) < len(plain) * 0.6


def test_what_has_no_hash_is_asked_for_again_within_the_hour(storage: HashedStatic) -> None:
    answer, _ = handed_out("/static/fujing.css")
    assert answer.status_code == 200
    assert "immutable" not in answer["Cache-Control"]


def test_pages_ask_for_the_hashed_names(storage: HashedStatic, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staticfiles_storage, "_wrapped", storage)
    page = render_to_string("base.html", {"actor": Actor(name="访客")})
    asked = re.findall(r"""(?:src|href)="(/static/[^"]+)""", page)
    assert len(asked) == 4
    assert all(re.search(r"\.[0-9a-f]{12}\.", each) for each in asked), asked
