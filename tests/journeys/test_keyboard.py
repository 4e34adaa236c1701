"""What the pages' scripts do for somebody at the keyboard and on the phone."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.demo import Visitors

FOCUSED = "document.activeElement.textContent.trim()"


def test_j_and_k_walk_through_the_roster_and_enter_opens_the_dossier(sign_in: Visitors) -> None:
    page = sign_in("santai_hr")
    page.goto("/desk/people/")
    names = page.locator("[data-queue] a[data-row]").all_text_contents()
    page.keyboard.press("j")
    assert page.evaluate(FOCUSED) == names[0]
    page.keyboard.press("j")
    assert page.evaluate(FOCUSED) == names[1]
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(names[0])


def test_the_search_takes_a_slash_and_an_unfinished_form_the_focus(sign_in: Visitors) -> None:
    page = sign_in("santai_hr")
    page.goto("/desk/people/")
    page.keyboard.press("/")
    page.keyboard.type("wang")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=wang")
    page.goto("/desk/plans/new/")
    page.locator("main form button[type=submit], main form .btn-primary").first.click()
    expect(page.locator("[data-summary]")).to_be_focused()


def test_a_provision_opens_on_focus_and_closes_on_escape(sign_in: Visitors) -> None:
    page = sign_in("system_admin")
    page.goto("/developers/look/dossier")
    bubble = page.locator("#provision-text")
    page.keyboard.press("Tab")
    page.locator("a.provision").first.focus()
    expect(bubble).to_contain_text("用人计划")
    page.keyboard.press("Escape")
    expect(bubble).to_be_hidden()


def test_on_a_phone_the_first_tap_opens_the_text_and_the_second_the_page(sign_in: Visitors) -> None:
    page = sign_in("system_admin", phone=True)
    page.goto("/developers/look/dossier")
    link = page.locator("a.provision").first
    link.tap()
    expect(page.locator("#provision-text")).to_contain_text("用人计划")
    assert page.url.endswith("/developers/look/dossier")
    link.tap()
    page.wait_for_url("**/law/16.p2")
