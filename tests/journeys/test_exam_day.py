"""盐亭县, two posts: from the exam room to the contract, with everything that goes wrong on the way.

Six qualified applicants. 杨缺席 doesn't come, 朱夹带 is caught; 顾一鸣 and 蒋二娟 are placed, 蒋二娟 gives up,
沈三立 takes the place, 韩四海 is not reached.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
import segno
from playwright.sync_api import Page, expect

from fujing.kernel.clock import today
from tests.journeys.demo import Site, Visitors, assert_accessible
from tests.journeys.exam_preparation import NAMES, STAFF

FIRST, SECOND, THIRD, FOURTH, ABSENT, CHEAT = NAMES
WRITTEN = {FIRST: 90, SECOND: 86, THIRD: 80, FOURTH: 75}
INTERVIEW = {FIRST: 90, SECOND: 86, THIRD: 82, FOURTH: 75}
HR, HEAD = "yanting_hr", "yanting_head"
SECOND_CLERK, POLICE = STAFF
DISCIPLINE, OTHER = "yanting_discipline", "yanting_police"


class Story(NamedTuple):
    """Who comes, and the numbers that the addresses have."""

    open: Callable[..., Page]
    site: Site
    folder: Path
    campaign: int
    applications: dict[str, int]
    phones: dict[str, str]

    @property
    def path(self) -> str:
        """The campaign on the desk."""
        return f"/desk/campaigns/{self.campaign}/"

    def applicant(self, name: str) -> Page:
        """The applicant's own application, on a phone."""
        page = self.open(self.phones[name], phone=True)
        page.goto(f"/mine/{self.applications[name]}/")
        return page

    def sheet(self, name: str, rows: list[tuple[str, str, object]]) -> Path:
        """A score sheet: applicant, stage, score a row."""
        path = self.folder / f"{name}.csv"
        lines = [f"{self.applications[who]},{stage},,{score}" for who, stage, score in rows]
        path.write_text("\n".join(["报名序号,环节,科目,成绩", *lines]), "utf-8")
        return path


@pytest.fixture
def story(site: Site, sign_in: Visitors, tmp_path: Path) -> Story:
    """盐亭县 at the end of registration; whoever came once stays signed in."""
    made = site.prepared("exam_preparation", int(time.time()))
    pages: dict[str, Page] = {}

    def opened(who: str, *, phone: bool = False) -> Page:
        if who not in pages:
            pages[who] = sign_in(who, phone=phone)
        return pages[who]

    people = made["people"]
    return Story(
        opened,
        site,
        tmp_path,
        made["campaign"],
        {each["name"]: each["application"] for each in people},
        {each["name"]: each["phone"] for each in people},
    )


def arrange(story: Story) -> str:
    """The sitting's path: time, rooms, drawn seats, named invigilators, tickets out."""
    page = story.open(HR)
    page.goto(f"{story.path}sittings/")
    page.select_option("#id_stage", "written")
    page.fill("#id_starts_at", f"{today()}T00:01")
    page.fill("#id_ends_at", f"{today()}T23:58")
    page.fill("#id_place", "盐亭中学")
    page.fill("#id_bring", "身份证、黑色签字笔")
    page.fill("#id_rooms", "第一考场 2")
    page.click("text=保存安排")
    # What can't be done yet is no button; why not stands beside the acts.
    expect(page.locator("button[value=release]")).to_have_count(0)
    expect(page.locator("aside .refusals")).to_contain_text("发放准考证")
    page.click("button[value=assign]")
    expect(page.locator(".note.error")).to_contain_text("还差 4 个")
    page.fill("#id_rooms", "第二考场 4")
    page.click("button[value=rooms]")
    page.click("button[value=assign]")
    expect(page.locator("tbody tr")).to_have_count(len(NAMES))
    for name in ("秦民警", "严督察"):
        page.select_option(
            "#id_account", label=next(x for x in page.locator("#id_account option").all_text_contents() if name in x)
        )
        page.click("button[value=invigilator]")
        expect(page.locator("aside")).to_contain_text(f"{name}：全部考场")
    assert_accessible(page)
    page.click("button[value=release]")
    page.click("main form.panel button[name=verb]")
    expect(page.locator("h1")).to_contain_text("准考证已发放")
    return re.sub(r"^https?://[^/]+", "", page.url)


