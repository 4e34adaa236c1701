"""The pages of applicants and citizens on a phone's slow network: bytes over the wire and first contentful paint, cold.

Each page in a browser that has seen none before, at 400 kbit/s and 400 ms. Exits with 1 when a page weighs more than
100 KB; the paint is printed, since it is the machine's as much as the page's. Run: python -m bench public
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page

from fujing.law.citizen_numbers import check_digit
from tests.journeys.demo import PASSWORD, PHONE, Missing, Site, chromium, running_demo
from tests.pictures import pdf, photograph

BYTES_A_SECOND = 400_000 // 8
LATENCY = 400  # ms
MOST = 100_000  # bytes
APPLICANT = "13800990001"


@dataclass(frozen=True, slots=True)
class Step:
    """A page to which only an act leads: what is done first on the page at `path`, unweighed, and the button."""

    label: str
    path: str
    first: Callable[[Page], None]
    press: str
    signed_in: bool = True


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


ANSWERS = {
    "education": "bachelor",
    "sex": "male",
    "birth_date": "1999-05-11",
    "household": "四川省绵阳市三台县",
    "height_cm": "175",
    "weight_kg": "70",
    "naked_vision": "4.9",
    "corrected_vision": "5.0",
    "major": "法学",
    "certificates": "无",
}
"""What somebody answers, as far as an announcement asks."""


def asks(page: Page) -> None:
    """Every question of a form answered; what remains to be chosen is answered with 否."""
    for name, said in ANSWERS.items():
        field = page.locator(f"[name={name}]")
        if field.count():
            field.select_option(said) if field.evaluate("field => field.tagName") == "SELECT" else field.fill(said)
    for choice in page.locator("main select:has(option[value=false])").all():
        choice.select_option("false")


def hands_in(page: Page) -> None:
    """Every answer, and every paper of an application, the pictures as a camera takes them."""
    asks(page)
    taken = {"name": "照片.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    papers = dict.fromkeys(("photo", "identity", "id_back"), taken)
    papers["diploma"] = {"name": "学历.pdf", "mimeType": "application/pdf", "buffer": pdf("学历证书")}
    for number, (kind, paper) in enumerate(papers.items()):
        page.set_input_files(f"[name=file_{kind}]", paper)
        page.locator(".paper button").nth(number).wait_for(timeout=60_000)


def steps(announcement: str) -> list[Step]:
    """The pages behind a button, in the order of an applicant's way."""
    form, check = f"{announcement}apply/?post=01", f"{announcement}apply/check/"
    return [
        Step("能不能报·答", f"{announcement}may-apply/", asks, "看能不能报", signed_in=False),
        Step("填报·已存", form, hands_in, "先保存"),
        Step("核对报名", form, lambda page: None, "核对后提交"),
        Step("已提交", check, lambda page: None, "确认提交"),
    ]


def signed_up(browser: Browser, site: Site) -> dict:
    """Cookies of an applicant who comes for the first time: the demo's own keeps what it has."""
    serial = int(time.time())
    first, phone = f"51072219990511{serial % 1000:03d}", f"135{serial % 10**8:08d}"
    context = browser.new_context(base_url=site.url, locale="zh-CN")
    page = context.new_page()
    page.goto("/sign-up/")
    typed = {"name": "量测", "id_number": first + check_digit(first), "phone": phone, "password": PASSWORD}
    for name, said in typed.items():
        page.fill(f"[name={name}]", said)
    page.check("[name=agree]")
    page.get_by_role("button", name="注册", exact=True).click()
    page.wait_for_url("**/accounts/login/**")
    sign_in(context, phone)
    state = dict(context.storage_state())
    context.close()
    return state


def sign_in(context: BrowserContext, login: str = APPLICANT) -> None:
    """As the demo's applicant, or another."""
    page = context.new_page()
    page.goto("/accounts/login/")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url(lambda address: "/accounts/login" not in address)
    page.close()


def weigh(
    browser: Browser,
    site: Site,
    label: str,
    path: str,
    state: dict | None = None,
    *,
    step: Step | None = None,
    slow: bool = True,
) -> Weight:
    """One page in a fresh browser, or the one to which a step leads; `state` are the cookies of whoever is signed in."""
    context = browser.new_context(
        viewport=PHONE, has_touch=True, base_url=site.url, locale="zh-CN", storage_state=state
    )
    page = context.new_page()
    wire = context.new_cdp_session(page)
    came: list[float] = []
    if step:
        page.goto(path, wait_until="networkidle")
        step.first(page)
    wire.on("Network.loadingFinished", lambda event: came.append(event["encodedDataLength"]))
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    if slow:
        network = {"offline": False, "latency": LATENCY, "downloadThroughput": BYTES_A_SECOND}
        wire.send("Network.emulateNetworkConditions", network | {"uploadThroughput": BYTES_A_SECOND})
    if step:
        with page.expect_navigation(wait_until="networkidle", timeout=60_000):
            page.get_by_role("button", name=step.press, exact=True).click()
    else:
        page.goto(path, wait_until="networkidle", timeout=60_000)
    path = page.url.removeprefix(site.url)
    paint = page.evaluate("() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN")
    context.close()
    return Weight(label, path, round(sum(came)), float(paint))


def weights(browser: Browser, site: Site, *, slow: bool = True) -> list[Weight]:
    """Every public page as a visitor, every own page as the applicant, and the way from asking to handing in."""
    public, own = paths(browser, site)
    announcement = dict(public)["公告"]
    context = browser.new_context(base_url=site.url)
    sign_in(context)
    state = dict(context.storage_state())
    context.close()
    found = [weigh(browser, site, label, path, slow=slow) for label, path in public]
    found += [weigh(browser, site, label, path, state, slow=slow) for label, path in own]
    new = signed_up(browser, site)
    return found + [
        weigh(browser, site, step.label, step.path, new if step.signed_in else None, step=step, slow=slow)
        for step in steps(announcement)
    ]


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
