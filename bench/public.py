"""The pages of applicants and citizens on a phone's slow network: bytes over the wire and first contentful paint, cold.

Each page in a browser that has seen none before, at 400 kbit/s and 400 ms. Exits with 1 when a page weighs more than
100 KB; the paint is printed, since it is the machine's as much as the page's. Run: python -m bench public
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext

from tests.journeys.demo import PASSWORD, PHONE, Missing, Site, chromium, running_demo

BYTES_A_SECOND = 400_000 // 8
LATENCY = 400  # ms
MOST = 100_000  # bytes
APPLICANT = "13800990001"


@dataclass(frozen=True, slots=True)
class Weight:
    """One page, cold: everything that came over the wire, headers included, and when the first text stood there."""

    label: str
    path: str
    bytes: int
    paint: float


def paths(browser: Browser, site: Site) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The public pages and the applicant's own, as (label, path), found by following the links."""
    context = browser.new_context(base_url=site.url, locale="zh-CN")
    page = context.new_page()
    page.goto("/")
    announcement = page.locator("main a[href^='/announcements/']").first.get_attribute("href") or ""
    public = [
        ("招聘公告列表", "/"),
        ("公告", announcement),
        ("能不能报", f"{announcement}may-apply/"),
        ("查进度", "/status/"),
        ("注册", "/sign-up/"),
        ("登录", "/accounts/login/"),
        ("找回账号", "/recover/"),
        ("设新密码", "/recover/use/"),
        ("没有的页面", "/nowhere/"),
    ]
    page.goto("/?show=notice")
    with_notice = page.locator("main a[href^='/announcements/']").first
    if with_notice.count():
        public.append(("公示", f"{with_notice.get_attribute('href')}publicity/"))
    sign_in(context)
    page.goto("/mine/")
    own = page.locator("main a.card-link").first.get_attribute("href") or ""
    page.goto(own)
    ticket = page.locator("main a[href*='/tickets/']").first.get_attribute("href") or ""
    context.close()
    return public, [
        ("我的报名", "/mine/"),
        ("一份报名", own),
        ("回执", f"{own}receipt/"),
        ("准考证", ticket),
        ("选择岗位", f"{announcement}apply/"),
        ("填报", f"{announcement}apply/?post=01"),
        ("查阅记录", "/mine/readings/"),
    ]


def sign_in(context: BrowserContext) -> None:
    """As the demo's applicant."""
    page = context.new_page()
    page.goto("/accounts/login/")
    page.fill("input[name=login]", APPLICANT)
    page.fill("input[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url(lambda address: "/accounts/login" not in address)
    page.close()


def weigh(
    browser: Browser, site: Site, label: str, path: str, state: dict | None = None, *, slow: bool = True
) -> Weight:
    """One page in a fresh browser; `state` are the cookies of whoever is signed in."""
    context = browser.new_context(
        viewport=PHONE, has_touch=True, base_url=site.url, locale="zh-CN", storage_state=state
    )
    page = context.new_page()
    wire = context.new_cdp_session(page)
    came: list[float] = []
    wire.on("Network.loadingFinished", lambda event: came.append(event["encodedDataLength"]))
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    if slow:
        network = {"offline": False, "latency": LATENCY, "downloadThroughput": BYTES_A_SECOND}
        wire.send("Network.emulateNetworkConditions", network | {"uploadThroughput": BYTES_A_SECOND})
    page.goto(path, wait_until="networkidle", timeout=60_000)
    paint = page.evaluate("() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN")
    context.close()
    return Weight(label, path, round(sum(came)), float(paint))


def weights(browser: Browser, site: Site, *, slow: bool = True) -> list[Weight]:
    """Every public page as a visitor, every own page as the applicant."""
    public, own = paths(browser, site)
    context = browser.new_context(base_url=site.url)
    sign_in(context)
    state = dict(context.storage_state())
    context.close()
    found = [weigh(browser, site, label, path, slow=slow) for label, path in public]
    return found + [weigh(browser, site, label, path, state, slow=slow) for label, path in own]


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="fujing-bench-public-") as folder:
        try:
            with running_demo(Path(folder)) as site, chromium() as browser:
                found = weights(browser, site)
        except Missing as missing:
            print(missing)
            return 1
    print("400 kbit/s，时延 400 毫秒，没有缓存；首次内容绘制只供参考")
    for each in found:
        over = "  超过 100 KB" if each.bytes > MOST else ""
        print(f"{each.label:<8}\t{each.bytes / 1000:6.1f} KB\t{each.paint / 1000:5.2f} 秒\t{each.path}{over}")
    return int(any(each.bytes > MOST for each in found))


if __name__ == "__main__":
    sys.exit(main())
