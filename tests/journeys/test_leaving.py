"""A clerk and a personnel head end an employment: from the dossier over evidence and decision to the handing back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from fujing.kernel.clock import today
from tests.journeys.demo import Visitors, looked_at
from tests.management.made import PDF

pytestmark = pytest.mark.journey


def test_somebody_who_resigns_is_taken_from_the_dossier_to_the_handing_back(sign_in: Visitors, tmp_path: Path) -> None:
    (tmp_path / "辞职书.pdf").write_bytes(PDF)
    page = sign_in("santai_hr")
    page.goto("/desk/people/")
    page.locator("table tbody a[data-row]").first.click()
    page.get_by_role("link", name="办理离职").click()
    looked_at(page, "leaving-ways")
    page.get_by_role("link", name="违法违纪或者严重违反规章制度").click()
    looked_at(page, "leaving-draft")
    page.go_back()
    page.get_by_role("link", name="本人提前通知解除").click()
    looked_at(page, "leaving-resign")
    page.fill("input[name=dated]", today().isoformat())
    page.fill("textarea[name=reason]", "家庭原因")
    page.click("button[value=weigh]")
    expect(page.locator("main")).to_contain_text(f"{today() + timedelta(30)}")
    looked_at(page, "leaving-resign-follows")
    page.set_input_files("input[name=upload]", tmp_path / "辞职书.pdf")
    page.click("button[value=receive]")
    expect(page.locator("h1")).to_contain_text("已收到，待确认")
    looked_at(page, "leaving-resignation")
    receipt = page.locator("main dd b").first.inner_text()

    # The person has no sign-in: the receipt answers on the phone.
    own = sign_in(None, phone=True)
    own.goto("/status/")
    own.fill("input[name=receipt]", receipt)
    own.locator("main button.btn-primary").click()
    expect(own.locator("main")).to_contain_text("您可以书面撤回")
    looked_at(own, "leaving-own-received")

    page.get_by_role("link", name="工作台").first.click()
    page.get_by_role("link", name="已收到本人书面通知").click()
    looked_at(page, "leaving-resignations")
    page.locator("table tbody a[data-row]").first.click()
    page.click("button[value=confirm]")
    looked_at(page, "leaving-resignation-confirm")
    page.locator("main form button.btn").last.click()
    expect(page.locator("h1")).to_contain_text("收集材料")
    looked_at(page, "leaving-departure")
    address = page.url
    page.get_by_role("link", name="登记材料", exact=True).click()
    page.set_input_files("input[name=upload]", tmp_path / "辞职书.pdf")
    looked_at(page, "leaving-evidence-form")
    page.click("main button.btn-primary")
    page.click("button[value=check]")
    expect(page.locator("h1")).to_contain_text("已核对，待决定")

    head = sign_in("santai_head", phone=True)
    head.goto("/desk/")
    head.get_by_role("link", name="已核对，待决定").click()
    looked_at(head, "leaving-list")
    head.goto(address)
    looked_at(head, "leaving-departure")
    head.click("button[value=decide]")
    looked_at(head, "leaving-decide")
    head.locator("main form button.btn").last.click()
    expect(head.locator("h1")).to_contain_text("已决定，待通知")

    page.goto(address)
    page.click("button[value=notify]")
    page.fill("input[name=notice_on]", today().isoformat())
    page.fill("input[name=last_day]", (today() + timedelta(29)).isoformat())
    page.locator("main form button.btn").last.click()
    expect(page.locator("main")).to_contain_text(f"最早为{today() + timedelta(30)}")
    page.fill("input[name=last_day]", (today() + timedelta(30)).isoformat())
    page.locator("main form button.btn").last.click()
    expect(page.locator("h1")).to_contain_text("已通知，待交接")
    looked_at(page, "leaving-notified")

    phone = sign_in("santai_hr", phone=True)
    phone.goto(address)
    phone.get_by_role("link", name="登记交接").click()
    looked_at(phone, "leaving-items")
    for chooser in phone.locator("select[name^=outcome_]").all():
        chooser.select_option("returned")
    phone.click("main button.btn-primary")
    looked_at(phone, "leaving-handed-back")
    own.goto("/status/")
    own.fill("input[name=receipt]", receipt)
    own.locator("main button.btn-primary").click()
    expect(own.locator("main")).not_to_contain_text("还没有交回")
    looked_at(own, "leaving-own-handed-back")
    phone.click("button[value=clear]")
    expect(phone.locator("h1")).to_contain_text("已交接，待离职")
    phone.get_by_role("link", name="本人书面解除通知").first.click()
    looked_at(phone, "leaving-evidence")


def test_who_is_to_be_dismissed_is_told_and_heard_before_the_decision(sign_in: Visitors, tmp_path: Path) -> None:
    (tmp_path / "告知书.pdf").write_bytes(PDF)
    page = sign_in("santai_hr")
    page.goto("/desk/people/")
    page.locator("table tbody a[data-row]").nth(1).click()
    page.get_by_role("link", name="办理离职").click()
    page.get_by_role("link", name="违法违纪或者严重违反规章制度").click()
    page.fill("input[name=last_day]", today().isoformat())
    page.fill("textarea[name=reason]", "屡次旷工")
    page.click("main button.btn-primary")
    address = page.url
    looked_at(page, "leaving-untold")
    page.get_by_role("link", name="登记告知本人").click()
    page.set_input_files("input[name=upload]", tmp_path / "告知书.pdf")
    looked_at(page, "leaving-tell")
    page.click("main button.btn-primary")
    expect(page.locator("h1")).to_contain_text("已告知，待本人陈述")
    page.goto("/desk/")
    page.get_by_role("link", name="已告知，待本人陈述").click()
    looked_at(page, "leaving-hearing-told")
    hearing = page.url
    page.click("button[value=answer]")
    page.fill("input[name=answered_on]", today().isoformat())
    page.fill("textarea[name=answer]", "那几天家人住院，我打过电话请假。")
    page.set_input_files("input[name=upload]", tmp_path / "告知书.pdf")
    looked_at(page, "leaving-answer")
    page.locator("main form button.btn").last.click()
    expect(page.locator("h1")).to_contain_text("本人已陈述")

    head = sign_in("santai_head", phone=True)
    head.goto(hearing)
    head.fill("input[name=reason]", "决定前查阅")
    head.click("button[value=read]")
    expect(head.locator("main")).to_contain_text("我打过电话请假")
    looked_at(head, "leaving-hearing-read")
    page.goto(address)
    expect(page.locator("main")).to_contain_text("本人已陈述")
    looked_at(page, "leaving-heard")
