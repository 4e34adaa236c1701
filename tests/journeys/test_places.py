"""A place that was recorded wrongly: corrected with a reason, and what was decided on the old record is found."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from fujing.kernel.clock import today
from tests.journeys.demo import Visitors, looked_at

pytestmark = pytest.mark.journey


def test_a_place_is_corrected_and_the_past_is_still_shown_as_it_was_known(sign_in: Visitors) -> None:
    clerk = sign_in("yanting_hr")
    clerk.goto("/desk/people/")
    clerk.locator("table tbody a").first.click()
    clerk.get_by_role("link", name="看某一天的情况").click()
    expect(clerk.locator("h1")).to_contain_text("某日情况")
    looked_at(clerk, "person-known")
    clerk.get_by_role("link", name="返回档案").click()

    clerk.get_by_role("link", name="更正岗位记录").click()
    clerk.fill("input[name=starts]", (today() - timedelta(3)).isoformat())
    another = clerk.locator("select[name=post] option:not(:checked):not([value=''])").first
    clerk.select_option("select[name=post]", another.get_attribute("value"))
    clerk.get_by_role("button", name="更正", exact=True).click()
    expect(clerk.locator("main form")).to_contain_text("事由和依据")
    expect(clerk.locator("input[name=starts]")).to_have_value((today() - timedelta(3)).isoformat())
    looked_at(clerk, "person-correct")
    clerk.fill("textarea[name=reason]", "三日前已调动，漏登，见调动通知")
    clerk.get_by_role("button", name="更正", exact=True).click()
    expect(clerk.locator(".note.success")).to_contain_text("已更正")
    expect(clerk.locator("main")).to_contain_text(f"{today() - timedelta(3)}起")
    expect(clerk.locator("main")).to_contain_text("更正岗位记录")

    clerk.fill("input[name=known]", (today() - timedelta(1)).isoformat())
    clerk.get_by_role("button", name="查看", exact=True).click()
    expect(clerk.locator("main")).to_contain_text("后来有变")
    looked_at(clerk, "person-known-then")

    phone = sign_in("yanting_hr", phone=True)
    phone.goto(clerk.url)
    expect(phone.locator("main")).to_contain_text("后来有变")
    looked_at(phone, "person-known")
