"""What was typed survives a lost session: kept on the device, offered after sign-in, forgotten once it was sent."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from fujing.law.citizen_numbers import check_digit
from tests.journeys.demo import PASSWORD, Site, Visitors

GUIDANCE = "/desk/guidance/new/"
OFFER = ".draft"
RESTORE = "恢复上次未保存的内容"


def lose_session(site: Site, page: Page) -> None:
    """As after eight hours: the server doesn't know the session any more, the browser still thinks it does."""
    (cookie,) = [each for each in page.context.cookies() if each["name"] == "sessionid"]
    site.owner(f"DELETE FROM django_session WHERE session_key = '{cookie['value']}'")


def sign_in_again(page: Page, username: str, password: str = PASSWORD) -> None:
    page.wait_for_url("**/accounts/login/**")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", password)
    page.click("button[type=submit]")
    page.wait_for_url(lambda address: "/accounts/login" not in address)


def stored(page: Page) -> str:
    return page.evaluate("() => JSON.stringify(localStorage)")


def test_an_officers_text_is_back_after_the_session_was_lost(site: Site, sign_in: Visitors) -> None:
    page = sign_in("mianyang_head")
    page.goto(GUIDANCE)
    page.fill("[name=title]", "关于规范勤务辅警着装的通知")
    page.fill("[name=text]", "各县（市、区）公安局：\n请遵照执行。")
    lose_session(site, page)
    page.click("main .btn-primary")
    sign_in_again(page, "mianyang_head")
    expect(page).to_have_url(f"{site.url}{GUIDANCE}")
    expect(page.locator("[name=title]")).to_have_value("")  # offered, not forced
    page.get_by_role("button", name=RESTORE).click()
    expect(page.locator("[name=title]")).to_have_value("关于规范勤务辅警着装的通知")
    expect(page.locator("[name=text]")).to_have_value("各县（市、区）公安局：\n请遵照执行。")
    expect(page.locator("main form")).to_contain_text("文件没有保留，请重新选择。")
    for name, value in {"number": "绵公发〔2026〕9号", "issued_on": "2026-01-05", "force_from": "2026-01-05"}.items():
        page.fill(f"[name={name}]", value)
    page.fill("[name=provisions]", "第五条第一款")
    page.click("main .btn-primary")
    page.wait_for_url(lambda address: not address.endswith(GUIDANCE))
    page.goto(GUIDANCE)
    expect(page.locator(OFFER)).to_have_count(0)
    assert "着装" not in stored(page)


def test_faults_to_mend_keep_the_text_and_a_refused_offer_forgets_it(sign_in: Visitors) -> None:
    page = sign_in("mianyang_head")
    page.goto(GUIDANCE)
    page.fill("[name=title]", "缺文号")
    page.click("main .btn-primary")
    expect(page.locator("[data-summary]")).to_be_visible()
    expect(page.locator(OFFER)).to_have_count(0)  # the page shows it already
    page.once("dialog", lambda dialog: dialog.accept())
    page.goto(GUIDANCE)
    page.get_by_role("button", name="不要了").click()
    page.goto(GUIDANCE)
    expect(page.locator(OFFER)).to_have_count(0)


def test_another_account_is_offered_nothing_and_signing_out_forgets(sign_in: Visitors) -> None:
    page = sign_in("mianyang_head")
    page.goto(GUIDANCE)
    page.fill("[name=title]", "只属于本人")
    page.wait_for_function("() => JSON.stringify(localStorage).includes('只属于本人')")
    page.evaluate("() => localStorage.setItem('fujing-draft|0|/|', JSON.stringify({at: 0, values: []}))")
    page.evaluate("() => document.querySelector('main form').removeAttribute('data-guard')")
    page.context.clear_cookies()
    page.once("dialog", lambda dialog: dialog.accept())
    page.goto("/accounts/login/")
    sign_in_again(page, "province_head")
    page.goto(GUIDANCE)
    expect(page.locator(OFFER)).to_have_count(0)
    assert "fujing-draft|0|" not in stored(page)  # older than two days
    page.get_by_role("button", name="退出").click()
    page.goto("/accounts/login/")
    sign_in_again(page, "mianyang_head")
    page.goto(GUIDANCE)
    expect(page.locator(OFFER)).to_be_visible()
    page.get_by_role("button", name="退出").click()
    page.wait_for_url(lambda address: "/desk/" not in address)
    assert "只属于本人" not in stored(page)


def test_an_applicants_answers_are_back_and_no_number_is_kept(site: Site, sign_in: Visitors) -> None:
    first, phone = "51072219960117780", "13900006610"
    number = first + check_digit(first)
    page = sign_in(None, phone=True)
    page.goto("/")
    announcement = page.locator("main a[href^='/announcements/']").first.get_attribute("href")
    apply = f"{announcement}apply/"
    page.goto(f"/sign-up/?next={apply}")
    for name, value in {"name": "陈草稿", "id_number": number, "phone": phone, "password": PASSWORD}.items():
        page.fill(f"[name={name}]", value)
    page.check("[name=agree]")
    page.click("main .btn-primary")
    sign_in_again(page, phone)
    page.wait_for_url(f"**{apply}")
    page.get_by_role("link", name="报这个岗位").first.click()
    page.select_option("[name=education]", "bachelor")
    written = page.locator("main form input[type=text]").first
    written.fill("四川省三台县")
    lose_session(site, page)
    page.get_by_role("button", name="先保存").click()
    sign_in_again(page, phone)
    page.wait_for_url(f"**{apply}**")
    page.get_by_role("button", name=RESTORE).click()
    expect(page.locator("[name=education]")).to_have_value("bachelor")
    expect(written).to_have_value("四川省三台县")
    assert number not in stored(page)
    assert PASSWORD not in stored(page)
    assert phone not in stored(page)
    page.get_by_role("button", name="先保存").click()
    page.wait_for_load_state()
    expect(page.locator("main")).to_contain_text("已保存")
    assert "四川省三台县" not in stored(page)


def test_what_is_sensitive_is_kept_nowhere(sign_in: Visitors) -> None:
    page = sign_in("system_admin")
    page.goto("/desk/accounts/new/")
    page.fill("[name=username]", "santai_new")
    page.fill("[name=password]", "geheim-fujing-2026")
    page.wait_for_function("() => JSON.stringify(localStorage).includes('santai_new')")
    assert "geheim" not in stored(page)
