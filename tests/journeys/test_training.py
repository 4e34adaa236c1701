"""A personnel officer plans a class, puts those who lack it into it, records who came; the head confirms."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from fujing.cli.demo.cast import AUXILIARY
from fujing.kernel.clock import ZONE
from tests.journeys.demo import Visitors, looked_at

pytestmark = pytest.mark.journey


def at(hours: int) -> str:
    return f"{datetime.now(tz=ZONE) + timedelta(hours=hours):%Y-%m-%dT%H:%M}"


def test_from_who_lacks_what_to_the_confirmed_class(sign_in: Visitors) -> None:
    page = sign_in("santai_hr")
    page.goto("/desk/")
    page.get_by_role("link", name="培训", exact=True).click()
    looked_at(page, "培训班")
    page.get_by_role("link", name="年度要求").click()
    page.get_by_role("link", name="登记要求").click()
    page.select_option("select[name=kind]", "political")
    page.fill("input[name=hours]", "4")
    page.fill("input[name=basis]", "三公发〔2026〕3号")
    looked_at(page, "登记要求")
    page.click("main button.btn-primary")
    expect(page.locator("main")).to_contain_text("三公发〔2026〕3号")
    looked_at(page, "年度要求")

    page.goto("/desk/training/new/?kind=political")
    for name, words in (
        ("title", "政治教育第一期"),
        ("subjects", "法治思想"),
        ("lecturer", "何民警"),
        ("place", "县局"),
    ):
        page.fill(f"[name={name}]", words)
    page.fill("input[name=hours]", "4")
    page.fill("input[name=starts_at]", at(-5))
    page.fill("input[name=ends_at]", at(-1))
    looked_at(page, "草拟培训班")
    page.click("main button.btn-primary")
    page.click("button[value=publish]")
    expect(page.locator("h1")).to_contain_text("已发布")
    page.get_by_role("link", name="选人报名").click()
    looked_at(page, "谁还没有完成")
    boxes = page.locator("input[name=chosen]")
    names = [page.locator("table tbody tr").nth(number).locator("a").first.inner_text() for number in (0, 1)]
    boxes.nth(0).check()
    boxes.nth(1).check()
    page.click("main button.btn-primary")
    expect(page.locator(".note.success")).to_contain_text("已为 2 人报名")

    page.goto("/desk/training/")
    page.get_by_role("link", name="政治教育第一期").click()
    page.click("button[value=end]")
    page.get_by_role("button", name="确认结束，登记考勤").click()
    expect(page.locator("h1")).to_contain_text("已结束")
    looked_at(page, "培训班详情")
    page.get_by_role("link", name="登记考勤").click()
    selects = page.locator("select")
    selects.nth(0).select_option("present")
    selects.nth(1).select_option("absent")
    page.click("main button.btn-primary")
    expect(page.locator("main")).to_contain_text("缺席应写明原因")
    page.locator("input[name^=absent_why]").nth(1).fill("当日值班")
    looked_at(page, "登记考勤")
    page.click("main button.btn-primary")
    expect(page.locator(".note.success")).to_contain_text("已登记 2 人的考勤")

    head = sign_in("santai_head", phone=True)
    head.goto("/desk/training/?state=ended")
    head.get_by_role("link", name="政治教育第一期").click()
    looked_at(head, "待确认的培训班")
    head.click("button[value=confirm]")
    head.get_by_role("button", name="确认核准考勤和成绩").click()
    expect(head.locator("h1")).to_contain_text("已确认")
    head.goto("/desk/training/needs/?kind=political&outcome=done")
    looked_at(head, "已完成")
    expect(head.locator("main")).to_contain_text("所见 1 人")
    done = head.locator("table tbody tr a").first
    assert done.inner_text() in names
    done.click()
    expect(head.locator("main")).to_contain_text("已完成4学时")
    looked_at(head, "人员培训")


def test_somebody_signs_in_by_the_code_on_the_screen_and_the_list_knows_it(sign_in: Visitors) -> None:
    phone = sign_in(AUXILIARY, phone=True)
    phone.set_viewport_size({"width": 360, "height": 740})
    phone.goto("/me/file/")
    name = phone.locator("main dt", has_text="姓名").locator("+ dd").inner_text().strip()

    screen = sign_in("santai_hr")
    screen.goto("/desk/training/new/?kind=duty")
    screen.select_option("select[name=kind]", "secrecy")
    for field, words in (
        ("title", "保密教育第二期"),
        ("subjects", "保密法"),
        ("lecturer", "何民警"),
        ("place", "县局"),
    ):
        screen.fill(f"[name={field}]", words)
    screen.fill("input[name=hours]", "2")
    screen.fill("input[name=starts_at]", at(0))
    screen.fill("input[name=ends_at]", at(2))
    screen.click("main button.btn-primary")
    screen.click("button[value=publish]")
    course = screen.url
    screen.goto("/desk/training/needs/?kind=secrecy")
    box = screen.locator("table tbody tr", has_text=name).first.locator("input[name=chosen]")
    box.check()
    screen.select_option("select[name=course]", index=screen.locator("select[name=course] option").count() - 1)
    screen.click("main button.btn-primary")
    expect(screen.locator(".note.success")).to_contain_text("已为 1 人报名")
    screen.goto(course)
    screen.get_by_role("link", name="签到码", exact=True).click()
    expect(screen.locator("main")).to_contain_text("已签到 0 人，报名 1 人")
    looked_at(screen, "签到码")

    phone.goto("/me/training/")
    looked_at(phone, "培训")
    phone.get_by_role("link", name="签到", exact=True).click()
    phone.fill("input[name=code]", "12")
    phone.get_by_role("button", name="签到").click()
    expect(phone.locator("main")).to_contain_text("签到码不对")
    screen.reload()
    phone.fill("input[name=code]", screen.locator("main .code").inner_text())
    looked_at(phone, "签到")
    phone.get_by_role("button", name="签到").click()
    expect(phone.locator(".note.success")).to_contain_text("已签到：保密教育第二期")
    # The screen comes again by itself.
    expect(screen.locator("main")).to_contain_text("已签到 1 人", timeout=30_000)
