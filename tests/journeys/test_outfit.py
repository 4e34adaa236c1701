"""An officer has a card made and hands it over; a citizen verifies it on the phone; lost, it says so, and is replaced."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.demo import Site, Visitors, looked_at
from tests.pictures import photograph

pytestmark = pytest.mark.journey
SMALL = {"width": 360, "height": 740}


def scanned(site: Site, number: str) -> str:
    """Where the code of a card leads."""
    (found,) = site.prepared("card_preparation", number).values()
    return str(found[0])


def tail_of(page: Page, person: str) -> str:
    """The last four of somebody's citizen number as the dossier shows them, masked."""
    page.goto(person)
    return re.search(r"\d{4}\*+(\d{3}[\dX])", page.locator("main").inner_text())[1]  # type: ignore[index]


def handed_over(page: Page, face: Path, name: str, tail: str) -> None:
    """The photo, then the bearer's signature on the officer's device."""
    page.get_by_role("link", name="上传照片").click()
    page.set_input_files("input[name=upload]", face)
    page.click("main button.btn-primary")
    page.click("button[value=issue]")
    expect(page.locator("main")).to_contain_text("本人妥善保管")
    page.fill("input[name=signed_as]", name)
    page.fill("input[name=id_tail]", tail)


def test_a_card_is_made_verified_lost_and_replaced(sign_in: Visitors, site: Site, tmp_path: Path) -> None:
    face = tmp_path / "照片.jpg"
    face.write_bytes(photograph())
    page = sign_in("santai_hr")
    page.goto("/desk/")
    page.get_by_role("link", name="在职而没有有效的工作证").click()
    looked_at(page, "cards-without")
    row = page.locator("table tbody tr").first
    person, name = row.locator("a[data-row]").get_attribute("href") or "", row.locator("a[data-row]").inner_text()
    row.locator("input[name=chosen]").check()
    page.click("main button.btn-primary")
    expect(page.locator("main")).to_contain_text("已申领 1 张工作证")
    looked_at(page, "cards-requested")
    tail = tail_of(page, person)
    page.get_by_role("link", name="证装", exact=True).click()
    looked_at(page, "card-tab")
    page.locator("table tbody a[data-row]").first.click()
    own = page.url
    number = re.search(r"510722\d{9}", page.locator("main").inner_text())[0]  # type: ignore[index]
    looked_at(page, "card-requested")
    phone = sign_in("santai_hr", phone=True)
    phone.goto(own)
    handed_over(phone, face, name, tail)
    looked_at(phone, "card-sign")
    phone.locator("main form button.btn").last.click()
    expect(phone.locator("h1")).to_contain_text("有效")
    looked_at(phone, "card-valid")

    citizen = sign_in(None, phone=True)
    citizen.set_viewport_size(SMALL)
    code = scanned(site, number)
    citizen.goto(code)
    expect(citizen.locator("main h2").first).to_have_text("有效")
    expect(citizen.locator("main")).to_contain_text(f"{name[0]}*{name[2:]}")
    expect(citizen.locator("main")).not_to_contain_text(name)
    looked_at(citizen, "card-answer")
    assert citizen.context.cookies() == []
    # The page that was left open for a day.
    citizen.clock.install()
    citizen.goto(code)
    citizen.clock.fast_forward("25:00:00")
    expect(citizen.get_by_text("状态不明", exact=True)).to_be_visible()
    expect(citizen.locator("[data-fresh]")).to_be_hidden()
    looked_at(citizen, "card-stale")

    page.goto(own)
    page.click("button[value=lose]")
    page.fill("textarea[name=reason]", "夜间巡逻时遗失")
    page.locator("main form button.btn").last.click()
    expect(page.locator("h1")).to_contain_text("已挂失")
    page.get_by_role("link", name="补发、换发新证").click()
    looked_at(page, "card-replace")
    page.click("main button.btn-primary")
    expect(page.locator("h1")).to_contain_text("已申领")
    new = re.search(r"510722\d{9}", page.locator("main").inner_text())[0]  # type: ignore[index]
    handed_over(page, face, name, tail)
    page.locator("main form button.btn").last.click()
    looked_at(page, "card-replaced")

    other = sign_in(None, phone=True)
    other.set_viewport_size(SMALL)
    other.goto(code)
    expect(other.locator("main h2").first).to_have_text("无效")
    looked_at(other, "card-invalid")
    other.get_by_role("link", name="证件核验").click()
    other.fill("input[name=number]", new)
    other.fill("input[name=name]", name)
    looked_at(other, "card-find")
    other.click("main button.btn-primary")
    expect(other.locator("main h2").first).to_have_text("有效")


def test_somebody_is_given_what_they_lack_and_signs_on_the_phone(sign_in: Visitors) -> None:
    page = sign_in("santai_hr")
    page.goto("/desk/outfit/clothes/")
    looked_at(page, "outfit-clothes")
    page.locator("table tbody a[data-row]").first.click()
    looked_at(page, "outfit-item")
    page.get_by_role("link", name="入库、报废").click()
    page.fill("input[name=quantity]", "5")
    looked_at(page, "outfit-enter")
    page.click("main button.btn-primary")
    expect(page.locator("main")).to_contain_text("已登记入库")
    page.get_by_role("link", name="应配未配").click()
    looked_at(page, "outfit-lacking")
    row = page.locator("table tbody tr").first
    name = row.locator("a[data-row]").inner_text()
    address = row.locator("a[data-row]").get_attribute("href") or ""
    page.goto(address)
    looked_at(page, "outfit-person")
    dossier = page.locator("main").get_by_role("link", name="档案").get_attribute("href") or ""
    tail = tail_of(page, dossier.partition("?")[0])
    phone = sign_in("santai_hr", phone=True)
    phone.goto(address)
    # What is lacking and has no size stands there already: two badges, a vest, a torch.
    expect(phone.locator("input[name=quantity_3]")).to_have_value("2")
    expect(phone.locator("input[name=quantity_4]")).to_have_value("")
    phone.click("button[value=read]")
    expect(phone.locator("main form .note")).to_contain_text("本人妥善保管")
    phone.fill("input[name=signed_as]", name)
    phone.fill("input[name=id_tail]", tail)
    looked_at(phone, "outfit-sign")
    phone.click("button[value=sign]")
    expect(phone.locator("main")).to_contain_text("已发放 4 件，本人已签收")
    looked_at(phone, "outfit-given")
    phone.locator("main a[href*='/outfit/holdings/']").first.click()
    looked_at(phone, "outfit-piece")
    phone.click("button[value=lose]")
    phone.fill("textarea[name=reason]", "出警时遗失")
    phone.locator("main form button.btn").last.click()
    expect(phone.locator("h1")).to_contain_text("已遗失")
