"""Leave: somebody asks on the phone, the papers raise the balance, and the head of personnel looks at what waits."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from fujing.cli.demo.cast import AUXILIARY
from fujing.kernel.calendar import is_workday
from fujing.kernel.clock import today
from tests.journeys.demo import Visitors, looked_at

pytestmark = pytest.mark.journey


def test_leave_is_asked_on_the_phone_and_seen_at_the_desk(sign_in: Visitors) -> None:
    phone = sign_in(AUXILIARY, phone=True)
    phone.goto("/me/")
    phone.get_by_role("link", name="请假").first.click()
    looked_at(phone, "own-leaves")
    phone.get_by_role("link", name="申请请假").click()
    looked_at(phone, "own-leave-ask")
    day = today() - timedelta(7)
    while is_workday(day) is not True:
        day -= timedelta(1)
    phone.select_option("select[name=kind]", "sick")
    phone.fill("input[name=first]", day.isoformat())
    phone.fill("input[name=until]", (day - timedelta(1)).isoformat())
    phone.get_by_role("button", name="提交").click()
    expect(phone.locator("main")).to_contain_text("结束应晚于开始")
    phone.fill("input[name=until]", day.isoformat())
    phone.get_by_role("button", name="提交").click()
    expect(phone.locator("h1")).to_contain_text("待单位意见")
    looked_at(phone, "own-leave")

    clerk = sign_in("santai_hr")
    clerk.goto("/desk/leaves/")
    looked_at(clerk, "leaves")
    clerk.locator("table tbody a").first.click()
    looked_at(clerk, "leave")
    clerk.goto("/desk/leave-years/")
    looked_at(clerk, "leave-years")
    clerk.locator("table tbody a").first.click()
    expect(clerk.locator("main")).to_contain_text("台账")
    looked_at(clerk, "leave-year")

    phone.click("button[value=cancel]")
    expect(phone.locator("h1")).to_contain_text("已取消")
