"""The demo as its users start it, and Chromium in front of it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from fujing.kernel.postgres import server

ROOT = Path(__file__).parent.parent.parent
CHROMIUM_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
PATIENCE = 240  # seconds for the demo to seed and answer


@dataclass(frozen=True)
class Site:
    """A running demo."""

    url: str
    password: str
    data: Path

    def owner(self, statement: str) -> None:
        """Run SQL as the owner: the only way for a test to let days pass."""
        parameters = {"host": str(self.data / "postgres"), "user": "postgres", "dbname": "fujing"}
        with psycopg.connect(**parameters) as connection:
            connection.execute("SELECT set_config('fujing.actor', '时间推移', true)")
            connection.execute(statement)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """`fujing demo` on an empty data folder."""
    if running := os.environ.get(
        "FUJING_JOURNEY_SITE"
    ):  # a demo that is already there, while writing journeys
        yield Site(running, "fujing-demo-2026", Path(os.environ["FUJING_JOURNEY_DATA"]))
        return
    data = tmp_path_factory.mktemp("demo")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("FUJING_")}
    environment |= {"FUJING_DATA": str(data), "PYTHONPATH": str(ROOT / "src")}
    log = (data / "demo.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "fujing", "demo", "--port", str(port)], env=environment, stdout=log, stderr=log
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(f"{url}/readyz", process, data / "demo.log")
        yield Site(url, "fujing-demo-2026", data)
    finally:
        process.terminate()
        process.wait(30)
        log.close()
        server.embedded_stop(data)


def _wait(url: str, process: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    pytest.fail(f"the demo did not start:\n{log.read_text('utf-8')[-3000:]}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; without it the journeys fail and say what is missing."""
    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    if executable is None:
        pytest.fail(
            "浏览器测试需要 Chromium 和中文字体：以管理员身份运行 make browser，或自行安装 chromium、fonts-noto-cjk。"
        )
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def sign_in(site: Site, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page signed in as a demo account, at desk width unless `phone`."""
    contexts = []

    def open_as(username: str | None, *, phone: bool = False) -> Page:
        context = browser.new_context(viewport=PHONE if phone else DESK, base_url=site.url, locale="zh-CN")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        if username is not None:
            page.goto("/accounts/login/")
            page.fill("input[name=login]", username)
            page.fill("input[name=password]", site.password)
            page.click("button[type=submit]")
            page.wait_for_url(lambda address: "/accounts/login" not in address)
        return page

    yield open_as
    for context in contexts:
        context.close()


def assert_accessible(page: Page) -> None:
    """axe-core finds nothing serious on the page as it is now."""
    page.add_script_tag(path=str(ROOT / "node_modules" / "axe-core" / "axe.min.js"))
    result = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    serious = [
        f"{violation['id']}: {violation['nodes'][0]['html'][:160]}"
        for violation in result["violations"]
        if violation["impact"] in {"serious", "critical"}
    ]
    assert not serious, f"{page.url}\n" + "\n".join(serious)
