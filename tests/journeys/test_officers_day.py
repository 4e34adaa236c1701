"""阆中市: a new officer's first day in Chromium, with the wrong things that people try; then the same verbs on a phone.

What each page refuses is tested beside it; here one person goes through all of them, sees what the page says, and finds
what was typed where it was.
"""

from __future__ import annotations

import io
import re
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from fujing.kernel.clock import today
from tests.journeys.days_preparation import FREE, HOUSEHOLD, IN_SERVICE, LANGZHONG
from tests.journeys.demo import Site, Visitors, looked_at
from tests.journeys.test_drafts import RESTORE, lose_session, sign_in_again
from tests.pictures import pdf

pytestmark = pytest.mark.journey
DOUBTFUL, RETURNED, MISJUDGED = "文待核", "罗退回", "尹误判"
NOTE = "学历证书不清楚，请重新上传"
TITLE = "阆中市公安局补充招聘公告"
FIRST_PASSWORD = "first-day-2026"
ROWS = "[data-queue] a[data-row]"


def path_of(page: Page) -> str:
    return re.sub(r"^https?://[^/]+", "", page.url)


def new_officer(sign_in: Visitors, serial: int) -> str:
    """The system administrator makes the account, the security administrator gives it its role."""
    username = f"langzhong_{serial}"
    page = sign_in("system_admin")
    page.goto("/desk/accounts/new/")
    page.fill("[name=username]", username)
    page.fill("[name=name]", "新经办")
    page.fill("[name=organ_code]", "阆中市公安局")
    page.fill("[name=password]", FIRST_PASSWORD)
    page.click("main form .btn-primary")
    page.wait_for_url(lambda address: "/accounts/new/" not in address)
    new = sign_in(username, password=FIRST_PASSWORD)
    new.goto("/desk/")
    expect(new.locator("main")).to_contain_text("您的账号还没有角色")
    page = sign_in("security_admin")
    page.goto(f"/desk/accounts/?q={username}")
    page.locator("tr", has_text=username).locator("a:has-text('角色')").click()
    page.select_option("[name=role]", "hr_officer")
    page.fill("[name=starts]", f"{today()}")
    page.get_by_role("button", name="授予").click()
    expect(page.locator(".note.success")).to_be_visible()
    new.reload()
    expect(new.locator("h1")).to_have_text("工作台")
    return username


def what_waits(page: Page) -> None:
    """Each line of the home page leads to a list as long as its number."""
    page.goto("/desk/")
    looked_at(page)
    lines = page.locator(".todo li")
    expect(lines.filter(has_text="待资格审查").first).to_be_visible()
    told = [
        (int(line.locator(".count").inner_text()), str(line.locator("a[data-row]").get_attribute("href")))
        for line in lines.all()
    ]
    for count, behind in told:
        page.goto(behind)
        expect(page.locator(ROWS)).to_have_count(count)


def open_review(page: Page, made: Any, name: str) -> None:
    """From the home page straight to somebody who waits for the review."""
    page.goto("/desk/")
    page.locator(".todo li", has_text=made["title"]).locator("a[data-row]").click()
    page.get_by_role("link", name=name).click()
    expect(page.locator("h1")).to_contain_text(name)


def verify_what_is_unknown(page: Page, made: Any) -> None:
    """Key 1 passes nobody over two 待核实, Enter verifies nothing; each is verified by source, then key 1 passes."""
    open_review(page, made, DOUBTFUL)
    looked_at(page)
    expect(page.locator("#doubts")).to_contain_text("待核实 2 项")
    page.keyboard.press("1")
    page.reload()
    expect(page.locator("h1")).to_contain_text("待资格审查")
    expect(page.locator("aside")).to_contain_text("还有 2 项待核实")
    for left, (source, seen) in ((1, ("身高测量记录", "175 厘米")), (0, ("户口簿原件", HOUSEHOLD))):
        page.locator("#doubts details summary").first.click()
        page.locator("#doubts [name=source]").first.fill(source)
        page.locator("#doubts [name=source]").first.press("Enter")
        expect(page.locator("#doubts [name=source]").first).to_have_value(source)
        expect(page.locator("#doubts h2")).to_contain_text(f"待核实 {left + 1} 项")
        page.locator("#doubts [name=seen]").first.fill(seen)
        page.locator("#doubts button:has-text('核实符合')").first.click()
        expect(page.locator("#doubts")).to_contain_text(f"待核实 {left} 项")
        expect(page.locator("#doubts")).to_contain_text(f"已核实：{seen}（{source}）")
    page.keyboard.press("1")
    expect(page.locator(".note.success")).to_be_visible()
    assert state_of(page, made, DOUBTFUL) == "资格审查合格"


