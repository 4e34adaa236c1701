"""A phone on a slow line: a photo as the camera took it is made small and upright before it is sent, the page says how
far it is, and a second tap sends nothing twice. And the same application in a browser that runs no script.
"""

from __future__ import annotations

import io
import re
import time
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Request, expect

from fujing.law.citizen_numbers import check_digit
from tests.journeys.days_preparation import XICHONG
from tests.journeys.demo import PASSWORD, PHONE, Site
from tests.journeys.test_applicants_day import NAME, Story, sign_in_by_phone
from tests.pictures import pdf, picture

pytestmark = pytest.mark.journey
BYTES_A_SECOND = 60_000
LONGEST = 2000  # pixels, as papers.js has it
RED, BLUE = (200, 30, 30), (30, 30, 200)
SIDEWAYS = 6  # EXIF: the camera was held upright, the picture lies on its left side


def photo() -> bytes:
    """4,000 × 3,000 as the sensor has it, red left and blue right; held as it was taken, red is above. Some megabytes."""
    image = Image.effect_noise((4000, 3000), 60).convert("RGB")
    for colour, box in ((RED, (0, 0, 2000, 3000)), (BLUE, (2000, 0, 4000, 3000))):
        image.paste(Image.blend(image.crop(box), Image.new("RGB", (2000, 3000), colour), 0.8), box[:2])
    exif = Image.Exif()
    exif[0x0112] = SIDEWAYS
    out = io.BytesIO()
    image.save(out, "JPEG", quality=95, exif=exif)
    return out.getvalue()


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def story(request: pytest.FixtureRequest, site: Site, browser: Browser) -> Iterator[Story]:
    """A published announcement, and a phone with or without script."""
    serial = int(time.time())
    made = site.prepared("days_preparation", XICHONG, serial)
    context = browser.new_context(
        viewport=PHONE, has_touch=True, base_url=site.url, locale="zh-CN", java_script_enabled=request.param
    )
    page = context.new_page()
    page.set_default_timeout(30_000)
    first = f"51132519990511{serial % 1000:03d}"
    yield Story(page, site, made, first + check_digit(first), f"136{serial % 10**8:08d}")
    context.close()


def arrives(story: Story) -> None:
    """Signed up for the first post of the announcement, at its form."""
    page = story.page
    page.goto(f"{story.announcement}apply/?post=01")
    page.get_by_role("link", name="报名人注册").first.click()
    page.fill("[name=name]", NAME)
    page.fill("[name=id_number]", story.id_number)
    page.fill("[name=phone]", story.phone)
    page.fill("[name=password]", PASSWORD)
    page.check("[name=agree]")
    page.get_by_role("button", name="注册", exact=True).click()
    sign_in_by_phone(page, story.phone, PASSWORD)
    page.wait_for_url(f"**{story.announcement}apply/**")


def slow(page: Page) -> None:
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    network = {"offline": False, "latency": 300, "downloadThroughput": 400_000, "uploadThroughput": BYTES_A_SECOND}
    wire.send("Network.emulateNetworkConditions", network)


def posts(page: Page, path: str) -> list[Request]:
    """Every request that is sent there from now on."""
    sent: list[Request] = []
    page.on(
        "request", lambda request: sent.append(request) if request.method == "POST" and path in request.url else None
    )
    return sent


def fills_in(page: Page) -> None:
    page.select_option("[name=education]", "high_school")
    page.fill("[name=household]", "四川省南充市西充县")
    page.fill("[name=height_cm]", "175")


@pytest.mark.parametrize("story", [True], indirect=True, ids=["script"])
def test_a_camera_picture_is_sent_small_and_upright_once_and_the_page_says_how_far(story: Story) -> None:
    arrives(story)
    page, taken = story.page, photo()
    assert len(taken) > 3_000_000
    fills_in(page)
    slow(page)
    papers, forms = posts(page, "/papers/"), posts(page, "/apply/")
    field = page.locator("[data-kind=identity]")
    field.set_input_files({"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": taken})
    bar = field.locator("..").locator("progress")
    expect(bar).to_be_visible()
    seen = set()
    while bar.count() and len(seen) < 3:
        seen.add(bar.evaluate("(bar) => bar.value"))
        page.wait_for_timeout(100)
    assert len(seen) == 3, "the bar moved"
    assert not field.is_enabled()
    page.get_by_role("button", name="先保存").tap()
    expect(page.get_by_text("材料还在上传")).to_be_visible()
    expect(field.locator("..").locator("img")).to_be_visible(timeout=120_000)
    assert (len(papers), len(forms)) == (1, 0)
    assert int(papers[0].header_value("content-length") or 0) < len(taken) / 3
    kept = page.request.get(field.locator("..").locator("a").get_attribute("href") or "").body()
    with Image.open(io.BytesIO(kept)) as image:
        assert image.size == (LONGEST * 3 // 4, LONGEST)
        assert not image.getexif().get(0x0112)
        above, below = (image.convert("RGB").resize((1, 2)).getpixel((0, y)) for y in (0, 1))
    assert above[0] > above[2]
    assert below[2] > below[0]


@pytest.mark.parametrize("story", [True], indirect=True, ids=["script"])
def test_a_second_tap_sends_nothing_twice_however_long_the_first_takes(story: Story) -> None:
    arrives(story)
    page = story.page
    fills_in(page)
    forms = posts(page, "/apply/")
    waiting = []
    page.route(
        "**/apply/**", lambda route: waiting.append(route) if route.request.method == "POST" else route.continue_()
    )
    taps = "() => [0, 2500, 5000, 7500].forEach((after) => setTimeout(() => document.querySelector('[value=save]').click(), after))"
    page.evaluate(taps)
    until = time.monotonic() + 60
    while time.monotonic() < until and not waiting:
        page.wait_for_timeout(200)
    page.wait_for_timeout(8_500)
    assert len(forms) == 1
    waiting[0].continue_()
    expect(page.locator("[name=height_cm]")).to_have_value(re.compile(r"^175(?:\.0)?$"))
    page.unroute("**/apply/**")
    page.wait_for_load_state()
    with page.expect_request(lambda request: request.method == "POST" and "/apply/" in request.url):
        page.get_by_role("button", name="先保存").tap()


@pytest.mark.parametrize("story", [False], indirect=True, ids=["no script"])
def test_without_script_an_application_is_handed_in_with_its_papers(story: Story) -> None:
    arrives(story)
    page = story.page
    fills_in(page)
    for kind in ("photo", "identity", "id_back"):
        content = picture(kind, form="JPEG", size=(300, 400))
        page.locator(f"[data-kind={kind}]").set_input_files(
            {"name": f"{kind}.jpg", "mimeType": "image/jpeg", "buffer": content}
        )
    page.locator("[data-kind=diploma]").set_input_files(
        {"name": "diploma.pdf", "mimeType": "application/pdf", "buffer": pdf("证书")}
    )
    page.get_by_role("button", name="核对后提交").click()
    page.wait_for_url("**/apply/check/")
    expect(page.locator("main")).to_contain_text("学历证书")
    page.get_by_role("button", name="确认提交").click()
    page.wait_for_url(re.compile(r"/mine/\d+/$"))
    expect(page.locator("main")).to_contain_text("待资格审查")
