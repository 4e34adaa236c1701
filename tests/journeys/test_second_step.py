"""Signing in with a second step, in Chromium: a code, a recovery code, a security key; wrong codes are counted, then wait."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser, Page, expect

from fujing.web.limits import FAILED_CODES
from tests.journeys.demo import PASSWORD, Site, Visitors, assert_accessible
from tests.journeys.test_recruitment import id_number

pytestmark = pytest.mark.journey
SETTINGS, STEP = "/accounts/2fa/", "**/accounts/2fa/authenticate/**"
# Nobody else signs in as this officer: whoever has a second step is asked for it from then on.
OFFICER, PHONE_NUMBER = "province_hr", "13988800001"
USED: set[str] = set()


@pytest.fixture
def sign_in(site: Site, browser: Browser) -> Iterator[Visitors]:
    """By the host's name: a security key belongs to a name, never to a number."""
    visitors = Visitors(browser, Site(site.url.replace("127.0.0.1", "localhost"), site.data))
    yield visitors
    visitors.close()


def code_of(secret: str) -> str:
    """The code that the phone shows; one that was used is not shown again, so the next half minute is waited for."""
    while True:
        code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
        if code not in USED:
            USED.add(code)
            return code
        time.sleep(1)


def press(page: Page) -> None:
    page.locator("main form button[type=submit], main form button:not([type])").first.click()


def opened(page: Page, address: str) -> None:
    """A page of the account's security; it asks for the password once more when that was some time ago."""
    page.goto(address)
    if "/reauthenticate/" in page.url:
        page.fill("input[name=password]", PASSWORD)
        press(page)


def turn_on(page: Page) -> tuple[str, list[str]]:
    """Codes are turned on by the pages: the secret for the phone, and the recovery codes to keep."""
    opened(page, SETTINGS + "totp/activate/")
    expect(page.locator("main")).to_contain_text("请用手机上的验证器扫描")
    assert_accessible(page)
    secret = page.locator("#authenticator_secret").input_value()
    page.fill("input[name=code]", "000000")
    press(page)
    expect(page.locator("main")).to_contain_text("验证码不对，请重新填写。")
    # The page keeps the secret that was scanned, whatever was typed.
    assert page.locator("#authenticator_secret").input_value() == secret
    page.fill("input[name=code]", code_of(secret))
    press(page)
    page.wait_for_url("**/recovery-codes/")
    assert_accessible(page)
    codes = page.locator("#recovery_codes").input_value().split()
    assert len(codes) == 10
    return secret, codes


def answer(page: Page, code: str) -> None:
    page.fill("input[name=code]", code)
    page.locator("main form:has(input[name=code]) button").first.click()


def through(sign_in: Visitors, username: str, own: str) -> None:
    """The whole way of one person; `own` is the page that nobody else may open."""
    page = sign_in(username)
    secret, codes = turn_on(page)

    page = sign_in(username)
    page.wait_for_url(STEP)
    expect(page.locator("main")).to_contain_text("6 位验证码")
    assert_accessible(page)
    page.goto(own)
    assert "/accounts/" in page.url
    page = sign_in(username)
    answer(page, "000000")
    expect(page.locator("main")).to_contain_text("验证码不对，请重新填写。")
    answer(page, code_of(secret))
    page.wait_for_url(lambda address: "/accounts/" not in address)
    assert page.goto(own).status == 200

    page = sign_in(username)
    answer(page, codes[0])
    page.wait_for_url(lambda address: "/accounts/" not in address)
    page = sign_in(username)
    answer(page, codes[0])
    expect(page.locator("main")).to_contain_text("验证码不对，请重新填写。")
    answer(page, codes[1])
    page.wait_for_url(lambda address: "/accounts/" not in address)
    with_a_key(sign_in, username, own, codes[2])
    locked(sign_in, username, codes[3], secret)


def with_a_key(sign_in: Visitors, username: str, own: str, code: str) -> None:
    """A security key is added and opens without a code: Chromium's own virtual one."""
    page = sign_in(username)
    answer(page, code)
    page.wait_for_url(lambda address: "/accounts/" not in address)
    wire = page.context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    key = {"protocol": "ctap2", "transport": "usb", "hasResidentKey": False, "hasUserVerification": False}
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": {**key, "isUserVerified": False}})
    opened(page, SETTINGS + "webauthn/add/")
    assert_accessible(page)
    page.fill("input[name=name]", "办公室密钥")
    page.get_by_role("button", name="添加").click()
    page.wait_for_url(lambda address: not address.endswith("/add/"))
    page.goto(SETTINGS + "webauthn/")
    expect(page.locator("main")).to_contain_text("办公室密钥")

    # The same browser, for the key sticks in it.
    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url(STEP)
    page.get_by_role("button", name="用安全密钥").click()
    page.wait_for_url(lambda address: "/accounts/" not in address)
    assert page.goto(own).status == 200


def locked(sign_in: Visitors, username: str, code: str, secret: str) -> None:
    """Wrong codes are counted over all browsers; then even the right one waits, and the page says until when."""
    for _ in range(FAILED_CODES.most):
        page = sign_in(username)
        answer(page, "000000")
        if "已达" in page.locator("main").inner_text():
            break
    page = sign_in(username)
    for right in (code, code_of(secret)):
        page.goto(SETTINGS + "authenticate/")
        answer(page, right)
        expect(page.locator("main")).to_contain_text(f"同一账号30分钟内验证码输错已达{FAILED_CODES.most}次")
        expect(page.locator("main")).to_contain_text("后再试")


def test_an_officer_signs_in_with_a_second_step(sign_in: Visitors) -> None:
    through(sign_in, OFFICER, "/desk/")


def test_an_applicant_signs_in_with_a_second_step(sign_in: Visitors) -> None:
    page = sign_in(None, phone=True)
    page.goto("/sign-up/")
    page.fill("#id_name", "两步某")
    page.fill("#id_phone", PHONE_NUMBER)
    page.fill("#id_id_number", id_number(871))
    page.check("#id_agree")
    page.fill("#id_password", PASSWORD)
    press(page)
    page.wait_for_url(lambda address: "/sign-up/" not in address)
    through(sign_in, PHONE_NUMBER, "/mine/")
