"""A bureau moves in: the roster is uploaded, looked at, confirmed, found in a dossier, confirmed again, taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.demo import Visitors, looked_at
from tests.law.roster_tools import written
from tests.registry.moving_in import row

UNIT = {"用人单位": "三台县公安局城关派出所"}


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_a_roster_is_imported_found_repeated_and_taken_back(sign_in: Visitors, tmp_path: Path, phone: bool) -> None:
    first = 700 if phone else 600
    rows = [row(first + place, 姓名=f"迁入{place}", **UNIT) for place in range(1, 5)]
    rows[1] |= {"用工方式": "购买服务"}
    rows += [
        row(first + 8, 岗位="食堂"),
        row(first + 9, 公民身份号码="510722199506150011"),
        row(first + 10, 入职日期=None),
    ]
    page = sign_in("santai_hr", phone=phone)
    page.goto("/desk/roster-check/")
    page.set_input_files("input[type=file]", written(tmp_path / "花名册.xlsx", rows, None))
    page.click("button:has-text('核对')")
    page.wait_for_url("**/roster-check/report/")
    page.click("a:has-text('导入系统')")
    page.wait_for_url("**/roster-check/import/")
    expect(page.locator(".numbers div", has_text="新增")).to_contain_text("5")
    expect(page.locator(".numbers div", has_text="不登记")).to_contain_text("2")
    looked_at(page, "import-preview")
    page.click("button:has-text('确认导入')")
    page.wait_for_url("**/roster-check/imports/*/")
    imported = page.url
    looked_at(page, "imported")
    page.goto("/desk/people/?q=迁入1")
    page.click("a:has-text('迁入1')")
    page.click("nav[aria-label='分项'] a:has-text('花名册记载')")
    expect(page.locator("main h2").first).to_contain_text("花名册 花名册.xlsx 第2行")
    looked_at(page, "recorded")
    page.goto("/desk/roster-check/import/")
    expect(page.locator("main")).to_contain_text("登记与花名册一致，没有需要导入的。")
    looked_at(page, "import-again")
    page.goto("/desk/roster-check/imports/")
    looked_at(page, "imports")
    page.goto(imported)
    page.click("button:has-text('撤回导入')")
    page.fill("textarea[name=reason]", "导错了文件")
    looked_at(page, "take-back")
    page.locator("main form button.btn").last.click()
    expect(page.locator("main")).to_contain_text("导错了文件")
    page.goto("/desk/people/?q=迁入1")
    expect(page.locator("main")).not_to_contain_text("三台县公安局迁入")
    expect(page.locator("a:has-text('迁入1')")).to_have_count(0)
