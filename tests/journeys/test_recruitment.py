"""三台县, 60 posts: from quota to the roster, clicked through by everybody concerned."""

from __future__ import annotations

import io
import re
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from fujing.kernel.clock import ZONE, today
from fujing.law.citizen_numbers import check_digit
from tests.journeys.demo import Site, Visitors, assert_accessible

SignIn = Visitors
PASSWORD = "reporting-2026"
NOW = datetime.now(tz=ZONE)
ANNOUNCEMENT = """
announcement:
  title: 三台县公安局2026年公开招聘警务辅助人员公告
  organ: {{code: 510722000000, name: 三台县公安局, kind: public_security, level: county}}
  organiser: {{mode: alone}}
  cutoff: 2026-01-22
  age_reading: completed_years
  registration: {{from: {opens}, to: {closes}}}
  positions:
    - code: "01"
      name: 一线执勤辅警
      category: field
      headcount: 60
      conditions:
        age: {{min: 18, max: 35}}
        education: {{min: {education}}}
  stages:
    - {{kind: announcement}}
    - {{kind: registration}}
    - {{kind: qualification_review}}
    - {{kind: written, full: 100, pass: 60, weight: 0.5}}
    - {{kind: fitness, gate: {{standard: police_2011, need: all}}}}
    - {{kind: interview, full: 100, weight: 0.5, admit: {{ratio: 2, ties: admit_all}}}}
    - {{kind: medical, admit: {{ratio: 1}}}}
    - {{kind: background}}
    - {{kind: publicity, days: 5, unit: working}}
    - {{kind: hire}}
  priority_groups: [[martyr_kin], [veteran], [bravery], [police_school], [skill]]
  tie_break: [priority, written, interview]
  contract: {{term_months: 36, probation_months: 2}}
"""
APPLICANTS = (("陈建国", "13800000001", 11), ("林晓梅", "13800000002", 22), ("罗文杰", "13800000003", 33))


def id_number(serial: int) -> str:
    first = f"51072219980315{serial:03d}"
    return first + check_digit(first)


