"""Lists on phones: each row is a card as tall as what it says, with nothing to push sideways, and still a table to
assistive technology.

The measures are relations within one page, so that they hold however many rows other journeys have added.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.demo import PHONE, Site, Visitors, assert_accessible, assert_fits

pytestmark = pytest.mark.journey

LISTS = (
    ("audit_admin", "/desk/trail/"),
    ("audit_admin", "/desk/readings/"),
    ("system_admin", "/desk/accounts/"),
    ("santai_hr", "/desk/people/"),
    ("santai_hr", "/desk/campaigns/"),
)
BLANK = 90
"""Pixels of a card that no line of its text fills at most: its edges, the gaps between lines, a button's height."""

CARDS = """() => [...document.querySelectorAll("table.cards")].flatMap((table) =>
  [...table.tBodies].flatMap((body) => [...body.rows]).filter((row) => row.getClientRects().length).map((row) => {
    const cells = [...row.cells].filter((cell) => cell.getClientRects().length);
    const lines = new Set();
    let filled = 0;
    for (const cell of cells) {
      const box = cell.getBoundingClientRect();
      if (lines.has(box.top)) continue;
      lines.add(box.top);
      filled += Math.max(...cells.filter((each) => each.getBoundingClientRect().top === box.top)
        .map((each) => { const range = document.createRange(); range.selectNodeContents(each);
          const label = each.dataset.label && !each.classList.contains("lead") ? 17 : 0;
          return range.getBoundingClientRect().height + label; }));
    }
    const right = row.getBoundingClientRect().right;
    return {
      text: row.innerText.slice(0, 60),
      blank: row.getBoundingClientRect().height - filled,
      out: cells.some((cell) => cell.scrollWidth > cell.clientWidth + 1 || cell.getBoundingClientRect().right > right),
      empty: cells.some((cell) => !cell.innerText.trim() && !cell.querySelector("input, button, a")),
      first: cells.every((cell) => cell.getBoundingClientRect().top >= row.querySelector(".lead, [colspan], .typed").getBoundingClientRect().top),
    };
  }))"""


