"""西充县: an applicant's day on a phone, at 390 and at 320 px, with what goes wrong on phones; and without script.

What each page refuses is tested beside it; here one person goes through all of them, and nothing typed or sent is lost.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect

from fujing.kernel.clock import today
from fujing.law.citizen_numbers import check_digit
from tests.journeys.days_preparation import XICHONG
from tests.journeys.demo import PASSWORD, Site, Visitors, looked_at
from tests.pictures import pdf, picture

pytestmark = pytest.mark.journey
NAME, NEW_PASSWORD = "冉报名", "second-password-2026"
HOURS_PASS = """
SELECT set_config('fujing.erasing', 'on', true);
UPDATE recovery_recovery SET asked_at = asked_at - interval '4 days', ready_at = ready_at - interval '4 days'
WHERE outcome = ''
"""
EXAMINED = "13800990001"
"""The demo's applicant who reads results; only looked at."""


class Story(NamedTuple):
    """Who applies where."""

    page: Page
    site: Site
    made: dict[str, Any]
    id_number: str
    phone: str

    @property
    def announcement(self) -> str:
        return f"/announcements/{self.made['campaign']}/"


@pytest.fixture(params=[390, 320])
def story(request: pytest.FixtureRequest, site: Site, browser: Browser) -> Iterator[Story]:
    """A published announcement of two posts, and a phone that nobody has used."""
    serial = int(time.time())
    made = site.prepared("days_preparation", XICHONG, serial)
    context = browser.new_context(
        viewport={"width": request.param, "height": 740}, has_touch=True, base_url=site.url, locale="zh-CN"
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    first = f"51132519990511{serial % 1000:03d}"
    yield Story(page, site, made, first + check_digit(first), f"136{serial % 10**8:08d}")
    context.close()


def sign_in_by_phone(page: Page, phone: str, password: str) -> None:
    page.fill("input[name=login]", phone)
    page.fill("input[name=password]", password)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(lambda address: "/accounts/login" not in address)


def asks_before_signing_up(story: Story) -> None:
    """Who is too young learns it before any account, with the day; who may goes on from the answer."""
    page = story.page
    page.goto("/")
    page.get_by_role("link", name=story.made["title"]).click()
    expect(page.locator("h1")).to_have_text(story.made["title"])
    looked_at(page)
    page.get_by_role("link", name="先看能不能报").click()
    for born, outcome in ((f"{today().year - 15}-05-11", "不能报"), ("1999-05-11", "可以报")):
        page.fill("[name=birth_date]", born)
        page.select_option("[name=education]", "high_school")
        page.select_option("[name=sex]", "male")
        page.fill("[name=household]", "四川省南充市西充县")
        page.fill("[name=height_cm]", "175")
        page.get_by_role("button", name="看能不能报").click()
        expect(page.locator("[data-summary]")).to_contain_text(outcome)
        looked_at(page)
    page.get_by_role("link", name="报这个岗位").first.click()


def reads_a_citation(story: Story) -> None:
    """The first tap on a citation that leads in opens its whole text, to the last item; nobody leaves the page."""
    page = story.page
    page.goto(story.announcement)
    link = page.get_by_role("link", name="第二十条", exact=True).first
    link.tap()
    expect(page.locator("#provision-text")).to_contain_text("（一）")
    expect(page.locator("#provision-text")).to_contain_text("（九）")
    assert page.url.endswith(story.announcement)


def signs_up(story: Story) -> None:
    """From the post that was chosen, through signing up and in, and back to that post."""
    page = story.page
    page.get_by_role("link", name="报名人注册").first.click()
    expect(page.locator("h1")).to_have_text("报名人注册")
    looked_at(page)
    page.fill("[name=name]", NAME)
    page.fill("[name=id_number]", story.id_number)
    page.fill("[name=phone]", story.phone)
    page.fill("[name=password]", PASSWORD)
    page.check("[name=agree]")
    page.get_by_role("button", name="注册", exact=True).dblclick()
    sign_in_by_phone(page, story.phone, PASSWORD)
    page.wait_for_url(f"**{story.announcement}apply/**")


def hands_in_papers(story: Story, folder: Path) -> None:
    """A paper is sent when it is chosen; what nobody can open is refused at once in Chinese, and the good one stays."""
    page = story.page
    files = {
        "good.jpg": picture("照片", form="JPEG", size=(300, 400)),
        "broken.jpg": picture("照片", form="JPEG", size=(300, 400))[:400],
        "locked.pdf": pdf("证书", password="x"),
        "good.pdf": pdf("证书"),
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    photo, diploma = page.locator("[data-kind=photo]"), page.locator("[data-kind=diploma]")
    photo.set_input_files(folder / "broken.jpg")
    expect(photo.locator("..").locator(".errors")).to_contain_text("打不开，可能没有传完整或者已损坏")
    diploma.set_input_files(folder / "locked.pdf")
    expect(diploma.locator("..").locator(".errors")).to_contain_text("设了密码")
    for kind in ("photo", "identity", "id_back"):
        field = page.locator(f"[data-kind={kind}]")
        field.set_input_files(folder / "good.jpg")
        expect(field.locator("..").locator("img")).to_be_visible()
    diploma.set_input_files(folder / "good.pdf")
    expect(diploma.locator("..").locator("a")).to_be_visible()
    photo.set_input_files(folder / "broken.jpg")
    expect(photo.locator("..").locator(".errors")).to_be_visible()
    expect(photo.locator("..").locator("img")).to_be_visible()


def fills_in_and_checks(story: Story, height: str) -> None:
    """Enter hands nothing in; all answers stand on one page first, and nothing is handed in by reading it."""
    page = story.page
    page.select_option("[name=education]", "high_school")
    page.fill("[name=household]", "四川省南充市西充县")
    page.fill("[name=height_cm]", height)
    page.press("[name=height_cm]", "Enter")
    expect(page.locator("[name=height_cm]")).to_have_value(height)
    looked_at(page)
    page.get_by_role("button", name="核对后提交").click()
    page.wait_for_url("**/apply/check/")
    expect(page.locator("main")).to_contain_text("还没有提交")
    for answer in (NAME, "四川省南充市西充县", height, "高中", "学历证书"):
        expect(page.locator("main")).to_contain_text(answer)
    looked_at(page)


def confirms(story: Story) -> None:
    """A double tap hands in once."""
    page = story.page
    page.get_by_role("button", name="确认提交").dblclick()
    page.wait_for_url(re.compile(r"/mine/\d+/$"))
    expect(page.locator("main")).to_contain_text("待资格审查")
    looked_at(page)


def takes_back_and_edits(story: Story) -> None:
    """While no review has begun, what was handed in is opened again with every answer and paper in its place."""
    page = story.page
    page.locator("summary", has_text="撤回修改").click()
    page.locator("button[value=reopen]").click()
    page.get_by_role("button", name="确认撤回修改").click()
    page.goto(f"{story.announcement}apply/")
    expect(page.locator("[name=household]")).to_have_value("四川省南充市西充县")
    expect(page.locator("[data-kind=photo]").locator("..").locator("img")).to_be_visible()


def keeps_the_receipt(story: Story) -> str:
    """The receipt can be kept as a picture; its code tells the state without a name."""
    page = story.page
    page.get_by_role("link", name="打开回执").click()
    expect(page.locator("h1")).to_have_text("回执")
    looked_at(page)
    code = page.locator(".code").inner_text().strip()
    with page.expect_download() as download:
        page.get_by_role("button", name="存成图片").click()
    assert download.value.path().read_bytes().startswith(b"\x89PNG")
    page.goto("/status/")
    page.fill("[name=receipt]", code)
    page.get_by_role("button", name="查询").click()
    expect(page.locator("[role=status]")).to_contain_text("待资格审查")
    expect(page.locator("main")).not_to_contain_text(NAME)
    return code


def is_returned_and_completes(story: Story, officer: Page, folder: Path) -> None:
    """Only what was asked for is open, the same again is refused, the new one is handed in."""
    page = story.page
    page.goto("/mine/")
    page.get_by_role("link", name=story.made["title"]).click()
    page.wait_for_url(re.compile(r"/mine/.*\d+/$"))
    own = page.url
    number = own.rstrip("/").rsplit("/", 1)[1]
    officer.goto(f"/desk/applications/{number}/")
    officer.fill("[name=note]", "学历证书不清楚，请重新上传")
    officer.check("[name=missing][value=diploma]")
    officer.fill("[name=until]", f"{today() + timedelta(days=3)}")
    officer.locator("button[value=return]").click()
    officer.wait_for_url(lambda address: not address.endswith(f"/{number}/"))
    page.goto("/mine/")
    expect(page.locator("main")).to_contain_text("需补充：学历证书")
    expect(page.locator("main")).to_contain_text(f"截止：{today() + timedelta(days=3)}（含当日）")
    looked_at(page)
    page.goto(f"{story.announcement}apply/")
    expect(page.locator("[data-kind]")).to_have_count(1)
    expect(page.locator("[name=household]")).to_have_count(0)
    looked_at(page)
    page.get_by_role("button", name="核对后提交").click()
    expect(page.locator("main")).to_contain_text("还缺 1 项")
    (folder / "new.pdf").write_bytes(pdf("新证书"))
    diploma = page.locator("[data-kind=diploma]")
    diploma.set_input_files(folder / "new.pdf")
    expect(diploma.locator("..").locator(".errors")).to_have_count(0)
    expect(diploma).to_be_enabled()
    page.locator("button[value=check]").click()
    page.wait_for_url("**/apply/check/")
    confirms(story)
    officer.goto(f"/desk/applications/{number}/")
    expect(officer.locator("h1")).to_contain_text("待资格审查")


def finds_the_way_back(story: Story, receipt: str) -> None:
    """A forgotten password: the receipt opens a new one after the waiting time, and the old one opens nothing more."""
    page = story.page
    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.locator("a[href*='/recover/']").first.click()
    for name, value in {"receipt": receipt, "name": NAME, "id_number": story.id_number, "phone": story.phone}.items():
        page.fill(f"[name={name}]", value)
    looked_at(page)
    page.get_by_role("button", name="申请").click()
    code = page.locator(".code").inner_text().strip()
    looked_at(page)
    page.get_by_role("link", name="凭口令设新密码").click()
    for waited in (False, True):
        if waited:
            story.site.owner(HOURS_PASS)
        page.fill("[name=code]", code)
        page.fill("[name=phone]", story.phone)
        page.fill("[name=password]", NEW_PASSWORD)
        page.get_by_role("button", name="设新密码").click()
        if not waited:
            expect(page.locator("[data-summary]")).to_contain_text("口令")
    page.wait_for_url(lambda address: "/recover/" not in address)
    page.goto("/accounts/login/")
    page.fill("input[name=login]", story.phone)
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.locator("[data-summary], .note.error").first).to_be_visible()
    sign_in_by_phone(page, story.phone, NEW_PASSWORD)
    page.goto("/mine/")
    expect(page.locator("main")).to_contain_text(story.made["title"])


def test_an_applicants_day(story: Story, sign_in: Visitors, tmp_path: Path) -> None:
    reads_a_citation(story)
    asks_before_signing_up(story)
    signs_up(story)
    hands_in_papers(story, tmp_path)
    fills_in_and_checks(story, "172")
    confirms(story)
    takes_back_and_edits(story)
    fills_in_and_checks(story, "175")
    confirms(story)
    receipt = keeps_the_receipt(story)
    is_returned_and_completes(story, sign_in(story.made["staff"]["hr_officer"]), tmp_path)
    finds_the_way_back(story, receipt)


def test_results_show_their_parts(sign_in: Visitors) -> None:
    page = sign_in(EXAMINED, phone=True)
    page.goto("/mine/")
    page.locator("main a.card-link").first.click()
    for part in ("行政职业能力", "公安基础知识", "面试"):
        expect(page.locator("main")).to_contain_text(part)
    looked_at(page)


def test_without_script_the_public_pages_and_may_apply_answer(story: Story, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=story.page.viewport_size, base_url=story.site.url)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("link", name=story.made["title"]).click()
    expect(page.locator("h1")).to_have_text(story.made["title"])
    page.get_by_role("link", name="先看能不能报").click()
    page.fill("[name=birth_date]", "1999-05-11")
    page.select_option("[name=education]", "high_school")
    page.get_by_role("button", name="看能不能报").click()
    expect(page.locator("main section h2").first).to_contain_text("还要看下面几项")
    for path in ("/status/", "/sign-up/", "/recover/", "/accounts/login/"):
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200
        expect(page.locator("main form button").first).to_be_visible()
    context.close()