def state_of(page: Page, made: Any, name: str) -> str:
    """What the page of an application says of it."""
    page.goto(f"/desk/applications/{made['people'][name]['application']}/")
    return page.locator("h1").inner_text().removeprefix(name).strip()


def enter_in_the_date_passes_nobody(page: Page, made: Any) -> None:
    """Whoever sets the day for completing and presses Enter has not passed the applicant."""
    open_review(page, made, RETURNED)
    day = page.locator("[name=until]")
    day.focus()
    day.press("Enter")
    page.reload()
    assert state_of(page, made, RETURNED) == "待资格审查"


def return_one(page: Page, made: Any) -> None:
    """A return says what is missing and until when, or is refused at its fields with what was typed kept."""
    open_review(page, made, RETURNED)
    page.fill("[name=note]", NOTE)
    page.locator("button[name=verb][value=return]").dblclick()
    expect(page.locator("[data-summary]")).to_be_focused()
    expect(page.locator("[name=note]")).to_have_value(NOTE)
    looked_at(page)
    page.check("[name=missing][value=diploma]")
    page.fill("[name=until]", f"{today() + timedelta(days=3)}")
    page.click("button[name=verb][value=return]")
    expect(page.locator(".note.success")).to_be_visible()
    assert state_of(page, made, RETURNED) == "退回补充"


def see_it_again(page: Page, applicant: Page, made: Any, folder: Path) -> None:
    """The applicant reads what is asked and hands it in; the officer finds it in the queue again."""
    applicant.goto("/mine/")
    expect(applicant.locator("main")).to_contain_text("需补充：学历证书")
    applicant.goto(f"/announcements/{made['campaign']}/apply/")
    (folder / "学历证书.pdf").write_bytes(pdf("学历证书"))
    diploma = applicant.locator("[data-kind=diploma]")
    with applicant.expect_response(lambda answer: answer.url.endswith("/papers/")) as sent:
        diploma.set_input_files(folder / "学历证书.pdf")
    assert sent.value.status == 200
    applicant.get_by_role("button", name="核对后提交").click()
    applicant.get_by_role("button", name="确认提交").click()
    expect(applicant.locator("main")).to_contain_text("待资格审查")
    open_review(page, made, RETURNED)
    expect(page.locator("h1")).to_contain_text("待资格审查")


def correct_a_wrong_verdict(page: Page, head: Page, made: Any) -> None:
    """A rejection asks its reason and is looked at twice; the head corrects it with a reason, and it waits again."""
    open_review(page, made, MISJUDGED)
    page.keyboard.press("3")
    expect(page.locator("h1")).to_contain_text("审查不合格")
    page.get_by_role("button", name="确认审查不合格").click()
    expect(page.locator("[data-summary]")).to_be_visible()
    page.fill("[name=note]", "学历不够。")
    page.get_by_role("button", name="确认审查不合格").click()
    page.wait_for_url("**/desk/**")
    assert state_of(page, made, MISJUDGED) == "资格审查不合格"
    expect(page.locator("aside")).to_contain_text("由人事负责人办理")
    head.goto(path_of(page))
    head.locator("button[value=correct]").click()
    head.get_by_role("button", name="确认更正审查结论").click()
    expect(head.locator("[data-summary]")).to_be_visible()
    head.fill("[name=reason]", "看错了证书，本人是高中毕业。")
    head.get_by_role("button", name="确认更正审查结论").click()
    expect(head.locator("h1")).to_contain_text("待资格审查")
    open_review(page, made, MISJUDGED)
    expect(page.locator("main")).to_contain_text("看错了证书，本人是高中毕业。")


