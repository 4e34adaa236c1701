"""Somebody who serves: from the clerk's slip to the phone, their file, their notice, and nobody else's rows."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from fujing.cli.demo.cast import AUXILIARY
from fujing.kernel.clock import today
from tests.journeys.demo import Visitors, assert_fits, looked_at

pytestmark = pytest.mark.journey
SMALL = {"width": 360, "height": 740}
PASSWORD = "wo-de-mima-2026"


def small(page: Page) -> Page:
    """The narrowest phone in use."""
    page.set_viewport_size(SMALL)  # type: ignore[arg-type]
    return page


def activated(page: Page, code: str, tail: str, phone: str) -> None:
    page.goto(f"/me/activate/?code={code}")
    page.fill("input[name=tail]", tail)
    page.fill("input[name=phone]", phone)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button.btn-primary")


def test_a_slip_opens_the_own_file_once_and_for_its_owner_alone(sign_in: Visitors) -> None:
    clerk = sign_in("santai_hr")
    clerk.goto("/desk/sign-ins/?standing=none")
    looked_at(clerk, "self-service-standing")
    clerk.locator("table tbody a[data-row]").first.click()
    sheet = clerk.url
    looked_at(clerk, "self-service-code")
    clerk.click("main button.btn-primary")
    code = clerk.locator("main b.code").inner_text().replace(" ", "")
    looked_at(clerk, "self-service-slip")
    clerk.get_by_role("link", name="人员档案").click()
    tail = re.findall(r"\*{8,}(\w{4})", clerk.locator("main").inner_text())[0]

    phone = small(sign_in(None, phone=True))
    phone.goto("/me/activate/")
    looked_at(phone, "self-service-activate")
    activated(phone, code, "0000" if tail != "0000" else "1111", "13911110001")
    expect(phone.locator("main")).to_contain_text("这个开通码现在不能用")
    looked_at(phone, "self-service-wrong")
    activated(phone, code, tail, "13911110001")
    phone.fill("input[name=login]", "13911110001")
    phone.fill("input[name=password]", PASSWORD)
    phone.click("button[type=submit]")
    phone.wait_for_url("**/me/")
    looked_at(phone, "self-service-home")
    phone.get_by_role("navigation", name="本人服务").get_by_role("link", name="我的档案").click()
    expect(phone.locator("main")).to_contain_text("责任民警")
    looked_at(phone, "self-service-file")

    again = small(sign_in(None, phone=True))
    activated(again, code, tail, "13911110002")
    expect(again.locator("main")).to_contain_text("用过")

    # The address that the clerk sees is closed to the person, and so is another person's.
    for address in (sheet, "/desk/", "/desk/people/"):
        answer = phone.goto(address)
        assert answer is not None
        assert answer.status == 403
        assert_fits(phone)


def test_notice_is_given_on_the_phone_with_its_date_reckoned_first(sign_in: Visitors) -> None:
    phone = small(sign_in(AUXILIARY, phone=True))
    phone.goto("/me/")
    looked_at(phone, "self-service-home")
    phone.get_by_role("navigation", name="本人服务").get_by_role("link", name="我的权利").click()
    looked_at(phone, "self-service-rights")
    phone.get_by_role("link", name="提交辞职").click()
    looked_at(phone, "self-service-resign")
    phone.fill("input[name=wished]", today().isoformat())
    phone.click("button[value=weigh]")
    expect(phone.locator("main")).to_contain_text("最后工作日最早为")
    phone.fill("input[name=wished]", "")
    phone.fill("textarea[name=reason]", "回乡照顾父母")
    phone.click("button[value=weigh]")
    expect(phone.locator("main")).to_contain_text("最后工作日 20")
    looked_at(phone, "self-service-follows")
    phone.click("button[value=send]")
    expect(phone.locator("h1")).to_contain_text("已收到，待确认")
    looked_at(phone, "self-service-sent")
    own = phone.url

    other = small(sign_in("13800990001", phone=True))
    answer = other.goto(own)
    assert answer is not None
    assert answer.status == 403

    clerk = sign_in("santai_hr")
    clerk.goto("/desk/resignations/")
    clerk.locator("table tbody a[data-row]").first.click()
    expect(clerk.locator("main")).to_contain_text("本人登录本人服务提交")
    looked_at(clerk, "self-service-received")

    phone.click("button[value=take_back]")
    looked_at(phone, "self-service-take-back")
    phone.locator("main form button.btn").last.click()
    expect(phone.locator("h1")).to_contain_text("本人已撤回")
