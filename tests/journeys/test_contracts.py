"""A personnel head renews contracts that end soon: two at once at the office, one reply recorded on a phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from fujing.kernel.clock import today
from tests.journeys.demo import Visitors, assert_accessible, assert_fits
from tests.management.made import PDF

pytestmark = pytest.mark.journey


def test_contracts_are_renewed_from_the_number_on_the_home_page_to_the_signature(
    sign_in: Visitors, tmp_path: Path
) -> None:
    page = sign_in("santai_head")
    page.goto("/desk/")
    page.get_by_role("link", name="31 至 60 日内期满").click()
    page.wait_for_url("**/desk/contracts/?step=ends60")
    assert_fits(page)
    assert_accessible(page)
    boxes = page.locator("input[name=chosen]")
    before = boxes.count()
    names = [page.locator("table tbody tr").nth(number).locator("a").first.inner_text() for number in (0, 1)]
    page.locator("label", has_text="维持或者提高原约定条件").click()
    page.click("main button.btn-primary")
    expect(page.locator("main")).to_contain_text("请选择人员")
    boxes.nth(0).check()
    boxes.nth(1).check()
    page.click("main button.btn-primary")
    expect(page.locator(".note.success")).to_contain_text("已征求续订意见 2 人")
    expect(page.locator("input[name=chosen]")).to_have_count(before - 2)

    phone = sign_in("santai_head", phone=True)
    phone.goto("/desk/contracts/?step=offered")
    phone.get_by_role("link", name=names[0]).click()
    expect(phone.locator("h1")).to_contain_text("待本人答复")
    assert_fits(phone)
    assert_accessible(phone)
    phone.click("button[value=accept]")
    phone.fill("input[name=replied_on]", today().isoformat())
    phone.locator("main form button.btn").last.click()
    expect(phone.locator("h1")).to_contain_text("待签订")

    page.goto("/desk/contracts/?step=offered")
    page.get_by_role("link", name=names[1]).click()
    page.click("button[value=decline]")
    (tmp_path / "答复.pdf").write_bytes(PDF)
    page.set_input_files("input[name=reply]", tmp_path / "答复.pdf")
    page.fill("input[name=replied_on]", today().isoformat())
    page.locator("main form button.btn").last.click()
    expect(page.locator("main")).to_contain_text("不支付经济补偿")

    page.goto("/desk/contracts/?step=accepted")
    page.locator("tr", has_text=names[0]).locator("input[name=chosen]").check()
    page.click("main button.btn-primary")
    expect(page.locator(".note.success")).to_contain_text("已签订 1 人")


def test_a_probation_is_reviewed_and_decided_within_its_days(sign_in: Visitors, tmp_path: Path) -> None:
    clerk = sign_in("yanting_hr")
    clerk.goto("/desk/")
    clerk.get_by_role("link", name="待转正考核").click()
    clerk.wait_for_url("**/desk/contracts/?step=probation_due")
    assert_fits(clerk)
    assert_accessible(clerk)
    clerk.locator("table tbody a").first.click()
    expect(clerk.get_by_role("link", name="打印考核表")).to_be_visible()
    assert_accessible(clerk)
    clerk.get_by_role("link", name="登记试用期考核").click()
    clerk.locator("label", has_text="不符合录用条件").first.click()
    clerk.fill("textarea[name=opinion]", "三次体能测评未达标")
    clerk.fill("input[name=reviewer]", "王警官")
    (tmp_path / "考核表.pdf").write_bytes(PDF)
    clerk.set_input_files("input[name=upload]", tmp_path / "考核表.pdf")
    clerk.click("main button.btn-primary")
    expect(clerk.locator("main")).to_contain_text("请写明不符合的是哪一项录用条件")
    clerk.fill("textarea[name=condition]", "公告要求体能测评达标；三次未达标，见考核表")
    clerk.set_input_files("input[name=upload]", tmp_path / "考核表.pdf")
    clerk.click("main button.btn-primary")
    expect(clerk.locator("h1")).to_contain_text("已考核，待决定")
    name = clerk.locator("h1").inner_text().split("的")[0]

    head = sign_in("yanting_head", phone=True)
    head.goto("/desk/contracts/?step=probation_reviewed")
    head.get_by_role("link", name=name).click()
    expect(head.locator("main")).to_contain_text("考核为不符合录用条件")
    assert_fits(head)
    assert_accessible(head)
    head.click("button[value=fail]")
    expect(head.locator("main")).to_contain_text("最后工作日应在试用期内")
    head.locator("main form button.btn").last.click()
    expect(head.locator("h1")).to_contain_text("不符合录用条件")
    expect(head.get_by_role("link", name="按第三十二条第（一）项办理解除")).to_be_visible()
