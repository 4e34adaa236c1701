"""A report from the street to its answer: sealed, asked about, answered to, concluded; and what goes above the bureau."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from fujing.cli.demo.cast import AUXILIARY
from fujing.kernel.clock import today
from tests.journeys.demo import Visitors, looked_at

pytestmark = pytest.mark.journey
SMALL = {"width": 360, "height": 740}
WORDS = "雪山 草地 江河 大桥 灯火"
TOLD = "昨晚在北门夜市执勤的辅警推倒了摊子"


def citizen(sign_in: Visitors) -> Page:
    """Somebody on the smallest phone who never signs in."""
    page = sign_in(None, phone=True)
    page.set_viewport_size(SMALL)  # type: ignore[arg-type]
    return page


def with_key(page: Page, words: str = WORDS) -> Page:
    """A discipline officer who makes a key, having typed it differently first."""
    page.goto("/desk/complaints/key/")
    if page.locator("input[name=again]").count() and page.locator("h1", has_text="解锁").count():
        page.locator("input[name=passphrase]").first.fill(words)
        page.get_by_role("button", name="解锁", exact=True).click()
        expect(page.locator(".note.success")).to_contain_text("已解锁")
        return page
    page.fill("input[name=passphrase]", words)
    page.fill("input[name=again]", words + "。")
    page.get_by_role("button", name="建立", exact=True).click()
    expect(page.locator("main")).to_contain_text("两次输入的口令不一致")
    page.fill("input[name=passphrase]", words)
    page.fill("input[name=again]", words)
    page.get_by_role("button", name="建立", exact=True).click()
    expect(page.locator(".note.success")).to_contain_text("已解锁")
    return page


def reported(page: Page, text: str, about: str = "auxiliary", **more: str) -> str:
    """Fills in the public form, pays for haste once, and keeps the code."""
    page.goto("/complain/")
    page.get_by_role("button", name="提交").click()
    expect(page.locator("main")).to_contain_text("请填写")
    page.select_option("select[name=organ]", label="三台县公安局")
    page.select_option("select[name=about]", about)
    page.fill("textarea[name=text]", text)
    for name, value in more.items():
        page.fill(f"input[name={name}]", value)
    looked_at(page, "complain")
    page.get_by_role("button", name="提交").click()
    expect(page.locator("h1")).to_contain_text("请记下回执码")
    looked_at(page, "complained")
    return page.locator("main .code").inner_text().strip()


def followed(page: Page, code: str) -> Page:
    """Opens the dialogue by the code as somebody types it: in small letters and without the gaps."""
    page.goto("/complain/receipt/")
    page.fill("input[name=code]", re.sub(r"\W", "", code).lower())
    page.get_by_role("button", name="查看").click()
    return page


def opened(page: Page, words: str) -> Page:
    """The newest report of a reader's list, which has to say these words."""
    page.goto("/desk/complaints/")
    page.locator("table tbody a").first.click()
    expect(page.locator("main")).to_contain_text(words)
    return page


def acted(page: Page, verb: str, **fields: str) -> None:
    """Press a verb, and fill in and confirm what it asks for."""
    page.locator(f"button[name=verb][value={verb}]").first.click()
    for name, value in fields.items():
        field = page.locator(f"main [name={name}]").first
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    if page.locator("main input[name=confirmed]").count():
        page.locator(f"main button[name=verb][value={verb}]").click()


@pytest.fixture
def readers(sign_in: Visitors) -> tuple[Page, Page]:
    """Both discipline officers of Santai, with unlocked keys of today."""
    return with_key(sign_in("santai_discipline")), with_key(sign_in("santai_inspector"))


