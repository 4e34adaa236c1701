"""A half-year is appraised: the officer, the station's leader on the phone, the clerk and the personnel head."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from fujing.kernel.clock import today
from tests.journeys.demo import Site, Visitors, looked_at

pytestmark = pytest.mark.journey


def score(page: Page, name: str, points: str, words: str) -> None:
    """Fill in the page of one sheet."""
    for heading in ("duty", "performance", "conduct", "education"):
        page.fill(f"input[name={heading}]", points)
    if page.locator("input[name=absent_days]").count():
        page.fill("input[name=absent_days]", "0")
    page.fill("textarea[name=words]", words)
    page.click("main form button.btn-primary")
    expect(page.locator("body")).to_contain_text(f"已评{name}。")


def test_a_half_year_is_scored_decided_made_public_and_questioned(site: Site, sign_in: Visitors) -> None:
    made = site.prepared("appraisal_preparation")
    name, address = made["name"], f"/desk/appraisals/{made['round']}/"

    officer = sign_in("yanting_police")
    officer.goto("/desk/")
    officer.get_by_role("link", name="您负责的辅警待评分").click()
    looked_at(officer, "appraisal-waiting")
    officer.get_by_role("link", name=name).first.click()
    looked_at(officer, "appraisal-sheet-officer")
    officer.get_by_role("link", name="责任民警评分").click()
    looked_at(officer, "appraisal-score")
    score(officer, name, "99.5", "服从指挥，任务完成好。")

    leader = sign_in(made["leader"], phone=True)
    leader.goto("/desk/")
    leader.get_by_role("link", name="本单位的辅警待评分").click()
    looked_at(leader, "appraisal-waiting-phone")
    leader.get_by_role("link", name=name).first.click()
    looked_at(leader, "appraisal-sheet-phone")
    leader.get_by_role("link", name="单位评分").click()
    looked_at(leader, "appraisal-score-phone")
    score(leader, name, "99", "同意责任民警意见。")

    page = sign_in("yanting_hr")
    page.goto(address)
    looked_at(page, "appraisal-round")
    page.click("button[value=propose]")
    expect(page.locator("h1")).to_contain_text("已拟等次，待决定")
    expect(page.locator("main")).to_contain_text("取整为")
    looked_at(page, "appraisal-proposed")
    page.get_by_role("link", name="优秀", exact=False).first.click()
    looked_at(page, "appraisal-best")

    head = sign_in("yanting_head")
    head.goto("/desk/")
    head.get_by_role("link", name="等次已拟，待决定").click()
    looked_at(head, "appraisal-rounds")
    head.goto(address)
    head.click("button[value=decide]")
    looked_at(head, "appraisal-decide")
    head.locator("main form button.btn").last.click()
    expect(head.locator("h1")).to_contain_text("已决定，待公示")

    page.goto(address)
    page.click("button[value=publicise]")
    page.locator("main form button.btn").last.click()
    expect(page.locator("h1")).to_contain_text("公示和复核中")
    page.get_by_role("link", name=name).first.click()
    looked_at(page, "appraisal-sheet-graded")
    page.get_by_role("link", name="登记复核或者异议").click()
    page.fill("input[name=asked_on]", today().isoformat())
    page.fill("textarea[name=said]", "教育培训的分数有误")
    looked_at(page, "appraisal-ask")
    page.click("main button.btn-primary")
    expect(page.locator("h1")).to_contain_text("待答复")
    looked_at(page, "appraisal-asked")
    asked = page.url

    discipline = sign_in("yanting_discipline")
    discipline.goto(asked)
    discipline.click("button[value=keep]")
    discipline.fill("textarea[name=answer]", "查培训记录，分数无误。")
    looked_at(discipline, "appraisal-answer")
    discipline.locator("main form button.btn").last.click()
    expect(discipline.locator("h1")).to_contain_text("维持原等次")

    page.goto("/desk/outstanding/")
    expect(page.locator("main table")).to_contain_text("优秀")
    looked_at(page, "appraisal-outstanding")
    page.goto("/desk/appraisals/new/")
    looked_at(page, "appraisal-scheme")