def seat_of(story: Story, sitting: str, name: str) -> str:
    """The path that the code of somebody's ticket opens."""
    page = story.open(HR)
    page.goto(f"{sitting}?q={name}")
    return str(page.locator("a[data-row]").get_attribute("href"))


def show_ticket(story: Story, sitting: str, name: str) -> None:
    """The applicant has the ticket on the phone, with their photo and the code for the door."""
    page = story.applicant(name)
    page.click("text=打开准考证")
    photo = page.locator(".ticket img")
    expect(photo).to_be_visible()
    assert photo.evaluate("image => image.decode().then(() => image.naturalWidth)") == 60
    address = story.site.url + seat_of(story, sitting, name)
    drawn = re.search(r' d="[^"]+"', segno.make(address, error="m").svg_inline(scale=4))
    assert drawn is not None
    assert drawn[0] in page.locator("[aria-label=入场核验二维码]").inner_html()
    assert_accessible(page)


def stand_at_the_door(story: Story, sitting: str) -> None:
    """The station's officer scans each ticket; one doesn't come, one is caught, and nobody else may look."""
    with story.open(HR).expect_download() as download:
        story.open(HR).goto(sitting)
        story.open(HR).click("text=下载签到表")
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
    page = story.open(POLICE, phone=True)
    for name in (FIRST, SECOND, FOURTH, CHEAT):
        page.goto(seat_of(story, sitting, name))
        expect(page.locator("main img")).to_be_visible()
        page.click("button[value=present]")
        expect(page.locator(".note.success")).to_contain_text(f"{name}：到场")
    assert_accessible(page)
    refused = story.open(OTHER, phone=True).goto(seat_of(story, sitting, FIRST))
    assert refused is not None
    assert refused.status == 403
    # A slip of the finger, put right with its reason.
    page.goto(seat_of(story, sitting, THIRD))
    page.click("button[value=absent]")
    page.click("text=登记错了，更正")
    page.click("button[value=present]")
    expect(page.locator("#id_reason_errors")).to_contain_text("请写明更正理由")
    page.fill("#id_reason", "点错了")
    page.click("button[value=present]")
    expect(page.locator("main")).to_contain_text("理由：点错了")
    page.goto(seat_of(story, sitting, CHEAT))
    page.click("summary:has-text('登记违纪')")
    expect(page.locator("#misconduct_second")).to_have_value("严督察")
    page.fill("#misconduct_happened", "携带写有公式的纸条")
    page.fill("#misconduct_second", "")
    page.click("button[value=misconduct]")
    expect(page.locator("#misconduct_second_errors")).to_be_visible()
    page.fill("#misconduct_second", "严督察")
    page.click("button[value=misconduct]")
    expect(page.locator("h1")).to_contain_text("违纪")
    assert_accessible(page)


def hear_the_applicant(story: Story, sitting: str) -> None:
    """Whoever was caught reads what was recorded and says something to it; the officer reads that."""
    page = story.applicant(CHEAT)
    expect(page.locator("main")).to_contain_text("携带写有公式的纸条（监考人 秦民警、严督察）")
    page.fill("textarea[name=text]", "纸条是前一位考生留下的。")
    page.click("text=提交陈述")
    expect(page.locator("main")).to_contain_text("纸条是前一位考生留下的")
    hr = story.open(HR)
    hr.goto(seat_of(story, sitting, CHEAT))
    expect(hr.locator("main")).to_contain_text("纸条是前一位考生留下的")
    hr.goto(sitting)
    assert hr.locator("button[value=hold]").count() == 0
    hr.click("summary:has-text('未登记的 1 人')")
    expect(hr.locator("details").first).to_contain_text(ABSENT)
    hr.click("text=其余 1 人记为缺考")
    hr.click("button[value=hold]")
    hr.click("main form.panel button[name=verb]")
    expect(hr.locator("h1")).to_contain_text("已考")


