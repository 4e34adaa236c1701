"""The pages of applicants and citizens on small phones: nothing to push sideways, nothing axe finds, under 100 KB."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from bench.public import MOST, paths, sign_in, weights
from tests.journeys.demo import Site, assert_accessible

pytestmark = pytest.mark.journey


def narrow_pages(browser: Browser, site: Site, width: int, *, pictures: str = "") -> None:
    public, own = paths(browser, site)
    context = browser.new_context(
        viewport={"width": width, "height": 720}, has_touch=True, base_url=site.url, locale="zh-CN"
    )
    page = context.new_page()
    for pages in (public, own):
        if pages is own:
            sign_in(context)
        for label, path in pages:
            page.goto(path)
            inner, scrolled = page.evaluate("() => [innerWidth, document.documentElement.scrollWidth]")
            if pictures:
                page.screenshot(path=f"{pictures}/{width}-{label}.png", full_page=True)
            assert inner == width, (label, inner)
            assert scrolled <= width, (label, scrolled)
            assert_accessible(page)
    context.close()


@pytest.mark.parametrize("width", [320, 390])
def test_no_page_scrolls_sideways_and_axe_finds_nothing(site: Site, browser: Browser, width: int) -> None:
    narrow_pages(browser, site, width)


def test_every_page_is_under_a_hundred_kilobytes_cold(site: Site, browser: Browser) -> None:
    heavy = {each.label: each.bytes for each in weights(browser, site, slow=False) if each.bytes > MOST}
    assert heavy == {}


def test_what_is_too_wide_is_noticed(site: Site, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 720}, base_url=site.url)
    page = context.new_page()
    page.goto("/")
    page.evaluate(
        "() => { const wide = document.createElement('div'); wide.style.width = '900px'; wide.textContent = '宽'; document.body.append(wide); }"
    )
    assert page.evaluate("() => document.documentElement.scrollWidth") > 320
    context.close()