def plan_written_and_sent(page: Page, other: Page, site: Site, username: str) -> str:
    """Enter half way, a lost session, two tabs and a double click: nothing typed is lost, nothing is done twice."""
    page.goto("/desk/plans/new/")
    page.fill("[name=reason]", "巡逻警力不足")
    page.fill("[name=lines-0-post_name]", "巡逻辅警")
    page.press("[name=lines-0-post_name]", "Enter")
    expect(page.locator("[name=lines-0-post_name]")).to_have_value("巡逻辅警")
    assert path_of(page) == "/desk/plans/new/"
    page.select_option("[name=lines-0-category]", "field")
    page.fill("[name=lines-0-count]", f"{FREE}")
    page.fill("[name=lines-0-reason]", "夜间巡逻")
    lose_session(site, page)
    page.get_by_role("button", name="保存", exact=True).click()
    sign_in_again(page, username, FIRST_PASSWORD)
    page.wait_for_url("**/desk/plans/new/")
    page.get_by_role("button", name=RESTORE).click()
    expect(page.locator("[name=lines-0-reason]")).to_have_value("夜间巡逻")
    page.get_by_role("button", name="保存", exact=True).click()
    page.wait_for_url(re.compile(r"/desk/plans/\d+/$"))
    plan = path_of(page)
    looked_at(page)
    for tab, reason in ((other, "夜间警情多"), (page, "辖区扩大")):
        tab.goto(f"{plan}edit/")
        tab.fill("[name=reason]", reason)
    other.get_by_role("button", name="保存", exact=True).click()
    other.wait_for_url(f"**{plan}")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator(".note.error").first).to_contain_text("没有保存")
    expect(page.locator("main")).to_contain_text("理由由“巡逻警力不足”改为“夜间警情多”")
    expect(page.locator("[name=reason]")).to_have_value("辖区扩大")
    page.get_by_role("button", name="保存", exact=True).click()
    page.wait_for_url(f"**{plan}")
    page.locator("button[value=submit]").dblclick()
    expect(page.locator("button[value=withdraw]")).to_be_visible()
    expect(page.locator("main")).to_contain_text("辖区扩大")
    return plan


def a_paper_of_2099(head: Page, city: Page, folder: Path, plan: str) -> None:
    """A decision on paper that is dated in the future is refused at its field, and the plan stays where it is."""
    city.goto("/desk/")
    city.locator(f".todo a[href='{plan}']").click()
    city.fill("#id_opinion", "同意。")
    city.click("aside button[value=pass]")
    scan = folder / "复函.pdf"
    scan.write_bytes(b"%PDF-1.4 answer on paper")
    head.goto(plan)
    head.click("summary:has-text('录入纸质意见')")
    paper = head.locator("details:has-text('录入纸质意见')")
    for name, value in {"document_number": "阆编发〔2026〕9号", "document_date": "2099-01-01"}.items():
        paper.locator(f"[name=paper-{name}]").fill(value)
    paper.locator("[name=paper-scan]").set_input_files(scan)
    paper.locator("button[value=record_pass]").click()
    expect(paper.locator("#id_paper-document_date_errors")).to_be_visible()
    expect(paper.locator("[name=paper-document_number]")).to_have_value("阆编发〔2026〕9号")
    head.reload()
    expect(head.locator("h1")).to_contain_text("编制")


def sent_plan_is_taken_back(page: Page, plan: str) -> None:
    """What was sent is taken back while it is not decided; then it is a text to revise, not a dead end."""
    page.goto(plan)
    page.locator("button[value=withdraw]").click()
    expect(page.locator(f"main a[href='{plan}edit/']")).to_be_visible()
    looked_at(page)


