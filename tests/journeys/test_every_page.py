"""Every kind of page that links lead to, by everybody who signs in: nothing wider than the screen, nothing broken."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Error, Page

from tests.journeys.demo import PASSWORD, Visitors, assert_accessible

pytestmark = pytest.mark.journey

WIDTHS = (1366, 390)
PHONES = (390, 320)
MOST = 160
"""Kinds of pages that one person is led to at most, over 80 since training, appraisal, outfit and commendations have theirs:
a link that leads ever on is told, not followed."""
NO_PAGE = re.compile(r"logout|\.(xlsx|pdf|docx|zip|csv|yaml|json)|/(export|download|print|reveal)|^/law/.+|^/static/")
ROOMLESS = re.compile(r"^/desk/search/")
STARTS = {
    "santai_hr": "/desk/",
    "santai_head": "/desk/",
    "santai_leader": "/desk/",
    "santai_finance": "/desk/",
    "santai_unit": "/desk/",
    "santai_police": "/desk/",
    "santai_discipline": "/desk/",
    "santai_caizheng": "/desk/",
    "mianyang_head": "/desk/",
    "province_head": "/desk/",
    "system_admin": "/desk/",
    "audit_admin": "/desk/",
    "13800990001": "/",
    "13800990100": "/me/",
    "nobody": "/",
}


def kind(path: str) -> str:
    """Pages of the same kind differ in numbers, codes and what is asked of them."""
    bare = re.sub(r"\d{4,}|(?<=/)\d+(?=/|$)", "N", path.partition("?")[0])
    return re.sub(r"^/(help|developers)/.*", r"/\1/", bare)


def led_to(page: Page, start: str) -> Iterator[str]:
    """Opens one page of each kind below `start`, nearest first; yields its path when it stands there."""
    waiting, met = [start], {kind(start)}
    while waiting:
        path = waiting.pop(0)
        try:
            answer = page.goto(path, wait_until="load")
        except Error as error:
            if "Download is starting" not in str(error):
                raise
            continue
        assert answer is not None, path
        assert answer.status < 400, (path, answer.status)
        if "text/html" not in answer.headers["content-type"]:
            continue
        yield path
        for link in page.eval_on_selector_all("a[href^='/']", "all => all.map(a => a.getAttribute('href'))"):
            if link.startswith(start) and not NO_PAGE.search(link) and kind(link) not in met:
                met.add(kind(link))
                waiting.append(link)


@pytest.mark.parametrize("username", STARTS)
def test_every_kind_of_page_fits_works_and_is_accessible(username: str, sign_in: Visitors) -> None:
    page = sign_in(None if username == "nobody" else username, password=PASSWORD)
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(f"{page.url}: {said.text}") if said.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
    opened = 0
    for path in led_to(page, STARTS[username]):
        for width in WIDTHS if STARTS[username] == "/desk/" else PHONES:
            page.set_viewport_size({"width": width, "height": 800})
            wide = page.evaluate("() => document.documentElement.scrollWidth")
            if wide > width:
                wrong.append(f"{path}: {wide} wide on a screen of {width}")
        try:
            assert_accessible(page)
        except AssertionError as error:
            wrong.append(str(error))
        rooms = page.locator("nav.side [aria-current=page]").count()
        if STARTS[username] == "/desk/" and rooms != 1 and not ROOMLESS.search(path):
            wrong.append(f"{path}: {rooms} rooms are marked as the one where this page is")
        if "-----" in page.inner_text("main"):
            wrong.append(f"{path}: dashes instead of words")
        opened += 1
        assert opened <= MOST, path
    assert not wrong, "\n".join(wrong)
    assert opened >= 4