def cards(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate(CARDS)
    return found


@pytest.mark.parametrize("width", [390, 320])
@pytest.mark.parametrize(("username", "path"), LISTS)
def test_each_row_is_a_card_no_taller_than_its_text(username: str, path: str, width: int, sign_in: Visitors) -> None:
    page = sign_in(username)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(path)
    found = cards(page)
    assert found
    assert not [each for each in found if each["blank"] > BLANK]
    assert not [each for each in found if each["out"] or each["empty"] or not each["first"]]
    assert_fits(page)
    assert_accessible(page)


def campaign(page: Page) -> None:
    page.goto("/desk/campaigns/")
    page.locator("table a[data-row]").first.click()
    page.wait_for_url("**/desk/campaigns/*/")


def sitting(page: Page) -> None:
    campaign(page)
    page.get_by_role("link", name="考务", exact=True).click()
    page.locator("table a[data-row]").first.click()
    page.wait_for_url("**/desk/sittings/*/")


def plan(page: Page) -> None:
    page.goto("/desk/plans/")
    page.locator("table a[data-row]").first.click()
    page.wait_for_url("**/desk/plans/*/")


def budget(page: Page) -> None:
    page.goto("/desk/budget/")
    page.locator("a[href^='/desk/budget/']", has_text="第").first.click()
    page.wait_for_url("**/desk/budget/*/")


def guidance(page: Page) -> None:
    page.goto("/desk/guidance/")
    page.locator("table a[data-row]").first.click()
    page.wait_for_url("**/desk/guidance/*/")


def findings_of_a_check(page: Page) -> None:
    campaign(page)
    page.get_by_role("link", name="聘用", exact=True).first.click()
    page.wait_for_url("**/hires/")
    application = page.locator("a[href*='/approval/']").first.get_attribute("href") or ""
    page.goto(application.partition("approval/")[0] + "background/")
    page.get_by_label("事由").fill("核对聘用材料")
    page.get_by_role("button", name="查阅（将留下记录）").click()


def faults_of_a_sheet(page: Page) -> None:
    page.goto("/desk/plans/new/")
    page.get_by_text("从表格读入").click()
    sheet = "岗位名称,类别,人数,年度经费,用人理由\n巡逻,不知道的类别,三,很多,夜间巡逻\n"
    page.get_by_label("岗位表").set_input_files({"name": "岗位.csv", "mimeType": "text/csv", "buffer": sheet.encode()})
    page.get_by_role("button", name="读入").click()
    page.get_by_text("处需要修改").wait_for()


def plan_form(page: Page) -> None:
    page.goto("/desk/plans/new/")


@pytest.mark.parametrize("width", [390, 320])
@pytest.mark.parametrize(
    ("username", "reach"),
    [
        ("yanting_hr", campaign),
        ("yanting_hr", sitting),
        ("yanting_hr", plan),
        ("santai_finance", budget),
        ("santai_hr", guidance),
        ("yanting_head", findings_of_a_check),
        ("santai_hr", faults_of_a_sheet),
        ("santai_hr", plan_form),
    ],
    ids=lambda each: getattr(each, "__name__", each),
)
def test_a_table_of_one_matter_is_cards_too(
    username: str, reach: Callable[[Page], None], width: int, sign_in: Visitors
) -> None:
    page = sign_in(username)
    page.set_viewport_size({"width": width, "height": 800})
    reach(page)
    found = cards(page)
    assert found
    assert not [each for each in found if each["out"] or each["empty"] or not each["first"]]
    assert not page.evaluate(
        "() => [...document.querySelectorAll('.scroll')].some((e) => e.scrollWidth > e.clientWidth + 1)"
    )
    assert_fits(page)
    assert_accessible(page)


FOLDED = (("audit_admin", "/desk/trail/"), ("santai_hr", "/desk/people/"))


@pytest.mark.parametrize(("username", "path"), FOLDED)
def test_a_long_list_is_short_and_its_cards_open(username: str, path: str, sign_in: Visitors) -> None:
    page = sign_in(username, phone=True)
    page.goto(path)
    rows = page.locator("table.cards tbody tr")
    row = rows.first
    closed = page.evaluate("() => [...document.querySelectorAll('.cards tbody tr')].map((row) => row.offsetHeight)")
    assert sorted(closed)[len(closed) // 2] <= 120
    folded = row.locator("td.folded:not(:empty)").first
    assert not folded.is_visible()
    opener = row.get_by_role("button")
    assert opener.get_attribute("aria-expanded") == "false"
    opener.click()
    assert folded.is_visible()
    assert opener.get_attribute("aria-expanded") == "true"
    opener.click()
    assert not folded.is_visible()


def test_without_script_every_card_says_everything(site: Site, browser: Browser, sign_in: Visitors) -> None:
    signed = sign_in("santai_hr", phone=True).context.storage_state()
    bare = browser.new_context(base_url=site.url, viewport=PHONE, java_script_enabled=False, storage_state=signed)
    page = bare.new_page()
    page.goto("/desk/people/")
    row = page.locator("table.cards tbody tr").first
    assert row.locator("td.folded:not(:empty)").first.is_visible()
    assert row.get_by_role("button").count() == 0
    bare.close()


def test_a_to_do_has_the_width_of_the_phone(sign_in: Visitors) -> None:
    page = sign_in("santai_hr", phone=True)
    page.goto("/desk/")
    shares = page.evaluate(
        "() => [...document.querySelectorAll('.todo li')].map((e) => e.querySelector('.grow').offsetWidth / e.offsetWidth)"
    )
    assert shares
    assert min(shares) > 0.8


def test_no_button_stands_alone_on_a_line_of_filters(sign_in: Visitors) -> None:
    page = sign_in("audit_admin", phone=True)
    for path in ("/desk/trail/", "/desk/readings/"):
        page.goto(path)
        page.locator(".fold-label").click()
        assert page.locator(".selects").is_visible()
        lines = page.evaluate(
            """() => [...document.querySelectorAll(".selects")].map((form) => {
              const button = form.querySelector("button").getBoundingClientRect();
              const beside = [...form.querySelectorAll("div")].some((e) => Math.abs(e.getBoundingClientRect().bottom - button.bottom) < 4);
              return beside || button.width > 0.9 * form.clientWidth;
            })"""
        )
        assert all(lines), path


def test_a_card_is_still_a_row_of_a_table_to_assistive_technology(sign_in: Visitors) -> None:
    page = sign_in("santai_hr", phone=True)
    page.goto("/desk/people/")
    table = page.get_by_role("table").first
    names = table.get_by_role("columnheader").all_inner_texts()
    row = table.get_by_role("row").nth(1)
    assert names[0].strip().startswith("姓名")
    assert row.get_by_role("cell").count() <= len(names)
    assert row.get_by_role("cell").first.get_by_role("link").count() == 1
    row.get_by_role("cell").first.get_by_role("link").click()
    page.wait_for_url("**/desk/people/*/")


def test_a_phone_sorts_by_the_headings(sign_in: Visitors) -> None:
    page = sign_in("santai_hr", phone=True)
    page.goto("/desk/people/")
    page.get_by_role("columnheader", name="年龄").get_by_role("link").click()
    page.wait_for_url("**sort=*")
    assert page.get_by_role("columnheader", name="年龄").get_attribute("aria-sort") in {"ascending", "descending"}


def test_a_row_that_is_taller_than_its_text_is_noticed(sign_in: Visitors) -> None:
    page = sign_in("santai_hr", phone=True)
    page.goto("/desk/people/")
    page.add_style_tag(content="table.list.cards tr td.lead { height: 300px }")
    assert [each for each in cards(page) if each["blank"] > BLANK]


def folded(page: Page) -> bool:
    """Whether the filters are behind their button."""
    assert page.locator(".fold-label").is_visible()
    return not page.locator(".folds").is_visible()


NARROWED = (
    ("santai_hr", "/desk/people/", "?category=field", "类别 勤务"),
    ("province_hr", "/desk/oversight/", "?need=contract", "关注 无现行合同"),
    ("audit_admin", "/desk/trail/", "?who=王建华", "办理人 王建华"),
    ("audit_admin", "/desk/readings/", "?kind=trail", "方式 查看留痕"),
    ("santai_hr", "/law/", "?state=carried", "落实 已落实"),
)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize(("username", "path", "query", "says"), NARROWED, ids=lambda each: str(each))
def test_filters_fold_behind_one_button_that_says_which_are_active(
    username: str, path: str, query: str, says: str, script: bool, site: Site, browser: Browser, sign_in: Visitors
) -> None:
    state = sign_in(username, phone=True).context.storage_state()
    context = browser.new_context(base_url=site.url, viewport=PHONE, java_script_enabled=script, storage_state=state)
    page = context.new_page()
    page.goto(path)
    button = page.locator(".fold-label")
    assert folded(page)
    assert button.inner_text().split() == ["筛选"]
    button.click()
    assert not folded(page)
    if script:
        assert_accessible(page)
        assert_fits(page)
    button.click()
    assert folded(page)
    page.locator(".fold").focus()
    page.keyboard.press("Space")
    assert not folded(page)
    page.goto(path + query)
    assert folded(page)
    assert button.inner_text().split("\n")[0] == f"筛选：{says}"
    if script:
        assert_accessible(page)
        page.locator(".fold").focus()
        page.keyboard.press("Enter")
        assert not folded(page)
    page.set_viewport_size({"width": 1366, "height": 768})
    assert page.locator(".folds").is_visible()
    assert not button.is_visible()
    assert not page.locator(".fold").is_visible(), "nothing that isn't seen takes the focus"
    context.close()


@pytest.mark.parametrize("path", ["/desk/people/", "/desk/campaigns/"])
def test_a_list_begins_on_the_first_screen_of_a_phone(path: str, sign_in: Visitors) -> None:
    page = sign_in("santai_hr", phone=True)
    page.goto(path)
    assert page.locator("table.cards tbody tr").first.bounding_box()["y"] < PHONE["height"]


def test_a_filter_that_is_chosen_folds_the_others_away(sign_in: Visitors) -> None:
    page = sign_in("santai_hr", phone=True)
    page.goto("/desk/people/")
    page.locator(".fold-label").click()
    page.locator(".folds").get_by_role("link", name="文职").click()
    page.wait_for_url("**category=civil*")
    page.get_by_text("筛选：类别 文职").wait_for()
    assert folded(page)