def weights_of_110_per_cent(page: Page, head: Page) -> None:
    """They are told while they are typed and never published; mended, published and taken back in time."""
    page.goto("/desk/campaigns/new/")
    page.fill("[name=title]", TITLE)
    page.fill("[name=written_weight]", "0.6")
    expect(page.locator("main")).to_contain_text("各环节权重合计 110%")
    page.get_by_role("button", name="保存并核对").click()
    expect(page.locator("#id_publicity_checked_errors")).to_have_text("请核对公示天数后勾选。")
    expect(page.locator("[name=title]")).to_have_value(TITLE)
    looked_at(page)
    page.check("[name=publicity_checked]")
    page.get_by_role("button", name="保存并核对").click()
    page.wait_for_url(re.compile(r"/desk/campaigns/\d+/announcement/$"))
    campaign = path_of(page).removesuffix("announcement/")
    head.goto(campaign)
    expect(head.locator("main")).to_contain_text("合计1.1")
    expect(head.locator("main")).to_contain_text("核对权重，使合计为 100%")
    expect(head.locator("button[value=publish]")).to_have_count(0)
    page.goto(f"{campaign}announcement/stages/")
    page.locator("main a[href*='/stages/']", has_text="笔试").first.click()
    expect(page.locator("[name=weight]")).to_have_value(re.compile("0.6|60"))
    page.fill("[name=weight]", "50%")
    page.get_by_role("button", name="保存").first.click()
    page.wait_for_url(lambda address: not re.search(r"/stages/\d+/$", address))
    head.reload()
    head.locator("button[value=publish]").click()
    head.locator("main form.panel button[name=verb]").dblclick()
    expect(head.locator("h1")).to_contain_text("已发布")
    head.locator("button[value=unpublish]").click()
    head.locator("main form.panel button[name=verb]").click()
    expect(head.locator("h1")).to_contain_text("拟定")
    looked_at(head)


def roster_is_what_the_file_says(page: Page) -> None:
    """The exported roster has the columns and the people of the screen."""
    page.goto("/desk/people/")
    looked_at(page)
    names = page.locator(ROWS).all_inner_texts()
    assert set(names) >= set(IN_SERVICE)
    with page.expect_download() as download:
        page.get_by_role("link", name="导出所见").click()
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    rows = list(book.active.iter_rows(values_only=True))
    head = [str(each) for each in rows[0]]
    assert [row[head.index("姓名")] for row in rows[1:]] == names
    for folded in page.locator("button.unfold:visible").all():
        folded.click()
    for name, row in zip(names, rows[1:], strict=True):
        shown = page.locator("main", has=page.get_by_role("link", name=name)).inner_text()
        for value in row:
            if value not in (None, ""):
                assert (f"{value:%Y-%m-%d}" if hasattr(value, "year") else str(value)) in shown


def test_a_new_officers_first_day(site: Site, sign_in: Visitors, tmp_path: Path) -> None:
    serial = int(time.time())
    made = site.prepared("days_preparation", LANGZHONG, serial, DOUBTFUL, RETURNED, MISJUDGED)
    username = new_officer(sign_in, serial)
    page = sign_in(username, password=FIRST_PASSWORD)
    head = sign_in(made["staff"]["hr_head"])
    what_waits(page)
    verify_what_is_unknown(page, made)
    enter_in_the_date_passes_nobody(page, made)
    return_one(page, made)
    see_it_again(page, sign_in(made["people"][RETURNED]["phone"], phone=True), made, tmp_path)
    correct_a_wrong_verdict(page, head, made)
    other = page.context.new_page()
    plan = plan_written_and_sent(page, other, site, username)
    a_paper_of_2099(head, sign_in(made["staff"]["city"]), tmp_path, plan)
    sent_plan_is_taken_back(page, plan)
    weights_of_110_per_cent(page, head)
    roster_is_what_the_file_says(page)


def test_the_same_verbs_on_an_officers_phone(site: Site, sign_in: Visitors) -> None:
    made = site.prepared("days_preparation", LANGZHONG, int(time.time()), DOUBTFUL, RETURNED, MISJUDGED)
    page = sign_in(made["staff"]["hr_officer"], phone=True)
    what_waits(page)
    open_review(page, made, DOUBTFUL)
    expect(page.locator("button[name=verb][value=qualify]")).to_be_disabled()
    looked_at(page)
    return_one(page, made)
    open_review(page, made, MISJUDGED)
    page.locator("button[name=verb][value=reject]").tap()
    expect(page.locator("h1")).to_have_text("审查不合格")
    looked_at(page)
    page.get_by_role("link", name="不办理，返回").tap()
    expect(page.locator("h1")).to_contain_text(MISJUDGED)
    assert state_of(page, made, MISJUDGED) == "待资格审查"
    for path in ("/desk/plans/new/", "/desk/campaigns/new/", f"/desk/campaigns/{made['campaign']}/"):
        page.goto(path)
        looked_at(page)
    roster_is_what_the_file_says(page)
