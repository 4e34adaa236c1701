"""An officer takes the Excel roster of a bureau to the desk and reads what is to be done, at the office and on a phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.demo import Visitors, looked_at
from tests.law.roster_generated import roster
from tests.law.roster_tools import written


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_a_roster_is_checked_read_down_to_a_person_exported_and_removed(
    sign_in: Visitors, tmp_path: Path, phone: bool
) -> None:
    people, organs, day = roster(7, 300)
    good = written(tmp_path / "花名册.xlsx", people, list((organs or {}).values()))
    wrong = written(tmp_path / "错.xlsx", [{**people[0], "入职日期": "去年"}, {**people[1], "合同次数": "很多"}], None)
    page = sign_in("santai_hr", phone=phone)
    page.goto("/desk/roster-check/")
    looked_at(page, "upload")
    page.set_input_files("input[type=file]", wrong)
    page.click("button:has-text('核对')")
    expect(page.locator("[data-summary]")).to_contain_text("文件有 2 处读不出来")
    looked_at(page, "faults")
    page.set_input_files("input[type=file]", good)
    page.fill("input[name=as_of]", day.isoformat())
    page.click("button:has-text('核对')")
    page.wait_for_url("**/roster-check/report/")
    looked_at(page, "report")
    number = page.locator(".numbers div", has_text="不符合").locator("a")
    count = number.inner_text()
    number.click()
    expect(page.locator(".list-bar")).to_contain_text(f"{count} 项")
    for nav, word in (("按条文筛选", "第二十四条"), ("按事项筛选", "岗前培训")):
        link = page.locator(f"nav[aria-label='{nav}'] a:has-text('{word}')")
        link.wait_for(state="attached")
        if not link.is_visible():
            page.click(".fold-label")  # on a phone the filters stand behind one button
        link.click()
        expect(link).to_have_attribute("aria-current", "true")  # the list is there, its filters folded away again
    expect(page.locator("section[aria-label='条文和办法']")).to_contain_text("可以这样办")
    looked_at(page, "findings")
    page.locator("[data-queue] a[data-row]").first.click()
    expect(page.locator("article.finding").first).to_be_visible()
    expect(page.locator("main h2")).to_contain_text("花名册上的内容")
    looked_at(page, "person")
    page.click("a:has-text('返回汇总')")
    page.locator(".numbers div", has_text="在职人数").locator("a").click()
    page.wait_for_url("**/roster-check/people/*")
    looked_at(page, "people")
    page.click("a:has-text('返回汇总')")
    page.click("summary:has-text('导出')")
    with page.expect_download() as download:
        page.click("a:has-text('标注了结论的花名册')")
    assert download.value.suggested_filename == "花名册标注副本.xlsx"
    page.click("button:has-text('立即删除')")
    page.wait_for_url("**/roster-check/")
    page.goto("/desk/roster-check/report/")
    expect(page.locator("h1")).to_contain_text("没有可以查看的核对结果")
    looked_at(page, "gone")
