"""A unit leader plans a week: copies the last, sees who may not be sent, gives the rest; the officer sees who is on duty."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from fujing.duties.orders.queries import monday_of
from fujing.kernel.clock import today
from tests.journeys.demo import Visitors, looked_at

pytestmark = pytest.mark.journey
NEXT = monday_of(today()) + timedelta(7)


def chosen(page: Page, name: str, label: str) -> None:
    """Ticks what a label begins with."""
    page.locator(f"input[name={name}]").and_(page.get_by_label(label)).first.check()


def test_a_unit_leader_plans_a_week(sign_in: Visitors) -> None:
    leader = sign_in("santai_unit")
    leader.goto("/desk/duties/")
    expect(leader.locator("main")).to_contain_text("张草稿还不能派")
    expect(leader.locator("main")).to_contain_text("工作证")
    looked_at(leader, "duties-week")
    leader.goto(f"/desk/duties/?week={NEXT}")
    leader.get_by_role("link", name="复制上一周").click()
    looked_at(leader, "duties-copy")
    leader.get_by_role("button", name="复制").click()
    expect(leader.locator(".note.success")).to_contain_text("都是草稿")
    expect(leader.locator("main")).to_contain_text("有 1 张草稿还不能派")
    looked_at(leader, "duties-next")
    leader.get_by_role("link", name="派出本周草稿").click()
    looked_at(leader, "duties-give")
    leader.locator("main form button.btn-primary").click()
    expect(leader.locator(".note.success")).to_contain_text("1 张有问题的仍是草稿")

    # The one that is left goes to somebody else.
    leader.locator("details table tbody a").first.click()
    expect(leader.locator("main")).to_contain_text("核对发现的问题")
    expect(leader.locator("main")).to_contain_text("第二十六条")
    looked_at(leader, "duty-refused")
    leader.get_by_role("link", name="修改").click()
    looked_at(leader, "duty-form")
    for box in leader.locator("input[name=people]:checked").all():
        box.uncheck()
    # Somebody whose label says nothing against them.
    leader.locator("label:has(input[name=people])").filter(has_not_text="：").first.locator("input").check()
    leader.fill("input[name=starts]", "18:30")
    leader.fill("input[name=ends]", "19:00")
    leader.get_by_role("button", name="保存").click()
    leader.click("button[value=give]")
    expect(leader.locator("h1")).to_contain_text("已派勤")
    leader.click("button[value=withdraw]")
    leader.fill("textarea[name=reason]", "改由他人值守")
    leader.get_by_role("button", name="确认撤回").click()
    expect(leader.locator("h1")).to_contain_text("已撤回")
    looked_at(leader, "duty-withdrawn")

    phone = sign_in("santai_unit", phone=True)
    phone.goto(f"/desk/duties/?week={NEXT}")
    looked_at(phone, "duties-week")
    phone.goto("/desk/duties/orders/")
    looked_at(phone, "duty-orders")
    phone.goto("/desk/duties/sheet/")
    looked_at(phone, "duty-sheet")


def test_the_officer_in_command_sees_on_the_phone_who_is_on_duty(sign_in: Visitors) -> None:
    officer = sign_in("santai_police", phone=True)
    officer.goto("/desk/duties/day/")
    expect(officer.locator("main")).to_contain_text("何民警")
    looked_at(officer, "duties-day")


def test_a_week_is_planned_by_the_keyboard_alone(sign_in: Visitors) -> None:
    page = sign_in("santai_unit")
    page.goto(f"/desk/duties/?week={NEXT + timedelta(7)}")
    page.keyboard.press("j")
    page.keyboard.press("j")
    focused = page.evaluate("() => document.activeElement.matches('[data-row]')")
    assert focused
    for _ in range(5):
        page.keyboard.press("Tab")
        if page.evaluate("() => Boolean(document.activeElement.closest('td.free'))"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/duties/orders/new/**")
    assert page.locator("input[name=people]:checked").count() == 1
