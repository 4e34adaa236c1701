"""`make screenshots`: start the demo and photograph the main pages at desk and phone width into docs/screenshots."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "docs" / "screenshots"
PORT = 8765
URL = f"http://127.0.0.1:{PORT}"
PASSWORD = "fujing-demo-2026"  # noqa: S105 - the demo prints it
WIDTHS = {"desk": {"width": 1366, "height": 768}, "phone": {"width": 390, "height": 844}}
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
# name → (sign-in or None, path)
PAGES = {
    "public": (None, "/"),
    "law": (None, "/law/"),
    "home": ("santai_hr", "/desk/"),
    "roster": ("santai_hr", "/desk/people/"),
    "quota": ("province_hr", "/desk/quota/"),
    "plans": ("santai_hr", "/desk/plans/"),
    "campaigns": ("santai_hr", "/desk/campaigns/"),
}


def wait(seconds: int = 240) -> None:
    """Until the demo answers."""
    for _ in range(seconds * 4):
        try:
            with urllib.request.urlopen(f"{URL}/readyz", timeout=2):  # noqa: S310 - our own loopback address
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.25)
    raise SystemExit("the demo did not start")


def sign_in(page: Page, username: str) -> None:
    page.goto(f"{URL}/accounts/login/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url(lambda address: "/accounts/login" not in address)


def photograph(browser: Browser) -> None:
    for width, viewport in WIDTHS.items():
        for name, (username, path) in PAGES.items():
            context = browser.new_context(viewport=viewport, locale="zh-CN")
            page = context.new_page()
            if username:
                sign_in(page, username)
            page.goto(URL + path)
            page.screenshot(path=TARGET / f"{name}-{width}.png")
            context.close()


def main() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"FUJING_DATA": folder, "PYTHONPATH": str(ROOT / "src")}
        demo = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", "fujing", "demo", "--port", str(PORT)],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            wait()
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
                photograph(browser)
                browser.close()
        finally:
            demo.terminate()
            demo.wait()
            from fujing.kernel.postgres import server

            server.embedded_stop(Path(folder))


if __name__ == "__main__":
    main()
