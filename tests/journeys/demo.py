"""The demo as its users start it, and Chromium in front of it; used by the journeys and by the screenshots."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from fujing.kernel.postgres import server

ROOT = Path(__file__).parent.parent.parent
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
PASSWORD = "fujing-demo-2026"
PATIENCE = 300  # seconds for the demo to seed and answer


class Missing(RuntimeError):
    """Something the browser tests need is not there; the message says what."""


@dataclass(frozen=True)
class Site:
    """A running demo."""

    url: str
    data: Path

    def owner(self, statement: str) -> None:
        """Run SQL as the owner: the only way for a test to let days pass."""
        parameters = {"host": str(self.data / "postgres"), "user": "postgres", "dbname": "fujing"}
        with psycopg.connect(**parameters) as connection:
            connection.execute("SELECT set_config('fujing.actor', '时间推移', true)")
            connection.execute(statement)

    def prepared(self, module: str, *given: object) -> Any:
        """What a module of `tests.journeys` made in the demo's data folder, as the JSON that it printed last."""
        environment = _bare_environment() | {
            "FUJING_DATA": str(self.data),
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "DJANGO_SETTINGS_MODULE": "fujing.settings",
        }
        command = [sys.executable, "-m", f"tests.journeys.{module}", *map(str, given)]
        done = subprocess.run(
            command, env=environment, cwd=ROOT, check=False, capture_output=True, text=True, timeout=180
        )
        if done.returncode:
            raise Missing(f"{module} failed:\n{done.stderr[-3000:]}")
        return json.loads(done.stdout.splitlines()[-1])


def _bare_environment() -> dict[str, str]:
    """Without the settings of the test run, which has a database of its own."""
    return {name: value for name, value in os.environ.items() if not name.startswith("FUJING_")}


@contextmanager
def running_demo(data: Path, command: str = "demo") -> Iterator[Site]:
    """`fujing demo` on an empty data folder, or `fujing serve` on one that was made; stopped at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = _bare_environment() | {"FUJING_DATA": str(data), "PYTHONPATH": str(ROOT / "src")}
    url = f"http://127.0.0.1:{port}"
    with (data / "demo.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "fujing", command, "--port", str(port)], env=environment, stdout=log, stderr=log
        )
        try:
            _wait(f"{url}/readyz", process, data / "demo.log")
            yield Site(url, data)
        finally:
            process.terminate()
            process.wait(30)
            server.embedded_stop(data)


def _wait(url: str, process: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    raise Missing(f"the demo did not start:\n{log.read_text('utf-8')[-3000:]}")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; Missing says what to install."""
    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    if executable is None:
        raise Missing(
            "浏览器测试需要 Chromium 和中文字体：以管理员身份运行 make browser，或自行安装 chromium、fonts-noto-cjk。"
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@dataclass
class Visitors:
    """Opens a page for each person who comes; a person keeps their sign-in."""

    browser: Browser
    site: Site
    contexts: list[BrowserContext] = field(default_factory=list)

    def __call__(self, username: str | None, *, phone: bool = False, password: str = PASSWORD) -> Page:
        """A page signed in as that account, at desk width unless `phone`."""
        context = self.browser.new_context(
            viewport=PHONE if phone else DESK, has_touch=phone, base_url=self.site.url, locale="zh-CN"
        )
        self.contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        if username is not None:
            page.goto("/accounts/login/")
            page.fill("input[name=login]", username)
            page.fill("input[name=password]", password)
            page.click("button[type=submit]")
            page.wait_for_url(lambda address: "/accounts/login" not in address)
        return page

    def close(self) -> None:
        for context in self.contexts:
            context.close()


def assert_fits(page: Page) -> None:
    """Nothing reaches past the window's right edge."""
    page.wait_for_load_state()  # an address is there before its page, and a new page is empty at first
    width, scrolled = page.evaluate("() => [innerWidth, document.documentElement.scrollWidth]")
    assert scrolled <= width, (page.url, width, scrolled)


def assert_accessible(page: Page) -> None:
    """axe-core finds nothing serious on the page as it is now."""
    page.wait_for_load_state()  # an address is there before its page
    page.add_script_tag(path=str(ROOT / "node_modules" / "axe-core" / "axe.min.js"))
    result = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    serious = [
        f"{violation['id']}: {violation['nodes'][0]['html'][:160]}"
        for violation in result["violations"]
        if violation["impact"] in {"serious", "critical"}
    ]
    assert not serious, f"{page.url}\n" + "\n".join(serious)


def looked_at(page: Page, label: str = "") -> None:
    """The page fits its window and axe-core has nothing to say of it; FUJING_PICTURES keeps what has a label."""
    assert_fits(page)
    if label and (folder := os.environ.get("FUJING_PICTURES")):
        page.screenshot(path=f"{folder}/{page.viewport_size['width']}-{label}.png", full_page=True)
    assert_accessible(page)