def test_a_citizen_complains_on_a_phone_and_reads_the_outcome(sign_in: Visitors, readers: tuple[Page, Page]) -> None:
    officer, second = readers
    phone = citizen(sign_in)
    code = reported(phone, TOLD, name="罗大姐", phone="13800001111")
    followed(phone, code[:-1] + ("A" if code[-1] != "A" else "B"))
    expect(phone.locator("main")).to_contain_text("没有这个回执码")
    followed(phone, code)
    expect(phone.locator("main")).to_contain_text(TOLD)
    looked_at(phone, "complaint-receipt")

    opened(officer, TOLD)
    expect(officer.locator("main")).not_to_contain_text("罗大姐")
    looked_at(officer, "complaint-received")
    acted(officer, "accept")
    expect(officer.locator("h1")).to_contain_text("已受理")
    acted(officer, "investigate")
    officer.fill("textarea[name=text]", "推倒的是哪个摊子，有没有人受伤？")
    officer.select_option("select[name=where]", "dialogue")
    officer.get_by_role("button", name="封存").click()
    expect(officer.locator(".note.success")).to_contain_text("已办理")

    followed(phone, code)
    expect(phone.locator("main")).to_contain_text("推倒的是哪个摊子")
    phone.fill("textarea[name=text]", "卖凉粉的，没有人受伤")
    phone.get_by_role("button", name="提交").click()
    expect(phone.locator("main")).to_contain_text("卖凉粉的，没有人受伤")

    person = sign_in(AUXILIARY, phone=True)
    person.goto("/me/file/")
    name = person.locator("main dt", has_text="姓名").locator("+ dd").inner_text().strip()
    officer.reload()
    expect(officer.locator("main")).to_contain_text("卖凉粉的，没有人受伤")
    officer.fill("input[name=name]", "没有此人")
    officer.fill("textarea[name=matter]", "昨晚北门夜市执勤的经过")
    officer.get_by_role("button", name="通知陈述").click()
    expect(officer.locator("main")).to_contain_text("没有这个人")
    officer.fill("input[name=name]", name)
    officer.get_by_role("button", name="通知陈述").click()
    expect(officer.locator(".note.success")).to_contain_text("已办理")
    looked_at(officer, "complaint-asked")

    person.goto("/me/")
    expect(person.locator("main")).to_contain_text("有事项需要您陈述和申辩")
    person.goto("/me/voice/")
    person.locator("main a[href*='/me/statements/']").first.click()
    expect(person.locator("main")).not_to_contain_text("凉粉")
    looked_at(person, "complaint-statement")
    person.fill("textarea[name=text]", "摊子是收摊时自己倒的，我上前扶了")
    person.get_by_role("button", name="提交并封存").click()
    expect(person.locator("main")).not_to_contain_text("我上前扶了")

    officer.reload()
    expect(officer.locator("main")).to_contain_text("我上前扶了")
    acted(officer, "hear")
    acted(officer, "conclude", finding="unfounded", text="监控显示摊子被风吹倒")
    expect(officer.locator("h1")).to_contain_text("已有结论")
    acted(officer, "answer", text="经查监控，摊子是被风吹倒的，谢谢监督")
    expect(officer.locator("h1")).to_contain_text("已答复")
    looked_at(officer, "complaint-answered")

    followed(phone, code)
    expect(phone.locator("main")).to_contain_text("被风吹倒的，谢谢监督")
    expect(phone.locator("main")).to_contain_text("不属实")

    # Who reported is learnt by two people who both say why, and by the second of them alone.
    address = officer.url
    officer.get_by_role("link", name="反映人的身份").click()
    officer.get_by_role("button", name="同意").click()
    expect(officer.locator("main")).to_contain_text("请填写")
    officer.select_option("select[name=second]", label="谢督察")
    officer.fill("input[name=reason]", "需要当面致谢")
    looked_at(officer, "complaint-identity")
    officer.get_by_role("button", name="同意").click()
    expect(officer.locator(".note.success")).to_contain_text("由对方写明理由后开启")
    second.goto(address)
    second.get_by_role("link", name="反映人的身份").click()
    second.fill("input[name=reason]", "回访")
    second.get_by_role("button", name="开启").click()
    expect(second.locator("main")).to_contain_text("罗大姐")
    looked_at(second, "complaint-identity-open")


def test_an_accusation_against_a_leader_reaches_the_discipline_above_and_nobody_else(
    sign_in: Visitors, readers: tuple[Page, Page]
) -> None:
    words = f"局领导安排亲戚占用辅警名额 {today().isoformat()}"
    above = with_key(sign_in("mianyang_discipline"))
    reported(citizen(sign_in), words, about="leader")
    opened(above, words)
    address = above.url
    below, _ = readers
    below.goto("/desk/complaints/")
    assert above.url.rsplit("/", 2)[-2] not in [
        each.get_attribute("href").rsplit("/", 2)[-2] for each in below.locator("table tbody a").all()
    ]
    assert below.goto(address).status == 404
    for username in ("santai_leader", "santai_head", "mianyang_head", "province_head", "audit_admin", "system_admin"):
        page = sign_in(username)
        answer = page.goto(address)
        assert answer is not None
        assert answer.status in {403, 404}, username
        page.goto("/desk/search/?q=占用辅警名额")
        expect(page.locator("body")).not_to_contain_text("安排亲戚")