def enter_twice(story: Story) -> None:
    """Two people enter the written results apart: one of them wrongly, which is found and put right."""
    rows = [(name, "笔试", score) for name, score in WRITTEN.items()]
    good = story.sheet("written", rows)
    wrong = story.sheet("typed", [(who, stage, 68 if who == SECOND else score) for who, stage, score in rows])
    for username, file in ((HR, good), (HEAD, wrong)):
        page = story.open(username)
        page.goto(f"{story.path}scores/entries/")
        page.set_input_files("#written_file", file)
        page.click("button[value=save] >> nth=0")
    row = page.locator("tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text(SECOND)
    expect(row).to_contain_text("86")
    assert_accessible(page)
    page.set_input_files("#written_file", good)
    page.click("button[value=save] >> nth=0")
    expect(page.locator(".note.success")).to_contain_text("两次录入一致，成绩已写入")


def check_again(story: Story) -> None:
    """The results are told; one asks for a re-check and reads the answer of somebody who didn't enter them."""
    page = story.open(HR)
    page.goto(f"{story.path}scores/results/")
    page.fill("#written_check_until", f"{today() + timedelta(days=3)}")
    page.click("text=公布笔试成绩")
    expect(page.locator("main")).to_contain_text("申请复核到")
    applicant = story.applicant(THIRD)
    expect(applicant.locator("main")).to_contain_text("80")
    applicant.click("summary:has-text('申请复核')")
    applicant.fill("details textarea", "第三大题可能漏加了分。")
    applicant.click("button[value=check-written]")
    expect(applicant.locator("main")).to_contain_text("待复核")
    entered = story.open(HEAD)
    entered.goto(f"{story.path}scores/results/")
    entered.click("button[value=confirm]")
    entered.fill("textarea[name=answer]", "无误")
    entered.click("main form.panel button[name=verb]")
    expect(entered.locator("main")).to_contain_text("应由他人复核")
    clerk = story.open(SECOND_CLERK)
    clerk.goto(f"{story.path}scores/results/")
    assert_accessible(clerk)
    clerk.click("button[value=confirm]")
    clerk.fill("textarea[name=answer]", "已对照答题卡，各题分数和合计无误。")
    clerk.click("main form.panel button[name=verb]")
    expect(clerk.locator("main")).to_contain_text("成绩无误")
    applicant.reload()
    expect(applicant.locator("main")).to_contain_text("已对照答题卡，各题分数和合计无误。（盐亭复核")


def rank(story: Story) -> None:
    """Fitness, the list for the interview, the interview; then the ranking. The absent and the cheat have no rank."""
    page = story.open(HR)
    page.goto(f"{story.path}scores/")
    page.set_input_files("#id_file", story.sheet("fitness", [(name, "体能测试", "合格") for name in WRITTEN]))
    page.click("text=核对并导入")
    expect(page.locator(".note.success")).to_contain_text("新增 4 条")
    listed = page.request.get(f"{story.path}paper/?kind=admitted&of=interview&as=pdf")
    assert listed.body().startswith(b"%PDF")
    page.set_input_files(
        "#id_file", story.sheet("interview", [(name, "面试", score) for name, score in INTERVIEW.items()])
    )
    page.click("text=核对并导入")
    expect(page.locator(".note.success")).to_contain_text("新增 4 条")
    assert_accessible(page)
    page.goto(f"{story.path}ranking/")
    page.click("text=按公告计算排名")
    rows = page.locator("tbody tr")
    expect(rows.nth(0)).to_contain_text(FIRST)
    expect(rows.nth(1)).to_contain_text(SECOND)
    expect(page.locator("tr", has_text=ABSENT)).to_contain_text("缺考")
    expect(page.locator("tr", has_text=CHEAT)).to_contain_text("违纪")
    assert_accessible(page)


def found_fit(story: Story, *names: str) -> None:
    """Examined by the hospital, checked by two, and both without anything against them."""
    paper = story.folder / "体检结论.pdf"
    paper.write_bytes(b"%PDF-1.4 conclusion")
    hr, head = story.open(HR), story.open(HEAD)
    hr.goto(f"{story.path}medical/")
    hr.fill("#id_hospital", "盐亭县人民医院")
    hr.fill("#id_exam_on", f"{today()}")
    hr.click("text=保存安排")
    hr.set_input_files("#id_document", paper)
    hr.click("text=录入合格 >> nth=-1")
    expect(hr.locator(".note.success")).to_be_visible()
    assert_accessible(hr)
    for name in names:
        background = f"/desk/applications/{story.applications[name]}/background/"
        head.goto(background)
        head.select_option("#id_first", label="严督察")
        head.select_option("#id_second", label="冯民警")
        head.click("button[value=open]")
        for username in (DISCIPLINE, OTHER):
            checker = story.open(username, phone=username == OTHER)
            checker.goto(background)
            checker.evaluate(
                "document.querySelectorAll('input[type=radio][value=absent]').forEach(each => each.click())"
            )
            checker.check("#id_no_conflict")
            checker.click("button[value=record]")
            expect(checker.locator(".note.success")).to_be_visible()
        head.reload()
        head.click("button[value=clear]")
        head.click("main form.panel button[name=verb]")
        expect(head.locator("h1")).to_contain_text("考察合格")
    assert_accessible(head)


def let_publicity_pass(story: Story) -> None:
    """The days of every notice so far go by without an objection."""
    story.site.owner(
        "UPDATE selection_publicitynotice SET starts = current_date - 9, ends = current_date - 2"
        f" WHERE campaign_id = {story.campaign}"
    )


def publicise(story: Story) -> None:
    page = story.open(HEAD)
    page.goto(f"{story.path}publicity/")
    page.click("text=公示拟聘用人员")
    page.click("main form.panel button[name=verb]")
    expect(page.locator("main")).to_contain_text("公示 2 人")
    assert_accessible(page)
    let_publicity_pass(story)


def give_up(story: Story) -> None:
    """One of the two placed declares that she gives up; the third moves up, and is checked and made public."""
    page = story.open(HR)
    page.goto(f"{story.path}hires/")
    page.locator("tr", has_text=SECOND).locator("text=放弃").click()
    expect(page.locator("main")).to_contain_text(f"由递补名单第 1 位{THIRD}递补")
    page.fill("#id_reason", "已在外地就业")
    page.click("text=记录放弃")
    expect(page.locator("tr", has_text=THIRD)).to_contain_text(f"递补 {SECOND}")
    assert_accessible(page)
    found_fit(story, THIRD)
    head = story.open(HEAD)
    head.goto(f"{story.path}hires/")
    expect(head.locator("tr", has_text=THIRD)).to_contain_text("等待递补公示")
    head.click("text=公示 1 名递补人员")
    expect(head.locator("main")).to_contain_text("递补人员公示（第1次）")
    citizen = story.applicant(FOURTH)
    citizen.goto(f"/announcements/{story.campaign}/publicity/")
    expect(citizen.locator("main")).to_contain_text(THIRD)
    let_publicity_pass(story)


def hire(story: Story, *names: str) -> None:
    page = story.open(HEAD)
    for name in names:
        page.goto(f"{story.path}hires/")
        page.locator("tr", has_text=name).locator("a.btn-primary").click()
        page.select_option("#id_post", index=1)
        page.click("main button.btn-primary")
        expect(page.locator("h1")).to_contain_text(f"与{name}签订劳动合同")
        page.click("main button.btn-primary")
        page.click(".tabs a:has-text('经过')")
        expect(page.locator(".timeline")).to_contain_text("签订劳动合同")
    page.goto(f"{story.path}hires/")
    expect(page.locator("main")).to_contain_text("已聘用 2 人")
    assert_accessible(page)


@pytest.mark.journey
def test_from_the_exam_room_to_the_contract_of_the_one_who_moved_up(story: Story) -> None:
    sitting = arrange(story)
    show_ticket(story, sitting, FIRST)
    stand_at_the_door(story, sitting)
    hear_the_applicant(story, sitting)
    enter_twice(story)
    check_again(story)
    rank(story)
    found_fit(story, FIRST, SECOND)
    publicise(story)
    give_up(story)
    hire(story, FIRST, THIRD)
    for name, why in ((FOURTH, "递补名单"), (ABSENT, "缺考"), (CHEAT, "违纪")):
        page = story.applicant(name)
        expect(page.locator("main")).to_contain_text("依据")
        expect(page.locator("main")).to_contain_text(why)
        assert_accessible(page)
    told = story.applicant(FOURTH).locator(".panel", has_text="依据").first.text_content() or ""
    assert "第 4 名" in told
    assert "第二十一条" in told
