"""A breach of duty: stated on the phone, proposed, read and decided by another, looked at again by a third."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from fujing.cli.demo.cast import AUXILIARY
from fujing.kernel.clock import today
from tests.journeys.demo import Visitors, looked_at

pytestmark = pytest.mark.journey
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\n"


def confirmed(page: Page) -> None:
    page.locator("main form button.btn").last.click()


def test_somebody_states_on_the_phone_and_a_decision_is_looked_at_again(sign_in: Visitors, tmp_path: Path) -> None:
    phone = sign_in(AUXILIARY, phone=True)
    phone.set_viewport_size({"width": 360, "height": 740})
    phone.goto("/me/")
    looked_at(phone, "breach-home")
    phone.get_by_role("link", name="单位认为您违反义务，请您陈述").click()
    phone.wait_for_url("**/me/breaches/")
    looked_at(phone, "breaches-own")
    phone.locator("main a.card-link").first.click()
    expect(phone.locator("main")).to_contain_text("玩手机")
    looked_at(phone, "breach-own")
    phone.click("button[value=say]")
    confirmed(phone)
    expect(phone.locator("main")).to_contain_text("请填写")
    looked_at(phone, "breach-state-empty")
    phone.fill("textarea[name=answer]", "当时在回复调度信息。")
    confirmed(phone)
    expect(phone.locator("h1")).to_contain_text("本人已陈述")
    looked_at(phone, "breach-stated")
    own = phone.url

    office = sign_in("santai_discipline")
    office.goto("/desk/")
    office.get_by_role("link", name="已听取陈述，待提出处理意见").click()
    looked_at(office, "breaches")
    expect(office.get_by_role("link", name="导出所见")).to_have_count(0)
    office.locator("table tbody a").first.click()
    address = office.url
    expect(office.locator("main")).not_to_contain_text("调度信息")
    office.fill("input[name=reason]", "研究处理意见")
    office.get_by_role("button", name="查看案卷").click()
    expect(office.locator("main")).to_contain_text("调度信息")
    looked_at(office, "breach-read")
    office.click("button[value=propose]")
    looked_at(office, "breach-propose")
    office.locator("label", has_text="依据本机关处理规定").click()
    office.locator("label", has_text="不涉及").click()
    office.locator("input[name=governed][value=no]").check()
    office.fill("textarea[name=opinion]", "监控显示屏幕为视频，不采纳陈述。")
    confirmed(office)
    expect(office.locator("main")).to_contain_text("请选择处理种类")
    office.locator("select[name=measure]").select_option(index=2)
    confirmed(office)
    expect(office.locator("h1")).to_contain_text("已提出意见，待决定")
    looked_at(office, "breach-proposed")

    clerk = sign_in("santai_hr")
    answer = clerk.goto(address)
    assert answer is not None
    assert answer.status == 404

    head = sign_in("santai_head")
    head.goto(address)
    expect(head.locator("main")).to_contain_text("请先查阅本人的陈述，再决定")
    head.fill("input[name=reason]", "决定前查阅")
    head.get_by_role("button", name="查看案卷").click()
    expect(head.locator("main")).to_contain_text("调度信息")
    head.click("button[value=decide]")
    head.fill("input[name=document_number]", "三公处〔2026〕7号")
    looked_at(head, "breach-decide")
    confirmed(head)
    expect(head.locator("h1")).to_contain_text("已决定")
    looked_at(head, "breach-decided")

    phone.goto(own)
    expect(phone.locator("main")).to_contain_text("警告")
    looked_at(phone, "breach-own-decided")
    phone.click("button[value=ask]")
    phone.fill("textarea[name=text]", "有调度平台的记录可查。")
    looked_at(phone, "breach-ask")
    confirmed(phone)
    expect(phone.locator("h1")).to_contain_text("待答复")

    leader = sign_in("santai_leader")
    leader.goto("/desk/")
    leader.get_by_role("link", name="本人申请复核，待答复").click()
    leader.locator("table tbody a").first.click()
    leader.click("button[value=revoke]")
    leader.fill("textarea[name=answer]", "调度平台记录属实。")
    confirmed(leader)
    expect(leader.locator("h1")).to_contain_text("复核撤销")
    looked_at(leader, "breach-revoked")
    phone.goto(own)
    expect(phone.locator("main")).to_contain_text("调度平台记录属实")
    looked_at(phone, "breach-own-revoked")


def test_rules_are_entered_checked_by_another_and_a_matter_is_recorded(sign_in: Visitors, tmp_path: Path) -> None:
    scan = tmp_path / "材料.pdf"
    scan.write_bytes(PDF)
    clerk = sign_in("santai_hr")
    clerk.goto("/desk/discipline/rules/new/")
    looked_at(clerk, "rules-new")
    clerk.fill("input[name=title]", "辅警管理细则")
    clerk.fill("input[name=document_number]", "三公发〔2026〕2号")
    clerk.fill("input[name=effective_from]", "2026-01-01")
    clerk.set_input_files("input[name=upload]", scan)
    confirmed(clerk)
    expect(clerk.locator(".note.success")).to_contain_text("逐条录入")
    address = clerk.url
    for _ in range(2):
        clerk.fill("input[name=rank]", "1")
        clerk.fill("input[name=name]", "诫勉")
        clerk.fill("input[name=clause]", "第九条")
        clerk.get_by_role("button", name="录入处理种类").click()
    expect(clerk.locator("main")).to_contain_text("已经录入")
    looked_at(clerk, "rules-entering")

    head = sign_in("santai_head", phone=True)
    head.goto(address)
    looked_at(head, "rules")
    head.click("button[value=confirm]")
    expect(head.locator("h1")).to_contain_text("已核对")

    clerk.goto("/desk/people/")
    clerk.locator("table tbody a[data-row]").nth(3).click()
    clerk.get_by_role("link", name="记录违反义务的事实").click()
    looked_at(clerk, "breach-record")
    clerk.select_option("select[name=duty]", "15.4")
    clerk.fill("input[name=happened_on]", today().isoformat())
    clerk.fill("textarea[name=facts]", "将内部通报拍照发到私人群。")
    clerk.fill("input[name=title]", "群聊截图")
    clerk.fill("input[name=dated]", today().isoformat())
    clerk.set_input_files("input[name=upload]", scan)
    confirmed(clerk)
    expect(clerk.locator("h1")).to_contain_text("已记录，待告知本人")
    looked_at(clerk, "breach-recorded")
    clerk.locator("a", has_text="登记移送").click()
    looked_at(clerk, "breach-refer")
    clerk.locator("label", has_text="涉嫌犯罪").click()
    clerk.fill("input[name=authority]", "三台县国家安全机关")
    clerk.set_input_files("input[name=upload]", scan)
    confirmed(clerk)
    expect(clerk.locator("main")).to_contain_text("三台县国家安全机关")
    clerk.click("button[value=invite]")
    looked_at(clerk, "breach-invite")
