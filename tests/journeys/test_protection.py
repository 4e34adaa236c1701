"""Somebody says on the phone that a false video went round; the desk refers it, and nothing is said wider than they agree."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from fujing.kernel.clock import today
from tests.journeys.demo import Visitors, looked_at

pytestmark = pytest.mark.journey
SENT = "main form button.btn"


def test_a_false_video_is_made_clear_as_far_as_the_person_agrees_and_the_case_is_concluded(sign_in: Visitors) -> None:
    phone = sign_in("13800990100", phone=True)
    phone.goto("/me/")
    phone.get_by_role("link", name="维权").first.click()
    phone.get_by_role("link", name="恶意炒作、侮辱、诽谤").click()
    looked_at(phone, "own-protection")
    phone.get_by_role("link", name="澄清事实").click()
    looked_at(phone, "own-clarification")
    phone.click("button[value=agree]")
    phone.locator("label", has_text="事情发生的社区").click()
    phone.click("button[value=agree]")
    expect(phone.locator("main")).to_contain_text("同意公开到：事情发生的社区、村和单位")

    desk = sign_in("santai_discipline")
    desk.goto("/desk/")
    desk.get_by_role("link", name="本人同意，待公开澄清").first.click()
    looked_at(desk, "protections")
    desk.locator("table tbody a").first.click()
    looked_at(desk, "protection")
    desk.get_by_role("link", name="网站、公众号发布").click()
    looked_at(desk, "clarification")
    desk.click("button[value=publish]")
    # The widest scope isn't even offered: the person agreed to less.
    assert "向社会公开" not in desk.locator("select[name=published_scope]").inner_text()
    desk.select_option("select[name=published_scope]", label="事情发生的社区、村和单位")
    desk.fill("input[name=published_on]", today().isoformat())
    desk.fill("input[name=published_where]", "城关社区业主群、公告栏")
    desk.click("button[value=publish]")
    expect(desk.locator("h1")).to_contain_text("已澄清")
    desk.get_by_role("link", name="恶意炒作、侮辱、诽谤").click()
    desk.locator("section", has=desk.locator("h2", has_text="移送追究")).locator("table a").first.click()
    desk.select_option("select[name=outcome]", label="已处理")
    desk.fill("input[name=outcome_on]", today().isoformat())
    desk.fill("textarea[name=outcome_text]", "对发布者罚款五百元")
    desk.locator(SENT).last.click()
    expect(desk.locator("main")).to_contain_text("对发布者罚款五百元")
    address = desk.url

    leader = sign_in("santai_leader")
    leader.goto(address)
    leader.click("button[value=conclude]")
    leader.locator("label", has_text="属实").first.click()
    leader.fill("textarea[name=conclusion]", "完整录像证实没有拿取任何物品，已在社区澄清")
    leader.click("button[value=conclude]")
    expect(leader.locator("h1")).to_contain_text("已办结")

    phone.goto("/me/protection/")
    phone.get_by_role("link", name="恶意炒作、侮辱、诽谤").click()
    expect(phone.locator("main")).to_contain_text("结论：属实")
    expect(phone.locator("main")).to_contain_text("对发布者罚款五百元")
    looked_at(phone, "own-protection-concluded")
