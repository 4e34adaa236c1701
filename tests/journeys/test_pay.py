"""Pay: the clerk reckons a month, the head approves it, the money is paid, and the person opens the slip on the phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from fujing.cli.demo.cast import AUXILIARY
from fujing.kernel.clock import today
from tests.journeys.demo import Visitors, looked_at

pytestmark = pytest.mark.journey


def test_a_month_is_reckoned_approved_paid_and_read_by_its_person(sign_in: Visitors) -> None:
    clerk = sign_in("santai_hr")
    clerk.goto("/desk/pay/")
    looked_at(clerk, "pay-months")
    clerk.get_by_role("link", name="核算一个月").click()
    clerk.fill("input[name=month]", f"{today():%Y-%m}")
    clerk.get_by_role("button", name="核算", exact=True).click()
    expect(clerk.locator("h1")).to_contain_text("已核算，待报审")
    looked_at(clerk, "pay-run")
    address = clerk.url
    clerk.get_by_role("link", name="逐人工资单").click()
    expect(clerk.locator("main")).to_contain_text("与上次相比")
    looked_at(clerk, "pay-slips")
    clerk.locator("table tbody a").first.click()
    expect(clerk.locator("main")).to_contain_text("逐项说明")
    looked_at(clerk, "pay-slip-desk")
    clerk.goto(address)
    clerk.click("button[value=submit]")
    expect(clerk.locator("h1")).to_contain_text("待审批")

    head = sign_in("santai_head")
    head.goto("/desk/")
    head.get_by_role("link", name="月度薪酬待审批").click()
    head.locator("table tbody a").first.click()
    head.click("button[value=approve]")
    head.locator("main form button.btn").last.click()
    expect(head.locator("h1")).to_contain_text("已审批，待发放")

    money = sign_in("santai_finance")
    money.goto(address)
    with money.expect_download() as bank:
        money.get_by_role("link", name="银行发放表").click()
    assert bank.value.suggested_filename.endswith("银行发放表.xlsx")
    money.click("button[value=lock]")
    money.locator("main form button.btn").last.click()
    expect(money.locator("h1")).to_contain_text("已发放")

    mine = sign_in(AUXILIARY, phone=True)
    mine.goto("/me/pay/")
    looked_at(mine, "my-pay")
    mine.locator("main section a").first.click()
    expect(mine.locator("h1")).to_contain_text("工资单")
    looked_at(mine, "my-pay-slip")
