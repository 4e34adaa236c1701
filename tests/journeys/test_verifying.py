"""An officer notes what was verified, by the keyboard alone and on a phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.demo import Visitors, looked_at
from tests.law.roster_tools import DAY, written
from tests.registry.moving_in import ORGAN, row


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_a_finding_is_verified_by_the_keyboard_and_corrected(sign_in: Visitors, tmp_path: Path, phone: bool) -> None:
    place = 900 + phone
    lacking = [row(place, 层级=None, 公民身份号码=row(place)["公民身份号码"]), row(place + 10, 层级="无")]
    page = sign_in("santai_hr", phone=phone)
    page.goto("/desk/roster-check/")
    page.set_input_files("input[type=file]", written(tmp_path / "花名册.xlsx", lacking, [ORGAN]))
    page.fill("input[name=as_of]", DAY.isoformat())
    page.click("button:has-text('核对')")
    page.wait_for_url("**/roster-check/report/")
    page.goto("/desk/roster-check/findings/?outcome=undetermined&noted=none")
    looked_at(page, "verify-findings")
    page.locator("a[href$='/verify/']").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/verify/")
    looked_at(page, "verify-form")
    page.locator("input[name=result]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("层级评定表第3页")
    page.locator("input[name=checked_on]").fill("2026-01-20")
    page.locator("textarea[name=reason]").focus()
    page.keyboard.type("二级，2025年评定")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/verifications/*/")
    expect(page.locator("main")).to_contain_text("核实不改变核对结论")
    looked_at(page, "verification")
    page.click("button:has-text('更正')")
    page.check("input[name=result][value=untrue]")
    page.fill("textarea[name=why]", "看错了表")
    looked_at(page, "verify-correct")
    page.click("button:has-text('确认更正')")
    page.wait_for_url("**/verifications/*/")
    expect(page.locator("main")).to_contain_text("同一项的其他核实")
    page.goto("/desk/verifications/")
    looked_at(page, "verifications")
    page.goto("/desk/roster-check/report/")
    expect(page.locator(".numbers")).to_contain_text("核实不属实")
    looked_at(page, "verify-report")
    page.goto("/desk/checkup/")
    looked_at(page, "registered")
    page.click("main button:has-text('核对')")
    page.wait_for_url("**/roster-check/report/")
    expect(page.locator("main")).to_contain_text("按系统现在登记的人员和机关核对")
    looked_at(page, "registered-report")
