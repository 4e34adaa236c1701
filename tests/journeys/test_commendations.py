"""A commendation: the head checks it, the clerk makes it public and answers an objection, the notice is printed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from fujing.kernel.clock import today
from tests.journeys.demo import Visitors, looked_at

pytestmark = pytest.mark.journey


def test_a_commendation_goes_from_the_home_page_into_its_publicity_and_an_objection_is_answered(
    sign_in: Visitors,
) -> None:
    head = sign_in("yanting_head", phone=True)
    head.goto("/desk/")
    head.get_by_role("link", name="已申报，待核对").click()
    head.wait_for_url("**/desk/commendations/?state=proposed")
    looked_at(head, "commendations")
    head.locator("table tbody a").first.click()
    expect(head.locator("h1")).to_contain_text("已申报，待核对")
    looked_at(head, "commendation")
    head.click("button[value=check]")
    expect(head.locator("h1")).to_contain_text("已核对，待公示")
    address = head.url

    clerk = sign_in("yanting_hr")
    clerk.goto(address)
    clerk.click("button[value=publicise]")
    clerk.fill("input[name=starts]", today().isoformat())
    clerk.fill("input[name=until]", today().isoformat())
    clerk.locator("main form button.btn").last.click()
    expect(clerk.locator("main")).to_contain_text("公示止应晚于公示起")
    clerk.fill("input[name=until]", (today() + timedelta(5)).isoformat())
    clerk.locator("main form button.btn").last.click()
    expect(clerk.locator("h1")).to_contain_text("公示中")
    clerk.fill("textarea[name=text]", "当时并不在场")
    clerk.get_by_role("button", name="登记异议").click()
    expect(clerk.locator(".note.success")).to_contain_text("已登记异议")
    looked_at(clerk, "commendation-public")
    clerk.locator("section table a").first.click()
    expect(clerk.locator("main")).to_contain_text("加密保存，写明事由后查阅")
    looked_at(clerk, "commendation-objection")
    clerk.fill("input[name=reason], textarea[name=reason]", "核查异议")
    clerk.get_by_role("button", name="查看异议").click()
    expect(clerk.locator("main")).to_contain_text("当时并不在场")
    clerk.locator("label", has_text="不成立").click()
    clerk.fill("textarea[name=answer]", "监控和证人均证实在场")
    clerk.get_by_role("button", name="答复", exact=True).click()
    expect(clerk.locator("main")).to_contain_text("监控和证人均证实在场")
    expect(clerk.locator("main")).to_contain_text("不成立")