def announcement_file(folder: Path, education: str) -> Path:
    text = ANNOUNCEMENT.format(
        education=education,
        opens=(NOW - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M"),
        closes=(NOW + timedelta(days=5)).strftime("%Y-%m-%dT%H:%M"),
    )
    path = folder / f"{education}.yaml"
    path.write_text(text, "utf-8")
    return path


def grant_quota(sign_in: SignIn) -> None:
    page = sign_in("mianyang_head")
    page.goto("/desk/quota/")
    assert_accessible(page)
    page.click("text=下达额度")
    page.select_option("#id_organ", label="三台县公安局")
    page.fill("#id_document_number", "绵编发〔2026〕12号")
    page.fill("#id_document_date", "2026-01-05")
    page.fill("#id_reason", "一线警力不足")
    page.fill("#id_amount", "99999")
    page.click("main button.btn-primary")
    expect(page.locator(".note.error")).to_contain_text("不能下达 99999 人")
    page.fill("#id_amount", "10")
    page.click("main button.btn-primary")
    expect(page.locator(".note.success")).to_contain_text("已向三台县公安局下达 10 人")


def approve_plan(sign_in: SignIn) -> str:
    """The plan's path; proposed by one, decided by four."""
    page = sign_in("santai_hr")
    page.goto("/desk/plans/new/")
    page.fill("#id_reason", "一线执勤警力不足")
    row = page.locator("table.list tbody tr").first
    row.locator("input[name$=post_name]").fill("一线执勤辅警")
    row.locator("select[name$=category]").select_option("field")
    row.locator("input[name$='-reason']").fill("巡逻防控、交通疏导")
    row.locator("input[name$=count]").fill("90000")
    page.click("main button.btn-primary")
    expect(page.locator(".note.error").first).to_contain_text("超出空余用人额度")
    page.locator("input[name$=count]").first.fill("60")
    page.click("main button.btn-primary")
    page.wait_for_url(re.compile(r"/desk/plans/\d+/$"))
    assert_accessible(page)
    page.click("button:has-text('报上一级公安机关')")
    path = re.sub(r"^https?://[^/]+", "", page.url)
    for username in ("mianyang_head", "santai_bianzhi", "santai_caizheng", "santai_zhengfu"):
        page = sign_in(username)
        page.goto("/desk/plans/")
        page.locator(".todo a").first.click()
        page.fill("#id_opinion", "同意。")
        if username == "santai_zhengfu":
            page.fill("#id_number", "三府函〔2026〕8号")
            page.check("#id_confirmed")
        page.locator("aside button.btn-primary").click()
        page.wait_for_url(f"**{path}")
    expect(page.locator("h1")).to_contain_text("已批准")
    return path


def publish(sign_in: SignIn, folder: Path) -> str:
    """The campaign's path. A looser announcement is shown its fault and can't be published."""
    page = sign_in("santai_hr")
    for education in ("junior_middle", "high_school"):
        page.goto("/desk/campaigns/upload/")
        page.select_option("#id_plan", index=1)
        page.set_input_files("#id_file", announcement_file(folder, education))
        page.click("main button.btn-primary")
        page.wait_for_url(re.compile(r"/desk/campaigns/\d+/$"))
        path = re.sub(r"^https?://[^/]+", "", page.url)
        head = sign_in("santai_head")
        head.goto(path)
        button = head.locator("button[value=publish]")
        if education == "junior_middle":
            expect(head.locator(".finding.violated")).to_contain_text("第十八条第（四）项")
            assert button.count() == 0
            expect(head.locator("aside")).to_contain_text("改正后才能发布公告")
        else:
            assert head.locator(".finding.violated").count() == 0
            assert_accessible(head)
            button.click()
            expect(head.locator("main form.panel button[name=verb]")).to_be_visible()
            assert_accessible(head)
            head.click("main form.panel button[name=verb]")
            expect(head.locator("h1")).to_contain_text("已发布")
    return path


def apply(sign_in: SignIn, name: str, phone: str, serial: int) -> None:
    page = sign_in(None, phone=True)
    page.goto("/")
    page.click("text=三台县公安局2026年公开招聘警务辅助人员公告")
    assert_accessible(page)
    page.click("text=我要报名")
    page.click("text=报名人注册")
    number = id_number(serial)
    wrong = number[:-1] + ("0" if number[-1] != "0" else "1")
    page.fill("#id_name", name)
    page.fill("#id_phone", phone)
    page.fill("#id_password", PASSWORD)
    page.check("#id_agree")
    for attempt, message in ((wrong, "校验码不正确"), (number[:10] + "1332" + number[14:], "不是有效日期")):
        page.fill("#id_id_number", attempt)
        page.fill("#id_password", PASSWORD)
        page.click("main button.btn-primary")
        expect(page.locator("#id_id_number_errors")).to_contain_text(message)
    page.fill("#id_id_number", number)
    page.fill("#id_password", PASSWORD)
    page.click("main button.btn-primary")
    page.fill("input[name=login]", phone)
    page.fill("input[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.goto("/")
    page.click("text=三台县公安局2026年公开招聘警务辅助人员公告")
    page.click("text=我要报名")
    page.select_option("#id_education", "junior_middle")
    page.click("button[value=check]")
    expect(page.locator(".lacks")).to_contain_text("近期免冠照片")
    assert_accessible(page)
    page.click("button[value=submit]")
    expect(page.locator(".note.error")).to_contain_text("第十八条第（四）项")
    page.select_option("#id_education", "high_school")
    page.fill("#id_household", "四川省绵阳市三台县")
    page.select_option("#id_veteran", "true" if serial == 22 else "false")
    page.click("button[value=check]")
    page.click("button[value=submit]")
    expect(page.locator("main")).to_contain_text("四川省绵阳市三台县")
    assert_accessible(page)
    page.click("button:has-text('确认提交')")
    expect(page.locator("main")).to_contain_text("等待资格审查")
    assert_accessible(page)


def review(sign_in: SignIn, campaign: str) -> None:
    page = sign_in("santai_hr")
    page.goto(f"{campaign}applications/?state=submitted")
    assert_accessible(page)
    expect(page.locator("tbody tr")).to_have_count(len(APPLICANTS))
    page.locator("[data-row]").first.click()
    for _ in APPLICANTS:
        expect(page.locator("section[aria-label=条件核对]")).to_contain_text("周岁，规定为18至35周岁")
        page.click("button[value=qualify]")
    page.goto(campaign)
    page.click("button[value=close]")
    page.fill("#id_reason", "报名人数已满足")
    page.click("main form.panel button[name=verb]")
    expect(page.locator("h1")).to_contain_text("报名截止")


def score(sign_in: SignIn, campaign: str, folder: Path) -> None:
    page = sign_in("santai_hr")
    page.goto(f"{campaign}scores/")
    assert_accessible(page)
    with page.expect_download() as download:
        page.click("text=下载成绩表")
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    sheet = book.active
    points = {"笔试": [88, 91, 79], "面试": [85, 82, 90]}
    seen: dict[str, int] = {}
    for row in sheet.iter_rows(min_row=2):
        stage = row[1].value
        seen[stage] = seen.get(stage, 0) + 1
        row[3].value = points[stage][seen[stage] - 1] if stage in points else "合格"
    good = folder / "scores.xlsx"
    book.save(good)
    sheet["D2"] = 188
    book.save(folder / "bad.xlsx")
    (folder / "rubbish.xlsx").write_bytes(b"\x00rubbish" * 1000)
    for name, message in (("bad.xlsx", "188"), ("rubbish.xlsx", "未写入任何成绩")):
        page.set_input_files("#id_file", folder / name)
        page.click("main button.btn-primary")
        expect(page.locator(".note.error")).to_contain_text(message)
    page.goto(f"{campaign}scores/")
    expect(page.locator("tbody")).to_contain_text("还没有成绩")
    page.set_input_files("#id_file", good)
    page.click("main button.btn-primary")
    expect(page.locator(".note.success")).to_contain_text("新增 9 条")
    page.goto(f"{campaign}ranking/")
    page.click("text=按公告计算排名")
    expect(page.locator("tbody tr").first).to_contain_text("86.5")
    assert_accessible(page)


def check_backgrounds(sign_in: SignIn, campaign: str) -> None:
    head = sign_in("santai_head")
    head.goto(f"{campaign}ranking/")
    links = [link.get_attribute("href") for link in head.locator("tbody a").all()]
    for link in links:
        head.goto(f"{link}background/")
        head.select_option("#id_first", label="何民警")
        head.select_option("#id_second", label="唐督察")
        head.click("button[value=open]")
        expect(head.locator("main")).to_contain_text("何民警、唐督察")
        head.click("button[value=clear]")
        head.click("main form.panel button[name=verb]")
        expect(head.locator("main")).to_contain_text("尚未填齐")
    for username in ("santai_police", "santai_discipline"):
        page = sign_in(username)
        for link in links:
            page.goto(f"{link}background/")
            for radio in page.locator("input[type=radio][value=absent]").all():
                radio.check()
            page.check("#id_no_conflict")
            page.click("button[value=record]")
            expect(page.locator(".note.success")).to_be_visible()
    assert_accessible(page)
    for link in links:
        head.goto(f"{link}background/")
        head.fill("#id_reason", "作出考察结论")
        head.click("button[value=read]")
        expect(head.locator("table tbody tr")).to_have_count(20)
        head.click("button[value=clear]")
        head.click("main form.panel button[name=verb]")
        expect(head.locator("h1")).to_contain_text("考察合格")


def examine(sign_in: SignIn, campaign: str, folder: Path) -> None:
    """Two pass by the hospital's list; one is told of an item, is examined once more and passes."""
    paper = folder / "体检结论.pdf"
    paper.write_bytes(b"%PDF-1.4 conclusion")
    hr = sign_in("santai_hr")
    hr.goto(f"{campaign}medical/")
    expect(hr.locator(".facts")).to_contain_text("未安排 3")
    hr.fill("#id_hospital", "三台县人民医院")
    hr.fill("#id_exam_on", f"{today()}")
    hr.click("text=保存安排")
    expect(hr.locator("tbody tr")).to_have_count(3)
    assert_accessible(hr)
    hr.click("tbody tr:has-text('陈建国') a")
    hr.click("button[value=fail]")
    hr.check("input[name=items] >> nth=0")
    hr.set_input_files("#id_document", paper)
    hr.click("main form.panel button[name=verb]")
    hr.click("button[value=tell]")
    hr.click("main form.panel button[name=verb]")
    expect(hr.locator("h1")).to_contain_text("已告知")
    assert_accessible(hr)
    exam = hr.url
    applicant = sign_in(APPLICANTS[0][1], phone=True, password=PASSWORD)
    applicant.goto("/mine/")
    applicant.click("main a:has-text('三台')")
    expect(applicant.locator("main")).to_contain_text("视力")
    assert_accessible(applicant)
    applicant.click("button[value=request]")
    applicant.click("main form.panel button[name=verb]")
    hr.goto(exam)
    hr.fill("#id_hospital", "绵阳市中心医院")
    hr.fill("#id_on", f"{today()}")
    hr.click("button[value=arrange]")
    hr.click("button[value=reexam_pass]")
    hr.set_input_files("#id_document", paper)
    hr.click("main form.panel button[name=verb]")
    expect(hr.locator("h1")).to_contain_text("体检合格")
    hr.goto(f"{campaign}medical/")
    hr.set_input_files("#id_document", paper)
    hr.click("text=录入合格 >> nth=-1")
    expect(hr.locator(".facts")).to_contain_text("体检合格 3")


def publicise(sign_in: SignIn, site: Site, campaign: str) -> None:
    head = sign_in("santai_head")
    head.goto(f"{campaign}publicity/")
    head.click("text=公示拟聘用人员")
    expect(head.locator("main")).to_contain_text("拟聘用 3 人")
    head.click("main form.panel button[name=verb]")
    expect(head.locator("main")).to_contain_text("公示 3 人")
    citizen = sign_in(None, phone=True)
    citizen.goto(f"/announcements/{campaign.split('/')[3]}/publicity/")
    assert_accessible(citizen)
    about = citizen.locator("#id_about option", has_text="罗文杰").get_attribute("value")
    citizen.select_option("#id_about", about)
    citizen.fill("#id_text", "请核实其学历。")
    citizen.click("main button.btn-primary")
    expect(citizen.locator(".note.success")).to_contain_text("回执码")
    head.goto(f"{campaign}hires/")
    expect(head.locator(".note")).to_contain_text("期满后才能聘用")
    site.owner("UPDATE selection_publicitynotice SET starts = current_date - 9, ends = current_date - 2")
    head.reload()
    expect(head.locator(".note")).to_contain_text("还有异议没有核查完")
    head.goto(f"{campaign}publicity/")
    head.click("button[value=dismiss]")
    head.fill("textarea[name=answer]", "经核实学历真实。")
    head.click("main form.panel button[name=verb]")
    expect(head.locator("main")).to_contain_text("异议不成立")


def hire_all(sign_in: SignIn, campaign: str) -> None:
    head = sign_in("santai_head")
    for name, *_ in APPLICANTS:
        head.goto(f"{campaign}hires/")
        head.locator("tr", has_text=name).locator("a.btn-primary").click()
        head.select_option("#id_post", index=1)
        head.select_option("#id_officer", label="何民警")
        head.click("main button.btn-primary")
        expect(head.locator("h1")).to_contain_text(f"与{name}签订劳动合同")
        head.fill("#id_probation_months", "7")
        head.click("main button.btn-primary")
        expect(head.locator("#id_probation_months_errors")).to_contain_text("最多 6 个月")
        head.fill("#id_probation_months", "2")
        head.click("main button.btn-primary")
        expect(head.locator("h1")).to_contain_text(name)
    head.click(".tabs a:has-text('经过')")
    expect(head.locator(".timeline")).to_contain_text("签订劳动合同")
    expect(head.locator(".timeline")).to_contain_text("第二十二条")
    assert_accessible(head)
    head.goto("/desk/search/?q=lxm")
    expect(head.locator("tbody")).to_contain_text("林晓梅")
    head.goto("/desk/search/?q=chenjianguo")
    expect(head.locator("tbody")).to_contain_text("陈建国")


def whole_way(sign_in: SignIn, site: Site, folder: Path) -> tuple[str, str]:
    """Everything from quota to contract; the paths of the plan and of the campaign."""
    grant_quota(sign_in)
    plan = approve_plan(sign_in)
    campaign = publish(sign_in, folder)
    for applicant in APPLICANTS:
        apply(sign_in, *applicant)
    review(sign_in, campaign)
    score(sign_in, campaign, folder)
    check_backgrounds(sign_in, campaign)
    examine(sign_in, campaign, folder)
    publicise(sign_in, site, campaign)
    hire_all(sign_in, campaign)
    return plan, campaign


@pytest.mark.journey
def test_sixty_posts_from_quota_to_roster(site: Site, sign_in: SignIn, tmp_path: Path) -> None:
    plan, campaign = whole_way(sign_in, site, tmp_path)
    page = sign_in("santai_hr")
    page.goto(plan)
    expect(page.locator("tbody tr").first.locator("td").last).to_have_text("57")
    other = sign_in("yanting_hr")
    for path in (plan, campaign):
        response = other.goto(path)
        assert response is not None
        assert response.status == 404
